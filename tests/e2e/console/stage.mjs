// The stage of the console's stories: a daemon of its own with the demonstration zone and the built pages
// beside it, a browser, and somebody who looks for faults on every page: broken policy, errors in
// scripts, texts without translation, axe.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { chromium } from 'playwright-core';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../..');
const program = resolve(root, process.env.JINQIAO ?? 'build/dev/jinqiao');
const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
// Keys of the catalogues, as they stand on a page when no text was found for one.
const areas = readdirSync(join(root, 'adapters/console/web/src/i18n/en')).map((name) => name.replace('.json', '')).concat('app', 'nav', 'count', 'unit', 'problem');
const untranslated = new RegExp(`\\b(?:${areas.filter((area) => area !== 'common').join('|')})\\.[a-z_]+(?:\\.[a-z_]+)*\\b`);
export const password = 'a long demonstration word';
const patience_ms = Number(process.env.PATIENCE ?? 60) * 1000; // a machine may be busy with other things
export const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

async function free_port() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

// Until what a process says holds the pattern; its first group.
function said(child, pattern, name) {
  return new Promise((done, fail) => {
    let text = '';
    const look = (part) => {
      text += part;
      const found = pattern.exec(text.replace(/\u001b\[[0-9;]*m/g, ''));
      if (found) done(found[1] ?? '');
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('exit', () => fail(new Error(`${name} ended: ${text}`)));
    setTimeout(() => fail(new Error(`${name} says nothing of use: ${text}`)), patience_ms).unref();
  });
}

export class Stage {
  faults = [];
  #children = [];
  #with_password = new Set();
  #markup = mkdtempSync(join(tmpdir(), 'jinqiao-markup-')); // no part of what the daemon keeps

  // A story may want a zone of its own: in earnest, other settings, in the same browser.
  async open({ demo = true, service = (text) => text, browser } = {}) {
    // However the run ends, nothing it started goes on.
    process.on('exit', () => this.#children.forEach((child) => child.kill('SIGKILL')));
    this.home = mkdtempSync(join(tmpdir(), 'jinqiao-console-'));
    chmodSync(this.home, 0o700);
    cpSync(join(root, 'config'), join(this.home, 'config'), { recursive: true });
    const rewrite = (name, change) => writeFileSync(join(this.home, 'config', name), change(readFileSync(join(this.home, 'config', name), 'utf8')));
    rewrite('service.yaml', service);
    if (!demo) rewrite('demo/zone.yaml', (text) => text.replace(/^demo: true$/m, 'demo: false'));
    const env = { ...process.env, JINQIAO_HOME: this.home };
    execFileSync(program, ['seed', '--config', join(this.home, 'config'), '--data', this.home, join(this.home, 'config/demo/zone.yaml')], { cwd: root, env, stdio: 'pipe' });
    this.tokens = JSON.parse(readFileSync(join(this.home, 'demo-tokens.json')));
    this.port = await free_port();
    this.api = `http://127.0.0.1:${this.port}`;
    await this.start_daemon();
    this.url = this.api;
    this.borrowed = browser !== undefined;
    this.browser = browser ?? await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  }

  async start_daemon() {
    this.daemon = spawn(program, ['serve', '--config', join(this.home, 'config'), '--data', this.home, '--listen', `127.0.0.1:${this.port}`], { cwd: root, stdio: 'pipe' });
    this.#children.push(this.daemon);
    await said(this.daemon, /(listening on)/, 'jinqiao serve');
  }

  async stop_daemon() {
    this.daemon.removeAllListeners('exit');
    const gone = once(this.daemon, 'exit');
    this.daemon.kill('SIGTERM');
    await gone;
  }

  // Errors of HTML on all that was looked at, as the Nu Html Checker finds them; empty: it is sound.
  markup_faults() {
    const folder = this.#markup;
    if (!existsSync(folder)) return [];
    const jar = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, 'node_modules/vnu-jar/build/dist/vnu.jar');
    const { stderr, status, error } = spawnSync('java', ['-Xss2m', '-jar', jar, '--errors-only', '--format', 'json', folder], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (error) throw error;
    const { messages } = JSON.parse(stderr);
    if (status !== 0 && !messages.length) throw new Error(stderr);
    const faults = messages.map(({ url, message, extract }) => `${url?.replace(/.*\//, '') ?? ''}: ${message} (${(extract ?? '').trim().slice(0, 120)})`);
    return [...new Set(faults)];
  }

  async close() {
    if (!this.borrowed) await this.browser?.close();
    for (const child of this.#children) {
      child.removeAllListeners('exit');
      child.kill('SIGTERM');
    }
    rmSync(this.home, { recursive: true, force: true });
    rmSync(this.#markup, { recursive: true, force: true });
  }

  async as(token, method, path, body, language = 'zh-CN') {
    const answer = await fetch(`${this.api}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.tokens[token]}`, 'Content-Type': 'application/json', 'Accept-Language': language },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  // A browser of somebody's own; whatever goes wrong in it is a fault of the run.
  async visitor({ language = 'zh-CN', size = 'phone', scheme = 'light' } = {}) {
    const context = await this.browser.newContext({ viewport: sizes[size], locale: language, colorScheme: scheme, timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', hasTouch: size === 'phone' });
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => console.error(`POLICY ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
    });
    const page = await context.newPage();
    page.setDefaultTimeout(patience_ms);
    page.quiet = false; // a story that takes the network away expects complaints about it
    page.on('pageerror', (error) => this.faults.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      const expected = text.startsWith('Failed to load resource');
      if (['error', 'warning'].includes(message.type()) && !expected && !page.quiet) this.faults.push(`${page.url()}: ${text}`);
    });
    page.about = `${language} ${size} ${scheme}`;
    page.language = language;
    return page;
  }

  // The password an administrator gives is changed by its owner before anything else.
  first_password(account) {
    return new RegExp(`^${account} +(\\S+)`, 'm').exec(readFileSync(join(this.home, 'first-passwords.txt'), 'utf8'))[1];
  }

  async has_password(account) {
    if (this.#with_password.has(account)) return;
    const first = 'a first word from the office';
    execFileSync(program, ['user', 'passwd', account, '--url', this.api], { input: `${first}\n`, env: { ...process.env, JINQIAO_TOKEN: this.tokens.administrator }, stdio: ['pipe', 'pipe', 'pipe'] });
    const session = await this.#post('/session', { account, password: first });
    await this.#post(`/accounts/${account}/password`, { password, old_password: first }, session.token);
    this.#with_password.add(account);
  }

  // The cookie of a new session.
  async cookie(account) {
    await this.has_password(account);
    const answer = await fetch(`${this.api}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ account, password, cookie: true }) });
    const [name, value] = answer.headers.getSetCookie()[0].split(';')[0].split('=');
    return { name, value };
  }

  forget_password(account) {
    this.#with_password.delete(account);
  }

  async #post(path, body, token) {
    const answer = await fetch(`${this.api}/api/v1${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }

  async sign_in(page, account) {
    await this.has_password(account);
    await page.goto(`${this.url}/login`);
    await page.fill('#account', account);
    await page.fill('#password', password);
    await page.click('button[type=submit]');
    await page.waitForURL((url) => !url.pathname.startsWith('/login'));
  }

  // Of a long list only what is on the screen is in the page: scrolls until `item` is.
  async come_to(page, item) {
    for (const until = Date.now() + patience_ms; !(await item.count()); ) {
      if (Date.now() > until) throw new Error(`${item} is nowhere in the list`);
      await page.evaluate(() => scrollTo(0, scrollY + innerHeight >= document.documentElement.scrollHeight - 2 ? 0 : scrollY + innerHeight / 2));
      await page.waitForTimeout(100);
    }
    await item.first().scrollIntoViewIfNeeded();
  }

  // What must hold on every page that is shown.
  async look(page, name) {
    await page.evaluate(() => scrollTo(0, 0)); // nothing is behind the header then
    await page.waitForTimeout(150);
    const { violations } = await page.evaluate(`${axe}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`);
    for (const { id, nodes } of violations)
      this.faults.push(`${name} (${page.about}): axe ${id}: ${nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) this.faults.push(`${name} (${page.about}): ${wide} px too wide`);
    const text = await page.evaluate(() => document.body.innerText);
    const raw = untranslated.exec(text);
    if (raw) this.faults.push(`${name} (${page.about}): untranslated ${raw[0]}`);
    // Names in the data are Chinese; what the console says itself is not.
    const ours = await page.evaluate(() => [...document.querySelectorAll('h2, label, legend, button, summary')].map((each) => [...each.querySelectorAll('.data')].reduce((text, data) => text.replace(data.innerText, ''), each.innerText)).join('\n'));
    if (page.language === 'en' && /[\u4e00-\u9fff]/.test(ours.replaceAll('中文', '')))
      this.faults.push(`${name} (${page.about}): Chinese in English: ${/.*[\u4e00-\u9fff].*/.exec(ours.replaceAll('中文', ''))[0]}`);
    mkdirSync(this.#markup, { recursive: true });
    writeFileSync(join(this.#markup, `${name}-${page.about.replaceAll(' ', '-')}.html`), await page.content());
    if (!process.env.SCREENS) return;
    mkdirSync(process.env.SCREENS, { recursive: true });
    await page.screenshot({ path: join(process.env.SCREENS, `${name}-${page.about.replaceAll(' ', '-')}.png`), fullPage: !['action', 'stale', 'dispatch', 'complete'].includes(name) && !name.startsWith('form-') });
  }
}
