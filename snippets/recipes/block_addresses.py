"""Refuse requests from a list of addresses.

.. testcode::

   client = app.test_client()
   for address in "203.0.113.7", "::ffff:203.0.113.7", "192.0.2.1":
       environ = {"REMOTE_ADDR": address}
       for path in "/", "/nothing":
           response = client.get(path, environ_overrides=environ)
           print(address, path, response.status_code)

.. testoutput::

   203.0.113.7 / 403
   203.0.113.7 /nothing 403
   ::ffff:203.0.113.7 / 403
   ::ffff:203.0.113.7 /nothing 403
   192.0.2.1 / 200
   192.0.2.1 /nothing 404
"""

from ipaddress import ip_address, ip_network

from flask import Flask, abort, request

app = Flask(__name__)
BLOCKED = [ip_network("203.0.113.0/24"), ip_network("2001:db8::/32")]


def read_address(text):
    try:
        address = ip_address(text or "")
    except ValueError:
        return None  # such as the empty text of a Unix socket
    # A socket for both kinds shows IPv4 addresses in this form.
    return getattr(address, "ipv4_mapped", None) or address


def is_listed(address, networks):
    return any(address in network for network in networks)


@app.before_request
def refuse_blocked():
    address = read_address(request.remote_addr)
    if address is None or is_listed(address, BLOCKED):
        abort(403)


@app.get("/")
def index():
    return "Shop"
