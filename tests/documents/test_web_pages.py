"""HTML pages in a headless Chromium that reaches no network: sorting, filtering, keys, a phone, the dark, paper."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.documents.conftest import Pdf

pytestmark = pytest.mark.documents

PLAN = Path(__file__).parents[2] / "examples" / "plan-2013"
NAMES = ("week", "month", "list", "log", "config")
VOICED = """cells => {
  const texts = cells.map(cell => cell.textContent);
  const sorted = [...texts].sort(new Intl.Collator("zh", { numeric: true }).compare);
  return texts.map(text => sorted.indexOf(text));
}"""
DAYS = "cells => cells.map(cell => cell.querySelector('time')?.dateTime ?? '')"
LIGHTS = """cells => cells.map(
  cell => ["red", "yellow", "blue", "green", "grey", "done"].indexOf(cell.firstElementChild.className)
)"""
CONTRASTS = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => parts(colour).slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((parts(colour)[3] ?? 1) > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("body *")]
    .filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
    .filter((node) => node.getClientRects().length && !["SCRIPT", "TITLE", "DESC"].includes(node.tagName.toUpperCase()))
    .map((node) => {
      const style = getComputedStyle(node);
      const pair = [light(node.closest("svg") ? style.fill : style.color), light(ground(node))];
      return [(Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05), node.textContent.trim()];
    });
}"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages of the plan of 2013 as a clerk gets them."""
    folder = tmp_path_factory.mktemp("pages")
    own = {"LEDGER_DB": "plan.db", "LEDGER_TODAY": "2013-03-19", "LEDGER_ACTOR": "张三", "LEDGER_CONFIG": "own.json"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LEDGER_")} | own

    def run(*words: str) -> None:
        program = str(Path(sys.executable).with_name("ledger"))
        subprocess.run([program, *words], cwd=folder, env=environment, check=True, capture_output=True, timeout=60)

    run("init", "--name", "学创台账")
    run("import", str(PLAN / "plan.csv"), "--on", "2013-02-01")
    run("batch", str(PLAN / "closings.jsonl"))
    run("note", "4", "经费渠道 <b>不明</b>", "--problem")
    for name in NAMES:
        words = {"list": ("list", "--status", "all"), "config": ("config", "show")}.get(name, (name,))
        run(*words, "-o", f"{name}.html")
    return folder


@pytest.fixture(scope="module")
def chromium(tool: Callable[[str], str]) -> Iterator[Browser]:
    program = tool("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser, pages: Path) -> Iterator[Callable[..., Page]]:
    """`opened(name, **how)`: that page in a window of its own. It may ask for nothing and say nothing wrong."""
    wrong: list[str] = []
    contexts: list[BrowserContext] = []

    def refused(route: Route) -> None:
        wrong.append(route.request.url)
        route.abort()

    def open_(name: str, *, width: int = 1200, **how: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **how)
        contexts.append(context)
        context.route("http*://**", refused)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto((pages / f"{name}.html").as_uri())
        if drawn := os.environ.get("LEDGER_PAGES"):
            look = how.get("color_scheme", "light")
            page.screenshot(path=Path(drawn) / f"{name}-{width}-{look}.png", full_page=True)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


def column(page: Page, number: int, table: str = "table") -> list[str]:
    """The texts of a column, the first is 1, as its rows stand on the page."""
    return page.locator(f"{table} tbody td:nth-child({number})").all_text_contents()


@pytest.mark.parametrize(("number", "keys"), [(1, VOICED), (2, VOICED), (3, VOICED), (4, DAYS), (5, LIGHTS)])
def test_a_list_sorts_by_each_column(opened: Callable[..., Page], number: int, keys: str) -> None:
    page = opened("list")
    heading, cells = page.locator(f"thead th:nth-child({number})"), page.locator(f"tbody td:nth-child({number})")
    before = column(page, 1)
    for way in ("ascending", "descending"):
        heading.locator("button").click()
        assert heading.get_attribute("aria-sort") == way
        assert page.locator("[aria-sort]").count() == 1
        found = cells.evaluate_all(keys)
        days = [key for key in found if key != ""]
        assert len(set(days)) > 1
        assert days == sorted(days, reverse=way == "descending")
        assert found[: len(days)] == days, "what has no day comes last whichever way"
    heading.locator("button").click()
    assert column(page, 1) == before


def test_figures_sort_as_numbers_and_their_total_stays_below(opened: Callable[..., Page]) -> None:
    page = opened("month")
    rate = page.locator("table.by_unit thead th", has_text="销号率").locator("button")
    rate.click()
    rate.click()
    assert column(page, 1, "table.by_unit")[0] == "综合组"
    assert page.locator("table.by_unit tfoot td").first.text_content() == "合计"


def test_the_keyboard_sorts_and_finds(opened: Callable[..., Page]) -> None:
    page = opened("list")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    page.keyboard.type("简报")
    page.locator(".shown.less").wait_for()
    assert 0 < len(column(page, 2)) < 45
    assert all("简报" in row for row in page.locator("tbody tr").all_text_contents())
    page.locator("th button").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert page.locator("th").first.get_attribute("aria-sort") == "descending"
    assert column(page, 1) == sorted(column(page, 1), reverse=True)


def test_filters_work_together_and_say_how_many_rows_are_left(opened: Callable[..., Page]) -> None:
    page = opened("week")
    page.get_by_label("灯色").select_option("红 逾期")
    page.get_by_label("牵头单位").select_option("综合组")
    page.get_by_label("查找").fill("　关于 通知")
    page.locator(".shown.less").wait_for()  # what is typed counts a moment later
    left = page.locator("tbody tr:not(.band):visible")
    assert left.count() == 2
    assert all("关于" in row and "通知" in row and "红" in row for row in left.all_text_contents())
    assert (page.get_by_role("status").text_content() or "").startswith("显示 2 行,共 ")
    assert 1 <= page.locator(".band:visible").count() <= 2, "only bands with rows are left"
    page.get_by_role("button", name="清除").click()
    page.locator(".shown:not(.less)").wait_for(state="attached")
    assert page.locator(".band:visible").count() == 7


def test_rows_are_sorted_under_their_bands(opened: Callable[..., Page]) -> None:
    page = opened("week")
    before = page.locator("tbody tr").all_text_contents()
    bands = [place for place, text in enumerate(before) if text in page.locator(".band").all_text_contents()]
    page.locator("thead th:nth-child(2) button").click()
    after = page.locator("tbody tr").all_text_contents()
    assert after != before
    for start, end in zip(bands, [*bands[1:], len(before)], strict=True):
        assert after[start] == before[start]
        assert sorted(after[start:end]) == sorted(before[start:end])


def test_without_a_script_the_page_is_whole(opened: Callable[..., Page]) -> None:
    page = opened("week", java_script_enabled=False)
    report = page.locator("main > section")
    assert report.locator("table.list").count() == 1
    assert report.locator(".band").count() == 7
    assert report.locator("tbody tr:visible").count() == report.locator("tbody tr").count()
    assert not page.locator(".tools").is_visible()
    assert page.locator("th button").count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_a_figure_shows_what_it_counts_and_nothing_else(
    opened: Callable[..., Page], script: bool, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    page = opened("month", java_script_enabled=script)
    shown, figures = page.locator(".openings section:visible"), page.locator("a.opens")
    assert shown.count() == 0 and figures.count() > 20
    for at in range(figures.count()):
        figure = figures.nth(at)
        said = figure.text_content() or ""
        figure.click()
        assert shown.count() == 1
        part = page.locator(":target")
        heading = (part.locator("h2") if part.evaluate("node => node.tagName") == "SECTION" else part).text_content()
        assert heading and ("%" in said or heading.endswith(f"({said})"))
    paper = tmp_path / "open.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    assert (shown.locator("h2").text_content() or "") in "".join(Pdf(paper, tool).pages)
    shown.get_by_text("返回").click()
    assert shown.count() == 0


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("script", [True, False])
def test_a_phone_needs_no_sideways_scrolling(opened: Callable[..., Page], name: str, script: bool) -> None:
    page = opened(name, width=360, java_script_enabled=script)
    widest = page.locator("body :visible:not(.figures *):not(.figures)").evaluate_all(
        "nodes => Math.max(...nodes.map(node => node.getBoundingClientRect().right))"
    ) if script else 360  # fmt: skip
    assert widest <= 360
    assert page.locator("html").evaluate("node => node.scrollWidth") == 360


def test_a_card_on_a_phone_is_still_a_row_and_says_what_its_parts_are(opened: Callable[..., Page]) -> None:
    page = opened("list", width=360)
    assert page.get_by_role("row").count() == 46
    assert page.get_by_role("cell").first.text_content() == "2013-学创-001"
    due = page.locator("tbody td.date").first
    assert due.evaluate("node => getComputedStyle(node, '::before').content") == '"完成时限 "'
    assert page.locator("thead button").first.is_visible()


@pytest.mark.parametrize("name", ["week", "month"])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_word_stands_out_from_its_ground(opened: Callable[..., Page], name: str, look: str) -> None:
    found = opened(name, color_scheme=look).evaluate(CONTRASTS)
    assert len(found) > 100
    assert [(round(contrast, 2), text) for contrast, text in found if contrast < 4.5] == []


def test_on_paper_the_headings_return_and_the_controls_are_gone(
    opened: Callable[..., Page], tool: Callable[[str], str], tmp_path: Path
) -> None:
    page = opened("list", color_scheme="dark")
    path = tmp_path / "list.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    printed = Pdf(path, tool)
    if drawn := os.environ.get("LEDGER_PAGES"):
        printed.draw(Path(drawn))
    assert len(printed.pages) > 1
    assert set(printed.sizes) <= {(595, 842), (594, 841), (595, 841), (596, 842)}
    for number, text in enumerate(printed.pages, start=1):
        assert "牵头单位" in text.replace(" ", ""), "the head is repeated"
        assert f"—{number}—" in text.replace(" ", "")
        assert "查找" not in text
        assert "↕" not in text
    assert sum(text.count("2013-学创-") for text in printed.pages) == 45
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_a_filtered_list_says_so_on_paper(opened: Callable[..., Page]) -> None:
    page = opened("list")
    page.emulate_media(media="print")
    assert not page.locator(".shown").is_visible()
    page.emulate_media(media="screen")
    page.get_by_label("查找").fill("简报")
    page.locator(".shown.less").wait_for()
    page.emulate_media(media="print")
    assert page.locator(".shown").is_visible()


def test_the_weekly_list_is_printed_across_with_its_head_on_each_page(
    opened: Callable[..., Page], tool: Callable[[str], str], tmp_path: Path
) -> None:
    path = tmp_path / "week.pdf"
    opened("week").pdf(path=path, prefer_css_page_size=True)
    printed = Pdf(path, tool)
    assert len(printed.pages) <= 3
    for text in printed.pages:
        assert "工作任务牵头/配合单位" in text.replace(" ", ""), "the head is repeated"


def test_who_signs_and_the_day_stand_on_one_page(
    opened: Callable[..., Page], tool: Callable[[str], str], tmp_path: Path
) -> None:
    path = tmp_path / "week.pdf"
    page = opened("week")
    page.evaluate("document.querySelector('footer').innerHTML = '<p>学创办</p><p>2013年3月19日</p>'")
    for gap in range(100, 200, 12):  # somewhere there the page is full
        page.evaluate(f"document.querySelector('main').style.paddingBottom = '{gap}px'")
        page.pdf(path=path, prefer_css_page_size=True)
        ends = [("学创办" in text, "3月19日" in text.split("学创办")[-1]) for text in Pdf(path, tool).pages]
        assert (True, True) in ends, gap
