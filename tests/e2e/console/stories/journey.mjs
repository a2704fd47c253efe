// A whole case, from a telephone at the gate to the last visit, by the forms of the console.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { fill_report } from '../acts.mjs';
import { do_by_form, local, paper, today } from '../forms.mjs';
import { words_case } from '../words_case.mjs';

// The link a department was sent for this case, as it lies in the spool of the demonstration.
function sign_link(home, number, department) {
  const files = readdirSync(join(home, 'spool'), { recursive: true }).map(String).filter((name) => name.endsWith('.json'));
  for (const name of files) {
    const text = readFileSync(join(home, 'spool', name), 'utf8');
    if (text.includes(number) && text.includes(department) && text.includes('/s/')) return /https?:\/\/[^"\s]+\/s\/[A-Za-z0-9_.~-]+/.exec(text)[0];
  }
  throw new Error(`no link for ${department} among ${files.length} files`);
}

export default (stage) => ({
  async 'a lay-off of 120 goes from a telephone through the three steps to a signed agreement that is kept'(page, say) {
    const words = words_case[page.language];
    const { language } = page;
    // --- the union, on a telephone
    const union = await stage.visitor({ language, size: 'phone' });
    await stage.sign_in(union, 'a_enterprise_union');
    await union.waitForURL(/report/);
    await union.locator('dl.facts').waitFor();
    await fill_report(union, say);
    await union.fill('input[name=workers]', '120');
    await union.getByRole('button', { name: say.send }).click();
    await union.getByText(say.arrived).waitFor();
    const number = await union.locator('h1').innerText();
    const id = /cases\/([^/]+)\/receipt/.exec(union.url())[1];
    assert.equal((await stage.as('duty_officer', 'GET', `/cases/${id}`)).event.workers_involved, 120);

    // --- whoever is on duty: one tap, then what was found
    const duty = await stage.visitor({ language, size: 'desktop' });
    await stage.sign_in(duty, 'a_duty_officer');
    const card = duty.locator('article.task', { hasText: number }).filter({ has: duty.getByRole('button', { name: say.ack }) });
    await stage.come_to(duty, card);
    await card.getByRole('button', { name: say.ack }).click();
    await duty.getByText(say.taken).waitFor();
    await duty.goto(`${stage.url}/cases/${id}`);
    const by_duty = (name, values, look) => do_by_form(stage, duty, 'duty_officer', id, name, values, look);
    await by_duty('update_facts', { enterprise: { name: '示例精密部件（金桥）有限公司' }, certainty: 'seen' });
    await by_duty('confirm_facts', { types: ['layoff'], collective: true, common_claim: '经济补偿', in_scope: true, rights_claim: false }, 'form-journey-confirm');
    await by_duty('attach_plan', { plan: 'plan-mass' });
    const grade = (await stage.as('duty_officer', 'GET', `/cases/${id}`)).grade;
    await by_duty('open_coordination', { tier: grade === 'red' ? 'joint' : 'team', lead: 'p_mediator_1' });
    const post = (await stage.as('duty_officer', 'GET', `/cases/${id}`)).offer?.to;
    if (post !== 'lead_mediator') {
      if (post) await by_duty('recall_handover');
      await by_duty('offer_handover', { to: 'lead_mediator', note: '请牵头调解' });
    }

    // --- the mediator takes it over and walks through the three steps
    await stage.sign_in(page, 'a_mediator');
    const offered = page.locator('article.task', { hasText: number });
    await stage.come_to(page, offered);
    await offered.getByRole('button', { name: words.take }).click();
    await page.getByRole('status').filter({ hasText: number }).waitFor();
    await page.goto(`${stage.url}/cases/${id}`);
    await page.locator('.process li.now').waitFor();
    const does = (name, values, look) => do_by_form(stage, page, 'mediator', id, name, values, look);
    await does('record_session', { kind: 'talk', present: [{ side: 'employer', n: 2 }, { side: 'workers', n: 5 }], heard: ['employer', 'workers'], result: '双方愿意谈' });
    await does('request_bargaining', { by: 'workers', delivered_at: local(5) });
    await does('answer_bargaining', { accepts: true, at: local(1) });
    await does('hold_congress', { on: today(), form: 'congress', delegates: 30, present: 24, topic: '裁员方案', minutes: paper }, 'form-journey-congress');
    await does('elect_representatives', { on: today(), kind: 'bargaining', method: '无记名投票',
      workers: [{ name: '示例甲' }, { name: '示例乙' }, { name: '示例丙' }], employer: [{ name: '示例丁' }, { name: '示例戊' }, { name: '示例己' }],
      chiefs: { workers: '示例甲', employer: '示例丁' } }, 'form-journey-elect');
    for (const which of ['facts', 'law', 'individual']) await does('complete_check', { which, by: 'p_mediator_1', findings: '已逐项研究' });
    await does('record_bargaining', { on: today(), minutes: paper, agreed_points: '补偿 N+3', open_points: '年终奖' });
    await does('reach_agreement', { text: paper, form: 'congress', members: 30, present: 24, for: 20, on: today() });
    await page.locator('.process li.past').nth(3).waitFor();
    await stage.look(page, 'journey-agreed');
    await does('propose_agreement', { kind: 'collective_contract', text: paper, outcomes: { enterprise: '平稳过渡', workers: '补偿 N+3' }, balance: { lawful: '符合劳动合同法', humane: '照顾困难职工', fair: '同岗同标准' } });
    await does('sign_agreement', { signed_at: local(1), signatures: { employer: true, workers: true }, instalments: [{ no: 1, due: today(), amount: 3600 }] }, 'form-journey-sign');

    // --- confirmed, performed, visited
    await does('apply_confirmation', { route: 'hr_filing', applied_at: local(0), joint: false, doc: paper });
    await does('record_confirmation', { result: 'confirmed', at: local(0), doc: paper });
    assert.equal((await stage.as('mediator', 'GET', `/cases/${id}`)).state, 'performing');
    await does('record_performance', { no: 1, amount: 3600, at: local(0), proof: paper });
    await does('complete_performance', { at: local(0) });
    await does('record_visit', { at: local(0), scores: { enterprise: 5, workers: 4 } });
    assert.equal((await stage.as('mediator', 'GET', `/cases/${id}`)).state, 'follow_up');
    await page.locator('.stages li.now').waitFor();
    for (const folded = page.locator('.fold h2 button[aria-expanded=false]'); (await folded.count()) > 0; ) await folded.first().click();
    await stage.look(page, 'journey-follow-up');
    assert.equal((await stage.as('mediator', 'GET', `/cases/${id}`)).data.agreements[0].instalments[0].payments[0].amount, 360000, 'yuan became fen once');

    // --- a department signs by the link it was sent, without an account
    const guest = await stage.visitor({ language, size: 'phone' });
    await guest.goto(new URL(sign_link(stage.home, number, 'department:union')).pathname.replace(/^/, stage.url));
    await guest.locator('button[value=sign], button[type=submit]').first().click();
    await guest.waitForLoadState();
    const kase = await stage.as('duty_officer', 'GET', `/cases/${id}`);
    const signed = kase.assignments.find((one) => one.addressee === 'department:union' && one.task === 'alert');
    assert.ok(signed.signed_at, 'the union signed');
    const rows = (await stage.as('auditor', 'GET', `/cases/${id}/history`)).items;
    assert.ok(rows.some((row) => row.command === 'sign'), 'history says so');
    const ledger = await fetch(`${stage.api}/api/v1/cases/${id}/ledger`, { headers: { Authorization: `Bearer ${stage.tokens.auditor}`, Accept: 'text/csv' } });
    assert.equal(ledger.status, 200);
    // The board of the case page shows it at once.
    await page.locator('[data-card=told] .rows > li.signed').first().waitFor({ state: 'attached' }); // those who have not signed come first
    for (const other of [union, duty, guest]) await other.context().close();
  },
});
