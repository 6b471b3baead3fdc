"""Names as an attacker would choose them, and the traffic that carries them.

They lie in September 2026; the composed traffic lies in October, so that pictures of it show no probe.
"""

import json

MONTH = "2026-09"
TEAMS = ("red", "blue")

# Sets window.__xss where it runs.
ALARM = "window.__xss=1"
PROBES = [
    f"<script>{ALARM}</script>",
    f"</script><script>{ALARM}</script>",
    f'"><img src=x onerror={ALARM}>',
    f"'><svg onload={ALARM}>",
    f"javascript:{ALARM}",
    "{{7*7}}{{{body}}}",
    "\u202egpj.eciovni",
    "../../settings?by=model&is.team=blue#x%2f%00",
    '=HYPERLINK("http://elsewhere.example")',
]


def records():
    """A record a day for each probe, in every place that takes a name, half of them of each team."""
    for day in range(1, 31):
        for place, probe in enumerate(PROBES):
            team = TEAMS[place % 2]
            yield {
                "timestamp": f"2026-09-{day:02}T{8 + place:02}:00:00Z",
                "request_id": f"{team}-{day}-{probe}",
                "provider": "openai",
                "model": "gpt-4o-mini" if place % 3 else probe,
                "requested_model": probe,
                "customer": f"{team}-customer",
                "feature": probe,
                "team": team,
                "environment": probe,
                "session": probe,
                "credential": probe,
                "prompt": probe,
                "input_tokens": 120_000 + 1_000 * place,
                "output": 900 * day,
                "latency_ms": 800,
                "status": 200,
            }
    for place, probe in enumerate(PROBES):
        yield {
            "timestamp": f"2026-09-15T20:{place:02}:00Z",
            "request_id": f"named-{place}",
            "provider": "openai",
            "model": "gpt-4o",
            "customer": probe,
            "feature": "plain",
            "team": probe,
            "input_tokens": 900_000,
            "output": 90_000,
            "status": 200,
        }


def write(path):
    path.write_text("".join(json.dumps(record) + "\n" for record in records()))
