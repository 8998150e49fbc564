import type { GeoPoint, Recipient } from '../domain/recipient.ts'

/**
 * A map service on the internet that a manager has switched on. It learns where the shop delivers, so every call asks
 * for `isAgreed` first; without it nothing leaves the machine.
 */
export interface MapService {
  readonly url: string
  /** False = off: nothing is asked. */
  readonly isAgreed: boolean
}

/** Why a map service has no answer; `off` = nobody agreed. */
export type MapProblem = 'off' | 'unreachable' | 'busy' | 'refused' | 'wrong-answer'

export type MapAnswer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: MapProblem }

/** Finds the coordinates of an address. Never a name, a company or a phone number goes out. */
export interface AddressSearch {
  /** To be shown wherever its results are. */
  readonly attribution: string
  /** `value` undefined = the address is not known. */
  search(address: Pick<Recipient, 'lines' | 'postcode' | 'city' | 'country'>): Promise<MapAnswer<GeoPoint | undefined>>
}

/** Ways on the road between all points, by row = from; null = no way. Metres and seconds, whole. */
export interface RoadWays {
  readonly metres: readonly (readonly (number | null)[])[]
  readonly seconds: readonly (readonly (number | null)[])[]
}

export interface RoadTable {
  readonly attribution: string
  /** Points only, in any order that the caller remembers. */
  ways(points: readonly Pick<GeoPoint, 'lat' | 'lon'>[]): Promise<MapAnswer<RoadWays>>
}
