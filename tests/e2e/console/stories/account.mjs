// One's own account: the second factor, first passwords, locks, sessions elsewhere, calendar, quiet hours.
import assert from 'node:assert/strict';

import { password, Stage } from '../stage.mjs';
import { code_of } from '../totp.mjs';

const cheap = (text) => text.replace(/password_passes: \d+/, 'password_passes: 1').replace(/password_memory_mib: \d+/, 'password_memory_mib: 8');

export default (stage) => {
  const submit = (page) => page.click('form button[type=submit]');
  async function fill_in(page, account, word, url = stage.url) {
    await page.goto(`${url}/login`);
    await page.fill('#account', account);
    await page.fill('#password', word);
    await submit(page);
  }
  const inside = (page) => page.waitForURL((to) => !to.pathname.startsWith('/login'));
  async function sign_out(page) {
    await page.locator('header .link-button').click();
    await page.waitForURL(/login/);
  }
  async function call(account, path, body, token) {
    const answer = await fetch(`${stage.api}/api/v1${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify(body) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  }
  const lose_factor = (account) => stage.as('administrator', 'POST', `/accounts/${account}/second-factor/reset`, {});
  // A zone of its own for one story.
  async function elsewhere(options, tell) {
    const other = new Stage();
    try {
      await other.open({ browser: stage.browser, ...options, service: (text) => (options.service ?? ((same) => same))(cheap(text)) });
      await tell(other);
    } finally {
      await other.close();
    }
  }

  return {
    async 'a second factor is set up, asked for, and a wrong code is refused'(page) {
      await stage.sign_in(page, 'a_mediator');
      await page.goto(`${stage.url}/account`);
      await page.locator('#sign-ins-h').waitFor();
      await page.locator('.rows li').first().waitFor();
      await stage.look(page, 'account');
      await page.locator('a[href="/account/second-factor"]').click();
      await page.fill('#password', 'not my password');
      await submit(page);
      await page.locator('form .note').waitFor();
      await page.fill('#password', password);
      await stage.look(page, 'factor-1');
      await submit(page);
      await page.locator('svg.qr').waitFor();
      await page.locator('details summary').click();
      const secret = await page.locator('.secret').innerText();
      await stage.look(page, 'factor-2');
      await page.fill('#code', '12');
      await submit(page);
      await page.locator('.field .fault').waitFor();
      const right = code_of(secret);
      await page.fill('#code', right === '000000' ? '111111' : '000000');
      await submit(page);
      await page.locator('form .note').waitFor();
      await page.fill('#code', code_of(secret));
      await submit(page);
      await page.locator('.codes li').first().waitFor();
      assert.ok((await page.locator('.codes li').count()) >= 8);
      await stage.look(page, 'factor-3');
      assert.ok(await page.locator('.row button[type=button].el-button--primary').isDisabled(), 'kept first');
      await page.locator('.check input').check();
      await page.locator('.row button.el-button--primary').click();
      await page.waitForURL(/\/account$/);
      await page.locator('.on').waitFor();

      await sign_out(page);
      await fill_in(page, 'a_mediator', password);
      await page.locator('#code').waitFor(); // only now
      await stage.look(page, 'login-code');
      await page.fill('#code', '000000');
      await submit(page);
      await page.locator('form .note').waitFor();
      await page.fill('#code', code_of(secret, 1));
      await submit(page);
      await inside(page);
      await lose_factor('a_mediator');
    },

    async 'a recovery code opens once'(page) {
      await stage.has_password('a_auditor');
      const { token } = await call('a_auditor', '/session', { account: 'a_auditor', password });
      const { secret } = await call('a_auditor', '/me/second-factor', { password }, token);
      const { recovery_codes } = await call('a_auditor', '/me/second-factor/confirm', { code: code_of(secret) }, token);
      for (const opens of [true, false]) {
        await fill_in(page, 'a_auditor', password);
        await page.locator('#code').waitFor();
        await page.fill('#code', recovery_codes[0].toUpperCase().replaceAll('-', ' '));
        await submit(page);
        if (opens) {
          await inside(page);
          await sign_out(page);
        } else {
          await page.locator('form .note').waitFor();
        }
      }
      await lose_factor('a_auditor');
    },

    async 'after failures in a row not even the right password opens, until somebody unlocks'(page) {
      await elsewhere({ service: (text) => text.replace(/lock_after: \d+/, 'lock_after: 3').replace(/help: ""/, 'help: "值班室 021-00000000"') }, async (other) => {
        const right = other.first_password('a_duty_officer');
        await page.goto(`${other.url}/login`);
        for (let i = 0; i < 3; ++i) {
          await page.fill('#account', 'a_duty_officer');
          await page.fill('#password', `wrong ${i}`);
          await submit(page);
          await page.locator('form .note').waitFor();
          await page.waitForFunction(() => document.querySelector('#password').value === '');
        }
        await page.fill('#password', right);
        await submit(page);
        await page.locator('form .note').getByText('021-00000000').waitFor();
        assert.match(await page.locator('form .note').innerText(), /3/);
        await stage.look(page, 'locked');
        await other.as('administrator', 'POST', '/accounts/a_duty_officer/unlock', {});
        await fill_in(page, 'a_duty_officer', right, other.url);
        await inside(page);
      });
    },

    async 'too many tries are told with the time to wait'(page) {
      await elsewhere({ service: (text) => text.replace(/failures_per_account: .*/, 'failures_per_account: {burst: 2, every: 1 min}') }, async (other) => {
        await page.goto(`${other.url}/login`);
        for (let i = 0; i < 3; ++i) {
          await page.fill('#account', 'a_mediator');
          await page.fill('#password', `wrong ${i}`);
          await submit(page);
          await page.locator('form [role=alert]').waitFor();
          await page.waitForFunction(() => document.querySelector('form button').getAttribute('aria-disabled') !== 'true');
        }
        const note = page.locator('form .many');
        await note.waitFor();
        assert.match(await note.innerText(), /[1-6]?\d/);
        await stage.look(page, 'too-many');
      });
    },

    async 'signing out everywhere closes another browser'(page) {
      await stage.sign_in(page, 'a_department_hrss');
      const second = await stage.visitor({ size: 'desktop', language: page.language });
      try {
        await stage.sign_in(second, 'a_department_hrss');
        await second.goto(`${stage.url}/account`);
        await second.locator('.rows li').first().waitFor();
        await page.goto(`${stage.url}/account`);
        await page.locator('.wide > .row button').click();
        await page.locator('.ask').waitFor();
        await stage.look(page, 'everywhere');
        await page.locator('.ask button').first().click();
        await page.waitForURL(/login\?why=everywhere/);
        await page.locator('.notice').waitFor();
        await second.goto(`${stage.url}/cases`);
        await second.waitForURL(/login/);
      } finally {
        await second.context().close();
      }
    },

    async 'a first password has to be changed before anything else, and a supervisor sets up a code'(page) {
      await elsewhere({ demo: false }, async (other) => {
        const first = other.first_password('a_supervisor');
        await fill_in(page, 'a_supervisor', first, other.url);
        await page.waitForURL(/\/password/);
        await stage.look(page, 'first-password');
        await page.goto(`${other.url}/cases`);
        await page.waitForURL(/\/password/);
        await page.fill('#before', first);
        await page.fill('#next', password);
        await page.fill('#again', password);
        await submit(page);
        await page.waitForURL(/login\?why=password/);
        await fill_in(page, 'a_supervisor', password, other.url);
        await page.waitForURL(/second-factor/);
        await page.locator('.must').waitFor();
        await stage.look(page, 'must-enrol');
        await page.goto(`${other.url}/cases`);
        await page.waitForURL(/second-factor/);
        await page.fill('#password', password);
        await submit(page);
        await page.locator('details summary').click();
        await page.fill('#code', code_of(await page.locator('.secret').innerText()));
        await submit(page);
        await page.locator('.check input').check();
        await page.locator('.row button.el-button--primary').click();
        await page.waitForURL(`${other.url}/`);
      });
    },

    async 'the demonstration opens by the password that was written down'(page) {
      await elsewhere({}, async (other) => {
        await fill_in(page, 'a_enterprise_union', other.first_password('a_enterprise_union'), other.url);
        await page.waitForURL(/\/report/);
      });
    },

    async 'a calendar address is shown once, read by whoever has it, and dropped'(page) {
      await stage.sign_in(page, 'a_duty_officer');
      await page.goto(`${stage.url}/account`);
      const card = page.locator('section[aria-labelledby=calendar-h]');
      await card.getByRole('button').first().click();
      const shown = await card.locator('.url').innerText();
      await stage.look(page, 'calendar');
      const path = new URL(shown).pathname;
      assert.equal((await fetch(`${stage.api}${path}`)).status, 200);
      await page.reload();
      await card.getByText('✓').waitFor();
      assert.equal(await card.locator('.url').count(), 0, 'once');
      await card.getByRole('button').last().click();
      await page.waitForFunction(() => document.querySelectorAll('section[aria-labelledby=calendar-h] button').length === 1);
      assert.equal((await fetch(`${stage.api}${path}`)).status, 404);
    },

    async 'quiet hours are set and ended by their owner'(page) {
      await stage.sign_in(page, 'a_duty_officer');
      await page.goto(`${stage.url}/account`);
      const card = page.locator('section[aria-labelledby=quiet-h]');
      await card.locator('form').waitFor();
      await page.fill('#quiet-from', '21:30');
      await page.fill('#quiet-until', '06:30');
      await card.locator('button[type=submit]').click();
      await card.getByText(/21:30 .* 06:30/).waitFor();
      await stage.look(page, 'quiet');
      await card.getByRole('button').last().click();
      await card.locator('ul').waitFor({ state: 'detached' });
    },

    async 'single sign-on is offered where there is one, and says what went wrong in plain words'(page) {
      const oidc = '  help: "值班室 021-00000000"\n  oidc: {issuer: "http://127.0.0.1:9", client_id: jinqiao, allow_private: true}';
      await elsewhere({ service: (text) => text.replace(/^ {2}help: ""$/m, oidc) }, async (other) => {
        await page.goto(`${other.url}/login`);
        await page.locator('.ways button').waitFor();
        await stage.look(page, 'login-oidc');
        await page.locator('.ways button').click();
        await page.waitForURL(/why=oidc_unreachable/);
        for (const why of ['unknown', 'closed', 'factor', 'again', 'denied', 'refused', 'unreachable']) {
          await page.goto(`${other.url}/login?why=oidc_${why}`);
          await page.locator('.notice').waitFor();
          if (['unknown', 'closed', 'refused'].includes(why)) await page.locator('.notice').getByText('021-00000000').waitFor();
        }
        await page.goto(`${other.url}/login?why=oidc_unknown`);
        await page.locator('.ways button').waitFor();
        await stage.look(page, 'login-oidc-unknown');
      });
    },
  };
};
