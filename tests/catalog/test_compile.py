"""The compiled catalog: the same bytes from the same sources, equal to them, found, and made anew when it must be."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from mhlit.catalog import locate
from mhlit.catalog.compile import compile_file
from mhlit.catalog.source import Catalog, read_catalog
from mhlit.errors import MhlitError
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from mhlit.store.schema import DamagedStore, open_read_only
from tests.conftest import DATA, run_process


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of the made-up catalog with a cache of its own."""
    folder = tmp_path / "catalog"
    shutil.copytree(DATA / "catalog", folder)
    monkeypatch.setattr(locate, "CHECKOUT", folder)
    monkeypatch.setattr(locate, "BUNDLED", tmp_path / "none.sqlite")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    return folder


def cached(checkout: Path) -> list[Path]:
    return sorted((checkout.parent / "cache").rglob("*.sqlite"))


def silent(message: str) -> None:
    raise AssertionError(f"nothing should be said, but: {message}")


def test_the_same_sources_give_the_same_bytes(catalog: Catalog, tmp_path: Path) -> None:
    first, second = tmp_path / "first.sqlite", tmp_path / "second.sqlite"
    compile_file(catalog, first)
    compile_file(catalog, second)
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.sqlite", "second.sqlite"]


def test_what_people_edit_and_what_the_program_loads_are_equal(catalog: Catalog, store: Store) -> None:
    ids = store.ids(Filters())
    assert tuple(store.works(ids)) == catalog.works
    for facet, terms in catalog.vocabulary.items():
        assert tuple(store.vocabulary(facet)) == terms


def test_a_checkout_is_compiled_once_and_again_when_it_changes(checkout: Path) -> None:
    assert len(Store(locate.open_catalog(silent), "catalog")) == 6
    (first,) = cached(checkout)
    stamp = first.stat().st_mtime_ns
    locate.open_catalog(silent)
    assert first.stat().st_mtime_ns == stamp
    (checkout / "works/abel-ng-2025-calm.toml").unlink()
    assert len(Store(locate.open_catalog(silent), "catalog")) == 5
    (second,) = cached(checkout)
    assert second != first


@pytest.mark.parametrize("damage", [b"", b"not a database at all", None])
def test_a_damaged_copy_is_said_and_made_anew(checkout: Path, damage: bytes | None) -> None:
    locate.open_catalog(silent).close()
    (copy,) = cached(checkout)
    whole = copy.read_bytes()
    copy.write_bytes(whole[:3000] + b"\0" * 3000 + whole[6000:] if damage is None else damage)
    said: list[str] = []
    assert len(Store(locate.open_catalog(said.append), "catalog")) == 6
    assert len(said) == 1
    assert said[0].startswith("the compiled catalog was damaged and is compiled anew")
    assert copy.read_bytes() == whole


@pytest.mark.skipif(os.name == "nt", reason="permissions of folders differ")
def test_without_a_cache_it_is_compiled_into_memory(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    assert len(Store(locate.open_catalog(silent), "catalog")) == 6
    assert cached(checkout) == []


def test_wrong_sources_are_said_when_a_checkout_runs(checkout: Path) -> None:
    (checkout / "works/abel-ng-2025-calm.toml").write_text("title = 1", encoding="utf-8")
    with pytest.raises(MhlitError, match="must be a quoted string, got 1"):
        locate.open_catalog(silent)


def test_a_damaged_bundled_catalog_is_one_clear_error(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = tmp_path / "bundled.sqlite"
    bundled.write_bytes(b"garbage")
    monkeypatch.setattr(locate, "BUNDLED", bundled)
    with pytest.raises(MhlitError, match="the bundled catalog is damaged") as caught:
        locate.open_catalog(silent)
    assert caught.value.hint.startswith("reinstall mhlit")


def test_an_installation_without_any_catalog_says_so(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locate, "CHECKOUT", tmp_path / "nowhere")
    with pytest.raises(MhlitError, match="has no catalog"):
        locate.open_catalog(silent)


def test_a_store_of_another_program_or_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE metadata (name, value)")
    connection.commit()
    connection.close()
    with pytest.raises(DamagedStore, match="not an mhlit store of this version"):
        open_read_only(path)


def test_compiling_to_a_place_that_cannot_be_written_leaves_nothing(toy_catalog: Catalog, tmp_path: Path) -> None:
    target = tmp_path / "full"
    target.mkdir()
    with pytest.raises(OSError, match="full"):
        compile_file(toy_catalog, target)
    assert list(tmp_path.iterdir()) == [target]


def test_the_keeper_s_commands_check_and_build_a_folder(tmp_path: Path) -> None:
    folder = str(DATA / "catalog")
    checked = run_process("catalog", "check", "--catalog", folder)
    assert (checked.code, checked.out, checked.err) == (0, "", "6 works, no problem\n")
    target = tmp_path / "out.sqlite"
    built = run_process("catalog", "build", "-o", str(target), env={"MHLIT_CATALOG": folder})
    assert built.code == 0
    assert len(Store(open_read_only(target), "catalog")) == len(read_catalog(DATA / "catalog").works)


def test_the_keeper_s_check_lists_problems_on_stdout_and_exits_1(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA / "catalog", tmp_path / "catalog"))
    file = folder / "works/abel-ng-2025-calm.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("doi =", "dio =").replace("Ng, Bo", "Ng,"), encoding="utf-8"
    )
    checked = run_process("catalog", "check", "--catalog", str(folder))
    assert checked.code == 1
    assert checked.err == "2 problems\n"
    assert [line.split(": ")[1] for line in checked.out.splitlines()] == ["authors", "record.dio"]


def test_the_keeper_s_commands_need_a_folder(tmp_path: Path) -> None:
    gone = run_process("catalog", "check", "--catalog", str(tmp_path))
    assert gone.code == 3
    assert "is not a catalog folder" in gone.err
    assert "hint: " in gone.err
