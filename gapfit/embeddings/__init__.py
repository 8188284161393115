"""The skills in embedding space, and what was learned on top of it.

store.py     the vectors of the catalogue's texts: built, stored, loaded, verified
learned.py   the matcher's parameters, those of job ads, the probes of skills: loaded, checked
"""

from __future__ import annotations

from gapfit.embeddings.learned import (
    load_ad_parameters,
    load_ad_probes,
    load_parameters,
    load_probes,
    load_words,
    matcher_file,
)
from gapfit.embeddings.store import (
    FORMAT,
    REBUILD,
    Row,
    build,
    builtin_store,
    cached_store,
    load,
    read,
    rows,
    save,
    texts_sha256,
    verify,
)

__all__ = [
    "FORMAT",
    "REBUILD",
    "Row",
    "build",
    "builtin_store",
    "cached_store",
    "load",
    "load_ad_parameters",
    "load_ad_probes",
    "load_parameters",
    "load_probes",
    "load_words",
    "matcher_file",
    "read",
    "rows",
    "save",
    "texts_sha256",
    "verify",
]
