// The case page: where it stands, what may be done, by forms.
import assert from 'node:assert/strict';

export default (stage) => ({
  async 'the case page offers actions as forms and says why others wait'(page, say) {
    const filed = await stage.as('enterprise_union', 'POST', '/alerts', { enterprise: { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000000U' }, event: { cause: 'relocation', behaviours: ['talk'], workers_involved: 30, noticed_at: new Date().toISOString() } });
    await stage.sign_in(page, 'a_duty_officer');
    await page.goto(`${stage.url}/cases/${filed.id}`);
    await page.locator('.stages li.now').waitFor();
    await stage.look(page, 'case');
    await page.locator('.panel').getByRole('button', { name: say.note, exact: true }).click();
    const form = page.getByRole('dialog');
    await form.locator('button[type=submit]').click();
    await form.getByRole('alert').waitFor(); // the one thing that has to be answered
    await form.locator('textarea').first().fill('工人代表约下午三点见面');
    await stage.look(page, 'action');
    // Meanwhile somebody else was faster.
    await stage.as('duty_officer', 'POST', `/cases/${filed.id}/actions/acknowledge`, {});
    await form.locator('button[type=submit]').click();
    await form.locator('.merge').waitFor();
    assert.equal(await form.locator('textarea').first().inputValue(), '工人代表约下午三点见面', 'entries stay');
    await stage.look(page, 'stale');
    await form.locator('button[type=submit]').click();
    await form.waitFor({ state: 'detached' });
    const rows = (await stage.as('duty_officer', 'GET', `/cases/${filed.id}/history`)).items;
    assert.equal(rows.filter((row) => row.command === 'add_note').length, 1);
  },

  async 'a form asks for people by name and post, and what it sends is done'(page, say) {
    const filed = await stage.as('enterprise_union', 'POST', '/alerts', { enterprise: { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000000U' }, event: { cause: 'pay_cut', behaviours: ['slow_down'], workers_involved: 25, noticed_at: new Date().toISOString() } });
    await stage.as('duty_officer', 'POST', `/cases/${filed.id}/actions/acknowledge`, {});
    await stage.sign_in(page, 'a_duty_officer');
    await page.goto(`${stage.url}/cases/${filed.id}`);
    await page.locator('.panel').getByRole('button', { name: say.dispatch, exact: true }).click();
    const form = page.getByRole('dialog');
    await form.locator('select option').nth(1).waitFor({ state: 'attached' });
    await form.locator('select').first().selectOption({ index: 1 });
    await stage.look(page, 'dispatch');
    await form.locator('button[type=submit]').click();
    await form.waitFor({ state: 'detached' });
    const rows = (await stage.as('duty_officer', 'GET', `/cases/${filed.id}/history`)).items;
    assert.ok(rows.some((row) => row.command === 'dispatch'));
    await page.getByRole('status').filter({ hasText: say.dispatch }).waitFor();
  },

  async 'every form opens, says all it asks for, and closes again'(page) {
    const filed = await stage.as('enterprise_union', 'POST', '/alerts', { enterprise: { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000000U' }, event: { cause: 'layoff', behaviours: ['talk'], demands: ['compensation'], workers_involved: 45, noticed_at: new Date().toISOString() } });
    await stage.as('duty_officer', 'POST', `/cases/${filed.id}/actions/acknowledge`, {});
    const { allowed } = await stage.as('duty_officer', 'GET', `/cases/${filed.id}/actions`, undefined, page.language);
    await stage.sign_in(page, 'a_duty_officer');
    await page.goto(`${stage.url}/cases/${filed.id}`);
    await page.locator('.panel summary').first().click();
    const buttons = page.locator('.panel .buttons button');
    await buttons.first().waitFor();
    const labels = await buttons.allInnerTexts();
    for (const { name, label } of allowed)
      if (name !== 'request_approval') assert.ok(labels.includes(label), `${label} is offered`);
    for (let i = 0; i < labels.length; ++i) {
      await buttons.nth(i).click();
      const form = page.getByRole('dialog');
      await form.locator('form').waitFor();
      // Some are unfolded from the beginning: what is missing lies in them.
      for (const closed = form.locator('details:not([open]) > summary:visible'); (await closed.count()) > 0; ) await closed.first().click();
      await stage.look(page, `form-${i}`);
      await page.keyboard.press('Escape');
      await form.waitFor({ state: 'detached' });
    }
  },

  async 'a list of cases is searched in Chinese'(page) {
    await stage.sign_in(page, 'a_duty_officer');
    await page.goto(`${stage.url}/cases`);
    await page.locator('.list .item').first().waitFor();
    await stage.look(page, 'cases');
    await page.fill('#q', '没有这家企业');
    await page.locator('.empty').waitFor();
    await stage.look(page, 'nothing-found');
    await page.fill('#q', '精密');
    await page.locator('.list .item').first().waitFor();
  },
});
