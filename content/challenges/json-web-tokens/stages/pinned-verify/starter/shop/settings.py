"""What the provider writes into tokens for this API."""

ISSUER = "https://login.example.com/"
AUDIENCE = "https://api.shop.example"
