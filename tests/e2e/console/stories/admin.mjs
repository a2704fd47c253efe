// Administrators and auditors: configuration, channels, dead letters, accounts, people, duty, the
// trail, calendars.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const words = {
  'zh-CN': {
    check: '检查文件', compare: '看会有什么变化', reload: '采用新配置', take: '采用', sound: '文件可以采用', faulty: '文件有', line: (n) => `第 ${n} 行`, taken: '已采用', changed: '有改动',
    test: '试发一条', send: '发送', delivered: '对方已接收', unusable: '此渠道不能使用这个地址', again: '再发一次', sent: '已再发给', undelivered: '没有送到', dropped: '不再需要',
    locked: '已锁定', unlock: '解锁', done: '已完成', token: '新建令牌', keep: '已保存好', revoke: '撤销', more: '令牌与登录记录', make: '新建账号', saved: '已保存', taken_name: '已有同名账号',
    verify: '开始核验', whole: '记录完整', broken: '处不符', find: '查找', missing: '缺少 2027 年', posts: '岗位', people: '人员', put_term: '登记任职', absence: '登记请假', away: '请假中', override: '指定值班', reason: '周末家中有事', enter: '登记人员', forbidden: '无权访问', retry: '未能送出',
  },
  en: {
    check: 'Check the files', compare: 'See what would change', reload: 'Take over the files', take: 'Take over', sound: 'The files can be taken over', faulty: 'The files have', line: (n) => `line ${n},`, taken: 'Taken over', changed: 'changed',
    test: 'Send a test', send: 'Send', delivered: 'taken by the other side', unusable: 'cannot use this address', again: 'Send again', sent: 'again.', undelivered: 'Not delivered to', dropped: 'No longer needed',
    locked: 'locked', unlock: 'Unlock', done: 'done.', token: 'Make a token', keep: 'I have kept it', revoke: 'Revoke', more: 'Tokens and sign-ins', make: 'Make an account', saved: 'saved.', taken_name: 'there is an account of this name',
    verify: 'Verify now', whole: 'The record is whole', broken: 'places do not fit', find: 'Find', missing: 'The arrangement of 2027', posts: 'Posts', people: 'People', put_term: 'Enter a term', absence: 'Enter an absence', away: 'away', override: 'Put somebody on duty', reason: 'family matter', enter: 'Enter a person', forbidden: 'Not for this account', retry: 'not taken',
  },
};

