// The calls of "my turn" and of the case page that nobody else makes.
import { get, new_key, post } from './client';
import type { Assignment } from './types';

const id = encodeURIComponent;

export interface Writer {
  person_name: string;
  post_name: string;
  form: string;
  form_label: string;
}

// Says which form of the case one has open, '' for none; the others who have one.
export const be_present = async (which: string, form: string) =>
  (await post<{ items: Writer[] }>(`/cases/${id(which)}/presence`, { form }, { key: new_key() })).body.items;
export const writers = async (which: string) => (await get<{ items: Writer[] }>(`/cases/${id(which)}/presence`)).items;

export const urge = (assignment: string, key: string) => post<Assignment>(`/assignments/${id(assignment)}/urge`, {}, { key });

