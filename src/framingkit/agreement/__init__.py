"""How far readers agree, in numbers: a whole class, or two people.

What needs numpy is loaded when it is first used, because two people can be compared without it.
"""

import importlib
from typing import TYPE_CHECKING, Any

from framingkit.agreement.coefficients import (
    Coefficient,
    Interval,
    alpha_words,
    change_words,
    interval_words,
    shared_words,
    t_quantile,
    two_places,
)
from framingkit.agreement.ordinal import ordinal_alpha
from framingkit.agreement.pairs import PairAgreement, compare_pair
from framingkit.agreement.sets import check_people, check_text

if TYPE_CHECKING:
    from framingkit.agreement.columns import (
        SHORT,
        ClassSpans,
        TagColumns,
        class_spans,
        section_readers,
    )
    from framingkit.agreement.contests import Contest, contest_html, contest_words
    from framingkit.agreement.exact_spans import exact_span_f1
    from framingkit.agreement.heat import class_heat, class_map
    from framingkit.agreement.intervals import PerCoder, jackknife_interval
    from framingkit.agreement.maps import (
        LEVELS,
        MAP_STYLE,
        HeatMap,
        ShadedWords,
        class_map_html,
        cut_line,
        fewest,
        map_key_html,
        marked_words,
    )
    from framingkit.agreement.plain import SMALL_CLASS, PlainClass, plain_class
    from framingkit.agreement.sides import Side, is_split, sides_at
    from framingkit.agreement.splits import class_contests
    from framingkit.agreement.whole_class import (
        Agreement,
        CodeAgreement,
        measure_agreement,
        used_codes,
    )

_MODULES = (
    "maps", "contests", "plain",
    "columns", "heat", "sides", "splits", "exact_spans", "intervals", "whole_class",
)  # fmt: skip
"""Where a name may be: first what needs no numpy, because in a browser there is none."""


def __getattr__(name: str) -> Any:
    """Find a name in the modules that are loaded when they are first used."""
    for module in _MODULES if not name.startswith("_") else ():
        home = importlib.import_module(f"{__name__}.{module}")
        if name in vars(home):
            return getattr(home, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
