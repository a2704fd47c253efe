// Signing in and out, by whom and how.
import assert from 'node:assert/strict';

import { password } from '../stage.mjs';

export default (stage) => ({
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

  async 'a password is changed by its owner, and only by the right one before'(page, say) {
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
    stage.forget_password('a_department_union'); // the next one gets another
  },

  async 'all of signing in goes by keyboard'(page) {
    await stage.has_password('a_duty_officer');
    await page.goto(`${stage.url}/login`);
    await page.locator('#account').waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'skip');
    await page.locator('#account').focus();
    await page.keyboard.type('a_duty_officer');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none' || getComputedStyle(document.activeElement.closest('.el-input__wrapper')).boxShadow !== 'none');
    assert.ok(ring, 'one sees where one is');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/login'));
  },
});
