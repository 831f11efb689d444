"""TLS towards a live broker, tried on a private node that speaks it: who is trusted, whose certificate is wanted, who speaks plainly."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from mqviz.backends.tls import context_for
from mqviz.backends.troubles import TroubleError
from mqviz.model.feed import FeedState, LiveBroker, Tls, Trouble
from tests.backends.live import Live
from tests.backends.test_live_troubles import failing, probed
from tests.rabbitmq_node import HOST, Node, free_ports


class Secure(NamedTuple):
    """A node that speaks TLS and wants a certificate; as who connects with everything right. `folder` has the PEM files."""

    broker: LiveBroker
    tls: Tls
    folder: Path
    node: Node


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True, timeout=60)


def make_authority(folder: Path, name: str) -> None:
    subject = ("-subj", f"/CN={name}", "-days", "2", "-nodes", "-newkey", "rsa:2048")
    openssl(folder, "req", "-x509", *subject, "-keyout", f"{name}.key", "-out", f"{name}.pem")


def make_certificate(folder: Path, name: str, authority: str) -> None:
    (folder / f"{name}.ext").write_text(f"subjectAltName=IP:{HOST},DNS:rabbit.example\n")
    openssl(folder, "req", "-new", "-nodes", "-newkey", "rsa:2048", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
    signed = ("-CA", f"{authority}.pem", "-CAkey", f"{authority}.key", "-CAcreateserial", "-days", "2", "-extfile", f"{name}.ext")
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", *signed, "-out", f"{name}.pem")


@pytest.fixture(scope="module")
def secure(rabbitmq: Node) -> Iterator[Secure]:
    folder = Path(tempfile.mkdtemp(prefix="mqviz-tls-"))
    try:
        for authority in ("ca", "stranger"):
            make_authority(folder, authority)
        make_certificate(folder, "server", "ca")
        make_certificate(folder, "client", "ca")
        # The node runs as another user.
        for path in (folder, *folder.iterdir()):
            path.chmod(0o755 if path.is_dir() else 0o644)
        port, management = free_ports(2)
        files = {"cacertfile": "ca.pem", "certfile": "server.pem", "keyfile": "server.key"}
        config = {"listeners__ssl__1": f"{HOST}:{port}", "management__ssl__port": str(management), "management__ssl__ip": HOST}
        config |= {f"ssl_options__{key}": str(folder / file) for key, file in files.items()}
        config |= {f"management__ssl__{key}": str(folder / file) for key, file in files.items()}
        config |= {"ssl_options__verify": "verify_peer", "ssl_options__fail_if_no_peer_cert": "true"}
        tls = Tls(ca=str(folder / "ca.pem"), certificate=str(folder / "client.pem"), key=str(folder / "client.key"))
        with Node(**config) as node:
            broker = LiveBroker(host=HOST, port=port, management=f"https://{HOST}:{management}", tls=tls, interval=0.3, answer_timeout=5.0)
            yield Secure(broker, tls, folder, node)
    finally:
        shutil.rmtree(folder)


def test_with_the_right_files_one_gets_through(secure: Secure) -> None:
    assert set(probed(secure.broker).values()) == {None}
    with Live(secure.broker) as live:
        live.seeing()
    assert set(probed(replace(secure.broker, tls=replace(secure.tls, server_name="rabbit.example"))).values()) == {None}


def test_an_authority_that_we_do_not_know_is_not_trusted(secure: Secure) -> None:
    for tls in (replace(secure.tls, ca=""), replace(secure.tls, ca=str(secure.folder / "stranger.pem"))):
        broker = replace(secure.broker, tls=tls)
        assert probed(broker)["tls"] is Trouble.CERTIFICATE
        feed = failing(broker)
        assert (feed.state, feed.trouble) == (FeedState.REFUSED, Trouble.CERTIFICATE)


def test_a_certificate_of_another_name_is_not_trusted(secure: Secure) -> None:
    broker = replace(secure.broker, tls=replace(secure.tls, server_name="other.example"))
    assert probed(broker)["tls"] is Trouble.CERTIFICATE
    assert failing(broker).trouble is Trouble.CERTIFICATE


def test_verification_can_be_switched_off(secure: Secure) -> None:
    broker = replace(secure.broker, tls=replace(secure.tls, ca="", verify=False))
    assert set(probed(broker).values()) == {None}


def test_a_broker_that_wants_our_certificate_is_told(secure: Secure) -> None:
    found = probed(replace(secure.broker, tls=replace(secure.tls, certificate="", key="")))
    assert Trouble.CERTIFICATE in (found["tls"], found.get("login"))


def test_plain_words_to_a_port_of_tls_are_told_and_the_other_way_round(secure: Secure) -> None:
    assert probed(replace(secure.broker, tls=None, management=""))["login"] is Trouble.PLAIN
    assert probed(replace(secure.broker, port=secure.node.port))["tls"] is Trouble.PLAIN
    plain = f"http://{HOST}:{secure.broker.management.rpartition(':')[2]}"
    assert probed(replace(secure.broker, management=plain))["management"] is Trouble.PLAIN
    turned = f"https://{HOST}:{secure.node.management_port}"
    assert probed(replace(secure.broker, management=turned))["management"] is Trouble.PLAIN


def test_a_file_that_is_not_one_is_named(tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("nonsense")
    for tls in (Tls(ca="gone.pem"), Tls(certificate="gone.pem"), Tls(ca=str(nonsense)), Tls(certificate=str(nonsense))):
        with pytest.raises(TroubleError, match=r"gone\.pem|nonsense\.pem") as error:
            context_for(tls)
        assert error.value.trouble is Trouble.CERTIFICATE
