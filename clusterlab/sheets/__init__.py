"""Reading tables from anywhere safely, and writing them so that spreadsheets open them right."""

from clusterlab.sheets.archive import extras
from clusterlab.sheets.book import Book, Page
from clusterlab.sheets.cells import Cell, Value, as_text
from clusterlab.sheets.charts import Chart
from clusterlab.sheets.files import whole
from clusterlab.sheets.fitting import possible, sheet_name
from clusterlab.sheets.reading import TABLES, read_tables
from clusterlab.sheets.separated import write_csv
from clusterlab.sheets.table import Sheet, Table
from clusterlab.sheets.writing import write_xlsx

__all__ = [
    "TABLES",
    "Book",
    "Cell",
    "Chart",
    "Page",
    "Sheet",
    "Table",
    "Value",
    "as_text",
    "extras",
    "possible",
    "read_tables",
    "sheet_name",
    "whole",
    "write_csv",
    "write_xlsx",
]
