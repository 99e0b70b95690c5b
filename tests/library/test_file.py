"""A library's file where something is wrong with it: a clear message, and the data as they were."""

import os
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mhlit.cli.session import open_store
from mhlit.errors import MhlitError
from mhlit.library import file
from mhlit.library.file import Busy, DamagedLibrary, NewerLibrary, open_to_read, open_to_write
from mhlit.library.schema import VERSION, create
from tests.conftest import Run
from tests.library.shelves import bring, check_sound, entry, keys, opened, state, tag


def quiet(_: str) -> None:
    pass


@pytest.fixture
def filled(path: Path) -> Path:
    bring(path, "".join(map(entry, range(60))))
    return path


def test_a_file_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (a)")
    before = path.read_bytes()
    with pytest.raises(DamagedLibrary, match="is not a library of mhlit"):
        open_to_write(path, quiet)
    path.write_text("this is a text, and none that SQLite can read\n" * 100)
    with pytest.raises(DamagedLibrary, match="damaged"):
        open_to_read(path, quiet)
    assert before


def test_an_empty_file_becomes_a_library(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    open_to_write(path, quiet).close()
    assert keys(path) == []


def test_a_newer_file_is_neither_read_nor_written(filled: Path, run: Run) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1000}")
    for do in (open_to_read, open_to_write):
        with pytest.raises(NewerLibrary, match="newer mhlit"):
            do(filled, quiet)
    found = run("search", "imagined")
    assert (found.code, found.out) == (3, "")
    assert "newer mhlit" in found.err


def test_an_older_file_is_brought_up_to_date_with_a_backup_first(filled: Path) -> None:
    before = state(filled)
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION - 1}")
        connection.execute("DROP TABLE titles")
        connection.execute("DROP TABLE search_index")
    said: list[str] = []
    open_to_read(filled, said.append).close()
    with opened(filled):
        pass
    check_sound(filled)
    assert state(filled) == before
    (backup,) = (filled.parent / "backups").iterdir()
    assert str(backup) in said[0]
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION - 1,)
        assert connection.execute("SELECT count(*) FROM items").fetchone() == (60,)


def test_a_migration_that_fails_changes_nothing(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION - 1}")

    def broken(_: sqlite3.Connection) -> None:
        raise OSError("no room for a backup")

    monkeypatch.setattr("mhlit.library.migrating.drop_made", broken)
    with pytest.raises(MhlitError):
        open_to_write(filled, quiet)
    monkeypatch.undo()
    with closing(sqlite3.connect(filled)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION - 1,)
        assert connection.execute("SELECT count(*) FROM works").fetchone() == (60,)


def test_a_read_only_file_is_read_and_not_written(filled: Path, run: Run) -> None:
    before = filled.read_bytes()
    filled.chmod(0o444)
    found = run("tag", "+x", "doe1")
    assert found.code == 3
    assert "read-only; nothing was changed" in found.err
    assert run("list", "--in", "library", "--keys").out.count("\n") == 60
    assert filled.read_bytes() == before


