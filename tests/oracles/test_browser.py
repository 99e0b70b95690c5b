"""The web site in a real browser, headless: search, filters, copying, anchors, keyboard, print, and nobody else asked."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mhlit.catalog.source import Catalog
from mhlit.cite import entry_of, writer
from mhlit.model import Identifier, Name, PartialDate, Provenance, Record, Status, Version, Work
from mhlit.render.web.folder import write_site
from mhlit.render.web.site import pages
from mhlit.store.filters import Filters
from mhlit.store.reading import Store
from tests.conftest import DATA, stored
from tests.oracles.tools import axe_core, needs_axe, needs_browser

pytestmark = [pytest.mark.oracle, needs_browser]

SOULCHAT = "chen-etal-2023-soulchat"
VISIBLE = "return [...document.querySelectorAll('.work')].filter(w => w.offsetParent).map(w => w.id)"


class Browser:
    """A page in chromium, and what it logged and asked for."""

    def __init__(self, folder: Path) -> None:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"download.default_directory": str(folder / "saved")})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver: Any = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        self.folder = folder
        self.cdp("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])

    def cdp(self, command: str, **parameters: Any) -> Any:
        return self.driver.execute_cdp_cmd(command, parameters)

    def look(self, width: int = 1280, theme: str = "light", media: str = "screen") -> None:
        feature = {"name": "prefers-color-scheme", "value": theme}
        self.cdp("Emulation.setEmulatedMedia", media=media, features=[feature])
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)

    def open(self, page: str = "index.html") -> None:
        self.driver.get("about:blank")
        self.driver.get(f"{self.folder.as_uri()}/{page}")

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def type(self, text: str) -> None:
        box = self.find("#query")
        box.clear()
        box.send_keys(text)

    def visible(self) -> list[str]:
        return list(self.run(VISIBLE))

    def text(self, selector: str) -> str:
        return str(self.run("return document.querySelector(arguments[0]).textContent", selector))

    def choose(self, name: str, value: str) -> None:
        self.run("document.querySelector(`input[name='${arguments[0]}']`).closest('details').open = true", name)
        self.find(f"input[name='{name}'][value='{value}']").click()

    def clipboard(self, kind: str = "text/plain") -> str:
        script = """const [kind, done] = arguments;
            navigator.clipboard.read().then(([item]) => item.getType(kind)).then(blob => blob.text())
              .then(done, error => done(String(error)))"""
        return str(self.driver.execute_async_script(script, kind))

    def logged(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def asked_for(self) -> set[str]:
        """Return the addresses that were asked for since the last call."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return {one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"}


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def site(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web") / "site"
    ids = store.ids(Filters())
    write_site(folder, pages(store, ids, {SOULCHAT: "Chen, Y. (2023). SoulChat. <i>Findings &amp; more</i>."}))
    return folder


@pytest.fixture(scope="module")
def started(site: Path) -> Iterator[Browser]:
    browser = Browser(site)
    yield browser
    browser.driver.quit()


@pytest.fixture
def browser(started: Browser) -> Iterator[Browser]:
    """A fresh page of all works; afterwards the console must be empty, and nothing but the site was asked for."""
    started.look()
    started.run("try { localStorage.clear() } catch {}")
    started.logged(), started.asked_for()  # what went before does not count
    started.open()
    yield started
    assert started.logged() == []
    own = (started.folder.as_uri(), "about:blank", "data:image/svg+xml", "blob:")
    assert [url for url in started.asked_for() if not url.startswith(own)] == []


class TestSearch:
    def test_all_works_are_there_at_first(self, browser: Browser) -> None:
        assert len(browser.visible()) == 88
        assert browser.text("#count") == "88 works"

    @pytest.mark.parametrize(
        ("query", "first"),
        [
            ("soulchat", SOULCHAT),
            ("SoulCaht", SOULCHAT),
            ("kokoro chat", "qi-etal-2025-kokorochat"),
            ("mdd5k", "yin-etal-2025-mdd"),
            ("10.18653/v1/2025.acl-long.1049", "qiu-lan-2025-psydial"),
            ("qiu2025psydial", "qiu-lan-2025-psydial"),
            ("zhenzhong lan psydial", "qiu-lan-2025-psydial"),
            ('"real-time hyper"', "khraishi-etal-2025-real"),
        ],
    )
    def test_a_query_finds_its_work_first(self, browser: Browser, query: str, first: str) -> None:
        browser.type(query)
        assert browser.visible()[0] == first
        assert browser.text("#count") == f"{len(browser.visible())} of 88 works"

    def test_every_word_narrows(self, browser: Browser) -> None:
        browser.type("empathy")
        wide = browser.visible()
        browser.type("empathy dialogue")
        assert set(browser.visible()) < set(wide)
        assert all("empath" in browser.text(f"#{key}").lower() for key in wide)

    def test_a_typo_is_taken_for_what_it_is_like_and_the_page_says_so(self, browser: Browser) -> None:
        browser.type("empathy")
        meant = set(browser.visible())
        assert browser.text("#note") == ""
        browser.type("emapthy")
        assert meant <= set(browser.visible())
        assert browser.text("#note") == "No work holds “emapthy”; shown is what comes near."

    def test_what_was_found_is_marked(self, browser: Browser) -> None:
        browser.type("empathy")
        marked = browser.run("return [...CSS.highlights.get('found')].map(range => range.toString().toLowerCase())")
        assert set(marked) >= {"empathy"}
        assert all("empathy" in one for one in marked)

    def test_nothing_found_says_so_and_leads_back(self, browser: Browser) -> None:
        browser.type("zzzqqqxxx")
        assert browser.visible() == []
        assert browser.find("#none").is_displayed()
        assert not browser.find("#copy-all").is_enabled()
        browser.find("#none button").click()
        assert len(browser.visible()) == 88

    def test_odd_queries_do_no_harm(self, browser: Browser) -> None:
        for query in ("\\", '"', "(((", "%E0", "<b>", "ψ", "陈", "a" * 300, "' OR 1=1"):
            browser.type(query)
            assert browser.text("#count").endswith("works")

    def test_it_is_instant(self, browser: Browser) -> None:
        browser.type("counselin")
        script = "const before = performance.now(); show(); return performance.now() - before"
        assert browser.run(script) < 1000  # a hang is what this finds; docs/site.md has the figure


class TestFilters:
    def test_values_of_one_filter_add_and_filters_narrow(self, browser: Browser, store: Store) -> None:
        def keys(**facets: tuple[str, ...]) -> set[str]:
            return set(store.keys(store.ids(Filters(facets))))

        browser.choose("topic", "empathy")
        assert set(browser.visible()) == keys(topic=("empathy",))
        browser.choose("topic", "cbt")
        assert set(browser.visible()) == keys(topic=("empathy", "cbt"))
        browser.choose("resource", "dataset")
        assert set(browser.visible()) == keys(topic=("empathy", "cbt"), resource=("dataset",))
        browser.choose("venue", "Findings of ACL")
        assert set(browser.visible()) == keys(
            topic=("empathy", "cbt"), resource=("dataset",), venue=("Findings of ACL",)
        )

    @pytest.mark.parametrize("name", ["section", "resource", "topic", "language", "year", "venue", "has", "status"])
    def test_every_value_shows_as_many_as_it_says(self, browser: Browser, name: str) -> None:
        wrong = browser.run(
            """return boxes.filter(box => box.name === arguments[0]).filter(box => {
              const told = Number(box.parentElement.lastElementChild.textContent);
              box.checked = true; show();
              const shown = shownWorks.length;
              box.checked = false; show();
              return told !== shown || told === 0;
            }).map(box => box.value)""",
            name,
        )
        assert wrong == []

    def test_counts_follow_what_else_is_asked_for(self, browser: Browser, store: Store) -> None:
        browser.choose("resource", "dataset")
        ids = store.ids(Filters({"resource": ("dataset",), "topic": ("empathy",)}))
        box = "document.querySelector(\"input[name='topic'][value='empathy']\")"
        assert browser.run(f"return {box}.parentElement.lastElementChild.textContent") == str(len(ids))

    def test_a_tag_on_a_card_filters_by_it(self, browser: Browser, store: Store) -> None:
        browser.find(f"#{SOULCHAT} .tags a[href='?topic=empathy']").click()
        assert set(browser.visible()) == set(store.keys(store.ids(Filters({"topic": ("empathy",)}))))
        assert browser.find("input[name='topic'][value='empathy']").is_selected()
        assert browser.run("return document.activeElement.id") == "works"

    def test_orders_are_what_they_say(self, browser: Browser) -> None:
        def years() -> list[int]:
            return [int(year) for year in browser.run("return shownWorks.map(work => work.year)")]

        for order, reverse in (("newest", True), ("oldest", False)):
            browser.run("at('sort').value = arguments[0]; at('sort').dispatchEvent(new Event('change'))", order)
            assert years() == sorted(years(), reverse=reverse)
            assert browser.run("return shownWorks.map(work => work.element.id)") == browser.visible()

    def test_the_address_keeps_what_was_asked_for(self, browser: Browser) -> None:
        browser.type("dialogue")
        browser.choose("resource", "dataset")
        browser.run("at('sort').value = 'oldest'; at('sort').dispatchEvent(new Event('change'))")
        until(lambda: browser.driver.current_url.endswith("index.html?q=dialogue&resource=dataset&sort=oldest"))
        before, address = browser.visible(), browser.driver.current_url
        browser.driver.get("about:blank")
        browser.driver.get(address)
        assert browser.visible() == before
        assert len(before) > 3


class TestAnchors:
    def test_an_address_with_a_key_leads_to_the_work(self, browser: Browser) -> None:
        browser.open("index.html#qiu-lan-2025-psydial")
        until(lambda: browser.run("return document.activeElement.id") == "qiu-lan-2025-psydial")
        top = browser.run("return document.activeElement.getBoundingClientRect().top")
        assert 0 <= top < 300

    def test_it_does_so_whatever_was_filtered(self, browser: Browser) -> None:
        browser.type("kokorochat")
        browser.run("location.hash = '#qiu-lan-2025-psydial'")
        until(lambda: browser.run("return document.activeElement.id") == "qiu-lan-2025-psydial")
        assert len(browser.visible()) == 88

    def test_an_anchor_that_means_nothing_does_no_harm(self, browser: Browser) -> None:
        for anchor in ("#nothing", "#%E0%A4%A", "#"):
            browser.open(f"index.html{anchor}")
            assert len(browser.visible()) == 88


class TestCopying:
    def test_bibtex_is_what_cite_writes(self, browser: Browser, store: Store) -> None:
        browser.find(f"#{SOULCHAT} .links button").click()
        until(lambda: browser.text("#said") == "Copied BibTeX")
        (work,) = store.works(store.lookup("works", "key", [SOULCHAT]))
        assert browser.clipboard() == writer("bibtex")([entry_of(work)])

    def test_a_reference_has_its_italics_for_a_word_processor(self, browser: Browser) -> None:
        browser.find(f"#{SOULCHAT} .links button:nth-of-type(2)").click()
        until(lambda: browser.text("#said") == "Copied reference")
        assert browser.clipboard() == "Chen, Y. (2023). SoulChat. Findings & more."
        assert "<i>Findings &amp; more</i>" in browser.clipboard("text/html")

    def test_what_is_not_verified_is_said_and_goes_with_the_copy(self, browser: Browser) -> None:
        browser.find("#kim-etal-2024-large .links button").click()
        until(lambda: "partly verified" in browser.text("#said"))
        assert "annote = {mhlit: record partly verified; unconfirmed: authors}" in browser.clipboard()

    def test_a_page_from_plain_http_copies_without_the_clipboards_interface(self, browser: Browser) -> None:
        browser.run("Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})")
        browser.find("#qiu-lan-2025-psydial .links button").click()
        until(lambda: browser.text("#said") == "Copied BibTeX")
        assert browser.run("return document.activeElement.textContent") == "Copied BibTeX"
        browser.open()
        assert browser.clipboard().startswith("@inproceedings{qiu-lan-2025-psydial,")

    def test_a_refusal_is_said(self, browser: Browser) -> None:
        refuse = "navigator.clipboard.writeText = () => Promise.reject(new Error('no'))"
        browser.run(refuse)
        browser.find("#qiu-lan-2025-psydial .links button").click()
        until(lambda: browser.text("#said") == "Not copied: the browser refused")

    def test_all_that_are_shown_are_copied_and_no_others(self, browser: Browser, store: Store) -> None:
        browser.type("kokorochat")
        shown = browser.visible()
        browser.find("#copy-all").click()
        until(lambda: browser.text("#said") == f"Copied BibTeX of {len(shown)}")
        works = [store.works(store.lookup("works", "key", [key]))[0] for key in shown]
        assert browser.clipboard() == writer("bibtex")(entry_of(work) for work in works)

    def test_they_are_saved_as_a_file(self, browser: Browser, store: Store) -> None:
        browser.cdp("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(browser.folder / "saved"))
        browser.find("#save-all").click()
        file = browser.folder / "saved" / "mhlit.bib"
        until(lambda: file.exists() and file.stat().st_size > 60_000)
        entries = file.read_text(encoding="utf-8").split("\n@")
        assert len(entries) == 88

    @pytest.mark.parametrize(
        ("format", "ending"), [("bibtex", "bib"), ("ris", "ris"), ("csl-json", "json"), ("markdown", "md")]
    )
    def test_a_format_is_to_the_letter_what_cite_prints_of_every_work(
        self, browser: Browser, store: Store, format: str, ending: str
    ) -> None:
        browser.run(f"at('format').value = '{format}'; at('format').dispatchEvent(new Event('change'))")
        entries = {one.key: entry_of(one) for one in store.works(store.ids(Filters()))}
        written = browser.run("return works.map(({element}) => [element.id, writing.write([element])])")
        assert dict(written) == {key: writer(format)([one]) for key, one in entries.items()}
        assert browser.run("return written()") == writer(format)(entries[key] for key in browser.visible())
        assert browser.text("#save-all") == f"Save as .{ending}"

    def test_the_format_is_what_is_copied_saved_and_kept_in_the_address(self, browser: Browser, store: Store) -> None:
        from selenium.webdriver.support.select import Select

        Select(browser.find("#format")).select_by_visible_text("RIS")
        until(lambda: browser.driver.current_url.endswith("?format=ris"))
        browser.driver.get(browser.driver.current_url)
        assert browser.text(f"#{SOULCHAT} .links button") == "Copy RIS"
        browser.find(f"#{SOULCHAT} .links button").click()
        until(lambda: browser.text("#said") == "Copied RIS")
        (work,) = store.works(store.lookup("works", "key", [SOULCHAT]))
        assert browser.clipboard() == writer("ris")([entry_of(work)])
        browser.cdp("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(browser.folder / "saved"))
        browser.find("#save-all").click()
        file = browser.folder / "saved" / "mhlit.ris"
        until(lambda: file.exists() and file.read_bytes().count(b"ER  - \r\n") == 88)

    def test_a_works_own_page_copies_too(self, browser: Browser) -> None:
        browser.open(f"works/{SOULCHAT}.html")
        browser.find(".links button").click()
        until(lambda: browser.text("#said") == "Copied BibTeX")
        assert browser.clipboard().startswith(f"@inproceedings{{{SOULCHAT},")


class TestKeyboardAndTheme:
    def test_escape_empties_the_search_and_down_goes_to_the_first_work(self, browser: Browser) -> None:
        from selenium.webdriver.common.keys import Keys

        browser.type("kokorochat")
        browser.find("#query").send_keys(Keys.ARROW_DOWN)
        assert browser.run("return document.activeElement.id") == "qi-etal-2025-kokorochat"
        browser.find("#query").send_keys(Keys.ESCAPE)
        assert len(browser.visible()) == 88

    def test_the_first_tab_skips_to_the_works(self, browser: Browser) -> None:
        from selenium.webdriver.common.keys import Keys

        browser.find("body").send_keys(Keys.TAB)
        assert browser.run("return document.activeElement.textContent") == "Skip to the works"
        browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
        assert browser.run("return document.activeElement.id") == "works"

    def test_the_theme_is_the_systems_or_the_readers_and_is_kept(self, browser: Browser) -> None:
        colour = "return getComputedStyle(document.body).backgroundColor"
        light = browser.run(colour)
        browser.look(theme="dark")
        dark = browser.run(colour)
        assert light != dark
        browser.find("#theme").click()
        assert (browser.text("#theme"), browser.run(colour)) == ("Theme: light", light)
        browser.open()
        assert (browser.text("#theme"), browser.run(colour)) == ("Theme: light", light)

    def test_without_a_script_every_work_is_there(self, browser: Browser) -> None:
        browser.cdp("Emulation.setScriptExecutionDisabled", value=True)
        try:
            browser.open()
            shown = browser.driver.find_elements("css selector", ".work")
            assert len(shown) == 88
            assert not browser.find("#controls").is_displayed()
        finally:
            browser.cdp("Emulation.setScriptExecutionDisabled", value=False)


class TestLayout:
    @pytest.mark.parametrize("page", ["index.html", f"works/{SOULCHAT}.html", "works/kim-etal-2024-large.html"])
    @pytest.mark.parametrize("width", [320, 390, 768, 1024, 1600])
    def test_nothing_is_cut_at_the_side(self, browser: Browser, page: str, width: int) -> None:
        browser.look(width)
        browser.open(page)
        browser.run("for (const one of document.querySelectorAll('details')) one.open = true")
        assert browser.run("return document.documentElement.scrollWidth") <= width
        cut = browser.run(
            "return [...document.querySelectorAll('body *')].filter(e => e.offsetParent && !e.closest('pre')"
            " && e.getBoundingClientRect().right > innerWidth + 1 && e.getBoundingClientRect().width > 1)"
            ".map(e => e.outerHTML.slice(0, 80))"
        )
        assert cut == []

    def test_on_paper_there_are_works_and_no_controls(self, browser: Browser) -> None:
        browser.look(media="print")
        assert len(browser.visible()) == 88
        for selector in ("#controls", ".bar", ".links", ".tags", "#theme"):
            assert not browser.find(selector).is_displayed()
        assert browser.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@needs_axe
class TestAccessibility:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize(
        ("page", "width"),
        [
            ("index.html", 1280),
            ("index.html", 390),
            ("works/kim-etal-2024-large.html", 1280),
            (f"works/{SOULCHAT}.html", 390),
        ],
    )
    def test_axe_finds_no_violation(self, browser: Browser, page: str, width: int, theme: str) -> None:
        browser.look(width, theme)
        browser.open(page)
        browser.run("for (const one of document.querySelectorAll('details')) one.open = true")
        assert violations(browser) == []

    def test_nor_where_something_was_searched_or_nothing_found(self, browser: Browser) -> None:
        browser.type("emapthy")
        assert violations(browser) == []
        browser.type("zzzqqqxxx")
        assert violations(browser) == []

    def test_the_check_finds_what_is_wrong(self, browser: Browser) -> None:
        browser.run("document.querySelector('#query').closest('label').replaceWith(document.querySelector('#query'))")
        browser.run("document.querySelector('#query').placeholder = ''")
        assert "label" in {rule for rule, _ in violations(browser)}


def violations(browser: Browser) -> list[tuple[str, str]]:
    """Return the rules that axe-core finds broken, best practices among them, each with the first place."""
    browser.run(axe_core())
    found = browser.driver.execute_async_script(
        "const done = arguments[0]; axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
        " 'best-practice']}).then(result => done(result.violations.map(v => [v.id, v.nodes[0].html])))"
    )
    return [(rule, place) for rule, place in found]


def test_a_hostile_record_runs_nothing_and_asks_nobody(started: Browser, tmp_path: Path) -> None:
    from mhlit.catalog.source import read_catalog

    attack = (
        "</script><script>document.title='taken'</script><img src=https://example.org/x onerror=document.title='taken'>"
    )
    catalog = read_catalog(DATA / "catalog")
    work = catalog.works[0]
    record = work.preferred._replace(title=attack, venue=attack, url="javascript:document.title='taken'")
    evil = work._replace(record=record, summary=attack, topics=(attack,), aliases=(attack,))
    store = stored(Catalog((evil,), catalog.vocabulary))
    write_site(tmp_path / "evil", pages(store, store.ids(Filters()), {}))
    started.logged(), started.asked_for()  # what went before does not count
    for page in ("index.html", f"works/{work.key}.html"):
        started.driver.get(f"{(tmp_path / 'evil').as_uri()}/{page}")
        assert "taken" not in started.driver.title.split("<")[0]
    assert started.driver.title.startswith("</script>")
    assert started.logged() == []
    assert [url for url in started.asked_for() if "example.org" in url] == []


def test_formats_hold_for_whatever_a_library_may_have(started: Browser, tmp_path: Path) -> None:
    people = (Name("Maaten", "Jo", "van der"), Name("King", "M. L.", suffix="Jr."), Name(literal="WHO, Group & Co"))
    records = (
        Record(
            Version.VERSION_OF_RECORD, "inbook", "1. *Ä* [β] <b> & &amp; “so?”", people, PartialDate(2025, 4, 3),
            editors=(Name("Gómez", "Ana"), Name(literal="A Society")), container_title="A_b | c", volume="4", issue="2",
            pages="e1-e9", publisher="Press", publisher_place="Köln", collection_title="Series", pdf="https://x.org/(a)",
            identifiers=(Identifier("isbn", "978-3-16-148410-0"),), venue="V",
        ),
        Record(Version.VERSION_OF_RECORD, "article", "No author", (), editors=people[:1], venue="V", issue="3", container_title="J"),
        Record(Version.PREPRINT, "misc", "Elsewhere", people[:2], PartialDate(2024), server="PsyArXiv", url="https://x.org/1"),
    )  # fmt: skip
    works = tuple(
        Work(
            f"odd-2025-{place}",
            None if one.version is Version.PREPRINT else one,
            one if one.version is Version.PREPRINT else None,
            Provenance(Status.VERIFIED),
        )
        for place, one in enumerate(records)
    )
    store = stored(Catalog(works, {}))
    write_site(tmp_path / "odd", pages(store, store.ids(Filters()), {}))
    started.driver.get((tmp_path / "odd" / "index.html").as_uri())
    for format in ("bibtex", "ris", "csl-json", "markdown"):
        texts = started.run(f"return works.map(one => FORMATS['{format}'].write([one.element]))")
        assert texts == [writer(format)([entry_of(work)]) for work in works]
