import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planRoutes, verifyRoutes } from '../../../src-main/engines/delivery/index.ts'
import { deliverProblems, matrixProblems, wishfulProblems } from '../../property/engines/delivery/problems.ts'

/** A hundred thousand in all; a million by test/quality/delivery/random-cases.ts. */
const casesPerPart = 5_000
const parts = Array.from({ length: 20 }, (_, part) => part)

describe('No plan breaks a rule', () => {
  test.each(parts)('in part %i of a hundred thousand random problems', { timeout: 600_000 }, (part) => {
    const problems = fc.oneof(deliverProblems(16), matrixProblems(10), wishfulProblems(9))
    for (const problem of fc.sample(problems, { numRuns: casesPerPart, seed: 7_100 + part })) {
      const faults = verifyRoutes(problem, planRoutes(problem, { seed: part, iterations: 20 }))
      if (faults.length > 0) expect({ problem, faults }).toEqual({ problem, faults: [] })
    }
  })
})
