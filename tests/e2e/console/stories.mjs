// Stories of people at the console, each in both languages and sizes; the last line counts them.
import assert from 'node:assert/strict';

import { Stage } from './stage.mjs';

const stage = new Stage();
const words = {
  'zh-CN': { send: '发送报告', arrived: '已收到您的报告', ack: '我来接报', taken: '已接报', sign: '签收', signed: '已签收', wages: '拖欠工资', gather: '在厂内聚集', pay: '补发工资', lost: '连接中断', bad: '账号或密码不对', title: '登录金桥', waiting: '还没有发出去', note: '记事', differs: '不一样', dispatch: '派专员', similar: '正在处理的案件', lacks: '还差一点' },
  en: { send: 'Send the report', arrived: 'Your report has arrived', ack: 'I take it', taken: 'Taken:', sign: 'Sign for it', signed: 'Signed for', wages: 'Unpaid wages', gather: 'Gathering inside', pay: 'Pay what is owed', lost: 'connection is lost', bad: 'Account or password is wrong', title: 'Sign in to Jinqiao', waiting: 'has not arrived yet', note: 'Note', differs: 'differ', dispatch: 'Send commissioner', similar: 'open case', lacks: 'Almost ready' },
};

async function fill_report(page, say) {
  await page.getByText(say.wages, { exact: true }).click();
  await page.getByText(say.gather, { exact: true }).click();
  await page.getByText(say.pay, { exact: true }).click();
  await page.fill('input[name=workers]', '60');
  await page.fill('input[name=place]', '2号厂房门口');
  await page.fill('input[name=phone]', '13800000000');
  await page.fill('input[name=started]', (await page.inputValue('input[name=noticed]')));
}

const stories = {
  async 'a wrong password is told, the right one opens, signing out closes'(page, say) {
    await page.goto(`${stage.url}/`);
    await page.getByRole('heading', { name: say.title }).waitFor();
    await stage.look(page, 'login');
    await page.fill('#account', 'a_enterprise_union');
    await page.fill('#password', 'wrong password');
    await page.click('button[type=submit]');
    await page.getByText(say.bad).waitFor();
    await stage.sign_in(page, 'a_enterprise_union');
    const kept = await page.context().cookies();
    assert.ok(kept.every((cookie) => cookie.httpOnly), 'no script reads the session');
    await page.locator('header .link-button').click();
    await page.waitForURL(/login/);
    await page.goto(`${stage.url}/report`);
    await page.waitForURL(/login\?then=\/report/);
  },

  async 'the language is kept, and another page speaks it'(page) {
    await page.goto(`${stage.url}/login`);
    const before = await page.title();
    await page.locator('button.switch').click();
    await page.waitForFunction((was) => document.title !== was, before);
    const after = await page.title();
    await page.reload();
    await page.waitForFunction((now) => document.title === now, after);
    await page.locator('button.switch').click();
  },

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

  async 'the duty officer takes it with one tap, and the list moves by itself'(page, say) {
    await stage.sign_in(page, 'a_duty_officer');
    await page.locator('.live').waitFor();
    const cards = page.locator('article.task');
    await page.evaluate(() => (window.stays = true));
    const filed = await stage.as('enterprise_union', 'POST', '/alerts', { enterprise: { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000000U' }, event: { cause: 'wage_arrears', behaviours: ['stoppage'], workers_involved: 120, noticed_at: new Date().toISOString() } });
    const card = cards.filter({ hasText: filed.number });
    await card.waitFor();
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
    await form.locator('.note').waitFor();
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
      for (const fold of await form.locator('summary').all()) await fold.click();
      await stage.look(page, `form-${i}`);
      await page.keyboard.press('Escape');
      await form.waitFor({ state: 'detached' });
    }
  },

  async 'the policy of the page is in force, and every page was made under it'(page) {
    const answer = await page.goto(`${stage.url}/login`);
    const policy = answer.headers()['content-security-policy'];
    assert.ok(policy.includes("style-src 'self'") && policy.includes("script-src 'self'") && !policy.includes('unsafe'));
    page.quiet = true;
    const hidden = await page.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'body { display: none }';
      document.head.append(style);
      return getComputedStyle(document.body).display === 'none';
    });
    assert.equal(hidden, false);
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

  async 'a password is changed by its owner, and only by the right one before'(page, say) {
    const { password } = await import('./stage.mjs');
    await stage.sign_in(page, 'a_department_union');
    await page.goto(`${stage.url}/password`);
    await page.fill('#before', 'not my password');
    await page.fill('#next', 'another long word');
    await page.fill('#again', 'another long wird');
    await page.click('form button[type=submit]');
    await page.getByText(say.differs).waitFor();
    await page.fill('#again', 'another long word');
    await page.click('form button[type=submit]');
    await page.locator('form .note').waitFor();
    await stage.look(page, 'password');
    await page.fill('#before', password);
    await page.click('form button[type=submit]');
    await page.waitForURL((url) => !url.pathname.startsWith('/password'));
    await stage.as('administrator', 'POST', '/accounts/a_department_union/password', { password }); // for the others
  },

  async 'all of signing in goes by keyboard'(page) {
    await page.goto(`${stage.url}/login`);
    await page.locator('#account').waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
    await page.locator('#account').focus();
    await page.keyboard.type('a_duty_officer');
    await page.keyboard.press('Tab');
    await page.keyboard.type((await import('./stage.mjs')).password);
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none' || getComputedStyle(document.activeElement.closest('.el-input__wrapper')).boxShadow !== 'none');
    assert.ok(ring, 'one sees where one is');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/login'));
  },
};

const only = process.argv[2];
// In this order; STORIES_AS=n takes only the nth.
const every_setting = [
  { language: 'zh-CN', size: 'phone', scheme: 'light' },
  { language: 'en', size: 'desktop', scheme: 'light' },
  { language: 'zh-CN', size: 'desktop', scheme: 'dark' },
  { language: 'en', size: 'phone', scheme: 'dark' },
];
const one = process.env.STORIES_AS;
const settings = one ? [every_setting[Number(one) - 1]] : every_setting;
let passed = 0;
let failed = 0;
await stage.open();
try {
  for (const [name, story] of Object.entries(stories)) {
    if (only && !name.includes(only)) continue;
    for (const setting of settings) {
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
  }
} finally {
  await stage.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
