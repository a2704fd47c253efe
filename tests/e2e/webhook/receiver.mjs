// A department's receiver, written with the libraries of the two standards: takes what the program
// posts, verifies signature and event, prints one line per message. The first attempt of every
// second message is answered 503, so that a repeat is seen too.
//   node receiver.mjs PORT_FILE   (secret in WEBHOOK_SECRET)
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
import { HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET);
const attempts = new Map();

function verdict(headers, body) {
  const payload = webhook.verify(body, headers);
  const event = HTTP.toEvent({ headers, body });
  event.validate();
  if (event.id !== headers['webhook-id']) throw new Error('event id is not the webhook id');
  if (JSON.stringify(payload.data) !== JSON.stringify(event.data)) throw new Error('data differs');
  for (const key of ['id', 'key', 'case', 'number', 'grade', 'event', 'addressee', 'text', 'sign_url', 'exercise'])
    if (!(key in event.data)) throw new Error(`data has no ${key}`);
  return event;
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    const id = request.headers['webhook-id'];
    const seen = attempts.get(id) ?? [];
    seen.push(body);
    attempts.set(id, seen);
    try {
      const event = verdict(request.headers, body);
      const same = seen.every((earlier) => earlier === body);
      console.log(JSON.stringify({ ok: same, id, attempt: seen.length, type: event.type, subject: event.subject }));
      const refuse = seen.length === 1 && attempts.size % 2 === 0;
      response.writeHead(refuse ? 503 : 204, refuse ? { 'retry-after': '1' } : {}).end();
    } catch (error) {
      console.log(JSON.stringify({ ok: false, id, error: String(error.message) }));
      response.writeHead(400).end();
    }
  });
});
server.listen(0, '127.0.0.1', () => writeFileSync(process.argv[2], String(server.address().port)));
