"""Hand in changed bytes for some minutes: ``python tests/hostile/fuzz.py 300``.

With the word ``classes``, ``toml`` or ``tables`` after the seconds, class files, TOML files, or
tables with marks are changed.

With the package atheris, which looks which code was reached, the bytes are chosen by it;
otherwise by the corpus's own seeded changes. Whatever is found ends the run with a traceback.
"""

import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = map(str, [TESTS, TESTS / "helpers", TESTS.parent / "src"])

try:
    import atheris
except ImportError:
    atheris = None

# What atheris is to look at has to be imported under its eyes.
with atheris.instrument_imports(include=["framingkit"]) if atheris else contextlib.nullcontext():
    from framingkit.errors import FramingkitError
    from framingkit.hand_ins.archive import open_archive
    from framingkit.hand_ins.hand_in import KnownTexts, read_hand_in
    from framingkit.hand_ins.sources import contents

from class_samples import ARTICLE  # noqa: E402
from hostile.class_corpus import mutated_classes  # noqa: E402
from hostile.corpus import file_cases, mutated, zip_cases  # noqa: E402
from hostile.readers import readers_in  # noqa: E402
from hostile.tables import damaged, prepare, try_table  # noqa: E402
from hostile.toml_corpus import load, mutated_toml  # noqa: E402

KNOWN = KnownTexts({(ARTICLE.id, ARTICLE.sha256): ARTICLE.text})
SLOW = 2.0
COUNTS = {"read": 0, "refused": 0, "slowest": 0.0}


def one_input(content: bytes) -> None:
    clock = time.process_time()
    if content[:4] == b"PK\x03\x04" or content[-22:-18] == b"PK\x05\x06":
        try_archive(content)
    else:
        try_file(content)
    spent = time.process_time() - clock
    COUNTS["slowest"] = max(COUNTS["slowest"], spent)
    assert spent < SLOW, f"{spent:.1f} s for {len(content)} bytes"


def try_file(content: bytes) -> None:
    try:
        read_hand_in(content, "x.answers.json", KNOWN)
        COUNTS["read"] += 1
    except FramingkitError as error:
        COUNTS["refused"] += 1
        assert "“x.answers.json”" in str(error)  # noqa: PT017


def try_archive(content: bytes) -> None:
    path = SCRATCH / "all.zip"
    path.write_bytes(content)
    try:
        archive = open_archive(path)
    except FramingkitError:
        COUNTS["refused"] += 1
        return
    for name in archive.listing.names:
        try:
            for _, member in contents(archive, name):
                try_file(member)
        except FramingkitError:
            COUNTS["refused"] += 1
    archive.close()
    assert list(SCRATCH.iterdir()) == [path], "something was unpacked"


def own_fuzzer(seconds: float) -> None:
    end, seed = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        seed += 1
        for content in mutated(seed, 200):
            one_input(content)
    print(f"own fuzzer: {seed * 200:,} inputs, {COUNTS}")


def measured(act) -> None:
    """Let something be read or refused with a sentence that can be shown, in time."""
    clock = time.process_time()
    try:
        act()
        COUNTS["read"] += 1
    except FramingkitError as error:
        COUNTS["refused"] += 1
        assert str(error).isprintable(), ascii(str(error))  # noqa: PT017
        assert len(str(error)) < 600  # noqa: PT017
    spent = time.process_time() - clock
    COUNTS["slowest"] = max(COUNTS["slowest"], spent)
    assert spent < SLOW, f"{spent:.1f} s"


def class_fuzzer(seconds: float) -> None:
    """Change class files, and give each to one of those who read them."""
    os.environ["FRAMINGKIT_WORK"] = str(SCRATCH / "work")
    end, seed, readers = time.monotonic() + seconds, 0, list(readers_in(SCRATCH).values())
    path = SCRATCH / "class.gz"
    while time.monotonic() < end:
        seed += 1
        for number, content in enumerate(mutated_classes(seed, 70)):
            path.write_bytes(content)
            measured(lambda number=number: readers[number % len(readers)](path))
    print(f"class files: {seed * 70:,} inputs, {COUNTS}, {megabytes():.0f} MB")


def toml_fuzzer(seconds: float) -> None:
    end, seed = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        seed += 1
        for name, text in mutated_toml(seed, 100):
            measured(lambda name=name, text=text: load(SCRATCH, name, text))
    print(f"TOML: {seed * 100:,} inputs, {COUNTS}, {megabytes():.0f} MB")


def megabytes() -> float:
    """Return the most memory that this process had."""
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 if sys.platform == "linux" else 1024**2)


def table_fuzzer(seconds: float) -> None:
    end, seed, table = time.monotonic() + seconds, 0, prepare(SCRATCH)
    while time.monotonic() < end:
        seed += 1
        for content in damaged(seed, table, 20):
            clock = time.process_time()
            COUNTS["read" if try_table(SCRATCH, content) else "refused"] += 1
            spent = time.process_time() - clock
            COUNTS["slowest"] = max(COUNTS["slowest"], spent)
            assert spent < SLOW, f"{spent:.1f} s for seed {seed}"
    print(f"tables: {seed * 20:,} inputs, {COUNTS}, {megabytes():.0f} MB")


def coverage_fuzzer(seconds: float) -> None:
    seeds = SCRATCH.with_name("seeds")
    seeds.mkdir()
    for number, case in enumerate([*file_cases(), *zip_cases()]):
        if len(case.content) < 20_000:
            (seeds / str(number)).write_bytes(case.content)
    options = [f"-max_total_time={seconds:.0f}", "-timeout=10", "-rss_limit_mb=1000"]
    atheris.Setup([sys.argv[0], *options, "-max_len=20000", str(seeds)], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    time_left = float(sys.argv[1]) if len(sys.argv) > 1 else 300.0
    with tempfile.TemporaryDirectory() as folder:
        SCRATCH = Path(folder) / "scratch"
        SCRATCH.mkdir()
        if sys.argv[2:] == ["classes"]:
            class_fuzzer(time_left)
        elif sys.argv[2:] == ["toml"]:
            toml_fuzzer(time_left)
        elif sys.argv[2:] == ["tables"]:
            table_fuzzer(time_left)
        else:
            (coverage_fuzzer if atheris else own_fuzzer)(time_left)