def test_who_waits_too_long_is_told_that_it_is_busy(filled: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setenv("MHLIT_WAIT", "0.05")
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with opened(filled) as library, pytest.raises(Busy, match="another mhlit is writing"), library.change("late"):
            pass
        found = run("tag", "+x", "doe1")
        assert (found.code, found.out) == (3, "")
        assert found.err.startswith("mhlit: the library is busy")
        assert run("search", "imagined", "--in", "library", "--limit", "1").code == 0, "readers are never blocked"


class TestDamage:
    def test_a_truncated_file_is_named_and_repaired_as_far_as_it_goes(self, filled: Path, run: Run) -> None:
        with closing(sqlite3.connect(filled)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = filled.stat().st_size
        with filled.open("r+b") as file:
            file.truncate(size * 3 // 4 // 4096 * 4096)
        found = run("search", "imagined")
        assert found.code == 3
        assert "is damaged" in found.err
        assert "hint: mhlit library repair" in found.err
        mended = run("library", "repair")
        assert mended.code == 0, mended.err
        check_sound(filled)
        assert len(keys(filled)) > 10
        assert len(list((filled.parent / "backups").glob("*damaged*"))) >= 1
        assert run("library", "repair").err == "your library is sound; nothing was changed\n"

    def test_a_file_of_noise_cannot_be_repaired_and_is_kept(self, filled: Path, run: Run) -> None:
        noise = random.Random(1).randbytes(50_000)
        filled.write_bytes(noise)
        found = run("library", "repair")
        assert found.code == 3
        assert filled.read_bytes() == noise

    @pytest.mark.parametrize("seed", range(20))
    def test_pages_overwritten_anywhere_never_give_a_traceback(self, filled: Path, run: Run, seed: int) -> None:
        with closing(sqlite3.connect(filled)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        chance = random.Random(seed)
        data = bytearray(filled.read_bytes())
        for _ in range(3):
            at = chance.randrange(1, len(data) // 4096) * 4096
            data[at : at + 4096] = chance.randbytes(4096)
        filled.write_bytes(bytes(data))
        for words in (["search", "imagined"], ["list"], ["tag", "+x", "doe1"]):
            found = run(*words)
            assert found.code in (0, 1, 3, 4)
            assert "Traceback" not in found.err
        mended = run("library", "repair")
        if mended.code == 0:
            check_sound(filled)
            assert len(keys(filled)) > 10
        else:
            assert mended.err.startswith("mhlit: nothing can be read of")

    def test_what_is_searched_is_made_anew_where_only_that_is_lost(self, filled: Path, run: Run) -> None:
        before = state(filled)
        with closing(sqlite3.connect(filled)) as connection, connection:
            connection.execute("DELETE FROM works WHERE id > 30")
        assert run("library", "repair").err.startswith("60 works saved; the damaged file is")
        assert state(filled) == before
        check_sound(filled)


def test_a_log_cut_off_anywhere_leaves_a_state_that_was(path: Path, tmp_path: Path) -> None:
    bring(path, entry(0))
    reader = sqlite3.connect(path)  # which keeps the log from being tidied away
    reader.execute("SELECT count(*) FROM items").fetchone()
    known = {state(path)}
    for number in range(1, 8):
        bring(path, entry(number))
        known.add(state(path))
        tag(path, ["x"], f"doe{number}")
        known.add(state(path))
    log = path.with_name(path.name + "-wal").read_bytes()
    assert len(log) > 50_000
    chance = random.Random(4)
    for number in range(60):
        copy = tmp_path / f"cut{number}" / path.name
        copy.parent.mkdir()
        shutil.copyfile(path, copy)
        cut = chance.randrange(len(log))
        tail = chance.randbytes(chance.randrange(3000)) if number % 2 else b""
        copy.with_name(path.name + "-wal").write_bytes(log[:cut] + tail)
        if copy.stat().st_size and keys_or_none(copy) is not None:
            assert state(copy) in known
            check_sound(copy)
    reader.close()


def keys_or_none(path: Path) -> list[str] | None:
    """Return the keys, None where the file is from before its tables were made."""
    try:
        return keys(path)
    except sqlite3.OperationalError:
        return None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)])


@pytest.mark.skipif(os.name == "nt" or not shutil.which("mount"), reason="mounts a disk")
def test_a_full_disk_is_named_and_leaves_the_library_as_it_was(
    small_disk: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_disk / "library.sqlite"
    monkeypatch.setenv("MHLIT_LIBRARY", str(path))
    bring(path, "".join(map(entry, range(30))))
    before = state(path)
    big = tmp_path / "big.bib"
    big.write_text("".join(entry(number, abstract="word " * 300) for number in range(100, 4000)))
    found = run("import", str(big))
    assert found.code == 3
    assert "disk is full" in found.err
    assert state(path) == before
    check_sound(path)
    assert run("list", "--in", "library", "--keys").out.count("\n") == 30


def test_a_library_on_a_folder_that_cannot_be_written_is_read(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("-wal", "-shm"):
        filled.with_name(filled.name + ending).unlink(missing_ok=True)
    filled.parent.chmod(0o555)
    try:
        with closing(open_to_read(filled, quiet)) as connection:
            assert connection.execute("SELECT count(*) FROM items").fetchone() == (60,)
    finally:
        filled.parent.chmod(0o755)


def test_a_folder_in_its_place_is_named(path: Path, run: Run) -> None:
    path.mkdir(parents=True)
    for words in (["add", "soulchat"], ["search", "empathy"], ["library", "repair"]):
        found = run(*words)
        assert found.code == 3
        assert str(path) in found.err


def test_without_a_library_nothing_is_made_by_reading(path: Path, run: Run) -> None:
    assert run("search", "empathy").code == 0
    assert run("tag", "+x", "soulchat").code == 1
    assert not path.exists()
    assert open_store("all").origin == "catalog"


def test_a_library_that_another_process_makes_meanwhile_is_no_damaged_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The marks of a file are read as they stand at one moment, however little lies between the readings."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as empty:
        empty.execute("PRAGMA journal_mode = WAL")
    connect = file._connect
    made: list[str] = []

    def made_meanwhile(statement: str) -> None:
        if "user_version" in statement and not made:
            made.append(statement)
            with closing(sqlite3.connect(path, isolation_level=None)) as other:
                create(other)

    def watched(path: Path, mode: str) -> sqlite3.Connection:
        connection = connect(path, mode)
        connection.set_trace_callback(made_meanwhile)
        return connection

    monkeypatch.setattr(file, "_connect", watched)
    open_to_write(path, quiet).close()
    assert made
    assert keys(path) == []
