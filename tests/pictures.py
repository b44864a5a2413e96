#!/usr/bin/env python3
"""Takes the pictures of the README from the real program.

    cargo build --release && python3 tests/pictures.py [target/release/whybuy]

Needed: tmux, chromium, a font that draws Chinese at twice the width of Latin (fonts-noto-cjk). Nothing is drawn by hand:
keys go into a terminal, its cells come out, the browser makes a picture of them.
"""

import html
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/release/whybuy").resolve()
OUT = ROOT / "assets/pictures"
COLOURS = {31: "#f28b82", 32: "#8fd18f", 33: "#e5c07b", 36: "#7fc8d8"}

# Name, language, arguments, columns, rows, keys: a string is typed, "<Key>" is pressed.
SCENES = [
    ("home-zh", "zh", [], 92, 28, []),
    ("talk-en", "en", ["play", "bottle-of-water", "--seed", "3"], 92, 28,
     ["<Right>", "<Right>", "<Right>", "<Enter>", "<Enter>", "2"]),
    ("debrief-zh", "zh", ["play", "fit-out-hardware"], 92, 30, ["finished"]),
    ("progress-zh", "zh", [], 92, 34, ["p"]),
    ("cards-en", "en", [], 92, 24, ["d", "2"]),
]


# A server of tmux that is ending still holds its socket: each picture gets one of its own.
SERVER = ["-L", "whybuy-pictures"]


def tmux(*arguments):
    return subprocess.run(["tmux", *SERVER, *arguments], check=True, capture_output=True, text=True).stdout


def settled():
    """Waits until the screen has stood still for a moment; what stands on it, with colours."""
    before, still, deadline = None, 0, time.time() + 20
    while still < 4 and time.time() < deadline:
        time.sleep(0.15)
        now = tmux("capture-pane", "-p", "-e", "-t", "picture")
        still = still + 1 if now == before and now.strip() else 0
        before = now
    return before


def shot(name, language, arguments, columns, rows, keys, data):
    command = [str(BINARY), "--data", str(data), "--lang", language, *arguments]
    SERVER[1] = f"whybuy-{os.getpid()}-{name}"
    tmux("new-session", "-d", "-s", "picture", "-x", str(columns), "-y", str(rows), *command)
    try:
        settled()
        for key in keys:
            tmux("send-keys", "-t", "picture", *([key[1:-1]] if key.startswith("<") else ["-l", key]))
            settled()
        page(name, settled(), columns, rows)
    finally:
        tmux("kill-server")


def spans(line):
    """A line with escape codes as HTML; only what the program's few styles use."""
    out, style = [], {}
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        code = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
        if not code:
            if part:
                css = []
                fore, back = style.get("fore", "#d7dae0"), "#1d2026"
                if style.get("reverse"):
                    fore, back = back, fore
                    css.append(f"background:{back}")
                css.append(f"color:{fore}")
                css += ["font-weight:700"] * bool(style.get("bold")) + ["opacity:.62"] * bool(style.get("dim"))
                out.append(f'<span style="{";".join(css)}">{html.escape(part)}</span>')
            continue
        # A colour of the palette comes as 38;5;N.
        for number in [int(n or 0) for n in re.sub(r"38;5;(\d)\b", r"3\1", code[1]).split(";")]:
            if number == 0:
                style = {}
            elif number in COLOURS:
                style["fore"] = COLOURS[number]
            elif number == 39:
                style.pop("fore", None)
            elif number in (1, 2, 7):
                style[{1: "bold", 2: "dim", 7: "reverse"}[number]] = True
            elif number in (22, 27):
                for key in ("bold", "dim") if number == 22 else ("reverse",):
                    style.pop(key, None)
    return "".join(out)


def page(name, screen, columns, rows):
    lines = "\n".join(spans(line) for line in screen.rstrip("\n").split("\n"))
    # 8 by 17 is the cell of this font at 16 pixels: a Chinese character takes two.
    width, height = columns * 8 + 32, rows * 21 + 28
    text = (f'<meta charset="utf-8"><style>body{{margin:0;background:#1d2026}}pre{{margin:14px 16px;'
            f'font:16px/21px "Noto Sans Mono CJK SC",monospace}}</style><pre>{lines}</pre>')
    picture(name, text, width, height)


def picture(name, text, width, height):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(text, encoding="utf-8")
        OUT.mkdir(exist_ok=True)
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
             f"--window-size={width},{height}", f"--screenshot={OUT / (name + '.png')}", source.as_uri()],
            check=True, capture_output=True)
    print(OUT / (name + ".png"))


def play(data, language, scenario, seed):
    """Plays the deal of the fixture to its end, so that there is something to look back on."""
    fixture = (ROOT / f"tests/fixtures/strong-{language}.txt").read_bytes()
    command = [str(BINARY), "--data", str(data), "--lang", language, "play", scenario, "--seed", str(seed), "--plain"]
    subprocess.run(command, input=fixture, capture_output=True, check=True, timeout=120)


def main():
    os.environ.pop("NO_COLOR", None)
    os.environ["TERM"] = "xterm-256color"
    with tempfile.TemporaryDirectory() as folder:
        fresh, used = Path(folder) / "fresh", Path(folder) / "used"
        for seed in (7, 7, 8, 9):
            play(used, "zh", "fit-out-hardware", seed)
        for name, language, arguments, columns, rows, keys in SCENES:
            data = used if name.startswith(("debrief", "progress")) else fresh
            if keys == ["finished"]:
                # The newest finished deal is the last row of the home screen.
                arguments, keys = [], ["<Down>"] * 40 + ["<Enter>"]
            shot(name, language, arguments, columns, rows, keys, data)
        first = sorted(used.glob("sessions/*.jsonl"))[0].stem
        exported = subprocess.run(
            [str(BINARY), "--data", str(used), "--lang", "zh", "export", first, "--as", "html"],
            capture_output=True, check=True, text=True).stdout
        picture("report-zh", exported, 760, 980)


main()
