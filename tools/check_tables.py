"""Opens the tables of a report as people do: Parquet in DuckDB, pandas and polars, CSV as a spreadsheet program would.

    python3 -m venv venv && venv/bin/pip install duckdb pandas polars pyarrow
    kyclint audit photos --out report
    venv/bin/python tools/check_tables.py report

Ends with an error where a list is no list, a type or the number of rows differs, what is missing is no null, or a cell of the CSV starts a formula.
"""

import csv
import math
import sys
from pathlib import Path

import duckdb
import pandas
import polars

# Columns that stand in every report of photos, by what they hold.
LISTS = ["categories", "not_assessed"]
TEXTS = ["path", "verdict", "document_type", "blake3", "document_quad"]
NUMBERS = ["resolution", "sharpness", "glare_area"]
INTEGERS = ["width", "height", "bytes"]
# What a spreadsheet program takes for a formula where a cell starts with it.
ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def csv_rows(path):
    """The cells of a CSV, and that none of them starts a formula; `'` before one is what makes it safe."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for name, cell in row.items():
            for text in (name, cell):
                assert not text.startswith(ACTIVE) or is_number(text), f"{path}: `{name}` holds the formula {text!r}"
    return rows


def is_number(text):
    """Whether all of a cell are finite numbers: one, or the corners of a document."""
    try:
        return all(math.isfinite(float(number)) for number in text.replace(",", " ").split())
    except ValueError:
        return False


def told(cell):
    """A cell as the CSV tells it."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, (list, tuple)) or hasattr(cell, "tolist"):
        return ";".join(cell)
    return str(cell)


def check_polars(path, rows):
    frame = polars.read_parquet(path)
    assert frame.height == len(rows), f"polars: {frame.height} rows, the CSV has {len(rows)}"
    for names, kind in [(LISTS, polars.List(polars.String)), (TEXTS, polars.String), (NUMBERS, polars.Float64), (INTEGERS, polars.Int64)]:
        for name in names:
            assert frame.schema[name] == kind, f"polars: `{name}` is {frame.schema[name]}, not {kind}"
    for name in LISTS + TEXTS:
        cells = [told(cell) for cell in frame[name].to_list()]
        assert cells == [row[name].removeprefix("'") for row in rows], f"polars: `{name}` differs from the CSV"
    assert not any(frame[name].is_nan().any() for name in NUMBERS), "polars: NaN in a table"


def check_pandas(path, rows):
    frame = pandas.read_parquet(path)
    assert len(frame) == len(rows), f"pandas: {len(frame)} rows, the CSV has {len(rows)}"
    for name in LISTS:
        for cell, row in zip(frame[name], rows):
            assert (cell is None) == (row[name] == ""), f"pandas: `{name}` of {row['path']} is {cell!r}"
            assert told(cell) == row[name], f"pandas: `{name}` of {row['path']} is {cell!r}"
    for name in NUMBERS:
        for cell, row in zip(frame[name], rows):
            assert row[name] == "" if math.isnan(cell) else float(row[name]) == cell, f"pandas: `{name}` of {row['path']}"


def check_duckdb(path, rows):
    table = duckdb.read_parquet(str(path))
    types = dict(zip(table.columns, map(str, table.types)))
    for names, kind in [(LISTS, "VARCHAR[]"), (TEXTS, "VARCHAR"), (NUMBERS, "DOUBLE"), (INTEGERS, "BIGINT")]:
        for name in names:
            assert types[name] == kind, f"DuckDB: `{name}` is {types[name]}, not {kind}"
    (height,) = duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall()[0]
    assert height == len(rows), f"DuckDB: {height} rows, the CSV has {len(rows)}"
    found = dict(duckdb.sql(f"SELECT unnest(categories) AS category, count(*) FROM '{path}' GROUP BY category").fetchall())
    expected = {}
    for row in rows:
        for category in filter(None, row["categories"].split(";")):
            expected[category] = expected.get(category, 0) + 1
    assert found == expected, f"DuckDB: {found} is not {expected}"


def main(folder):
    rows = csv_rows(folder / "report.csv")
    assert rows, "the report is empty"
    for check in (check_polars, check_pandas, check_duckdb):
        check(folder / "report.parquet", rows)
    for name in ("submissions", "captures"):
        if (folder / f"{name}.csv").exists():
            height = polars.read_parquet(folder / f"{name}.parquet").height
            assert len(csv_rows(folder / f"{name}.csv")) == height, f"{name}: the tables differ"
    print(f"{len(rows)} rows are the same in CSV, DuckDB, pandas and polars")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
