"""Who handed a file in, as far as its name says so: platforms put that there, and people do.

A platform's own name is certain: two submitters are two people. What somebody wrote before the
code name is only a hint. Nobody is ever matched because names look alike.
"""

import re
import unicodedata

from framingkit.base import shown

_PLATFORMS = {
    "Moodle": re.compile(r"(?:^|/)[^/]*?_(\d+)_assignsubmission_"),
    "Blackboard": re.compile(r"(?:^|/)([^/]+)_attempt_\d{4}(?:-\d\d){5}"),
    # The folders of Teams have names in the language of the school; the last one is a version.
    "Teams": re.compile(r"(?:^|/)(?:(?:Submitted|Working) files|提出済みのファイル)/([^/]+)/"),
    "Teams versions": re.compile(r"(?:^|/)([^/]+)/[^/]+/(?:Vers[^\W\d_]+ |バージョン ?)\d+ ?/"),
    "Brightspace": re.compile(r"(?:^|/)(\d+-\d+ - [^/]+?) - [^/]+/"),
    "Canvas, anonymous": re.compile(r"(?:^|/)(?:LATE_)?anon(?:_LATE)?_(\w{5})_\d{3,}_[^/]+$"),
    # First the name in small letters without spaces; the second number is that of the file.
    "Canvas": re.compile(
        r"(?:^|/)[^\W\d_](?:(?!_\d+_)[^/\s.,;()-])*?(?:_LATE)?_(\d+)_\d{3,}_[^/]+$"
    ),
    "ILIAS": re.compile(r"(?:^|/)[^/_\d]+_[^/_\d]+_[^/\s]+_(\d{3,})/"),
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


_KEPT = ("Moodle", "Canvas", "Blackboard", "Brightspace", "ILIAS")
_FILE = re.compile(r"_(\d+)_(\d{3,})_[^/]+$")

PLATFORM_ID = re.compile(rf"(?:{'|'.join(_KEPT)}) [^\0-\x1f]{{1,{_LONGEST}}}")
"""What :func:`platform_id_of` gives: the platform, a space, and its id."""


def platform_id_of(name: str) -> str:
    """Find the platform's own id of who handed a file in, with which a mark can go back to it.

    A platform that names people only by their names gives none. Canvas also wants to know the
    number of the file. Of Blackboard it is the title of the task and the name of the user, because
    both may have the sign between them.

    Examples
    --------
    >>> platform_id_of("Mara Muster_55_assignsubmission_file_/sun.answers.json")
    'Moodle 55'
    >>> platform_id_of("doejane_LATE_4411_99007_sun.answers.json")
    'Canvas 4411 99007'
    >>> platform_id_of("Submitted files/Mara Muster/sun.answers.json")
    ''
    """
    platform, id = submitter_of(name)
    if platform not in _KEPT:
        return ""
    if platform == "Brightspace":
        id = id.partition("-")[0]
    if platform == "Canvas" and (found := _FILE.search(name[-_LONGEST:])):
        id = f"{id} {found[2]}"
    return f"{platform} {shown(id, _LONGEST)}"


_NAMES = {
    "Moodle": re.compile(r"(?:^|/)([^/_]+)_\d+_assignsubmission_"),
    "Teams": _PLATFORMS["Teams"],
    "Teams versions": _PLATFORMS["Teams versions"],
    "Brightspace": re.compile(r"(?:^|/)\d+-\d+ - ([^/]+?) - [^/]+/"),
    "ILIAS": re.compile(r"(?:^|/)([^/_\d]+_[^/_\d]+)_[^/\s]+_\d{3,}/"),
}
# Google copies what a teacher gave out, and names the copy after the learner. What learners add
# themselves keeps its own name, so this is no certain sign of who handed in.
_COPY = re.compile(r"(?:^|/)((?:[^\W\d_][^\W\d_.'’-]*)(?: [^\W\d_][^\W\d_.'’-]*)+) - [^/]+$")


def platform_name_of(name: str) -> str:
    """Find how a platform calls who handed a file in, for the key file of a teacher.

    It is somebody's real name: no class file, table or page may have it.

    Examples
    --------
    >>> platform_name_of("Student Work/Submitted files/Mara Muster/Lesson 3/Version 2/sun.json")
    'Mara Muster'
    >>> platform_name_of("Lesson 3/Mara Muster - sun.answers.json")
    'Mara Muster'
    >>> platform_name_of("doejane_4411_99007_sun.answers.json")
    ''
    """
    platform, _ = submitter_of(name)
    if platform in _NAMES:
        found = _NAMES[platform].search(name[-_LONGEST:])
        called = found[1] if found else ""
        return " ".join(reversed(called.split("_"))) if platform == "ILIAS" else called
    found = None if platform else _COPY.search(name[-_LONGEST:])
    return found[1] if found else ""


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
