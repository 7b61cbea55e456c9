// Prints what ical.js reads in the calendars named: for each file, by UID, when its events are, in UTC.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const utc = (time) => time.convertToZone(ICAL.Timezone.utcTimezone).toString();

const found = {};
for (const file of process.argv.slice(2)) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  found[file] = {};
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component);
    found[file][event.uid] = [utc(event.startDate), utc(event.endDate)];
  }
}
process.stdout.write(JSON.stringify(found));
