// "My turn" beyond the one tap: hand-over, several at once, urging, long lists, the keyboard.
import assert from 'node:assert/strict';

import { words_case } from '../words_case.mjs';

export default (stage) => {
  const alert = (workers = 20, cause = 'welfare', behaviours = ['talk']) => ({ enterprise: { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000000U' }, event: { cause, behaviours, workers_involved: workers, noticed_at: new Date().toISOString() } });
  const file = (...what) => stage.as('enterprise_union', 'POST', '/alerts', alert(...what));
  const owned = async (...what) => {
    const filed = await file(...what);
    await stage.as('duty_officer', 'POST', `/cases/${filed.id}/actions/acknowledge`, {});
    return filed;
  };
  const kase = (id) => stage.as('duty_officer', 'GET', `/cases/${id}`);
  // Nothing of other stories is in the way of "all".
  const clear_desk = async () => {
    for (const task of (await stage.as('duty_officer', 'GET', '/tasks')).items)
      if (task.kind === 'case' && task.offered_to) await stage.as('duty_officer', 'POST', `/cases/${task.case}/actions/recall_handover`, {}).catch(() => undefined);
  };
  async function hand_over(page, words, post = 'lead_mediator') {
    const form = page.getByRole('dialog');
    await form.locator('#hand-to option').nth(1).waitFor({ state: 'attached' });
    await form.getByRole('button', { name: words.next, exact: true }).click();
    assert.ok((await form.getByRole('alert').count()) >= 2, 'both questions have to be answered');
    await form.locator('#hand-to').selectOption(post);
    await form.locator('#hand-note').fill('下周休假，请接手');
    return form;
  }

  return {
    async 'a hand-over is confirmed, offered, and accepted by the other'(page) {
      const words = words_case[page.language];
      const filed = await owned();
      await stage.sign_in(page, 'a_duty_officer');
      const card = page.locator('article.task', { hasText: filed.number }).first();
      await stage.come_to(page, card);
      await card.getByRole('button', { name: words.hand, exact: true }).click();
      const form = await hand_over(page, words);
      await stage.look(page, 'form-hand-ask');
      await form.getByRole('button', { name: words.next, exact: true }).click();
      assert.equal((await kase(filed.id)).offer, null, 'nothing was done yet');
      await stage.look(page, 'form-hand-sure');
      await form.getByRole('button', { name: words.sure }).click();
      await form.getByText(words.offered).waitFor();
      await form.getByRole('button', { name: words.close, exact: true }).last().click();
      assert.equal((await kase(filed.id)).offer.to, 'lead_mediator');
      assert.equal((await kase(filed.id)).owner.post, 'duty_desk', 'it stays theirs until taken');
      await card.locator('.waits').waitFor();
      const other = await stage.visitor({ language: page.language, size: 'phone' });
      await stage.sign_in(other, 'a_mediator');
      const offer = other.locator('article.task', { hasText: filed.number });
      await stage.come_to(other, offer);
      await offer.getByText('下周休假，请接手').waitFor();
      await stage.look(other, 'hand-offered');
      await offer.getByRole('button', { name: words.take }).click();
      await other.getByRole('status').filter({ hasText: filed.number }).waitFor();
      assert.equal((await kase(filed.id)).owner.post, 'lead_mediator');
      await card.waitFor({ state: 'detached' });
      await other.context().close();
    },

    async 'a hand-over that is declined says why and leaves the case where it was'(page) {
      const words = words_case[page.language];
      const filed = await owned();
      await stage.as('duty_officer', 'POST', `/cases/${filed.id}/actions/offer_handover`, { to: 'lead_mediator', note: '请接手' });
      await stage.sign_in(page, 'a_mediator');
      const offer = page.locator('article.task', { hasText: filed.number });
      await stage.come_to(page, offer);
      await offer.getByRole('button', { name: words.decline, exact: true }).click();
      const send = offer.locator('.back .el-button');
      assert.ok(await send.isDisabled(), 'a reason is asked for');
      await offer.locator('textarea').fill('本周已有三件在办');
      await stage.look(page, 'hand-declined');
      await send.click();
      await offer.waitFor({ state: 'detached' });
      const now = await kase(filed.id);
      assert.equal(now.owner.post, 'duty_desk');
      assert.equal(now.offer, null);
    },

    async 'several cases are handed over at once, and each says what came of it'(page) {
      const words = words_case[page.language];
      await clear_desk();
      const mine = [await owned(), await owned(), await owned()];
      await stage.sign_in(page, 'a_duty_officer');
      await page.getByRole('button', { name: words.several, exact: true }).click();
      for (const one of mine) {
        const card = page.locator('article.task', { hasText: one.number });
        await stage.come_to(page, card);
        await card.locator('input[type=checkbox]').first().check();
      }
      await stage.look(page, 'bulk-pick');
      await page.getByRole('button', { name: words.hand_picked }).click();
      const form = await hand_over(page, words);
      await form.getByRole('button', { name: words.next, exact: true }).click();
      // Meanwhile one of them was offered to somebody else already.
      await stage.as('duty_officer', 'POST', `/cases/${mine[1].id}/actions/offer_handover`, { to: 'liaison', note: '已另行安排' });
      await form.getByRole('button', { name: words.sure }).click();
      await form.locator('.result.failed').waitFor();
      await form.getByRole('button', { name: words.close, exact: true }).last().waitFor();
      assert.equal(await form.locator('.result.done').count(), 2);
      await stage.look(page, 'form-bulk-result');
      const offers = await Promise.all(mine.map(async (one) => (await kase(one.id)).offer?.to));
      assert.deepEqual(offers, ['lead_mediator', 'liaison', 'lead_mediator']);
    },

    async 'who has not signed is urged, but not twice in a row'(page) {
      const words = words_case[page.language];
      const filed = await owned(70, 'layoff', ['gathering_inside']);
      await stage.sign_in(page, 'a_duty_officer');
      await page.goto(`${stage.url}/cases/${filed.id}`);
      const card = page.locator('[data-card=told]');
      await page.locator('.stages').waitFor();
      if ((await card.locator('h2 button').getAttribute('aria-expanded')) === 'false') await card.locator('h2 button').click();
      await card.locator('.rows > li.delivered').first().waitFor();
      const before = (await stage.as('duty_officer', 'GET', `/cases/${filed.id}/notices`)).items.length;
      await card.getByRole('button', { name: words.urge }).first().click();
      await card.getByText(words.early).waitFor(); // they were told less than ten minutes ago
      await stage.look(page, 'urge-early');
      assert.equal((await stage.as('duty_officer', 'GET', `/cases/${filed.id}/notices`)).items.length, before);
    },

    async 'time left is told in working hours or days, and why'(page) {
      const words = words_case[page.language];
      const filed = await owned(3, 'wage_arrears', ['talk']);
      await stage.as('duty_officer', 'POST', `/cases/${filed.id}/actions/offer_handover`, { to: 'lead_mediator', note: '请接手' });
      await stage.sign_in(page, 'a_mediator');
      const offer = page.locator('article.task', { hasText: filed.number });
      await stage.come_to(page, offer);
      await offer.locator('.count').getByText(words.working).first().waitFor();
      const { left } = (await stage.as('mediator', 'GET', '/tasks')).items.find((task) => task.case === filed.id);
      assert.equal(left.unit, 'wh');
      assert.ok(left.seconds > 0 && left.seconds <= 4 * 3600);
      await offer.getByText(words.why).click();
      await offer.locator('.why li').first().waitFor();
      await stage.look(page, 'time-left');
    },

    async 'a case is taken with the keyboard alone'(page, say) {
      const filed = await file();
      await stage.sign_in(page, 'a_duty_officer');
      const button = page.locator('article.task', { hasText: filed.number }).getByRole('button', { name: say.ack });
      await stage.come_to(page, button);
      await button.waitFor();
      // From the beginning of the page by the Tab key, as long as it takes.
      await page.evaluate(() => document.activeElement?.blur?.());
      let at_it = false;
      for (let i = 0; i < 400 && !at_it; ++i) {
        await page.keyboard.press('Tab');
        at_it = await button.evaluate((element) => element === document.activeElement);
      }
      assert.ok(at_it, 'Tab comes to the button');
      assert.notEqual(await button.evaluate((element) => getComputedStyle(element).outlineStyle), 'none', 'where it stands is seen');
      await page.keyboard.press('Enter');
      await page.getByText(say.taken).waitFor();
      assert.equal((await kase(filed.id)).state, 'verifying');
    },

    async 'the tab counts what waits, and a password to be changed is no lost connection'(page, say) {
      await stage.sign_in(page, 'a_duty_officer');
      await page.goto(`${stage.url}/cases`);
      await page.waitForFunction(() => /^\(\d+\)/.test(document.title));
      const count = Number(/\((\d+)\)/.exec(await page.title())[1]);
      await file();
      await page.waitForFunction((n) => Number(/^\((\d+)\)/.exec(document.title)?.[1]) > n, count);
      const { execFileSync } = await import('node:child_process');
      const other = await stage.visitor({ language: page.language, size: 'phone' });
      const first = 'a first word from the office';
      execFileSync(process.env.JINQIAO ?? 'build/dev/jinqiao', ['user', 'passwd', 'a_department_park', '--url', stage.api], { input: `${first}\n`, env: { ...process.env, JINQIAO_TOKEN: stage.tokens.administrator }, stdio: ['pipe', 'pipe', 'pipe'] });
      await other.goto(`${stage.url}/login`);
      await other.fill('#account', 'a_department_park');
      await other.fill('#password', first);
      await other.click('button[type=submit]');
      await other.waitForURL(/password/);
      await other.waitForTimeout(3500); // longer than a lost connection is kept quiet
      assert.equal(await other.getByText(say.lost).count(), 0);
      stage.forget_password('a_department_park');
      await other.context().close();
    },

    async 'a long list keeps few of its rows in the page and scrolls to its end'(page) {
      // Enough for a list that is not plain any more.
      const open = (await stage.as('duty_officer', 'GET', '/tasks')).items.length;
      for (let i = open; i < 130; i += 10) await Promise.all(Array.from({ length: 10 }, () => file(5)));
      await stage.sign_in(page, 'a_duty_officer');
      await page.locator('[data-index]').first().waitFor();
      const all = (await stage.as('duty_officer', 'GET', '/tasks')).items.length;
      assert.ok(all >= 130);
      const cards = page.locator('article.task');
      assert.ok((await cards.count()) < 90, 'not all are in the page');
      assert.equal(await page.locator('[data-index]').first().getAttribute('aria-posinset'), '1');
      let most = 0;
      await page.evaluate(() => (window.frames_seen = []));
      for (let i = 0; i < 60; ++i) {
        await page.mouse.wheel(0, 900);
        await page.waitForTimeout(30);
        most = Math.max(most, await cards.count());
        if (await page.evaluate(() => innerHeight + scrollY >= document.documentElement.scrollHeight - 4)) break;
      }
      assert.ok(most < 90, `${most} cards at once`);
      const bottom = await page.evaluate(() => [...document.querySelectorAll('[data-index]')].at(-1)?.getAttribute('aria-posinset') === [...document.querySelectorAll('[data-index]')].at(-1)?.getAttribute('aria-setsize'));
      assert.ok(bottom, 'the last one was reached');
      await stage.look(page, 'long-list');
      await page.goto(`${stage.url}/cases`);
      await page.locator('.item').first().waitFor();
      const more = page.getByRole('button', { name: words_case[page.language].more, exact: true });
      for (let before = await page.locator('.item').count(); (await page.locator('[data-index]').count()) === 0; before = await page.locator('.item').count()) {
        await more.click();
        await page.waitForFunction((n) => document.querySelectorAll('[data-index]').length > 0 || document.querySelectorAll('.item').length > n, before);
      }
      assert.ok((await page.locator('.item').count()) < 60);
    },
  };
};
