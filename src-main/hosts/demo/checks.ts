import { AppError } from '../../kernel/errors.ts'
import type { FloorReport } from './floor-staff.ts'
import type { Looked, Ordered } from './customers.ts'

/** What the demo claims it has seen; the first claim that does not hold ends it with an error that names it. */
export function claim(holds: boolean, what: string, facts: { readonly [name: string]: string | number } = {}): void {
  if (!holds) throw new AppError('ERR_INTERNAL', { claim: what, ...facts })
}

export function claimPreviewsHold(ordered: readonly Ordered[]): void {
  const differing = ordered.filter((one) => !one.equalsPreview)
  claim(differing.length === 0, 'the answer to each order lists the packages of its preview', {
    differing: differing.length,
  })
  const lost = ordered.filter((one) => !one.searchFound)
  claim(lost.length === 0, 'each customer finds their first product by its name', { lost: lost.length })
}

/** The floor gets every paper that names nobody; labels come from the desk where the recipient stands on them in clear. */
export function claimPapers({ sealing }: { readonly sealing: string }, { papers, papersRefused }: FloorReport): void {
  claim(papers > 0, 'the floor gets its papers from the station')
  claim((papersRefused === 0) === (sealing === 'delivery'), 'the floor gets labels only where they are sealed', {
    papersRefused,
  })
}

/** The states one parcel's customer saw, one per look, must differ; within each parcel's history times must not go back. */
export function claimRisingStates(looks: readonly Looked[], letter: string): readonly string[] {
  const states = looks.map((look) => look.parcels.find((parcel) => parcel.letter === letter)?.status ?? 'gone')
  claim(new Set(states).size === states.length, 'the order page shows a different state at each look', {
    states: states.join(' > '),
  })
  for (const parcel of looks.flatMap((look) => look.parcels)) {
    const times = parcel.history.map((step) => Date.parse(step.at))
    claim(
      times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0)),
      'times rise within a parcel',
      { letter: parcel.letter },
    )
  }
  return states
}
