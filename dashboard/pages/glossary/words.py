"""The page of terms."""

TEXTS = {
    "glossary.title": ("Thuật ngữ", "Glossary"),
    "glossary.lead": (
        "Từ dùng trên các trang và trong tệp xuất, kèm từ tiếng Anh tương ứng.",
        "Words used on the pages and in exported files, with their Vietnamese originals.",
    ),
    "glossary.filter": ("Lọc thuật ngữ", "Filter terms"),
    "glossary.term": ("Thuật ngữ", "Term"),
    "glossary.short": ("Viết tắt", "Abbreviation"),
    "glossary.other": ("Tiếng Anh", "Vietnamese"),
    "glossary.definition": ("Nghĩa", "Definition (Vietnamese)"),
}
