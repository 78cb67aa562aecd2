"""Rules of the house that no tool checks: locks, links, notebooks, and what is never committed."""

import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
import yaml
from for_each import for_each
from notebook_checks import WIDGET_VIEW, problems
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import framingkit

ROOT = Path(__file__).parent.parent
HUB_LOCK = "deploy/jupyterhub/requirements.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
GROUPS = PROJECT["optional-dependencies"]
RUNTIME = {"ipywidgets", "anywidget", "matplotlib", "fastjsonschema", "rich", "typer", "segno"}
NOT_OURS = {".git", ".venv", "node_modules", "work", "dist", "__pycache__"}
LOCKED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+?))? \\$", re.M)

# Put together here, so that this file does not hold the words that it forbids.
FORBIDDEN = [
    *(re.escape(".".join(host)) for host in [
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"),
        ("yarnpkg", "com"), ("anaconda", "com"), ("anaconda", "org"),
    ]),
    r"(?<![\w.:/<-])/(?:home|Users|root|work|opt/dev)/\w",
    r"[A-Z]:\\\\?Users",
    r"--(?:extra-)?index-url",
    "-----BEGIN " r"[A-Z ]*PRIVATE KEY",
    r"\b(?:ghp|gho|github_pat|npm|sk|xox[bp])[_-][A-Za-z0-9_]{20,}",
    r"\bAKIA[0-9A-Z]{16}\b",
]  # fmt: skip


def tracked_files() -> list[Path]:
    """Name what is committed; in a copy without git, everything that is not made by tools."""
    git = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if git.returncode == 0:
        names = git.stdout.decode("utf-8").split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    inside = [path for path in ROOT.rglob("*") if path.is_file()]
    return [path for path in inside if not NOT_OURS & set(path.relative_to(ROOT).parts)]


