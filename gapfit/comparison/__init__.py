"""Two resumes: what moved in fits, skills and gaps, and which lines did it.

    lines     which lines were added, removed, reworded or moved, by content and not by place
    effects   what each of these edits moves
    changes   what became of skills, gaps and fits

Pure: what a change of credit is worth comes from outside, as numbers or as a function.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gapfit.comparison import changes, effects, lines
from gapfit.comparison.changes import Shares
from gapfit.comparison.effects import trials
from gapfit.comparison.lines import edits
from gapfit.datamodels import Analysis, Catalogue, Comparison, Edit

__all__ = ["SAME_PERSON", "compare", "edits", "trials"]

# The share of one text that must stand in the other one too before both pass for one person's. Of
# 3,331 pairs of different people (the sample resumes, and those of benchmarks/quality) the nearest
# share 0.21, the next 0.13; of one person's versions even a thorough rewriting keeps employers,
# titles and degrees.
SAME_PERSON = 0.25


def compare(
    catalogue: Catalogue,
    before: Analysis,
    after: Analysis,
    shares: Shares,
    made: Sequence[Edit] | None = None,
    tried: Sequence[Mapping[str, float]] = (),
) -> Comparison:
    """Return what is different between two analyses of the same roles.

    ``shares`` splits the change of a role's fit among skills. ``made`` are the edits between both
    texts, and ``tried`` the fits by role of every text that ``trials`` names for them; without
    them lines are not compared.
    """
    common = lines.common(before.resume.statements, after.resume.statements)
    versions = common >= SAME_PERSON
    return Comparison(
        before=before,
        after=after,
        versions=versions,
        common=common,
        fits=changes.of_fits(catalogue, before, after, shares),
        skills=changes.of_skills(before.skills, after.skills),
        gaps=changes.of_gaps(before.gaps, after.gaps),
        lines=(
            effects.of_edits(made, tried, before, after) if versions and made is not None else None
        ),
    )
