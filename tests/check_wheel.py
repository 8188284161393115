"""Builds the wheel, installs it into an empty environment and runs it from an empty folder.

Run by ``make check``. The environment sees the packages of the one that runs this, so that
nothing is downloaded again, but not the checkout: the profiles and vectors must come from the
wheel.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "sample_resumes" / "worked-example.pdf"


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"check_wheel: {' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        run(sys.executable, "-m", "build", "--wheel", "--outdir", work / "dist", ROOT, cwd=work)
        (wheel,) = (work / "dist").glob("*.whl")
        venv.create(work / "env", with_pip=True)
        python = work / "env" / "bin" / "python"
        run(python, "-m", "pip", "install", "--quiet", "--no-deps", wheel, cwd=work)
        where = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
        site = Path(run(python, "-c", where, cwd=work).strip())
        (site / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
        came = Path(run(python, "-c", "import gapfit; print(gapfit.__file__)", cwd=work).strip())
        if site not in came.parents:
            sys.exit(f"check_wheel: imported {came}, not the installed wheel")
        empty = work / "empty"
        empty.mkdir()
        output = run(work / "env" / "bin" / "gapfit", "fit", SAMPLE, "--format", "json", cwd=empty)
        if '"schema_version": 1' not in output:
            sys.exit(f"check_wheel: unexpected output:\n{output[:500]}")
        page = run(
            work / "env" / "bin" / "gapfit", "checklist", SAMPLE, "--format", "html", cwd=empty
        )
        if not page.startswith("<!doctype html>"):
            sys.exit(f"check_wheel: unexpected checklist:\n{page[:500]}")
        page = run(work / "env" / "bin" / "gapfit", "fit", SAMPLE, "--format", "html", cwd=empty)
        if "data:image/webp;base64," not in page:
            sys.exit(f"check_wheel: no page is drawn in the report:\n{page[:500]}")
        print(f"check_wheel: {wheel.name} runs from an empty folder")


if __name__ == "__main__":
    main()
