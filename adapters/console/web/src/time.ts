// Times are shown in the zone of the server, which is the one the deadlines are counted in, wherever
// the reader's telephone believes itself to be; and counted down by the server's clock.
import { ref } from 'vue';

import type { Language } from './api/types';

let offset_min = 480;
let skew_ms = 0;
export const now_ms = ref(Date.now());
setInterval(() => (now_ms.value = Date.now() + skew_ms), 1000);

export function set_zone(server_now: string): void {
  const found = /([+-])(\d\d):(\d\d)$/.exec(server_now);
  if (found) offset_min = (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
  skew_ms = Date.parse(server_now) - Date.now();
  now_ms.value = Date.now() + skew_ms;
}

function shifted(instant: string | number): Date {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant);
  return new Date(ms + offset_min * 60_000);
}

export function day_and_time(instant: string | null | undefined, language: Language): string {
  if (!instant) return '';
  const when = shifted(instant);
  const today = shifted(now_ms.value);
  const same_day = when.toISOString().slice(0, 10) === today.toISOString().slice(0, 10);
  const same_year = when.getUTCFullYear() === today.getUTCFullYear();
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: 'UTC',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    ...(same_day ? {} : { month: language === 'en' ? 'short' : 'long', day: 'numeric' }),
    ...(same_year ? {} : { year: 'numeric' }),
  }).format(when);
}

// An end of a day is told as that day's 24:00 and not as the next day's beginning.
export function deadline(instant: string, language: Language): string {
  const when = shifted(instant);
  if (when.getUTCHours() || when.getUTCMinutes()) return day_and_time(instant, language);
  const before = day_and_time(new Date(Date.parse(instant) - 60_000).toISOString(), language);
  return before.replace('23:59', '24:00');
}

// What <input type="datetime-local"> holds, and back.
export function to_input(ms: number): string {
  return shifted(ms).toISOString().slice(0, 16);
}

export function from_input(text: string): string {
  const sign = offset_min < 0 ? '-' : '+';
  const part = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0');
  return `${text}:00${sign}${part(offset_min / 60)}:${part(offset_min % 60)}`;
}

export interface Remaining {
  late: boolean;
  unit: 'days' | 'hours' | 'minutes';
  n: number;
  m: number; // minutes beside hours
}

export function remaining(until: string, now: number): Remaining {
  const ms = Date.parse(until) - now;
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  const late = ms < 0;
  if (minutes >= 48 * 60) return { late, unit: 'days', n: Math.floor(minutes / 1440), m: 0 };
  if (minutes >= 60) return { late, unit: 'hours', n: Math.floor(minutes / 60), m: minutes % 60 };
  return { late, unit: 'minutes', n: minutes, m: 0 };
}

// Seconds of working time left: they run only while people work, and the server said until when.
export function working_seconds(left: { seconds?: number; running?: boolean; as_of?: string; changes_at?: string }, now: number): number {
  const total = left.seconds ?? 0;
  if (!left.running || !left.as_of || !left.changes_at) return total;
  const ran = Math.min(now, Date.parse(left.changes_at)) - Date.parse(left.as_of);
  return Math.max(0, total - Math.max(0, Math.floor(ran / 1000)));
}

// "today 17:30", "tomorrow 24:00": how people say a deadline that is near.
export function due_words(instant: string, now: number): { day: 'today' | 'tomorrow' | null; time: string } {
  const ms = Date.parse(instant);
  const end_of_day = ms - 1 >= 0 && shifted(ms).toISOString().slice(11, 16) === '00:00';
  const when = shifted(end_of_day ? ms - 60_000 : ms);
  const day_of = (date: Date) => Math.floor(date.getTime() / 86_400_000);
  const away = day_of(when) - day_of(shifted(now));
  const time = end_of_day ? '24:00' : when.toISOString().slice(11, 16);
  return { day: away === 0 ? 'today' : away === 1 ? 'tomorrow' : null, time };
}
