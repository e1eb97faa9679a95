"""Shows the forged tokens to the verifiers, and to one that is right."""

import base64
import hmac
import json
import time

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from nexus_tui.labs.judging import Lab, Outcome, requirement

ISSUER = "https://login.example.com/"
AUDIENCE = "https://api.shop.example"


class Provider:
    """Signs tokens, and publishes its key."""

    def __init__(self) -> None:
        self.private = rsa.generate_private_key(65537, 2048)
        self.key = (
            self.private.public_key()
            .public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            .decode()
        )

    def token(self, user: str, number: int) -> str:
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": user, "exp": now + 600, "order": number}
        return jwt.encode(claims, self.private, "RS256", {"kid": "key-1"})


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def believed(door: str, token: str, key: str) -> str:
    """The user that this verifier takes the token for. Raises ValueError with what is wrong."""
    parts = token.split(".")
    if len(parts) != 3:
        raise ValueError(f"{len(parts)} parts instead of 3")
    header, claims = json.loads(decoded(parts[0])), json.loads(decoded(parts[1]))
    signed, signature = f"{parts[0]}.{parts[1]}".encode(), decoded(parts[2])
    if door == "one" and header["alg"] == "none":
        right = signature == b""
    elif door == "two" and header["alg"] == "HS256":
        right = hmac.compare_digest(hmac.digest(key.encode(), signed, "sha256"), signature)
    else:
        algorithm, public = jwt.get_algorithm_by_name("RS256"), key
        if door == "three" and "jwk" in header:
            public = jwt.PyJWK(header["jwk"], "RS256").key
        right = algorithm.verify(signed, algorithm.prepare_key(public), signature)
    if not right:
        raise ValueError(f"alg {header['alg']}: the signature is wrong")
    if claims["iss"] != ISSUER or claims["aud"] != AUDIENCE or claims["exp"] < time.time():
        raise ValueError("issuer, audience or expiry are wrong")
    return claims["sub"]


def opens(lab: Lab, door: str) -> Outcome:
    if "provider" not in lab.kept:
        lab.kept["provider"] = Provider()
    provider = lab.kept["provider"]
    mine, other = (f"user-{number}" for number in lab.random.sample(range(10**9), 2))
    genuine = provider.token(mine, lab.random.randrange(10**6))
    token = lab.ask("forge", 10, door=door, token=genuine, user=other, public_key=provider.key)
    expected = f"taken for {other}"
    if not isinstance(token, str):
        return Outcome(False, f"a {type(token).__name__} instead of a token", expected)
    try:
        found = believed(door, token, provider.key)
    except KeyError as error:
        return Outcome(False, f"refused: {error} is missing", expected)
    except (ValueError, TypeError, jwt.PyJWTError) as error:
        return Outcome(False, f"refused: {error}", expected)
    return Outcome(found == other, f"taken for {found}", expected)


@requirement("no-signature")
def no_signature(lab: Lab) -> Outcome:
    return opens(lab, "one")


@requirement("public-key-as-secret")
def public_key_as_secret(lab: Lab) -> Outcome:
    return opens(lab, "two")


@requirement("key-of-my-own")
def key_of_my_own(lab: Lab) -> Outcome:
    return opens(lab, "three")
