"""Gives the lessons to a room of computers: a small web server, and the link that a class opens.

It answers with the files of a site that ``python run.py site`` built, and with nothing else.
"""

from framingkit.hosting.addresses import link_picture
from framingkit.hosting.class_link import class_link, class_link_page, write_class_link
from framingkit.hosting.server import serve_site
from framingkit.hosting.site_files import SiteFiles

__all__ = [
    "SiteFiles", "class_link", "class_link_page", "link_picture", "serve_site", "write_class_link",
]  # fmt: skip
