"""What a page says, as values: measures, tables, exhibits, pages. How they look is for `dashboard.render`."""
