"""From a folder or an archive of hand-ins to one class file."""

from framingkit.hand_ins.answers import AnswerBook, Answers
from framingkit.hand_ins.archive import Archive, holds_only, open_archive, writing_zip
from framingkit.hand_ins.collect import REFUSED, Collected, collect
from framingkit.hand_ins.continuing import OthersFileError, continue_from
from framingkit.hand_ins.file import CLASS_FILE, SMALLEST_GROUP, ClassFile, class_sets, read_class
from framingkit.hand_ins.hand_in import MOST_PARTS, KnownTexts, count_parts, read_hand_in
from framingkit.hand_ins.kinds import decoded, is_rubbish
from framingkit.hand_ins.learners import Learner, LearnerTags
from framingkit.hand_ins.nearby import Nearby, look_around
from framingkit.hand_ins.pairing import Group, same_people
from framingkit.hand_ins.shared import refuse_shared, share_class
from framingkit.hand_ins.sources import sample_hand_ins
from framingkit.hand_ins.submitters import platform_id_of
from framingkit.hand_ins.targets import writing_class
