"""Refuses attempts to log in before a view sees them."""

from django.conf import settings
from django.http import JsonResponse

from shop.limiter import Limiter


class LimitLogins:
    def __init__(self, get_response):
        self.get_response = get_response
        self.limiter = Limiter(settings.LOGIN_BURST, settings.LOGIN_EVERY)

    def __call__(self, request):
        if request.method == "POST" and request.path == "/login/":
            wait = self.limiter.take(request.META["REMOTE_ADDR"])
            if wait:
                return JsonResponse(
                    {"detail": "Too many attempts."},
                    status=429,
                    headers={"Retry-After": str(wait)},
                )
        return self.get_response(request)
