// Five hundred who watch, one of whom does not read: streams.mjs URL TOKENS_FILE [WATCHERS]
//
// What has to hold: alerts are answered about as fast as without them (medians of rounds that
// alternate), everybody who reads hears of every case, and whoever does not read is cut off.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { stamp } from './payload.mjs';

const [url, tokens_file, wanted = '500'] = process.argv.slice(2);
const tokens = JSON.parse(readFileSync(tokens_file, 'utf8'));
const { hostname, port } = new URL(url);
const names = Object.keys(tokens).filter((name) => name !== 'administrator' && name !== 'enterprise_union');
const faults = [];
let filed = 0;

class Watcher {
  constructor(name, reads) {
    this.text = '';
    this.closed = false;
    this.socket = connect({ host: hostname, port: Number(port) });
    this.socket.on('error', () => (this.closed = true));
    this.socket.on('close', () => (this.closed = true));
    this.socket.write(`GET /api/v1/stream HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${tokens[name]}\r\n\r\n`);
    if (reads) this.socket.on('data', (bytes) => (this.text += bytes));
    else this.socket.pause();
  }
  heard(id) { return this.text.includes(id); }
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function until(what, condition, seconds = 30) {
  for (let i = 0; i < seconds * 20; ++i) {
    if (condition()) return true;
    await sleep(50);
  }
  faults.push(what);
  return false;
}

async function file() {
  const began = performance.now();
  const answer = await fetch(`${url}/api/v1/alerts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.duty_officer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ enterprise: { name: `示例企业${++filed}号`, address: '示例路' },
      event: { cause: 'wage_arrears', workers_involved: 5, noticed_at: stamp(-5) } }),
  });
  const taken = performance.now() - began;
  return { id: (await answer.json()).id, ms: taken };
}

async function round(alerts) {
  const out = [];
  for (let i = 0; i < alerts; ++i) out.push((await file()).ms);
  return out;
}
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const quiet = [], watched = [];
await round(20);
for (let turn = 0; turn < 3; ++turn) {
  quiet.push(...await round(30));
  const crowd = Array.from({ length: Number(wanted) }, (_, i) => new Watcher(names[i % names.length], i !== 0));
  const ungreeted = () => crowd.filter((one, i) => i !== 0 && !one.text.includes('event: hello'));
  if (!(await until('everybody is greeted', () => ungreeted().length === 0)))
    faults.push(`${ungreeted().length} are not: ${ungreeted()[0].text.slice(-200)} ${ungreeted()[0].closed}`);
  watched.push(...await round(30));
  const last = await file();
  const seeing = crowd.filter((_, i) => i !== 0 && ['duty_officer', 'mediator', 'supervisor', 'supervisor2', 'auditor'].includes(names[i % names.length]));
  await until('everybody who may hears of the last case', () => seeing.every((one) => one.heard(last.id) || one.text.includes('event: reset')));
  if (seeing.length < 10) faults.push('too few watchers to mean anything');
  for (const one of crowd) one.socket.destroy();
  await sleep(200);
}

// One that never reads, told of case after case.
const open = async () => Number((await (await fetch(`${url}/metrics`)).text()).match(/^jinqiao_stream_clients (\d+)$/m)[1]);
for (let i = 0; (await open()) > 0; ++i) {
  if (i > 600) throw new Error('those who left are still served');
  await sleep(50);
}
const deaf = new Watcher('duty_officer', false);
for (let i = 0; (await open()) === 0 && i < 100; ++i) await sleep(50);
let alerts = 0;
for (; (await open()) > 0 && alerts < 8000; alerts += 20) await Promise.all(Array.from({ length: 20 }, file));
if (await open()) faults.push('whoever does not read is not cut off');
deaf.socket.destroy();
console.log(JSON.stringify({ watchers: Number(wanted), quiet_ms: median(quiet), watched_ms: median(watched), cut_after_alerts: alerts }));
if (median(watched) > 2 * median(quiet) + 1) faults.push('alerts are answered more slowly while many watch');
for (const each of faults) console.error(each);
process.exit(faults.length ? 1 : 0);
