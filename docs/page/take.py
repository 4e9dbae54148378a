"""Takes the pictures of the page that the documentation shows: each view of both landscapes, and answers, in all looks.

PYTHONPATH=tests python docs/page/take.py
"""

from __future__ import annotations

import base64
import struct
import tempfile
import zlib
from pathlib import Path

import numpy as np
from browser.install import ADVICE, find
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page, sync_playwright

import kg

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SIZE = {"width": 1280, "height": 800}
LANDSCAPES = {"china-2017": ROOT / "graphs" / "china-2017", "world": ROOT / "graphs"}
VIEWS = {
    "matrix": "view=matrix",
    "network": "view=network",
    "unfolded": "view=network&unfolded={0}&chosen=thing,{0}",
    "columns": "view=columns",
    "timeline": "view=timeline",
}
"""What stands in the address for each picture; what is unfolded is one of a landscape's own."""
NEAR = {"world": "view=network&seen=1.60,ant-financial,-60,-20"}
"""Where one has come near, in a landscape of which not all lines say what they are about."""
UNFOLDED = {"china-2017": "abc", "world": "google"}
LOOKS = (("light", "en"), ("dark", "zh"), ("light", "zh"), ("dark", "en"))
ANSWERS = {
    "china-2017": {
        "rows": """# en: Who works on payments with whom, and since when?
# zh: 谁与谁合作支付，始于何时？
SELECT ?bank ?on ?firm ?since {
  ?deal kg:bankParty ?bank ; kg:techParty ?firm ; kg:covers ?on . ?on skos:broader id:payments
  OPTIONAL { ?deal kg:announcedEarliest ?since } }""",
    },
    "world": {
        "rows": """# en: Which bank works with which firm on what?
# zh: 哪家银行与哪家公司合作什么？
SELECT ?bank ?on ?firm { ?deal kg:bankParty ?bank ; kg:techParty ?firm ; kg:covers ?on }""",
        "triples": """# en: Which bank partners with which firm?
# zh: 哪家银行与哪家公司合作？
CONSTRUCT { ?bank kg:partnersWith ?firm } WHERE { ?bank kg:partnersWith ?firm . ?bank a kg:Bank }""",
    },
}
"""What is asked of a landscape, for the pages of answers."""
COVER = "view=matrix&theme=light&lang=en&chosen=pair,ccb,alibaba"
"""What the README begins with."""
COLOURS = 256
PIXELS = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes])), canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, image.width, image.height);
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.readAsDataURL(new Blob([data]));
  });
}"""


def main() -> None:
    """Build both landscapes and write a picture of each view in each look beside this file."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        program = find()
        if program is None:
            raise SystemExit(ADVICE)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for name, tables in LANDSCAPES.items():
            file = Path(folder) / f"{name}.html"
            landscape = kg.build_landscape([tables], Path(folder) / name)
            landscape.page().write(file)
            for view, address in {**VIEWS, **({"near": NEAR[name]} if name in NEAR else {})}.items():
                for theme, language in LOOKS:
                    at = f"{address.format(UNFOLDED[name])}&theme={theme}&lang={language}"
                    (HERE / f"{name}-{view}-{theme}-{language}.png").write_bytes(taken(browser, file, at))
            for answer, query in ANSWERS[name].items():
                landscape.page(query=query).write(file.with_name(f"{name}-{answer}.html"))
                for theme, language in LOOKS:
                    shot = taken(browser, file.with_name(f"{name}-{answer}.html"), f"theme={theme}&lang={language}")
                    (HERE / f"{name}-{answer}-{theme}-{language}.png").write_bytes(shot)
        (HERE.parent / "page.png").write_bytes(taken(browser, Path(folder) / "china-2017.html", COVER))
        browser.close()


def taken(browser: Browser, file: Path, at: str) -> bytes:
    """The page at an address as a PNG of few colours."""
    page = browser.new_page(viewport=SIZE, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(f"{file.as_uri()}#{at}")
    page.wait_for_function("window.kgPage?.ready")
    page.wait_for_timeout(300)
    shot = page.screenshot()
    page.goto("about:blank")
    pixels = pixels_of(page, shot)
    page.close()
    return written(*reduced(pixels))


def pixels_of(page: Page, png: bytes) -> NDArray[np.uint8]:
    """Red, green and blue of each pixel: height by width by three."""
    raw = base64.b64decode(page.evaluate(PIXELS, base64.b64encode(png).decode()))
    return np.frombuffer(raw, np.uint8).reshape(SIZE["height"], SIZE["width"], 4)[:, :, :3]


def reduced(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Each pixel as the number of a colour, and the colours: half the most frequent, half those furthest from them.

    All others are the nearest of them, so that rare colours stay what they are (Gonzalez's farthest-first, 1985).
    """
    every, numbers, counts = np.unique(
        pixels.reshape(-1, 3).astype(np.int32) @ [65536, 256, 1], return_inverse=True, return_counts=True
    )
    split = np.stack([every >> 16, every >> 8 & 255, every & 255], axis=1)
    kept = list(np.argsort(-counts, kind="stable")[: COLOURS // 2])
    away = np.min([((split - split[one]) ** 2).sum(axis=1) for one in kept], axis=0)
    while len(kept) < min(COLOURS, len(every)):
        kept.append(away.argmax())
        away = np.minimum(away, ((split - split[kept[-1]]) ** 2).sum(axis=1))
    nearest = np.array([((split[kept] - colour) ** 2).sum(axis=1).argmin() for colour in split], np.uint8)
    return nearest[numbers].reshape(pixels.shape[:2]), split[kept].astype(np.uint8)


def written(numbers: NDArray[np.uint8], colours: NDArray[np.uint8]) -> bytes:
    """A PNG with a palette (ISO/IEC 15948)."""
    height, width = numbers.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), numbers], axis=1).tobytes()
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", colours.tobytes()),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


if __name__ == "__main__":
    main()
