"""What schools, degrees and subjects are called, as alternatives of a pattern."""

from __future__ import annotations

_CAPITALISED = r"[A-ZÀ-ÞĀ-Ž][\w.'’&-]*"


def _any(text: str) -> str:
    """Alternatives from a text; "~" stands for a space within one of them."""
    return f"(?:{'|'.join(word.replace('~', ' ') for word in text.split())})"


NAME_WORD = _CAPITALISED
OF = _any("of de do da di du des del della für der van at in the and & y et zu")

# Says anywhere that a school is meant.
SCHOOL = _any(
    r"""Universit(?:y|ies|ät|é|à|eit|et|etet|as|atea) Universidade? Univ\.? Uniwersytet Üniversitesi
    UNIVERSIT(?:Y|ÄT|É) UNIVERSIDADE? College COLLEGE Polytech\w+ Politec\w+ Politech\w+
    (?:Fach|Hoch)?[Hh]ochschule Hogeschool École Ecole INSTITUTE~OF~TECHNOLOGY
    (?:Indian~|National~|Royal~)?Institute~of~(?:Technology|Science|Management|Information)
    Institute~of~(?:Engineering|Informatics)"""
)
# Says so in an education section only.
SCHOOL_IN_EDUCATION = _any(
    r"""Institut\w* INSTITUT\w* School SCHOOL Academy ACADEMY Faculty Gymnasium Lycée Liceo"""
)
# Words before "University" that belong to a degree, not to a school's name.
DEGREE = _any(
    r"""B\.?\s?Sc?\.? M\.?\s?Sc?\.? B\.?A\.? M\.?A\.? BS[Ec]? MS[Ec]? MSC BSC B\.?E\.? M\.?E\.?
    B\.?Eng\.? M\.?Eng\.? B\.?Tech\.? M\.?Tech\.? BASc BCom BFA MFA MLIS MPhil D\.?Phil\.?
    Ph\.?\s?D\.? MBA LL\.?[BM]\.? HND HNC PGDip Dr\.? Dipl\S* Bachelor\S* Master\S* Doctor\w*
    Licen\w+ Laurea Magist\w+ Associate\S* [Dd]egree Minor Major Honou?rs Certificate Ingenier\w+
    Grado Technologist"""
)
SUBJECT = _any(
    r"""Computer Computing Computational Science\w* Engineer\S* Software Informati\w+ Technolog\w+
    Systems? Mathemat\w+ Maths? Statistic\w* Data Machine Artificial Intelligence Learning Physics
    Chemistry Biolog\w+ Economic\w* Linguistic\w* Language\w* Philosoph\w+ Psycholog\w+ History
    English Electr\w+ Mechanic\w* Civil Industrial Robot\w+ Cybernetics Automation Business
    Management Administration Finance Law Media Design Music Nursing Medicine Applied Analy\w+
    Network\w* Security Telecom\w* Communication\w* Signal\w* Processing Control Operations Research
    Quality Policy Public Marketing Sociology Education Agronomy Acoustics Architecture Neuroscience
    Cognitive Bio\w+ Aerospace Marine Naval Materials? Actuarial Human Interaction Development
    Digital Graphic Multimedia Literature Classics Philology Hospitality Strategy Innovation Radio
    Fluid Dynamics Environmental Web Mobile AI ML NLP CS CSE ECE EE EECS IT HCI Thesis Dissertation
    Coursework Courses? Speciali[sz]\w+ Emphasis Concentration C?GPA Grade Distinction First Second
    Class Erasmus Fakultät Ciência\w* Wirtschaft\w*"""
)
# Abbreviations and bare names that stand for nothing else in this trade.
SHORT = _any(
    r"""(?:IIT|IIIT|NIT|BITS|IISc|HTWK|JNTU|LMU|TUM)(?:[~-][A-Z][a-zà-þ]+)?
    (?:TU|FH|UC|UT|SUNY|CUNY)[~-][A-Z][a-zà-þ]+ ETHZ?(?:~Z[uü]rich)? EPFL CMU UCLA UCSD UCSB UIUC
    UPenn UMich UMass(?:~Amherst)? NYU RWTH(?:~Aachen)? KAIST HKUST NTNU KTH UNSW USTC SJTU
    INSEAD UCL UOC MIT Caltech Georgia~Tech Virginia~Tech Penn~State Carnegie~Mellon Johns~Hopkins
    Imperial~College(?:~London)? Sciences~Po"""
)
# Schools whose bare names are also a town's, a person's or a product's.
FAMOUS = _any(
    """Stanford Harvard Yale Princeton Berkeley Oxford Cambridge Columbia Cornell Dartmouth Duke
    Brown Wharton Georgetown Tsinghua Peking McGill Waterloo Purdue Rice"""
)
# What follows a school's name where a part of it is meant: "Stanford AI Lab", "MIT CSAIL".
PART = (
    r"(?:(?:\s(?:AI|ML|NLP|CS|Media|Robotics|Business|Medical|Law|Graduate"
    r"|Artificial Intelligence|Computer Science))*"
    r"\s(?:Lab(?:oratory)?s?|School|Department|Dept\.?|Cent(?:er|re)|Institute|Group|Campus"
    r"|University|College|CSAIL|HAI|CRFM|BAIR|SAIL|Sloan|Haas|Booth|Stern))"
)
