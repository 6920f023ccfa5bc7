"""ICE servers in `Link` headers, as WHIP and WHEP hand them out (RFC 9725, 4.6; RFC 8288, 3). Pure."""

from __future__ import annotations


def link_headers(servers: tuple[dict[str, str], ...]) -> list[str]:
    """`Link` header values one per server."""
    return [_link(server) for server in servers]


def parse_links(values: list[str]) -> tuple[dict[str, str], ...]:
    """The ICE servers among the values of `Link` headers; what is none, or unreadable, is left out."""
    found: list[dict[str, str]] = []
    for value in values:
        for target, parameters in _links(value):
            if "ice-server" not in parameters.get("rel", "").split():
                continue
            if not target.startswith(("stun:", "stuns:", "turn:", "turns:")):
                continue
            server = {"urls": target}
            if "username" in parameters and "credential" in parameters:
                server |= {"username": parameters["username"], "credential": parameters["credential"]}
            found.append(server)
    return tuple(found)


def _link(server: dict[str, str]) -> str:
    text = f'<{server["urls"]}>; rel="ice-server"'
    if "username" in server:
        text += f'; username="{_quoted(server["username"])}"; credential="{_quoted(server["credential"])}"'
        text += '; credential-type="password"'
    return text


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _links(value: str) -> list[tuple[str, dict[str, str]]]:
    """Targets and parameters of one header value."""
    links: list[tuple[str, dict[str, str]]] = []
    rest = value
    while True:
        _, begin, rest = rest.partition("<")
        target, end, rest = rest.partition(">")
        if not begin or not end:
            return links
        parameters, rest = _parameters(rest)
        links.append((target.strip(), parameters))


def _parameters(text: str) -> tuple[dict[str, str], str]:
    """`;name=value` pairs up to the comma that ends a link; the first of equal names counts."""
    found: dict[str, str] = {}
    at = 0
    while True:
        at = _skip(text, at, " \t")
        if at >= len(text) or text[at] != ";":
            return found, text[at + 1 :] if at < len(text) and text[at] == "," else ""
        at = _skip(text, at + 1, " \t")
        begin = at
        while at < len(text) and text[at] not in "=;, \t":
            at += 1
        name = text[begin:at].lower()
        at = _skip(text, at, " \t")
        content = ""
        if at < len(text) and text[at] == "=":
            content, at = _value(text, _skip(text, at + 1, " \t"))
        if name:
            found.setdefault(name, content)


def _value(text: str, at: int) -> tuple[str, int]:
    """A token or a quoted string that starts at `at`, and where it ends."""
    if at >= len(text) or text[at] != '"':
        begin = at
        while at < len(text) and text[at] not in ";, \t":
            at += 1
        return text[begin:at], at
    content: list[str] = []
    at += 1
    while at < len(text) and text[at] != '"':
        at += text[at] == "\\" and at + 1 < len(text)
        content.append(text[at])
        at += 1
    return "".join(content), at + 1


def _skip(text: str, at: int, what: str) -> int:
    while at < len(text) and text[at] in what:
        at += 1
    return at
