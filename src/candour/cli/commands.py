"""Every command with one sentence and one example: what `candour --help` and docs/reference/commands.md list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """What a command does, and a call that can be copied; its code is the module of the same name in this folder.

    `django`: whether it starts Django at once; one that does not starts it when it turns out to need it.
    """

    says: str
    example: str
    django: bool = True


COMMANDS = {
    "init": Command(
        "Create or upgrade the database and add a body; safe to repeat.",
        'candour init --name "Sample Body" --slug sample --kind ndpb',
    ),
    "person": Command(
        "Add a person with roles, and print the link with which they sign in the first time.",
        'candour person add "Governance officer" --role handler records-manager --email governance@example.org',
    ),
    "organisation": Command(
        "Load what the body says of itself: letterhead, people, sponsors, suppliers, policies, facts.",
        "candour organisation load body.toml",
    ),
    "fact": Command(
        "State a fact of the body from a day on, or show what is stated.",
        "candour fact set staff 1800 --on 2015-04-01 --unit headcount --approximate",
    ),
    "succession": Command(
        "Say that a body's work went to another; the record of a body that ended is sealed, and stays readable.",
        'candour succession hand-over --body old --to new --how merged --on 2016-04-01 --reason "the order of 2016"',
    ),
    "load": Command(
        "Bring in a register that was kept elsewhere: xlsx, xls, ods or csv.",
        'candour load register.xlsx --source "old sheet" --dry-run',
    ),
    "amend": Command(
        "Change an incident from now on, or correct what was never so.",
        'candour amend 2015-0142 information_lost=yes --reason "the letter was opened" --correction',
    ),
    "figures": Command(
        "Count: a table with its definition, basis and provenance.",
        "candour figures --measure events --by financial-year --from 2011-04-01 --to 2015-03-31",
    ),
    "measure": Command(
        "Define a measure of the body's own, word it anew, retire it, or show what is counted.",
        'candour measure add stolen-devices --title "Stolen devices" --says "Devices that were stolen." '
        "--where lost_or_stolen=stolen --value devices",
    ),
    "publish": Command(
        "Publish a table for ever, list what was published, or withdraw it.",
        "candour publish table --measure events --from 2014-04-01 --to 2015-03-31 "
        '--document "Annual Report 2014/15" --on 2015-07-11',
    ),
    "annual-report": Command(
        "Make the tables of personal data incidents for an Annual Report.",
        "candour annual-report --year 2014/15 --out annual-report/",
    ),
    "incident-list": Command(
        "List incidents, a line for each, as they may be published.",
        "candour incident-list --from 2014-04-01 --to 2015-03-31 --format csv",
    ),
    "coverage": Command(
        "State since when this register knows something, record a search, or show both.",
        'candour coverage set --measure near-misses --from 2015-04-01 --reason "collected from 2015/16"',
    ),
    "statement": Command(
        "Record a figure that was published before this register existed.",
        "candour statement add --measure events --period 2010/11 --value 3 "
        '--published-on 2011-07-11 --document "Annual report"',
    ),
    "read": Command(
        "Say what a request asks, or what an earlier reply said.",
        "candour read request.eml --format json",
        django=False,
    ),
    "answer": Command(
        "Draft the whole reply to a request: letter, answers and enclosures.",
        "candour answer request.eml --received 2016-02-28 --out reply/",
    ),
    "due": Command(
        "Say when a reply is due, with every day that counts and every day that does not.",
        "candour due --regime foia --received 2016-02-28",
        django=False,
    ),
    "screen": Command(
        "Say whether files may leave: what they hold that the eye does not see; make clean renditions.",
        "candour screen reply/ --clean reply-clean/",
        django=False,
    ),
    "token": Command(
        "Make, list or revoke a token by which a program calls the API as a person.",
        'candour token add gateway@example.org --for "mail gateway"',
    ),
    "hold": Command(
        "Keep records from disposal while they are asked for, appealed or claimed about; lift a hold.",
        'candour hold place --from 2011-04-01 --to 2015-03-31 --for appeal --case EA/2016/1 --reason "an appeal"',
    ),
    "disposal": Command(
        "Show what is due under the retention schedule, propose a list, and approve it as a second person.",
        "candour disposal approve 418 --as records.manager@example.org",
    ),
    "verify": Command(
        "Say whether the record is whole.",
        "candour verify --expect 418:3f9a...",
    ),
    "sample": Command(
        "Make and load the sample body, and answer a sample request.",
        "candour sample",
    ),
    "serve": Command(
        "Serve the pages.",
        "candour serve --bind 127.0.0.1:8000",
    ),
    "worker": Command(
        "Tell people what the record brings: by mail, and what is urgent until somebody acknowledges it.",
        "candour worker --once",
    ),
    "backup": Command(
        "Write the database and the files into one encrypted file.",
        "candour backup /mnt/backup/candour.backup --passphrase-file passphrase.txt",
    ),
    "restore": Command(
        "Bring a backup back, verified before it takes its place.",
        "candour restore /mnt/backup/candour.backup --passphrase-file passphrase.txt",
    ),
    "doctor": Command(
        "Look at settings, database, guards, chains, disk, clock, assets and permissions.",
        "candour doctor",
    ),
}
