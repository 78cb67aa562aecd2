"""The extension that opens lessons ready: what it may run, and how small it is."""

import gzip

import make_extension

SCRIPT = make_extension.TARGET.with_name("remoteEntry.js")
LIMIT = 4096


def test_what_may_run_by_itself_is_what_is_shipped():
    wanted = make_extension.text()
    assert make_extension.TARGET.read_text(encoding="utf-8") == wanted, (
        "The code of a notebook has changed: run tools/make_extension.py."
    )


def test_every_lesson_and_workbook_is_known_and_no_answer_is_run():
    known = make_extension.entries()
    assert len(known) == 12
    assert not any("answer" in cell for entry in known.values() for cell in entry["cells"])


def test_the_extension_is_small():
    assert len(gzip.compress(SCRIPT.read_bytes(), mtime=0)) <= LIMIT
