"""Compares Payback with DuckDB and Polars on the same questions over one JSON Lines file.

    compare.py --file FILE --payback BINARY [--runs 3] [--output table.md] [--check-only]

Runs the three programs in turn, measures each run from outside, checks that all answers agree and
prints a Markdown table of medians. Exit code: 0 when the answers agree, 1 when they disagree,
2 when a program fails.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DIMENSIONS = ("model", "feature", "customer")
SHARED_BUCKETS = ("uncached_input", "cache_read", "cache_write_5m", "output")
COST_TOLERANCE = 1e-6
P95_TOLERANCE = 0.02

Answer = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """What one run of a program cost."""

    wall_seconds: float
    cpu_seconds: float
    peak_mib: float


class ProgramFailed(Exception):
    """A program could not be run, or what it printed is not an answer."""


# Running and measuring


def commands(file: Path, payback: Path) -> dict[str, list[str]]:
    """The command line of each program, in the order in which they take turns."""
    return {
        "Payback": [str(payback), "audit", str(file), "--format", "json"],
        "DuckDB": [sys.executable, str(HERE / "peer_duckdb.py"), str(file)],
        "Polars": [sys.executable, str(HERE / "peer_polars.py"), str(file)],
    }


def measure(command: list[str], output: Path) -> Run:
    """Runs a command with its standard output in a file and measures that child alone.

    Linux counts the memory of the parent at the moment of the fork towards the child's peak, so
    this program must stay small while it measures: it reads the answers after the last run. A
    child that needs less than this program itself (about 20 MiB) shows this program's size.
    """
    with output.open("wb") as stdout, tempfile.TemporaryFile() as stderr:
        start = time.perf_counter()
        try:
            child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr
            )
        except OSError as error:
            raise ProgramFailed(f"cannot run {command[0]}: {error}") from error
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            stderr.seek(0)
            message = stderr.read(2_000).decode(errors="replace")
            raise ProgramFailed(f"{' '.join(command)} ended with {child.returncode}: {message}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def read_through(file: Path) -> int:
    """Counts the lines of a file, which also brings it into the page cache before the runs."""
    with file.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))


# Reading answers


def payback_tokens(source: Answer) -> dict[str, int]:
    """Payback's token buckets in the peers' form; the total also has one-hour cache writes."""
    named = {bucket: source[bucket] for bucket in SHARED_BUCKETS}
    return {**named, "total": sum(named.values()) + source["cache_write_1h"]}


def from_payback(report: Answer) -> Answer:
    """Brings Payback's report into the form in which the peers answer."""
    answer = {
        "requests": report["requests"],
        "cost_usd": report["spend"]["total_usd"],
        "tokens": payback_tokens(report["tokens"]),
        "distinct_prompts": report["duplicates"]["distinct_prompts"],
        "top_prompts": report["top_prompts"],
    }
    for dimension in DIMENSIONS:
        answer[f"by_{dimension}"] = [
            {
                "name": group[dimension],
                "requests": group["requests"],
                "cost_usd": group["cost_usd"],
                "tokens": payback_tokens(group),
                "p95_ms": group["latency_ms"]["p95"],
            }
            for group in report[f"by_{dimension}"]
        ]
    return answer


def read_answer(program: str, output: Path) -> Answer:
    """Reads what a program printed, in the peers' form."""
    try:
        printed = json.loads(output.read_text())
        return from_payback(printed) if program == "Payback" else printed
    except (ValueError, KeyError, TypeError) as error:
        raise ProgramFailed(f"{program}'s answer cannot be read: {error!r}") from error


