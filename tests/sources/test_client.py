"""The client asks with manners, waits with an end, goes nowhere it should not, and never falls over an answer."""

import os
import time
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import NoReturn

import httpcore
import pytest

from mhlit.errors import MhlitError, UsageError
from mhlit.sources import manners
from mhlit.sources.addresses import Forbidden
from mhlit.sources.client import Client, Limits, NotReached
from mhlit.sources.environment import agent, bases_of, is_offline
from mhlit.sources.source import Answer, Request, Source, Unreadable
from tests.sources.conftest import Connect
from tests.sources.server import ERROR, Reply, World, as_page, as_text, closed_port, huge, redirect, too_many


def _read(body: bytes) -> Answer:
    if body != b"fine":
        raise Unreadable(f"it says {body[:20]!r}")
    return Answer(next=Request("/read"))


SOURCE = Source("crossref", "Crossref", "https://api.example.org", 2.0, ("doi",), lambda _: None, None, _read)
READ = Answer(next=Request("/read"))
FINE = as_text("fine")


def ask(client: Client, path: str = "/x", accept: str = "application/json") -> Answer:
    return client.ask(SOURCE, Request(path, (("q", "a b"),), accept))


class TestAsking:
    def test_a_question_is_a_get_with_its_query_and_who_asks(self, world: World, connect: Connect) -> None:
        world.tell("crossref", "/x", FINE)
        assert ask(connect(contact="me@example.org")) == READ
        (asked,) = world.asked
        assert (asked.query, asked.headers["accept"]) == ({"q": "a b"}, "application/json")
        assert "mailto:me@example.org" in asked.headers["user-agent"]
        assert asked.headers["user-agent"].startswith("mhlit/")

    @pytest.mark.parametrize("contact", ["", "a\nb\x1b[0m (c); d", "https://example.org/who"])
    def test_a_contact_cannot_break_the_header(self, contact: str) -> None:
        assert agent(contact).isprintable()
        assert agent(contact).count("(") == 1

    @pytest.mark.parametrize("status", [404, 410])
    def test_what_is_not_there_is_not_known(self, world: World, client: Client, status: int) -> None:
        world.tell("crossref", "/x", Reply(b"Resource not found.", status, "text/plain"))
        assert ask(client) == Answer()

    def test_a_refusal_is_told_with_its_number_and_not_repeated(self, world: World, client: Client) -> None:
        world.tell("crossref", "/x", Reply(b"no", 403, "text/plain"))
        with pytest.raises(NotReached, match=r"refuses the question \(403\)"):
            ask(client)
        assert len(world.asked) == 1

    def test_one_connection_serves_many_questions(self, world: World, client: Client) -> None:
        world.tell("crossref", "/x", Reply(b"fine", type="text/plain", headers=(("Set-Cookie", "a=b"),)))
        assert [ask(client) for _ in range(3)] == [READ] * 3


