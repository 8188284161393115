"""The weeks of a checklist as an iCalendar file (RFC 5545): one all-day event a week."""

from __future__ import annotations

import datetime
import hashlib

import icalendar

from gapfit.datamodels import Catalogue, Checklist, Week
from gapfit.formats.checklist.view import WeekLine, view

_PRODUCT = "-//gapfit//learning checklist//EN"
_WEEK = datetime.timedelta(weeks=1)


def render(checklist: Checklist, catalogue: Catalogue) -> str:
    """Return the weeks as a calendar with RFC 5545's line ends.

    ValueError unless the pace has a first day. Events do not block the time: they say what the
    week is for. Importing a changed plan with the same first day replaces the old events.
    """
    told = view(checklist, catalogue)
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", told.title)
    for week, line in zip(checklist.weeks, told.weeks, strict=True):
        calendar.add_component(_event(checklist, week, line, told.title))
    return str(calendar.to_ical(), "utf-8")


def _event(checklist: Checklist, week: Week, line: WeekLine, title: str) -> icalendar.Event:
    if week.starts is None:
        raise ValueError("a calendar needs the first day of its first week")
    event = icalendar.Event()
    event.add("uid", _uid(checklist, week))
    # The moment of writing would make the same plan differ from run to run.
    event.add("dtstamp", datetime.datetime.combine(week.starts, datetime.time(), datetime.UTC))
    event.add("dtstart", week.starts)
    event.add("dtend", week.starts + _WEEK)
    event.add("summary", f"{title}, week {week.number}")
    event.add("description", "\n".join(f"- {work}" for work in line.works))
    event.add("transp", "TRANSPARENT")
    return event


def _uid(checklist: Checklist, week: Week) -> str:
    named = (checklist.manifest.input_sha256, checklist.role, checklist.pace.start, week.number)
    return f"{hashlib.sha256(repr(named).encode()).hexdigest()[:32]}@gapfit"
