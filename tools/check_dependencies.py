"""Asks whether a pinned dependency has a known vulnerability, and says so when nobody can be asked.

    python tools/check_dependencies.py

pip-audit looks every pin of constraints.txt up in databases of advisories on the network. Where
none can be reached the check is passed over, aloud: a build without a network is no broken build.
Exit code 1 when a pin has a vulnerability that IGNORED does not explain.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"
SERVICES = ("pypi", "osv")
SECONDS = 120

Pin = dict[str, Any]

# Advisories that do not concern gapfit, each with the reason.
IGNORED: dict[str, str] = {}


def main() -> int:
    """Print what was found and return the exit code."""
    why = []
    for service in SERVICES:
        pins, reason = asked(service)
        checked = [pin for pin in pins if "skip_reason" not in pin]
        if checked:
            return told(checked, [pin for pin in pins if "skip_reason" in pin], service)
        why.append(f"{service}: {reason or 'it knows none of the pins'}")
    print(f"dependencies: not checked, passed over ({'; '.join(why)})")
    return 0


def told(checked: list[Pin], skipped: list[Pin], service: str) -> int:
    """Print the vulnerabilities of what was checked and return the exit code."""
    found = [(pin, one) for pin in checked for one in pin["vulns"] if one["id"] not in IGNORED]
    for pin, one in found:
        mended = ", ".join(one["fix_versions"]) or "no version yet"
        print(f"{pin['name']} {pin['version']}: {one['id']}, mended in {mended}")
    if skipped:
        print(f"not checked: {', '.join(pin['name'] for pin in skipped)}")
    print(f"dependencies: {len(checked)} pins checked ({service}), {len(found)} vulnerabilities")
    return 1 if found else 0


def asked(service: str) -> tuple[list[Pin], str]:
    """What pip-audit says of every pin, and why nothing where it says nothing."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(CONSTRAINTS), "--no-deps"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    command += ["--vulnerability-service", service]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return [], f"no answer within {SECONDS} s"
    try:
        return json.loads(done.stdout)["dependencies"], ""
    except ValueError:
        return [], done.stderr.strip().rpartition("\n")[2][-120:] or "no answer"


if __name__ == "__main__":
    sys.exit(main())
