// What ical.js reads of a feed, one deadline a line: instant, sequence, status, minutes of reminder,
// UID and summary, tab-separated, in order of UID.
import {readFileSync} from 'node:fs'
import ICAL from 'ical.js'

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], 'utf8')))
for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
const lines = calendar.getAllSubcomponents('vevent').map((component) => {
  const event = new ICAL.Event(component)
  const alarm = component.getFirstSubcomponent('valarm')
  const trigger = alarm ? alarm.getFirstPropertyValue('trigger').toSeconds() / 60 : '-'
  const at = event.startDate.toJSDate().toISOString().replace('.000Z', 'Z')
  return [at, event.sequence, component.getFirstPropertyValue('status'), trigger, event.uid, event.summary].join('\t')
})
console.log(lines.sort((a, b) => (a.split('\t')[4] < b.split('\t')[4] ? -1 : 1)).join('\n'))