export default (stage) => {
  const file = (name) => join(stage.home, 'config', name);
  const open = async (page, name, account = 'a_administrator') => {
    await stage.sign_in(page, account);
    await page.goto(`${stage.url}/admin/${name}`);
    await page.locator('h1').waitFor();
    return words[page.language];
  };
  // A file is as it was after the story, whatever happened in it.
  const with_file = async (name, work) => {
    const was = readFileSync(file(name));
    try {
      await work();
    } finally {
      writeFileSync(file(name), was);
    }
  };
  const dialog = (page) => page.getByRole('dialog');
  const press = (where, name) => where.getByRole('button', { name, exact: true }).click();

  return {
    async 'a broken file is shown with its line, and the old configuration stays'(page) {
      const say = await open(page, 'config');
      await press(page, say.check);
      await page.getByText(say.sound).waitFor();
      await with_file('service.yaml', async () => {
        const line = readFileSync(file('service.yaml'), 'utf8').trimEnd().split('\n').length + 1;
        appendFileSync(file('service.yaml'), '\nlanguge: zh\n'.replace(/^\n/, ''));
        await press(page, say.check);
        await page.getByText(say.faulty).waitFor();
        await page.getByText(say.line(line)).waitFor();
        await page.getByText('languge').first().waitFor();
        await stage.look(page, 'admin-config-faulty');
        await press(page, say.reload);
        await page.locator('.note[role=alert]').waitFor();
      });
      await press(page, say.check);
      await page.getByText(say.sound).waitFor();
    },

    async 'what a reload would change is seen before it is taken over'(page) {
      const say = await open(page, 'config');
      await with_file('service.yaml', async () => {
        const before = await stage.as('administrator', 'GET', '/config');
        const text = readFileSync(file('service.yaml'), 'utf8');
        writeFileSync(file('service.yaml'), text.replace(/^zone_name: .*/m, `zone_name: "示范开发区${page.about.length}${Date.now() % 1000}"`));
        await press(page, say.compare);
        await page.getByText('service.zone_name').first().waitFor();
        await stage.look(page, 'admin-config-diff');
        await press(page, say.reload);
        await dialog(page).getByText('service.zone_name').waitFor();
        await stage.look(page, 'form-reload');
        await press(dialog(page), say.take);
        await page.getByText(say.taken).waitFor();
        const after = await stage.as('administrator', 'GET', '/config');
        assert.notEqual(after.configuration, before.configuration);
      });
      await stage.as('administrator', 'POST', '/config/reload', { confirm: true });
    },

    async 'a value in force is found, and no secret is on the page'(page) {
      const say = await open(page, 'config');
      await page.fill('#setting-q', 'lock_after');
      await page.getByText('accounts.lock_after').waitFor();
      await stage.look(page, 'admin-config-search');
      assert.ok(say);
    },

    async 'a channel is tried, and the trial is on record'(page) {
      const say = await open(page, 'channels');
      const card = page.locator('section.channel').filter({ has: page.locator('h2 .mono', { hasText: /^file$/ }) });
      await card.getByRole('button').click();
      await page.fill('#test-address', 'console-test');
      await press(dialog(page), say.send);
      await dialog(page).getByText(say.delivered).waitFor();
      await stage.look(page, 'form-channel');
      await page.keyboard.press('Escape');
      await stage.look(page, 'admin-channels');
      const { items } = await stage.as('auditor', 'GET', '/audit?what=test_channel');
      assert.equal(items[0].command, 'test_channel');
    },

    // A program that refuses everything stands for a provider that does.
    async 'a dead letter says why, is sent again, and is dropped with a reason'(page) {
      const say = words[page.language];
      let people = [];
      await with_file('channels.yaml', () => with_file('organisation.yaml', async () => {
        appendFileSync(file('channels.yaml'), '\n  broken:\n    kind: exec\n    command: /bin/false\n');
        // Departments, the desks that stand for them, and their people: nobody is reached.
        const zone = readFileSync(file('organisation.yaml'), 'utf8');
        writeFileSync(file('organisation.yaml'), zone.replaceAll('{channel: file}', '{channel: broken, address: "13800138000"}'));
        await stage.as('administrator', 'POST', '/config/reload', { confirm: true });
        const desks = (await stage.as('administrator', 'GET', '/coverage')).departments.flatMap((each) => each.told.map((told) => told.person));
        people = (await stage.as('administrator', 'GET', '/people')).items.filter((each) => desks.includes(each.id));
        for (const { id, name } of people) await stage.as('administrator', 'POST', '/people', { id, name, contacts: [{ channel: 'broken', address: '13800138000' }] });
        await stage.as('duty_officer', 'POST', '/alerts', { enterprise: { name: '示例' }, event: { cause: 'wage_arrears', behaviours: ['gate_block'], workers_involved: 400, noticed_at: new Date().toISOString() } });
        const letters = async () => (await stage.as('administrator', 'GET', '/dead-letters')).items;
        await open(page, 'letters');
        await page.locator('section.letter').first().waitFor();
        await stage.look(page, 'admin-letters');
        await page.goto(`${stage.url}/admin/channels`);
        const card = page.locator('section.channel').filter({ has: page.locator('h2 .mono', { hasText: /^broken$/ }) });
        await card.locator('.wrong').first().waitFor();
        await card.getByRole('button').click();
        await press(dialog(page), say.send);
        await dialog(page).locator('.result.wrong').getByText('exit 1').first().waitFor();
        await stage.look(page, 'form-channel-refused');
        await page.goto(`${stage.url}/admin/letters`);
        await page.locator('section.letter').first().getByRole('button', { name: say.again, exact: true }).click();
        await stage.look(page, 'form-letter');
        await press(dialog(page), say.again);
        await page.getByText(say.sent).waitFor();
        await page.locator('section.letter').first().waitFor();
        const first = (await letters())[0].delivery;
        await page.locator('section.letter').first().getByRole('button', { name: say.dropped, exact: true }).click();
        await press(dialog(page), say.dropped);
        await dialog(page).locator('.fault').waitFor();
        await page.fill('#letter-reason', '已电话告知');
        await press(dialog(page), say.dropped);
        await dialog(page).waitFor({ state: 'detached' });
        assert.ok((await letters()).every((each) => each.delivery !== first), 'it is settled');
      })).finally(async () => {
        for (const { id, name, contacts } of people) await stage.as('administrator', 'POST', '/people', { id, name, contacts: contacts.map(({ channel, address }) => (address ? { channel, address } : { channel })) });
      });
      await stage.as('administrator', 'POST', '/config/reload', { confirm: true });
    },

    async 'an account locked after failures is unlocked'(page) {
      await stage.has_password('a_mediator');
      await with_file('service.yaml', async () => {
        writeFileSync(file('service.yaml'), readFileSync(file('service.yaml'), 'utf8').replace(/^ {2}lock_after: .*/m, '  lock_after: 3'));
        await stage.stop_daemon();
        await stage.start_daemon();
      });
      const wrong = () => fetch(`${stage.api}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ account: 'a_mediator', password: 'not this one' }) });
      const is_locked = async () => (await stage.as('administrator', 'GET', '/accounts')).items.find((each) => each.account === 'a_mediator').locked;
      for (let i = 0; i < 5 && !(await is_locked()); ++i) await wrong();
      assert.ok(await is_locked(), 'too many wrong passwords lock it');
      const say = await open(page, 'accounts');
      await page.fill('#account-q', 'a_mediator');
      await page.getByText(say.locked, { exact: true }).waitFor();
      await page.locator('summary', { hasText: 'a_mediator' }).click();
      await page.locator('summary', { hasText: say.more }).click();
      await page.locator('.line').first().waitFor();
      await stage.look(page, 'admin-accounts-locked');
      await press(page, say.unlock);
      await press(dialog(page), say.unlock);
      await page.getByText(say.done).waitFor();
      assert.equal(await is_locked(), false);
    },

    async 'an account is made and gets a token, which is shown once and revoked'(page) {
      const say = await open(page, 'accounts');
      const name = `a_new_${Date.now() % 1_000_000}`;
      await press(page, say.make);
      await stage.look(page, 'form-account');
      await dialog(page).locator('input').first().fill('a_mediator');
      await dialog(page).locator('.chip, [role=checkbox], button, label').filter({ hasText: /^(审计员|auditor)$/ }).first().click();
      await press(dialog(page), say.make);
      await dialog(page).getByText(say.taken_name).first().waitFor();
      await dialog(page).locator('input').first().fill(name);
      await press(dialog(page), say.make);
      await page.getByText(say.saved).waitFor();
      await page.fill('#account-q', name);
      await page.locator('summary', { hasText: name }).click();
      await press(page, say.token);
      await dialog(page).locator('input').first().fill('report');
      await press(dialog(page), say.token);
      const token = await page.locator('.token code').innerText();
      const me = await fetch(`${stage.api}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } });
      assert.equal((await me.json()).account, name);
      await press(page, say.keep);
      await page.locator('summary', { hasText: say.more }).click();
      await page.getByRole('button', { name: `${say.revoke}: report` }).click();
      await page.getByRole('button', { name: `${say.revoke}: report` }).waitFor({ state: 'detached' });
      assert.equal((await fetch(`${stage.api}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } })).status, 401);
      await stage.look(page, 'admin-accounts');
    },

    async 'somebody new is entered, gets a post, and goes on leave'(page) {
      const say = await open(page, 'people');
      const id = `p_new_${Date.now() % 1_000_000}`;
      await press(page, say.enter);
      const fields = dialog(page).locator('input');
      await fields.nth(0).fill(id);
      await fields.nth(1).fill('新人甲');
      await press(dialog(page), say.enter);
      await page.getByText(say.saved).waitFor();
      await page.fill('#people-q', id);
      await page.locator('.adm-rows summary').first().click();
      await press(page, say.absence);
      const until = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 16);
      await dialog(page).locator('input[type=datetime-local]').nth(1).fill(until);
      await press(dialog(page), say.absence);
      await page.locator('summary .state', { hasText: say.away }).waitFor();
      await stage.look(page, 'admin-people');
      await page.getByText(say.posts, { exact: true }).click();
      await page.fill('#people-q', '');
      await page.locator('.adm-rows summary').first().click();
      await page.getByRole('button', { name: say.put_term, exact: true }).first().click();
      await stage.look(page, 'form-term');
      await page.keyboard.press('Escape');
      await stage.look(page, 'admin-posts');
    },

    async 'somebody is put on duty, and the trail tells who ordered it'(page) {
      const say = await open(page, 'duty');
      await press(page, say.override);
      const from = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 16);
      const until = new Date(Date.now() + 6 * 86_400_000).toISOString().slice(0, 16);
      const people = dialog(page).locator('select').last();
      await people.selectOption({ index: 1 });
      const moments = dialog(page).locator('input[type=datetime-local]');
      await moments.nth(0).fill(from);
      await moments.nth(1).fill(until);
      await stage.look(page, 'form-override');
      await press(dialog(page), say.override);
      await page.getByText(say.saved).waitFor();
      await stage.look(page, 'admin-duty');
      await page.goto(`${stage.url}/admin/audit`);
      await page.selectOption('#trail-what', 'put_override');
      await page.locator('.adm-rows summary').first().click();
      await page.locator('.adm-rows details[open] dl').first().waitFor();
      await stage.look(page, 'admin-audit');
    },

    async 'the year is shown day by day, and the missing one is a warning'(page) {
      const say = await open(page, 'calendars');
      await page.getByText(say.missing).waitFor();
      assert.equal(await page.locator('table').count(), 12);
      await stage.look(page, 'admin-calendars');
      await page.selectOption('#calendar-year', '2025');
      await page.waitForFunction(() => document.querySelector('#calendar-year').value === '2025' && document.querySelector('td.today') === null);
    },

    async 'an auditor reads and changes nothing'(page) {
      const say = await open(page, 'config', 'a_auditor');
      await page.getByText(say.check, { exact: true }).waitFor();
      assert.equal(await page.getByRole('button', { name: say.reload, exact: true }).count(), 0);
      await page.goto(`${stage.url}/admin/channels`);
      await page.locator('section.channel').first().waitFor();
      assert.equal(await page.getByRole('button', { name: new RegExp(say.test) }).count(), 0);
      await page.goto(`${stage.url}/admin/accounts`);
      await page.locator('.note[role=alert]').waitFor();
    },

    async 'the record is whole, until somebody tampers with the database'(page) {
      const say = await open(page, 'audit');
      await press(page, say.verify);
      await page.getByText(say.whole).waitFor();
      await stage.look(page, 'admin-audit-whole');
      const db = join(stage.home, 'jinqiao.db');
      await stage.stop_daemon();
      copyFileSync(db, `${db}.kept`);
      try {
        execFileSync('python3', ['-c', `import sqlite3,sys
c=sqlite3.connect(sys.argv[1]); c.execute("UPDATE history SET body=replace(body,'put_account','put_acc0unt') WHERE stream='directory' AND seq=(SELECT max(seq) FROM history WHERE stream='directory')"); c.execute("UPDATE history SET body=body||' ' WHERE stream='directory' AND seq=1"); c.commit(); c.execute("PRAGMA wal_checkpoint(TRUNCATE)"); c.close()`, db]);
        await stage.start_daemon();
        await page.reload();
        await press(page, say.verify);
        await page.getByText(say.broken).waitFor();
        await stage.look(page, 'admin-audit-broken');
      } finally {
        await stage.stop_daemon();
        copyFileSync(`${db}.kept`, db);
        await stage.start_daemon();
      }
    },
  };
};
