"""How contact details are written: e-mail addresses, links, telephone numbers, streets.

What they are good for differs: ``statements`` sets lines of them aside, ``blinding`` takes them out
of a line that says more.
"""

from __future__ import annotations

import re

# What every address, link and handle has, and every number and street: most lines have neither, and
# need no closer look.
ADDRESSED = re.compile(r"\.\S|//|@")
NUMBERED = re.compile(r"\d")

EMAIL = re.compile(r"[\w.+%-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
URL = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|\b(?:[\w-]+\.)*(?:linkedin|github|gitlab|bitbucket|kaggle|medium|twitter|x|stackoverflow"
    r"|huggingface|scholar\.google|leetcode|behance|orcid|researchgate)\.(?:com|org|co|net|io)"
    r"(?:/\S*)?"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|ai|me|co|eu|de|uk|fr|es|example|app|tech)"
    r"(?:/\S*)?(?![\w.])",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?<![\w/])(?:\+\d{1,3}|\(?0\d|\(\d{2,4}\)|\d{3})[\d\s().–/-]{5,16}\d(?!\w)")
YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
STREET = re.compile(
    r"\b\d{1,5}\s+[A-Z][\w.]+(?:\s[A-Z][\w.]+)*\s(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr"
    r"|boulevard|blvd|way|square|court|ct|place|pl)\b\.?"
    r"|\b[A-Z]\w+(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|gatan|straat)\s*\d+"
    r"|\b[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}\b|\b[A-Z]{2}\s\d{5}\b",
    re.IGNORECASE,
)
