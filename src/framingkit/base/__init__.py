"""What knows no domain: the disk, TOML, HTML, spreadsheets, sorting and figures."""

from framingkit.base.article import (
    article_html,
    chip_html,
    code_html,
    crowded,
    lanes,
    mark_look,
    number_html,
    paragraph_html,
)
from framingkit.base.cells import CellTable, cell_table, read_cells
from framingkit.base.console import Tabled, prepare_console, say, watched
from framingkit.base.disk import (
    SIZE_LIMIT,
    parse_json,
    read_bytes,
    read_text,
    replacing,
    size,
    write_atomic,
)
from framingkit.base.figures import Figure, described_bars, figure_html
from framingkit.base.grouped_figures import Group, GroupedFigure, grouped_bars
from framingkit.base.html import (
    PASSAGE_STYLE,
    Html,
    Page,
    element,
    list_html,
    passage_html,
    scripted,
    sentences_page,
    table_html,
    web_page,
)
from framingkit.base.outputs import (
    backup_of,
    keeping,
    refuse_changed,
    refuse_inputs,
    refuse_strange,
    state_of,
)
from framingkit.base.search import is_unseen, places_of
from framingkit.base.sorting import WaitingRows
from framingkit.base.spreadsheet import (
    Cell,
    Name,
    Row,
    header_line,
    read_table,
    read_table_file,
    read_table_text,
    spreadsheet_image,
    table_line,
)
from framingkit.base.tokens import CODES, PAGE_TOKENS, WIDGET_TOKENS, code_key, code_look
from framingkit.base.toml import TomlTable, parse_tables, parse_toml, refuse_twins, toml_table
from framingkit.base.words import beginning, counted, quoted, shown
