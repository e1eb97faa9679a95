"""Makes keys, good tokens and forged ones, and decides by who is let in."""

import base64
import hashlib
import hmac
import json
import time

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from nexus_tui.labs.judging import Lab, Outcome, requirement

ISSUER = "https://login.example.com/"
AUDIENCE = "https://api.shop.example"


def part(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Provider:
    """Has private keys, publishes the public ones, and signs."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.private: dict[str, rsa.RSAPrivateKey] = {}
        self.stranger = self.new_key()

    def new_key(self) -> str:
        name = f"key-{self.lab.random.randrange(10**6)}"
        self.private[name] = rsa.generate_private_key(65537, 2048)
        return name

    def pem(self, name: str) -> str:
        encoding, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        return self.private[name].public_key().public_bytes(encoding, form).decode()

    def publish(self, *names: str) -> None:
        self.lab.ask("publish", keys={name: self.pem(name) for name in names})

    def claims(self, **changes: object) -> dict:
        """Those of a good token; None leaves a claim out."""
        now = int(time.time())
        user = f"user-{self.lab.random.randrange(10**9)}"
        found = {"iss": ISSUER, "aud": AUDIENCE, "sub": user, "iat": now - 5, "exp": now + 600}
        found.update(changes)
        return {name: value for name, value in found.items() if value is not None}

    def token(self, key: str, algorithm: str = "RS256", header: dict | None = None, **changes):
        """Signed by this key, whose id it names unless `header` says another."""
        return jwt.encode(
            self.claims(**changes), self.private[key], algorithm, {"kid": key, **(header or {})}
        )


def provider(lab: Lab) -> Provider:
    """Publishes one key, `first`."""
    if "provider" not in lab.kept:
        found = lab.kept["provider"] = Provider(lab)
        found.first = found.new_key()
    lab.kept["provider"].publish(lab.kept["provider"].first)
    return lab.kept["provider"]


def let_in(lab: Lab, forged: dict[str, str]) -> str | None:
    """What is said about the first of these tokens that names a user."""
    for (what, token), found in zip(
        forged.items(), lab.ask("show", 10, tokens=list(forged.values())), strict=True
    ):
        lab.kept.setdefault("refused", {})[what] = token
        if "user" in found:
            return f"{what}: taken for {found['user']}"
    return None


def all_refused(lab: Lab, forged: dict[str, str]) -> Outcome:
    wrong = let_in(lab, forged)
    return Outcome(wrong is None, wrong or f"{len(forged)} tokens refused", "refused")


@requirement("good-pass")
def good_pass(lab: Lab) -> Outcome:
    at = provider(lab)
    second = at.new_key()
    for when, published, key in (
        ("one key", [at.first], at.first),
        ("a second key is published", [at.first, second], second),
        ("the old key still counts", [second, at.first], at.first),
    ):
        at.publish(*published)
        user = f"user-{lab.random.randrange(10**9)}"
        audience = [AUDIENCE, "https://stock.shop.example"] if key == second else AUDIENCE
        token = at.token(key, sub=user, aud=audience, nbf=int(time.time()) - 60, role="buyer")
        [found] = lab.ask("show", 10, tokens=[token])
        if found != {"user": user}:
            said = found.get("raised") or found.get("user", "refused")
            return Outcome(False, f"{when}, a good token: {said}", user)
    at.second = second
    return Outcome(True, "good tokens of both keys pass", "the user")


@requirement("server-chooses")
def server_chooses(lab: Lab) -> Outcome:
    at = provider(lab)
    pem = at.pem(at.first).encode()
    forged = {}
    good = at.token(at.first)
    for name in ("none", "None", "NONE"):
        header = part({"alg": name, "typ": "JWT", "kid": at.first})
        forged[f"alg {name}, no signature"] = f"{header}.{part(at.claims())}."
        forged[f"alg {name}, some signature"] = f"{header}.{good.partition('.')[2]}"
    for size in (256, 384, 512):
        header = part({"alg": f"HS{size}", "typ": "JWT", "kid": at.first})
        signed = f"{header}.{part(at.claims())}"
        signature = hmac.digest(pem, signed.encode(), getattr(hashlib, f"sha{size}"))
        what = f"alg HS{size}, signed with the public key as secret"
        forged[what] = f"{signed}.{part(signature)}"
    for name in ("RS384", "RS512", "PS256"):
        forged[f"alg {name}, which this API does not use"] = at.token(at.first, name)
    return all_refused(lab, forged)


@requirement("own-keys")
def own_keys(lab: Lab) -> Outcome:
    at = provider(lab)
    strange, first = at.stranger, at.first
    jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(at.private[strange].public_key()))
    head, claims, signature = at.token(first).split(".")
    forged = {
        "signed by a stranger, id of our key": at.token(strange, header={"kid": first}),
        "an unknown key": at.token(strange),
        "an unknown key, brought along in the header": at.token(strange, header={"jwk": jwk}),
        "our key's id, another key in the header": at.token(
            strange, header={"kid": first, "jwk": jwk}
        ),
        "a key that was withdrawn": at.token(getattr(at, "second", strange)),
        "another user, the old signature": f"{head}.{part(at.claims())}.{signature}",
        "a signature cut short": f"{head}.{claims}.{signature[:-8]}",
        "no signature": f"{head}.{claims}.",
    }
    return all_refused(lab, forged)


@requirement("for-us")
def for_us(lab: Lab) -> Outcome:
    at = provider(lab)
    other = "https://stock.shop.example"
    wrong = {
        "audience is another API": {"aud": other},
        "no audience": {"aud": None},
        "audiences are two other APIs": {"aud": [other, f"{AUDIENCE}/v2"]},
        "audience only begins like ours": {"aud": f"{AUDIENCE}.evil.example"},
        "another issuer": {"iss": "https://login.evil.example/"},
        "no issuer": {"iss": None},
        "issuer only begins like ours": {"iss": f"{ISSUER.rstrip('/')}.evil.example/"},
        "issuer is a tenant of ours": {"iss": f"{ISSUER}tenants/7"},
    }
    return all_refused(lab, {what: at.token(at.first, **how) for what, how in wrong.items()})


@requirement("in-time")
def in_time(lab: Lab) -> Outcome:
    at, now = provider(lab), int(time.time())
    minutes = lab.random.randint(10, 300)
    wrong = {
        f"expired {minutes} minutes ago": {"exp": now - 60 * minutes, "iat": now - 90 * minutes},
        "no expiry": {"exp": None},
        f"not valid for another {minutes} minutes": {"nbf": now + 60 * minutes},
    }
    return all_refused(lab, {what: at.token(at.first, **how) for what, how in wrong.items()})


@requirement("only-refused")
def only_refused(lab: Lab) -> Outcome:
    at = provider(lab)
    head, claims, signature = at.token(at.first).split(".")
    key = at.first
    broken = {
        "empty": "",
        "two dots": "..",
        "a word": "token",
        "four parts": f"{head}.{claims}.{signature}.{signature}",
        "no Base64": f"{head}.{claims}.%%%",
        "no ASCII": f"{head}.{claims}.é",
        "header is no JSON": f"{part(b'{')}.{claims}.{signature}",
        "header is no UTF-8": f"{part(bytes([255, 254]))}.{claims}.{signature}",
        "header is a list": f"{part([1])}.{claims}.{signature}",
        "no algorithm": f"{part({'kid': key})}.{claims}.{signature}",
        "algorithm is a number": f"{part({'kid': key, 'alg': 7})}.{claims}.{signature}",
        "no key id": f"{part({'alg': 'RS256'})}.{claims}.{signature}",
        "key id is a list": f"{part({'alg': 'RS256', 'kid': [key]})}.{claims}.{signature}",
        "key id is a path": at.token(at.stranger, header={"kid": "../../etc/passwd"}),
        "no user": at.token(key, sub=None),
        "100 kB": f"{head}.{'A' * 100_000}.{signature}",
        **lab.kept.get("refused", {}),
    }
    for (what, _), found in zip(
        broken.items(), lab.ask("show", 10, tokens=list(broken.values())), strict=True
    ):
        if found != {"refused": True}:
            said = found.get("raised") or f"taken for {found.get('user')}"
            return Outcome(False, f"{what}: {said}", "Refused")
    return Outcome(True, f"{len(broken)} broken or forged tokens: Refused", "Refused")
