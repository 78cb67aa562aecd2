"""The lessons in a browser alone: keeps a learner's work in the browser's own storage.

On the site, Python runs in the browser (Pyodide, in a worker), and its disk is forgotten with the
page. So the work folder stays what it is everywhere, a folder of plain files, and this room copies
each line of it into an IndexedDB database, and back when a page opens. A tool shows “Saved” only
when the browser has confirmed that the line is kept.

Before the first cell of a lesson runs, the page runs this, silently::

    from framingkit.site import open_storage

    await open_storage()

It brings the kept work back, and sets ``FRAMINGKIT_WORK`` to a folder in Python's memory. Without
a browser (JupyterLab, the Hub) it does nothing.

How the work is stored
----------------------
Database ``framingkit``, version 1, of the site's origin. Two courses on one origin must not meet:
``python run.py site --course DIR`` gives each course a name of its own, ``framingkit-`` and the
name of its folder, and its pages open that: ``open_storage("framingkit-history")``. The start page
reads the same database, and the class of a link waits in the local storage under ``<name>-class``.

``lines``
    One record for each line of a log. Key path ``["file", "id"]``. A record is
    ``{file, id, line, at}``:

    - ``file``: the name of the log's file, for example ``"amber-heron-417.jsonl"``
    - ``id``: for an act the operation's own id (``"tab-3f9c0a1b-12"``), which the line holds as
      well; for every other line (the header, a text, a learner) ``#`` and 16 hexadecimal digits of
      the line's SHA-256. So two tabs only ever add
    - ``line``: the text of the line, one JSON object, without its end
    - ``at``: milliseconds since 1970 when it was kept. Sorted by it, the lines are the file again

``files``
    All other files, as text. No key path: the key is the file's name in the work folder, for
    example ``"chosen.json"`` or ``"texts/own-text/article.txt"``.

``chosen.json`` says who was chosen last. Its ``log`` is the ``file`` of that learner's lines, its
``coder`` the first code name and its ``learner`` the id. A name that was chosen later is the answer
to the item ``code-name`` with the largest ``[seq, client]``, as for every item. An act is done if
its line is there: ``kind`` is ``answer`` with ``target`` and ``response``, or ``tag``, ``change``
or ``remove`` with ``document`` (``alaska-summit@614ee04e9591``), ``target`` and ``span``.

After each transaction the tabs of one origin tell each other by a ``BroadcastChannel`` of the
database's name: ``{lines: [record, …], files: [[name, text], …]}``.
"""

from framingkit.site.opening import STORAGE, open_storage
