"""Shows tokens to the learner's code, with the keys that the judge publishes."""

import base64  # noqa: F401 - warm
import hmac  # noqa: F401 - warm

import jwt
import jwt.algorithms
from cryptography.hazmat.primitives import hashes, serialization  # noqa: F401 - warm
from cryptography.hazmat.primitives.asymmetric import padding, rsa  # noqa: F401 - warm

published = {}


def load():
    jwt.PyJWKClient  # noqa: B018 - warm
    import shop.keys

    shop.keys.current = lambda: dict(published)


def publish(keys):
    """These public keys count from now on; the first ones are there when the service starts."""
    published.clear()
    published.update(keys)
    import shop.tokens  # noqa: F401


def ask(token):
    """`user`, `refused`, or what else was `raised`."""
    from shop.tokens import Refused, user_of

    try:
        return {"user": user_of(token)}
    except Refused:
        return {"refused": True}
    except Exception as error:
        return {"raised": f"{type(error).__name__}: {error}"[:120]}


def show(tokens):
    """What each of these tokens comes to."""
    return [ask(token) for token in tokens]
