"""Agreement of whole classes: framingkit beside krippendorff, statsmodels and nltk, in one run.

    python bench/agreement.py            the table of bench/agreement.md
    python bench/agreement.py --small    without the class of 100,000

statsmodels is not among the packages of the checks: `pip install -r bench/requirements.txt`.

Everyone gets the same constructed classes: 12 labels on a text of 3,000 characters, about 25 tags
for each learner. Everybody has read everything; framingkit gets that as ranges, as in a report.
Each measurement has a process of its own. Times are processor time and medians; memory is the
peak of the process, with Python, numpy and the class in it. The others need one value per learner
and character; making these is not counted in their time. As all labels cost them the same, the
slow ones are timed on a few labels and scaled up to 12 (marked with *).
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

LABELS, LENGTH = 12, 3000
# Who is measured on which class: labels that are timed, and repetitions.
PLAN: dict[int, dict[str, tuple[int, int]]] = {
    30: {"framingkit": (12, 51), "everything": (12, 51), "krippendorff": (12, 7),
         "statsmodels": (12, 7), "nltk": (12, 3)},
    300: {"framingkit": (12, 31), "everything": (12, 31), "krippendorff": (12, 5),
          "statsmodels": (12, 5), "nltk": (2, 1)},
    3000: {"framingkit": (12, 21), "everything": (12, 21), "krippendorff": (12, 3),
           "statsmodels": (12, 3), "nltk": (1, 1)},
    100_000: {"framingkit": (12, 9), "everything": (12, 9), "krippendorff": (1, 1),
              "statsmodels": (1, 1)},
}  # fmt: skip
OTHERS = ("krippendorff", "statsmodels", "nltk")


def make_class(learners: int) -> dict[str, np.ndarray]:
    """Draw a class: 64 places that call for a tag, each taken by some, with loose boundaries."""
    chance = np.random.default_rng(learners)
    start = np.sort(chance.integers(0, LENGTH - 60, 64))
    size = chance.integers(5, 45, 64)
    taken = chance.random((learners, 64), dtype=np.float32) < chance.beta(1.2, 1.8, 64)
    coder, place = (one.astype(np.int32) for one in np.nonzero(taken))
    loose = chance.random(len(coder)) < 0.4
    shift, more = (chance.integers(-4, 5, len(coder)) * loose for _ in range(2))
    begin = np.clip(start[place] + shift, 0, LENGTH - 1)
    end = np.clip(begin + np.maximum(size[place] + more, 1), 1, LENGTH)
    other = chance.random(len(coder)) < 0.1
    label = np.where(other, chance.integers(0, LABELS, len(coder)), place % LABELS)
    columns = {"coder": coder, "label": label, "start": begin, "end": end}
    return {name: column.astype(np.int32) for name, column in columns.items()}


def class_picture(columns: dict[str, np.ndarray], learners: int) -> tuple[Any, Any, list[float]]:
    """Count a class from its columns and compute every coefficient of the class."""
    from framingkit.agreement.alpha import krippendorff_alpha, positive_agreement, totals
    from framingkit.agreement.columns import ClassSpans, ReadRanges
    from framingkit.agreement.heat import class_heat

    everybody = np.arange(learners)
    read = ReadRanges(everybody, everybody * 0, np.full(learners, LENGTH))
    heat = class_heat(
        ClassSpans(**columns, length=LENGTH, coders=learners, labels=LABELS, read=read)
    )
    sums = totals(heat)
    alphas = [krippendorff_alpha(sums, [label]).value for label in range(LABELS)]
    krippendorff_alpha(sums, range(LABELS))
    for labels in (*([label] for label in range(LABELS)), range(LABELS)):
        positive_agreement(sums, labels)
    return heat, sums, alphas


def framingkit(columns: dict[str, np.ndarray], learners: int, _: int) -> Callable[[], Any]:
    return lambda: class_picture(columns, learners)[2]


def everything(columns: dict[str, np.ndarray], learners: int, _: int) -> Callable[[], Any]:
    from framingkit.agreement.intervals import agreement_by_coder

    def run() -> list[float]:
        heat, sums, alphas = class_picture(columns, learners)
        agreement_by_coder(heat, sums)
        return alphas

    return run


def matrix(columns: dict[str, np.ndarray], learners: int, label: int) -> np.ndarray:
    """Make the learners × characters table of zeros and ones that others ask for."""
    found = np.zeros((learners, LENGTH), dtype=np.int8)
    rows = np.flatnonzero(columns["label"] == label)
    for row in rows:
        found[columns["coder"][row], columns["start"][row] : columns["end"][row]] = 1
    return found


def krippendorff(columns: dict[str, np.ndarray], learners: int, labels: int) -> Callable[[], Any]:
    from krippendorff import alpha

    tables = [matrix(columns, learners, label) for label in range(labels)]
    return lambda: [alpha(one, level_of_measurement="nominal") for one in tables]


def statsmodels(columns: dict[str, np.ndarray], learners: int, labels: int) -> Callable[[], Any]:
    from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

    tables = [np.ascontiguousarray(matrix(columns, learners, label).T) for label in range(labels)]

    def run() -> list[float]:
        kappas = [fleiss_kappa(aggregate_raters(one, n_cat=2)[0]) for one in tables]
        # Its kappa is that of Fleiss, from which alpha follows: 1 - alpha = (1 - kappa)(1 - 1/n).
        return [kappa + (1 - kappa) / (learners * LENGTH) for kappa in kappas]

    return run


def nltk(columns: dict[str, np.ndarray], learners: int, labels: int) -> Callable[[], Any]:
    from nltk.metrics.agreement import AnnotationTask

    tables = [matrix(columns, learners, label) for label in range(labels)]

    def run() -> list[float]:
        found = []
        for table in tables:
            triples = (
                (coder, place, value)
                for coder, row in enumerate(table)
                for place, value in enumerate(row.tolist())
            )
            found.append(AnnotationTask(triples).alpha())
        return found

    return run


def measure(who: str, learners: int, path: str) -> None:
    """Measure one of them in this process, and print what was found."""
    labels, times = PLAN[learners][who]
    with np.load(path) as stored:
        columns = {name: stored[name] for name in stored.files}
    run = globals()[who](columns, learners, labels)
    alphas = run() if times > 1 else None  # the first run also loads modules
    taken = []
    for _ in range(times):
        began = time.process_time()
        alphas = run()
        taken.append(time.process_time() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": median(taken), "megabytes": peak, "alphas": alphas}))


def row(learners: int, folder: str) -> str:
    """Measure everybody on one class, check that they agree, and write one row of the table."""
    path = str(Path(folder) / f"{learners}.npz")
    columns = make_class(learners)
    np.savez(path, **columns)
    spans = len(columns["coder"])
    del columns
    found, cells = {}, [f"{learners:,}", f"{spans:,}"]
    for who in ("framingkit", "everything", *OTHERS):
        if who not in PLAN[learners]:
            cells.append("–")
            continue
        command = [sys.executable, __file__, "--measure", who, str(learners), path]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found[who] = one = json.loads(answer.stdout)
        ours = found["framingkit"]
        labels = PLAN[learners][who][0]
        for mine, theirs in zip(ours["alphas"], one["alphas"], strict=False):
            assert abs(mine - theirs) <= 1e-12, (who, mine, theirs)
        seconds = one["seconds"] * LABELS / labels
        cell = f"{seconds:.4f} s{'*' * (labels < LABELS)}, {one['megabytes']:.0f} MB"
        if who in OTHERS:
            cell += f", **{seconds / ours['seconds']:,.0f}×**"
        cells.append(cell)
    return f"| {' | '.join(cells)} |"


def main() -> None:
    if "--measure" in sys.argv:
        _, _, who, learners, path = sys.argv
        return measure(who, int(learners), path)
    classes = [one for one in PLAN if one <= 3000 or "--small" not in sys.argv]
    print(f"Load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.\n")
    heads = ("learners", "tags", "map, all α, F1", "and per learner, intervals", *OTHERS)
    print(f"| {' | '.join(heads)} |")
    print("|---" * len(heads) + "|")
    with tempfile.TemporaryDirectory() as folder:
        for learners in classes:
            print(row(learners, folder), flush=True)
    print(f"\nLoad after: {os.getloadavg()[0]:.1f}.")
    return None


if __name__ == "__main__":
    main()
