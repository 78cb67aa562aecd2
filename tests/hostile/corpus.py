"""Hand-ins made to do harm: constructed here, from a fixed seed, and never kept as files.

Each case has a name, what to hand in, and words of the sentence that has to refuse it; a case
without words is odd but harmless and has to be taken.
"""

import gzip
import io
import json
import random
import stat
import warnings
import zipfile
from dataclasses import dataclass

from class_samples import ARTICLE, answer, document, sheet, span, to_bytes

from framingkit.work import HAND_IN_BYTES

MIB = 1 << 20
GOOD = to_bytes(sheet())


@dataclass(frozen=True)
class Case:
    name: str
    content: bytes
    refusal: str = ""


def text(old: str, new: str) -> bytes:
    """Change the first place of some characters in a good hand-in."""
    assert old in GOOD.decode()
    return GOOD.decode().replace(old, new, 1).encode("utf-8", "surrogatepass")


def tags(count: int) -> list:
    one = span("red carpet", "ceremony_symbol")
    return [one | {"id": f"t.{number}", "label": f"c{number}"} for number in range(count)]


def with_span(**changes) -> bytes:
    return to_bytes(sheet(documents=[document(span("red carpet", "ceremony_symbol") | changes)]))


def with_response(response) -> bytes:
    return to_bytes(sheet(responses=[{"item": "plain-sentence", "response": response}]))


def nested(depth: int, opening="[", closing="]") -> str:
    return opening * depth + closing * depth


def large_numbers() -> bytes:
    return text('"operations": 5', '"operations": ' + "9" * 5000)


def with_acts(ranges) -> bytes:
    return to_bytes(sheet(learner="b" * 16, acts={"b" * 16: {"tab-a": ranges}}))


def log_line(**changes) -> bytes:
    """Make the first line of a work log."""
    header = {"format": "framingkit work log", "schema": 1, "coder": "amber", "file": "ab"}
    return json.dumps(header | changes).encode() + b"\n"


