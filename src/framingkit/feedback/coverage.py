"""Two to four texts on one event side by side, as tables and charts.

Nothing here says which text is better. A comparison shows what was chosen: how many devices of
which kind, which frames, whose voices, and what is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from framingkit.base import (
    Group,
    GroupedFigure,
    Html,
    chip_html,
    counted,
    element,
    grouped_bars,
    passage_html,
    table_html,
)
from framingkit.course import Codebook, Event, check_quote
from framingkit.errors import FramingkitError
from framingkit.feedback.counterparts import WAYS, side_by_side, word_rows
from framingkit.feedback.counts import LabelCount
from framingkit.feedback.coverage_rows import (
    NO_PART,
    CountRow,
    Report,
    Row,
    claim_rows,
    code_rows,
    frame_rows,
    left_out_rows,
    order_rows,
    section_rows,
    sections_of,
    voice_counts,
    voice_rows,
)
from framingkit.feedback.passages import narrow_html

FEWEST, MOST = 2, 4
UNIT = "tags per 100 words"
CHARTS = ("devices by code", "devices by section", "voices")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Some texts on one event with the tags and frames of each, compared row by row.

    Without an event there are no claims and no voices: nobody has written down who tells what.
    """

    reports: tuple[Report, ...]
    codebook: Codebook
    event: Event | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be compared."""
        ids = [report.document.id for report in self.reports]
        if not FEWEST <= len(ids) <= MOST or len(set(ids)) < len(ids):
            raise FramingkitError(
                f"A comparison needs {FEWEST} to {MOST} different texts, but got "
                f"{', '.join(map(repr, ids)) or 'none'}. Name each text once."
            )
        for report in self.reports:
            for span in report.spans:
                self.codebook.code(span.label)
                if span.quote:
                    check_quote(span, report.document.text)
            if self.event:
                self.event.check(report.document)

    def __repr__(self) -> str:
        """Return the names of the texts, the same on every run."""
        return f"Coverage: {', '.join(self.names)}"

    def _repr_html_(self) -> str:
        return coverage_html(self)

    @property
    def names(self) -> tuple[str, ...]:
        """What the texts are called."""
        return tuple(report.name for report in self.reports)

    @property
    def by_code(self) -> tuple[CountRow, ...]:
        """Tags of each code that any of the texts has."""
        return code_rows(self.reports, self.codebook)

    @property
    def by_section(self) -> tuple[CountRow, ...]:
        """Tags of each section that any of the texts has."""
        return section_rows(self.reports)

    @property
    def order(self) -> tuple[Row, ...]:
        """At which place each text has a section."""
        return order_rows(self.reports)

    @property
    def frames(self) -> tuple[Row, ...]:
        """Frames of each section."""
        return frame_rows(self.reports, self.codebook)

    @property
    def claims(self) -> tuple[Row, ...]:
        """How each text tells what the event is known for."""
        return claim_rows(self.reports, self.event)

    @property
    def voices(self) -> tuple[Row, ...]:
        """Who speaks in each text."""
        return voice_rows(self.reports, self.event)

    @property
    def left_out(self) -> tuple[Row, ...]:
        """What each text leaves out that another one has."""
        return left_out_rows(self.reports, self.codebook, self.event)

    @property
    def words(self) -> tuple[Row, ...]:
        """The tagged words of each code."""
        return word_rows(self.reports, self.codebook)

    def side_by_side(self, by: str = "") -> dict[str, Any]:
        """Lay the texts out part by part, each mark with its counterparts, as plain data.

        ``by`` is "codes" or "claims" to mark only these.
        """
        return side_by_side(self.reports, self.codebook, self.event, self.check_way(by))

    def check_way(self, by: str) -> str:
        """Return what to mark if it can be marked here.

        Raises
        ------
        FramingkitError
            If it is neither "codes" nor "claims", or nobody has written the claims down.
        """
        if by not in WAYS:
            raise FramingkitError(
                f"Texts are compared by “codes” or by “claims”, but this was {by!r}. Choose one, "
                "or leave it out."
            )
        if by == "claims" and self.event is None:
            raise FramingkitError(
                "Nobody has written down yet who tells what in these texts. Compare them by "
                "“codes”, or write a file like data/events/cable-talks.toml."
            )
        return by

    def figure(self, what: str = CHARTS[0]) -> GroupedFigure:
        """Draw ``"devices by code"``, ``"devices by section"`` or ``"voices"``.

        Raises
        ------
        FramingkitError
            If it is none of these.
        """
        if what not in CHARTS:
            raise FramingkitError(
                f"A chart of a comparison is {_or(CHARTS)}, but this was {what!r}. Choose one."
            )
        if what == "voices":
            return _voices_figure(self)
        rows = self.by_code if what == CHARTS[0] else self.by_section
        title = what[0].upper() + what[1:]
        groups = [_group(row) for row in rows]
        return grouped_bars(title, self.names, groups, _widest(self.names, rows), UNIT)


def _or(choices: Sequence[str]) -> str:
    quoted = [f"“{one}”" for one in choices]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _group(row: CountRow) -> Group:
    numbers = tuple(None if one is None else one.rate for one in row.counts)
    return Group(row.name, numbers, _told(row), row.chip)


def _told(row: CountRow) -> tuple[str, ...]:
    """Tell the counts of a row; the length of a whole text is above its table."""
    return tuple(rate_told(one, is_part=not row.chip) for one in row.counts)


def rate_told(count: LabelCount | None, is_part: bool = True) -> str:
    """Tell a rate with the count, and for a part with the words that it was counted in.

    Examples
    --------
    >>> rate_told(LabelCount("lead", 2, 60)), rate_told(LabelCount("hedge", 2, 211), False)
    ('3.3 (2 in 60 words)', '0.9 (2)')
    """
    if count is None:
        return NO_PART
    within = f" in {counted(count.words, 'word')}" if is_part else ""
    return f"{count.rate} ({count.count}{within})"


def _widest(names: Sequence[str], rows: Sequence[CountRow]) -> str:
    """Say in which row the texts differ most."""
    spread, widest = 0.0, ""
    for row in rows:
        rates = [one.rate for one in row.counts if one is not None]
        if len(rates) > 1 and max(rates) - min(rates) > spread:
            spread = max(rates) - min(rates)
            told = [
                f"{one.rate} in {name}"
                for name, one in zip(names, row.counts, strict=True)
                if one is not None
            ]
            widest = f"{row.name} ({', '.join(told)})"
    if not widest:
        return "The texts do not differ here."
    return (
        f"The texts differ most in {widest}. The table has the number of tags in brackets: in a "
        "short text, one tag more changes a rate much."
    )


def _voices_figure(coverage: Coverage) -> GroupedFigure:
    groups = []
    for row in voice_counts(coverage.reports, coverage.event):
        numbers = tuple(one.count if one else 0 for one in row.counts)
        groups.append(Group(row.name, numbers, tuple(map(str, numbers))))
    caption = "A name helps you to check. It does not make a statement true."
    if not groups:
        caption = "Nobody has written down yet who speaks in these texts."
    return grouped_bars("Who speaks", coverage.names, groups, caption, "voices")


def texts_table(coverage: Coverage, by: str = "") -> Html:
    """Show the texts part by part with their tags, as static HTML; by claims without tags."""
    rows = []
    for section in sections_of(coverage.reports):
        cells = [_part(report, section.id, coverage.codebook, by) for report in coverage.reports]
        rows.append([section.title, *cells])
    return table_html("The texts, part by part", ["Part", *coverage.names], rows)


def _part(report: Report, id: str, codebook: Codebook, by: str) -> str:
    if report.section(id) is None:
        return NO_PART
    return narrow_html(report.document, report.spans if by != "claims" else (), codebook, id)


def coverage_html(coverage: Coverage, by: str = "") -> Html:
    """Show a comparison as tables: what each text has, and what it leaves out."""
    coverage.check_way(by)
    header = ["What", *coverage.names]
    tables = [] if by == "claims" else _code_tables(coverage, header)
    if by != "codes":
        tables += [
            _words("The order of the parts", header, coverage.order),
            _words("Who tells what", header, coverage.claims),
            _words("Who speaks", header, coverage.voices),
        ]
    if not by:
        title = "What each leaves out that another one has"
        tables.append(_words(title, header, coverage.left_out))
    parts = [element("p", sentence) for sentence in about(coverage)]
    return passage_html(*parts, *(table for table in tables if table))


def _code_tables(coverage: Coverage, header: Sequence[str]) -> list[Html | None]:
    by_code, by_section = (
        f"Devices by {what}: tags per 100 words (and tags)" for what in ("code", "section")
    )
    words = "Tagged words by code, with the numbers of their sentences"
    return [
        _counts(by_code, header, coverage.by_code),
        _words(words, header, coverage.words),
        _counts(by_section, header, coverage.by_section),
        _words("Frames by section", header, coverage.frames),
    ]


def about(coverage: Coverage) -> list[str]:
    """Say what is compared, and whose tags are counted."""
    texts = [
        f"{one.name} ({counted(one.words, 'word')}, {counted(len(one.spans), 'tag')}: {one.whose})"
        for one in coverage.reports
    ]
    return [
        f"You compare {', '.join(texts[:-1])} and {texts[-1]}.",
        "No text tells all. Leaving something out, or having fewer tags, is no mistake by itself.",
    ]


def _counts(title: str, header: Sequence[str], rows: Sequence[CountRow]) -> Html | None:
    cells = [[_named(row.name, row.chip), *_told(row)] for row in rows]
    return table_html(title, header, cells) if cells else None


def _words(title: str, header: Sequence[str], rows: Sequence[Row]) -> Html | None:
    cells = [[_named(row.name, row.chip), *row.cells] for row in rows]
    return table_html(title, header, cells) if cells else None


def _named(name: str, chip: str) -> str:
    return element("span", chip_html(chip), f" {name}") if chip else name
