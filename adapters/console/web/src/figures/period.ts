// Periods of whole days, as "YYYY-MM-DD"; `to` is the first day that is no longer in it. Days are those
// of the zone: nothing here knows what time it is anywhere.
import type { Span } from '../api/figures';

export const units = ['week', 'month', 'quarter', 'year'] as const;
export type Unit = (typeof units)[number];

const day_ms = 86_400_000;
const at = (day: string) => new Date(`${day}T00:00:00Z`);
const text = (date: Date) => date.toISOString().slice(0, 10);

export const is_day = (day: string) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(at(day).getTime()) && text(at(day)) === day;
export const plus_days = (day: string, n: number) => text(new Date(at(day).getTime() + n * day_ms));

function months(year: number, first: number, n: number): Span {
  return { from: text(new Date(Date.UTC(year, first, 1))), to: text(new Date(Date.UTC(year, first + n, 1))) };
}

// The week (from Monday on, ISO 8601), month, quarter or year a day lies in, or so many away from it.
export function span_of(unit: Unit, day: string, away = 0): Span {
  const date = at(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === 'month') return months(year, month + away, 1);
  if (unit === 'quarter') return months(year, Math.floor(month / 3) * 3 + away * 3, 3);
  if (unit === 'year') return months(year + away, 0, 12);
  const monday = plus_days(day, -((date.getUTCDay() + 6) % 7) + away * 7);
  return { from: monday, to: plus_days(monday, 7) };
}

// Which week, month, quarter or year a period is; nothing if it is none of them.
export function unit_of(span: Span): Unit | null {
  return units.find((unit) => span_of(unit, span.from).from === span.from && span_of(unit, span.from).to === span.to) ?? null;
}

// Number of the ISO week, with its year: the one its Thursday lies in.
export function week_of(day: string): { year: number; week: number } {
  const thursday = plus_days(span_of('week', day).from, 3);
  const year = Number(thursday.slice(0, 4));
  const days = (at(thursday).getTime() - Date.UTC(year, 0, 1)) / day_ms;
  return { year, week: Math.floor(days / 7) + 1 };
}
export const quarter_of = (day: string) => Math.floor(at(day).getUTCMonth() / 3) + 1;
export const last_day = (span: Span) => plus_days(span.to, -1);
