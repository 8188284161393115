"""A pool of candidates for every reader: a terminal, a spreadsheet, programs, a browser.

    rows      candidates, their duplicates and the skipped as one sequence
    words     what the views for people say alike
    text      the ranked table and the pool on a terminal
    csv       one row per input, for spreadsheets
    jsonl     one JSON object per input; the pool as JSON
    parquet   one row per input, for data frames
    html      one page that sorts, filters and opens a candidate's evidence

All but ``text`` yield their output in pieces, so that a million candidates take no memory.
"""
