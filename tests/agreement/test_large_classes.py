"""A class in parts of some coders each: the same numbers as all coders at once."""

import dataclasses

import numpy as np
import pytest
from helpers.agreement_samples import random_class

from framingkit.agreement import tracks
from framingkit.agreement.alpha import totals
from framingkit.agreement.exact_spans import exact_span_f1
from framingkit.agreement.heat import class_counts, class_heat
from framingkit.agreement.intervals import agreement_by_coder


def numbers_of(spans):
    heat, counts = class_heat(spans), class_counts(spans)
    sums = totals(heat)
    each = agreement_by_coder(heat, sums)
    arrays = [heat.cuts, heat.counts, heat.readers, counts.cuts, counts.counts, counts.readers]
    arrays += [heat.marked.coder, heat.marked.start, heat.marked.end, heat.marked.first]
    arrays += [each.alpha_without_micro.values, each.with_class_micro.values]
    return [array.tolist() for array in arrays], sums, each.interval_micro, exact_span_f1(spans)


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_parts_give_the_numbers_of_the_whole(seed, complete, monkeypatch):
    spans = random_class(seed, complete, coders=9)
    order = np.argsort(spans.coder, kind="stable")
    columns = ("coder", "label", "start", "end")
    by_coder = dataclasses.replace(spans, **{one: getattr(spans, one)[order] for one in columns})
    whole = numbers_of(spans)
    monkeypatch.setattr(tracks, "_PART", 5)
    assert len([*tracks.parts_of(spans)]) > 1
    assert numbers_of(spans) == numbers_of(by_coder) == whole
