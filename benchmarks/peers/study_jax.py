"""The study in JAX with optax: one compiled epoch, the seeds of a cell vmapped. Prints one line of JSON.

  study_jax.py --epochs 20 --seeds 3 --mode processes      two processes share the cells, one XLA thread each
  study_jax.py --epochs 20 --seeds 3 --mode threads        one process, XLA's own threads

A trial is as in study_torch.py. An epoch is a lax.scan over its batches (the last one padded and masked), with the
validation loss and the best parameters inside. Subsets of equal size share a compilation, and a process gets all cells of
a shape, so that nothing is compiled twice. PCGrad: all tasks in one vmapped pass, Gram, weights; others in fixed order.
The clock starts with jax imported and the data in memory, and ends with all results in: it counts all compilation, and
the start of the processes, which import jax themselves.
"""
import argparse
import functools
import json
import multiprocessing
import os
import time

import numpy as np

import study_data as study

ONE_THREAD = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"


def initial(rng, tasks):
    def dense(a, b):
        bound = a**-0.5
        return dict(w=rng.uniform(-bound, bound, (a, b)).astype(np.float32), b=rng.uniform(-bound, bound, b).astype(np.float32))

    sizes = [37, *study.WIDTHS]
    trunk = [dense(a, b) for a, b in zip(sizes, sizes[1:])]
    return dict(trunk=trunk, heads=dense(sizes[-1], tasks), log_variances=np.zeros(tasks, np.float32))


def predict(p, x, relu):
    for layer in p["trunk"]:
        x = relu(x @ layer["w"] + layer["b"])
    return x @ p["heads"]["w"] + p["heads"]["b"]


@functools.cache
def trainer(balancer):
    """(initial state, one epoch), both vmapped over seeds; the epoch is compiled once per shape."""
    import jax
    import jax.numpy as jnp
    import optax

    adam = optax.adam(study.RATE)

    def losses(p, x, y, mask):
        return (mask[:, None] * (predict(p, x, jax.nn.relu) - y) ** 2).sum(0) / mask.sum()

    def projected(p, x, y, mask):
        _, pull = jax.vjp(lambda q: losses(q, x, y, mask), p)
        tasks = y.shape[1]
        each = jax.vmap(lambda signal: pull(signal)[0])(jnp.eye(tasks))
        jacobian = jnp.concatenate([a.reshape(tasks, -1) for a in jax.tree.leaves(each["trunk"])], 1)
        gram = jacobian @ jacobian.T
        weights = jnp.zeros(tasks)
        for i in range(tasks):
            c = jnp.zeros(tasks).at[i].set(1.0)
            for j in range(tasks):
                if j != i:
                    inner = c @ gram[:, j]
                    c = c.at[j].add(jnp.where(inner < 0, -inner / (gram[j, j] + 1e-8), 0.0))
            weights = weights + c
        trunk = jax.tree.map(lambda a: jnp.tensordot(weights, a, 1), each["trunk"])
        return dict(jax.tree.map(lambda a: a.sum(0), each), trunk=trunk)

    def total(p, x, y, mask):
        each = losses(p, x, y, mask)
        s = p["log_variances"]
        return (0.5 * jnp.exp(-s) * each + 0.5 * s).sum() if balancer == "uncertainty" else each.sum()

    gradient = projected if balancer == "pcgrad" else jax.grad(total)

    def epoch(state, train, validation, order, mask):
        def step(carry, batch):
            p, moments = carry
            rows, used = batch
            updates, moments = adam.update(gradient(p, train[0][rows], train[1][rows], used), moments, p)
            return (optax.apply_updates(p, updates), moments), None

        (p, moments), _ = jax.lax.scan(step, state[:2], (order, mask))
        criterion = losses(p, *validation, jnp.ones(len(validation[0]))).sum()
        better = criterion < state[3]
        best = jax.tree.map(lambda new, old: jnp.where(better, new, old), p, state[2])
        return p, moments, best, jnp.where(better, criterion, state[3])

    compiled = jax.jit(jax.vmap(epoch, in_axes=(0, 0, 0, 0, None)), donate_argnums=0)

    def start(parameters):  # in numpy: op by op, jax would compile a dozen small kernels per shape
        p = jax.tree.map(lambda *values: np.stack(values), *parameters)
        shapes = jax.eval_shape(jax.vmap(adam.init), p)
        moments = jax.tree.map(lambda leaf: np.zeros(leaf.shape, leaf.dtype), shapes)
        return p, moments, p, np.full(len(parameters), np.inf, np.float32)

    return start, compiled


