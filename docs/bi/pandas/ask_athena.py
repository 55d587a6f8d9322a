"""A view as a data frame, through Athena: python ask_athena.py "SELECT * FROM freshness" """

import sys

import awswrangler as wr


def ask_athena(sql: str):
    # Without ctas_approach=False a table is made for each query, which the read policy does not allow.
    return wr.athena.read_sql_query(sql, database="braze_cdi", workgroup="braze_cdi", ctas_approach=False)


if __name__ == "__main__":
    print(ask_athena(sys.argv[1]).to_string())
