"""Where each address leads."""

from django.urls import include, path

from candour.api import service

urlpatterns = [path("api/v1/", service.paths()), path("", include("candour.web.urls"))]

handler400 = "candour.web.errors.too_large"
handler404 = "candour.web.errors.not_there"
handler429 = "candour.web.errors.too_many"
handler500 = "candour.web.errors.fault"
