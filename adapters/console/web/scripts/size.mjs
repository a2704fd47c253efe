// What the first page costs: index.html, everything it loads at once, and the page that a signed-out
// visitor gets, each file compressed by itself as it travels. Fails above the limit.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const limit = 250 * 1024;
const dist = new URL('../dist/', import.meta.url);
const gz = (name) => gzipSync(readFileSync(new URL(name, dist)), { level: 6 }).length;
const html = readFileSync(new URL('index.html', dist), 'utf8');
const files = new Set(['index.html']);
for (const [, name] of html.matchAll(/(?:src|href)="\/([^"]+)"/g)) files.add(name);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist)));
const add = (key) => {
  const chunk = manifest[key];
  if (!chunk || files.has(`!${key}`)) return;
  files.add(`!${key}`);
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const next of chunk.imports ?? []) add(next);
};
for (const key of process.argv.slice(2).length ? process.argv.slice(2) : ['src/pages/LoginPage.vue']) add(key);
let total = 0;
for (const name of [...files].filter((each) => !each.startsWith('!'))) {
  const size = gz(name);
  total += size;
  console.log(`${String(size).padStart(8)}  ${name}`);
}
console.log(`${String(total).padStart(8)}  in all, of ${limit} allowed (${(total / 1024).toFixed(1)} KB gzip)`);
process.exit(total > limit ? 1 : 0);
