"""The report on a class for programs: the numbers of the page, as plain data for JSON.

``data/schemas/class-report.json`` describes every field.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from framingkit.agreement import CodeAgreement, Coefficient, Contest, Interval, ShadedWords
from framingkit.hand_ins import SMALLEST_GROUP
from framingkit.reports.changes import AgreementChange, TextChanges
from framingkit.reports.front import Belief, Split
from framingkit.reports.questions import MARKS, Discrimination, ItemResult, PointCounts, PrePost
from framingkit.reports.report import BeforeAfter, Report
from framingkit.reports.sharper import Sharpness, SharpTally
from framingkit.reports.text import TextReport
from framingkit.reports.ticked import Change, TickTally

_ONE_IN = 100
"""Words are listed if one learner in a hundred tagged them; the page marks fewer of them."""

REPORT_FORMAT, REPORT_VERSION = "framingkit class report", 1


def report_to_data(report: Report) -> dict[str, Any]:
    """Turn a report into plain data; where the page is silent, a field is None or empty."""
    return {
        "format": REPORT_FORMAT,
        "schema": REPORT_VERSION,
        "learners": report.learners,
        "hand_ins": report.hand_ins,
        "code_names": list(report.names),
        "classes": [{"name": name, "learners": count} for name, count in report.classes],
        "texts": list(map(_text, report.texts)),
        "other_texts": list(map(asdict, report.other_texts)),
        "own_texts": report.own_texts,
        "items": list(map(_item, report.items)),
        "tests": _tests(report.tests),
        "comparison": _comparison(report.comparison) if report.comparison else None,
        "front": _front(report),
        "sharper": _sharper(report.sharp, report.ticked),
    }


def _sharper(tally: SharpTally, ticked: TickTally) -> dict[str, Any]:
    changes = {"tests": ticked.test_change} if ticked.tests else {}
    changes |= {"again": ticked.again_change} if ticked.again else {}
    questions = {"now": _sharpness(ticked.snapshot)}
    return {
        "now": _sharpness(tally.snapshot),
        **(_times(tally.change) if tally.pairs else {}),
        "questions": questions | {name: _times(change) for name, change in changes.items()},
        **({"practice": _sharpness(ticked.practice_snapshot)} if ticked.practice else {}),
    }


def _times(change: Change) -> dict[str, Any]:
    names = ("before", "after", "change")
    return {name: _sharpness(one) for name, one in zip(names, change, strict=True)}


def _sharpness(one: Sharpness) -> dict[str, Any]:
    means = {"hits": one.hits, "false_alarms": one.alarms, "d_prime": one.d_prime,
             "criterion": one.criterion}  # fmt: skip
    rounded = {
        name: mean and {"value": _rounded(mean.value), "low": _rounded(mean.low),
                        "high": _rounded(mean.high)}
        for name, mean in means.items()
    }  # fmt: skip
    return {"learners": one.learners, "reason": one.reason, **rounded}


def _front(report: Report) -> dict[str, Any]:
    front, expected = report.front, report.expected
    return {
        "lesson": front.scope.id,
        "begun": front.begun,
        "expected": len(expected.names) if expected else None,
        "missing": len(expected.missing) if expected else None,
        "teach": list(map(_belief, front.teach)),
        "discuss": [_split(one) for one in front.discuss if one.readers],
    }


def _belief(one: Belief) -> dict[str, Any]:
    item = one.result.item
    return {
        "item": item.id,
        "misconception": one.belief.number if one.belief else None,
        "answered": one.answered,
        "not_right": one.wrong,
        "option": item.options[one.instead].id,
        "chose": one.chose,
    }


def _split(one: Split) -> dict[str, Any]:
    sides = [{"code": code.id if code else None, "learners": count} for code, count in one.sides]
    return {
        "sentence": one.sentence, "start": one.start, "end": one.end, "readers": one.readers,
        "sides": sides,
    }  # fmt: skip


def _text(report: TextReport) -> dict[str, Any]:
    shaded = report.map
    by_label = zip(report.codes, shaded.by_label, strict=True) if shaded else ()
    return {
        "id": report.document.id,
        "sha256": report.document.sha256,
        "learners": report.learners,
        "tags": report.tags,
        "readers": report.readers,
        "incomplete": report.incomplete,
        "overall": _agreement(report.overall),
        "exact_span_f1": _number(report.exact),
        "codes": list(map(_agreement, report.by_code)),
        "map": _words(shaded.tagged) if shaded else [],
        "map_by_code": {code.id: _words(words) for code, words in by_label},
        "contests": list(map(_contest, report.contests)),
    }


def _agreement(row: CodeAgreement) -> dict[str, Any]:
    return {
        "code": row.code.id if row.code else None,
        "learners": row.learners,
        "tags": row.tags,
        "positive": _number(row.positive),
        "alpha": _number(row.alpha),
        "interval": _interval(row.interval),
    }


def _number(number: Coefficient | Discrimination) -> dict[str, Any]:
    return {"value": _rounded(number.value), "reason": number.reason}


def _interval(interval: Interval) -> dict[str, Any]:
    low, high = _rounded(interval.low), _rounded(interval.high)
    return {"low": low, "high": high, "reason": interval.reason}


def _rounded(value: float | None) -> float | None:
    """Round to six places: the last digits of a float may differ between computers."""
    return None if value is None else round(value, 6)


def _words(words: Sequence[ShadedWords]) -> list[dict[str, int]]:
    return [
        {"start": stretch.start, "end": stretch.end}
        | {"learners": stretch.coders, "readers": stretch.readers}
        for stretch in words
        if stretch.coders * _ONE_IN >= stretch.readers
    ]


def _contest(contest: Contest) -> dict[str, Any]:
    return {
        "kind": contest.kind,
        "sentence": contest.sentence,
        "start": contest.start,
        "end": contest.end,
        "readers": contest.readers,
        "readings": [
            {
                "start": variant.span.start,
                "end": variant.span.end,
                "code": variant.span.label,
                "learners": variant.coders,
            }
            for variant in contest.variants
        ],
        "further": contest.further,
        "silent": contest.silent,
    }


def _item(result: ItemResult) -> dict[str, Any]:
    item, enough = result.item, result.answered >= SMALLEST_GROUP
    chosen = zip((option.id for option in item.options), result.options, strict=True)
    difficulty = result.difficulty if enough else None
    return {
        "id": item.id,
        "lesson": item.lesson,
        "kind": item.kind,
        "misconceptions": {
            option.id: option.misconception for option in item.options if option.misconception
        },
        "answered": result.answered,
        "marks": None if difficulty is None else dict(zip(MARKS, result.marks, strict=True)),
        "difficulty": _rounded(difficulty),
        "options": dict(chosen) if enough and item.kind in ("choice", "several") else {},
    }


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
    discrimination = [_number(points.discrimination(number)) for number in range(questions)]
    return {"learners": points.learners, "discrimination": discrimination}


def _comparison(comparison: BeforeAfter) -> dict[str, Any]:
    return {
        "both": comparison.both,
        "only_before": comparison.only_before,
        "only_after": comparison.only_after,
        "shared": comparison.shared,
        "texts": list(map(_changes, comparison.texts)),
    }


def _changes(changes: TextChanges) -> dict[str, Any]:
    return {
        "id": changes.document.id,
        "learners": changes.learners,
        "once": changes.once,
        "changed": changes.changed,
        "counts": changes.counts or None,
        "counts_by_code": {code.id: counts for code, counts in changes.by_code},
        "relabelled": [
            {"before": before.id, "after": after.id, "tags": tags}
            for before, after, tags in changes.relabelled
        ],
        "overall": _change(changes.overall),
        "codes": list(map(_change, changes.agreement)),
    }


def _change(row: AgreementChange) -> dict[str, Any]:
    return {
        "before": _agreement(row.before),
        "after": _agreement(row.after),
        "change": _number(row.change),
        "interval": _interval(row.interval),
    }
