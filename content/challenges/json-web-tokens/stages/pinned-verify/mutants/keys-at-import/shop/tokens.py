"""Tells by its token who sends a request."""

import jwt

from shop import keys, settings


class Refused(Exception):
    """The token does not say who it is."""


KEYS = keys.current()


def user_of(token):
    """The id of the user, `sub`, of an access token for this API. Raises Refused."""
    try:
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(
            token,
            KEYS[header["kid"]],
            algorithms=["RS256"],
            audience=settings.AUDIENCE,
            issuer=settings.ISSUER,
            options={"require": ["exp", "sub"]},
        )
    except (jwt.PyJWTError, KeyError) as error:
        raise Refused from error
    return claims["sub"]
