"""A Payback that runs: a fake provider, a gateway in front of it, and the dashboard."""

import json
import os
import re
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

CONFIGURATION = """\
listen: 127.0.0.1:0
admin: 127.0.0.1:0
registry: {folder}/registry.sqlite
journal: {{directory: {folder}/journal}}
retries: {{attempts: 1}}
upstreams:
  - {{name: openai, kind: openai, base_url: "http://127.0.0.1:{fake}", credentials: ["file:{folder}/secret"]}}
"""
SECONDS = 30


def wait_for(question, what):
    """The first answer that is not nothing."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        answer = question()
        if answer:
            return answer
        time.sleep(0.05)
    raise TimeoutError(f"{what} did not come within {SECONDS} seconds")


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


def ask(url, method="GET", headers=None, body=None):
    """An HTTP answer, whatever its status; redirects are not followed."""
    request = urllib.request.Request(url, data=body, method=method, headers=headers or {})
    try:
        with OPENER.open(request, timeout=SECONDS) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as refusal:
        return Answer(refusal.code, refusal.headers, refusal.read())


class Stack:
    """The processes of one Payback, in a folder of its own."""

    def __init__(self, build: Path, folder: Path):
        self.build, self.folder, self.processes = build, folder, []
        self.ledger = f"sqlite:{folder}/ledger.sqlite"
        folder.mkdir(parents=True, exist_ok=True)

    def payback(self, *arguments):
        done = subprocess.run([self.build / "payback", *arguments], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def load(self, *files):
        self.payback("import", *files, "--ledger", self.ledger)

    def put_in_force(self, *names):
        """A plan with a gated and an ungated rule of each name; they mean no request that any test makes."""
        levers = [{"lever": "cache"}, {"lever": "routing", "to": {"provider": "openai", "model": "gpt-4o-mini"}}]
        rules = [
            {"name": f"{name} {lever['lever']}", "when": {"features": ["nobody's"]}, **lever}
            for name in names
            for lever in levers
        ]
        budgets = [{"feature": name, "allowed_share": 0.01} for name in names]
        plan = self.folder / "plan.json"
        plan.write_text(json.dumps({"name": names[0], "rules": rules, "error_budgets": budgets}))
        self.payback("policy", "apply", plan, "--registry", self.folder / "registry.sqlite")

    def start(self):
        fake = self.run("fake.log", "fake-provider", "--port", "0")
        port = wait_for(lambda: re.search(r"listening on (\d+)", fake.read_text()), "the fake provider").group(1)
        (self.folder / "secret").write_text("provider-secret\n")
        configuration = self.folder / "payback.yaml"
        configuration.write_text(CONFIGURATION.format(folder=self.folder, fake=port))
        log = self.run("serve.log", "payback", "serve", "--config", configuration, "--ledger", self.ledger)
        link = wait_for(lambda: re.search(r"(http://\S+)(/setup\?link=\S+)", log.read_text()), "the one-time link")
        self.origin, self.link = link.group(1), link.group(1) + link.group(2)
        self.gateway = re.search(r'"callers":"([^"]+)"', log.read_text()).group(1)
        return self

    def run(self, log, program, *arguments):
        path = self.folder / log
        with path.open("wb") as file:
            environment = {**os.environ, "NO_PROXY": "*"}
            self.processes.append(
                subprocess.Popen([self.build / program, *arguments], stdout=file, stderr=file, env=environment)
            )
        return path

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

    def call(self, key, prompt="Is Santa real?"):
        """A chat request through the gateway."""
        body = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": prompt}]}
        headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
        return ask(f"{self.gateway}/v1/chat/completions", "POST", headers, json.dumps(body).encode())

    def api(self, path, token, method="GET", body=None):
        """A call of the control plane's API."""
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        return ask(f"{self.origin}/api/v1{path}", method, headers, json.dumps(body).encode() if body else None)
