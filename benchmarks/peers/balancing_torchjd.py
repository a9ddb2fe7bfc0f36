#!/usr/bin/env python3
"""Microseconds that TorchJD's aggregators take on one matrix of task gradients, on one thread.

Prints one line of JSON: of each method the lowest tenth of its calls; or which packages it lacks, or why it failed. 'bare' is
the Gram and one combination at equal weights. A call is aggregator(J), after one to warm up.

  balancing_torchjd.py --matrix gauss.f32 --tasks 8 --parameters 30000 --measure-s 2
"""
import argparse
import json
import resource
import statistics
import time
import warnings

import numpy as np
import torch
from torchjd import aggregation

# The fewest calls whose lowest counts, where one takes long.
CALLS = 3


def bare(J):
    w = torch.full((J.shape[0],), 1 / J.shape[0])
    return J @ J.T, w @ J


# Each aggregator, as one that takes the number of tasks, and the fewest tasks that it is defined for.
METHODS = {
    "bare": (lambda T: bare, 2),
    "mgda": (lambda T: aggregation.MGDA(), 2),
    "pcgrad": (lambda T: aggregation.PCGrad(), 2),
    "gradvac": (lambda T: aggregation.GradVac(), 2),
    "cagrad": (lambda T: aggregation.CAGrad(c=0.5), 2),
    "nash": (lambda T: aggregation.NashMTL(n_tasks=T), 2),
    "fairgrad": (lambda T: aggregation.FairGrad(alpha=1.0), 2),
    "imtl-g": (lambda T: aggregation.IMTLG(), 2),
    "aligned-mtl": (lambda T: aggregation.AlignedMTL(), 2),
    "config": (lambda T: aggregation.ConFIG(), 2),
    "upgrad": (lambda T: aggregation.UPGrad(), 2),
    "dualproj": (lambda T: aggregation.DualProj(), 2),
    "krum": (lambda T: aggregation.Krum(n_byzantine=1), 4),
    "trimmed-mean": (lambda T: aggregation.TrimmedMean(trim_number=1), 3),
    "graddrop": (lambda T: aggregation.GradDrop(), 2),
}


def measured(make, J, seconds):
    aggregator = make(J.shape[0])
    aggregator(J)
    times, end = [], time.perf_counter() + seconds
    while len(times) < CALLS or time.perf_counter() < end:
        start = time.perf_counter_ns()
        aggregator(J)
        times.append((time.perf_counter_ns() - start) / 1e3)
    times.sort()
    return dict(p10_us=round(times[len(times) // 10], 1), median_us=round(statistics.median(times), 1), calls=len(times))


def answer(make, J, seconds):
    try:
        return measured(make, J, seconds)
    except ImportError as lacking:
        return dict(missing=str(lacking))
    except Exception as failure:  # a peer that fails is told of, and the others are measured
        return dict(error=f"{type(failure).__name__}: {str(failure)[:200]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--matrix", required=True)
    parser.add_argument("--tasks", type=int, required=True)
    parser.add_argument("--parameters", type=int, required=True)
    parser.add_argument("--measure-s", type=float, default=2)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    torch.manual_seed(1)
    J = torch.from_numpy(np.fromfile(options.matrix, "<f4").reshape(options.tasks, options.parameters))
    with torch.no_grad():
        methods = {
            word: answer(make, J, options.measure_s)
            for word, (make, least) in METHODS.items()
            if options.tasks >= least
        }
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    print(json.dumps(dict(tasks=options.tasks, parameters=options.parameters, methods=methods, peak_rss_mb=peak)))


if __name__ == "__main__":
    main()
