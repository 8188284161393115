"""Section headings: recognised by their words, confirmed by their form."""

from __future__ import annotations

import re
import unicodedata

from gapfit.datamodels import Section

MAX_WORDS = 7

# Words that name a section. The first section below with a word in the heading wins, so that
# "Projects and Experience" is experience, and "Skills Summary" is skills.
KEYS: tuple[tuple[Section, frozenset[str]], ...] = tuple(
    (section, frozenset(words.split()))
    for section, words in (
        (
            Section.PUBLICATIONS,
            "publication publications papers patents publikationen publicaciones preprints "
            "talks presentations speaking",
        ),
        (
            Section.CERTIFICATIONS,
            "certification certifications certificate certificates licenses licences "
            "zertifikate zertifizierungen certificaciones accreditations credentials courses "
            "coursework training trainings moocs weiterbildung cursos",
        ),
        (
            Section.EDUCATION,
            "education academic academics qualifications ausbildung studium bildung formation "
            "educación educacion formación formacion istruzione opleiding wykształcenie degrees",
        ),
        (
            Section.SKILLS,
            "skills skill skillset competencies competences competencias expertise proficiencies "
            "technologies tools toolkit toolbox stack kenntnisse fähigkeiten compétences "
            "habilidades competenze vaardigheden umiejętności strengths specialties "
            "specialities specialization proficiency skillsets",
        ),
        (
            Section.EXPERIENCE,
            "experience experiences employment career work berufserfahrung expérience "
            "expériences experiencia esperienza ervaring werkervaring doświadczenie internships "
            "internship erfahrung engagements positions appointments",
        ),
        (
            Section.PROJECTS,
            "project projects projekte projets proyectos progetti projecten portfolio opensource "
            "hackathons",
        ),
        (
            Section.SUMMARY,
            "summary profile objective about overview introduction bio biography profil resumen "
            "perfil profilo zusammenfassung statement highlights headline samenvatting me "
            "aspirations",
        ),
        (
            Section.OTHER,
            "languages interests hobbies awards honors honours achievements accomplishments "
            "activities volunteering volunteer leadership references affiliations memberships "
            "membership references community sprachen interessen ehrenamt langues idiomas loisirs "
            "additional miscellaneous other extracurricular extracurriculars military "
            "organizations organisations service recognition scholarships testimonials mentoring "
            "information outreach involvement hobbys sonstiges",
        ),
    )
)
# Words a heading may hold beside a key.
FILLERS = frozenset(
    "and of the my in at to & professional personal technical key core main selected relevant "
    "recent work working employment executive career history background areas area summary "
    "details section side open source notable academic research industry industrial other "
    "additional additionals software engineering computer programming data ai ml soft hard it "
    "tech used domain major featured independent freelance consulting teaching clinical early "
    "previous prior current further continuing online publications contributions "
    "contribution record qualifications life with what i do who am machine learning "
    "development business functional management leadership tools technologies languages "
    "frameworks platforms honors awards achievements certifications licenses education "
    "experience skills projects volunteer practical interests memberships "
    "extracurricular international und et y e de & general "
    "statement goals highlights links university college degree degrees "
    "professionals continued cont cont'd (continued) training".split()
)
CONTACT = frozenset("contact contacts kontakt details info links contacto coordonnées persönliche "
                    "daten socials social find online personal information reach".split())  # fmt: skip
CONTACT_KEYS = frozenset("contact contacts kontakt contacto coordonnées links socials".split())
TITLES = frozenset({"curriculum vitae", "resume", "résumé", "cv", "lebenslauf", "curriculum"})
# One word alone that is a heading only when set like one.
WEAK = frozenset("work me other service information tools stack technologies languages about "
                 "community training positions career leadership talks expertise profile "
                 "leadership portfolio academic research academics".split())  # fmt: skip


def normalise(text: str) -> str:
    """Return a heading's words in lower case, without decoration, colon and numbering."""
    text = unicodedata.normalize("NFC", text).lower().replace("’", "'")
    text = re.sub(r"^[\W\d_]+|[\W_]+$", "", text)
    return re.sub(r"[\s/|,+:–—-]+", " ", text).strip()


def section_of(text: str) -> Section | None:
    """Return the section a text names when all its words are heading words; else None."""
    words = [word.strip("()&.") for word in normalise(text).split()]
    words = [word for word in words if word]
    if not 1 <= len(words) <= MAX_WORDS:
        return None
    found = next((section for section, keys in KEYS if not keys.isdisjoint(words)), None)
    if found is None:
        return None
    keys = frozenset().union(*(keys for _, keys in KEYS))
    if any(word not in keys and word not in FILLERS for word in words):
        return None
    return _preferred(found, words)


def _preferred(found: Section, words: list[str]) -> Section:
    """Correct the order of keys for phrases whose last word decides."""
    phrase = " ".join(words)
    if phrase in ("academic projects", "academic project", "course projects", "coursework projects"):
        return Section.PROJECTS
    if "experience" in words and not {"education", "certifications"} & set(words):
        return Section.EXPERIENCE
    if "academic" in words and {"service", "activities", "honors", "awards"} & set(words):
        return Section.OTHER
    if {"qualifications"} & set(words) and {"summary", "key", "core", "of"} & set(words):
        return Section.SUMMARY
    if found is Section.SKILLS and words[-1] in ("project", "projects"):
        return Section.PROJECTS
    if found is Section.EXPERIENCE and words[-1] in ("highlights", "summary", "profile", "objective"):
        return Section.SUMMARY
    if found is Section.EXPERIENCE and words[-1] in ("project", "projects"):
        return Section.PROJECTS
    if found is Section.CERTIFICATIONS and "education" in words:
        return Section.EDUCATION
    return found


def is_contact_heading(text: str) -> bool:
    """Return whether a heading announces contact details."""
    words = normalise(text).split()
    return bool(words) and not CONTACT_KEYS.isdisjoint(words) and all(
        word in CONTACT or word in FILLERS for word in words
    )


def is_document_title(text: str) -> bool:
    """Return whether a line only says what the document is ("Curriculum Vitae")."""
    return normalise(text) in TITLES


def is_weak(text: str) -> bool:
    """Return whether the words alone do not make a heading: the form must be one, too."""
    words = normalise(text).split()
    return len(words) == 1 and words[0] in WEAK
