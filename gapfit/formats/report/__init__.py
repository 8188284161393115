"""One resume's report as a page: every point of every fit leads to a line of the resume.

anchors   where a line, an entry, a skill and a role stand on the page
lines     the lines that count, and what each of them earned
fits      the roles as bars, and what each bar is made of
skills    all skills by area: what a role asks for against what the resume shows
gaps      what is missing, what it would bring
sheets    the pages of the resume: a picture, its lines as they were read, what is marked
advice    titles, moves and words, on whose word
whatif    what the page needs to compute fits anew
view      all of these in the order in which they are read
html      the view as one file that loads nothing
"""
