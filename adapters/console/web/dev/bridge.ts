// What the daemon does for the built files, for `vite` and `vite preview`: passes the API on, and
// sends the policy of the page with everything (preview only: a development server injects styles).
//
// A daemon that gives no cookie at sign-in, only a token, is helped out here: the token goes into an
// HttpOnly cookie on the way out and into Authorization on the way in, and never reaches the page. One
// that gives a cookie is only passed on.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { request } from 'node:http';

import type { Connect, Plugin } from 'vite';

export const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const passed = /^\/(api\/v1|s)\//;
const cookie = 'jinqiao_dev';

function token_of(from: IncomingMessage): string | undefined {
  return new RegExp(`(?:^|; )${cookie}=(js_[0-9a-f]+)`).exec(from.headers.cookie ?? '')?.[1];
}

type Ask = (body: Buffer | null, then: (answer: IncomingMessage) => void) => void;

// A sign-in: asked again without `cookie` where the daemon does not know it, and the token that comes
// instead goes into a cookie of our own.
function sign_in(from: IncomingMessage, to: ServerResponse, ask: Ask): void {
  const parts: Buffer[] = [];
  from.on('data', (part: Buffer) => parts.push(part));
  from.on('end', () => {
    const sent = Buffer.concat(parts);
    ask(sent, (first) => {
      if (first.statusCode !== 422) return signed_in(first, to);
      first.resume();
      const plain = JSON.parse(sent.toString()) as Record<string, unknown>;
      delete plain['cookie'];
      ask(Buffer.from(JSON.stringify(plain)), (second) => signed_in(second, to));
    });
  });
}

function signed_in(answer: IncomingMessage, to: ServerResponse): void {
  const parts: Buffer[] = [];
  answer.on('data', (part: Buffer) => parts.push(part));
  answer.on('end', () => {
    const text = Buffer.concat(parts);
    const fields = { ...answer.headers };
    delete fields['content-length'];
    const { token, ...rest } = JSON.parse(text.toString()) as { token?: string };
    if (token) fields['set-cookie'] = [`${cookie}=${token}; Path=/; HttpOnly; SameSite=Strict`];
    to.writeHead(answer.statusCode ?? 502, fields).end(token ? JSON.stringify(rest) : text);
  });
}

function pass(daemon: string, from: IncomingMessage, to: ServerResponse): void {
  const target = new URL(from.url ?? '/', daemon);
  const token = token_of(from);
  // Host stays the browser's: the daemon compares it with Origin.
  const headers = { ...from.headers };
  if (token) headers.authorization = `Bearer ${token}`;
  const { method } = from;
  const ask: Ask = (body, then) => {
    const length = body ? { 'content-length': String(body.length) } : {};
    const on = request(target, { method, headers: { ...headers, ...length } }, then);
    // No daemon there: the page has to see a lost connection and not an answer.
    on.on('error', () => to.destroy());
    to.on('close', () => on.destroy());
    if (body) on.end(body);
    else from.pipe(on);
  };
  const session = target.pathname === '/api/v1/session';
  if (session && method === 'POST') return sign_in(from, to, ask);
  ask(null, (answer) => {
    const fields = { ...answer.headers };
    if (session && method === 'DELETE' && token) fields['set-cookie'] = [`${cookie}=; Path=/; Max-Age=0`];
    to.writeHead(answer.statusCode ?? 502, fields);
    answer.pipe(to);
  });
}

export function bridge(daemon: string): Plugin {
  const through: Connect.NextHandleFunction = (from, to, next) => {
    if (passed.test(from.url ?? '')) pass(daemon, from, to);
    else next();
  };
  return {
    name: 'jinqiao-bridge',
    configureServer: (server) => void server.middlewares.use(through),
    configurePreviewServer: (server) => {
      server.middlewares.use((_, to, next) => {
        to.setHeader('Content-Security-Policy', policy);
        to.setHeader('X-Content-Type-Options', 'nosniff');
        to.setHeader('Referrer-Policy', 'no-referrer');
        next();
      });
      server.middlewares.use(through);
    },
  };
}
