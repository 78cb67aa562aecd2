"""The link of a class: what it carries, and the page that shows it."""

import re

import pytest
from for_each import for_each
from typer.testing import CliRunner

from framingkit import cli
from framingkit.errors import FramingkitError
from framingkit.hosting import class_link, class_link_page, write_class_link

SITE = "https://school.example/framing"


@for_each({
    f"{SITE}/": ("", "", ""), f"{SITE}/#lesson=03": ("03-commentary", "", ""),
    f"{SITE}/#lesson=03&class=10b%20%26%20c": ("03", "10b & c", ""),
    f"{SITE}/#course=trade&class=%E4%B8%83": ("", "七", "trade"),
}.items())  # fmt: skip
def test_a_link_carries_what_a_class_needs_where_no_server_reads_it(case):
    link, (lesson, name, course) = case
    assert class_link(SITE, lesson, name, course) == link
    assert class_link(f"{SITE}/index.html", lesson, name, course) == link
    assert class_link(f"{SITE}/?a=1#lesson=00", lesson, name, course) == link


@for_each([
    ("school.example", "", "", "is no address"), ("file:///tmp/site", "", "", "is no address"),
    ("javascript:alert(1)", "", "", "is no address"), (SITE, "77", "", "no lesson “77”"),
    (SITE, "", "x" * 41, "up to 40 letters"), (SITE, "", "a\u202eb", "up to 40 letters"),
])  # fmt: skip
def test_what_cannot_be_used_gets_a_sentence(case):
    site, lesson, name, words = case
    with pytest.raises(FramingkitError, match=words):
        class_link(site, lesson, name)


def test_the_page_holds_the_picture_and_asks_nobody(tmp_path):
    link = class_link(SITE, "03", "10b")
    page = class_link_page(link, "<10b>").decode()
    assert page.count("<svg") == 1
    assert "&lt;10b&gt;" in page
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == [link.replace("&", "&amp;")]


def test_the_command_writes_the_page_and_keeps_the_one_before(tmp_path):
    page = tmp_path / "link.html"
    page.write_text("an older page")
    words = ["class-link", SITE, "--lesson", "03", "--class", "10b", "-o", str(page)]
    done = CliRunner().invoke(cli.app, words)
    assert done.exit_code == 0
    assert done.output.splitlines()[0] == f"{SITE}/#lesson=03&class=10b"
    assert "<svg" in page.read_text(encoding="utf-8")
    assert len(list(tmp_path.iterdir())) == 2
    assert write_class_link(page, SITE)[0].startswith("Wrote the page for your class to")
