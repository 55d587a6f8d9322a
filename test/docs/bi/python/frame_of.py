"""Prints a query's answer, as a data frame reads it from Trino: python frame_of.py URL SQL"""

import sys

import pandas
from sqlalchemy import create_engine, text

with create_engine(sys.argv[1]).connect() as connection:
    frame = pandas.read_sql(text(sys.argv[2]), connection)
print(frame.to_json(orient="records", date_format="iso", double_precision=15))
