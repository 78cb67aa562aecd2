"""The answer sheet: everything one learner tagged and answered, as one plain JSON object.

The work log has every action; the sheet is what they add up to, and what is handed in. It
carries no scores and no names, only the learner's code name. Its form is described by the JSON
Schema ``data/schemas/answer-sheet.json`` (draft 7).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from framingkit.base import disk
from framingkit.course import AnnotationSet, Codebook, Document, Span, kit_folder
from framingkit.errors import FramingkitError
from framingkit.work import limits
from framingkit.work.operations import Operation, State, span_to_json
from framingkit.work.own_text import is_own

SHEET_FORMAT, SHEET_VERSION = "framingkit answer sheet", 1

CODE_NAME_ITEM = "code-name"
"""The item whose answer is the name that a learner hands in under."""

_NAME, _SHA = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,119}"), re.compile("[0-9a-f]{64}")
_MONTHS = (
    "jan(uary|uar|v(ier)?)?|feb(ruary|ruar)?|fev(rier)?|mar(ch|s|z|zo)?|mrz|a[pv]r(il|ile)?|abr(il)?|"
    "may|mai|maj|mei|mag|maio|mayo|june?|juin|juni|jun(h)?o|giu|july?|juil(let)?|juli|jul(h)?o|lug|"
    "aug(ust)?|aout|ago(sto)?|sept?(ember|embre)?|set(embro)?|o[ck]t(ober|obre|ubre)?|out|ott|"
    "nov(ember|embre)?|de[cz](ember|embre)?|dic|gen(naio)?|ene(ro)?"
)
_CHANGED = re.compile(
    rf"[\d_-]+|\d+[ed]-?\d+|true|false|wahr|falsch|vrai|faux|nan?|null|none|inf(inity)?|"
    rf"(?=.*\d)(\d{{1,4}}[-_]?)?({_MONTHS})([-_]?\d{{1,4}}){{0,2}}"
)
"""Names that spreadsheets turn into numbers, dates or nothing, in some language."""

_RESERVED = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(10)}


@dataclass(frozen=True, slots=True)
class TextVersion:
    """Which text was tagged, with which codebook: names and sha256 hashes of both."""

    id: str
    sha256: str
    codebook: str
    codebook_sha256: str

    @classmethod
    def of(cls, document: Document, codebook: Codebook) -> "TextVersion":
        """Name the versions of a text and a codebook that are used together."""
        return cls(document.id, document.sha256, codebook.id, codebook.sha256)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "TextVersion":
        """Read the four names from plain data that may hold more."""
        return cls(*(str(data[name]) for name in cls.__slots__))

    @property
    def is_whole(self) -> bool:
        """Whether all four names are such as a sheet can hold."""
        names, hashes = (self.id, self.codebook), (self.sha256, self.codebook_sha256)
        return all(map(_NAME.fullmatch, names)) and all(map(_SHA.fullmatch, hashes))

    @property
    def key(self) -> str:
        """The name that operations use: a changed text gets another one.

        Examples
        --------
        >>> TextVersion("alaska-summit", "614ee04e9591ed90", "diplomatic-framing", "").key
        'alaska-summit@614ee04e9591'
        """
        return f"{self.id}@{self.sha256[:12]}"


def is_code_name(name: str) -> bool:
    """Tell whether a name can be a file name everywhere, as it is."""
    return bool(re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", name)) and name not in _RESERVED


def check_code_name(name: str) -> str:
    """Return a code name that is safe as a file name everywhere, or say what is wrong.

    Raises
    ------
    FramingkitError
        If it is not 1 to 64 small letters, digits, hyphens and underscores.

    Examples
    --------
    >>> check_code_name(" Amber-Heron-417 ")
    'amber-heron-417'
    """
    cleaned = name.strip().lower().replace(" ", "-")
    if not is_code_name(cleaned):
        raise FramingkitError(
            "A code name has 1 to 64 letters from a to z, digits, hyphens and underscores, "
            f"for example amber-heron-417. This one cannot be used: {name!r:.80}."
        )
    return cleaned


def check_new_name(name: str) -> str:
    """Return a code name that can be given now: also a spreadsheet leaves it as it is.

    Raises
    ------
    FramingkitError
        As `check_code_name`, or if a spreadsheet would change it.

    Examples
    --------
    >>> check_new_name("May-5")
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: Spreadsheets turn a name like “may-5” into a number, a date
    or nothing. Choose one with a word of your own in it, for example amber-heron-417.
    """
    cleaned = check_code_name(name)
    if _CHANGED.fullmatch(cleaned):
        raise FramingkitError(
            f"Spreadsheets turn a name like “{cleaned}” into a number, a date or nothing. Choose "
            "one with a word of your own in it, for example amber-heron-417."
        )
    return cleaned


def name_in_use(state: State, first: str) -> str:
    """Return the code name that was chosen last, or the first one."""
    chosen = (state.answer(CODE_NAME_ITEM) or {}).get("text")
    cleaned = chosen.strip().lower().replace(" ", "-") if isinstance(chosen, str) else ""
    return cleaned if is_code_name(cleaned) else first


def answer_sheet(
    coder: str,
    state: State,
    texts: Mapping[str, TextVersion],
    made_with: str,
    learner: str = "",
    course: str = "",
) -> dict[str, Any]:
    """Build the answer sheet from what the operations add up to.

    Parameters
    ----------
    coder
        The learner's code name; the answer to the item ``code-name`` takes precedence.
    state
        All operations so far.
    texts
        The versions of the texts that were tagged, by key.
    made_with
        Version of framingkit.
    learner
        The learner's id; without one, the sheet names none.
    course
        The id of the course; the kit's own has none.

    Returns
    -------
    dict
        Plain data, in the same order for the same answers.

    Raises
    ------
    FramingkitError
        If logs put together hold more tags than can be handed in.
    """
    if state.tagged > limits.MOST_TAGS:
        raise FramingkitError(
            f"You have {state.tagged:,} tags, but at most {limits.MOST_TAGS:,} can be handed in. "
            f"Remove {state.tagged - limits.MOST_TAGS:,} of them, then hand in."
        )
    responses = state.responses()
    responses.pop(CODE_NAME_ITEM, None)
    sheet = {
        "format": SHEET_FORMAT,
        "schema": SHEET_VERSION,
        "coder": name_in_use(state, coder),
        "learner": learner,
        "course": course,
        "made_with": made_with,
        "operations": len(state.seen),
        "acts": state.acts(),
        "documents": _documents(state, texts),
        "responses": [
            {"item": item, "response": answer.response, **_made(answer)}
            for item, answer in responses.items()
        ],
    }
    return {name: value for name, value in sheet.items() if value or name not in _MAY_BE_MISSING}


_MAY_BE_MISSING = {"learner", "acts", "course"}


def _documents(state: State, texts: Mapping[str, TextVersion]) -> list[dict[str, Any]]:
    documents = [_document(state, texts[key]) for key in sorted(texts)]
    if len(documents) > limits.MOST_TEXTS or not all(text.is_whole for text in texts.values()):
        return [document for document in documents if document["spans"]]
    # the tags of a text of one's own go along when it is changed, and leave an empty version
    return [one for one in documents if one["spans"] or not is_own(one["id"])]


def _document(state: State, text: TextVersion) -> dict[str, Any]:
    tags = ((tag, tag.span) for tag in state.tags(text.key))
    spans = [{"id": tag.target} | span_to_json(span) | _made(tag) for tag, span in tags if span]
    return asdict(text) | {"spans": spans}


def _made(operation: Operation) -> dict[str, str]:
    """Name the act that something is left of, so that sheets can be merged act by act."""
    return {"act": operation.id} | ({"at": operation.at} if operation.at else {})


def sheet_to_bytes(sheet: dict[str, Any]) -> bytes:
    """Write a sheet as a UTF-8 JSON file, the same bytes for the same answers."""
    return (json.dumps(sheet, ensure_ascii=False, indent=1) + "\n").encode()


def sheet_path(folder: Path, sheet: dict[str, Any]) -> Path:
    """Name the file of a sheet ``<code name>.answers.json``, unless another learner's lies there.

    Then the first letters of the id come in between: nobody's hand-in is overwritten.
    """
    path = folder / f"{sheet['coder']}.answers.json"
    try:
        there = disk.parse_json(disk.read_text(path, limits.HAND_IN_BYTES), path.name)
    except FramingkitError:
        return path
    acts = there.get("acts") if isinstance(there, dict) else None
    mine = not isinstance(acts, dict) or set(acts) <= {sheet.get("learner"), *sheet.get("acts", ())}
    return path if mine else folder / f"{sheet['coder']}-{sheet['learner'][:4]}.answers.json"


def check_sheet(sheet: Any, name: str) -> dict[str, Any]:
    """Check a sheet that anybody may have written against the published schema.

    Raises
    ------
    FramingkitError
        If it is another kind of file, comes from a newer framingkit, or does not follow
        the schema; the sentence names the file and the place.
    """
    if not isinstance(sheet, dict) or sheet.get("format") != SHEET_FORMAT:
        raise FramingkitError(
            f"“{name}” is not an answer sheet. Hand in the file that ends in .answers.json, "
            "which the button “Download my answers” gives you."
        )
    schema = sheet.get("schema")
    if type(schema) is int and schema > SHEET_VERSION:
        raise FramingkitError(
            f"“{name}” was made with a newer framingkit (sheet version {schema}; this kit "
            f"reads up to {SHEET_VERSION}). Update framingkit, then try again."
        )
    import fastjsonschema

    try:
        _validator()(sheet)
    except fastjsonschema.JsonSchemaValueException as error:
        raise FramingkitError(f"“{name}” is damaged: {error.message[:300]}.") from None
    return sheet


@cache
def _validator() -> Any:
    """Compile the schema once, and only when a sheet is checked: it costs some 30 ms."""
    import fastjsonschema

    path = kit_folder() / "data" / "schemas" / "answer-sheet.json"
    return fastjsonschema.compile(disk.parse_json(disk.read_text(path), path.name))


def _span(data: dict[str, Any]) -> Span:
    return Span(**{name: value for name, value in data.items() if name not in ("act", "at")})


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What one learner tagged and answered: tags by text version, responses by item."""

    coder: str
    tags: dict[TextVersion, tuple[Span, ...]]
    responses: dict[str, dict[str, Any]]

    def annotations(self, document_id: str) -> AnnotationSet:
        """Return the learner's tags on one text.

        Raises
        ------
        FramingkitError
            If the learner did not tag it, or tagged several versions of it.
        """
        versions = [version for version in self.tags if version.id == document_id]
        if len(versions) == 1:
            return AnnotationSet(document_id, self.coder, self.tags[versions[0]])
        if versions:
            raise FramingkitError(
                f"{self.coder} tagged {len(versions)} versions of {document_id!r}. "
                "Choose one of them from `tags`."
            )
        texts = ", ".join(repr(version.id) for version in self.tags) or "none"
        raise FramingkitError(
            f"{self.coder} did not tag {document_id!r}. The tagged texts are: {texts}."
        )


