import { confirmOnce, type Confirmation } from '../../application/confirm-once.ts'
import { checkPack, confirmPack, findPackedParcel } from '../../application/confirm-pack.ts'
import { confirmPick, findPickedStop } from '../../application/confirm-pick.ts'
import { reportShortPick } from '../../application/report-short-pick.ts'
import { issueDocuments } from '../../application/issue-documents.ts'
import { issueLabels } from '../../application/issue-labels.ts'
import { planNewWave } from '../../application/plan-new-wave.ts'
import { readBeforeLabels } from '../../application/read-before-labels.ts'
import { asItWas } from '../../application/told-later.ts'
import { inTurn } from '../../application/traffic.ts'
import { getWave, planWave, runWave } from '../../application/run-wave.ts'
import type { Workshop } from '../../application/workshop.ts'
import type { waveOperations } from '../../contract/operations/waves.ts'
import type { SelectionInformation } from '../../domain/selection.ts'
import { AppError } from '../../kernel/errors.ts'
import type { WaveBundle } from '../../ports/store/wave-store.ts'
import type { Handlers } from '../handlers.ts'
import { documentView, waveView } from './views.ts'

type WaveHandlers = Pick<Handlers, keyof typeof waveOperations>

export function waveHandlers(workshop: Workshop): WaveHandlers {
  return { ...planHandlers(workshop), ...floorHandlers(workshop) }
}

type PlanHandlers = Pick<
  Handlers,
  | 'waves.list'
  | 'waves.get'
  | 'waves.plan'
  | 'waves.replan'
  | 'waves.issue-documents'
  | 'waves.issue-labels'
  | 'waves.run'
  | 'waves.selection'
>

function planHandlers(workshop: Workshop): PlanHandlers {
  const { store } = workshop
  const load = async (idOrCode: string): Promise<WaveBundle> => store.loadWave((await getWave(store, idOrCode)).id)
  return {
    'waves.list': (input) => store.listWaves(input),
    'waves.get': async (input, caller) => waveView(await load(input.wave), caller.source === 'station'),
    async 'waves.plan'(input, caller) {
      const wave = await planNewWave(workshop, caller, input)
      return waveView(await load(wave.id))
    },
    async 'waves.replan'(input, caller) {
      const wave = await getWave(store, input.wave)
      await planWave(workshop, caller, wave.id)
      return waveView(await load(wave.id))
    },
    async 'waves.issue-documents'(input, caller) {
      const wave = await getWave(store, input.wave)
      await issueDocuments(workshop, caller, wave.id)
      return (await load(wave.id)).documents
        .filter(
          (document) => document.kind === 'selection' || document.kind === 'pick-sheet' || document.kind === 'slip',
        )
        .map(documentView)
    },
    async 'waves.issue-labels'(input, caller) {
      const wave = await getWave(store, input.wave)
      const asOf = await readBeforeLabels(workshop, caller, wave.id)
      await inTurn(caller, () => issueLabels(workshop, caller, wave.id, asOf))
      return (await load(wave.id)).documents
        .filter(
          (document) => document.kind === 'label' || document.kind === 'counter-slip' || document.kind === 'delivery',
        )
        .map(documentView)
    },
    async 'waves.run'(input, caller) {
      const wave = await getWave(store, input.wave)
      const asOf = await readBeforeLabels(workshop, caller, wave.id)
      return inTurn(caller, () => runWave(workshop, caller, wave.id, asOf))
    },
    'waves.selection': async (input) => selectionOf(await load(input.wave)),
  }
}

/** The issued selection information in force. Throws ERR_DOCUMENT_NOT_FOUND before it is issued. */
function selectionOf(bundle: WaveBundle): SelectionInformation {
  const document = bundle.documents.find(
    (candidate) => candidate.kind === 'selection' && candidate.withdrawnAt === undefined,
  )
  if (document?.text === undefined)
    throw new AppError('ERR_DOCUMENT_NOT_FOUND', { wave: bundle.wave.code, kind: 'selection' })
  // Written by issue-documents from this very type and never changed since.
  return JSON.parse(document.text) as SelectionInformation
}

type FloorHandlers = Pick<Handlers, 'pick.list' | 'pick.confirm' | 'pick.short' | 'pack.check' | 'pack.confirm'>

function floorHandlers(workshop: Workshop): FloorHandlers {
  const { store, system } = workshop
  const idOf = async (idOrCode: string): Promise<string> => (await getWave(store, idOrCode)).id
  return {
    async 'pick.list'(input, caller) {
      const bundle = await store.loadWave(await idOf(input.wave))
      const document = bundle.documents.find(
        (candidate) => candidate.kind === 'selection' && candidate.withdrawnAt === undefined,
      )
      if (document && caller.source === 'station')
        await store.saveDocumentFetch({
          documentId: document.id,
          terminal: caller.terminal ?? caller.actor,
          at: system.clock.now(),
        })
      const products = bundle.products.map(({ sku, gtin, name }) => ({ sku, gtin, name }))
      return { selection: selectionOf(bundle), tours: bundle.tours, parcels: bundle.parcels, products }
    },
    async 'pick.confirm'({ wave, id, agoMs, by, ...told }, caller) {
      const pick = { waveId: await idOf(wave), ...told }
      return confirmOnce(workshop, confirmationOf(id, pick.waveId, `pick ${pick.tour} ${pick.seq} ${pick.quantity}`), {
        async work(deps) {
          const then = await asItWas(deps, caller, { agoMs, by, waveId: pick.waveId })
          return confirmPick(then.workshop, then.caller, pick)
        },
        again: () => findPickedStop(workshop, pick),
      })
    },
    async 'pick.short'({ wave, id, agoMs, by, ...told }, caller) {
      const pick = { waveId: await idOf(wave), ...told }
      return confirmOnce(workshop, confirmationOf(id, pick.waveId, `short ${pick.tour} ${pick.seq} ${pick.quantity}`), {
        async work(deps) {
          const then = await asItWas(deps, caller, { agoMs, by, waveId: pick.waveId })
          return reportShortPick(then.workshop, then.caller, pick)
        },
        // Where the rest lies is on the list by now, as a stop of its own.
        again: async () => ({ stop: await findPickedStop(workshop, pick), otherLocation: undefined }),
      })
    },
    'pack.check': (input) => checkPack(workshop, input),
    async 'pack.confirm'({ id, ...pack }, caller) {
      const parcel = id === undefined ? undefined : await store.findParcel(pack.parcelId)
      return confirmOnce(workshop, confirmationOf(id, parcel?.waveId ?? '', `pack ${pack.parcelId}`), {
        work: (deps) => confirmPack(deps, caller, pack),
        again: () => findPackedParcel(workshop, pack.parcelId),
      })
    },
  }
}

const confirmationOf = (id: string | undefined, waveId: string, deed: string): Confirmation | undefined =>
  id === undefined ? undefined : { id, waveId, deed }
