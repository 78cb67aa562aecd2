"""Show foreign text so that nothing in it is hidden and nothing in it acts.

File names and keys of a hand-in are chosen by whoever made it. On a screen, a control
character could move the cursor and a direction mark could turn a name around.
"""


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


def counted(number: int, what: str) -> str:
    """Write a number and what it counts.

    Examples
    --------
    >>> counted(1, "learner"), counted(30, "learner")
    ('1 learner', '30 learners')
    """
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def quoted(words: str) -> str:
    """Put quotation marks around words, unless they bring their own.

    Examples
    --------
    >>> quoted("red carpet"), quoted("“chessboard”")
    ('“red carpet”', '“chessboard”')
    """
    return words if words.startswith(("“", '"')) else f"“{words}”"
