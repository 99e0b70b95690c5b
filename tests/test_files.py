"""Writing a file: whole or not at all, with its rights and links as they were."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mhlit.errors import MhlitError
from mhlit.files import write_whole

posix = pytest.mark.skipif(os.name != "posix", reason="rights and links are POSIX's here")


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    for data in (b"old", b"new\r\n"):
        write_whole(path, data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_the_rights_stay(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_whole(path, b"new")
    assert path.stat().st_mode & 0o777 == mode


@posix
def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    target = tmp_path / "real" / "refs.bib"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link = tmp_path / "link.bib"
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@posix
def test_a_read_only_file_or_folder_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(MhlitError, match="is read-only; nothing was changed") as caught:
        write_whole(path, b"new")
    assert caught.value.exit_code == 3
    path.chmod(0o644)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(MhlitError, match=r"the folder of .* is read-only; nothing was changed"):
            write_whole(path, b"new")
        assert os.listdir(tmp_path) == ["refs.bib"]  # noqa: PTH208  # names are enough
    finally:
        tmp_path.chmod(0o755)
    assert path.read_bytes() == b"old"


def test_a_folder_or_a_file_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MhlitError, match="is a folder"):
        write_whole(tmp_path, b"new")
    with pytest.raises(MhlitError, match="cannot write"):
        write_whole(tmp_path / "none" / "refs.bib", b"new")


WRITER = """
import sys
from pathlib import Path
from mhlit.files import write_whole
for turn in range(10**9):
    write_whole(Path(sys.argv[1]), bytes([97 + turn % 2]) * 3_000_000)
    print(turn, flush=True)
"""


@posix
def test_a_writer_that_is_killed_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    write_whole(path, b"a" * 3_000_000)
    for pause in (0.0, 0.003, 0.007, 0.011):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(pause)
            writer.send_signal(signal.SIGKILL)
        data = path.read_bytes()
        assert data in (b"a" * 3_000_000, b"b" * 3_000_000)
