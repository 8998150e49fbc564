import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { clientOver, type Client } from '../../contract/client.ts'
import { traceOf } from '../../contract/failure.ts'
import { AppError } from '../../kernel/errors.ts'
import { givenPassphrase } from '../compose-tools.ts'
import { compose, type Composed } from '../compose.ts'
import { defaultDataFolder } from '../data-folder.ts'
import { readDocument } from '../../application/read-document.ts'
import type { Args } from './arguments.ts'
import { directTransport, httpTransport } from './transports.ts'
import { findServer } from '../server-file.ts'

/** What a command works with. Nothing is opened before a command asks for it. */
export interface Context {
  readonly dataFolder: string
  /** A path as the person typed it, counted from where they stand (npm changes the folder before we start). */
  path(typed: string): string
  /** The shop: opened here, or, while another process has it open, through that process. */
  client(): Promise<Client>
  /** Bytes of an issued document. */
  readDocument(id: string): Promise<Uint8Array>
  /** Cancels what runs when the person presses Ctrl C. */
  readonly progress: (line: string) => void
  close(): Promise<void>
}

export async function openContext(args: Args, options: { readonly makesShop: boolean }): Promise<Context> {
  const path = (typed: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), typed)
  const typed = args.text('data')
  const dataFolder = typed === undefined ? defaultDataFolder() : path(typed)
  const progress = (line: string): void => void process.stderr.write(`${line}\n`)
  let shop: Promise<OpenShop> | undefined
  const open = (): Promise<OpenShop> => {
    // A mistyped folder must not become an empty shop that answers 0 to everything.
    if (!options.makesShop && !existsSync(join(dataFolder, 'backroom.sqlite')))
      throw new AppError('ERR_SHOP_NOT_INITIALISED', { data: dataFolder })
    const passphrase = (): Promise<string | undefined> => givenPassphrase(args.text('passphrase-file'), path)
    return (shop ??= openShop({ dataFolder, progress, passphrase }))
  }
  return {
    dataFolder,
    path,
    progress,
    client: async () => (await open()).client,
    readDocument: async (id) => (await open()).readDocument(id),
    // A shop that could not be opened has said so already, to the command that asked for it.
    close: async () => (await shop?.catch(() => undefined))?.close(),
  }
}

interface OpenShop {
  readonly client: Client
  readDocument(id: string): Promise<Uint8Array>
  close(): Promise<void>
}

interface Opening {
  readonly dataFolder: string
  readonly progress: (line: string) => void
  readonly passphrase: () => Promise<string | undefined>
}

async function openShop({ dataFolder, progress, passphrase }: Opening): Promise<OpenShop> {
  const composed = await composeUnlessTaken(dataFolder, await passphrase())
  if (!composed) return throughServer(dataFolder)
  const client = clientOver(directTransport(composed.room, { door: 'cli', actor: `cli:${userInfo().username}` }))
  const unsubscribe = client.subscribe('progress', (event) =>
    progress(`${event.step} ${event.done}${event.total > 0 ? `/${event.total}` : ''}`),
  )
  const cancel = (): void => void client.cancel('job-1')
  process.once('SIGINT', cancel)
  return {
    client,
    readDocument: (id) => readDirectly(composed, id),
    async close() {
      process.off('SIGINT', cancel)
      unsubscribe()
      await composed.close()
    },
  }
}

async function readDirectly({ workshop }: Composed, id: string): Promise<Uint8Array> {
  const actor = `cli:${userInfo().username}` as const
  return (await readDocument(workshop, { actor, terminal: actor, isStation: false }, id)).bytes
}

async function composeUnlessTaken(dataFolder: string, passphrase: string | undefined): Promise<Composed | undefined> {
  try {
    return await compose({ dataFolder, logBug, passphrase })
  } catch (error) {
    if (error instanceof AppError && error.code === 'ERR_STORE_LOCKED' && findServer(dataFolder)) return undefined
    throw error
  }
}

const logBug = (operation: string, error: unknown): void =>
  void process.stderr.write(`${operation}: ${traceOf(error)}\n`)

async function throughServer(dataFolder: string): Promise<OpenShop> {
  const server = findServer(dataFolder)
  if (!server) throw new AppError('ERR_STORE_LOCKED', {})
  return {
    client: clientOver(httpTransport(server)),
    async readDocument(id) {
      const answer = await fetch(`${server.address}/documents/${encodeURIComponent(id)}`, {
        headers: { authorization: `Bearer ${server.cliToken}` },
      })
      if (!answer.ok) throw new AppError('ERR_DOCUMENT_NOT_FOUND', { document: id, status: answer.status })
      return new Uint8Array(await answer.arrayBuffer())
    },
    close: async () => undefined,
  }
}
