// Filing without a name, the conversation its code opens, and who has seen who filed in confidence.
import { get, post } from './client';
import type { Alert, Case, Iso } from './types';

export interface Receipt {
  number: string;
  receipt: string; // the code, shown this once
  keep: string;
  next: string;
}

export interface Message {
  at: Iso;
  from: 'you' | 'office';
  text: string | null; // null: removed since
}

export interface Conversation {
  number: string;
  stands: string;
  open: boolean;
  messages: Message[];
}

export interface Opening {
  request: string;
  by_name: string;
  approver_name: string;
  reason: string;
  at: Iso;
  until: Iso;
}

export interface Identity {
  sealed: boolean; // kept from this reader
  filed_by_me: boolean;
  openings: Opening[];
}

export interface UnsealRequest {
  id: string;
  kind: string;
  state: string;
  reason: string;
  made_at: Iso;
  approver_name: string;
  by: { post_name: string; person_name: string };
}

// What the case page's parts about the filer read beside the rest.
export interface FilerCase extends Omit<Case, 'requests' | 'data'> {
  identity?: Identity;
  data?: { receipt?: boolean; conversation?: { at: Iso; from: 'filer' | 'office'; text: string | null }[] };
  requests: UnsealRequest[];
}

export const taken_here = () => get<{ filing: boolean; zone_name: string }>('/anonymous');
export const file = async (alert: Alert, key: string) =>
  (await post<Receipt>('/anonymous/alerts', alert, { key, unnamed: true })).body;
export const conversation = async (code: string) =>
  (await post<Conversation>('/anonymous/conversation', { code }, { unnamed: true })).body;
export const write = (code: string, text: string, key: string) =>
  post<unknown>('/anonymous/messages', { code, text }, { key, unnamed: true });
