"""A web server for one room: it gives the files of a site, fast enough for a class at once.

Python's own server closes the connection after each file and sends everything as it is: with sixty
browsers, files get lost. This one keeps connections open, compresses each file once, and tells
browsers what they need not ask for again.
"""

import socket
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote, unquote, urlsplit

from framingkit.base import say
from framingkit.errors import FramingkitError
from framingkit.hosting.addresses import address_lines
from framingkit.hosting.site_files import TYPES, Answer, SiteFiles

PORT = 8080
_GONE = "404.html"  # the page of a site for what is not there any more
_IDLE = 75  # seconds for which a connection is kept open, longer than browsers keep it
_WAITING = 512  # connections that may wait until they are taken


class SiteServer(ThreadingHTTPServer):
    """The server; each connection has a thread of its own, which ends with the program."""

    daemon_threads = True
    request_queue_size = _WAITING

    def __init__(self, place: tuple[str, int], files: SiteFiles, path: str = "") -> None:
        self.files = files
        self.path = f"/{path.strip('/')}/" if path.strip("/") else "/"
        super().__init__(place, SiteHandler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that goes away in mid-file is no trouble of ours."""


class SiteHandler(BaseHTTPRequestHandler):
    """Answers one browser."""

    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body in one piece
    server: SiteServer

    def do_GET(self) -> None:
        """Give a file."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Tell about a file."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing: sixty browsers would fill the screen, and it is nobody's business."""

    def _answer(self, with_body: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        below = self.server.path
        if path in ("/", below.rstrip("/")) and below != "/":
            self._send(HTTPStatus.FOUND, {"Location": below}, b"", with_body)
            return
        asked = path.removeprefix(below) if path.startswith(below) else "../"
        files = self.server.files
        if not asked.startswith("v-") or files.find(asked) is None:
            with suppress(FramingkitError):  # it is being built again: the old one is still known
                files.look()
        name = files.find(asked)
        if name is None:
            self._refuse(with_body)
        elif name != asked and asked and not asked.endswith("/"):
            query = urlsplit(self.path).query
            place = quote(f"{path}/") + (f"?{query}" if query else "")
            self._send(HTTPStatus.MOVED_PERMANENTLY, {"Location": place}, b"", with_body)
        else:
            self._give(name, with_body)

    def _give(self, name: str, with_body: bool) -> None:
        try:
            answer = self.server.files.answer(name)
        except OSError:
            self._refuse(with_body)
            return
        headers = {"Content-Type": answer.kind, "Cache-Control": answer.kept, "ETag": answer.tag}
        if self.headers.get("If-None-Match") == answer.tag:
            self._send(HTTPStatus.NOT_MODIFIED, headers, None, with_body)
            return
        body = answer.body
        if answer.packed is not None:
            headers["Vary"] = "Accept-Encoding"
            if self._takes_gzip():
                headers["Content-Encoding"], body = "gzip", answer.packed
        self._send(HTTPStatus.OK, headers, body, with_body)

    def _takes_gzip(self) -> bool:
        accepted = self.headers.get("Accept-Encoding", "").lower().split(",")
        named = {word.partition(";")[0].strip(): word.replace(" ", "") for word in accepted}
        return "gzip" in named and not named["gzip"].endswith(";q=0")

    def _refuse(self, with_body: bool) -> None:
        headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
        body = b"There is no such page here. Go to the first page of this address.\n"
        if self.server.files.find(_GONE):
            body, headers["Content-Type"] = self.server.files.answer(_GONE).body, TYPES["html"]
        self._send(HTTPStatus.NOT_FOUND, headers, body, with_body)

    def _send(
        self, status: HTTPStatus, headers: dict[str, str], body: bytes | None, with_body: bool
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("X-Content-Type-Options", "nosniff")
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body and with_body:
            self.wfile.write(body)
        self.wfile.flush()


def open_server(files: SiteFiles, host: str, port: int, path: str = "") -> SiteServer:
    """Take the port; a taken or forbidden one gets a sentence.

    Parameters
    ----------
    files
        What is given.
    host, port
        Where to listen: every address of this computer is "", and any free port is 0.
    path
        The part of the address below which the site lies, such as ``courses/framing``.

    Raises
    ------
    FramingkitError
        If another program has the port, or this one may not have it.
    """
    try:
        with socket.socket() as probe:  # Windows would share the port with another program
            taken = bool(port) and probe.connect_ex(("127.0.0.1", port)) == 0
        if not taken:
            return SiteServer((host, port), files, path)
        reason = "another program uses it"
    except PermissionError:
        reason = "this program may not use it"
    except (OSError, OverflowError) as error:
        reason = str(getattr(error, "strerror", None) or error)
    raise FramingkitError(
        f"Port {port} cannot be taken: {reason}. Choose another one, such as --port {PORT + 1}."
    )


def serve_site(folder: Path, port: int = PORT, path: str = "", only_here: bool = False) -> None:
    """Give a site to the browsers of a room until somebody presses Ctrl+C.

    Parameters
    ----------
    folder
        The site, as ``python run.py site`` has built it.
    port
        Which port to take.
    path
        The part of the address below which the site lies.
    only_here
        Whether only this computer gets answers.

    Raises
    ------
    FramingkitError
        If there is no site in the folder, or the port cannot be taken.
    """
    files = SiteFiles(folder)
    with open_server(files, "127.0.0.1" if only_here else "", port, path) as server:
        say(*address_lines(server.server_port, server.path, only_here), error=False)
        Thread(target=_prepare, args=(files,), daemon=True).start()
        with suppress(KeyboardInterrupt):
            server.serve_forever(poll_interval=0.2)
    say("Stopped.", error=False)


def _prepare(files: SiteFiles) -> Answer | None:
    """Compress everything before the class comes; the last answer shows that it is done."""
    last = None
    with suppress(OSError):
        for name in files.names():
            last = files.answer(name)
    return last
