"""The gateways: how each is started, and what it is called with."""

import os
import re
import signal
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
KEY_SHA256 = "e39291c4ababae95cecf3b7fbd613380c4fb21fd0a8420c75856a635608a5196"  # of sk-pb-bench


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Contestant:
    """A gateway that runs. `model` is what it wants to be asked for."""

    model = "gpt-4o-mini"
    name = ""

    def __init__(self, folder, upstream, arguments):
        self.folder, self.upstream, self.arguments = folder, upstream, arguments
        self.port = free_port()
        self.log = os.path.join(folder, f"{self.name}.log")
        self.process = None

    def command(self):
        raise NotImplementedError

    def environment(self):
        return dict(os.environ)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def start(self):
        if self.name != "tensorzero":
            self.port = free_port()
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                self.command(), stdout=log, stderr=log, env=self.environment(), cwd=self.folder, start_new_session=True
            )
        deadline = time.time() + 90
        while time.time() < deadline:
            if self.process.poll() is not None:
                break
            if self.answers():
                return
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} did not start:\n" + self.tail())

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 0.2).close()
            return True
        except OSError:
            return False

    def tail(self):
        with open(self.log) as file:
            return "".join(file.readlines()[-8:])

    def stop(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


class Nginx(Contestant):
    name = "nginx"

    def command(self):
        with open(os.path.join(HERE, "nginx.conf.template")) as file:
            text = file.read()
        text = text.replace("FOLDER", self.folder).replace("UPSTREAM", str(self.upstream)).replace("PORT", str(self.port))
        return ["nginx", "-c", self.write("nginx.conf", text)]


class Payback(Contestant):
    name = "payback"

    def command(self):
        folder = os.path.join(self.folder, "payback")
        os.makedirs(folder, exist_ok=True)
        config = self.write(
            "payback.yaml",
            f"""
listen: 127.0.0.1:{self.port}
admin: 127.0.0.1:0
authentication: required
journal: {{directory: {folder}/journal, durability: journal}}
registry: {folder}/registry.sqlite
upstreams:
  - {{name: openai, kind: openai, base_url: "http://127.0.0.1:{self.upstream}", credentials: [fake-upstream-key]}}
keys:
  - {{name: bench, sha256: {KEY_SHA256}, customer: acme, feature: chat, requests_per_minute: 900000000}}
budgets:
  - {{scope: total, limit: 1000000, per: month, enforcement: hard}}
  - {{scope: customer=acme, limit: 1000000, per: month, enforcement: hard}}
""",
        )
        return [self.arguments.payback, "serve", "--config", config, "--ledger", f"sqlite:{folder}/ledger.sqlite"]


class TensorZero(Contestant):
    name = "tensorzero"
    model = "tensorzero::model_name::gpt-4o-mini"

    def command(self):
        config = self.write(
            "tensorzero.toml",
            f"""
[gateway]
observability.enabled = false

[models.gpt-4o-mini]
routing = ["fake"]

[models.gpt-4o-mini.providers.fake]
type = "openai"
model_name = "gpt-4o-mini"
api_base = "http://127.0.0.1:{self.upstream}/v1/"
api_key_location = "env::OPENAI_API_KEY"
""",
        )
        return [sys.executable, os.path.join(HERE, "tensorzero_server.py"), config]

    def environment(self):
        return dict(os.environ, OPENAI_API_KEY="fake-upstream-key")

    def answers(self):
        with open(self.log) as file:
            found = re.search(r"listening http://[^:]+:(\d+)", file.read())
        if found:
            self.port = int(found.group(1))
        return bool(found)

    def path(self):
        return "/openai/v1/chat/completions"


class LiteLLM(Contestant):
    name = "litellm"

    def command(self):
        config = self.write(
            "litellm.yaml",
            f"""
model_list:
  - model_name: gpt-4o-mini
    litellm_params: {{model: openai/gpt-4o-mini, api_base: "http://127.0.0.1:{self.upstream}/v1", api_key: fake}}
general_settings: {{master_key: sk-pb-bench}}
""",
        )
        binary = os.path.join(os.path.dirname(sys.executable), "litellm")
        return [binary, "--config", config, "--port", str(self.port), "--host", "127.0.0.1", "--num_workers", "2"]

    def environment(self):
        return dict(os.environ, LITELLM_MODE="PRODUCTION", LITELLM_LOG="ERROR", LITELLM_LOCAL_MODEL_COST_MAP="True")


def path_of(contestant):
    return contestant.path() if hasattr(contestant, "path") else "/v1/chat/completions"


ALL = [Nginx, Payback, TensorZero, LiteLLM]
