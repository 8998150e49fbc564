import { AppError } from '../../kernel/errors.ts'
import type { DeliveryOutcome } from '../../ports/carriers.ts'

/** Answers that say "not now": timeout, too early, too many; every 5xx besides. */
const passingStatuses: ReadonlySet<number> = new Set([408, 425, 429])

/** A receipt is a few hundred characters; more than this is none. */
const maxReceiptLength = 10_000

/**
 * POSTs the ciphertext with an idempotency key and the courier's token. The courier answers 2xx, with a signed
 * receipt as `application/jose` if it gives one. Redirects are not followed: the token is for this address only.
 * Plain HTTP goes to this machine's own loopback and nowhere else.
 */
export async function postToCourier(
  channel: { readonly url: string; readonly token: string },
  file: { readonly fileName: string; readonly content: string; readonly idempotencyKey: string },
  timeoutMs: number,
): Promise<DeliveryOutcome> {
  const problem = addressProblem(channel.url)
  if (problem) return { outcome: 'refused', problem }
  const answer = await post(channel, file, timeoutMs)
  if (answer.status >= 200 && answer.status < 300) return { outcome: 'sent', receipt: answer.receipt }
  if (answer.status >= 500 || passingStatuses.has(answer.status))
    throw new AppError('ERR_COURIER_UNREACHABLE', { channel: 'https', status: answer.status })
  return { outcome: 'refused', problem: answer.status < 400 ? 'redirect' : `status-${answer.status}` }
}

function addressProblem(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return 'address-invalid'
  if (url.username !== '' || url.password !== '') return 'address-with-password'
  return url.protocol === 'http:' && !isLoopback(url.hostname) ? 'plain-http' : undefined
}

/** This machine itself; only there plain HTTP is as good as a pipe. */
const isLoopback = (host: string): boolean =>
  /^127(\.\d{1,3}){3}$/.test(host) || host === '[::1]' || host === 'localhost'

async function post(
  channel: { readonly url: string; readonly token: string },
  file: { readonly fileName: string; readonly content: string; readonly idempotencyKey: string },
  timeoutMs: number,
): Promise<{ status: number; receipt: string | undefined }> {
  try {
    const response = await fetch(channel.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/jose',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
        'idempotency-key': file.idempotencyKey,
        authorization: `Bearer ${channel.token}`,
      },
      body: file.content,
    })
    const text = await shortText(response)
    const isReceipt = response.headers.get('content-type')?.startsWith('application/jose') === true
    return {
      status: response.status,
      receipt: response.ok && isReceipt ? text : undefined,
    }
  } catch (error) {
    throw new AppError('ERR_COURIER_UNREACHABLE', { channel: 'https', reason: reasonOf(error) })
  }
}

/** The body, undefined when it is longer than a receipt can be: the rest of it is not waited for. */
async function shortText(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    // Leaving the loop cancels the body.
    if (text.length > maxReceiptLength) return undefined
  }
  return text + decoder.decode()
}

/** The system's own word for it, such as ECONNREFUSED or TimeoutError; never a message, which repeats the address. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return error instanceof Error ? error.name : 'unknown'
}
