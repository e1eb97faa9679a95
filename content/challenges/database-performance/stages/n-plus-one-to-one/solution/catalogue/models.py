from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=80)


class Book(models.Model):
    title = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    author = models.ForeignKey(Author, null=True, on_delete=models.SET_NULL)
