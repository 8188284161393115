"""A learning checklist for people and machines.

view      what is said, in which order; the other views only draw it
markdown  a task list, and what was ticked in one
html      one page that remembers what was ticked
calendar  the weeks, for a calendar
json      everything, for machines
"""
