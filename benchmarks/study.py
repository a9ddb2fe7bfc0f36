"""Runs one study on all sides in turn and writes the table. Started by benchmarks/compare --study."""
import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import time
from importlib import metadata

from machine import cpu, table

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE / "results"

# Of a peer's ways the fastest counts.
PEERS = {
    "PyTorch, joblib": {"torch": ["study_torch.py"]},
    "JAX, seeds vmapped": {
        "two processes": ["study_jax.py", "--mode", "processes"],
        "XLA's threads": ["study_jax.py", "--mode", "threads"],
    },
}
OURS = "ours"


def run(options, command):
    """The line of JSON that a process prints, with its whole wall time unless it says itself what the study's part is."""
    start = time.perf_counter()
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(options.pin.split() + command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    seconds = round(time.perf_counter() - start, 1)
    return dict(dict(process_seconds=seconds), **json.loads(done.stdout.strip().splitlines()[-1]))


def java(options, main, extra):
    return run(options, options.ours.splitlines() + ["-cp", options.class_path, f"org.mtl4j.benchmarks.{main}", *extra])


def contenders(options):
    """{(side, way): what runs it}."""
    size = ["--epochs", str(options.epochs), "--seeds", "3", "--jobs", "2"]
    found = {(OURS, ""): lambda: java(options, "StudyTime", size)}
    for peer, ways in PEERS.items():
        for way, (script, *extra) in ways.items():
            command = [sys.executable, str(HERE / "peers" / script), *extra, *size]
            found[peer, way] = lambda command=command: run(options, command)
    return found


def measured(options, log):
    """{(side, way): [answer of each round]}."""
    answers = {}
    for r in range(options.rounds):
        for (side, way), start in contenders(options).items():
            answer = start()
            answers.setdefault((side, way), []).append(answer)
            log.write(json.dumps(dict(round=r + 1, side=side, way=way, **answer)) + "\n")
            log.flush()
            print(f"round {r + 1}/{options.rounds}  {side:20} {way:15} {answer['trials']} trials in {answer['seconds']:6.1f} s,"
                  f" {answer['per_minute']:7.1f} a minute", flush=True)  # fmt: skip
    return answers


def best(rounds):
    return max(answer["per_minute"] for answer in rounds)


def lines(answers):
    """One per side: ours, then each peer by its fastest way."""
    ours = answers[OURS, ""]
    found = []
    for side in [OURS, *PEERS]:
        way = max((w for s, w in answers if s == side), key=lambda w: best(answers[side, w]))
        theirs = answers[side, way]
        ratios = [o["per_minute"] / t["per_minute"] for o, t in zip(ours, theirs)]
        kept = max(theirs, key=lambda answer: answer["per_minute"])
        found.append(dict(
            side=side, way=way, per_minute=best(theirs), ratio=round(best(ours) / best(theirs), 2),
            ratio_low=round(min(ratios), 2), ratio_high=round(max(ratios), 2), rounds=len(theirs),
            trials=kept["trials"], epochs=kept["epochs"], seconds=kept["seconds"], process_seconds=kept["process_seconds"],
            r2=kept["r2"],
        ))  # fmt: skip
    return found


def words(line):
    name = line["side"] + (f" ({line['way']})" if line["way"] and line["side"] == "JAX, seeds vmapped" else "")
    ratio = "" if line["side"] == OURS else f"**{line['ratio']:.1f}**"
    span = "" if line["side"] == OURS else f"{line['ratio_low']:.1f} to {line['ratio_high']:.1f}"
    scores = " / ".join(f"{score:.2f}" for score in line["r2"].values())
    return [name, f"{line['per_minute']:.0f}", ratio, span, f"{line['seconds']:.1f}", f"{line['process_seconds']:.1f}", scores]


def text(options, found, speeds, facts):
    header = ["side", "trials a minute:", "ours times as fast:", "over rounds", "study, s:", "process, s:", "R2"]
    first = found[0]
    versions = ", ".join(f"{name} {version}" for name, version in facts["versions"].items())
    return (
        "# A study, beside the peers\n\n"
        f"FIFA's four tasks (3,500 training rows of 37 numbers), all 15 subsets, equal weights, uncertainty and PCGrad, 3 seeds:\n"
        f"{first['trials']} trials. A gradient method on one task makes no sense and is left out on all sides: 11 subsets x 3 balancers\n"
        f"and 4 single tasks x 2. Each trial: MLP 64-64, Adam 1e-3, batch 64, {first['epochs']} epochs with the validation loss after\n"
        "each and the best parameters kept, R2 on the test part. The same two cores for all, one side after another.\n\n"
        f"{table(header, [words(line) for line in found])}\n\n"
        f"The best of {options.rounds} round{'s' if options.rounds > 1 else ''}; 'over rounds' is the lowest and highest ratio within a round. 'Study' starts with the\n"
        "libraries imported and the data in memory, in a fresh process, and ends with all results in: it counts the start of\n"
        "worker processes, JAX's compilation and the JIT's. 'Process' is all of the process till then, imports included. R2: value, wage,\n"
        "overall and potential trained together with equal weights, mean of the seeds; each side draws its own splits.\n\n"
        "## Ours alone\n\n"
        f"{table(['', 'figure:'], speeds)}\n\n"
        f"CPU: {facts['cpu']}, two cores. Ours: {facts['blas']}; JDK {facts['jdk']}. Peers: {versions}.\n"
        f"Measured on {facts['measured']}.\n\nMade by `benchmarks/compare --study`."
    )


def speeds(rounds):
    """What StudyTime says beside the study, of the round in which it says the most."""
    def most(name):
        return max(answer[name] for answer in rounds)

    one, study = most("single_per_minute"), most("warm_per_minute")
    jobs = rounds[0]["jobs"]
    four, single = most("predict_rows"), most("predict_single_rows")
    return [
        ["trials a minute, warm, one after another", f"{one:.0f}"],
        [f"trials a minute, warm, {jobs} side by side", f"{study:.0f}"],
        [f"the latter of {jobs} times the former", f"**{100 * study / (jobs * one):.0f} %**"],
        ["rows a second, `run.predict`, four tasks from one net", f"{four:,.0f}"],
        ["rows a second, `predict` of four single nets, one after another", f"{single:,.0f}"],
        ["the former of the latter", f"**{four / single:.1f} times**"],
    ]


def main():
    parser = argparse.ArgumentParser(prog="benchmarks/compare --study")
    parser.add_argument("--study", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--epochs", type=int)
    for internal in ("--pin", "--ours", "--class-path"):
        parser.add_argument(internal, default="")
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 3)
    options.epochs = options.epochs or (2 if options.quick else 20)
    folder = RESULTS / "tmp" if options.quick else RESULTS
    (RESULTS / "tmp").mkdir(parents=True, exist_ok=True)
    with open(RESULTS / "tmp" / "study-rounds.jsonl", "w") as log:
        answers = measured(options, log)
    ours = answers[OURS, ""]
    facts = dict(
        cpu=cpu(), measured=datetime.date.today().isoformat(), blas=ours[0]["blas"], jdk=ours[0]["jdk"],
        versions={name: metadata.version(name) for name in ("torch", "joblib", "jax", "jaxlib", "optax", "numpy")},
    )  # fmt: skip
    found = lines(answers)
    result = text(options, found, speeds(ours), facts)
    (folder / "study.md").write_text(result + "\n")
    (folder / "study.jsonl").write_text("".join(json.dumps(dict(line, **facts)) + "\n" for line in found))
    print(f"\n{result}\n\nwritten: {folder.relative_to(HERE.parent) / 'study'}.md and .jsonl")


if __name__ == "__main__":
    main()
