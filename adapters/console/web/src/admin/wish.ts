// A change somebody is about to make: its questions, what they hold to begin with, how it is sent.
import type { Schema } from '../api/types';
import type { Values } from '../form/values';

export interface Wish {
  title: string;
  lead?: string;
  go?: string; // on the button, where it is not the title
  schema: Schema;
  initial?: Values;
  send: (payload: Values) => Promise<unknown>;
}

export interface Choice {
  value: string;
  text: string;
}

export const line = (title: string, more: Schema = {}): Schema => ({ type: 'string', title, maxLength: 200, ...more });
export const moment = (title: string): Schema => ({ type: 'string', title, format: 'date-time' });
export const choice = (title: string, choices: Choice[]): Schema => ({ type: 'string', title, oneOf: choices.map((each) => ({ const: each.value, title: each.text })) });
export const several = (title: string, choices: Choice[]): Schema => ({ type: 'array', title, items: choice(title, choices) });
export const yes_no = (title: string): Schema => ({ type: 'boolean', title });
export const form = (properties: Record<string, Schema>, required: string[] = []): Schema => ({ type: 'object', properties, required, 'x-order': Object.keys(properties) });