class TestFailures:
    @pytest.mark.parametrize(
        ("reply", "reason"),
        [
            (ERROR, r"a failure of its own \(500\)"),
            (Reply(b"", 503, "text/plain"), r"a failure of its own \(503\)"),
            (too_many(""), "asked too much"),
            (Reply(b"fin", type="text/plain", missing=1), "breaks off"),
            (Reply(b"fine", type="text/plain", headers=(("Content-Encoding", "gzip"),)), "breaks off"),
            (Reply(b"fine", wait=1), "not answer in time"),
            (Reply(b"fine" * 20, drip=0.05), "not answer in time"),
            (Reply(drip_head=0.05), "not answer in time"),
        ],
        ids=["500", "503", "429", "truncated", "not gzip", "silent", "drips", "drips its head"],
    )
    def test_a_failure_that_may_pass_is_tried_three_times_and_told(
        self, world: World, client: Client, reply: Reply, reason: str
    ) -> None:
        world.tell("crossref", "/x", reply)
        begun = time.monotonic()
        with pytest.raises(NotReached, match=reason):
            ask(client)
        assert len(world.asked) == 3
        assert time.monotonic() - begun < 5  # the limits of these tests are three times 0.6 seconds
        first, second = world.slept
        assert 0.7 < first < 1.6 < second + 0.2 < 3.4

    @pytest.mark.parametrize("reply", [ERROR, too_many("1"), Reply(b"fi", missing=2)], ids=["500", "429", "truncated"])
    def test_a_failure_that_passes_is_none(self, world: World, client: Client, reply: Reply) -> None:
        world.tell("crossref", "/x", reply, FINE)
        assert ask(client) == READ

    @pytest.mark.parametrize("form", ["seconds", "date"])
    def test_a_pause_that_is_asked_for_is_made(self, world: World, client: Client, form: str) -> None:
        date = format_datetime(parsedate_to_datetime("Thu, 01 Jan 1970 00:00:00 GMT"), usegmt=True)
        assert manners.retry_after(date, 0) == 0
        later = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 9))
        world.tell("crossref", "/x", too_many("9" if form == "seconds" else later), FINE)
        assert ask(client) == READ
        assert sum(world.slept) == pytest.approx(9, abs=1.5)

    def test_a_pause_beyond_patience_is_told_and_the_host_left_alone(self, world: World, client: Client) -> None:
        world.tell("crossref", "/x", too_many("3600"))
        for _ in range(2):
            with pytest.raises(NotReached, match="wants a pause of 3600 seconds"):
                ask(client)
        assert (len(world.asked), world.slept) == (1, [])

    def test_where_nobody_listens_it_is_known_at_once_that_there_is_no_connection(self, connect: Connect) -> None:
        client = connect(bases={"crossref": f"http://127.0.0.1:{closed_port()}"})
        with pytest.raises(NotReached) as refused:
            ask(client)
        assert refused.value.absent

    def test_a_name_that_no_host_has_is_told(self, connect: Connect) -> None:
        def resolve(host: str, port: int) -> list[str]:
            raise OSError("no such name")

        with pytest.raises(NotReached, match=r"no host is known as api\.example\.org") as refused:
            ask(connect(bases={}, resolve=resolve))
        assert refused.value.absent

    def test_an_answer_too_large_is_not_read_to_its_end(self, world: World, client: Client) -> None:
        world.tell("crossref", "/x", huge(3_000_000))
        with pytest.raises(NotReached, match="larger than 1 MB"):
            ask(client)
        assert len(world.asked) == 1

    def test_an_answer_is_measured_unpacked(self, world: World, client: Client) -> None:
        import gzip

        packed = Reply(gzip.compress(b" " * 3_000_000), headers=(("Content-Encoding", "gzip"),))
        world.tell("crossref", "/x", packed)
        with pytest.raises(NotReached, match="larger than 1 MB"):
            ask(client)

    def test_a_web_page_where_data_were_asked_for_is_no_answer(self, world: World, client: Client) -> None:
        world.tell("crossref", "/x", as_page("<h1>We are being repaired</h1>"))
        with pytest.raises(Unreadable, match="a web page"):
            ask(client)

    def test_what_is_no_http_is_told(self, world: World, client: Client) -> None:
        world.tell("crossref", "/x", Reply(b"fine", headers=(("Bad Name", "x"),)))
        with pytest.raises(NotReached):
            ask(client)

    def test_a_reader_that_falls_over_an_answer_does_not_bring_the_run_down(self, world: World, client: Client) -> None:
        def read(body: bytes) -> Answer:
            raise KeyError("message")

        world.tell("crossref", "/x", FINE)
        with pytest.raises(Unreadable, match="not in the form"):
            client.ask(SOURCE._replace(read=read), Request("/x"))


