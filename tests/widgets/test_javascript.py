"""The joiner, and what the modules keep so that it can join them without understanding them."""

import gzip
import re
from pathlib import Path

import pytest

from framingkit.widgets import javascript
from framingkit.widgets.javascript import join, style
from framingkit.widgets.words import words_for

FOLDER = Path(javascript.__file__).parent
FILES = sorted(FOLDER.glob("*.js"))
WORDS = {
    "span_tagger": ("tagging", "codes", "saving"),
    "question": ("question", "saving", "form"),
    "hand_in": ("hand_in", "file", "saving"),
    "learner": ("learner", "file", "saving"),
    "plain_words": ("plain_words", "saving", "form"),
    "frame_grid": ("frames", "saving", "form"),
    "own_text": ("text_form", "saving", "form"),
    "class_map": ("class_map",),
    "course_desk": ("course_desk",),
    "coverage_map": ("coverage_map",),
    "practice": ("practice", "codes", "saving"),
    "adjudication": ("settling", "saving", "form"),
    "class_desk": ("class_desk", "marking", "saving"),
}
WIDGETS = tuple(WORDS)
# names of keys, of a size and of events
NAMES = {"ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp", "Backspace", "Delete", "End", "Enter",
         "Escape", "Home", "auto px", "comm_live_update destroy"}  # fmt: skip
_TOP = re.compile(r"^(?:export )?(?:async )?(?:class|function|const|let|var) (\w+)", re.MULTILINE)
_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|/\*.*?\*/|//[^\n]*', re.DOTALL)
# a capital letter at the start, or two words with a space, or a lonely one between spaces
_SPOKEN = re.compile(r"^[“(]?[A-Z][a-z]|\b[a-z]+[,.]? [a-z]+\b(?!-)|^[a-z]+\s|\s[a-z]+(?:\s|$)")
# methods of a text that is called words
_OF_TEXTS = {"length", "slice", "trimEnd"}
_NO_CODE = re.compile(r" *(//|/\*.*\*/$|/\*(?!.*\*/)|\*( |$)|\*/|import\b|$)")
_COUNTED = re.compile(
    r"""\[\.\.\.[^],\n]*\b(?:text|value|words|quote)["')]*\]|codePoint|Array\.from"""
)
# bytes, gzipped: 14 kB
TAGGER_LIMIT = 14 * 1024
PRACTICE_LIMIT = 10 * 1024
DESK_LIMIT = 10 * 1024


