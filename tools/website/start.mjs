// Starts the Python of the site as a page does, without a page, and imports what a lesson needs: a
// package that is missing, or from which too much was left out, stops the build and not a lesson.
//
//     node start.mjs <folder of Pyodide> <folder of the site's Python>

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [engine, folder] = process.argv.slice(2).map((path) => `${resolve(path)}/`);
const { loadPyodide } = createRequire(import.meta.url)(`${engine}pyodide.js`);
const pyodide = await loadPyodide({
  indexURL: engine,
  lockFileURL: `${folder}pyodide-lock.json`,
  packageBaseUrl: folder,
  stdLibURL: `${folder}python_stdlib.zip`,
});
const { packages } = JSON.parse(readFileSync(`${folder}pyodide-lock.json`, "utf-8"));
await pyodide.loadPackage(Object.keys(packages), { messageCallback() {} });
const trouble = pyodide.runPython(`
import traceback

trouble = ""
try:
    import micropip
    import piplite.piplite
    import pyodide_kernel
    import anywidget
    import ipywidgets
    import framingkit
    framingkit.open_lesson
except BaseException:
    trouble = traceback.format_exc()
trouble
`);
if (trouble) {
  console.log(trouble);
  process.exit(1);
}
