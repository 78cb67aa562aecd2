"""The server for a classroom: what it gives, how, and what it says when something is in the way."""

import gzip
import http.client
import json
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from for_each import for_each

from framingkit import cli
from framingkit.errors import FramingkitError
from framingkit.hosting import SiteFiles
from framingkit.hosting.addresses import address_lines
from framingkit.hosting.server import open_server, serve_site

SCRIPT = b"const words = 'the red carpet';\n" * 90
FILES = {
    "site.json": b'{"version": "v-1"}', "index.html": b"<!doctype html><title>Start</title>" * 40,
    "v-1/app.js": SCRIPT, "v-1/core.wasm": b"\0asm" * 900, "v-1/kit.whl": b"PK" * 900,
    "v-1/notebooks/index.html": b"<!doctype html>Lesson", "v-1/data.json": b'{"a": 1}',
}  # fmt: skip


@pytest.fixture
def site(tmp_path):
    for name, content in FILES.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_bytes(content)
    (tmp_path / "secret.txt").write_text("not for a class")
    return tmp_path / "site"


@pytest.fixture
def ask(site, request):
    """Start the server; give a function that asks it, on one connection that is kept."""
    path = getattr(request, "param", "")
    with open_server(SiteFiles(site), "127.0.0.1", 0, path) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)

        def asking(address, method="GET", **headers):
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.putrequest(method, address, skip_accept_encoding=True)
            for name, value in named.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer, answer.read()

        asking.port, asking.connection = server.server_port, connection
        yield asking
        connection.close()
        server.shutdown()


def test_a_file_comes_compressed_typed_and_for_ever_if_its_address_has_a_version(ask):
    answer, body = ask("/v-1/app.js", Accept_Encoding="br, gzip")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["Cache-Control"]
    assert gzip.decompress(body) == SCRIPT
    assert len(body) < len(SCRIPT) / 5


def test_a_browser_that_takes_no_gzip_gets_the_plain_file(ask):
    for accepted in ("", "br", "gzip;q=0"):
        answer, body = ask("/v-1/app.js", Accept_Encoding=accepted)
        assert "Content-Encoding" not in answer.headers
        assert body == SCRIPT


def test_the_first_page_is_asked_for_each_time_and_not_sent_twice(ask):
    answer, body = ask("/")
    assert body == FILES["index.html"]
    assert answer.headers["Cache-Control"] == "no-cache"
    again, nothing = ask("/", If_None_Match=answer.headers["ETag"])
    assert (again.status, nothing) == (304, b"")


@for_each({
    "/v-1/core.wasm": "application/wasm", "/v-1/kit.whl": "application/zip",
    "/v-1/data.json": "application/json", "/": "text/html; charset=utf-8",
}.items())  # fmt: skip
def test_browsers_are_given_the_type_that_they_insist_on(case, ask):
    address, kind = case
    answer, _ = ask(address, Accept_Encoding="gzip")
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_wheel_is_not_compressed_twice(ask):
    answer, body = ask("/v-1/kit.whl", Accept_Encoding="gzip")
    assert "Content-Encoding" not in answer.headers
    assert body == FILES["v-1/kit.whl"]


def test_many_files_come_over_one_connection(ask):
    ask("/")
    kept = ask.connection.sock
    assert kept is not None
    for address in ("/v-1/app.js", "/v-1/core.wasm", "/no-such-file", "/v-1/data.json"):
        ask(address)
        assert ask.connection.sock is kept, address


def test_a_head_has_the_length_and_no_body(ask):
    answer, body = ask("/v-1/app.js", "HEAD")
    assert answer.headers["Content-Length"] == str(len(SCRIPT))
    assert body == b""


def test_a_folder_leads_to_its_page_with_what_was_asked(ask):
    answer, _ = ask("/v-1/notebooks?path=a%20b")
    assert (answer.status, answer.headers["Location"]) == (301, "/v-1/notebooks/?path=a%20b")
    assert ask("/v-1/notebooks/?path=a")[1] == FILES["v-1/notebooks/index.html"]


@for_each([
    "/../secret.txt", "/%2e%2e/secret.txt", "/v-1/..%2f..%2fsecret.txt", "/..%5csecret.txt",
    "//etc/passwd", "/%00", "/v-1/%2e%2e/%2e%2e/secret.txt", "/C:/windows/win.ini",
])  # fmt: skip
def test_no_address_leads_out_of_the_site(address, ask):
    answer, body = ask(address)
    assert answer.status == 404
    assert b"class" not in body


def test_a_link_out_of_the_site_is_not_followed(site):
    try:
        (site / "way-out.txt").symlink_to(site.parent / "secret.txt")
    except OSError:
        pytest.skip("links need a right here")
    assert SiteFiles(site).find("way-out.txt") is None


@pytest.mark.parametrize("ask", ["courses/framing"], indirect=True)
def test_a_site_can_lie_below_a_path(ask):
    assert ask("/courses/framing/")[1] == FILES["index.html"]
    assert ask("/courses/framing/v-1/data.json")[0].status == 200
    assert ask("/")[0].headers["Location"] == "/courses/framing/"
    assert ask("/courses/framing")[0].headers["Location"] == "/courses/framing/"
    assert ask("/v-1/data.json")[0].status == 404


def test_a_site_that_is_built_again_is_given_at_once(ask, site):
    ask("/")
    (site / "v-2").mkdir()
    (site / "v-2" / "app.js").write_bytes(b"new")
    (site / "index.html").write_bytes(b"new page")
    (site / "site.json").write_text(json.dumps({"version": "v-2"}))
    assert ask("/v-2/app.js")[1] == b"new"
    assert ask("/")[1] == b"new page"
    (site / "site.json").write_text("{}")  # as while it is being built
    assert ask("/")[1] == b"new page"


def test_sixty_browsers_get_every_file(ask):
    def visit(number):
        connection = http.client.HTTPConnection("127.0.0.1", ask.port, timeout=20)
        got = []
        for name in FILES:
            connection.request("GET", f"/{name}")
            got.append(connection.getresponse().read() == FILES[name])
        connection.close()
        return all(got)

    with ThreadPoolExecutor(60) as browsers:
        assert all(browsers.map(visit, range(60)))


def test_a_taken_port_gets_a_sentence_with_another_one(site):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(FramingkitError, match=f"Port {port} cannot be taken: another program"):
            serve_site(site, port, only_here=True)


def test_a_folder_without_a_site_gets_a_sentence(tmp_path):
    with pytest.raises(FramingkitError, match="There is no site in .*: the file “site.json” is"):
        SiteFiles(tmp_path)
    (tmp_path / "site.json").write_text("[]")
    with pytest.raises(FramingkitError, match="missing or damaged"):
        SiteFiles(tmp_path)


def test_the_addresses_of_a_room_come_with_a_picture(monkeypatch):
    monkeypatch.setattr("framingkit.hosting.addresses.room_addresses", lambda: ["192.168.1.20"])
    lines = address_lines(8080, "/framing/", only_here=False)
    assert lines[1] == "In this room:      http://192.168.1.20:8080/framing/"
    assert lines[-1] == "To stop, press Ctrl+C."
    assert sum(set(line) <= set("█▀▄ ") for line in lines) > 12 or len(lines) == 4
    monkeypatch.setattr("framingkit.hosting.addresses.room_addresses", list)
    assert "in no network" in address_lines(8080, "/", only_here=False)[1]


def test_the_command_says_in_a_sentence_that_there_is_no_site(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["framingkit", "serve", str(tmp_path / "none")])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("Build one: python run.py site.")