def parts(widget):
    """Name the files that are joined into a widget's module."""
    return [FOLDER / f"{name}.js" for name in javascript._order(widget)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_import_stands_on_one_line_and_names_a_neighbour(path):
    code = path.read_text(encoding="utf-8")
    imports = re.findall(r"^[ \t]*import\b.*$", code, re.MULTILINE)

    assert [line for line in imports if not javascript._IMPORT.fullmatch(line)] == []
    assert [
        name for name in javascript._IMPORT.findall(code) if not (FOLDER / f"{name}.js").exists()
    ] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_string_goes_over_a_line_end(path):
    strings = _STRING.findall(path.read_text(encoding="utf-8"))

    assert [one for one in strings if one[0] in '"`' and "\n" in one] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_only_one_file_counts_characters_as_python_does(path):
    """To take a text apart with ``[...text]`` is such counting too; the test page forbids it."""
    assert path.name == "offsets.js" or not _COUNTED.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("widget", WIDGETS)
def test_the_names_at_the_top_of_joined_files_differ(widget):
    names = [
        name for path in parts(widget) for name in _TOP.findall(path.read_text(encoding="utf-8"))
    ]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("widget", WIDGETS)
def test_nothing_is_renamed_on_its_way_from_file_to_file(widget):
    for path in parts(widget):
        assert not re.search(r"^(import|export) .*\bas\b", path.read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize("widget", WIDGETS)
def test_a_file_comes_once_and_after_what_it_imports(widget):
    order = [path.stem for path in parts(widget)]

    assert len(order) == len(set(order))
    for number, name in enumerate(order):
        needed = javascript._IMPORT.findall((FOLDER / f"{name}.js").read_text(encoding="utf-8"))
        assert set(needed) <= set(order[:number])


@pytest.mark.parametrize("widget", WIDGETS)
def test_the_joined_module_imports_nothing_and_exports_one_thing(widget):
    code = join(widget)

    assert not re.search(r"^import\b", code, re.MULTILINE)
    assert re.findall(r"^export\b.*", code, re.MULTILINE) == [
        line for line in code.splitlines() if line.startswith("export default")
    ]
    assert code.count("export default") == 1


@pytest.mark.parametrize("widget", WIDGETS)
def test_all_that_says_something_passes_the_joiner_in_its_order(widget):
    """Without spaces, line ends and semicolons, the joined code is that of the files."""
    told = lambda found: "" if found[1] else "let" if found[2] else found[0]  # noqa: E731
    left_out = re.compile(r"^import [^\n]*|^export (?!default)", re.MULTILINE)
    code = "".join(left_out.sub("", path.read_text("utf-8")) for path in parts(widget))
    code = javascript._TOKEN.sub(told, code)

    assert re.sub(r"[\s;]", "", join(widget)) == re.sub(r"[\s;]", "", code)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_division_has_spaces_so_that_every_other_slash_begins_an_expression(path):
    keep = lambda found: found[0] if found[3] or found[4] else ""  # noqa: E731
    signs = javascript._TOKEN.sub(keep, path.read_text("utf-8"))

    assert re.findall(r"\S/.*|/\S.*", signs) == []


@pytest.mark.parametrize("widget", WIDGETS)
def test_every_sentence_that_a_widget_asks_for_exists_and_is_asked_for(widget):
    asked = set(re.findall(r"\bwords\.(\w+)", join(widget)))
    for names in re.findall(r"\{([\w,]+)\}=this\.words;", join(widget)):
        asked |= set(names.split(","))
    names = [name for part in WORDS[widget] for name in words_for(part)]
    saving = set(words_for("saving"))

    # how saving goes is asked for by the name of its state
    assert asked - _OF_TEXTS - saving == set(names) - saving
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_script_holds_a_sentence_for_people(path):
    strings = [one[1:-1] for one in _STRING.findall(path.read_text("utf-8")) if one[0] in '"`']
    words = [re.sub(r"\$\{(?:[^{}]|\{[^{}]*\})*\}", "", one) for one in strings]

    assert [one for one in words if _SPOKEN.search(one) and one not in NAMES] == []


def test_the_joiner_leaves_out_only_what_is_for_readers():
    source = (
        '/** Why.\n * @param {string} a */\nimport { x } from "./x.js";\n\n'
        "export const a = { b: `const // ${ d } = ` };  // goes\n"
        "  // goes: export a;\n"
        '  /** @type {string} goes */ const e = "/* f =";\n\n'
        "    /* goes */\n"
        "  const g = 2 / h - -e + i;\n"
        '  const r = /[/"] = (\\/)/u.test(e) ? a : 1;\n'
        "  if (a) {\n    e += 1;\n  }\n"
        "export default () => [a, e, g];\n"
    )

    assert javascript._bare(source) == (
        "let a={b:`const // ${ d } = `};"
        'let e="/* f =";'
        "let g=2 / h - -e+i;"
        'let r=/[/"] = (\\/)/u.test(e)?a:1;'
        "if(a){e+=1}\n"
        "export default()=>[a,e,g];"
    )


def test_the_tagger_is_small():
    size = len(gzip.compress(join("span_tagger").encode(), 9))

    assert size <= TAGGER_LIMIT, f"{size} bytes"


def test_practice_is_small():
    size = len(gzip.compress(join("practice").encode(), 9))

    assert size <= PRACTICE_LIMIT, f"{size} bytes"


def test_the_class_desk_is_not_much_larger():
    size = len(gzip.compress(join("class_desk").encode(), 9))

    assert size <= DESK_LIMIT, f"{size} bytes"


def test_style_sheets_come_in_the_order_they_were_asked_for():
    both = style("base", "span_tagger")

    assert both.index(".framingkit {") < both.index(".framingkit-span-tagger {")
    assert "@import" not in both
    # a line of a code is a picture in the style sheet itself, and names the language of pictures
    assert "http" not in both.replace("xmlns='http://www.w3.org/2000/svg'", "")
