"""A process that is killed at any moment: every change it has acknowledged is there, and the file is intact."""

import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from mhlit.errors import NothingFound
from mhlit.library import file
from mhlit.library.collections import made
from mhlit.library.schema import VERSION
from mhlit.library.watching import add_watched, write_watched
from tests.library.shelves import bring, check_sound, entry, keys, opened, state, tag

KILLS = 300
BEGUN = "begun"
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills its own children")


def work_on(path: Path, chance: random.Random, write: int) -> None:
    """Change a library until killed, telling before each change that it begins, and after it what the library is."""
    step = 0
    while True:
        step += 1
        what = chance.choice(("import", "import", "tag", "merge", "undo", "redo", "watch", "migrate"))
        there = keys(path)
        number = chance.randrange(10_000)
        os.write(write, f"{BEGUN}\n".encode())
        try:
            if what == "import":
                bring(path, "".join(entry(number + more) for more in range(chance.randint(1, 30))))
            elif what == "tag":
                tag(path, [f"t{number}"], *chance.sample(there, min(len(there), 20)))
            elif what == "merge":
                some = [
                    int(key.removeprefix("doe").partition("-")[0]) for key in chance.sample(there, min(len(there), 5))
                ]
                bring(path, "".join(entry(one, note=f"note {number}") for one in some), "merge")
            elif what == "watch":
                watch(path)
            elif what == "migrate":
                with closing(sqlite3.connect(path)) as connection:
                    connection.execute(f"PRAGMA user_version = {VERSION - 1}")
                with opened(path):
                    pass
            else:
                with opened(path) as library:
                    library.undo() if what == "undo" else library.redo()
        except NothingFound:
            pass
        os.write(write, f"{state(path)}\n".encode())


def watch(path: Path) -> None:
    watched = path.parent / "watched.bib"
    with opened(path) as library:
        with library.change("watch") as change:
            add_watched(change, made(change, "all"), watched)
        write_watched(library)


def told(read: int, changes: int) -> str:
    """Return what a child tells until it has begun so many changes; of 0, until it has ended."""
    text = ""
    while (not changes or text.count(BEGUN) < changes) and (piece := os.read(read, 65536)):
        text += piece.decode()
    return text


def write_early() -> None:
    """Let this process write pages all through a change, not only as it ends, so that a kill meets writes half done."""
    prepare = file._prepare

    def prepare_with_little_memory(connection: sqlite3.Connection, path: Path, say: file.Say) -> None:
        prepare(connection, path, say)
        connection.execute("PRAGMA cache_size = 4")

    file._prepare = prepare_with_little_memory


def killed(path: Path, seed: int, pace: float) -> str:
    """Let a child change a library, kill it at a random moment of its first changes, which take about `pace` seconds.

    Returns the last state it acknowledged.
    """
    chance = random.Random(seed)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read)
            write_early()
            work_on(path, random.Random(seed), write)
        finally:
            os._exit(1)
    os.close(write)
    text = told(read, chance.randint(1, 3))
    time.sleep(chance.uniform(0, 1.2 * pace))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child failed by itself"
    text += told(read, 0)
    os.close(read)
    states = [line for line in text.split("\n")[:-1] if line != BEGUN]
    return states[-1] if states else ""


def other_states(path: Path) -> set[str]:
    """Return the states one change before and after, as undo and redo make them of a copy."""
    found = set()
    for turn in ("undo", "redo"):
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(path.with_name("copy"))) as copy:
            source.backup(copy)
        with opened(path.with_name("copy")) as library:
            try:
                getattr(library, turn)()
            except NothingFound:
                continue
        found.add(state(path.with_name("copy")))
    return found


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_to_sigkill(path: Path) -> None:
    bring(path, "".join(entry(number) for number in range(20)))
    start = time.perf_counter()
    for number in range(5):
        bring(path, entry(number, note="once more"), "merge")
    pace = (time.perf_counter() - start) / 5
    last = state(path)
    acknowledged = unseen = 0
    for seed in range(KILLS):
        known = killed(path, seed, pace)
        acknowledged += bool(known)
        last = known or last
        with opened(path):  # as the next command does, which may finish a migration
            pass
        check_sound(path)
        now = state(path)
        if now != last:
            unseen += 1
            assert last in other_states(path), "more than the one change under way is lost or too much"
        last = now
        watched = path.parent / "watched.bib"
        if watched.exists():
            text = watched.read_text()
            assert text.startswith("% Kept in step")
            assert text.count("{") == text.count("}"), "a reader of the file saw half of it"
    assert acknowledged > KILLS / 4, "most children were killed before they had done anything"
    assert unseen < KILLS / 2


def test_processes_that_write_at_once_lose_nothing(path: Path) -> None:
    bring(path, entry(0))
    children = []
    for number in range(1, 5):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                for step in range(12):
                    bring(path, entry(1000 * number + step))
                    tag(path, [f"p{number}-{step}"], "doe0")
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0, 0]
    check_sound(path)
    assert len(keys(path)) == 1 + 4 * 12
    with closing(sqlite3.connect(path)) as connection:
        tags = {value for (value,) in connection.execute("SELECT value FROM facets WHERE name = 'tag'")}
    assert tags == {f"p{number}-{step}" for number in range(1, 5) for step in range(12)}


def test_two_processes_that_both_make_the_library_make_one(path: Path) -> None:
    children = []
    for number in range(4):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                bring(path, entry(number))
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
    assert keys(path) == ["doe0", "doe1", "doe2", "doe3"]
    check_sound(path)
