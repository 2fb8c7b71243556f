"""What leaves the pages: pictures, data, documents.

`charts` what a frame of a page is outside it; `tables` data as CSV, XLSX and Parquet; `pictures` Plotly figures to
PNG, SVG and PDF through one Chromium; `documents` PDF set with Typst; `routes` the links below /tai-ve/; `command`
`cchc charts`. Pages need none of this: a frame that shows a figure or a table can be taken away (see `charts`).
"""
