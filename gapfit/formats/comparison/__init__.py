"""Two resumes beside each other, for people and machines.

view      what is said, in which order; text and Markdown only draw it
text      for the terminal
markdown  to paste
json      everything, for machines
"""
