// Clients that mean harm or are broken, in ways slowhttptest does not know:
// hostile.mjs URL KIND SECONDS with KIND garbage, oversized, pipelined or silent.
import net from 'node:net';

const [url, kind, seconds] = process.argv.slice(2);
const { hostname, port } = new URL(url);

const head = (target, fields = '') => `GET ${target} HTTP/1.1\r\nHost: x\r\n${fields}\r\n`;
const kinds = {
  garbage: () => Buffer.from(Array.from({ length: 600 }, () => Math.floor(Math.random() * 256))),
  oversized: () =>
    [
      head('/' + 'a'.repeat(50_000)),
      head('/healthz', `X: ${'b'.repeat(50_000)}\r\n`),
      head('/healthz', 'X-Y: z\r\n'.repeat(500)),
      `POST /api/v1/alerts HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n${'c'.repeat(100_000)}`,
    ][Math.floor(Math.random() * 4)],
  pipelined: () => head('/api/v1/me').repeat(100),
  silent: () => '',
};

const open = new Set();
function come() {
  const socket = net.connect(Number(port), hostname, () => socket.write(kinds[kind]()));
  open.add(socket);
  socket.on('data', () => {});
  socket.on('error', () => {});
  socket.on('close', () => open.delete(socket));
  if (kind !== 'silent') setTimeout(() => socket.destroy(), 500);
}

// Pipelined: 4 × 100 requests a tick. The others: one connection each.
const every = kind === 'pipelined' ? 200 : 10;
const ticking = setInterval(come, every);
setTimeout(() => {
  clearInterval(ticking);
  for (const socket of open) socket.destroy();
}, Number(seconds) * 1000);
