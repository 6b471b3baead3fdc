"""Every report, in every format that the page offers: it is taken along and opened."""

import csv
import io
import itertools
import json
import re
import zipfile

import pypdf
import pytest
from probes import MONTH

FORMATS = {
    "html": "text/html",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "markdown": "text/markdown",
    "csv": "text/csv",
    "json": "application/json",
}
REPORTS = ["executive", "monthly", "savings", "business-case"]


def opens_html(desk, path, body):
    assert desk.go(path) == 200
    assert desk.page.locator("h1").count() == 1 and desk.page.locator("table, .hint, .figures").count() > 0
    assert desk.page.evaluate("window.__xss") is None


def opens_pdf(desk, path, body):
    pages = pypdf.PdfReader(io.BytesIO(body)).pages
    assert len(pages) >= 1 and len(pages[0].extract_text()) > 100


def opens_xlsx(desk, path, body):
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        assert book.testzip() is None
        sheets = [name for name in book.namelist() if re.match(r"xl/worksheets/sheet\d+\.xml", name)]
        assert sheets
        # A case has live formulas; reports have their tables.
        if "business-case" in path:
            assert len(sheets) >= 2 and any(b"<f>" in book.read(name) for name in sheets), "sheets with formulas"


def opens_markdown(desk, path, body):
    text = body.decode()
    assert text.startswith("# ") and "|" in text


def opens_csv(desk, path, body):
    rows = list(csv.reader(io.StringIO(body.decode(), newline=""), strict=True))
    sections = [list(rows) for is_empty, rows in itertools.groupby(rows, lambda row: not row) if not is_empty]
    for place, section in enumerate(sections):
        # Lists begin with their name.
        table = section[1:] if place else section
        assert len(table) > 1 and all(len(row) == len(table[0]) for row in table), section[0]
    assert not [cell for row in rows for cell in row if re.match(r"[=@\t]|[+-](?![\d.])", cell)], "a sheet runs nothing"


def opens_json(desk, path, body):
    assert json.loads(body, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


def offered(page):
    return page.locator("main nav.choices a").evaluate_all("all => all.map(one => one.getAttribute('href'))")


def test_the_list_offers_all_of_them(desk):
    desk.go(f"/reports?month={MONTH}")
    links = offered(desk.page)
    expected = {(report, form) for report in REPORTS for form in FORMATS}
    found = {re.match(r"/reports/([\w-]+)\?.*format=(\w+)", link).groups() for link in links}
    assert found == expected


@pytest.mark.parametrize("month", [MONTH, "2026-10", "2020-01"])
@pytest.mark.parametrize("report", REPORTS)
def test_report(desk, report, month):
    desk.go(f"/reports?month={month}")
    for link in (link for link in offered(desk.page) if f"/{report}?" in link):
        form = re.search(r"format=(\w+)", link).group(1)
        # Printing takes a second: once for each report is enough.
        if form == "pdf" and month != MONTH:
            continue
        answer = desk.context.request.get(link)
        assert answer.status == 200, link
        assert answer.headers["content-type"].startswith(FORMATS[form]), link
        globals()[f"opens_{form}"](desk, link, answer.body())


def test_a_scenario_is_taken_along_as_it_stands(desk):
    desk.go("/value/customer-support")
    name = desk.page.locator("input[type=range]").nth(1).get_attribute("name")
    desk.go(f"/value/customer-support?{name}=1")
    for link in offered(desk.page):
        if "/reports/" in link:
            answer = desk.context.request.get(link)
            assert answer.status == 200 and answer.body(), link
