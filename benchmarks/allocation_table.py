"""JMH's JSON of StepBenchmark under the gc profiler -> a Markdown table."""
import json
import sys

from machine import cpu, table

with open(sys.argv[1]) as file:
    results = json.load(file)


def row(result):
    parameters = result["params"]
    counted = result["secondaryMetrics"]
    bytes_a_step = counted["bytes"]["score"] / counted["steps"]["score"]
    collections = counted["gc.count"]["score"]
    workload = parameters["workload"].lower().replace("_", "-")
    return [workload, parameters["method"].lower(), parameters["batch"], f"{bytes_a_step:.1f}", f"{collections:.0f}"]


print(f"""# Allocation of a training step

`StepBenchmark`, by the JVM's own count of the thread in each step; collections by JMH's gc profiler. A steady-state step
allocates nothing: compare the bytes with the {64 * 128 * 4:,} of one layer's output of `mlp` at batch 64. What is above 0 is
some hundred bytes of an iteration, however many steps it has.

{table(["workload", "method", "batch:", "bytes a step:", "collections:"], [row(r) for r in results])}

CPU: {cpu()}. JDK {results[0]["jdkVersion"]}, JMH {results[0]["jmhVersion"]}.

Made by `benchmarks/jmh --allocation`.""")
