"""The page: the landscape as one HTML file that asks nothing of any network and runs nothing from the data."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from kg import scratch
from kg.errors import FileFault, why
from kg.network.tables import NetworkTables
from kg.store.engine import Answer, Engine
from kg.views.page.document import answer_html, html
from kg.views.page.words import PAGE

__all__ = ["PAGE", "Page", "answer_page", "html", "page"]


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a landscape; ``html`` is the whole file. As the value of a notebook's cell it shows itself."""

    html: str
    left_out: tuple[str, ...] = ()
    """What of a query's answer it doesn't show: triples about triples."""

    def __str__(self) -> str:
        return self.html

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which can reach neither the notebook nor its origin."""
        allowed = "allow-scripts allow-popups allow-downloads allow-modals"  # a printer's dialog is a modal one
        frame = f'sandbox="{allowed}" style="width:100%;height:720px;border:1px solid #ccc"'
        return f'<iframe {frame} title="{escape(PAGE["title"]["en"])}" srcdoc="{escape(self.html)}"></iframe>'

    def write(self, path: str | Path) -> None:
        """Write the page to a file.

        Raises
        ------
        FileFault
            when it can't be written.
        """
        path = Path(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch.write(path, self.html.encode())
        except (OSError, ValueError) as fault:
            raise FileFault(f"{path} can't be written: {why(fault)}. Name another file.") from fault


def page(store: Engine, tables: NetworkTables, *, language: str = "en") -> Page:
    """The page of a landscape, the same for the same landscape; ``language`` is the one that it opens in."""
    return Page(html(store, tables, language=language))


def answer_page(store: Engine, tables: NetworkTables, answer: Answer, *, query: str = "", language: str = "en") -> Page:
    """The page of what a query answers, and of nothing else (:func:`kg.views.page.answer.read`), headed by the query.

    Its heading is what the query says in its first comment, as the named questions do.
    """
    text, left_out = answer_html(store, tables, answer, query=query, language=language)
    return Page(text, tuple(left_out))
