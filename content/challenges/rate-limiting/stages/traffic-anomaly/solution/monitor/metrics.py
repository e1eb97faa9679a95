"""What the counter of requests is split by."""


def labels(request):
    """The labels of one request; each combination that occurs is a time series.

    `request` has method, path, route, status, client and agent. The route is the pattern
    that the path matched, such as `/orders/<int:id>/`, or None.
    """
    return {
        "method": request["method"],
        "route": request["route"] or "unmatched",
        "status": str(request["status"]),
    }
