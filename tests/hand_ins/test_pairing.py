"""Who is who in two classes: ids go before names, and nobody is ever taken for another."""

import json

import pytest
from for_each import for_each

from framingkit.errors import FramingkitError
from framingkit.hand_ins.file import ClassFile, write_class
from framingkit.hand_ins.pairing import same_people

ANA, BEN = "bcdfghjkmnpqrstv", "wxzbcdfghjkmnpqr"

# two classes, each learner a label and perhaps a person's id; then who is given together
CASES = {
    "one name, once in each": (["sun"], ["sun"], ["sun=sun"]),
    "somebody new, somebody gone": (["moon"], ["sun"], ["moon=", "=sun"]),
    "a new name, the same id": ([f"moon {ANA}"], [f"sun {ANA}"], ["moon=sun"]),
    "one name, two ids": ([f"sun {ANA}"], [f"sun {BEN}"], ["=sun", "sun="]),
    "an id only once: the name counts": ([f"sun {ANA}"], ["sun"], ["sun=sun"]),
    "twins with ids, listed the other way round": (
        [f"sun.kfdx {ANA}", f"sun.mzqp {BEN}"],
        [f"sun.kfdx {BEN}", f"sun.mzqp {ANA}"],
        ["sun.kfdx=sun.mzqp", "sun.mzqp=sun.kfdx"],
    ),
    "twins without ids": (["sun", "sun.2"], ["sun", "sun.2"], ["sun,sun.2=sun,sun.2"]),
    "a twin who came later": (["sun"], ["sun", "sun.2"], ["sun=sun,sun.2"]),
    "one of two twins has an id": (
        [f"sun.kfdx {ANA}", "sun.mzqp"],
        [f"sun.kfdx {ANA}", "sun.mzqp"],
        ["=sun.mzqp", "sun.kfdx=sun.kfdx", "sun.mzqp="],
    ),
    "one id twice in a class": (
        [f"moon {ANA}", f"sun {ANA}"],
        [f"sun {ANA}"],
        ["moon=", "=sun", "sun="],
    ),
    "both changed their names": (
        [f"ash {ANA}", f"oak {BEN}"],
        [f"ash {BEN}", f"oak {ANA}"],
        ["ash=oak", "oak=ash"],
    ),
}


def class_of(path, labels):
    rows = []
    for label in labels:
        coder, _, person = label.partition(" ")
        more = {"person": person} if person else {}
        rows.append((coder, json.dumps({"operations": 1, "tags": [], "responses": {}} | more)))
    made = ClassFile(path, (), (), len(rows), len(rows))
    write_class(made, rows)
    return made


def words(group):
    return "=".join(",".join(learner.coder for learner in part) for part in group)


@for_each(CASES)
def test_the_same_person_is_found_and_nobody_else(case, tmp_path):
    now, then, wanted = case
    classes = class_of(tmp_path / "now.gz", now), class_of(tmp_path / "then.gz", then)

    assert sorted(map(words, same_people(*classes))) == sorted(wanted)


def test_one_class_alone_is_given_by_code_name(tmp_path):
    made = class_of(tmp_path / "c.gz", ["moon", f"sun.kfdx {ANA}", f"sun.mzqp {BEN}", "zoe"])

    assert [words(group) for group in same_people(made)] == ["moon", "sun.kfdx", "sun.mzqp", "zoe"]


@for_each(["Sun", "s" * 65, 5, None, ["a"], "sun7", "é"])
def test_a_person_who_is_not_named_by_letters_is_refused(person, tmp_path):
    row = json.dumps({"operations": 1, "tags": [], "responses": {}, "person": person})
    made = ClassFile(tmp_path / "c.gz", (), (), 1, 1)
    write_class(made, [("sun", row)])

    with pytest.raises(FramingkitError, match="damaged at line 2"):
        list(made)
