// What supervisors look at: the board, what is late, who would be told, requests for a second person.
import { now_ms } from '../time';
import { get, post } from './client';
import type { Case, CaseRow, Grade, Iso, Named, Owner } from './types';

export interface Count {
  cases: number;
  overdue: number;
}
export interface BoardLine extends Count {
  grades: Record<Grade, Count>;
}
export interface Board {
  at: Iso;
  exercise: boolean;
  stages: (BoardLine & { stage: string; stage_label: string })[];
  all: BoardLine;
  ended_overdue: BoardLine;
}
export interface EnterpriseLine extends BoardLine {
  enterprise: Named;
  area: Named | null;
}
export interface AreaLine extends BoardLine {
  area: Named | null;
  enterprises: number;
}
export interface Places {
  areas: AreaLine[];
  items: EnterpriseLine[];
  found: number;
}
export interface LateCase extends CaseRow {
  late: {
    clock: { name: string; label: string; due_at: Iso; basis: string };
    holder: { as: 'owner' | 'addressee' | 'approver'; addressee: string; name: string; person: string | null; person_name: string; since: Iso };
  } | null;
}

export const board = (exercise: boolean) => get<Board>('/board', exercise ? { exercise: 'true' } : {});
export const late = (query: Record<string, string>) => get<{ items: LateCase[]; next_cursor: string | null }>('/board/late', query);
export const places = (query: Record<string, string>) => get<Places>('/board/enterprises', query);

export interface Told {
  person: string;
  person_name?: string;
  why?: string;
  why_text?: string;
  channels?: string[];
}
export interface Covered {
  post: string;
  post_name: string;
  told: Told[];
  desk_channels: string[];
  gap: string | null;
  gap_text?: string;
  reason?: string;
  reserve: { needed: number; found: number; short: boolean };
}
export interface Coverage {
  at: Iso;
  posts: Covered[];
  departments: { department: string; department_name: string; channels: string[]; told: Told[]; gap: string | null; gap_text?: string; reason?: string }[];
  gaps: { post: string; post_name: string; kind: string; text: string; from: Iso; until: Iso | null }[];
  stale_contacts: { person: string; person_name?: string; channel: string; confirmed_at: Iso | null }[];
}
export const coverage = (at: string) => get<Coverage>('/coverage', { at });

export interface PreviewLine {
  at: Iso;
  minutes: number;
  event: string;
  kind: 'told' | 'case';
  text: string;
  times: number;
  last: Iso;
  clock_label?: string;
  rung?: string;
  addressee?: string;
  addressee_name?: string;
  person?: string;
  person_name?: string;
  channel?: string;
  sign?: boolean;
  why_text?: string;
  held_until?: Iso | null;
}
export interface Preview {
  at: Iso;
  until: Iso;
  grade: Grade;
  grade_reasons: { rule: string; text: string }[];
  lines: PreviewLine[];
  lacked: string[];
  cut: boolean;
}
export const preview = (query: Record<string, string>) => get<Preview>('/preview', query);

export interface Wish {
  id: string;
  case: string;
  number: string;
  mine: boolean;
  kind: string;
  by: Owner;
  reason: string;
  asked: Record<string, unknown>;
  needed: number;
  approvals: { person: string; name: string }[];
  approver_name: string;
  due_at: Iso | null;
  state: string;
}
export const requests = () => get<{ items: Wish[]; more: boolean }>('/requests', { state: 'pending' });

export interface Drill {
  enterprise: string;
  cause: string;
  workers: number;
  behaviours: string[];
  note: string;
}
// A drill is an alert like any other that says what it is; everything that follows from it says so too.
export const file_drill = (drill: Drill, key: string) =>
  post<Case>(
    '/alerts',
    {
      enterprise: { name: drill.enterprise },
      event: { cause: drill.cause, behaviours: drill.behaviours, workers_involved: drill.workers, noticed_at: new Date(now_ms.value).toISOString() },
      note: drill.note,
      exercise: true,
    },
    { key },
  );
