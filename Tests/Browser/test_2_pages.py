"""Every page: no wrong sound from the browser, no violation that axe knows, drawn, narrow, dark, by keyboard, by hand."""

from pathlib import Path
from urllib.parse import quote

import probes
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Visit, drawn, follow, until
from playwright.sync_api import TimeoutError

OCTOBER = "month=2026-10"
DIMENSIONS = ("provider", "model", "service_tier", "feature", "team", "environment", "customer", "credential", "source")
HOSTILE = f"month={probes.MONTH}"
CHARTS = {f"/?{OCTOBER}", f"/savings?{OCTOBER}", "/value/customer-support", f"/?{HOSTILE}"}
CHARTS |= {f"/spend?by={name}&{OCTOBER}" for name in DIMENSIONS}
PAGES = sorted(CHARTS) + [
    f"/spend?by=feature&{HOSTILE}",
    f"/spend?by=customer&is.feature={quote(probes.PROBES[0])}&{HOSTILE}",
    f"/spend?by=model&is.customer={quote(probes.PROBES[2])}&{HOSTILE}",
    f"/spend?by=feature&{OCTOBER}&day=2026-10-05",
    f"/spend?by=feature&{HOSTILE}&day=2026-09-15",
    "/requests/named-2",
    f"/value?{OCTOBER}",
    "/value/coding-assistant",
    "/value/conversational-agent",
    "/quality",
    "/budgets",
    "/keys",
    f"/reconciliation?{OCTOBER}",
    f"/reports?{OCTOBER}",
    "/settings",
]
SCHEMES = ("light", "dark")
WIDTHS = (1200, 380)


@pytest.fixture(scope="module")
def furnished(stack, tokens, keys):
    """Keys, budgets and rules whose names are hostile, so that all lists have rows."""
    stack.put_in_force(*probes.PROBES)
    for place, probe in enumerate(probes.PROBES):
        stack.api("/keys", tokens["admin"], "POST", {"name": probe, "customer": probe, "feature": probe})
        budget = {"scope": f"customer={probe}", "limit": str(10 + place), "per": "month", "enforcement": "soft"}
        assert stack.api("/budgets", tokens["admin"], "PUT", budget).status == 200
    stack.api("/tokens", tokens["admin"], "POST", {"name": probes.PROBES[0], "role": "finance"})


@pytest.fixture(scope="module")
def windows(stack, browser, admin, furnished):
    """A window for each scheme, kept open."""
    visits = {scheme: Visit(browser, stack.origin, admin, color_scheme=scheme) for scheme in SCHEMES}
    yield visits
    for visit in visits.values():
        visit.context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", PAGES)
def test_page(windows, path, scheme):
    visit = windows[scheme]
    page = visit.page
    visit.wrongs.clear()
    page.set_viewport_size({"width": 1200, "height": 900})
    assert visit.go(path) == 200
    assert page.locator("h1").count() == 1
    if path in CHARTS:
        drawn(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page, width)
        if (scheme, width) != ("dark", 380):  # Narrow and dark are looked at apart.
            assert_accessible(page)
    assert_harmless(page)
    assert not visit.wrongs


def assert_fits(page, width):
    """The body hides what sticks out; so the content itself is measured, but for what scrolls in a box of its own."""
    wide = """width => [...document.querySelectorAll("body *")].filter(one => !one.closest(".scroll, pre, svg, .skip"))
        .filter(one => one.getBoundingClientRect().right > width + 1).map(one => one.outerHTML.slice(0, 120))"""
    try:  # Charts follow a few frames later.
        page.wait_for_function(f"width => !({wide})(width).length", arg=width, timeout=3_000)
    except TimeoutError:
        assert not page.evaluate(wide, width)


def assert_accessible(page):
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    assert not [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]


def assert_harmless(page):
    assert page.evaluate("window.__xss") is None
    assert page.locator("[onerror], [onload], img, iframe, a[href^='javascript:']").count() == 0
    assert page.locator("body script:not(.chart-data)").count() == 0
    assert "49" not in [text.strip() for text in page.locator("th, td, option").all_inner_texts()]
    assert "\u202e" not in page.content()


RECORD_FOCUS = """() => {
  const visible = one => one.checkVisibility() && !one.disabled;
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']")];
  window.expected = all.filter(visible);
  window.reached = new Map();
  document.addEventListener("focusin", event => {
    const style = getComputedStyle(event.target);
    window.reached.set(event.target, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
  });
  return window.expected.length;
}"""


