// Files: what is taken, sending one with news of how far it is, and those of a case.
import { get } from './client';
import { Problem } from './problem';

export interface Limits {
  bytes: number;
  unused_bytes: number;
  types: string[];
}

export interface DocumentRow {
  id: string;
  name: string | null; // erased later
  type: string | null;
  size: number | null;
}

interface Mine {
  items: DocumentRow[];
  limits: Limits;
}

export const my_documents = () => get<Mine>('/documents');
export const case_documents = async (which: string) => (await get<{ items: DocumentRow[] }>('/documents', { case: which })).items;
export const document_url = (id: string, which = '') =>
  `/api/v1/documents/${encodeURIComponent(id)}${which ? `?case=${encodeURIComponent(which)}` : ''}`;

const silence_ms = 60_000; // without a byte going out the connection counts as lost

// fetch() does not tell how far it is, and a photograph over a bad network takes its time.
export function send_document(file: Blob, name: string, key: string, told: (part: number) => void, stop: AbortSignal): Promise<{ id: string }> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    let silence: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), silence_ms);
    };
    const lost = () => {
      clearTimeout(silence);
      fail(Problem.lost());
    };
    request.open('POST', `/api/v1/documents?name=${encodeURIComponent(name)}`);
    request.setRequestHeader('Accept-Language', document.documentElement.lang);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.setRequestHeader('Idempotency-Key', key);
    request.upload.onprogress = (event) => {
      wait();
      if (event.lengthComputable && event.total) told(event.loaded / event.total);
    };
    request.onerror = lost;
    request.onabort = lost;
    request.onload = () => {
      clearTimeout(silence);
      if (request.status === 201) {
        try {
          done(JSON.parse(request.responseText) as { id: string });
        } catch {
          lost();
        }
        return;
      }
      const wait_s = request.getResponseHeader('Retry-After');
      const answer = new Response(request.responseText, { status: Math.max(request.status, 200), headers: wait_s ? { 'Retry-After': wait_s } : {} });
      void Problem.of(answer).then(fail);
    };
    stop.addEventListener('abort', () => request.abort());
    wait();
    request.send(file);
  });
}
