import { AppError } from '../kernel/errors.ts'
import type { Carton, StockedCarton } from '../domain/carton.ts'
import { cartonLocation, type StockMovement } from '../domain/stock.ts'
import type { WriteOptions, WrittenColumn } from '../ports/imports.ts'
import { auditEntry } from './audit.ts'
import { countMovement } from './count-stock.ts'
import type { WrittenFile } from './export-catalogue.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system'>

/**
 * Adds a carton or changes the one of that code; `onHand` is a count of what lies there. Waves planned already keep
 * their parcels. Answers the carton as it is now.
 */
export async function saveCarton(
  deps: Deps,
  caller: Caller,
  wanted: { readonly carton: Carton; readonly onHand?: number | undefined },
): Promise<StockedCarton> {
  const { carton } = wanted
  const before = (await deps.store.loadCartons()).find((row) => row.carton.code === carton.code)
  const difference = (wanted.onHand ?? before?.onHand ?? 0) - (before?.onHand ?? 0)
  await deps.store.saveCartons(
    [carton],
    counted(deps, caller, { code: carton.code, difference }),
    auditEntry(deps.system, caller, {
      action: 'save-carton',
      entity: 'carton',
      entityId: carton.code,
      ...(difference !== 0 && { facts: { difference } }),
    }),
  )
  return getCarton(deps, carton.code)
}

/**
 * Takes a carton out, with what is left of it, and answers what it was so that it can be put back. Throws
 * ERR_CARTON_NOT_FOUND, ERR_CARTON_PROMISED while planned parcels wait for it.
 */
export async function removeCarton(deps: Deps, caller: Caller, code: string): Promise<StockedCarton> {
  const row = await getCarton(deps, code)
  if (row.reserved > 0) throw new AppError('ERR_CARTON_PROMISED', { carton: code, promised: row.reserved })
  await deps.store.removeCarton(
    code,
    counted(deps, caller, { code, difference: -row.onHand }),
    auditEntry(deps.system, caller, {
      action: 'remove-carton',
      entity: 'carton',
      entityId: code,
      facts: { onHand: row.onHand },
    }),
  )
  return row
}

async function getCarton(deps: Pick<Deps, 'store'>, code: string): Promise<StockedCarton> {
  const row = (await deps.store.loadCartons()).find(({ carton }) => carton.code === code)
  if (!row) throw new AppError('ERR_CARTON_NOT_FOUND', { carton: code })
  return row
}

function counted(
  deps: Deps,
  caller: Caller,
  { code, difference }: { readonly code: string; readonly difference: number },
): readonly StockMovement[] {
  if (difference === 0) return []
  return [{ ...countMovement(deps, caller, { sku: code, location: cartonLocation, difference }), of: 'carton' }]
}

/** The columns that an import reads. */
const columns: readonly WrittenColumn[] = [
  { header: 'code', kind: 'code' },
  { header: 'name', kind: 'text' },
  ...['inner_l_mm', 'inner_w_mm', 'inner_h_mm', 'outer_l_mm', 'outer_w_mm', 'outer_h_mm', 'tare_g', 'max_gross_g', 'max_volume_cm3', 'cost_minor', 'stock', 'insulated', 'padding_mm', 'coolant_mm3', 'coolant_g', 'warn_below'].map((header) => ({ header, kind: header === 'insulated' ? 'text' : 'number' }) as const), // prettier-ignore
]

/** All cartons as a file that `importCartons` reads back. */
export async function exportCartons(
  deps: Pick<Workshop, 'store' | 'imports'>,
  options: WriteOptions,
): Promise<WrittenFile> {
  const cartons = await deps.store.loadCartons()
  const rows = cartons.map(({ carton, onHand }) =>
    [
      carton.code,
      carton.name,
      ...carton.innerMm,
      ...carton.outerMm,
      carton.tareG,
      carton.maxGrossG,
      carton.maxVolumeCm3 ?? '',
      carton.costMinor,
      onHand,
      carton.insulated,
      carton.paddingMm,
      carton.coolantMm3,
      carton.coolantG,
      carton.warnBelow ?? '',
    ].map(String),
  )
  return { fileName: 'cartons.csv', csv: deps.imports.writeTable(columns, rows, options), rows: rows.length }
}