class TestRedirects:
    def test_one_is_followed(self, world: World, client: Client) -> None:
        world.tell("crossref", "/x", redirect("y?z=1"))
        world.tell("crossref", "/y", FINE, z="1")
        assert ask(client) == READ

    def test_a_circle_is_told(self, world: World, client: Client) -> None:
        world.tell("crossref", "/x", redirect("/".join((world.base("crossref"), "y"))))
        world.tell("crossref", "/y", redirect("/".join((world.base("crossref"), "x?q=a+b"))))
        with pytest.raises(NotReached, match="in a circle"):
            ask(client)

    def test_a_chain_without_end_is_told(self, world: World, client: Client) -> None:
        for number in range(20):
            world.tell("crossref", f"/{number}", redirect(f"{number + 1}"))
        with pytest.raises(NotReached, match="more than 5 times"):
            ask(client, "/0")
        assert len(world.asked) == 6

    @pytest.mark.parametrize(
        "to",
        [
            "http://127.0.0.1:{port}/",
            "http://localhost:{port}/",
            "http://2130706433:{port}/",
            "http://0x7f.1:{port}/",
            "http://[::1]:{port}/",
            "http://[::ffff:127.0.0.1]:{port}/",
            "http://[64:ff9b::7f00:1]/",
            "http://169.254.169.254/latest/meta-data/",
            "http://10.0.0.1/",
            "http://192.168.1.1/",
            "http://100.64.0.1/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "http://0.0.0.0:{port}/",
            "http://224.0.0.1/",
            "file:///etc/passwd",
            "ftp://example.org/x",
            "gopher://example.org/",
            "http://user:secret@example.org/",
            "http://example.org:99999/",
            "//127.0.0.1:{port}/",
        ],
    )
    def test_none_leads_inside_or_out_of_http(self, world: World, client: Client, to: str) -> None:
        world.tell("crossref", "/x", redirect(to.format(port=closed_port())))
        with pytest.raises(Forbidden):
            ask(client)
        assert len(world.asked) == 1

    def test_another_port_of_the_exempt_host_is_not_exempt(self, world: World, connect: Connect) -> None:
        client = connect(bases={"crossref": world.base("crossref")})
        world.tell("crossref", "/x", redirect(f"http://127.0.0.1:{closed_port()}/"))
        with pytest.raises(Forbidden, match="own network"):
            ask(client)

    @pytest.mark.parametrize(
        "to",
        [
            "http://exa mple.org/",
            "http://" + "a" * 70 + ".example/",
            "http://[::1",
            "http://a:b:c/",
            "http://\xe9\xff/",
        ],
    )
    def test_nonsense_is_no_traceback(self, world: World, client: Client, to: str) -> None:
        world.tell("crossref", "/x", redirect(to))
        with pytest.raises((MhlitError, Unreadable)):
            ask(client)


class TestTheOwnNetwork:
    def test_a_name_that_resolves_inside_is_refused_before_anybody_connects(
        self, world: World, connect: Connect
    ) -> None:
        client = connect(bases={}, resolve=lambda host, port: ["127.0.0.1"])
        with pytest.raises(Forbidden, match=r"paper\.example is inside"):
            client.page(f"http://paper.example:{world.address.rpartition(':')[2]}/")
        assert world.asked == []

    def test_one_inner_address_among_outer_ones_is_enough(self, connect: Connect) -> None:
        client = connect(bases={}, resolve=lambda host, port: ["93.184.215.14", "10.0.0.1"])
        with pytest.raises(Forbidden):
            client.page("http://paper.example/")

    def test_the_connection_goes_to_the_address_that_was_checked(
        self, world: World, connect: Connect, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A name that is the world's when it is judged and our own when it is used gets nobody inside."""
        answers = iter([["93.184.215.14", "1.1.1.1"], ["127.0.0.1"], ["127.0.0.1"]])
        connected: list[str] = []

        def connect_tcp(self: object, host: str, *_: object, **__: object) -> NoReturn:
            connected.append(host)
            raise httpcore.ConnectError("refused")

        monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect_tcp)
        with pytest.raises(NotReached):
            connect(bases={}, resolve=lambda host, port: next(answers)).page("http://rebinding.example/")
        assert connected == ["93.184.215.14", "1.1.1.1"]

    def test_a_name_is_resolved_once_for_a_connection(self, world: World, connect: Connect) -> None:
        asked: list[str] = []

        def resolve(host: str, port: int) -> list[str]:
            asked.append(host)
            return ["127.0.0.1"]

        port = world.address.rpartition(":")[2]
        client = connect(bases={"crossref": f"http://named.example:{port}/{world.token}/crossref"}, resolve=resolve)
        world.tell("crossref", "/x", FINE)
        assert ask(client) == READ
        assert asked == ["named.example"]


