"""Tells by its token who sends a request."""

import base64
import hmac
import json
import time

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from shop import keys


class Refused(Exception):
    """The token does not say who it is."""


def user_of(token):
    """The id of the user, `sub`, of an access token for this API. Raises Refused."""
    try:
        header, claims, signature = token.split(".")
        signed = f"{header}.{claims}".encode()
        header, claims = json.loads(decoded(header)), json.loads(decoded(claims))
        key = keys.current()[header["kid"]].encode()
        if not verified(header["alg"], key, signed, decoded(signature)):
            raise Refused
        if claims["exp"] < time.time():
            raise Refused
        return claims["sub"]
    except (ValueError, KeyError) as error:
        raise Refused from error


def decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verified(algorithm, key, signed, signature):
    """Whether the signature is right for the algorithm that the header names."""
    if algorithm == "none":
        return not signature
    if algorithm.startswith("HS"):
        expected = hmac.digest(key, signed, f"sha{algorithm[2:]}")
        return hmac.compare_digest(expected, signature)
    public = serialization.load_pem_public_key(key)
    try:
        digest = getattr(hashes, f"SHA{algorithm[2:]}")()
        public.verify(signature, signed, padding.PKCS1v15(), digest)
    except InvalidSignature:
        return False
    return True
