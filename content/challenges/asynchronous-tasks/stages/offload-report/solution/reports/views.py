"""POST /reports/ orders a report, GET /reports/<id>/ tells how far it is."""

import json

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from reports.models import Account, Order
from reports.tasks import produce


def order_report(request):
    wanted = json.loads(request.body)
    account = get_object_or_404(Account, pk=wanted["account"])
    try:
        with transaction.atomic():
            order = Order.objects.create(account=account, month=wanted["month"])
            produce.delay_on_commit(order.pk)
            Account.objects.filter(pk=account.pk).update(reports_left=F("reports_left") - 1)
    except IntegrityError:
        return JsonResponse({"error": "no reports left"}, status=409)
    return JsonResponse(
        {"id": order.pk},
        status=202,
        headers={"Location": f"/reports/{order.pk}/"},
    )


def show_report(request, pk):
    order = get_object_or_404(Order, pk=pk)
    return JsonResponse({"status": order.status, "document": order.document})
