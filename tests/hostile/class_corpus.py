"""Class files made to do harm: what they are called, their bytes, and the refusal they deserve."""

import copy
import functools
import gzip
import json
import random
import tempfile
import zlib
from pathlib import Path

from class_samples import answer, document, put, sheet, span
from hostile.corpus import Case

from framingkit import course
from framingkit.hand_ins.collect import collect
from framingkit.hand_ins.lines import LONGEST_LINE

KEYS = {"choice": "choice", "several": "choices", "order": "order", "confidence": "confidence",
        "written": "text"}  # fmt: skip
ITEMS = [item for lesson in course.list_lessons() for item in course.load_items(lesson)]


@functools.cache
def good() -> bytes:
    """Collect six learners with two tags and two answers each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(6):
            tags = [span("red carpet", "ceremony_symbol", 1, f"g{number}"),
                    span("chessboard", "game_metaphor", 2, f"g{number}")]  # fmt: skip
            told = [answer("airport-verdict", f"at {number}", choice="a"),
                    answer("what-chess-hides", f"at {number}", text="words here")]  # fmt: skip
            one = sheet(f"g{number}", documents=[document(*tags)], responses=told)
            put(folder / "in", f"g{number}.answers.json", one)
        collect(folder / "in", folder / "class.gz")
        return (folder / "class.gz").read_bytes()


LINES = gzip.decompress(good()).splitlines()
HEADER, ROWS = json.loads(LINES[0]), [json.loads(line) for line in LINES[1:]]


def packed(*lines, end=b"\n") -> bytes:
    """Pack lines, given as bytes, as text or as plain data."""
    return gzip.compress(b"\n".join(map(_line, lines)) + end, 1, mtime=0)


def _line(line) -> bytes:
    if isinstance(line, bytes):
        return line
    text = line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def in_header(old: str, new: str) -> bytes:
    return packed(_changed(LINES[0], old, new), *LINES[1:])


def in_row(old: str, new: str) -> bytes:
    return packed(LINES[0], _changed(LINES[1], old, new), *LINES[2:])


def _changed(line: bytes, old: str, new: str) -> str:
    assert old in line.decode()
    return line.decode().replace(old, new, 1)


def header(**fields) -> bytes:
    return packed(HEADER | fields, *LINES[1:])


def version(**names) -> bytes:
    text = HEADER["texts"][0]
    return header(texts=[text | {"version": text["version"] | names}])


def row(**fields) -> bytes:
    return packed(LINES[0], ROWS[0] | fields, *LINES[2:])


def tags(**columns) -> bytes:
    return row(tags=[ROWS[0]["tags"][0] | columns])


NUMBERS = ("Infinity", "-Infinity", "NaN", "1e400", "1e30", "-5", "99999999999999999999999",
           "9223372036854775807", "true", "null", '"6"', "6.9", "[]", "9" * 5000)  # fmt: skip


def number_cases() -> list[Case]:
    """Every number of the file, as anything but a whole number of the right size."""
    places = {"learners": (in_header, '"learners":6'), "hand_ins": (in_header, '"hand_ins":6'),
              "operations": (in_row, '"operations":5'), "text": (in_row, '"text":0')}  # fmt: skip
    cases = [
        Case(
            f"{name} {number[:30]}",
            change(old, f"{old.partition(':')[0]}:{number}"),
            _refusal(number),
        )
        for name, (change, old) in places.items()
        for number in NUMBERS
    ]
    return [
        *cases,
        Case("learners of a text Infinity", in_header('"known":true,"learners":6',
            '"known":true,"learners":Infinity'), "Infinity is not a number"),
        Case("more learners of a text than learners", in_header('"known":true,"learners":6',
            '"known":true,"learners":7'), "from 0 to 6"),
        Case("7 learners", in_header('"learners":6', '"learners":7'), "there are only 6"),
        Case("5 learners", in_header('"learners":6,"hand', '"learners":5,"hand'), "from 0 to 5"),
        Case("no learners", header(learners=0, texts=[]), "text is 0"),
        Case("no hand-ins", header(hand_ins=0)),
        Case("5 hand-ins", header(hand_ins=5)),
        Case("a text that is not there", in_row('"text":0', '"text":1'), "text is 1"),
    ]  # fmt: skip


def _refusal(number: str) -> str:
    if number.strip("-") in ("Infinity", "NaN", "1e400"):
        return "is not a number that JSON knows"
    return "too many digits" if len(number) > 4000 else "not a whole number from 0"


def header_cases() -> list[Case]:
    texts = HEADER["texts"]
    return [
        Case("texts null", header(texts=None), "texts is None"),
        Case("texts an object", header(texts={}), "texts is {}"),
        Case("a text that is a number", header(texts=[5]), "texts is [5]"),
        Case("a text without a version", header(texts=[{"known": True, "learners": 6}]),
            "is not the version"),
        Case("100,000 texts", header(texts=texts * 100_000), "more than 4,194,304 bytes"),
        Case("8,000 versions of a text", header(texts=[texts[0] | {"version": texts[0]["version"]
            | {"sha256": f"{n:064x}"}} for n in range(8_000)])),
        Case("the same text twice", header(texts=texts * 2), "comes twice"),
        Case("items null", header(items=None), "items is None"),
        Case("items of objects", header(items=[{"a": 1}]), "items is"),
        Case("items a text", header(items="abc"), "items is 'abc'"),
        Case("a million items", header(items=["x"] * 1_000_000), "more than 4,194,304"),
        Case("100,000 items", header(items=["x"] * 100_000)),
        Case("an item with HTML", header(items=["<script>alert(1)</script>"]), "no proper name"),
        Case("an item that colours", header(items=["\x1b[2J"]), "no proper name"),
        Case("a version with more", version(x="1"), "is not the version"),
        Case("a version of lists", version(id=[1]), "no proper name"),
        Case("a version of numbers", version(sha256=5), "no proper name"),
        Case("a version with a path", version(id="../../../../etc/passwd"), "no proper name"),
        Case("a text that the kit does not have", version(id="no-such-text")),
        Case("a text with another hash", version(sha256="0" * 64)),
        Case("a known text that is not called so", in_header('"known":true', '"known":false')),
        Case("known as a number", in_header('"known":true', '"known":1'), "is known"),
        Case("shared as a number", header(shared=1), "a shared copy"),
        Case("schema a list", header(schema=[1]), "class version [1]"),
        Case("schema true", header(schema=True), "class version True"),
        Case("schema of 5,000 digits", in_header('"schema":1', '"schema":' + "9" * 5000),
            "too many digits"),
        Case("schema a long text", header(schema="\x1b" * 5000), "class version '\\"),
        Case("format a list", header(format=["framingkit class"]), "is not a class file"),
        Case("a header nested deeply", in_header('"schema":1', '"schema":1,"x":'
            + "[" * 200_000 + "]" * 200_000), "nested too deeply"),
        Case("a header of lists", packed(b"[" + b"[]," * 1_300_000 + b"[]]"), "values"),
        Case("a header of null", packed(b"null"), "not a JSON object"),
    ]  # fmt: skip


def offset_cases() -> list[Case]:
    kinds = {"texts": ["a", "b"], "floats": [13.0, 1.5], "null": [None, None],
             "bools": [True, False], "lists": [[1], [2]], "an object": {"0": 1, "1": 2},
             "a text": "ab", "nested": [[[[1]]], 1], "a number": 5}  # fmt: skip
    places = {"negative": [-5, -1], "huge": [2**40, 2**40], "of 70 bits": [2**70, 2**71],
              "beyond the text": [99_999, 99_999]}  # fmt: skip
    return [
        *(Case(f"{side} {name}", tags(**{side: value}), "not a list of the right kind")
          for side in ("start", "end") for name, value in kinds.items()),
        *(Case(f"{side} {name}", tags(**{side: value}), "a tag has no words")
          for side in ("start", "end") for name, value in places.items()),
        Case("starts of zero", tags(start=[0, 0])),
        Case("ends of zero", tags(end=[0, 0]), "a tag has no words"),
        Case("no starts", tags(start=[]), "different lengths"),
        Case("no ends", tags(end=[]), "different lengths"),
        Case("an empty tag", tags(start=[13, 13], end=[13, 14]), "a tag has no words"),
    ]  # fmt: skip


def column_cases() -> list[Case]:
    wrong = {"numbers": [1, 2], "null": [None, None], "lists": [["a"], ["b"]], "objects": [{}, {}],
             "a text of two": "ab", "an object": {"a": 1, "b": 2}, "true": True,
             "a number": 7}  # fmt: skip
    right = {"numbers", "null"}  # for how sure somebody is
    return [
        *(Case(f"label {name}", tags(label=value), "not a list of the right kind")
          for name, value in wrong.items()),
        *(Case(f"label {name}", tags(label=[value] * 2), "not in the codebook")
          for name, value in {"unknown": "nope", "HTML": "<img src=x onerror=alert(1)>",
                              "empty": "", "__proto__": "__proto__",
                              "long": "x" * 100_000}.items()),
        Case("label half a character", tags(label=["\ud800"] * 2), "not UTF-8"),
        Case("label half a character, escaped", in_row('"ceremony_symbol"', '"\\ud800"'),
            "half of a character"),
        *(Case(f"{column} {name}", tags(**{column: value}), "not a list of the right kind")
          for column in ("quote", "note", "confidence") for name, value in wrong.items()
          if not (column == "confidence" and name in right)),
        *(Case(f"one {column}", tags(**{column: value}), "different lengths")
          for column, value in (("quote", ["x"]), ("note", ["x"]), ("confidence", [1]))),
        Case("sure as numbers", tags(confidence=[1, 2])),
        Case("sure as null", tags(confidence=[None, None])),
        Case("sure as bools", tags(confidence=[True, False]), "not a list of the right kind"),
        Case("sure far beyond", tags(confidence=[10**30, 5]), "from 0 to 100"),
        Case("sure below", tags(confidence=[5, -1]), "from 0 to 100"),
        Case("sure as NaN", tags(confidence=[float("nan")] * 2), "NaN is not a number"),
        Case("a note with HTML", tags(note=["<script>window.PWN=1</script>"] * 2)),
        Case("a quote with HTML", tags(quote=["<script>window.PWN=1</script>"] * 2)),
        Case("a note that colours", tags(note=["\x1b[2J\0\r\n"] * 2)),
    ]  # fmt: skip


def tags_cases() -> list[Case]:
    one = ROWS[0]["tags"][0]
    many = {"start": [0] * 5001, "end": [1] * 5001, "label": ["ceremony_symbol"] * 5001}
    return [
        *(Case(f"tags {name}", row(tags=value), "tags is")
          for name, value in {"null": None, "a text": "x", "an object": {}, "of null": [None],
                              "of texts": ["a"]}.items()),
        Case("tags on a text twice", row(tags=[one, one]), "a text comes twice"),
        Case("tags on a text a thousand times", row(tags=[one] * 1000), "a text comes twice"),
        Case("tags without starts", row(tags=[{"text": 0, "end": [], "label": []}]),
            "start is None"),
        Case("5,001 tags", row(tags=[one | many]), "at most 5,000"),
        Case("no tags", row(tags=[])),
        Case("no field tags", packed(LINES[0], {"coder": "g0"}, *LINES[2:]), "tags is None"),
    ]  # fmt: skip


def answer_cases() -> list[Case]:
    odd = {"a choice of lists": {"airport-verdict": {"choice": ["a"]}},
           "a choice of objects": {"airport-verdict": {"choice": {"a": 1}}},
           "a text that is a number": {"what-chess-hides": {"text": 5}},
           "a formula": {"what-chess-hides": {"text": "=cmd|calc"}},
           "a zero character": {"what-chess-hides": {"text": "a\0=1"}},
           "a text of 1 MB": {"what-chess-hides": {"text": "x " * 500_000}},
           "line ends": {"what-chess-hides": {"text": "\r\n=1+1\n"}},
           "every key, unhashable": {item.id: {"choices": [["a"]], "order": [{}], "choice": [],
                                               "text": [], "confidence": {}} for item in ITEMS},
           "the right key, unhashable": {item.id: {KEYS[item.kind]: [["a"]]} for item in ITEMS},
           "an object eight deep": {"airport-verdict": {"choice": _nested(8)}},
           "an unknown question": {"<script>": {"choice": "a"}},
           "no answer": {"airport-verdict": {}}}  # fmt: skip
    wrong = {"null": None, "a list": [], "a text": "x", "of null": {"airport-verdict": None},
             "of lists": {"airport-verdict": []}}  # fmt: skip
    return [
        *(Case(f"answers: {name}", row(responses=value)) for name, value in odd.items()),
        *(Case(f"answers {name}", row(responses=value), "not objects by question")
          for name, value in wrong.items()),
        Case("an answer nested 20 deep", row(responses={"what-chess-hides": {"text": _nested(20)}}),
            "an answer is nested too deeply"),
        Case("an answer of NaN", row(responses={"airport-verdict": {"choice": float("nan")}}),
            "NaN is not a number"),
        Case("an answer with half a character", in_row('"words here"', '"\\ud83d"'),
            "half of a character"),
        Case("a question with half a character", in_row('"airport-verdict"', '"\\udfff"'),
            "half of a character"),
        Case("a whole character, escaped", in_row('"words here"', '"\\ud83e\\udd85"')),
        Case("a written escape", in_row('"words here"', '"\\\\ud83d"')),
    ]  # fmt: skip


def _nested(depth: int):
    return ["a"] if depth == 1 else [_nested(depth - 1)]


def learner_cases() -> list[Case]:
    wrong = {"null": None, "a path": "../../x", "HTML": "<b>", "a number": 5, "a list": [],
             "a.01": "a.01", "a.100": "a.100", "con": "con", "con.1": "con.1", "empty": "",
             "a line end": "a\n", "upper case": "G0", "colours": "\x1b[2J", "a.b": "a.b",
             "a.kf-x": "a.kf-x", "long": "x" * 70, "=1+1": "=1+1"}  # fmt: skip
    return [
        *(Case(f"coder {name}", row(coder=value), "a learner cannot be called")
          for name, value in wrong.items()),
        *(Case(f"coder {name}", row(coder=name)) for name in ("a.1", "a.99", "a.kfdx")),
        Case("coder half a character", row(coder="\ud800"), "not UTF-8"),
        Case("a name for the second time", row(coder="g1"), "'g1' comes twice"),
        Case("a name that comes later", row(coder="zzz"), "comes after 'zzz'"),
        Case("a person of digits", row(person="123"), "a person cannot be called"),
        Case("a person as a list", row(person=["a"]), "a person cannot be called"),
        Case("a person", row(person="bcdfghjkmnpqrstv")),
        Case("lines the other way round", packed(LINES[0], *LINES[:0:-1]), "comes after"),
        Case("a line twice", packed(*LINES, LINES[-1]), "comes twice"),
        Case("a line more", packed(*LINES, ROWS[0] | {"coder": "h"}), "and there are more"),
        Case("a line missing", packed(*LINES[:-1]), "only 5"),
        Case("only the header", packed(LINES[0]), "only 0"),
        Case("an empty line", packed(*LINES[:3], b"", *LINES[3:]), "damaged at line 4"),
        Case("a learner that is a list", packed(LINES[0], b"[]", *LINES[2:]), "not a JSON object"),
        Case("a learner that is null", packed(LINES[0], b"null", *LINES[2:]), "not a JSON object"),
    ]  # fmt: skip


def text_cases() -> list[Case]:
    """The bytes of lines, and of what packs them."""
    raw, whole = b"\n".join(LINES) + b"\n", good()
    opening = b"\x1f\x8b\x08"
    return [
        Case("line ends of Windows", gzip.compress(b"\r\n".join(LINES) + b"\r\n")),
        Case("no line end at the end", packed(*LINES, end=b"")),
        Case("a byte-order mark", gzip.compress(b"\xef\xbb\xbf" + raw), "damaged at line 1"),
        Case("UTF-16", gzip.compress(raw.decode().encode("utf-16")), "not UTF-8"),
        Case("UTF-16 without a mark", gzip.compress(raw.decode().encode("utf-16-le")),
            "damaged at line 1"),
        Case("a raw half character", in_row('"coder":"g0"', '"coder":"g0","x":"\ud800"'),
            "not UTF-8"),
        Case("NaN in a field that nobody reads", in_row('"coder"', '"x":NaN,"coder"'),
            "NaN is not"),
        Case("a doubled key", in_row('"operations":5', '"operations":5,"operations":6'),
            "'operations' comes twice"),
        Case("a doubled key of 100 kB", packed(f'{{"{"k" * 100_000}":1,"{"k" * 100_000}":2}}'),
            "comes twice"),
        Case("a doubled key, spaced", in_row('"operations":5', '"operations" :5,"operations":6'),
            "'operations' comes twice"),
        Case("a doubled key, spaced widely", in_row('"operations":5',
            '"operations"\t :5,"operations":6'), "'operations' comes twice"),
        Case("a doubled key deep inside", in_row('"choice":"a"', '"choice":[{"x":1,"x":2}]'),
            "'x' comes twice"),
        Case("a doubled column", in_row('"start":', '"start":[0,1],"start":'),
            "'start' comes twice"),
        Case("a doubled question", in_row('"airport-verdict":',
            '"airport-verdict":{},"airport-verdict":'),
            "'airport-verdict' comes twice"),
        Case("nested deeply", in_row('"operations":5', '"operations":5,"x":'
            + "[" * 200_000 + "]" * 200_000), "nested too deeply"),
        Case("concatenated members", b"".join(gzip.compress(x + b"\n") for x in LINES),
            "more after"),
        Case("two classes in a row", whole + whole, "more after its end"),
        Case("rubbish at the end", whole + b"garbage", "more after its end"),
        Case("zeros at the end", whole + b"\0" * 1000, "more after its end"),
        Case("half a file", whole[: len(whole) // 2], "cut short"),
        Case("all but the last byte", whole[:-1], "cut short"),
        Case("no trailer", whole[:-8], "cut short"),
        Case("a wrong checksum", whole[:-8] + b"\0\0\0\0" + whole[-4:], "is damaged"),
        Case("a wrong length", whole[:-4] + b"\0\0\0\0", "is damaged"),
        Case("a byte in the middle", whole[:60] + bytes([whole[60] ^ 255]) + whole[61:],
            "class.gz"),
        Case("not packed", raw, "cannot be read as a class file"),
        Case("nothing", b"", "cannot be read as a class file"),
        Case("packed nothing", gzip.compress(b""), "damaged at line 1"),
        Case("packed twice", gzip.compress(whole), "not UTF-8"),
        Case("a huge extra field", opening + b"\x04" + b"\0" * 6 + b"\xff\xff" + b"x" * 100,
            "cut short"),
        Case("an endless name", opening + b"\x08" + b"\0" * 6 + b"x" * 2_000_000, "cut short"),
        Case("reserved flags", opening + b"\xff" + whole[4:], "is damaged"),
    ]  # fmt: skip


LONG = 4_000_000


def bomb_cases() -> list[Case]:
    """Small files that would be large, slow or deep when they are taken apart."""
    many = json.dumps(HEADER | {"learners": 2_000_000}).encode()
    longest = 4_090_000
    return [
        Case("1 GB of spaces", _bomb(LINES[0] + b"\n", b" " * 1_000_000, 1000),
            f"more than {LONGEST_LINE:,} bytes"),
        Case("1 GB without a header", _bomb(b"", b"\0" * 1_000_000, 1000), "more than 4,194,304"),
        Case("100 MB of one good learner", _bomb(many + b"\n", LINES[1] + b"\n", 100_000),
            "comes twice"),
        Case("a line of empty objects", packed(LINES[0], b'{"x":[' + b"{}," * (longest // 3)
            + b"{}]}"),
            "values"),
        Case("a longer line of empty objects", packed(LINES[0], b'{"x":[' + b"{}," * 2_600_000
            + b"{}]}"),
            "characters, as nobody’s work does"),
        Case("a line of short keys", packed(LINES[0], b"{" + b",".join(
            b'"%x":[]' % n for n in range(longest // 12)) + b"}"), "a learner cannot be called"),
        Case("a long text with an eagle", _row_of('"🦅' + "y" * LONG + '"')),
        Case("a longer text with an eagle", _row_of('"🦅' + "y" * (LONGEST_LINE - 1000)
            + '"'), "characters, as nobody’s work does"),
        Case("a long text of control characters", _row_of('"' + "\\u0001" * 2_000_000 + '"')),
        Case("a long text of commas", _row_of('"' + "," * LONG + '"')),
        Case("a long text of quotation marks", _row_of('"' + ',\\"' * (LONG // 3) + '"')),
        Case("a long text with half a character", _row_of('"🦅' + "y" * LONG + '\\ud800"'),
            "half of a character"),
        Case("a text that never ends", _row_of('"' + '\\"' * (LONG // 2)), "damaged"),
        Case("a line of small objects", packed(LINES[0], b'{"x":[' + b'{"a":0},' * (longest // 8)
            + b"{}]}"), "values"),
        Case("a line of answers", packed(LINES[0],
            '{"coder":"g0","operations":5,"tags":[],"responses":{'
            + ",".join(f'"{n:x}":{{}}' for n in range(longest // 12)) + "}}", *LINES[2:])),
    ]  # fmt: skip


def _row_of(value: str) -> bytes:
    """Make a class whose first learner has one written answer, as it stands in the file."""
    start = '{"coder":"g0","operations":5,"tags":[],"responses":{"what-chess-hides":{"text":'
    return packed(LINES[0], f"{start}{value}}}}}}}", *LINES[2:])


def _bomb(start: bytes, unit: bytes, count: int) -> bytes:
    """Pack the same bytes many times, in no time; only the checksum at the end is missing."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    packer.compress(unit)
    packer.flush(zlib.Z_FULL_FLUSH)  # what follows a full flush is the same each time
    return first + (packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)) * count