def file_cases() -> list[Case]:
    """Hand-ins that are refused, or taken, as a whole."""
    long_float = "1." + "7" * 1_900_000
    return [
        # B1: too much of everything
        Case("a file beyond the limit", GOOD + b" " * HAND_IN_BYTES, "a hand-in has at most"),
        Case("a million spans", b'{"spans":[' + b'{"start":1},' * 1_000_000 + b"]}",
            "1,000,000 values"),
        Case("ranges that go backwards", with_acts([[3, 1]]), "data.acts"),
        Case("ranges of more than numbers", with_acts([[1, 2.0]]), "data.acts"),
        Case("acts without an end", with_acts([[1, 2**70]]), "data.acts"),
        Case("5,001 tags", to_bytes(sheet(documents=[document(*tags(5001))])), "5000 items"),
        Case("5,001 tags on two texts", to_bytes(sheet(documents=[
            document(*tags(2501)), document(*tags(2500), sha256="0" * 64)])), "5,001 tags"),
        Case("201 texts", to_bytes(sheet(documents=[
            document(sha256=f"{n:064x}") for n in range(201)])), "documents"),
        Case("2,001 answers", to_bytes(sheet(responses=[
            answer(f"i{n}", choice="a") for n in range(2001)])), "responses"),
        Case("an endless answer", with_response({"text": "x" * 40_001}), "responses[0].response"),
        Case("half a million keys", b"{" + b",".join(
            b'"%d":1' % n for n in range(150_000)) + b"}", "not an answer sheet"),
        # B2: deep nesting
        Case("lists in lists", nested(100_000).encode(), "nested too deeply"),
        Case("objects in objects", nested(100_000, '{"a":', "}").encode(), "damaged"),
        Case("a deep answer", with_response({"a": json.loads(nested(500))}), "nested more than"),
        Case("a deep note", text('"made_with": "0.1.0"', '"made_with": ' + nested(900)),
            "made_with"),
        # B3: numbers and kinds
        Case("NaN", text('"operations": 5', '"operations": NaN'), "NaN is not a number"),
        Case("Infinity", text('"operations": 5', '"operations": -Infinity'), "Infinity"),
        Case("1e999", text('"operations": 5', '"operations": 1e999'), "1e999"),
        Case("a 5,000-digit number", large_numbers(), "digits"),
        Case("a 4,000-digit number", text('"operations": 5', '"operations": ' + "9" * 4000),
            "large"),
        Case("a float of 2 MB", text('"operations": 5', '"operations": ' + long_float),
            "operations"),
        Case("true for a number", with_span(start=True), "spans[0].start"),
        Case("text for a number", with_span(start="12"), "spans[0].start"),
        Case("a negative offset", with_span(start=-1), "spans[0].start"),
        Case("null for a text", with_span(quote=None), "spans[0].quote"),
        Case("a list for a sheet", b"[]", "not an answer sheet"),
        Case("a number for a sheet", b"7", "not an answer sheet"),
        Case("a list for an answer", with_response(["a"]), "responses[0].response"),
        # B4: twice
        Case("a doubled key", text('"schema": 1', '"schema": 1, "schema": 1'), "appears twice"),
        Case("a doubled tag id", to_bytes(sheet(documents=[document(
            span("red carpet", "ceremony_symbol"), span("chessboard", "game_metaphor"))])),
            "appears twice"),
        Case("a doubled text", to_bytes(sheet(documents=[document(), document()])),
            "appears twice"),
        Case("a doubled answer", to_bytes(sheet(responses=[
            answer("plain-sentence", choice="a"), answer("plain-sentence", choice="b")])),
            "appears twice"),
        # B6: characters
        Case("an escaped half character", with_response({"text": "?"}).replace(
            b'"?"', b'"\\ud800"'), "half of a character"),
        Case("a half character in a note", with_span(note="?").replace(
            b'"?"', b'"\\udfff"'), "half of a character"),
        Case("a raw half character", text('"red carpet"', '"\ud800"'), "is not UTF-8"),
        Case("a half character in a version", text('"0.1.0"', '"\\ud800"'),
            "data.made_with holds half"),
        Case("UTF-16 without a mark", GOOD.decode().encode("utf-16-le"), "damaged"),
        Case("UTF-32", GOOD.decode().encode("utf-32"), "is not UTF-8"),
        Case("Latin-1", text('"0.1.0"', '"é"').decode().encode("latin-1"), "is not UTF-8"),
        Case("a zero byte between", GOOD.replace(b",", b",\0", 1), "damaged"),
        Case("only zero bytes", b"\0" * 1000, "nothing but zeros"),
        Case("nothing", b"", "is empty"),
        Case("cut in the middle", GOOD[: len(GOOD) // 2], "damaged"),
        Case("more after the end", GOOD + GOOD, "damaged"),
        # B7: no YAML, no pickle, no HTML, no notebook
        Case("YAML", b"a: &a [x]\nb: [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n", "damaged"),
        Case("a pickle", b"cposix\nsystem\n(S'touch marker'\ntR.", "damaged"),
        Case("HTML", b"<script>alert(1)</script>", "damaged"),
        Case("a log of a newer kit", log_line(schema=2), "newer framingkit"),
        Case("a log of nobody", log_line(coder="../x"), "coder"),
        Case("a packed bomb", gzip.compress(b" " * (HAND_IN_BYTES + 1), 9), "when it is unpacked"),
        # B9: names as identity
        *(Case(f"the code name {name[:20]!r}", to_bytes(sheet(name)), "coder") for name in (
            "../../x", "a/b", "a\\b", "C:x", "con", "nul", "com1", "é", "\u202eabc", "x" * 300,
            "", "Amber", "a b", "amber\n", "-rf", "a.b", "=1+1")),
        Case("an item id with a path", to_bytes(sheet(responses=[answer("../x", choice="a")])),
            "responses[0].item"),
        Case("a text id with a path", to_bytes(sheet(documents=[document(id="../../etc")])),
            "documents[0].id"),
        # B10: versions
        Case("a newer sheet", to_bytes(sheet(schema=2)), "newer framingkit"),
        Case("sheet version 1e300", text('"schema": 1', '"schema": 1e300'), "schema"),
        Case("sheet version true", text('"schema": 1', '"schema": true'), "schema"),
        Case("sheet version 0", to_bytes(sheet(schema=0)), "schema"),
        # B12: scores and keys brought along
        Case("a score", to_bytes(sheet(score=100)), "score"),
        Case("a score in a tag", with_span(score=100), "score"),
        Case("a prototype key", text('"schema": 1', '"schema": 1, "__proto__": {}'), "__proto__"),
        # odd, but harmless
        Case("UTF-16", GOOD.decode().encode("utf-16")),
        Case("a log with lines that nobody can read",
            log_line() + b'[]\n{"kind":7}\n{"kind":"acts","acts":{"' + b"b" * 16
            + b'":{"x":[[1,99999]]}}}\n' * 400 + b"\xff\n{"),
        Case("a byte-order mark", b"\xef\xbb\xbf" + GOOD),
        Case("Windows line ends", GOOD.replace(b"\n", b"\r\n")),
        Case("a clock from the year 9999", to_bytes(sheet(responses=[
            answer("plain-sentence", at="9999-99-99T99:99:99+99:99", choice="a")]))),
        Case("an empty clock", to_bytes(sheet(responses=[
            answer("plain-sentence", at="", choice="a")]))),
        Case("a zero character in an answer", with_response({"text": "a\0b"})),
        Case("no tag and no answer", to_bytes(sheet(documents=[]))),
        Case("an unknown question", to_bytes(sheet(responses=[answer("no-such-item", x=1)]))),
    ]  # fmt: skip


def tag_cases() -> list[Case]:
    """Hand-ins of which only a tag is left out (B5)."""
    end = len(ARTICLE.text)
    return [
        Case("an end before the start", with_span(start=20, end=10), "is not in the text"),
        Case("an empty tag", with_span(start=13, end=13, quote=""), "is not in the text"),
        Case("past the end", with_span(start=end - 2, end=end + 8), "is not in the text"),
        Case("far past the end", with_span(start=2**62, end=2**63), "is not in the text"),
        Case(
            "a start of 4,000 digits",
            with_span(start=10**4000, end=10**4000 + 1),
            "is not in the text",
        ),
        Case("other words", with_span(quote="green field"), "are not at 13 to 23"),
        Case("an unknown code", with_span(label="<b>x</b>"), "the codebook has no code"),
        Case("3.0 for 3", with_span(start=3.0), "whole number"),
        Case("50.0 for 50", with_span(confidence=50.0), "whole number"),
    ]


def pack(*members, method=zipfile.ZIP_DEFLATED) -> bytes:
    """Make an archive of names (or entries) with contents."""
    made = io.BytesIO()
    quiet = warnings.catch_warnings(action="ignore")  # about one name twice, made on purpose
    with quiet, zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members:
            # a name alone would get the time of now, and the corpus other bytes on every run
            named = isinstance(name, zipfile.ZipInfo)
            archive.writestr(name if named else entry(name, method=method), content)
    return made.getvalue()


def entry(name: str, kind: int = 0, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (kind | 0o644) << 16
    info.compress_type = method
    return info


def patched(archive: bytes, signature: bytes, offset: int, new: bytes) -> bytes:
    """Change bytes in every record of one kind."""
    made, at = bytearray(archive), archive.find(signature)
    while at >= 0:
        made[at + offset : at + offset + len(new)] = new
        at = archive.find(signature, at + 4)
    return bytes(made)


CENTRAL, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


def zip_cases() -> list[Case]:
    """Archives (B8): each also holds a good hand-in unless it cannot be opened at all."""
    name, good = "bad.answers.json", ("good.answers.json", to_bytes(sheet("good")))
    bomb = (name, b"\0" * (3 * MIB))
    ratio = (name, b" " * MIB + GOOD)
    plain = pack((name, GOOD), good)
    stored = pack((name, GOOD), method=zipfile.ZIP_STORED)
    return [
        Case("a member beyond the limit", pack(bomb, good), "times smaller"),
        Case("a member that grows a thousandfold", pack(ratio, good), "times smaller"),
        Case("a name that climbs", pack((f"../../{name}", GOOD), good), "leads out"),
        Case("a name that climbs later", pack((f"a/../../{name}", GOOD), good), "leads out"),
        Case("an absolute name", pack((f"/etc/{name}", GOOD), good), "leads out"),
        Case("a drive", pack((f"C:/{name}", GOOD), good), "leads out"),
        Case("a name that climbs backwards", pack((f"..\\{name}", GOOD), good), "leads out"),
        Case("a link", pack((entry(name, stat.S_IFLNK), "/etc/passwd"), good), "is a link"),
        Case("a pipe", pack((entry(name, stat.S_IFIFO), ""), good), "pipe or a device"),
        Case("a device", pack((entry(name, stat.S_IFCHR), ""), good), "pipe or a device"),
        Case("a bomb in an archive", pack(("in.zip", pack(bomb)), good),
            "“in.zip/bad.answers.json”"),
        Case("an archive in an archive", pack(("in.zip", pack(("two.zip", plain))), good),
            "“in.zip/two.zip” is an archive inside an archive"),
        Case("a damaged archive inside", pack(("in.zip", plain[:-30]), good), "“in.zip” cannot be"),
        Case("bzip2", pack((entry(name, method=zipfile.ZIP_BZIP2), GOOD), good), "method 12"),
        Case("lzma", pack((entry(name, method=zipfile.ZIP_LZMA), GOOD), good), "method 14"),
        Case("an unknown method", patched(patched(stored, CENTRAL, 10, b"\x63\0"), LOCAL, 8,
            b"\x63\0"), "method 99"),
        Case("a password", patched(patched(stored, CENTRAL, 8, b"\x01\0"), LOCAL, 6, b"\x01\0"),
            "password"),
        Case("a wrong checksum", patched(stored, CENTRAL, 16, b"\xde\xad\xbe\xef"), "unpacked"),
        Case("a size that lies small", patched(stored, CENTRAL, 24, b"\x05\0\0\0"), "“bad.answers"),
        Case("a size that lies large", patched(stored, CENTRAL, 24, b"\0\0\x10\0"), "“bad.answers"),
        Case("a place outside", patched(stored, CENTRAL, 42, b"\xff\xff\xff\x7f"), "unpacked"),
        Case("a broken list", patched(plain, CENTRAL, 0, b"XXXX"), "zip archive"),
        Case("a list that starts outside", patched(plain, END, 16, b"\xff\xff\xff\x7f"),
            "unpacked"),
        Case("a list of 4 GB", patched(plain, END, 12, b"\xfe\xff\xff\xff"), "zip archive"),
        Case("no end", plain[:-30], "zip archive"),
        Case("no archive", GOOD, "zip archive"),
        Case("an empty file", b"", "zip archive"),
        Case("only an end", pack(), "No hand-in could be read"),
        Case("a zip of nothing but rubbish", pack(("a.html", b"x")), "No hand-in could be read"),
        Case("a member without a name", patched(patched(pack(("x", GOOD)), CENTRAL, 28, b"\0"),
            CENTRAL, 32, b"\x01"), "No hand-in could be read"),
        Case("names with colours", pack((f"\x1b[31m{name}", b"{"), good), "\\u001b[31m"),
        Case("a name turned around", pack((f"\u202e{name}", b"{"), good), "\\u202e"),
        Case("a name of 60,000 characters", pack(("x" * 60_000 + name, b"{"), good), "xxx…"),
        # odd, but harmless
        Case("one name twice", pack((name, GOOD), (name, GOOD), good)),
        Case("names that differ in case", pack((name, GOOD), (name.upper(), GOOD), good)),
        Case("names that Windows reserves", pack(("CON.answers.json", GOOD), good)),
        Case("a name that ends in a dot", pack(("dir./x.answers.json", GOOD), good)),
        Case("bytes before the archive", b"#!/bin/sh\n" + plain),
    ]  # fmt: skip


def mutated(seed: int, count: int):
    """Yield good hand-ins and archives with a few bytes changed, doubled or taken out."""
    chance = random.Random(seed)
    rich = to_bytes(sheet(
        documents=[document(*tags(3), span("chessboard", "game_metaphor", 9, act="tab-a-9"))],
        responses=[answer("plain-sentence", choice="a"), answer("gut-reactions", text="🦅 é")],
        learner="b" * 16, acts={"b" * 16: {"tab-a": [[1, 7], [9, 9]]}},
    ))  # fmt: skip
    act = {"kind": "answer", "client": "tab-a", "seq": 1, "target": "plain-sentence"}
    log = log_line(learner="b" * 16) + json.dumps(act | {"response": {"text": "é"}}).encode() * 3
    seeds = [rich, pack(("a.answers.json", rich), ("b/c.answers.json", GOOD)),
             pack(("a.answers.json", GOOD), method=zipfile.ZIP_STORED), log,
             gzip.compress(rich, mtime=0), rich.decode().encode("utf-16"),
             pack(("in.zip", pack(("a.answers.json", rich))),
                  method=zipfile.ZIP_STORED)]  # fmt: skip
    words = [b"\0", b"\xff", b"{", b"]", b'"', b"1e9999", b"NaN", b"\\ud83d", b"../", b"-1",
             b"null", b"[" * 2000, CENTRAL, END, b"\xff\xff\xff\xff", b"9" * 30]  # fmt: skip
    for _ in range(count):
        content = bytearray(chance.choice(seeds))
        for _ in range(chance.choice((1, 1, 2, 4, 16))):
            at, act = chance.randrange(len(content) + 1), chance.randrange(5)
            if act == 0 and content:
                content[at % len(content)] = chance.randrange(256)
            elif act == 1:
                content[at:at] = chance.choice(words)
            elif act == 2:
                del content[at : at + chance.choice((1, 2, 8, 200))]
            elif act == 3:
                content[at:at] = content[max(0, at - 50) : at]
            elif content:
                content[at % len(content)] ^= 1 << chance.randrange(8)
        yield bytes(content)
