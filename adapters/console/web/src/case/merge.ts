// What others changed in a case while a form of it was open, question by question, for forms that say
// anew what the case says already (its fields bear the same names).
import type { Case, Schema } from '../api/types';
import type { Value, Values } from '../form/values';
import { payload_of } from '../form/values';

export interface Difference {
  path: string;
  schema: Schema;
  before: unknown; // as the case stood when the form was opened
  theirs: unknown; // as it stands now
  mine: Value; // undefined: not touched here
}

const roots = new Set(['enterprise', 'event', 'reporter', 'note', 'filing']);

function at(from: unknown, path: string[]): unknown {
  let value = from;
  for (const name of path) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return value;
}

function leaves(schema: Schema, path: string[] = []): { path: string[]; schema: Schema }[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const here = [...path, name];
    if (path.length === 0 && !roots.has(name)) return [];
    return field.type === 'object' ? leaves(field, here) : [{ path: here, schema: field }];
  });
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

export function differences(schema: Schema, before: Case, now: Case, values: Values): Difference[] {
  return leaves(schema).flatMap(({ path, schema: field }) => {
    const [was, is] = [at(before, path), at(now, path)];
    if (same(was, is)) return [];
    return [{ path: path.join('.'), schema: field, before: was, theirs: is, mine: payload_of(field, at(values, path)) }];
  });
}

export const conflicts = (all: Difference[]) => all.filter((each) => each.mine !== undefined && !same(each.mine, each.theirs));
export const elsewhere = (all: Difference[]) => all.filter((each) => each.mine === undefined);

// The entries with one of them put in or taken out.
export function with_entry(values: Values, path: string, entry: Value): Values {
  const [name, ...rest] = path.split('.');
  if (name === undefined) return values;
  const inner = rest.length ? with_entry((values[name] ?? {}) as Values, rest.join('.'), entry) : entry;
  return { ...values, [name]: inner };
}

export const entry_at = (values: Values, path: string): Value => at(values, path.split('.'));
