"""Who handed a file in, as far as its name says so: platforms put that there, and people do.

A platform's own name is certain: two submitters are two people. What somebody wrote before the
code name is only a hint. Nobody is ever matched because names look alike.
"""

import re
import unicodedata

_PLATFORMS = {
    "Moodle": re.compile(r"(?:^|/)[^/]*?_(\d+)_assignsubmission_"),
    "Blackboard": re.compile(r"(?:^|/)([^/]+)_attempt_\d{4}(?:-\d\d){5}"),
    "Teams": re.compile(r"(?:^|/)(?:Submitted|Working) files/([^/]+)/"),
    "Teams versions": re.compile(r"(?:^|/)([^/]+)/[^/]+/Version \d+/"),
    "Brightspace": re.compile(r"(?:^|/)(\d+-\d+ - [^/]+?) - [^/]+/"),
    # The word is the person's name in small letters; the second number is that of the file.
    "Canvas": re.compile(r"(?:^|/)[^\W\d_]+(?:_LATE)?_(\d+)_\d{3,}_[^/]+$"),
    "Canvas, anonymous": re.compile(r"(?:^|/)anon(?:_LATE)?_(\w{5})_\d{3,}_[^/]+$"),
}

_NOT_A_PERSON = re.compile(
    r"late|copy of|copia de|copie de|kopie von|\(\d+\)|\bv(?:ersion)?[ .]?\d+\b"
    r"|\d{4}-\d\d-\d\d|\d\d-\d\d-\d\d|\d{8,}|-\d+$"
)
_LETTERS = re.compile(r"[^\W_]+")
_LONGEST = 1000  # of a name, counted from its end: patterns cost more for longer ones


def submitter_of(name: str) -> tuple[str, str]:
    """Find the platform and its name for who handed a file in; empty if neither is known.

    Examples
    --------
    >>> submitter_of("Mara Muster_55_assignsubmission_file_/sun.answers.json")
    ('Moodle', '55')
    >>> submitter_of("doejane_LATE_4411_99007_sun-1.answers.json")
    ('Canvas', '4411')
    >>> submitter_of("class 7/sun.answers.json")
    ('', '')
    """
    for platform, pattern in _PLATFORMS.items():
        if found := pattern.search(name[-_LONGEST:]):
            return platform, found[1]
    return "", ""


def before_code_name(name: str, coder: str) -> str:
    """Return what somebody wrote before the code name in a file's name, as words to compare.

    Examples
    --------
    >>> before_code_name("class 7/20_Ana_LATE_sun (1).answers.json", "sun")
    '20 ana'
    >>> before_code_name("sun.answers.json", "sun")
    ''
    """
    last = unicodedata.normalize("NFC", name[-_LONGEST:].rpartition("/")[2]).casefold()
    found = re.match(rf"(.*[^a-z0-9]){re.escape(coder)}(?![a-z0-9])", last)
    if not found:
        return ""
    return " ".join(_LETTERS.findall(_NOT_A_PERSON.sub(" ", found[1].replace("_", " "))))
