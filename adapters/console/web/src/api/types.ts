// The parts of the API's answers that the console shows; written from /api/v1/openapi.json. Whatever
// more there is in an answer is left alone.

export type Language = 'zh-CN' | 'en';
export type Grade = 'blue' | 'yellow' | 'orange' | 'red';
export type Iso = string; // RFC 3339 with offset

export interface Named {
  id: string;
  name: string;
}

export interface Me {
  account: string;
  roles: string[];
  person: Named | null;
  posts: Named[];
  department: Named | null;
  enterprise: Named | null;
  language: string;
  now: Iso;
  must_change?: boolean; // a password somebody else chose
}

export interface Enterprise {
  id: string;
  name: string;
  uscc?: string;
  address?: string;
  staff?: number;
  confirmed?: boolean;
}

export interface Owner {
  post: string;
  post_name: string;
  person: string;
  person_name: string;
}

export interface CaseRow {
  id: string;
  number: string;
  stage: string;
  stage_label: string;
  state: string;
  state_label: string;
  grade: Grade;
  grade_label: string;
  owner: Owner;
  enterprise: Named;
  open: boolean;
  exercise: boolean;
  filed_at: Iso;
  next_due: Iso | null;
  overdue: boolean;
}

export interface Clock {
  name: string;
  label: string;
  instance: number;
  due_at: Iso;
  kind: string;
  basis: string;
  budget: string; // "4 wh", "3 W", "15 N", "30 min"
  subject?: string; // the assignment or request it is about
  explain: string[];
  state: string;
  started_at: Iso;
  ended_at: Iso | null;
  outcome: string;
  safe_until: Iso | null;
  provisional: boolean;
  late: boolean;
}

export interface Assignment {
  id: string;
  addressee: string;
  addressee_name: string;
  task: string;
  task_label: string;
  state: string;
  needs_sign: boolean;
  told_at: Iso;
  delivered_at: Iso | null;
  signed_at: Iso | null;
  signed_by_name: string;
  closed_at: Iso | null;
  due_at: Iso | null;
  reason: string;
}

export interface Behaviour {
  code: string;
  started: Iso;
  ended?: Iso;
}

export interface Request {
  id: string;
  kind: string;
  by: { post: string; post_name: string; person: string; person_name: string };
  reason: string;
  asked: Record<string, unknown>;
  needed: number;
  approvals: { person: string; name: string }[];
  approver: string;
  approver_name: string;
  made_at: Iso;
  due_at: Iso | null;
  state: string;
  answered_at: Iso | null;
  answer: string;
}

export interface Paper {
  id: string;
  name?: string;
  type?: string;
  size?: number;
  added_at?: Iso;
  [more: string]: unknown;
}

export interface Demand {
  id: string;
  code: string;
  n?: number;
  answer?: string;
  text?: string;
  [more: string]: unknown;
}

export interface Case extends Omit<CaseRow, 'next_due' | 'overdue'> {
  version: number;
  regions: Record<string, string>;
  confidentiality: string;
  noticed_at: Iso;
  ended_at: Iso | null;
  grade_reasons: { rule: string; text: string }[];
  offer: { to: string; to_name?: string; note?: string; at?: Iso; due_at?: Iso | null; forced?: boolean } | null;
  clocks: Clock[];
  missing: string[];
  next_step: string;
  next_code?: string;
  event: Record<string, unknown>;
  reporter: Record<string, unknown>;
  filing: string;
  note: string;
  behaviours: Behaviour[];
  demands: Demand[];
  requests: Request[];
  parties: Record<string, unknown>[];
  documents: Paper[];
  data: Record<string, unknown>;
  links: { kind: string; case: string }[];
  seq: number;
  assignments: Assignment[];
  sides: Record<string, { told: number; reached: boolean }>;
}

export interface Reason {
  code: string;
  text: string;
}

export interface Schema {
  type?: string;
  title?: string;
  description?: string;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: { const: string; title: string }[];
  maxLength?: number;
  minLength?: number;
  minimum?: number;
  minItems?: number;
  'x-order'?: string[];
  'x-kind'?: string;
}

export interface Action {
  name: string;
  label: string;
  schema: Schema;
}

export interface BlockedAction {
  name: string;
  label: string;
  reasons: Reason[];
}

export interface Actions {
  allowed: Action[];
  blocked: BlockedAction[];
}

export interface Notice {
  id: string;
  seq: number;
  event: string;
  event_label: string;
  addressee: string;
  addressee_name: string;
  channel: string;
  state: string;
  at: Iso;
  delivered_at: Iso | null;
  assignment: string | null;
}

export interface HistoryRow {
  seq: number;
  at: Iso;
  command: string;
  text: string;
  actor: { kind: string; person_name?: string; post_name?: string; department_name?: string };
  events: { name: string; text: string; data?: Record<string, unknown> }[];
}

export interface Task {
  kind: 'case' | 'offer' | 'request' | 'assignment';
  case: string;
  number: string;
  grade: Grade;
  state: string;
  stage: string;
  exercise: boolean;
  enterprise: string;
  text: string;
  due_at: Iso | null;
  overdue: boolean;
  assignment?: string;
  assignment_state?: string;
  request?: string;
  note?: string;
}

export interface Alert {
  enterprise: Record<string, unknown>;
  event: Record<string, unknown>;
  reporter: Record<string, unknown>;
  filing: string;
  note: string;
}

export interface Post {
  id: string;
  name: string;
}
