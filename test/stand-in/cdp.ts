interface Answer {
  readonly id?: number
  readonly sessionId?: string
  readonly method?: string
  readonly params?: { readonly [key: string]: unknown }
  readonly result?: { readonly [key: string]: unknown }
  readonly error?: { readonly message: string }
}

export type Heard = (method: string, params: { readonly [key: string]: unknown }) => void

/** One flat connection to the browser's debugging protocol. */
export class Browser {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, { readonly method: string; readonly settle: (answer: Answer) => void }>()
  readonly #sessions = new Map<string, Heard>()
  #calls = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data)) as Answer))
  }

  static async connect(url: string): Promise<Browser> {
    const socket = new WebSocket(url)
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', () => reject(new Error(`No browser at ${url}`)))
    })
    return new Browser(socket)
  }

  send(method: string, params: object = {}, sessionId?: string): Promise<{ readonly [key: string]: unknown }> {
    const id = ++this.#calls
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        method,
        settle: ({ error, result }) =>
          error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {}),
      })
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }))
    })
  }

  listen(sessionId: string, heard: Heard): void {
    this.#sessions.set(sessionId, heard)
  }

  #receive(answer: Answer): void {
    if (answer.id !== undefined) {
      this.#waiting.get(answer.id)?.settle(answer)
      this.#waiting.delete(answer.id)
    } else if (answer.sessionId !== undefined && answer.method !== undefined) {
      this.#sessions.get(answer.sessionId)?.(answer.method, answer.params ?? {})
    }
  }
}
