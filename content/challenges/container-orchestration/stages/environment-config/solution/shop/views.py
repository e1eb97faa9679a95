"""GET /receipts/<number>/: what was paid, and with which card."""

from django.http import HttpResponse

PAID = {1: 1900, 2: 4500}


def receipt(request, number):
    card = f"4000 1234 5678 {number:04d}"
    cents = PAID[number]
    return HttpResponse(f"{cents / 100:.2f} paid with a card ending in {card[-4:]}")
