"""The widget that shows texts on one event side by side. Its browser half is coverage_map.js."""

from typing import Any

import traitlets

from framingkit.base import passage_html
from framingkit.feedback import Coverage, coverage_html, texts_table
from framingkit.widgets.javascript import join, style
from framingkit.widgets.saving import StaticWidget
from framingkit.widgets.words import words_for


class CoverageMap(StaticWidget):
    """Show two to four texts part by part; a tag or a claim in one shows its counterparts.

    Nothing is saved by it, so it works the same without a kernel.

    Parameters
    ----------
    coverage
        The texts, with tags, frames and claims.
    by
        "codes" or "claims" to mark only these.

    Examples
    --------
    >>> from framingkit.notebook.comparing import compare_coverage
    >>> CoverageMap(compare_coverage(["cable-talks-a", "cable-talks-b"]))
    CoverageMap(Report A, Report B)
    """

    _esm = join("coverage_map")
    _css = style("base", "form", "coverage_map")

    words = traitlets.Dict(words_for("coverage_map")).tag(sync=True)
    texts = traitlets.Dict(help="The texts part by part, and their marks.").tag(sync=True)

    def __init__(self, coverage: Coverage, by: str = "", **traits: Any) -> None:
        self.coverage, self.by = coverage, by
        super().__init__(texts=coverage.side_by_side(by), **traits)

    def __repr__(self) -> str:
        """Return a line that depends on the texts alone."""
        return f"CoverageMap({', '.join(self.coverage.names)})"

    def _static_html(self) -> str:
        tables = texts_table(self.coverage, self.by), coverage_html(self.coverage, self.by)
        return passage_html(*tables)
