import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import UsageError
from aggregator.net.addresses import AddressGuard, AddressRefusedError, allow_key, endpoint, is_public

PUBLIC = ["8.8.8.8", "93.184.216.34", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1111",
          "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]  # fmt: skip
NOT_PUBLIC = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.9",
    "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:db8::1", "2001:10::1", "2002:7f00:1::1", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1", "fc00::1", "fd12::1",
    "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "not an address", "", "127.1", "0x7f000001",
]  # fmt: skip


@pytest.mark.parametrize("ip", PUBLIC)
def test_public(ip):
    assert is_public(ip)


@pytest.mark.parametrize("ip", NOT_PUBLIC)
def test_not_public(ip):
    assert not is_public(ip)


REFUSED = [
    "http://127.0.0.1/", "http://127.0.0.1:8000/", "http://127.1/", "http://0x7f.1/", "http://0x7f000001/",
    "http://2130706433/", "http://017700000001/", "http://0177.0.0.1/", "http://127.0.0.1./", "http://127.0.0.1../",
    "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::127.0.0.1]/",
    "http://[fe80::1%25eth0]/", "http://169.254.169.254/latest/meta-data/", "http://0/", "http://0.0.0.0/",
    "http://１２７.０.０.１/", "http://①②⑦.0.0.1/", "http://127。0。0。1/", "http://%31%32%37.0.0.1/", "http://0X7F.0.0.1/",
    "http://1.2.3/", "http://256.1.1.1/", "http://1.2.3.4.5/", "http://10.0.0.1/", "http://localhost/",
    "http://LOCALHOST./", "http://a.localhost/", "http://printer.local/", "http://metadata.google.internal/",
    "http://user:pass@site.example/", "http://user@site.example/", "http://@site.example/",
    "http://site.example@127.0.0.1/", "ftp://site.example/", "file:///etc/passwd", "data:text/html,x",
    "javascript:alert(1)", "gopher://site.example/", "//site.example/", "site.example", "", "http://", "http:///x",
    "http://site.example:0/", "http://site.example:99999/", "http://site.example:abc/", "http://[::1/",
    "http://site.example\\@127.0.0.1/", "http://site.example /", "http://site.example\t/", "http://a..example/",
    "http://-a.example/", "http://a%00b.example/", "http://a%2fb.example/", "http://3627734734/",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_refused(url):
    with pytest.raises(AddressRefusedError):
        AddressGuard().check_url(url)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://site.example/x?y#z", "site.example:80"),
        ("https://Site.Example./", "site.example:443"),
        ("https://site.example:8443/", "site.example:8443"),
        ("http://8.8.8.8/", "8.8.8.8:80"),
        ("http://[2606:4700::1111]:8080/", "[2606:4700::1111]:8080"),
        ("https://bücher.example/", "xn--bcher-kva.example:443"),
        ("https://my_blog.example/", "my_blog.example:443"),
        ("https://localhost.example/", "localhost.example:443"),
        ("https://1917.film.example/", "1917.film.example:443"),
    ],
)
def test_allowed(url, key):
    assert AddressGuard().check_url(url).key == key


def test_allow_names_one_exact_endpoint():
    guard = AddressGuard({"127.0.0.1:8000"})
    assert guard.check_url("http://127.0.0.1:8000/x").port == 8000
    for url in ("http://127.0.0.1:8001/", "http://127.0.0.1/", "http://127.0.0.2:8000/", "http://127.1:8000/",
                "http://localhost:8000/", "http://[::ffff:127.0.0.1]:8000/"):  # fmt: skip
        with pytest.raises(AddressRefusedError):
            guard.check_url(url)


def test_resolved_addresses_decide():
    guard = AddressGuard({"localhost:8000", "[::1]:8000"})
    assert guard.allows_resolved("site.example", 443, "8.8.8.8")
    assert not guard.allows_resolved("site.example", 443, "127.0.0.1")
    assert not guard.allows_resolved("site.example", 443, "::ffff:10.0.0.1")
    assert guard.allows_resolved("localhost", 8000, "127.0.0.1")
    assert not guard.allows_resolved("localhost", 8001, "127.0.0.1")
    assert not guard.allows_resolved("rebound.example", 8000, "127.0.0.1")
    assert guard.allows_resolved("::1", 8000, "::1")


@pytest.mark.parametrize(
    "entry", ["127.0.0.1", "127.0.0.1:", ":8000", "*:8000", "127.1:8000", "http://127.0.0.1:8000", "127.0.0.1:8000/x",
              "127.0.0.0/8:80", "a b:80", "127.0.0.1:x", "me@127.0.0.1:8000", "127.0.0.1:8000?x", "127.0.0.1:8000#x"],
)  # fmt: skip
def test_allow_wants_host_and_port(entry):
    with pytest.raises(UsageError, match="--allow"):
        allow_key(entry)


def test_allow_key_is_normal():
    assert allow_key("LOCALHOST:80") == "localhost:80"
    assert allow_key("[::1]:8000") == "[::1]:8000"


@given(st.text(max_size=80))
def test_any_text_is_judged(text):
    try:
        where = endpoint(text)
    except AddressRefusedError:
        return
    assert where.scheme in {"http", "https"}
    assert where.host


@given(st.ip_addresses(v=4))
def test_every_form_inside_ipv6_is_judged_alike(ip):
    assert is_public(ip) == is_public(f"::ffff:{ip}") == is_public(f"64:ff9b::{ip}")
