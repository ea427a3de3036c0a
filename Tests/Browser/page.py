#!/usr/bin/env python3
"""Opens a page in a headless Chromium and prints as JSON what a reader would stumble over.

page.py FILE.html [FOLDER]    FOLDER: where to put pictures of it (light, dark, narrow, wide) and its print as PDF

The browser is driven over a pair of pipes (Chrome DevTools Protocol, --remote-debugging-pipe): no port is opened.
"""

import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile

BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]

# Every text that is to be seen, with its colour and what lies behind it (WCAG 2.2, 1.4.3); what reaches out of its
# panel; what a picture lacks.
CHECK = r"""
(() => {
  const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parse = text => (text.match(/[\d.]+/g) || []).map(Number);
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const color = parse(getComputedStyle(e).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const ratio = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const seen = element => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return box.width > 1 && box.height > 1 && style.visibility !== "hidden" && style.display !== "none";
  };
  const faint = [], outside = [];
  let texts = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || /^(title|desc|style|script)$/.test(element.localName) || !seen(element)) continue;
    texts++;
    const style = getComputedStyle(element);
    const inDrawing = element.namespaceURI.endsWith("svg");
    const contrast = ratio(parse(inDrawing ? style.fill : style.color), behind(element));
    if (contrast < 4.5) faint.push([node.data.trim().slice(0, 40), Math.round(contrast * 100) / 100]);
    const scrolls = element.closest(".scroll");
    const panel = element.closest(".panel, section, header, footer") || document.body;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect(), frame = panel.getBoundingClientRect();
    if (!scrolls && (box.left < frame.left - 1 || box.right > frame.right + 1))
      outside.push([node.data.trim().slice(0, 40), Math.round(box.left - frame.left), Math.round(box.right - frame.right)]);
  }
  const overlaps = [];
  for (const chart of document.querySelectorAll("svg[role=img]")) {
    const boxes = [...chart.querySelectorAll("text")].filter(seen).map(t => [t.getBoundingClientRect(), t.textContent]);
    for (let i = 0; i < boxes.length; i++) for (let j = 0; j < i; j++) {
      const [a, b] = [boxes[i][0], boxes[j][0]];
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
        overlaps.push([boxes[j][1].slice(0, 30), boxes[i][1].slice(0, 30)]);
    }
  }
  const charts = [...document.querySelectorAll("svg[role=img]")];
  const named = chart => (chart.getAttribute("aria-labelledby") || "").split(" ")
    .every(id => (document.getElementById(id) || {textContent: ""}).textContent.trim());
  return {
    texts, faint, outside, overlaps,
    overflow: document.documentElement.scrollWidth - innerWidth,
    charts: charts.length,
    unnamed: charts.filter(chart => !named(chart)).length,
    withoutTable: charts.filter(chart => !chart.closest("figure").querySelector("details table tbody td")).length,
    untitled: [...document.querySelectorAll("svg")].filter(svg => !svg.querySelector(":scope > title")).length,
    scripts: document.scripts.length,
    handlers: [...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => a.name.startsWith("on"))).length,
    ids: (() => { const ids = [...document.querySelectorAll("[id]")].map(e => e.id); return ids.length - new Set(ids).size; })(),
    alerted: typeof globalThis.hacked !== "undefined",
    title: document.title,
  };
})()
"""


class Browser:
    """One browser with one tab, which ends with the block."""

    def __init__(self, folder):
        for name in BROWSERS:
            program = next((p for p in (f"{d}/{name}" for d in os.environ["PATH"].split(":")) if os.access(p, os.X_OK)), None)
            if program:
                break
        else:
            sys.exit("no Chromium is installed")
        commands, self.commands = os.pipe()
        self.answers, answers = os.pipe()

        def descriptors():
            # Copies first, that none of the two is overwritten before it is copied.
            first, second = os.dup(commands), os.dup(answers)
            os.dup2(first, 3)
            os.dup2(second, 4)

        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
             f"--user-data-dir={folder}", "--remote-debugging-pipe", "about:blank"],
            preexec_fn=descriptors, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(commands)
        os.close(answers)
        self.buffer = b""
        self.number = 0
        self.events = []
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def read(self):
        while b"\0" not in self.buffer:
            part = os.read(self.answers, 1 << 16)
            if not part:
                sys.exit("the browser has ended")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, event):
        while not any(e.get("method") == event for e in self.events):
            self.events.append(self.read())


def main():
    url = pathlib.Path(sys.argv[1]).resolve().as_uri()
    pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    report = {"views": {}}
    with tempfile.TemporaryDirectory() as folder, Browser(folder) as browser:
        for domain in ["Page", "Runtime", "Log", "Network"]:
            browser.call(f"{domain}.enable")
        for scheme in ["light", "dark"]:
            for width in [360, 1280]:
                browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1,
                             mobile=False)
                browser.call("Emulation.setEmulatedMedia", media="screen",
                             features=[{"name": "prefers-color-scheme", "value": scheme}])
                browser.events = [e for e in browser.events if e.get("method") != "Page.loadEventFired"]
                browser.call("Page.navigate", url=url)
                browser.wait("Page.loadEventFired")
                # The tables behind the charts are read as well.
                for state in ["closed", "open"]:
                    if state == "open":
                        browser.call("Runtime.evaluate", expression=
                                     "document.querySelectorAll('details').forEach(d => d.open = true)")
                    result = browser.call("Runtime.evaluate", expression=CHECK, returnByValue=True)
                    if "exceptionDetails" in result:
                        sys.exit(str(result["exceptionDetails"]))
                    report["views"][f"{scheme} {width} {state}"] = result["result"]["value"]
                    if pictures and state == "closed":
                        size = browser.call("Page.getLayoutMetrics")["cssContentSize"]
                        clip = {"x": 0, "y": 0, "width": width, "height": size["height"], "scale": 1}
                        image = browser.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
                        (pictures / f"{scheme}-{width}.png").write_bytes(base64.b64decode(image["data"]))
        browser.call("Emulation.setEmulatedMedia", media="", features=[])
        pdf = base64.b64decode(browser.call("Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27,
                                            paperHeight=11.69, printBackground=False)["data"])
        if pictures:
            (pictures / "print.pdf").write_bytes(pdf)
        report["pages"] = pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ")
        console = [e["params"] for e in browser.events
                   if e.get("method") in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")]
        report["console"] = [json.dumps(c)[:500] for c in console]
        requests = [e["params"]["request"]["url"] for e in browser.events
                    if e.get("method") == "Network.requestWillBeSent"]
        report["requests"] = [r for r in requests if r != url and not r.startswith("data:")]
    print(json.dumps(report))


main()
