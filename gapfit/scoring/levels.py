"""From matches to findings: which level of a skill is claimed, and what it is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gapfit.datamodels import (
    Catalogue,
    Evidence,
    Level,
    LineMatch,
    Resume,
    SkillFinding,
    SkillMatch,
)

# What a level is worth. Shipped work outweighs lists (seed 002); a bare mention shows that the
# word is known, hardly more.
CREDIT: Mapping[Level, float] = {
    Level.ABSENT: 0.0,
    Level.MENTIONED: 0.06,
    Level.USED: 0.75,
    Level.OWNED: 1.0,
}

# Probabilities from which a level is claimed: when it is about as likely as not. "Used" a little
# before: F1 is best where a claim costs less than a skill passed over, at half the best F1 if the
# probabilities are right, and on the fit split of benchmarks/quality it is.
MENTIONED_AT = 0.50
USED_AT = 0.45
OWNED_AT = 0.50

# Evidence kept per skill: enough to judge by, short enough to read.
EVIDENCE_LINES = 3


def findings(
    catalogue: Catalogue, resume: Resume, matches: Sequence[SkillMatch]
) -> tuple[SkillFinding, ...]:
    """Turn the matches, one per skill of the catalogue and in its order, into findings."""
    return tuple(
        _finding(skill.area, resume, match)
        for skill, match in zip(catalogue.skills, matches, strict=True)
    )


def _finding(area: str, resume: Resume, match: SkillMatch) -> SkillFinding:
    level = level_of(match)
    kept = _evidence(match, level)[:EVIDENCE_LINES]
    return SkillFinding(
        skill=match.skill,
        area=area,
        level=level,
        confidence=match.used,
        credit=credit_of(match),
        evidence=tuple(
            Evidence(s.page, s.line, s.section, s.text, line.similarity)
            for line in kept
            for s in (resume.statements[line.statement],)
        ),
    )


def _evidence(match: SkillMatch, level: Level) -> Sequence[LineMatch]:
    """The lines to show for a level: a mention is best shown by the line that names the skill."""
    if level is Level.ABSENT:
        return ()
    if level is Level.MENTIONED:
        return sorted(match.lines, key=lambda line: -line.mentioned)
    return match.lines


def level_of(match: SkillMatch) -> Level:
    """Return the deepest level whose probability reaches its threshold."""
    if match.used >= USED_AT:
        return Level.OWNED if match.owned >= OWNED_AT else Level.USED
    return Level.MENTIONED if match.mentioned >= MENTIONED_AT else Level.ABSENT


def credit_of(match: SkillMatch) -> float:
    """Return the expected credit of a skill, 0-1; nothing for an absent one."""
    if level_of(match) is Level.ABSENT:
        return 0.0
    return (
        (match.mentioned - match.used) * CREDIT[Level.MENTIONED]
        + (match.used - match.owned) * CREDIT[Level.USED]
        + match.owned * CREDIT[Level.OWNED]
    )
