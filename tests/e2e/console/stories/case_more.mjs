// Two people at one case, what may not be done yet, and what nobody else may read.
import assert from 'node:assert/strict';

import { do_by_form, paper, put } from '../forms.mjs';
import { words_case } from '../words_case.mjs';

export default (stage) => {
  const file = (workers = 30, cause = 'relocation', behaviours = ['talk']) => stage.as('enterprise_union', 'POST', '/alerts', { enterprise: { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000000U' }, event: { cause, behaviours, workers_involved: workers, place: '东门', demands: ['compensation'], noticed_at: new Date().toISOString() } });
  const act = (who, id, name, payload) => stage.as(who, 'POST', `/cases/${id}/actions/${name}`, payload);
  const open_cards = async (page) => {
    await page.locator('.stages').waitFor();
    for (const folded = page.locator('.fold h2 button[aria-expanded=false]'); (await folded.count()) > 0; ) await folded.first().click();
  };
  const label = async (page, id, name) => {
    const { allowed, blocked } = await stage.as('duty_officer', 'GET', `/cases/${id}/actions`, undefined, page.language);
    return [...allowed, ...blocked].find((each) => each.name === name).label;
  };

  return {
    async 'two people at one case learn of each other, and forget each other again'(page) {
      const words = words_case[page.language];
      const filed = await file();
      const other = await stage.visitor({ language: page.language, size: 'desktop' });
      await stage.sign_in(page, 'a_duty_officer');
      await stage.sign_in(other, 'a_mediator');
      for (const each of [page, other]) await each.goto(`${stage.url}/cases/${filed.id}`);
      const note = await label(page, filed.id, 'add_note');
      await other.locator('.stages').waitFor();
      await page.locator('.panel').getByRole('button', { name: note, exact: true }).click();
      await page.getByRole('dialog').locator('form').waitFor();
      // The other sees it without asking, before opening a form and in it.
      await other.locator('.writers').getByText(words.writing).waitFor();
      await stage.look(other, 'writers');
      await other.locator('.panel').getByRole('button', { name: note, exact: true }).click();
      await other.getByRole('dialog').locator('.writers').waitFor();
      await page.getByRole('dialog').locator('.writers').waitFor();
      await stage.look(page, 'form-writers');
      await page.keyboard.press('Escape');
      await other.locator('.writers').waitFor({ state: 'detached' });
      await other.context().close();
    },

    async 'what two people changed is laid side by side, and each thing is chosen'(page) {
      const words = words_case[page.language];
      const filed = await file();
      await act('duty_officer', filed.id, 'acknowledge', {});
      await stage.sign_in(page, 'a_duty_officer');
      await page.goto(`${stage.url}/cases/${filed.id}`);
      const update = await label(page, filed.id, 'update_facts');
      await page.locator('.panel').getByRole('button', { name: update, exact: true }).click();
      const form = page.getByRole('dialog');
      await form.locator('form').waitFor();
      const { allowed } = await stage.as('duty_officer', 'GET', `/cases/${filed.id}/actions`, undefined, page.language);
      const { schema } = allowed.find((each) => each.name === 'update_facts');
      for (const closed = form.locator('details.rest:not([open]) > summary:visible'); (await closed.count()) > 0; ) await closed.first().click();
      for (const closed = form.locator('details.fold:not([open]) > summary:visible'); (await closed.count()) > 0; ) await closed.first().click();
      for (const closed = form.locator('details.rest:not([open]) > summary:visible'); (await closed.count()) > 0; ) await closed.first().click();
      await put(page, form, schema, { event: { place: '西门', workers_involved: 45 } });
      // Meanwhile the mediator says other things, and one more.
      await act('mediator', filed.id, 'update_facts', { event: { place: '北门', workers_involved: 60, trend: 'rising' } });
      await form.locator('button[type=submit]').click();
      await form.locator('.merge').waitFor();
      assert.equal(await form.locator('.merge .one').count(), 2);
      await form.locator('.merge').getByText('北门').waitFor();
      await form.locator('.merge').scrollIntoViewIfNeeded();
      await stage.look(page, 'form-merge');
      const place = form.locator('.merge .one', { hasText: '北门' });
      await place.locator('label', { hasText: words.theirs }).click();
      await form.getByRole('button', { name: words.anyway }).click();
      await form.waitFor({ state: 'detached' });
      const { event } = await stage.as('duty_officer', 'GET', `/cases/${filed.id}`);
      assert.equal(event.place, '北门', 'theirs');
      assert.equal(event.workers_involved, 45, 'mine');
      assert.equal(event.trend, 'rising', 'what was not touched stays');
    },

    async 'an action that has to wait says what for'(page) {
      const words = words_case[page.language];
      const filed = await file();
      await act('duty_officer', filed.id, 'acknowledge', {});
      await stage.sign_in(page, 'a_duty_officer');
      await page.goto(`${stage.url}/cases/${filed.id}`);
      const coordinate = await label(page, filed.id, 'open_coordination');
      const { blocked } = await stage.as('duty_officer', 'GET', `/cases/${filed.id}/actions`, undefined, page.language);
      const why = blocked.find((each) => each.name === 'open_coordination').reasons;
      assert.ok(why.length);
      await page.getByText(words.lacking).click();
      const row = page.locator('.blocked li', { hasText: coordinate });
      await row.getByText(why[0].text).waitFor();
      assert.match(why[0].text, words.not_verified);
      assert.equal(await row.locator('.name').getAttribute('aria-disabled'), 'true');
      assert.equal(await row.getByRole('button').count(), 0);
      await stage.look(page, 'blocked');
    },

    async 'a note for oneself is seen by nobody else'(page) {
      const words = words_case[page.language];
      const filed = await file();
      await act('duty_officer', filed.id, 'acknowledge', {});
      await stage.sign_in(page, 'a_mediator');
      await page.goto(`${stage.url}/cases/${filed.id}`);
      await open_cards(page);
      const card = page.locator('[data-card=notes]');
      for (const [button, text] of [[words.private, '老张情绪低落，单独谈'], [words.shared, '约定明日三点见面']]) {
        await card.getByRole('button', { name: button }).click();
        const form = page.getByRole('dialog');
        await form.locator('textarea').first().fill(text);
        await form.locator('button[type=submit]').click();
        await form.waitFor({ state: 'detached' });
        await card.getByText(text).waitFor();
      }
      await card.locator('.own').getByText('老张情绪低落').waitFor();
      await stage.look(page, 'notes');
      const other = await stage.visitor({ language: page.language, size: 'desktop' });
      await stage.sign_in(other, 'a_supervisor');
      await other.goto(`${stage.url}/cases/${filed.id}`);
      await open_cards(other);
      await other.getByText('约定明日三点见面').waitFor();
      assert.equal(await other.getByText('老张情绪低落').count(), 0);
      const seen = JSON.stringify(await stage.as('supervisor', 'GET', `/cases/${filed.id}`)) + JSON.stringify(await stage.as('supervisor', 'GET', `/cases/${filed.id}/history`));
      assert.ok(!seen.includes('老张'), 'and not by way of the interface');
      await other.context().close();
    },

    async 'a document is added and listed; it is saved, never opened in the page'(page) {
      const filed = await file();
      await stage.sign_in(page, 'a_duty_officer');
      await page.goto(`${stage.url}/cases/${filed.id}`);
      await open_cards(page);
      const card = page.locator('[data-card=papers]');
      await card.locator('#add-paper').setInputFiles(paper);
      const link = card.getByRole('link', { name: /材料\.pdf/ });
      await link.waitFor();
      assert.notEqual(await link.getAttribute('download'), null);
      const answer = await page.request.get(new URL(await link.getAttribute('href'), stage.url).href);
      assert.equal(answer.status(), 200);
      assert.match(answer.headers()['content-disposition'], /^attachment/);
      assert.match(answer.headers()['content-security-policy'] ?? '', /sandbox|default-src 'none'/);
      await stage.look(page, 'papers');
    },

    async 'demands are answered one by one, and the telephone has the next step under the thumb'(page) {
      const filed = await file();
      await act('duty_officer', filed.id, 'acknowledge', {});
      const phone = await stage.visitor({ language: page.language, size: 'phone' });
      await stage.sign_in(phone, 'a_duty_officer');
      await phone.goto(`${stage.url}/cases/${filed.id}`);
      const bar = phone.locator('.bar .el-button');
      await bar.waitFor();
      const box = await bar.boundingBox();
      assert.ok(box.width > 300 && box.height >= 44, 'big enough for a thumb');
      assert.equal(await bar.innerText(), await label(page, filed.id, 'update_facts'), 'facts are not known yet');
      assert.equal(await phone.locator('[data-card=history] h2 button').getAttribute('aria-expanded'), 'false', 'cards fold');
      await phone.locator('[data-card=demands] h2 button').click();
      await stage.look(phone, 'phone-case');
      await phone.locator('[data-card=demands] .link-button').first().click();
      const form = phone.getByRole('dialog');
      assert.equal(await form.locator('select').first().inputValue(), 'd1', 'the demand is chosen already');
      const { allowed } = await stage.as('duty_officer', 'GET', `/cases/${filed.id}/actions`, undefined, page.language);
      await put(phone, form, allowed.find((each) => each.name === 'answer_demand').schema, { answer: 'met', text: '企业同意支付' });
      await form.locator('button[type=submit]').click();
      await form.waitFor({ state: 'detached' });
      await phone.locator('[data-card=demands] li.met').waitFor();
      await phone.context().close();
    },

    async 'what was asked of a second person is decided on the case page'(page) {
      const filed = await file(30, 'wage_arrears', ['talk']);
      await act('duty_officer', filed.id, 'acknowledge', {});
      await act('duty_officer', filed.id, 'request_stage_extension', { reason: '账册尚未收齐', clock: 'st.verify', budget: '1 h' }).catch(() => act('duty_officer', filed.id, 'request_stage_extension', { reason: '账册尚未收齐', clock: 'st.verify', budget: '1 W' }));
      await stage.sign_in(page, 'a_supervisor');
      await page.goto(`${stage.url}/cases/${filed.id}`);
      const card = page.locator('[data-card=requests]');
      await card.getByText('账册尚未收齐').waitFor();
      await stage.look(page, 'requests');
      await do_by_form(stage, page, 'supervisor', filed.id, 'approve_request', { request: (await stage.as('supervisor', 'GET', `/cases/${filed.id}`)).requests[0].id, reason: '情况属实' });
      await card.locator('li.approved').waitFor();
    },
  };
};
