"""Keys of rows that tell nothing: no order, no time, no count."""

import secrets


def new_id() -> str:
    return secrets.token_hex(16)
