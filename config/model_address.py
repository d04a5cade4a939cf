"""Checks the address of the language model, when the setting is read and again at each request.

The operator sets the address, so machines on the local network are allowed. Link-local addresses and the metadata
services of clouds are refused: no model runs there, and they reveal secrets of the machine.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from enum import StrEnum
from importlib.util import find_spec
from urllib.parse import SplitResult, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Metadata services outside the link-local ranges: AWS over IPv6, Alibaba, Azure.
METADATA = frozenset(map(ipaddress.ip_address, ("fd00:ec2::254", "100.100.100.200", "168.63.129.16")))
# NAT64 embeds IPv4 addresses in this range (RFC 6052); for 6to4, ipaddress has a property.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
THIS_NETWORK = ipaddress.ip_network("0.0.0.0/8")
INSTALL = ".venv/bin/python -m pip install --require-hashes -r requirements/model.txt"


class Reach(StrEnum):
    """Where a model runs."""

    MACHINE = "machine"  # the computer that serves the pages
    NETWORK = "network"  # the network of that computer
    INTERNET = "internet"
    UNKNOWN = "unknown"  # its name cannot be resolved now


def _unwrapped(address: Address) -> Address:
    """The IPv4 address that is embedded in an IPv6 address, if any."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def is_refused(text: str) -> bool:
    """Whether an IP address is not allowed for a model. Raises ValueError if the text is not an IP address."""
    address = _unwrapped(ipaddress.ip_address(text.partition("%")[0]))
    return (
        address.is_link_local
        or address.is_unspecified
        or address.is_multicast
        or address in METADATA
        or (address.version == 4 and address in THIS_NETWORK)
        or address == ipaddress.IPv4Address("255.255.255.255")
    )


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the order to try. Raises OSError (socket.gaierror) if there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def reach_of(url: str) -> Reach:
    """Where the model at this URL runs; resolves its host name."""
    parts = urlsplit(url)
    try:
        found = [
            ipaddress.ip_address(one.partition("%")[0])
            for one in resolve(parts.hostname or "", port_of(parts))
        ]
    except (OSError, ValueError):
        return Reach.UNKNOWN
    return _reach(map(_unwrapped, found))


def _reach(addresses: Iterable[Address]) -> Reach:
    """The farthest of them."""
    found = set()
    for address in addresses:
        is_near = address.is_private or (
            address.version == 4 and address in ipaddress.ip_network("100.64.0.0/10")
        )
        found.add(Reach.MACHINE if address.is_loopback else Reach.NETWORK if is_near else Reach.INTERNET)
    return next(
        (one for one in (Reach.INTERNET, Reach.NETWORK, Reach.MACHINE) if one in found), Reach.UNKNOWN
    )


def port_of(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def model_url(text: str) -> str:
    """The URL without a trailing slash. Raises ValueError without quoting the URL, which may contain a password."""
    if not re.match(r"https?://", text):
        raise ValueError("does not begin with http:// or https://")
    text = text.rstrip("/")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("is not a valid URL; check its host and port") from None
    if parts.username is not None or parts.password is not None:
        raise ValueError("contains a user name or password; put the key in MODEL_KEY instead")
    if (
        not re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*", host)
        or port == 0
    ):
        raise ValueError("is not a valid URL; check its host and port")
    if parts.query or parts.fragment or re.search(r"[\s\x00-\x1f?#\\]", text):
        raise ValueError("must end with its path; remove spaces and everything from ? or #")
    if _is_refused_as_written(host):
        raise ValueError(
            "is not allowed: it is a link-local or unspecified address, or a cloud's metadata service"
        )
    return text


def _is_refused_as_written(host: str) -> bool:
    """Whether the host is an IP address that is refused, in any notation ("2852039166", "0xa9fea9fe", "0")."""
    try:
        return is_refused(host)
    except ValueError:
        pass
    try:
        return is_refused(socket.inet_ntoa(socket.inet_aton(host)))
    except OSError:
        return host.lower() == "metadata.google.internal"


def model_name(text: str) -> str:
    if len(text) > 200 or not text.isprintable():
        raise ValueError("is not a valid model name; it must be one line of at most 200 characters")
    return text


def model_key(text: str) -> str:
    if not re.fullmatch(r"[!-~]{1,1000}", text):
        raise ValueError(
            "is not a valid key; it may only contain letters, digits and punctuation, without spaces"
        )
    return text


def missing(url: str | None, name: str | None) -> str | None:
    """What is missing besides MODEL_URL."""
    if url and not name:
        return "MODEL_NAME is not set, and MODEL_URL needs it. Example: MODEL_NAME=llama3.1"
    if url and not (find_spec("openai") and find_spec("httpx2")):
        return f"MODEL_URL needs packages that are not installed. Example: {INSTALL} (or make run MODEL=1)"
    return None
