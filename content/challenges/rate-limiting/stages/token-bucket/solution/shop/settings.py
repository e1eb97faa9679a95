"""Settings of the API; database and secret key are those of the server.

The load balancer sets REMOTE_ADDR to the address of the client.
"""

MIDDLEWARE = ["shop.middleware.LimitLogins"]

LOGIN_BURST = 5  # attempts at once, after a pause
LOGIN_EVERY = 12  # seconds after which one more is let in
