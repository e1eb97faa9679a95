"""How lists are cut into pages."""

from rest_framework.pagination import LimitOffsetPagination, PageNumberPagination


class Pages(PageNumberPagination):
    """Numbered pages."""

    page_size = 20
    page_size_query_param = "size"
    max_page_size = 100


class Slices(LimitOffsetPagination):
    """Limit and offset."""

    default_limit = 20
    max_limit = 100
