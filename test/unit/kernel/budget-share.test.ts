import { describe, expect, test } from 'vitest'
import { budgetOf } from '../../../src-main/kernel/budget.ts'

describe('The share of a budget', () => {
  test('is told by steps', () => {
    const budget = budgetOf({ iterations: 4 })
    expect(budget.share).toBe(0)
    budget.spend()
    expect(budget.share).toBe(0.25)
    budget.spend(9)
    expect(budget.share).toBe(1)
  })

  test('is told by the clock as last looked at, whichever has come further', () => {
    let nowMs = 0
    const budget = budgetOf({ iterations: Infinity, limitMs: 100, now: () => nowMs })
    nowMs = 40
    budget.spend(0)
    expect(budget.share).toBe(0.4)
  })

  test('is not known where nothing ends it', () => {
    expect(budgetOf({ iterations: Infinity }).share).toBeUndefined()
  })
})
