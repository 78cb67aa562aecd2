"""A class of any size: the sample learners again and again, under other names."""

import functools
import gzip
import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from framingkit.hand_ins import ClassFile, collect, read_class, sample_hand_ins
from framingkit.hand_ins.file import write_class


@functools.cache
def sample_lines() -> tuple[ClassFile, tuple[str, ...]]:
    """Collect the sample class; give its header, and each learner's line without the name."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "sample.jsonl.gz")
        class_file = collect(sample_hand_ins(), path).class_file
        _, *lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    return class_file, tuple(f"{{{line.partition(',')[2]}" for line in lines)


def large_class(path: Path, learners: int) -> ClassFile:
    """Write a class of so many learners."""
    sample, lines = sample_lines()
    texts = tuple(replace(text, learners=min(text.learners, learners)) for text in sample.texts)
    class_file = ClassFile(path, texts, sample.items, learners, learners)
    write_class(class_file, ((f"learner-{n:06}", lines[n % len(lines)]) for n in range(learners)))
    return read_class(path)


def changed(path: Path, number: int, change: dict[str, object]) -> None:
    """Change what one line of a class file says."""
    lines = gzip.decompress(path.read_bytes()).splitlines()
    lines[number] = json.dumps(json.loads(lines[number]) | change).encode()
    path.write_bytes(gzip.compress(b"\n".join(lines) + b"\n"))
