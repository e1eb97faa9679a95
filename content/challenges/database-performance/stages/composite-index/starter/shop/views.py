"""GET /dashboard/: the 20 newest paid orders."""

from django.http import JsonResponse

from shop.models import Order


def dashboard(request):
    newest = Order.objects.filter(status="paid").order_by("-created")[:20]
    return JsonResponse(
        {
            "orders": [
                {
                    "number": order.number,
                    "customer": order.customer,
                    "cents": order.cents,
                    "created": order.created.isoformat(),
                }
                for order in newest
            ]
        }
    )
