"""Log in, read the catalogue, see one's own orders."""

from django.contrib.auth import authenticate
from rest_framework.authtoken.models import Token
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView


class LoginView(APIView):
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
