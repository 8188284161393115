"""From the ranked gaps to an ordered plan of artefacts: what to build, in which order, and why.

aim         what a plan is made from
acquiring   findings as they would be once something is built
candidates  which items bring what, and what they need
choice      the best set of items, exactly
choosing    the two questions that lead to a plan
ordering    prerequisites first, project by project, week by week
describing  what is said of each item in its place
"""

from __future__ import annotations

from collections.abc import Sequence

from gapfit.checklist.acquiring import acquired, done_levels, learned
from gapfit.checklist.aim import Aim
from gapfit.checklist.candidates import relevant
from gapfit.checklist.choosing import choose
from gapfit.checklist.describing import described, gains
from gapfit.checklist.ordering import Placed, ordered, weeks
from gapfit.datamodels import Analysis, Checklist, Done, Effort, Pace

__all__ = ["Aim", "done_levels", "learned", "plan"]


def plan(aim: Aim, analysis: Analysis, pace: Pace, count: int, done: Done) -> Checklist:
    """Return the plan for the resume behind ``analysis``.

    With a limit in weeks it is the work that raises the role's fit most within it. Without one
    it is the least work that closes the first ``count`` gaps.
    """
    items = relevant(aim)
    choice = choose(aim, items, pace.budget, count)
    built = [item for number, item in enumerate(items) if number in choice.items]
    begun = [p for number, p in enumerate(aim.learning.projects) if number in choice.projects]
    ranks = {gap.skill: rank for rank, gap in enumerate(aim.gaps)}
    order = ordered(aim.learning, built, begun, ranks)
    schedule = weeks(order, pace)
    levels = acquired(built)
    after = learned(aim.found, levels, aim.credit)
    (now,), (then,) = aim.fits([aim.role], aim.found), aim.fits([aim.role], after)
    return Checklist(
        manifest=analysis.manifest,
        learning_sha256=aim.learning.sha256,
        warnings=analysis.resume.warnings,
        role=aim.role.id,
        fits=(now.fit, then.fit),
        gains=gains(aim, aim.found, after),
        pace=pace,
        hours=choice.hours,
        effort=_effort(order),
        projects=tuple({placed.project.id: placed.project for placed in order}.values()),
        items=described(aim, order, schedule),
        weeks=schedule,
        left=tuple(gap for gap in aim.gaps if gap.skill not in levels),
        done=done,
        finished=tuple(item for item in aim.learning.items if item.id in done.items),
    )


def _effort(order: Sequence[Placed]) -> Effort | None:
    """Hours of all items and of each project's set-up."""
    efforts = [placed.item.effort for placed in order]
    efforts += {placed.project.id: placed.project.setup_effort for placed in order}.values()
    if not efforts:
        return None
    return Effort(sum(e.low for e in efforts), sum(e.high for e in efforts))
