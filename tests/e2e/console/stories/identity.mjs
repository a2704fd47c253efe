// Who files, and what stays hidden: without a name, in confidence, and how a sealed name is opened.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const all_words = {
  'zh-CN': { link: '不想留姓名', begin: '开始匿名报告', send: '匿名发送', done: '完成', enter: '查看进展和留言', write: '发送留言', sent: '已发送', refresh: '看看有没有新回复', answer: '发送回复', anonymous: '不留姓名', confidential: '实名，请为我保密', wrong: '没有这个查询码', short: '二十五位', locked: '姓名和电话已封存', ask: '申请查看', submit: '提交申请', approve: '批准查看', off: '不受理匿名报告', taken: '已收到，等待接报', named: '实名' },
  en: { link: 'No name?', begin: 'Report without a name', send: 'Send without a name', done: 'Done', enter: 'See how it stands', write: 'Send the message', sent: 'Sent.', refresh: 'Look for new answers', answer: 'Send the answer', anonymous: 'Without a name', confidential: 'With my name, kept confidential', wrong: 'No such code', short: 'twenty-five digits', locked: 'Name and number are sealed', ask: 'Ask to open it', submit: 'Ask', approve: 'Approve', off: 'not taken here', taken: 'waits for somebody to take it', named: 'With my name' },
};

