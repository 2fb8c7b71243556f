"""How a command is typed: options before or after its name, mistakes said in the reader's language."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

WORDS = {
    "usage: ": "cách dùng: ",
    "positional arguments": "tham số",
    "options": "tùy chọn",
    "show this help message and exit": "hiện hướng dẫn này rồi thoát",
    "%(prog)s: error: %(message)s\n": "%(prog)s: lỗi: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "còn thiếu: %s",
    "unrecognized arguments: %s": "không có tham số này: %s",
    "expected one argument": "cần một giá trị đi kèm",
    "expected at least one argument": "cần ít nhất một giá trị đi kèm",
    "expected at most one argument": "cần nhiều nhất một giá trị đi kèm",
    "expected %s argument": "cần %s giá trị đi kèm",
    "expected %s arguments": "cần %s giá trị đi kèm",
    "invalid %(type)s value: %(value)r": "giá trị không hợp lệ: %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)": "không có lựa chọn %(value)r (chọn một trong: %(choices)s)",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s có thể là %(matches)s, hãy viết đủ",
    "ignored explicit argument %r": "không nhận giá trị %r",
    "not allowed with argument %s": "không dùng cùng với %s",
}
"""What argparse says in English → in Vietnamese. What is not here, of a later Python, stays English."""


def speak(lang: str) -> None:
    """Lets argparse speak a language: it asks for its words by these two names, which are those of gettext."""
    words: Mapping[str, str] = WORDS if lang == "vi" else {}
    argparse._ = lambda text: words.get(text, text)
    argparse.ngettext = lambda one, many, n: argparse._(one if n == 1 else many)


def language(argv: Sequence[str], default: str) -> str:
    """The language that was asked for, wherever it stands: before anything is parsed, mistakes have one too."""
    for at, word in enumerate(argv):
        value = word.partition("=")[2] if word.startswith("--lang=") else None
        if word == "--lang" and at + 1 < len(argv):
            value = argv[at + 1]
        if value in ("vi", "en"):
            return value
    return default


def command_first(argv: Sequence[str], commands: Mapping[str, argparse.ArgumentParser]) -> list[str]:
    """The arguments with the name of the command in front of options that were typed before it."""
    takes_value = {
        option: action.nargs != 0
        for parser in commands.values()
        for action in parser._actions
        for option in action.option_strings
    }
    at = 0
    while at < len(argv) and argv[at].startswith("-") and argv[at] != "--":
        name = argv[at]
        full = [option for option in takes_value if option == name] or [
            option for option in takes_value if name.startswith("--") and option.startswith(name)
        ]
        at += 2 if full and takes_value[full[0]] else 1
    if at >= len(argv) or argv[at] not in commands:
        return list(argv)
    return [argv[at], *argv[:at], *argv[at + 1 :]]
