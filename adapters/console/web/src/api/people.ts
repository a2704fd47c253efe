// Accounts, people, posts and duty, as administrators see and change them.
import { get, post } from './client';
import type { Iso } from './types';

const id = encodeURIComponent;

export interface AccountRow {
  account: string;
  roles: string[];
  person: string | null;
  enterprise: string | null;
  department: string | null;
  enabled: boolean;
  locked: boolean;
  must_change: boolean;
  second_factor: boolean;
  has_password: boolean;
  tokens: number;
}
export interface TokenRow {
  name: string | null;
  session: boolean;
  made_at: Iso;
  expires_at: Iso | null;
  used_on: string | null;
}
export interface SignIn {
  account: string;
  at: Iso;
  from: string;
  outcome: string;
  outcome_text: string;
  times: number;
}
export interface Term {
  person: string;
  person_name?: string;
  post: string;
  post_name: string;
  rank: number;
  from: Iso;
  until: Iso | null;
}
export interface Absence {
  from: Iso;
  until: Iso;
}
export interface PersonRow {
  id: string;
  name: string;
  enabled: boolean;
  language: 'zh' | 'en';
  contacts: { channel: string; address: string; confirmed_at: Iso | null; stale: boolean }[];
  absent: boolean;
  absences: Absence[];
  terms: Term[];
}
export interface PostRow {
  id: string;
  name: string;
  deputies: { post: string; post_name: string }[];
  rota: { begins: Iso; shift_minutes: number } | null;
  terms: Term[];
}
export interface Shift {
  post: string;
  post_name: string;
  person: string | null;
  person_name?: string;
  from: Iso;
  until: Iso;
  why: string;
  why_text: string;
  absent: boolean;
}
export interface Swap {
  id: string;
  post_name: string;
  by: string;
  with: string;
  from: Iso;
  with_from: Iso;
  state: string;
  state_text: string;
  reason?: string;
}
export interface Duty {
  from: Iso;
  until: Iso;
  items: Shift[];
  swaps: Swap[];
}

interface Items<T> {
  items: T[];
}
const items = async <T>(path: string, query: Record<string, string> = {}) => (await get<Items<T>>(path, query)).items;

export const accounts = () => items<AccountRow>('/accounts');
export const tokens = (account: string) => items<TokenRow>(`/accounts/${id(account)}/tokens`);
export const sign_ins = (account: string) => items<SignIn>('/sign-ins', { account });
export const people = () => items<PersonRow>('/people');
export const posts = () => items<PostRow>('/posts');
export const duty = (query: Record<string, string>) => get<Duty>('/duty', query);
export const departments = async () =>
  (await get<{ departments: { department: string; department_name: string }[] }>('/coverage')).departments;

// Every change of people, posts, duty and accounts is a POST; what it holds, its form says.
export const change = async <T>(path: string, payload: unknown) => (await post<T>(path, payload)).body;
export const of_account = (account: string, what: string) => `/accounts/${id(account)}/${what}`;
export const of_person = (person: string, what: string) => `/people/${id(person)}/${what}`;
export const of_post = (which: string, what: string) => `/posts/${id(which)}/${what}`;
