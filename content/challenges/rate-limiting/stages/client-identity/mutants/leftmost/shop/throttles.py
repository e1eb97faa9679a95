"""By what names an attempt to log in is counted."""

from rest_framework.throttling import SimpleRateThrottle

from shop.accounts import account


class LoginsOfAddress(SimpleRateThrottle):
    scope = "login-address"

    def get_cache_key(self, request, view):
        hops = request.headers["X-Forwarded-For"].split(",")
        return f"login:address:{hops[0].strip()}"


class LoginsOfAccount(SimpleRateThrottle):
    scope = "login-account"

    def get_cache_key(self, request, view):
        return f"login:account:{account(request)}"
