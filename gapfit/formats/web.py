"""Pages that stand alone: one file, one style, one script, and a policy that allows nothing else.

The page NAME is made of ``templates/NAME.html.j2``, ``NAME.css`` behind the ``base.css`` that all
pages share, and ``NAME.js``. All text is escaped; what a page loads is nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache

import jinja2
from markupsafe import Markup


def pieces(name: str, **told: object) -> Iterator[str]:
    """Yield the page ``name`` in pieces, ending in a newline; its template is given ``told``."""
    environment = _environment()
    style = environment.get_template("base.css").render()
    style += environment.get_template(f"{name}.css").render()
    script = environment.get_template(f"{name}.js").render()
    yield from environment.get_template(f"{name}.html.j2").generate(
        style=Markup(style), script=Markup(script), policy=Markup(_policy(style, script)), **told
    )
    yield "\n"


def _policy(style: str, script: str) -> str:
    """A Content-Security-Policy: this style, this script, pictures inside the page, nothing else.

    ``base-uri`` and ``form-action`` are named because they do not fall back to ``default-src``.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_source(style)}",
            f"script-src {_source(script)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _source(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("gapfit.formats"),
        autoescape=lambda name: name is None or not name.endswith((".css", ".js")),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
