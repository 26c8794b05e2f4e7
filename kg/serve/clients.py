"""Who asks, as far as limits and turns go."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

_NETWORK = 64


def client_of(scope: Any) -> str:
    """Who sends a request, by address; "" where nobody knows.

    Of IPv6 it is the network, since whoever has one address there has all of it.

    >>> client_of({"client": ("203.0.113.7", 0)}), client_of({"client": ("::ffff:203.0.113.7", 0)})
    ('203.0.113.7', '203.0.113.7')
    >>> client_of({"client": ("2001:db8:1:2:3:4:5:6", 0)}), client_of({"client": ("2001:db8:1:2::9", 0)})
    ('2001:db8:1:2::', '2001:db8:1:2::')
    """
    told: str = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(told)
    except ValueError:
        return told
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), _NETWORK), strict=False).network_address)
