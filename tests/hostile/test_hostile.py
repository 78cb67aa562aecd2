"""Whatever is handed in: one sentence with file, place and reason, in bounded time and memory."""

import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from class_samples import put, sheet
from for_each import for_each
from hostile.corpus import Case, file_cases, mutated, pack, tag_cases, zip_cases

from framingkit.errors import FramingkitError
from framingkit.hand_ins import sources
from framingkit.hand_ins.collect import collect

FILES, TAGS, ZIPS = file_cases(), tag_cases(), zip_cases()
BAD = "bad.answers.json"
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def tree(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def collected(source: Path) -> tuple[list[str], list[str]]:
    """Collect into a class beside the source: the code names, and every sentence."""
    before = tree(source.parent)
    target = source.with_name("class.gz")
    try:
        done = collect(source, target)
        found, said = [learner.coder for learner in done.class_file], list(done.sentences)
    except FramingkitError as error:
        found, said = [], str(error).split("\n")
    after = tree(source.parent)
    after.pop(target, None)
    assert after == before, "something was written beside the class file"
    for sentence in said:
        assert sentence.isprintable()
        assert len(sentence) < 1200
        assert sentence.endswith((".", "gives you."))
    return found, said


def name_of(case: Case) -> str:
    return case.name


def test_the_corpus_is_large_enough():
    names = [case.name for case in (*FILES, *TAGS, *ZIPS)]
    assert len(names) == len(set(names)) >= 60


@pytest.mark.parametrize("case", FILES, ids=name_of)
def test_a_hostile_file_is_refused_by_name_with_place_and_reason(tmp_path, case):
    put(tmp_path / "inbox", BAD, case.content)
    put(tmp_path / "inbox", "good.answers.json", sheet("good"))
    found, said = collected(tmp_path / "inbox")
    assert "good" in found
    if case.refusal:
        assert found == ["good"]
        assert said[0].startswith(f"“{BAD}”")
        assert case.refusal in said[0]
    else:
        assert len(found) == 2


@pytest.mark.parametrize("case", TAGS, ids=name_of)
def test_a_hostile_tag_is_left_out_by_place_and_reason(tmp_path, case):
    put(tmp_path / "inbox", BAD, case.content)
    found, said = collected(tmp_path / "inbox")
    assert found == ["amber-heron-417"]
    assert said[0].startswith(f"“{BAD}”: 1 of 1 tags")
    assert "data.documents[0].spans[0]" in said[0]
    assert case.refusal in said[0]


@pytest.mark.parametrize("case", ZIPS, ids=name_of)
def test_a_hostile_archive_is_refused_and_nothing_is_unpacked(tmp_path, case):
    source = put(tmp_path / "inbox", "all.zip", case.content)
    found, said = collected(source)
    if case.refusal:
        assert any(case.refusal in sentence for sentence in said), said
        assert found in ([], ["good"])
    else:
        assert "good" in found
        assert len(found) == 2


@unix
def test_a_folder_of_links_pipes_and_locked_files_never_blocks(tmp_path):
    inbox = tmp_path / "inbox"
    put(tmp_path, "outside/secret.answers.json", sheet("secret"))
    put(inbox, "good.answers.json", sheet("good"))
    put(inbox, "in.zip", b"PK")
    os.mkfifo(inbox / "pipe.answers.json")
    (inbox / "link.answers.json").symlink_to(tmp_path / "outside" / "secret.answers.json")
    (inbox / "dangling.answers.json").symlink_to("nowhere")
    (inbox / "folder").symlink_to(tmp_path / "outside")
    (inbox / "loop").symlink_to(inbox)
    found, said = collected(inbox)
    assert found == ["good"]
    words = "\n".join(said)
    for name in ("pipe", "link", "dangling"):
        assert f"“{name}.answers.json” is a" in words
    assert "“in.zip” cannot be read as a zip archive" in words


@unix
def test_names_of_any_bytes_are_shown_and_not_obeyed(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in (b"\xff\xfe.answers.json", b"\x1b[2Ja.answers.json", b"a\nb.answers.json"):
        Path(os.fsdecode(os.fsencode(inbox) + b"/" + name)).write_bytes(b"{")
    put(inbox, "good.answers.json", sheet("good"))
    found, said = collected(inbox)
    assert found == ["good"]
    assert len(said) == 4


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="this user may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path):
    put(tmp_path / "inbox", BAD, sheet()).chmod(0)
    put(tmp_path / "inbox", "good.answers.json", sheet("good"))
    assert "Permission denied" in collected(tmp_path / "inbox")[1][0]


def test_a_file_that_the_system_refuses_is_named(tmp_path, monkeypatch):
    put(tmp_path / "inbox", BAD, sheet())

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sources.os, "open", refuse)
    _, said = collected(tmp_path / "inbox")
    assert said[0] == f"“{BAD}” could not be read: Permission denied."


@unix
def test_a_file_that_becomes_a_pipe_after_it_was_listed_does_not_block(tmp_path):
    os.mkfifo(tmp_path / BAD)
    with pytest.raises(FramingkitError, match="not a plain file"):
        sources.read_plain(tmp_path / BAD, BAD)


def test_folders_in_folders_end(tmp_path):
    deep = "/".join("d" * 40)
    put(tmp_path / "inbox", f"{deep}/deep.answers.json", sheet("deep"))
    put(tmp_path / "inbox", "good.answers.json", sheet("good"))
    found, said = collected(tmp_path / "inbox")
    assert found == ["good"]
    assert "more than 20 folders deep" in said[0]


def test_an_archive_of_too_many_files_is_refused(tmp_path):
    many = pack(*((f"{number}.answers.json", b"") for number in range(20_001)))
    _, said = collected(put(tmp_path / "inbox", "all.zip", many))
    assert "20,001 files, but at most 20,000" in said[0]


def test_many_large_members_end_at_the_limit_of_all_together(tmp_path, monkeypatch):
    monkeypatch.setattr("framingkit.hand_ins.archive.TOTAL_LIMIT", 10_000)
    chance = random.Random(0)
    members = [(f"{number:02}.answers.json", chance.randbytes(1500)) for number in range(20)]
    _, said = collected(put(tmp_path / "inbox", "all.zip", pack(*members)))
    assert sum("holds more than 10,000 bytes" in sentence for sentence in said) == 14


CHILD = """
import resource, sys, time
from pathlib import Path
from framingkit.hand_ins import collect
from framingkit.errors import FramingkitError
source = Path(sys.argv[1])
said = ""
try:
    collect(source.with_name("good.zip"), source.with_name("warm.gz"))
    before, clock = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    collect(source, source.with_name("class.gz"))
except FramingkitError as error:
    said = str(error)
spent = time.process_time() - clock
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, spent)
print(said)
"""


def bomb(path: Path, size: int = 512 << 20) -> None:
    """Write an archive of one member of many zero bytes, block by block."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:  # noqa: SIM117
        with archive.open("bomb.answers.json", "w") as member:
            for _ in range(size >> 20):
                member.write(bytes(1 << 20))


def lying_bomb(path: Path) -> None:
    """Let the list of contents say that the bomb is small."""
    bomb(path, 64 << 20)
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(bytes(content))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured in the Unix way")
@pytest.mark.parametrize("make", [bomb, lying_bomb])
def test_a_bomb_costs_less_than_a_second_and_50_mb(tmp_path, make):
    make(tmp_path / "bomb.zip")
    (tmp_path / "good.zip").write_bytes(pack(("good.answers.json", b"{}")))
    put(tmp_path, "good.answers.json", sheet("good"))
    with zipfile.ZipFile(tmp_path / "good.zip", "w") as archive:
        archive.write(tmp_path / "good.answers.json", "good.answers.json")
    command = [sys.executable, "-c", CHILD, str(tmp_path / "bomb.zip")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    first, *said = result.stdout.splitlines()
    kilobytes, seconds = first.split()
    assert int(kilobytes) < 50_000
    assert float(seconds) < 1
    assert any("“bomb.answers.json”" in sentence for sentence in said)


@for_each(range(4))
def test_changed_bytes_never_break_the_collection(seed, tmp_path):
    folder = tmp_path / str(seed)
    for number, content in enumerate(mutated(seed, 60)):
        put(folder / "inbox", f"{number}.answers.json", content)
        collected(put(folder / f"{number}", "all.zip", content))
    collected(folder / "inbox")
