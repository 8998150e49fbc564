import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inProcessPlanners } from '../../../src-main/adapters/planners/in-process-planners.ts'
import { runFormatCommand } from '../../../src-main/hosts/cli/formats.ts'

const guide = readFileSync(new URL('../../../docs/guide/planning-formats.md', import.meta.url), 'utf8')
const blocks = [...guide.matchAll(/```json\n([^`]*)```/g)].map(([, text = '']) => text)
const blockOf = (format: string): string => blocks.find((text) => text.includes(`"format": "${format}"`)) ?? ''
const withoutMs = (text: string): unknown =>
  JSON.parse(text, (key, value: unknown) => (key === 'ms' ? undefined : value))

test('the guide prints a packing problem that runs, and its real answer', async () => {
  const answer = await runFormatCommand('pack', blockOf('backroom-pack-1'), { planners: inProcessPlanners() })
  expect(withoutMs(answer)).toEqual(withoutMs(blockOf('backroom-pack-result-1')))
})

test('the guide prints a delivery problem that runs', async () => {
  const answer = await runFormatCommand('deliver', blockOf('backroom-deliver-1'), { planners: inProcessPlanners() })
  expect(withoutMs(answer)).toMatchObject({ results: [{ id: 'd-1', optimal: true, unserved: [] }] })
})
