"""The exit statuses of README's table: each of its rows has commands that end so, with one line on what is wrong."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_build import page

import kg.info
from kg.build import build

ROWS = re.findall(
    r"^\| (\d+) \| (.+) \|$",
    (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8").partition("**Exit status**")[2],
    re.MULTILINE,
)
EXAMPLES = """
the work is done
    build pages
    build pages binary.txt empty.txt graph.ttl
    info
    query -q ASK{}
there is no graph
    info -g nowhere
    query articles -g nowhere
    check -g pages
    build --drop pages -g nowhere
the graph knows nothing
    dossier 无此街道
    query about -p thing=无此街道
    compare 甲 乙
    build --drop gone -g graph
    compare 锦江区 锦江区
the graph does not conform
    diff graph other --exit-code
the system withheld
    build dead
    build broken.jsonl
    build sided
a file that is no text
    build --strict binary.txt
    build --strict graph.ttl
    build --strict none
an article has no answer
    annotate pages --endpoint http://127.0.0.1:9/v1 --model some --retries 0
    annotate binary.txt --endpoint http://127.0.0.1:9/v1 --model some --retries 0
a file does not hold
    evaluate page.txt
    evaluate binary.txt
    evaluate empty.txt
    evaluate list.json
    explain binary.txt
    build pages --corrections page.txt
    build pages --corrections binary.txt
    query binary.txt
    diff bad.nq graph
    load pages
nothing was found
    query documents --fail-empty
    query -q 'SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }'
    query -q 'ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER (?a = ?l && ?b = 1) }' --timeout 0.1
what was to be written
    export page.txt/x.ttl
    view page.txt/x.html
    build pages -g page.txt/graph
    build pages -g pages
a command, option
    no-such
    info --no-such
    query no-such
    query no-such.rq
    query leaders -p no=1
    query articles -f no
    export x.docx
    export x.ttl --format no
    view --type No
    view x.pdf
    explain page.txt --decision no
    dossier 锦江 --lang no
    dossier 锦江 -o x.pdf
    build pages --engine no
    build pages --facts no
one that is missing
    build
    evaluate
    query about
    dossier
    compare 锦江
    push
    explain
    diff graph
    load
a value that cannot be one
    query -q SELEC
    query -q ''
    query -q 'ASK { ?x no:y ?z }'
    query wrong.rq
    query empty.txt
    query metrics-of-area -p area=锦江 -p year=x
    query articles --timeout nan
    build gone.txt
    build lost.txt
    build pages --drop ''
    build pages --jobs 0
    build pages --published x
    build pages --min-confidence 2
    explain gone.txt
    explain pages
    evaluate gone.json
    view pages
    view ''
    view x.html --around ''
    view x.html --district ''
    dossier ''
    dossier ' '
    compare '' 锦江
    query about -p thing=
    export x.ttl --district ''
    export x.ttl --article ''
    dossier 锦江 -o pages
    diff page.txt graph
    diff pipe.nq graph
    info -g page.txt
    push --endpoint x
stopped by Ctrl-C
    info
"""


def cases() -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """The rows of the table, each with its status and its examples."""
    rows = iter(ROWS)
    for line in EXAMPLES.strip().splitlines():
        if not line.startswith(" "):
            status, when = next(rows)
            assert when.startswith(line), (when, line)
        else:
            yield when, int(status), tuple(shlex.split(line))
    assert not list(rows)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("statuses")
    page(folder / "pages", "a.txt")
    build([folder / "pages"], folder / "graph")
    page(folder / "sided", "b.txt", program="百花议事", number=20)
    build([folder / "sided"], folder / "other")
    (folder / "sided" / "b.txt.facts.json").symlink_to("nowhere.json")
    (folder / "none").mkdir()
    (folder / "dead").mkdir()
    (folder / "dead" / "lost.txt").symlink_to("nowhere.txt")
    (folder / "lost.txt").symlink_to("nowhere.txt")
    (folder / "page.txt").write_text("锦江区推出新平台。\n", encoding="utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (folder / "bad.nq").write_bytes(b"<a:b> nothing .")
    (folder / "empty.txt").touch()
    (folder / "graph.ttl").write_text("@prefix a: <a:> . a:b a a:c .", encoding="utf-8")
    (folder / "list.json").write_text("[[1]]", encoding="utf-8")
    (folder / "broken.jsonl").write_text('{"text": "锦江区推出新平台。"}\n{"text"\n', encoding="utf-8")
    (folder / "wrong.rq").write_text("SELECT * {", encoding="utf-8")
    os.mkfifo(folder / "pipe.nq")
    return folder


@pytest.mark.parametrize(
    ("status", "arguments"), [pytest.param(*case[1:], id=f"{case[1]} {' '.join(case[2])}") for case in cases()]
)
def test_commands_end_as_the_table_says(status, arguments, place, run_kg, monkeypatch):
    monkeypatch.chdir(place)
    if status == 130:
        monkeypatch.setattr(kg.info, "describe", interrupted)
    before = sorted(place.rglob("*"))
    made = ("-g", "made") if arguments[0] == "build" and "-g" not in arguments else ()
    done = run_kg(*arguments, *made)
    assert done.status == status, done.err
    assert "Traceback" not in done.err
    assert not re.search(r"\b[A-Z]\w+(?:Error|Exception)\b", done.err)
    if status == 2:
        assert sorted(place.rglob("*")) == before
        assert done.err.startswith(("kg: ", "Usage: ")), done.err


def interrupted(_folder: Path) -> str:
    raise KeyboardInterrupt
