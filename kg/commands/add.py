"""``kg add``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import language_option, say
from kg.curating import add
from kg.errors import BadLandscape, BadParameter
from kg.terms import Language
from kg.views.words import word


@click.command(name="add")
@click.argument("folder", type=click.Path(path_type=Path, readable=False))
@click.argument("table")
@click.argument("cells", nargs=-1, required=True, metavar="COLUMN=VALUE…")
@language_option
def command(folder: Path, table: str, cells: tuple[str, ...], language: Language) -> None:
    """Append a row to a table of a landscape, if nothing is wrong with it.

    FOLDER is a landscape, TABLE one of its tables, such as partnerships; each COLUMN is a header word, such as
    label@zh. The landscape is checked with the row first: an error is told and nothing is written; what is new and
    doubtful is told and stands. For example: kg add mine partnerships id=new bankParty=HB techParty=Cloudy
    source=paper#p6. What was built before knows of the row when it is built again.
    """
    row: dict[str, str] = {}
    for cell in cells:
        column, sign, value = cell.partition("=")
        if not sign or not column.strip():
            raise click.BadParameter(f"«{cell}» is not COLUMN=VALUE.", param_hint="COLUMN=VALUE")
        if not value.strip():
            raise click.BadParameter(f"«{cell}» has no value.", param_hint="COLUMN=VALUE")
        if column.strip() in row:
            raise click.BadParameter(f"«{column.strip()}» is given twice.", param_hint="COLUMN=VALUE")
        row[column.strip()] = value
    try:
        added = add(folder, table, row)
    except BadLandscape as fault:
        for found in fault.findings:
            say(found.line(language))
        raise BadParameter("The row was not added. Mend what is told above, and add it again.") from fault
    for found in added.findings:
        say(found.line(language))
    say(word("added", language).format(added.row, added.path))
