"""Sliders that the server computes, and pages that keep themselves current."""

import re

from conftest import drawn, this_month


def move(page, place, key):
    slider = page.locator("input[type=range]").nth(place)
    slider.focus()
    page.keyboard.press(key)
    return slider


def test_a_slider_recomputes_without_a_reload(desk):
    page = desk.page
    desk.go("/value/customer-support")
    page.evaluate("window.sameDocument = true")
    before = page.locator("#result").inner_text()
    with page.expect_response(lambda it: "set." in it.url) as answer:
        slider = move(page, 1, "End")
    assert answer.value.status == 200
    page.wait_for_function("text => document.querySelector('#result').innerText !== text", arg=before)
    assert page.evaluate("window.sameDocument")
    name, value = slider.get_attribute("name"), slider.input_value()
    shown = page.locator("output").nth(1).inner_text()
    assert float(re.sub("[$,%]", "", shown)) == float(value)
    # What is seen is what a fresh load of the address shows, and what is taken along.
    seen = page.locator("main").inner_text()
    page.wait_for_function("name => location.search.includes(name)", arg=name)
    pdf = page.locator("nav.choices a", has_text="pdf").get_attribute("href")
    page.reload()
    assert page.locator("main").inner_text() == seen
    assert f"{name}={value}" in pdf


def test_pressing_the_button_changes_nothing_by_itself(desk):
    """A browser moves a value that lies between two steps of its slider."""
    for scenario in ("coding-assistant", "customer-support", "conversational-agent"):
        desk.go(f"/value/{scenario}")
        before = desk.page.locator("#result").inner_text()
        desk.page.click("text=Compute")
        desk.page.wait_for_url("**set.**")
        assert desk.page.locator("#result").inner_text() == before, scenario


def test_every_slider_takes_its_ends(desk):
    page = desk.page
    desk.go("/value/customer-support")
    for place in range(page.locator("input[type=range]").count()):
        for key in ("Home", "End"):
            with page.expect_response(lambda it: "set." in it.url) as answer:
                move(page, place, key)
            assert answer.value.status == 200, answer.value.url


def test_a_call_shows_up_by_itself(stack, desk, keys):
    page = desk.page
    with page.expect_response("**/events"):
        desk.go("/?month=" + this_month())
    page.evaluate("window.sameDocument = true")
    before = page.locator(".figures").first.inner_text()
    assert stack.call(keys["red"]["secret"], "!input=2000000,output=90000! Is Santa real?").status == 200
    page.wait_for_function("text => document.querySelector('.figures').innerText !== text", arg=before)
    assert page.locator(".live").inner_text().startswith("Updated at")
    assert page.evaluate("window.sameDocument")


def test_charts_are_drawn_anew_and_forgotten(stack, desk, keys):
    page = desk.page
    with page.expect_response("**/events"):
        desk.go("/?month=2026-10")
    for _ in range(2):
        page.evaluate("document.querySelector('.live').textContent = ''")
        assert stack.call(keys["red"]["secret"]).status == 200
        page.wait_for_function("() => document.querySelector('.live').textContent.startsWith('Updated')")
        drawn(page)
    assert page.evaluate("() => window.Chart ? Object.keys(Chart.instances).length : 1") == 1
