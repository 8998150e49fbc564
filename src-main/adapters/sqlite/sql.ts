import type Database from 'better-sqlite3'
import { AppError } from '../../kernel/errors.ts'

type Value = string | number | boolean | Uint8Array | null | undefined

/** What a statement is given by name; absent and `undefined` become NULL, a boolean 0 or 1. */
export type Values = { readonly [name: string]: Value }

/**
 * The one connection, its prepared statements and its transactions. Every statement of the adapter is
 * scoped by `shop_id = @shop`; `@shop` is bound here, so that no caller can forget the value.
 */
export class Sql {
  readonly #db: Database.Database
  readonly #shop: string
  readonly #statements = new Map<string, Prepared>()

  constructor(db: Database.Database, shop: string) {
    this.#db = db
    this.#shop = shop
  }

  /** Runs a statement that answers no rows; answers how many rows it changed. */
  run(text: string, values: Values = {}): number {
    const { statement, names } = this.#prepared(text)
    return statement.run(this.#bound(names, values)).changes
  }

  /** The first row. `Row` is the shape the statement selects; the tests compare every one with a real table. */
  get<Row>(text: string, values: Values = {}): Row | undefined {
    const { statement, names } = this.#prepared(text)
    return statement.get(this.#bound(names, values)) as Row | undefined // the caller names what it selects
  }

  all<Row>(text: string, values: Values = {}): Row[] {
    const { statement, names } = this.#prepared(text)
    return statement.all(this.#bound(names, values)) as Row[] // the caller names what it selects
  }

  /** Several reads of one moment. */
  async read<Result>(work: () => Result): Promise<Result> {
    return this.#within('begin', work)
  }

  /** Everything in `work` happens, or nothing does. */
  async write<Result>(work: () => Result): Promise<Result> {
    return this.#within('begin immediate', work)
  }

  /** Moves the write-ahead log into the file and empties it. Not inside a transaction. */
  checkpoint(): void {
    const busy = this.#db.pragma('wal_checkpoint(TRUNCATE)', { simple: true })
    if (busy !== 0) throw new AppError('ERR_STORE_LOCKED', { what: 'checkpoint' })
  }

  /** Inside a transaction: references are checked at its end, not at each statement. */
  checkReferencesAtTheEnd(): void {
    this.#db.pragma('defer_foreign_keys = ON')
  }

  /** Writes the file anew without what is free. Not inside a transaction. */
  shrink(): void {
    this.#db.exec('vacuum')
  }

  close(): void {
    this.#statements.clear()
    this.#db.close()
  }

  #within<Result>(begin: string, work: () => Result): Result {
    try {
      this.#db.exec(begin)
      const result = work()
      this.#db.exec('commit')
      return result
    } catch (error) {
      if (this.#db.open && this.#db.inTransaction) this.#db.exec('rollback')
      throw storeError(error, this.#db.name)
    }
  }

  #prepared(text: string): Prepared {
    const known = this.#statements.get(text)
    if (known) return known
    const names = [...text.matchAll(/@(\w+)/g)].flatMap((match) => match[1] ?? [])
    const made = { statement: this.#db.prepare<unknown[]>(text), names: [...new Set(names)] }
    this.#statements.set(text, made)
    return made
  }

  /** Every name the statement asks for; what a record leaves out is absent, which is NULL. */
  #bound(names: readonly string[], values: Values): Bound {
    const bound: Bound = {}
    for (const name of names) {
      const value = name === 'shop' ? this.#shop : values[name]
      bound[name] = typeof value === 'boolean' ? Number(value) : (value ?? null)
    }
    return bound
  }
}

type Bound = { [name: string]: string | number | Uint8Array | null }

interface Prepared {
  readonly statement: Database.Statement<unknown[]>
  readonly names: readonly string[]
}

/** What SQLite says, in our words; the file's own message stays in `cause`. AppErrors pass. */
export function storeError(error: unknown, path: string): unknown {
  const code = sqliteCodeOf(error)
  if (code === undefined) return error
  const details = { path, sqlite: code }
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code)) return new AppError('ERR_STORE_DAMAGED', details, { cause: error })
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new AppError('ERR_STORE_LOCKED', details, { cause: error })
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|PERM)/.test(code)) {
    return new AppError('ERR_DISK', details, { cause: error })
  }
  return new AppError('ERR_INTERNAL', details, { cause: error })
}

function sqliteCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'SqliteError') return undefined
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Ids as one parameter, for `in (select value from json_each(@ids))`. */
export const idList = (ids: readonly string[]): string => JSON.stringify(ids)
