// How many things wait for me: for the tab's title and the number beside "My turn", whichever page is
// shown. The list itself counts while it is shown.
import { reactive } from 'vue';

import * as api from '../api/calls';
import { on_change } from './live';
import { session } from './session';

export const turn = reactive({ count: 0, listed: false });

const pause_ms = 4000; // many changes at once are one look
let timer: ReturnType<typeof setTimeout> | undefined;

export async function count_turn(): Promise<void> {
  if (turn.listed || !session.me || session.me.must_change || session.me.must_enrol) return;
  try {
    turn.count = (await api.tasks()).items.length;
  } catch {
    // The number stays what it was; the page that is shown says what is wrong.
  }
}

// Called once, by what shows the number.
export function follow_turn(): void {
  on_change(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void count_turn(), pause_ms);
  });
}
