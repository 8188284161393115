"""The text of a job ad to statements: what each is for, and how much it wants.

    source       bytes or pages -> numbered lines; HTML and Markdown made plain
    blocks       lines -> list entries, paragraphs and headings, wrapped lines rejoined
    headings     which words head which section, and say how much something is wanted
    titles       the title at its head, and the role it claims
    years        years of experience as a statement asks for them
    money        sums as a statement names them
    extraction   all of it in order

Pure text: no model runs here.
"""

from __future__ import annotations

from gapfit.ads.extraction import extract
from gapfit.ads.source import MOST_BYTES, Source, from_bytes, from_pages
from gapfit.ads.titles import claimed_role

__all__ = ["MOST_BYTES", "Source", "claimed_role", "extract", "from_bytes", "from_pages"]