class TestManners:
    def test_a_base_of_ones_own_is_asked_without_a_pause(self, world: World, client: Client) -> None:
        world.tell("crossref", "/x", FINE)
        ask(client)
        ask(client)
        assert world.slept == []

    def test_a_source_is_asked_at_its_own_pace_by_two_clients_together(self, world: World, connect: Connect) -> None:
        source = SOURCE._replace(name="other", base=world.base("crossref"))
        world.tell("crossref", "/x", FINE)
        for client in (connect(), connect(), connect()):
            client.ask(source, Request("/x"))
        assert [round(pause) for pause in world.slept] == [2, 2]

    def test_a_turn_booked_far_ahead_is_a_wrong_clock(self, tmp_path: Path, world: World) -> None:
        (tmp_path / "example-org").touch()
        os.utime(tmp_path / "example-org", (time.time() + 10**6,) * 2)
        manners.Turns(tmp_path).wait("example.org", 3)
        assert world.slept == []

    def test_turns_are_kept_where_no_file_can_be(self, tmp_path: Path, world: World) -> None:
        (tmp_path / "file").touch()
        turns = manners.Turns(tmp_path / "file" / "turns")
        turns.wait("example.org", 3)
        turns.wait("example.org", 3)
        assert [round(pause) for pause in world.slept] == [3]

    @pytest.mark.parametrize(
        ("value", "seconds"),
        [("120", 120), (" 7 ", 7), ("Thu, 01 Jan 1970 00:01:40 GMT", 90), ("Thu, 01 Jan 1970 00:00:00 GMT", 0)],
    )
    def test_retry_after_is_read_as_seconds_or_a_date(self, value: str, seconds: float) -> None:
        assert manners.retry_after(value, 10) == seconds

    @pytest.mark.parametrize("value", ["", "soon", "-3", "1.5", "٣", "Thu, 99 Foo 1970"])
    def test_a_retry_after_that_says_nothing_is_none(self, value: str) -> None:
        assert manners.retry_after(value, 10) is None


