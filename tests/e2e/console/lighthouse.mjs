// Lighthouse on the console of the real daemon, desktop profile, signed in: lighthouse.mjs [fast]. What
// is asserted: accessibility and best practices 95 of 100 or more on each page; performance 90 or more
// too unless `fast`, which is for machines that do other things meanwhile. The last line counts.
import lighthouse, { desktopConfig } from 'lighthouse';
import puppeteer from 'puppeteer-core';

import { Stage } from './stage.mjs';

const fast = process.argv[2] === 'fast';
const least = { accessibility: 95, 'best-practices': 95, ...(fast ? {} : { performance: 90 }) };

const stage = new Stage();
let passed = 0;
let failed = 0;
await stage.open();
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const filed = await stage.as('enterprise_union', 'POST', '/alerts', {
    enterprise: { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000001A' },
    event: { cause: 'wage_arrears', behaviours: ['gathering_inside'], workers_involved: 60, noticed_at: new Date().toISOString() },
    note: '工资拖欠两个月',
    filing: 'identified',
  });
  const pages = [
    ['', '/login'],
    ['a_enterprise_union', '/report'],
    ['a_duty_officer', '/?stay'],
    ['a_duty_officer', `/cases/${filed.id}`],
    ['a_duty_officer', '/cases'],
    ['', '/anonymous/report'],
    ['a_supervisor', '/board'],
    ['a_supervisor', '/decisions'],
    ['a_supervisor', '/coverage'],
    ['a_supervisor', '/preview'],
    ['a_supervisor', '/reports'],
    ['a_administrator', '/admin'],
    ['a_administrator', '/admin/people'],
    ['a_administrator', '/admin/audit'],
    ['a_enterprise_union', '/account'],
  ];
  for (const [account, path] of fast ? pages.filter((_, i) => [0, 3, 6, 10].includes(i)) : pages) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    if (account) {
      const { name, value } = await stage.cookie(account);
      await context.setCookie({ name, value, domain: '127.0.0.1', path: '/', httpOnly: true, sameSite: 'Strict' });
    }
    const result = await lighthouse(`${stage.url}${path}`, { disableStorageReset: true, onlyCategories: Object.keys(least), logLevel: 'error' }, desktopConfig, page);
    const { categories, audits } = result.lhr;
    const at = (id) => Math.round((categories[id].score ?? 0) * 100);
    const low = Object.keys(least).filter((id) => at(id) < least[id]);
    console.log(`${path.replace(filed.id, 'ID').padEnd(18)} ${Object.keys(least).map((id) => `${id} ${at(id)}`).join(', ')}`);
    if (low.length) {
      failed += 1;
      const why = low.flatMap((id) => categories[id].auditRefs).map(({ id }) => audits[id]).filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== 'informative');
      console.error(`FAILED: ${path}: ${low.join(', ')}\n    ${why.map(({ id, title, displayValue }) => `${id}: ${title} ${displayValue ?? ''}`).join('\n    ')}`);
    } else {
      passed += 1;
    }
    await context.close();
  }
} finally {
  await browser.close();
  await stage.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
