"""Where each address leads."""

from django.urls import include, path

from candour.api import first_call

urlpatterns = [path("api/v1/<path:rest>", first_call.call), path("", include("candour.web.urls"))]

handler400 = "candour.web.errors.too_large"
handler404 = "candour.web.errors.not_there"
handler429 = "candour.web.errors.too_many"
handler500 = "candour.web.errors.fault"
