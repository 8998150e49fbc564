import { toJson } from '../kernel/json.ts'
import type { Connection } from '../ports/store/order-store.ts'
import { auditEntry } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'vault' | 'system' | 'storefrontFor'>

/** Connects a storefront: its token is sealed before it is kept. Throws what `describe` throws when nothing answers there. */
export async function connectStorefront(
  deps: Deps,
  caller: Caller,
  input: { readonly id: string; readonly platform: string; readonly url: string; readonly token: string },
): Promise<{ readonly name: string }> {
  const connection: Connection = {
    id: input.id,
    platform: input.platform,
    url: input.url,
    sealedToken: deps.vault.seal(input.id, toJson({ token: input.token })),
    options: {},
  }
  const description = await deps.storefrontFor(connection).describe()
  await deps.store.saveConnection(
    connection,
    auditEntry(deps.system, caller, { action: 'connect-storefront', entity: 'storefront', entityId: input.id }),
  )
  return { name: description.name }
}
