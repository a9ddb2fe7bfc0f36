"""Runs notebooks from top to bottom in the real kernel, without a browser.

Prints one line per cell with its time, writes the executed copies, and ends with status 1 at a cell that fails.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from clean import cleaned

ROOT = Path(__file__).resolve().parent.parent
# A cell that needs longer than this, in seconds, is taken to hang.
CELL_TIMEOUT = 900


def first_line(source):
    lines = [line for line in source.splitlines() if line.strip()]
    return lines[0][:80] if lines else ""


class Printed:
    """Prints each cell's first line when it starts and its time when it ends."""

    def __init__(self, notebook):
        self.total = sum(cell.cell_type == "code" for cell in notebook.cells)
        self.number = 0
        self.started = 0.0

    def on_start(self, cell, cell_index):
        self.number += 1
        self.started = time.monotonic()
        print(f"  [{self.number}/{self.total}] {first_line(cell.source)}", end="", flush=True)

    def on_end(self, cell, cell_index, execute_reply):
        print(f"  {time.monotonic() - self.started:.1f} s", flush=True)


def execute(path, timeout):
    """The executed notebook and, if a cell failed, the words for it."""
    notebook = nbformat.read(path, as_version=4)
    printed = Printed(notebook)
    client = NotebookClient(
        notebook,
        kernel_name="java",
        timeout=timeout,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_start=lambda cell, cell_index: cell.cell_type == "code" and printed.on_start(cell, cell_index),
        on_cell_executed=printed.on_end,
    )
    try:
        client.execute()
    except CellExecutionError as failure:
        return notebook, f"This cell failed:\n{failure}"
    except CellTimeoutError:
        return notebook, f"This cell took longer than {timeout} s, the limit that --timeout sets."
    except DeadKernelError:
        return notebook, "The kernel died in this cell."
    return notebook, None


def target(path, arguments):
    if arguments.in_place:
        return path
    return arguments.out / path.name


def run(path, arguments):
    """Executes one notebook; true if every cell succeeded."""
    print(f"{path.name}{' (quick)' if arguments.quick else ''}", flush=True)
    began = time.monotonic()
    notebook, failure = execute(path, arguments.timeout)
    written = target(path, arguments)
    if failure and arguments.in_place:
        print("\n  the notebook is left as it was")
    else:
        written.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(cleaned(notebook, ROOT), written)
        print(f"  {time.monotonic() - began:.1f} s in all, executed copy: {os.path.relpath(written)}")
    if failure:
        print(f"\n{failure}", file=sys.stderr)
    return failure is None


def main():
    parser = argparse.ArgumentParser(prog="lab run", description=__doc__)
    parser.add_argument("notebooks", nargs="+", type=Path, metavar="NOTEBOOK")
    parser.add_argument("--quick", action="store_true", help="let the library cut work: MTL4J_QUICK=1")
    parser.add_argument("--out", type=Path, default=ROOT / ".lab" / "runs", help="folder of the executed copies")
    parser.add_argument("--in-place", action="store_true", help="save the outputs into the notebooks themselves")
    parser.add_argument("--timeout", type=int, default=CELL_TIMEOUT, help="seconds that one cell may take")
    arguments = parser.parse_args()
    missing = [str(path) for path in arguments.notebooks if not path.is_file()]
    if missing:
        parser.error(f"no such notebook: {', '.join(missing)}")
    if arguments.quick:
        os.environ["MTL4J_QUICK"] = "1"
    results = [run(path.resolve(), arguments) for path in arguments.notebooks]
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
