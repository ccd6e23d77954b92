"""Single days as the office writes them: 3月20日 周三, with the year only where it tells something."""

from datetime import date

WEEKDAYS = "一二三四五六日"  # by date.weekday()


def weekday(day: date) -> str:
    """周三."""
    return f"周{WEEKDAYS[day.weekday()]}"


def month_day(day: date) -> str:
    """3月20日."""
    return f"{day.month}月{day.day}日"


def long_day(day: date) -> str:
    """2013年3月20日."""
    return f"{day.year}年{month_day(day)}"


def short_day(day: date, today: date) -> str:
    """3月20日 周三, in another year than today's 2014年3月20日 周四."""
    return f"{month_day(day) if day.year == today.year else long_day(day)} {weekday(day)}"


def iso_day(text: str) -> date | None:
    """The day that a program writes (2013-03-19); None for any other text. It needs no grammar, whose loading costs a
    command a tenth of its time."""
    if not (len(text) == 10 and text.isascii() and text[4] == text[7] == "-" and text.replace("-", "").isdigit()):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
