"""What balancing itself costs, apart from backward passes, beside TorchJD on the same matrices. Started by
benchmarks/compare --balancing, which prepares what it needs.

To add a method: a constant in org.mtl4j.benchmarks.Balancing and a row of METHODS in peers/balancing_torchjd.py.
"""
import argparse
import datetime
import json
import sys

import numpy as np

from machine import cpu, table
from side_by_side import HERE, RESULTS, Machine, footer, versions, write

SIZES = [(tasks, parameters) for parameters in (30_000, 1_000_000) for tasks in (2, 8, 40)]
BARE = "bare"

# Kinds of matrices [tasks, parameters], in words.
KINDS = {
    "gauss": "Independent normal numbers: gradients nearly at right angles.",
    "conflict": "Every other gradient points against the rest, cosines of about 0.5 and -0.5, and lengths from 1 to 10.",
}


def matrix(kind, tasks, parameters):
    draws = np.random.default_rng(tasks * 31 + parameters)
    gradients = draws.standard_normal((tasks, parameters), dtype=np.float32)
    if kind == "conflict":
        signs = np.where(np.arange(tasks) % 2 == 0, 1, -1).astype(np.float32)[:, None]
        lengths = np.geomspace(1, 10, tasks, dtype=np.float32)[:, None]
        gradients = lengths * (gradients + signs * draws.standard_normal(parameters, dtype=np.float32))
    return np.ascontiguousarray(gradients, dtype="<f4")


def measured(machine, options, log):
    """{(kind, size, side): [the methods of each round]}: both sides of a matrix in turn, all matrices, then the next round."""
    answers, facts = {}, {}
    for r in range(options.rounds):
        for kind in KINDS:
            for tasks, parameters in options.sizes:
                file = RESULTS / "tmp" / "matrix.f32"
                matrix(kind, tasks, parameters).tofile(file)
                sizes = dict(matrix=file, tasks=tasks, parameters=parameters)
                ours = machine.java("BalancingTime", **sizes, measure_s=machine.measure * 2)
                words = [word for name, value in sizes.items() for word in ("--" + name, str(value))]
                script = str(HERE / "peers" / "balancing_torchjd.py")
                theirs = machine.run([sys.executable, script, *words, "--measure-s", str(machine.measure / 4)])
                file.unlink()
                for side, answer in (("ours", ours), ("torchjd", theirs)):
                    answers.setdefault((kind, (tasks, parameters), side), []).append(answer["methods"])
                    log.write(json.dumps(dict(round=r + 1, kind=kind, side=side, **answer)) + "\n")
                log.flush()
                facts = {name: ours[name] for name in ("blas", "jdk", "gc")}
                print(
                    f"round {r + 1}/{options.rounds}  {kind:8} {tasks:2} x {parameters:9,}  the Gram and a combination:"
                    f" {ours['methods'][BARE]['p10_us']:9.1f}, TorchJD's {theirs['methods'][BARE]['p10_us']:9.1f} us",
                    flush=True,
                )
    return answers, facts


def lowest(rounds, method, figure="p10_us"):
    return min(methods[method][figure] for methods in rounds)


def lines(answers, sizes, facts):
    """A line for each method on each matrix."""
    found = []
    for kind in KINDS:
        for size in sizes:
            ours, theirs = answers[kind, size, "ours"], answers[kind, size, "torchjd"]
            for method in ours[0]:
                line = dict(
                    kind=kind, tasks=size[0], parameters=size[1], method=method, ours_us=lowest(ours, method),
                    weigh_us=lowest(ours, method, "weigh_us"), over_bare=round(over_bare(ours, method), 3),
                )  # fmt: skip
                peer = theirs[0][method]
                if "p10_us" in peer:
                    ratios = [t[method]["p10_us"] / o[method]["p10_us"] for o, t in zip(ours, theirs)]
                    line.update(
                        torchjd_us=lowest(theirs, method), ratio=round(lowest(theirs, method) / lowest(ours, method), 2),
                        ratio_low=round(min(ratios), 2), ratio_high=round(max(ratios), 2),
                    )  # fmt: skip
                else:
                    line.update(peer)
                found.append(dict(line, rounds=len(ours), **facts))
    return found


