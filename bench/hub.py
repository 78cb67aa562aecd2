"""How many learners a JupyterHub carries at once on this computer; it has to be run as root.

    python bench/hub.py 2 5 10 20 40        this many learners, each time in a new Hub

All learners log in within the same second, start their servers, open the tools of a lesson, tag
and hand in. A run ends after two minutes, whoever is not done then has failed, and the runs end
with the first in which somebody failed. Everything happens on 127.0.0.1; the clients take a part
of the same processors. Every tag that was confirmed is looked for in the logs on the disk.

Memory is that which would be free without a process (USS), just before everybody leaves.
"""

import asyncio
import importlib.util
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "helpers"))

from hub import DEPLOY, Accounts, Hub, Visitor, own_memory, processes_of, tree, why_not  # noqa: E402

from framingkit.work.log import WorkLog  # noqa: E402

LONGEST = 120.0
TAGS, PAUSE = 10, 1.0
LEFT = 4e9
"""Bytes that stay free: more learners than fit beside that are not tried."""


@dataclass
class Run:
    """What one run has shown; times are in seconds."""

    page: list[float] = field(default_factory=list)
    tools: list[float] = field(default_factory=list)
    tag: list[float] = field(default_factory=list)
    hand_in: list[float] = field(default_factory=list)
    confirmed: dict[str, list[str]] = field(default_factory=dict)
    server: list[int] = field(default_factory=list)
    kernel: list[int] = field(default_factory=list)
    hub: int = 0
    worked: float = 0.0
    hub_worked: float = 0.0
    failures: list[str] = field(default_factory=list)
    done: int = 0
    late: list[str] = field(default_factory=list)


async def work(visitor: Visitor, run: Run, all_are_done: asyncio.Event, number: int) -> None:
    """Do what one learner does."""
    began = time.monotonic()
    confirmed = run.confirmed.setdefault(visitor.name, [])
    await visitor.log_in()
    await visitor.start(LONGEST)
    run.page.append(time.monotonic() - began)
    began = time.monotonic()
    await visitor.open_kernel()
    run.tools.append(time.monotonic() - began)
    for tag in range(TAGS):
        began = time.monotonic()
        act, answer = await visitor.tag(tag)
        run.tag.append(time.monotonic() - began)
        if answer["kind"] == "saved":
            confirmed.append(act)
        await asyncio.sleep(PAUSE)
    began = time.monotonic()
    sentences = await visitor.hand_in()
    run.hand_in.append(time.monotonic() - began)
    if not sentences[0].startswith("Handed in at "):
        run.failures.append(sentences[0])
    run.done += 1
    if run.done == number:
        all_are_done.set()
    await all_are_done.wait()  # memory is measured while all of them are there


async def measure(hub: Hub, run: Run) -> None:
    """Let all learners of a Hub work at once; measure memory at the end."""
    visitors = [Visitor(hub, name) for name in hub.accounts.learners]
    all_are_done = asyncio.Event()
    tasks = [asyncio.create_task(work(one, run, all_are_done, len(visitors))) for one in visitors]
    finished, waiting = await asyncio.wait(tasks, timeout=LONGEST)
    weigh(hub, run)
    for task in waiting:
        task.cancel()
    await asyncio.wait(tasks, timeout=5)
    for task in finished:
        if error := task.exception():
            run.failures.append(f"{type(error).__name__}: {error}"[:200])
    for task, visitor in zip(tasks, visitors, strict=True):
        if task in waiting:
            run.late.append(visitor.name)
    if run.done < len(visitors):
        late = len(visitors) - run.done - len(run.failures)
        run.failures += [f"not done after {LONGEST:.0f} s"] * late
    leaving = [asyncio.create_task(visitor.leave()) for visitor in visitors]
    await asyncio.wait(leaving, timeout=5)


def weigh(hub: Hub, run: Run) -> None:
    """Measure what the processes of all learners and of the Hub hold."""
    run.hub = hub.memory()
    run.hub_worked = sum(map(worked, tree(hub.process.pid)))
    for name in hub.accounts.learners:
        for pid in processes_of(name):
            run.worked += worked(pid)
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                continue
            kind = run.kernel if b"ipykernel" in command else run.server
            if b"ipykernel" in command or b"singleuser" in command:
                kind.append(own_memory(pid))


