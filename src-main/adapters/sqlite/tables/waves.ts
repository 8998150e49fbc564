import type { Settings } from '../../../domain/settings.ts'
import type { OrderProof, StepResult, UnplannedOrder, Wave, WaveStage } from '../../../domain/wave.ts'
import { waveSteps } from '../../../domain/wave.ts'
import { AppError } from '../../../kernel/errors.ts'
import { fromJson, toJson } from '../columns.ts'
import type { Sql } from '../sql.ts'
import { idList } from '../sql.ts'

export interface WaveColumns {
  id: string
  code: string
  stage: WaveStage
  created_at: number
  seed: number
  unplanned_json: string
  proofs_json: string
  rules_json: string | null
}

export const waveColumns = 'id, code, stage, created_at, seed, unplanned_json, proofs_json, rules_json'

type StepRow = StepResult & { readonly wave_id: string }
type MemberRow = { readonly wave_id: string; readonly order_id: string }

/** Makes waves of their rows, in the same order. Steps come in the order of the main job. */
export function wavesOf(sql: Sql, rows: readonly WaveColumns[]): readonly Wave[] {
  const waveIds = idList(rows.map((row) => row.id))
  const steps = sql.all<StepRow>(
    `select wave_id, step, fingerprint, at, ms from wave_steps
     where shop_id = @shop and wave_id in (select value from json_each(@waveIds))`,
    { waveIds },
  )
  const members = sql.all<MemberRow>(
    `select wave_id, order_id from wave_orders
     where shop_id = @shop and wave_id in (select value from json_each(@waveIds)) order by wave_id, position`,
    { waveIds },
  )
  const stepsById = Map.groupBy(steps, (row) => row.wave_id)
  const membersById = Map.groupBy(members, (row) => row.wave_id)
  return rows.map((row) => waveOf(row, stepsById.get(row.id) ?? [], membersById.get(row.id) ?? []))
}

const waveOf = (row: WaveColumns, steps: readonly StepRow[], members: readonly MemberRow[]): Wave => ({
  id: row.id,
  code: row.code,
  stage: row.stage,
  createdAt: row.created_at,
  seed: row.seed,
  orderIds: members.map((member) => member.order_id),
  steps: steps
    .map(({ step, fingerprint, at, ms }) => ({ step, fingerprint, at, ms }))
    .sort((a, b) => waveSteps.indexOf(a.step) - waveSteps.indexOf(b.step)),
  unplanned: fromJson<readonly UnplannedOrder[]>(row.unplanned_json),
  proofs: fromJson<readonly OrderProof[]>(row.proofs_json),
  rules: row.rules_json === null ? undefined : fromJson<Settings['packing']>(row.rules_json),
})

/** By id, else by code; codes come again after a year, then the newest wave is meant. */
export function selectWave(sql: Sql, idOrCode: string): Wave | undefined {
  const row =
    sql.get<WaveColumns>(`select ${waveColumns} from waves where shop_id = @shop and id = @idOrCode`, { idOrCode }) ??
    sql.get<WaveColumns>(
      `select ${waveColumns} from waves where shop_id = @shop and code = @idOrCode order by +created_at desc limit 1`,
      { idOrCode },
    )
  return row && wavesOf(sql, [row])[0]
}

export function insertWave(sql: Sql, wave: Wave): void {
  sql.run(
    `insert into waves (shop_id, id, code, stage, created_at, seed, unplanned_json, proofs_json, rules_json)
     values (@shop, @id, @code, @stage, @createdAt, @seed, @unplanned, @proofs, @rules)`,
    {
      id: wave.id,
      code: wave.code,
      stage: wave.stage,
      createdAt: wave.createdAt,
      seed: wave.seed,
      unplanned: toJson(wave.unplanned),
      proofs: toJson(wave.proofs),
      rules: wave.rules && toJson(wave.rules),
    },
  )
  for (const step of wave.steps) upsertStep(sql, wave.id, step)
  insertMembers(sql, wave)
}

/** Throws ERR_STATUS_NOT_ALLOWED when an order is in a living wave already. */
function insertMembers(sql: Sql, wave: Wave): void {
  refuseTaken(sql, wave.orderIds, wave.id)
  wave.orderIds.forEach((orderId, position) =>
    sql.run(
      `insert into wave_orders (shop_id, wave_id, position, order_id, is_living)
       values (@shop, @waveId, @position, @orderId, @isLiving)`,
      { waveId: wave.id, position, orderId, isLiving: wave.stage !== 'closed' },
    ),
  )
}