const alert = () => ({
  enterprise: { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000000U' },
  event: { cause: 'wage_arrears', behaviours: ['talk'], workers_involved: 12, noticed_at: new Date().toISOString() },
  reporter: { name: '张三丰', role: '职工', phone: '13900001111' },
});

export default (stage) => {
  const file = () => join(stage.home, 'config/service.yaml');
  async function configured(change) {
    const before = readFileSync(file(), 'utf8');
    const after = change(before);
    assert.notEqual(after, before);
    writeFileSync(file(), after);
    await stage.stop_daemon();
    await stage.start_daemon();
    return before;
  }
  // Every story comes from the same address, and a run in all settings more often than people do.
  let roomy = false;
  async function with_room() {
    if (roomy) return;
    await configured((text) => text.replace('filings_per_address: {burst: 5,', 'filings_per_address: {burst: 0,'));
    roomy = true;
  }
  async function what_happens(page, say) {
    await page.getByText(say.wages, { exact: true }).click();
    await page.getByText(say.gather, { exact: true }).click();
    await page.fill('input[name=workers]', '60');
    await page.fill('input[name=place]', '2号厂房门口');
  }
  async function code_of(page, own) {
    const code = await page.locator('[data-code]').innerText();
    assert.match(code, /^\d{5}(-\d{5}){4}$/);
    assert.ok(await page.getByRole('button', { name: own.done, exact: true }).isDisabled(), 'not before it is written down');
    return code;
  }
  function kept_anywhere(secret) {
    return readdirSync(stage.home, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath ?? each.path, each.name))
      .filter((name) => !name.startsWith(join(stage.home, 'markup'))) // what this test itself writes down of pages
      .filter((name) => readFileSync(name).includes(secret));
  }

  return {
    async 'somebody reports without a name and talks with whoever handles it'(page, say) {
      const own = all_words[page.language];
      await with_room();
      await page.goto(`${stage.url}/login`);
      await page.getByRole('link', { name: own.link }).click();
      await page.locator('#code').waitFor();
      await stage.look(page, 'anonymous');
      await page.getByRole('link', { name: own.begin }).click();
      await page.getByRole('button', { name: own.send }).click();
      await page.getByText(say.lacks).waitFor();
      await what_happens(page, say);
      await page.fill('input[name=enterprise]', '示例精密部件（金桥）有限公司');
      await stage.look(page, 'anonymous-report');
      await page.getByRole('button', { name: own.send }).click();
      const code = await code_of(page, own);
      await stage.look(page, 'anonymous-code');
      await page.check('input[name=kept]');
      await page.getByRole('button', { name: own.done, exact: true }).click();
      await page.fill('#code', code.replaceAll('-', ' '));
      await page.getByRole('button', { name: own.enter }).click();
      await page.getByText(own.taken).waitFor();
      await page.fill('#text', '还有二十人没有拿到工资，他们不敢说。');
      await page.getByRole('button', { name: own.write }).click();
      await page.getByRole('status').filter({ hasText: own.sent }).waitFor();
      assert.ok(!page.url().includes(code.slice(0, 5)));
      assert.equal(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })).then((text) => text.includes('二十人') || text.includes(code.slice(0, 5))), false, 'nothing stays on the device');
      const number = await page.locator('#talk .number').innerText();

      const office = await stage.visitor({ language: page.language, size: 'desktop' });
      await stage.sign_in(office, 'a_duty_officer');
      await office.goto(`${stage.url}/cases/${number}`);
      await office.getByText('他们不敢说').waitFor();
      await office.fill('#filer-answer', '已安排人员今天下午去核实，不会提到任何人。');
      await stage.look(office, 'filer-talk');
      await office.getByRole('button', { name: own.answer }).click();
      await office.locator('.lines li.mine').waitFor();
      await office.context().close();

      await page.getByRole('button', { name: own.refresh }).click();
      await page.getByText('不会提到任何人').waitFor();
      await stage.look(page, 'anonymous-talk');
      assert.deepEqual(kept_anywhere(code), []);
      assert.deepEqual(kept_anywhere(code.replaceAll('-', '')), []);
    },

    async 'a wrong code opens nothing and says what to do'(page) {
      const own = all_words[page.language];
      await page.goto(`${stage.url}/anonymous`);
      await page.fill('#code', '12345');
      await page.getByRole('button', { name: own.enter }).click();
      await page.getByRole('alert').filter({ hasText: own.short }).waitFor();
      await page.fill('#code', '00000-11111-22222-33333-44444');
      await page.getByRole('button', { name: own.enter }).click();
      await page.locator('.note', { hasText: own.wrong }).waitFor();
      await stage.look(page, 'anonymous-wrong-code');
    },

    async 'a union that is signed in reports without a name, and its account is not in it'(page, say) {
      const own = all_words[page.language];
      await with_room();
      await stage.sign_in(page, 'a_enterprise_union');
      await page.locator('dl.facts').waitFor();
      await what_happens(page, say);
      await page.getByText(own.anonymous, { exact: true }).click();
      assert.equal(await page.locator('input[name=phone]').count(), 0);
      await stage.look(page, 'report-anonymous');
      const asked = page.waitForRequest('**/api/v1/anonymous/alerts');
      await page.getByRole('button', { name: say.send }).click();
      const sent = await asked;
      assert.equal((await sent.allHeaders()).cookie, undefined, 'not even the cookie goes along');
      const body = JSON.parse(sent.postData());
      assert.deepEqual(body.reporter, {});
      await code_of(page, own);
      const number = await page.locator('.top .number').first().innerText();
      const seen = await stage.as('enterprise_union', 'GET', `/cases/${number}`);
      assert.equal(seen.identity.filed_by_me, false);
      const rows = (await stage.as('auditor', 'GET', `/cases/${number}/history`)).items;
      assert.ok(!JSON.stringify(rows).includes('a_enterprise_union'));
      await page.check('input[name=kept]');
    },

    async 'in confidence: the filer sees it, the owner not by whom, a department not at all'(page, say) {
      const own = all_words[page.language];
      await stage.sign_in(page, 'a_enterprise_union');
      await page.locator('dl.facts').waitFor();
      await what_happens(page, say);
      await page.fill('input[name=phone]', '13900001111');
      await page.getByText(own.confidential, { exact: true }).click();
      await stage.look(page, 'report-confidential');
      await page.getByRole('button', { name: say.send }).click();
      await page.getByText(say.arrived).waitFor();
      const number = await page.locator('h1').innerText();
      const path = `${stage.url}/cases/${number}`;
      await page.goto(path);
      await page.getByText('13900001111').waitFor();
      const other = await stage.visitor({ language: page.language, size: 'desktop' });
      await stage.sign_in(other, 'a_duty_officer');
      await other.goto(path);
      await other.getByText(own.locked).waitFor();
      assert.ok(!(await other.locator('body').innerText()).includes('13900001111'));
      await stage.look(other, 'sealed');
      await other.context().close();
      const department = await stage.visitor({ language: page.language, size: 'desktop' });
      await stage.sign_in(department, 'a_department_hrss');
      await department.goto(path);
      await department.locator('.note').waitFor();
      assert.ok(!(await department.locator('body').innerText()).includes('2号厂房'));
      await department.context().close();
    },

    async 'who reported is opened by two persons, and it is shown'(page) {
      const own = all_words[page.language];
      const filed = await stage.as('enterprise_union', 'POST', '/alerts', { ...alert(), filing: 'confidential' });
      await stage.sign_in(page, 'a_duty_officer');
      await page.goto(`${stage.url}/cases/${filed.id}`);
      const sealed = page.locator('section[aria-labelledby=sealed]');
      await sealed.getByText(own.locked).waitFor();
      await sealed.getByRole('button', { name: own.ask, exact: true }).click();
      await sealed.getByRole('button', { name: own.submit, exact: true }).click();
      await sealed.getByRole('alert').waitFor(); // not without a reason
      await page.fill('#unseal-reason', '须当面核实欠薪名单');
      await sealed.getByRole('button', { name: own.submit, exact: true }).click();
      await page.locator('div.pending').waitFor();
      await stage.look(page, 'sealed-asked');
      const second = await stage.visitor({ language: page.language, size: 'desktop' });
      await stage.sign_in(second, 'a_supervisor');
      await second.goto(`${stage.url}/cases/${filed.id}`);
      await second.locator('div.pending').waitFor();
      await second.fill('#unseal-reason', '同意，注意保密');
      await stage.look(second, 'sealed-approving');
      await second.locator('section[aria-labelledby=sealed]').getByRole('button', { name: own.approve, exact: true }).click();
      await second.getByText('13900001111').waitFor();
      await second.context().close();
      await page.getByText('13900001111').waitFor();
      await page.locator('.openings', { hasText: '须当面核实欠薪名单' }).waitFor();
      await stage.look(page, 'sealed-opened');
      const { identity } = await stage.as('auditor', 'GET', `/cases/${filed.id}`);
      assert.equal(identity.openings.length, 1);
    },

    async 'where reports without a name are not taken, the page says so at once'(page) {
      const own = all_words[page.language];
      const before = await configured((text) => text.replace('  filing: true ', '  filing: false '));
      try {
        await page.goto(`${stage.url}/anonymous`);
        await page.getByText(own.off).waitFor();
        await stage.look(page, 'anonymous-off');
        await page.goto(`${stage.url}/anonymous/report`);
        await page.getByRole('heading', { name: own.off }).waitFor();
        assert.equal(await page.locator('input[name=workers]').count(), 0);
      } finally {
        await configured(() => before);
      }
    },
  };
};
