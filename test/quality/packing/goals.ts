/** What a measurement has to reach: the goal, and the floor below which the work is not done. */
export interface Goal {
  readonly what: string
  readonly goal: string
  readonly floor: string
  readonly reached: string
  /** 'goal', 'floor' or 'below'. */
  readonly is: 'goal' | 'floor' | 'below'
}

/** Sums of one set, as the run measures them. */
export interface Sums {
  readonly set: string
  readonly orders: number
  readonly parcels: number
  readonly outerCm3: number
  readonly packedCm3: number
  readonly provenFewest: number
  readonly single8: number
  readonly proven8: number
  readonly single12: number
  readonly proven12: number
  readonly beaten: number
}

/** Litres that BoxPacker 4.2.0 needs for the efficiency set by its own default; its result file tells parcels only. */
const boxPackerLitres = 82_484

interface Threshold {
  readonly goal: number
  readonly floor: number
  readonly moreIsBetter: boolean
  readonly unit?: string
}

function judged(what: string, value: number, { goal, floor, moreIsBetter, unit = '' }: Threshold): Goal {
  const reaches = (limit: number): boolean => (moreIsBetter ? value >= limit : value <= limit)
  const said = (number: number): string => `${Number(number.toFixed(2))}${unit}`
  const is = reaches(goal) ? 'goal' : reaches(floor) ? 'floor' : 'below'
  return { what, goal: said(goal), floor: said(floor), reached: said(value), is }
}

const percent = (part: number, whole: number): number => (whole === 0 ? 100 : (100 * part) / whole)

/** The table of goals, from the sums of the sets that were measured. */
export function goalsOf(sets: readonly Sums[], violations: number): readonly Goal[] {
  const of = (name: string): Sums | undefined => sets.find(({ set }) => set === name)
  const goals = [judged('invalid plans on the sets', violations, { goal: 0, floor: 0, moreIsBetter: false })]
  const saved = ({ outerCm3 }: Sums): number => percent(boxPackerLitres - outerCm3 / 1000, boxPackerLitres)
  const more = { moreIsBetter: true, unit: ' %' }
  for (const name of ['efficiency', 'efficiency 75 % support']) {
    const sums = of(name)
    if (!sums) continue
    const isFree = name === 'efficiency'
    goals.push(
      judged(`parcels, ${name}`, sums.parcels, { goal: 4540, floor: 4546, moreIsBetter: false }),
      judged(`orders with more parcels than BoxPacker, ${name}`, sums.beaten, { goal: 0, floor: 0, moreIsBetter: false }),
      judged(`outer volume below BoxPacker, ${name}`, saved(sums), {
        ...(isFree ? { goal: 4, floor: 3 } : { goal: 3.2, floor: 2.2 }),
        ...more,
      }),
      judged(`count proven minimal, ${name}`, percent(sums.provenFewest, sums.orders), { goal: 99.9, floor: 99.9, ...more }),
      judged(`smallest carton proven up to 8 pieces, ${name}`, percent(sums.proven8, sums.single8), { goal: 100, floor: 100, ...more }),
      judged(`smallest carton proven up to 12 pieces, ${name}`, percent(sums.proven12, sums.single12), { goal: 98, floor: 98, ...more }),
    ) // prettier-ignore
  }
  for (const sums of sets) {
    if (sums.set.startsWith('br1-7'))
      goals.push(
        judged(`mean fill, ${sums.set}`, percent(sums.packedCm3, sums.outerCm3), { goal: 94, floor: 90, ...more }),
      )
    if (sums.set.startsWith('mpv') && sums.orders > 0)
      goals.push(
        judged(`sum of the averages, ${sums.set}`, (24 * sums.parcels) / sums.orders, { goal: 728, floor: 737, moreIsBetter: false }),
      ) // prettier-ignore
  }
  return goals
}
