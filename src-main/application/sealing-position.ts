import type { SelectionInformation } from '../domain/selection.ts'
import type { Sealing } from '../domain/settings.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'

/** The position that the selection information in force was issued under; undefined before it is issued. */
export function issuedPosition(bundle: WaveBundle): Sealing | undefined {
  const text = bundle.documents.find(({ kind }) => kind === 'selection')?.text
  if (text === undefined) return undefined
  // Written by issue-documents from this very type and never changed since.
  const { sealing, orders } = JSON.parse(text) as SelectionInformation
  if (sealing !== undefined) return sealing
  // Issued by a former version, which did not write it down.
  if (orders.some(({ recipient }) => recipient !== undefined)) return 'selection'
  return bundle.settings.privacy.sealing === 'off' ? 'off' : 'delivery'
}

/** The bundle with the settings its papers were issued under: labels follow the selection, whatever is set by now. */
export function asIssued(bundle: WaveBundle): WaveBundle {
  const { settings } = bundle
  const sealing = issuedPosition(bundle) ?? settings.privacy.sealing
  return sealing === settings.privacy.sealing
    ? bundle
    : { ...bundle, settings: { ...settings, privacy: { ...settings.privacy, sealing } } }
}
