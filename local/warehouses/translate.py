"""The views in a warehouse's dialect, and back into DuckDB's, by sqlglot.

Reads a JSON object from standard input, {"dialect": ..., "schema": ..., "texts": {name: sql}}, and writes an object of the
names and the translated texts. With the argument "back" the texts are of that dialect, and are translated into DuckDB's;
with "parse" they are statements, of which those are listed that sqlglot does not know.

What sqlglot can't say in a dialect ends it.
"""

import json
import logging
import re
import sys

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel

from own_words import NotInDialect, in_own_words


def translate(sql, dialect, schema):
    tree = sqlglot.parse_one(sql, read="trino")
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    # The innermost first: what is put right stands in what is put right later.
    for node in reversed(list(tree.walk())):
        own_words = in_own_words(node, dialect)
        if own_words is not node:
            node.replace(own_words)
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
