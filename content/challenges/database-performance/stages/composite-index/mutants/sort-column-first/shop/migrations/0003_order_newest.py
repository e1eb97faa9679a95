from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_order_status")]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["-created", "status"], name="order_newest"),
        ),
        migrations.RemoveIndex(model_name="order", name="order_status"),
    ]
