"""What a crawl must not open or believe, and what it writes down: ports, certificates, permissions."""

import datetime
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from aggregator.archive import iter_responses
from tests.hostile.pages import film, links, robots
from tests.hostile.server import Host
from tests.spiders.loopback import run, start


@pytest.fixture
def unsigned(tmp_path):
    """A site over https whose certificate is signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path / "host.pem"
    secret = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *secret) + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    host = Host(context=context)
    host.routes = {"/": links("/reviews/1"), "/reviews/1": film("Unsigned")}
    yield host
    host.close()


def test_a_certificate_nobody_signed_is_not_believed(tmp_path, unsigned):
    done = run(
        "crawl", unsigned.origin + "/", "--allow", unsigned.key, "--data", "data", "--delay", "0.01", cwd=tmp_path
    )
    assert done.code == 1
    assert unsigned.log == []
    assert "robots_unreadable 1" in done.stderr


def listening(pid):
    """Ports on which a process waits for others."""
    sockets = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            parts = line.split()
            if parts[3] == "0A" or (table.startswith("udp") and parts[3] == "07"):
                sockets.add((f"socket:[{parts[9]}]", parts[1]))
    own = {str(one.readlink()) for one in Path(f"/proc/{pid}/fd").iterdir() if one.is_symlink()}
    return [address for inode, address in sockets if inode in own]


def test_no_port_of_ours_is_open_while_we_crawl(tmp_path):
    host = Host()
    seen = []
    process = None

    def page(_):
        seen.append(listening(process.pid))
        return film("Moon")

    host.routes = {"/": links("/reviews/1"), "/reviews/1": page}
    process = start(
        "crawl", host.origin + "/", "--allow", host.key, "--data", "data", "--delay", "0.05", "--no-build", cwd=tmp_path
    )
    _, err = process.communicate(timeout=180)
    host.close()
    assert process.returncode == 0, err
    assert seen == [[]]


def test_what_permitted_a_page_is_kept_with_it(tmp_path):
    host = Host()
    host.routes = {
        "/robots.txt": robots("User-agent: *\nDisallow: /x\nAllow: /reviews\n"),
        "/": links("/reviews/1", "/about"), "/reviews/1": film("Moon"), "/about": links(),
    }  # fmt: skip
    done = run("crawl", host.origin + "/", "--allow", host.key, "--data", "data", "--delay", "0.01", cwd=tmp_path)
    host.close()
    assert done.code == 0, done.stderr
    said = {
        page.final_url.removeprefix(host.origin): page.permitted_by
        for page in iter_responses(tmp_path / "data" / "archive")
    }
    assert set(said) == {"/", "/reviews/1", "/about"}
    assert all(text.startswith(f"robots.txt of {host.key} (HTTP 200, 2") for text in said.values())
    assert said["/reviews/1"].endswith(": Allow: /reviews")
    assert said["/about"].endswith(": no rule")
