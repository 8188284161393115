"""The same as plain.py by gapfit's encoder, without its cache.

    python benchmarks/speed/encode.py < lines.json

Prints the seconds that encoding alone took.
"""

import json
import sys
import time

from gapfit import encoder

lines = json.load(sys.stdin)
coder = encoder.load()
coder.encode_tokens(["one line, so that the model is loaded"])
start = time.perf_counter()
coder.encode_tokens(lines)
print(time.perf_counter() - start)
