"""Where sentences end: an end is marked with a bar, and nothing else may be one."""

import itertools
import time

from helpers.for_each import for_each
from hypothesis import given
from hypothesis import strategies as st

from framingkit.course import load_article
from framingkit.course.sentences import split_sentences

SENTENCES = """
For Mr. Putin, yes. | No.
V. Putin landed. | It rained.
Only 85.5 km. | Or 4 km?
He said: "We go." | Then left.
Alaska – “chessboard”. | Hot!
It was (so it seems) cold. e.g. ice.
他们握手。 | 会谈结束。
هل هو حار؟ | نعم.
The Jan. 6 meeting in Anchorage, Alaska, on Aug. 15 was short. | Rep. Lee of No. 10 met Sec. Roe, \
Maj. Gen. Poe and Adm. Coe Jr. Monday at 3 p.m. Eastern time. | Acme Inc. Chairman Doe left the \
U.S. Capitol.
He spoke at 9 a.m. Tuesday in Washington, D.C. | The talks went on until 4 p.m. | Nobody smiled.
She lives in the U.S. | He lives in the U.K. and she does not mind.
Shares of Acme Inc. Rose 5 percent. | Acme Inc. | It is over.
Is No. 1 enough? | No. | It never was. | No. | I think so.
The plane flew to St. Petersburg, Fla., and back. | It landed at Ft. Bragg.
Lt. Gov. Dan Pratt and Lt. Col. A. J. Wu met Brig. Gen. Ola. | They shook hands.
The treaty was signed on Sept. 3. | Sept. 4 was quiet. | It fell to minus 5. | Snow fell.
I am 27. | Putin is older.
See Sec. 4, Art. 2, Fig. 3 and Vol. II, pp. 12-14.
Am 15. August trafen sich die 27. Delegationen. | Das war am Do. Abend bzw. Nacht.
Es fand z. B. im 19. Jahrhundert statt, d. h. vor dem 1. Weltkrieg. | Nr. 2 kam nicht.
»Wir sind bereit.« | Der Minister lächelte. | „Gut.“ | Alle gingen.
« Nous sommes prêts. » | Le ministre a souri. | M. Durand est parti. | ‹ Non. › | « Oui. »
El Sr. Pérez y la Sra. Gil llegaron. | ¿Por qué?
И. О. Петров ушёл. | Он сказал: «Да». | Все молчали.
It was less clear . . . than that. . . . | The rest is silence.
1. The first of two. | 2. The other.
The talks ended.| Nobody smiled!| Then they left. | See www.Example.com or ask Jane.Doe@example.com.
"""
LINES = SENTENCES.replace("\\\n", "").strip().splitlines()


def quotes(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@for_each(LINES)
def test_sentences_end_where_a_reader_would_say(line):
    sentences = [part.strip() for part in line.split("|")]
    # two sentences without a space between them are written without one before the bar
    text = line.replace(" | ", " ").replace("| ", "")

    assert quotes(text) == sentences


def test_a_line_ends_a_sentence_and_an_empty_one_is_none():
    assert quotes("Agenda: talks\nTrade. Arms.") == ["Agenda: talks", "Trade.", "Arms."]
    assert quotes("  \n\n ") == []


def test_the_sentences_of_the_article_keep_their_numbers():
    article = load_article()
    shown = {one.number: article.quote(one.start, one.end, 30) for one in article.sentences()}

    assert len(shown) == 22
    assert (shown[1], shown[12]) == (
        "“US rolls out red carpet for R…”",
        "“Maritime trade cooperation th…”",
    )


@given(st.text(alphabet=st.one_of(st.sampled_from('aB1. ?!"”“)\n\r。–'), st.characters())))
def test_sentences_cover_every_visible_character_in_order(text):
    found = split_sentences(text)

    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(
        text.split()
    )
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(found))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)


@for_each(["A. ", "!", ". ", ".»", "Aa.Bbb", "www.", "1."])
def test_a_long_line_takes_no_longer_than_it_is(part):
    begun = time.perf_counter()
    split_sentences((part * 20_000)[:20_000] + "x")

    assert time.perf_counter() - begun < 1
