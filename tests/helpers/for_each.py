"""One test for many things: it tries each of them, and names all that fail with the reason."""

import inspect
import itertools
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

FAILURES = (Exception, pytest.fail.Exception)
Test = Callable[..., None]


def for_each(*groups: Iterable[Any]) -> Callable[[Test], Test]:
    """Let a test run for each thing of a group, or for each combination of several groups.

    The test is written as with ``pytest.mark.parametrize``, with the thing as first parameter and
    fixtures after it. But it counts as one test, and its fixtures are made once for all things.
    This is for what is many and only looked at: data files, questions, notebooks, seeds.

    Parameters
    ----------
    groups
        The things, or a dictionary of their names and the things. None at all is a failure, since
        an empty folder must not look like a good one.

    Examples
    --------
    >>> @for_each(["carpet", "chess", "ice"])
    ... def test_a_word_is_short(word):
    ...     assert len(word) < 5, "too long"
    >>> test_a_word_is_short()
    Traceback (most recent call last):
        ...
    Failed: 2 of 3 fail:
    carpet (line 3): too long
    chess (line 3): too long
    """
    cases = list(itertools.product(*map(_named, groups)))

    def decorate(test: Test) -> Test:
        def test_of_all(**fixtures: Any) -> None:
            assert cases, "There is nothing to check."
            offenders = [words for case in cases for words in _tried(test, case, fixtures)]
            if offenders:
                first = f"{len(offenders)} of {len(cases)} fail:"
                pytest.fail("\n".join([first, *offenders]), pytrace=False)

        parameters = list(inspect.signature(test).parameters.values())
        test_of_all.__signature__ = inspect.Signature(parameters[len(groups) :])
        for name in ("__name__", "__qualname__", "__module__", "__doc__"):
            setattr(test_of_all, name, getattr(test, name))
        return test_of_all

    return decorate


def _named(group: Iterable[Any]) -> list[tuple[str, Any]]:
    """Name a thing by its key or its id, a file by its name, and anything else by itself."""
    if isinstance(group, Mapping):
        return list(group.items())
    return [(str(getattr(one, "id", getattr(one, "name", one))), one) for one in group]


def _tried(test: Test, case: tuple[tuple[str, Any], ...], fixtures: dict[str, Any]) -> list[str]:
    """Try one case; if it fails, name it, and say in which line of the test and why."""
    names, things = zip(*case, strict=True)
    try:
        test(*things, **fixtures)
    except FAILURES as error:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == test.__code__.co_filename]
        kind = "" if isinstance(error, AssertionError) else f"{type(error).__name__}: "
        return [f"{', '.join(names)} (line {lines[-1]}): {kind}{error}"]
    return []
