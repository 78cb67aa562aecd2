"""Pure replies to one reader, about tags, frames, plain words and answers; passages as HTML."""

from framingkit.feedback.answers import (
    POINTS,
    RESPONSE_KEYS,
    STATES,
    Reply,
    check_response,
    item_html,
    options_shown,
    reply_to,
    score_item,
    word_first,
)
from framingkit.feedback.changes import change_sentences, code_counts, compare_tags
from framingkit.feedback.counts import (
    count_labels,
    devices_by_section,
    hedge_rows,
    hedge_table,
    sureness_change,
    tags_by_code,
    word_counts,
)
from framingkit.feedback.coverage import Coverage, coverage_html, texts_table
from framingkit.feedback.coverage_rows import CountRow, Report, Row
from framingkit.feedback.frames import (
    FRAME_NEEDS,
    LONGEST_CELL,
    QUESTIONS,
    SCOPES,
    FrameReading,
    FrameRow,
    comparison_parts,
    frame_table_html,
    frames_html,
    frames_item,
    frames_response,
    frames_shown,
    latest_frames,
    read_frames,
    reference_frames,
)
from framingkit.feedback.held_back import reply_when_due
from framingkit.feedback.matching import SAME_WORDS, SpanTask, closeness, pair, score_spans
from framingkit.feedback.passages import (
    codes_page,
    mark_html,
    passage_page,
    reference_page,
    tags_page,
)
from framingkit.feedback.practice import (
    NOTHING_HERE,
    ROUND,
    PracticeAnswer,
    PracticeCount,
    PracticeReply,
    marked_sentence,
    practice_html,
    practice_item,
    practice_reply,
    practice_tag,
    practised,
)
from framingkit.feedback.record_pages import distances_page, source_notes_page
from framingkit.feedback.rewriting import (
    LONGEST_WORDING,
    NOTHING,
    Version,
    Wording,
    devices_sentence,
    latest_version,
    read_version,
    remarks_on,
    rewrite_item,
    version_html,
    version_response,
)
from framingkit.feedback.spacing import Try, next_sentence
from framingkit.feedback.tags import Remark, TagComparison, compare_with_reference, comparison_page
