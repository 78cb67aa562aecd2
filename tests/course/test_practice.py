"""The reader of practice sentences says what is wrong with a file."""

import pytest
from for_each import for_each

from framingkit import course
from framingkit.course.practice import parse_practice
from framingkit.errors import FramingkitError

CODEBOOK = course.load_codebook()
DEVICE = """id = "a"
kind = "device"
text = "A storm of letters came."
words = "storm"
cue = "storm"
feedback = "F."
"""
MISS = DEVICE.replace("device", "near miss").replace('"a"', '"b"')
PLAIN = 'id = "p"\nkind = "plain"\ntext = "Bread costs two crowns."\nfeedback = "F."'
WRONG = {
    "words twice": (DEVICE.replace("letters", "storm"), "there 2 times"),
    "words not there": (DEVICE.replace('words = "storm"', 'words = "stormy"'), "there 0 times"),
    "no words": (DEVICE.replace('words = "storm"\n', ""), "words or their cue are missing"),
    "no cue": (DEVICE.replace('cue = "storm"\n', ""), "words or their cue are missing"),
    "another cue": (DEVICE.replace('cue = "storm"', 'cue = "wind"'), "is not among the words"),
    "a plain one": (PLAIN, "field 'kind' is 'plain'"),
    "a lonely near miss": (MISS, "no device of nature_metaphor has it"),
    "an uneven share": (DEVICE, "need equally many sentences of the kind 'device'"),
    "an id twice": (f"{DEVICE}\n[[sentence]]\n{DEVICE}", "used twice"),
}


@for_each(WRONG.values())
def test_a_mistake_in_a_file_of_a_code_gets_a_sentence(wrong):
    rows, sentence = wrong
    text = f'code = "nature_metaphor"\n[[sentence]]\n{rows}\n'

    with pytest.raises(FramingkitError, match=sentence):
        parse_practice([("nature.toml", text)], CODEBOOK)


def test_an_unknown_code_and_words_in_a_plain_sentence_are_refused():
    with pytest.raises(FramingkitError, match="storms"):
        parse_practice([("storms.toml", 'code = "storms"')], CODEBOOK)
    words = f'[[sentence]]\n{PLAIN}\nwords = "Bread"\n'
    with pytest.raises(FramingkitError, match="nothing is to be tagged"):
        parse_practice([("plain.toml", words)], CODEBOOK)


def test_plain_sentences_alone_are_fine_and_have_no_span():
    (sentence,) = parse_practice([("plain.toml", f"[[sentence]]\n{PLAIN}\n")], CODEBOOK)

    assert (sentence.code, sentence.span, sentence.is_device) == ("", None, False)
