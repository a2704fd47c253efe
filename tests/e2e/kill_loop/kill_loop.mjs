// kill -9 at random moments under load: kill_loop.mjs [--cycles N] [--seed N] [--config DIR] [--keep]
// Starts the real daemon on SQLite in a folder of its own, lets an independent client (client.mjs)
// file and act, kills the daemon, turns its clock on by up to hours as if it had been down that
// long, starts it again, and so on. At the end verdict.mjs says what is not as it was promised.
// The program is $JINQIAO, default build/dev/jinqiao. Exit 0: nothing to complain about.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { random, sleep } from './random.mjs';
import { check_acknowledged, check_chains, check_notices, check_timers, gather, get, read_acks } from './verdict.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../..');
const { values: options } = parseArgs({
  options: { cycles: { type: 'string', default: '15' }, seed: { type: 'string', default: '' }, keep: { type: 'boolean', default: false },
    config: { type: 'string', default: 'config' } },
});
const cycles = Number(options.cycles);
const seed = options.seed === '' ? Date.now() % 1_000_000 : Number(options.seed);
const program = resolve(root, process.env.JINQIAO ?? 'build/dev/jinqiao');
const config = resolve(root, options.config);
const total_outage_s = 36 * 3600;  // about; enough for most ladders of a first alert
const dice = random(seed);
const work = mkdtempSync(join(tmpdir(), 'kill-loop-'));
const data = join(work, 'data');
const shifter = join(work, 'clock_shift.so');
let shift_s = 0;
let daemon = null;
let client = null;

function prepare() {
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shifter, join(here, 'clock_shift.c'), '-ldl']);
  execFileSync(program, ['seed', '--config', config, '--data', data, join(config, 'demo/zone.yaml')], { cwd: root });
}

// Tells the client by a rename, so that it never reads half of it.
function announce(url) {
  writeFileSync(join(work, 'daemon.json.part'), JSON.stringify({ url, shift_s }));
  renameSync(join(work, 'daemon.json.part'), join(work, 'daemon.json'));
}

async function start() {
  const log = join(work, 'daemon.log');
  const out = openSync(log, 'w');
  const child = spawn(program, ['serve', '--config', config, '--data', data, '--listen', '127.0.0.1:0'], {
    cwd: root, stdio: ['ignore', out, out], env: { ...process.env, LD_PRELOAD: shifter, CLOCK_SHIFT_S: String(shift_s) },
  });
  daemon = { child, gone: new Promise((done) => child.once('exit', (code, signal) => done({ code, signal }))) };
  const began = Date.now();
  for (;;) {
    const found = /listening on ([0-9.:]+)/.exec(readFileSync(log, 'utf8'));
    if (found) {
      announce(`http://${found[1]}`);
      return `http://${found[1]}`;
    }
    if (child.exitCode !== null || Date.now() - began > 30_000) throw new Error(`the daemon does not start:\n${readFileSync(log, 'utf8')}`);
    await sleep(5);
  }
}

async function kill() {
  daemon.child.kill('SIGKILL');
  const { code, signal } = await daemon.gone;
  if (signal !== 'SIGKILL') throw new Error(`the daemon had ended by itself (${code}):\n${readFileSync(join(work, 'daemon.log'), 'utf8')}`);
}

function start_client() {
  const child = spawn(process.execPath, [join(here, 'client.mjs'), work, String(seed)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  client = { child, gone: new Promise((done) => child.once('exit', done)) };
}

// Nothing overdue, nothing to send. Hundreds of kills leave a backlog; how long it takes is the
// machine's business, that it shrinks is the daemon's.
async function settled(url) {
  const value = (text, name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);
  let least = Infinity;
  for (let without_progress = 0; without_progress < 600; ++without_progress) {
    const text = await get(url, '', '/metrics');
    const pending = value(text, 'jinqiao_deliveries_pending');
    const overdue = value(text, 'jinqiao_oldest_overdue_timer_seconds');
    if (pending === 0 && overdue === 0) return;
    if (pending + overdue < least) {
      least = pending + overdue;
      without_progress = 0;
    }
    await sleep(100);
  }
  throw new Error(`timers or deliveries did not come to an end: ${least} left`);
}

function audit() {
  try {
    execFileSync(program, ['audit', 'verify', '--data', data], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    return [];
  } catch (error) {
    return [`audit verify: ${error.stderr}`];
  }
}

async function run_cycles() {
  await start();
  start_client();
  for (let cycle = 1; cycle <= cycles; ++cycle) {
    await sleep(dice.between(50, 1500));
    await kill();
    shift_s += dice.between(0, Math.ceil((2 * total_outage_s) / cycles));
    await start();
    if (process.stderr.isTTY) process.stderr.write(`\r${cycle}/${cycles} `);
  }
}

async function judge(url) {
  client.child.kill('SIGTERM');
  if ((await client.gone) !== 0) throw new Error('the client failed');
  await settled(url);
  const { auditor } = JSON.parse(readFileSync(join(data, 'demo-tokens.json'), 'utf8'));
  const beside = audit();  // while the daemon runs
  const cases = await gather(url, auditor);
  const acks = read_acks(work);
  const timers = check_timers(cases, Date.now() + shift_s * 1000);
  const notices = check_notices(cases, join(data, 'spool'));
  const complaints = [...beside, ...check_acknowledged(cases, acks), ...check_chains(cases), ...timers.complaints, ...notices.complaints];
  if (acks.acks.length === 0) complaints.push('nothing was acknowledged: this run proves nothing');
  if (timers.overdue_at_start === 0) complaints.push('no timer came due while the daemon was down: this run proves nothing');
  console.log(`seed ${seed}: ${cycles} kills, ${acks.acks.length} acknowledged, ${cases.size} cases, ${timers.fired} timers fired ` +
    `(${timers.overdue_at_start} due while down), ${notices.notices} notices (${notices.repeated} repeated)`);
  return complaints;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => {
    daemon?.child.kill('SIGKILL');
    client?.child.kill('SIGKILL');
    process.exit(1);
  });

let failed = true;
try {
  prepare();
  await run_cycles();
  const complaints = await judge(JSON.parse(readFileSync(join(work, 'daemon.json'), 'utf8')).url);
  for (const complaint of complaints.slice(0, 50)) console.error(`FAILED: ${complaint}`);
  if (complaints.length > 50) console.error(`… and ${complaints.length - 50} more`);
  failed = complaints.length > 0;
  daemon.child.kill('SIGTERM');
  const { code } = await daemon.gone;
  if (code !== 0) {
    console.error(`FAILED: the daemon ended with ${code} on SIGTERM`);
    failed = true;
  }
} catch (error) {
  console.error(`FAILED: ${error.stack}`);
} finally {
  if (daemon?.child.exitCode === null) daemon.child.kill('SIGKILL');
  if (client?.child.exitCode === null) client.child.kill('SIGKILL');
  if (failed || options.keep) console.error(`kept: ${work}`);
  else rmSync(work, { recursive: true });
}
// One for each kill that was survived; all of them are judged together.
console.log(failed ? `0 passed, ${cycles} failed` : `${cycles} passed, 0 failed`);
process.exit(failed ? 1 : 0);
