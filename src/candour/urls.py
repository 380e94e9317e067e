"""Where each address leads."""

from django.urls import include, path

urlpatterns = [path("", include("candour.web.urls"))]

handler400 = "candour.web.errors.too_large"
handler404 = "candour.web.errors.not_there"
handler429 = "candour.web.errors.too_many"
handler500 = "candour.web.errors.fault"
