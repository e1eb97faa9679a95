"""An endless loop while it is imported."""

print("tried", flush=True)
while True:
    pass
