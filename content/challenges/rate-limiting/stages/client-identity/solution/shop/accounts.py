"""What a request calls an account."""


def account(request):
    """The name under which it is stored: in small letters, without spaces around it."""
    return str(request.data.get("email")).strip().lower()
