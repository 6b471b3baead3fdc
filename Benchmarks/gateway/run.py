"""Payback beside nginx (the floor), TensorZero and LiteLLM, one after the other on one machine.

Every gateway stands before the same fake provider and is driven by the same wrk. CPU is what the kernel accounts to the
gateway's processes, per answered request: on a shared machine that says more than the clock.
"""

import argparse
import json
import os
import re
import subprocess
import tempfile

import contestants
import processes
import streams

WORKLOADS = [
    # name, bytes of the prompt, bytes of the answer, connections
    ("256 B, 1 connection", 256, 256, 1),
    ("1 KiB, 32 connections", 1024, 1024, 32),
    ("1 KiB, 256 connections", 1024, 1024, 256),
    ("16 KiB, 32 connections", 16384, 16384, 32),
    ("16 KiB, 256 connections", 16384, 16384, 256),
    ("200 KB prompt, 32 connections", 200_000, 1024, 32),
]
STREAMS = "200 streams of 64 pieces, 20 ms apart"
UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


def wrk(port, path, model, prompt, answer, connections, seconds):
    environment = dict(os.environ, SIZE=str(prompt), MODEL=model, TOLD=f"bytes={answer}")
    output = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "20s",
         "-s", os.path.join(contestants.HERE, "post.lua"), f"http://127.0.0.1:{port}{path}"],
        env=environment, capture_output=True, text=True,
    ).stdout
    def latency(quantile):
        found = re.search(rf"^\s+{quantile}%\s+([\d.]+)(us|ms|s|m)$", output, re.M)
        return float(found.group(1)) * UNITS[found.group(2)] if found else float("nan")
    requests = int(re.search(r"(\d+) requests in", output).group(1))
    failed = sum(int(n) for n in re.findall(r"Non-2xx or 3xx responses: (\d+)", output))
    return {
        "requests": requests, "failed": failed, "p50_ms": latency(50), "p99_ms": latency(99),
        "per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1)),
    }


def measure(contestant, workload, seconds):
    name, prompt, answer, connections = workload
    path, model = contestants.path_of(contestant), contestant.model
    wrk(contestant.port, path, model, prompt, answer, connections, 1)
    before = processes.cpu_seconds(contestant.process.pid)
    result = wrk(contestant.port, path, model, prompt, answer, connections, seconds)
    used = processes.cpu_seconds(contestant.process.pid) - before
    result["cpu_us"] = used * 1e6 / max(result["requests"] - result["failed"], 1)
    return result


def measure_streams(contestant):
    before = processes.cpu_seconds(contestant.process.pid)
    result = streams.run(
        contestant.port, contestants.path_of(contestant), contestant.model)
    result["cpu_us"] = (processes.cpu_seconds(contestant.process.pid) - before) * 1e6 / result["streams"]
    return result


def measure_memory(contestant):
    """150 KB prompts on 500 connections: the peak of the resident memory while they last."""
    processes.forget_peak(contestant.process.pid)
    result = wrk(contestant.port, contestants.path_of(contestant), contestant.model, 150_000, 1024, 500, 5)
    return {"peak_mib": processes.peak_mebibytes(contestant.process.pid), **result}


class Direct:
    """The provider itself, without a gateway."""

    name, model = "direct", "gpt-4o-mini"

    def __init__(self, port, process):
        self.port, self.process = port, process


def run(arguments):
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        port = contestants.free_port()
        fake = subprocess.Popen([arguments.fake, "--port", str(port)], stdout=subprocess.PIPE, text=True)
        fake.stdout.readline()
        try:
            results["direct"] = everything(Direct(port, fake), arguments)
            for kind in contestants.ALL:
                if arguments.only and kind.name not in arguments.only:
                    continue
                contestant = kind(folder, port, arguments)
                try:
                    contestant.start()
                    results[kind.name] = everything(contestant, arguments)
                    print(f"# {kind.name} done", flush=True)
                except Exception as error:
                    print(f"# {kind.name} is left out: {error}", flush=True)
                finally:
                    contestant.stop()
        finally:
            fake.kill()
    return results


def everything(contestant, arguments):
    # LiteLLM takes twenty thousand microseconds a request: a few seconds say enough.
    result = {w[0]: measure(contestant, w, arguments.seconds) for w in WORKLOADS[: 2 if arguments.check_only else None]}
    if not arguments.check_only:
        result["streams"] = measure_streams(contestant)
        if contestant.name != "direct":
            # Anew, so that what earlier workloads left in its heap does not count.
            contestant.stop()
            contestant.start()
            result["memory"] = measure_memory(contestant)
    return result


def table(results):
    names = [n for n in results if n != "direct"]
    lines = ["| workload | figure | direct | " + " | ".join(names) + " | payback : nginx |", "|---|---|--:|" + "--:|" * (len(names) + 1)]
    def row(workload, figure, key, direct=True, added=False):
        base = results["direct"].get(workload, {}).get(key, float("nan"))
        values = {n: results[n].get(workload, {}).get(key, float("nan")) - (base if added else 0) for n in names}
        ratio = values.get("payback", float("nan")) / values["nginx"] if values.get("nginx") else float("nan")
        cells = [f"{values[n]:,.3f}" if abs(values[n]) < 10 else f"{values[n]:,.0f}" for n in names]
        lines.append(f"| {workload} | {figure} | {f'{base:,.3f}' if direct else ''} | " + " | ".join(cells) + f" | {ratio:.2f} |")
    for workload in [w[0] for w in WORKLOADS]:
        if workload in results["direct"]:
            row(workload, "CPU µs per request", "cpu_us", direct=False)
            row(workload, "added p50 ms", "p50_ms", added=True)
            row(workload, "added p99 ms", "p99_ms", added=True)
            row(workload, "requests per second", "per_second")
    if "streams" in results["direct"]:
        for one in results.values():
            one[STREAMS] = one.get("streams", {})
        row(STREAMS, "CPU µs per stream", "cpu_us", direct=False)
        row(STREAMS, "added first piece p50 ms", "first_p50_ms", added=True)
        row(STREAMS, "added first piece p99 ms", "first_p99_ms", added=True)
        row(STREAMS, "broken streams", "broken")
        row("memory", "peak MiB at 150 KB × 500 connections", "peak_mib", direct=False)
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--payback", required=True)
    parser.add_argument("--fake", required=True)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--only", default="")
    parser.add_argument("--output")
    parser.add_argument("--check-only", action="store_true", help="a second or two, to see that everything runs")
    arguments = parser.parse_args()
    for name in ["payback", "fake"]:
        setattr(arguments, name, os.path.abspath(getattr(arguments, name)))
    arguments.only = [n for n in arguments.only.split(",") if n]
    if arguments.check_only:
        arguments.seconds = 1
    results = run(arguments)
    text = table(results)
    print(text)
    if arguments.output:
        with open(arguments.output, "w") as file:
            file.write(text + "\n")
        with open(os.path.splitext(arguments.output)[0] + ".json", "w") as file:
            json.dump(results, file, indent=1)


if __name__ == "__main__":
    main()
