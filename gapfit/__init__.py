"""Reads a resume PDF and says how well it fits each AI/ML role, line by line, and what is missing.

The map of the house, in the order a resume goes through it:

    pdf          PDF bytes to pages of lines, in reading order
    statements   pages to sections and statements, the unit of evidence
    language     which language the text is in
    blinding     what scores may see: the statements without what says who their author is
    profiles     the folder of skills and roles, validated
    encoder      text to vectors
    embeddings   the prebuilt vectors of the skills: built, loaded, verified
    matching     statements against skills: how likely each is shown, and by which line
    scoring      levels, credits, and the fit of each role
    gaps         which missing skill to close first
    advice       titles to lead with, likely level, moves that fit, words to name
    checklist    what to build for the gaps, in which order
    comparison   two resumes: what moved, and which lines did it
    ads          a job ad to statements: what each is for, how much it wants
    decoding     what an ad is by its content: roles, asks, years, pay
    pipeline     calls all of these in order, for a resume
    decoder      the same for a job ad
    sandbox      a function in a process of its own, within limits
    intake       bytes nobody vouches for to a resume, in a sandbox
    bulk         many resumes: the same way in parallel, to be stopped and continued at will
    audit        whether fits depend on who someone is, and outcomes by group
    formats      results for people and machines: text, JSON, Markdown, HTML, iCalendar
    cli          the command ``gapfit``

``datamodels`` holds the nouns they pass on, ``datafiles`` finds the data folders, ``wording`` and
``sentences`` have what stages and views share, ``identity`` how contact details are written, and
``errors`` names every failure. The public names are listed in ``__init__.pyi`` and imported on
first use, so that ``import gapfit`` costs nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
