"""Questions as GIFT, a text that Moodle and other tools read."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from framingkit.exchange.asked import MARK, OWNER, PLACES, Asked, blocks_lines, question_lines
from framingkit.exchange.shares import GRADES, TOO_MANY, grades

_SIGNS = re.compile(r"[\\~=#{}:]")


def escape(text: str) -> str:
    r"""Write a text so that no sign in it means something.

    Examples
    --------
    >>> escape("Which ~ fits: A=B?")
    'Which \\~ fits\\: A\\=B?'
    """
    return _SIGNS.sub(r"\\\g<0>", " ".join(text.split()))


def refuses(one: Asked) -> str:
    """Say why GIFT cannot hold a question; nothing if it can."""
    if one.item.kind == "order" and not one.item.scored:
        return "there is no right order, and GIFT needs one"
    if one.item.kind == "order" and any("->" in option.text for option in one.item.options):
        return "an entry has the sign ->, which GIFT reads as its own"
    many = max(len(one.right), len(one.wrong)) not in GRADES
    return TOO_MANY if one.item.kind == "several" and many else ""


def write(questions: Sequence[Asked]) -> bytes:
    """Write a file of GIFT, with a category for each lesson."""
    blocks = [f"// {MARK}"]
    for lesson, group in groupby(questions, lambda one: one.item.lesson):
        blocks.append(f"$CATEGORY: $course$/top/{OWNER}/{lesson}")
        blocks += ["\n".join(_question(one)) for one in group]
    return "\n\n".join([*blocks, ""]).encode()


def _question(one: Asked) -> Iterator[str]:
    ordered = one.item.kind == "order"
    text = _joined(question_lines(one, PLACES if ordered else ""))
    yield f"// [id:{one.key}] [tag:{OWNER}] [tag:{one.item.level}]"
    yield f"::{one.item.id}::[plain]{text}{{"
    yield from _places(one) if ordered else _answers(one)
    after = _joined(blocks_lines(one.read_after()))
    yield f"####{after}}}" if after else "}"


def _joined(lines: list[str]) -> str:
    return r"\n".join(map(escape, lines))


def _answers(one: Asked) -> Iterator[str]:
    """Write the options; the first that counts has the sign that asks for one answer only."""
    fits, other = grades(len(one.right), len(one.wrong)) if one.item.kind == "several" else ("", "")
    for option in one.options:
        counts = option in one.right
        if one.item.kind == "several":
            sign = f"~%{fits if counts else other}%"
        elif counts:
            sign = "=" if option == one.right[0] else "~%100%"
        else:
            sign = "~"
        remark = one.remark(option)
        yield sign + escape(option.text) + (f"#{escape(remark)}" if remark else "")


def _places(one: Asked) -> Iterator[str]:
    for option in one.options:
        place = one.item.options.index(option) + 1
        yield f"={escape(option.text)} -> {place}"
