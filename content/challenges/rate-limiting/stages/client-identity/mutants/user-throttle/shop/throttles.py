"""By what names an attempt to log in is counted."""

from rest_framework.throttling import SimpleRateThrottle, UserRateThrottle

from shop.accounts import account


class LoginsOfAddress(UserRateThrottle):
    scope = "login-address"


class LoginsOfAccount(SimpleRateThrottle):
    scope = "login-account"

    def get_cache_key(self, request, view):
        return f"login:account:{account(request)}"
