import { reactive, readonly } from 'vue';

import * as api from '../api/calls';
import type { Me } from '../api/types';
import { set_zone } from '../time';
import { forget_all } from './attachments_kept';
import { forget_draft } from './draft';

const inner = reactive<{ me: Me | null; asked: boolean }>({ me: null, asked: false });
export const session = readonly(inner);

// Who is signed in; asks the server once, because the cookie is not for scripts to read.
export async function recall(): Promise<void> {
  if (inner.asked) return;
  try {
    inner.me = await api.me();
    set_zone(inner.me.now);
  } catch {
    inner.me = null;
  }
  inner.asked = true;
}

export async function enter(account: string, password: string, code: string): Promise<void> {
  await api.sign_in(account, password, code);
  inner.me = await api.me();
  set_zone(inner.me.now);
  inner.asked = true;
}

// After a change of password: who is still in?
export async function look_again(): Promise<void> {
  inner.asked = false;
  await recall();
}

// On a phone that others use too nothing may be left behind.
export async function leave(): Promise<void> {
  const account = inner.me?.account;
  try {
    await api.sign_out();
  } finally {
    if (account) forget_draft(account);
    if (account) void forget_all(account);
    inner.me = null;
  }
}

// The session ended by itself: what was being written stays.
export function dropped(): void {
  inner.me = null;
}

export function is_role(...roles: string[]): boolean {
  return inner.me?.roles.some((role) => roles.includes(role)) ?? false;
}

// Not before the password is one's own and the second factor there.
export const settled = () => !inner.me?.must_change && !inner.me?.must_enrol;

export const may_file = () => is_role('enterprise_union', 'duty_officer', 'department', 'supervisor');
export const sees_figures = () => is_role('supervisor', 'administrator', 'auditor');
