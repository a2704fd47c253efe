// What has to be true when the dust has settled, asked through the API as the auditor, and from the
// spool folder. Every list that comes back is a list of complaints.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export async function get(url, token, path) {
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.headers.get('content-type').includes('json') ? answer.json() : answer.text();
}

async function all_cases(url, token) {
  const out = [];
  for (let cursor = ''; cursor !== null; ) {
    const page = await get(url, token, `/api/v1/cases?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    out.push(...page.items);
    cursor = page.next_cursor;
  }
  return out;
}

export async function gather(url, token) {
  const cases = new Map();
  for (const row of await all_cases(url, token)) {
    const path = `/api/v1/cases/${row.id}`;
    const history = (await get(url, token, `${path}/history`)).items.sort((a, b) => a.seq - b.seq);
    cases.set(row.id, {
      row, history: history.map((item) => ({ ...item, parsed: JSON.parse(item.body) })),
      kase: await get(url, token, path),
      notices: (await get(url, token, `${path}/notices`)).items,
    });
  }
  return cases;
}

export function read_acks(folder) {
  const lines = readFileSync(join(folder, 'acks.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return { sent: lines.filter((line) => line.sent), acks: lines.filter((line) => line.ack) };
}

function count(map, key) {
  map.set(key, (map.get(key) ?? 0) + 1);
}

// What was done, by the mark each operation leaves in the history.
function applied(cases) {
  const files = new Map();
  const notes = new Map();
  const where = new Map();
  for (const [id, one] of cases)
    for (const row of one.history) {
      const { name, payload } = row.parsed.command;
      if (name === 'file') {
        count(files, payload.event.place);
        where.set(payload.event.place, id);
      }
      if (name === 'add_note') {
        count(notes, payload.text.replace('note ', ''));
        where.set(payload.text.replace('note ', ''), id);
      }
    }
  return { files, notes, where };
}

export function check_acknowledged(cases, { sent, acks }) {
  const complaints = [];
  const { files, notes, where } = applied(cases);
  const times = (line, op) => (line.kind === 'file' ? files : notes).get(op) ?? 0;
  for (const ack of acks) {
    if (ack.status >= 400) complaints.push(`${ack.ack} was answered ${ack.status}: ${JSON.stringify(ack.problem)}`);
    else if (times(ack, ack.ack) !== 1) complaints.push(`${ack.ack} was acknowledged and is there ${times(ack, ack.ack)} times`);
    else if (where.get(ack.ack) !== (ack.target ?? ack.id)) complaints.push(`${ack.ack} is on another case`);
    if (ack.kind === 'file' && ack.id && cases.get(ack.id)?.row.number !== ack.number)
      complaints.push(`${ack.ack} was told ${ack.number} and is ${cases.get(ack.id)?.row.number}`);
  }
  for (const line of sent)
    if (times(line, line.sent) > 1) complaints.push(`${line.sent} was applied ${times(line, line.sent)} times`);
  const numbers = new Set([...cases.values()].map((one) => one.row.number));
  if (numbers.size !== cases.size) complaints.push('two cases have one number');
  return complaints;
}

// The chain again, by another program than the one that made it.
export function check_chains(cases) {
  const complaints = [];
  for (const [id, { history }] of cases) {
    let previous = '0'.repeat(64);
    history.forEach((row, index) => {
      const text = [previous, id, row.seq, Date.parse(row.at), row.body].join('\n');
      const hash = createHash('sha256').update(text).digest('hex');
      if (row.seq !== index + 1 || row.prev_hash !== previous || row.hash !== hash) complaints.push(`${id}: row ${row.seq} does not fit`);
      previous = row.hash;
    });
  }
  return complaints;
}

export function check_timers(cases, now_ms) {
  const complaints = [];
  let fired = 0;
  let overdue_at_start = 0;
  for (const [id, { history, kase }] of cases) {
    const seen = new Map();
    for (const row of history) {
      const { command } = row.parsed;
      if (command.name === 'timer_fired') {
        ++fired;
        if (command.cause === 'downtime') ++overdue_at_start;
        const { slot, epoch, rung, repeat, at_ms } = command.payload;
        if (at_ms > Date.parse(row.at)) complaints.push(`${id}: ${slot} fired ${at_ms - Date.parse(row.at)} ms early`);
        count(seen, `timer ${slot}/${epoch}/${rung}/${repeat}/${at_ms}`);
      }
      for (const event of row.parsed.events) {
        if (event.name === 'rung') count(seen, `rung ${event.data.clock}/${event.data.epoch}/${event.data.rung}/${event.data.repeat}`);
        if (event.name === 'due_passed') count(seen, `due ${event.data.clock}/${event.data.due_ms}`);
      }
    }
    for (const [what, times] of seen) if (times > 1) complaints.push(`${id}: ${what} happened ${times} times`);
    for (const clock of kase.clocks)
      if (clock.state === 'running' && Date.parse(clock.due_at) <= now_ms && clock.kind !== 'reference')
        complaints.push(`${id}: ${clock.name} was due ${clock.due_at} and is still running`);
  }
  return { complaints, fired, overdue_at_start };
}

function* spool_files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* spool_files(path);
    else if (entry.name.endsWith('.json') && !entry.name.startsWith('.')) yield JSON.parse(readFileSync(path, 'utf8'));
  }
}

export function check_notices(cases, folder) {
  const complaints = [];
  const by_id = new Map();
  const keys = new Map();
  for (const file of spool_files(folder)) {
    by_id.set(file.id, file);
    count(keys, file.key);
  }
  for (const [key, times] of keys) if (times > 1) complaints.push(`${times} notices share the key ${key}`);
  let notices = 0;
  let repeated = 0;
  for (const [id, one] of cases)
    for (const notice of one.notices) {
      ++notices;
      if (notice.attempts.length > 1) ++repeated;
      const file = by_id.get(notice.id);
      if (notice.state !== 'delivered') complaints.push(`${notice.id} is ${notice.state}`);
      else if (!file) complaints.push(`${notice.id} is delivered and lies nowhere`);
      else if (file.case !== id || file.event !== notice.event || file.addressee !== notice.addressee)
        complaints.push(`${notice.id} lies there as another notice`);
    }
  return { complaints, notices, repeated };
}
