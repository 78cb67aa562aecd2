"""The addresses under which a room finds this computer, in words and as a picture for phones."""

import io
import socket
import sys
from contextlib import suppress

import segno


def room_addresses() -> list[str]:
    """Name the addresses of this computer that others can use, the likeliest first.

    Nothing is sent: the computer is only asked by which way it would go.
    """
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.connect(("10.255.255.255", 1))
        found.append(str(way.getsockname()[0]))
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    outside = [one for one in found if not one.startswith(("127.", "0."))]
    return list(dict.fromkeys(outside))


def address_lines(port: int, path: str, only_here: bool) -> list[str]:
    """Say under which addresses the site is, with a picture of the first that others can use.

    Examples
    --------
    >>> for line in address_lines(8080, "/", only_here=True):
    ...     print(line)
    On this computer:  http://localhost:8080/
    To stop, press Ctrl+C.
    """
    end = f":{port}{path}"
    lines = [f"On this computer:  http://localhost{end}"]
    others = [] if only_here else room_addresses()
    lines += [f"In this room:      http://{one}{end}" for one in others]
    if others:
        lines += ["", *link_picture(f"http://{others[0]}{end}")]
    elif not only_here:
        lines.append("This computer is in no network, so nobody else can open it.")
    return [*lines, "To stop, press Ctrl+C."]


def link_picture(address: str) -> list[str]:
    """Draw a code for the cameras of phones, if the terminal has the letters for it.

    Parameters
    ----------
    address
        What a phone opens.

    Examples
    --------
    >>> len(link_picture("http://localhost:8080/")) in (0, 15)
    True
    """
    drawn = io.StringIO()
    segno.make(address, error="m", micro=False).terminal(drawn, border=2, compact=True)
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        "█▀▄".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return []
    return [line for line in drawn.getvalue().splitlines() if line.strip()]
