"""A report as one HTML file that asks nothing of any network and runs nothing."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from kg.views.drawing import style
from kg.views.report.document import Document
from kg.views.report.words import TEXTS


def html(document: Document) -> str:
    """The file as text, the same for the same document; every name in it is escaped."""
    assets = Path(str(files("kg.views").joinpath("assets")))
    look = (assets / "report.css").read_text("utf-8") + style()
    environment = Environment(
        loader=FileSystemLoader(assets), autoescape=select_autoescape(default=True), trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    name = base64.b64encode(hashlib.sha256(look.encode()).digest()).decode()
    drawn = {part.name: Markup(part.figure.inline()) for part in document.sections if part.figure}  # noqa: S704  XML
    return environment.get_template("report.html").render(
        document=document, figures=drawn, style=Markup(look),  # noqa: S704  our own
        say={text: words[document.language] for text, words in TEXTS.items()},
        policy=f"default-src 'none'; style-src 'sha256-{name}'; base-uri 'none'; form-action 'none'",
    )  # fmt: skip
