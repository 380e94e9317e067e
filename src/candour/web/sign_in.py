"""The forms of signing in and of its second factor: each says in the reader's language what has to be entered."""

from typing import Any, ClassVar

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

from candour.web.reporting import phrases


class Told(forms.Form):
    """A form that says, for each field, what is missing; `missing` names the phrase."""

    missing: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say = phrases.of(context.request)
        for name, phrase in self.missing.items():
            self.fields[name].error_messages |= {"required": say(phrase), "invalid": say(phrase)}


class SignIn(Told, LoginForm):
    """Email address and password."""

    missing: ClassVar = {"login": "sign-in.email.missing", "password": "sign-in.password.missing"}


class PasswordAgain(Told, ReauthenticateForm):
    """The password, once more."""

    missing: ClassVar = {"password": "sign-in.password.missing"}


class NewPassword(Told, ChangePasswordForm):
    """The password there is, and a new one twice."""

    missing: ClassVar = dict.fromkeys(("oldpassword", "password1", "password2"), "sign-in.password.missing")


class FirstCode(Told, ActivateTOTPForm):
    """The first code of an app that is set up."""

    missing: ClassVar = {"code": "sign-in.code.missing"}


class Code(Told, AuthenticateForm):
    """A code of the app, or a recovery code."""

    missing: ClassVar = {"code": "sign-in.code.missing"}


class CodeAgain(Told, CodeAgainForm):
    """A code, once more."""

    missing: ClassVar = {"code": "sign-in.code.missing"}
