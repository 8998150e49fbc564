import { noTries, type Tries } from '../core/tries.ts'
import type { Run } from '../core/run.ts'

/** What is known of one manifest between two visits. Numbers, statuses, times and ciphertext; nothing personal. */
export interface KeptRun {
  readonly run: Run
  /** Parcel numbers scanned into the van. */
  readonly loaded: readonly string[]
  /** Sealed notes by stop. */
  readonly notes: Readonly<Record<string, string>>
  /** The signed receipt, once it was made: the same file is acknowledged once. */
  readonly receipt?: string | undefined
}

/** What the browser keeps: keys under their passphrase, trusted shops, and what happened to which parcel number. */
export interface Memory {
  /** False where the browser gives no storage: then keys and runs last until the page is closed. */
  readonly isLasting: boolean
  sealedKeys(): string | undefined
  keepSealedKeys(sealed: string): void
  tries(): Tries
  keepTries(tries: Tries): void
  language(): string | undefined
  keepLanguage(language: string): void
  /** Names of shops by the thumbprint of their key; '' where only the key is known so far. */
  trustedShops(): Readonly<Record<string, string>>
  trustShop(kid: string, name: string): void
  distrustShop(kid: string): void
  run(id: string): KeptRun | undefined
  keepRun(id: string, kept: KeptRun): void
  forgetRun(id: string): void
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
  const write = (name: string, value: string): void => storage.setItem(prefix + name, value)
  // All of these are written below and nowhere else.
  const trustedShops = (): Record<string, string> => (readJson('shops') ?? {}) as Record<string, string>
  return {
    isLasting,
    sealedKeys: () => read('keys'),
    keepSealedKeys: (sealed) => write('keys', sealed),
    tries: () => (readJson('tries') ?? noTries) as Tries,
    keepTries: (tries) => write('tries', JSON.stringify(tries)),
    language: () => read('language'),
    keepLanguage: (language) => write('language', language),
    trustedShops,
    trustShop: (kid, name) => write('shops', JSON.stringify({ ...trustedShops(), [kid]: name })),
    distrustShop(kid) {
      const { [kid]: _gone, ...others } = trustedShops()
      write('shops', JSON.stringify(others))
    },
    run: (id) => (readJson(`run:${id}`) ?? undefined) as KeptRun | undefined,
    keepRun: (id, kept) => write(`run:${id}`, JSON.stringify(kept)),
    forgetRun: (id) => storage.removeItem(`${prefix}run:${id}`),
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
