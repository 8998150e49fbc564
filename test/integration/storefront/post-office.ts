import type { Socket } from 'node:net'
import { readFileSync } from 'node:fs'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { fixture } from './running-storefront.ts'
import { readMail, type ReadMail } from './read-mail.ts'

/** What the next mail meets: each fault is met once, by one mail. */
export type Fault = 'refuse' | 'greylist' | 'drop-after-data' | 'slow'

export interface PostOffice {
  readonly port: number
  readonly mails: readonly ReadMail[]
  readonly faults: Fault[]
  /** Resolves once so many mails have come. */
  received(count: number): Promise<readonly ReadMail[]>
  stop(): Promise<void>
}

export const user = { name: 'shop', password: 'pass-word of the shop' }

/** A real SMTP server on this machine, on a port of its own: plain, or with STARTTLS and a password. */
export async function openPostOffice(options: { isGuarded?: boolean; slowMs?: number } = {}): Promise<PostOffice> {
  const mails: ReadMail[] = []
  const faults: Fault[] = []
  const waiting: { count: number; done: () => void }[] = []
  const sockets = new Set<Socket>()
  const take = (fault: Fault): boolean => {
    if (faults[0] !== fault) return false
    faults.shift()
    return true
  }
  const answer = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code })
  const server = new SMTPServer({
    ...(options.isGuarded === true ? guarded : { authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'] }),
    onRcptTo(_address, _session, done) {
      if (take('refuse')) return done(answer(550, 'no such user here'))
      if (take('greylist')) return done(answer(451, 'come back later'))
      done()
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        mails.push(readMail(Buffer.concat(parts), { to, isSecure: session.secure }))
        for (const { count, done: tell } of waiting) if (mails.length >= count) tell()
        if (take('drop-after-data')) for (const socket of sockets) socket.destroy()
        else if (take('slow')) setTimeout(done, options.slowMs ?? 300)
        else done()
      })
    },
  })
  // Clients that are killed, and connections that are dropped on purpose.
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    mails,
    faults,
    received: (count) =>
      new Promise((resolve) => {
        const done = (): void => resolve(mails.slice())
        if (mails.length >= count) done()
        else waiting.push({ count, done })
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve)
        for (const socket of sockets) socket.destroy()
      }),
  }
}

const guarded: SMTPServerOptions = {
  key: readFileSync(fixture('smtp-localhost.key')),
  cert: readFileSync(fixture('smtp-localhost.crt')),
  authMethods: ['PLAIN', 'LOGIN'],
  onAuth({ username, password }, { secure }, done) {
    if (secure && username === user.name && password === user.password) return done(null, { user: username })
    done(new Error('wrong'))
  },
}
