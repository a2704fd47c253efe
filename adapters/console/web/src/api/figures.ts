// Figures of the zone by period, as /api/v1/reports has them.
import { get, get_file } from './client';
import type { Iso } from './types';

export type Kind = 'month' | 'grade' | 'cause' | 'post' | 'department' | 'measure' | 'count' | 'percent' | 'minutes' | 'text';
export type Cell = string | number | null;
export type Line = Record<string, Cell | undefined>;

export interface Column {
  key: string;
  label: string;
  kind: Kind;
}

export interface Table {
  name: string;
  title: string;
  about: string;
  columns: Column[];
  rows: Line[];
  total?: Line;
}

export interface Pack {
  title: string;
  from: string; // YYYY-MM-DD
  to: string; // the first day that is not in it
  made_at: Iso;
  exercises: number;
  note: string;
  tables: Table[];
}

export interface Span {
  from: string;
  to: string;
}

const query = ({ from, to }: Span) => ({ from, to });

export const pack = (span: Span) => get<Pack>('/reports/pack', query(span));
export const csv = (name: string, span: Span) =>
  get_file(`/reports/${encodeURIComponent(name)}`, { ...query(span), format: 'csv' });