def over_bare(ours, method):
    """By how much a call costs more than the Gram and one combination: in the round where it does least."""
    return min(methods[method]["p10_us"] / methods[BARE]["p10_us"] for methods in ours)


def short(line):
    if "ratio" in line:
        return f"{line['ratio']:.1f} ({line['ratio_low']:.1f} to {line['ratio_high']:.1f})"
    return "not installed" if "missing" in line else "fails"


def grid(found, kind, cell, leave_out=()):
    """A table of methods by sizes."""
    of = {(line["method"], (line["tasks"], line["parameters"])): line for line in found if line["kind"] == kind}
    methods = [method for method in dict.fromkeys(method for method, _ in of) if method not in leave_out]
    sizes = list(dict.fromkeys(size for _, size in of))
    rows = [[method, *(cell(of[method, size]) if (method, size) in of else "-" for size in sizes)] for method in methods]
    return table(["method", *(f"{tasks} x {parameters:,}:" for tasks, parameters in sizes)], rows)


def page(found, rounds):
    gram = ("trimmed-mean", "graddrop")  # these read the gradients themselves
    parts = [
        "# What balancing costs\n\n"
        "From the gradients of so many tasks by so many parameters, which lie in memory, to the update: the Gram, the weights and\n"
        "their combination. One thread on each side, all processes on one core, the same matrices, in turn over "
        f"{rounds} rounds. Times\nare the lowest tenth of a round's calls, the lowest round. '-': not defined for so few tasks."
    ]
    for kind, words in KINDS.items():
        parts.append(
            f"## {kind}\n\n{words}\n\n"
            "Ours, µs; 'bare' is the Gram and one combination:\n\n" + grid(found, kind, lambda l: f"{l['ours_us']:,.0f}")
        )
        parts.append(
            "Of these the weights alone, µs:\n\n" + grid(found, kind, lambda l: f"{l['weigh_us']:,.1f}", (BARE,))
        )
        parts.append(
            "Ours by bare, of the methods that read the Gram (the promise is at most 1.3):\n\n"
            + grid(found, kind, lambda l: f"{l['over_bare']:.2f}", (BARE, *gram))
        )
        parts.append("Times as fast as TorchJD's aggregator (over rounds):\n\n" + grid(found, kind, short))
    lacking = {line["method"]: line["missing"] for line in found if "missing" in line}
    parts += [f"TorchJD's {method} was not measured: {words}" for method, words in lacking.items()]
    failing = {line["method"]: line["error"] for line in found if "error" in line}
    parts += [f"TorchJD's {method} failed on some of them: {words}" for method, words in failing.items()]
    return "\n\n".join([*parts, footer(found[0], "benchmarks/compare --balancing")])


def main():
    parser = argparse.ArgumentParser(prog="benchmarks/compare --balancing")
    parser.add_argument("--balancing", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int)
    for internal in ("--pin", "--ours", "--class-path"):
        parser.add_argument(internal, default="")
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 3)
    options.sizes = SIZES[:4] if options.quick else SIZES
    options.threads = 1
    folder = RESULTS / "tmp" if options.quick else RESULTS
    (RESULTS / "tmp").mkdir(parents=True, exist_ok=True)
    with open(RESULTS / "tmp" / "rounds.jsonl", "w") as log:
        answers, facts = measured(Machine(options), options, log)
    facts.update(cpu=cpu(), measured=datetime.date.today().isoformat(), versions=versions())
    found = lines(answers, options.sizes, facts)
    write(folder, "balancing", page(found, options.rounds), found)


if __name__ == "__main__":
    main()
