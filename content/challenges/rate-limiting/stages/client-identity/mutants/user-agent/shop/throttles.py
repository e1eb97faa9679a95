"""By what names an attempt to log in is counted."""

from rest_framework.throttling import SimpleRateThrottle

from shop.accounts import account


class LoginsOfAddress(SimpleRateThrottle):
    scope = "login-address"

    def get_cache_key(self, request, view):
        device = request.headers.get("User-Agent", "")
        return f"login:address:{self.get_ident(request)}:{device}"


class LoginsOfAccount(SimpleRateThrottle):
    scope = "login-account"

    def get_cache_key(self, request, view):
        return f"login:account:{account(request)}"
