// Figures: what stands on the page is what the API says and what one counts oneself; as a table for a
// spreadsheet, on paper, and not for everybody.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const enterprise = { name: '示例精密部件（金桥）有限公司', uscc: '91310115MA0000000U' };
const own_words = {
  'zh-CN': { title: '统计报表', save: '导出表格', year: '今年', last_year: '去年', free: '自选日期', show: '查看', empty: '这个时期没有争议', pack: '每月例会材料', sign: '签发', sum: '合计', late: '现在逾期的案件', wrong: '结束日期不能早于' },
  en: { title: 'Reports', save: 'Save as a table', year: 'This year', last_year: 'Last year', free: 'Choose days', show: 'Show', empty: 'No disputes in this period', pack: 'Monthly meeting pack', sign: 'Approved by', sum: 'All', late: 'Cases that are late now', wrong: 'cannot be before' },
};
const on_site = () => new Date(Date.now() + 8 * 3_600_000).toISOString(); // the zone's day
const year = () => on_site().slice(0, 4);
const month = () => on_site().slice(0, 7);

export default (stage) => {
  const file = (event, more = {}) =>
    stage.as('enterprise_union', 'POST', '/alerts', { enterprise: { ...enterprise, ...(more.enterprise ?? {}) }, event: { behaviours: ['gathering_inside'], noticed_at: new Date().toISOString(), ...event }, ...(more.alert ?? {}) });
  // All cases one may see, one by one; those of other stories are among them.
  async function by_hand() {
    const rows = [];
    for (let cursor = ''; cursor !== null; ) {
      const page = await stage.as('auditor', 'GET', `/cases?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      rows.push(...page.items);
      cursor = page.next_cursor;
    }
    const cases = [];
    for (const row of rows) if (!row.exercise) cases.push(await stage.as('auditor', 'GET', `/cases/${row.id}`));
    return cases.filter((each) => each.state !== 'merged');
  }
  // Cases that only a few may see are in sums of groups alone.
  const seen = (cases) => cases.filter((each) => each.confidentiality !== 'restricted');
  const tile = (page, key) => page.locator(`[data-report="headline"] .tile[data-key="${key}"] dd`).innerText();
  const plain = (text) => Number(text.replaceAll(',', ''));
  async function open(page, account = 'a_supervisor', path = '/reports') {
    await stage.sign_in(page, account);
    await page.goto(`${stage.url}${path}`);
    await page.locator('[data-report="headline"]').waitFor();
  }
  const drawn = (page) => page.waitForFunction(() => [...document.querySelectorAll('.chart')].every((each) => each.dataset.drawn === 'yes') && document.querySelectorAll('.chart').length > 0);

  return {
    async 'the numbers on the page are the API\'s and those counted by hand'(page) {
      const first = await file({ cause: 'layoff', workers_involved: 120 }, { enterprise: { fortune500: true } });
      await file({ cause: 'wage_arrears', workers_involved: 31 });
      await file({ cause: 'relocation', workers_involved: 8 }, { alert: { exercise: true } });
      await stage.as('duty_officer', 'POST', `/cases/${first.id}/actions/acknowledge`, {});
      const cases = await by_hand();
      const filed = cases.filter((each) => each.filed_at.startsWith(month()));
      await open(page);
      await drawn(page);
      assert.equal(plain(await tile(page, 'disputes')), filed.length);
      assert.equal(plain(await tile(page, 'workers')), seen(filed).reduce((sum, each) => sum + (each.event.workers_involved ?? 0), 0));
      assert.equal(plain(await tile(page, 'fortune500')), filed.filter((each) => each.enterprise.fortune500).length);
      assert.equal(plain(await tile(page, 'outside')), 0);
      const next = new Date(`${month()}-01T00:00:00Z`);
      next.setUTCMonth(next.getUTCMonth() + 1);
      const pack = await stage.as('supervisor', 'GET', `/reports/pack?from=${month()}-01&to=${next.toISOString().slice(0, 10)}`, undefined, page.language);
      const causes = pack.tables.find((table) => table.name === 'causes');
      for (const row of causes.rows) {
        const its = seen(filed).filter((each) => (each.event.cause ?? '') === row.cause);
        assert.equal(row.cases, its.length, row.cause);
        assert.equal(row.workers, its.reduce((sum, each) => sum + (each.event.workers_involved ?? 0), 0), `workers: ${its.map((each) => `${each.number} ${each.state} ${each.event.workers_involved}`)}`);
        const line = page.locator('[data-report="causes"] tbody tr', { hasText: row.cause_label });
        assert.equal(plain(await line.locator('td').nth(-2).innerText()), row.cases);
      }
      const taken = pack.tables.find((table) => table.name === 'reaction').rows.find((row) => row.measure === 'acknowledged' && row.grade === 'all');
      assert.ok(taken.cases >= 1);
      await stage.look(page, 'reports');
    },

    async 'a report is saved as a table with the same numbers'(page, _say) {
      const say = own_words[page.language];
      await file({ cause: 'layoff', workers_involved: 12 });
      await open(page);
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-report="causes"]').getByRole('button', { name: say.save }).click()]);
      assert.match(download.suggestedFilename(), new RegExp(`^causes-${month()}-01-${month()}-\\d\\d\\.csv$`));
      const bytes = readFileSync(await download.path());
      assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'spreadsheets read the Chinese');
      const lines = bytes.toString('utf8').slice(1).trim().split('\r\n').map((line) => line.slice(1, -1).split('","'));
      const shown = await page.locator('[data-report="causes"] tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.replaceAll(',', ''))));
      assert.equal(lines.at(-1)[0], say.sum);
      assert.deepEqual(lines.slice(1, -1), shown);
      await stage.look(page, 'reports-saved');
    },

    async 'another period is chosen, and stays when the page is opened again'(page, _say) {
      const say = own_words[page.language];
      await file({ cause: 'layoff', workers_involved: 15 });
      await open(page);
      const radio = (name) => page.getByRole('radio', { name, exact: true });
      await radio(say.year).check();
      await page.waitForURL(new RegExp(`from=${year()}-01-01&to=${Number(year()) + 1}-01-01`));
      assert.equal(await page.locator('[data-report="workers"] tbody tr').count(), 12);
      const all = await tile(page, 'disputes');
      await page.reload();
      await page.locator('[data-report="headline"]').waitFor();
      assert.equal(await radio(say.year).isChecked(), true);
      assert.equal(await tile(page, 'disputes'), all);
      await radio(say.free).check();
      const days = page.locator('input[type=date]');
      await days.nth(0).fill('2026-03-05');
      await days.nth(1).fill('2026-03-01');
      await page.getByText(say.wrong).waitFor();
      assert.equal(await page.getByRole('button', { name: say.show }).isDisabled(), true);
      await days.nth(1).fill('2026-03-05');
      await page.getByRole('button', { name: say.show }).click();
      await page.waitForURL(/from=2026-03-05&to=2026-03-06/);
      await stage.look(page, 'reports-free');
    },

    async 'a period in which nothing happened says so and what to do'(page, _say) {
      const say = own_words[page.language];
      await open(page, 'a_supervisor', '/reports?from=2019-02-01&to=2019-03-01');
      await page.getByText(say.empty).waitFor();
      assert.equal(await tile(page, 'disputes'), '0');
      assert.equal(await page.locator('.chart').count(), 0, 'no empty pictures');
      await stage.look(page, 'reports-empty');
    },

    async 'the pack for the meeting is a PDF with the headline, the late cases and room to sign'(page, _say) {
      const say = own_words[page.language];
      await file({ cause: 'closure', workers_involved: 260 }, { enterprise: { fortune500: true } });
      await open(page, 'a_supervisor', `/reports/print/monthly?from=${month()}-01`);
      await drawn(page);
      const workers = await tile(page, 'workers');
      await stage.look(page, 'reports-print');
      const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
      const at = join(process.env.SCREENS ?? stage.home, `pack-${page.about.replaceAll(' ', '-')}.pdf`);
      writeFileSync(at, pdf);
      const text = execFileSync('pdftotext', ['-layout', at, '-'], { encoding: 'utf8' });
      const flat = text.replace(/\s+/g, '');
      for (const said of [say.pack, say.late, say.sign, workers]) assert.ok(flat.includes(said.replace(/\s+/g, '')), `${said} is on paper`);
      assert.ok(!flat.includes(say.title + say.title), 'and the navigation is not');
      assert.ok(!flat.includes('PDF'), 'no buttons');
    },

    async 'a department does not see the zone, and is not shown the way'(page, _say) {
      const say = own_words[page.language];
      await stage.sign_in(page, 'a_department_hrss');
      assert.equal(await page.getByRole('link', { name: say.title }).count(), 0);
      for (const path of ['/reports', '/reports/print/weekly']) {
        await page.goto(`${stage.url}${path}`);
        await page.waitForURL(`${stage.url}/`);
      }
      const answer = await page.evaluate(async () => (await fetch('/api/v1/reports/headline')).status);
      assert.equal(answer, 403);
    },

    async 'the administrator prints figures without the cases behind them'(page, _say) {
      const say = own_words[page.language];
      await open(page, 'a_administrator', '/reports/print/weekly');
      await page.getByRole('heading', { name: say.late }).waitFor();
      assert.equal(await page.locator('section:has(#t-late) table').count(), 0);
      await stage.look(page, 'reports-print-weekly');
    },
  };
};
