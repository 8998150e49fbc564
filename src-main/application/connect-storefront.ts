import { AppError, type ErrorCode } from '../kernel/errors.ts'
import { toJson } from '../kernel/json.ts'
import type { Connection, ConnectionOptions } from '../ports/store/order-store.ts'
import type { AccessProblem, StorefrontPlatform } from '../ports/storefront-probe.ts'
import { auditEntry } from './audit.ts'
import { testStorefront, type StorefrontTest } from './test-storefront.ts'
import { inTurn, talkAlone } from './traffic.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'vault' | 'system' | 'storefrontFor' | 'storefrontProbe'>

export interface ConnectInput {
  readonly id: string
  /** Needed only where the host cannot be asked. */
  readonly platform?: StorefrontPlatform | undefined
  readonly url: string
  /** Absent: the one that is kept for this id. */
  readonly token?: string | undefined
  /** Connects although the test found something that may pass. */
  readonly anyway?: boolean | undefined
  readonly options?: ConnectionOptions | undefined
}

/**
 * Connects a storefront once its test has passed; its token is sealed before it is kept. The same id again changes
 * address, token or options and keeps where its feeds were read to, unless it is another shop: that is read from the
 * beginning. Throws ERR_STOREFRONT_UNREACHABLE, _REFUSED or _ANSWER, ERR_INPUT_INVALID for an address or key that can be
 * none, each with `problem`, one of AccessProblem, and `step`.
 */
export async function connectStorefront(
  deps: Deps,
  caller: Caller,
  input: ConnectInput,
): Promise<{ readonly name: string; readonly platform: StorefrontPlatform; readonly url: string }> {
  const kept = (await deps.store.loadConnections()).find(({ id }) => id === input.id)
  const token = input.token ?? (kept && tokenOf(deps, kept))
  if (token === undefined || token === '')
    throw new AppError('ERR_INPUT_INVALID', { path: 'token', expected: 'a token' })
  const tested = await testStorefront(deps, { url: input.url, platform: input.platform, token })
  const { platform } = tested
  if (!tested.ok && !(input.anyway === true && tested.mayConnectAnyway)) throw refusalOf(tested)
  if (platform === null) throw refusalOf(tested)
  const found = { platform, url: tested.url, token }
  // A round with this storefront may be under way: it ends first, so that it cannot write what it knew before.
  await talkAlone(caller, input.id, () => inTurn(caller, () => keep(deps, caller, { input, found })))
  caller.traffic?.told.delete(input.id)
  return { name: tested.name ?? hostOf(tested.url), platform, url: tested.url }
}

async function keep(
  deps: Deps,
  caller: Caller,
  given: {
    readonly input: ConnectInput
    readonly found: { readonly platform: StorefrontPlatform; readonly url: string; readonly token: string }
  },
): Promise<void> {
  const { input, found } = given
  const { platform, url, token } = found
  const before = (await deps.store.loadConnections()).find(({ id }) => id === input.id)
  const isSameShop = before !== undefined && before.platform === platform && hostOf(before.url) === hostOf(url)
  const { state: _state, ...options } = before?.options ?? {}
  const connection: Connection = {
    ...(isSameShop && before),
    id: input.id,
    platform,
    url,
    sealedToken: deps.vault.seal(input.id, toJson({ token })),
    options: { ...(isSameShop && options), ...input.options },
  }
  await deps.store.saveConnection(
    connection,
    auditEntry(deps.system, caller, { action: 'connect-storefront', entity: 'storefront', entityId: input.id }),
  )
}

/** Stops the traffic with a storefront and takes it up again: cursors, orders and waiting reports stay. */
export async function setStorefrontState(
  deps: Deps,
  caller: Caller,
  input: { readonly id: string; readonly state: 'paused' | undefined },
): Promise<void> {
  const connection = await getConnection(deps, input.id)
  if (connection.options.state === 'disconnected')
    throw new AppError('ERR_INPUT_INVALID', { path: 'id', expected: 'a storefront that is connected' })
  const { state: _state, ...options } = connection.options
  const action = input.state === 'paused' ? 'pause-storefront' : 'resume-storefront'
  await deps.store.saveConnection(
    { ...connection, options: { ...options, ...(input.state && { state: input.state }) } },
    auditEntry(deps.system, caller, { action, entity: 'storefront', entityId: input.id }),
  )
}

/**
 * Ends a connection: its token is destroyed here. Orders, parcels and papers stay, for they happened; reports that
 * were not sent stay waiting and go out if the same shop is connected again.
 */
export async function disconnectStorefront(deps: Deps, caller: Caller, id: string): Promise<void> {
  const connection = await getConnection(deps, id)
  await deps.store.saveConnection(
    {
      ...connection,
      sealedToken: deps.vault.seal(id, toJson({ token: '' })),
      options: { ...connection.options, state: 'disconnected' },
    },
    auditEntry(deps.system, caller, { action: 'disconnect-storefront', entity: 'storefront', entityId: id }),
  )
}

/** What the customer is told, where the platform leaves that to us. */
export async function setStorefrontOptions(
  deps: Deps,
  caller: Caller,
  input: { readonly id: string; readonly options: ConnectionOptions },
): Promise<void> {
  const connection = await getConnection(deps, input.id)
  const { state } = connection.options
  await deps.store.saveConnection(
    { ...connection, options: { ...connection.options, ...input.options, ...(state && { state }) } },
    auditEntry(deps.system, caller, { action: 'set-storefront-options', entity: 'storefront', entityId: input.id }),
  )
}

async function getConnection({ store }: Pick<Deps, 'store'>, id: string): Promise<Connection> {
  const connection = (await store.loadConnections()).find((candidate) => candidate.id === id)
  if (!connection) throw new AppError('ERR_STOREFRONT_NOT_FOUND', { connection: id })
  return connection
}

function tokenOf(deps: Deps, connection: Connection): string | undefined {
  // What the vault opens is what was sealed above.
  const { token } = deps.vault.open(connection.id, connection.sealedToken) as { token?: string }
  return token === '' ? undefined : token
}

const hostOf = (url: string): string => /^https?:\/\/([^/]+)/i.exec(url)?.[1]?.toLowerCase() ?? url

/** The first step that failed, as a failure every door has words for. */
function refusalOf({ steps, url, suggestion, mayConnectAnyway }: StorefrontTest): AppError {
  const step = steps.find(({ state }) => state === 'failed')
  const problem = step?.problem ?? 'not-a-shop'
  return new AppError(codeOf(problem), {
    ...step?.facts,
    url,
    step: step?.check ?? 'platform',
    problem,
    what: problem,
    ...(suggestion !== null && { suggestion }),
    ...(mayConnectAnyway && { anyway: true }),
  })
}

function codeOf(problem: AccessProblem): ErrorCode {
  if (/^(address-|scheme-)/.test(problem) || problem === 'key-form') return 'ERR_INPUT_INVALID'
  if (problem.startsWith('key-') || problem === 'plain-http' || problem === 'redirected' || problem === 'firewall') {
    return 'ERR_STOREFRONT_REFUSED'
  }
  const isSilence = ['host-unknown', 'no-connection', 'too-slow', 'too-many-requests', 'unavailable'].includes(problem)
  return isSilence || problem.startsWith('certificate-') || problem === 'no-https-there'
    ? 'ERR_STOREFRONT_UNREACHABLE'
    : 'ERR_STOREFRONT_ANSWER'
}
