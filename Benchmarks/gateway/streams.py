"""Many paced streams at once: time to the first piece, pauses between pieces, streams that did not come whole."""

import asyncio
import json
import time


async def one(port, path, model, results):
    body = json.dumps(
        {"model": model, "max_tokens": 64, "stream": True, "messages": [{"role": "user", "content": "!deltas=64,pace=20! Is Santa real?"}]}
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        (
            f"POST {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer sk-pb-bench\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n{body}"
        ).encode()
    )
    started = time.perf_counter()
    first, seen, pauses, last = None, b"", [], started
    try:
        while b"[DONE]" not in seen[-400:]:
            piece = await asyncio.wait_for(reader.read(65536), 30)
            if not piece:
                break
            now = time.perf_counter()
            if b"data:" in piece:
                if first is None:
                    first = now - started
                else:
                    pauses.append(now - last)
                last = now
            seen += piece
    except (asyncio.TimeoutError, ConnectionError):
        pass
    writer.close()
    whole = b"[DONE]" in seen and seen.count(b'"content":"word "') + seen.count(b'"content": "word "') == 64
    results.append((first, pauses, whole))


async def crowd(port, path, model, connections):
    results = []
    tasks = []
    for _ in range(connections):
        tasks.append(asyncio.create_task(one(port, path, model, results)))
        await asyncio.sleep(0.002)
    await asyncio.gather(*tasks)
    return results


def quantile(values, q):
    values = sorted(values)
    return values[min(int(q * len(values)), len(values) - 1)] if values else float("nan")


def run(port, path, model, connections=200):
    """Returns first-piece p50 and p99 and pause p99 in milliseconds, and how many streams were not whole."""
    results = asyncio.run(crowd(port, path, model, connections))
    firsts = [r[0] * 1000 for r in results if r[0] is not None]
    pauses = [p * 1000 for r in results for p in r[1]]
    return {
        "first_p50_ms": quantile(firsts, 0.5),
        "first_p99_ms": quantile(firsts, 0.99),
        "pause_p99_ms": quantile(pauses, 0.99),
        "broken": sum(1 for r in results if not r[2]),
        "streams": len(results),
    }
