"""By what name an attempt to log in is counted."""

from rest_framework.throttling import SimpleRateThrottle

from shop.accounts import account


class LoginThrottle(SimpleRateThrottle):
    scope = "login"

    def get_cache_key(self, request, view):
        return f"login:{self.get_ident(request)}:{account(request)}"
