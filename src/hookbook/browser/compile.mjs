// Runs compile.py with the Python that readers get: node compile.mjs PYODIDE FOLDER
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [engine, folder] = process.argv.slice(2).map((name) => path.resolve(name));
const { loadPyodide } = await import(pathToFileURL(path.join(engine, "pyodide.mjs")).href);
// One seed: the order of a set must not reach the compiled files.
const python = await loadPyodide({ env: { PYTHONHASHSEED: "0", HOME: "/home/pyodide" } });
python.mountNodeFS("/mnt/packing", folder);
const script = new URL("compile.py", import.meta.url);
await python.runPythonAsync(await readFile(script, "utf8"), { filename: "compile.py" });
process.exit(0);
