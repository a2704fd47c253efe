// Calls about one's own account: ways to sign in, the second factor, sign-ins, calendar, quiet hours.
import { get, post, remove } from './client';
import type { Iso } from './types';

interface Items<T> {
  items: T[];
}

export interface Ways {
  password: boolean;
  oidc: { label: string; url: string } | null; // another server that vouches for people
  lock_after: number; // wrong passwords in a row; 0: never
  help: string; // whom to ask; empty: the administrator
}

export interface SignIn {
  account: string;
  at: Iso;
  from: string;
  outcome: string;
  outcome_text: string;
  times: number;
}

export interface NewFactor {
  secret: string;
  uri: string;
}

export interface CalendarState {
  active: boolean;
  made_at: Iso | null;
  used_on: string | null;
}

export interface Quiet {
  from: string; // "22:00"
  until: string;
  days?: number[]; // on which it begins, Monday is 1; absent: all
}

export const ways = () => get<Ways>('/session/ways');
export const sign_ins = async (account: string) => (await get<Items<SignIn>>('/sign-ins', { account })).items;
export const end_sessions = (account: string) => post(`/accounts/${encodeURIComponent(account)}/sign-out`, {});

export const offer_factor = async (password: string) => (await post<NewFactor>('/me/second-factor', { password })).body;
export const confirm_factor = async (code: string) =>
  (await post<{ recovery_codes: string[] }>('/me/second-factor/confirm', { code })).body.recovery_codes;

export const calendar = () => get<CalendarState>('/me/calendar');
export const new_calendar = async () => (await post<{ url: string }>('/me/calendar', {})).body.url;
export const drop_calendar = () => remove('/me/calendar');

export const quiet_of = async (person: string) =>
  (await get<Items<{ id: string; quiet?: Quiet[] }>>('/people')).items.find((one) => one.id === person)?.quiet ?? [];
export const set_quiet = (person: string, quiet: Quiet[]) =>
  post(`/people/${encodeURIComponent(person)}/quiet`, { quiet });
