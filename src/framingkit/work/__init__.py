"""One learner's work on disk: actions, their log, and the answer sheet they add up to."""

from framingkit.work.carrying import put_to_use
from framingkit.work.class_name import CLASS_NAME_ITEM, check_class_name, class_name_in
from framingkit.work.corrected import (
    Orphan,
    bring_along,
    drop_orphan,
    keep_text,
    orphans_of,
    place_orphan,
    suggestions,
)
from framingkit.work.first_reading import FirstReading, Milestone
from framingkit.work.folder import (
    LearnerHere,
    find_log,
    follow_choice,
    go_on_as,
    learners_here,
    log_of,
    open_log,
    open_log_at,
    start_somebody_else,
    take_back,
    work_folder,
)
from framingkit.work.handing_in import HandedIn, hand_in, hand_in_folder
from framingkit.work.learner import CHOSEN_FILE, is_learner, learner_from, new_learner, place_of
from framingkit.work.limits import (
    DEEPEST_RESPONSE,
    HAND_IN_BYTES,
    HIGHEST_SEQ,
    LONGEST_RESPONSE,
    LONGEST_TEXT,
    MOST_ACTS,
    MOST_CHARACTERS,
    MOST_PARTS,
    MOST_TAGS,
    is_deep,
    size_of,
)
from framingkit.work.lines import LOG_FORMAT, UNREADABLE, LogLines, NewerLogError
from framingkit.work.log import WorkLog, utc_now
from framingkit.work.mending import merge_copies
from framingkit.work.operations import Operation, State, operation_from_json, span_to_json
from framingkit.work.own_text import (
    OWN_TEXT,
    check_own_text,
    check_text_id,
    clean,
    find_own_text,
    is_own,
    used_sentences,
)
from framingkit.work.practice import first_answers, practice_answers, sentences_by_id
from framingkit.work.progress import (
    LessonProgress,
    latest_lesson,
    lesson_progress,
    next_part,
    not_answered,
    progress_sentences,
    questions_done,
    tagged_sections,
)
from framingkit.work.room import sift
from framingkit.work.sheet import (
    CODE_NAME_ITEM,
    SHEET_FORMAT,
    AnswerSheet,
    TextVersion,
    answer_sheet,
    check_code_name,
    check_new_name,
    check_sheet,
    is_code_name,
    read_sheet,
    sheet_of,
    sheet_to_bytes,
)
from framingkit.work.tagging import Tagging, keep_answer
