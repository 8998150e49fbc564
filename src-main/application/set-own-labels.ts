import { AppError } from '../kernel/errors.ts'
import type { OwnLabels } from '../domain/carrier.ts'
import { auditEntry } from './audit.ts'
import { getCarrier } from './import-carriers.ts'
import type { Caller, Workshop } from './workshop.ts'

/**
 * Says that a carrier sticks their own label beside ours, and how one asks for it; undefined = no more. Throws
 * ERR_UPLOAD_PROFILE_UNKNOWN, ERR_INPUT_INVALID naming a value that the profile does not take.
 */
export async function setOwnLabels(
  deps: Pick<Workshop, 'store' | 'system' | 'carrierLabels'>,
  caller: Caller,
  input: { readonly carrier: string; readonly ownLabels: OwnLabels | undefined },
): Promise<void> {
  const carrier = await getCarrier(deps.store, input.carrier)
  const { ownLabels } = input
  if (ownLabels) await check(deps, ownLabels)
  await deps.store.saveCarrier(
    { ...carrier, ownLabels },
    auditEntry(deps.system, caller, {
      action: 'set-own-labels',
      entity: 'carrier',
      entityId: carrier.code,
      facts: ownLabels
        ? {
            profile: ownLabels.profile,
            plain: ownLabels.needsPlainUpload ? 'yes' : 'no',
            stations: ownLabels.shownAtStations ? 'yes' : 'no',
          }
        : { profile: 'none' },
    }),
  )
}

async function check({ carrierLabels }: Pick<Workshop, 'carrierLabels'>, ownLabels: OwnLabels): Promise<void> {
  const profiles = await carrierLabels.profiles()
  const profile = profiles.find(({ name }) => name === ownLabels.profile)
  if (!profile)
    throw new AppError('ERR_UPLOAD_PROFILE_UNKNOWN', {
      profile: ownLabels.profile,
      known: profiles.map(({ name }) => name),
    })
  for (const [name, value] of Object.entries(ownLabels.values)) {
    const asked = profile.ask.find((one) => one.name === name)
    if (!asked || (asked.pattern !== undefined && !new RegExp(asked.pattern).test(value)))
      throw new AppError('ERR_INPUT_INVALID', {
        path: `values.${name}`,
        expected: asked?.label ?? 'nothing of this name',
      })
  }
}
