// Three mail servers in one process, built on smtp-server: TLS from the first byte, STARTTLS, and
// plain. Every mail is read by mailparser; one line of JSON for each attempt. What it does depends on
// the recipient: nobody@ is refused, later@ is put off the first time, lost@ is taken the first time
// and the connection cut before the answer.
//   node server.mjs PORTS_FILE KEY CERTIFICATE   (user and password in MAIL_USER, MAIL_PASSWORD)
// PORTS_FILE is written, or read if it is there: a server that comes back has its old ports.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const [portsFile, keyFile, certificateFile] = process.argv.slice(2);
const key = readFileSync(keyFile);
const cert = readFileSync(certificateFile);
const seen = new Map(); // recipient and Message-ID: what came under it
let queued = 0;

const print = (line) => console.log(JSON.stringify(line));
const refuse = (code, text) => Object.assign(new Error(text), { responseCode: code });
const local = (address) => address.split('@')[0];

// What RFC 5322 and RFC 2047 ask of the bytes themselves, which a parser forgives.
function faults(raw) {
  const found = [];
  const text = raw.toString('latin1');
  const head = text.slice(0, text.indexOf('\r\n\r\n'));
  if (/[^\r]\n|\r[^\n]/.test(text)) found.push('a line end that is not CRLF');
  if (/[^\x00-\x7f]/.test(text)) found.push('a byte outside ASCII');
  if (text.split('\r\n').some((line) => line.length > 76)) found.push('a line above 76');
  if ((head.match(/=\?[^ \r\n]*/g) ?? []).some((word) => !/^=\?UTF-8\?B\?[A-Za-z0-9+/=]+\?=$/.test(word) || word.length > 75))
    found.push('an encoded word that is none');
  for (const name of ['Date', 'From', 'To', 'Subject', 'Message-ID', 'MIME-Version'])
    if (head.split(new RegExp(`^${name}: `, 'm')).length !== 2) found.push(`not one ${name}`);
  return found;
}

async function take(kind, raw, session) {
  const mail = await simpleParser(raw);
  const to = session.envelope.rcptTo[0].address;
  const id = `${to} ${mail.messageId}`;
  const earlier = seen.get(id) ?? [];
  seen.set(id, [...earlier, raw]);
  print({
    kind, to, id: mail.messageId, attempt: earlier.length + 1,
    user: session.user ?? null, encrypted: session.secure, hello: session.hostNameAppearsAs,
    sender: session.envelope.mailFrom.address, from: mail.from.value[0].address,
    name: mail.from.value[0].name, replyTo: mail.replyTo?.value[0].address ?? null,
    headTo: mail.to.value[0].address, subject: mail.subject, text: mail.text,
    thread: [mail.inReplyTo, ...[mail.references ?? []].flat()],
    automatic: mail.headers.get('auto-submitted'), exercise: mail.headers.get('x-jinqiao-exercise') ?? null,
    age: Math.round((Date.now() - mail.date.getTime()) / 1000),
    same: earlier.every((before) => before.equals(raw)), faults: faults(raw),
  });
  return earlier.length;
}

function serve(kind, options) {
  const putOff = new Set();
  const server = new SMTPServer({
    key, cert, logger: false, disableReverseLookup: true, ...options,
    onAuth: (auth, session, done) =>
      auth.username === process.env.MAIL_USER && auth.password === process.env.MAIL_PASSWORD
        ? done(null, { user: auth.username })
        : done(refuse(535, '5.7.8 wrong')),
    onRcptTo({ address }, session, done) {
      if (local(address) === 'nobody') {
        print({ kind, to: address, refused: 550 });
        return done(refuse(550, '5.1.1 no such mailbox'));
      }
      if (local(address) === 'later' && !putOff.has(address)) {
        putOff.add(address);
        print({ kind, to: address, refused: 451 });
        return done(refuse(451, '4.7.1 greylisted'));
      }
      return done();
    },
    onData(stream, session, done) {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () =>
        take(kind, Buffer.concat(chunks), session).then(
          (before) => {
            if (local(session.envelope.rcptTo[0].address) === 'lost' && before === 0)
              for (const each of server.connections) if (each.session === session) return each._socket.destroy();
            return done(null, `2.0.0 Ok: queued as Q${++queued}`);
          },
          (error) => {
            print({ kind, faults: [String(error)] });
            done(refuse(554, '5.6.0 unreadable'));
          },
        ),
      );
    },
  });
  server.on('error', () => {}); // a client that hangs up
  return server;
}

const servers = {
  implicit: serve('implicit', { secure: true, authMethods: ['PLAIN'] }),
  starttls: serve('starttls', { authMethods: ['LOGIN'] }),
  none: serve('none', { hideSTARTTLS: true, disabledCommands: ['AUTH', 'STARTTLS'] }),
};
const old = existsSync(portsFile) ? JSON.parse(readFileSync(portsFile)) : {};
const ports = {};
for (const [kind, server] of Object.entries(servers))
  ports[kind] = await new Promise((listening, failed) => {
    server.server.once('error', failed);
    const listener = server.listen(old[kind] ?? 0, '127.0.0.1', () => listening(listener.address().port));
  });
writeFileSync(`${portsFile}.new`, JSON.stringify(ports));
renameSync(`${portsFile}.new`, portsFile);
print({ listening: ports });
