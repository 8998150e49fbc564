import { z } from 'zod'
import { AppError } from '../../../kernel/errors.ts'
import type { AccessCheck, StorefrontDescription } from '../../../ports/storefront.ts'
import { stockAnswer } from '../../../../src-protocol/index.ts'
import { askHost, isTransportSafe, type HostConnection } from './host-call.ts'

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
    clock = { check: 'clock', ok: Math.abs(clockOffsetMs) <= clockToleranceMs, details: { clockOffsetMs } }
    return { name, platform }
  })
  if (!address.ok) return [transport, address]
  const read = await tried('read', async () => {
    const schema = z.object({ entries: z.array(z.unknown()) })
    await askHost(connection, { method: 'GET', path: '/orders', query: { limit: '1' }, schema })
    return {}
  })
  const write = await tried('write', async () => {
    // No levels: writes nothing, but needs the right to write.
    await askHost(connection, { method: 'PUT', path: '/stock', body: { levels: [] }, schema: stockAnswer })
    return {}
  })
  return [transport, address, ...(clock ? [clock] : []), read, write]
}

async function tried(
  check: AccessCheck['check'],
  attempt: () => Promise<AccessCheck['details']>,
): Promise<AccessCheck> {
  try {
    return { check, ok: true, details: await attempt() }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { check, ok: false, details: { code: error.code, ...error.details } }
  }
}
