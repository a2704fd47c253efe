// Both catalogues say the same things: same keys, same placeholders, and nothing untranslated.
import { readdirSync, readFileSync } from 'node:fs';

const faults = [];
function read(language) {
  const folder = new URL(`../src/i18n/${language}/`, import.meta.url);
  const whole = {};
  for (const name of readdirSync(folder))
    for (const [key, texts] of Object.entries(JSON.parse(readFileSync(new URL(name, folder))))) {
      if (key in whole) faults.push(`${key}: in two files of ${language}`);
      whole[key] = texts;
    }
  return whole;
}
const flat = (node, path = '', out = new Map()) => {
  for (const [key, value] of Object.entries(node))
    if (typeof value === 'string') out.set(`${path}${key}`, value);
    else flat(value, `${path}${key}.`, out);
  return out;
};
const zh = flat(read('zh-CN'));
const en = flat(read('en'));
const holes = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ');
for (const key of new Set([...zh.keys(), ...en.keys()])) {
  if (!zh.has(key)) faults.push(`${key}: not in zh-CN`);
  else if (!en.has(key)) faults.push(`${key}: not in en`);
  else if (holes(zh.get(key)) !== holes(en.get(key))) faults.push(`${key}: other placeholders`);
  else if (/\p{Script=Han}/u.test(en.get(key)) && key !== "language.zh") faults.push(`${key}: Chinese in en`);
}
for (const fault of faults) console.error(fault);
console.log(`catalogues: ${zh.size} texts, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
