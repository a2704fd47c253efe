import type { Schema } from '../api/types';
import { from_input } from '../time';

export type Value = unknown;
export type Values = Record<string, Value>;
export interface Fault {
  field: string;
  text: string;
}

// What is asked inside an answer to `for`, once that is chosen; else the question itself.
export function settled(schema: Schema, beside: Values | undefined): Schema {
  const inner = schema['x-schemas'];
  return inner ? { ...(inner[String(beside?.['for'] ?? '')] ?? { type: 'object', properties: {} }), title: schema.title ?? '' } : schema;
}

// What an untouched question holds.
export function blank(schema: Schema): Value {
  if (schema.type === 'object') {
    const out: Values = {};
    for (const [name, field] of Object.entries(schema.properties ?? {})) out[name] = blank(field);
    return out;
  }
  if (schema.type === 'array') return (schema.minItems ?? 0) > 0 && schema.items?.type === 'object' ? [blank(schema.items)] : [];
  return '';
}

function number_of(schema: Schema, text: string): number {
  const n = Number(text);
  return schema['x-kind'] === 'money_fen' ? Math.round(n * 100) : Math.trunc(n);
}

// The answers as the API takes them: what was not answered is left out. undefined: nothing was.
export function payload_of(schema: Schema, value: Value): unknown {
  if (schema.type === 'object') {
    const out: Values = {};
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      const one = payload_of(settled(field, value as Values | undefined), (value as Values | undefined)?.[name]) ?? (field['x-schemas'] ? {} : undefined);
      if (one !== undefined) out[name] = one;
    }
    return Object.keys(out).length ? out : undefined;
  }
  if (schema.type === 'array') {
    const items = ((value as Value[] | undefined) ?? []).flatMap((each) => {
      const one = payload_of(schema.items ?? {}, each);
      return one === undefined ? [] : [one];
    });
    return items.length ? items : undefined;
  }
  const text = typeof value === 'string' ? value.trim() : value;
  if (text === '' || text === undefined || text === null) return undefined;
  if (schema.type === 'boolean') return text === 'yes';
  if (schema.type === 'integer' || schema.type === 'number') return number_of(schema, String(text));
  if (schema.format === 'date-time') return from_input(String(text));
  return text;
}

// What is missing or cannot be a number, before the server is asked.
export function faults_of(schema: Schema, value: Value, say: (code: 'required' | 'number') => string, path = ''): Fault[] {
  const out: Fault[] = [];
  for (const [name, question] of Object.entries(schema.properties ?? {})) {
    const field = settled(question, value as Values | undefined);
    const at = path ? `${path}.${name}` : name;
    const one = (value as Values | undefined)?.[name];
    const answer = payload_of(field, one);
    if (answer === undefined && !question['x-schemas']) {
      if (schema.required?.includes(name)) out.push({ field: at, text: say('required') });
      continue;
    }
    if (typeof answer === 'number' && (!Number.isFinite(answer) || answer < (field.minimum ?? -Infinity)))
      out.push({ field: at, text: say('number') });
    if (field.type === 'object') out.push(...faults_of(field, one, say, at));
    if (field.type === 'array' && field.items?.type === 'object')
      (one as Value[]).forEach((each, i) => {
        if (field.items && payload_of(field.items, each) !== undefined) out.push(...faults_of(field.items, each, say, `${at}.${i}`));
      });
  }
  return out;
}

// A fault of the server, whose paths may name list items as [0] or .0, at the question it belongs to.
export function fault_at(faults: Fault[], path: string): string {
  const same = (a: string) => a.replace(/\[(\d+)\]/g, '.$1');
  return faults.find((fault) => same(fault.field) === path)?.text ?? '';
}

// Can every question of it be asked here? A field without a type is for programs.
export function askable(schema: Schema): boolean {
  if (schema.oneOf) return true;
  if (schema['x-schemas']) return Object.values(schema['x-schemas']).every(askable);
  if (!schema.type) return false;
  return Object.values(schema.properties ?? {}).every(askable) && (schema.items ? askable(schema.items) : true);
}
