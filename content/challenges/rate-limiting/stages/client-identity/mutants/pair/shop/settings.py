"""Settings of the API; database, cache and secret key are those of the server.

Each request comes through the CDN and then through our load balancer, and each of the
two appends the address that it saw to X-Forwarded-For. Nothing else reaches our port.
"""

ROOT_URLCONF = "shop.urls"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
    ],
    "DEFAULT_THROTTLE_RATES": {"login": "5/min"},
    "NUM_PROXIES": 2,
}
