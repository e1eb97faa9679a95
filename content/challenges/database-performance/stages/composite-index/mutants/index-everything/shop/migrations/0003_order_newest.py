from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_order_status")]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["status", "-created"], name="order_newest"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["created"], name="order_created"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["customer"], name="order_customer"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["cents"], name="order_cents"),
        ),
    ]
