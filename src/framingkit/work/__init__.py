"""One learner's work on disk: actions, their log, and the answer sheet they add up to."""

from framingkit.work.carrying import put_to_use
from framingkit.work.first_reading import FirstReading, Milestone
from framingkit.work.folder import find_log, open_log, open_log_at, work_folder
from framingkit.work.log import WorkLog, utc_now
from framingkit.work.operations import Operation, State, operation_from_json, span_to_json
from framingkit.work.own_text import (
    LONGEST_TEXT,
    OWN_TEXT,
    check_own_text,
    check_text_id,
    find_own_text,
    is_own,
    used_sentences,
)
from framingkit.work.progress import progress_sentences
from framingkit.work.sheet import (
    CODE_NAME_ITEM,
    SHEET_FORMAT,
    AnswerSheet,
    TextVersion,
    answer_sheet,
    check_code_name,
    check_sheet,
    is_code_name,
    read_sheet,
    sheet_to_bytes,
)
from framingkit.work.tagging import Tagging, keep_answer
