"""Exhibits and pages as HTML, files, pictures and documents."""