def read_sheet(path: str | Path) -> AnswerSheet:
    """Read an answer sheet, as learners hand it in, and check it against the schema.

    Parameters
    ----------
    path
        The file, most often called ``<code name>.answers.json``.

    Raises
    ------
    FramingkitError
        If it is not an answer sheet, or is damaged.

    Examples
    --------
    >>> folder = kit_folder() / "data" / "sample-class"
    >>> sheet = read_sheet(folder / "amber-crane-153.answers.json")
    >>> sheet.annotations("alaska-summit").spans[0].quote
    'move'
    """
    path = Path(path).expanduser()
    data = disk.parse_json(disk.read_text(path, limits.HAND_IN_BYTES), path.name)
    return sheet_of(check_sheet(data, path.name), path.name)


def sheet_of(data: dict[str, Any], name: str) -> AnswerSheet:
    """Read tags and responses from a sheet that was checked.

    Raises
    ------
    FramingkitError
        If a tag in it cannot be one.
    """
    try:
        tags = {
            TextVersion.read(document): tuple(map(_span, document["spans"]))
            for document in data["documents"]
        }
    except FramingkitError as error:
        raise FramingkitError(f"“{name}” is damaged: {error}") from None
    responses = {response["item"]: response["response"] for response in data["responses"]}
    return AnswerSheet(data["coder"], tags, responses)
