"""Superset for the tests: on loopback, for one user, with SQLite, and without what would reach elsewhere."""

import os

SECRET_KEY = os.environ["SUPERSET_SECRET"]
SQLALCHEMY_DATABASE_URI = "sqlite:///" + os.path.join(os.environ["SUPERSET_HOME"], "superset.db")
WTF_CSRF_ENABLED = False
# Its policy wants https, and a browser would hold on to it.
TALISMAN_ENABLED = False
RATELIMIT_ENABLED = False
CONTENT_SECURITY_POLICY_WARNING = False
# Every answer is asked of the database.
DATA_CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
