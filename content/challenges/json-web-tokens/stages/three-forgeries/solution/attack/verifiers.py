"""Three verifiers, as they are found in services. Each believes one kind of forgery.

All three check the issuer, the audience and the expiry, and return the user.
"""

import base64
import hmac
import json
import time

import jwt

ISSUER = "https://login.example.com/"
AUDIENCE = "https://api.shop.example"


def one(token, public_key):
    """Skips the signature where the header says that there is none."""
    signed, header, claims, signature = parts(token)
    if header["alg"] == "none":
        return user(claims) if signature == b"" else None
    return user(claims) if rsa(signed, signature, public_key) else None


def two(token, public_key):
    """Takes the key that it has for whatever algorithm the header names."""
    signed, header, claims, signature = parts(token)
    if header["alg"] == "HS256":
        right = hmac.digest(public_key.encode(), signed, "sha256")
        return user(claims) if hmac.compare_digest(right, signature) else None
    return user(claims) if rsa(signed, signature, public_key) else None


def three(token, public_key):
    """Verifies with the key that the token brings along, where it brings one."""
    signed, header, claims, signature = parts(token)
    if "jwk" in header:
        public_key = jwt.PyJWK(header["jwk"], "RS256").key
    return user(claims) if rsa(signed, signature, public_key) else None


def parts(token):
    header, claims, signature = token.split(".")
    signed = f"{header}.{claims}".encode()
    return (
        signed,
        json.loads(decoded(header)),
        json.loads(decoded(claims)),
        decoded(signature),
    )


def decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def rsa(signed, signature, public_key):
    algorithm = jwt.get_algorithm_by_name("RS256")
    return algorithm.verify(signed, algorithm.prepare_key(public_key), signature)


def user(claims):
    ours = claims["iss"] == ISSUER and claims["aud"] == AUDIENCE
    return claims["sub"] if ours and claims["exp"] > time.time() else None
