// The independent client: client.mjs WORK_FOLDER SEED. Files alerts and adds notes, several at a
// time, under idempotency keys, and writes every definite answer to WORK_FOLDER/acks.jsonl, synced
// before it goes on. It shares nothing with the daemon but HTTP. What gets no answer is asked again
// under the same key until there is one. Ends, with nothing left open, when told to by SIGTERM.
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { random, sleep } from './random.mjs';

const [folder, seed] = process.argv.slice(2);
const dice = random(Number(seed));
const tokens = JSON.parse(readFileSync(join(folder, 'data/demo-tokens.json'), 'utf8'));
const log = openSync(join(folder, 'acks.jsonl'), 'a');
const workers = 8;
let stopping = false;
let made = 0;
const cases = [];

process.on('SIGTERM', () => (stopping = true));
process.on('disconnect', () => process.exit(1)); // whoever started us is gone

function write(line) {
  writeSync(log, JSON.stringify(line) + '\n');
  fsyncSync(log);
}

// Where the daemon listens now, and how far its clock is ahead of ours.
const daemon = () => JSON.parse(readFileSync(join(folder, 'daemon.json'), 'utf8'));

function alert(op) {
  const at = new Date(Date.now() + daemon().shift_s * 1000 - 60_000);
  return {
    enterprise: { name: `示例企业${dice.between(1, 40)}号有限公司`, address: '示例路', staff: 320 },
    event: {
      cause: 'wage_arrears', behaviours: [], place: op, workers_involved: dice.between(1, 90),
      demands: ['pay_arrears'], noticed_at: at.toISOString().replace('Z', '+00:00'),
    },
    reporter: { name: `示例 ${op}`, role: '企业工会主席', phone: '000' },
    filing: 'identified',
  };
}

// One operation: what is sent never changes, so that a repeat is a repeat.
function next() {
  const op = `op-${seed}-${++made}`;
  // Each case goes on escalating for as long as the clock is turned on: most requests are notes.
  if (cases.length === 0 || dice.next() < (cases.length < 20 ? 0.3 : 0.03))
    return { op, kind: 'file', token: tokens.duty_officer, path: '/api/v1/alerts', body: JSON.stringify(alert(op)) };
  const target = cases[dice.between(0, cases.length - 1)];
  return {
    op, kind: 'note', target: target.id, token: tokens.duty_officer,
    path: `/api/v1/cases/${target.id}/actions/add_note`, body: JSON.stringify({ text: `note ${op}` }),
  };
}

async function attempt(one) {
  const answer = await fetch(daemon().url + one.path, {
    method: 'POST',
    body: one.body,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${one.token}`, 'idempotency-key': one.op },
    signal: AbortSignal.timeout(10_000),
  });
  return { status: answer.status, body: await answer.json().catch(() => null) };
}

// Busy (503), still in flight (409 with Retry-After has no final word) and no answer: again.
async function carry_out(one) {
  write({ sent: one.op, kind: one.kind, target: one.target });
  for (;;) {
    let got = null;
    try {
      got = await attempt(one);
    } catch {
      await sleep(20);
      continue;
    }
    // 500 and 503 are said where nothing was written; the same request may be put again.
    const undecided = got.status === 503 || got.status === 500 || got.body === null || got.body.code === 'in_flight' ||
      got.body.code === 'idempotency_in_flight';
    if (undecided) {
      await sleep(20);
      continue;
    }
    write({ ack: one.op, kind: one.kind, status: got.status, id: got.body.id, number: got.body.number, target: one.target,
      problem: got.status >= 400 ? got.body : undefined });
    if (one.kind === 'file' && got.status === 201) cases.push({ id: got.body.id });
    return;
  }
}

async function work() {
  while (!stopping) await carry_out(next());
}

await Promise.all(Array.from({ length: workers }, work));
closeSync(log);
process.exit(0);
