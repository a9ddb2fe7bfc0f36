"""JMH's JSON of StepBenchmark under the gc profiler -> a Markdown table."""
import json
import sys

from machine import cpu, table

with open(sys.argv[1]) as file:
    results = json.load(file)


def row(result):
    parameters = result["params"]
    bytes_a_step = result["secondaryMetrics"]["gc.alloc.rate.norm"]["score"]
    collections = result["secondaryMetrics"]["gc.count"]["score"]
    workload = parameters["workload"].lower().replace("_", "-")
    return [workload, parameters["method"].lower(), parameters["batch"], f"{bytes_a_step:.0f}", f"{collections:.0f}"]


print(f"""# Allocation of a training step

JMH's gc profiler on `StepBenchmark`. A steady-state step allocates nothing that grows with the batch or the net: compare
the bytes with the {64 * 128 * 4:,} of one layer's output at batch 64. They include what JMH's harness allocates once an
iteration, spread over its steps: the fewer steps fit an iteration, the more. `StepTime` counts a step alone, exactly.

{table(["workload", "method", "batch:", "bytes a step:", "collections:"], [row(r) for r in results])}

CPU: {cpu()}. JDK {results[0]["jdkVersion"]}, JMH {results[0]["jmhVersion"]}.

Made by `benchmarks/jmh --allocation`.""")
