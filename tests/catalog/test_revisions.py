"""Other revisions of the origin lists: the same lines, set otherwise; none is lost, invented or doubled."""

import random
import re
from datetime import date

import pytest

from mhlit.catalog.source import Catalog
from mhlit.cli.syncing import synced
from mhlit.model import Work
from tests.catalog.keeping import LISTS
from tests.check.listings import listed

# How a line may be set: `title` is the work's, `name` what stands before its colon, `line` the line as listed.
REVISIONS = {
    "bullets": "- {line}\n",
    "numbers": "1. {line}\n",
    "no blank lines": "{line}\n",
    "wrapped": "{wrapped}\n\n",
    "a remark below": "* {line}  \n  Code: [GitHub](https://github.com/made/up)\n",
    "a title above": "* **{title}**\n  * Cite: {line}\n",
    "a heading and a label": "### {title}\n\nSome words about it.\n\nCite: {line}\n\n",
    "a heading and a bold label": "### {title}\n\n**Cite:** {line}\n\n",
    "a heading and a label apart": "#### {title}\n\n**Citation**\n\n{line}\n\n",
    "a heading and code": "### {title}\n\nCite\n```\n{line}\n```\n\n",
    "a linked heading and a quotation": "### [{title}]({url})\n\n> {line}\n\n",
    "a name and items": "### {name}\n\n- About: it does things (2024).\n- Cite: {line}\n- Code: [GitHub](https://github.com/made/up)\n\n",
    "details": "<details><summary>{title}</summary>\n\n{line}\n\n</details>\n\n",
    "rows": "| {line} | x |\n",
}  # fmt: skip


def _set(revision: str, work: Work, line: str) -> str:
    bold = re.match(r"\*\*(.+?)\*\*", line)
    title = bold.group(1) if bold else work.preferred.title
    return REVISIONS[revision].format(
        title=title,
        name=work.preferred.title.partition(":")[0],
        line=line,
        wrapped=line.replace(". ", ".\n", 1),
        url=work.preferred.url or work.preferred.pdf,
    )


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("revision", REVISIONS)
def test_no_line_of_a_revision_is_lost_invented_or_doubled(catalog: Catalog, revision: str, name: str) -> None:
    rows = listed(catalog, name)
    out = {work.key for work, _ in random.Random(revision).sample(rows, 12)}
    there = Catalog(tuple(work for work in catalog.works if work.key not in out), catalog.vocabulary, catalog.synonyms)
    head = "| Paper | Note |\n|---|---|\n" if revision == "rows" else ""
    lines = "".join(_set(revision, work, row.as_listed) for work, row in rows)
    text = f"# {name}\n\n## Things of a section\n\n{head}{lines}\n## License\n\nMIT\n"
    report = synced("-", text.encode("utf-8"), there, name, date(2026, 12, 1))
    assert [one.key for one in report.known] == [work.key for work, _ in rows if work.key not in out]
    assert len(report.new) == len([work for work, _ in rows if work.key in out])
    assert all(one.document for one in report.new)
    assert len({one.key for one in report.new}) == len(out)
    assert (report.unread, report.gone) == ((), ())