def class_cases() -> list[Case]:
    """Every case but the bombs."""
    return [*number_cases(), *header_cases(), *offset_cases(), *column_cases(), *tags_cases(),
            *answer_cases(), *learner_cases(), *text_cases()]  # fmt: skip


WORDS = [b"null", b"[]", b"{}", b"1e999", b"-1", b'""', b"true", b"NaN", b"Infinity", b'"\\ud800"',
         b",", b":", b"\0", b"\xff", b"[" * 2000, b"9" * 5000, b"\n", b'"a":', b"1.5",
         b"0"]  # fmt: skip


def mutated_classes(seed: int, count: int):
    """Yield class files with a few places of their lines changed, or some bytes of the packed."""
    chance, raw, whole = random.Random(seed), b"\n".join(LINES) + b"\n", good()
    for _ in range(count):
        if chance.random() < 0.2:
            changed = bytearray(whole)
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            yield bytes(changed[: chance.choice((len(changed), chance.randrange(len(changed))))])
        elif chance.random() < 0.5:
            yield packed(*_with_odd_value(chance))
        else:
            changed = bytearray(raw)
            for _ in range(chance.choice((1, 2, 5))):
                at = chance.randrange(len(changed))
                changed[at : at + chance.choice((0, 1, 3, 20))] = chance.choice(WORDS)
            yield gzip.compress(bytes(changed), 1)


ODD = [None, True, -1, 0, 7, 2**40, 2**63, 2**70, 0.5, "", "a", "\ud800", "\x1b[2J", [], {}, [1],
       ["a"], {"a": 1}, [[1]], [None], "x" * 300]  # fmt: skip


def _with_odd_value(chance: random.Random) -> list:
    """Put an odd value into some place of a good class, at any depth."""
    lines = copy.deepcopy([HEADER, *ROWS])
    inside, left = lines, chance.randrange(1, 7)
    while True:
        keys = list(inside) if isinstance(inside, dict) else range(len(inside))
        if not keys:
            return lines
        key = chance.choice(list(keys))
        left -= 1
        if left == 0 or not isinstance(inside[key], dict | list):
            inside[key] = chance.choice(ODD)
            return lines
        inside = inside[key]
