"""The study in PyTorch, its trials spread over the cores by joblib. Prints one line of JSON.

  study_torch.py --epochs 20 --seeds 3 --jobs 2

A trial: the net from its seed, epochs of shuffled batches, the validation loss after each epoch with the best parameters
kept, R2 on the test part. Eager, fused Adam, tensors in memory. PCGrad: one autograd.grad per task, then the Gram.
The clock starts with torch imported and the data in memory, and ends with all results in: it counts the start of the
workers (loky), which import torch themselves.
"""
import argparse
import json
import random
import time

import joblib
import torch
from torch import nn

import study_data as study


def net(tasks):
    sizes = [37, *study.WIDTHS]
    trunk = nn.Sequential(*[layer for a, b in zip(sizes, sizes[1:]) for layer in (nn.Linear(a, b), nn.ReLU())])
    return trunk, nn.ModuleList(nn.Linear(sizes[-1], 1) for _ in range(tasks))


def pcgrad(gram):
    """Weights of the tasks from their Gram: each gradient projected on the others in random order, then summed."""
    g = gram.tolist()
    tasks = range(len(g))
    weights = [0.0] * len(g)
    for i in tasks:
        c = [0.0] * len(g)
        c[i] = 1.0
        others = [j for j in tasks if j != i]
        random.shuffle(others)
        for j in others:
            inner = sum(c[k] * g[k][j] for k in tasks)
            if inner < 0:
                c[j] -= inner / (g[j][j] + 1e-8)
        for k in tasks:
            weights[k] += c[k]
    return torch.tensor(weights)


def stepper(trunk, heads, balancer):
    shared, own = list(trunk.parameters()), [list(head.parameters()) for head in heads]
    log_variances = nn.Parameter(torch.zeros(len(heads)))
    extra = [log_variances] if balancer == "uncertainty" else []
    adam = torch.optim.Adam([*shared, *heads.parameters(), *extra], lr=study.RATE, fused=True)
    sizes = [p.numel() for p in shared]

    def losses(x, y):
        features = trunk(x)
        return [nn.functional.mse_loss(head(features).squeeze(1), y[:, t]) for t, head in enumerate(heads)]

    def project(each):
        rows = []
        for t, loss in enumerate(each):
            gradients = torch.autograd.grad(loss, shared + own[t], retain_graph=t + 1 < len(each))
            rows.append(torch.cat([g.reshape(-1) for g in gradients[: len(shared)]]))
            for parameter, gradient in zip(own[t], gradients[len(shared) :]):
                parameter.grad = gradient
        jacobian = torch.stack(rows)
        direction = pcgrad(jacobian @ jacobian.T) @ jacobian
        for parameter, gradient in zip(shared, direction.split(sizes)):
            parameter.grad = gradient.view_as(parameter)

    def step(x, y):
        each = losses(x, y)
        if balancer == "pcgrad":
            project(each)
        elif balancer == "uncertainty":
            (0.5 * torch.exp(-log_variances) * torch.stack(each) + 0.5 * log_variances).sum().backward()
        else:
            sum(each).backward()
        adam.step()
        adam.zero_grad(set_to_none=True)

    return step, losses


def trial(subset, balancer, seed, parts, epochs):
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    random.seed(seed)
    chosen = list(subset)
    (x, y), (vx, vy), (tx, ty) = [(torch.from_numpy(a), torch.from_numpy(b[:, chosen])) for a, b in parts]
    trunk, heads = net(len(subset))
    step, losses = stepper(trunk, heads, balancer)
    parameters = [*trunk.parameters(), *heads.parameters()]
    lowest, best = float("inf"), None
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for rows in order.split(study.BATCH):
            step(x[rows], y[rows])
        with torch.no_grad():
            criterion = sum(losses(vx, vy)).item()
        if criterion < lowest:
            lowest, best = criterion, [p.detach().clone() for p in parameters]
    with torch.no_grad():
        for parameter, kept in zip(parameters, best):
            parameter.copy_(kept)
        features = trunk(tx)
        predicted = torch.cat([head(features) for head in heads], 1)
    return subset, balancer, study.r2(predicted.numpy(), ty.numpy())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    x, y = study.rows()
    splits = {seed: study.split(x, y, seed) for seed in range(options.seeds)}
    trials = [(subset, balancer, seed) for subset, balancer in study.cells() for seed in splits]
    start = time.perf_counter()
    results = joblib.Parallel(n_jobs=options.jobs, backend="loky")(
        joblib.delayed(trial)(subset, balancer, seed, splits[seed], options.epochs) for subset, balancer, seed in trials
    )
    seconds = time.perf_counter() - start
    print(json.dumps(dict(
        peer="torch", jobs=options.jobs, epochs=options.epochs, trials=len(trials), seconds=round(seconds, 2),
        per_minute=round(60 * len(trials) / seconds, 1), r2=study.joint_r2(results),
    )))  # fmt: skip


if __name__ == "__main__":
    main()
