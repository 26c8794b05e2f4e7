"""No server, no secure connection, no room to write: told in one line, before anything is asked in vain."""

from __future__ import annotations

import os
import re
import ssl
from itertools import count

import httpx
import pytest
from chat import Play, always, chat_server
from readings import LANES, good

from kg.errors import UserError

NOWHERE = "http://127.0.0.1:1/v1"


def test_no_server_ends_the_run_with_one_line(ask):
    done = ask(NOWHERE)
    assert done.err.splitlines()[-1] == "kg: http://127.0.0.1:1/v1/chat/completions: no connection to a server there"


def test_a_server_that_answers_nobody_ends_the_run(pages, quick):
    for number in range(20):
        (pages / f"more{number}.txt").write_text(LANES.replace("60", f"{number + 20}"), encoding="utf-8")
    with chat_server(always(Play(raw=b"<html>", status=500))) as server:
        with pytest.raises(UserError, match="10 requests one after another failed, the last: the server answers 500"):
            quick(server, retries=1)
        assert len(server.asked) == 20
    turn = count()
    with chat_server(lambda asked: good(asked) if next(turn) % 3 == 0 else Play(raw=b"", status=500)) as server:
        assert len(quick(server, retries=0).failed) == 14  # one of three is answered: it goes on


def test_an_address_without_a_server_is_tried_once(monkeypatch, quick):
    tried = count()
    post = httpx.AsyncClient.stream
    monkeypatch.setattr(httpx.AsyncClient, "stream", lambda *given, **more: next(tried) >= 0 and post(*given, **more))
    with pytest.raises(UserError, match="no connection"):
        quick(NOWHERE)
    assert next(tried) == 1


def test_a_server_that_goes_away_is_waited_for(monkeypatch, quick):
    turn = count()
    post = httpx.AsyncClient.stream

    def posted(*given, **more):
        if next(turn) in {1, 2}:
            raise httpx.ConnectError("gone")
        return post(*given, **more)

    monkeypatch.setattr(httpx.AsyncClient, "stream", posted)
    with chat_server(good) as server:
        assert len(quick(server).pages) == 2


def test_an_address_without_encryption_is_told_so(ask):
    with chat_server(good) as server:
        done = ask(server.url.replace("http:", "https:"))
    assert re.search(r"^kg: https://.*: no secure connection \([a-z ]+\)$", done.err, re.MULTILINE)


def test_a_certificate_that_is_not_good_is_told_so(monkeypatch, quick):
    def posted(*_, **__):
        error = ssl.SSLCertVerificationError(1, "certificate verify failed")
        error.verify_message = "self-signed certificate"
        raise httpx.ConnectError("failed") from error

    monkeypatch.setattr(httpx.AsyncClient, "stream", posted)
    with pytest.raises(UserError, match="its certificate is not good: self-signed certificate"):
        quick(NOWHERE)


# Folders that are not ours to write to


def test_nothing_is_asked_whose_answer_cannot_be_kept(ask, tmp_path):
    (tmp_path / "cache").write_text("no folder", encoding="utf-8")
    with chat_server(good) as server:
        done = ask(server, "--cache", tmp_path / "cache" / "below")
        assert server.asked == []
    (line,) = [line for line in done.err.splitlines() if line.startswith("kg: ")]
    assert line.endswith("name a folder: --cache")


def test_a_page_without_room_for_a_sidecar_costs_itself_alone(ask, pages, monkeypatch):
    locked = pages / "locked"
    locked.mkdir()
    (pages / "lanes.txt").rename(locked / "lanes.txt")
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != locked and may(path, mode))
    with chat_server(good) as server:
        done = ask(server)
        assert len(server.asked) == 1
    assert done.status == 1
    assert "lanes.txt: a sidecar beside it cannot be written" in done.err
    assert "1 sidecars" in done.err


def test_a_sidecar_that_cannot_be_written_costs_its_page_alone(ask, pages):
    (pages / "lanes.txt.facts.json").mkdir()
    with chat_server(good) as server:
        done = ask(server)
    assert done.status == 1
    assert re.search(r"^lanes\.txt: .*lanes\.txt\.facts\.json is a folder", done.err, re.MULTILINE)
    assert "1 sidecars" in done.err
