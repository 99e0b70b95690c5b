"""The elements that print variables and terms, and those that group and choose, corrected."""

from typing import Any

from citeproc import model
from citeproc.source import VariableError

from mhlit.cite.csl import typography
from mhlit.cite.csl.element import Element


class Text(Element, model.Text):
    """A variable, a macro, a term or a fixed text."""

    def process(self, item: Any, context: Any = None, **options: Any) -> Any:
        """Return text and language. A macro that is not empty counts as a variable that is not (CSL 1.0.2, group).

        Upstream forgets inside a macro that names are asked for to be sorted by.
        """
        if "macro" not in self.attrib:
            return super().process(item, context, **options)
        context = self if context is None else context
        text = self.get_macro(self.get("macro")).render(item, context, options.get("sort_options"))
        if text:
            self.state().filled += 1
        return text, self.own_style().language

    def _variable(self, item: Any, context: Any) -> Any:
        """Return a variable's text, unless it stood in for missing names. Upstream prints such a title twice."""
        variable = self.get("variable")
        state = self.state()
        if variable != "year-suffix":  # which is the style's, not the item's
            state.called += 1
        if variable in state.suppressed:
            return None
        return state.called_with(super()._variable(item, context), variable)

    def quote(self, text: Any) -> Any:
        """Return text in quotes, as marks: inner quotes and American punctuation are settled when all is assembled.

        Upstream ignores punctuation-in-quote and leaves the quotes of a quoted title as they are.
        """
        if self.get("quotes", "false") == "true":
            return typography.OPEN + text + typography.CLOSE
        return text


class Number(Element, model.Number):
    """A number variable."""

    def process(self, item: Any, context: Any = None, **options: Any) -> Any:
        """Return the number. Upstream looks up a name with hyphens as it stands, so number-of-pages is never found."""
        variable = self.get("variable")
        state = self.state()
        state.called += 1
        if variable in state.suppressed:
            return None
        if variable in ("locator", "page-first"):
            text = super().process(item, context, **options)
        else:
            text = self._process(item.reference[variable.replace("-", "_")], variable)
        return state.called_with(text, variable)

    def format_number(self, number: Any) -> Any:
        """Return a number in its form. Upstream takes English suffixes where a locale's own is empty: "2nd 版"."""
        if self.get("form") == "ordinal" and self.once("ordinal", self._suffix) == "":
            return number
        return super().format_number(number)

    def _suffix(self) -> str | None:
        """Return the suffix of ordinals in the first locale that has one, be it empty; None where none has."""
        for locale in self.own_style().locales:
            try:
                return str(locale.get_term("ordinal").single)
            except IndexError:
                continue
        return None


class Date(Element, model.Date):
    """A date of an item, or a form of dates of a locale."""

    def render_single_date(self, date: Any, show_parts: Any = None, context: Any = None) -> Any:
        """Return a date. Upstream forgets a localized date's own delimiter ("2024Oct27")."""
        parts = self.parts(date, show_parts, None if context is self else context)
        if not parts:
            return None
        own = context is None or self.get("delimiter") is not None or not self.is_locale_date()
        return (self if own else context).join(parts)

    def process(self, item: Any, *arguments: Any, **options: Any) -> Any:
        """Return the date, unless it stood in for missing names."""
        variable = self.get("variable")
        if not variable:  # a locale's form of dates, asked by the date of a style
            return super().process(item, *arguments, **options)
        state = self.state()
        state.called += 1
        if variable in state.suppressed:
            return None
        return state.called_with(super().process(item, *arguments, **options), variable)


class DatePart(Element, model.Date_Part):
    """A day, month or year of a date."""

    def process(self, date: Any, context: Any = None) -> Any:
        """Return the part; the letter that tells two works of a year apart follows the first year that is shown.

        Upstream knows no such letter. A style that has a place of its own for it does not come here with one.
        """
        text = super().process(date, context)
        state = self.state()
        if self.get("name") == "year" and "suffix" in date and not state.suffix_shown:
            state.suffix_shown = True
            return text + date["suffix"]
        return text


class Label(Element, model.Label):
    """The label of a number, a locator or a role."""

    def process(self, item: Any, variable: Any = None, *arguments: Any, **options: Any) -> Any:
        """Return the label. Upstream prints that of a number which the item has not ("Edition.")."""
        named = self.get("variable")
        if variable is None and named != "locator" and not item.reference.get(named.replace("-", "_")):
            return None
        return super().process(item, variable, *arguments, **options)

    def _is_plural(self, item: Any) -> bool:
        """Tell whether the content is plural. Upstream raises an error for number-of-pages and number-of-volumes."""
        variable = self.get("variable")
        if not variable.startswith("number-of"):
            return bool(super()._is_plural(item))
        value = str(item.reference.get(variable.replace("-", "_"), ""))
        return value.isdecimal() and int(value) > 1


class Group(Element, model.Group):
    """Parts that are printed together, and not at all where they call variables and all of these are empty."""

    def process(self, item: Any, context: Any = None, **options: Any) -> Any:
        """Return the parts. Upstream asks what might be called in any branch, so that terms are left standing alone."""
        state = self.state()
        called, filled = state.called, state.filled
        texts = []
        for child in self:
            inherited = {"delimiter": self.get("delimiter", "")} if isinstance(child, model.Choose) else {}
            try:
                texts.append(child.render(item, context=context, **options, **inherited))
            except VariableError:
                continue
        present = [text for text in texts if text is not None]
        if not present or (state.called > called and state.filled == filled):
            raise VariableError
        state.filled += 1
        return self.join(present)


class If(Element, model.If):
    """A condition."""

    def render(self, item: Any, *arguments: Any, **options: Any) -> Any:
        """Render what is inside where the condition holds. Upstream takes disambiguate="true" as always true."""
        if self.get("disambiguate") == "true" and item.key not in self.state().ambiguous:
            raise model.ConditionFailed
        return super().render(item, *arguments, **options)


class ElseIf(If, model.Else_If):
    """A condition that is looked at where those before it do not hold."""


ELEMENTS = {
    "text": Text,
    "number": Number,
    "date": Date,
    "date-part": DatePart,
    "label": Label,
    "group": Group,
    "if": If,
    "else-if": ElseIf,
}
