// The parts of a case's data that the cards show, as the dispute workflow writes them. Whatever is
// absent was not said, or is not for this reader.
import type { Case, Iso } from '../api/types';

export interface Session { kind: string; result: string; at: Iso; present?: { side: string; n?: number }[]; heard?: string[]; next_at?: Iso }
export interface Application {
  no: number; mediator_kind: string; body: string; by: string; state: string; outcome?: string; received_at: Iso;
  accepted_at?: Iso; ended_at?: Iso; requests?: string[]; consents?: { side: string; consents?: boolean; at: Iso }[];
}
export interface Person { name: string | null; outside?: boolean }
export interface Process {
  congress?: { called_for?: string; topic?: string; held_on?: string; delegates?: number; present?: number };
  representatives?: { kind: string; on: string; workers?: Person[]; employer?: Person[]; chiefs?: Record<string, string | null>; method?: string };
  bargaining?: { asked_by?: string; asked_at?: Iso; answered_at?: Iso; accepted?: boolean; minutes?: { on: string; agreed_points?: string[]; open_points?: string[] }[] };
  vote?: { form: string; members: number; present: number; in_favour: number; on: string };
  skipped?: { step: string; cause: string; at: Iso }[];
}
export interface Agreement {
  kind: string; proposed_at: Iso; signed_at?: Iso; effective_at?: Iso; given_up?: string; outcomes?: { enterprise?: string; workers?: string };
  instalments?: { no: number; due: string; amount: number; payments?: { amount: number; at: Iso }[]; waiver?: string }[];
  confirmations?: { route: string; applied_at: Iso; result?: string; result_at?: Iso }[];
  breaches?: { no: number; kind: string; at: Iso; cured_at?: Iso }[];
}
export interface Note { text: string; by: string; at: Iso }

interface Data {
  sessions?: Session[];
  applications?: Application[];
  process?: Process;
  agreements?: Agreement[];
  visits?: { at: Iso; scores?: Record<string, number>; risk?: string }[];
  notes?: Note[];
  private_notes?: Note[];
  reports?: { kind: string; text: string; by: string; at: Iso }[];
  team?: { lead?: string; members?: string[] };
  site?: { commissioner?: string; dispatched_at?: Iso; arrived_at?: Iso; heads?: number; mood?: string };
  checks?: Record<string, { findings: string; at: Iso }>;
}

export const data_of = (kase: Case): Data => kase.data as Data;