class TestTheCache:
    def test_nobody_is_asked_twice_within_its_days(self, world: World, connect: Connect) -> None:
        world.tell("crossref", "/x", FINE)
        assert (ask(connect(days=1)), ask(connect(days=1))) == (READ, READ)
        assert len(world.asked) == 1

    def test_an_old_answer_is_asked_for_again(
        self, world: World, connect: Connect, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world.tell("crossref", "/x", FINE)
        ask(connect(days=1))
        monkeypatch.setattr("mhlit.sources.cache.now", lambda: time.time() + 86_500)
        ask(connect(days=1))
        assert len(world.asked) == 2

    def test_not_known_is_kept_for_a_day(self, world: World, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
        assert (ask(connect(days=7)), ask(connect(days=7))) == (Answer(), Answer())
        assert len(world.asked) == 1
        monkeypatch.setattr("mhlit.sources.cache.now", lambda: time.time() + 86_500)
        ask(connect(days=7))
        assert len(world.asked) == 2

    def test_refreshing_asks_anew_and_keeps_the_new_answer(self, world: World, connect: Connect) -> None:
        world.tell("crossref", "/x", FINE)
        ask(connect(days=1))
        ask(connect(days=1, fresh=True))
        ask(connect(days=1))
        assert len(world.asked) == 2

    @pytest.mark.parametrize("damage", [b"", b"{", b"{}\nfine", b'{"url": 1}\n', b"\xff\xfe", b"[[" * 100_000])
    def test_a_damaged_entry_is_a_miss(self, world: World, connect: Connect, tmp_path: Path, damage: bytes) -> None:
        world.tell("crossref", "/x", FINE)
        ask(connect(days=1))
        (kept,) = (file for file in (tmp_path / "answers").iterdir() if file.is_file())
        kept.write_bytes(damage)
        assert ask(connect(days=1)) == READ
        assert len(world.asked) == 2

    def test_a_changed_body_is_a_miss(self, world: World, connect: Connect, tmp_path: Path) -> None:
        world.tell("pages", "/1", as_page("<title>x</title>"))
        connect(days=1).page(f"{world.base('pages')}/1")
        (kept,) = (file for file in (tmp_path / "answers").iterdir() if file.is_file())
        kept.write_bytes(kept.read_bytes() + b" and more")
        assert connect(days=1).page(f"{world.base('pages')}/1").body == b"<title>x</title>"
        assert len(world.asked) == 2

    def test_an_answer_that_cannot_be_read_is_not_kept(self, world: World, connect: Connect) -> None:
        world.tell("crossref", "/x", as_text("broken"), FINE)
        with pytest.raises(Unreadable):
            ask(connect(days=1))
        assert ask(connect(days=1)) == READ

    def test_a_folder_that_cannot_be_written_hinders_nobody(
        self, world: World, connect: Connect, tmp_path: Path
    ) -> None:
        (tmp_path / "answers").touch()
        world.tell("crossref", "/x", FINE)
        assert ask(connect(days=1)) == READ

    def test_what_is_too_old_to_be_read_is_swept_away(self, world: World, connect: Connect, tmp_path: Path) -> None:
        (tmp_path / "answers").mkdir()
        old = tmp_path / "answers" / "old"
        old.touch()
        os.utime(old, (time.time() - 3 * 86_400,) * 2)
        world.tell("crossref", "/x", FINE)
        ask(connect(days=1))
        assert not old.exists()

    def test_offline_only_what_is_kept_is_answered(self, world: World, connect: Connect) -> None:
        world.tell("crossref", "/x", FINE)
        ask(connect(days=1))
        assert ask(connect(days=1, offline=True)) == READ
        with pytest.raises(NotReached, match="offline"):
            ask(connect(days=1, offline=True), "/y")
        assert len(world.asked) == 1


class TestTheEnvironment:
    @pytest.mark.parametrize(("value", "offline"), [("", False), ("0", False), ("1", True), ("no", True), ("00", True)])
    def test_any_value_but_nought_means_offline(self, value: str, offline: bool) -> None:
        assert is_offline({"MHLIT_OFFLINE": value}) is offline
        assert not is_offline({})

    def test_base_addresses_are_read_by_name(self) -> None:
        environment = {"MHLIT_SOURCE_CROSSREF": "http://localhost:1", "MHLIT_SOURCE_DBLP": "", "MHLIT_OTHER": "x"}
        assert bases_of(environment) == {"crossref": "http://localhost:1"}

    @pytest.mark.parametrize("base", ["localhost:80", "ftp://example.org", "http://", "nonsense"])
    def test_a_base_that_is_no_address_is_told_with_its_variable(self, connect: Connect, base: str) -> None:
        with pytest.raises(UsageError, match="MHLIT_SOURCE_CROSSREF: "):
            connect(bases={"crossref": base})


class TestProxies:
    def test_the_environments_proxy_is_asked_with_the_whole_address(
        self, world: World, connect: Connect, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("http_proxy", world.address)
        world.tell("crossref", "/x", FINE)

        def resolve(host: str, port: int) -> list[str]:
            if host == "127.0.0.1":
                return [host]
            raise OSError("only the proxy knows")

        client = connect(bases={"crossref": f"http://crossref.example/{world.token}/crossref"}, resolve=resolve)
        assert ask(client) == READ
        assert world.asked[0].headers["host"] == "crossref.example"

    @pytest.mark.parametrize(
        "to", ["http://169.254.169.254/", "http://localhost:1/", "http://[::1]/", "http://a.internal/"]
    )
    def test_what_is_plainly_inside_is_not_asked_of_a_proxy_either(
        self, world: World, connect: Connect, monkeypatch: pytest.MonkeyPatch, to: str
    ) -> None:
        monkeypatch.setenv("http_proxy", world.address)
        with pytest.raises(Forbidden):
            connect(bases={}).page(to)
        assert world.asked == []

    def test_no_proxy_is_honoured(self, world: World, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port()}")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        world.tell("crossref", "/x", FINE)
        assert ask(connect()) == READ

    def test_a_proxy_of_another_kind_is_told(self, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:1")
        with pytest.raises(MhlitError, match="neither http nor https"):
            ask(connect())


class TestPages:
    def test_a_page_is_fetched_and_kept(self, world: World, connect: Connect) -> None:
        world.tell("pages", "/1", as_page("<title>x</title>"))
        for _ in range(2):
            assert connect(days=1).page(f"{world.base('pages')}/1").body == b"<title>x</title>"
        assert len(world.asked) == 1

    def test_what_is_no_page_is_told(self, world: World, client: Client) -> None:
        world.tell("pages", "/1", Reply(b"%PDF-1.7", type="application/pdf"))
        with pytest.raises(Unreadable, match="no web page but application/pdf"):
            client.page(f"{world.base('pages')}/1")


def test_the_limits_are_what_the_docs_say() -> None:
    assert Limits() == (10, 20, 45, 20_000_000, 3, 5, 30)
