import { Problem } from './problem';
import type { Language } from './types';

const base = '/api/v1';
const patience_ms = 20_000; // a phone in a basement; afterwards the connection counts as lost

let language: Language = 'zh-CN';
let on_unauthorized: () => void = () => undefined;

export function speak(next: Language): void {
  language = next;
}

export function when_signed_out(then: () => void): void {
  on_unauthorized = then;
}

export interface Sending {
  key?: string; // Idempotency-Key: the same for every try of the same wish
  version?: number; // If-Match
  patience_ms?: number; // of what takes its time on the server
  unnamed?: boolean; // without the session's cookie: the server must not even be told who could be asking
}

export interface Answer<T> {
  body: T;
  version: number | null; // ETag
}

async function go(method: string, path: string, init: RequestInit, fields: Record<string, string>, patience = patience_ms): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    return await fetch(base + path, {
      credentials: 'same-origin',
      ...init,
      method,
      cache: 'no-store',
      redirect: 'error',
      signal: stop.signal,
      headers: { 'Accept-Language': language, Accept: 'application/json', ...fields },
    });
  } catch {
    throw Problem.lost();
  } finally {
    clearTimeout(timer);
  }
}

async function call<T>(
  method: string,
  path: string,
  init: RequestInit,
  fields: Record<string, string>,
  patience = patience_ms,
): Promise<Answer<T>> {
  const answer = await go(method, path, init, fields, patience);
  if (!answer.ok) {
    const problem = await Problem.of(answer);
    if (problem.status === 401 && path !== '/session') on_unauthorized();
    throw problem;
  }
  const tag = /^"(\d+)"$/.exec(answer.headers.get('ETag') ?? '')?.[1];
  try {
    return { body: (await answer.json()) as T, version: tag ? Number(tag) : null };
  } catch {
    throw Problem.lost(); // cut off in the middle
  }
}

export async function get<T>(path: string, query: Record<string, string> = {}, patience = patience_ms): Promise<T> {
  const text = new URLSearchParams(query).toString();
  return (await call<T>('GET', text ? `${path}?${text}` : path, {}, {}, patience)).body;
}

// A file somebody saves, by the name the server gives it.
export async function get_file(path: string, query: Record<string, string>): Promise<File> {
  const answer = await go('GET', `${path}?${new URLSearchParams(query).toString()}`, {}, { Accept: '*/*' });
  if (!answer.ok) throw await Problem.of(answer);
  const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'file';
  try {
    return new File([await answer.arrayBuffer()], name, { type: answer.headers.get('Content-Type') ?? '' });
  } catch {
    throw Problem.lost();
  }
}

export async function post<T>(path: string, body: unknown, sending: Sending = {}): Promise<Answer<T>> {
  const fields: Record<string, string> = { 'Content-Type': 'application/json' };
  if (sending.key) fields['Idempotency-Key'] = sending.key;
  if (sending.version !== undefined) fields['If-Match'] = `"${sending.version}"`;
  const init: RequestInit = { body: JSON.stringify(body), ...(sending.unnamed ? { credentials: 'omit' } : {}) };
  return call<T>('POST', path, init, fields, sending.patience_ms);
}

export async function post_file<T>(path: string, file: File, key: string): Promise<T> {
  const fields = { 'Content-Type': file.type || 'application/octet-stream', 'Idempotency-Key': key };
  return (await call<T>('POST', path, { body: file }, fields)).body;
}

export async function remove(path: string): Promise<void> {
  await call('DELETE', path, {}, {});
}

// Random and not from Math: whoever guesses a key could learn the answer kept under it. Works
// without TLS too, where crypto.randomUUID is missing.
export function new_key(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
