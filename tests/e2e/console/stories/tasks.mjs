// My turn: what I must do next, live.
import assert from 'node:assert/strict';

export default (stage) => ({
  async 'the duty officer takes it with one tap, and the list moves by itself'(page, say) {
    await stage.sign_in(page, 'a_duty_officer');
    await page.locator('.live').waitFor();
    const cards = page.locator('article.task');
    await page.evaluate(() => (window.stays = true));
    const filed = await stage.as('enterprise_union', 'POST', '/alerts', { enterprise: { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000000U' }, event: { cause: 'wage_arrears', behaviours: ['stoppage'], workers_involved: 120, noticed_at: new Date().toISOString() } });
    const card = cards.filter({ hasText: filed.number });
    await stage.come_to(page, card);
    assert.equal(await page.evaluate(() => window.stays), true, 'it came without reloading');
    await page.waitForFunction(() => /^\(\d+\)/.test(document.title));
    await stage.look(page, 'tasks');
    await card.getByRole('button', { name: say.ack }).click();
    await page.getByText(say.taken).waitFor();
    await card.getByRole('button', { name: say.ack }).waitFor({ state: 'detached' });
    assert.equal((await stage.as('duty_officer', 'GET', `/cases/${filed.id}`)).state, 'verifying');
  },

  async 'a department signs for it, and the filer sees it at once'(page, say) {
    const filed = await stage.as('enterprise_union', 'POST', '/alerts', { enterprise: { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000000U' }, event: { cause: 'layoff', behaviours: ['gathering_inside'], workers_involved: 70, noticed_at: new Date().toISOString() } });
    const other = await stage.visitor({ language: page.language, size: 'desktop' });
    await stage.sign_in(other, 'a_enterprise_union');
    await other.goto(`${stage.url}/cases/${filed.id}/receipt`);
    await other.locator('.rows li.delivered').first().waitFor();
    assert.equal(await other.locator('.rows li.signed').count(), 0);
    await stage.sign_in(page, 'a_department_union');
    const card = page.locator('article.task', { hasText: filed.number });
    await card.getByRole('button', { name: say.sign, exact: true }).click();
    await page.getByRole('status').filter({ hasText: say.signed }).waitFor();
    await other.locator('.sums li').nth(2).locator('.big', { hasText: '1' }).waitFor();
    await other.context().close();
  },

  async 'a lost connection is said, and made good when it is back'(page, say) {
    await stage.sign_in(page, 'a_duty_officer');
    await page.locator('.live').waitFor();
    page.quiet = true;
    await stage.stop_daemon();
    await page.getByText(say.lost).waitFor();
    assert.equal(await page.locator('.live').count(), 0, 'nothing pretends to be live');
    await stage.look(page, 'lost');
    await stage.start_daemon();
    await page.locator('.live').waitFor();
    await page.getByText(say.lost).waitFor({ state: 'detached' });
  },
});
