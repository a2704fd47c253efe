"""What icalendar (Python) reads of a feed, in the form of read.mjs."""
import datetime
import sys

import icalendar

with open(sys.argv[1], "rb") as file:
    calendar = icalendar.Calendar.from_ical(file.read())
lines = []
for event in calendar.walk("VEVENT"):
    start = event.decoded("DTSTART").astimezone(datetime.timezone.utc)
    alarms = event.walk("VALARM")
    trigger = f'{alarms[0].decoded("TRIGGER").total_seconds() / 60:g}' if alarms else "-"
    lines.append((start.strftime("%Y-%m-%dT%H:%M:%SZ"), str(event["SEQUENCE"]), str(event["STATUS"]),
                  trigger, str(event["UID"]), str(event["SUMMARY"])))
print("\n".join("\t".join(line) for line in sorted(lines, key=lambda line: line[4])))
