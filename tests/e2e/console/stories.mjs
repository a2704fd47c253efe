// Stories of people at the console: stories.mjs [part of a file's or a story's name]. Each story is told
// once, and the next one in the next setting, so that a run sees both languages, both sizes, light and
// dark; which setting comes first changes with the day. STORIES=all tells each in every setting,
// STORIES=N in the Nth. The last line counts them.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';

import { Stage } from './stage.mjs';
import { words } from './words.mjs';

const only = process.argv[2];
const every_setting = [
  { language: 'zh-CN', size: 'phone', scheme: 'light' },
  { language: 'en', size: 'desktop', scheme: 'light' },
  { language: 'zh-CN', size: 'desktop', scheme: 'dark' },
  { language: 'en', size: 'phone', scheme: 'dark' },
  { language: 'zh-CN', size: 'desktop', scheme: 'light' },
  { language: 'en', size: 'phone', scheme: 'light' },
  { language: 'zh-CN', size: 'phone', scheme: 'dark' },
  { language: 'en', size: 'desktop', scheme: 'dark' },
];
const wish = process.env.STORIES;
const day = Math.floor(Date.now() / 86_400_000);
function settings(nth) {
  if (wish === 'all') return every_setting;
  return [every_setting[wish ? Number(wish) - 1 : (day + nth) % every_setting.length]];
}

const stage = new Stage();
const told = [];
for (const file of readdirSync(new URL('stories/', import.meta.url)).sort()) {
  const stories = (await import(`./stories/${file}`)).default(stage);
  for (const [name, story] of Object.entries(stories))
    if (!only || name.includes(only) || file.includes(only)) told.push({ name, story });
}

let passed = 0;
let failed = 0;
await stage.open();
try {
  for (const [nth, { name, story }] of told.entries())
    for (const setting of settings(nth)) {
      const page = await stage.visitor(setting);
      const faults_before = stage.faults.length;
      try {
        await story(page, words[setting.language]);
        assert.deepEqual(stage.faults.slice(faults_before), []);
        passed += 1;
      } catch (error) {
        failed += 1;
        console.error(`FAILED: ${name} (${page.about})\n    ${String(error.message).split('\n').slice(0, 24).join('\n    ')}`);
        if (process.env.SCREENS) await page.screenshot({ path: `${process.env.SCREENS}/failed-${failed}.png`, fullPage: true }).catch(() => undefined);
      }
      await page.context().close().catch(() => undefined);
    }
  const wrong = stage.markup_faults();
  if (wrong.length) {
    failed += 1;
    console.error(`FAILED: every page is sound HTML\n    ${wrong.slice(0, 20).join('\n    ')}`);
  } else {
    passed += 1;
  }
} finally {
  await stage.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
