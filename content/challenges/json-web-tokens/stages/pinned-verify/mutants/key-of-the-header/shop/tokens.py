"""Tells by its token who sends a request."""

import jwt

from shop import keys, settings


class Refused(Exception):
    """The token does not say who it is."""


def key_of(header):
    """The key that the token names, or brings along if it is a new one."""
    known = keys.current()
    if header["kid"] in known:
        return known[header["kid"]]
    return jwt.PyJWK(header["jwk"]).key


def user_of(token):
    """The id of the user, `sub`, of an access token for this API. Raises Refused."""
    try:
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(
            token,
            key_of(header),
            algorithms=["RS256"],
            audience=settings.AUDIENCE,
            issuer=settings.ISSUER,
            options={"require": ["exp", "sub"]},
        )
    except (jwt.PyJWTError, KeyError) as error:
        raise Refused from error
    return claims["sub"]
