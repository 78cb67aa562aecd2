"""Twenty saved pages of different make, written for the kit: what the makers of sites do to a text.

Every page shows the same constructed article, so that for each it is known what belongs to it. The
pages have the menus, boxes, captions and other news that surround a text on real sites.
"""

TITLE = "Two ports, one timetable: a thaw or a pause?"
LEAD = (
    "The mayors of Quell and Ostrand shook hands on the ferry deck this morning, and neither of "
    "them would say who had called the other first."
)
PARAGRAPHS = (
    LEAD,
    "For three winters each port has kept its own timetable, its own fares and its own flag on the "
    "mast, so a journey of nine miles took most of a day.",
    "The dispute began when both harbour offices sold the same berth to two companies in one week.",
    "“We lost a season over a piece of rope,” said Inga Marsh, who runs the café on the east quay.",
    "On the table are fares, berths and the cost of a new breakwater, which engineers put at four "
    "million crowns.",
    "Each side brought twelve pages of proposals. Both sets of pages were the same length, an aide "
    "noted, down to the last comma.",
    "Observers say that the ferry deck was chosen because nobody can walk out of it.",
    "It may be the beginning of a shared season, or it may be a pause before the next quarrel.",
    "The next meeting is on Thursday, in a school gym halfway between the two ports.",
)
HEADINGS = ("Three winters of rope", "What is on the table", "A deck without a door")
# which heading stands before which paragraph
OPENS = {1: HEADINGS[0], 4: HEADINGS[1], 6: HEADINGS[2]}

MENU = (
    "<ul>" + "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in
    ("world", "harbours", "weather", "opinion", "sport", "puzzles", "my account")) + "</ul>"
)  # fmt: skip
OTHER = (
    "Island choir wins the lamp festival for the third year in a row after a night of close votes",
    "Why the lighthouse keepers of Mardel are counting gulls, and what they have found out so far",
    "Bread prices rise again in both ports, and bakers on the two quays blame the same late harvest",
)
CARDS = "".join(
    f'<div class="card"><a href="/{n}"><h3>{words[:40]}</h3><p>{words}.</p></a></div>'
    for n, words in enumerate(OTHER)
)
COOKIES = (
    "We and our partners store and read information on your device, such as cookies, in order to "
    "show you content and advertisements that fit your interests. You can agree or choose."
)
COMMENTS = (
    "I crossed on that ferry for thirty years and never once saw the two flags on one mast, so let "
    "us see what Thursday brings.",
    "The breakwater will cost twice as much as they say, as it always does, and we will pay it.",
)


def body(
    paragraph: str = "<p>{}</p>",
    heading: str = "<h2>{}</h2>",
    between: dict[int, str] | None = None,
) -> str:
    """Write the article with one way of making paragraphs and headings, and things in between."""
    parts = []
    for number, words in enumerate(PARAGRAPHS):
        parts.append((between or {}).get(number, ""))
        parts += [heading.format(OPENS[number])] if number in OPENS and heading else []
        parts.append(paragraph.format(words))
    return "\n".join(parts)


def page(
    inside: str, head: str = "", title: str = f"{TITLE} - The Tern", attributes: str = 'lang="en"'
) -> str:
    return f"<!doctype html><html {attributes}><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{inside}</body></html>"


def blog() -> str:
    return page(
        f'<header id="masthead"><nav class="main-navigation">{MENU}</nav></header>'
        f'<main id="main"><article class="post type-post"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>'
        '<div class="entry-meta">Posted on <time>3 May</time> by <a href="/a">Ada Finn</a></div></header>'
        f'<div class="entry-content">{body()}<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul><li><a href="#">Post</a></li></ul></div></div>'
        '<footer class="entry-footer">Filed under <a href="/f">ferries</a></footer></article>'
        f'<div id="comments"><h2>2 thoughts on “{TITLE}”</h2><ol><li><p>{COMMENTS[0]}</p></li><li><p>{COMMENTS[1]}</p></li></ol></div></main>'
        f'<aside class="widget-area">{CARDS}</aside><footer><p>Proudly powered by rope.</p></footer>'
    )


