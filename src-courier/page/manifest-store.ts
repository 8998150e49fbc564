/** A manifest as it came, with nothing opened: its number, when, and the sealed text. */
export interface KeptManifest {
  readonly id: string
  readonly number: string
  readonly receivedAt: number
  readonly sealed: string
}

/** Sealed manifests of the day, so that a telephone that dropped the page in between need not ask for the file again. */
export interface ManifestStore {
  list(): Promise<readonly KeptManifest[]>
  keep(manifest: KeptManifest): Promise<void>
  forget(id: string): Promise<void>
  forgetAll(): Promise<void>
}

const databaseName = 'backroom-opener'
const table = 'manifests'

/** In the browser's database where it gives one to this page, else in memory until the page is closed. */
export async function openManifestStore(): Promise<ManifestStore> {
  try {
    return overDatabase(await openDatabase())
  } catch {
    return inMemory()
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    // Some browsers have no such thing for a page opened as a file, others throw at the door.
    const request = indexedDB.open(databaseName, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: 'id' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('no database'))
    request.onblocked = () => reject(new Error('blocked'))
  })
}

function overDatabase(database: IDBDatabase): ManifestStore {
  const run = <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(table, mode)
      const request = work(transaction.objectStore(table))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error ?? new Error('not kept'))
    })
  return {
    list: async () => (await run('readonly', (store) => store.getAll())) as KeptManifest[], // written below only
    keep: async (manifest) => void (await run('readwrite', (store) => store.put(manifest))),
    forget: async (id) => void (await run('readwrite', (store) => store.delete(id))),
    forgetAll: async () => void (await run('readwrite', (store) => store.clear())),
  }
}

function inMemory(): ManifestStore {
  const kept = new Map<string, KeptManifest>()
  return {
    list: async () => [...kept.values()],
    keep: async (manifest) => void kept.set(manifest.id, manifest),
    forget: async (id) => void kept.delete(id),
    forgetAll: async () => kept.clear(),
  }
}
