import { fulfilmentTable } from '../domain/fulfilment.ts'
import type { Staff } from '../domain/people.ts'
import type { Recipient } from '../domain/recipient.ts'
import type { SelectionInformation } from '../domain/selection.ts'
import { AppError } from '../kernel/errors.ts'
import type { WaveBundle } from '../ports/store/wave-store.ts'
import { auditEntry } from './audit.ts'
import { issuedPosition } from './sealing-position.ts'
import { signIn } from './staff.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'vault' | 'labels'>

/** How long a screen may show what was opened. */
export const openForMs = 60_000

/** Whose PIN opens a recipient at the packing table; pickers never see personal data. */
const mayOpen: ReadonlySet<Staff['role']> = new Set<Staff['role']>(['packer', 'manager'])

export interface OpenedAtPacking {
  /** Order short code and letter. */
  readonly parcel: string
  readonly recipient: Recipient
  readonly openForMs: number
}

/**
 * With `sealing = selection`: opens the recipient that the selection information holds for the shop's own counter, for
 * the person whose PIN this is. Every look and every refusal is audited. Throws ERR_NOT_ALLOWED (`wrong-pin`, `role`,
 * `not-sealed-for-counter`), ERR_STAFF_NOT_FOUND, ERR_STATUS_NOT_ALLOWED once the parcel has left,
 * ERR_PARCEL_NOT_FOUND, and whatever the block is no good for.
 */
export async function openAtPacking(
  deps: Deps,
  caller: Caller,
  input: { readonly parcelId: string; readonly name: string; readonly pin: string },
): Promise<OpenedAtPacking> {
  const parcel = await deps.store.findParcel(input.parcelId)
  if (!parcel) throw new AppError('ERR_PARCEL_NOT_FOUND', { parcel: input.parcelId })
  const code = `${parcel.orderCode}${parcel.letter}`
  const audit = (action: string, facts: { readonly [key: string]: string }): Promise<void> =>
    deps.store.saveAudit(auditEntry(deps.system, caller, { action, entity: 'parcel', entityId: code, facts }))
  const staff = await signIn(deps, input).catch(async (error: unknown) => {
    await audit('refuse-to-open-recipient', { reason: 'wrong-pin' })
    throw error
  })
  const about = { staff: staff.id, role: staff.role }
  const refuse = async (error: AppError, reason: string): Promise<never> => {
    await audit('refuse-to-open-recipient', { ...about, reason })
    throw error
  }
  if (!mayOpen.has(staff.role))
    return refuse(new AppError('ERR_NOT_ALLOWED', { reason: 'role', role: staff.role }), 'role')
  if (parcel.status === 'cancelled' || fulfilmentTable[parcel.status].rank >= fulfilmentTable['handed-over'].rank)
    return refuse(new AppError('ERR_STATUS_NOT_ALLOWED', { parcel: code, from: parcel.status, to: 'packed' }), 'left')
  const block = blockOf(await deps.store.loadWave(parcel.waveId), parcel.orderCode)
  if (block === undefined)
    return refuse(new AppError('ERR_NOT_ALLOWED', { reason: 'not-sealed-for-counter', parcel: code }), 'not-sealed')
  const { recipient } = await deps.labels.open(block, {
    privateKeys: [await deps.vault.shopKeys.counterKey()],
    parcelNumber: parcel.orderCode,
    now: deps.system.clock.now(),
    kind: 'counter',
  })
  await audit('open-recipient', about)
  return { parcel: code, recipient, openForMs }
}

/** What the selection information in force holds for this order; undefined in every other position. */
function blockOf(bundle: WaveBundle, orderCode: string): string | undefined {
  if (issuedPosition(bundle) !== 'selection') return undefined
  const text = bundle.documents.find(({ kind }) => kind === 'selection')?.text ?? '{}'
  // Written by issue-documents from this very type and never changed since.
  const { orders = [] } = JSON.parse(text) as Partial<SelectionInformation>
  return orders.find(({ code }) => code === orderCode)?.recipient
}
