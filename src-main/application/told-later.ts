import { canSignIn, type Actor } from '../domain/people.ts'
import type { Wave } from '../domain/wave.ts'
import { isoMinute } from '../kernel/time.ts'
import type { Caller, Workshop } from './workshop.ts'

/** What a station says of floor work that it kept for a while, because the shop did not answer. */
export interface ToldLater {
  /** How long ago it was done, by the station's own clock, milliseconds: whether that clock is right does not matter. */
  readonly agoMs?: number | undefined
  /** Who did it, by the id among the staff; whoever tells it, when left out. */
  readonly by?: string | undefined
}

/** So long an answer may take on the floor without anybody calling it late. */
const usualMs = 5_000

/**
 * The workshop and the caller under which work that is told later is saved: its pieces moved when they did, by whom they
 * did. Believed within reason: not before the wave's tours were planned (its papers issued), never in the future, and
 * only of people who work here. The audit log has the moment of telling, and says when it was done (or what was
 * said and not believed) and who told it. Told at once by whoever did it, both are answered as they came.
 */
export async function asItWas(
  workshop: Workshop,
  caller: Caller,
  told: ToldLater & { readonly waveId: string },
): Promise<{ readonly workshop: Workshop; readonly caller: Caller }> {
  const { store, system } = workshop
  const now = system.clock.now()
  const { agoMs = 0, waveId, by } = told
  const isLate = agoMs >= usualMs
  const actor = await pickerOf(workshop, caller, by)
  if (!isLate && actor === caller.actor) return { workshop, caller }
  const { wave, settings } = await store.loadWave(waveId)
  const at = isLate && now - agoMs >= plannedAt(wave) ? now - agoMs : now
  const facts = {
    ...(isLate && { [at < now ? 'doneAt' : 'notBelievedAt']: isoMinute(now - agoMs, settings.shop.zone) }),
    ...(actor !== caller.actor && { toldBy: caller.actor }),
  }
  const saveFloorWork: Workshop['store']['saveFloorWork'] = ({ audit, ...work }) =>
    store.saveFloorWork({ ...work, audit: { ...audit, at: now, facts: { ...audit.facts, ...facts } } })
  return {
    workshop: { ...workshop, store: { ...store, saveFloorWork }, system: { ...system, clock: { now: () => at } } },
    caller: { ...caller, actor },
  }
}

/** When the tours that are walked were made. */
const plannedAt = ({ steps }: Wave): number => steps.find(({ step }) => step === 'plan-pick-tour')?.at ?? Infinity

/** Only at a terminal: elsewhere nobody has picked without the shop. */
async function pickerOf({ store }: Workshop, caller: Caller, by: string | undefined): Promise<Actor> {
  if (by === undefined || caller.terminal === undefined || caller.actor === `staff:${by}`) return caller.actor
  const person = (await store.loadStaff()).find(({ id }) => id === by)
  return person && canSignIn({ ...person, pinLockedAt: undefined }) ? `staff:${person.id}` : caller.actor
}
