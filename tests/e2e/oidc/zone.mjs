// A daemon of its own that lets people in by a provider, and a browser without a window: cookies by
// host, and what browsers say of where a request comes from.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(new URL('.', import.meta.url).pathname, '../../..');
const program = process.env.JINQIAO;
export const client_id = 'jinqiao';
export const client_secret = 'a secret between two servers: 0123456789';

export async function free_port() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

export class Zone {
  // `more` are further lines of accounts.oidc; so many `failures` an hour of one address.
  constructor(port, issuer, more = [], failures = undefined) {
    this.home = mkdtempSync(join(tmpdir(), 'jinqiao-oidc-'));
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    const config = join(this.home, 'config');
    cpSync(join(root, 'config'), config, { recursive: true });
    writeFileSync(join(config, 'oidc.secret'), `${client_secret}\n`, { mode: 0o600 });
    const oidc = [`issuer: ${issuer}`, `client_id: ${client_id}`, 'client_secret: {file: oidc.secret}', 'allow_private: true', ...more];
    const service = readFileSync(join(config, 'service.yaml'), 'utf8')
      .replace(/^ {2}help: ""$/m, `  help: "值班室 021-00000000"\n  oidc:\n${oidc.map((line) => `    ${line}`).join('\n')}`)
      .replace(/^public_url: .*$/m, `public_url: ${this.url}`)
      .replace(/password_passes: \d+/, 'password_passes: 1')
      .replace(/password_memory_mib: \d+/, 'password_memory_mib: 8')
      .replace(/failures_per_address: .*/, `failures_per_address: {burst: ${failures ?? 1000}, every: ${failures ? '1 h' : '1 s'}}`);
    writeFileSync(join(config, 'service.yaml'), service);
    const zone = readFileSync(join(config, 'demo/zone.yaml'), 'utf8').replace(/^demo: true$/m, 'demo: false');
    writeFileSync(join(config, 'demo/zone.yaml'), zone);
    execFileSync(program, ['seed', '--config', config, '--data', this.home, join(config, 'demo/zone.yaml')], { stdio: 'pipe' });
    this.tokens = JSON.parse(readFileSync(join(this.home, 'demo-tokens.json')));
  }

  async open() {
    this.log = '';
    this.daemon = spawn(program, ['serve', '--config', join(this.home, 'config'), '--data', this.home, '--listen', `127.0.0.1:${this.port}`], { stdio: 'pipe' });
    process.on('exit', () => this.daemon.kill('SIGKILL'));
    await new Promise((done, fail) => {
      this.daemon.stderr.on('data', (part) => {
        this.log += part;
        if (this.log.includes('listening on')) done();
      });
      this.daemon.on('exit', () => fail(new Error(this.log)));
    });
  }

  async close() {
    this.daemon.removeAllListeners('exit');
    const gone = once(this.daemon, 'exit');
    this.daemon.kill('SIGTERM');
    const [code] = await gone;
    rmSync(this.home, { recursive: true, force: true });
    return code;
  }

  async post(path, body) {
    const answer = await fetch(`${this.url}/api/v1${path}`, { method: 'POST', headers: { Authorization: `Bearer ${this.tokens.administrator}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }
}

export class Browser {
  #jars = new Map();

  // One request, no redirect followed.
  async go(url, { site = 'same-origin', method = 'GET', body } = {}) {
    const { host } = new URL(url);
    const jar = this.#jars.get(host) ?? this.#jars.set(host, new Map()).get(host);
    // A cookie that is Strict stays at home where another site's page opens the address.
    const sent = [...jar].filter(([, { strict }]) => !strict || site !== 'cross-site').map(([name, { value }]) => `${name}=${value}`);
    const answer = await fetch(url, {
      method,
      body,
      signal: AbortSignal.timeout(20_000), // rather than for ever
      redirect: 'manual',
      headers: { 'Accept-Language': 'en', ...(sent.length ? { Cookie: sent.join('; ') } : {}), 'Sec-Fetch-Site': site, ...(body ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}) },
    });
    for (const field of answer.headers.getSetCookie()) {
      const [pair, ...attributes] = field.split('; ');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const path = attributes.find((one) => one.toLowerCase().startsWith('path='));
      if (attributes.some((one) => /^max-age=0$/i.test(one)) || value === '') jar.delete(name);
      else jar.set(name, { value, strict: attributes.some((one) => /^samesite=strict$/i.test(one)), path });
    }
    return { status: answer.status, location: answer.headers.get('location'), cookies: answer.headers.getSetCookie(), text: await answer.text(), fields: answer.headers };
  }

  cookies(url) {
    return new Map([...(this.#jars.get(new URL(url).host) ?? [])].map(([name, { value }]) => [name, value]));
  }
  take_cookies_of(other, url) {
    this.#jars.set(new URL(url).host, new Map([...other.cookies(url)].map(([name, value]) => [name, { value, strict: false }])));
  }
}
