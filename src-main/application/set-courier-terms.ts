import { AppError } from '../kernel/errors.ts'
import type { Carrier, TariffRow } from '../domain/carrier.ts'
import { auditEntry } from './audit.ts'
import { getCarrier } from './import-carriers.ts'
import type { Caller, Workshop } from './workshop.ts'

/** What is agreed with a courier; what is left out stays as it is. */
export interface CourierTerms {
  readonly carrier: string
  /** Local time of collection, `16:30`. */
  readonly collection?: Carrier['collection'] | undefined
  readonly labelSize?: Carrier['labelSize'] | undefined
  /** Empty = no tariff: parcels cost by billable weight. Kept with the lightest and cheapest row first. */
  readonly tariff?: readonly TariffRow[] | undefined
}

/**
 * Says when a courier collects, on which paper its labels stand and what it takes for a parcel. Holds for what is
 * planned and labelled from now on. Throws ERR_CARRIER_NOT_FOUND, ERR_INPUT_INVALID naming a row that could never be
 * used: one beside it takes as much or more for no more money.
 */
export async function setCourierTerms(
  deps: Pick<Workshop, 'store' | 'system'>,
  caller: Caller,
  terms: CourierTerms,
): Promise<void> {
  const carrier = await getCarrier(deps.store, terms.carrier)
  if (terms.tariff) refuseUseless(terms.tariff)
  const { collection = carrier.collection, labelSize = carrier.labelSize } = terms
  const tariff = terms.tariff?.toSorted((a, b) => a.maxGrossG - b.maxGrossG || a.priceMinor - b.priceMinor)
  await deps.store.saveCarrier(
    { ...carrier, collection, labelSize, tariff: tariff ?? carrier.tariff },
    auditEntry(deps.system, caller, {
      action: 'set-courier-terms',
      entity: 'carrier',
      entityId: carrier.code,
      facts: { collection, labelSize, tariffRows: (tariff ?? carrier.tariff).length },
    }),
  )
}

function refuseUseless(tariff: readonly TariffRow[]): void {
  for (const [index, row] of tariff.entries()) {
    const better = tariff.findIndex((other, at) => at !== index && isAtLeastAsGood(other, row, at < index))
    if (better < 0) continue
    const expected = `another weight, size or price: row ${better + 1} takes as much for no more money`
    throw new AppError('ERR_INPUT_INVALID', { path: `tariff.${index + 1}`, expected })
  }
}

/** Of two rows that are the same the first one stays. */
function isAtLeastAsGood(other: TariffRow, row: TariffRow, isBefore: boolean): boolean {
  const isSame =
    other.maxGrossG === row.maxGrossG &&
    other.maxLengthMm === row.maxLengthMm &&
    other.maxGirthMm === row.maxGirthMm &&
    other.priceMinor === row.priceMinor
  if (isSame) return isBefore
  return (
    other.maxGrossG >= row.maxGrossG &&
    other.maxLengthMm >= row.maxLengthMm &&
    other.maxGirthMm >= row.maxGirthMm &&
    other.priceMinor <= row.priceMinor
  )
}
