"""Small templates rendered again and again, against chevron and pystache, the Mustache of Python."""

import html
import json
import os
import statistics
import subprocess
import time

import chevron
import pystache

from measure import Failed, say
from report import Row

TEMPLATE = """<h1>Dear {{firstName}} {{lastName}}</h1>
<p>We meet {{#city}}in {{city}}{{/city}}{{^city}}online{{/city}}: {{#tags}}<b>{{.}}</b> {{/tags}}</p>
<p><a href="https://grace.example/?to={{id}}">More</a></p>
"""
DATA = {"firstName": "Ada", "lastName": "O'Brien & <Sons>", "city": "Lagos", "id": "4711", "tags": ["choir", "youth"]}
TIMES = {"ours": 1_000_000, "chevron": 5_000, "pystache": 5_000}


def ours(program):
    command = [program, TEMPLATE, json.dumps(DATA), str(TIMES["ours"])]
    seconds, text = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n", 1)
    return TIMES["ours"] / float(seconds), text


def peer(name, render):
    text = render()
    started = time.process_time()
    for _ in range(TIMES[name]):
        render()
    return TIMES[name] / (time.process_time() - started), text


def measure(bench):
    """Renders a second: one line for the bound, and one against each peer; all say the same text."""
    program = os.path.join(os.path.dirname(bench.binary), "rendering-benchmark")
    renderer = pystache.Renderer(escape=lambda text: html.escape(text, quote=False).replace('"', "&quot;"))
    parsed = pystache.parse(TEMPLATE)
    tokens = list(chevron.tokenizer.tokenize(TEMPLATE))
    ways = {
        "ours": lambda: ours(program),
        "chevron": lambda: peer("chevron", lambda: chevron.render(tokens, DATA)),
        "pystache": lambda: peer("pystache", lambda: renderer.render(parsed, DATA)),
    }
    rates, texts = {name: [] for name in ways}, set()
    for _ in range(5):
        for name, way in ways.items():
            rate, text = way()
            rates[name].append(rate)
            texts.add(text)
    if len(texts) != 1:
        raise Failed(f"the renderings differ: {texts}")
    rate = {name: statistics.median(found) for name, found in rates.items()}
    shown = {name: f"{value:,.0f}/s" for name, value in rate.items()}
    what = "rendering a template of 250 bytes"
    bench.rows.append(Row(what, shown["ours"], "", "", rate["ours"], 500_000, "/s", at_least=True))
    for name in ("chevron", "pystache"):
        bench.rows.append(Row(f"{what}, times faster", shown["ours"], shown[name], f"`{name}`, compiled once",
                              rate["ours"] / rate[name], 20, at_least=True))
    say("  rendering: " + ", ".join(f"{name} {figure}" for name, figure in shown.items()))
