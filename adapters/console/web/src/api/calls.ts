// The calls of the public API that the console makes, one function each.
import { get, new_key, post, post_file, remove, type Sending } from './client';
import type { Actions, Alert, Assignment, Case, CaseRow, Enterprise, HistoryRow, Me, Notice, Post, Task } from './types';

interface Items<T> {
  items: T[];
}

const id = encodeURIComponent;

// `cookie`: the session comes as a cookie that no script can read, and not as a token.
export const sign_in = (account: string, password: string, code: string) =>
  post<unknown>('/session', { account, password, cookie: true, ...(code ? { code } : {}) });
export const set_password = (account: string, old_password: string, password: string) =>
  post<unknown>(`/accounts/${encodeURIComponent(account)}/password`, { old_password, password });
export const sign_out = () => remove('/session');
export const me = () => get<Me>('/me');

export const tasks = () => get<Items<Task> & { more: boolean }>('/tasks');
export const cases = (query: Record<string, string>) =>
  get<Items<CaseRow> & { next_cursor: string | null }>('/cases', query);
export const get_case = (which: string) => get<Case>(`/cases/${id(which)}`);
export const actions = (which: string) => get<Actions>(`/cases/${id(which)}/actions`);
export const history = async (which: string) => (await get<Items<HistoryRow>>(`/cases/${id(which)}/history`)).items;
export const notices = async (which: string) => (await get<Items<Notice>>(`/cases/${id(which)}/notices`)).items;
export const posts = async () => (await get<Items<Post>>('/posts')).items;
interface Term {
  person: string;
  post_name: string;
  rank: number;
}

// The people one can name: by name where one may see it, and by the post they hold or stand in for.
export async function holders(): Promise<{ person: string; name: string; post: string; rank: number }[]> {
  const [people, all] = await Promise.all([
    get<Items<{ id: string; name?: string }>>('/people').then((each) => each.items, () => []),
    get<Items<Post & { terms?: Term[] }>>('/posts'),
  ]);
  const names = new Map(people.map((person) => [person.id, person.name ?? '']));
  return all.items
    .flatMap((post) => post.terms ?? [])
    .map((term) => ({ person: term.person, name: names.get(term.person) ?? '', post: term.post_name, rank: term.rank }));
}
export const enterprises = async (q: string) => (await get<Items<Enterprise>>('/enterprises', { q })).items;

export const file_alert = (alert: Alert, key: string) => post<Case>('/alerts', alert, { key });
export const act = (which: string, name: string, payload: unknown, sending: Sending) =>
  post<Case>(`/cases/${id(which)}/actions/${id(name)}`, payload, sending);
export const answer_assignment = (which: string, verb: 'sign' | 'accept' | 'return' | 'done', payload: unknown, key: string) =>
  post<Assignment>(`/assignments/${id(which)}/${verb}`, payload, { key });
export const add_document = (file: File) =>
  post_file<{ id: string }>(`/documents?name=${id(file.name)}`, file, new_key());