def magazine_in_pieces() -> str:
    """A magazine that puts each few paragraphs into a section of its own, with boxes between them."""
    parts = body(
        between={
            3: '</div></section><div class="ad-slot" aria-label="advertisement"></div><section class="body-part"><div>',
            6: f'</div></section><aside class="promo-box"><h4>More from us</h4><p>{OTHER[0]}.</p></aside><section class="body-part"><div>',
        }
    )
    return page(
        f'<div class="site"><div class="topbar">{MENU}</div><div class="page"><div class="hero"><h1>{TITLE}</h1><p class="dek">A handshake on a deck, and two timetables.</p></div>'
        f'<section class="body-part"><div>{parts}</div></section><div class="river">{CARDS}{CARDS}</div></div></div>'
    )


def divs_without_paragraphs() -> str:
    return page(
        f'<div id="nav">{MENU}</div><div id="content"><h1>{TITLE}</h1><div class="txt">{body("<div>{}</div>", "<div><b>{}</b></div>")}</div></div>'
        f'<div id="right">{CARDS}</div>'
    )


def old_page_of_breaks() -> str:
    """A page of the old kind: tables for the layout, and empty lines in place of paragraphs."""
    text = "<br><br>\n".join(
        (f"<b>{OPENS[n]}</b><br><br>\n" if n in OPENS else "") + words
        for n, words in enumerate(PARAGRAPHS)
    )
    return page(
        f'<table width=760><tr><td colspan=2><img src=logo.gif></td></tr><tr><td width=140 valign=top>{MENU}</td>'
        f'<td><font face=Arial><h1>{TITLE}</h1>{text}<br><br></font></td></tr></table>', title=TITLE,
    )  # fmt: skip


def newspaper_with_cards() -> str:
    cards = f'<aside class="related-links"><h3>Related</h3><ul><li><a href="/1">{OTHER[0]}</a></li><li><a href="/2">{OTHER[1]}</a></li></ul></aside>'
    figure = "<figure><img src=a.jpg alt='The deck'><figcaption>The two mayors on the deck of the ferry, with a rope between them. Photograph: Sten Oak</figcaption></figure>"
    return page(
        f'<div class="cookie-banner" role="dialog"><p>{COOKIES}</p><button>Agree</button></div><nav>{MENU}</nav><main><article><h1>{TITLE}</h1>'
        f'<div class="article-body" itemprop="articleBody">{body(between={2: cards, 5: figure})}</div></article><section class="most-read">{CARDS}</section></main>',
        '<meta property="og:title" content="Two ports, one timetable: a thaw or a pause?"><meta property="og:site_name" content="The Tern"><meta property="article:published_time" content="2026-05-03T06:00:00Z">',
    )


def letter_platform() -> str:
    box = '<div class="subscription-widget-wrap"><form><p>Thanks for reading! Subscribe for free to receive new posts.</p><input><button>Subscribe</button></form></div>'
    return page(
        f'<div class="main-menu">{MENU}</div><div class="single-post"><article><div class="post-header"><h1 class="post-title">{TITLE}</h1><h3 class="subtitle">Nine miles, three winters</h3></div>'
        f'<div class="available-content"><div class="body markup">{body(between={4: box, 7: box})}</div></div></article><div class="comments-page"><p>{COMMENTS[0]}</p></div></div>',
        title="Two ports, one timetable: a thaw or a pause?",
    )


def quotes_pulled_out() -> str:
    quote = '<blockquote class="pull-quote"><p>“We lost a season over a piece of rope,” said Inga Marsh, who runs the café on the east quay.</p></blockquote>'
    return page(f"<nav>{MENU}</nav><article><h1>{TITLE}</h1>{body(between={6: quote})}</article>")


def wire_without_article() -> str:
    return page(
        f'<div class="wrap"><div class="hd">{MENU}</div><div class="story"><div class="story-title">x</div><h1>{TITLE}</h1><p>OSTRAND, May 3 (Wire)</p>{body()}<p>(Reporting by Ada Finn; editing by Sten Oak)</p></div><div class="ft">© The Wire</div></div>'
    )


