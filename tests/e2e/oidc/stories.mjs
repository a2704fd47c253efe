import assert from 'node:assert/strict';

import Provider from 'oidc-provider';

import { Crooked } from './crooked.mjs';
import { Browser, client_id, client_secret, free_port, Zone } from './zone.mjs';

let passed = 0;
let failed = 0;
async function story(name, tell) {
  try {
    await tell();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.error(`FAILED: ${name}\n    ${String(error.stack).split('\n').slice(0, 12).join('\n    ')}`);
  }
}

const login_page = (location) => new URL(location, 'http://here').searchParams.get('why');
const start = (zone) => `${zone.url}/api/v1/session/oidc`;
async function is_in(browser, zone, account) {
  const me = await browser.go(`${zone.url}/api/v1/me`);
  assert.equal(me.status, account ? 200 : 401, me.text);
  if (account) assert.equal(JSON.parse(me.text).account, account);
  return me;
}

// --- a real provider -----------------------------------------------------------------------------
{
  const [at, port] = [await free_port(), await free_port()];
  const issuer = `http://127.0.0.1:${at}`;
  const zone = new Zone(port, issuer);
  const names = { liu: 'a_duty_officer', chief: 'a_supervisor', guest: 'nobody_here' };
  const provider = new Provider(issuer, {
    clients: [{ client_id, client_secret, redirect_uris: [`${zone.url}/api/v1/session/oidc/callback`], grant_types: ['authorization_code'], response_types: ['code'] }],
    pkce: { required: () => true, methods: ['S256'] },
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['only for this run'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: names[id] }) }),
  });
  const warn = console.warn;
  console.warn = () => undefined; // of its quick-start keys and other defaults
  console.info = () => undefined;
  const server = provider.listen(at, '127.0.0.1');
  console.warn = warn;
  await zone.open();

  // Until the provider sends the browser back; the address it is sent to.
  async function sign_in_there(browser, name, from = start(zone)) {
    let step = await browser.go(from);
    for (let i = 0; i < 12; ++i) {
      const to = new URL(step.location, issuer).href;
      if (to.startsWith(zone.url)) return to;
      step = await browser.go(to, { site: 'cross-site' });
      if (step.status !== 200) continue;
      const form = /action="([^"]+)"/.exec(step.text)[1];
      const prompt = /name="prompt" value="(\w+)"/.exec(step.text)[1];
      step = await browser.go(new URL(form, issuer).href, { method: 'POST', body: new URLSearchParams({ prompt, login: name, password: 'x' }).toString() });
    }
    throw new Error('the provider never sends anybody back');
  }

  await story('the page to sign in at offers it', async () => {
    const ways = JSON.parse((await new Browser().go(`${zone.url}/api/v1/session/ways`)).text);
    assert.deepEqual(ways.oidc, { label: 'Single sign-on', url: '/api/v1/session/oidc' });
    assert.equal(ways.help, '值班室 021-00000000');
  });
  await story('somebody the provider knows comes in by their account here', async () => {
    const browser = new Browser();
    const back = await sign_in_there(browser, 'liu', `${start(zone)}?then=${encodeURIComponent('/cases?q=1')}`);
    const answer = await browser.go(back, { site: 'cross-site' });
    assert.equal(answer.status, 303);
    assert.equal(answer.location, '/cases?q=1');
    assert.match(answer.cookies.find((one) => one.startsWith('jinqiao=js_')), /HttpOnly; SameSite=Strict/);
    assert.ok(answer.cookies.some((one) => one.startsWith('jinqiao-oidc=; Max-Age=0')), 'the attempt is over');
    assert.equal(answer.fields.get('referrer-policy'), 'no-referrer');
    const me = JSON.parse((await is_in(browser, zone, 'a_duty_officer')).text);
    assert.deepEqual(me.roles, ['duty_officer'], 'roles stay ours');
    assert.equal(me.must_change, false, 'no password was used');
    const rows = JSON.parse((await browser.go(`${zone.url}/api/v1/sign-ins`)).text).items;
    assert.equal(rows[0].outcome, 'signed_in');
  });
  await story('the same answer a second time is refused, in this browser and in another', async () => {
    const browser = new Browser();
    const back = await sign_in_there(browser, 'liu');
    const other = new Browser();
    other.take_cookies_of(browser, zone.url);
    assert.equal((await browser.go(back, { site: 'cross-site' })).location, '/');
    for (const who of [other, browser]) assert.equal(login_page((await who.go(back, { site: 'cross-site' })).location), 'oidc_again');
    await is_in(other, zone, null);
  });
  await story("an attacker's answer signs nobody in who did not ask for it", async () => {
    const attacker = new Browser();
    const back = await sign_in_there(attacker, 'liu');
    const victim = new Browser();
    assert.equal(login_page((await victim.go(back, { site: 'cross-site' })).location), 'oidc_again', 'no attempt of their own');
    await victim.go(start(zone));
    assert.equal(login_page((await victim.go(back, { site: 'cross-site' })).location), 'oidc_again', "another's state");
    await is_in(victim, zone, null);
  });
  await story("another's code is good for nobody: the verifier is missing", async () => {
    const victim = new Browser();
    const stolen = new URL(await sign_in_there(victim, 'liu')).searchParams.get('code');
    const thief = new Browser();
    const begun = new URL((await thief.go(start(zone))).location);
    const back = `${zone.url}/api/v1/session/oidc/callback?${new URLSearchParams({ code: stolen, state: begun.searchParams.get('state'), iss: issuer })}`;
    assert.equal(login_page((await thief.go(back, { site: 'cross-site' })).location), 'oidc_refused');
    await is_in(thief, zone, null);
  });
  await story('whoever has no account here is told whom to ask', async () => {
    const browser = new Browser();
    const answer = await browser.go(await sign_in_there(browser, 'guest'), { site: 'cross-site' });
    assert.equal(login_page(answer.location), 'oidc_unknown');
    await is_in(browser, zone, null);
  });
  await story('a role that needs a second factor is not let in without one', async () => {
    const browser = new Browser();
    const answer = await browser.go(await sign_in_there(browser, 'chief'), { site: 'cross-site' });
    assert.equal(login_page(answer.location), 'oidc_factor');
    await is_in(browser, zone, null);
  });
  await story('an account that is disabled stays out', async () => {
    await zone.post('/accounts/a_duty_officer/disable', {});
    const browser = new Browser();
    const answer = await browser.go(await sign_in_there(browser, 'liu'), { site: 'cross-site' });
    assert.equal(login_page(answer.location), 'oidc_closed');
    await zone.post('/accounts/a_duty_officer/enable', {});
  });
  await story('what one asks for is code flow with state, nonce and S256', async () => {
    const asked = new URL((await new Browser().go(start(zone))).location).searchParams;
    assert.equal(asked.get('response_type'), 'code');
    assert.equal(asked.get('code_challenge_method'), 'S256');
    assert.equal(asked.get('code_challenge').length, 43);
    assert.ok(asked.get('state').length >= 32 && asked.get('nonce').length >= 32 && asked.get('state') !== asked.get('nonce'));
    assert.equal(asked.get('redirect_uri'), `${zone.url}/api/v1/session/oidc/callback`);
  });
  await story("another site's page begins nothing", async () => {
    assert.equal((await new Browser().go(start(zone), { site: 'cross-site' })).status, 403);
  });
  await story('afterwards one goes to a page of ours and nowhere else', async () => {
    for (const then of ['//evil.example', 'https://evil.example', '/\\evil.example', '/ok\r\nSet-Cookie: a=b']) {
      const browser = new Browser();
      const back = await sign_in_there(browser, 'liu', `${start(zone)}?then=${encodeURIComponent(then)}`);
      assert.equal((await browser.go(back, { site: 'cross-site' })).location, '/', then);
    }
  });
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await story('without the provider one is told so, and passwords go on', async () => {
    const browser = new Browser();
    const begun = await browser.go(start(zone));
    const back = `${zone.url}/api/v1/session/oidc/callback?${new URLSearchParams({ code: 'x', state: new URL(begun.location).searchParams.get('state'), iss: issuer })}`;
    assert.equal(login_page((await browser.go(back, { site: 'cross-site' })).location), 'oidc_unreachable');
    assert.equal((await fetch(`${zone.url}/healthz`)).status, 200);
  });
  await story('no secret is in the log', async () => {
    assert.doesNotMatch(zone.log, /0123456789|code=|state=|js_/);
    assert.equal(await zone.close(), 0);
  });
}

