"""How far readers agree, in numbers: a whole class, or two people.

A part is loaded when it is first used, because two people can be compared without numpy.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framingkit.agreement.alpha import krippendorff_alpha as krippendorff_alpha
    from framingkit.agreement.alpha import krippendorff_alpha_micro as krippendorff_alpha_micro
    from framingkit.agreement.alpha import positive_agreement as positive_agreement
    from framingkit.agreement.alpha import positive_agreement_micro as positive_agreement_micro
    from framingkit.agreement.alpha import totals as totals
    from framingkit.agreement.coefficients import Coefficient as Coefficient
    from framingkit.agreement.coefficients import Interval as Interval
    from framingkit.agreement.coefficients import alpha_words as alpha_words
    from framingkit.agreement.coefficients import change_words as change_words
    from framingkit.agreement.coefficients import interval_words as interval_words
    from framingkit.agreement.coefficients import shared_words as shared_words
    from framingkit.agreement.coefficients import two_places as two_places
    from framingkit.agreement.columns import ClassSpans as ClassSpans
    from framingkit.agreement.columns import TagColumns as TagColumns
    from framingkit.agreement.columns import class_spans as class_spans
    from framingkit.agreement.columns import section_readers as section_readers
    from framingkit.agreement.contests import ClassReading as ClassReading
    from framingkit.agreement.contests import Contest as Contest
    from framingkit.agreement.contests import class_contests as class_contests
    from framingkit.agreement.contests import contest_html as contest_html
    from framingkit.agreement.contests import contest_lines as contest_lines
    from framingkit.agreement.contests import prompt as prompt
    from framingkit.agreement.contests import sentence_of as sentence_of
    from framingkit.agreement.exact_spans import exact_span_f1 as exact_span_f1
    from framingkit.agreement.heat import ClassHeat as ClassHeat
    from framingkit.agreement.heat import class_heat as class_heat
    from framingkit.agreement.intervals import CoderAgreement as CoderAgreement
    from framingkit.agreement.intervals import PerCoder as PerCoder
    from framingkit.agreement.intervals import agreement_by_coder as agreement_by_coder
    from framingkit.agreement.intervals import jackknife_interval as jackknife_interval
    from framingkit.agreement.maps import LEVELS as LEVELS
    from framingkit.agreement.maps import MAP_STYLE as MAP_STYLE
    from framingkit.agreement.maps import HeatMap as HeatMap
    from framingkit.agreement.maps import ShadedWords as ShadedWords
    from framingkit.agreement.maps import class_map as class_map
    from framingkit.agreement.maps import class_map_html as class_map_html
    from framingkit.agreement.maps import cut_line as cut_line
    from framingkit.agreement.maps import map_key_html as map_key_html
    from framingkit.agreement.pairs import PairAgreement as PairAgreement
    from framingkit.agreement.pairs import compare_pair as compare_pair
    from framingkit.agreement.whole_class import Agreement as Agreement
    from framingkit.agreement.whole_class import CodeAgreement as CodeAgreement
    from framingkit.agreement.whole_class import measure_agreement as measure_agreement
    from framingkit.agreement.whole_class import used_codes as used_codes

_HOMES = {
    "Agreement": "whole_class",
    "ClassHeat": "heat",
    "ClassReading": "contests",
    "ClassSpans": "columns",
    "CodeAgreement": "whole_class",
    "CoderAgreement": "intervals",
    "Coefficient": "coefficients",
    "Contest": "contests",
    "HeatMap": "maps",
    "Interval": "coefficients",
    "LEVELS": "maps",
    "MAP_STYLE": "maps",
    "PairAgreement": "pairs",
    "PerCoder": "intervals",
    "ShadedWords": "maps",
    "TagColumns": "columns",
    "agreement_by_coder": "intervals",
    "alpha_words": "coefficients",
    "change_words": "coefficients",
    "class_contests": "contests",
    "class_heat": "heat",
    "class_map": "maps",
    "class_map_html": "maps",
    "class_spans": "columns",
    "compare_pair": "pairs",
    "contest_html": "contests",
    "contest_lines": "contests",
    "cut_line": "maps",
    "exact_span_f1": "exact_spans",
    "interval_words": "coefficients",
    "jackknife_interval": "intervals",
    "krippendorff_alpha": "alpha",
    "krippendorff_alpha_micro": "alpha",
    "map_key_html": "maps",
    "measure_agreement": "whole_class",
    "positive_agreement": "alpha",
    "positive_agreement_micro": "alpha",
    "prompt": "contests",
    "section_readers": "columns",
    "sentence_of": "contests",
    "shared_words": "coefficients",
    "totals": "alpha",
    "two_places": "coefficients",
    "used_codes": "whole_class",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> Any:
    """Load a name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
