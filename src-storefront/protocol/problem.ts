import { Refusal } from '../refusal.ts'

/** What went wrong as the caller may know it; an error of our own says no more than that there was one. */
export function refusalOf(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal(500, 'internal')
}

/** Every no as JSON: `{ error: { code, details } }`. */
export function problemAnswer(error: unknown): Response {
  const refusal = refusalOf(error)
  if (refusal.code === 'internal') logFailure(error)
  return answerOf(refusal, 'application/json', {})
}

/** The same for the back office: with the members of RFC 9457, which any program can show without knowing ours. */
export function protocolProblem(error: unknown): Response {
  const refusal = refusalOf(error)
  if (refusal.code === 'internal') logFailure(error)
  const { code, status } = refusal
  return answerOf(refusal, 'application/problem+json', {
    type: `tag:backroom,2026:${code}`,
    title: titleOf(code),
    status,
  })
}

const titleOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ')

function answerOf(refusal: Refusal, type: string, members: object): Response {
  const headers: Record<string, string> = { 'Content-Type': type, 'Cache-Control': 'no-store' }
  if (refusal.retryAfterSeconds !== undefined) headers['Retry-After'] = String(refusal.retryAfterSeconds)
  if (refusal.status === 401) headers['WWW-Authenticate'] = 'Bearer'
  // The rest of the body is never read: nothing else can follow on this connection.
  if (refusal.status === 413) headers['Connection'] = 'close'
  const body = JSON.stringify({ ...members, error: { code: refusal.code, details: refusal.details } })
  return new Response(body, { status: refusal.status, headers })
}

/** Class and place only: a message may quote what a customer typed. */
export function logFailure(error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error
  const place = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : []
  process.stderr.write(`storefront: unexpected ${name}\n${place.slice(0, 5).join('\n')}\n`)
}