// --- a crooked one -------------------------------------------------------------------------------
{
  const [at, port] = [await free_port(), await free_port()];
  const crooked = new Crooked();
  await crooked.open(at);
  const zone = new Zone(port, crooked.issuer, ['second_factor: [mfa]']);
  await zone.open();

  // A browser that comes back with a code for which the provider answers with `token(nonce)`.
  async function come_back(token, more = {}) {
    const browser = new Browser();
    const asked = new URL((await browser.go(start(zone))).location).searchParams;
    crooked.next = () => token(asked.get('nonce'));
    const query = new URLSearchParams({ code: 'a code', state: asked.get('state'), ...more });
    const answer = await browser.go(`${zone.url}/api/v1/session/oidc/callback?${query}`, { site: 'cross-site' });
    return { browser, answer };
  }
  const accepted = (name, token, account = 'a_duty_officer') =>
    story(name, async () => {
      const { browser, answer } = await come_back(token);
      assert.equal(answer.location, '/', zone.log.slice(-600));
      await is_in(browser, zone, account);
    });
  const refused = (name, token, more, why = 'oidc_refused') =>
    story(`refused: ${name}`, async () => {
      const { browser, answer } = await come_back(token, more);
      assert.equal(login_page(answer.location), why);
      assert.ok(!answer.cookies.some((one) => one.startsWith('jinqiao=js_')), 'no session');
      await is_in(browser, zone, null);
    });
  const with_claims = (more) => (nonce) => crooked.sign(crooked.claims(nonce, more));
  const now = () => Math.floor(Date.now() / 1000);

  await accepted('RS256 is taken', with_claims({}));
  await accepted('ES256 is taken', (nonce) => crooked.sign(crooked.claims(nonce), { key: crooked.ec.privateKey, alg: 'ES256', kid: 'ec' }));
  await accepted('one of two audiences, named as the party it is for', with_claims({ aud: [client_id, 'other'], azp: client_id }));
  await accepted('a supervisor with a second factor there', with_claims({ preferred_username: 'a_supervisor', amr: ['pwd', 'mfa'] }), 'a_supervisor');
  await story('the code is spent with our secret and the verifier', async () => {
    const { form, authorization } = crooked.asked.at(-1);
    assert.equal(Buffer.from(authorization.slice(6), 'base64').toString(), `${client_id}:${encodeURIComponent(client_secret)}`);
    assert.equal(form.get('grant_type'), 'authorization_code');
    assert.ok(form.get('code_verifier').length >= 43);
    assert.equal(form.get('client_secret'), null);
  });

  await refused('alg none', (nonce) => crooked.unsigned(crooked.claims(nonce)));
  await refused('HS256 by the client secret', (nonce) => crooked.sign(crooked.claims(nonce), { key: new TextEncoder().encode(client_secret), alg: 'HS256' }));
  await refused('HS256 by the public key', (nonce) => crooked.sign(crooked.claims(nonce), { key: new TextEncoder().encode(crooked.keys[0].n), alg: 'HS256' }));
  await refused("a stranger's key under a known name", (nonce) => crooked.sign(crooked.claims(nonce), { key: crooked.stranger.privateKey }));
  await refused('a key nobody has heard of', (nonce) => crooked.sign(crooked.claims(nonce), { key: crooked.stranger.privateKey, kid: 'strange' }));
  await refused('RS256 by the name of the other key', (nonce) => crooked.sign(crooked.claims(nonce), { kid: 'ec' }));
  await refused('an algorithm we do not take, by a key that is known', (nonce) => crooked.sign(crooked.claims(nonce), { key: crooked.pss, alg: 'PS256' }));
  await refused('an extension that must be understood', async (nonce) => {
    const token = await crooked.sign(crooked.claims(nonce));
    const head = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'rsa', crit: ['x'], x: 1 })).toString('base64url');
    return [head, ...token.split('.').slice(1)].join('.');
  });
  await refused('claims changed after signing', async (nonce) => {
    const [head, , signature] = (await crooked.sign(crooked.claims(nonce))).split('.');
    return [head, Buffer.from(JSON.stringify(crooked.claims(nonce, { preferred_username: 'a_administrator' }))).toString('base64url'), signature].join('.');
  });
  await refused('another issuer', with_claims({ iss: 'https://evil.example' }));
  await refused('another audience', with_claims({ aud: 'other' }));
  await refused('two audiences and nobody named', with_claims({ aud: [client_id, 'other'] }));
  await refused('made for another party', with_claims({ azp: 'other' }));
  await refused('expired', with_claims({ exp: now() - 120 }));
  await refused('no end', with_claims({ exp: undefined }));
  await refused('made an hour ago', with_claims({ iat: now() - 3600 }));
  await refused('made in the future', with_claims({ iat: now() + 600 }));
  await refused('not good yet', with_claims({ nbf: now() + 600 }));
  await refused('the nonce of another attempt', with_claims({ nonce: 'another' }));
  await refused('no nonce', with_claims({ nonce: undefined }));
  await refused('about nobody', with_claims({ sub: undefined }));
  await refused('no token', () => 'nonsense');
  await refused('a token in three empty parts', () => '..');
  await refused('an error of the token endpoint', () => ({ status: 400, body: { error: 'invalid_grant' } }));
  await refused('an answer of another provider (mix-up)', with_claims({}), { iss: 'https://evil.example' });
  await refused('the user said no', with_claims({}), { error: 'access_denied' }, 'oidc_denied');
  await refused('another error', with_claims({}), { error: 'server_error' });
  await refused('a supervisor by a password alone', with_claims({ preferred_username: 'a_supervisor', amr: ['pwd'] }), {}, 'oidc_factor');
  await refused('a name that is no account', with_claims({ preferred_username: '../a_duty_officer' }), {}, 'oidc_unknown');
  await refused('no name', with_claims({ preferred_username: undefined }), {}, 'oidc_unknown');
  await refused('a name that is no text', with_claims({ preferred_username: ['a_duty_officer'] }), {}, 'oidc_unknown');

  await story('refused: the same code and state twice at once', async () => {
    const browser = new Browser();
    const asked = new URL((await browser.go(start(zone))).location).searchParams;
    crooked.next = () => crooked.sign(crooked.claims(asked.get('nonce')));
    const back = `${zone.url}/api/v1/session/oidc/callback?${new URLSearchParams({ code: 'c', state: asked.get('state') })}`;
    const both = await Promise.all([browser.go(back, { site: 'cross-site' }), browser.go(back, { site: 'cross-site' })]);
    assert.deepEqual(both.map((one) => one.location === '/').sort(), [false, true]);
  });
  await story('refused: a cookie somebody made up', async () => {
    for (const made of ['x', 'ff'.repeat(200), '']) {
      const answer = await fetch(`${zone.url}/api/v1/session/oidc/callback?code=c&state=s`, { redirect: 'manual', headers: { Cookie: `jinqiao-oidc=${made}` } });
      assert.equal(login_page(answer.headers.get('location')), 'oidc_again');
    }
  });
  await story('refused: two states', async () => {
    const browser = new Browser();
    const asked = new URL((await browser.go(start(zone))).location).searchParams;
    const answer = await browser.go(`${zone.url}/api/v1/session/oidc/callback?code=c&state=${asked.get('state')}&state=x`, { site: 'cross-site' });
    assert.equal(login_page(answer.location), 'oidc_again');
  });
  await story('keys are asked for once, and not for every strange token', async () => {
    const before = crooked.shown;
    assert.ok(before >= 1);
    for (let i = 0; i < 3; ++i) await come_back((nonce) => crooked.sign(crooked.claims(nonce), { kid: `strange-${i}` }));
    assert.equal(crooked.shown, before);
  });
  await story('it stops when asked, with a browser still at the provider', async () => {
    assert.equal(await zone.close(), 0);
    await crooked.close();
  });
}

