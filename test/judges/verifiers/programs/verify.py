"""Judges the arrivals in the file named first with the `standardwebhooks` library: one line of true or false for each."""

import base64
import sys

from standardwebhooks import Webhook

NAMES = ["webhook-id", "webhook-timestamp", "webhook-signature"]


def is_real(secret, headers, body):
    try:
        Webhook(secret).verify(body, headers)
        return True
    except Exception:
        return False


for line in open(sys.argv[1]):
    secret, *values, body = (None if field == "-" else base64.b64decode(field[1:]) for field in line.split())
    headers = {name: value.decode() for name, value in zip(NAMES, values) if value is not None}
    print(str(is_real(secret.decode(), headers, body)).lower())
