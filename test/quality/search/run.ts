import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { expectedFile, expectedShares, hitsOf, leastShare, sampleShop, sharesOf, wantedQueries } from './sets.ts'

/**
 * The storefront's search over the sample shop: how many of the wanted products of test/quality/search.csv are among
 * the first three. Exit 1 when fewer are found than expected.csv says, or less than 95 %; `--write` makes that file.
 * `--misses` names the misses of the odd rows; the even ones are held out and only counted.
 */
const { search, categoryOf } = sampleShop()
const queries = wantedQueries(categoryOf)
const percent = (found: number, possible: number): number => Number(((100 * found) / possible).toFixed(1))

const kinds = [...Map.groupBy(queries, ({ kind }) => kind)].map(([kind, all]) => {
  const hits = all.map((query) => hitsOf(search, query))
  const found = hits.reduce((sum, hit) => sum + hit.found, 0)
  const possible = hits.reduce((sum, hit) => sum + hit.possible, 0)
  return { kind, queries: all.length, found, possible, '%': percent(found, possible) }
})
console.table(kinds)

if (process.argv.includes('--misses')) {
  for (const query of queries.filter(({ row }) => row % 2 === 1)) {
    const { found, possible, first } = hitsOf(search, query)
    if (found < possible) console.log(`${query.kind}: ${query.query}: found ${first.join(' ')}`)
  }
}

const shares = sharesOf(search, queries)
for (const { rows, found, possible } of shares) {
  console.log(`${rows}: ${found} of ${possible} (${percent(found, possible)} %)`)
}
if (process.argv.includes('--write')) {
  const lines = shares.map(({ rows, found, possible }) => `${rows},${found},${possible}`)
  writeFileSync(expectedFile, ['rows,found,possible', ...lines, ''].join('\n'))
} else {
  const expected = expectedShares()
  for (const { rows, found, possible } of shares) {
    const before = expected.get(rows) ?? 0
    if (found < before || found < leastShare * possible) {
      console.error(`worse than expected: ${rows}: ${found} found, expected ${before} and ${100 * leastShare} %`)
      process.exitCode = 1
    } else if (found > before) console.log(`${rows}: better than expected; run with --write and commit the CSV.`)
  }
}
