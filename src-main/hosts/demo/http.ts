import { AppError } from '../../kernel/errors.ts'

/** One person's way of talking to a server: JSON both ways, cookies kept, a token where there is one. */
export interface Caller {
  get<Answer>(path: string): Promise<Answer>
  send<Answer>(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    headers?: { readonly [name: string]: string },
  ): Promise<Answer>
}

/** A refusal by the server, with what it said. */
export class Refused extends AppError {
  readonly status: number
  readonly body: string

  constructor(path: string, status: number, body: string) {
    super('ERR_INTERNAL', { doing: path, status, said: body.slice(0, 500) })
    this.status = status
    this.body = body
  }
}

export function callerOf(address: string, token?: string): Caller {
  const cookies = new Map<string, string>()
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(address + path, {
      ...init,
      headers: {
        accept: 'application/json',
        ...(cookie && { cookie }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        // Callers below hand in plain objects only.
        ...(init.headers as { readonly [name: string]: string } | undefined),
      },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    return answer
  }
  const read = async <Answer>(path: string, answer: Response): Promise<Answer> => {
    const text = await answer.text()
    if (!answer.ok) throw new Refused(path, answer.status, text)
    // Each caller names the shape it was promised by the interface's description.
    return (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text) as Answer
  }
  return {
    get: async (path) => read(path, await ask(path, {})),
    // eslint-disable-next-line max-params -- method, path, body, headers: a request
    send: async (method, path, body, headers = {}) =>
      read(
        path,
        await ask(path, {
          method,
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', ...headers },
        }),
      ),
  }
}
