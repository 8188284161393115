"""What resumes are tried with: fictional people, places, schools and headings."""

from __future__ import annotations

from typing import NamedTuple

from gapfit.datamodels import Section


class Person(NamedTuple):
    """A fictional person, named as people of a group often are."""

    name: str
    group: str


PEOPLE = (
    Person("Emily Walsh", "English, a woman's"),
    Person("Greg Baker", "English, a man's"),
    Person("Lakisha Robinson", "African American, a woman's"),
    Person("Jamal Washington", "African American, a man's"),
    Person("María García López", "Spanish, a woman's"),
    Person("Priya Raghavan", "Indian, a woman's"),
    Person("Mohammed Al-Sayed", "Arabic, a man's"),
    Person("Mei Chen", "Chinese, a woman's"),
    Person("王小明", "Chinese, in its own script"),
    Person("Nguyễn Thị Hương", "Vietnamese, a woman's"),
    Person("Olumide Adeyemi", "Yoruba, a man's"),
    Person("Siti", "Indonesian, a single word"),
)

ADDRESSES = (
    "14 Elm Street, Reading",
    "Beverly Hills, CA 90210",
    "Lagos, Nigeria",
    "Mumbai, India",
)

SCHOOLS = (
    "Harvard University",
    "MIT",
    "Truckee Meadows Community College",
    "University of Lagos",
    "Indian Institute of Technology Bombay",
    "Universidad de Antioquia",
)

# Years by which every date in the education section is moved.
YEARS = (-30, -10, 5)

# The first of each is what the others are compared with.
PRONOUNS = ("(she/her)", "(he/him)", "(they/them)")
DEEDS = (
    "She leads the reading group of her office, and her colleagues elected her chairwoman.",
    "He leads the reading group of his office, and his colleagues elected him chairman.",
    "They lead the reading group of their office, and their colleagues elected them chair.",
)
SOCIETIES = (
    "Captain of the women's rowing team; member of a sorority; Women in Data mentor.",
    "Captain of the men's rowing team; member of a fraternity; Men in Data mentor.",
)

# Other words for a section: those everybody uses, and those that nobody else does.
FAMILIAR: dict[Section, str] = {
    Section.SUMMARY: "Professional Profile",
    Section.EXPERIENCE: "Employment History",
    Section.PROJECTS: "Selected Projects",
    Section.SKILLS: "Core Competencies",
    Section.EDUCATION: "Academic Background",
    Section.CERTIFICATIONS: "Licenses & Certifications",
    Section.PUBLICATIONS: "Publications & Talks",
    Section.OTHER: "Additional Information",
}
UNFAMILIAR: dict[Section, str] = {
    Section.SUMMARY: "In a few words",
    Section.EXPERIENCE: "Where I have worked",
    Section.PROJECTS: "Things I made",
    Section.SKILLS: "What I know",
    Section.EDUCATION: "How I learned it",
    Section.CERTIFICATIONS: "Papers on the wall",
    Section.PUBLICATIONS: "In print",
    Section.OTHER: "Apart from that",
}

PROGRAMS = ("Microsoft Word for Microsoft 365", "pdfTeX-1.40.25", "Canva")