// --- a provider that is not what it says ----------------------------------------------------------
{
  const [at, port] = [await free_port(), await free_port()];
  const crooked = new Crooked();
  await crooked.open(at);
  const zone = new Zone(port, crooked.issuer);
  await zone.open();
  const why = async () => login_page((await new Browser().go(start(zone))).location);
  for (const metadata of [{ issuer: 'https://evil.example' }, { token_endpoint: 'ftp://x' }, { jwks_uri: undefined }, { authorization_endpoint: 'javascript:alert(1)' }])
    await story(`refused: a provider that says ${JSON.stringify(metadata)}`, async () => {
      crooked.metadata = metadata;
      assert.equal(await why(), 'oidc_unreachable');
    });
  await story('refused: an answer without issuer of a provider that always names itself', async () => {
    crooked.metadata = { authorization_response_iss_parameter_supported: true };
    const browser = new Browser();
    const asked = new URL((await browser.go(start(zone))).location).searchParams;
    const answer = await browser.go(`${zone.url}/api/v1/session/oidc/callback?code=c&state=${asked.get('state')}`, { site: 'cross-site' });
    assert.equal(login_page(answer.location), 'oidc_refused');
  });
  await zone.close();
  await crooked.close();
}

// --- a provider that shows no keys ----------------------------------------------------------------
{
  const [at, port] = [await free_port(), await free_port()];
  const crooked = new Crooked();
  await crooked.open(at);
  const zone = new Zone(port, crooked.issuer);
  await zone.open();
  await story('an empty answer instead of keys is asked for once', async () => {
    const browser = new Browser();
    const asked = new URL((await browser.go(start(zone))).location).searchParams;
    crooked.set = '';
    crooked.next = () => crooked.sign(crooked.claims(asked.get('nonce')));
    const answer = await browser.go(`${zone.url}/api/v1/session/oidc/callback?code=c&state=${asked.get('state')}`, { site: 'cross-site' });
    assert.equal(login_page(answer.location), 'oidc_unreachable');
    assert.equal(crooked.shown, 1);
  });
  await story('and the daemon stops when asked', async () => {
    assert.equal(await zone.close(), 0);
    await crooked.close();
  });
}

