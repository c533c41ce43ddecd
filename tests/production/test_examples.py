"""The examples in deploy/, each tried: a proxy with TLS before the production server, and the unit file."""

from __future__ import annotations

import http.client
import json
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from chains import DAY, authority, leaf, rsa_key
from conftest import ROOT
from production.served import SKILL_ID, Served, free_ports

from skill.simulator.envelope import Device, launch_envelope
from skill.web.alexa_route import MOST_BYTES

NAME = "skill.example.org"
DEPLOY = ROOT / "deploy"


def nginx(folder: Path, port: int, plain: int, behind: int) -> list[str]:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    changes = {
        "listen [::]:80;": "",
        "listen [::]:443 ssl;": "",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        f"/etc/letsencrypt/live/{NAME}/fullchain.pem": str(folder / "chain.pem"),
        f"/etc/letsencrypt/live/{NAME}/privkey.pem": str(folder / "key.pem"),
        "/var/log/nginx/bump-guide.error.log": str(folder / "error.log"),
        "127.0.0.1:5000": f"127.0.0.1:{behind}",
    }
    (folder / "site.conf").write_text(changed(text, changes), encoding="utf-8")
    paths = "\n".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; events {{}} http {{ {paths} include {folder}/site.conf; }}", encoding="utf-8"
    )
    return ["nginx", "-e", "stderr", "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, port: int, plain: int, behind: int) -> list[str]:
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    tls = f"https://{NAME}:{port} {{\n\ttls {folder}/chain.pem {folder}/key.pem"
    off = f"{{\n\tadmin off\n\thttp_port {plain}\n\tauto_https disable_redirects\n\tservers {{"
    changes = {f"\n{NAME} {{": f"\n{tls}", "{\n\tservers {": off, "127.0.0.1:5000": f"127.0.0.1:{behind}"}
    (folder / "Caddyfile").write_text(changed(text, changes), encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def changed(text: str, changes: dict[str, str]) -> str:
    for what, instead in changes.items():
        assert what in text
        text = text.replace(what, instead)
    return text


class _Connection(http.client.HTTPSConnection):
    """To this machine, by the name that the certificate is for."""

    def __init__(self, port: int, authorities: Path) -> None:
        self._tls = ssl.create_default_context(cafile=str(authorities))
        super().__init__("127.0.0.1", port, timeout=60, context=self._tls)

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        self.sock = self._tls.wrap_socket(self.sock, server_hostname=NAME)


class Proxy:
    """A proxy that listens."""

    def __init__(self, port: int, authorities: Path, served: Served) -> None:
        self._port, self._authorities, self.served = port, authorities, served

    def send(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> int:
        connection = _Connection(self._port, self._authorities)
        try:
            connection.request(method, path, body, {"Host": NAME, **(headers or {})})
            return connection.getresponse().status
        finally:
            connection.close()

    def post(self, body: bytes) -> int:
        return self.send("POST", "/", body, self.served.signing.headers(body))


@contextmanager
def running(command: list[str], proxy: Proxy, folder: Path) -> Iterator[Proxy]:
    environment = {"HOME": str(folder), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=environment)
    try:
        deadline = time.monotonic() + 60
        while True:
            assert process.poll() is None, (folder / "said").read_text(encoding="utf-8")
            assert time.monotonic() < deadline
            with suppress(OSError):
                proxy.send("GET", "/nowhere")
                break
            time.sleep(0.2)
        yield proxy
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(params=[nginx, caddy], ids=lambda kind: kind.__name__)
def proxy(request: pytest.FixtureRequest, served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    make: Callable[[Path, int, int, int], list[str]] = request.param
    if shutil.which(make.__name__, path="/usr/sbin:/usr/bin") is None:
        pytest.skip(f"{make.__name__} is not installed (on Debian, apt-get install {make.__name__})")
    folder = tmp_path_factory.mktemp(make.__name__)
    today = datetime.now(UTC)
    life = {"since": today - DAY, "until": today + DAY}
    issuer = authority("Server Root", **life)
    own = leaf(issuer, names=(NAME,), key=rsa_key("server"), **life)
    for name, content in (("root.pem", issuer.pem), ("chain.pem", own.pem), ("key.pem", own.key_pem)):
        (folder / name).write_bytes(content)
    port, plain = free_ports(2)
    command = make(folder, port, plain, served.port)
    with running(command, Proxy(port, folder / "root.pem", served), folder) as ready:
        yield ready


def test_a_proxy_lets_alexa_in_and_nobody_else(proxy: Proxy) -> None:
    body = json.dumps(launch_envelope(Device(skill_id=SKILL_ID), {})).encode()
    assert proxy.post(body) == 200
    assert proxy.post(body + b" " * 4000) == 200
    assert proxy.send("POST", "/", body) == 400
    assert proxy.post(b"x" * (MOST_BYTES + 1)) == 413
    assert proxy.send("GET", "/") in {403, 404}
    for path in ("/healthz", "/metrics", "/bench/", "/api/ask"):
        assert proxy.send("GET", path) == 404
        assert proxy.send("POST", path, body) == 404


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_the_unit_file_is_understood(tmp_path: Path) -> None:
    text = (DEPLOY / "bump-guide.service").read_text(encoding="utf-8")
    command = Path(sys.executable).parent / "bump-guide"
    unit = tmp_path / "bump-guide.service"
    unit.write_text(text.replace("/opt/bump-guide/.venv/bin/bump-guide", str(command)), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert "bump-guide" not in done.stderr, done.stderr


def test_nothing_that_stays_out_of_the_project_goes_into_the_image() -> None:
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    private = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert {"deployment.yaml", ".venv/", "var/"} <= set(private)
    assert [name for name in private if f"**/{name.rstrip('/')}" not in left_out] == []
    assert ".git" in left_out
