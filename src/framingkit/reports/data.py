"""The report on a class for programs: the numbers of the page, as plain data for JSON.

``data/schemas/class-report.json`` describes every field.
"""

from collections.abc import Sequence
from typing import Any

from framingkit.agreement import CodeAgreement, Coefficient, Contest, Interval, ShadedWords
from framingkit.hand_ins import SMALLEST_GROUP
from framingkit.reports.changes import AgreementChange, TextChanges
from framingkit.reports.questions import ItemResult, PointCounts, PrePost
from framingkit.reports.report import BeforeAfter, Report
from framingkit.reports.text import TextReport, frequent

REPORT_FORMAT, REPORT_VERSION = "framingkit class report", 1


def report_to_data(report: Report) -> dict[str, Any]:
    """Turn a report into plain data; where the page is silent, a field is None or empty."""
    return {
        "format": REPORT_FORMAT,
        "schema": REPORT_VERSION,
        "learners": report.learners,
        "hand_ins": report.hand_ins,
        "code_names": list(report.names),
        "texts": [_text(one) for one in report.texts],
        "other_texts": [
            {"id": one.id, "codebook": one.codebook, "learners": one.learners}
            for one in report.other_texts
        ],
        "own_texts": report.own_texts,
        "items": [_item(one) for one in report.items],
        "tests": _tests(report.tests),
        "comparison": _comparison(report.comparison) if report.comparison else None,
    }


def _text(report: TextReport) -> dict[str, Any]:
    found = report.map
    by_label = zip(report.codes, found.by_label, strict=True) if found else ()
    return {
        "id": report.document.id,
        "sha256": report.document.sha256,
        "learners": report.learners,
        "tags": report.tags,
        "readers": report.readers,
        "incomplete": report.incomplete,
        "overall": _agreement(report.overall),
        "exact_span_f1": _coefficient(report.exact),
        "codes": [_agreement(one) for one in report.by_code],
        "map": _words(found.tagged) if found else [],
        "map_by_code": {code.id: _words(words) for code, words in by_label},
        "contests": [_contest(one) for one in report.contests],
    }


def _agreement(one: CodeAgreement) -> dict[str, Any]:
    return {
        "code": one.code.id if one.code else None,
        "learners": one.learners,
        "tags": one.tags,
        "positive": _coefficient(one.positive),
        "alpha": _coefficient(one.alpha),
        "interval": _interval(one.interval),
    }


def _coefficient(one: Coefficient) -> dict[str, Any]:
    return {"value": _rounded(one.value), "reason": one.reason}


def _interval(one: Interval) -> dict[str, Any]:
    return {"low": _rounded(one.low), "high": _rounded(one.high), "reason": one.reason}


def _rounded(value: float | None) -> float | None:
    """Round to six places: the last digits of a float may differ between computers."""
    return None if value is None else round(value, 6)


def _words(words: Sequence[ShadedWords]) -> list[dict[str, int]]:
    return [
        {"start": one.start, "end": one.end, "learners": one.coders, "readers": one.readers}
        for one in frequent(words)
    ]


def _contest(one: Contest) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "sentence": one.sentence,
        "start": one.start,
        "end": one.end,
        "readers": one.readers,
        "readings": [
            {
                "start": variant.span.start,
                "end": variant.span.end,
                "code": variant.span.label,
                "learners": variant.coders,
            }
            for variant in one.variants
        ],
        "further": one.further,
        "silent": one.silent,
    }


def _item(one: ItemResult) -> dict[str, Any]:
    enough = one.answered >= SMALLEST_GROUP
    chosen = zip(one.item.options, one.options, strict=True)
    right, partly, wrong = one.marks
    return {
        "id": one.item.id,
        "lesson": one.item.lesson,
        "kind": one.item.kind,
        "misconception": one.item.misconception,
        "answered": one.answered,
        "marks": {"right": right, "partly": partly, "wrong": wrong}
        if enough and one.difficulty is not None else None,
        "difficulty": _rounded(one.difficulty) if enough else None,
        "options": {option.id: count for option, count in chosen}
        if enough and one.item.kind in ("choice", "several") else {},
    }  # fmt: skip


def _tests(tests: PrePost) -> dict[str, Any]:
    means = tests.means if tests.both >= SMALLEST_GROUP else None
    before, after = means or (None, None)
    return {
        "before": _test(tests.first, len(tests.before)),
        "after": _test(tests.last, len(tests.after)),
        "both": tests.both,
        "mean_before": _rounded(before),
        "mean_after": _rounded(after),
        "up": tests.up if means else None,
        "down": tests.down if means else None,
    }


def _test(points: PointCounts, questions: int) -> dict[str, Any]:
    found = [points.discrimination(place) for place in range(questions)]
    return {
        "learners": points.learners,
        "discrimination": [{"value": _rounded(one.value), "reason": one.reason} for one in found],
    }


def _comparison(found: BeforeAfter) -> dict[str, Any]:
    return {
        "both": found.both,
        "only_before": found.only_before,
        "only_after": found.only_after,
        "shared": found.shared,
        "texts": [_changes(one) for one in found.texts],
    }


def _changes(one: TextChanges) -> dict[str, Any]:
    return {
        "id": one.document.id,
        "learners": one.learners,
        "once": one.once,
        "changed": one.changed,
        "counts": one.counts,
        "counts_by_code": {code.id: counts for code, counts in one.by_code},
        "relabelled": [
            {"before": first.id, "after": second.id, "tags": count}
            for first, second, count in one.relabelled
        ],
        "overall": _change(one.overall),
        "codes": [_change(row) for row in one.agreement],
    }


def _change(one: AgreementChange) -> dict[str, Any]:
    return {
        "before": _agreement(one.before),
        "after": _agreement(one.after),
        "change": _coefficient(one.change),
        "interval": _interval(one.interval),
    }