/** The wave lets these orders go, so that another one may have them. */
export function giveBackOrders(sql: Sql, waveId: string, orderIds: readonly string[]): void {
  sql.run(
    `update wave_orders set is_living = 0
     where shop_id = @shop and wave_id = @waveId and order_id in (select value from json_each(@orderIds))`,
    { waveId, orderIds: idList(orderIds) },
  )
}

/** Takes orders of the wave that it had given back. Throws ERR_STATUS_NOT_ALLOWED when another one has them now. */
export function takeOrders(sql: Sql, waveId: string, orderIds: readonly string[]): void {
  refuseTaken(sql, orderIds, waveId)
  sql.run(
    `update wave_orders set is_living = 1
     where shop_id = @shop and wave_id = @waveId and order_id in (select value from json_each(@orderIds))`,
    { waveId, orderIds: idList(orderIds) },
  )
}

function refuseTaken(sql: Sql, orderIds: readonly string[], waveId: string): void {
  const taken = sql.get<MemberRow>(
    `select wave_id, order_id from wave_orders
     where shop_id = @shop and is_living = 1 and wave_id <> @waveId
       and order_id in (select value from json_each(@orderIds)) limit 1`,
    { waveId, orderIds: idList(orderIds) },
  )
  if (taken) throw new AppError('ERR_STATUS_NOT_ALLOWED', { order: taken.order_id, wave: taken.wave_id })
}

/** Orders of an open wave which it gave back and another one has now. */
export function selectLostOrderIds(sql: Sql, waveId: string): ReadonlySet<string> {
  const rows = sql.all<{ order_id: string }>(
    `select member.order_id from wave_orders member
     join waves on waves.shop_id = member.shop_id and waves.id = member.wave_id and waves.stage <> 'closed'
     join wave_orders other on other.shop_id = member.shop_id and other.order_id = member.order_id
       and other.is_living = 1 and other.wave_id <> member.wave_id
     where member.shop_id = @shop and member.wave_id = @waveId`,
    { waveId },
  )
  return new Set(rows.map((row) => row.order_id))
}

/** Those of the orders that are in a living wave. */
export function selectTakenOrderIds(sql: Sql, orderIds: readonly string[]): ReadonlySet<string> {
  const rows = sql.all<{ order_id: string }>(
    `select order_id from wave_orders
     where shop_id = @shop and is_living = 1 and order_id in (select value from json_each(@orderIds))`,
    { orderIds: JSON.stringify(orderIds) },
  )
  return new Set(rows.map((row) => row.order_id))
}

/** Replaces the step's former result. */
export function upsertStep(sql: Sql, waveId: string, step: StepResult): void {
  sql.run(
    `insert into wave_steps (shop_id, wave_id, step, fingerprint, at, ms)
     values (@shop, @waveId, @step, @fingerprint, @at, @ms)
     on conflict (shop_id, wave_id, step) do update set
       fingerprint = excluded.fingerprint, at = excluded.at, ms = excluded.ms`,
    { ...step, waveId },
  )
}

/** A closed wave lets its orders go. Throws ERR_WAVE_NOT_FOUND. */
export function updateStage(sql: Sql, waveId: string, stage: WaveStage): void {
  const changed = sql.run('update waves set stage = @stage where shop_id = @shop and id = @waveId', { waveId, stage })
  if (changed === 0) throw new AppError('ERR_WAVE_NOT_FOUND', { wave: waveId })
  if (stage === 'closed') {
    sql.run('update wave_orders set is_living = 0 where shop_id = @shop and wave_id = @waveId', { waveId })
  }
}

export function updatePlan(
  sql: Sql,
  waveId: string,
  plan: Pick<Wave, 'unplanned' | 'proofs'> & { readonly rules: Settings['packing'] },
): void {
  sql.run(
    `update waves set unplanned_json = @unplanned, proofs_json = @proofs, rules_json = @rules
     where shop_id = @shop and id = @waveId`,
    { waveId, unplanned: toJson(plan.unplanned), proofs: toJson(plan.proofs), rules: toJson(plan.rules) },
  )
}
