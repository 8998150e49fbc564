import { AppError } from '../kernel/errors.ts'
import { canonicalJson, toJson } from '../kernel/json.ts'
import { hasFloorBegun, waveSteps, type StepResult, type WaveStep } from '../domain/wave.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import type { Workshop } from './workshop.ts'

/**
 * The fingerprint of what a step reads. The step before is part of it, so that a change anywhere up the line makes
 * everything below it stale.
 */
export function fingerprintOf(
  deps: Pick<Workshop, 'system'>,
  bundle: WaveBundle,
  read: { readonly step: WaveStep; readonly content: object },
): string {
  const before = waveSteps[waveSteps.indexOf(read.step) - 1]
  const upstream = bundle.wave.steps.find((result) => result.step === before)?.fingerprint ?? ''
  return deps.system.hasher.sha256(`${read.step}\n${upstream}\n${canonicalJson(toJson(read.content))}`)
}

/** True when the step has run on exactly this and there is nothing to do. */
export const isDone = (bundle: WaveBundle, step: WaveStep, fingerprint: string): boolean =>
  bundle.wave.steps.some((result) => result.step === step && result.fingerprint === fingerprint)

export function stepResult(
  deps: Pick<Workshop, 'system'>,
  result: { readonly step: WaveStep; readonly fingerprint: string; readonly startedAt: number },
): StepResult {
  const at = deps.system.clock.now()
  return { step: result.step, fingerprint: result.fingerprint, at, ms: at - result.startedAt }
}

/** The step that must have run before. Throws ERR_WAVE_STAGE naming it. */
export function requireStep(bundle: WaveBundle, step: WaveStep): void {
  if (!bundle.wave.steps.some((result) => result.step === step)) {
    throw new AppError('ERR_WAVE_STAGE', { wave: bundle.wave.code, stage: bundle.wave.stage, missingStep: step })
  }
}

/** A closed wave has left the shop. Throws ERR_WAVE_STAGE. */
export function requireNotClosed(bundle: WaveBundle): void {
  if (bundle.wave.stage === 'closed')
    throw new AppError('ERR_WAVE_STAGE', { wave: bundle.wave.code, stage: bundle.wave.stage, needed: 'packed' })
}

/** Planning again would change what people on the floor already hold in their hands. Throws ERR_WAVE_STAGE. */
export function requireNotStarted(bundle: WaveBundle): void {
  if (hasFloorBegun(bundle.wave.stage)) {
    throw new AppError('ERR_WAVE_STAGE', { wave: bundle.wave.code, stage: bundle.wave.stage, needed: 'planned' })
  }
}
