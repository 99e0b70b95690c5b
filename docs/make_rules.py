"""Write docs/rules.md from the rules themselves; `--check` only tells whether it is up to date."""

import sys
from pathlib import Path
from textwrap import fill

from mhlit.check import rules
from mhlit.check.rule import RULES, Rule, Scope

PAGE = Path(__file__).parent / "rules.md"
assert rules  # imported for what it registers
LOOKS_AT = {
    Scope.WORK: "known works",
    Scope.REFERENCE: "any reference",
    Scope.BIBLIOGRAPHY: "any file",
    Scope.READING: "any file",
}
HEAD = """# Rules

What `mhlit check` looks for, by `docs/make_rules.py` from the rules themselves. [Check](check.md) says how they are
chosen, silenced and mended. A rule about known works speaks of the catalog's, and with `--online` of those that sources
know; where a record is not fully verified, or the field in question is not confirmed, what it says is `info`.

| rule | severity | looks at | finds |
|---|---|---|---|
"""


def page() -> str:
    """Return the whole page."""
    rows = (
        f"| [`{one.id}`](#{one.id}) | {one.severity} | {LOOKS_AT[one.scope]} | {one.what} |\n" for one in RULES.values()
    )
    table = "".join(rows)
    return HEAD + table + "".join(map(section, RULES.values()))


def section(rule: Rule) -> str:
    """Return what is told of a rule."""
    told = fill(f"{rule.what} {rule.why}", 120, break_long_words=False, break_on_hyphens=False)
    return f"\n## {rule.id}\n\n{told}\n\n```text\n{rule.example}\n```\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text(encoding="utf-8") != page() and "docs/rules.md is not what docs/make_rules.py writes")
    PAGE.write_text(page(), encoding="utf-8")
