"""POST /reports/ orders a report, GET /reports/<id>/ tells how far it is."""

import json

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from reports.models import Account, Order
from reports.rendering import render


def order_report(request):
    wanted = json.loads(request.body)
    account = get_object_or_404(Account, pk=wanted["account"])
    try:
        with transaction.atomic():
            order = Order.objects.create(account=account, month=wanted["month"])
            order.document = render(account.name, order.month)
            order.status = "done"
            order.save()
            Account.objects.filter(pk=account.pk).update(reports_left=F("reports_left") - 1)
    except IntegrityError:
        return JsonResponse({"error": "no reports left"}, status=409)
    return JsonResponse({"id": order.pk}, status=201)


def show_report(request, pk):
    order = get_object_or_404(Order, pk=pk)
    return JsonResponse({"status": order.status, "document": order.document})
