"""The demo as a user runs it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from aggregator.archive import iter_responses

ROOT = Path(__file__).parent.parent.parent


def demo(cwd, *options):
    return subprocess.run(
        [sys.executable, "-c", "from aggregator.cli import main; main()", "demo", *options],
        cwd=cwd, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=170, check=False,
    )  # fmt: skip


def test_the_demo_comes_out_as_labelled(tmp_path):
    begun = time.monotonic()
    done = demo(tmp_path)
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - begun < 120  # under a minute where nothing else runs
    assert " films, " in done.stdout
    assert "warning: a crawl of the public web needs a contact" in done.stderr
    assert done.stderr.strip().splitlines()[-1].endswith(" reviews")
    data = tmp_path / "demo-data"
    films = json.loads((data / "export" / "films.json").read_text(encoding="utf-8"))["films"]
    assert films
    assert (data / "export" / "reviews.jsonl").read_text(encoding="utf-8").count("\n") >= 20
    origins = [f"http://127.0.0.1:{port}/" for port in json.loads((data / "demo.json").read_text())["ports"].values()]
    for page in iter_responses(data / "archive"):
        assert page.final_url.startswith(tuple(origins))
    assert "pages kept out by robots.txt or noindex, 0 pages failed, " in done.stdout
    assert "links to pages that the made-up sites do not have" in done.stdout
    again = demo(tmp_path)
    assert again.returncode == 0, again.stderr
    assert "0 pages read (0 new, 0 updated)" in again.stderr
    assert again.stdout.splitlines()[:14] == done.stdout.splitlines()[:14]


def test_a_port_in_use_is_one_clear_line(tmp_path):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = demo(tmp_path, "--port", str(min(port, 65000)))
    if port <= 65000:
        assert done.returncode == 2
        (line,) = done.stderr.strip().splitlines()
        assert f"port {port} is in use" in line
    assert not (tmp_path / "demo-data").exists() or port > 65000
