"""Log in with e-mail address and password."""

from django.contrib.auth import authenticate
from rest_framework.authtoken.models import Token
from rest_framework.response import Response
from rest_framework.views import APIView

from shop.accounts import account
from shop.throttles import LoginsOfAddress


class LoginView(APIView):
    throttle_classes = [LoginsOfAddress]

    def post(self, request):
        user = authenticate(
            username=account(request),
            password=request.data.get("password"),
        )
        if user is None:
            return Response({"detail": "Wrong address or password."}, status=400)
        token, _ = Token.objects.get_or_create(user=user)
        return Response({"token": token.key})
