// A client that knows nothing but the calls of the API: walk.mjs URL TOKENS_FILE STATES_FILE STEPS SEED [PROXY_URL]
//
// Files alerts and takes actions that /actions allows, with payloads made from the JSON Schemas it
// gets. A third of what it sends is broken on purpose; that goes to URL, the rest through PROXY_URL
// where there is one (a validating proxy that says what of an answer the description does not
// promise). What has to hold:
//   no answer of 5xx, none later than ten seconds; a refusal has a code and says why
//   a case stands only where the diagram has a state; its version only rises
//   what is broken changes nothing; the same key again gives the same answer and changes nothing
import { readFileSync } from 'node:fs';
import { random } from '../kill_loop/random.mjs';
import { day, maker, stamp } from './payload.mjs';

const [url, tokens_file, states_file, steps, seed, proxy] = process.argv.slice(2);
const dice = random(Number(seed));
const tokens = JSON.parse(readFileSync(tokens_file, 'utf8'));
const diagram = readFileSync(states_file, 'utf8');
const people = ['duty_officer', 'mediator', 'supervisor', 'supervisor2', 'enterprise_union', 'department:hrss', 'administrator',
  'auditor'].filter((name) => tokens[name]);
const known = { case: [], post: [], person: [], document: [], request: [] };
const make = maker(dice, known);
const cases = [];
const faults = [];
const counts = { sent: 0, done: 0, refused: 0, broken: 0, replayed: 0, violations: 0, slowest_ms: 0 };
const codes = new Map();
const actions_taken = new Map();
let key = 0;

function fault(what, request, answer) {
  if (faults.length < 20)
    faults.push(`${what}: ${request.method} ${request.path} as ${request.who} ${(request.body ?? '').slice(0, 300)} -> ${answer?.status} ${answer?.text?.slice(0, 400)}`);
  else faults.push('…');
}

async function send(request) {
  const base = request.broken || !proxy ? url : proxy;
  const headers = { authorization: `Bearer ${tokens[request.who]}`, 'accept-language': dice.next() < 0.5 ? 'zh-CN' : 'en', ...request.headers };
  if (request.body !== undefined) headers['content-type'] ??= 'application/json';
  const began = performance.now();
  let answer;
  try {
    const got = await fetch(base + request.path, { method: request.method, headers, body: request.body, signal: AbortSignal.timeout(60_000) });
    answer = { status: got.status, text: await got.text(), headers: got.headers };
  } catch (error) {
    answer = { status: 0, text: String(error.cause ?? error), headers: new Headers() };
  }
  counts.sent++;
  counts.slowest_ms = Math.max(counts.slowest_ms, performance.now() - began);
  try { answer.json = JSON.parse(answer.text); } catch { /* judged below */ }
  judge(request, answer);
  return answer;
}

function judge(request, answer) {
  if (answer.status === 0 || answer.status >= 500) return fault('server fault', request, answer);
  if (answer.json === undefined) return fault('not JSON', request, answer);
  const wrong = answer.headers.get('sl-violations');
  if (wrong)
    for (const each of JSON.parse(wrong))
      if (each.location[0] === 'response') {
        counts.violations++;
        fault(`not as described (${each.location.join('.')}: ${each.message})`, request, answer);
      }
  if (answer.status < 400) {
    if (request.broken && request.method === 'POST' && !request.may_pass) fault('broken and taken', request, answer);
    return;
  }
  const problem = answer.json;
  codes.set(problem.code, (codes.get(problem.code) ?? 0) + 1);
  const says_why = problem.code && problem.title && problem.detail;
  const names_reason = answer.status !== 409 || problem.reasons?.length || problem.errors?.length || problem.detail;
  const names_field = answer.status !== 422 || problem.errors?.every((each) => each.text) || problem.detail;
  if (!says_why || !names_reason || !names_field) fault('a refusal without a reason', request, answer);
}

const get = (who, path) => send({ method: 'GET', path, who });
const post = (who, path, body, more = {}) =>
  send({ method: 'POST', path, who, body: typeof body === 'string' ? body : JSON.stringify(body), ...more });

