"""The same model in NumPy and in Payback, in the same minute: wall time, CPU time, and whether they agree."""
import argparse
import json
import resource
import subprocess
import sys
import time
from statistics import NormalDist

import numpy as np

MONTHS = 36


def pert(rng, n, low, mode, high):
    a = 1 + 4 * (mode - low) / (high - low)
    b = 1 + 4 * (high - mode) / (high - low)
    return low + (high - low) * rng.beta(a, b, n)


def numpy_model(n, seed):
    """One column per draw and month, as one would write it; powers are taken once per month and draw."""
    rng = np.random.default_rng(seed)
    tri = lambda low, mode, high: rng.triangular(low, mode, high, n)
    z90 = NormalDist().inv_cdf(0.9)
    development, training = tri(180e3, 250e3, 420e3), tri(30e3, 60e3, 120e3)
    platform, platform_growth = tri(7e3, 9e3, 14e3), tri(0, 0.05, 0.15)
    requests, request_growth = tri(250e3, 400e3, 600e3), tri(0, 0.3, 0.8)
    tokens_in, tokens_out = pert(rng, n, 900, 1500, 3000), pert(rng, n, 150, 300, 700)
    price_in, price_out = tri(1, 2, 3), tri(6, 10, 15)
    price_change, maintenance = tri(-0.6, -0.3, 0), rng.normal(7000, 1200, n)
    seats, adoption = tri(200, 300, 380), tri(0.35, 0.6, 0.85)
    hours = np.exp(rng.normal((np.log(1.5) + np.log(5)) / 2, (np.log(5) - np.log(1.5)) / (2 * z90), n))
    rate, share = tri(60, 75, 95), tri(0.3, 0.5, 0.7)
    ramp_months, quality, revenue = tri(5, 9, 15), tri(0, 12e3, 30e3), rng.uniform(0, 25e3, n)

    month = np.arange(MONTHS + 1)[:, None]
    years = (month - 1) / 12
    active = month >= 1
    call = (tokens_in * price_in + tokens_out * price_out) / 1e6
    cost = active * (platform * (1 + platform_growth) ** years + maintenance)
    cost += active * (requests * (1 + request_growth) ** years * call * (1 + price_change) ** years)
    cost[0] += development
    cost[1] += training
    x = np.minimum(1, month / ramp_months)
    value = active * (seats * adoption * hours * 4.33 * rate * share) * (x * x * (3 - 2 * x))
    value += (month >= 4) * quality * np.clip((month - 3) / 6, 0, 1)
    value += (month >= 7) * revenue
    net = value - cost
    total_cost = cost.sum(axis=0)
    roi = (value.sum(axis=0) - total_cost) / total_cost * 100
    npv = (net * 1.1 ** (-month / 12)).sum(axis=0)
    cumulative = np.cumsum(net, axis=0)
    # The last month from whose end on the sum is not negative, interpolated; past the horizon the last flow goes on.
    last = MONTHS - np.argmax((cumulative < 0)[::-1], axis=0)
    never = cumulative[-1] < 0
    column = np.arange(n)
    after = np.minimum(last + 1, MONTHS)
    before_sum, after_sum = cumulative[last, column], cumulative[after, column]
    with np.errstate(divide="ignore", invalid="ignore"):
        payback = after - after_sum / (after_sum - before_sum)
        beyond = MONTHS - cumulative[-1] / net[-1]
    payback[never] = np.where((net[-1] > 0) & (beyond <= 120), beyond, np.inf)[never]
    return {name: np.percentile(values, [10, 50, 90]) for name, values in [("npv", npv), ("roi_percent", roi), ("payback_months", payback)]}


def measured_numpy(draws, seed):
    wall, cpu = time.perf_counter(), time.process_time()
    result = numpy_model(draws, seed)
    return time.perf_counter() - wall, time.process_time() - cpu, result


def measured_payback(program, scenario, draws, seed):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = time.perf_counter()
    run = subprocess.run(
        [program, "roi", "simulate", scenario, "--draws", str(draws), "--seed", str(seed), "--format", "json"],
        capture_output=True, text=True, check=True)
    wall = time.perf_counter() - wall
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, json.loads(run.stdout), after.ru_maxrss / 1024


def measured_import():
    wall = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import numpy"], check=True)
    return time.perf_counter() - wall


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--payback", required=True)
    options.add_argument("--scenario", default="Benchmarks/roi/scenario.yaml")
    options.add_argument("--draws", type=int, default=100_000)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--check-only", action="store_true")
    options.add_argument("--output")
    given = options.parse_args()
    # Before this process is large: a child's peak counts what it was forked from.
    memory = measured_payback(given.payback, given.scenario, given.draws, 1)[3]
    peer, own, start = [], [], []
    for seed in range(1 if given.check_only else given.runs):
        peer.append(measured_numpy(given.draws, seed + 1))
        own.append(measured_payback(given.payback, given.scenario, given.draws, seed + 1))
        start.append(measured_payback(given.payback, given.scenario, 16, seed + 1))
    for name in ["npv", "roi_percent", "payback_months"]:
        for position, quantile in enumerate(["p10", "p50", "p90"]):
            theirs = np.mean([run[2][name][position] for run in peer])
            ours = np.mean([run[2][name][quantile] for run in own])
            if abs(theirs - ours) > 0.02 * abs(peer[0][2][name][2] - peer[0][2][name][0]):
                sys.exit(f"{name} {quantile}: NumPy {theirs}, Payback {ours}")
    if given.check_only:
        print("NumPy and Payback agree.")
        return
    median = lambda runs, part: float(np.median([run[part] for run in runs]))
    imports = [measured_import() for _ in range(given.runs)]
    numpy_start, own_start = float(np.median(imports)), median(start, 0)
    rows = [
        ("whole process, wall s", median(peer, 0) + numpy_start, median(own, 0)),
        ("the draws alone, wall s", median(peer, 0), median(own, 0) - own_start),
        ("the draws alone, CPU s", median(peer, 1), median(own, 1) - median(start, 1)),
        ("NumPy's draws against our whole process, wall s", median(peer, 0), median(own, 0)),
    ]
    lines = ["| what | NumPy | Payback | ratio |", "|---|---:|---:|---:|"]
    lines += [f"| {what} | {theirs:.3f} | {ours:.3f} | {ours / theirs:.2f} |" for what, theirs, ours in rows]
    lines.append(f"| peak memory, MiB | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} | {memory:.0f} | |")
    text = f"{given.draws:,} draws of 20 inputs over {MONTHS} months\n\n" + "\n".join(lines) + "\n"
    print(text)
    if given.output:
        open(given.output, "w").write(text)


main()
