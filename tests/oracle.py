"""A register in plain Python: what every deed makes it believe, kept as whole timelines and never as rows."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

BESIDE = {"occurred_on": ["mark"]} | {
    name: [f"{name} time", f"{name} mark"] for name in ("discovered_at", "aware_at", "told_ico_on")
}
"""What stands beside a day and goes with it: its time of day, and whether it is approximate."""

TIERS = ("reported-to-ico", "other-incident", "event", "near-miss", "undetermined")


def follows(facts):
    """The tier that follows from the facts of an incident, by the four questions in their order."""
    if facts["told_ico"] == "yes" and facts["personal_data"] != "no":
        return "reported-to-ico"
    if facts["information_lost"] == "yes":
        return "other-incident"
    if facts["information_lost"] == "no":
        return {"yes": "event", "no": "near-miss"}.get(facts["resources_assigned"], "undetermined")
    return "undetermined"


class Register:
    """Every incident with all that was ever believed of it, as (ledger number, {first day: facts})."""

    def __init__(self):
        self.believed = {}
        self.stands = {}

    def at(self, reference, day, number):
        """The facts of an incident for a day, as known at a ledger number; None where it was not known."""
        line = next((line for known, line in reversed(self.believed.get(reference, [])) if known <= number), {})
        first = max((since for since in line if since <= day), default=None)
        return None if first is None else line[first]

    def references(self, day, number):
        return {one for one in self.believed if self.at(one, day, number) is not None}

    def now(self, reference):
        return self.believed[reference][-1][1]

    def said(self, reference):
        """What a load last said of an incident and nobody took back; None where nothing stands."""
        return next((said for *_, said in reversed(self.stands.get(reference, [])) if said), None)

    def record(self, reference, row, load, number):
        self._keep(reference, {row["logged_on"]: settled(row)}, load, number, row)

    def update(self, reference, row, load, day, number):
        """A source says otherwise: what it states anew is believed, from a day on; a tier people gave stays."""
        before = self.said(reference)
        moved = {name: row[name] for name in row if row[name] != before[name] and name != "tier"}
        for moment, beside in BESIDE.items():
            moved |= {name: row[name] for name in beside} if moment in moved else {}
        last = self.now(reference)[max(self.now(reference))]
        if row["tier"] and row["tier"] != before["tier"]:
            moved |= {"tier": row["tier"], "basis": "stated"}
        elif before["tier"] and not row["tier"] and last["basis"] == "stated":
            moved |= {"tier": None, "basis": "derived"}
        self._keep(reference, changed(self.now(reference), moved, day), load, number, row)

    def amended(self, reference, changes, day):
        """The timeline where a person states otherwise: from a day on, or (None) as it always was."""
        line = self.now(reference)
        if day is None:
            day = changes.get("logged_on") or min(line)
            line = begun(line, day)
        return changed(line, changes, day)

    def amend(self, reference, line, number):
        self._keep(reference, line, None, number, None)

    def undo(self, reference, load, number):
        """Take back what a load did to an incident; False where something else stands upon it."""
        stands = self.stands[reference]
        if stands[-1][0] != load:
            return False
        stands.pop()
        line = {since: {**facts, "standing": "void"} for since, facts in self.now(reference).items()}
        self.believed[reference].append((number, stands[-1][1] if stands else line))
        return True

    def _keep(self, reference, line, load, number, said):
        self.believed.setdefault(reference, []).append((number, line))
        self.stands.setdefault(reference, []).append((load, line, said))


def settled(facts):
    basis = facts.get("basis") or ("stated" if facts["tier"] else "derived")
    tier = facts["tier"] if basis != "derived" else follows(facts)
    return {**facts, "tier": tier, "basis": basis}


def changed(line, changes, day):
    """The timeline with changes believed from a day on."""
    held = line[max(since for since in line if since <= day)]
    after = {day: held} | {since: facts for since, facts in line.items() if since >= day}
    return joined(
        {since: facts for since, facts in line.items() if since < day}
        | {since: settled({**facts, **changes}) for since, facts in after.items()}
    )


def joined(line):
    """The timeline without days on which nothing changes."""
    days = sorted(line)
    return {
        since: line[since]
        for before, since in zip([None, *days], days, strict=False)
        if line.get(before) != line[since]
    }


def begun(line, day):
    """The timeline of an incident that was first known on another day."""
    held = line[max((since for since in line if since <= day), default=min(line))]
    return {day: held} | {since: facts for since, facts in line.items() if since > max(day, min(line))}


def days_of(register):
    """Every day on which something begins, and the days before."""
    found = {since for lines in register.believed.values() for _, line in lines for since in line}
    return sorted(found | {date.fromordinal(day.toordinal() - 1) for day in found})


def days_to_report(facts):
    """Days from discovery to telling the ICO; None where they do not say it for certain."""
    found, told = facts["discovered_at"], facts["told_ico_on"]
    if not found or not told or facts["discovered_at mark"] or facts["told_ico_on mark"] or told < found:
        return None
    return (told - found).days


def band(people):
    """The ICO's bands of people."""
    if people is None:
        return None
    ends = {1: "None", 10: "1 to 9", 100: "10 to 99", 1000: "100 to 1k", 10**4: "1k to 10k", 10**5: "10k to 100k"}
    return next((label for end, label in ends.items() if people < end), "100k and above")


def days_band(days):
    if days is None:
        return None
    ends = {1: "Same day", 4: "1 to 3 days", 8: "4 to 7 days"}
    return next((label for end, label in ends.items() if days < end), "More than 7 days")


def could_be(facts, name):
    """Every minute at which a moment may have been."""
    if facts[f"{name} time"]:
        minute = datetime.combine(facts[name], facts[f"{name} time"], LONDON).astimezone(UTC)
        return minute, minute
    first, then = (datetime.combine(facts[name] + timedelta(days=d), time(), LONDON).astimezone(UTC) for d in (0, 1))
    return first, then - timedelta(minutes=1)


def elapsed(facts, since):
    """The least and the most time there can have been until the ICO was told."""
    start, end = could_be(facts, since), could_be(facts, "told_ico_on")
    return end[0] - start[1], end[1] - start[0]


def told(facts):
    """Whether there is a day on which the ICO was told, or what is said instead."""
    return None if facts["told_ico"] in {"yes", "not-known"} else "not told"


def time_to_report(facts):
    if not facts["told_ico_on"]:
        return told(facts)
    if not facts["discovered_at"] or facts["discovered_at mark"] or facts["told_ico_on mark"]:
        return None
    least, most = elapsed(facts, "discovered_at")
    if most < timedelta(0):
        return None
    bands = {hour_band(least), hour_band(most)}
    return bands.pop() if len(bands) == 1 else None


def hour_band(elapsed):
    if elapsed < timedelta(hours=24):
        return "Less than 24 hours"
    if elapsed <= timedelta(hours=72):
        return "24 hours to 72 hours"
    return "72 hours to 1 week" if elapsed <= timedelta(days=7) else "More than 1 week"


def told_within_72_hours(facts):
    if not facts["told_ico_on"]:
        return told(facts)
    since = "aware_at" if facts["aware_at"] else "discovered_at"
    if not facts[since] or facts[f"{since} mark"] or facts["told_ico_on mark"]:
        return None
    least, most = elapsed(facts, since)
    if most <= timedelta(hours=72):
        return "yes"
    return "no" if least > timedelta(hours=72) else None
