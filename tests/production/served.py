"""The production server as it is started for real, in a process of its own. Only Amazon's certificates are ours: a
chain made for the test, which lies in a file where the server finds it instead of downloading it.

    python tests/production/served.py CHAIN ROOT PORT METRICS_PORT WORKERS [HOST PORT]

With HOST and PORT every other address than the chain's is downloaded from there.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from chains import ADDRESS, DAY, Issued, authority, leaf, pem  # noqa: E402 - run as a script, from anywhere

from skill.alexa.certificate_download import certificate_fetcher  # noqa: E402
from skill.alexa.kept_chains import KeptChains  # noqa: E402
from skill.alexa.verify import RequestVerifier  # noqa: E402
from skill.settings import Settings  # noqa: E402

SKILL_ID = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
PATIENCE_SECONDS = 600


@dataclass(frozen=True)
class Signing:
    """A chain that is good today."""

    signer: Issued
    chain: Path
    root: Path

    @classmethod
    def in_folder(cls, folder: Path) -> Signing:
        today = datetime.now(UTC)
        life = {"since": today - DAY, "until": today + DAY}
        root = authority("Test Root", **life)
        between = authority("Test Intermediate", root, path_length=0, **life)
        signer = leaf(between, **life)
        (folder / "chain.pem").write_bytes(pem(signer, between))
        (folder / "root.pem").write_bytes(root.pem)
        return cls(signer, folder / "chain.pem", folder / "root.pem")

    def headers(self, body: bytes) -> dict[str, str]:
        return {
            "Content-Type": "application/json; charset=utf-8",
            "SignatureCertChainUrl": ADDRESS,
            "Signature-256": self.signer.sign(body),
        }


@dataclass
class Served:
    """A running production server."""

    process: subprocess.Popen[bytes]
    port: int
    metrics_port: int
    signing: Signing
    log: Path
    data: Path
    environment: dict[str, str]
    ids: list[str] = field(default_factory=list)
    """The random ids that came with the answers."""

    def post(self, envelope: Any, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        body = envelope if isinstance(envelope, bytes) else json.dumps(envelope).encode()
        return self.send("POST", "/", body, self.signing.headers(body) if headers is None else headers)

    def ask(self, envelope: dict[str, Any]) -> dict[str, Any]:
        """An Endpoint for a conversation."""
        status, answer = self.post(envelope)
        assert status == 200
        response: dict[str, Any] = json.loads(answer)
        return response

    def get(self, path: str, *, port: int | None = None) -> tuple[int, bytes]:
        return self.send("GET", path, b"", {}, port=port)

    def send(
        self, method: str, path: str, body: bytes, headers: dict[str, str], *, port: int | None = None
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            if (request := answer.getheader("X-Request-Id")) is not None:
                self.ids.append(request)
            self.seen_headers = answer.getheaders()
            return answer.status, answer.read()
        finally:
            connection.close()

    def metrics(self) -> dict[str, float]:
        """Series → value, as on the page."""
        _, page = self.get("/metrics", port=self.metrics_port)
        lines = [line for line in page.decode().splitlines() if line and not line.startswith("#")]
        return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}

    def health(self) -> dict[str, Any]:
        health: dict[str, Any] = json.loads(self.get("/healthz")[1])
        return health

    def logged(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return sorted(int(pid) for pid in children.split())

    def compile(self) -> None:
        """As an operator does before a reload."""
        command = "from skill.cli import main; main(['build'])"
        environment = {**self.environment, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", command], env=environment, check=True, stdout=subprocess.DEVNULL)

    def hang_up(self) -> None:
        """HUP, and waits for the new workers to be the only ones."""
        before = set(self.workers())
        self.process.send_signal(signal.SIGHUP)
        until(lambda: len(self.workers()) >= len(before) and not before & set(self.workers()))


def until(holds: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def free_ports(number: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@contextmanager
def production(
    folder: Path,
    *,
    workers: int = 2,
    elsewhere: tuple[str, int] | None = None,
    program: Path = Path(__file__),
    **settings: str,
) -> Iterator[Served]:
    """Started, and stopped at the end. `settings` are BUMP_GUIDE_…; the data folder is `data` in `folder`.
    `elsewhere` is where other addresses than the chain's are downloaded from. `program` takes the place of this one.
    """
    signing = Signing.in_folder(folder)
    port, metrics_port = free_ports(2)
    given = {"DATA": str(folder / "data"), "SKILL_ID": SKILL_ID, "SERVE_UNREVIEWED": "yes", **settings}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BUMP_GUIDE_")}
    environment |= {f"BUMP_GUIDE_{name}": value for name, value in given.items()}
    given_to_main = (signing.chain, signing.root, port, metrics_port, workers, *(elsewhere or ()))
    command = [sys.executable, str(program), *map(str, given_to_main)]
    log = folder / "log"
    with log.open("ab") as lines:
        process = subprocess.Popen(command, stdout=lines, stderr=lines, env=environment, cwd=folder)
    served = Served(process, port, metrics_port, signing, log, Path(given["DATA"]), environment)
    try:
        until(lambda: _answers(served) and len(served.workers()) == workers)
        yield served
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_SECONDS)
        finally:
            process.kill()


def _answers(served: Served) -> bool:
    assert served.process.poll() is None, served.log.read_text(encoding="utf-8")
    with suppress(OSError):
        return served.get("/healthz")[0] == 200
    return False


def main() -> None:
    from cryptography import x509  # noqa: PLC0415

    from skill.web.production.serve import serve_in_production  # noqa: PLC0415
    from skill.web.production.server import Listening  # noqa: PLC0415

    chain, root = Path(sys.argv[1]), x509.load_pem_x509_certificate(Path(sys.argv[2]).read_bytes())
    port, metrics_port, workers = map(int, sys.argv[3:6])
    download = certificate_fetcher(connect_to=(sys.argv[6], int(sys.argv[7]))) if sys.argv[6:] else None

    def fetch(address: str) -> bytes:
        return download(address) if download and address != ADDRESS else chain.read_bytes()

    def ours(counted: Callable[[Callable[[str], bytes]], Callable[[str], bytes]], kept: KeptChains) -> RequestVerifier:
        return RequestVerifier(fetch=counted(fetch), trust_roots=[root], now=lambda: datetime.now(UTC), kept=kept)

    serve_in_production(Settings.from_env(), Listening("127.0.0.1", port, "127.0.0.1", metrics_port, workers), ours)


if __name__ == "__main__":
    main()
