// A value of the case in the words of the schema it was asked for by.
import type { Language, Schema } from '../api/types';
import { day_and_time } from '../time';

type Say = (key: string) => string;

export function yuan(fen: unknown, language: Language): string {
  const n = Number(fen);
  if (!Number.isFinite(n)) return String(fen ?? '');
  return new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'zh-CN', { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol' }).format(n / 100);
}

export function shown_value(schema: Schema, value: unknown, t: Say, language: Language): string {
  if (value === undefined || value === null || value === '') return t('merge.empty');
  if (Array.isArray(value)) return value.map((each) => shown_value(schema.items ?? {}, each, t, language)).join(t('list.comma')) || t('merge.empty');
  if (schema.oneOf) return schema.oneOf.find((each) => each.const === value)?.title ?? String(value);
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (schema['x-kind'] === 'money_fen') return yuan(value, language);
  if (schema.format === 'date-time') return day_and_time(String(value), language);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
