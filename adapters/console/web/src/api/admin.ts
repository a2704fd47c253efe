// The calls of administrators and auditors: configuration, channels, dead letters, the trail,
// calendars. Accounts and people: api/people.ts.
import { get, post } from './client';
import type { Iso } from './types';

const id = encodeURIComponent;
// Proofs take seconds, looking ahead through every open case minutes.
const long_ms = 10 * 60_000;
const channel_ms = 90_000;

export interface Setting {
  key: string;
  value?: string;
  secret?: string; // where it lies
  origin: 'file' | 'default';
  file?: string;
  line?: number;
}
export interface Configuration {
  configuration: string;
  since: Iso;
  values: Setting[];
}
export interface Fault {
  file: string;
  line: number;
  column: number;
  path: string;
  expected: string;
  found: string;
  severity: 'error' | 'warning';
  text: string;
  nearest?: string;
  code?: string;
  see?: string;
}
export interface Checked {
  configuration: string;
  running: string;
  same: boolean;
  ok: boolean;
  errors: number;
  warnings: number;
  faults: Fault[];
}
export interface Takeover {
  cases: number;
  changed_at_once: number;
  changed_on_migration: number;
  situations: number;
  changed_situations: number;
}
export interface Reloaded {
  done: 'taken' | 'tried';
  before: string;
  after: string;
  faults: Fault[];
  needs_restart: string[];
  takeover: Takeover;
  text: string;
  files?: { file: string; change: 'added' | 'changed' | 'removed' }[];
  values?: { key: string; change: 'added' | 'changed' | 'removed'; before: string | null; after: string | null }[];
  values_changed?: number;
}

export const configuration = () => get<Configuration>('/config');
export const check_configuration = () => get<Checked>('/config/check', {}, long_ms);
export const compare_configuration = () => get<Reloaded>('/config/diff', {}, long_ms);
// `configuration`: that which was shown; if the files have changed since, it is shown anew.
export const reload_configuration = async (shown: string, key: string) =>
  (await post<Reloaded>('/config/reload', { confirm: true, configuration: shown }, { key, patience_ms: long_ms })).body;

export interface ChannelOutcome {
  at: Iso;
  outcome: 'delivered' | 'rejected' | 'retry' | 'unknown';
  outcome_text: string;
  code: string;
  detail: string;
  took_ms: number;
  test: boolean;
}
export interface Channel {
  name: string;
  down: boolean;
  lanes: { lane: string; reopens_in_ms: number }[];
  kind?: string;
  delivered?: number;
  failed?: number;
  test_address?: string | null; // empty: the channel has one place and needs no address
  last?: ChannelOutcome[];
}
export interface ChannelTried extends ChannelOutcome {
  channel: string;
  id: string;
  address_masked: string;
  advice: string;
  retry_after_s?: number;
}
export const channels = async () => (await get<{ items: Channel[] }>('/channels')).items;
export const test_channel = async (name: string, address: string) =>
  (await post<ChannelTried>(`/channels/${id(name)}/test`, address ? { address } : {}, { patience_ms: channel_ms })).body;

export interface Letter {
  delivery: string;
  at: Iso;
  owner: string;
  owner_name: string;
  told: number;
  tell_at: Iso | null;
  channel: string;
  address_masked: string;
  notices: { id: string; case: string; number: string; grade: string; exercise: boolean; event_label: string; addressee_name: string; at: Iso }[];
  attempts: { attempt: number; at: Iso; outcome: string; code: string; detail?: string }[];
}
export const letters = () => get<{ items: Letter[]; more: boolean }>('/dead-letters');
export const settle_letter = (delivery: string, how: string, reason: string, key: string) =>
  post<unknown>(`/dead-letters/${id(delivery)}`, { how, ...(reason ? { reason } : {}) }, { key });

export interface TrailRow {
  at: Iso;
  stream: 'directory' | 'case';
  seq: number;
  command: string;
  text: string;
  actor: { kind: string; account: string; person: string; person_name: string; post_name: string };
  case: string | null;
  number: string;
  details?: { field: string; label: string; value: string }[];
  events?: string[];
  hash: string;
  prev_hash: string;
}
export interface Trail {
  items: TrailRow[];
  next_cursor: string | null;
  commands?: { stream: 'directory' | 'cases'; name: string; text: string }[];
}
export interface Verification {
  state: 'never' | 'running' | 'done' | 'failed';
  account?: string;
  began_at?: Iso;
  ended_at?: Iso;
  streams_done?: number;
  streams?: number;
  rows?: number;
  whole?: boolean;
  broken?: number;
  breaks?: { stream: string; seq: number; what: string; text: string }[];
  heads?: string;
  head: { seq: number; at: Iso; hash: string } | null;
}
export const trail = (query: Record<string, string>) => get<Trail>('/audit', query);
export const verification = () => get<Verification>('/audit/verify');
export const verify = async () => (await post<Verification>('/audit/verify', {})).body;

export type DayKind = 'working' | 'rest' | 'holiday' | 'adjusted';
export interface Calendars {
  version: string;
  today: string;
  horizon: string;
  years: { year: number; source: string }[];
  missing: number[];
  working_hours: { from: string; until: string }[];
  year: number;
  known: boolean;
  source: string;
  days: { date: string; kind: DayKind; name?: string }[];
}
export const calendars = (year: number | null) => get<Calendars>('/calendars', year ? { year: String(year) } : {});
