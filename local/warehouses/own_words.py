"""What the warehouses say in words of their own: calls by names of ours, and what sqlglot says and the engine does not.

Each rule names what the vendor's manual says.
"""

import sqlglot
from sqlglot import exp

CALLS = {
    # SYSDATE() is the time in UTC without a zone; CURRENT_TIMESTAMP is in the zone of the session.
    "snowflake": {
        "lake_now": "SYSDATE()",
        "lake_days_ago": "TO_CHAR(DATEADD(DAY, -_0, SYSDATE()), 'YYYY-MM-DD')",
        "lake_day": "TO_CHAR(_0, 'YYYY-MM-DD')",
        "lake_minute": "TO_CHAR(_0, 'YYYY-MM-DD HH24:MI')",
        "lake_plus_days": "DATEADD(DAY, _1, _0)",
        "lake_listed": "LISTAGG(DISTINCT _0, ', ') WITHIN GROUP (ORDER BY _0)",
        "lake_numbers": "ARRAY_GENERATE_RANGE(_0, _1 + 1)",
        "lake_ascending": "ARRAY_SORT(_0)",
        # Members of an array have no type of their own, and are counted from 0.
        "lake_element": "CAST(GET(_0, _1 - 1) AS DOUBLE)",
    },
    "bigquery": {
        "lake_now": "CURRENT_DATETIME('UTC')",
        "lake_days_ago": "CAST(DATE_SUB(CURRENT_DATE('UTC'), INTERVAL _0 DAY) AS STRING)",
        "lake_day": "FORMAT_DATETIME('%Y-%m-%d', _0)",
        "lake_minute": "FORMAT_DATETIME('%Y-%m-%d %H:%M', _0)",
        "lake_plus_days": "DATE_ADD(_0, INTERVAL _1 DAY)",
        "lake_listed": "STRING_AGG(DISTINCT _0, ', ' ORDER BY _0)",
        "lake_numbers": "GENERATE_ARRAY(_0, _1)",
        "lake_ascending": "ARRAY(SELECT member FROM UNNEST(_0) AS member ORDER BY member)",
        "lake_element": "_0[SAFE_ORDINAL(_1)]",
    },
    # GETDATE() is in the zone of the session, which is UTC unless somebody sets another.
    "redshift": {
        "lake_now": "GETDATE()",
        "lake_days_ago": "TO_CHAR(DATEADD(DAY, -_0, GETDATE()), 'YYYY-MM-DD')",
        "lake_day": "TO_CHAR(_0, 'YYYY-MM-DD')",
        "lake_minute": "TO_CHAR(_0, 'YYYY-MM-DD HH24:MI')",
        "lake_listed": "LISTAGG(DISTINCT _0, ', ') WITHIN GROUP (ORDER BY _0)",
    },
    "databricks": {
        "lake_now": "LOCALTIMESTAMP()",
        "lake_days_ago": "DATE_FORMAT(DATE_ADD(CURRENT_DATE(), -_0), 'yyyy-MM-dd')",
        "lake_day": "DATE_FORMAT(_0, 'yyyy-MM-dd')",
        "lake_minute": "DATE_FORMAT(_0, 'yyyy-MM-dd HH:mm')",
        "lake_plus_days": "DATE_ADD(_0, CAST(_1 AS INT))",
        "lake_listed": "ARRAY_JOIN(ARRAY_SORT(COLLECT_SET(_0)), ', ')",
        "lake_numbers": "SEQUENCE(_0, _1)",
        "lake_ascending": "ARRAY_SORT(_0)",
        "lake_element": "TRY_ELEMENT_AT(_0, CAST(_1 AS INT))",
    },
}


FLOAT = exp.DataType.build("double")
# How columns that hold truth values begin.
TRUTHS = ("listed", "is_")
# Members of arrays, and what they are.
MEMBERS = {"days_later": exp.DataType.build("int"), "log_rows": FLOAT}
# Of columns by which windows are ordered.
NEVER_NULL = ("sync_start_time", "day", "seen_at")


class NotInDialect(Exception):
    """The warehouse has no words for it."""


