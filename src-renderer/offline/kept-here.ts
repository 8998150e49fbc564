import type { Confirmation, PickList } from './waiting.ts'

/** What the shop refused after a while offline, until the picker has seen to it. */
export interface Refused {
  readonly id: string
  readonly confirmation: Confirmation
  readonly code: string
}

/** What this station keeps on its disk between two answers of the shop. */
export interface KeptHere {
  /** In the order in which they were confirmed. */
  waiting(): Promise<readonly Confirmation[]>
  add(confirmation: Confirmation): Promise<void>
  remove(id: string): Promise<void>
  refused(): Promise<readonly Refused[]>
  /** Moves it from what waits to what was refused. */
  refuse(refused: Refused): Promise<void>
  settle(id: string): Promise<void>
  lists(): Promise<readonly PickList[]>
  findList(wave: string): Promise<PickList | undefined>
  /** Without anything about people: see `withoutPeople`. Older lists than the last few are dropped. */
  keepList(list: PickList): Promise<void>
}

const databaseName = 'backroom-floor'
/** A station works on one wave at a time; the others are for the picker who helps next door. */
const mostLists = 5

interface KeptList {
  readonly wave: string
  readonly at: number
  readonly list: PickList
}

/** In the browser's database; in memory where the browser gives none (private windows): then a reload forgets. */
export async function openKept(now: () => number): Promise<KeptHere> {
  const database = await openDatabase().catch(() => undefined)
  const tables = database ? storedTables(database) : memoryTables()
  return {
    waiting: async () => (await tables.all<Confirmation>('waiting')).toSorted((a, b) => a.at - b.at),
    add: (confirmation) => tables.put('waiting', confirmation),
    remove: (id) => tables.delete('waiting', id),
    refused: () => tables.all<Refused>('refused'),
    async refuse(refused) {
      await tables.put('refused', refused)
      await tables.delete('waiting', refused.id)
    },
    settle: (id) => tables.delete('refused', id),
    lists: async () => (await newestFirst(tables)).map(({ list }) => list),
    findList: async (wave) => (await tables.all<KeptList>('lists')).find((kept) => kept.wave === wave)?.list,
    async keepList(list) {
      await tables.put('lists', { wave: list.selection.wave, at: now(), list })
      for (const { wave } of (await newestFirst(tables)).slice(mostLists)) await tables.delete('lists', wave)
    },
  }
}

const newestFirst = async (tables: Tables): Promise<readonly KeptList[]> =>
  (await tables.all<KeptList>('lists')).toSorted((a, b) => b.at - a.at)

type Table = 'waiting' | 'refused' | 'lists'
const keyPaths: Readonly<Record<Table, string>> = { waiting: 'id', refused: 'id', lists: 'wave' }

interface Tables {
  /** Each table has rows of one kind, named by whoever asks. */
  all<Row>(table: Table): Promise<readonly Row[]>
  put(table: Table, row: object): Promise<void>
  delete(table: Table, key: string): Promise<void>
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1)
    request.onupgradeneeded = () => {
      for (const [table, keyPath] of Object.entries(keyPaths)) request.result.createObjectStore(table, { keyPath })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'))
  })
}

const storedTables = (database: IDBDatabase): Tables => ({
  all: <Row>(table: Table) =>
    new Promise<readonly Row[]>((resolve, reject) => {
      const request = database.transaction(table).objectStore(table).getAll()
      // Only rows of this kind are put into this table.
      request.onsuccess = () => resolve(request.result as Row[])
      request.onerror = () => reject(request.error ?? new Error(table))
    }),
  put: (table, row) => written(database, table, (store) => store.put(row)),
  delete: (table, key) => written(database, table, (store) => store.delete(key)),
})

/** Resolves when it lies on the disk, not before. */
const written = (database: IDBDatabase, table: Table, work: (store: IDBObjectStore) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const transaction = database.transaction(table, 'readwrite', { durability: 'strict' })
    work(transaction.objectStore(table))
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(transaction.error ?? new Error(table))
    transaction.onabort = () => reject(transaction.error ?? new Error(table))
  })

function memoryTables(): Tables {
  const tables = { waiting: new Map<string, object>(), refused: new Map<string, object>(), lists: new Map<string, object>() } // prettier-ignore
  return {
    // Only rows of this kind are put into this table.
    all: async <Row>(table: Table) => [...tables[table].values()] as Row[],
    put: async (table, row) => void tables[table].set(String(Object.entries(row).find(([name]) => name === keyPaths[table])?.[1]), row), // prettier-ignore
    delete: async (table, key) => void tables[table].delete(key),
  }
}