// --- somebody who begins to sign in and makes up how it ended -------------------------------------
{
  const [at, port] = [await free_port(), await free_port()];
  const crooked = new Crooked();
  await crooked.open(at);
  const zone = new Zone(port, crooked.issuer, [], 3);
  await zone.open();
  await story('an error spends no attempt, and is counted like any other failure', async () => {
    const [browser, other] = [new Browser(), new Browser()];
    const asked = new URL((await browser.go(start(zone))).location).searchParams;
    const back = (more) => `${zone.url}/api/v1/session/oidc/callback?${new URLSearchParams({ state: asked.get('state'), ...more })}`;
    other.take_cookies_of(browser, zone.url);
    assert.equal(login_page((await browser.go(back({ error: 'access_denied' }), { site: 'cross-site' })).location), 'oidc_denied');
    crooked.next = () => crooked.sign(crooked.claims(asked.get('nonce')));
    const answer = await other.go(back({ code: 'c' }), { site: 'cross-site' });
    assert.equal(answer.location, '/', 'only what is taken to the provider is remembered');
    for (const status of [303, 303, 429]) {
      const again = new Browser();
      const state = new URL((await again.go(start(zone))).location).searchParams.get('state');
      const made = `${zone.url}/api/v1/session/oidc/callback?${new URLSearchParams({ state, error: 'access_denied' })}`;
      assert.equal((await again.go(made, { site: 'cross-site' })).status, status);
    }
  });
  await zone.close();
  await crooked.close();
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
