"""Counts a large class in several processes: each counts some parts, and the parts are added up.

One process reads the lines and hands them out, a part at a time; whoever is free takes the next.
What comes back are counts and short columns, in the order of the file. A small class is not worth
the start of a process, and where there are none, as in a browser, one process counts everything.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from framingkit.errors import FramingkitError
from framingkit.hand_ins import AnswerBook, ClassFile, Learner

FEWEST_FOR_PROCESSES = 10_000
"""In a smaller class, other processes would take about as long to start as they save."""

PART = 2_000
"""Learners in one part."""

_AHEAD = 1  # parts that wait for each process


class Tally(Protocol):
    """What counts learners, one group after the other."""

    def add(self, now: tuple[Learner, ...]) -> None:
        """Count a learner, or several who cannot be told apart."""

    @property
    def counts(self) -> dict[str, Any]:
        """What was counted, as plain data that adds up."""


_FEWEST_PROCESSORS, _MOST_PROCESSES = 4, 6


def usual_processes() -> int:
    """Say how many processes pay on this computer: with two processors one is nearly as fast.

    Examples
    --------
    >>> 1 <= usual_processes() <= 6
    True
    """
    processors = os.cpu_count() or 1
    return min(processors - 1, _MOST_PROCESSES) if processors >= _FEWEST_PROCESSORS else 1


def parts_of(class_file: ClassFile) -> int:
    """Say how many parts a class has.

    Examples
    --------
    >>> from pathlib import Path
    >>> parts_of(ClassFile(Path("class.jsonl.gz"), (), (), 100_000, 100_000))
    50
    """
    return -(-class_file.learners // PART)


def counts_of_parts(
    class_file: ClassFile, tally: Callable[[], Tally], processes: int
) -> Iterator[dict[str, Any]]:
    """Give the counts of each part of a class.

    Parameters
    ----------
    class_file
        The class.
    tally
        Makes what counts a part; it has to go into another process.
    processes
        How many there may be.

    Raises
    ------
    FramingkitError
        If the class file is damaged, or a process ends before it is done.
    """
    blocks = class_file.blocks(PART)
    pool = _pool(class_file, tally, processes)
    if pool is None:
        _begin(class_file, tally)
        for first, lines in blocks:
            yield _counts_of(first, lines)
        return
    from concurrent.futures.process import BrokenProcessPool

    waiting = deque[Any]()
    try:
        for first, lines in blocks:
            waiting.append(pool.submit(_counts_of, first, lines))
            if len(waiting) > _AHEAD * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except (BrokenProcessPool, OSError) as error:
        raise FramingkitError(
            f"The class could not be counted to its end, because a process ended too soon "
            f"({type(error).__name__}). Nothing was written. Close other programs, or give "
            "“--processes 1”, which needs less memory."
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(class_file: ClassFile, tally: Callable[[], Tally], processes: int) -> Any:
    """Start processes; None where there are none."""
    try:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        context = get_context("spawn")  # the same on all systems, and safe beside threads
        return ProcessPoolExecutor(processes, context, _begin, (class_file, tally))
    except (ImportError, NotImplementedError, OSError):
        return None


_here: dict[str, Any] = {}  # what each process is given when it begins


def _begin(class_file: ClassFile, tally: Callable[[], Tally]) -> None:
    _here.update(class_file=class_file, tally=tally, book=AnswerBook())


def _counts_of(first: int, lines: list[bytes]) -> dict[str, Any]:
    tally: Tally = _here["tally"]()
    for learner in _here["class_file"].learners_in(lines, first, _here["book"]):
        tally.add((learner,))
    return tally.counts