def batches(rngs, rows):
    """Row numbers in random order, [seeds, batches, rows of a batch], and which of them count."""
    count = -(-rows // study.BATCH)
    padded = np.zeros((len(rngs), count * study.BATCH), np.int32)
    for s, rng in enumerate(rngs):
        padded[s, :rows] = rng.permutation(rows)
    mask = (np.arange(count * study.BATCH) < rows).astype(np.float32)
    return padded.reshape(len(rngs), count, -1), mask.reshape(count, -1)


def cell(subset, balancer, parts, epochs):
    """Trains one cell, all seeds at once. @param parts [part][0 inputs, 1 targets], each [seeds, rows, width]."""
    import jax

    seeds = len(parts[0][0])
    train, validation, test = [(x, y[:, :, list(subset)]) for x, y in parts]
    train, validation = jax.device_put((train, validation))
    rngs = [np.random.default_rng(1000 + seed) for seed in range(seeds)]
    start, epoch = trainer(balancer)
    state = start([initial(rng, len(subset)) for rng in rngs])
    for _ in range(epochs):
        state = epoch(state, train, validation, *batches(rngs, train[0].shape[1]))
    best = jax.device_get(state[2])
    results = []
    for seed in range(seeds):
        net = jax.tree.map(lambda value: value[seed], best)
        predicted = predict(net, test[0][seed], lambda a: np.maximum(a, 0))
        results.append((subset, balancer, study.r2(predicted, test[1][seed])))
    return results


def work(cells, parts, epochs):
    return [result for subset, balancer in cells for result in cell(subset, balancer, parts, epochs)]


def shares(cells, workers):
    """The cells of each worker: whole shapes, the dearest first, each to the worker with the least so far."""
    shapes = {}
    for subset, balancer in cells:
        shapes.setdefault((len(subset), balancer), []).append((subset, balancer))
    # what was measured: a compilation costs about as much as two cells; PCGrad about twice an equal cell
    cost = lambda group: (2 + len(group)) * (2 if group[0][1] == "pcgrad" else 1)
    loads = [[] for _ in range(workers)]
    for group in sorted(shapes.values(), key=cost, reverse=True):
        min(loads, key=lambda load: sum(map(cost, load))).append(group)
    return [[each for group in load for each in group] for load in loads]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--mode", choices=["processes", "threads"], default="processes")
    options = parser.parse_args()
    os.environ["JAX_PLATFORMS"] = "cpu"
    if options.mode == "processes":
        os.environ["XLA_FLAGS"] = ONE_THREAD
    import jax  # here, so that it finds its flags; a user's notebook has imported it too

    x, y = study.rows()
    splits = [study.split(x, y, seed) for seed in range(options.seeds)]
    parts = [tuple(np.stack([s[part][kind] for s in splits]) for kind in range(2)) for part in range(3)]
    cells = study.cells()
    start = time.perf_counter()
    if options.mode == "threads":
        results = work(cells, parts, options.epochs)
    else:
        with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
            waiting = [pool.apply_async(work, (share, parts, options.epochs)) for share in shares(cells, options.jobs)]
            results = [result for answer in waiting for result in answer.get()]
    seconds = time.perf_counter() - start
    print(json.dumps(dict(
        peer=f"jax-{options.mode}", jobs=options.jobs, epochs=options.epochs, trials=len(results), seconds=round(seconds, 2),
        per_minute=round(60 * len(results) / seconds, 1), r2=study.joint_r2(results),
    )))  # fmt: skip


if __name__ == "__main__":
    main()
