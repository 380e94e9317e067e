"""Where the API's addresses lead; read at its first call."""

from django.urls import path

from candour.api import service

urlpatterns = [path("api/v1/", service.paths())]
