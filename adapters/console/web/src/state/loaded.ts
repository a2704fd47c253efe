// Something fetched, kept fresh by the stream: loading, shown, or failed; what was shown stays shown
// while a newer one is on its way.
import { onMounted, shallowRef, ref, watch, type Ref } from 'vue';

import { as_problem, type Problem } from '../api/problem';
import { language } from '../i18n';
import { on_change } from './live';

export interface Loaded<T> {
  value: Ref<T | null>;
  problem: Ref<Problem | null>;
  busy: Ref<boolean>;
  load: () => Promise<void>;
}

const pause_ms = 300; // many changes at once are one look

export function use_loaded<T>(fetch: () => Promise<T>, concerns: (which: string) => boolean): Loaded<T> {
  const value = shallowRef<T | null>(null);
  const problem = ref<Problem | null>(null);
  const busy = ref(false);
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(): Promise<void> {
    if (busy.value) {
      again = true;
      return;
    }
    busy.value = true;
    try {
      value.value = await fetch();
      problem.value = null;
    } catch (thrown) {
      problem.value = as_problem(thrown);
    } finally {
      busy.value = false;
    }
    if (!again) return;
    again = false;
    await load();
  }

  on_change(({ case: which }) => {
    if (which !== null && !concerns(which)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void load(), pause_ms);
  });
  watch(language, () => void load()); // the server's words change with the reader's language
  onMounted(load);
  return { value, problem, busy, load };
}
