from django.urls import path

from shop.views import receipt

urlpatterns = [path("receipts/<int:number>/", receipt)]
