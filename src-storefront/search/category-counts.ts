export interface CategoryCount {
  readonly category: string
  readonly products: number
}

/** Which category each place has: by number, so that counting the results of a query compares no texts. */
export interface CategoryCounts {
  put(place: number, category: string): void
  /** Products by category; categories without any are left out. No order. */
  count(places: Iterable<number>): readonly CategoryCount[]
}

export function categoryCounts(): CategoryCounts {
  const categories: string[] = []
  const numberByCategory = new Map<string, number>()
  const numberByPlace: number[] = []
  return {
    put(place, category) {
      const known = numberByCategory.get(category)
      const number = known ?? categories.push(category) - 1
      if (known === undefined) numberByCategory.set(category, number)
      numberByPlace[place] = number
    },
    count(places) {
      const counts = new Int32Array(categories.length)
      for (const place of places) {
        const number = numberByPlace[place] ?? 0
        counts[number] = (counts[number] ?? 0) + 1
      }
      return categories
        .map((category, number) => ({ category, products: counts[number] ?? 0 }))
        .filter(({ products }) => products > 0)
    },
  }
}
