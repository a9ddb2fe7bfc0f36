"""The study that all sides run: FIFA's players as org.mtl4j.datasets.Fifa reads them from the same file, and the cells."""
import csv
import itertools
import pathlib

import numpy as np

FILE = pathlib.Path(__file__).resolve().parents[2] / "datasets/src/main/resources/org/mtl4j/datasets/fifa.csv"

TASKS = ["value", "wage", "overall", "potential"]
COLUMNS = ["value_eur", "wage_eur", "overall", "potential"]
BALANCERS = ["equal", "uncertainty", "pcgrad"]
WIDTHS = [64, 64]
BATCH = 64
RATE = 1e-3


def cells():
    """[(positions of the tasks, balancer)]: all subsets; a gradient method on one task makes no sense and is left out."""
    subsets = [s for size in range(1, 5) for s in itertools.combinations(range(4), size)]
    return [(s, b) for s in subsets for b in BALANCERS if len(s) > 1 or b != "pcgrad"]


def rows():
    """Inputs [5000, 37] and targets [5000, 4], the first two as log10 of EUR."""
    with open(FILE, encoding="utf-8", newline="") as file:
        players = list(csv.DictReader(file))
    inputs = [name for name in players[0] if name not in ("short_name", "nationality", *COLUMNS)]
    x = np.array([[player[name] for name in inputs] for player in players], np.float64)
    y = np.array([[player[name] for name in COLUMNS] for player in players], np.float64)
    y[:, :2] = np.log10(y[:, :2])
    return x, y


def split(x, y, seed):
    """Standardised (inputs, targets) of 3,500 training, 750 validation and 750 test rows, drawn by the seed."""
    order = np.random.default_rng(seed).permutation(len(x))
    parts = np.split(order, [int(0.7 * len(x)), int(0.85 * len(x))])

    def standard(values):
        train = values[parts[0]]
        return (values - train.mean(0)) / train.std(0)

    return [(standard(x)[part].astype(np.float32), standard(y)[part].astype(np.float32)) for part in parts]


def r2(predicted, target):
    """R2 per task, [rows, tasks] each."""
    return 1 - ((predicted - target) ** 2).sum(0) / ((target - target.mean(0)) ** 2).sum(0)


def joint_r2(results):
    """{task: mean over seeds} of all four tasks under equal weights, by which the sides can be told to do the same."""
    found = [r for subset, balancer, r in results if len(subset) == 4 and balancer == "equal"]
    return {task: round(float(mean), 3) for task, mean in zip(TASKS, np.mean(found, 0))}
