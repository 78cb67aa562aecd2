"""The link with which a class opens a lesson: an address, and a page that shows it to a room.

What the address carries comes after “#”, which browsers keep to themselves: no server, and nobody
who reads its records, learns the name of a class.
"""

import io
import re
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import segno

from framingkit.base import Html, element, keeping, web_page, write_atomic
from framingkit.course import list_lessons
from framingkit.errors import FramingkitError
from framingkit.work import check_class_name

_STYLE = """
body { text-align: center; } svg { width: min(90vw, 24rem); height: auto; background: #fff; }
.address { font-size: var(--fk-size-5); overflow-wrap: anywhere; }
"""


def class_link(site: str, lesson: str = "", class_name: str = "", course: str = "") -> str:
    """Make the address that a class opens.

    Parameters
    ----------
    site
        The address of the site, with http or https.
    lesson
        The number of a lesson, or its whole id; nothing for the first page.
    class_name
        How the class is called. It is shown to the learners, stays in their browsers, and comes
        back with what they hand in.
    course
        The name of the course, if the site holds another one than the kit's.

    Raises
    ------
    FramingkitError
        If the address, the lesson or the name cannot be used.

    Examples
    --------
    >>> class_link("https://school.example/framing", "03", "10b")
    'https://school.example/framing/#lesson=03&class=10b'
    """
    parts = urlsplit(site.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise FramingkitError(
            f"“{site}” is no address of a site. Write it as your browser shows it, beginning with "
            "https:// or http://."
        )
    path = re.sub(r"index\.html$", "", parts.path).rstrip("/") + "/"
    said = {"course": course, "lesson": _number(lesson), "class": check_class_name(class_name)}
    carried = "&".join(f"{name}={quote(value, safe='')}" for name, value in said.items() if value)
    return urlunsplit((parts.scheme, parts.netloc, path, "", carried))


def _number(lesson: str) -> str:
    numbers = [id[:2] for id in list_lessons()]
    if lesson and lesson[:2] not in numbers:
        raise FramingkitError(
            f"There is no lesson “{lesson}”. Choose one of these: {', '.join(numbers)}."
        )
    return lesson[:2]


def class_link_page(link: str, class_name: str = "") -> bytes:
    """Make a page with the address and its picture for the cameras of phones, for screen and paper.

    Parameters
    ----------
    link
        What `class_link` made.
    class_name
        How the class is called.

    Examples
    --------
    >>> b"<svg" in class_link_page("https://school.example/#lesson=03")
    True
    """
    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=False, scale=8, border=4, dark="#000",
        light="#fff", title="The address below, for the camera of a phone", omitsize=True,
    )  # fmt: skip
    return web_page(
        f"Open this address, class {class_name}" if class_name else "Open this address",
        element("p", "Point the camera of your phone at this picture, or type the address."),
        Html(drawn.getvalue().decode().strip()),
        element("p", element("a", link, href=link), class_="address"),
        style=_STYLE,
    )


def write_class_link(path: Path, link: str, class_name: str = "") -> list[str]:
    """Write the page to a file; what the file held before is kept beside it.

    Returns
    -------
    list of str
        Sentences about what was written.
    """
    with keeping(path) as kept:
        write_atomic(path, class_link_page(link, class_name))
    return [f"Wrote the page for your class to {path}.", *kept]
