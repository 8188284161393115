"""Audits: whether a fit depends on who someone is, and how outcomes differ by group.

sheet       a document's lines with what each is: header, heading, section
material    fictional people, addresses, schools, headings to try
reading     a resume's file, and the same from other programs, in a process of its own
variants    the same resume with one trait changed
trial       the fits of all variants beside each other, and the bounds
outcomes    a table of results -> people by group
impact      people by group -> rates, ratios, intervals
"""
