/** Sentences about plans in one language. `{n}` and the like are filled in; numbers and units come ready written. */
export interface ToldWords {
  /** From 0 on, as a sentence begins with them; above, digits. */
  readonly counts: readonly string[]
  /** `{count}` from two on. */
  readonly parcels: string
  /** As in "no plan with ...". */
  readonly oneParcel: string
  readonly moreParcels: string
  readonly proof: {
    readonly onlyBest: string
    readonly only: string
    /** Where no carton was chosen. */
    readonly one: string
    /** `{less}`: one parcel less, in words. */
    readonly fewest: string
    /** `{n}` parcels, at least `{bound}`. */
    readonly gap: string
    readonly walkBest: string
    /** `{n}`: percent. */
    readonly walkGap: string
    readonly routeBest: string
    readonly routeGap: string
    readonly routeOpen: string
    readonly routeTheirs: string
  }
  readonly reason: {
    readonly smallest: string
    /** `{because}` */
    readonly larger: string
    /** `{parcels}` and `{because}` */
    readonly more: string
    readonly split: string
    readonly alone: string
    readonly ownBox: string
    /** `{n}` metres, `{p}` percent. */
    readonly saved: string
    readonly savedNothing: string
    /** `{n}` stops, `{km}` kilometres. */
    readonly route: string
    readonly routeByCode: string
  }
  readonly because: {
    /** `{value}`, `{limit}`, `{where}` */
    readonly tooMuch: string
    readonly tooLong: string
    readonly dangerous: string
    readonly keepApart: string
    readonly placement: string
    readonly stock: string
    readonly unknown: string
  }
  /** `{carton}` */
  readonly inCarton: string
  readonly inEvery: string
}