def encyclopedia() -> str:
    edit = '<span class="mw-editsection">[<a href="/edit">edit</a>]</span>'
    return page(
        f'<div id="content" class="mw-body"><h1 id="firstHeading">{TITLE}</h1><div id="mw-content-text"><div class="mw-parser-output"><div class="hatnote">For the film, see <a href="/f">Two ports (film)</a>.</div>'
        f'<table class="infobox"><tr><th>Ports</th><td>Two</td></tr></table>{body(heading="<h2><span>{}</span>" + edit + "</h2>")}<div class="navbox"><ul><li><a href="/">Ferries</a></li></ul></div></div></div></div><div id="mw-panel"><nav>{MENU}</nav></div>',
        title=f"{TITLE} - Rivervale news",
    )


def unclosed_tags() -> str:
    text = "\n".join(
        (f"<h3>{OPENS[n]}" + "</h3>" if n in OPENS else "") + f"<p>{words}"
        for n, words in enumerate(PARAGRAPHS)
    )
    return page(
        f"<ul><li><a href=/>Home<li><a href=/n>News</ul><h1>{TITLE}</h1>{text}<hr><p><small>Copyright Quell Courier</small>",
        title="Quell Courier | " + TITLE,
    )


def title_only_in_meta() -> str:
    return page(
        f'<header><h1 class="logo">The Tern</h1>{MENU}</header><main><div class="headline">{TITLE}</div><div class="copy">{body()}</div></main>',
        f'<meta property="og:title" content="{TITLE}">',
        title="The Tern",
    )


def styled_spans() -> str:
    return page(
        f"<nav>{MENU}</nav><main><h1><span>Two ports, one timetable:</span> <span>a thaw or a pause?</span></h1><div>{body('<p><span style=font-size:1.1em><span>{}</span></span></p>', '<p><strong>{}</strong></p>')}</div></main>"
    )


def phone_page() -> str:
    ad = '<amp-ad width=300 height=250 type="x"></amp-ad>'
    return page(
        f'<amp-sidebar id="sidebar"><nav>{MENU}</nav></amp-sidebar><article class="amp-wp-article"><header><h1 class="amp-wp-title">{TITLE}</h1></header><div class="amp-wp-article-content">{body(between={2: ad, 5: ad, 8: ad})}</div></article>',
        attributes="amp lang=en",
    )


def other_articles_below() -> str:
    """Endless scrolling: the next article is on the same page."""
    other = "".join(f"<p>{words}. {words}.</p>" for words in OTHER)
    return page(
        f'<nav>{MENU}</nav><main><article><h1>{TITLE}</h1><div class="body">{body()}</div></article><article class="teaser"><h2>Choirs and lamps</h2><div class="body">{other}</div></article></main>'
    )


def long_banner_first() -> str:
    banner = (
        f"<div id='consent-layer'><h2>We value your privacy</h2>{f'<p>{COOKIES}</p>' * 6}</div>"
    )
    return page(
        f"{banner}<div class=top>{MENU}</div><div class=main><h1>{TITLE}</h1>{body()}</div>"
    )


def links_in_the_text() -> str:
    linked = [
        words.replace("Quell", '<a href="/quell">Quell</a>')
        .replace("breakwater", '<a href="/b">breakwater</a>')
        .replace("Observers say", '<a href="/o">Observers</a> say')
        for words in PARAGRAPHS
    ]
    parts = "".join(
        (f"<h2 id=h{n}>{OPENS[n]}</h2>" if n in OPENS else "") + f"<p>{words}</p>"
        for n, words in enumerate(linked)
    )
    return page(
        f'<nav>{MENU}</nav><main><article><h1>{TITLE}</h1><div class="toc"><ul><li><a href="#h1">{HEADINGS[0]}</a></li></ul></div>{parts}<p class="read-more"><a href="/x">Read more about ferries</a></p></article></main>'
    )


def list_in_the_text() -> str:
    items = "<ul><li>Fares: one ticket for both ports, sold on either quay.</li><li>Berths: a common list, kept in turn by the two offices.</li></ul>"
    return page(f"<nav>{MENU}</nav><article><h1>{TITLE}</h1>{body(between={6: items})}</article>")


