"""Open the notebooks, or run every check.

    python run.py                 sets everything up (the first time), then opens JupyterLab
    python run.py --teacher       shows solutions, the guide and the class notebook as well
    python run.py --no-browser    further arguments go to JupyterLab
    python run.py --version       says which version of the kit this is
    python run.py test            runs every check of the kit
    python run.py test quick      runs what takes less than a minute: no notebook and no browser
    python run.py test -k spans   runs only the tests that pytest picks by these words
    python run.py site            builds the lessons as a site for any browser, in build/site

Nothing is installed outside this folder: everything goes to .venv or .venv-site. Only the
standard library is used, and no syntax that a very old Python could not read, so that it can be
refused kindly.
"""

from __future__ import print_function

import sys


def refuse_old_python(version):
    """Leave with one sentence if this Python is too old for the kit."""
    if tuple(version[:2]) < (3, 11):
        sys.exit(
            "The kit needs Python 3.11 or newer, and this is Python %d.%d: install a newer one "
            "from python.org, then start run.py with it." % tuple(version[:2])
        )


refuse_old_python(sys.version_info)

import hashlib
import os
import re
import shutil
import signal
import subprocess

ROOT = os.path.dirname(os.path.abspath(__file__))
# A site is built apart: its packages would add themselves to the JupyterLab of the lessons.
VENV = os.path.join(ROOT, ".venv-site" if sys.argv[1:2] == ["site"] else ".venv")
PYTHON = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin", "python")
PYTHON += ".exe" if os.name == "nt" else ""
LOG, STAMP = os.path.join(VENV, "set-up.log"), os.path.join(VENV, "set-up.stamp")
LOCK, TEST_LOCK = "requirements.lock", "requirements-test.lock"
SITE_LOCK = "requirements-site.lock"
STOPPED = 130  # what a shell reports after Ctrl+C

NO_VENV = (
    "This Python cannot make a private folder for its packages (the part 'venv' is missing). "
    "On Debian or Ubuntu, run: sudo apt install python3-venv. Then start again."
)
NO_NETWORK = (
    "The packages could not be fetched. Check that this computer is connected to the internet, "
    "then start again. (The installer's own words are in %s.)" % LOG
)
EXCHANGED = (
    "The packages could not be fetched, because the certificate of the package server is not the "
    "right one (%s). A sign-in page or a filter of this network has put its own in between. Open "
    "any web page to sign in, or use another network, then start again. (The installer's own words "
    "are in %s.)"
)
SIGN_IN = (
    "The package server gave no packages. A sign-in page of this network may have answered in its "
    "place: open any web page to sign in, or use another network, then start again. (The "
    "installer's own words are in %s.)" % LOG
)
NO_WRITING = (
    "Nothing can be written in %s (%s). Copy the whole folder to a place of your own, close any "
    "JupyterLab that still runs in it, and start again there."
)
NETWORK_WORDS = re.compile(
    b"connection error|dns error|error sending request|newconnectionerror|name ?resolution|"
    b"proxyerror|failed to establish|connecttimeout|read timed out|getaddrinfo",
    re.IGNORECASE,
)


CERTIFICATE_WORDS = re.compile(
    b"certificate verify failed: ([^(\n]+)|invalid peer certificate: ([^\n]+)|"
    b"(CERTIFICATE_VERIFY_FAILED)(?! *\\])"
)
NO_PACKAGE_WORDS = re.compile(
    b"from versions: none|there is no version of|not found in the package registry|"
    b"do not match the hashes|hash mismatch|network authentication required",
    re.IGNORECASE,
)


def shown(words):
    """Write what a terminal could act on, or has no letter for, as its number."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    seen = "".join(
        sign if sign.isprintable() or sign == "\n" else ascii(sign)[1:-1] for sign in words
    )
    return seen.encode(encoding, "backslashreplace").decode(encoding)


def say(words, end="\n"):
    """Print something at once; if nobody can read it, the rest is done all the same."""
    try:
        print(shown(words), end=end, flush=True)
    except (OSError, ValueError):
        pass


def child_environment(*settings):
    """Give the environment for what is started from here; more folders of settings may be named."""
    env = dict(os.environ)
    # Compiled bytecode makes every later start a second faster; the other names would make the
    # kit's Python look for packages, or put them, outside its own folder.
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX"):
        env.pop(name, None)
    env.update(PIP_USER="0", PIP_REQUIRE_VIRTUALENV="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    # The kit's own JupyterLab settings come first; what a person chose in the menus still wins.
    kit = os.path.join(ROOT, "jupyter")
    paths = (kit,) + settings + (env.get("JUPYTER_CONFIG_PATH", ""),)
    env["JUPYTER_CONFIG_PATH"] = os.pathsep.join(path for path in paths if path)
    # In the same folder lies the extension that opens the lessons ready.
    places = [kit, env.get("JUPYTER_PATH", "")]
    env["JUPYTER_PATH"] = os.pathsep.join(path for path in places if path)
    env["JUPYTER_PREFER_ENV_PATH"] = "1"
    return env


def identity():
    """Say which Python and which folder an installation belongs to."""
    return "Python %d.%d in %s" % (sys.version_info[:2] + (ascii(ROOT),))


def fingerprint(lock):
    """Say what an installation from this lock depends on."""
    digest = hashlib.sha256()
    for name in (lock, "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return lock + " " + digest.hexdigest()


def is_installed(line=""):
    """Tell whether .venv is whole and made here; with a lock's fingerprint, from that lock."""
    try:
        with open(STAMP) as file:
            lines = file.read().splitlines()
    except (OSError, ValueError):
        return False
    return os.path.exists(PYTHON) and lines[:1] == [identity()] and (not line or line in lines)


