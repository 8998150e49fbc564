import type { Run } from '../core/run.ts'

/** What the browser keeps: keys under their passphrase, trusted shops, and what happened to which parcel number. */
export interface Memory {
  /** False where the browser gives no storage: then keys and runs last until the page is closed. */
  readonly isLasting: boolean
  sealedKeys(): string | undefined
  keepSealedKeys(sealed: string): void
  trustedShops(): Readonly<Record<string, string>>
  trustShop(kid: string, name: string): void
  run(manifest: string): Run | undefined
  keepRun(run: Run): void
  forgetAll(): void
}

const prefix = 'backroom-opener:'

export function openMemory(): Memory {
  const { storage, isLasting } = findStorage()
  const read = (name: string): string | undefined => storage.getItem(prefix + name) ?? undefined
  const readJson = (name: string): unknown => {
    try {
      return JSON.parse(read(name) ?? 'null')
    } catch {
      return null
    }
  }
  const trustedShops = (): Record<string, string> => (readJson('shops') ?? {}) as Record<string, string> // written below only
  return {
    isLasting,
    sealedKeys: () => read('keys'),
    keepSealedKeys: (sealed) => storage.setItem(prefix + 'keys', sealed),
    trustedShops,
    trustShop: (kid, name) => storage.setItem(prefix + 'shops', JSON.stringify({ ...trustedShops(), [kid]: name })),
    run: (manifest) => (readJson(`run:${manifest}`) ?? undefined) as Run | undefined, // written below only
    keepRun: (run) => storage.setItem(`${prefix}run:${run.manifest}`, JSON.stringify(run)),
    forgetAll() {
      const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
      for (const name of names.filter((known) => known.startsWith(prefix))) storage.removeItem(name)
    },
  }
}

/** Some browsers give a page that was opened as a file no storage, and say so only by throwing. */
function findStorage(): {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>
  isLasting: boolean
} {
  try {
    localStorage.setItem(prefix + 'probe', '1')
    localStorage.removeItem(prefix + 'probe')
    return { storage: localStorage, isLasting: true }
  } catch {
    const kept = new Map<string, string>()
    return {
      isLasting: false,
      storage: {
        getItem: (name) => kept.get(name) ?? null,
        setItem: (name, value) => void kept.set(name, value),
        removeItem: (name) => void kept.delete(name),
        key: (index) => [...kept.keys()][index] ?? null,
        get length() {
          return kept.size
        },
      },
    }
  }
}
