import type { Alert } from '../api/types';
import type { Draft } from '../state/draft';
import { from_input } from '../time';

function filled(from: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(from).filter(([, value]) => value !== '' && value !== null && !(Array.isArray(value) && !value.length)),
  );
}

const moment = (text: string) => (text ? from_input(text) : '');

// What is not known is left out, never guessed: the engine asks for it afterwards.
export function alert_of(draft: Draft, organisation: string): Alert {
  return {
    enterprise: filled({
      id: draft.enterprise_id,
      name: draft.enterprise_name.trim(),
      uscc: draft.uscc.trim().toUpperCase(),
      address: draft.address.trim(),
      staff: draft.staff,
    }),
    event: filled({
      cause: draft.cause,
      behaviours: draft.behaviours,
      demands: draft.demands,
      place: draft.place.trim(),
      workers_involved: draft.workers,
      started_at: moment(draft.started_at),
      noticed_at: moment(draft.noticed_at),
    }),
    // Without a name nothing is said of who it is, by which post or organisation either.
    reporter: draft.filing === 'anonymous' ? {} : filled({
      name: draft.reporter_name.trim(),
      role: draft.reporter_role.trim(),
      organisation,
      phone: draft.reporter_phone.trim(),
    }),
    filing: draft.filing,
    note: draft.note.trim(),
    // A file is known by who sent it.
    ...(draft.documents.length && draft.filing !== 'anonymous' ? { documents: draft.documents } : {}),
  };
}

// What has to be there before anything can be sent.
export type Lack = 'where' | 'what' | 'noticed' | 'attachments';

export function lacks(draft: Draft, pending = 0): Lack[] {
  const out: Lack[] = [];
  if (!draft.cause && !draft.behaviours.length && !draft.note.trim()) out.push('what');
  if (!draft.enterprise_name.trim() && !draft.place.trim()) out.push('where');
  if (!draft.noticed_at) out.push('noticed');
  if (pending) out.push('attachments');
  return out;
}

// The starred answers of a first report that are still open; they may follow later.
export function still_open(draft: Draft): string[] {
  const answers: Record<string, unknown> = {
    cause: draft.cause,
    behaviours: draft.behaviours.length,
    demands: draft.demands.length,
    place: draft.place.trim(),
    started: draft.started_at,
    workers: draft.workers,
    enterprise: draft.enterprise_name.trim(),
    uscc: draft.uscc.trim(),
    address: draft.address.trim(),
    staff: draft.staff,
    reporter: draft.reporter_name.trim(),
    role: draft.reporter_role.trim(),
    phone: draft.reporter_phone.trim(),
  };
  const asked = (key: string) => draft.filing !== 'anonymous' || !['reporter', 'role', 'phone'].includes(key);
  return Object.keys(answers).filter((key) => asked(key) && !answers[key]);
}