def texts(*endings: str) -> Iterator[tuple[str, str]]:
    """Give the name and the text of every committed text file."""
    for path in tracked_files():
        if not endings or path.suffix in endings:
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def locked(name: str) -> dict[tuple[str, str], str]:
    """Give the versions in a lock by package and marker."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {(m["name"], m["marker"] or ""): m["version"] for m in LOCKED.finditer(text)}


def requirements(*groups: str) -> list[Requirement]:
    lines = chain(PROJECT["dependencies"], *(GROUPS[group] for group in groups))
    return [Requirement(line) for line in lines]


def forbidden_in(text: str) -> list[str]:
    """Search for each of them alone: all in one pattern take twice as long."""
    return [match.group() for one in FORBIDDEN if (match := re.search(one, text))]


def test_no_hosts_machine_paths_or_secrets_are_committed():
    assert {name: words for name, text in texts() if (words := forbidden_in(text))} == {}


def test_the_search_for_secrets_finds_one():
    planted = [
        "see https://" + "pypi" + ".org/simple",
        "open('/" + "home/me/x')",
        "AKIA" + "A" * 16,
    ]
    assert all(map(forbidden_in, planted))


def test_the_package_names_the_version_that_it_is_built_with():
    assert framingkit.__version__ == PROJECT["version"]


def test_the_runtime_dependencies_are_the_agreed_seven():
    assert {r.name for r in requirements()} == RUNTIME


LOCKS = {
    "requirements.lock": 50, "requirements-test.lock": 50, HUB_LOCK: 50,
    "requirements-site.lock": 50, "requirements-pyodide.lock": 10,
}  # fmt: skip


@pytest.mark.parametrize(("name", "least"), LOCKS.items())
def test_a_lock_has_hashes_and_no_addresses(name, least):
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) == len(locked(name)) > least
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


@pytest.mark.parametrize(
    ("name", "groups"),
    [("requirements.lock", ["lab"]), ("requirements-test.lock", ["lab", "test"])],
)
def test_a_lock_covers_what_pyproject_asks_for(name, groups):
    versions: dict[str, list[str]] = {}
    for (package, _), version in locked(name).items():
        versions.setdefault(package, []).append(version)
    for wanted in requirements(*groups):
        found = versions.get(canonicalize_name(wanted.name), [])
        assert found, f"{name} lacks {wanted}"
        assert all(version in wanted.specifier for version in found), f"{name} is behind {wanted}"


@for_each(["site", "pyodide"])
def test_a_lock_of_the_site_covers_its_group(name):
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    versions = {package: v for (package, _), v in locked(f"requirements-{name}.lock").items()}
    for wanted in map(Requirement, table["dependency-groups"][name]):
        assert versions[canonicalize_name(wanted.name)] in wanted.specifier


def test_the_python_of_the_site_is_the_one_that_its_kernel_was_made_for():
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert wanted["pyodide"] == "314.0.6", "jupyterlite-pyodide-kernel 0.8.6 says so"
    (kernel,) = {v for (n, _), v in locked("requirements-site.lock").items() if "pyodide" in n}
    assert kernel == "0.8.6"


def test_the_lock_of_the_checks_holds_the_learners_lock():
    assert locked("requirements.lock").items() <= locked("requirements-test.lock").items()


def test_the_lock_of_the_hub_has_the_versions_that_the_checks_try_and_what_a_hub_needs():
    hub, tried = locked(HUB_LOCK), locked("requirements-test.lock")
    assert {name: hub[name] for name in hub.keys() & tried.keys()} == {
        name: tried[name] for name in hub.keys() & tried.keys()
    }
    assert locked("requirements.lock").items() <= hub.items()
    wanted = (ROOT / "deploy/jupyterhub/requirements.in").read_text(encoding="utf-8").splitlines()
    for line in filter(lambda line: not line.startswith("#"), wanted):
        requirement = Requirement(line)
        versions = [one for (name, _), one in hub.items() if name == requirement.name]
        assert any(one in requirement.specifier for one in versions), f"{HUB_LOCK}: {line}"


def test_macs_with_intel_processors_get_a_wheel():
    (version,) = {v for (name, _), v in locked("requirements.lock").items() if "bindings" in name}
    assert int(version.split(".")[0]) < 26


def test_the_conda_environment_equals_pyproject():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda_names = {"matplotlib": "matplotlib-base", "jupyter-server": "jupyter_server"}
    wanted = {f"{conda_names.get(r.name, r.name)}{r.specifier}" for r in requirements("lab")}
    *packages, pip_part = environment["dependencies"]
    assert environment["name"] == PROJECT["name"]
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    assert set(packages) == wanted | {f"python{PROJECT['requires-python']}", "pip"}
    assert pip_part == {"pip": ["-e ."]}


def test_relative_links_lead_somewhere():
    broken = []
    for name, text in texts(".md"):
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)
        for target in re.findall(r"\]\(<?([^)\s>]+)>?[^)]*\)", prose):
            place = (ROOT / name).parent / target.split("#")[0]
            if not re.match(r"\w+:|#", target) and not place.exists():
                broken.append(f"{name}: {target}")
    assert broken == []


NOTEBOOKS = {
    path.relative_to(ROOT).as_posix(): path
    for place in ("notebooks", "exercises/solutions")
    for path in sorted(ROOT.glob(f"{place}/*.ipynb"))
}


@for_each(NOTEBOOKS)
def test_a_notebook_is_committed_as_it_should_be(path):
    assert problems(path) == []


@for_each(NOTEBOOKS)
def test_a_notebook_says_no_more_about_itself_than_it_must(path):
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    assert set(metadata) <= {"kernelspec", "language_info"}
    assert metadata["kernelspec"]["name"] == "python3"
    assert set(metadata.get("language_info", {})) <= {"name"}, "the Python version would drift"


@for_each(NOTEBOOKS)
def test_an_output_is_shown_without_a_kernel(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for output in chain(*(cell.get("outputs", []) for cell in cells)):
        kinds = set(output.get("data", {}))
        assert WIDGET_VIEW not in kinds
        assert "application/javascript" not in kinds
        assert not kinds or "text/plain" in kinds


def test_the_drawing_of_the_house_names_files_that_exist():
    drawing = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+\.(?:py|js|toml))`", drawing))
    places = [ROOT / name for name in ("src/framingkit", "jupyter", "tools")]
    files = {path.as_posix() for place in places for path in place.rglob("*.*")}

    assert len(named) > 20
    assert {name for name in named if not any(path.endswith(f"/{name}") for path in files)} <= {
        "pyproject.toml", "document.toml",
    }  # fmt: skip
