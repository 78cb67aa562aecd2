"""Everybody who reads a class file, as functions of its path."""

from hostile.class_corpus import good

from framingkit import course
from framingkit.hand_ins.shared import share_class
from framingkit.notebook.settling import open_settling
from framingkit.reports.beside import class_view
from framingkit.reports.beside_page import readers_of, view_data, view_html
from framingkit.reports.grades import grade
from framingkit.reports.page import write_report
from framingkit.work.first_reading import FirstReading

ARTICLE, CODEBOOK = course.load_article(), course.load_codebook()


def class_map(path):
    """Do what the class map does: for a browser, and as a page."""
    for section in ("headline", "lead"):
        reading = FirstReading(None, ARTICLE, CODEBOOK, section)
        view = class_view(readers_of(path, reading), ARTICLE, section, CODEBOOK.devices)
        view_data(view)
        view_html("The class", [], view)


def settle(path):
    found = open_settling(str(path))
    repr(found.passages())


def readers_in(folder):
    """Name everything that reads a class file."""
    ok = folder / "ok.gz"
    ok.write_bytes(good())
    return {
        "report": lambda path: write_report(path, folder / "r.html", None, folder / "r.json"),
        "report --before it": lambda path: write_report(ok, folder / "r.html", path),
        "report of it --before": lambda path: write_report(path, folder / "r.html", ok),
        "grade": lambda path: grade(path, folder / "g.csv", folder / "w.csv", folder / "pages"),
        "share": lambda path: share_class(path, folder / "s.gz", again=True),
        "class map": class_map,
        "settle": settle,
    }
