import type { EpochMs } from '../kernel/time.ts'

/** `window`: delivered after its window, or not yet and the window is over. `collection`: it went with a later one. */
export type LateOrder =
  | {
      readonly because: 'window'
      readonly order: string
      readonly dueAt: EpochMs
      readonly doneAt: EpochMs | undefined
    }
  | { readonly because: 'collection'; readonly order: string; readonly dueDay: string; readonly doneDay: string }

/** What was taken in a span beside what is free now. */
export interface UsedStock {
  readonly of: 'product' | 'carton'
  readonly sku: string
  readonly name: string
  readonly used: number
  readonly free: number
}

/** A place where pieces were missing in a span, and which nobody has counted since. */
export interface DoubtedPlace {
  readonly sku: string
  readonly name: string
  readonly location: string
  readonly missing: number
  readonly at: EpochMs
}

/** Local days of the shop, both included: `2026-11-16`. */
export interface ReportPeriod {
  readonly from: string
  readonly to: string
}

export interface FlowDay {
  readonly day: string
  /** Orders placed. */
  readonly placed: number
  /** Orders of which the last parcel was packed. */
  readonly packed: number
  /** Parcels. */
  readonly packedParcels: number
  readonly handedOver: number
}

/** How much work came in and went out, by day and by hour of the day. */
export interface FlowReport {
  readonly period: ReportPeriod
  readonly days: readonly FlowDay[]
  /** 24 of them, added up over the days of the period. */
  readonly hours: readonly { readonly hour: number; readonly placed: number; readonly packed: number }[]
  /** Hours in which at least one order was finished, and how many were in each on average. */
  readonly workedHours: number
  readonly ordersPerHour: number
}

export interface WalkDay {
  readonly day: string
  readonly tours: number
  readonly plannedMm: number
  readonly walkedMm: number
  readonly binOrderMm: number
  readonly plannedMs: number
  readonly workedMs: number
}

export interface UsedCarton {
  /** Undefined = the product's own box. */
  readonly carton: string | undefined
  readonly name: string
  readonly used: number
  readonly costMinor: number
  /** Undefined for own boxes. */
  readonly free: number | undefined
}

/** What the work of a period took and cost, and what it leaves to be done. */
export interface WorkReport {
  readonly period: ReportPeriod
  readonly walk: WalkDay & { readonly days: readonly WalkDay[] }
  readonly parcels: {
    readonly orders: number
    readonly parcels: number
    /** How many orders travelled in so many parcels. */
    readonly spread: readonly { readonly parcels: number; readonly orders: number }[]
    readonly cartonMinor: number
    readonly postageMinor: number
    /** Parcels for which their courier's tariff says no price. */
    readonly unpriced: number
  }
  readonly late: {
    readonly handedOver: number
    readonly total: number
    /** The first of them. */
    readonly rows: readonly LateOrder[]
  }
  readonly cartons: readonly UsedCarton[]
  readonly stock: {
    readonly coverDays: number
    readonly days: number
    readonly toReorder: readonly UsedStock[]
    readonly toCount: readonly DoubtedPlace[]
  }
}

/** What is due and what is in the way, for the first screen. */
export interface DueToday {
  readonly at: EpochMs
  /** Only couriers for whom there is something, the next collection first. */
  readonly collections: readonly {
    readonly courier: string
    readonly name: string
    /** Local day and time. */
    readonly day: string
    readonly at: string
    readonly dueAt: EpochMs
    /** Parcels that wait packed, those still to be packed, and those packed for a collection that is over. */
    readonly packed: number
    readonly open: number
    readonly missed: number
  }[]
  /** Orders whose window ends later today and which are not with the courier yet. */
  readonly windows: number
  /** Each kind once, with how many. */
  readonly problems: readonly { readonly what: DueProblem; readonly count: number }[]
}

export type DueProblem = 'unknown' | 'measures' | 'stock' | 'others' | 'missed' | 'noLabel' | 'uncounted'
