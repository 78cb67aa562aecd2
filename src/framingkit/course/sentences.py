"""Where the lines and the sentences of a text begin and end.

The language of a text is not known, so one rule serves all: a mark ends a sentence unless the
word before it is known to carry a full stop of its own. `docs/decisions/0006` compares this
rule with libraries that do nothing else.
"""

import re
from collections.abc import Iterator

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")

# A full stop, question mark or exclamation mark (with the quotation marks and brackets that
# close after it, in French after a space) ends a sentence if white space follows. The marks of
# East Asian scripts need none, nor does a stop between two words that lost their space.
_END = re.compile(
    r"(?<![.!?…؟।])[.!?…؟।]+[\"'”’“‘»«›‹)\]]*(?:[ \u00a0\u202f][»›]+)?(?=\s|\Z)"
    r"|[。！？]+[」』”’）]*"
    r"|(?<=[a-z]{3})[.!?](?=[A-Z][a-z]{2})"
)
_WORD_BEFORE = re.compile(r"([^\s\"'’“‘„«»(\[–—-]+)\.$")
_OPENING = "\"'“‘„«»‹›([¿¡ \t\u00a0\u202f"

# words that keep their full stop within a sentence: somebody or something must follow
_TITLE = re.compile(
    "Mrs?|M[sx]|Messrs|Drs?|[Pp]rof|Gen|Maj|Brig|Lt|Col|Capt|Cmdr|Adm|Sgt|Cpl|Pfc|Pvt|Sens?|Reps?"
    "|Govs?|Sec|Asst|Pres|Rev|Hon|Amb|Supt|Det|Insp|Msgr|Mt|Ft|vs|approx"
    "|Präs|Hrn?|ca|bzw|[Vv]gl|evtl|ggf|inkl|bzgl|sog|med|Dipl|Ing|MM|Mmes?|Mlles?|S[rt]as?|Dra"
    "|[Ss]ig|[Dd]ott|avv|[Dd]hr|[Mm]evr"
)
# words whose full stop may end a sentence too, namely when a common first word follows
_MAY_END = re.compile(
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun"
    "|Jr|Sr|Inc|Cos?|Corp|Ltd|Bros|LLC|Esq|Ste?|Ave?|Blvd|Rd|Rt|al|etc|hrs|min|ft|lbs?|oz"
    "|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb"
    "|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Di|Mi|Do|Fr|Sa|So|Mio|Mrd|usw|EE|UU"
)
# words that keep their full stop before a number
_NUMBERED = re.compile(r"Nos?|Nr|Figs?|Vols?|[Aa]rt|Ch|pp|Abs|Bd|Kap|Anm|fig|vol|(?:\w*s|S)tr")
_NUMBER = re.compile(r"\d|(?:[IVXLC]{2,}|[VX])\b")
_FIRST_WORD = re.compile(
    r"(?:The|An?|This|That|These|Those|It|He|She|They|We|I|You|His|Her|Their|Its|My|Our|There|Here"
    r"|But|And|Or|So|Yet|In|On|At|By|For|From|With|As|After|Before|When|While|If|Although|Though"
    r"|Because|Since|Until|Then|Now|Today|Also|However|Meanwhile|Still|No|Nobody|Not|Nothing|Some"
    r"|Many|Most|Several|Such|Both|Each|Every|All|What|Who|Why|How|Where|Is|Are|Was|Were|Did|Does"
    r"|Do|Let|Even|Only|Once|Neither|Either)\b(?!\.)"
)
_INITIALS = re.compile(r"[^\W\d_]|.*\.[^\W\d_]{1,2}")
_ORDINAL = re.compile(  # German: am 15. August, die 27. Delegationen
    r"\b(?:d(?:er|ie|as|em|en|es)|im|(?<!I )am|vom|zu[mr]|beim|seit|bis|eine?[mnrs]?|jede[mnrs]?)"
    r"\s\d{1,3}\.$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^www|[/@]")
_LIST_ENTRY = re.compile(r"\s*[•*–-]?\s*\(?(?:\d{1,3}|[A-Za-z])[.)]+")
_NEAR = 60


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Find the sentences of a stretch of text.

    Every line ends a sentence, so headings and list entries are on their own. No character
    except white space is left out.

    Returns
    -------
    list
        One (start, end) for each sentence, offsets into the whole text.

    Examples
    --------
    >>> split_sentences("For Mr. Putin, yes. Open ending?")
    [(0, 19), (20, 32)]
    """
    spans = []
    for line_start, line_end in split_lines(text, start, len(text) if end is None else end):
        for first, last in _cut_line(text, line_start, line_end):
            words = text[first:last]
            if words.strip():
                left = first + len(words) - len(words.lstrip())
                spans.append((left, first + len(words.rstrip())))
    return spans


def split_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find the lines of a stretch of text that hold more than white space."""
    lines = _LINE.finditer(text, start, end)
    return [line.span() for line in lines if line.group().strip()]


def _cut_line(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    for mark in _END.finditer(text, start, stop):
        end = mark.end()
        # a window is enough, and keeps the time in step with the length
        if _goes_on(text[max(start, end - _NEAR) : end], text[end : min(stop, end + _NEAR)]):
            continue
        yield start, end
        start = end
    yield start, stop


def _goes_on(before: str, after: str) -> bool:
    """Tell whether a sentence goes on after what looks like its end."""
    follower = after.lstrip()[:1]
    if follower.islower() or follower in ".…!?" or _LIST_ENTRY.fullmatch(before):
        return bool(follower)
    if after[:1].isalpha() and _ADDRESS.search(before.split()[-1] + after.split()[0]):
        return True
    found = _WORD_BEFORE.search(before)
    if not found:
        return False
    word, following = found[1], after.lstrip(_OPENING)
    if _TITLE.fullmatch(word):
        return True
    if _NUMBERED.fullmatch(word):
        return _NUMBER.match(following) is not None
    keeps = _MAY_END.fullmatch(word) or _INITIALS.fullmatch(word) or _ORDINAL.search(before)
    return bool(keeps) and not _FIRST_WORD.match(following)