function look(of, request, answer) {
  const seen = answer.json;
  for (const state of Object.values(seen.regions ?? {}))
    if (!new RegExp(`\\b${state}\\b`).test(diagram)) fault(`the diagram has no state ${state}`, request, answer);
  if (of.version !== undefined && seen.version < of.version) fault('the version fell', request, answer);
  of.version = seen.version;
  for (const one of seen.requests ?? []) if (!known.request.includes(one.id)) known.request.push(one.id);
}

// Whoever names a document has sent it. What is used up is sent anew.
const papers = new Map();
async function bring_papers(who) {
  if (!papers.has(who)) papers.set(who, []);
  const own = papers.get(who);
  if (own.length < 3) {
    const body = `%PDF-1.7 ${who} ${own.length}`;
    const name = encodeURIComponent('工资表.pdf');
    const headers = { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename*=UTF-8''${name}` };
    const answer = await send({ method: 'POST', path: '/api/v1/documents', who, body, headers });
    if (answer.status === 201) own.push(answer.json.id);
  }
  known.document = own;
}

async function file(broken) {
  const who = make.pick(['enterprise_union', 'duty_officer', 'supervisor', 'department:hrss'].filter((name) => tokens[name]));
  await bring_papers(who);
  const schema = description.components.schemas.action_file;
  const body = broken ? make.broken(schema) : make.fitting(schema);
  if (!broken) {
    body.enterprise = { name: `示例企业${dice.between(1, 60)}号`, address: '示例路', ...body.enterprise };
    delete body.enterprise.id;
    body.event = { ...body.event, cause: body.event?.cause ?? 'wage_arrears', noticed_at: stamp(-5) };
    delete body.event.started_at;
    delete body.occurred_at;
  }
  // What breaks one field may still be a fitting alert: half-known facts are normal.
  const answer = await post(who, '/api/v1/alerts', body, { broken, may_pass: true });
  if (answer.status !== 201) return;
  const one = { id: answer.json.id, version: answer.json.version };
  cases.push(one);
  known.case.push(one.id);
  look(one, { method: 'POST', path: '/api/v1/alerts', who }, answer);
}

async function act() {
  const one = make.pick(cases);
  const who = make.pick(people);
  const offered = await get(who, `/api/v1/cases/${one.id}/actions`);
  if (offered.status !== 200 || !offered.json.allowed.length) return;
  // Ways out are always open; whoever took them as often as the ways on would see little else.
  const ends = new Set(['withdraw', 'party_refused', 'party_went_to_arbitration', 'refer', 'close_unresolved', 'merge_into']);
  const on = offered.json.allowed.filter((each) => !ends.has(each.name) || dice.next() < 0.1);
  if (!on.length) return;
  const action = make.pick(on);
  await bring_papers(who);
  const path = `/api/v1/cases/${one.id}/actions/${action.name}`;
  actions_taken.set(action.name, (actions_taken.get(action.name) ?? 0) + 1);
  if (dice.next() < 0.34) return spoil(one, who, path, action);
  const headers = { 'idempotency-key': `walk-${seed}-${++key}` };
  const body = JSON.stringify(make.fitting(action.schema));
  const answer = await post(who, path, body, { headers });
  if (answer.status >= 300) return counts.refused++;
  counts.done++;
  look(one, { method: 'POST', path, who, body }, answer);
  if (dice.next() < 0.15) await repeat(one, who, path, body, headers, answer);
}

async function repeat(one, who, path, body, headers, first) {
  counts.replayed++;
  const again = await post(who, path, body, { headers, broken: true, may_pass: true });
  const request = { method: 'POST', path, who, body };
  if (again.status !== first.status || again.text !== first.text) fault('a repeat was answered otherwise', request, again);
  const other = await post(who, path, '{"note":"another body"}', { headers, broken: true });
  // Whoever may not act there any more is told that first.
  if (![422, 403, 404].includes(other.status)) fault('a key was used for another body', request, other);
}

async function spoil(one, who, path, action) {
  counts.broken++;
  const before = await get('auditor', `/api/v1/cases/${one.id}/history`);
  const ways = [
    () => post(who, path, make.rubbish(action.schema), { broken: true, may_pass: true }),
    () => post(who, path, make.broken(action.schema), { broken: true, may_pass: true }),
    () => post(who, path, make.fitting(action.schema), { broken: true, headers: { 'if-match': `"${one.version + 1000}"` } }),
    () => post(who, path, make.fitting(action.schema), { broken: true, headers: { 'if-match': 'nonsense' } }),
    () => post(who, path, make.fitting(action.schema), { broken: true, headers: { 'content-type': 'text/plain' } }),
    () => post(who, path + '_nobody_knows', '{}', { broken: true }),
    () => post(who, `/api/v1/cases/nobody-${dice.between(1, 99)}/actions/${action.name}`, '{}', { broken: true }),
    () => post(who, path, make.fitting(action.schema), { broken: true, headers: { authorization: 'Bearer jq_nobody' } }),
    () => post(who, path, 'x'.repeat(2 * 1024 * 1024), { broken: true }),
    () => get(who, `/api/v1/cases?limit=${make.pick(['0', '-1', '99999999999999999999', 'ten'])}`),
    () => get(who, `/api/v1/cases?${make.pick(['state=nowhere', 'cursor=%00', 'q=%E4%B8', 'grade=pink', 'sort=owner', 'nobody=1'])}`),
    () => get(who, `/api/v1/${make.pick(['case', 'cases/%2e%2e/x', '%ff', 'cases//actions'])}`),
  ];
  const answer = await make.pick(ways)();
  if (answer.status < 400) {
    look(one, { method: 'POST', path, who }, await get('auditor', `/api/v1/cases/${one.id}`));
    return; // broken, and yet it fits: a hostile text is a text
  }
  const after = await get('auditor', `/api/v1/cases/${one.id}/history`);
  const own = (history) => (history.json.items ?? []).filter((row) => row.actor?.kind === 'person').length;
  if (own(after) !== own(before)) fault('what was refused is on record as done', { method: 'POST', path, who }, answer);
}

async function read() {
  const one = make.pick(cases);
  const who = make.pick(people);
  const paths = ['/api/v1/cases?limit=5', `/api/v1/cases/${one.id}`, `/api/v1/cases/${one.id}/history`, `/api/v1/cases/${one.id}/notices`,
    '/api/v1/tasks', '/api/v1/me', '/api/v1/enterprises?q=%E7%A4%BA%E4%BE%8B', '/api/v1/people', '/api/v1/posts', '/api/v1/duty',
    `/api/v1/coverage?at=${encodeURIComponent('2026-12-01T03:00:00+08:00')}`, '/api/v1/cases?q=%E4%BC%81%E4%B8%9A&open=true&sort=-grade',
    '/api/v1/requests', '/readyz', '/healthz'];
  await get(who, make.pick(paths));
}

async function begin() {
  const reading = await get('supervisor', '/api/v1/openapi.json');
  const posts = await get('supervisor', '/api/v1/posts');
  for (const post of posts.json?.items ?? []) known.post.push(post.id);
  const members = await get('supervisor', '/api/v1/people');
  for (const person of members.json?.items ?? []) known.person.push(person.id);
  return reading.json;
}

const description = await begin();
for (let step = 0; step < Number(steps); ++step) {
  const roll = dice.next();
  if (cases.length < 5 || (roll < 0.06 && cases.length < 400)) await file(dice.next() < 0.33);
  else if (roll < 0.2) await read();
  else await act();
  if (faults.length > 20) break;
}

console.log(JSON.stringify({ ...counts, cases: cases.length, actions: actions_taken.size, days: day(0) }));
console.log('refusals:', JSON.stringify(Object.fromEntries([...codes].sort((a, b) => b[1] - a[1]))));
for (const each of faults) console.error(each);
process.exit(faults.length ? 1 : 0);
