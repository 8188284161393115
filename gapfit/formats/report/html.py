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
    return "".join(web.pieces("report", told=told, model=Markup(told.model), anchors=anchors))
