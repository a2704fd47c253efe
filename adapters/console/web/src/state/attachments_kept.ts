// The files of a draft, kept on this device (IndexedDB) until the report has arrived: a reload, or a
// telephone that threw the page away to take the photograph, loses nothing.
export interface Kept {
  key: string; // of the attempt to send it, so that it is stored once
  account: string;
  name: string;
  type: string;
  blob: Blob;
  id: string; // at the server; empty: has not arrived yet
  at: number;
}

const store = 'files';

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open('jinqiao', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'key' });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(new Error('no storage'));
    request.onblocked = () => fail(new Error('no storage'));
  });
}

async function run<T>(mode: IDBTransactionMode, what: (files: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise((done, fail) => {
      const change = database.transaction(store, mode);
      const request = what(change.objectStore(store));
      change.oncomplete = () => done(request.result);
      change.onerror = () => fail(new Error('not stored'));
      change.onabort = () => fail(new Error('not stored'));
    });
  } finally {
    database.close();
  }
}

// False: this device does not keep it (private window, no room left).
export async function keep(file: Kept): Promise<boolean> {
  try {
    await run('readwrite', (files) => files.put(file));
    return true;
  } catch {
    return false;
  }
}

export async function kept(account: string): Promise<Kept[]> {
  try {
    const all = await run<Kept[]>('readonly', (files) => files.getAll() as IDBRequest<Kept[]>);
    return all.filter((file) => file.account === account).sort((left, right) => left.at - right.at);
  } catch {
    return [];
  }
}

export async function forget(keys: string[]): Promise<void> {
  for (const key of keys)
    try {
      await run('readwrite', (files) => files.delete(key));
    } catch {
      // Nothing was kept then.
    }
}

export async function forget_all(account: string): Promise<void> {
  await forget((await kept(account)).map((file) => file.key));
}
