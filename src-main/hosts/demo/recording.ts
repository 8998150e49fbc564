import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { AppError } from '../../kernel/errors.ts'

/** What one program was started with and what it prints, for whoever wants to read it afterwards. */
export interface HeardProgram {
  stdout(text: string): void
  stderr(text: string): void
}

/** Keeps what goes over the wire and what programs print (`--record DIR`); without a folder it keeps nothing. */
export interface Recording {
  /**
   * An address that hands everything on to `address`, byte by byte, and keeps what the terminal of that name received and
   * what it sent, a file each per connection. `terminal` says which end of the connection is the terminal.
   */
  through(name: string, address: string, terminal: 'client' | 'server'): Promise<string>
  program(name: string, args: readonly string[]): HeardProgram
  stop(): Promise<void>
}

const silent: HeardProgram = { stdout: () => undefined, stderr: () => undefined }
const nothing: Recording = {
  through: async (_, address) => address,
  program: () => silent,
  stop: async () => undefined,
}

/** `DIR/wire` and `DIR/programs`. Throws ERR_INPUT_INVALID when something lies in the folder already. */
export function openRecording(folder: string | undefined): Recording {
  if (folder === undefined) return nothing
  for (const part of ['wire', 'programs']) mkdirSync(join(folder, part), { recursive: true })
  if (readdirSync(join(folder, 'wire')).length > 0)
    throw new AppError('ERR_INPUT_INVALID', { path: `--record ${folder}`, expected: 'a new or empty folder' })
  const closing: (() => void)[] = []
  let programs = 0
  return {
    async through(name, address, terminal) {
      const { port, close } = await listen(address, (connection) => {
        const file = (direction: string): string => join(folder, 'wire', `${name}-${connection}.${direction}`)
        const [fromClient, fromServer] = terminal === 'client' ? (['sent', 'received'] as const) : (['received', 'sent'] as const) // prettier-ignore
        return { fromClient: file(fromClient), fromServer: file(fromServer) }
      })
      closing.push(close)
      const url = new URL(address)
      url.port = String(port)
      return url.origin
    },
    program(name, args) {
      const stem = join(
        folder,
        'programs',
        `${String(++programs).padStart(3, '0')}-${name.replaceAll(/[^\w-]+/g, '-')}`,
      )
      writeFileSync(`${stem}.arguments`, args.join('\n'))
      return {
        stdout: (text) => appendFileSync(`${stem}.stdout`, text),
        stderr: (text) => appendFileSync(`${stem}.stderr`, text),
      }
    },
    async stop() {
      for (const close of closing) close()
    },
  }
}

interface Files {
  readonly fromClient: string
  readonly fromServer: string
}

/** Plain TCP: what stands in the bytes is none of its business. */
function listen(address: string, filesOf: (connection: number) => Files): Promise<{ port: number; close(): void }> {
  const { hostname, port } = new URL(address)
  const open = new Set<Socket>()
  let connections = 0
  const server = createServer((client) => {
    const files = filesOf(++connections)
    const upstream = connect(Number(port), hostname)
    for (const [from, to, file] of [
      [client, upstream, files.fromClient],
      [upstream, client, files.fromServer],
    ] as const) {
      open.add(from)
      from.on('data', (bytes) => appendFileSync(file, bytes))
      // What one end did to the connection the other end shall see.
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.end()
      })
      from.pipe(to)
    }
  })
  const close = (): void => {
    server.close()
    for (const socket of open) socket.destroy()
  }
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port: own } = server.address() as AddressInfo // a server on a port has one
      resolve({ port: own, close })
    })
  })
}
