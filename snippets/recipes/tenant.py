"""Find the tenant by the subdomain.

.. testcode::

   client = app.test_client()
   for host in "tea.example.com", "coffee.example.com", "www.evil":
       page = client.get("/", base_url=f"https://{host}")
       print(host, page.status_code)

   tea = {"base_url": "https://tea.example.com"}
   cookie = client.post("/login", **tea).headers["Set-Cookie"]
   stolen = {"Cookie": cookie.partition(";")[0]}
   client = app.test_client(use_cookies=False)
   for name in "tea", "coffee":
       host = f"https://{name}.example.com"
       print(client.get("/", base_url=host, headers=stolen).text)

.. testoutput::

   tea.example.com 200
   coffee.example.com 200
   www.evil 404
   Tea House, anna
   Coffee Bar, nobody
"""

from flask import Flask, abort, g, request, session

app = Flask(__name__)
app.secret_key = "change me: read it from the environment"
app.config["SESSION_COOKIE_SECURE"] = True
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
TENANTS = {  # in your app: look it up in a table
    "tea.example.com": "Tea House",
    "coffee.example.com": "Coffee Bar",
}


@app.before_request
def find_tenant():
    host = request.host.partition(":")[0].lower()
    if host not in TENANTS:
        abort(404)
    g.tenant = host
    if session.get("tenant", host) != host:
        session.clear()  # the cookie of another tenant


@app.post("/login")
def log_in():
    session.clear()
    session["tenant"] = g.tenant
    session["user"] = "anna"  # in your app: check a password first
    return "Welcome"


@app.get("/")
def index():
    return f"{TENANTS[g.tenant]}, {session.get('user', 'nobody')}"
