"""Section headings, recognised by their words; ``sections`` confirms them by their form."""

from __future__ import annotations

import re
import unicodedata

from gapfit.datamodels import Section
from gapfit.statements.wordsets import words

MAX_WORDS = 7

# Words that name a section. The first section with a word in the heading wins, so that
# "Publications and Patents" is publications, and "Skills Summary" is skills.
KEYS: tuple[tuple[Section, frozenset[str]], ...] = (
    (
        Section.PUBLICATIONS,
        words(
            "publication publications paper papers patents preprints talks presentations speaking "
            "writing publikationen publicaciones vorträge"
        ),
    ),
    (
        Section.CERTIFICATIONS,
        words(
            "certification certifications certificate certificates licenses licences license "
            "accreditations credentials courses coursework training trainings moocs "
            "zertifikate zertifizierungen weiterbildung certificaciones cursos"
        ),
    ),
    (
        Section.EDUCATION,
        words(
            "education educational academic academics qualifications degrees ausbildung studium "
            "bildung formation educación educacion formación formacion istruzione opleiding "
            "wykształcenie"
        ),
    ),
    (
        Section.SKILLS,
        words(
            "skills skill skillset skillsets competencies competences expertise proficiencies "
            "proficiency technologies tools toolkit toolbox stack strengths specialties "
            "specialities specialization kenntnisse fähigkeiten compétences competencias "
            "habilidades competenze vaardigheden umiejętności"
        ),
    ),
    (
        Section.EXPERIENCE,
        words(
            "experience experiences employment career work internships internship positions "
            "appointments engagements berufserfahrung erfahrung expérience expériences "
            "experiencia esperienza ervaring werkervaring doświadczenie"
        ),
    ),
    (
        Section.PROJECTS,
        words(
            "project projects portfolio opensource hackathons projekte projets proyectos "
            "progetti projecten"
        ),
    ),
    (
        Section.SUMMARY,
        words(
            "summary profile objective about overview introduction bio biography statement "
            "highlights headline me aspirations goals profil resumen perfil profilo "
            "zusammenfassung samenvatting"
        ),
    ),
    (
        Section.OTHER,
        words(
            "languages interests hobbies awards honors honours achievements accomplishments "
            "activities volunteering volunteer leadership references affiliations memberships "
            "membership community additional miscellaneous other extracurricular "
            "extracurriculars military organizations organisations service recognition "
            "scholarships grants testimonials mentoring teaching supervision information "
            "outreach involvement sprachen interessen ehrenamt hobbys sonstiges langues idiomas "
            "loisirs"
        ),
    ),
)
ALL_KEYS = frozenset[str]().union(*(names for _, names in KEYS))
# Words a heading may hold beside a key.
FILLERS = words(
    "and of the my in at to & et y e und de with for i do who am what professional personal "
    "technical key core main selected relevant recent employment executive history background "
    "areas area details section side open source notable research industry industrial "
    "additionals software engineering computer programming data ai ml soft hard it tech used "
    "domain major featured independent freelance consulting clinical early previous prior "
    "current further continuing online contributions contribution record life machine learning "
    "development business functional management platforms frameworks practical international "
    "general links university college degree professionals continued cont cont'd conference "
    "journal invited peer-reviewed peer reviewed public continued"
)
# Phrases whose meaning their words do not give.
PHRASES = {
    **dict.fromkeys(
        ("academic projects", "academic project", "course projects", "coursework projects",
         "work projects", "key projects", "open source", "open-source", "open source work"),
        Section.PROJECTS,
    ),
    **dict.fromkeys(
        ("learning", "currently learning", "continuous learning", "self study", "studying now"),
        Section.CERTIFICATIONS,
    ),
    **dict.fromkeys(
        ("summary of qualifications", "qualifications summary", "key qualifications",
         "core qualifications", "career objective", "career summary", "career highlights",
         "career profile", "career goals", "professional highlights"),
        Section.SUMMARY,
    ),
    **dict.fromkeys(
        ("academic service", "academic activities", "academic honors", "academic awards",
         "academic achievements", "work permit", "community work", "volunteer work"),
        Section.OTHER,
    ),
    "academic experience": Section.EXPERIENCE,
    "education and training": Section.EDUCATION,
}  # fmt: skip
CONTACT = words(
    "contact contacts kontakt details info links contacto coordonnées persönliche daten socials "
    "social find online personal information reach me"
)
CONTACT_KEYS = words("contact contacts kontakt contacto coordonnées links socials")
TITLES = frozenset({"curriculum vitae", "resume", "résumé", "cv", "lebenslauf", "curriculum"})
# Words that are a heading on their own only when set like one.
WEAK = words(
    "work me other service information tools stack technologies languages about community "
    "training positions career leadership talks expertise profile portfolio academic research "
    "academics writing teaching open source statement"
)


def normalise(text: str) -> str:
    """Return a heading's words in lower case, without decoration, colon and numbering."""
    text = unicodedata.normalize("NFC", text).lower().replace("’", "'")
    text = re.sub(r"^[\W\d_]+|[\W_]+$", "", text)
    return re.sub(r"[\s/|,+:–—-]+", " ", text).strip()


def section_of(text: str) -> Section | None:
    """Return the section a text names when all its words are heading words; else None."""
    plain = normalise(text)
    names = [name for name in (word.strip("()&.") for word in plain.split()) if name]
    if not 1 <= len(names) <= MAX_WORDS:
        return None
    phrase = " ".join(names)
    if phrase in PHRASES:
        return PHRASES[phrase]
    if any(name not in ALL_KEYS and name not in FILLERS for name in names):
        return None
    found = next((section for section, keys in KEYS if not keys.isdisjoint(names)), None)
    return None if found is None else _preferred(found, names)


def _preferred(found: Section, names: list[str]) -> Section:
    """Correct the order of keys where another word of the heading says more."""
    if found in (Section.SKILLS, Section.EXPERIENCE) and names[-1] in ("project", "projects"):
        return Section.PROJECTS
    if "experience" in names and not {"education", "certifications"} & set(names):
        return Section.EXPERIENCE
    if found is Section.CERTIFICATIONS and {"education", "academic"} & set(names):
        return Section.EDUCATION
    return found


def is_contact_heading(text: str) -> bool:
    """Return whether a heading announces contact details."""
    names = normalise(text).split()
    if not names or CONTACT_KEYS.isdisjoint(names):
        return False
    return all(name in CONTACT or name in FILLERS for name in names)


def is_document_title(text: str) -> bool:
    """Return whether a line only says what the document is ("Curriculum Vitae")."""
    return normalise(text) in TITLES


def is_weak(text: str) -> bool:
    """Return whether the words alone do not make a heading: the form must be one, too."""
    names = normalise(text).split()
    return len(names) <= 2 and all(name in WEAK for name in names)