def print_version() -> str:
    return page(
        f'<h1>{TITLE}</h1><p class="print-only-url">https://example.org/ports</p>{body()}',
        title=f"Print: {TITLE}",
    )


def saved_by_a_browser() -> str:
    """Saved whole, with scripts, hidden copies of the text and pictures as data."""
    hidden = f'<div style="display: none">{body()}</div><template><p>{LEAD}</p></template><noscript><p>Turn on JavaScript to see the page as its makers meant it.</p></noscript>'
    return page(
        f'<!-- saved from url=(0031)https://example.org/ports -->{hidden}<script>var a = "<p>not text</p>";</script><div id="root"><div class="css-1x2y"><div class="css-9z"><nav>{MENU}</nav></div><div class="css-q7"><h1 class="css-t">{TITLE}</h1>{body("<p class=css-p0>{}</p>", "<h2 class=css-h0>{}</h2>")}</div><div class="css-q8">{CARDS}</div></div></div>'
    )


def section_of_a_portal() -> str:
    meta = '<p class="byline">By Ada Finn, harbour correspondent</p><p class="timestamp">Updated 9:14</p>'
    tail = '<div class="newsletter-signup"><h3>The morning tide</h3><p>Every weekday the news of both quays in your mailbox, free of charge and easy to leave.</p></div>'
    return page(
        f'<div class="portal"><div class="left">{MENU}</div><div class="middle"><div class="teaser">{CARDS}</div><section class="content"><h1>{TITLE}</h1>{meta}{body()}{tail}</section></div></div>',
        title=f"{TITLE} | Portal of the two ports",
    )


PAGES = {
    make.__name__: make
    for make in (
        blog, magazine_in_pieces, divs_without_paragraphs, old_page_of_breaks, newspaper_with_cards,
        letter_platform, quotes_pulled_out, wire_without_article, encyclopedia, unclosed_tags,
        title_only_in_meta, styled_spans, phone_page, other_articles_below, long_banner_first,
        links_in_the_text, list_in_the_text, print_version, saved_by_a_browser, section_of_a_portal,
    )
}  # fmt: skip


# -- written after the finder, to see what it does with pages that it was not made for ------------


def names_that_mislead() -> str:
    """Page builders write what a page has, and what it has not, into names around everything."""
    return page(
        f'<div class="site has-mega-menu no-cookie-notice"><div class="menu">{MENU}</div><div class="layout has-sidebar with-related">'
        f'<div class="commentary share-wrap"><h1>{TITLE}</h1>{body("<p class=lead>{}</p>")}</div><div class="sidebar">{CARDS}</div></div></div>'
    )


def many_comments() -> str:
    thoughts = "".join(
        f'<li class="comment"><div class="comment-body"><p>{words} ({n})</p></div></li>'
        for n in range(12)
        for words in COMMENTS
    )
    return page(
        f'<nav>{MENU}</nav><div id="page"><div class="post"><h1>{TITLE}</h1><div class="post-content">{body()}</div></div><ol class="comment-list">{thoughts}</ol></div>'
    )


def two_headlines_and_a_gallery() -> str:
    pictures = "".join(
        f"<figure><img src={n}.jpg alt=''><figcaption>Picture {n} of 3: the ferry between the ports, with a rope.</figcaption></figure>"
        for n in range(3)
    )
    return page(
        f'<header><h1>The Tern</h1></header><nav>{MENU}</nav><section><h1>{TITLE}</h1><div class="gallery">{pictures}</div>{body()}</section>'
    )


def lines_in_cells() -> str:
    rows = "".join(
        f"<tr><td>{(f'<h3>{OPENS[n]}</h3>' if n in OPENS else '')}<p>{words}</p></td></tr>"
        for n, words in enumerate(PARAGRAPHS)
    )
    return page(
        f"<table><tr><td>{MENU}</td></tr></table><table class=main><tr><td><h1>{TITLE}</h1></td></tr>{rows}</table>"
    )


LATER = {
    make.__name__: make
    for make in (names_that_mislead, many_comments, two_headlines_and_a_gallery, lines_in_cells)
}