@pytest.mark.parametrize(
    "path", ["/", f"/spend?by=team&{OCTOBER}", "/value/customer-support", "/budgets", "/keys", "/settings"]
)
def test_everything_is_reached_by_keyboard(windows, path):
    page = windows["light"].page
    page.set_viewport_size({"width": 1200, "height": 900})
    page.goto(path)
    page.wait_for_function("document.readyState === 'complete'")
    for _ in range(page.evaluate(RECORD_FOCUS) + 8):  # A date takes several.
        page.keyboard.press("Tab")
    missed = "window.expected.filter(one => !window.reached.has(one)).map(one => one.outerHTML.slice(0, 160))"
    assert not page.evaluate(missed)
    hidden = "[...window.reached].filter(([one, seen]) => !seen).map(([one]) => one.outerHTML.slice(0, 160))"
    assert not page.evaluate(hidden)


def test_the_keyboard_skips_and_walks(windows):
    page = windows["light"].page
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("one => one === document.activeElement && one.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto("/")
    for _ in range(4):  # The skip link, the name, Overview, Spend.
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/spend")
    assert page.locator("nav [aria-current=page]").inner_text() == "Spend"


def test_a_scheme_that_changes_redraws_the_charts(windows, stack, browser, admin):
    with Visit(browser, stack.origin, admin, color_scheme="light") as visit:
        visit.go(f"/spend?{OCTOBER}")
        visit.page.wait_for_selector("canvas[data-drawn=yes]")
        ink = "Chart.getChart(document.querySelector('canvas')).options.plugins.legend.labels.color"
        before = visit.page.evaluate(ink)
        visit.page.emulate_media(color_scheme="dark")
        visit.page.wait_for_function(f"before => {ink} !== before", arg=before)


@pytest.fixture(scope="module")
def plain(stack, browser, admin, furnished):
    with Visit(browser, stack.origin, admin, java_script_enabled=False) as visit:
        yield visit


class TestWithoutScript:
    @pytest.mark.parametrize("path", sorted(CHARTS))
    def test_charts_are_pictures_with_tables(self, plain, path):
        assert plain.go(path) == 200
        assert plain.page.locator("svg.lines").first.is_visible()
        plain.page.locator("figure summary").first.click()
        assert plain.page.locator("figure table").first.is_visible()

    def test_the_month_is_chosen(self, plain):
        plain.go("/spend?by=customer")
        plain.page.select_option("[name=month]", "2026-09")
        follow(plain.page.locator("text=Show"))
        assert "by=customer" in plain.page.url and "September 2026" in plain.page.locator("header").inner_text()
        assert plain.page.locator("table >> text=red-customer").count() == 1

    def test_assumptions_are_sent_by_the_button(self, plain):
        plain.go("/value/customer-support")
        before = plain.page.locator("#result").inner_text()
        field = plain.page.locator("input[type=range]").nth(1)
        field.focus()
        field.press("End")
        follow(plain.page.locator("text=Compute"))
        assert "set." in plain.page.url and plain.page.locator("#result").inner_text() != before

    def test_a_budget_is_set_and_removed(self, plain):
        plain.go("/budgets")
        form = plain.page.locator("form.entry")
        form.locator("[name=scope]").fill("feature=plain-html")
        form.locator("[name=limit]").fill("7.5")
        follow(form.locator("button"))
        until(plain.page, "text=feature=plain-html", 1)
        follow(plain.page.locator("text=Remove feature=plain-html"))
        until(plain.page, "text=feature=plain-html", 0)


@pytest.mark.parametrize(
    "name, path", [("overview", f"/?{OCTOBER}"), ("spend", f"/spend?{OCTOBER}"), ("value", "/value/customer-support")]
)
def test_picture(request, stack, browser, admin, name, path):
    folder = request.config.getoption("--pictures")
    if not folder:
        pytest.skip("No folder for pictures is given (--pictures).")
    with Visit(browser, stack.origin, admin, color_scheme="light") as visit:
        visit.go(path)
        drawn(visit.page)
        Path(folder).mkdir(parents=True, exist_ok=True)
        visit.page.screenshot(path=Path(folder) / f"{name}.png")
