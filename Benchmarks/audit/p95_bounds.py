"""Prints, for each model, feature and customer, between which latencies its p95 lies: FILE.

The common definitions of a quantile (nearest rank, linear interpolation, …) differ by up to one
rank. In a group of 50 requests one rank can change p95 by half, so a plain comparison would fail
for answers that are all correct. This script sorts every group and prints the exact latencies one
rank below and one rank above the 95 % point; compare.py accepts what lies between them.
It is a check, not a contestant, and runs outside the measurement.
"""

import json
import sys

import duckdb

BOUNDS = """
    WITH ordered AS (
        SELECT {column} AS name, count(*) AS requests, list_sort(list(latency_ms)) AS latencies
        FROM usage GROUP BY {column}
    )
    SELECT name,
           latencies[greatest(floor(0.95 * requests), 1)::BIGINT],
           latencies[least(ceil(0.95 * requests) + 1, requests)::BIGINT]
    FROM ordered
"""


def main() -> None:
    """Prints {"by_model": {name: [lowest, highest]}, "by_feature": …, "by_customer": …}."""
    if len(sys.argv) != 2:
        sys.exit("usage: p95_bounds.py FILE")
    connection = duckdb.connect()
    connection.execute(
        "CREATE TEMP TABLE usage AS SELECT * FROM read_json($path, "
        "format = 'newline_delimited', columns = {model: 'VARCHAR', feature: 'VARCHAR', "
        "customer: 'VARCHAR', latency_ms: 'BIGINT'})",
        {"path": sys.argv[1]},
    )
    bounds = {}
    for column in ("model", "feature", "customer"):
        rows = connection.execute(BOUNDS.format(column=column)).fetchall()
        bounds[f"by_{column}"] = {name: [lowest, highest] for name, lowest, highest in rows}
    print(json.dumps(bounds))


if __name__ == "__main__":
    main()
