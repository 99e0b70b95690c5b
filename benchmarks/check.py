"""Measure `mhlit check`: recall and precision by rule, speed beside pybtex's own parse, all in one run.

python benchmarks/check.py [--runs 5] [--seeds 3]; the tables are those of docs/check.md.
"""

import argparse
import io
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))  # the corpora are those of the tests

from measure import ratio, table
from pybtex.database.input import bibtex as pybtex_input

from mhlit.catalog.source import Catalog, read_catalog
from mhlit.check.checking import check_text
from mhlit.check.finding import Finding, Severity
from mhlit.cite import FORMATS, entry_of, writer
from mhlit.formats.readers import READERS
from mhlit.formats.readers.source import Source
from mhlit.match import Shelf
from tests.check.foreign import strangers
from tests.check.listings import GARBLED, OUT_OF_REACH, checked, listed, rows
from tests.check.mutations import ALSO_TRUE, mutants
from tests.check.rewrites import REWRITES, records

ROOT = Path(__file__).parent.parent
LISTS = ("awesome-ai-mental-health", GARBLED)
ENTRIES = 1000


def main() -> None:
    """Print every table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--seeds", type=int, default=3)
    given = arguments.parse_args()
    catalog = read_catalog(ROOT / "catalog")
    shelf = Shelf(catalog.works)
    for title, body in (
        ("Listing errors", listings(catalog, shelf)),
        ("Corrupted works", corruptions(catalog, shelf, given.seeds)),
        ("Right records", right(catalog, shelf)),
        ("Foreign entries", foreign(catalog, shelf)),
        ("Speed", speed(catalog, shelf, given.runs)),
    ):
        print(f"### {title}\n\n{body}\n")


def listings(catalog: Catalog, shelf: Shelf) -> str:
    """Recall over the errors that the catalog records of the two lists, by field."""
    found: Counter[str] = Counter()
    every: Counter[str] = Counter()
    by_rule: dict[str, Counter[str]] = {}
    matched = sum(
        reference.work is work
        for name in LISTS
        for (work, _), (reference, _) in zip(
            listed(catalog, name), checked(catalog, shelf, name).references, strict=True
        )
    )
    for row in (row for name in LISTS for row in rows(catalog, shelf, name)):
        every[row.error.field] += 1
        found[row.error.field] += bool(row.found_by)
        by_rule.setdefault(row.error.field, Counter()).update(row.found_by[:1])
    lines = [
        (field, str(many), str(found[field]), ", ".join(f"{rule} {n}" for rule, n in by_rule[field].most_common()))
        for field, many in every.most_common()
    ]
    lines.append(("all", str(sum(every.values())), str(sum(found.values())), f"{len(OUT_OF_REACH)} out of reach"))
    lines.append(("listings matched", str(sum(len(listed(catalog, name)) for name in LISTS)), str(matched), ""))
    return table(("field", "recorded", "found", "by"), lines)


def corruptions(catalog: Catalog, shelf: Shelf, seeds: int) -> str:
    """Recall and precision by rule over every work corrupted in every way a rule knows."""
    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    told: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for mutant in (mutant for seed in range(1, seeds + 1) for mutant in mutants(catalog.works, seed)):
        findings = check_text("mutant.bib", "bibtex", Source(mutant.text, "utf-8"), [shelf]).findings
        tried[mutant.rule] += 1
        found[mutant.rule] += mutant.rule in {finding.rule for finding in findings}
        for rule in serious(findings):
            told[rule] += 1
            false[rule] += rule != mutant.rule and rule not in ALSO_TRUE.get(mutant.rule, ())
    rules = list(dict.fromkeys((*tried, *told)))
    lines = [
        (rule, str(tried[rule]), share(found[rule], tried[rule]), share(told[rule] - false[rule], told[rule]))
        for rule in rules
    ]
    every = (
        share(sum(found.values()), sum(tried.values())),
        share(sum(told.values()) - sum(false.values()), sum(told.values())),
    )
    return table(("rule", "corrupted", "recall", "precision"), [*lines, ("all", str(sum(tried.values())), *every)])


def serious(findings: Sequence[Finding]) -> list[str]:
    """Return the rules of errors and warnings."""
    return [finding.rule for finding in findings if finding.severity is not Severity.INFO]


def share(part: int, whole: int) -> str:
    """Return a part of a whole, of one."""
    return f"{part / whole:.3f}" if whole else ""


def right(catalog: Catalog, shelf: Shelf) -> str:
    """Errors and warnings over records that are right, published versions of preprints left aside."""
    lines = []
    for format in FORMATS:
        read_as = {"biblatex": "bibtex"}.get(format, format)
        if read_as in READERS and format != "text":
            text = writer(format)([entry_of(work) for work in catalog.works])
            findings = check_text("refs", read_as, Source(text, "utf-8"), [shelf]).findings
            lines.append((f"exported as {format}", "88", str(len(serious(findings)))))
    for name, rewrite in REWRITES.items():
        every = [record for work in catalog.works for record in records(work)]
        false = 0
        for record in every:
            findings = check_text("refs", "bibtex", Source(rewrite(record), "utf-8"), [shelf]).findings
            false += sum(rule != "published-version-exists" for rule in serious(findings))
        lines.append((name, str(len(every)), str(false)))
    return table(("written", "records", "false alarms"), lines)


def foreign(catalog: Catalog, shelf: Shelf) -> str:
    """How many entries of works that the catalog has not are taken for one of its works."""
    many = 10_000
    text = "\n".join(one.bib(f"key{place}") for place, one in enumerate(strangers(catalog.works, many, 1)))
    references = check_text("refs.bib", "bibtex", Source(text, "utf-8"), [shelf]).references
    taken = sum(reference.work is not None or bool(reference.match.strays) for reference, _ in references)
    return table(("entries", "wrong matches"), [(str(many), str(taken))])


def speed(catalog: Catalog, shelf: Shelf, runs: int) -> str:
    """Checking beside pybtex's parse of the same text, in turn; and the whole command beside `python -c pass`."""
    own = writer("bibtex")([entry_of(work) for work in catalog.works])
    others = "\n".join(one.bib(f"key{place}") for place, one in enumerate(strangers(catalog.works, ENTRIES - 88, 2)))
    texts = {"88 of the catalog, 912 foreign": own + others, "the catalog's, again and again": repeated(own)}
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            found = [
                seconds(partial(check_text, "refs.bib", "bibtex", Source(text, "utf-8"), [shelf]))
                / seconds(partial(pybtex_parse, text))
                for _ in range(runs + 1)
            ][1:]
            lines.append(
                (
                    f"{ENTRIES} entries: {name}",
                    "× pybtex's parse",
                    f"{statistics.median(found):.2f}",
                    f"{min(found):.2f}",
                )
            )
            file = Path(folder) / "refs.bib"
            file.write_text(text, encoding="utf-8")
            command = (sys.executable, "-m", "mhlit", "check", str(file))
            whole = ratio(command, runs=runs)
            lines.append(("the whole command", "× python -c pass", f"{whole.median:.1f}", f"{whole.least:.1f}"))
    return table(("what", "unit", "median", "least"), lines)


def pybtex_parse(text: str) -> object:
    """Parse a text as pybtex does."""
    return pybtex_input.Parser().parse_stream(io.StringIO(text))


def repeated(text: str) -> str:
    """Return the entries under new keys, as many as are measured."""
    entries = text.split("\n@")
    return "\n@".join(entries[place % len(entries)].replace("{", "{" + f"k{place}-", 1) for place in range(ENTRIES))


def seconds(run: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
