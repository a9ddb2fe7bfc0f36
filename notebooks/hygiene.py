"""Checks the notebooks as they are saved: what a reader sees on GitHub without running anything."""

import re
import sys
from pathlib import Path

import nbformat

from keynumbers import tagged

# GitHub shows large notebooks late or not at all.
MOST_BYTES = 300_000
MACHINE_PATH = re.compile(r"(?:/home/|/Users/|/root/|/tmp/|[A-Z]:\\\\Users\\\\)\w")


def problems(path):
    """One line for each rule that the notebook breaks."""
    size = path.stat().st_size
    raw = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(raw, as_version=4)
    found = []
    if size >= MOST_BYTES:
        found.append(f"has {size:,} bytes; {MOST_BYTES:,} is the limit")
    if MACHINE_PATH.search(raw):
        found.append(f"names a path of one machine: {MACHINE_PATH.search(raw).group()}...")
    if not tagged(notebook):
        found.append("has no cell tagged 'key-numbers'")
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if any(cell.execution_count is None for cell in code):
        found.append("has a cell that was not run; save its outputs with ./lab run --in-place")
    for number, cell in enumerate(code, start=1):
        for output in cell.outputs:
            if output.output_type == "error":
                found.append(f"code cell {number} failed: {output.ename}")
            if output.get("name") == "stderr":
                found.append(f"code cell {number} wrote to the error stream: {output.text[:80]!r}")
    return found


def main(paths):
    broken = 0
    for path in map(Path, paths):
        found = problems(path)
        broken += bool(found)
        print(f"{path.name}: {'; '.join(found) if found else 'in order'}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
