"""From a draft to the article: its characters, its sections, and what is written beside it."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace

from framingkit.authoring.draft import Draft, Part, slug
from framingkit.base import toml_table
from framingkit.course import Document, Section
from framingkit.errors import FramingkitError
from framingkit.work import clean


def article_of(draft: Draft, id: str) -> Document:
    r"""Make the article; sections are where the parts of the draft lie in it.

    Raises
    ------
    FramingkitError
        If something about the text has not been said.

    Examples
    --------
    >>> about = dict(title="Fog", source="The Tern", date="unknown", language="en", rights="CC BY")
    >>> parts = (Part("Headline", ("Fog",)), Part("Ice", ("It melts.",), is_heading=True))
    >>> article = article_of(Draft(about, parts), "fog")
    >>> article.text, [section.id for section in article.sections]
    ('Fog\nIce\nIt melts.', ['headline', 'ice'])
    """
    if draft.missing:
        raise FramingkitError(
            f"Say what the {draft.missing[0]} of the text is; the kit does not guess it. Where you "
            "cannot find out, write: unknown."
        )
    parts = _cleaned(draft.parts)
    if not parts:
        raise FramingkitError("There is no text yet. Write or paste it into the preview.")
    text, sections = "", []
    for part, name in zip(parts, _ids(parts), strict=True):
        text += "\n" if text else ""
        start = len(text)
        text += "\n".join(part.lines)
        sections.append(Section(name, part.name, start, len(text)))
    digest = hashlib.sha256(text.encode()).hexdigest()
    about = {name: " ".join(clean(value).split()) for name, value in draft.about.items()}
    return Document(
        id, about["title"], text, digest, tuple(sections), "", about["source"], about["date"],
        about["language"], about["rights"],
    )  # fmt: skip


def _cleaned(parts: Sequence[Part]) -> list[Part]:
    """Show what could not be seen, as everywhere in the kit, and drop parts that have no words."""
    cleaned = [
        replace(
            part,
            name=" ".join(clean(part.name).split()),
            paragraphs=tuple(filter(None, (clean(one) for one in part.paragraphs))),
        )
        for part in parts
    ]
    return [part for part in cleaned if any(line.strip() for line in part.lines)]


def _ids(parts: Sequence[Part]) -> list[str]:
    """Name the sections; headings that repeat get a number."""
    ids: list[str] = []
    for number, part in enumerate(parts):
        is_head = not number and part.name.casefold() == "headline"
        name = "headline" if is_head else slug(part.name, 30)
        name = f"part-{name}" if name in ("headline", "text") and not is_head else name
        again = 2
        while name in ids:
            name, again = f"{slug(part.name, 30)}-{again}", again + 1
        ids.append(name)
    return ids


def document_toml(article: Document) -> str:
    """Describe an article in the form of the kit."""
    names = ("id", "title", "sha256", "source", "date", "language", "rights", "note")
    head = toml_table({name: getattr(article, name) for name in names})
    tables = [toml_table(asdict(section), "[[sections]]") for section in article.sections]
    about = "# Describes article.txt, which is never edited: every offset counts its characters.\n"
    return "\n".join([about + head, *tables])


def tagged_in(draft: Draft, article: Document) -> tuple[str, ...]:
    """Return the ids of the sections whose parts have a star."""
    pairs = zip(_cleaned(draft.parts), article.sections, strict=True)
    return tuple(section.id for part, section in pairs if part.tagged)
