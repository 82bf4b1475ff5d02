"""What every register's table shares: constraint names, an id that is never reused, a version."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

STRICT: dict[str, Any] = {"sqlite_strict": True, "sqlite_autoincrement": True}


class Base(DeclarativeBase):
    """The metadata of the whole file."""

    metadata = MetaData(naming_convention=NAMING)


class Record(Base):
    """A row people work with: logged, undoable, guarded by its version.

    An id is never given twice, so a change log entry always means the same record.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(Integer, primary_key=True, sort_order=-2)
    version: Mapped[int] = mapped_column(Integer, nullable=False, server_default="1", sort_order=-1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy's own convention
        return {"version_id_col": cls.version}

    @declared_attr.directive
    def __table_args__(cls) -> Any:  # noqa: N805
        return dict(STRICT)
