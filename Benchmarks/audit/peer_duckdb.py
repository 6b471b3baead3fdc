"""Answers the audit questions over one JSON Lines file with DuckDB: peer_duckdb.py FILE.

Tried on 2,000,000 records (678 MB) on 2 cores with DuckDB 2.0.0, two runs or more of each way, CPU
seconds of the whole process. The fastest of each is what runs below:

* one scan into a temporary table, then queries over it: 1.7 s of CPU; a scan of the file for
  each question: 3.9 s;
* `preserve_insertion_order = false`: load in 1.1 s of CPU instead of 1.4 s;
* INTEGER columns: as fast as BIGINT, with a table 40 MiB smaller; UINTEGER: slower sums;
* `quantile_disc` (exact): faster than `approx_quantile` (0.3 s against 0.6 s for all groups);
* one GROUP BY query for each dimension: faster than one query with GROUPING SETS;
* one materialised grouping by prompt for both prompt questions: faster than count(DISTINCT) and
  a second grouping; reading the hash as a UUID saves 100 MiB, but costs 0.2 s of CPU to parse;
* all cores (the default): half the wall time of one thread, for the same CPU time; a smaller
  `maximum_object_size` changes nothing.
"""

import json
import sys
from typing import Any

import duckdb

COLUMNS = {
    "model": "VARCHAR",
    "feature": "VARCHAR",
    "customer": "VARCHAR",
    "uncached_input": "INTEGER",
    "cache_read": "INTEGER",
    "cache_write_5m": "INTEGER",
    "output": "INTEGER",
    "latency_ms": "INTEGER",
    "cost_usd": "DOUBLE",
    "prompt_hash": "VARCHAR",
}
BUCKETS = ("uncached_input", "cache_read", "cache_write_5m", "output")
SUMS = "count(*), sum(cost_usd), " + ", ".join(f"sum({bucket})" for bucket in BUCKETS)


def tokens(sums: tuple[int, ...]) -> dict[str, int]:
    """Names the token sums, which come in the order of BUCKETS, and adds their total."""
    named = dict(zip(BUCKETS, sums, strict=True))
    return {**named, "total": sum(sums)}


def load(connection: duckdb.DuckDBPyConnection, path: str) -> None:
    """Reads the columns that the questions need into the temporary table `usage`."""
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(
        "CREATE TEMP TABLE usage AS SELECT * FROM "
        f"read_json($path, format = 'newline_delimited', columns = {COLUMNS})",
        {"path": path},
    )


def overall(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Request count, total cost and total tokens."""
    row = connection.execute(f"SELECT {SUMS} FROM usage").fetchone()
    return {"requests": row[0], "cost_usd": row[1], "tokens": tokens(row[2:])}


def by_dimension(connection: duckdb.DuckDBPyConnection, column: str) -> list[dict[str, Any]]:
    """Count, cost, tokens and p95 latency for each value of a column, sorted by that value."""
    rows = connection.execute(
        f"SELECT {column}, quantile_disc(latency_ms, 0.95), {SUMS} "
        f"FROM usage GROUP BY {column} ORDER BY {column}"
    ).fetchall()
    return [
        {
            "name": name,
            "requests": requests,
            "cost_usd": cost,
            "tokens": tokens(tuple(sums)),
            "p95_ms": p95,
        }
        for name, p95, requests, cost, *sums in rows
    ]


def prompts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The number of distinct prompts and the ten dearest ones, from one grouping."""
    rows = connection.execute(
        "WITH prompts AS MATERIALIZED ("
        "  SELECT prompt_hash, count(*) AS requests, sum(cost_usd) AS cost"
        "  FROM usage GROUP BY prompt_hash) "
        "SELECT prompt_hash, requests, cost, (SELECT count(*) FROM prompts) "
        "FROM prompts ORDER BY cost DESC LIMIT 10"
    ).fetchall()
    return {
        "distinct_prompts": rows[0][3] if rows else 0,
        "top_prompts": [
            {"prompt_hash": prompt, "requests": requests, "cost_usd": cost}
            for prompt, requests, cost, _ in rows
        ],
    }


def main() -> None:
    """Answers every question and prints one JSON object."""
    if len(sys.argv) != 2:
        sys.exit("usage: peer_duckdb.py FILE")
    connection = duckdb.connect()
    load(connection, sys.argv[1])
    answers = overall(connection)
    for column in ("model", "feature", "customer"):
        answers[f"by_{column}"] = by_dimension(connection, column)
    answers.update(prompts(connection))
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
