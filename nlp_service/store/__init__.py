"""Everything that outlives a request, in one database; the only place for SQLAlchemy."""
