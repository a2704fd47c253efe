// Departments: what they are asked, and their answers.
import assert from 'node:assert/strict';

const enterprise = { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000000U' };

export default (stage) => {
  const file = () =>
    stage.as('enterprise_union', 'POST', '/alerts', { enterprise, event: { cause: 'layoff', behaviours: ['gathering_inside'], workers_involved: 120, noticed_at: new Date().toISOString() }, reporter: { name: '张三丰', role: 'chair', phone: '13900001111' } });
  const own = async (id) => (await stage.as('department:union', 'GET', `/cases/${id}`)).assignments.find((one) => one.addressee === 'department:union');

  return {
    async 'a department signs, accepts and reports what was done'(page) {
      const filed = await file();
      await stage.sign_in(page, 'a_department_union');
      const card = page.locator('article.task', { hasText: filed.number });
      await stage.come_to(page, card);
      await stage.look(page, 'department-turn');
      await card.locator('button').first().click();
      await page.waitForFunction((number) => [...document.querySelectorAll('article.task')].some((one) => one.innerText.includes(number) && one.querySelectorAll('button').length > 1), filed.number);
      await card.locator('button').first().click();
      await page.locator('.said', { hasText: page.language === 'en' ? 'Accepted:' : '已接受：' }).waitFor();
      assert.equal((await own(filed.id)).state, 'accepted');
      await page.goto(`${stage.url}/cases/${filed.id}`);
      const part = page.locator('.part article.task');
      await part.locator('button').first().click();
      const done = part.locator('button[type=submit]');
      assert.equal(await done.isDisabled(), true, 'not without a word on the result');
      await part.locator('textarea').fill('已派人到场，职工情绪平稳');
      await stage.look(page, 'department-done');
      await done.click();
      await part.waitFor({ state: 'detached' });
      const answer = await own(filed.id);
      assert.deepEqual([answer.state, answer.reason], ['done', '已派人到场，职工情绪平稳']);
    },

    async 'a department gives it back with a reason, and the owner sees why'(page) {
      const filed = await file();
      await stage.as('duty_officer', 'POST', `/cases/${filed.id}/actions/acknowledge`, {});
      const { id } = await own(filed.id);
      await stage.as('department:union', 'POST', `/assignments/${id}/sign`, {});
      await stage.sign_in(page, 'a_department_union');
      await page.goto(`${stage.url}/cases/${filed.id}`);
      const part = page.locator('.part article.task');
      await part.locator('.link-button').click();
      await part.locator('textarea').fill('不属我单位职责');
      await part.locator('button[type=submit]').click();
      await page.locator('.said').waitFor();
      assert.equal((await own(filed.id)).state, 'returned');
      const other = await stage.visitor({ language: page.language, size: 'phone' });
      await stage.sign_in(other, 'a_duty_officer');
      await other.goto(`${stage.url}/cases/${filed.id}`);
      await other.getByText('不属我单位职责').first().waitFor();
      await stage.look(other, 'returned-owner');
      await other.context().close();
    },

    async 'a department is shown its part and no empty boxes for the rest'(page) {
      const filed = await file();
      await stage.sign_in(page, 'a_department_union');
      await page.goto(`${stage.url}/cases/${filed.id}`);
      await page.locator('.part article.task').waitFor();
      const text = await page.locator('main, .page').first().innerText();
      assert.doesNotMatch(text, /张三丰|13900001111/, 'who reported stays sealed');
      const boxes = await page.locator('dl dd').allInnerTexts();
      assert.ok(boxes.length > 2 && boxes.every((box) => box.trim()), 'no fact without an answer');
      for (const card of await page.locator('section.card:not(:has([aria-expanded=false]))').all()) assert.ok((await card.innerText()).split('\n').length > 1, 'no empty card');
      await stage.look(page, 'department-case');
      const names = (await stage.as('department:union', 'GET', `/cases/${filed.id}`)).owner;
      assert.equal(names.person_name, '');
    },

    async 'a department sees no case it was not told of'(page) {
      const filed = await stage.as('enterprise_union', 'POST', '/alerts', { enterprise, event: { cause: 'welfare', behaviours: ['talk'], workers_involved: 2, noticed_at: new Date().toISOString() } });
      const told = (await stage.as('supervisor', 'GET', `/cases/${filed.id}`)).assignments.some((one) => one.addressee === 'department:tax');
      assert.equal(told, false);
      await stage.sign_in(page, 'a_department_tax');
      page.quiet = true;
      await page.goto(`${stage.url}/cases/${filed.id}`);
      await page.getByRole('alert').waitFor();
      assert.equal(await page.locator('.stages').count(), 0);
      await stage.look(page, 'department-barred');
    },
  };
};
