// What the daemon does for the built files, for `vite` and `vite preview`: passes the API on, and
// sends the policy of the page with everything (preview only: a development server injects styles).
//
// A daemon that gives no cookie at sign-in, only a token, is helped out here: the token goes into an
// HttpOnly cookie on the way out and into Authorization on the way in, and never reaches the page.
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

// The answer to a sign-in: without the token where a cookie of our own carries it.
function signed_in(answer: IncomingMessage, to: ServerResponse): void {
  const parts: Buffer[] = [];
  answer.on('data', (part: Buffer) => parts.push(part));
  answer.on('end', () => {
    const body = JSON.parse(Buffer.concat(parts).toString()) as { token?: string };
    const { token, ...rest } = body;
    const fields = { ...answer.headers };
    delete fields['content-length'];
    if (token && !fields['set-cookie'])
      fields['set-cookie'] = [`${cookie}=${token}; Path=/; HttpOnly; SameSite=Strict`];
    to.writeHead(answer.statusCode ?? 502, fields).end(JSON.stringify(rest));
  });
}

function pass(daemon: string, from: IncomingMessage, to: ServerResponse): void {
  const target = new URL(from.url ?? '/', daemon);
  const token = token_of(from);
  const headers = { ...from.headers, host: target.host };
  if (token) headers.authorization = `Bearer ${token}`;
  const on = request(target, { method: from.method, headers }, (answer) => {
    const entering = from.method === 'POST' && target.pathname === '/api/v1/session';
    if (entering && answer.statusCode === 201) return signed_in(answer, to);
    const leaving = from.method === 'DELETE' && target.pathname === '/api/v1/session';
    const fields = { ...answer.headers };
    if (leaving && token) fields['set-cookie'] = [`${cookie}=; Path=/; Max-Age=0`];
    to.writeHead(answer.statusCode ?? 502, fields);
    answer.pipe(to);
  });
  // No daemon there: the page has to see a lost connection and not an answer.
  on.on('error', () => to.destroy());
  to.on('close', () => on.destroy());
  from.pipe(on);
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
