"""Tells by its token who sends a request."""

import jwt

from shop import keys, settings


class Refused(Exception):
    """The token does not say who it is."""


def user_of(token):
    """The id of the user, `sub`, of an access token for this API. Raises Refused."""
    try:
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(
            token,
            keys.current()[header["kid"]],
            algorithms=["RS256"],
            issuer=settings.ISSUER,
            options={"require": ["exp", "sub"], "verify_aud": False},
        )
    except (jwt.PyJWTError, KeyError) as error:
        raise Refused from error
    return claims["sub"]
