"""Other formats: the questions of the kit, as files that a school's platform reads."""

from framingkit.exchange.export import FORMATS, export_questions
from framingkit.exchange.package import package
