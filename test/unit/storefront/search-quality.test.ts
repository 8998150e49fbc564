import { expect, test } from 'vitest'
import { expectedShares, leastShare, sampleShop, sharesOf, wantedQueries } from '../../quality/search/sets.ts'

/** The everyday half of `npm run quality -- search`. */
const { search, categoryOf } = sampleShop()
const queries = wantedQueries(categoryOf)

test('at least 300 queries over the sample shop are tried', () => {
  expect(queries.length).toBeGreaterThanOrEqual(300)
  expect(new Set(queries.map(({ query }) => query)).size, 'each query once').toBe(queries.length)
})

test.each(sharesOf(search, queries))(
  'of the $rows queries no fewer products are found than before, and 95 %',
  (share) => {
    expect(share.found).toBeGreaterThanOrEqual(expectedShares().get(share.rows) ?? Infinity)
    expect(share.found / share.possible).toBeGreaterThanOrEqual(leastShare)
  },
)
