import { connect } from 'node:net'

/** One open talk with a printer. */
export interface Conversation {
  /** Sends a question and waits until the answer is whole; undefined when it is not within the time. */
  ask(question: string, isWhole: (said: string) => boolean, withinMs: number): Promise<string | undefined>
  /** Sends everything; `too-slow` when the printer takes nothing for so long. */
  write(text: string, idleMs: number): Promise<'done' | 'too-slow' | 'connection-lost'>
  isOpen(): boolean
  /** Says that nothing more comes and waits a moment for the other side to take what is on its way. */
  close(withinMs: number): Promise<void>
}

/** A printer that talks more than this is not listened to. */
const mostHeard = 64 * 1024
/** Small enough that a slow printer is seen to take something now and then. */
const chunkBytes = 4 * 1024

/** Undefined when nobody answers at that address in time. */
export function openConversation(
  address: { readonly host: string; readonly port: number },
  connectMs: number,
): Promise<Conversation | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address)
    let heard = ''
    let isOpen = false
    const listeners = new Set<() => void>()
    const tell = (): void => {
      for (const listener of [...listeners]) listener()
    }
    const timer = setTimeout(() => socket.destroy(), connectMs)
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    socket.on('data', (said: string) => {
      heard = (heard + said).slice(-mostHeard)
      tell()
    })
    // Every error is followed by `close`.
    socket.on('error', () => undefined)
    const end = (): void => {
      clearTimeout(timer)
      isOpen = false
      tell()
      resolve(undefined)
    }
    socket.on('end', end)
    socket.on('close', end)
    /** True once `isSo`, false when the time is over or the talk has ended before. */
    const until = (isSo: () => boolean, withinMs: number): Promise<boolean> =>
      new Promise((settle) => {
        const look = (): void => {
          if (isSo()) finish(true)
          else if (!isOpen) finish(false)
        }
        const finish = (is: boolean): void => {
          clearTimeout(limit)
          listeners.delete(look)
          settle(is)
        }
        const limit = setTimeout(() => finish(isSo()), withinMs)
        listeners.add(look)
        look()
      })

    const conversation: Conversation = {
      async ask(question, isWhole, withinMs) {
        heard = ''
        if (isOpen) socket.write(question, 'latin1')
        return (await until(() => isWhole(heard), withinMs)) ? heard : undefined
      },
      async write(text, idleMs) {
        const bytes = Buffer.from(text, 'utf8')
        for (let at = 0; at < bytes.length; at += chunkBytes) {
          if (!isOpen) return 'connection-lost'
          let isTaken = false
          socket.write(bytes.subarray(at, at + chunkBytes), (error) => {
            isTaken = !error
            tell()
          })
          if (!(await until(() => isTaken, idleMs))) return isOpen ? 'too-slow' : 'connection-lost'
        }
        return 'done'
      },
      isOpen: () => isOpen,
      async close(withinMs) {
        if (isOpen) {
          socket.end()
          await until(() => false, withinMs)
        }
        socket.destroy()
      },
    }
    socket.on('connect', () => {
      clearTimeout(timer)
      isOpen = true
      resolve(conversation)
    })
  })
}
