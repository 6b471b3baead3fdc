"""Outcome-only synthetic control of every unit of a panel in pysyncon and in Payback: time, and whether they agree."""
import argparse
import json
import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd
from pysyncon import Synth


def pysyncon_effect(outcomes, unit, pre):
    """One fit: the outcomes before are the predictors, all of the same weight, so that no search is made."""
    others = outcomes.drop(columns=unit)
    before, treated = others.iloc[:pre], outcomes[unit].iloc[:pre]
    synth = Synth()
    synth.fit(X0=before, X1=treated, Z0=before, Z1=treated, custom_V=np.ones(pre))
    gaps = outcomes[unit].iloc[pre:] - others.iloc[pre:] @ synth.W
    return float(gaps.mean())


def payback_study(program, given):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = time.perf_counter()
    run = subprocess.run(
        [program, "attribute", "synthetic-control", given.file, "--unit", given.unit, "--time", given.time, "--outcome",
         given.outcome, "--treated", given.treated, "--start", given.start, "--format", "json"],
        capture_output=True, text=True, check=True)
    wall = time.perf_counter() - wall
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, json.loads(run.stdout)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--payback", required=True)
    options.add_argument("--file", default="../shared/data/attribution/prop99_smoking_full_scm.csv")
    for name, value in [("unit", "state"), ("time", "year"), ("outcome", "cigsale"), ("treated", "California"), ("start", "1989")]:
        options.add_argument(f"--{name}", default=value)
    options.add_argument("--output")
    given = options.parse_args()
    outcomes = pd.read_csv(given.file).pivot(index=given.time, columns=given.unit, values=given.outcome)
    pre = int((outcomes.index < float(given.start)).sum())
    pysyncon_effect(outcomes, given.treated, pre)
    wall, cpu = time.perf_counter(), time.process_time()
    theirs = {unit: pysyncon_effect(outcomes.drop(columns=[] if unit == given.treated else given.treated), unit, pre) for unit in outcomes}
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    runs = [payback_study(given.payback, given) for _ in range(5)]
    own_wall, own_cpu = (float(np.median([run[part] for run in runs])) for part in (0, 1))
    study = runs[0][2]
    # pysyncon's solver stops where its tolerance lets it.
    if abs(theirs[given.treated] - study["estimate"]) > 0.05 * abs(study["estimate"]):
        sys.exit(f"pysyncon {theirs[given.treated]}, Payback {study['estimate']}")
    count = len(outcomes.columns)
    lines = [
        f"{count} fits, {given.treated}: pysyncon {theirs[given.treated]:.4f}, Payback {study['estimate']:.4f}", "",
        "| what | pysyncon | Payback, the whole command | ratio |", "|---|---:|---:|---:|",
        f"| {count} fits, wall s | {wall:.3f} | {own_wall:.3f} | {wall / own_wall:.0f} |",
        f"| {count} fits, CPU s | {cpu:.3f} | {own_cpu:.3f} | {cpu / own_cpu:.0f} |",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if given.output:
        open(given.output, "w").write(text)


main()
