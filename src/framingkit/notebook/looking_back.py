"""Look back: tags before and after, how sure then and now, what is done."""

from typing import TYPE_CHECKING

from framingkit import course
from framingkit.base import (
    Page,
    counted,
    element,
    list_html,
    passage_html,
    sentences_page,
    table_html,
)
from framingkit.errors import FramingkitError
from framingkit.feedback import change_sentences, code_counts, compare_tags, hedge_rows, hedge_table
from framingkit.notebook.text import (  # fmt: skip
    ARTICLE,
    AtWork,
    NoTextYetError,
    in_sentences,
    reading_of,
    sentence_page,
    tagging_on,
)
from framingkit.work import Milestone, WorkLog, progress_sentences

if TYPE_CHECKING:
    from framingkit.base import Figure


@in_sentences(FramingkitError)
def milestone(lesson: AtWork, name: str, document: str = ARTICLE, again: bool = False) -> Page:
    """Keep the learner's current tags under a name; `again` replaces what it held before."""
    tagging = tagging_on(lesson.log, document)
    spans, saved = tagging.spans(), Milestone(lesson.log, tagging.text, name)
    before = saved.tags()
    if before is not None and not again:
        return sentence_page(
            f"“{name}” already exists and was not changed (it has {counted(len(before), 'tag')}; "
            f"you now have {len(spans)}). To replace it, run "
            f"lesson.milestone({name!r}, again=True)."
        )
    if not spans:
        return sentence_page(
            f"You have no tags yet, so nothing is kept as “{name}”. Tag some words, then run "
            "this cell again (Shift+Enter)."
        )
    saved.keep(spans)
    return sentence_page(f"“{name}” is kept. Tags in it: {len(spans)}.")


@in_sentences(NoTextYetError)
def before_after(
    lesson: AtWork, name: str, section: str | None = None, document: str = ARTICLE
) -> Page:
    """Show what became of the tags that a milestone holds."""
    tagging = tagging_on(lesson.log, document)
    spans, text = tagging.spans(), tagging.document
    held = Milestone(lesson.log, tagging.text, name).tags()
    title = f"Your tags since “{name}”"
    if held is None:
        return sentences_page(
            title, [f"Nothing is kept as “{name}” yet, so there is nothing to compare."]
        )
    part = text.section(section) if section else None
    low, high = (part.start, part.end) if part else (0, len(text.text))
    then, now = ([span for span in tags if low <= span.start < high] for tags in (held, spans))
    changes = compare_tags(then, now)
    sentences = change_sentences(changes, text, tagging.codebook)
    counts = code_counts(then, now, tagging.codebook)
    rows = [(code, str(before), str(after)) for code, before, after in counts]
    table = table_html("Tags by code", ("Code", f"“{name}”", "Now"), rows)
    return Page(passage_html(list_html(title, sentences), *([table] if rows else [])), title)


def confidence_change(lesson: AtWork, then: str, now: str) -> "Figure | Page":
    """Show how sure the learner was in one question and is in another."""
    lesson.log.refresh()
    sure = [_sureness(lesson, item) for item in (then, now)]
    if sure[0] is None or sure[1] is None:
        missing = "how sure you were then" if sure[0] is None else "how sure you are now"
        if sure == [None, None]:
            missing = "how sure you were then, nor how sure you are now"
        return sentence_page(
            f"You have not said yet {missing}. Answer the question, then run this cell again "
            "(Shift+Enter)."
        )
    from framingkit.feedback import sureness_change

    return sureness_change(sure[0], sure[1])


def _sureness(lesson: AtWork, item: str) -> int | None:
    value = (lesson.log.state.answer(item) or {}).get("confidence")
    return value if type(value) is int and 0 <= value <= 100 else None


@in_sentences(NoTextYetError)
def hedges(lesson: AtWork, section: str, document: str = ARTICLE) -> Page:
    """Show hedges and boosters in their sentences, with the words and without them."""
    tagging, reading = tagging_on(lesson.log, document), reading_of(document)
    text, codebook = tagging.document, tagging.codebook
    mine = hedge_rows(text, tagging.spans(), section, codebook)
    parts: list[str] = [element("p", ASK)]
    if mine:
        parts.append(hedge_table("Hedges and boosters that you tagged", mine))
    else:
        parts.append(element("p", "You have tagged no hedge and no booster here yet."))
    if reading is not None:
        theirs = hedge_rows(text, reading.annotation_set.spans, section, codebook)
        table = hedge_table("Hedges and boosters of the reference reading", theirs)
        shown = f"Show those of the reference reading: {len(theirs)}"
        parts.append(element("details", element("summary", shown), table))
    return Page(passage_html(*parts), f"Hedge meter: {text.section(section).title}")


ASK = (
    "Read each sentence twice: as written, and with the words cut. Ask each time: does the claim "
    "grow or shrink?"
)


def progress(lesson: AtWork) -> Page:
    """Show how many questions are answered and how many tags are made."""
    lesson.log.refresh()
    return sentences_page("What you have done so far", progress_in(lesson.log))


def progress_in(log: WorkLog | None) -> list[str]:
    """Say what a log holds, lesson by lesson; without a log, that nothing is saved yet."""
    if log is None:
        return ["No work is saved here yet. Open notebooks/00-start-here.ipynb to begin."]
    lessons = {id: course.load_items(id) for id in course.list_lessons()}
    return progress_sentences(log.state, lessons, log.texts)
