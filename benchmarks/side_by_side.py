"""Runs ours and the peers in turn and writes the tables. Started by benchmarks/compare, which prepares what it needs.

To add a workload: a row in WORKLOADS, in org.mtl4j.benchmarks.Workload and in the peers' scripts. To add a method: a row
in METHODS and in org.mtl4j.benchmarks.Method.
"""
import argparse
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys
from importlib import metadata

from machine import cpu, table

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE / "results"

# How many steps a run of a peer takes: a second or two. A longer run would learn its four batches by heart.
WORKLOADS = {
    "mlp": dict(torch_steps=500, jax_steps=2000, batches=[64, 256], methods=["equal", "pcgrad"]),
    "mlp-wide": dict(torch_steps=100, jax_steps=500, batches=[64, 256], methods=["equal", "pcgrad"]),
}

# Each peer's ways to run a method; where there are several, its fastest counts.
METHODS = {
    "equal": {"torch": ["ew"], "jax-step": ["equal"], "jax-scan": ["equal"]},
    "pcgrad": {
        "torch": ["pcgrad:naive"],
        "torchjd": ["pcgrad:mtl", "pcgrad:mtlseq", "pcgrad:autogram"],
        "jax-step": ["pcgrad"],
        "jax-scan": ["pcgrad"],
    },
    "mgda": {"torch": ["mgda:naive"], "torchjd": ["mgda:mtl", "mgda:mtlseq", "mgda:autogram"]},
    "uncertainty": {"torch": ["uw"]},
}

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_PLATFORMS": "cpu",
    "CUDA_VISIBLE_DEVICES": "",
}


