"""How Schemathesis calls this API where the description cannot say it."""

import itertools

import schemathesis

numbers = itertools.count(1)


@schemathesis.hook
def before_call(context, case, kwargs):
    """
    Gives each request a key of its own. Schemathesis uses the same few keys again and again with other bodies, and
    would see hardly more of these operations than the refusal of a used key. The length stays, because it is described.
    """
    # A tag is opaque: nobody can make up one that something has, and each request with one would be refused with 412.
    for name in ("If-Match", "If-None-Match"):
        (case.headers or {}).pop(name, None)
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and key.strip():
        number = f"{next(numbers):07d}"
        case.headers["Idempotency-Key"] = number + key[len(number) :]
