"""Every work corrupted in every way a rule knows: what is put in is found, and nothing else is said."""

from collections import Counter

from mhlit.catalog.source import Catalog
from mhlit.check.checking import check_text
from mhlit.check.finding import Finding, Severity
from mhlit.formats.readers.source import Source
from mhlit.match import Shelf
from tests.check.mutations import ALSO_TRUE, CORRUPTIONS, Mutant, mutants

SEED = 5
RECALL = 0.99


def found_in(mutant: Mutant, shelf: Shelf) -> list[Finding]:
    return check_text("mutant.bib", "bibtex", Source(mutant.text, "utf-8"), [shelf]).findings


def test_what_is_corrupted_is_found_and_nothing_else(catalog: Catalog, shelf: Shelf) -> None:
    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    false = []
    for mutant in mutants(catalog.works, SEED):
        findings = found_in(mutant, shelf)
        tried[mutant.name] += 1
        found[mutant.name] += mutant.rule in {finding.rule for finding in findings}
        allowed = {mutant.rule, *ALSO_TRUE.get(mutant.rule, ())}
        false += [
            (mutant.name, mutant.work.key, one.rule, one.message)
            for one in findings
            if one.severity is not Severity.INFO and one.rule not in allowed
        ]
    assert set(tried) == {corrupt.__name__ for _, corrupt in CORRUPTIONS}
    assert {name: found[name] / tried[name] for name in tried if found[name] / tried[name] < RECALL} == {}
    assert false == []


def test_what_rests_on_an_unverified_record_is_info_and_has_no_fix(catalog: Catalog, shelf: Shelf) -> None:
    doubtful = [work for work in catalog.works if work.provenance.status != "verified"]
    assert len(doubtful) > 5
    for mutant in mutants(catalog.works, SEED):
        if mutant.work in doubtful and mutant.rule in (
            "wrong-first-author",
            "wrong-year",
            "wrong-venue",
            "wrong-pages",
        ):
            findings = [finding for finding in found_in(mutant, shelf) if finding.rule == mutant.rule]
            assert [(finding.severity, finding.fix) for finding in findings] == [(Severity.INFO, None)]
