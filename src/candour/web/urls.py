"""The addresses of the pages. Of the sign-in library only those pages are reachable that are listed here."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from candour.web import (
    acting,
    assessing,
    behind,
    categorising,
    figures,
    files,
    home,
    notices,
    plain,
    register,
    requests,
    schemes,
    welcome,
)
from candour.web.handling import queue, steps
from candour.web.reporting import blank, on_behalf
from candour.web.reporting import pages as reporting

urlpatterns = [
    path("", home.home, name="home"),
    path("register/", register.register, name="register"),
    *steps.paths(),
    *categorising.paths(),
    *assessing.paths(),
    *acting.paths(),
    *schemes.paths(),
    path("register/<path:reference>/", register.incident, name="incident"),
    path("work/", queue.everything, name="queue"),
    path("work/holders/", queue.holders, name="holders"),
    path("work/hand-over/", queue.hand_over, name="hand-over"),
    re_path(r"^files/(?P<reference>.+)/(?P<number>\d+)/remove/$", files.remove, name="file-remove"),
    re_path(r"^files/(?P<reference>.+)/(?P<number>\d+)/$", files.download, name="file"),
    re_path(r"^files/(?P<reference>.+)/$", files.files, name="files"),
    path("figures/", figures.figures, name="figures"),
    path("figures/incidents/", behind.behind, name="behind"),
    path("figures/table.<str:kind>", figures.download, name="figures-download"),
    path("requests/", requests.requests, name="requests"),
    re_path(r"^requests/(?P<reference>.+)/files/(?P<name>[^/]+)$", requests.file, name="request-file"),
    path("requests/<path:reference>/", requests.case, name="request"),
    path("report/", reporting.choose, name="report-choose"),
    path("report/<slug:slug>/", reporting.start, name="report"),
    path("report/<slug:slug>/now/", reporting.now, name="report-now"),
    path("report/<slug:slug>/check/", reporting.check, name="report-check"),
    path("report/<slug:slug>/sent/", reporting.sent, name="report-sent"),
    path("report/<slug:slug>/saved/", reporting.saved, name="report-saved"),
    path("report/<slug:slug>/follow-up/", reporting.follow, name="report-follow"),
    path("report/<slug:slug>/progress/", reporting.progress, name="report-progress"),
    path("report/<slug:slug>/leave/", reporting.leave, name="report-leave"),
    path("report/<slug:slug>/form.<str:kind>", blank.blank, name="report-form"),
    path("report/<slug:slug>/<slug:page>/", reporting.question, name="report-question"),
    path("told-us/", on_behalf.told_us, name="told-us"),
    path("told-us/mail/", on_behalf.mail, name="told-us-mail"),
    path("notices/", notices.mine, name="notices"),
    path("notices/<int:number>/", notices.notice, name="notice"),
    path("notices/<int:number>/<str:token>/", notices.link, name="notice-link"),
    path("healthz", plain.healthz, name="healthz"),
    path("accessibility", plain.accessibility, name="accessibility"),
    path("cookies", plain.cookies, name="cookies"),
    path("privacy", plain.privacy, name="privacy"),
    path("welcome/<str:token>/", welcome.welcome, name="welcome"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/forgotten/", plain.forgotten, name="account_reset_password"),
    path("sign-in/not-in-use/", account.account_inactive, name="account_inactive"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/", second_factor.index, name="mfa_index"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password-again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/code-again/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
