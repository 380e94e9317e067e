"""Two bodies of one register: one hands over and is sealed, the other takes over, and `verify` holds both together."""


def test_one_body_hands_over_and_the_other_takes_over(candour):
    for slug in ("old", "new"):
        assert candour("init", "--name", slug.capitalize(), "--slug", slug).code == 0
    why = ("--how", "merged", "--on", "2016-04-01", "--reason", "the order of 2016")
    over = candour("succession", "hand-over", "--body", "old", "--to", "new", *why, "--format", "json").json
    assert over["sealed"]
    took = candour("succession", "take-over", "--body", "new", "--from", "old", "--prefix", "OLD/")
    assert took.out.startswith("the work of Old: entry")
    (one,) = candour("succession", "show", "--body", "new", "--format", "json").json["predecessors"]
    assert (one["slug"], one["on"], one["number"], one["digest"]) == (
        "old",
        "2016-04-01",
        over["ledger_number"],
        over["digest"],
    )
    assert candour("succession", "show", "--body", "old").out == "to New: merged\n"
    refused = candour("fact", "set", "--body", "old", "staff", "100", "--on", "2016-01-01")
    assert (refused.code, "sealed" in refused.err) == (2, True)
    assert candour("verify", "--body", "old", "--expect", f"{over['ledger_number']}:{over['digest']}").code == 0
    assert candour("verify", "--body", "new").code == 0
