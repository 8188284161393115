"""Pages -> sections -> statements with page and line; pure.

flow          lines -> columns and blocks (wrapped lines rejoined)
headings      which words name which section
sections      lines -> lines with their section; names and contact details set aside
unheaded      jobs and degrees under a heading that says nothing
contacts      what identifies a person
entries       job titles, employers and degrees, which give what follows its context
dates         dates as written -> Period
skill_lists   lists of skills -> items with their label
tricks        text for machines, walls of keywords, copied ads
extraction    all of it in order
"""

from __future__ import annotations

from gapfit.statements.extraction import extract, from_lines

__all__ = ["extract", "from_lines"]
