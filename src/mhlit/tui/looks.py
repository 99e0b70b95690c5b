"""The two looks, dark and light: colours of which every text stands out from its ground by 4.5 to 1 or more (WCAG)."""

from typing import NamedTuple

from rich.theme import Theme as Styles
from textual.theme import Theme


class Look(NamedTuple):
    """The colours of the widgets, and the styles of what Rich draws in them."""

    theme: Theme
    styles: Styles


def _look(name: str, colours: dict[str, str]) -> Look:
    """Return a look, given the colour of each part."""
    theme = Theme(
        name=f"mhlit-{name}",
        dark=name == "dark",
        primary=colours["primary"],
        accent=colours["accent"],
        success=colours["good"],
        warning=colours["doubt"],
        error=colours["wrong"],
        foreground=colours["text"],
        background=colours["ground"],
        surface=colours["surface"],
        panel=colours["panel"],
        variables={
            "text-muted": colours["quiet"],
            "text-disabled": colours["quiet"],
            "text-accent": colours["accent"],
            "text-success": colours["good"],
            "text-warning": colours["doubt"],
            "text-error": colours["wrong"],
            "footer-key-foreground": colours["accent"],
            "footer-description-foreground": colours["text"],
            "button-color-foreground": "#ffffff",
            "block-cursor-foreground": colours["text"],
            "block-cursor-background": colours["cursor"],
            "cursor-line": colours["cursor"],
        },
    )
    named = {name: colours[name] for name in ("quiet", "good", "doubt", "wrong")}
    bold = {"match": f"bold {colours['match']}", "heading": "bold", "label": "bold"}
    return Look(theme, Styles({**named, **bold, "key": colours["accent"], "bar": colours["accent"]}))


LOOKS = {
    "dark": _look(
        "dark",
        {
            "text": "#e4e4e4",
            "ground": "#121212",
            "surface": "#1e1e1e",
            "panel": "#263038",
            "cursor": "#143a58",
            "quiet": "#a8a8a8",
            "primary": "#0b5fa5",
            "accent": "#7cc4f5",
            "match": "#ff8ac4",
            "good": "#7fd496",
            "doubt": "#ffb454",
            "wrong": "#ff8f8f",
        },
    ),
    "light": _look(
        "light",
        {
            "text": "#1c1c1c",
            "ground": "#ffffff",
            "surface": "#f1f3f5",
            "panel": "#e1e6ea",
            "cursor": "#d3e6f6",
            "quiet": "#5a5f64",
            "primary": "#0b5fa5",
            "accent": "#0a4f8f",
            "match": "#a3195b",
            "good": "#1c6a34",
            "doubt": "#7d4300",
            "wrong": "#a8201a",
        },
    ),
}
