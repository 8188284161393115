"""Jinja environments for the two text formats we generate: TeX and HTML."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from makers.content import TEMPLATES, Sample
from makers.tools import package

TEX_SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': "''",
}


def render_tex(sample: Sample) -> str:
    r"""Fill a TeX template: ``((( … )))`` prints escaped, ``((* … *))`` commands."""
    jinja2 = package("jinja2", "jinja2")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        variable_start_string="(((",
        variable_end_string=")))",
        block_start_string="((*",
        block_end_string="*))",
        comment_start_string="((#",
        comment_end_string="#))",
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_escape_tex,
    )
    return environment.get_template(sample.template).render(_context(sample))


def render_html(sample: Sample) -> str:
    """Fill an HTML template, escaping everything it prints."""
    jinja2 = package("jinja2", "jinja2")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        autoescape=True,
    )
    return environment.get_template(sample.template).render(_context(sample))


def _context(sample: Sample) -> dict[str, Any]:
    return {"person": sample.person, "options": defaultdict(str, sample.options)}


def _escape_tex(value: object) -> object:
    if not isinstance(value, str):
        return value
    return "".join(TEX_SPECIALS.get(character, character) for character in value)
