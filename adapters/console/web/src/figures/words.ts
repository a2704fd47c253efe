// How figures read: numbers, shares, lengths of time, periods.
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';

import type { Cell, Column, Line, Span } from '../api/figures';
import { language } from '../i18n';
import { last_day, quarter_of, unit_of, week_of } from './period';

export function use_words() {
  const { t } = useI18n();
  const whole = computed(() => new Intl.NumberFormat(language.value));
  const one = computed(() => new Intl.NumberFormat(language.value, { maximumFractionDigits: 1 }));

  function span_text(minutes: number): string {
    if (minutes < 120) return t('figures.minutes', { n: one.value.format(minutes) });
    if (minutes < 2880) return t('figures.hours', { n: one.value.format(minutes / 60) });
    return t('figures.days', { n: one.value.format(minutes / 1440) });
  }
  // A deadline as the rules write it: 20min, 1h, 4wh, 15W, 30N.
  function limit_text(text: string): string {
    const found = /^(\d+)(min|h|wh|W|N)$/.exec(text);
    return found ? t(`figures.limit.${found[2]}`, { n: found[1] }, Number(found[1])) : text;
  }
  function day_text(day: string): string {
    return new Intl.DateTimeFormat(language.value === 'en' ? 'en-GB' : 'zh-CN', { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' }).format(new Date(`${day}T00:00:00Z`));
  }
  function month_text(month: string): string {
    const date = new Date(`${month}-01T00:00:00Z`);
    return new Intl.DateTimeFormat(language.value === 'en' ? 'en-GB' : 'zh-CN', { timeZone: 'UTC', year: 'numeric', month: 'short' }).format(date);
  }
  // A column of one month is called so.
  const is_month = (key: string) => /^\d{4}-\d\d$/.test(key);
  const head = (column: Column) => (is_month(column.key) ? month_text(column.key) : column.label);

  function cell(column: Column, line: Line): string {
    const value: Cell = line[column.key] ?? null;
    if (value === null || value === '') return typeof line[`${column.key}_label`] === 'string' ? String(line[`${column.key}_label`]) : '–';
    if (column.kind === 'month') return month_text(String(value));
    if (typeof value === 'string') return limit_text(String(line[`${column.key}_label`] ?? value));
    if (column.kind === 'percent') return `${one.value.format(value)}%`;
    if (column.kind === 'minutes') return span_text(value);
    return whole.value.format(value);
  }
  // "2026年11月", "week 48 of 2026", else both ends.
  function period_name(span: Span): string {
    const unit = unit_of(span);
    if (unit === 'week') return t('figures.named.week', week_of(span.from));
    if (unit === 'month') return month_text(span.from.slice(0, 7));
    if (unit === 'quarter') return t('figures.named.quarter', { year: span.from.slice(0, 4), quarter: quarter_of(span.from) });
    if (unit === 'year') return t('figures.named.year', { year: span.from.slice(0, 4) });
    return days(span);
  }
  const days = (span: Span) => t('figures.days_of', { from: day_text(span.from), to: day_text(last_day(span)) });

  return { cell, head, span_text, day_text, month_text, period_name, days, number: (n: number) => whole.value.format(n) };
}
