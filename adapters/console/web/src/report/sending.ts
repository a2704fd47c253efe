// Sending one report over a bad network: the same body under the same key until an answer comes.
import { onScopeDispose, reactive } from 'vue';

import * as unnamed from '../api/anonymous';
import * as api from '../api/calls';
import { new_key } from '../api/client';
import { as_problem, type Problem } from '../api/problem';
import type { Case } from '../api/types';
import { forget_all } from '../state/attachments_kept';
import { forget_draft, save_draft, type Draft } from '../state/draft';
import { alert_of } from './alert';

const longest_wait_s = 60;

// `without_name`: how it goes on where the report was sent without a name, and no account is its filer.
export function use_sending(account: string, organisation: string, done: (kase: Case) => void, without_name: (receipt: unnamed.Receipt) => void) {
  const state = reactive({ busy: false, waiting: false, tries: 0, problem: null as Problem | null });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: Draft | null = null;

  async function send(draft: Draft): Promise<void> {
    if (state.busy) return;
    clearTimeout(timer);
    current = draft;
    state.busy = true;
    state.problem = null;
    draft.sent = true;
    save_draft(account, draft);
    try {
      const alert = alert_of(draft, organisation);
      const receipt = draft.filing === 'anonymous' ? await unnamed.file(alert, draft.key) : null;
      const kase = receipt ? null : (await api.file_alert(alert, draft.key)).body;
      current = null;
      state.waiting = false;
      forget_draft(account);
      void forget_all(account);
      if (receipt) without_name(receipt);
      else if (kase) done(kase);
    } catch (thrown) {
      refused(draft, as_problem(thrown));
    } finally {
      state.busy = false;
    }
  }

  function refused(draft: Draft, problem: Problem): void {
    if (problem.passing) {
      state.waiting = true;
      state.tries += 1;
      const wait_s = problem.retry_after_s ?? Math.min(longest_wait_s, 2 ** Math.min(state.tries, 6));
      timer = setTimeout(() => void send(draft), wait_s * 1000);
      return;
    }
    state.waiting = false;
    if (problem.status === 401) return; // to be sent after signing in again, under the same key
    state.problem = problem;
    unlock(draft);
  }

  // Other words are another report and want a key of their own.
  function unlock(draft: Draft): void {
    clearTimeout(timer);
    state.waiting = false;
    state.tries = 0;
    draft.sent = false;
    draft.key = new_key();
    save_draft(account, draft);
  }

  const online = () => {
    if (state.waiting && current) void send(current);
  };
  addEventListener('online', online);
  onScopeDispose(() => {
    clearTimeout(timer);
    removeEventListener('online', online);
  });

  return { state, send, unlock };
}
