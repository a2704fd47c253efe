// A first report from a telephone, over whatever network there is.
import assert from 'node:assert/strict';

import { fill_report } from '../acts.mjs';

export default (stage) => ({
  async 'a union reports from what it knows and sees who was told'(page, say) {
    await stage.sign_in(page, 'a_enterprise_union');
    await page.waitForURL(/report/);
    await page.locator('dl.facts').waitFor();
    await page.getByRole('button', { name: say.send }).click();
    await page.getByText(say.lacks).waitFor();
    await fill_report(page, say);
    await stage.look(page, 'report');
    await page.getByRole('button', { name: say.send }).click();
    await page.getByText(say.arrived).waitFor();
    const number = await page.locator('h1').innerText();
    assert.match(number, /^JQ-\d{4}-\d{6}$/);
    await page.locator('.rows li.delivered').first().waitFor();
    assert.ok((await page.locator('.rows li').count()) >= 8);
    await stage.look(page, 'receipt');
    assert.equal(await page.evaluate(() => localStorage.getItem('jinqiao.draft.a_enterprise_union')), null);
    await page.goto(`${stage.url}/report`);
    await page.getByText(say.similar).waitFor();
    await page.getByText(number).waitFor();
  },

  async 'what was written survives a bad network and is filed once'(page, say) {
    const before = (await stage.as('duty_officer', 'GET', '/cases?limit=200')).items.length;
    await stage.sign_in(page, 'a_enterprise_union');
    await page.locator('dl.facts').waitFor();
    await fill_report(page, say);
    await page.reload(); // the telephone was put away
    await page.waitForFunction(() => document.querySelector('input[name=workers]')?.value === '60');
    // The first try arrives and its answer does not; the second does not arrive at all.
    page.quiet = true;
    const keys = [];
    await page.route('**/api/v1/alerts', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length === 1) await route.fetch();
      if (keys.length < 3) await route.abort();
      else await route.continue();
    });
    await page.getByRole('button', { name: say.send }).click();
    await page.getByText(say.waiting).waitFor();
    await stage.look(page, 'report-waiting');
    await page.getByText(say.arrived).waitFor();
    assert.equal(new Set(keys).size, 1, 'one wish, one key');
    assert.ok(keys.length >= 3);
    const after = (await stage.as('duty_officer', 'GET', '/cases?limit=200')).items.length;
    assert.equal(after, before + 1, 'filed once');
  },

  async 'what a report lacks is asked for first, and is then no longer missing'(page) {
    const filed = await stage.as('enterprise_union', 'POST', '/alerts', { enterprise: { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000000U', address: '示例路1号', staff: 320 }, event: { cause: 'welfare', behaviours: ['talk'], workers_involved: 5, noticed_at: new Date().toISOString() }, reporter: { name: '示例', role: '工会主席' } });
    assert.ok(filed.missing.includes('reporter.phone') && filed.missing.includes('event.place'));
    await stage.sign_in(page, 'a_enterprise_union');
    await page.goto(`${stage.url}/cases/${filed.id}/receipt`);
    await page.locator('.lacking a').click();
    const form = page.getByRole('dialog');
    await form.locator('details[open] input').first().waitFor();
    await stage.look(page, 'complete');
    assert.equal(await form.locator('details[open] > .nested > .form > .field').count(), filed.missing.length);
    for (const input of await form.locator('details[open] > .nested > .form > .field input:not([type=checkbox]):not([type=datetime-local])').all()) await input.fill('13800000000');
    await form.locator('button[type=submit]').click();
    await form.waitFor({ state: 'detached' });
    const now = await stage.as('enterprise_union', 'GET', `/cases/${filed.id}`);
    assert.ok(!now.missing.includes('reporter.phone') && !now.missing.includes('event.place'));
  },
});
