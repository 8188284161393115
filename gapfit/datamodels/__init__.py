"""The nouns. Frozen, typed, no I/O: every stage takes some of these and returns others.

resume      pages, lines and statements
catalogue   skills, roles and areas
guide       what working as a role is like, and moves between roles
pay         what the sources say a role is paid
learning    what to build for each skill
audit       what a change that should not matter does, and outcomes by group
bulk        many resumes: inputs, outcomes, candidates, a pool as a whole
result      evidence, findings, fits and gaps
advice      what to do with the result
checklist   what to build next, in order
comparison  two resumes beside each other
report      an analysis with the pictures of its pages and the formula of its fits
job         the job ad, and what it turns out to be
vectors     what encoders make, and what was learned on top

The names are listed in ``__init__.pyi``. Each is imported when it is first used: a process that
only reads a PDF needs a fifth of them, and making all the classes takes as long as reading does.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
