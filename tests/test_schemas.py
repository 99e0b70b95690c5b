"""The JSON Schemas: each ``--json`` output keeps to its own, and no member can come, go or be renamed unseen."""

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from mhlit.catalog.fields import SHAPES
from mhlit.catalog.stale import Reason
from mhlit.check.report import summary
from mhlit.cli.app import COMMANDS, load
from mhlit.cli.info import SCHEMAS
from mhlit.document import RECORD_STRINGS
from mhlit.identifiers import SCHEMES
from mhlit.library.importing import Outcome
from mhlit.model import READING, Item, Name, Status
from mhlit.render import plain
from mhlit.search.weights import KINDS
from mhlit.store.counting import TABLES
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from mhlit.store.schema import FACETS
from mhlit.store.words import FIELD_BITS
from tests.conftest import ROOT, Run

NAMES = sorted(path.stem for path in SCHEMAS.glob("*.json"))
ALL: dict[str, dict[str, Any]] = {
    name: json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")) for name in NAMES
}
REGISTRY: Registry[Any] = Registry().with_resources(
    (f"{name}.json", Resource.from_contents(schema)) for name, schema in ALL.items()
)

KEPT = ["--catalog", str(ROOT / "catalog"), "--today", "2026-11-22"]

# What is run for each schema: the exit code, and the words of the command.
RUNS = {
    "list": [
        (0, ["list"]),
        (0, ["list", "--group-by", "topic"]),
        (0, ["list", "--section", "datasets", "-n", "3"]),
        (1, ["list", "--year", "1900"]),
    ],
    "search": [
        (0, ["search", "empathy", "counseling"]),
        (0, ["search", "lonliness kokoro chat CBT", "--explain"]),
        (0, ["search", "counselling psych* youth adolescents", "--explain"]),
        (0, ["search", "10.1145/3589334.3648137", "--explain"]),
        (0, ["search", "--like", "soulchat"]),
        (1, ["search", "qwzx", "--explain"]),
    ],
    "show": [(0, ["show", "soulchat", "mdd-5k", "kmi"])],
    "facets": [(0, ["facets"]), (0, ["facets", "author"]), (0, ["facets", "topic", "--year", "2024.."])],
    "stats": [(0, ["stats"]), (0, ["stats", "error"]), (1, ["stats", "status", "--year", "1900"])],
    "info": [(0, ["info"])],
    "config": [(0, ["config"])],
    "check": [
        (1, ["check", str(ROOT / "tests/golden/check/wrong-year/input.bib")]),
        (1, ["check", str(ROOT / "tests/golden/check/syntax/input.bib")]),
        (1, ["check", str(ROOT / "tests/golden/check/wrong-authors/input.bib"), "two.bib"]),
        (0, ["check", "none.md"]),
    ],
    "import": [(0, ["import", "two.bib", "--dry-run"]), (0, ["import", "two.bib", "again.bib"])],
    "catalog-sync": [(1, ["catalog", "sync", "list.md", "--list", "Awesome-LLMs-for-Counseling", *KEPT])],
    "catalog-check": [(3, ["catalog", "check", "--online", "--catalog", str(ROOT / "tests/data/catalog")])],
    "catalog-verify": [(3, ["catalog", "verify", "soulchat", "mdd-5k", *KEPT[:2]])],
    "catalog-stale": [
        (1, ["catalog", "stale", *KEPT]),
        (1, ["catalog", "stale", "--catalog", str(ROOT / "tests/data/catalog"), "--today", "2028-01-01"]),
    ],
}

