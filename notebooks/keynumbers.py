"""Compares what a run of the notebooks found with what was found before.

A cell tagged 'key-numbers' shows the figures that its notebook stands for. Its text output is compared word by word: words
must be equal, numbers may differ by 0.02 + 2 % of the expected one, since the last bits depend on the CPU. A notebook
that needs another tolerance states it in that cell's metadata: "tolerance": {"absolute": 0.05, "relative": 0.1}.
Times have no place in such a cell.

A quick run is compared with notebooks/expected/NAME.quick.txt, a full run with the outputs saved in the notebook itself.
"""

import argparse
import re
import sys
from pathlib import Path

import nbformat

TAG = "key-numbers"
ABSOLUTE = 0.02
RELATIVE = 0.02
HERE = Path(__file__).resolve().parent
NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?")


def tagged(notebook):
    return [cell for cell in notebook.cells if TAG in cell.metadata.get("tags", [])]


def text(cell):
    """What the cell prints and returns, in its plain form; not the live view, which names times."""
    parts = []
    for output in cell.get("outputs", []):
        if output.output_type == "display_data":
            continue
        parts.append(output.get("text") or output.get("data", {}).get("text/plain", ""))
    return "\n".join(part.rstrip() for part in parts)


def key_numbers(notebook):
    """The text of all tagged cells, one below the other."""
    return "\n".join(text(cell) for cell in tagged(notebook)) + "\n"


def tolerance(notebook):
    """The absolute and the relative tolerance: the widest that a tagged cell states."""
    stated = [cell.metadata.get("tolerance", {}) for cell in tagged(notebook)]
    return (
        max([one.get("absolute", ABSOLUTE) for one in stated], default=ABSOLUTE),
        max([one.get("relative", RELATIVE) for one in stated], default=RELATIVE),
    )


def value(number):
    return float(number.replace(",", ""))


def differences(expected, found, absolute=ABSOLUTE, relative=RELATIVE):
    """One line for each way in which the two texts differ; none if they agree."""
    old, new = NUMBER.findall(expected), NUMBER.findall(found)
    if NUMBER.sub("#", expected).split() != NUMBER.sub("#", found).split():
        return [f"the words differ; expected:\n{expected}\nfound:\n{found}"]
    allowed = [absolute + relative * abs(value(number)) for number in old]
    return [
        f"expected {a}, found {b} (may differ by {limit:.3g})"
        for a, b, limit in zip(old, new, allowed)
        if abs(value(a) - value(b)) > limit
    ]


def expected_text(name, quick):
    """What was found before, or None."""
    if not quick:
        return key_numbers(nbformat.read(HERE / f"{name}.ipynb", as_version=4))
    file = HERE / "expected" / f"{name}.quick.txt"
    return file.read_text(encoding="utf-8") if file.exists() else None


def compare(path, quick):
    """Prints how one executed notebook compares; true if it agrees."""
    notebook = nbformat.read(path, as_version=4)
    expected = expected_text(path.stem, quick)
    if expected is None:
        print(f"{path.stem}: there is no notebooks/expected/{path.stem}.quick.txt; --update writes it")
        return False
    found = differences(expected, key_numbers(notebook), *tolerance(notebook))
    print(f"{path.stem}: {'; '.join(found) if found else 'key numbers agree'}")
    return not found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executed", nargs="+", type=Path, help="executed copies, as ./lab run writes them")
    parser.add_argument("--quick", action="store_true", help="they were run with --quick")
    parser.add_argument("--update", action="store_true", help="write the expected files of quick runs anew")
    arguments = parser.parse_args()
    if arguments.update:
        (HERE / "expected").mkdir(exist_ok=True)
        for path in arguments.executed:
            file = HERE / "expected" / f"{path.stem}.quick.txt"
            file.write_text(key_numbers(nbformat.read(path, as_version=4)), encoding="utf-8")
        return 0
    results = [compare(path, arguments.quick) for path in arguments.executed]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
