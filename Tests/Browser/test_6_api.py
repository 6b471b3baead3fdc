"""The API against its own description. The last, because it writes whatever comes to its mind."""

import subprocess
import sys

from openapi_spec_validator import validate

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def test_the_description_is_valid(stack, tokens):
    validate(stack.api("/openapi.json", tokens["admin"]).json)


def test_the_api_does_as_described(stack, tokens):
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", f"{stack.origin}/api/v1/openapi.json"]
        + ["--header", f"Authorization: Bearer {tokens['admin']}", "--checks", CHECKS, "--max-examples", "20"]
        + ["--phases", "examples,coverage,fuzzing", "--seed", "1", "--workers", "1", "--no-color"],
        cwd=stack.folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2_000:]
