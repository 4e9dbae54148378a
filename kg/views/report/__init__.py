"""A report on a landscape: one document in words and figures, as HTML or as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Literal, get_args

from kg import scratch
from kg.errors import FileFault, known, why
from kg.terms import LANGUAGES
from kg.views.report.document import Document, Frames, document
from kg.views.report.html import html
from kg.views.report.markdown import markdown
from kg.views.report.words import text

ReportFormat = Literal["html", "markdown"]
REPORT_FORMATS: tuple[ReportFormat, ...] = get_args(ReportFormat)
_ENDINGS: dict[str, ReportFormat] = {".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown"}


def report_format(path: Path) -> ReportFormat | None:
    """The form that a file's ending names."""
    return _ENDINGS.get(path.suffix.lower())


@dataclass(frozen=True)
class Report:
    """The report on a landscape; as the value of a notebook's cell it shows itself."""

    document: Document

    @cached_property
    def html(self) -> str:
        """The whole as one HTML file, which needs no network and runs nothing."""
        return html(self.document)

    @cached_property
    def figures(self) -> dict[str, bytes]:
        """The figures by the names of their files, as SVG."""
        drawn = [section.figure for section in self.document.sections if section.figure]
        return {f"{figure.name}.svg": figure.alone() for figure in drawn}

    def markdown(self, folder: str) -> str:
        """The whole as Markdown, whose figures lie in ``folder``, a path relative to the file."""
        return markdown(self.document, folder)

    def _repr_html_(self) -> str:
        """The report in a frame of its own, which can reach neither the notebook nor its origin."""
        frame = 'sandbox="allow-popups" style="width:100%;height:720px;border:1px solid #ccc"'
        return f'<iframe {frame} title="{escape(self.document.title)}" srcdoc="{escape(self.html)}"></iframe>'

    def write(self, path: str | Path, format_: ReportFormat | None = None) -> None:
        """Write the report to a file, in the form of its ending or the one named: whole or not at all.

        The figures of Markdown go to a folder beside it, which has its name and ends in ``.figures``.

        Raises
        ------
        BadParameter
            when there is no such form.
        FileFault
            when the ending names none, or it can't be written.
        """
        path = Path(path)
        chosen = format_ or report_format(path)
        if chosen is None:
            raise FileFault(f"{path.name} names no form. Name one of {', '.join(REPORT_FORMATS)}.")
        known("form", chosen, REPORT_FORMATS)
        try:
            if chosen == "html":
                path.parent.mkdir(parents=True, exist_ok=True)
                scratch.write(path, self.html.encode())
            else:
                self._write_markdown(path)
        except (OSError, ValueError) as fault:
            raise FileFault(f"{path} can't be written: {why(fault)}. Name another file.") from fault

    def _write_markdown(self, path: Path) -> None:
        if path.exists() and not path.is_file():
            raise FileFault(f"{path} is no file, and figures can't lie beside it. Name another file.")
        folder = path.with_name(f"{path.stem}.figures")
        files = {folder / name: drawn for name, drawn in self.figures.items()}
        scratch.write_all({**files, path: self.markdown(folder.name).encode()})
        for section in self.document.sections:  # of a landscape that had more
            stale = folder / f"{section.name}.svg"
            if stale not in files:
                stale.unlink(missing_ok=True)


def report(
    told: Frames, revision: str = "", *, narrowed: Sequence[tuple[str, str]] = (), language: str = "en"
) -> Report:
    """The report on what :func:`kg.analysis.report.report` computed of a revision, narrowed as it says."""
    known("language", language, LANGUAGES)
    parts = [text(name, language, value) for name, value in narrowed]
    about = ([text("revision", language, revision)] if revision else []) + parts
    return Report(document(told, about=[text("apart", language).join(about)] if about else [], language=language))
