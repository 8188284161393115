"""Prints the lines of a resume as gapfit encodes them, as JSON.

python benchmarks/speed/lines.py RESUME.pdf
"""

import json
import sys
from pathlib import Path

from gapfit import intake, matching

resume, _ = intake.read_unguarded(Path(sys.argv[1]).read_bytes(), sys.argv[1])
print(json.dumps([matching.asserted(statement) for statement in resume.statements]))
