"""The report as one file: no other file, no network, readable without its script."""

from __future__ import annotations

from markupsafe import Markup

from gapfit.datamodels import Catalogue, Report
from gapfit.formats import web
from gapfit.formats.report import anchors
from gapfit.formats.report.view import view


def render(report: Report, catalogue: Catalogue) -> str:
    """Return the report as a self-contained page; all text in it is escaped."""
    told = view(report, catalogue)
    # A resume without pages to show, a blinded one, has its lines in the list of those that count.
    stands = anchors.line if told.sheets else anchors.entry
    shown = {"told": told, "model": Markup(told.model), "anchors": anchors, "stands": stands}
    return "".join(web.pieces("report", **shown))
