"""Who got what of a run and when: the last step of what a datum goes through, from its origin to its destination."""

from typing import Any

from sqlalchemy import Connection, insert, select

from nlp_service.store.ids import new_id, timestamp
from nlp_service.store.tables import deliveries

Item = dict[str, Any]


def add(connection: Connection, run_id: str, *, export: str, recipient: str, destination: str = "") -> None:
    """Notes that the recipient took an export, and where it was to go, if that was said."""
    values = {"id": new_id("dlv"), "run_id": run_id, "export": export, "recipient": recipient}
    connection.execute(insert(deliveries).values(**values, destination=destination, delivered_at=timestamp()))


def of_run(connection: Connection, run_id: str) -> list[Item]:
    """Every delivery of the run, the oldest first."""
    query = select(deliveries).where(deliveries.c.run_id == run_id).order_by(deliveries.c.id)
    fields = ("export", "recipient", "destination", "delivered_at")
    return [{field: row[field] for field in fields} for row in connection.execute(query).mappings()]
