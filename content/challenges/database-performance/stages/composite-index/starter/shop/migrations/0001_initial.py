from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True)),
                ("customer", models.CharField(max_length=80)),
                ("status", models.CharField(max_length=12)),
                ("cents", models.PositiveIntegerField()),
                ("created", models.DateTimeField()),
            ],
        ),
    ]
