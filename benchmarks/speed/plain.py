"""What gapfit is measured against: import sentence-transformers, load the model, encode the lines.

    python benchmarks/speed/plain.py MODEL_FOLDER < lines.json

Prints the seconds that encoding alone took.
"""

import json
import sys
import time

from sentence_transformers import SentenceTransformer

lines = json.load(sys.stdin)
model = SentenceTransformer(sys.argv[1], device="cpu")
start = time.perf_counter()
model.encode(lines, show_progress_bar=False)
print(time.perf_counter() - start)
