"""The views in a warehouse's dialect, and back into DuckDB's, by sqlglot.

Reads a JSON object from standard input, {"dialect": ..., "schema": ..., "texts": {name: sql}}, and writes an object of the
names and the translated texts. With the argument "back" the texts are of that dialect, and are translated into DuckDB's;
with "parse" they are statements, of which those are listed that sqlglot does not know.

What sqlglot can't say in a dialect ends it. What it says, and the engine does not, is put right here: each rule names what
the vendor's manual says.
"""

import json
import logging
import re
import sys

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel

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
BOOLEANS = ("listed", "is_")
# Start of a sync and day are never null, and lead each order.
MEMBERS = {"days_later": exp.DataType.build("int"), "log_rows": FLOAT}
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


def put_right(node, dialect):
    """@returns the node as the engine wants it."""
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
        if node.this.name.startswith(BOOLEANS):
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
        if isinstance(node, exp.Ordered) and node.find_ancestor(exp.Window):
            # Nulls come first there, and their place can't be told in a window.
            if node.this.name in NEVER_NULL:
                return exp.Ordered(this=node.this, nulls_first=True)
    return node


def translate(sql, dialect, schema):
    tree = sqlglot.parse_one(sql, read="trino")
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    # The innermost first: what is put right stands in what is put right later.
    for node in reversed(list(tree.walk())):
        if isinstance(node, exp.Anonymous) and node.name.lower().startswith("lake_"):
            right = call_in_own_words(node, dialect)
        else:
            right = put_right(node, dialect)
        if right is node:
            continue
        if node is tree:
            tree = right
        else:
            node.replace(right)
    if dialect == "bigquery":
        for window in tree.find_all(exp.Window):
            order = window.args.get("order")
            if order:
                order.set("expressions", [one for ordered in order.expressions for one in nulls_last(ordered)])
    for table in tree.find_all(exp.Table):
        if table.name and table.name not in own and not table.db:
            table.set("db", exp.to_identifier(schema))
            if not table.alias:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
    # Redshift wants a name for each query in FROM; it harms nowhere.
    unnamed = [
        query for query in tree.find_all(exp.Subquery) if isinstance(query.parent, (exp.From, exp.Join)) and not query.alias
    ]
    for number, query in enumerate(unnamed, 1):
        query.set("alias", exp.TableAlias(this=exp.to_identifier(f"inner_{number}")))
    return remarks_above(tree.sql(dialect, pretty=True, unsupported_level=ErrorLevel.RAISE))


def remarks_above(sql):
    """A remark stands above what it is about, as it was written."""
    sql = re.sub(r"\), (\w+) /\* (.*?) \*/ AS \(", r"),\n-- \2\n\1 AS (", sql)
    sql = re.sub(r"\), (\w+) AS \(\n", r"),\n\1 AS (\n", sql)
    return re.sub(r"^/\* (.*?) \*/$", r"-- \1", sql, flags=re.MULTILINE)


def nulls_last(ordered):
    if ordered.this.name in NEVER_NULL:
        return [ordered]
    first = bool(ordered.args.get("nulls_first"))
    is_null = exp.Is(this=ordered.this.copy(), expression=exp.null())
    is_default = first != bool(ordered.args.get("desc"))
    plain = exp.Ordered(this=ordered.this, desc=ordered.args.get("desc"), nulls_first=not ordered.args.get("desc"))
    return [plain] if is_default else [exp.Ordered(this=is_null, desc=first, nulls_first=not first), plain]


def back(sql, dialect):
    """Into DuckDB's words, in which it can be asked."""
    tree = sqlglot.parse_one(sql, read=dialect)
    for node in list(tree.find_all(exp.ToChar)):
        # sqlglot leaves the format of Snowflake's TO_CHAR as it is.
        spelled = {"YYYY-MM-DD": "%Y-%m-%d", "YYYY-MM-DD HH24:MI": "%Y-%m-%d %H:%M"}[node.args["format"].name.upper()]
        node.replace(exp.TimeToStr(this=node.this, format=exp.Literal.string(spelled)))
    for node in list(tree.find_all(exp.GroupConcat)):
        # Of Redshift's LISTAGG(DISTINCT x, ', ') sqlglot takes the separator for a second member.
        members = node.find(exp.Distinct)
        if members and len(members.expressions) == 2:
            node.set("separator", members.expressions[1])
            members.set("expressions", members.expressions[:1])
    for node in list(tree.find_all(exp.CurrentDatetime)):
        node.replace(sqlglot.parse_one("now() AT TIME ZONE 'UTC'", read="duckdb"))
    text = tree.sql("duckdb", unsupported_level=ErrorLevel.RAISE)
    # FLATTEN has six columns, of which the fifth is the member.
    return re.sub(
        r"TABLE\(UNNEST\(INPUT => (.*?)\)\) AS (\w+)\(seq, key, path, index, (\w+), this\)", r"UNNEST(\1) AS \2(\3)", text
    )


def unknown_statements(sql, dialect):
    logging.disable()
    statements = sqlglot.parse(sql, read=dialect, error_level=ErrorLevel.RAISE)
    return [statement.sql(dialect, comments=False) for statement in statements if isinstance(statement, exp.Command)]


def main():
    task = json.load(sys.stdin)
    answer = {}
    for name, sql in task["texts"].items():
        try:
            if sys.argv[1:] == ["back"]:
                answer[name] = back(sql, task["dialect"])
            elif sys.argv[1:] == ["parse"]:
                answer[name] = unknown_statements(sql, task["dialect"])
            else:
                answer[name] = translate(sql, task["dialect"], task["schema"])
        except NotInDialect:
            answer[name] = None
        except Exception as error:
            raise SystemExit(f"{task['dialect']}: {name}: {error}") from error
    json.dump(answer, sys.stdout)


main()
