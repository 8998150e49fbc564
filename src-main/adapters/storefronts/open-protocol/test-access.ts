import { z } from 'zod'
import { AppError } from '../../../kernel/errors.ts'
import type { AccessCheck, StorefrontDescription } from '../../../ports/storefront.ts'
import { problem, stockAnswer } from '../../../../src-protocol/index.ts'
import { tried } from '../tried.ts'
import { callHost, isTransportSafe, type HostConnection, type HostRequest } from './host-call.ts'

/** A clock further off than this makes times on the order page look wrong. */
const clockToleranceMs = 120_000

/** Tries everything that set-up needs, and says of each what was found; a failed one does not hide the next. */
export async function testAccess(
  connection: HostConnection,
  describe: () => Promise<StorefrontDescription>,
): Promise<readonly AccessCheck[]> {
  const isSafe = isTransportSafe(connection.address)
  const transport: AccessCheck = {
    check: 'transport',
    ok: isSafe,
    details: isSafe ? {} : { what: 'plain-http', host: connection.address.host },
  }
  if (!isSafe) return [transport]
  let clock: AccessCheck | undefined
  const address = await tried('address', async () => {
    const { clockOffsetMs, name, platform } = await describe()
    clock = {
      check: 'clock',
      ok: Math.abs(clockOffsetMs) <= clockToleranceMs,
      details: { clockOffsetMs, host: connection.address.host },
    }
    return { name, platform }
  })
  if (!address.ok) return [transport, address]
  const read = await tried('read', async () => {
    for (const path of ['/orders', '/products', '/erasures']) {
      await probe(connection, { method: 'GET', path, query: { limit: '1' }, schema: page })
    }
    return {}
  })
  const write = await tried('write', async () => {
    // No levels: writes nothing, but needs the right to write.
    await probe(connection, { method: 'PUT', path: '/stock', body: { levels: [] }, schema: stockAnswer })
    // Nothing that could be taken: a right to write is refused before what is wrong with it is said.
    await probe(connection, { method: 'POST', path: '/reports:batch', body: { reports: [] }, schema: z.unknown() })
    await probe(connection, { method: 'PUT', path: '/packaging-rules', body: {}, schema: z.unknown() })
    return {}
  })
  return [transport, address, ...(clock ? [clock] : []), read, write]
}

const page = z.object({ entries: z.array(z.unknown()) })
/** A host's word on the request, not on our right to make it. */
const judged = [400, 404, 405, 422]

async function probe(connection: HostConnection, request: HostRequest<z.ZodType>): Promise<void> {
  const mayBeEmpty = request.path === '/reports:batch' || request.path === '/packaging-rules'
  const alsoAccept = mayBeEmpty ? [...judged, 403] : [403]
  const answer = await callHost(connection, { ...request, alsoAccept })
  if (answer.ok || answer.status !== 403) return
  const told = problem.safeParse(answer.refusal)
  const scope = told.success ? told.data.error.details['scope'] : undefined
  const named = typeof scope === 'string' && /^[\w:.-]{1,60}$/.test(scope) ? { scope } : {}
  const where = { host: connection.address.host, path: request.path, status: 403 }
  throw new AppError('ERR_STOREFRONT_REFUSED', { ...where, what: 'forbidden', ...named })
}
