"""Running the external programs, and saying clearly which of them is missing."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

EPOCH = "1767225600"  # 2026-01-01T00:00:00Z, for everything that honours SOURCE_DATE_EPOCH
TIMEOUT_S = 300

INFO_DATE = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)\d{14}")
XMP_DATE = re.compile(rb'(xmp:\w+Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d')
IDENTIFIER = re.compile(
    rb"(?<=/ID \[)[\s<>0-9A-Fa-f]+(?=\])|(?<=/DocChecksum /)[0-9A-F]{32}|(?<=uuid:)[0-9a-f-]{36}"
)
HEX_DIGIT = re.compile(rb"[0-9A-Fa-f]")

PACKAGES = {
    "chromium": "apt-get install chromium",
    "lualatex": "apt-get install texlive-luatex texlive-fonts-extra",
    "pdflatex": "apt-get install texlive-latex-extra texlive-fonts-recommended lmodern",
    "pdftoppm": "apt-get install poppler-utils",
    "qpdf": "apt-get install qpdf",
    "soffice": "apt-get install libreoffice-writer",
    "wkhtmltopdf": "apt-get install wkhtmltopdf",
    "xelatex": "apt-get install texlive-xetex texlive-fonts-extra",
}


class ToolMissingError(Exception):
    """A program or Python package this toolchain needs is not installed."""


class ToolFailedError(Exception):
    """The program ran and did not make a PDF; its last words are in the message."""


def program(name: str) -> str:
    """The path of an external program, or ToolMissingError with the command that installs it."""
    path = shutil.which(name)
    if path is None:
        raise ToolMissingError(f"{name} not found ({PACKAGES[name]})")
    return path


def package(name: str, distribution: str) -> ModuleType:
    """An optional Python package, or ToolMissingError with the command that installs it."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ToolMissingError(f"{name} cannot be imported (pip install {distribution})") from error


def run(command: list[str], folder: Path) -> None:
    """Run a program in a folder of its own with a fixed clock for its metadata."""
    environment = os.environ | {
        "FORCE_SOURCE_DATE": "1",
        "HOME": str(folder),
        "QT_HASH_SEED": "0",
        "SOURCE_DATE_EPOCH": EPOCH,
        "TEXMFVAR": str(Path.home() / ".texlive-samples"),  # font cache, slow to make again
        "TZ": "UTC",
        "XDG_RUNTIME_DIR": str(folder),
    }
    result = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, timeout=TIMEOUT_S, check=False
    )
    if result.returncode != 0:
        said = (result.stdout + result.stderr).decode("utf-8", "replace")
        raise ToolFailedError(
            f"{Path(command[0]).name} exited {result.returncode}: {_reason(said)}"
        )


def _reason(said: str) -> str:
    """The line that says what went wrong: TeX marks it, other programs put it last."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    marked = [line for line in lines if line.startswith("!")]
    return (marked or lines[-1:] or ["it said nothing"])[0]


def freeze(pdf: bytes) -> bytes:
    """Set the dates and identifiers that some programs always stamp to fixed ones.

    Each replacement is as long as what it replaces, so the cross-reference table stays true.
    """
    pdf = INFO_DATE.sub(rb"\g<1>20260101000000", pdf)
    pdf = XMP_DATE.sub(rb"\g<1>2026-01-01T00:00:00", pdf)
    return IDENTIFIER.sub(lambda found: HEX_DIGIT.sub(b"0", found.group()), pdf)
