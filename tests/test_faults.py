"""Every fault of the user's gets one message: what, where, what to do. A matrix of them, which counts itself."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from test_loader import CODES, FAULTS

from kg.cli import group
from kg.landscape import Landscape
from kg.opening import build_landscape

ROOT = Path(__file__).resolve().parent.parent
CHINA = str(ROOT / "graphs" / "china-2017")
SOURCES = "id,title@en,issued,language,source\ns,A source,2017,en,s#top\n"
SLOWLY = "SELECT ?a ?d ?g ?j { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STRLEN(CONCAT(STR(?a), STR(?j))) < 0) }"
FOR_EVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

Scene = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Fault:
    """A command that is at fault, what must be there before it, and what must be said: what, where, what to do."""

    args: tuple[str, ...]
    says: tuple[str, ...]
    scene: Scene = lambda _: None
    exit_code: int = 1
    input: bytes | None = None
    env: dict[str, str] = field(default_factory=dict)


def files(**contents: str | bytes) -> Scene:
    """Files in the folder ``mine``, a source among them; ``a__ttl`` is a.ttl."""

    def scene(here: Path) -> None:
        (here / "mine").mkdir()
        for name, content in {"sources__csv": SOURCES, **contents}.items():
            data = content.encode() if isinstance(content, str) else content
            (here / "mine" / name.replace("__", ".")).write_bytes(data)

    return scene


def alone(name: str, content: str | bytes) -> Scene:
    def scene(here: Path) -> None:
        (here / name).write_bytes(content.encode() if isinstance(content, str) else content)

    return scene


def damaged(pattern: str, change: Callable[[Path], object]) -> Scene:
    """The store ``kg`` with the first file that fits a pattern changed."""

    def scene(here: Path) -> None:
        name = json.loads((here / "kg" / "current").read_text("utf-8"))["folder"]
        change(min((here / "kg" / name).glob(pattern)))

    return scene


def odd(here: Path) -> Path:
    (here / "odd.nt").write_text("<a:b> <http://e.example/1> <a:c> .\n", "utf-8")
    return here / "odd.nt"


def pointer(**change: object) -> Scene:
    def scene(here: Path) -> None:
        told = json.loads((here / "kg" / "current").read_text("utf-8"))
        (here / "kg" / "current").write_text(json.dumps({**told, **change}), "utf-8")

    return scene


def halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def rdf(ending: str, text: str, row: int, column: int) -> Fault:
    place = f"bad.{ending}, line {row}, column {column}: error: The file can't be read as RDF"
    return Fault(("check", f"bad.{ending}"), (place, "Mend it there."), alone(f"bad.{ending}", text))


def loaded(name: str) -> Fault:
    """One of the loader's faults, as the command line tells it."""
    tables, (code, file, row, column), message = FAULTS[name]

    def scene(here: Path) -> None:
        (here / "mine").mkdir()
        for table, content in {"sources": SOURCES, **tables}.items():
            data = content.encode() if isinstance(content, str) else content
            (here / "mine" / f"{table}.csv").write_bytes(data)

    place = file + (f", row {row}" if row else "") + (f", column {column}" if column else "")
    return Fault(("build", "mine"), (place, message, f"[{code}]", "nothing was stored"), scene)


