"""A plain text or a Markdown file as blocks."""

import re

from framingkit.authoring.blocks import Block, Found, looks_like_heading, tidy

_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
_FRONT = re.compile(r"\A---\n(.*?)\n(---|\.\.\.)\n", re.DOTALL)
_UNDERLINED = re.compile(r"^(\S[^\n]*)\n(=+|-{3,})[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t]*#*")
_IMAGE, _LINK = (
    re.compile(r"!\[[^\]]*\]\([^)]*\)"),
    re.compile(r"\[([^\]]+)\](\([^)]*\)|\[[^\]]*\])"),
)
_BARE = re.compile(r"<(https?://[^>]+)>")
_STRESS = re.compile(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_MARK = re.compile(r"^([-*+]|\d{1,3}[.)])[ \t]+|^>[ \t]?")


def read_text(text: str) -> Found:
    r"""Read a plain text: empty lines divide paragraphs; without any, each line is one.

    Examples
    --------
    >>> found = read_text("Fog\n\nIt is foggy\nat the pier.\n\nThe ferry\n\nIt waits.")
    >>> found.title, [(block.text, block.is_heading) for block in found.blocks]
    ('Fog', [('It is foggy at the pier.', False), ('The ferry', True), ('It waits.', False)])
    """
    parts = re.split(r"\n[ \t]*\n", text) if re.search(r"\n[ \t]*\n", text) else text.split("\n")
    lines = [tidy(part) for part in parts if part.strip()]
    title = lines.pop(0) if lines and len(lines) > 1 and looks_like_title(lines[0]) else ""
    blocks = [
        Block(line, looks_like_heading(line) and not looks_like_heading(after) and bool(after))
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
    ]
    return Found(title, tuple(blocks))


def looks_like_title(line: str) -> bool:
    """Tell whether a first line is a title; it may be longer than a heading, and may ask."""
    return len(line) <= 160 and not re.search(r"[.,;:]$", line)


def read_markdown(text: str) -> Found:
    r"""Read Markdown; stars, links and pictures become plain words.

    Examples
    --------
    >>> found = read_markdown("# Fog\n\nIt is *very* [foggy](https://a.example).\n\n## Ice\n\nHot.")
    >>> found.title, [block.text for block in found.blocks]
    ('Fog', ['It is very foggy.', 'Ice', 'Hot.'])
    """
    text = _FENCE.sub("", _FRONT.sub("", text))
    text = _UNDERLINED.sub(lambda one: ("# " if one[2][0] == "=" else "## ") + one[1], text)
    title, blocks = "", list[Block]()
    for part in re.split(r"\n[ \t]*\n|\n(?=#{1,6}[ \t])|(?<=\n)(?=[-*+] )", text):
        first, _, rest = part.strip().partition("\n")
        if heading := _HEADING.fullmatch(first):
            words = _plain(heading[1])
            level_one = first.startswith("# ")
            if level_one and not title and not blocks:
                title = words
            elif words:
                blocks.append(Block(words, True))
            first, rest = rest, ""
        words = _plain(f"{first}\n{rest}")
        blocks += [Block(words)] if words and not re.fullmatch(r"[-*_ ]{3,}", words) else []
    if not title and blocks and blocks[0].is_heading:
        title = blocks.pop(0).text
    return Found(title, tuple(blocks)) if title else read_text(text)


def _plain(words: str) -> str:
    words = "\n".join(_MARK.sub("", line.strip()) for line in words.split("\n"))
    words = _BARE.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", words)))
    words = _STRESS.sub(r"\2", _STRESS.sub(r"\2", words))
    return tidy(re.sub(r"\\([\\`*_{}\[\]()#+.!>-])", r"\1", words))
