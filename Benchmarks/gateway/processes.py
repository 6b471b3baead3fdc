"""Processes as the kernel accounts for them."""

import os


def tree(pid):
    """A process and everything that it started."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    parent = int(file.read().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            children.setdefault(parent, []).append(int(name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children.get(one, [])
    return found


def cpu_seconds(pid):
    """User and system time of a process and its children so far."""
    ticks = 0
    for one in tree(pid):
        try:
            with open(f"/proc/{one}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_mebibytes(pid):
    """The largest resident size, added up over the processes."""
    total = 0
    for one in tree(pid):
        try:
            with open(f"/proc/{one}/status") as file:
                for line in file:
                    if line.startswith("VmHWM"):
                        total += int(line.split()[1])
        except OSError:
            continue
    return total / 1024


def forget_peak(pid):
    """Begins to count the largest resident size anew (proc(5), clear_refs)."""
    for one in tree(pid):
        try:
            with open(f"/proc/{one}/clear_refs", "w") as file:
                file.write("5")
        except OSError:
            continue