def call_in_own_words(call, dialect):
    name = call.name.lower()
    (first, *rest) = call.expressions or [None]
    if name == "lake_listed":
        # Of array_agg(DISTINCT x) the x.
        first = first.find(exp.Distinct).expressions[0]
    if name == "lake_ascending" and dialect == "bigquery" and first.find(exp.ArrayAgg):
        return in_order(first)
    template = CALLS[dialect].get(name)
    if template is None:
        raise NotInDialect(f"{dialect} has no {name}")
    words = sqlglot.parse_one(template, read=dialect)
    arguments = [first, *rest]
    for column in list(words.find_all(exp.Column)):
        if column.name.startswith("_"):
            column.replace(arguments[int(column.name[1:])].copy())
    return words


def filtered(array):
    """BigQuery: ARRAY_AGG has no FILTER, and its array holds no nulls."""
    value = exp.func("IF", array.expression.this, array.this.this, exp.null(), dialect="bigquery")
    return exp.IgnoreNulls(this=exp.ArrayAgg(this=value))


def in_order(array):
    """BigQuery: an aggregate can't stand in UNNEST, and has an order of its own."""
    value = array.find(exp.ArrayAgg).this.sql("bigquery")
    nulls = " IGNORE NULLS" if isinstance(array, exp.IgnoreNulls) else ""
    return sqlglot.parse_one(f"ARRAY_AGG({value}{nulls} ORDER BY {value})", read="bigquery")


def nulls_in_place(ordered):
    """BigQuery: nulls are the smallest, and their place can't be told in a window. Whether one is null comes before it."""
    descending = bool(ordered.args.get("desc"))
    first = bool(ordered.args.get("nulls_first"))
    plain = exp.Ordered(this=ordered.this, desc=descending or None, nulls_first=not descending)
    if ordered.this.name in NEVER_NULL or first != descending:
        return [plain]
    is_null = exp.Is(this=ordered.this.copy(), expression=exp.null())
    return [exp.Ordered(this=is_null, desc=first or None, nulls_first=not first), plain]


def in_own_words(node, dialect):
    """@returns the node as the engine wants it."""
    if isinstance(node, exp.Anonymous) and node.name.lower().startswith("lake_"):
        return call_in_own_words(node, dialect)
    if isinstance(node, exp.Literal) and node.is_number and "e" in node.this:
        # A number with an exponent is a decimal in some engines, and a division by it is cut off.
        return exp.cast(exp.Literal.number(node.this.split("e")[0]), FLOAT)
    if isinstance(node, exp.DataType):
        if node.is_type("varchar", "text"):
            # In Redshift VARCHAR alone is 256 bytes.
            return exp.DataType.build("varchar(65535)" if dialect == "redshift" else "text")
        if node.is_type("timestamp"):
            return exp.DataType.build("datetime" if dialect == "bigquery" else "timestampntz")
        if node.is_type("decimal") and dialect == "bigquery":
            return exp.DataType.build("bignumeric", dialect="bigquery")
    if isinstance(node, exp.Max) and isinstance(node.this, exp.Column):
        if node.this.name.startswith(TRUTHS):
            return exp.LogicalOr(this=node.this)
        if node.this.name.startswith("logs") and dialect != "databricks":
            return exp.AnyValue(this=node.this)
    if dialect == "snowflake" and isinstance(node, exp.Column) and node.name in MEMBERS:
        return exp.cast(node.copy(), MEMBERS[node.name])
    if dialect == "redshift":
        if isinstance(node, exp.NullSafeNEQ):
            # Always of a word, which is not null.
            return exp.func("COALESCE", exp.NEQ(this=node.this, expression=node.expression), exp.true())
        if isinstance(node, exp.TryCast):
            return exp.Cast(this=node.this, to=node.to)
    if dialect == "bigquery":
        if isinstance(node, exp.DateDiff) and node.unit.name.upper() == "MILLISECOND":
            return exp.DatetimeDiff(this=node.this, expression=node.expression, unit=node.args["unit"])
        if isinstance(node, exp.Sub) and isinstance(node.expression, exp.Interval):
            interval = node.expression
            return exp.DatetimeSub(
                this=node.this, expression=exp.Literal.number(interval.this.name), unit=interval.args["unit"]
            )
        if isinstance(node, exp.Filter) and isinstance(node.this, exp.ArrayAgg):
            return filtered(node)
        if isinstance(node, exp.Order) and isinstance(node.parent, exp.Window):
            return exp.Order(expressions=[one for ordered in node.expressions for one in nulls_in_place(ordered)])
    return node
