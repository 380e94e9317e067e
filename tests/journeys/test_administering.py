"""An administrator says who is on duty and who is away, and gives a colleague a new sign-in link."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


def test_the_duty_rota(page_at):
    administrator = page_at(who="administrator").opens("/duty/turn/").looks("duty-turn")
    administrator.presses("Save").sees("There is a problem").looks("duty-turn-error")
    administrator.page.get_by_label("Who is called first?").select_option(index=1)
    administrator.page.get_by_label("Who stands in?").select_option(index=2)
    administrator.presses("Save").sees("Duty rota").follows("Say that somebody is away").looks("duty-away")
    administrator.page.get_by_label("Who is away?").select_option(index=2)
    administrator.presses("Save").sees("Duty rota").looks("duty")
    administrator.follows("Is back").looks("duty-back").presses("Save").sees("Duty rota")
    assert administrator.page.get_by_text("Nobody is away.").count() == 1


def test_a_new_sign_in_link_for_somebody(page_at, site):
    site.candour("person", "add", "New officer", "--role", "handler", "--email", "new.officer@sample-body.example")
    administrator = page_at(who="administrator").opens("/people/").looks("people")
    administrator.follows("New link for New officer").looks("person-link")
    administrator.presses("Make a new link").sees("New sign-in link for").looks("person-link-made")
    link = administrator.page.locator(".candour-digest").inner_text()
    page_at().opens(link[link.index("/welcome/") :]).sees("Welcome, New officer")
