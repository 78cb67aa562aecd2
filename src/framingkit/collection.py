"""Makes one class of many hand-ins: a folder or a zip archive in, one class file out.

Nothing stops the collection: what cannot be read is said in a sentence, and the next file
follows. Memory stays small for any number of learners.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from framingkit import course
from framingkit.archives import Archive, open_archive
from framingkit.class_files import write_class
from framingkit.classes import Class, ClassText
from framingkit.csv_tables import header_line, table_line
from framingkit.errors import FramingkitError
from framingkit.folders import Folder, open_folder
from framingkit.known_texts import KnownTexts
from framingkit.long_files import Table
from framingkit.saving import replacing
from framingkit.sheet_schema import FORMAT
from framingkit.visible import counted, shown
from framingkit.waiting_hand_ins import COLUMNS, Say, WaitingHandIns

Watch = Callable[[list[str]], Iterable[str]]
_NAMED = 5  # other files that are named one by one


def known_texts() -> KnownTexts:
    """Return all articles and codebooks of the kit, to check tags against."""
    articles = [course.load_article(id) for id in course.list_articles()]
    codebooks = [course.load_codebook()]
    return KnownTexts(
        {(article.id, article.sha256): article.text for article in articles},
        {(one.id, one.sha256): frozenset(code.id for code in one.codes) for one in codebooks},
    )


def known_items() -> frozenset[str]:
    """Return the ids of all questions of the kit."""
    lessons = course.list_lessons()
    return frozenset(item.id for lesson in lessons for item in course.load_items(lesson))


def collect(
    source: Path, target: Path, say: Say, watch: Watch = iter, key: Path | None = None
) -> Class:
    """Collect a class and write its file; return what was collected.

    Parameters
    ----------
    source
        A folder of hand-ins, or a zip archive of them.
    target
        The class file to write.
    say
        Called with each sentence about what was refused, left out, merged or kept apart.
    watch
        Passes the names on while they are read, for example to a progress bar.
    key
        A table to write, if any: under which file name each learner handed in. Platforms put
        people's names there, so it stays with the instructor; nothing else has such names.

    Raises
    ------
    FramingkitError
        If the source cannot be opened, holds no hand-in that can be read, or the class
        file cannot be written.
    """
    opened = open_folder(source) if source.is_dir() else open_archive(source)
    with closing(opened), Table(*COLUMNS) as table, Table("name", "row") as chosen:
        waiting = WaitingHandIns(known_texts(), known_items(), say, table)
        _read(opened, waiting, watch)
        if not waiting.count:
            raise FramingkitError(
                f"No hand-in could be read in “{shown(str(source))}”. Hand-ins end in "
                ".answers.json."
            )
        found = _settle(waiting, chosen, target)
        write_class(found, _columns(chosen, table, "content"))
        if key is not None:
            with replacing(key) as file:
                file.write(header_line(("code_name", "handed_in_as")))
                file.writelines(map(table_line, _columns(chosen, table, "file")))
    for text in found.texts:
        _say_apart(text, say)
    say(_summary(found, waiting.refused))
    return found


def _read(opened: Folder | Archive, waiting: WaitingHandIns, watch: Watch) -> None:
    """Read every file; others are left alone and named in one line."""
    listing = opened.listing
    for sentence in listing.refusals:
        waiting.refuse(sentence)
    for name in watch(listing.names):
        try:
            content = opened.read(name)
            # Other programs write .json as well: without this mark it is not meant as a hand-in.
            if "answers" not in name.lower() and FORMAT.encode() not in content:
                listing.others.append(name)
            else:
                waiting.take(content, name)
        except FramingkitError as error:
            waiting.refuse(str(error))
    others = sorted(listing.others)
    if others:
        named = [f"“{shown(name)}”" for name in others[:_NAMED]]
        more = [f"and {len(others) - _NAMED:,} more"] if len(others) > _NAMED else []
        waiting.say(f"Files that are no hand-ins ({len(others):,}): {', '.join(named + more)}.")


def _settle(waiting: WaitingHandIns, chosen: Table, target: Path) -> Class:
    learners, learners_of = 0, [0] * len(waiting.texts)
    for name, place, texts in waiting.settle():
        chosen.add((name, place))
        learners += 1
        for text in filter(None, texts.split(",")):
            learners_of[int(text)] += 1
    texts_of = tuple(
        ClassText(version, waiting.known.knows(version), count)
        for version, count in zip(waiting.texts, learners_of, strict=True)
    )
    return Class(target, texts_of, tuple(sorted(waiting.answered)), learners, waiting.count)


def _columns(chosen: Table, table: Table, column: str) -> Iterator[tuple[str, str]]:
    """Give each learner's name with a cell of the hand-in that counts."""
    for name, row in chosen.rows("name", "row", order="place"):
        for (value,) in table.rows(column, where="place = ?", values=(row,)):
            yield name, value


def _say_apart(text: ClassText, say: Say) -> None:
    """Say who worked on a text, or with a codebook, that this kit does not have."""
    if text.known:
        return
    version, people = text.version, counted(text.learners, "learner")
    say(
        f"{people} tagged “{shown(version.id)}” with “{shown(version.codebook)}” in a version that "
        "this kit does not have. Their tags are kept apart, and are not graded."
    )


def _summary(found: Class, refused: int) -> str:
    learners, hand_ins = counted(found.learners, "learner"), counted(found.hand_ins, "hand-in")
    return f"Collected {learners} from {hand_ins}; {counted(refused, 'file')} refused."
