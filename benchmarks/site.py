"""How long the web site's page takes to load and to answer a search, in headless chromium.

    python benchmarks/site.py [--runs 15]

Writes the site of the whole catalog into a temporary folder; needs chromium, chromedriver and selenium.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

QUERIES = ("e", "empathy", "empathy dialogue counseling", "emapthy counselng", "zzzqqq", "")
TYPE = """const [query, runs] = arguments, times = [];
for (let run = 0; run < runs; run++) {
  at("query").value = ""; show();
  const start = performance.now();
  at("query").value = query; show(); document.body.offsetHeight;
  times.push(performance.now() - start);
}
return times"""


def main() -> None:
    """Print the size of the page, its loading time, and the median and the slowest time of each query."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "site" / "index.html"
        subprocess.run([sys.executable, "-m", "mhlit", "site", str(page.parent)], check=True, capture_output=True)
        print(f"{'index.html':32} {page.stat().st_size / 1000:6.0f} kB")
        browser = _browser()
        try:
            loads = [_load(browser, page) for _ in range(runs)]
            _row("load", loads)
            for query in QUERIES:
                _row(f"search {query!r}", browser.execute_script(TYPE, query, runs))
        finally:
            browser.quit()


def _browser() -> Any:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def _load(browser: Any, page: Path) -> float:
    browser.get(page.as_uri())
    return float(browser.execute_script("return performance.getEntriesByType('navigation')[0].duration"))


def _row(name: str, times: list[float]) -> None:
    print(f"{name:32} {statistics.median(times):6.0f} ms {max(times):6.0f} ms at most")


if __name__ == "__main__":
    main()
