// Photographs and papers of a report: looked at before anything is sent, sent one after another as
// soon as they are chosen, again by themselves where the network fails, and kept with the draft.
import { computed, onScopeDispose, reactive } from 'vue';

import * as api from '../api/attachments';
import { new_key } from '../api/client';
import { as_problem, type Problem } from '../api/problem';
import { forget, keep, kept } from '../state/attachments_kept';

export interface Attachment {
  key: string;
  name: string;
  type: string;
  size: number;
  blob: Blob;
  state: 'waiting' | 'sending' | 'again' | 'sent' | 'refused';
  part: number; // of it has gone out
  id: string;
  problem: Problem | null;
}

export type Refusal = { name: string; why: 'type' | 'size' | 'empty' | 'total'; size: number };

const longest_wait_s = 30;
const by_ending: Record<string, string> = {
  jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', heic: 'image/heic', heif: 'image/heic', pdf: 'application/pdf',
  ofd: 'application/ofd',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

// Some browsers do not say what some files are; the ending then does, and the server looks inside.
export function type_of(file: File): string {
  const said = file.type.toLowerCase();
  if (said === 'image/heif') return 'image/heic';
  if (said && said !== 'application/octet-stream') return said;
  return by_ending[file.name.split('.').pop()?.toLowerCase() ?? ''] ?? '';
}

export function use_attachments(account: string, changed: (ids: string[]) => void) {
  const state = reactive({ items: [] as Attachment[], refused: [] as Refusal[], limits: null as api.Limits | null, kept: true });
  const stops = new Map<string, AbortController>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let tries = 0;

  const total = computed(() => state.items.reduce((sum, item) => sum + item.size, 0));
  const tell = () => changed(state.items.filter((item) => item.id).map((item) => item.id));

  function fault_of(file: File): Refusal['why'] | null {
    const { limits } = state;
    if (!file.size) return 'empty';
    if (!limits) return null; // the server says so later
    if (!limits.types.includes(type_of(file))) return 'type';
    if (file.size > limits.bytes) return 'size';
    return total.value + file.size > limits.unused_bytes ? 'total' : null;
  }

  async function add(files: File[]): Promise<void> {
    state.refused = [];
    for (const file of files) {
      const why = fault_of(file);
      if (why) {
        state.refused.push({ name: file.name, why, size: file.size });
        continue;
      }
      const item: Attachment = { key: new_key(), name: file.name, type: type_of(file), size: file.size, blob: file.slice(0, file.size, type_of(file)), state: 'waiting', part: 0, id: '', problem: null };
      state.items.push(item);
      if (!(await store(item))) state.kept = false;
    }
    void run();
  }

  const store = (item: Attachment) => keep({ key: item.key, account, name: item.name, type: item.type, blob: item.blob, id: item.id, at: Date.now() });

  // One at a time: on a thin line three at once are three that do not arrive.
  async function run(): Promise<void> {
    clearTimeout(timer);
    if (running) return;
    running = true;
    try {
      for (;;) {
        const next = state.items.find((item) => item.state === 'waiting' || item.state === 'again');
        if (!next || !(await send(next))) break;
      }
    } finally {
      running = false;
    }
  }

  async function send(item: Attachment): Promise<boolean> {
    item.state = 'sending';
    item.part = 0;
    item.problem = null;
    const stop = new AbortController();
    stops.set(item.key, stop);
    try {
      const { id } = await api.send_document(item.blob, item.name, item.key, (part) => (item.part = part), stop.signal);
      item.id = id;
      item.state = 'sent';
      tries = 0;
      void store(item);
      tell();
    } catch (thrown) {
      if (!state.items.includes(item)) return true; // taken away meanwhile
      const problem = as_problem(thrown);
      item.problem = problem;
      item.state = problem.passing ? 'again' : 'refused';
      if (!problem.passing) void forget([item.key]);
      if (!problem.passing) return true;
      tries += 1;
      timer = setTimeout(() => void run(), (problem.retry_after_s ?? Math.min(longest_wait_s, 2 ** Math.min(tries, 5))) * 1000);
      return false;
    } finally {
      stops.delete(item.key);
    }
    return true;
  }

  function drop(item: Attachment): void {
    state.items = state.items.filter((one) => one.key !== item.key);
    stops.get(item.key)?.abort();
    void forget([item.key]);
    tell();
    void run();
  }

  async function resume(): Promise<void> {
    const [files, mine] = await Promise.all([kept(account), api.my_documents().catch(() => null)]);
    state.limits = mine?.limits ?? null;
    const there = mine?.items.map((row) => row.id);
    for (const file of files) {
      // What no case named in time is gone at the server, and is sent once more.
      const arrived = file.id !== '' && (there?.includes(file.id) ?? true);
      state.items.push({ key: arrived ? file.key : file.id ? new_key() : file.key, name: file.name, type: file.type, size: file.blob.size, blob: file.blob, state: arrived ? 'sent' : 'waiting', part: arrived ? 1 : 0, id: arrived ? file.id : '', problem: null });
      if (!arrived && file.id) void forget([file.key]);
    }
    tell();
    void run();
  }

  const online = () => void run();
  addEventListener('online', online);
  onScopeDispose(() => {
    removeEventListener('online', online);
    clearTimeout(timer);
    for (const stop of stops.values()) stop.abort();
  });
  return { state, add, drop, resume, again: () => void run() };
}
