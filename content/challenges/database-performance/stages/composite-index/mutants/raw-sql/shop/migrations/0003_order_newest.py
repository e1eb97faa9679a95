from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_order_status")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX order_newest ON shop_order (status, created DESC)",
            "DROP INDEX order_newest",
        ),
    ]