# What the runs read, in the folder they are in.
FILES = {
    "two.bib": """@misc{a, title = {A Made-Up Title of Nothing}, author = {Doe, Jo and {A, Group}}, year = 2020}
@article{empty}
""",
    "again.bib": """@misc{b, title = {A Made-Up Title of Nothing}, author = {Doe, Jo}, year = 2021, note = {Other}}
@misc{a, title = {Something Else Altogether}, author = {Roe, Al}, year = 2019}
""",
    "none.md": "Nothing.\n",
    "list.md": """# Awesome-LLMs-for-Counseling

## Unheard-of Section

- **A Made-Up Title of Nothing.** Jo Doe, Al Roe. *arXiv 2024*. [[paper](https://arxiv.org/abs/2401.99999)]
- **SoulChat: Improving LLMs' Empathy, Listening, and Comfort Abilities through Fine-tuning with Multi-turn Empathy \
Conversations.** Yirong Chen. *EMNLP 2022*.
- [paper]
""",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be in a folder with the files, and have a library of its own."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MHLIT_LIBRARY", str(tmp_path / "library.sqlite"))


def problems(name: str, members: Any) -> list[str]:
    validator = Draft202012Validator(ALL[name], registry=REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(members)]


def commands_with_json() -> Iterator[str]:
    for name in COMMANDS:
        loaded = load(name)
        for inner in [loaded, *getattr(loaded, "commands", {}).values()]:
            if any("--json" in parameter.opts for parameter in inner.params):
                yield name if inner is loaded else f"{name}-{inner.name}"


def test_every_command_with_json_has_a_schema_and_runs_here() -> None:
    assert sorted([*commands_with_json(), "work"]) == NAMES
    assert sorted([*RUNS, "work"]) == NAMES


@pytest.mark.parametrize(("name", "code", "words"), [(name, *case) for name, cases in RUNS.items() for case in cases])
def test_what_a_command_gives_keeps_to_its_schema(run: Run, name: str, code: int, words: list[str]) -> None:
    result = run(*words, "--json")
    assert result.code == code
    assert problems(name, json.loads(result.out)) == []


def test_works_of_every_shape_keep_to_the_schema(toy_store: Store) -> None:
    documents = toy_store.documents(toy_store.ids(Filters()))
    assert problems("show", json.loads(plain.works_json(documents))) == []


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object inside a value, itself included."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


@pytest.mark.parametrize("name", RUNS)
def test_a_member_more_anywhere_breaks_the_schema(run: Run, name: str) -> None:
    words = ["search", "empathy", "--explain", "-n", "1"] if name == "search" else RUNS[name][0][1]
    members = json.loads(run(*words, "--json", *(["-n", "2"] if name == "list" else [])).out)
    for one in objects(members):
        one["unheard_of"] = "x"
        assert problems(name, members)
        del one["unheard_of"]
    assert problems(name, members) == []


@pytest.mark.parametrize("name", RUNS)
def test_a_member_less_at_the_top_breaks_the_schema(run: Run, name: str) -> None:
    members = json.loads(run(*RUNS[name][0][1], "--json").out)
    for missing in members:
        assert problems(name, {key: value for key, value in members.items() if key != missing})