class Machine:
    """Starts one pinned process after another and reads the line of JSON that each prints."""

    def __init__(self, options):
        self.pin = options.pin.split()
        self.ours = options.ours.splitlines() + ["-cp", options.class_path]
        self.warm, self.measure = (2, 0.5) if options.quick else (3, 2)
        self.shorter = 5 if options.quick else 1

    def run(self, command):
        done = subprocess.run(self.pin + command, env={**os.environ, **ONE_THREAD}, stdout=subprocess.PIPE, text=True, check=True)
        answer = json.loads(done.stdout.strip().splitlines()[-1])
        if "error" in answer:
            raise SystemExit(f"{' '.join(command)}: {answer['error']}")
        return answer

    def java(self, main, **options):
        words = [word for name, value in options.items() for word in ("--" + name.replace("_", "-"), str(value))]
        return self.run(self.ours + [f"org.mtl4j.benchmarks.{main}", *words, "--warmup-s", str(self.warm)])

    def step(self, workload, batch, method):
        return self.java("StepTime", workload=workload, batch=batch, method=method, measure_s=self.measure)

    def watch(self, workload, batch):
        return self.java("WatchCost", workload=workload, batch=batch, method="equal", measure_s=2 * self.measure)

    def peer(self, peer, way, workload, batch):
        facts = WORKLOADS[workload]
        script, extra = "peer_bench.py", ["--threads", "1", "--steps", str(facts["torch_steps"] // self.shorter)]
        if peer.startswith("jax"):
            mode = peer.removeprefix("jax-")
            script, extra = "jax_bench.py", ["--mode", mode, "--steps", str(facts["jax_steps"] // self.shorter)]
        command = [sys.executable, str(HERE / "peers" / script), "--workload", workload, "--batch", str(batch)]
        return self.run(command + ["--method", way, *extra])


def measured(machine, rows, rounds, log):
    """{(row, contender, way): [answer of each round]}: all contenders of a row in turn, all rows, then the next round."""
    answers = {}
    for r in range(rounds):
        for row in rows:
            workload, batch, method = row
            contenders = [(peer, way) for peer, ways in METHODS[method].items() for way in ways]
            for contender, way in [("ours", method), *contenders]:
                if contender == "ours":
                    answer = machine.step(workload, batch, method)
                else:
                    answer = machine.peer(contender, way, workload, batch)
                answers.setdefault((row, contender, way), []).append(answer)
                log.write(json.dumps(dict(round=r + 1, contender=contender, **answer)) + "\n")
                log.flush()
                print(
                    f"round {r + 1}/{rounds}  {workload} {batch:4} {method:12} {contender:9} {way:16}"
                    f" p10 {answer['p10_us']:9.1f}  median {answer['us_per_step']:9.1f} us",
                    flush=True,
                )
    return answers


def lowest(answers):
    return min(answer["p10_us"] for answer in answers)


def versions():
    return {name: metadata.version(name) for name in ("torch", "torchjd", "jax", "jaxlib", "optax", "numpy")}


def comparison(row, peer, answers, facts):
    """One line of the results: ours beside the fastest way of one peer."""
    workload, batch, method = row
    ours = answers[row, "ours", method]
    way = min(METHODS[method][peer], key=lambda w: lowest(answers[row, peer, w]))
    theirs = answers[row, peer, way]
    ratios = [t["p10_us"] / o["p10_us"] for o, t in zip(ours, theirs)]
    return dict(
        workload=workload, batch=batch, threads=1, method=method, peer=peer, way=way,
        ours_us=lowest(ours), peer_us=lowest(theirs), ratio=round(lowest(theirs) / lowest(ours), 2),
        ratio_low=round(min(ratios), 2), ratio_high=round(max(ratios), 2),
        ours_median_us=statistics.median(o["us_per_step"] for o in ours),
        peer_median_us=statistics.median(t["us_per_step"] for t in theirs),
        rss_ours=max(o["peak_rss_mb"] for o in ours), rss_peer=max(t["peak_rss_mb"] for t in theirs),
        rounds=len(ours), labels=ours[0]["labels"], blas=ours[0]["blas"], jdk=ours[0]["jdk"], gc=ours[0]["gc"], **facts,
    )  # fmt: skip


def words(line):
    """A line of the results as a row of the table."""
    return [
        line["method"], line["batch"], line["peer"] if line["peer"] != "torchjd" else f"torchjd ({line['way'].split(':')[1]})",
        f"{line['ours_us']:.0f}", f"{line['peer_us']:.0f}", f"**{line['ratio']:.1f}**",
        f"{line['ratio_low']:.1f} to {line['ratio_high']:.1f}", f"{line['ours_median_us']:.0f}", f"{line['peer_median_us']:.0f}",
        f"{line['rss_ours']:.0f}", f"{line['rss_peer']:.0f}",
    ]  # fmt: skip


def footer(line, command):
    named = ", ".join(f"{name} {version}" for name, version in line.get("versions", {}).items())
    return (
        f"CPU: {line['cpu']}, one core. Ours: {line['blas']}; JDK {line['jdk']}; {line['gc'].split()[0]} collector."
        f"{' Peers: ' + named + '.' if named else ''} Measured on {line['measured']}.\n\nMade by `{command}`."
    )


def write(folder, name, text, lines):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(text + "\n")
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    print(f"\n{text}\n\nwritten: {folder.relative_to(HERE.parent) / name}.md and .jsonl")


def compare(options, machine, folder, facts, log):
    workload = options.workload
    rows = [(workload, batch, method) for method in options.methods for batch in options.batches]
    answers = measured(machine, rows, options.rounds, log)
    facts = dict(facts, versions=versions())
    lines = [comparison(row, peer, answers, facts) for row in rows for peer in METHODS[row[2]]]
    header = ["method", "batch:", "peer", "ours, µs:", "peer, µs:", "times as fast:", "over rounds", "ours, median:",
              "peer, median:", "ours, MB:", "peer, MB:"]  # fmt: skip
    text = (
        f"# A training step of `{workload}`, beside the peers\n\n"
        "Forward, losses, weights, gradient and Adam on a batch in memory, one thread, all processes on one core, in turn\n"
        f"over {options.rounds} rounds. Times are the lowest tenth of a round's steps, the lowest round; medians are those of\n"
        "a round, the median round. MB: peak resident memory of the process. Conflict is not watched.\n\n"
        f"{table(header, [words(line) for line in lines])}\n\n{footer(lines[0], 'benchmarks/compare')}"
    )
    write(folder, workload, text, lines)


def watch(options, machine, folder, facts, log):
    lines = []
    for batch in options.batches:
        rounds = [machine.watch(options.workload, batch) for _ in range(options.rounds)]
        log.write("".join(json.dumps(answer) + "\n" for answer in rounds))
        plain, watched = (min(r[name] for r in rounds) for name in ("plain_us", "watched_us"))
        costs = [100 * (r["watched_us"] / r["plain_us"] - 1) for r in rounds]
        lines.append(dict(
            rounds[0], plain_us=plain, watched_us=watched, cost_percent=round(100 * (watched / plain - 1), 1),
            cost_low=round(min(costs), 1), cost_high=round(max(costs), 1), probe_us=min(r["probe_us"] for r in rounds),
            rounds=options.rounds, **facts,
        ))  # fmt: skip
        print(f"{options.workload} {batch}: {plain:.1f} us a step, watched {watched:.1f}", flush=True)
    cells = [
        [l["workload"], l["batch"], l["every"], f"{l['plain_us']:.1f}", f"{l['watched_us']:.1f}", f"{l['probe_us']:.0f}",
         f"**{l['cost_percent']:.1f} %**", f"{l['cost_low']:.1f} to {l['cost_high']:.1f}"]
        for l in lines
    ]  # fmt: skip
    header = ["workload", "batch:", "probed every:", "plain, µs:", "watched, µs:", "a probe, µs:", "cost:", "over rounds"]
    text = (
        "# What watching conflict costs\n\n"
        "Equal weights, one probe of the task gradients' Gram before every so many steps, which is the default of a recipe.\n"
        "Blocks of that many steps with and without a probe, in turn in one process; the lowest tenth of the blocks, the\n"
        f"lowest of {options.rounds} rounds, divided by the steps. The promise is at most 5 %.\n\n"
        f"{table(header, cells)}\n\n{footer(lines[0], 'benchmarks/compare --watch')}"
    )
    write(folder, "watch", text, lines)


def main():
    parser = argparse.ArgumentParser(prog="benchmarks/compare")
    parser.add_argument("--watch", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--workload", default="mlp", choices=WORKLOADS)
    parser.add_argument("--methods", type=lambda text: text.split(","))
    parser.add_argument("--batches", type=lambda text: [int(b) for b in text.split(",")])
    for internal in ("--pin", "--ours", "--class-path"):
        parser.add_argument(internal, default="")
    options = parser.parse_args()
    options.rounds = options.rounds or (2 if options.quick else 5)
    options.methods = options.methods or WORKLOADS[options.workload]["methods"]
    options.batches = options.batches or WORKLOADS[options.workload]["batches"]
    folder = RESULTS / "tmp" if options.quick else RESULTS
    (RESULTS / "tmp").mkdir(parents=True, exist_ok=True)
    facts = dict(cpu=cpu(), measured=datetime.date.today().isoformat())
    with open(RESULTS / "tmp" / "rounds.jsonl", "w") as log:
        (watch if options.watch else compare)(options, Machine(options), folder, facts, log)


if __name__ == "__main__":
    main()
