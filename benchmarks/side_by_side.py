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

# The methods that are measured where none is named.
ALL = ["equal", "pcgrad", "mgda", "cagrad", "upgrad", "nash"]

# How many steps a run of a peer takes: a second or two. A longer run would learn its four batches by heart.
WORKLOADS = {
    "mlp": dict(torch_steps=500, jax_steps=2000, batches=[64, 256], methods=ALL, dense=True),
    "mlp-wide": dict(torch_steps=100, jax_steps=500, batches=[64, 256], methods=ALL, dense=True),
    "lenet": dict(torch_steps=60, jax_steps=100, batches=[64, 256], methods=ALL, dense=False),
}

# Each peer's ways to run a method; where there are several, its fastest counts.
METHODS = {
    "equal": {"torch": ["ew"], "torch.compile": ["ew:compile"], "jax-step": ["equal"], "jax-scan": ["equal"]},
    "pcgrad": {
        "torch": ["pcgrad:naive"],
        "torchjd": ["pcgrad:mtl", "pcgrad:mtlseq", "pcgrad:autogram"],
        "jax-step": ["pcgrad"],
        "jax-scan": ["pcgrad"],
    },
    "mgda": {
        "torch": ["mgda:naive"],
        "torchjd": ["mgda:mtl", "mgda:mtlseq", "mgda:autogram"],
        "jax-step": ["mgda"],
        "jax-scan": ["mgda"],
    },
    "cagrad": {
        "torch": ["cagrad:naive"],
        "torchjd": ["cagrad:mtl", "cagrad:mtlseq", "cagrad:autogram"],
    },
    "upgrad": {"torchjd": ["upgrad:mtl", "upgrad:mtlseq", "upgrad:autogram", "upgrad:naive"]},
    "nash": {"torch": ["nash:naive"], "torchjd": ["nash:mtl", "nash:mtlseq"]},
    "uncertainty": {"torch": ["uw"]},
}

# The numbers of tasks of compare --tasks.
TASKS = [2, 4, 8, 16, 32, 64]


def environment(threads):
    """What holds a peer to so many threads; ours is told."""
    flags = "" if threads > 1 else "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    names = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    return {**dict.fromkeys(names, str(threads)), "XLA_FLAGS": flags, "JAX_PLATFORMS": "cpu", "CUDA_VISIBLE_DEVICES": ""}


