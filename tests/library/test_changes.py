"""Changes of a library: whole or not at all, and turned round to any depth."""

import random
from pathlib import Path

import pytest

from mhlit.errors import MhlitError, NothingFound
from mhlit.library.items import with_key
from mhlit.model import Provenance, Record, Status, Version, Work
from tests.library.shelves import ITEM, bring, check_sound, entry, keys, opened, state, tag


def work(key: str, title: str = "Imagined") -> Work:
    return Work(key, Record(Version.VERSION_OF_RECORD, "article", title, ()), None, Provenance(Status.OWN), item=ITEM)


def add(path: Path, *wanted: str) -> None:
    with opened(path) as library, library.change("add") as change:
        for key in wanted:
            change.add(work(key))


def test_the_first_change_makes_the_file_and_says_where(path: Path) -> None:
    from mhlit.cli.session import open_store
    from mhlit.library.changes import Library

    said: list[str] = []
    Library(path, open_store("catalog"), said.append).close()
    assert said == [f"your library is {path}"]
    assert path.exists()


def test_a_change_that_fails_leaves_nothing(path: Path) -> None:
    bring(path, entry(1))
    before = state(path)
    with pytest.raises(MhlitError):
        add(path, "new", "NEW")
    assert state(path) == before
    check_sound(path)


def test_a_dry_run_leaves_nothing(path: Path) -> None:
    bring(path, entry(1))
    before = state(path)
    with opened(path) as library, library.change("dry", dry_run=True) as change:
        change.add(work("new"))
    assert state(path) == before


def test_a_change_that_touches_nothing_is_no_change(path: Path) -> None:
    with opened(path) as library:
        with library.change("nothing"):
            pass
        assert library.history(10) == []


def test_every_kind_of_change_is_undone_and_done_again(path: Path) -> None:
    states = []
    bring(path, entry(1) + entry(2))
    states.append(state(path))
    tag(path, ["cbt"], "doe1", "doe2")
    states.append(state(path))
    with opened(path) as library, library.change("rename, exchanging keys") as change:
        one, two = with_key(library.connection, "doe1"), with_key(library.connection, "doe2")
        assert one
        assert two
        change.replace(one, one.work._replace(key="passing"))
        change.replace(two, two.work._replace(key="doe1"))
        passing = with_key(library.connection, "passing")
        assert passing
        change.replace(passing, one.work._replace(key="doe2"))
    states.append(state(path))
    with opened(path) as library, library.change("collect") as change:
        change.set_collection("thesis", "")
    states.append(state(path))
    with opened(path) as library, library.change("remove") as change:
        kept = with_key(library.connection, "doe1")
        assert kept
        change.remove(kept)
    states.append(state(path))
    bring(path, entry(1, doi="10.1234/other", note="another"), "merge")
    states.append(state(path))
    assert len(set(states)) == len(states)
    with opened(path) as library:
        for earlier in reversed(states[:-1]):
            library.undo()
            assert state(path) == earlier
            check_sound(path)
        library.undo()
        assert keys(path) == []
        with pytest.raises(NothingFound):
            library.undo()
        for later in states:
            library.redo()
            assert state(path) == later
            check_sound(path)
        with pytest.raises(NothingFound):
            library.redo()


def test_a_new_change_ends_what_can_be_done_again(path: Path) -> None:
    bring(path, entry(1))
    tag(path, ["a"], "doe1")
    with opened(path) as library:
        library.undo()
    tag(path, ["b"], "doe1")
    with opened(path) as library:
        assert [done.label for done in library.history(10)] == ["tag b", "import refs.bib"]
        with pytest.raises(NothingFound):
            library.redo()


def test_ids_are_not_given_twice_so_that_history_stays_true(path: Path) -> None:
    bring(path, entry(1))
    with opened(path) as library:
        library.undo()
    bring(path, entry(2))
    with opened(path) as library:
        library.undo()
        library.redo()
    assert keys(path) == ["doe2"]


@pytest.mark.parametrize("seed", range(8))
def test_any_walk_through_changes_undo_and_redo_meets_the_states_it_met_before(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    bring(path, entry(0))
    past, future = [state(path)], []
    for step in range(1, 25):
        what = chance.choice(("import", "tag", "undo", "redo", "remove"))
        with opened(path) as library:
            there = keys(path)
            if what == "undo" and len(past) > 1:
                library.undo()
                future.append(past.pop())
            elif what == "redo" and future:
                library.redo()
                past.append(future.pop())
            elif what == "remove" and there:
                with library.change("remove") as change:
                    kept = with_key(library.connection, chance.choice(there))
                    assert kept
                    change.remove(kept)
                past, future = [*past, state(path)], []
            elif what in ("import", "tag"):
                if what == "import" or not there:
                    bring(path, entry(step) + entry(step + 100))
                else:
                    tag(path, [f"t{step}"], chance.choice(there))
                past, future = [*past, state(path)], []
        assert state(path) == past[-1]
    check_sound(path)
