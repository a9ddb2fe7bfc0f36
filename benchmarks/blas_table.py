"""JSON lines of BlasChoice -> a Markdown table. Of each product, the best round counts."""
import json
import sys

from machine import cpu, table

with open(sys.argv[1]) as file:
    lines = [json.loads(line) for line in file if line.strip()]
libraries = list(dict.fromkeys(line["blas"] for line in lines))
shapes = [name for name in lines[0] if name[0].isdigit()]


def best(library, shape):
    """The three products' rates: x w / x^T y / y w^T."""
    rounds = [[int(r) for r in line[shape].split()] for line in lines if line["blas"] == library]
    return " / ".join(str(max(rates)) for rates in zip(*rounds))


rows = [[shape.replace("x", " x "), *(best(library, shape) for library in libraries)] for shape in shapes]
memory = ", ".join(f"{name} {max(l['peak_rss_mb'] for l in lines if l['blas'] == name):.0f} MB" for name in libraries)
print(f"""# Matrix products, by BLAS

GFLOP/s on one core, from Java through netlib, float[] on the heap: forward x w / weight gradient x^T y / signal y w^T.
Shape: rows x inputs x outputs. Best of {len(lines) // len(libraries)} rounds, the libraries in turn.

{table(["shape", *(f"{library}:" for library in libraries)], rows)}

CPU: {cpu()}. JDK {lines[0]["jdk"]}. Peak resident memory: {memory}.

Made by `benchmarks/blas`.""")
