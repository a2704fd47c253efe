// What the cards of the case page share: the case, what may be done with it, and how to begin doing
// it. A card takes what it needs by `use_desk()` and stands in CasePage.vue as one line.
import { inject, provide, type InjectionKey, type Ref } from 'vue';

import type { Action, Actions, Case, HistoryRow, Notice } from '../api/types';

export interface Desk {
  kase: Ref<Case>;
  actions: Ref<Actions>;
  history: Ref<HistoryRow[]>;
  notices: Ref<Notice[]>;
  may: (name: string) => Action | undefined;
  // Opens the form of an action, with what is known already filled in.
  choose: (name: string, known?: Record<string, unknown>) => void;
  reload: () => Promise<void>;
  say: (text: string) => void; // what was done, said once at the top of the page
}

const key: InjectionKey<Desk> = Symbol('desk');
export const provide_desk = (desk: Desk) => provide(key, desk);

export function use_desk(): Desk {
  const desk = inject(key);
  if (!desk) throw new Error('a card outside of the case page');
  return desk;
}
