"""What a platform gives or takes for each of several options: ticking all earns nothing."""

from decimal import Decimal

GRADES = {
    1: "100", 2: "50", 3: "33.33333", 4: "25", 5: "20", 6: "16.66667", 7: "14.28571",
    8: "12.5", 9: "11.11111", 10: "10",
}  # fmt: skip
"""Moodle takes a share only if it is one of its own list, with these digits."""

TOO_MANY = "more than ten options fit, or do not fit, and Moodle has no such share of a mark"


def grades(right: int, wrong: int) -> tuple[str, str]:
    """Give the percentage of an option that fits, and of one that does not.

    Examples
    --------
    >>> grades(3, 2)
    ('33.33333', '-50')
    """
    return GRADES[right], f"-{GRADES[wrong]}" if wrong else "0"


def parts(count: int, whole: int = 1) -> list[Decimal]:
    """Cut a whole into equal parts that add up to exactly the whole.

    Examples
    --------
    >>> [str(part) for part in parts(3)]
    ['0.333333', '0.333333', '0.333334']
    """
    if not count:
        return []
    part = (Decimal(whole) / count).quantize(Decimal("0.000001"), "ROUND_DOWN")
    return [part] * (count - 1) + [whole - part * (count - 1)]
