"""The interactive figures, operated in a browser as a reader does: by mouse, keyboard and link.

The rows of the fixture stand for the study's; the page is what the {explorer} directive writes.
"""

import gzip
import json
import math
import shutil
from pathlib import Path

import pytest
from conftest import fits, settled, shown, violations

from tools import notebooks

FOLDER = notebooks.ROOT / "book" / "_static" / "explorers"
FIXTURE = json.loads((Path(__file__).parent / "fixtures" / "gradient.json").read_text("utf-8"))
CURVES = FIXTURE["curves"]
BYTES, SOURCE_BYTES = 20_000, 26_000  # code and data over the wire; a module as it is written

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page with a figure</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<style>
  body {{ max-width: 46rem; margin: auto; padding: 0 1rem; font: 1rem/1.5 sans-serif; }}
  a {{ color: inherit; }}
  rnn-gradient {{ display: block; margin: 1.5rem 0; }}
  @media (scripting: enabled) {{ rnn-gradient {{ min-height: 66rem; }} }}
  body[data-theme=dark] {{ background: #131416; color: #cfd0d0; }}
  @media (prefers-color-scheme: dark) {{
    body:not([data-theme=light]) {{ background: #131416; color: #cfd0d0; }}
  }}
</style></head><body data-theme="{theme}"><main>
<h1>A page</h1><p><a href="#after">After the figure</a></p>{figures}<h2 id="after">After</h2>
<p style="min-height: 1500px">With the bias
<button class="explorer-set" data-for="gradient" data-set='{{"bias": 5}}'>at five</button>, or
<button class="explorer-set" data-for="gradient" data-set='{{"w": 2, "steps": 50}}'>a latch
</button>.</p></main><script type="module" src="explorers/gradient.mjs"></script></body></html>"""

FIGURE = """<rnn-gradient id="{id}"><script type="application/json">{data}</script>
<div class="twin"><p>The static figure.</p></div></rnn-gradient>"""


def figure(data=FIXTURE, name="gradient"):
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return FIGURE.format(id=name, data=text.replace("<", "\\u003c"))


@pytest.fixture
def site(tmp_path, serve):
    """``site(figures, theme, edit) -> url`` of a page; ``edit`` maps text to text in the module."""

    def build(figures=None, theme="auto", edit=None):
        shutil.copytree(FOLDER, tmp_path / "explorers", dirs_exist_ok=True)
        for old, new in (edit or {}).items():
            module = tmp_path / "explorers" / "gradient.mjs"
            source = module.read_text("utf-8")
            assert source.count(old) == 1, old
            module.write_text(source.replace(old, new), "utf-8")
        page = PAGE.format(theme=theme, figures=figures or figure())
        (tmp_path / "index.html").write_text(page, "utf-8")
        return f"{serve(tmp_path.parent)}/{tmp_path.name}/index.html"

    return build


def table(page, selector):
    """A table as {row heading: cells}."""
    rows = page.locator(f"{selector} tbody tr").all()
    return {r.locator("th").inner_text(): r.locator("td").all_inner_texts() for r in rows}


def value(page, name):
    return page.locator(f".live [data-value={name}]").first.inner_text()


def slide(page, name, x):
    """Click on a slider, a fraction ``x`` of the way along it."""
    box = page.locator(f"input[name={name}]").bounding_box()
    page.mouse.click(box["x"] + 8 + x * (box["width"] - 16), box["y"] + box["height"] / 2)


def opened(page):
    page.get_by_role("button", name="Show the curves").click()
    page.locator("summary").click()
    return page


# --- Numbers: the study's rows and the equations ----------------------------------------------


def wrong_numbers(page, curves, lags=(1, 50, 99)) -> list[str]:
    """What the figure shows to a reader that is not, to a relative 1e-4, what the rows hold."""
    wrong = []
    for lag in lags:
        page.locator("input[name=lag]").fill(str(lag))
        names = page.locator(".numbers thead th").all_inner_texts()[1:]
        cells = dict(zip(names, table(page, ".numbers")[str(lag)], strict=True))
        for key, name in {"simplernn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}.items():
            row = curves[f"keras-{key}"][lag]
            if not math.isclose(shown(cells[name]), row, rel_tol=1e-4):
                wrong.append(f"{name}, lag {lag}: {cells[name]} is not {row}")
            short = table(page, ".after.reading")[name][0]
            if not math.isclose(shown(short), row, rel_tol=0.051):
                wrong.append(f"{name}, lag {lag}: {short} is not about {row}")
    return wrong


def test_the_figure_shows_the_rows_of_the_study(site, visit):
    page = opened(visit(site()))
    assert wrong_numbers(page, CURVES) == []
    exact = page.locator(".after.reading tr:has-text('GRU') data").first.get_attribute("value")
    assert float(exact) == CURVES["keras-gru"][99]


@pytest.mark.parametrize("key", ["keras-simplernn", "keras-lstm", "keras-gru"])
def test_a_wrong_row_is_seen(site, visit, key):
    false = json.loads(json.dumps(FIXTURE))
    false["curves"][key][99] *= 1.001
    page = opened(visit(site(figure(false))))
    assert len(wrong_numbers(page, CURVES)) == 1


def wrong_equations(page) -> list[str]:
    """What the equations give in the browser that Python does not; and what the figure shows."""

    def sigma(b):
        return 1 / (1 + math.exp(-b))

    def latch(w, h, steps):
        derivative = 1.0
        for _ in range(steps):
            h = math.tanh(w * h)
            derivative *= w * (1 - h * h)
        return h, derivative

    pairs = [(f"m.sigma({b})", sigma(b)) for b in (-1, 0, 1, 6)]
    pairs += [(f"m.carry({b}, {k})", sigma(b) ** k) for b, k in ((-1, 99), (1, 99), (6, 20))]
    pairs += [("m.bound(.9, 50)", 0.9**50), ("m.bound(1.5, 99)", 1.5**99), ("m.halfLife(0)", 1.0)]
    pairs += [("m.halfLife(6)", math.log(0.5) / math.log(sigma(6))), ("m.fixedPoint(1)", 0.0)]
    for w, start, steps in ((1.5, 0.85, 20), (2.5, -0.1, 7), (0.5, 1, 30), (1.2, 0, 9)):
        state, derivative = latch(w, start, steps)
        pairs.append((f"m.latch({w}, {start}, {steps}).h.at(-1)", state))
        pairs.append((f"m.latch({w}, {start}, {steps}).derivative.at(-1)", derivative))
    pairs += [(f"m.fixedPoint({w})", latch(w, 1, 4000)[0]) for w in (1.1, 1.5, 2.5)]
    codes = ", ".join(code for code, _ in pairs)
    module = "new URL('explorers/gradient.mjs', document.baseURI)"
    got = page.evaluate(f"import({module}).then(m => [{codes}])")
    wrong = [
        code
        for (code, truth), number in zip(pairs, got, strict=True)
        if not math.isclose(number, truth, rel_tol=1e-4)
    ]

    page.evaluate("document.querySelector('rnn-gradient').set({rho: .9, bias: 2.5, lag: 50})")
    last = [shown(cell) for cell in table(page, ".numbers")["50"][-2:]]
    wrong += [
        f"shown: {number}"
        for number, truth in zip(last, (0.9**50, sigma(2.5) ** 50), strict=True)
        if not math.isclose(number, truth, rel_tol=1e-4)
    ]
    return wrong


def test_the_equations_are_right(site, visit):
    assert wrong_equations(opened(visit(site()))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1 / (1 + Math.exp(-b))", "1 / (1 + Math.exp(b))"),
        ("sigma(b) ** k", "sigma(b) ** (k + 1)"),
        ("=> rho ** k", "=> 1.001 * rho ** k"),
        ("w * (1 - h[t] ** 2));", "w * (1 - h[t - 1] ** 2));"),
        ("Math.log(0.5)", "-Math.log(0.5)"),
        ("(w * h) > h", "(w * h) > h + 0.001"),
        ("bound(rho, k))", "bound(rho, k + 1))"),
    ],
)
def test_a_wrong_equation_is_seen(site, visit, old, new):
    assert wrong_equations(opened(visit(site(edit={old: new})))) != []


def test_a_bit_held_for_ever_has_no_derivative(site, visit):
    """tanh latch, w = 1.5: h* = ±0.8586, 0.394 a step, about 8e-9 after 20; LSTM 0.95 and 0.78."""
    page = settled(visit(site() + "#gradient?tab=latch"))
    panel = page.locator("[role=tabpanel]:visible")
    assert "±0.8586" in panel.inner_text()
    rows = {k.split(",")[0]: list(map(shown, v)) for k, v in table(page, "[id$=latch]").items()}
    assert rows["tanh"][0] == 0.859 and 7.5e-9 < rows["tanh"][1] < 9e-9
    assert rows["tanh"][2] == 0.394 and rows["LSTM"][1:] == [0.95, 0.9975]
    page.locator("input[name=steps]").fill("100")
    assert shown(table(page, "[id$=latch]")["LSTM, b\u00a0=\u00a06"][1]) == 0.78
    for w, words in ((0.8, "holds nothing"), (1.5, "for ever")):
        page.locator("input[name=w]").fill(str(w))
        assert words in settled(page).locator("[role=status]:visible").inner_text()
    page.locator("input[name=h0]").fill("0")
    assert "repels" in settled(page).locator("[role=status]:visible").inner_text()


# --- Operation -------------------------------------------------------------------------------


def test_every_control_works_by_mouse(site, visit):
    page = visit(site())
    assert not page.get_by_text("The static figure.").is_visible()
    assert not page.locator(".lags .after").is_visible()
    page.get_by_role("radio", name="LSTM").check()
    page.get_by_role("button", name="Show the curves").click()
    assert page.locator(".lags .after").is_visible() and not page.locator(".ask").is_visible()
    assert "No: it is the SimpleRNN." in settled(page).locator("[role=status]:visible").inner_text()

    for name, x, low, high in (("lag", 0.5, 48, 52), ("rho", 0.2, 0.68, 0.72), ("bias", 1, 5.9, 6)):
        slide(page, name, x)
        assert low <= float(value(page, name)) <= high
    assert value(page, "gate") == "0.998" and value(page, "half") == "280"
    box = page.locator("input[name=rho]").bounding_box()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"], box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    assert value(page, "rho") == "1.50"
    assert "may explode" in settled(page).locator("[role=status]:visible").inner_text()

    page.get_by_label("biases changed").check()
    assert "LSTM, forget bias 5" in table(page, ".after.reading")
    page.locator("summary").click()
    assert page.locator(".numbers").is_visible()
    page.get_by_role("button", name="Reset").click()
    assert [value(page, n) for n in ("lag", "rho", "bias")] == ["99", "1.00", "1.0"]

    page.locator("svg.lags").scroll_into_view_if_needed()
    plot = page.locator("svg.lags").bounding_box()
    page.mouse.move(plot["x"] + 300, plot["y"] + 200)
    page.mouse.down()
    page.mouse.move(plot["x"] + plot["width"] / 2, plot["y"] + 200, steps=3)
    page.mouse.up()
    assert 45 < int(value(page, "lag")) < 65

    page.get_by_role("tab", name="A bit held for ever").click()
    for name, x, low, high in (("w", 1, 2.4, 2.5), ("h0", 0.25, -0.6, -0.4), ("steps", 0, 1, 2)):
        slide(page, name, x)
        assert low <= shown(value(page, name)) <= high
    assert value(page, "fixed").startswith("Fixed points ±h* = ±0.98")


def test_every_control_works_by_keyboard(site, visit):
    page = visit(site())

    def focused():
        return page.evaluate(
            "(e => e.dataset.tab ?? (e.name || e.textContent.trim()))(document.activeElement)"
        )

    def press(*keys):
        for key in keys:
            page.keyboard.press(key)

    page.get_by_role("link", name="After the figure").focus()
    order = []
    while focused() != "at five":
        press("Tab")
        order.append(focused())
        ring = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
        assert page.evaluate(ring), f"no focus to be seen on {order[-1]}"
    assert order == [
        *("gradient", "guess", "Show the curves"),
        *("rows", "lag", "rho", "bias", "Reset", "the study", "at five"),
    ]
    page.get_by_label("SimpleRNN").focus()
    press("Space", "ArrowRight", "ArrowLeft", "Tab", "Enter")
    assert focused() == "lag"  # where to go on when the question is gone
    assert "You were right: " in settled(page).locator("[role=status]:visible").inner_text()
    press("ArrowLeft", "ArrowLeft")
    assert value(page, "lag") == "97"
    press("Home")
    assert value(page, "lag") == "1"
    press("Tab", "ArrowRight")
    assert value(page, "rho") == "1.01"
    press("Tab", "End")
    assert value(page, "bias") == "6.0"
    press("Tab", "Enter")
    assert value(page, "bias") == "1.0"
    press("Tab", "Tab", "Enter")
    assert page.locator(".numbers").is_visible()
    press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    page.locator("input[name=rows]").first.focus()
    press("ArrowRight")
    assert "GRU, update bias 2" in table(page, ".after.reading")

    page.get_by_role("tab", name="Gradient").focus()
    for key, tab in (
        *(("ArrowRight", "latch"), ("ArrowRight", "gradient"), ("ArrowLeft", "latch")),
        *(("Home", "gradient"), ("End", "latch")),
    ):
        press(key)
        assert focused() == tab
        on = page.locator("[role=tab][aria-selected=true]")
        assert on.count() == 1 and on.get_attribute("data-tab") == tab
        assert page.locator("[role=tab][tabindex='0']").get_attribute("data-tab") == tab
        visible = page.locator("[role=tabpanel]:visible")
        assert visible.get_attribute("aria-labelledby") == on.get_attribute("id")
        assert on.get_attribute("aria-controls") == visible.get_attribute("id")
    press("Tab", "Home")
    assert value(page, "w") == "0.50"
    press("Tab", "ArrowLeft", "Tab", "End")
    assert value(page, "h0") == "0.80" and value(page, "steps") == "100"


def test_a_finger_moves_the_reading_line_and_the_page_scrolls(site, visit):
    page = visit(site() + "#gradient?shown=1", width=390, has_touch=True, is_mobile=True)
    picture = page.locator("svg.lags")
    assert picture.evaluate("e => getComputedStyle(e).touchAction") == "pan-y"
    box = picture.bounding_box()
    page.touchscreen.tap(box["x"] + 150, box["y"] + 100)
    assert 40 < int(value(page, "lag")) < 60
    assert page.locator("input[name=lag]").bounding_box()["height"] >= 44


def test_buttons_in_the_prose_drive_the_figure(site, visit):
    page = visit(site(figure() + figure(name="other")))
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.get_by_role("button", name="at five").click()
    assert page.locator("#gradient [data-value=bias]").inner_text() == "5.0"
    assert page.locator("#gradient .lags .after").is_visible()
    assert page.locator("#gradient svg.lags").evaluate(
        "e => e.getBoundingClientRect().bottom > 0 && e.getBoundingClientRect().top < innerHeight"
    )
    assert page.locator("#other [data-value=bias]").inner_text() == "1.0"
    page.get_by_role("button", name="a latch").press("Enter")
    assert page.locator("#gradient [data-value=w]").inner_text() == "2.00"  # and its tab is open
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_the_status_waits_until_the_reader_stops(site, visit):
    page = settled(visit(site() + "#gradient?shown=1"))
    page.evaluate(
        """() => { window.said = [];
        new MutationObserver(m => m.forEach(r => said.push(r.target.textContent)))
          .observe(document.querySelector('[role=status]'), {childList: true}) }"""
    )
    page.locator("input[name=lag]").focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    assert page.evaluate("said.length") == 0
    settled(page)
    assert page.evaluate("said.length") == 1 and "lag 91" in page.evaluate("said[0]")
    live = page.locator("rnn-gradient [aria-live], rnn-gradient output").count()
    assert live == 0  # nothing else speaks while a slider moves


# --- The address -----------------------------------------------------------------------------


def test_the_address_keeps_the_state(site, visit):
    url = site()
    page = visit(url)
    page.evaluate("document.querySelector('rnn-gradient').set({w: 2, rho: .9, bias: -1, lag: 20})")
    page.get_by_label("biases changed").check()
    address = settled(page).url
    assert address.startswith(url + "#gradient?tab=gradient&") and "rho=0.9" in address
    again = settled(visit(address))
    assert [value(again, n) for n in ("rho", "bias", "lag", "w")] == ["0.90", "−1.0", "20", "2.00"]
    assert again.locator("input[value=biases]").is_checked()
    assert again.locator(".lags .after").is_visible() and again.url == address
    assert again.locator("svg.lags").evaluate("e => e.getBoundingClientRect().top < innerHeight")


def test_anchors_and_back_work_as_ever(site, visit):
    url = site()
    page = settled(visit(url))
    assert page.url == url  # an untouched figure leaves the address alone
    before = page.evaluate("history.length")
    page.evaluate("document.querySelector('rnn-gradient').set({rho: .9})")
    page.evaluate("document.querySelector('rnn-gradient').set({rho: .8})")
    settled(page)
    assert page.evaluate("history.length") == before
    page.get_by_role("link", name="After the figure").click()
    assert page.url == url + "#after" and value(page, "rho") == "0.80"
    page.go_back()
    assert "rho=0.8" in page.url and value(page, "rho") == "0.80"
    page.evaluate("location.hash = '#gradient?rho=1.2'")
    page.wait_for_function(
        "() => document.querySelector('[data-value=rho]').textContent === '1.20'"
    )


@pytest.mark.parametrize(
    "state", ["%", "gradient?%=%&rho=x&lag=&nothing=1&rows=none&tab=no", "other?rho=.7", "?"]
)
def test_an_address_that_says_nothing_changes_nothing(site, visit, state):
    page = settled(visit(site() + "#" + state))
    assert [value(page, n) for n in ("lag", "rho", "bias")] == ["99", "1.00", "1.0"]
    assert page.locator("[aria-selected=true]").get_attribute("data-tab") == "gradient"


def test_values_beyond_the_ends_stop_there(site, visit):
    page = visit(site() + "#gradient?rho=99&bias=-99&lag=1e9&steps=3.4")
    assert [value(page, n) for n in ("rho", "bias", "lag")] == ["1.50", "−1.0", "99"]


# --- Everybody, everywhere -------------------------------------------------------------------


def test_without_javascript_the_twin_stands(site, visit):
    page = visit(site(), java_script_enabled=False)
    assert page.get_by_text("The static figure.").is_visible()
    assert page.locator("rnn-gradient").inner_text().strip() == "The static figure."


def test_a_figure_that_fails_keeps_its_twin(site, visit):
    page = visit(site(figure("{not json")), expected=("JSON",))
    assert page.get_by_text("The static figure.").is_visible()


@pytest.mark.parametrize(
    "keys",
    [
        [],
        ["keras-lstm"],
        ["keras-gru", "keras-lstm"],
        ["keras-lstm-b0", "keras-lstm-b5"],
        ["torch-lstm", "keras-gru-scaled"],
    ],
)
def test_some_of_the_curves_are_enough(site, visit, keys):
    data = {
        "study": "05a-x",
        "seeds": 3,
        "curves": {k: CURVES.get(k, CURVES["keras-gru"]) for k in keys},
    }
    page = visit(site(figure(data)))
    asked = len(keys) == 2 and "keras-gru" in keys
    assert page.locator(".ask").is_visible() == asked
    page.locator("input[name=bias]").fill("2")
    assert page.locator("svg.lags .after > svg").count() == len(keys) + 2
    assert page.locator(".after.reading tbody tr").count() == len(keys) + 2
    assert (
        page.get_by_role("link", name="the study").get_attribute("href")
        == "../notebooks/studies/05a-x.html"
    )


def test_names_are_text_not_markup(site, visit):
    data = {"curves": {"x": CURVES["keras-gru"]}, "labels": {"x": "<img src=x onerror=alert(1)>"}}
    page = visit(site(figure(data)))
    assert "<img" in page.locator(".after.reading").inner_text()
    assert page.locator("rnn-gradient img").count() == 0


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("light", 320)])
def test_axe_finds_nothing_whatever_is_open(site, visit, axe, scheme, width):
    page = visit(site(), width=width, color_scheme=scheme)
    assert violations(page, axe) == []
    opened(page)
    page.get_by_label("biases changed").check()
    page.locator("input[name=lag]").fill("50")
    page.get_by_role("button", name="at five").click()
    page.get_by_role("tab", name="Gradient").hover()
    assert violations(settled(page), axe) == []
    assert fits(page) == []
    page.get_by_role("tab", name="A bit held").click()
    page.locator("input[name=w]").fill("0.8")
    assert violations(settled(page), axe) == []
    assert fits(page) == []


def test_a_picture_that_does_not_fit_is_seen(site, visit):
    page = visit(site(edit={"right: 92": "right: 30"}) + "#gradient?shown=1", width=320)
    page.add_style_tag(content="rnn-gradient text { font-size: 11px !important }")
    page.add_style_tag(content="rnn-gradient .button { min-height: 0 !important; height: 20px }")
    found = " ".join(fits(page))
    assert "cut: SimpleRNN" in found and "small:" in found and "target:" in found


@pytest.mark.parametrize(
    ("scheme", "theme", "background"),
    [
        ("light", "auto", "rgb(255, 255, 255)"),
        ("dark", "auto", "rgb(19, 20, 22)"),
        ("dark", "light", "rgb(255, 255, 255)"),
        ("light", "dark", "rgb(19, 20, 22)"),
    ],
)
def test_the_colours_follow_the_reader_and_the_theme(site, visit, scheme, theme, background):
    page = visit(site(theme=theme), color_scheme=scheme)
    style = "e => getComputedStyle(e).backgroundColor"
    assert page.locator("rnn-gradient").evaluate(style) == background
    page.emulate_media(media="print", color_scheme="light")  # as a printer asks for it
    assert page.locator("rnn-gradient").evaluate(style) == "rgb(255, 255, 255)"


def test_the_page_may_set_the_colours(site, visit):
    page = visit(site() + "#gradient?shown=1")
    page.add_style_tag(content="body { --rnn-lstm: rgb(1, 2, 3) }")
    stroke = page.locator(".lags svg.lstm .line").evaluate("e => getComputedStyle(e).stroke")
    assert stroke == "rgb(1, 2, 3)"


def test_nothing_moves_by_itself(site, visit):
    page = opened(visit(site(), reduced_motion="reduce"))
    page.get_by_role("button", name="at five").click()
    page.get_by_role("tab", name="A bit held").click()
    assert page.evaluate("document.getAnimations({subtree: true}).length") == 0


def test_a_curve_is_told_by_more_than_its_colour(site, visit):
    page = visit(site() + "#gradient?rows=biases")
    looks = page.evaluate(
        """[...document.querySelectorAll('.lags .after > svg')].map(e => {
        const line = e.querySelector('.line'), marker = e.querySelector('.marker');
        const first = marker.getAttribute('d').split(/(?!^)M/)[0];
        const dash = getComputedStyle(line).strokeDasharray, fill = getComputedStyle(marker).fill;
        return [dash, fill, first.replace(/M[\\d.]+ [\\d.]+/, '')].join();
      })"""
    )
    assert len(looks) == 7 == len(set(looks))


def test_print_shows_the_curves_as_they_are_set_and_the_numbers(site, visit):
    page = settled(visit(site() + "#gradient?rho=0.9&lag=20"))
    page.emulate_media(media="print")
    for name in ("svg.lags", "svg.state", ".numbers td >> nth=0"):
        assert page.locator(name).is_visible(), name
    for name in ("[role=tablist]", ".ask", "input[name=rho]", "button.reset >> nth=0", "summary"):
        assert not page.locator(name).is_visible(), name
    text = page.locator("rnn-gradient").inner_text().replace("\u00a0", " ")
    assert "ρ = 0.90" in text and "At lag 20" in text and "w = 1.50" in text
    height = page.locator("details").bounding_box()["height"]
    assert height > page.locator(".numbers").bounding_box()["height"] - 1 > 100
    assert len(page.pdf()) > 10_000


def test_an_unanswered_question_is_not_printed(site, visit):
    page = visit(site())
    page.emulate_media(media="print")
    assert page.locator(".lags .after").is_visible() and not page.locator(".ask").is_visible()


def test_the_page_does_not_jump(site, visit):
    """The area kept by the page's own style is enough: nothing shifts when the module arrives."""
    for width in (1280, 390):
        page = visit("about:blank", width=width)
        page.add_init_script(
            """window.shift = 0;
            const add = e => { if (!e.hadRecentInput) shift += e.value };
            new PerformanceObserver(list => list.getEntries().forEach(add))
              .observe({type: 'layout-shift'})"""
        )
        page.goto(site())
        settled(page)
        assert page.evaluate("shift") < 0.01
        page.get_by_role("tab", name="A bit held").click()  # from now on it is as high as it is
        assert page.locator("rnn-gradient").evaluate("e => getComputedStyle(e).minHeight") == "0px"


def test_the_figure_is_drawn_anew_at_another_width(site, visit):
    page = visit(site() + "#gradient?shown=1")
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_function("() => document.querySelector('svg.lags').viewBox.baseVal.width < 300")
    assert fits(page) == []


def test_a_figure_that_is_moved_still_works_once(site, visit):
    page = visit(site())
    page.evaluate("document.querySelector('main').prepend(document.querySelector('rnn-gradient'))")
    page.get_by_role("button", name="at five").click()
    assert value(page, "bias") == "5.0"
    assert page.locator("[role=tablist]").count() == 1


def test_the_figure_is_light():
    modules = [FOLDER / "explorer.mjs", FOLDER / "gradient.mjs"]
    assert max(m.stat().st_size for m in modules) <= SOURCE_BYTES
    wire = sum(len(gzip.compress(m.read_bytes(), 6)) for m in modules)
    assert wire + len(gzip.compress(json.dumps(FIXTURE).encode(), 6)) <= BYTES
