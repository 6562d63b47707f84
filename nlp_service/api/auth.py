"""Who may do what: keys with scopes, the local machine while there is no key, and nothing that another site forged."""

import ipaddress
import re
from collections.abc import Callable
from typing import TypeVar

from flask import current_app, g, request

from nlp_service.api.current import Caller, service, settings
from nlp_service.errors import Forbidden, Unauthorized
from nlp_service.store import keys
from nlp_service.store.keys import Key

COOKIE = "nlp_key"
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

View = TypeVar("View", bound=Callable[..., object])


def scope(name: str) -> Callable[[View], View]:
    """Marks a view with the scope that a key needs for it."""

    def mark(view: View) -> View:
        view.__dict__["scope"] = name
        return view

    return mark


def public(view: View) -> View:
    """Marks a view that anyone who reaches the port may see."""
    view.__dict__["public"] = True
    return view


def authenticate() -> None:
    """Finds the caller and refuses what the caller may not do; runs before each request.

    Raises:
        Unauthorized: a key is needed, or is wrong.
        Forbidden: the key lacks the scope, the sender is not local, or another site sent this.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "public", False):
        return
    secret = _secret()
    with service().store.read() as connection:
        has_keys = keys.any_keys(connection)
        key = keys.find(connection, secret) if secret and has_keys else None
    if has_keys:
        _check_key(key, needed=getattr(view, "scope", None))
    else:
        _check_local()
    if not _bearer():
        check_origin()
    g.caller = Caller(key=key)


def check_origin() -> None:
    """Refuses a changing request that a browser sends for another site.

    Raises:
        Forbidden: the browser says so.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin.partition("://")[2] != request.host
    if site not in {None, "same-origin", "none"} or foreign:
        raise Forbidden("This request came from another site: open the service's own page and send it from there.")


def _check_key(key: Key | None, *, needed: str | None) -> None:
    if needed is None:
        return
    if key is None:
        raise Unauthorized("Send a key of this service as `Authorization: Bearer nlp_…` or as `X-Api-Key`.")
    if not Caller(key=key).allows(needed):
        raise Forbidden(f"This key has not the scope `{needed}`: create one with `keys create`.")


def _check_local() -> None:
    name = re.sub(r":\d*$", "", request.host).lower()
    is_local = _is_loopback(request.remote_addr) and not any(header in request.headers for header in FORWARDED)
    if not is_local or name not in LOCAL_NAMES | {settings().host, f"[{settings().host}]"}:
        raise Forbidden("No key is configured, so only this machine may use the service: make one with `keys create`.")


def _is_loopback(address: str | None) -> bool:
    try:
        return address is not None and ipaddress.ip_address(address.split("%")[0]).is_loopback
    except ValueError:
        return False


def _bearer() -> str | None:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else request.headers.get("X-Api-Key")


def _secret() -> str | None:
    return _bearer() or (None if request.path.startswith("/v1") else request.cookies.get(COOKIE))
