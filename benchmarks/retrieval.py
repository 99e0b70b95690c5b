"""How well search finds what readers look for, beside `grep -i` and plain fuzzy matching of titles, in one run.

    python benchmarks/retrieval.py [--wrong]

The judgments are in tests/data/retrieval: known items (what a reader types who wants one work), topics with every
relevant work, and nonsense. They were written before the ranking was tuned; every second line, beginning with the
second, is held out from tuning. The catalog is that of this checkout.

success@k: the part of the known items with their work among the first k. MRR: the mean of 1/rank. nDCG@10: over the
topics, the discounted gain of relevant works among the first ten, as a part of the best possible.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from math import log2
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from rapidfuzz import fuzz, process, utils

sys.path.insert(0, str(Path(__file__).parent))

from measure import table

from mhlit.catalog.locate import open_catalog
from mhlit.errors import UsageError
from mhlit.search.engine import search
from mhlit.store.filters import Filters
from mhlit.store.reading import Store

JUDGMENTS = Path(__file__).parent.parent / "tests" / "data" / "retrieval"
HALVES = {"tuned on": (0, 2), "held out": (1, 2), "all": (0, 1)}
# What of a work grep looks through, and from which score on a fuzzy match counts as a hit.
COLUMNS = ("key", "title", "authors", "venue", "year", "doi", "arxiv", "summary")
FUZZY_CUTOFF = 60
Searcher = Callable[[str], Sequence[str]]


class Known(NamedTuple):
    """A query for one work."""

    kind: str
    query: str
    key: str


class Topic(NamedTuple):
    """A query for all works on something."""

    query: str
    relevant: frozenset[str]


def searchers(store: Store, folder: Path) -> dict[str, Searcher]:
    """Return what is compared, each as a function from a query to keys, best first."""
    ids = store.ids(Filters())
    keys = store.keys(ids)
    titles = [str(title) for (title,) in store.rows(ids, ["title"])]
    lines = ["\t".join("" if cell is None else str(cell) for cell in row) for row in store.rows(ids, COLUMNS)]
    haystack = folder / "works.tsv"
    haystack.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def mhlit(query: str) -> Sequence[str]:
        try:
            return store.keys([hit.work for hit in search(store, query).hits])
        except UsageError:
            return []

    def grep(query: str) -> Sequence[str]:
        found = subprocess.run(["grep", "-iF", "--", query, haystack], stdout=subprocess.PIPE, text=True)
        return [line.partition("\t")[0] for line in found.stdout.splitlines()]

    def fuzzy(query: str) -> Sequence[str]:
        found = process.extract(
            query, titles, scorer=fuzz.WRatio, processor=utils.default_process, limit=None, score_cutoff=FUZZY_CUTOFF
        )
        return [keys[place] for _, _, place in found]

    return {"mhlit": mhlit, "grep -i": grep, "WRatio over titles": fuzzy}


def rank(found: Sequence[str], key: str) -> int:
    """Return the place of a work, from 1; 0 where it is not found."""
    return found.index(key) + 1 if key in found else 0


def ndcg(found: Sequence[str], relevant: frozenset[str], depth: int = 10) -> float:
    """Return the discounted gain of the first works as a part of the best possible."""
    gain = sum(1 / log2(place + 2) for place, key in enumerate(found[:depth]) if key in relevant)
    return gain / sum(1 / log2(place + 2) for place in range(min(depth, len(relevant))))


def figures(searcher: Searcher, known: Sequence[Known], topics: Sequence[Topic], nonsense: Sequence[str]) -> list[str]:
    """Return success@1, success@3, MRR, nDCG@10, and how many nonsense queries find something."""
    ranks = [rank(searcher(one.query), one.key) for one in known]
    return [
        f"{fmean(place == 1 for place in ranks):.3f}",
        f"{fmean(0 < place <= 3 for place in ranks):.3f}",
        f"{fmean(1 / place if place else 0 for place in ranks):.3f}",
        f"{fmean(ndcg(searcher(topic.query), topic.relevant) for topic in topics):.3f}",
        f"{sum(bool(searcher(query)) for query in nonsense)} of {len(nonsense)}",
    ]


def print_wrong(searcher: Searcher, known: Sequence[Known], topics: Sequence[Topic]) -> None:
    """Print the queries that do not get what they should."""
    for one in known:
        found = searcher(one.query)
        if found[:1] != [one.key]:
            print(f"{one.kind}: {one.query!r}: {one.key} is {rank(found, one.key)}, first is {found[:1]}")
    for topic in topics:
        found = searcher(topic.query)
        if ndcg(found, topic.relevant) < 0.9:
            print(f"topic {topic.query!r}: {ndcg(found, topic.relevant):.2f}, first ten {' '.join(found[:10])}")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="name the queries of the first half that fail")
    lines = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in JUDGMENTS.iterdir()}
    known = [Known(*line.split("\t")) for line in lines["known"]]
    topics = [Topic(query, frozenset(keys.split())) for query, keys in (line.split("\t") for line in lines["topics"])]
    wrong = parser.parse_args().wrong
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        compared = searchers(Store(open_catalog(print), "catalog"), Path(folder))
        for name, searcher in compared.items():
            for half, (start, step) in HALVES.items():
                part = figures(searcher, known[start::step], topics[start::step], lines["nonsense"][start::step])
                rows.append((name, half, *part))
        if wrong:
            print_wrong(compared["mhlit"], known[::2], topics[::2])
    print(f"{len(known)} known items, {len(topics)} topics\n")
    print(table(("search", "half", "success@1", "success@3", "MRR", "nDCG@10", "nonsense found"), rows))


if __name__ == "__main__":
    main()
