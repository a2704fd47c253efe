import { computed } from 'vue';
import { createI18n } from 'vue-i18n';

import { speak } from '../api/client';
import type { Language } from '../api/types';
import zh from './zh-CN';

const kept_at = 'jinqiao.language';

function first_choice(): Language {
  try {
    const kept = localStorage.getItem(kept_at);
    if (kept === 'zh-CN' || kept === 'en') return kept;
  } catch {
    // No storage: by the browser.
  }
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zh } as Record<string, typeof zh>,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: import.meta.env.DEV,
});

export const language = computed<Language>(() => (i18n.global.locale.value === 'en' ? 'en' : 'zh-CN'));

export async function use_language(next: Language, keep = true): Promise<void> {
  if (next === 'en' && !i18n.global.availableLocales.includes('en'))
    i18n.global.setLocaleMessage('en', (await import('./en')).default);
  i18n.global.locale.value = next;
  document.documentElement.lang = next;
  speak(next);
  if (!keep) return;
  try {
    localStorage.setItem(kept_at, next);
  } catch {
    // It then lasts as long as the page.
  }
}

export async function start_language(): Promise<void> {
  await use_language(first_choice(), false);
}
