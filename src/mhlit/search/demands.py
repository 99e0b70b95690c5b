"""What a query in the query language demands of a work: phrases, fields, alternatives, exclusions.

Demands are met or not; the words beside them are ranked softly (``mhlit.search.ranking``).
"""

from collections.abc import Iterator, Sequence

from mhlit.errors import UsageError
from mhlit.search.query import Address, Either, Field, Group, Node, Not, Phrase, Term, parse, problem
from mhlit.search.sought import Asked, Scores, Sought, Variant
from mhlit.search.variants import sought_words
from mhlit.search.weights import rarity
from mhlit.store.filters import Filters
from mhlit.store.lookup import named_by
from mhlit.store.reading import Store
from mhlit.store.schema import FACETS
from mhlit.store.values import read_filters
from mhlit.store.words import Words


def read_query(store: Store, index: Words, query: str) -> Asked:
    """Parse a query and find the works that meet its demands. Raises UsageError for one that cannot be read."""
    nodes = list(_flat(parse(query, FACETS)))
    meeting = _Meeting(store, index)
    demands = [node for node in nodes if isinstance(node, Phrase | Either)]
    exclusions = [node for node in nodes if isinstance(node, Not)]
    return Asked(
        loose=tuple((node.word, node.beginning or node is nodes[-1]) for node in nodes if isinstance(node, Term)),
        met=meeting.all_of(demands) if demands else None,
        filters=tuple(meeting.filters(node) for node in nodes if isinstance(node, Field)),
        excluded=frozenset(w for node in exclusions for w in meeting.exclusion(node)) if exclusions else None,
        named=frozenset(w for node in nodes if isinstance(node, Address) for w in named_by(store, node.text)),
        sought=tuple(meeting.sought),
    )


def _flat(group: Group) -> Iterator[Node]:
    """Yield the items of a group, those of groups inside it as its own."""
    for node in group.nodes:
        if isinstance(node, Group):
            yield from _flat(node)
        else:
            yield node


class _Meeting:
    """Finds the works that meet demands, and remembers what was looked for."""

    def __init__(self, store: Store, index: Words) -> None:
        self._store = store
        self._index = index
        self.sought: list[Sought] = []

    def all_of(self, nodes: Sequence[Node], literally: bool = False) -> Scores:
        """Return the works that meet every node, with the sum of their scores.

        `literally` leaves out what is only like a word: synonyms, beginnings, typos.
        """
        met: Scores | None = None
        for scores in self._wanted(nodes, literally):
            met = scores if met is None else {work: met[work] + scores[work] for work in met.keys() & scores.keys()}
        if met is None:  # nothing but exclusions
            met = dict.fromkeys(self._store.ids(Filters()), 0.0)
        excluded = {work for node in nodes if isinstance(node, Not) for work in self.exclusion(node)}
        return {work: score for work, score in met.items() if work not in excluded} if excluded else met

    def exclusion(self, node: Not) -> Scores:
        """Return the works that hold what must not be there; it is not remembered, since it is not to be marked."""
        remembered = len(self.sought)
        met = self.all_of(node.nodes, literally=True) if node.nodes else {}
        del self.sought[remembered:]
        return met

    def filters(self, node: Field) -> Filters:
        """Return what a field selects. Raises UsageError for a value that does not exist."""
        try:
            return read_filters(self._store, {node.name: (node.value,)})
        except UsageError as error:
            raise problem(error.message, node.column, error.hint) from None

    def _wanted(self, nodes: Sequence[Node], literally: bool) -> Iterator[Scores]:
        terms = [(node.word, node.beginning) for node in nodes if isinstance(node, Term)]
        for one in sought_words(terms, self._index):
            if one.needed:
                yield self._holding(_literal(one) if literally else one)
        for node in nodes:
            match node:
                case Phrase():
                    yield self._holding(self._phrase(node))
                case Field():
                    yield dict.fromkeys(self._store.ids(self.filters(node)), 0.0)
                case Address():
                    yield dict.fromkeys(named_by(self._store, node.text), 1.0)
                case Either():
                    yield self._any_of(node, literally)
                case Group():
                    yield self.all_of(node.nodes, literally)

    def _holding(self, one: Sought) -> Scores:
        self.sought.append(one)
        return {work: one.weight * strength for work, strength in one.strengths(self._index).items()}

    def _phrase(self, node: Phrase) -> Sought:
        variant = Variant(node.words, "exact")
        works = len(variant.holders(self._index))
        return Sought(" ".join(node.words), (variant,), works, rarity(len(self._index), works))

    def _any_of(self, node: Either, literally: bool) -> Scores:
        best: Scores = {}
        for option in node.nodes:
            for work, score in self.all_of([option], literally).items():
                best[work] = max(score, best.get(work, 0.0))
        return best


def _literal(one: Sought) -> Sought:
    return one._replace(variants=tuple(v for v in one.variants if v.kind in ("exact", "form")))
