"""The addresses at which nothing of who asks is kept: of the channel, and of the desk."""

CHANNEL, DESK = "/concerns", "/desk"


def is_channel(path: str) -> bool:
    return _is_under(path, CHANNEL)


def is_private(path: str) -> bool:
    return is_channel(path) or _is_under(path, DESK)


def _is_under(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(f"{prefix}/")
