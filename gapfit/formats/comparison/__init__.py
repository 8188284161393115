"""Two resumes beside each other, for people and machines.

view      what is said, before it is drawn
telling   puts a comparison into words, from subject, summary, reasons, lists and lines
text      for the terminal
markdown  to paste
json      everything, for machines
"""
