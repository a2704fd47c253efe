// Supervisors: the board, what waits for their word, coverage, preview, drills.
import assert from 'node:assert/strict';

const enterprise = { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000000U', address: '示例开发区示例路1号' };
const texts = {
  'zh-CN': { approve: '批准', refuse: '不批准', sign: '签收', approved: '已批准', reassign: '改派', ask: '提请批准', drill: '开始演练', exercise: '演练', second: '需要另一个人批准', chosen: '未构成争议' },
  en: { approve: 'Approve', refuse: 'Refuse', sign: 'Sign for it', approved: 'Approved:', reassign: 'Reassign', ask: 'Ask for approval', drill: 'Start the drill', exercise: 'Exercise', second: 'Another person must approve', chosen: 'No dispute' },
};

export default (stage) => {
  const file = (event, more = {}) =>
    stage.as('enterprise_union', 'POST', '/alerts', { enterprise, event: { cause: 'layoff', behaviours: ['talk'], workers_involved: 30, noticed_at: new Date().toISOString(), ...event }, ...more });
  const act = (token, id, name, payload) => stage.as(token, 'POST', `/cases/${id}/actions/${name}`, payload);
  const get = (token, path) => stage.as(token, 'GET', path);
  // A case whose owner asks for a lower grade: who has to approve is not who asks.
  async function lowering() {
    const filed = await file({ workers_involved: 60 });
    await act('duty_officer', filed.id, 'acknowledge', {});
    await act('duty_officer', filed.id, 'request_lower_grade', { to: 'blue', reason: '到场核实只有六人' });
    return filed;
  }

  return {
    async 'the board counts by stage and grade, and a number leads to its cases'(page) {
      const filed = await file({ workers_involved: 12 });
      const board = await get('supervisor', '/board');
      await stage.sign_in(page, 'a_supervisor');
      await page.goto(`${stage.url}/board`);
      const cell = page.locator(`.board tbody tr:first-child a.cell.${filed.grade}`);
      await cell.waitFor();
      assert.equal(Number(await cell.locator('.n').innerText()), board.stages[0].grades[filed.grade].cases);
      await stage.look(page, 'board');
      await cell.click();
      await page.locator('.list .item').first().waitFor();
      assert.match(page.url(), new RegExp(`grade=${filed.grade}`));
      assert.equal(await page.locator('.list .item').count(), await page.locator(`.list .item.${filed.grade}`).count());
      await page.locator('.list .item', { hasText: filed.number }).waitFor();
    },

    async 'enterprises are sorted and narrowed to an area'(page) {
      await file({});
      await stage.as('duty_officer', 'POST', '/alerts', { enterprise: { name: '北区样品厂', address: '北一路9号' }, event: { cause: 'pay_cut', behaviours: ['talk'], workers_involved: 3, noticed_at: new Date().toISOString() } });
      await stage.sign_in(page, 'a_supervisor');
      await page.goto(`${stage.url}/board`);
      const rows = page.locator('.places tbody tr');
      await rows.nth(1).waitFor();
      const all = await rows.count();
      await page.locator('.places thead button').first().click();
      assert.equal(await page.locator('.places thead th').first().getAttribute('aria-sort'), 'ascending');
      await page.locator('.areas button').nth(1).click();
      await page.waitForFunction((n) => document.querySelectorAll('.places tbody tr').length < n, all);
      assert.match(await rows.first().innerText(), /北区样品厂/);
      await stage.look(page, 'board-area');
    },

    async 'what waits for a signature is signed with one tap'(page) {
      const say = texts[page.language];
      const filed = await file({ workers_involved: 400, behaviours: ['gathering_inside'] });
      await stage.sign_in(page, 'a_supervisor');
      await page.goto(`${stage.url}/decisions`);
      const card = page.locator('article.task', { hasText: filed.number }).first();
      await stage.come_to(page, card);
      await card.waitFor();
      await stage.look(page, 'decisions');
      await card.getByRole('button', { name: say.sign, exact: true }).click();
      await page.locator('.said', { hasText: filed.number }).waitFor();
      const kase = await get('supervisor', `/cases/${filed.id}`);
      assert.ok(kase.assignments.some((one) => one.addressee === 'post:supervisor' && one.state === 'signed'), JSON.stringify(kase.assignments.map((one) => [one.addressee, one.state])));
    },

    async 'a lower grade needs a second person, who says why'(page) {
      const say = texts[page.language];
      const filed = await lowering();
      await stage.sign_in(page, 'a_supervisor');
      await page.goto(`${stage.url}/decisions`);
      const card = page.locator('article.wish', { hasText: filed.number });
      await card.waitFor();
      await stage.look(page, 'wish');
      await card.getByRole('button', { name: say.approve, exact: true }).click();
      const yes = card.locator('button[type=submit]');
      assert.equal(await yes.isDisabled(), true, 'not without a reason');
      await card.locator('textarea').fill('已电话核实，同意');
      await yes.click();
      await page.locator('.said', { hasText: filed.number }).waitFor();
      assert.equal((await get('supervisor', `/cases/${filed.id}`)).grade, 'blue');
    },

    async 'nobody approves what they asked for themselves'(page) {
      const say = texts[page.language];
      const filed = await lowering();
      await stage.sign_in(page, 'a_duty_officer');
      await page.goto(`${stage.url}/decisions`);
      const card = page.locator('article.wish', { hasText: filed.number });
      await card.getByText(say.second).waitFor();
      assert.equal(await card.getByRole('button').count(), 0);
      await stage.look(page, 'own-wish');
      const { requests } = await get('duty_officer', `/cases/${filed.id}`);
      await assert.rejects(act('duty_officer', filed.id, 'approve_request', { request: requests[0].id, reason: '我自己同意' }), /40[39]/);
    },

    async 'a request is refused with its reason'(page) {
      const say = texts[page.language];
      const filed = await lowering();
      await stage.sign_in(page, 'a_supervisor');
      await page.goto(`${stage.url}/decisions`);
      const card = page.locator('article.wish', { hasText: filed.number });
      await card.getByRole('button', { name: say.refuse, exact: true }).click();
      await card.locator('textarea').fill('现场仍有人聚集');
      await card.locator('button[type=submit]').click();
      await card.waitFor({ state: 'detached' });
      const request = (await get('supervisor', `/cases/${filed.id}`)).requests[0];
      assert.deepEqual([request.state, request.answer], ['rejected', '现场仍有人聚集']);
    },

    async 'a case is given to another post'(page) {
      const filed = await file({ workers_involved: 20 });
      await act('duty_officer', filed.id, 'acknowledge', {});
      await stage.sign_in(page, 'a_supervisor');
      await page.goto(`${stage.url}/cases/${filed.id}?do=reassign`);
      const form = page.getByRole('dialog');
      await form.locator('select option').nth(1).waitFor({ state: 'attached' });
      const to = await form.locator('select option').evaluateAll((all) => all.map((one) => one.value).find((id) => /liaison/.test(id)));
      await form.locator('select').selectOption(to);
      await form.locator('textarea').first().fill('值班台人手不够');
      await stage.look(page, 'reassign');
      await form.locator('button[type=submit]').click();
      await form.waitFor({ state: 'detached' });
      assert.equal((await get('supervisor', `/cases/${filed.id}`)).owner.post, to);
    },

    async 'a supervisor orders a task force, and it is asked to meet'(page) {
      const filed = await file({ workers_involved: 60 });
      await act('duty_officer', filed.id, 'acknowledge', {});
      await stage.sign_in(page, 'a_supervisor');
      await page.goto(`${stage.url}/cases/${filed.id}?do=order_task_force`);
      const form = page.getByRole('dialog');
      await form.locator('textarea').first().fill('涉及面广，需多部门会商');
      await stage.look(page, 'form-task-force');
      await form.locator('button[type=submit]').click();
      await form.waitFor({ state: 'detached' });
      const kase = await get('supervisor', `/cases/${filed.id}`);
      assert.ok(kase.clocks.some((clock) => clock.name === 'st.review' && !clock.closed_at), 'its first meeting has a deadline');
      assert.ok(kase.assignments.some((one) => one.addressee === 'post:supervisor2' && one.needs_sign), 'and who leads it has to sign');
      const { blocked } = await get('supervisor', `/cases/${filed.id}/actions`);
      assert.ok(blocked.some((each) => each.name === 'order_task_force'), 'one is enough');
    },

    async 'asking for approval asks what the chosen thing needs'(page) {
      const say = texts[page.language];
      const filed = await file({ workers_involved: 60 });
      await act('duty_officer', filed.id, 'acknowledge', {});
      await stage.sign_in(page, 'a_duty_officer');
      await page.goto(`${stage.url}/cases/${filed.id}?do=request_approval`);
      const form = page.getByRole('dialog');
      await form.locator('textarea').first().waitFor();
      const before = await form.locator('.field').count();
      await form.locator('select').first().selectOption('close_no_dispute');
      await page.waitForFunction((n) => document.querySelectorAll('[role=dialog] .field').length > n, before);
      await stage.look(page, 'ask-approval');
      for (const box of await form.locator('textarea').all()) if (await box.isVisible()) await box.fill('核实后不属于劳动争议');
      await form.locator('button[type=submit]').click();
      await form.waitFor({ state: 'detached' });
      const request = (await get('duty_officer', `/cases/${filed.id}`)).requests.at(-1);
      assert.equal(request.asked.for, 'close_no_dispute');
      assert.equal(request.asked.payload.reason, '核实后不属于劳动争议');
      assert.ok(say.ask);
    },

    async 'who would be told at 03:00 on 1 October'(page) {
      await stage.sign_in(page, 'a_supervisor');
      await page.goto(`${stage.url}/coverage`);
      await page.locator('.who').first().waitFor();
      await page.locator('.preset').nth(2).click();
      await page.waitForFunction(() => document.querySelector('#coverage-at').value.endsWith('-10-01T03:00'));
      await page.waitForFunction(() => /0?3:00/.test(document.querySelector('#gaps').innerText));
      const at = await page.locator('#coverage-at').inputValue();
      const seen = await get('supervisor', `/coverage?at=${encodeURIComponent(`${at}:00+08:00`)}`);
      const desk = seen.posts.find((post) => post.post === 'duty_desk');
      await page.locator('.who', { hasText: desk.told[0].person_name }).first().waitFor();
      await stage.look(page, 'coverage');
    },

    async 'a gap in coverage is said in red with what to do'(page) {
      await stage.sign_in(page, 'a_supervisor');
      const people = (await get('administrator', '/people')).items.map((person) => person.id);
      const span = { from: '2027-02-01T00:00:00+08:00', until: '2027-02-03T00:00:00+08:00' };
      for (const person of people) await stage.as('administrator', 'POST', `/people/${person}/absences`, span);
      await page.goto(`${stage.url}/coverage`);
      await page.locator('.who').first().waitFor();
      await page.fill('#coverage-at', '2027-02-02T03:00');
      await page.waitForFunction(() => /2027/.test(document.querySelector('#gaps')?.innerText ?? ''));
      const seen = await get('supervisor', '/coverage?at=2027-02-02T03:00:00%2B08:00');
      const gaps = seen.posts.filter((post) => post.gap).length + seen.departments.filter((one) => one.gap).length;
      assert.equal(await page.locator('.holes .names li').count(), gaps);
      assert.ok(gaps > 0, 'nobody is there at all');
      await stage.look(page, 'coverage-gap');
    },

    async 'a preview is walked through by keyboard'(page) {
      await stage.sign_in(page, 'a_supervisor');
      await page.goto(`${stage.url}/preview`);
      await page.locator('form button[type=submit]').click();
      const stop = page.locator('svg g.point[tabindex="0"]');
      await stop.waitFor();
      assert.equal(await stop.count(), 1, 'one stop for the Tab key');
      const { grade } = await get('supervisor', '/preview?cause=layoff&workers=120&staff=320');
      await page.locator(`#result ~ .grade.${grade}`).waitFor();
      await stop.focus();
      const first = await page.locator('.why').innerText();
      await page.keyboard.press('ArrowDown');
      await page.waitForFunction((text) => document.querySelector('.why').innerText !== text, first);
      const second = await page.locator('.why').innerText();
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction((text) => document.querySelector('.why').innerText !== text, second);
      assert.equal(await page.locator('svg g.point:focus').count(), 1);
      assert.equal(await page.locator('tbody tr.on').count(), 1, 'the table marks the same line');
      await stage.look(page, 'preview');
    },

    async 'a drill is confirmed first and marked wherever it is seen'(page) {
      const say = texts[page.language];
      await stage.sign_in(page, 'a_supervisor');
      await page.goto(`${stage.url}/board`);
      await page.locator('.page > .row button').first().click();
      const form = page.getByRole('dialog');
      const go = form.locator('button[type=submit]');
      await go.waitFor();
      assert.equal(await go.isDisabled(), true, 'not without a confirmation');
      await form.locator('input[type=checkbox]').check();
      await stage.look(page, 'drill');
      await go.click();
      await page.waitForURL(/\/cases\//);
      await page.locator('.head .tag', { hasText: say.exercise }).waitFor();
      const id = page.url().split('/').pop();
      const kase = await get('supervisor', `/cases/${id}`);
      assert.ok(kase.exercise && kase.number.startsWith('JX-'));
      const other = await stage.visitor({ language: page.language, size: 'desktop' });
      await stage.sign_in(other, 'a_duty_officer');
      await stage.come_to(other, other.locator('article.task', { hasText: kase.number }).first().locator('.drill'));
      await other.goto(`${stage.url}/cases?q=${kase.number}`);
      await other.locator('.list .item', { hasText: kase.number }).locator('.drill').waitFor();
      await other.context().close();
    },
  };
};
