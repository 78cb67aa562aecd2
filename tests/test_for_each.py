"""A test for each thing of many fails for each that fails, and names them all."""

import pytest
from for_each import for_each


def test_all_that_fail_are_named_with_line_and_reason():
    @for_each({"one": 1, "two": 2}, [0, 1])
    def divided(number, by):
        assert number / by == 1

    with pytest.raises(pytest.fail.Exception) as failure:
        divided()

    lines = failure.value.msg.splitlines()
    assert lines[0] == "3 of 4 fail:"
    assert lines[1].startswith("one, 0 (line 10): ZeroDivisionError: ")
    assert lines[2].startswith("two, 0 (line 10): ZeroDivisionError: ")
    assert lines[3].startswith("two, 1 (line 10): assert (2 / 1) == 1")


def test_what_should_have_raised_and_did_not_is_named_too():
    @for_each(["3", "x"])
    def refused(text):
        with pytest.raises(ValueError, match="invalid"):
            int(text)

    with pytest.raises(pytest.fail.Exception, match="1 of 2 fail:\n3 .* DID NOT RAISE"):
        refused()


def test_nothing_to_check_is_a_failure():
    with pytest.raises(AssertionError, match="nothing to check"):
        for_each([])(lambda thing: None)()


@for_each(["a", "b"])
def test_fixtures_come_after_the_things(letter, tmp_path):
    (tmp_path / letter).touch()
    assert tmp_path.is_dir()
