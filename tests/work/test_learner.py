"""Ids that nobody confuses, and places that tell a copy from a folder that was only moved."""

import os
import sys

import pytest

from framingkit.work import WorkLog
from framingkit.work.learner import (
    Chosen,
    is_here,
    is_learner,
    learner_from,
    new_learner,
    place_of,
    read_chosen,
)


def test_ids_are_letters_that_make_no_words_and_are_never_given_twice():
    ids = {new_learner() for _ in range(500)} | {learner_from(f"old log {n}") for n in range(500)}
    assert len(ids) == 1000
    assert all(map(is_learner, ids))
    assert not set("".join(ids)) & set("aeiouy0123456789")
    assert learner_from("amber/1a") == learner_from("amber/1a")
    assert not any(
        map(is_learner, ["", "b" * 15, "b" * 17, "B" * 16, "a" * 16, None, 5, ["b"] * 16])
    )


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_a_computer_is_one_in_every_network_and_another_computer_is_another(tmp_path, monkeypatch):
    file = tmp_path / "log"
    file.touch()
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    real = os.uname()

    def named(name):
        monkeypatch.setattr(os, "uname", lambda: os.uname_result((real[0], name, *real[2:])))
        return place_of(tmp_path, file)

    assert named("Anas-Mac.local") == named("anas-mac.lan") == named("anas-mac")
    assert not is_here(named("anas-mac"), named("bens-mac"))
    monkeypatch.setenv("JUPYTERHUB_USER", "ana")
    assert named("pod-1") == named("pod-2")
    mine = named("pod-1")
    monkeypatch.setenv("JUPYTERHUB_USER", "ben")
    assert not is_here(mine, named("pod-1"))


def test_a_choice_is_written_once_and_read_again(tmp_path):
    chosen = Chosen(
        "amber-heron-417", "b" * 16, "amber-heron-417.jsonl", place_of(tmp_path, tmp_path)
    )
    chosen.write(tmp_path)
    before = (tmp_path / "chosen.json").stat().st_ino
    chosen.write(tmp_path)
    assert read_chosen(tmp_path) == chosen
    assert (tmp_path / "chosen.json").stat().st_ino == before
    assert read_chosen(tmp_path / "none") is None


def test_two_logs_of_one_file_that_is_not_there_yet_are_one_learners(tmp_path):
    first, second = (WorkLog(tmp_path / "amber-heron-417.jsonl") for _ in range(2))
    assert first.learner == second.learner
    assert WorkLog(tmp_path / "coral-lark-208.jsonl").learner != first.learner
