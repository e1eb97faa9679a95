"""Books, orders and what happens to them."""
