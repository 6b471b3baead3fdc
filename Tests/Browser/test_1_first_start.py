"""A dashboard that has just been installed: the one-time link, passwords, sessions, empty pages."""

import re

import pytest
from conftest import PASSWORD, Visit, follow, sign_in, sign_up
from stack import ask

SECTIONS = ("/", "/spend", "/savings", "/value", "/budgets", "/keys", "/reconciliation", "/reports", "/settings")


@pytest.fixture(scope="module")
def window(fresh, browser):
    with Visit(browser, fresh.origin) as visit:
        yield visit


def test_pages_lead_to_signing_in(fresh, window):
    window.go("/settings")
    assert "/login" in window.page.url
    assert ask(f"{fresh.origin}/api/v1/spend").status == 401


def test_the_link_refuses_a_short_password(fresh, window):
    assert window.go(fresh.link) == 200
    sign_up(window.page, "short")
    assert "at least 12" in window.page.locator(".hint").inner_text()


def test_the_link_works_once(fresh, window):
    window.go(fresh.link)
    sign_up(window.page)
    assert window.page.url == fresh.origin + "/"
    assert window.page.locator(".who").inner_text() == "admin"
    assert ask(fresh.link).status == 403


def test_the_cookie_is_out_of_reach_of_scripts(window):
    (cookie,) = window.context.cookies()
    assert cookie["httpOnly"] and cookie["sameSite"] in ("Lax", "Strict")
    assert window.page.evaluate("document.cookie") == ""


def test_a_link_that_is_made_up_is_refused(fresh, window):
    body = b"link=sk-pb-made-up&password=another+long+one&again=another+long+one"
    assert ask(f"{fresh.origin}/setup", "POST", body=body).status == 403


@pytest.mark.parametrize("path", SECTIONS)
def test_an_empty_page_says_how_to_fill_it(window, path):
    assert window.go(path) == 200
    assert window.page.locator("h1").count() == 1
    assert window.page.locator("main form, main .hint, main table, main nav").count() > 0


def test_signing_out_ends_the_session(fresh, window):
    (cookie,) = window.context.cookies()
    window.go("/")
    follow(window.page.locator("text=Sign out"))
    assert window.page.url.endswith("/login")
    old = {"cookie": f"{cookie['name']}={cookie['value']}"}
    assert ask(f"{fresh.origin}/settings", headers=old).status == 303


def test_signing_in_leads_to_where_one_wanted_to_go(fresh, window):
    window.go("/spend?by=model")
    window.page.fill("[name=password]", PASSWORD)
    follow(window.page.locator("main button"))
    assert window.page.url == fresh.origin + "/spend?by=model"


@pytest.mark.parametrize(
    "target", ["//elsewhere.example", "/\t/elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example"]
)
def test_signing_in_leads_nowhere_else(fresh, browser, target):
    with Visit(browser, fresh.origin) as visit:
        visit.page.route("**/elsewhere.example/**", lambda route: route.abort())
        visit.page.goto("/login")
        visit.page.fill("[name=password]", PASSWORD)
        visit.page.locator("[name=to]").evaluate("(field, value) => { field.value = value }", target)
        follow(visit.page.locator("main button"))
        visit.page.wait_for_selector(".who")
        assert visit.page.url.startswith(fresh.origin + "/") and not visit.wrongs


# The last one here: afterwards nobody gets in.
def test_guessing_is_slowed_down(fresh, browser):
    with Visit(browser, fresh.origin) as visit:
        for _ in range(5):
            sign_in(visit.page, "admin", "not the password")
            assert "do not belong together" in visit.page.locator(".hint").inner_text()
        sign_in(visit.page, "admin", PASSWORD)
        assert re.search(r"Try again in \d+ minutes", visit.page.locator(".hint").inner_text())
    answer = ask(f"{fresh.origin}/login", "POST", body=b"name=somebody&password=else")
    assert answer.status == 429 and int(answer.headers["retry-after"]) > 0
