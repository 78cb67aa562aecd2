"""From contested passages to one reading that people settled."""

from framingkit.settling.agenda import FEW, Agenda, Passage, make_agenda
from framingkit.settling.decisions import (
    KEEP_NONE,
    LATER,
    LONGEST_REASON,
    OPEN_AGAIN,
    Response,
    check_decision,
    decision_of,
    kept_response,
    lost_words,
    passage_item,
    responses_in,
)
from framingkit.settling.pages import (
    decision_words,
    notes_on,
    others_read,
    progress_words,
    save_words,
    settling_html,
    who_read,
    words_of,
)
from framingkit.settling.reading import settled_reading
