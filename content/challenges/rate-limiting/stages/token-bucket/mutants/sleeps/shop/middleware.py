"""Holds back attempts to log in before a view sees them."""

import time

from django.conf import settings

from shop.limiter import Limiter


class LimitLogins:
    def __init__(self, get_response):
        self.get_response = get_response
        self.limiter = Limiter(settings.LOGIN_BURST, settings.LOGIN_EVERY)

    def __call__(self, request):
        if request.method == "POST" and request.path == "/login/":
            wait = self.limiter.take(request.META["REMOTE_ADDR"])
            while wait:
                time.sleep(wait)
                wait = self.limiter.take(request.META["REMOTE_ADDR"])
        return self.get_response(request)
