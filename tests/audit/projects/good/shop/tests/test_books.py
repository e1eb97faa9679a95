from django.test import SimpleTestCase, TestCase
from rest_framework.test import APITestCase

from shop.orders import read


class Payloads(SimpleTestCase):
    def test_what_is_no_json_is_empty(self):
        self.assertEqual(read("{"), {})


class Queries(TestCase):
    def test_a_list_is_two_queries(self):
        with self.assertNumQueries(2):
            self.client.get("/books/")


class Refusals(APITestCase):
    def test_refusals(self):
        for path, status in (("/books/", 401), ("/admin/", 403), ("/x/", 404), ("/login/", 429)):
            self.assertEqual(self.client.get(path).status_code, status)
