// A report being written, kept on this device until it has arrived. With it the key under which it
// was sent first: whatever the network did to the answer, the same report is never filed twice.
import { reactive } from 'vue';

import { new_key } from '../api/client';

export interface Draft {
  cause: string;
  behaviours: string[];
  demands: string[];
  place: string;
  started_at: string;
  noticed_at: string;
  workers: number | null;
  note: string;
  enterprise_id: string;
  enterprise_name: string;
  uscc: string;
  address: string;
  staff: number | null;
  reporter_name: string;
  reporter_role: string;
  reporter_phone: string;
  filing: string;
  documents: string[]; // ids of attachments that have arrived
  key: string;
  sent: boolean; // offered to the server at least once, outcome unknown
}

const place_of = (account: string) => `jinqiao.draft.${account}`;

export function empty_draft(): Draft {
  return {
    cause: '', behaviours: [], demands: [], place: '', started_at: '', noticed_at: '', workers: null, note: '',
    enterprise_id: '', enterprise_name: '', uscc: '', address: '', staff: null,
    reporter_name: '', reporter_role: '', reporter_phone: '', filing: 'identified', documents: [], key: new_key(), sent: false,
  };
}

export function load_draft(account: string): { draft: Draft; found: boolean } {
  try {
    const text = localStorage.getItem(place_of(account));
    if (text) return { draft: reactive({ ...empty_draft(), ...(JSON.parse(text) as Partial<Draft>) }), found: true };
  } catch {
    // Storage switched off, or a draft of an older page: begin anew.
  }
  return { draft: reactive(empty_draft()), found: false };
}

export function save_draft(account: string, draft: Draft): boolean {
  try {
    localStorage.setItem(place_of(account), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function forget_draft(account: string): void {
  try {
    localStorage.removeItem(place_of(account));
  } catch {
    // Nothing was kept then.
  }
}
