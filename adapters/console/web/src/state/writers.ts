// Who else has a form of this case open now, and telling them that we have. The server forgets whoever
// does not repeat it; so does this page.
import { onScopeDispose, ref, watch } from 'vue';

import { be_present, writers as ask, type Writer } from '../api/desk';
import { language } from '../i18n';
import { on_presence } from './live';

const beat_ms = 15_000;

export function use_writers(kase: () => string) {
  const others = ref<Writer[]>([]);
  let form = '';
  let timer: ReturnType<typeof setInterval> | undefined;

  async function look(): Promise<void> {
    try {
      others.value = form ? await be_present(kase(), form) : await ask(kase());
    } catch {
      others.value = []; // nobody known is better than somebody long gone
    }
    keep_time();
  }

  // Asked again only while there is something that may end without notice.
  function keep_time(): void {
    const wanted = form !== '' || others.value.length > 0;
    if (wanted) timer ??= setInterval(() => void look(), beat_ms);
    else {
      clearInterval(timer);
      timer = undefined;
    }
  }

  async function begin(name: string): Promise<void> {
    if (form === name) return;
    form = name;
    await look();
  }

  async function end(): Promise<void> {
    if (!form) return;
    form = '';
    try {
      others.value = await be_present(kase(), '');
    } catch {
      // It is forgotten by itself.
    }
    keep_time();
  }

  on_presence((which) => which === kase() && void look());
  watch([kase, language], () => void look(), { immediate: true });
  onScopeDispose(() => {
    void end();
    clearInterval(timer);
  });
  return { others, begin, end };
}