MATRIX: dict[str, Fault] = {
    **{f"a table: {name}": loaded(name) for name in FAULTS},
    # Syntax errors, in each format
    "Turtle": rdf("ttl", "@prefix a: <http://a.example/> .\na:b a:c .\n", 2, 9),
    "TriG": rdf("trig", "<http://a.example/> {\n<a:b> <a:c>\n}", 3, 1),
    "N-Triples": rdf("nt", "<a:b> <a:c> <a:d> .\n<a:b> <a:c> .\n", 2, 13),
    "N-Quads": rdf("nq", "<a:b> <a:c> <a:d> <a:e> .\n<a:b> <a:c> <a:d> <a:e> <a:f> .\n", 2, 25),
    "RDF/XML": rdf("rdf", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<a>\n</rdf:RDF>', 3, 3),
    "JSON-LD with its context elsewhere": Fault(
        ("check", "bad.jsonld"), ("takes its context from an address", "Write the context itself into the file"),
        alone("bad.jsonld", '{"@context": "https://schema.org/", "@id": "a:b", "name": "x"}'),
    ),
    "RDF/XML in UTF-32 that is not well formed": Fault(
        ("check", "bad.rdf"), ("bad.rdf, line 1, column 9: error: The file can't be read as RDF", "Mend it there"),
        alone("bad.rdf", "<a><b></a>".encode("utf-32")),
    ),
    "RDF/XML in an encoding of Python's own": Fault(
        ("check", "bad.rdf"), ("can't be read as RDF (unknown encoding: unicode_escape)", "Mend it"),
        alone("bad.rdf", '<?xml version="1.0" encoding="unicode_escape"?><a/>'),
    ),
    "RDF/XML in an encoding that nobody knows": Fault(
        ("check", "bad.rdf"), ("bad.rdf: error: The file can't be read as RDF (unknown encoding: klingon)", "Mend it"),
        alone("bad.rdf", '<?xml version="1.0" encoding="klingon"?><a/>'),
    ),
    "RDF/XML in another encoding than it says": Fault(
        ("check", "bad.rdf"), ("bad.rdf: error: The file can't be read as RDF", "can't decode", "Mend it"),
        alone("bad.rdf", '<?xml version="1.0" encoding="gbk"?><a>\x80</a>'.encode("latin-1")),
    ),
    "JSON-LD": rdf("jsonld", '{"@id": "http://a.example/",\n "x" 1}', 2, 6),
    # Inputs
    "no such path": Fault(("build", "nowhere"), ("nowhere does not exist", "Give a folder")),
    "a path that is empty": Fault(("check", ""), ("A path is empty", "Name a folder"), exit_code=2),
    "a path to a device": Fault(
        ("check", "/dev/null"), ("/dev/null is neither a file nor a folder", "Give one, or - for standard input")
    ),
    "a table parted by semicolons": Fault(
        ("build", "mine"), ("capabilities.csv, row 1", "seem to be parted by semicolons", "parted by commas"),
        files(capabilities__csv="id;label@en;source\nx;X;s#p\n"),
    ),
    "a file of another sort": Fault(
        ("check", "a.docx"), ("a.docx can't be read as a landscape", "files that end in .csv"), alone("a.docx", "x")
    ),
    "an empty folder": Fault(
        ("build", "mine"), ("mine holds no table and no RDF", "is a folder of .csv"),
        lambda here: (here / "mine").mkdir(),
    ),
    "an empty file": Fault(("check", "mine"), ("empty.csv", "has no header"), files(empty__csv="")),
    "a file of line ends": Fault(("check", "mine"), ("empty.csv", "has no header"), files(empty__csv="\n\n\r\n")),
    "UTF-16": Fault(
        ("check", "mine"),
        ("capabilities.csv, row 1, column 1", "is not UTF-8: byte 0xFF at offset 0", "Save it as UTF-8"),
        files(capabilities__csv="id,label@en,source\nx,X,s#p\n".encode("utf-16")),
    ),
    "a zero byte": Fault(
        ("check", "mine"), ("capabilities.csv, row 2, column 2", "U+0000"),
        files(capabilities__csv="id,label@en,source\nx,X\x00Y,s#p\n"),
    ),
    "no workbook": Fault(
        ("check", "mine"), ("a.xlsx: error: The file can't be read as an Excel workbook", "Save it anew"),
        files(a__xlsx=b"PK\x03\x04 no"),
    ),
    "no Parquet": Fault(
        ("check", "mine"), ("a.parquet: error: The file can't be read as Parquet", "Save it anew"),
        files(a__parquet=b"PAR1 no"),
    ),
    "lists in Parquet": Fault(
        ("check", "a.parquet"), ("a.parquet, row 1, column 2 (covers)", "holds List(String), not text", "Write it as"),
        lambda here: pl.DataFrame({"id": ["x"], "covers": [["y"]]}).write_parquet(here / "a.parquet"),
    ),
    "bad CSV on standard input": Fault(
        ("check", "-"), ("standard input, row 1, column 2 (singed)", "There is no column word", "Rename"),
        input=b"id,singed,source\n"
    ),
    "bad Turtle on standard input": Fault(
        ("check", "-", "--stdin", "ttl"),
        ("standard input, line 1, column 1", "as RDF: The prefix a: has not been declared", "Mend it there"),
        input=b"a:b .\n",
    ),
    "nothing on standard input": Fault(("check", "-"), ("standard input", "has no header"), input=b""),
    # Stores
    "no store": Fault(
        ("capabilities", "--store", "nowhere"), ("There is no store in nowhere", "Build one: kg build")
    ),
    "a file where the store should be": Fault(
        ("query", "ASK {}", "--store", "file"), ("file is a file, not a store", "Name a folder"), alone("file", "x")
    ),
    "a file where the store should go": Fault(
        ("build", CHINA, "--store", "file"), ("file is a file, not a folder", "Name another --store"), alone("file", "")
    ),
    "a file on the way to the store": Fault(
        ("build", CHINA, "--store", "file/kg"), ("file/kg", "Name another --store"), alone("file", "")
    ),
    "other things in the store's folder": Fault(
        ("build", CHINA, "--store", "mine"), ("mine holds other things (sources.csv)", "Name a new or empty folder"),
        files(),
    ),
    "a store of another version": Fault(
        ("capabilities",), ("kg was built by another version of kg", "Build it again"), pointer(format=1)
    ),
    "a store without its folder": Fault(
        ("capabilities",), ("lacks its folder revision-0123456789ab", "Build it again"),
        pointer(folder="revision-0123456789ab"),
    ),
    "a pointer half written": Fault(
        ("capabilities",), ("current is not what a build writes", "Build the store again"),
        lambda here: halved(here / "kg" / "current"),
    ),
    "a graph file cut short": Fault(
        ("query", "ASK {}"), ("is damaged at", ".sst", "Build it again"), damaged("graph/*.sst", halved)
    ),
    "a graph file that is gone": Fault(
        ("query", "ASK {}"), ("is damaged at", "MANIFEST", "Build it again"), damaged("graph/MANIFEST*", Path.unlink)
    ),
    "a table cut short": Fault(
        ("capabilities",), ("is damaged at", ".parquet", "Build it again"), damaged("tables/*.parquet", halved)
    ),
    "a table that is something else": Fault(
        ("matrix",), ("is damaged at", "parties.parquet", "Build it again"),
        damaged("tables/parties.parquet", lambda path: path.write_bytes(bytes(path.stat().st_size))),
    ),
    # Queries
    "a query that ends too early": Fault(
        ("query", "SELECT * {\n ?s ?p"), ("at or before line 2, column 7", " ?s ?p", "^")
    ),
    "a prefix that nobody knows": Fault(
        ("query", "ASK { ?s foaf:name ?o }"), ("line 1, column", "there is no prefix «foaf:»", "declare others")
    ),
    "a query that writes": Fault(("query", "DELETE WHERE { ?s ?p ?o }"), ("Queries only read", "write SELECT")),
    "a function that nobody knows": Fault(
        ("query", "SELECT (kg:f(1) AS ?x) {}"), ("can't be answered", "ontology#f", "Take one of SPARQL's own")
    ),
    "a query file that is not there": Fault(
        ("query", "-f", "q.rq"), ("q.rq can't be read: No such file", "Check its name")
    ),
    "a query file that is not UTF-8": Fault(
        ("query", "-f", "q.rq"), ("q.rq is not UTF-8", "Save the query as UTF-8"),
        alone("q.rq", "ASK {} # 工".encode("gbk")),
    ),
    "no query": Fault(("query", ""), ("There is no query: give it as an argument",), exit_code=2),
    "two queries": Fault(("query", "ASK {}", "-q", "units-of"), ("can't stand together: give one",), exit_code=2),
    "RDF as rows": Fault(
        ("query", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv"), ("take --format turtle, ntriples",), exit_code=2
    ),
    "a question that nobody knows": Fault(
        ("query", "-q", "partners-off"), ("There is no question «partners-off»", "Perhaps «partners-of» is meant")
    ),
    "a parameter that is missing": Fault(
        ("query", "-q", "partners-of"), ("wants to be told «organization»", "add -p organization=")
    ),
    "a parameter that nobody knows": Fault(
        ("query", "-q", "partners-of", "-p", "firm=jd"), ("has no parameter «firm»", "It takes: organization")
    ),
    "a parameter given twice": Fault(
        ("query", "-q", "partners-of", "-p", "organization=jd", "-p", "organization=abc"),
        ("«organization» is given twice",), exit_code=2,
    ),
    "a parameter without a value": Fault(
        ("query", "-q", "partners-of", "-p", "jd"), ("«jd» is not NAME=VALUE",), exit_code=2
    ),
    "a parameter that is no date": Fault(
        ("query", "-q", "milestones-between", "-p", "from=2017-13", "-p", "to=2018"),
        ("The parameter «from» is a date that exists, as YYYY-MM-DD", "«2017-13» is none", "Write another"),
    ),
    "a query without end": Fault(
        ("query", FOR_EVER, "--timeout", "0.2"), ("took longer than 0.2 s and was ended", "give --timeout more")
    ),
    "time without end": Fault(
        ("query", "ASK {}", "--timeout", "inf"), ("--timeout", "inf is no time", "Write seconds"), exit_code=2
    ),
    "no number of seconds": Fault(
        ("query", "ASK {}", "--timeout", "nan"), ("--timeout", "nan is no time"), exit_code=2
    ),
    "no time at all": Fault(("query", "ASK {}", "--timeout", "0"), ("--timeout", "0 is no time"), exit_code=2),
    # Names
    "a name that is one letter off": Fault(
        ("partners", "Agricultural Bank of Chima"), ("There is no Organization", "Perhaps one of these is meant: abc")
    ),
    "a name of something else": Fault(
        ("partners", "payments"), ("«payments» is not an Organization", "Name another")
    ),
    "a name of nothing": Fault(("why", "xyzzy"), ("There is no entity «xyzzy»", "Check the spelling")),
    "a pair without a partnership": Fault(
        ("why", "abc", "jd"), ("No partnership has to do with «abc» and «jd»", "kg matrix")
    ),
    # Outputs
    "a page that can't be written": Fault(
        ("view", "-o", "/dev/null/page.html"), ("/dev/null/page.html can't be written", "Name another file")
    ),
    "a page on a full disk": Fault(
        ("view", "-o", "/dev/full"), ("/dev/full can't be written: No space left", "Name another file")
    ),
    "a report that can't be written": Fault(
        ("report", "-o", "/dev/null/report.html"), ("/dev/null/report.html can't be written", "Name another file")
    ),
    "a report on a full disk": Fault(
        ("report", "-o", "/dev/full", "--format", "html"),
        ("/dev/full can't be written: No space left", "Name another file"),
    ),
    "a report of no form": Fault(
        ("report", "-o", "report.docx"), ("report.docx names no form: take --format, one of html",), exit_code=2
    ),
    "a report with figures to standard output": Fault(
        ("report", "-o", "-", "--format", "markdown"), ("a folder of figures beside it: name the file",), exit_code=2
    ),
    "a report with figures beside no file": Fault(
        ("report", "-o", "/dev/full", "--format", "markdown"), ("/dev/full is no file", "Name another file")
    ),
    "a report whose figures have no room": Fault(
        ("report", "-o", "report.md"), ("report.md can't be written: ", "Name another file"),
        lambda here: (here / "report.figures").write_text("mine"),
    ),
    "an export that can't be written": Fault(
        ("export", "-o", "/dev/null/a.nq"), ("/dev/null/a.nq can't be written", "Name another place")
    ),
    "an export on a full disk": Fault(
        ("export", "-o", "/dev/full", "--format", "nq"),
        ("/dev/full can't be written: No space left", "Name another place"),
    ),
    "an export of no format": Fault(
        ("export", "-o", "all.docx"), ("all.docx names no format: take --format, one of nq",), exit_code=2
    ),
    "a folder of files named as one": Fault(
        ("export", "-o", "all.csv"), ("csv is a folder of files", "take --format csv"), exit_code=2
    ),
    "a network in a format of none": Fault(
        ("export", "-o", "a.nq", "--network", "firms"), ("--network goes with graphml and gexf",), exit_code=2
    ),
    "a statement that RDF/XML can't hold": Fault(
        ("export", "-o", "a.rdf", "--store", "strange"),
        ("RDF/XML can't hold this statement: <a:b> <http://e.example/1> <a:c>", "Take ttl or nt"),
        lambda here: bool(build_landscape(odd(here), here / "strange")),
    ),
    "many files to standard output": Fault(
        ("export", "-o", "-", "--format", "csv"), ("csv is a folder of files, not one", "Name the folder")
    ),
    "a landscape where something is": Fault(
        ("init", "mine"), ("mine is there already and not empty", "Name a new folder"), files()
    ),
    "a landscape in a file": Fault(("init", "file"), ("file is there already", "Name a new folder"), alone("file", "")),
    # Usage
    "a command that nobody knows": Fault(
        ("capabilties",), ("There is no command «capabilties». Perhaps «capabilities» is meant",), exit_code=2
    ),
    "an option that nobody knows": Fault(("matrix", "--lnag", "zh"), ("No such option", "--lang"), exit_code=2),
    "a language that nobody knows": Fault(("matrix", "--lang", "fr"), ("'fr' is not one of 'en', 'zh'",), exit_code=2),
    "an argument that is missing": Fault(("partners",), ("Missing argument 'ORGANIZATION'",), exit_code=2),
    "no row at all": Fault(("capabilities", "--top", "0"), ("--top", "x>=1"), exit_code=2),
}  # fmt: skip


def kg(*args: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """The real program in a process of its own."""
    return subprocess.run([sys.executable, "-m", "kg", *args], capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def here(china: Landscape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a store ``kg`` of its own."""
    shutil.copytree(china.place, tmp_path / "kg")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", "kg")
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def test_the_matrix_is_as_large_as_it_should_be() -> None:
    assert len(FAULTS) >= 40
    assert len(MATRIX) - len(FAULTS) >= 60


def test_each_finding_that_the_loader_makes_is_in_the_matrix() -> None:
    made: set[str] = set()
    for path in [*(ROOT / "kg" / "load").glob("*.py"), ROOT / "kg" / "check.py", ROOT / "kg" / "names.py"]:
        made |= set(re.findall(r'"((?!utf-)[a-z0-9]+(?:-[a-z0-9]+)+)"', path.read_text("utf-8")))
    assert len(made) > 20
    assert made - OTHER_WORDS == CODES


OTHER_WORDS = {"cat-file", "ls-tree"}


@pytest.mark.parametrize("name", MATRIX)
def test_each_fault_is_one_message(name: str, here: Path) -> None:
    fault = MATRIX[name]
    fault.scene(here)
    before = (here / "kg" / "current").read_bytes()
    if "--timeout" in fault.args and fault.exit_code == 1:  # it ends the process that it runs in
        done = kg(*fault.args)
        code, out, err = done.returncode, done.stdout.decode(), done.stderr.decode()
    else:
        result = CliRunner().invoke(group, list(fault.args), prog_name="kg", input=fault.input)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        code, out, err = result.exit_code, result.stdout, result.stderr
    told = out + err
    assert code == fault.exit_code, told
    assert "Traceback" not in told
    for part in fault.says:
        assert part in told
    assert fault.exit_code == 2 or len(fault.says) > 1  # what is wrong, and what to do
    if fault.args[0] == "check" and fault.exit_code == 1 and out:
        assert sum(": error: " in line for line in out.splitlines()) == 1
    else:
        assert out == ""
        assert sum(line.startswith("Error: ") for line in err.splitlines()) == 1
    assert (here / "kg" / "current").read_bytes() == before  # and the store is as it was


# What needs a process, a disk or a terminal of its own


@pytest.mark.parametrize("query", [FOR_EVER, SLOWLY])
@pytest.mark.parametrize("format_", ["table", "csv"])
def test_ctrl_c_ends_a_query_at_once_and_leaves_no_process(query: str, format_: str, china: Landscape) -> None:
    command = [sys.executable, "-m", "kg", "query", query, "--format", format_, "--store", str(china.place)]
    other = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    time.sleep(1.5)
    assert other.poll() is None
    os.killpg(other.pid, signal.SIGINT)
    out, err = other.communicate(timeout=20)
    assert other.returncode == 128 + signal.SIGINT
    assert (out, err) == (b"", b"")
    with pytest.raises(ProcessLookupError):
        os.killpg(other.pid, 0)


def test_a_query_that_is_quick_enough_is_not_ended(china: Landscape) -> None:
    done = kg("query", "SELECT (1 AS ?x) {}", "--timeout", "60", "--format", "csv", "--store", str(china.place))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"x\r\n1\r\n", b"")


def test_ctrl_c_ends_a_build_and_leaves_the_store_as_it_was(here: Path) -> None:
    command = [sys.executable, "-m", "kg", "build", CHINA, "--store", "kg", "--again"]
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - started
    pointer = (here / "kg" / "current").read_bytes()

    def names() -> list[str]:
        return sorted(path.name for path in (here / "kg").iterdir())

    before = names()
    for after in (None, 0, 0.03, 0.06):  # as it begins to read, and while the new store, which is there, is filled
        other = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        if after is None:
            time.sleep(whole * 0.2)
        else:
            while names() == before and other.poll() is None:
                time.sleep(0.001)
            time.sleep(after)
        os.killpg(other.pid, signal.SIGINT)
        out, err = other.communicate(timeout=60)
        assert other.returncode == 128 + signal.SIGINT
        assert (out, err) == (b"", b"")
        assert (here / "kg" / "current").read_bytes() == pointer
        assert names() == before


def test_ctrl_c_as_the_new_build_takes_its_place_leaves_a_store_that_answers(here: Path) -> None:
    pointer = here / "kg" / "current"
    for _ in range(3):
        before = pointer.read_bytes()
        command = [sys.executable, "-m", "kg", "build", CHINA, "--store", "kg", "--again"]
        other = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        while pointer.read_bytes() == before and other.poll() is None:
            pass
        with contextlib.suppress(ProcessLookupError):  # it may have ended since
            os.killpg(other.pid, signal.SIGINT)
        other.communicate(timeout=60)
        assert kg("partners", "icbc", "--store", "kg").returncode == 0


def test_a_full_disk_is_told_and_the_old_store_answers(tmp_path: Path) -> None:
    """In a mount of its own, so that nothing of this machine is touched."""
    script = f"""
        set -e
        mkdir small && mount -t tmpfs -o size=9m tmpfs small
        "{sys.executable}" -m kg build "{CHINA}" --store small/kg
        head -c 100m /dev/zero > small/filler 2>/dev/null || true
        mv small/filler small/kg-filler
        "{sys.executable}" -m kg build "{CHINA}" --store small/kg --again && exit 9
        ls small/kg
        "{sys.executable}" -m kg query "SELECT (COUNT(*) AS ?n) {{ ?b a kg:Bank }}" --format csv --store small/kg
    """
    done = subprocess.run(
        ["unshare", "-rm", "bash", "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    if "unshare" in done.stderr:
        pytest.skip(f"this machine gives no mount of one's own: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    assert "No space left on device" in done.stderr
    assert "What was there before still is" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.splitlines()[-1] == "5"
    assert sum(line.startswith("revision-") for line in done.stdout.splitlines()) == 1


DENIED = {
    "an input": (("check", "mine"), "mine/sources.csv", "can't be read: Permission denied"),
    "an input folder": (("check", "mine"), "mine", "can't be read: Permission denied"),
    "the store": (("capabilities",), "kg", "can't be read: Permission denied"),
    "the store's pointer": (("capabilities",), "kg/current", "can't be read: Permission denied"),
    "the store, to write": (("build", CHINA), "kg", "Permission denied"),
    "a place to write": (("view", "-o", "mine/page.html"), "mine", "can't be written: Permission denied"),
    "a query": (("query", "-f", "mine/q.rq"), "mine/q.rq", "can't be read: Permission denied"),
}


@pytest.mark.parametrize("what", DENIED)
def test_what_one_may_not_do_is_told(what: str, here: Path) -> None:
    args, path, message = DENIED[what]
    files(q__rq="ASK {}")(here)
    # Root may read anything, unless it lets go of that.
    drop = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    (here / path).chmod(0o000)
    try:
        command = [*drop, sys.executable, "-m", "kg", *args]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    finally:
        (here / path).chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert message in done.stderr
    assert f"Error: {path}" in done.stderr
    assert "Traceback" not in done.stderr


ROWS = "SELECT ?s ?o { ?s ?p ?o . ?a ?b ?c } LIMIT 300000"


@pytest.mark.parametrize(
    "args", [("capabilities",), ("export", "-o", "-", "--format", "nq"), ("query", ROWS, "--format", "csv")]
)
def test_a_reader_that_has_enough_ends_it_quietly(china: Landscape, args: tuple[str, ...]) -> None:
    command = f'"{sys.executable}" -m kg {" ".join(map(repr, args))} | head -n 1'
    environment = os.environ | {"KG_STORE": str(china.place)}
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, env=environment)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


@pytest.mark.parametrize("args", [("capabilities",), ("query", "SELECT * { ?s ?p ?o }", "--format", "csv")])
def test_standard_output_on_a_full_disk_is_told(china: Landscape, args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "kg", *args, "--store", str(china.place)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "environment",
    [
        {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "latin-1"}, {"PYTHONIOENCODING": "gbk"}, {"COLUMNS": "1"},
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize(
    "args", [("matrix", "--lang", "zh"), ("why", "农行", "百度", "--lang", "zh"), ("why", "nobody")]
)
def test_whatever_the_terminal_is_it_is_written(
    china: Landscape, environment: dict[str, str], args: tuple[str, ...]
) -> None:
    done = kg(*args, "--store", str(china.place), env={**os.environ, **environment})
    assert done.returncode == (1 if "nobody" in args else 0), done.stderr
    assert b"Traceback" not in done.stderr
    assert b"\x1b[" not in done.stdout + done.stderr
    told = re.sub(r"\s", "", (done.stderr if "nobody" in args else done.stdout).decode("utf-8"))
    assert "nobody" in told or "中国农业银行" in told


# Huge inputs are no fault


def test_a_cell_of_ten_million_signs_and_a_table_of_many_rows_are_read(here: Path) -> None:
    rows = "".join(f"c{n},Capability {n},s#p{n % 50}\n" for n in range(20_000))
    text = "id,label@en,source\nbig," + "x" * 10_000_000 + ",s#p\n" + rows
    files(capabilities__csv=text)(here)
    done = kg("build", "mine", "--store", "huge")
    assert done.returncode == 0, done.stderr[-500:]
    assert b"20,001 capabilities" in done.stderr
    told = kg("query", "SELECT (STRLEN(?l) AS ?n) { id:big skos:prefLabel ?l }", "--format", "csv", "--store", "huge")
    assert told.stdout == b"n\r\n10000000\r\n"
