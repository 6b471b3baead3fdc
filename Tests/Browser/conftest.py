"""What all tests share: one Payback with traffic, one that has just been installed, and a browser."""

import os
import shutil
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urlsplit

import probes
import pytest
from playwright.sync_api import sync_playwright
from stack import Stack, wait_for

PASSWORD = "correct horse battery"


def pytest_addoption(parser):
    parser.addoption("--build", required=True, help="the folder of payback and fake-provider")
    parser.addoption("--pictures", default=None, help="a folder for pictures of the pages")


@pytest.fixture(scope="session")
def build(request):
    return Path(request.config.getoption("--build")).resolve()


@pytest.fixture(scope="session")
def fresh(build, tmp_path_factory):
    """Just installed: no traffic, no administrator."""
    stack = Stack(build, tmp_path_factory.mktemp("fresh"))
    try:
        yield stack.start()
    finally:
        stack.stop()


@pytest.fixture(scope="session")
def stack(build, tmp_path_factory):
    """With composed traffic, hostile names, two teams, and calls through the gateway."""
    stack = Stack(build, tmp_path_factory.mktemp("stack"))
    usage, hostile = stack.folder / "usage.jsonl", stack.folder / "hostile.jsonl"
    stack.payback("sample", "--requests", "6000", "--seed", "1", "--output", usage)
    probes.write(hostile)
    stack.load(usage, hostile)
    try:
        yield stack.start()
    finally:
        stack.stop()


@pytest.fixture(scope="session")
def browser():
    options = {"args": ["--no-sandbox"]} if os.geteuid() == 0 else {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), **options)
        yield browser
        browser.close()


class Visit:
    """A browser's window that takes note of everything that must not happen."""

    def __init__(self, browser, origin, state=None, **options):
        options = {"viewport": {"width": 1200, "height": 900}, "base_url": origin, **options}
        self.context = browser.new_context(storage_state=state, **options)
        self.context.set_default_timeout(8_000)
        self.page, self.wrongs = self.context.new_page(), []
        host = urlsplit(origin).netloc
        self.page.on("console", lambda it: it.type == "error" and self.wrongs.append(f"console: {it.text}"))
        self.page.on("pageerror", lambda it: self.wrongs.append(f"script: {it}"))
        self.page.on("dialog", self.dialog)
        self.page.on(
            "request",
            lambda it: urlsplit(it.url).netloc not in ("", host) and self.wrongs.append(f"asks {it.url}"),
        )
        self.confirmed = []

    def dialog(self, dialog):
        self.confirmed.append(dialog.message) if dialog.type == "confirm" else self.wrongs.append(
            f"dialog: {dialog.message}"
        )
        dialog.accept()

    def go(self, path):
        answer = self.page.goto(path)
        return answer.status

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()


@pytest.fixture(scope="session")
def admin(stack, browser):
    """The administrator's session, as it is kept by the browser."""
    with Visit(browser, stack.origin) as visit:
        visit.go(stack.link)
        sign_up(visit.page)
        return visit.context.storage_state()


def drawn(page):
    """Waits for a chart: Chart.js draws it where it is installed, else the server's picture stays."""
    has_script = page.locator("script[src='/assets/chart.js']").count() > 0
    page.wait_for_selector("canvas[data-drawn=yes]" if has_script else "svg.lines")


def follow(link):
    """Presses what leads to another page, and waits until that page is there."""
    with link.page.expect_navigation():
        link.click()


def sign_up(page, password=PASSWORD):
    page.fill("[name=password]", password)
    page.fill("[name=again]", password)
    follow(page.locator("main button"))


def sign_in(page, name, password):
    page.goto("/login")
    page.fill("[name=name]", name)
    page.fill("[name=password]", password)
    follow(page.locator("main button"))


def until(page, row, count):
    """Loads the page until its table has so many of these rows: the gateway takes up a budget within a second."""

    def has_come():
        page.reload()
        return page.locator(f"table >> {row}").count() == count

    wait_for(has_come, row)


@pytest.fixture
def desk(stack, browser, admin):
    """The administrator's window."""
    with Visit(browser, stack.origin, admin) as visit:
        yield visit
        assert not visit.wrongs


@pytest.fixture(scope="session")
def tokens(stack, browser, admin):
    """A token for each role, made in the dashboard."""
    made = {}
    with Visit(browser, stack.origin, admin) as visit:
        for role in ("admin", "finance", "team"):
            visit.go("/settings")
            form = visit.page.locator("form[action='/settings/tokens']")
            form.locator("[name=name]").fill(f"{role} program")
            form.locator("[name=role]").select_option(role)
            form.locator("[name=teams]").fill("red" if role == "team" else "")
            follow(form.locator("button"))
            made[role] = visit.page.locator("pre, code").first.inner_text().split()[-1]
    return made


@pytest.fixture(scope="session")
def keys(stack, tokens):
    """A key of each team, used once: the ledger has seen both."""
    made = {}
    for team in probes.TEAMS:
        body = {"name": f"{team} key", "team": team, "customer": f"{team}-caller", "feature": "chat"}
        made[team] = stack.api("/keys", tokens["admin"], "POST", body).json
    # Until the gateway has read the first key, it asks for none.
    wait_for(lambda: stack.call("sk-pb-made-up").status == 401, "the keys")
    for team in probes.TEAMS:
        wait_for(lambda key=made[team]: stack.call(key["secret"]).status == 200, f"the key of {team}")
    month = "/spend?by=customer&month=" + this_month()
    wait_for(lambda: "blue-caller" in stack.api(month, tokens["admin"]).text, "the calls in the ledger")
    return made


def this_month():
    return datetime.now(timezone.utc).strftime("%Y-%m")
