"""Settings: one frozen object per server, read from `VIEWER_*`, from a few bare aliases, or given by the command line.

No other module reads the environment for settings. `docs/configuration.md` holds the table that `settings_table` prints.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from py_remote_viewer.errors import SettingsInvalid

PREFIX = "VIEWER_"
_TURN_URL = re.compile(r"turns?:[^\s?/@]+(\?transport=(udp|tcp))?")  # RFC 7065, 3.1
_CSP_SOURCE = re.compile(r"[a-z][a-z0-9+.-]*:(//[A-Za-z0-9.*-]+(:(\d+|\*))?)?")  # CSP 3, 2.3.1: scheme or host source
RungSetting = tuple[
    Annotated[int, Field(ge=90, le=2160)],
    Annotated[int, Field(ge=5, le=120)],
    Annotated[int, Field(ge=100_000, le=50_000_000)],
]  # height in px, pictures a second, bit/s
EncoderName = Literal["auto", "h264_nvenc", "h264_qsv", "h264_amf", "libx264"]


def _alias(name: str, *bare: str) -> AliasChoices:
    return AliasChoices(f"{PREFIX}{name}", *bare, name.lower())


class Settings(BaseSettings):
    """Everything an operator can set. Frozen: made once, passed down."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", populate_by_name=True)

    host: str = Field("127.0.0.1", validation_alias=_alias("HOST", "HOST"), description="Address to listen on.")
    port: int = Field(
        8000, ge=0, le=65535, validation_alias=_alias("PORT", "PORT"), description="TCP port; 0 picks one."
    )
    token: str = Field(
        "",
        description="Secret that every request and page must bring; required when `host` is not a loopback address.",
        repr=False,
    )
    allowed_origins: tuple[str, ...] = Field(
        (), description="Further web origins that may open the WebSocket, as a JSON list; same origin always may."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", validation_alias=_alias("LOG_LEVEL", "LOG_LEVEL"), description="Least severe log line that is printed."
    )
    debug: bool = Field(
        False,
        validation_alias=_alias("DEBUG", "DEBUG_MODE"),
        description="Log at DEBUG and show internal errors in answers.",
    )
    scene: str = Field(
        "humanoid", description="Preset or MJCF file that the room starts with; empty: it waits for one."
    )
    frame_ancestors: tuple[str, ...] = Field(
        (),
        description="Web origins whose pages may show this page in a frame, as a JSON list of CSP sources, for example "
        '["http://localhost:*"]; same origin always may.',
    )
    width: int = Field(
        1280, ge=160, le=3840, validation_alias=_alias("WIDTH", "FRAME_WIDTH"), description="Largest picture width, px."
    )
    height: int = Field(
        720,
        ge=90,
        le=2160,
        validation_alias=_alias("HEIGHT", "FRAME_HEIGHT"),
        description="Largest picture height, px.",
    )
    fps: int = Field(
        60, ge=5, le=120, validation_alias=_alias("FPS", "FRAME_RATE"), description="Pictures a second while moving."
    )
    encoder: EncoderName = Field("auto", description="H.264 encoder; `auto` takes the first that really encodes here.")
    bitrate_bps: int = Field(
        4_000_000, ge=100_000, le=50_000_000, description="Bitrate of the full-size picture, bit/s."
    )
    lower_rungs: Annotated[tuple[RungSetting, ...], Field(max_length=3)] = Field(
        ((480, 60, 1_500_000), (360, 30, 600_000), (240, 15, 250_000)),
        description="Further H.264 encodes for links that cannot carry the full one, each made only while somebody needs it:"
        " JSON list of at most 3 [height px, pictures a second, bit/s], best first.",
    )
    vp8_rungs: Annotated[tuple[RungSetting, ...], Field(min_length=1, max_length=3)] = Field(
        ((720, 30, 2_500_000), (480, 30, 700_000), (240, 15, 250_000)),
        description="The encodes for browsers without H.264, written likewise; at least one.",
    )
    quality: str = Field("auto", description="`auto`, or one level of the quality ladder to hold (see /api/config).")
    stun_server: str = Field(
        "",
        validation_alias=_alias("STUN_SERVER", "STUN_SERVER"),
        description="STUN URL for peers beyond the local network, for example stun:stun.example.org:3478; none by default.",
    )
    turn_urls: tuple[str, ...] = Field(
        (),
        description="TURN servers for peers that no direct path reaches, as a JSON list, "
        'for example ["turn:turn.example.org:3478", "turns:turn.example.org:443?transport=tcp"].',
    )
    turn_secret: str = Field(
        "",
        repr=False,
        description="Secret shared with the TURN servers (coturn: `static-auth-secret`); each peer gets credentials that end.",
    )
    turn_ttl_s: int = Field(
        3600, ge=60, le=86_400, description="Seconds that credentials made from the secret are good for."
    )
    turn_username: str = Field("", description="User of the TURN servers, where they share no secret with us.")
    turn_password: str = Field(
        "", repr=False, description="Password of that user; every authorised peer gets to see it."
    )
    ice_relay_only: bool = Field(
        False, description="Media only through the TURN servers, at both ends: no address of either shows."
    )
    publish: str = Field(
        "",
        repr=False,
        description="Where to publish the room as well: `whip:URL` or `rtp:HOST:PORT`; see docs/scaling.md.",
    )
    publish_token: str = Field("", repr=False, description="Bearer token for the WHIP endpoint.")
    publish_unencrypted: bool = Field(
        False, description="Plain RTP, which anybody on the way can watch, to public addresses too."
    )
    max_peers: int = Field(100, ge=1, le=1000, description="People in one room; one more is refused.")
    sleep_after_s: float = Field(
        5.0, ge=0, le=86_400, description="Seconds without anybody in the room until simulation stands still; 0: never."
    )
    recordings_dir: str = Field(
        "", description="Folder for recordings; by default `~/.local/share/py_remote_viewer/recordings`."
    )
    recording_max_s: float = Field(
        3600.0, ge=1, le=86_400, description="Longest recording, seconds; it ends by itself."
    )
    recording_max_mb: int = Field(2000, ge=1, le=10**6, description="Largest recording, MB; it ends by itself.")
    recordings_quota_mb: int = Field(10_000, ge=1, le=10**7, description="Of all recordings together, MB.")
    recordings_when_full: Literal["refuse", "delete_oldest"] = Field(
        "refuse", description="What happens to a new recording when the quota is used up."
    )
    recordings_keep_days: float = Field(
        0.0, ge=0, le=36_500, description="Older recordings are deleted when a new one begins; 0: they are kept."
    )
    history_mb: int = Field(
        64, ge=0, le=65_536, description="Most memory of a room for states that can be gone back to, MiB; 0: none."
    )
    egl_devices: tuple[int, ...] = Field(
        (), description="EGL device numbers to spread engines over, as a JSON list; empty: found by asking the driver."
    )
    latency_strip: bool = Field(
        False, description="Draw a machine-readable strip into each picture, as `bench latency` needs it."
    )
    llm_url: str = Field(
        "",
        description="OpenAI-compatible endpoint that may write scenes, for example http://127.0.0.1:11434/v1; none by default.",
    )
    llm_model: str = Field("", description="Name of the model at that endpoint.")
    llm_key: str = Field("", repr=False, description="Bearer token for it; never logged, never told to a page.")
    llm_timeout_s: float = Field(60.0, gt=0, le=600, description="Longest wait for one answer of it, seconds.")
    llm_when_lost: bool = Field(
        False,
        description="Ask it also when the words of a prompt were not understood, not only when a request says so.",
    )
    compile_wall_s: float = Field(
        5.0, gt=0, le=60, description="Longest time that compiling a scene may take, seconds."
    )
    compile_memory_mb: int = Field(
        1536, ge=256, le=65_536, description="Most memory that compiling a scene may take, MiB."
    )

    asset_dir: str = Field(
        "", description="Folder that keeps uploads; `py_remote_viewer/assets` in the user's cache folder when empty."
    )
    asset_store_mb: int = Field(
        2048, ge=16, le=1_048_576, description="Most that it keeps, MiB; what was used longest ago goes first."
    )
    upload_max_mb: int = Field(256, ge=1, le=4096, description="Largest upload, MiB.")

    accept_mjb: bool = Field(
        True, description="Take compiled models (.mjb) from people; MuJoCo trusts what is in them (docs/scenes.md)."
    )
    menagerie_dir: str = Field(
        "",
        validation_alias=_alias("MENAGERIE_DIR", "MUJOCO_MENAGERIE_PATH"),
        description="A checkout of MuJoCo Menagerie, used instead of downloading its robots.",
    )
    menagerie_url: str = Field(
        "", description="Where robots are downloaded from: a mirror of the archives that `mujoco-menagerie` names."
    )
    offline: bool = Field(False, description="Download nothing; what is here already is shown.")

    @field_validator("width", "height")
    @classmethod
    def _even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("must be even, because H.264 stores colour at half size")
        return value

    @field_validator("stun_server")
    @classmethod
    def _stun_url(cls, value: str) -> str:
        if not value or value.startswith(("stun:", "stuns:")):
            return value
        return f"stun:{value}"

    @field_validator("turn_urls")
    @classmethod
    def _turn_urls(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for url in value:
            if not _TURN_URL.fullmatch(url):
                raise ValueError("must look like turn:HOST:PORT, turn:HOST:PORT?transport=tcp or turns:HOST:PORT")
        return value

    @field_validator("frame_ancestors")
    @classmethod
    def _csp_sources(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for source in value:
            if not _CSP_SOURCE.fullmatch(source):
                raise ValueError("must look like https://host, http://localhost:* or a scheme such as vscode-webview:")
        return value

    @field_validator("llm_url")
    @classmethod
    def _llm_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password):
            raise ValueError("must look like https://HOST/v1, without a password in it")
        return value.rstrip("/")

    @property
    def asset_folder(self) -> Path:
        """The folder that keeps uploads."""
        return Path(self.asset_dir).expanduser().absolute() if self.asset_dir else cache_folder() / "assets"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


def load_settings(**overrides: Any) -> Settings:
    """Settings from the environment, with `overrides` (field names; None means not given) on top.

    Raises:
        SettingsInvalid: a value is out of bounds, or the address needs a token.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        settings = Settings(**given)
    except ValidationError as exc:
        parts = [f"{'.'.join(map(str, e['loc']))}: {e['msg']} (got {e.get('input')!r})" for e in exc.errors()]
        raise SettingsInvalid("; ".join(parts), hint="See docs/configuration.md for names and bounds.") from exc
    require_token_beyond_loopback(settings)
    require_turn_credentials(settings)
    if settings.llm_url and not settings.llm_model:
        raise SettingsInvalid("VIEWER_LLM_URL is set, but no model is", hint="Set VIEWER_LLM_MODEL to its name there.")
    return settings


def require_token_beyond_loopback(settings: Settings) -> None:
    """Refuse to be reachable from other machines without a token.

    Raises:
        SettingsInvalid: says how to set one.
    """
    if not settings.is_loopback and not settings.token:
        raise SettingsInvalid(
            f"refusing to listen on {settings.host} without a token: anybody who reaches it could drive the simulation",
            hint="Set VIEWER_TOKEN to a secret (for example: VIEWER_TOKEN=$(openssl rand -hex 16)), or use --host 127.0.0.1.",
        )


def require_turn_credentials(settings: Settings) -> None:
    """Refuse TURN settings that could never connect anybody.

    Raises:
        SettingsInvalid: says what is missing.
    """
    if settings.turn_urls and not settings.turn_secret and not (settings.turn_username and settings.turn_password):
        raise SettingsInvalid(
            "VIEWER_TURN_URLS is set, but no credentials for it are",
            hint="Set VIEWER_TURN_SECRET (coturn: use-auth-secret), or VIEWER_TURN_USERNAME and VIEWER_TURN_PASSWORD.",
        )
    if settings.ice_relay_only and not settings.turn_urls:
        raise SettingsInvalid(
            "VIEWER_ICE_RELAY_ONLY is set, but there is no TURN server to relay", hint="Set VIEWER_TURN_URLS."
        )


def cache_folder() -> Path:
    """Where this user keeps what can be made or fetched again (XDG base directories)."""
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (given if given.is_absolute() else Path.home() / ".cache") / "py_remote_viewer"


def known_variables() -> set[str]:
    """Every environment variable that a setting reads."""
    names: set[str] = set()
    for field_name, field in Settings.model_fields.items():
        if isinstance(field.validation_alias, AliasChoices):
            names |= {c for c in field.validation_alias.choices if isinstance(c, str) and c.isupper()}
        names.add(f"{PREFIX}{field_name.upper()}")
    return names


def unknown_variables(environ: Mapping[str, str] | None = None) -> dict[str, str | None]:
    """`VIEWER_*` variables that no setting reads, each with the nearest known name or None."""
    environ = os.environ if environ is None else environ
    known = known_variables()
    unknown = sorted(name for name in environ if name.startswith(PREFIX) and name not in known)
    return {name: next(iter(get_close_matches(name, known, n=1)), None) for name in unknown}


def settings_table() -> str:
    """The settings as a Markdown table, for the docs."""
    rows = ["| variable | default | aliases | meaning |", "|---|---|---|---|"]
    for field_name, field in Settings.model_fields.items():
        variable = f"{PREFIX}{field_name.upper()}"
        choices = field.validation_alias.choices if isinstance(field.validation_alias, AliasChoices) else []
        aliases = [f"`{c}`" for c in choices if isinstance(c, str) and c.isupper() and c != variable]
        default = "" if field.default in ("", ()) else f"`{_as_written(field.default)}`"
        rows.append(f"| `{variable}` | {default} | {' '.join(aliases)} | {field.description} |")
    return "\n".join(rows) + "\n"


def _as_written(value: object) -> str:
    """A default as an environment variable would hold it."""
    return json.dumps(value) if isinstance(value, tuple) else str(value)