class Machine:
    """Starts one pinned process after another and reads the line of JSON that each prints."""

    def __init__(self, options):
        self.pin = options.pin.split()
        self.threads = options.threads
        self.environment = {**os.environ, **environment(options.threads)}
        self.ours = options.ours.splitlines() + ["-cp", options.class_path]
        self.warm, self.measure = (2, 0.5) if options.quick else (3, 2)
        self.shorter = 5 if options.quick else 1

    def run(self, command):
        done = subprocess.run(self.pin + command, env=self.environment, stdout=subprocess.PIPE, text=True, check=True)
        answer = json.loads(done.stdout.strip().splitlines()[-1])
        if answer.get("error", "").startswith("ImportError"):
            return dict(lacking=answer["error"].removeprefix("ImportError: "))
        if "error" in answer:
            raise SystemExit(f"{' '.join(command)}: {answer['error']}")
        return answer

    def java(self, main, **options):
        words = [word for name, value in options.items() for word in ("--" + name.replace("_", "-"), str(value))]
        return self.run(self.ours + [f"org.mtl4j.benchmarks.{main}", *words, "--warmup-s", str(self.warm)])

    def step(self, workload, batch, method):
        return self.java("StepTime", workload=workload, batch=batch, method=method, threads=self.threads, measure_s=self.measure)

    def gemms(self, workload, batch, method):
        facts = dict(workload=workload, batch=batch, method=method, threads=self.threads)
        return self.java("GemmTime", **facts, measure_s=self.measure / 2)

    def tasks(self, tasks, method):
        return self.java("StepTime", workload="mlp", batch=64, method=method, tasks=tasks, measure_s=self.measure)

    def watch(self, workload, batch):
        return self.java("WatchCost", workload=workload, batch=batch, method="equal", measure_s=2 * self.measure)

    def peer(self, peer, way, workload, batch, tasks=0):
        facts = WORKLOADS[workload]
        steps = facts["torch_steps"] // self.shorter
        script, extra = "peer_bench.py", ["--threads", str(self.threads), "--steps", str(steps)]
        if peer.startswith("jax"):
            mode = peer.removeprefix("jax-")
            script, extra = "jax_bench.py", ["--mode", mode, "--steps", str(facts["jax_steps"] // self.shorter)]
        command = [sys.executable, str(HERE / "peers" / script), "--workload", workload, "--batch", str(batch)]
        return self.run(command + ["--method", way, "--tasks", str(tasks), *extra])


def measured(machine, rows, peers, rounds, log):
    """{(row, contender, way): [answer of each round]}: all contenders of a row in turn, all rows, then the next round. And
    {(contender, method): what it lacks}.
    """
    answers, lacking = {}, {}
    for r in range(rounds):
        for row in rows:
            workload, batch, method = row
            contenders = [(peer, way) for peer in chosen(peers, method) for way in METHODS[method][peer]]
            if WORKLOADS[workload]["dense"]:
                contenders.insert(0, ("gemms", method))
            for contender, way in [("ours", method), *contenders]:
                if contender == "ours":
                    answer = machine.step(workload, batch, method)
                elif contender == "gemms":
                    answer = machine.gemms(workload, batch, method)
                else:
                    answer = machine.peer(contender, way, workload, batch)
                if "lacking" in answer:  # a package that is not among the peers
                    lacking[contender, method] = answer["lacking"]
                    continue
                answers.setdefault((row, contender, way), []).append(answer)
                log.write(json.dumps(dict(round=r + 1, contender=contender, **answer)) + "\n")
                log.flush()
                print(
                    f"round {r + 1}/{rounds}  {workload} {batch:4} {method:12} {contender:13} {way:16}"
                    f" p10 {answer['p10_us']:9.1f}  median {answer['us_per_step']:9.1f} us",
                    flush=True,
                )
    return answers, lacking


def chosen(peers, method):
    """The peers of a method that are asked for; all where none is named."""
    return [peer for peer in METHODS[method] if not peers or peer in peers]


def lowest(answers):
    return min(answer["p10_us"] for answer in answers)


def versions():
    return {name: metadata.version(name) for name in ("torch", "torchjd", "jax", "jaxlib", "optax", "numpy")}


def ways(row, peer, answers):
    """The ways of a peer that were measured."""
    return [way for way in METHODS[row[2]][peer] if (row, peer, way) in answers]


def comparison(row, peer, answers, facts):
    """One line of the results: ours beside the fastest way of one peer."""
    workload, batch, method = row
    ours = answers[row, "ours", method]
    way = min(ways(row, peer, answers), key=lambda w: lowest(answers[row, peer, w]))
    theirs = answers[row, peer, way]
    ratios = [t["p10_us"] / o["p10_us"] for o, t in zip(ours, theirs)]
    bare = answers.get((row, "gemms", method))
    return dict(
        workload=workload, batch=batch, threads=facts["peer_threads"], method=method, peer=peer, way=way,
        gemms_us=lowest(bare) if bare else None,
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
        f"{line['ours_us']:.0f}", f"{line['peer_us']:.0f}", f"**{line['ratio']:.2f}**",
        f"{line['ratio_low']:.1f} to {line['ratio_high']:.1f}", f"{line['ours_median_us']:.0f}", f"{line['peer_median_us']:.0f}",
        f"{line['rss_ours']:.0f}", f"{line['rss_peer']:.0f}",
    ]  # fmt: skip


def footer(line, command):
    named = ", ".join(f"{name} {version}" for name, version in line.get("versions", {}).items())
    return (
        f"CPU: {line['cpu']}. Ours: {line['blas']}; JDK {line['jdk']}; {line['gc'].split()[0]} collector."
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
    answers, lacking = measured(machine, rows, options.peers, options.rounds, log)
    facts = dict(facts, versions=versions(), peer_threads=options.threads)
    pairs = [(row, peer) for row in rows for peer in chosen(options.peers, row[2]) if ways(row, peer, answers)]
    lines = [comparison(row, peer, answers, facts) for row, peer in pairs]
    unmeasured = "".join(f"{peer}'s {method} was not measured: {words}\n\n" for (peer, method), words in lacking.items())
    header = ["method", "batch:", "peer", "ours, µs:", "peer, µs:", "times as fast:", "over rounds", "ours, median:",
              "peer, median:", "ours, MB:", "peer, MB:"]  # fmt: skip
    one = options.threads == 1
    where = "one thread, all processes on one core" if one else f"all on {options.threads} threads, on as many cores"
    text = (
        f"# A training step of `{workload}`{'' if one else f' on {options.threads} threads'}, beside the peers\n\n"
        f"Forward, losses, weights, gradient and Adam on a batch in memory, {where}, in turn\n"
        f"over {options.rounds} rounds. Times are the lowest tenth of a round's steps, the lowest round; medians are those of\n"
        "a round, the median round. MB: peak resident memory of the process. Conflict is not watched.\n\n"
        f"{table(header, [words(line) for line in lines])}\n\n{bare_products(lines)}{unmeasured}{footer(lines[0], 'benchmarks/compare')}"
    )
    write(folder, workload + ("" if one else f"-{options.threads}-threads"), text, lines)


def bare_products(lines):
    """How close ours comes to a step of nothing but its matrix products; nothing where those are not listed."""
    rows = {(line["method"], line["batch"]): line for line in lines if line["gemms_us"]}
    if not rows:
        return ""
    cells = [
        [method, batch, f"{line['ours_us']:.0f}", f"{line['gemms_us']:.0f}", f"{line['ours_us'] / line['gemms_us']:.2f}"]
        for (method, batch), line in rows.items()
    ]
    return table(["method", "batch:", "ours, µs:", "its bare products, µs:", "ratio:"], cells) + "\n\n"


def more_tasks(options, machine, folder, facts, log):
    """Steps and memory of `mlp` with more and more tasks, beside TorchJD's fastest way."""
    method, answers = options.methods[0], {}
    ways = METHODS[method]["torchjd"]
    for r in range(options.rounds):
        for tasks in TASKS:
            for way in ["ours", *ways]:
                answer = machine.tasks(tasks, method) if way == "ours" else machine.peer("torchjd", way, "mlp", 64, tasks)
                answers.setdefault((tasks, way), []).append(answer)
                log.write(json.dumps(dict(round=r + 1, **answer)) + "\n")
                print(f"round {r + 1}/{options.rounds}  {tasks:2} tasks {way:16} p10 {answer['p10_us']:9.1f} us", flush=True)
    lines = []
    for tasks in TASKS:
        ours = answers[tasks, "ours"]
        way = min(ways, key=lambda w: lowest(answers[tasks, w]))
        lines.append(dict(
            tasks=tasks, method=method, way=way, ours_us=lowest(ours), peer_us=lowest(answers[tasks, way]),
            ratio=round(lowest(answers[tasks, way]) / lowest(ours), 2), rss_ours=max(o["peak_rss_mb"] for o in ours),
            rss_peer=max(o["peak_rss_mb"] for o in answers[tasks, way]), rounds=options.rounds,
            blas=ours[0]["blas"], jdk=ours[0]["jdk"], gc=ours[0]["gc"], versions=versions(), **facts,
        ))  # fmt: skip
    cells = [
        [l["tasks"], f"{l['ours_us']:.0f}", f"{l['ours_us'] / l['tasks']:.0f}", l["way"].split(":")[1], f"{l['peer_us']:.0f}",
         f"**{l['ratio']:.1f}**", f"{l['rss_ours']:.0f}", f"{l['rss_peer']:.0f}"]
        for l in lines
    ]  # fmt: skip
    header = ["tasks:", "ours, µs:", "a task, µs:", "torchjd", "torchjd, µs:", "times as fast:", "ours, MB:", "torchjd, MB:"]
    text = (
        "# More and more tasks\n\n"
        f"A step of `mlp` with so many heads, batch 64, {method}, one thread, beside TorchJD's fastest way. Times are the lowest\n"
        f"tenth of a round's steps, the lowest of {options.rounds} rounds; MB: peak resident memory of the process.\n\n"
        f"{table(header, cells)}\n\n{footer(lines[0], 'benchmarks/compare --tasks')}"
    )
    write(folder, "tasks", text, lines)


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
    write(folder, "watch" if options.workload == "mlp" else f"watch-{options.workload}", watch_page(lines), lines)


def watch_page(lines):
    cells = [
        [l["workload"], l["batch"], l["every"], f"{l['plain_us']:.1f}", f"{l['probe_us']:.0f}",
         f"**{100 * l['probe_us'] / (l['every'] * l['plain_us']):.1f} %**", f"{l['watched_us']:.1f}",
         f"{l['cost_percent']:.1f} % ({l['cost_low']:.1f} to {l['cost_high']:.1f})"]
        for l in lines
    ]  # fmt: skip
    header = ["workload", "batch:", "probed every:", "plain, µs:", "a probe, µs:", "cost:", "watched, µs:", "blocks, watched to plain:"]
    return (
        "# What watching conflict costs\n\n"
        "Equal weights, one probe of the task gradients' Gram before every so many steps, which is the default of a recipe.\n"
        "The cost is that of a probe by that of the plain steps from one to the next; the promise is at most 5 %. Beside it,\n"
        "less exact where a block of steps takes long: blocks with and without a probe, in turn in one process, the lowest\n"
        f"tenth of the blocks, the lowest of {lines[0]['rounds']} rounds (and the range over rounds), divided by the steps.\n\n"
        f"{table(header, cells)}\n\n{footer(lines[0], 'benchmarks/compare --watch')}"
    )


def main():
    parser = argparse.ArgumentParser(prog="benchmarks/compare")
    parser.add_argument("--watch", action="store_true")
    parser.add_argument("--tasks", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--workload", default="mlp", choices=WORKLOADS)
    parser.add_argument("--methods", type=lambda text: text.split(","))
    parser.add_argument("--peers", type=lambda text: text.split(","))
    parser.add_argument("--batches", type=lambda text: [int(b) for b in text.split(",")])
    for internal in ("--pin", "--ours", "--class-path"):
        parser.add_argument(internal, default="")
    options = parser.parse_args()
    options.rounds = options.rounds or (2 if options.quick else 5)
    if options.tasks:
        options.methods = options.methods or ["pcgrad"]
    options.methods = options.methods or WORKLOADS[options.workload]["methods"]
    options.batches = options.batches or WORKLOADS[options.workload]["batches"]
    folder = RESULTS / "tmp" if options.quick else RESULTS
    (RESULTS / "tmp").mkdir(parents=True, exist_ok=True)
    facts = dict(cpu=cpu(), measured=datetime.date.today().isoformat())
    with open(RESULTS / "tmp" / "rounds.jsonl", "w") as log:
        run = watch if options.watch else more_tasks if options.tasks else compare
        run(options, Machine(options), folder, facts, log)


if __name__ == "__main__":
    main()
