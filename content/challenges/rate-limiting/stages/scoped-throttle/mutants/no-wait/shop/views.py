"""Log in, read the catalogue, see one's own orders."""

import time

from django.contrib.auth import authenticate
from django.core.cache import cache
from rest_framework.authtoken.models import Token
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView


class LoginThrottle(BaseThrottle):
    def allow_request(self, request, view):
        key = f"logins:{self.get_ident(request)}"
        now = time.time()
        recent = [at for at in cache.get(key, []) if at > now - 60]
        if len(recent) >= 5:
            return False
        cache.set(key, [*recent, now], 60)
        return True


class LoginView(APIView):
    throttle_classes = [LoginThrottle]

    def post(self, request):
        user = authenticate(
            username=request.data.get("email"),
            password=request.data.get("password"),
        )
        if user is None:
            return Response({"detail": "Wrong address or password."}, status=400)
        token, _ = Token.objects.get_or_create(user=user)
        return Response({"token": token.key})


class BookList(APIView):
    def get(self, request):
        return Response({"books": ["Emma", "Persuasion"]})


class OrderList(APIView):
    permission_classes = [IsAuthenticated]

    def get(self, request):
        return Response({"customer": request.user.get_username(), "orders": []})
