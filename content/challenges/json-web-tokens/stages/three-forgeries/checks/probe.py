"""Lets the learner's code forge tokens; the judge keeps the verifiers."""

import base64  # noqa: F401 - warm
import hashlib  # noqa: F401 - warm
import hmac  # noqa: F401 - warm

import jwt
import jwt.algorithms
from cryptography.hazmat.primitives import hashes, serialization  # noqa: F401 - warm
from cryptography.hazmat.primitives.asymmetric import padding, rsa  # noqa: F401 - warm


def load():
    jwt.encode({}, rsa.generate_private_key(65537, 2048), "RS256")
    import attack.forge  # noqa: F401


def forge(door, token, user, public_key):
    """What the learner makes for a verifier: `one`, `two` or `three`."""
    import attack.forge

    return getattr(attack.forge, f"for_{door}")(token, user, public_key)
