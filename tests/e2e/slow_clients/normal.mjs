// People at work: normal.mjs URL TOKEN SECONDS. Eight of them, each on a connection of their own,
// ask for a list every 20 ms on average and count how long it takes, from the moment at which they
// wanted to ask: waiting behind one's own slow answer is waiting too. Prints one line of JSON.
import http from 'node:http';
import { performance } from 'node:perf_hooks';

const [url, token, seconds] = process.argv.slice(2);
const people = 8;
const pause = 20;
const took = [];
let failed = 0;

function ask(agent) {
  return new Promise((resolve, reject) => {
    const request = http.get(
      `${url}/api/v1/cases?limit=10`,
      { agent, timeout: 5000, headers: { authorization: `Bearer ${token}` } },
      (answer) => {
        answer.resume();
        answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(answer.statusCode))));
      },
    );
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', reject);
  });
}

async function person(number, end) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let due = performance.now() + (number * pause) / people;
  while (due < end) {
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    // A timer that rings late is this program's fault and not the daemon's.
    const from = Math.max(due, performance.now() - Math.max(0, -wait));
    try {
      await ask(agent);
      took.push(performance.now() - from);
    } catch (fault) {
      // A connection closed while it was idle: asking again is what every client does.
      if (fault.code === 'ECONNRESET' || fault.code === 'EPIPE') {
        try {
          await ask(agent);
          took.push(performance.now() - from);
        } catch {
          failed += 1;
        }
      } else failed += 1;
    }
    due += pause;
  }
  agent.destroy();
}

const end = performance.now() + Number(seconds) * 1000;
await Promise.all(Array.from({ length: people }, (_, number) => person(number, end)));
took.sort((a, b) => a - b);
const at = (share) => Number((took[Math.floor(took.length * share)] ?? Infinity).toFixed(2));
console.log(JSON.stringify({ asked: took.length, failed, p50_ms: at(0.5), p99_ms: at(0.99) }));
