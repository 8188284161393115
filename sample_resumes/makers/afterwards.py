"""What happens to a finished PDF: it is scanned, or locked."""

from __future__ import annotations

import io
import random
from pathlib import Path
from time import gmtime
from typing import Any

from makers.content import Sample
from makers.tools import EPOCH, package, program, run

SCAN_DPI = 130
SCAN_TILT_DEGREES = 0.7
SCAN_NOISE = 9  # standard deviation, in grey levels
SCAN_NOISE_PERIOD = 4099  # prime, so that the noise shows no pattern
SCAN_QUALITY = 42  # JPEG


def scan(pdf: bytes, folder: Path) -> bytes:
    """Print and scan: grey, a little crooked, a little dirty, and not a letter of text."""
    pdftoppm = program("pdftoppm")
    image_module = package("PIL.Image", "pillow")
    (folder / "clean.pdf").write_bytes(pdf)
    run([pdftoppm, "-r", str(SCAN_DPI), "-gray", "-png", "clean.pdf", "page"], folder)
    pages = [_dirty(image_module, path) for path in sorted(folder.glob("page*.png"))]
    output = io.BytesIO()
    stamp = gmtime(int(EPOCH))
    pages[0].save(
        output,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=SCAN_DPI,
        quality=SCAN_QUALITY,
        creationDate=stamp,
        modDate=stamp,
        producer="Flatbed",
    )
    return output.getvalue()


def _dirty(image_module: Any, path: Path) -> Any:
    image = image_module.open(path).convert("L")
    image = image.rotate(SCAN_TILT_DEGREES, image_module.Resampling.BICUBIC, fillcolor=250)
    dice = random.Random(path.stem)
    table = [dice.gauss(0, SCAN_NOISE) for _ in range(SCAN_NOISE_PERIOD)]
    pixels = bytes(
        max(0, min(255, int(grey + table[index % SCAN_NOISE_PERIOD])))
        for index, grey in enumerate(image.tobytes())
    )
    return image_module.frombytes("L", image.size, pixels)


def encrypt(pdf: bytes, sample: Sample, folder: Path) -> bytes:
    """AES-128 with the sample's user password ("" opens for anyone)."""
    qpdf = program("qpdf")
    (folder / "open.pdf").write_bytes(pdf)
    keys = [sample.password or "", "owner-only", "128", "--use-aes=y", "--print=none"]
    fixed = ["--static-id", "--static-aes-iv"]  # reproducible rather than secret
    run([qpdf, *fixed, "--encrypt", *keys, "--", "open.pdf", "locked.pdf"], folder)
    return (folder / "locked.pdf").read_bytes()
