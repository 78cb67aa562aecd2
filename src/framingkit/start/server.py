"""Answers for the start page on the server that JupyterLab runs on; the only module that knows it.

Nothing is sent or fetched: the server is there already, and answers only who may see its files.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_escape, url_path_join
from tornado import web

from framingkit.base import read_bytes
from framingkit.course import load_outlines, this_course, working_on
from framingkit.errors import FramingkitError
from framingkit.start.page import FIRST, GUIDE, PLACES, POLICY, Here, no_course_page, start_page
from framingkit.work import find_log, work_folder

ADDRESS = "framingkit"


class StartHandler(JupyterHandler):
    """Gives the page; with it comes nothing that a browser would keep for later."""

    auth_resource = "contents"

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """Make the page from what lies on the disk now."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        root = Path(self.settings["server_root_dir"]).expanduser()
        self.finish(page_for(root, self.contents_manager.should_list))


class PageHandler(JupyterHandler):
    """Gives a page of the kit as it is, with its links working; other files are opened in Lab.

    The server's own way of giving a page cuts it off from the server, so that none of its links
    leads anywhere. These pages need no script, and none is let in.
    """

    auth_resource = "contents"

    @property
    def content_security_policy(self) -> str:
        """Let in the style and the pictures that a page holds, and nothing else."""
        return f"{super().content_security_policy}; {POLICY}"

    @web.authenticated
    @authorized
    async def get(self, path: str) -> None:
        """Give the page; what is not listed is not there."""
        root = Path(self.settings["server_root_dir"]).expanduser()
        if not is_page(root, path, self.contents_manager.should_list):
            self.redirect(url_path_join(self.base_url, "lab/tree", url_escape(path)))
            return
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(read_bytes(root / path))


def is_page(root: Path, path: str, is_listed: Callable[[str], bool]) -> bool:
    """Tell whether a path names a page in the folder ``docs`` that may be seen."""
    parts = Path(path).parts
    if parts[:1] != ("docs",) or ".." in parts or not path.endswith(".html"):
        return False
    return _is_shown(root, path, is_listed)


def page_for(root: Path, is_listed: Callable[[str], bool]) -> bytes:
    """Make the page for the folder that the server shows; a damaged log does not keep it away.

    Parameters
    ----------
    root
        The folder.
    is_listed
        Tells of a name whether the file browser lists it.
    """
    try:
        with working_on(root):
            return _page_of_course(root, is_listed)
    except FramingkitError as error:  # of a course that a teacher has changed by hand
        return no_course_page(str(error))


def _page_of_course(root: Path, is_listed: Callable[[str], bool]) -> bytes:
    shown = frozenset(path for path in PLACES if _is_shown(root, path, is_listed))
    if FIRST not in shown and (this_course().is_kit or not load_outlines()):
        return no_course_page()
    try:
        log, trouble = find_log(folder=work_folder(root)), ""
    except (FramingkitError, OSError) as error:
        log, trouble = None, str(error)
    is_served = "JUPYTERHUB_USER" in os.environ
    return start_page(log, Here(shown, (root / GUIDE).is_file(), trouble, is_served))


def _is_shown(root: Path, path: str, is_listed: Callable[[str], bool]) -> bool:
    return (root / path).is_file() and all(map(is_listed, Path(path).parts))


def serve(app: Any) -> None:
    """Add the page to a server."""
    address = url_path_join(app.web_app.settings["base_url"], ADDRESS)
    app.web_app.add_handlers(
        ".*$", [(f"{address}/?", StartHandler), (f"{address}/(.+)", PageHandler)]
    )
