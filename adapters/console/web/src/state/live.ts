// One connection to the event stream for the whole page. When it is lost the page says so and asks
// for its lists every so often; nothing pretends to be live.
import { onScopeDispose, reactive, readonly } from 'vue';

type Listener = (what: { case: string | null }) => void;

const poll_ms = 15_000;
const inner = reactive({ connected: false, tried: false, lost: false });
export const live = readonly(inner);

const listeners = new Set<Listener>();
const presence = new Set<(which: string) => void>();
let source: EventSource | null = null;
let poll: ReturnType<typeof setInterval> | undefined;
let again: ReturnType<typeof setTimeout> | undefined;
let grace: ReturnType<typeof setTimeout> | undefined;

function tell(which: string | null): void {
  for (const listener of listeners) listener({ case: which });
}

function up(): void {
  clearTimeout(grace);
  grace = undefined;
  const was_lost = inner.lost;
  inner.connected = true;
  inner.tried = true;
  inner.lost = false;
  clearInterval(poll);
  poll = undefined;
  if (was_lost) tell(null); // what happened meanwhile
}

function down(): void {
  inner.connected = false;
  inner.tried = true;
  // A blink is not worth a banner.
  grace ??= setTimeout(() => (inner.lost = true), 2500);
  poll ??= setInterval(() => tell(null), poll_ms);
  if (source?.readyState === EventSource.CLOSED) {
    source = null;
    clearTimeout(again);
    again = setTimeout(connect, 5000);
  }
}

function connect(): void {
  if (source || !wanted) return;
  source = new EventSource('/api/v1/stream');
  source.addEventListener('open', up);
  source.addEventListener('hello', up);
  source.addEventListener('error', down);
  source.addEventListener('reset', () => tell(null));
  source.addEventListener('case', (event) => {
    const data = JSON.parse((event as MessageEvent<string>).data) as { id: string };
    tell(data.id);
  });
  source.addEventListener('presence', (event) => {
    const data = JSON.parse((event as MessageEvent<string>).data) as { id: string };
    for (const listener of presence) listener(data.id);
  });
}

let wanted = false;

export function go_live(): void {
  wanted = true;
  connect();
}

export function end_live(): void {
  wanted = false;
  clearInterval(poll);
  clearTimeout(again);
  clearTimeout(grace);
  poll = grace = undefined;
  source?.close();
  source = null;
  inner.connected = inner.lost = false;
}

// Calls `listener` for each change, for null when anything may have changed; until the component goes.
export function on_change(listener: Listener): void {
  listeners.add(listener);
  onScopeDispose(() => listeners.delete(listener));
}

// Calls `listener` when somebody began or ended writing in a case.
export function on_presence(listener: (which: string) => void): void {
  presence.add(listener);
  onScopeDispose(() => presence.delete(listener));
}
