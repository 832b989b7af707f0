"""Who may speak to the page, its files, and its restart."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

import pytest
from yarl import URL

from slack_sandbox import PATIENCE, SlackSandbox
from slack_sandbox.page import page

from .page_browser import STATIC, Scene, scene_of, served


class TestWhoMaySpeakToThePage:
    @pytest.mark.parametrize(
        "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "[::2]", ""]
    )
    async def test_a_foreign_name_is_refused(self, scene: Scene, host: str) -> None:
        for path in ("", "events", "static/main.js"):
            async with scene.http.get(scene.address + path, headers={"Host": host}) as response:
                assert response.status == 421

    @pytest.mark.parametrize(
        "host", ["127.0.0.1:1", "localhost", "LOCALHOST:9", "[::1]:80", "sandbox.test"]
    )
    async def test_names_of_loopback_and_the_configured_one_are_served(
        self, scene: Scene, host: str
    ) -> None:
        async with scene.http.get(scene.address, headers={"Host": host}) as response:
            assert response.status == 200

    @pytest.mark.parametrize(
        "origin", ["https://evil.example", "null", "http://localhost:1", "file://"]
    )
    async def test_a_foreign_origin_can_do_nothing(self, scene: Scene, origin: str) -> None:
        browser = await scene.browser()
        async with browser.post(
            "say", {"channel": scene.support, "text": "x"}, Origin=origin
        ) as response:
            assert response.status == 403
        async with scene.http.get(f"{scene.address}events", headers={"Origin": origin}) as response:
            assert response.status == 403
        assert scene.ws.messages(scene.support) == []

    async def test_its_own_origin_is_accepted(self, scene: Scene) -> None:
        browser = await scene.browser()
        own = {"Origin": scene.address.rstrip("/")}
        async with browser.post("say", {"channel": scene.support, "text": "x"}, **own) as response:
            assert (await response.json())["ok"] is True

    @pytest.mark.parametrize("token", ["", "wrong", "é"])
    async def test_nothing_is_done_without_the_token(self, scene: Scene, token: str) -> None:
        browser = await scene.browser()
        async with browser.post(
            "say", {"channel": scene.support, "text": "x"}, **{"X-Page-Token": token}
        ) as response:
            assert response.status == 403
            assert "Load it again" in (await response.json())["words"]
        assert scene.ws.messages(scene.support) == []

    async def test_other_sites_may_link_to_the_page_and_load_nothing_of_it(
        self, scene: Scene
    ) -> None:
        statuses = []
        for path in ("", "events", "static/main.js"):
            async with scene.http.get(
                scene.address + path, headers={"Sec-Fetch-Site": "cross-site"}
            ) as response:
                statuses.append(response.status)
        assert statuses == [200, 403, 403]

    async def test_a_get_request_changes_nothing(self, scene: Scene) -> None:
        async with scene.http.get(f"{scene.address}do/home?user={scene.hana}") as response:
            assert response.status == 405

    async def test_every_answer_forbids_foreign_scripts(self, scene: Scene) -> None:
        for path in ("", "static/main.js", "events", "nowhere", "traffic/1"):
            async with scene.http.get(scene.address + path) as response:
                policy = response.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "unsafe" not in policy
                assert response.headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize(
        "path", ["static/../site.py", "static/..%2Fsite.py", "static/site.py", "static/"]
    )
    async def test_only_the_pages_files_are_served(self, scene: Scene, path: str) -> None:
        async with scene.http.get(URL(scene.address + path, encoded=True)) as response:
            assert response.status == 404


class TestTheFiles:
    def test_make_nodes_of_text_and_never_markup(self) -> None:
        forbidden = re.compile(
            r"innerHTML|insertAdjacentHTML|outerHTML\s*=|document\.write|\beval\(|new Function|srcdoc"
        )
        for path in STATIC.glob("*.js"):
            assert forbidden.findall(path.read_text()) == [], path.name

    def test_hold_nothing_inline_and_nothing_from_elsewhere(self) -> None:
        index = (STATIC / "index.html").read_text()
        assert re.findall(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", index) == []
        for path in STATIC.iterdir():
            assert set(re.findall(r"https?://[\w.]+", path.read_text())) <= {"http://www.w3.org"}, (
                path.name
            )

    async def test_are_all_there(self, scene: Scene) -> None:
        wanted = set(re.findall(r'"/(static/[^"]+)"', (STATIC / "index.html").read_text()))
        for path in STATIC.glob("*.js"):
            wanted |= {
                f"static/{name}" for name in re.findall(r'from "\./([^"]+)"', path.read_text())
            }
        assert len(wanted) > 15
        for path in wanted:
            async with scene.http.get(scene.address + path) as response:
                assert response.status == 200, path


class TestARestart:
    async def test_ends_streams_at_once_and_old_pages_get_the_new_token(
        self, ws: SlackSandbox
    ) -> None:
        scene = scene_of(ws)
        async with asyncio.timeout(PATIENCE), served(scene):
            browser, old = await scene.browser(), scene.address
            stream = await scene.http.get(f"{scene.address}events")
            port = int(scene.address.rstrip("/").rpartition(":")[2])
        stream.close()
        async with served(scene, port):
            assert scene.address == old
            now = await scene.browser()
            assert now.token != browser.token
            browser.http = scene.http
            async with browser.post("home", {}) as response:
                assert response.status == 403
            assert now.hello["version"] == browser.hello["version"]

    async def test_needs_somebody_to_act_as(self, ws: SlackSandbox) -> None:
        with pytest.raises(ValueError, match="act as"):
            async with page(ws, replace(scene_of(ws).setup, people=())):
                pass
