// Compiles the Python files of a folder for the Python of the site, which is Pyodide's: no other
// can be relied on to write the same bytecode. Each .py gives way to a .pyc in its place.
//
//     node compile.mjs <folder of Pyodide> <folder of folders>

import { createRequire } from "node:module";
import { resolve } from "node:path";

const [engine, folder] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = createRequire(import.meta.url)(`${engine}/pyodide.js`);
const pyodide = await loadPyodide({ indexURL: `${engine}/` });
pyodide.FS.mkdirTree("/packages");
pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: folder }, "/packages");
const failed = pyodide.runPython(`
import compileall
import os
from pathlib import Path
from py_compile import PycInvalidationMode

failed = []
for package in sorted(Path("/packages").iterdir()):
    place = "/lib/python314.zip" if package.name == "stdlib" else "/lib/python3.14/site-packages"
    for path in sorted(package.rglob("*.py")):
        made = compileall.compile_file(
            path, quiet=1, legacy=True, optimize=0, stripdir=str(package), prependdir=place,
            invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
        )
        if made and path.with_suffix(".pyc").exists():
            path.unlink()
        else:
            failed.append(str(path))
failed
`).toJs();
for (const path of failed) console.log(`left as it is: ${path}`);
