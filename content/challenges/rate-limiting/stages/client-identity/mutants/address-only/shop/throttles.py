"""By what name an attempt to log in is counted."""

from rest_framework.throttling import SimpleRateThrottle


class LoginsOfAddress(SimpleRateThrottle):
    scope = "login-address"

    def get_cache_key(self, request, view):
        return f"login:address:{self.get_ident(request)}"
