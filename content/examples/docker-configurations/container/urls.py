"""The bookshop's addresses and two for the machinery: alive, and ready for work."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.urls import include, path


def live(request: HttpRequest) -> JsonResponse:
    """Say that the process answers; touches nothing outside it."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Say whether the database answers: without it no request can be served."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})


urlpatterns = [
    path("", include("bookshop.urls")),
    path("health/live", live),
    path("health/ready", ready),
]
