import { describe, expect, test } from 'vitest'
import { oneATurn } from '../../../src-storefront/one-a-turn.ts'

describe('answering in turn', () => {
  test('keeps the order of asking and lets the event loop turn between two answers', async () => {
    const happened: string[] = []
    const answer = oneATurn((name: string) => {
      happened.push(name)
      setImmediate(() => happened.push(`after ${name}`))
      return name.toUpperCase()
    })
    expect(await Promise.all([answer('a'), answer('b'), answer('c')])).toEqual(['A', 'B', 'C'])
    expect(happened.indexOf('after a')).toBeLessThan(happened.indexOf('c'))
    expect(happened.filter((name) => name.length === 1)).toEqual(['a', 'b', 'c'])
  })

  test('one that fails, at once or later, fails alone', async () => {
    const answer = oneATurn((name: string) => {
      if (name === 'now') throw new Error('now')
      return name === 'later' ? Promise.reject(new Error('later')) : Promise.resolve(name)
    })
    const all = await Promise.allSettled([answer('now'), answer('later'), answer('fine')])
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    expect(await answer('again')).toBe('again')
  })
})
