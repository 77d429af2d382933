"""Draw the picture of a shared link, book/_static/card.png: `python -m tools.card`.

The book must be built: it has the fonts. The picture shows the mark, the name and
the drawing of the LSTM's cell.
"""

from __future__ import annotations

import io
import re
import sys
import threading

from PIL import Image

from tools import browser, notebooks, serve

CARD = notebooks.ROOT / "book" / "_static" / "card.png"
SIZE = {"width": 1200, "height": 630}  # what sites that show links ask for
COLOURS = 48
PAGE = """<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="_static/book.css">
<link rel="stylesheet" href="_static/katex/katex.min.css"><style>
body {{ --rnn-lstm: #0b4f9e; --rnn-simplernn: #b8480b; --font-stack--ui: "Source Sans"; }}
body {{ display: grid; grid-template-columns: 31rem 1fr; align-items: center; gap: 2rem; }}
body {{ box-sizing: border-box; height: 630px; margin: 0; padding: 0 3rem; }}
body {{ font-family: "Source Sans"; }}
.brand-mark {{ width: 8rem; height: 8rem; margin-left: -.5rem; }}
b {{ display: block; font-size: 5.5rem; line-height: 1.1; }} span {{ font-size: 2.3rem; }}
</style><div>{mark}<b>Recurrent</b><span>RNN, LSTM and GRU:<br>every claim runs</span></div>
<div>{drawing}</div>"""


def draw() -> bytes:
    """The picture as a PNG."""
    brand = (notebooks.ROOT / "book/_templates/sidebar/brand.html").read_text("utf-8")
    drawing = (notebooks.ROOT / "book/_drawings/06-lstm-4.svg").read_text("utf-8")
    page_text = PAGE.format(mark=re.search(r"(?s)<svg.*?</svg>", brand).group(), drawing=drawing)
    server = serve.open_server(serve.SITE, 8100)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with browser.running(browser.get()) as chromium:
        if chromium is None:
            sys.exit(f"The picture is not drawn: {browser.NONE}")
        page = chromium.new_page(viewport=SIZE)
        told = {"body": page_text, "content_type": "text/html"}
        page.route("**/card.html", lambda route: route.fulfill(**told))
        page.goto(f"http://127.0.0.1:{server.server_port}/card.html", wait_until="networkidle")
        shot = page.screenshot()
    server.shutdown()
    picture = io.BytesIO()
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS).save(
        picture, "PNG", optimize=True
    )
    return picture.getvalue()


if __name__ == "__main__":
    CARD.write_bytes(draw())
    print(f"{CARD.relative_to(notebooks.ROOT)}: {CARD.stat().st_size} bytes")
