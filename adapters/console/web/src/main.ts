import './styles/tokens.css';
import './styles/element.css';
import './styles/base.css';
import './styles/print.css';

import { createApp } from 'vue';

import { when_signed_out } from './api/client';
import App from './App.vue';
import { i18n, start_language } from './i18n';
import { router } from './router';
import { dropped, session } from './state/session';

async function start(): Promise<void> {
  await start_language();
  when_signed_out(() => {
    // Who was never in has nothing to come back to: the router sends them where they may be.
    const was_in = session.me !== null;
    dropped();
    const here = router.currentRoute.value;
    if (was_in && !here.meta.open) void router.push({ name: 'login', query: { then: here.fullPath, why: 'ended' } });
  });
  createApp(App).use(i18n).use(router).mount('#app');
}

void start();
