import type { StockLevel, StockMovement } from '../../../domain/stock.ts'
import { applyMovement, isShort } from '../../../domain/stock.ts'
import { AppError } from '../../../kernel/errors.ts'
import { orUndefined } from '../columns.ts'
import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'
import type { PickCount, StockPlaces } from '../../../ports/store/catalogue-store.ts'
import { touchProduct } from './products.ts'

interface LevelRow {
  sku: string
  item_kind: StockLevel['of']
  location: string
  lot: string
  best_before: string | null
  on_hand: number
  reserved: number
}

const levelColumns = 'sku, item_kind, location, lot, best_before, on_hand, reserved'

const levelOf = (row: LevelRow): StockLevel => ({
  sku: row.sku,
  of: row.item_kind,
  location: row.location,
  lot: row.lot,
  bestBefore: orUndefined(row.best_before),
  onHand: row.on_hand,
  reserved: row.reserved,
})

/**
 * Writes movements and keeps the levels beside them. A movement whose id is known counts once. Throws ERR_STOCK_SHORT
 * when all of them together leave a place short.
 */
export function insertMovements(sql: Sql, movements: readonly StockMovement[]): void {
  const changes = new Map<string, { readonly before: StockLevel; readonly after: StockLevel }>()
  for (const movement of movements) {
    if (!insertMovement(sql, movement)) continue
    const place = JSON.stringify([movement.of, movement.sku, movement.location, movement.lot ?? ''])
    const known = changes.get(place)
    const before = known?.before ?? selectLevel(sql, movement)
    changes.set(place, { before, after: moved(known?.after ?? before, movement) })
  }
  for (const { before, after } of changes.values()) {
    refuseShortage(before, after)
    upsertLevel(sql, after)
    // A first piece, or the first again: whoever keeps a list of what lies nowhere looks again.
    if (after.of === 'product' && before.onHand === 0 && before.reserved === 0) touchProduct(sql, after.sku)
  }
}

const insertMovement = (sql: Sql, movement: StockMovement): boolean =>
  sql.run(
    `insert into stock_movements (shop_id, id, at, kind, item_kind, sku, location, lot, best_before, quantity, actor,
       reason, order_id)
     values (@shop, @id, @at, @kind, @of, @sku, @location, @lot, @bestBefore, @quantity, @actor, @reason, @orderId)
     on conflict (shop_id, id) do nothing`,
    { ...movement },
  ) === 1

function selectLevel(sql: Sql, { of, sku, location, lot = '' }: StockMovement): StockLevel {
  const row = sql.get<LevelRow>(
    `select ${levelColumns} from stock_levels
     where shop_id = @shop and item_kind = @of and sku = @sku and location = @location and lot = @lot`,
    { of, sku, location, lot },
  )
  return row ? levelOf(row) : { of, sku, location, lot, onHand: 0, reserved: 0 }
}

const moved = (level: StockLevel, movement: StockMovement): StockLevel => ({
  ...level,
  ...applyMovement(level, movement),
  bestBefore: movement.bestBefore ?? level.bestBefore,
})

function refuseShortage(before: StockLevel, after: StockLevel): void {
  if (!isShort(before, after)) return
  const { of, sku, location, onHand, reserved } = after
  throw new AppError('ERR_STOCK_SHORT', { of, sku, location, onHand, reserved })
}

function upsertLevel(sql: Sql, level: StockLevel): void {
  sql.run(
    `insert into stock_levels (shop_id, item_kind, sku, location, lot, best_before, on_hand, reserved)
     values (@shop, @of, @sku, @location, @lot, @bestBefore, @onHand, @reserved)
     on conflict (shop_id, item_kind, sku, location, lot) do update set
       best_before = excluded.best_before, on_hand = excluded.on_hand, reserved = excluded.reserved`,
    { ...level },
  )
}

/** Levels of these products, in order of SKU, location and lot. */
export const selectProductLevels = (sql: Sql, skus: readonly string[]): readonly StockLevel[] =>
  sql
    .all<LevelRow>(
      `select ${levelColumns} from stock_levels
       where shop_id = @shop and item_kind = 'product' and sku in (select value from json_each(@skus))
       order by sku, location, lot`,
      { skus: idList(skus) },
    )
    .map(levelOf)

/** Levels of products and cartons alike, in order of code, location and lot; all of them where no codes are named. */
export function selectLevels(sql: Sql, codes?: readonly string[]): readonly StockLevel[] {
  const named = codes ? " and item_kind in ('product', 'carton') and sku in (select value from json_each(@codes))" : ''
  return sql
    .all<LevelRow>(
      `select ${levelColumns} from stock_levels where shop_id = @shop${named} order by sku, location, lot`,
      { codes: codes && idList(codes) },
    )
    .map(levelOf)
}

/** Levels of products with something on them, at the named places or at all others. */
export function selectLevelsByPlace(sql: Sql, places: StockPlaces): readonly StockLevel[] {
  const [codes, not] = 'at' in places ? [places.at, ''] : [places.notAt, ' not']
  return sql
    .all<LevelRow>(
      `select ${levelColumns} from stock_levels
       where shop_id = @shop and item_kind = 'product' and (on_hand > 0 or reserved > 0)
         and location${not} in (select value from json_each(@codes))
       order by location, sku, lot`,
      { codes: idList(codes) },
    )
    .map(levelOf)
}

/** Movements of kind `picked` are negative; one that was taken back is positive, and no walk. */
export const selectPickCounts = (
  sql: Sql,
  period: { readonly from: number; readonly to: number },
): readonly PickCount[] =>
  sql.all<PickCount & { location: string }>(
    `select location, count(*) as picks, -sum(quantity) as pieces from stock_movements
     where shop_id = @shop and kind = 'picked' and item_kind = 'product' and quantity < 0 and at >= @from and at < @to
     group by location order by location`,
    period,
  )
