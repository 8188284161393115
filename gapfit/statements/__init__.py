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

The names are listed in ``__init__.pyi``, and each is imported when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
