"""The one schema, for SQLite and PostgreSQL alike: times are RFC 3339 texts, payloads are JSON, order is a number."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 4
"""Version 2 added `theme_edits`; version 3 added `upload_pieces`, and put the source into the keys of records whose ids are
unique only in it; version 4 added `decisions` and `deliveries`."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Json = JSON(none_as_null=True)
_Sequence = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts only INTEGER keys up by itself.


def _owned_by(table: str) -> ForeignKey:
    return ForeignKey(f"{table}.id", ondelete="CASCADE")


schema = Table("schema", metadata, Column("version", Integer, primary_key=True, autoincrement=False))

projects = Table(
    "projects",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("retention_days", Integer),
    Column("pii_mode", String, nullable=False),
    Column("glossary", _Json, nullable=False),
    Column("created_at", String, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", String, primary_key=True),
    Column("project_id", String, _owned_by("projects"), nullable=False, index=True),
    Column("filename", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", String, nullable=False),
)

upload_pieces = Table(
    "upload_pieces",
    metadata,
    Column("upload_id", String, _owned_by("uploads"), primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
"""The bytes of a large upload, whose own content is empty; `start` counts bytes."""

records = Table(
    "records",
    metadata,
    Column("position", _Sequence, primary_key=True),
    Column("project_id", String, _owned_by("projects"), nullable=False),
    Column("key", Text, nullable=False),
    Column("digest", String, nullable=False),
    Column("id", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("source", Text, nullable=False),
    Column("external_id", Text),
    Column("language", String),
    Column("author", Text),
    Column("rating", Float),
    Column("occurred_at", String),
    Column("channel", Text),
    Column("metadata", _Json, nullable=False),
    Column("turns", _Json, nullable=False),
    Column("created_at", String, nullable=False),
    Column("updated_at", String, nullable=False),
    UniqueConstraint("project_id", "key"),
    Index("ix_records_project_id_position", "project_id", "position"),
    Index("ix_records_project_id_id", "project_id", "id"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", String, primary_key=True),
    Column("project_id", String, _owned_by("projects"), nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("summary", _Json),
    Column("created_at", String, nullable=False),
    Column("finished_at", String),
)

themes = Table(
    "themes",
    metadata,
    Column("run_id", String, _owned_by("runs"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, index=True),
    Column("aspect", String),
    Column("payload", _Json, nullable=False),
)

requests = Table(
    "requests",
    metadata,
    Column("run_id", String, _owned_by("runs"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, index=True),
    Column("theme_id", String),
    Column("status", String, nullable=False),
    Column("payload", _Json, nullable=False),
)

segments = Table(
    "segments",
    metadata,
    Column("run_id", String, _owned_by("runs"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("theme_id", String),
    Column("record_id", String, nullable=False),
    Column("act", String, nullable=False),
    Column("sentiment", String, nullable=False),
    Column("language", String, nullable=False),
    Column("unclustered", String),
    Column("payload", _Json, nullable=False),
    Index("ix_segments_run_id_theme_id", "run_id", "theme_id", "position"),
    Index("ix_segments_run_id_record_id", "run_id", "record_id", "position"),
)

theme_edits = Table(
    "theme_edits",
    metadata,
    Column("id", String, primary_key=True),
    Column("project_id", String, _owned_by("projects"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("theme_id", String, nullable=False),
    Column("members", _Json, nullable=False),
    Column("label", _Json, nullable=False),
    Column("created_at", String, nullable=False),
    Column("undone_at", String),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", String, primary_key=True),
    Column("project_id", String, _owned_by("projects"), nullable=False, index=True),
    Column("request_id", String, nullable=False),
    Column("status", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("segment_ids", _Json, nullable=False),
    Column("changed_at", String, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String, primary_key=True),
    Column("run_id", String, _owned_by("runs"), nullable=False, index=True),
    Column("export", String, nullable=False),
    Column("recipient", String, nullable=False),
    Column("destination", Text, nullable=False),
    Column("delivered_at", String, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String, primary_key=True),
    Column("project_id", String, _owned_by("projects"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("stage", String, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("payload", _Json, nullable=False),
    Column("result_url", String),
    Column("error", _Json),
    Column("outcome", _Json),
    Column("attempts", Integer, nullable=False),
    Column("created_at", String, nullable=False),
    Column("started_at", String),
    Column("finished_at", String),
    Column("heartbeat_at", String),
    Column("cancel_requested", Boolean, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("id", String, primary_key=True),
    Column("project_id", String, _owned_by("projects"), index=True),
    Column("scopes", _Json, nullable=False),
    Column("prefix", String, nullable=False, index=True),
    Column("secret_sha256", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("revoked_at", String),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("owner", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("body_sha256", String, nullable=False),
    Column("status", Integer),
    Column("headers", _Json),
    Column("body", _Json),
    Column("created_at", String, nullable=False, index=True),
)