def lost(hub: Hub, run: Run) -> int:
    """Count the tags that were confirmed and are in no log."""
    count = 0
    for name, acts in run.confirmed.items():
        folder = hub.accounts.homes / name / "framingkit" / "work"
        seen = {act for path in folder.glob("*.jsonl") for act in WorkLog(path).state.seen}
        count += len(set(acts) - seen)
    return count


def part(values: list[float], share: float) -> float:
    ordered = sorted(values) or [float("nan")]
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def available() -> float:
    lines = Path("/proc/meminfo").read_text().splitlines()
    return 1024.0 * int(next(line.split()[1] for line in lines if line.startswith("MemAvailable")))


def row(number: int, hub: Hub, run: Run, load: float) -> str:
    megabytes = [f"{median(one or [0]) / 1e6:.0f}" for one in (run.server, run.kernel)]
    confirmed = sum(map(len, run.confirmed.values()))
    handed_in = len(list((hub.folder / "srv" / "handed-in").glob("*/*.json")))
    cells = [
        str(number), f"{run.done}", f"{part(run.page, 0.5):.1f}", f"{part(run.page, 1):.1f}",
        f"{part(run.tools, 0.5):.1f}", f"{part(run.tools, 1):.1f}",
        f"{1000 * part(run.tag, 0.5):.0f}", f"{1000 * part(run.tag, 0.95):.0f}",
        f"{1000 * part(run.hand_in, 0.95):.0f}", f"{confirmed}", f"{lost(hub, run)}",
        f"{handed_in}", *megabytes, f"{run.hub / 1e6:.0f}", f"{run.worked / number:.1f}",
        f"{run.hub_worked / number:.2f}", f"{load:.1f}",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


HEAD = (
    "| learners | done | page p50, s | last | tools p50, s | last | tag p50, ms | p95 "
    "| hand in p95, ms | confirmed | lost | handed in | server, MB | kernel, MB | Hub, MB "
    "| processor s each | of the Hub, each | load before |"
)


def one_run(number: int, venv: Path) -> list[str]:
    """Measure with this many learners; give what failed."""
    folder = Path(tempfile.mkdtemp(prefix="framingkit-bench-"))
    folder.chmod(0o755)
    accounts, run, load = Accounts(folder / "homes", number, 0), Run(), os.getloadavg()[0]
    loop = asyncio.new_event_loop()
    try:
        hub = Hub(venv, folder, accounts)
        try:
            # a request that nobody answers any more may not be cancelled: it is left behind
            loop.run_until_complete(measure(hub, run))
        finally:
            hub.stop()
        print(row(number, hub, run, load), flush=True)
        if run.late:
            kept = shutil.copy(hub.log, tempfile.gettempdir())
            print(f"Not done: {', '.join(run.late)}; see {kept}")
    finally:
        accounts.delete()
        shutil.rmtree(folder, ignore_errors=True)
    return run.failures


def worked(pid: int) -> float:
    """Count the seconds that a process has used a processor."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, after_name[11:13])) / os.sysconf("SC_CLK_TCK")


def main(words: list[str]) -> None:
    if reason := why_not():
        sys.exit(reason)
    spec = importlib.util.spec_from_file_location("set_up", DEPLOY / "set_up.py")
    set_up = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(set_up)
    venv = set_up.folder_for_checks()
    if not set_up.is_ready(venv):
        sys.exit("Install the Hub first: python deploy/jupyterhub/set_up.py --for-checks")
    set_up.install_kit(venv)
    print(f"{HEAD}\n{'|---' * (HEAD.count('|') - 1)}|", flush=True)
    for number in map(int, words or ["2", "5", "10", "20", "40"]):
        if available() - number * 2e8 < LEFT:
            print(f"\nNot tried: {number} learners need more memory than is free.")
            return
        failures = one_run(number, venv)
        if failures:
            kinds = {reason: failures.count(reason) for reason in failures}
            print(f"\nWith {number} learners: {kinds}")
            return


if __name__ == "__main__":
    main(sys.argv[1:])