def described(schema: Any, where: str) -> Iterator[str]:
    """Yield the places of members that have no description."""
    for one in objects(schema):
        for member, about in one.get("properties", {}).items() if isinstance(one.get("properties"), dict) else ():
            if isinstance(about, dict) and "description" not in about:
                yield f"{where}: {member}"


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_closes_its_objects_and_describes_each_member(name: str) -> None:
    Draft202012Validator.check_schema(ALL[name])
    assert ALL[name]["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert list(described(ALL[name], name)) == []
    for one in objects(ALL[name]):
        if one.get("type") == "object":
            assert one["additionalProperties"] is False or "type" in one["additionalProperties"]


def fields(shape: str) -> tuple[set[str], set[str]]:
    """Return the names of the fields of a table of the catalog's files, and of those that must be there."""
    return {name.rstrip("!") for name in SHAPES[shape]}, {name[:-1] for name in SHAPES[shape] if name.endswith("!")}


# The tables of the catalog's files that a library fills with other fields, too, and a listed work with fewer.
RECORDS = {"type", "title", "authors", "issued", "editors", "former_authors", *RECORD_STRINGS, *SCHEMES}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_fields_of_a_work_are_those_of_the_catalog(shape: str) -> None:
    schema, confirmed = ALL["work"], ALL["work"]["then"]
    for name in shape.split(".") if shape else ():
        schema = schema["properties"][name]
        schema = schema.get("items", schema)
        confirmed = confirmed.get("properties", {}).get(name, {})
    names, needed = fields(shape)
    if not shape:
        tables = {table.split(".")[0] for table in SHAPES if table}
        names |= {"key", "year", "venue", "item", "match", *tables}
        needed |= {"key", "year", "venue", "provenance"}
    if shape in ("record", "preprint"):
        assert names <= RECORDS
        names = RECORDS
    assert set(schema["properties"]) == names
    required = {*schema["required"], *confirmed.get("required", ())}
    assert required == needed | ({"code"} if shape == "links" else set())


@pytest.mark.parametrize(
    ("table", "field"),
    [("", "title"), ("", "authors"), ("record", "issued"), ("record", "venue"), ("provenance", "checked")],
)
def test_only_a_work_that_is_confirmed_must_be_whole(run: Run, table: str, field: str) -> None:
    members = json.loads(run("show", "soulchat", "--json").out)
    work = members["works"][0]
    del (work[table] if table else work)[field]
    assert problems("show", members)
    for status in ("listed", "own"):
        work["provenance"]["status"] = status
        assert problems("show", members) == []


def test_what_a_reader_says_of_works_keeps_to_the_schema(run: Run) -> None:
    assert run("import", "two.bib", "--tag", "x", "--collection", "c").code == 0
    assert run("add", "soulchat").code == 0
    assert run("mark", "star", "soulchat").code == run("note", "soulchat", "--text", "So.").code == 0
    assert run("attach", "soulchat", "two.bib").code == 0
    members = json.loads(run("list", "--in", "library", "--json").out)
    assert {status["provenance"]["status"] for status in members["works"]} == {"own", "verified"}
    assert set().union(*(work["item"] for work in members["works"])) == set(Item._fields) - {"apart"}
    assert set(ALL["work"]["properties"]["item"]["properties"]) == set(Item._fields)
    assert problems("list", members) == []
    for one in objects(members):
        one["unheard_of"] = "x"
        assert problems("list", members)
        del one["unheard_of"]
    facets = json.loads(run("facets", "tag", "--json").out)
    assert [(one["value"], one["count"]) for one in facets["facets"]] == [("x", 1)]
    assert problems("facets", facets) == []


def test_closed_lists_are_those_of_the_program() -> None:
    work = ALL["work"]["properties"]
    assert work["provenance"]["properties"]["status"]["enum"] == list(Status)
    words = work["match"]["properties"]["words"]["items"]["properties"]
    assert words["kind"]["enum"] == list(KINDS)
    assert words["fields"]["items"]["enum"] == list(FIELD_BITS)
    assert ALL["facets"]["properties"]["facets"]["items"]["properties"]["facet"]["enum"] == list(FACETS)
    assert ALL["stats"]["properties"]["tables"]["propertyNames"]["enum"] == list(TABLES)
    assert set(ALL["work"]["properties"]["item"]["properties"]) == set(Item._fields)
    assert work["item"]["properties"]["reading"]["enum"] == list(READING)
    assert set(ALL["work"]["$defs"]["name"]["anyOf"][1]["properties"]) == set(Name._fields)
    assert set(ALL["import"]["properties"]["entries"]["items"]["properties"]) == set(Outcome._fields)
    assert ALL["check"]["properties"]["summary"]["required"] == list(summary(()))
    assert ALL["catalog-stale"]["properties"]["stale"]["items"]["properties"]["reason"]["enum"] == list(Reason)
    for name in set(NAMES) - {"work"}:
        assert ALL[name]["properties"]["schema"] == {
            "const": plain.SCHEMA,
            "description": "Version of this form; it rises when a member changes its meaning or goes.",
        }


def test_info_says_where_the_schemas_are(run: Run) -> None:
    folder = Path(json.loads(run("info", "--json").out)["schemas"])
    assert (folder / "work.json").is_file()


def test_the_example_of_the_docs_validates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    example = re.search(r"```python\n(.*?)```", (ROOT / "docs/json.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    exec(compile(example[1], "docs/json.md", "exec"), {})
