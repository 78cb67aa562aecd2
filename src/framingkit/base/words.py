"""Show foreign text so that nothing in it is hidden and nothing in it acts.

File names and keys of a hand-in are chosen by whoever made it. On a screen, a control
character could move the cursor and a direction mark could turn a name around.
"""

import re


def shown(text: str, limit: int = 200) -> str:
    r"""Write what cannot be seen as its number, and cut what is long.

    Examples
    --------
    >>> shown("amber\x1b[2J.answers.json")
    'amber\\u001b[2J.answers.json'
    """
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return cut if cut.isprintable() else "".join(map(_visible, cut))


def _visible(character: str) -> str:
    return character if character.isprintable() else f"\\u{ord(character):04x}"


def counted(number: int, what: str, many: str = "") -> str:
    """Write a number and what it counts; `many` is its plural, if that is not made with an s.

    Examples
    --------
    >>> counted(1, "learner"), counted(30, "learner")
    ('1 learner', '30 learners')
    """
    return f"{number:,} {what if number == 1 else many or f'{what}s'}"


def beginning(words: str, limit: int = 60) -> str:
    """Give the start of what may be long: whole words, and the end of a quotation that goes on.

    Examples
    --------
    >>> beginning("Which word is a “diplomatic wind” for Alaska?", 30)
    'Which word is a “diplomatic…”'
    >>> beginning("Chess", 30), beginning("Donaudampfschifffahrtsgesellschaft", 12)
    ('Chess', 'Donaudampf…')
    """
    if len(words) <= limit:
        return words
    start, room = words[: limit - 2], words[limit - 2]
    if room != " ":
        start = start.rpartition(" ")[0] or start
    start = start.rstrip(' ,;:–—-(“„"')
    closing = (
        "”" if start.rfind("”") < max(map(start.rfind, "“„")) else '"' * (start.count('"') % 2)
    )
    return f"{start}…{closing}"


_ALL_IN_MARKS = re.compile(r'["“„]([^"“”„]*)["“”]')
_OPENING = re.compile(r'(^|[\s(\[–—-])["“„]')
_MARK = re.compile(r'["“”„]')


def quoted(words: str) -> str:
    """Put curly quotation marks around words; a quotation among them gets single ones.

    Words that have marks of their own get no second ones, and a mark at an edge whose partner
    was cut off is left out.

    Examples
    --------
    >>> quoted("red carpet"), quoted("“chessboard”"), quoted("geopolitical “chessboard”")
    ('“red carpet”', '“chessboard”', '“geopolitical ‘chessboard’”')
    """
    if whole := _ALL_IN_MARKS.fullmatch(words):
        words = whole[1]
    elif len(_MARK.findall(words)) % 2:
        words = words[1:] if words[0] in '"“„' else words.removesuffix("”").removesuffix('"')
    inside = _MARK.sub("’", _OPENING.sub(r"\1‘", words))
    return f"“{inside}”"