def run_logged(command):
    """Run one installer, its words going to the log; give the end of them if it failed."""
    with open(LOG, "ab") as log:
        start = log.tell()
        pipes = {
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.STDOUT,
        }
        process = subprocess.Popen(command, cwd=ROOT, env=child_environment(), **pipes)
        for line in process.stdout:
            log.write(line)
            if line.startswith(b"Collecting"):
                say(".", end="")
    if process.wait() == 0:
        return None
    with open(LOG, "rb") as log:
        log.seek(start)
        return log.read()


def explain(words):
    """Turn an installer's complaint into one sentence."""
    certificate = CERTIFICATE_WORDS.search(words)
    if certificate:
        reason = next(filter(None, certificate.groups()))
        return EXCHANGED % (reason.decode("utf-8", "replace").strip(), LOG)
    if NETWORK_WORDS.search(words):
        return NO_NETWORK
    if NO_PACKAGE_WORDS.search(words):
        return SIGN_IN
    if b"ensurepip" in words or b"No module named venv" in words:
        return NO_VENV
    last = (words.strip().splitlines() or [b"no reason given"])[-1].decode("utf-8", "replace")
    return "Setting up failed: %s (All of the installer's words are in %s.)" % (last, LOG)


def commands(lock):
    """List the commands of a set-up: the packages of the lock, then the kit itself."""
    # The interpreter below any active environment: .venv itself may be the active one.
    base = getattr(sys, "_base_executable", None) or sys.executable
    uv = shutil.which("uv")
    if uv:
        make = [uv, "venv", "--allow-existing", "--python", base, VENV]
        install = [uv, "pip", "install", "--python", PYTHON]
    else:
        make = [base, "-m", "venv", VENV]
        install = [PYTHON, "-m", "pip", "install"]
    steps = [] if is_installed() else [make]
    steps.append(install + ["--require-hashes", "--only-binary", ":all:", "-r", lock])
    # After --require-hashes, in a step of its own: a folder has no hash.
    if lock != SITE_LOCK:
        steps.append(install + ["--no-deps", "--no-build-isolation", "-e", "."])
    return steps


def set_up(lock):
    """Install everything into .venv; the stamp comes last, so a break is seen at the next start."""
    say("Setting up in %s. This happens once and takes about a minute." % VENV)
    steps = commands(lock)
    if is_installed():
        os.remove(STAMP)
    else:
        # Half-finished, broken, or moved here from another place.
        if os.path.isdir(VENV):
            shutil.rmtree(VENV)
        os.makedirs(VENV)
    for command in steps:
        complaint = run_logged(command)
        if complaint is not None:
            sys.exit("\n" + shown(explain(complaint)))
    # The lock of the checks holds all of the learner's lock, version by version.
    locks = (LOCK, TEST_LOCK) if lock == TEST_LOCK else (lock,)
    with open(STAMP, "w") as file:
        file.write("\n".join([identity()] + [fingerprint(name) for name in locks]))
    say(" Done.")


def run(command, *settings):
    """Run a command to its end; Ctrl+C is for that command, which then ends by itself."""
    process = subprocess.Popen(command, cwd=ROOT, env=child_environment(*settings))
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    stopped = False
    while True:
        try:
            code = process.wait()
            return STOPPED if stopped else code
        except KeyboardInterrupt:
            stopped = True


def is_damaged():
    """Tell whether the installed packages no longer load."""
    names = "jupyterlab.labapp, ipykernel, ipywidgets, anywidget, matplotlib, framingkit"
    check = [PYTHON, "-c", "import " + names]
    return subprocess.call(check, stderr=subprocess.DEVNULL, env=child_environment()) != 0


def open_lab(words):
    """Open the start page; if the start fails because of a damaged .venv, mend that."""
    lab = [PYTHON, "-m", "jupyterlab", "--ServerApp.root_dir=" + ROOT]
    lab += [word for word in words if word != "--teacher"]
    # What answers the questions is not listed, unless a teacher asks for it.
    settings = [] if "--teacher" in words else [os.path.join(ROOT, "jupyter", "students")]
    code = run(lab, *settings)
    if code == STOPPED:
        return 0
    if code != 0 and is_damaged():
        say("Something in .venv is damaged, so it is made anew.")
        os.remove(STAMP)
        set_up(LOCK)
        code = run(lab, *settings)
    return code


def version():
    """Say which version of the kit this is, and which Python runs it."""
    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        number = re.search(b'^version = "([^"]+)"', file.read(), re.MULTILINE)
    named = number.group(1).decode("ascii") if number else "of an unknown version"
    return "framingkit %s, Python %d.%d.%d" % ((named,) + tuple(sys.version_info[:3]))


def main(words):
    """Do what the words on the command line ask for."""
    if words == ["--version"]:
        say(version())
        return 0
    testing, building = words[:1] == ["test"], words[:1] == ["site"]
    lock = TEST_LOCK if testing else SITE_LOCK if building else LOCK
    try:
        if not is_installed(fingerprint(lock)):
            set_up(lock)
        if testing:
            return run([PYTHON, os.path.join(".ci", "checks.py")] + words[1:])
        if building:
            return run([PYTHON, os.path.join("tools", "build_site.py")] + words[1:])
        return open_lab(words)
    except KeyboardInterrupt:
        return "\nStopped. Start again whenever you like."
    except OSError as error:
        return shown(NO_WRITING % (ROOT, error.strerror or error))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
