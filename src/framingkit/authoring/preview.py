"""The preview: a plain text in which a teacher sees and corrects what was found."""

import re
from dataclasses import replace

from framingkit.authoring.blocks import Block, tidy
from framingkit.authoring.draft import ABOUT, Draft, Part
from framingkit.base import counted
from framingkit.errors import FramingkitError

_LINE = "-------- The text begins below this line. --------"
_MARKS = """\
Correct what is wrong below, and save the file. Signs at the beginning of a line:

  ==   a part begins here; its name is not in the text
  ##   a part begins here, and its name is a heading of the text
  ??   perhaps not part of the article: it is left out. Take the sign away to keep the line.

A star after the name of a part: learners tag this part in the lesson (300 words are enough).
Empty lines divide paragraphs. You may write, move and remove lines and parts.
"""
_SAYS = {
    "title": "as the article has it",
    "source": "who published it, and where: a name, an address",
    "date": "the day it was published; or: unknown",
    "language": "such as: en",
    "rights": "the licence, or on what ground you use it; or: unknown",
}


def preview(draft: Draft, doubtful: list[tuple[int, Block]], warnings: tuple[str, ...] = ()) -> str:
    """Write the preview of a draft.

    Examples
    --------
    >>> draft = Draft({"title": "Fog"}, (Part("Headline", ("Fog",)), Part("Opening", ("Ice.",))))
    >>> "== Opening" in preview(draft, [])
    True
    """
    words = sum(part.words for part in draft.parts)
    head = [f"What was found: {counted(words, 'word')} in {counted(len(draft.parts), 'part')}."]
    head += [f"Look here: {warning}" for warning in warnings]
    if draft.proposed:
        head.append(
            "The text has no headings. Its parts are a proposal, cut by length alone: move and "
            "rename them as the text goes."
        )
    head += ["", _MARKS]
    for name in ABOUT:
        hint = f"   ({_SAYS[name]})" if not draft.about.get(name) else ""
        says = draft.says.get(name, "")
        seen = f"   [the page says: {says}]" if says and not draft.about.get(name) else ""
        head.append(f"{name}: {draft.about.get(name, '')}{hint}{seen}")
    return "\n".join([*head, "", _LINE, "", *_body(draft, doubtful)]) + "\n"


def _body(draft: Draft, doubtful: list[tuple[int, Block]]) -> list[str]:
    lines: list[str] = []
    waiting, count = [*doubtful], 0
    for part in draft.parts:
        star = " *" if part.tagged else ""
        lines += [f"{'##' if part.is_heading else '=='} {part.name}{star}", ""]
        is_head = not count and part.name == "Headline"
        for paragraph in part.paragraphs:
            if not is_head:
                lines += _doubts(waiting, count)
                count += 1
            lines += [_guarded(paragraph), ""]
    return [*lines, *_doubts(waiting, 10**9)]


def _doubts(waiting: list[tuple[int, Block]], count: int) -> list[str]:
    """Give the doubtful lines before a paragraph."""
    lines: list[str] = []
    while waiting and waiting[0][0] <= count:
        block = waiting.pop(0)[1]
        lines += [f"?? {block.text}", f"   ({block.doubt})", ""]
    return lines


def _guarded(paragraph: str) -> str:
    """Keep a paragraph that begins like a sign from being read as one."""
    return f"\\{paragraph}" if re.match(r"(==|##|\?\?|\\)", paragraph) else paragraph


def is_preview(text: str) -> bool:
    """Tell whether a text is a preview."""
    return _LINE in text


def read_preview(text: str) -> Draft:
    """Read a preview that a teacher has corrected.

    Raises
    ------
    FramingkitError
        If the line before the text is gone, or there is no text in it.

    Examples
    --------
    >>> draft = Draft({"title": "Fog"}, (Part("Headline", ("Fog",)), Part("Ice", ("It melts.",))))
    >>> read_preview(preview(draft, [])).parts == draft.parts
    True
    """
    head, line, body = text.partition(_LINE)
    if not line:
        raise FramingkitError(
            f"The preview has lost its line “{_LINE}”. Put it back between what you say about "
            "the text and the text itself; or remove the file, and begin again."
        )
    about = {name: _said(head, name) for name in ABOUT}
    parts, doubtful = _parts(body)
    if not any(part.paragraphs for part in parts):
        raise FramingkitError("There is no text in the preview. Write or paste it below the line.")
    return Draft(about, tuple(parts), tuple(doubtful))


def _said(head: str, name: str) -> str:
    found = re.search(rf"^{name}:[ \t]*(.*)$", head, re.MULTILINE)
    words = found[1] if found else ""
    words = words.replace(f"({_SAYS[name]})", "")
    return tidy(re.sub(r"\[the page says: .*\]", "", words))


def _parts(body: str) -> tuple[list[Part], list[str]]:
    parts: list[Part] = []
    doubtful = []
    for chunk in re.split(r"\n[ \t]*\n", body.replace("\r\n", "\n")):
        lines = [line.rstrip() for line in chunk.split("\n") if line.strip()]
        while lines and (mark := re.match(r"(==|##)[ \t]*(.*?)[ \t]*(\*?)$", lines[0].strip())):
            parts.append(Part(mark[2] or "Part", (), mark[1] == "##", mark[3] == "*"))
            lines = lines[1:]
        if lines and lines[0].lstrip().startswith("??"):
            doubtful.append(tidy(lines[0].lstrip()[2:]))
            continue
        # what is left of a doubt when its sign was taken away
        lines = [line for line in lines if not re.fullmatch(r" {3}\((it|the page) .*\)", line)]
        words = tidy(" ".join(lines)).removeprefix("\\")
        if words:
            parts = parts or [Part("Opening", ())]
            parts[-1] = replace(parts[-1], paragraphs=(*parts[-1].paragraphs, words))
    return [part for part in parts if part.lines], doubtful


def with_about(text: str, about: dict[str, str]) -> str:
    r"""Write into a preview what a teacher says of the text; the rest stays as it is.

    Examples
    --------
    >>> with_about(f"date:    (a hint)\n{_LINE}\ndate: here", {"date": "3 May"}).split("\n")[0]
    'date: 3 May'
    """
    head, line, body = text.partition(_LINE)
    known = {name: f"{name}: {tidy(value)}" for name, value in about.items()}
    lines = [known.get(one.partition(":")[0], one) for one in head.split("\n")]
    return "\n".join(lines) + line + body