def p95_bounds(file: Path) -> Answer:
    """The latencies between which p95 lies by any common definition (see p95_bounds.py)."""
    command = [sys.executable, str(HERE / "p95_bounds.py"), str(file)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise ProgramFailed(f"p95_bounds.py ended with {result.returncode}: {result.stderr}")
    return json.loads(result.stdout)


# Checking


def same_cost(left: Any, right: Any) -> bool:
    """Whether two costs are equal to one part in a million. Costs may be decimal strings."""
    left, right = float(left), float(right)
    return abs(left - right) <= COST_TOLERANCE * max(abs(left), abs(right))


def sum_differences(place: str, answer: Answer, reference: Answer) -> list[str]:
    """Differences in count, tokens (exact) and cost (one part in a million)."""
    found = [
        f"{place}: {key} is {answer[key]}, expected {reference[key]}"
        for key in ("requests", "tokens")
        if answer[key] != reference[key]
    ]
    if not same_cost(answer["cost_usd"], reference["cost_usd"]):
        found.append(f"{place}: cost is {answer['cost_usd']}, expected {reference['cost_usd']}")
    return found


def group_differences(
    place: str, answer: list[Answer], reference: list[Answer], bounds: dict[str, list[int]]
) -> list[str]:
    """Differences between two lists of groups, matched by name."""
    groups = {group["name"]: group for group in answer}
    expected = {group["name"]: group for group in reference}
    if len(groups) != len(answer):
        return [f"{place}: a name occurs twice (a model under two providers?)"]
    if groups.keys() != expected.keys():
        names = sorted(str(name) for name in groups.keys() ^ expected.keys())
        return [f"{place}: {len(names)} names are only on one side, such as {names[:3]}"]
    found = []
    for name, group in groups.items():
        found += sum_differences(f"{place} {name}", group, expected[name])
        # JSON has no null keys: the group without a name is filed under the word.
        lowest, highest = bounds["null" if name is None else name]
        p95 = group["p95_ms"]
        low, high = lowest * (1 - P95_TOLERANCE), highest * (1 + P95_TOLERANCE)
        if p95 is None or not low <= p95 <= high:
            found.append(f"{place} {name}: p95 is {p95}, expected {lowest} to {highest} ± 2 %")
    return found


def prompt_differences(answer: Answer, reference: Answer) -> list[str]:
    """Differences in the number of prompts and in the costs of the dearest ones."""
    found = []
    if answer["distinct_prompts"] != reference["distinct_prompts"]:
        found.append(
            f"distinct prompts: {answer['distinct_prompts']}, "
            f"expected {reference['distinct_prompts']}"
        )
    costs = sorted(float(prompt["cost_usd"]) for prompt in answer["top_prompts"])
    expected = sorted(float(prompt["cost_usd"]) for prompt in reference["top_prompts"])
    if len(costs) != len(expected) or not all(map(same_cost, costs, expected)):
        found.append(f"costs of the dearest prompts: {costs}, expected {expected}")
    return found


def differences(answer: Answer, reference: Answer, bounds: Answer) -> list[str]:
    """Everything in which an answer differs from the reference answer."""
    found = sum_differences("overall", answer, reference)
    for dimension in DIMENSIONS:
        key = f"by_{dimension}"
        found += group_differences(key, answer[key], reference[key], bounds[key])
    return found + prompt_differences(answer, reference)


def disagreements(outputs: dict[str, list[Path]], file: Path) -> list[str]:
    """Checks the answer of every run of every program; DuckDB's first one is the reference."""
    bounds = p95_bounds(file)
    reference = read_answer("DuckDB", outputs["DuckDB"][0])
    found = []
    for program, paths in outputs.items():
        for number, path in enumerate(paths, start=1):
            answer = read_answer(program, path)
            try:
                found += [
                    f"{program}, run {number}: {difference}"
                    for difference in differences(answer, reference, bounds)
                ]
            except (ValueError, KeyError, TypeError) as error:
                raise ProgramFailed(f"{program}'s answer cannot be read: {error!r}") from error
    return found


# Reporting


def median_run(runs: list[Run]) -> Run:
    """The median of each measure on its own."""
    return Run(
        statistics.median(run.wall_seconds for run in runs),
        statistics.median(run.cpu_seconds for run in runs),
        statistics.median(run.peak_mib for run in runs),
    )


def processor() -> str:
    """The name of the processor and the number of cores this program may use."""
    names = [
        line.split(":", 1)[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return f"{names[0] if names else 'unknown CPU'}, {len(os.sched_getaffinity(0))} cores"


def payback_version(payback: Path) -> str:
    """What `payback --version` prints, without the program's name."""
    try:
        result = subprocess.run(
            [str(payback), "--version"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "(version unknown)"
    lines = result.stdout.strip().splitlines()
    if result.returncode != 0 or not lines:
        return "(version unknown)"
    return lines[0].lower().removeprefix("payback").strip()


def table(runs: dict[str, list[Run]], file: Path, records: int, payback: Path) -> str:
    """The Markdown table of medians, with a line that names machine, file and versions."""
    medians = {program: median_run(measured) for program, measured in runs.items()}
    peers = [run for program, run in medians.items() if program != "Payback"]
    best_wall = min(run.wall_seconds for run in peers)
    best_cpu = min(run.cpu_seconds for run in peers)
    lines = [
        "| Program | Wall s | CPU s | Peak MiB | Wall ÷ better peer | CPU ÷ better peer |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for program, run in medians.items():
        lines.append(
            f"| {program} | {run.wall_seconds:.2f} | {run.cpu_seconds:.2f} | {run.peak_mib:.0f} "
            f"| {run.wall_seconds / best_wall:.2f} | {run.cpu_seconds / best_cpu:.2f} |"
        )
    count = len(runs["Payback"])
    megabytes = file.stat().st_size / 1e6
    lines += [
        "",
        f"{processor()}; {date.today().isoformat()}; {records:,} records, {megabytes:,.0f} MB in "
        f"the page cache; median of {count} {'run' if count == 1 else 'runs'} taken in turn; "
        f"Payback {payback_version(payback)}, DuckDB {version('duckdb')}, "
        f"Polars {version('polars')}. Whole processes: the peers' times include the start of "
        "Python. Peak is resident memory with mapped file pages.",
    ]
    return "\n".join(lines) + "\n"


def arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Compares Payback with DuckDB and Polars.")
    parser.add_argument("--file", type=Path, required=True, help="JSON Lines file of usage records")
    parser.add_argument("--payback", type=Path, required=True, help="Payback's executable")
    parser.add_argument("--runs", type=int, default=3, help="runs of each program (default 3)")
    parser.add_argument("--output", type=Path, help="also write the table to this file")
    parser.add_argument("--check-only", action="store_true", help="one run each, no table")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    if not options.file.is_file():
        parser.error(f"no such file: {options.file}")
    options.payback = options.payback.absolute()
    return options


def compare(options: argparse.Namespace) -> int:
    """Runs, checks and reports; returns the exit code."""
    rounds = 1 if options.check_only else options.runs
    records = read_through(options.file)
    programs = commands(options.file, options.payback)
    runs: dict[str, list[Run]] = {program: [] for program in programs}
    outputs: dict[str, list[Path]] = {program: [] for program in programs}
    with tempfile.TemporaryDirectory() as directory:
        for number in range(1, rounds + 1):
            for program, command in programs.items():
                output = Path(directory) / f"{program}-{number}.json"
                run = measure(command, output)
                runs[program].append(run)
                outputs[program].append(output)
                print(
                    f"{program}, run {number}: {run.wall_seconds:.2f} s wall, "
                    f"{run.cpu_seconds:.2f} s CPU, {run.peak_mib:.0f} MiB",
                    file=sys.stderr,
                )
        found = disagreements(outputs, options.file)
    if found:
        print(f"The answers disagree in {len(found)} places (DuckDB is the reference):")
        print("\n".join(f"  {difference}" for difference in found[:20]))
        return 1
    if options.check_only:
        print(f"The answers agree on {records:,} records.")
        return 0
    report = table(runs, options.file, records, options.payback)
    print(report, end="")
    if options.output:
        options.output.write_text(report)
    return 0


def main() -> None:
    """Runs the comparison and ends with its exit code."""
    try:
        sys.exit(compare(arguments()))
    except ProgramFailed as error:
        print(f"compare.py: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
