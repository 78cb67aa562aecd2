"""Codes for labels of which a file says no more than their names."""

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_uppercase

from framingkit.course import Code, Codebook


def bare_code(label: str, chip: str, name: str = "", definition: str = "") -> Code:
    """Make a code of what is known about a label; it has no rule for deciding.

    Examples
    --------
    >>> bare_code("game", "GA").name
    'game'
    """
    return Code(label, name or label, chip, "device", "core", definition, "", "")


def codebook_of(codes: Sequence[Code], labels: Iterable[str]) -> Codebook:
    """Make a codebook of codes, and of labels that none of them has.

    Examples
    --------
    >>> [code.chip for code in codebook_of((), ["game metaphor", "game", "hedge"]).codes]
    ['GM', 'GA', 'HE']
    """
    known, chips = {code.id for code in codes}, {code.chip for code in codes}
    made = []
    for label in dict.fromkeys(labels):
        if label not in known:
            chip = next(one for one in _chips(label) if one not in chips)
            chips.add(chip)
            made.append(bare_code(label, chip))
    devices = [code for code in codes if code.kind == "device"]
    frames = tuple(code for code in codes if code.kind != "device")
    names = "\n".join(code.id for code in (*codes, *made))
    digest = hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()
    return Codebook("codes-of-a-file", "Codes", "1", digest, (*devices, *made), frames)


def name_of(codes: Sequence[Code]) -> dict[str, str]:
    """Give the name of each code for formats in which a code has nothing else to be known by.

    Examples
    --------
    >>> name_of([bare_code("game", "GA", "Game"), bare_code("match", "MA", "Game")])
    {'game': 'game', 'match': 'match'}
    """
    said = Counter(code.name for code in codes)
    ids = {code.id for code in codes}
    return {
        code.id: code.name if said[code.name] == 1 and code.name not in ids else code.id
        for code in codes
    }


def with_names(codes: dict[str, tuple[str, str]], known: Sequence[Code]) -> tuple[Code, ...]:
    """Give the codes that a file names; those of a codebook have all that the codebook says."""
    ours = {code.id: code for code in known}
    chips = {code.chip for code in known}
    made = []
    for label, (name, definition) in codes.items():
        if label in ours:
            made.append(ours[label])
            continue
        chip = next(one for one in _chips(name or label) if one not in chips)
        chips.add(chip)
        made.append(bare_code(label, chip, name, definition))
    return tuple(made)


def _chips(label: str) -> Iterator[str]:
    """Give chips for a label, the likeliest first: two capital letters, or more after 676."""
    words = re.findall("[a-zA-Z]+", label)
    if len(words) > 1:
        yield (words[0][0] + words[1][0]).upper()
    letters = "".join(words).upper()
    yield from (letters[0] + other for other in letters[1:])
    for length in itertools.count(2):
        for parts in itertools.product(ascii_uppercase, repeat=length):
            yield "".join(parts)
