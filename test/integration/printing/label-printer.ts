import { createServer, type Server, type Socket } from 'node:net'

/** What a label printer on a socket does; changed while it runs. */
export interface Mood {
  isPaperOut?: boolean
  /** The paper ends as soon as a label has arrived. */
  runsOut?: boolean
  isHeadOpen?: boolean
  isPaused?: boolean
  isRibbonOut?: boolean
  isBufferFull?: boolean
  /** Takes everything and answers nothing. */
  isSilent?: boolean
  /** Answers something that is no status. */
  babbles?: boolean
  /** Closes the line after so many bytes of a label. */
  closesAfter?: number
  /** Reads so many bytes and then no more. */
  stopsAfter?: number
  dotsPerMm?: number
}

export interface LabelPrinter {
  readonly port: number
  readonly mood: Mood
  /** Formats that came out, whole. */
  readonly printed: readonly string[]
  /** Everything that ever arrived. */
  readonly received: () => string
  /** The most talks that were open at a time. */
  readonly mostTalks: () => number
  close(): Promise<void>
}

const printMs = 60

/** A label printer that listens on a real socket: keeps what arrives in a buffer, prints it in time, answers ~HS. */
export async function startLabelPrinter(mood: Mood = {}): Promise<LabelPrinter> {
  const printed: string[] = []
  const buffer: string[] = []
  let received = ''
  let talks = 0
  let most = 0
  const sockets = new Set<Socket>()
  const canPrint = (): boolean => !mood.isPaperOut && !mood.isHeadOpen && !mood.isPaused && !mood.isRibbonOut
  const timer = setInterval(() => {
    if (!canPrint()) return
    const next = buffer.shift()
    if (next !== undefined) printed.push(next)
  }, printMs)
  const answer = (): string => {
    const flag = (is: boolean | undefined): string => (is ? '1' : '0')
    const formats = String(buffer.length).padStart(3, '0')
    return [
      `\u0002030,${flag(mood.isPaperOut)},${flag(mood.isPaused)},1245,${formats},${flag(mood.isBufferFull)},0,0,000,0,0,0\u0003\r\n`,
      `\u0002000,0,${flag(mood.isHeadOpen)},${flag(mood.isRibbonOut)},1,2,4,0,00000000,1,000\u0003\r\n`,
      '\u00021234,0\u0003\r\n',
    ].join('')
  }

  function listen(socket: Socket): void {
    sockets.add(socket)
    most = Math.max(most, ++talks)
    socket.setEncoding('utf8')
    let unread = ''
    let taken = 0
    socket.on('data', (text: string) => {
      received += text
      unread += text
      const questions = unread.match(/~(HS|HI)\r?\n/g) ?? []
      unread = unread.replaceAll(/~(HS|HI)\r?\n/g, '')
      for (const [format] of unread.matchAll(/\^XA[^]*?\^XZ/g)) {
        buffer.push(format)
        if (mood.runsOut) mood.isPaperOut = true
      }
      taken += unread.length
      unread = unread.replaceAll(/\^XA[^]*?\^XZ/g, '')
      if (mood.closesAfter !== undefined && taken >= mood.closesAfter) return void socket.resetAndDestroy()
      if (mood.stopsAfter !== undefined && taken >= mood.stopsAfter) return void socket.pause()
      for (const question of questions) reply(socket, question)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      talks -= 1
      sockets.delete(socket)
    })
  }

  function reply(socket: Socket, question: string): void {
    if (mood.isSilent) return
    if (mood.babbles) return void socket.write('\u0002hello\u0003\u0002there\u0003\u0002!\u0003')
    // In two pieces: an answer need not come whole.
    const text = question.startsWith('~HI')
      ? `\u0002ZTC ZD421-203dpi ZPL,V93.21.17Z,${mood.dotsPerMm ?? 8},8176KB\u0003`
      : answer()
    socket.write(text.slice(0, 20))
    setTimeout(() => socket.writable && socket.write(text.slice(20)), 5)
  }

  const server: Server = createServer(listen)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    port: address.port,
    mood,
    printed,
    received: () => received,
    mostTalks: () => most,
    async close() {
      clearInterval(timer)
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
