import { currentKey } from '../domain/carrier.ts'
import type { Sealing, Settings } from '../domain/settings.ts'
import { hasFloorBegun, type WaveStage } from '../domain/wave.ts'
import { AppError } from '../kernel/errors.ts'
import { auditEntry } from './audit.ts'
import { issueDocuments } from './issue-documents.ts'
import { issueLabels } from './issue-labels.ts'
import { readBeforeLabels } from './read-before-labels.ts'
import { getWave } from './run-wave.ts'
import { issuedPosition } from './sealing-position.ts'
import { inTurn } from './traffic.ts'
import type { Caller, Workshop } from './workshop.ts'

/** What a wave that is in work holds on to after the setting was changed. */
export interface WaveSealing {
  readonly wave: string
  readonly stage: WaveStage
  /** The position its papers were issued under; it holds for all of them until they are issued again. */
  readonly position: Sealing
  /** False once people on the floor work with its papers: then the position holds to the wave's end. */
  readonly canReissue: boolean
  readonly parcels: number
}

export interface SealingState {
  readonly sealing: Sealing
  /** Couriers for whom nothing can be sealed at present; in every position their manifests wait. */
  readonly withoutKey: readonly string[]
  /** Waves in work under another position than the shop's. */
  readonly otherwise: readonly WaveSealing[]
}

type Deps = Pick<Workshop, 'store' | 'system'>

export async function sealingState(deps: Deps): Promise<SealingState> {
  const { privacy } = await settingsOf(deps)
  const now = deps.system.clock.now()
  const carriers = await deps.store.loadCarriers()
  const otherwise: WaveSealing[] = []
  const { rows } = await deps.store.listWaves({ offset: 0, limit: 500 })
  for (const { wave } of rows) {
    if (wave.stage === 'closed') continue
    const bundle = await deps.store.loadWave(wave.id)
    if (!bundle.wave.steps.some(({ step }) => step === 'issue-documents')) continue
    const position = issuedPosition(bundle)
    if (position === undefined || position === privacy.sealing) continue
    const parcels = bundle.parcels.filter(({ status }) => status !== 'cancelled').length
    otherwise.push({ wave: wave.code, stage: wave.stage, position, canReissue: !hasFloorBegun(wave.stage), parcels })
  }
  return {
    sealing: privacy.sealing,
    withoutKey: carriers.filter((carrier) => !currentKey(carrier, now)).map(({ code }) => code),
    otherwise,
  }
}

/**
 * Changes which of the two documents holds the encrypted recipient. Waves whose papers are out keep what they were issued
 * under. Switching off needs a clear yes: throws ERR_CONFIRMATION_NEEDED without `confirmed`.
 */
export async function changeSealing(
  deps: Deps,
  caller: Caller,
  input: { readonly sealing: Sealing; readonly confirmed: boolean },
): Promise<SealingState> {
  const settings = await settingsOf(deps)
  const { privacy } = settings
  requireConfirmed(privacy.sealing, input)
  if (input.sealing !== privacy.sealing) {
    const facts = { from: privacy.sealing, to: input.sealing, confirmed: input.confirmed ? 'yes' : 'not-needed' }
    await deps.store.saveSettings(
      { ...settings, privacy: { ...privacy, sealing: input.sealing } },
      auditEntry(deps.system, caller, { action: 'change-sealing', entity: 'settings', entityId: 'sealing', facts }),
    )
  }
  return sealingState(deps)
}

/** Without sealing, recipients stand in clear on labels. Throws ERR_CONFIRMATION_NEEDED. */
export function requireConfirmed(
  before: Sealing | undefined,
  wanted: { readonly sealing: Sealing; readonly confirmed: boolean },
): void {
  if (wanted.sealing === 'off' && before !== 'off' && !wanted.confirmed)
    throw new AppError('ERR_CONFIRMATION_NEEDED', { setting: 'privacy.sealing', value: 'off' })
}

/**
 * Issues the papers of a wave again under the position that is set now: selection information, sheets and labels together,
 * so that never two of them and never none hold what they should. Throws ERR_WAVE_STAGE once the floor has begun.
 */
export async function reissueWave(
  deps: Workshop,
  caller: Caller,
  idOrCode: string,
): Promise<{ readonly wave: string }> {
  const wave = await getWave(deps.store, idOrCode)
  const hadLabels = wave.steps.some(({ step }) => step === 'issue-labels')
  const asOf = hadLabels ? await readBeforeLabels(deps, caller, wave.id) : undefined
  await inTurn(caller, async () => {
    await issueDocuments(deps, caller, wave.id)
    if (hadLabels) await issueLabels(deps, caller, wave.id, asOf)
  })
  return { wave: wave.code }
}

async function settingsOf({ store }: Pick<Deps, 'store'>): Promise<Settings> {
  const settings = await store.findSettings()
  if (!settings) throw new AppError('ERR_SHOP_NOT_INITIALISED', {})
  return settings
}
