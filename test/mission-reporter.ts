import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import process from 'node:process'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** PRODUCT's table of the mission, in its own words. */
const features: readonly (readonly [mission: string, feature: string])[] = [
  ['M1', 'Identify the user'],
  ['M2', 'Receive the purchase request'],
  ['M3', 'Product selection information for the shop'],
  ['M4', 'Product delivery information for the courier'],
  ['M5', 'Which products fit in a single parcel'],
  ['M6', '... by weight and volume'],
  ['M7', '... by packaging characteristic'],
  ['M8', 'Pick-up order from product locations'],
  ['M9', 'Tell the user how it is packed'],
  ['M10', 'A general shop'],
  ['M11', 'Delivery order'],
  ['M12', 'Selection status and delivery status for the user'],
  ['M13', 'Product search for the user'],
  ['M14', 'Encrypted, secure information about the user on exactly one of the two'],
  ['M15', 'Desktop application'],
  ['M16', 'Sync with an online storefront endpoint'],
  ['M17', 'Manifests exported to couriers'],
]

const page = resolve(import.meta.dirname, '../docs/mission.md')

interface Proof {
  readonly mission: string
  /** The title without its number. */
  readonly claim: string
  /** Path of the test file from the top of the project. */
  readonly file: string
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending'
  /** Its stage could not be set: the run has said so already. */
  readonly isModuleBroken: boolean
}

/**
 * Collects the tests whose titles, or whose group's title, begin with `M1: ` to `M17: `. BACKROOM_MISSION=check ends the run with 1 when a
 * feature has no passing test or docs/mission.md says something else; BACKROOM_MISSION=write writes that page.
 * Without the variable nothing happens, so that a part of the tests can be run alone.
 */
export default class MissionReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const asked = process.env['BACKROOM_MISSION']
    if (asked !== 'check' && asked !== 'write') return
    const proofs = modules.flatMap(proofsOf)
    const text = pageOf(proofs)
    const problems = [...missing(proofs), ...skipped(proofs)]
    if (asked === 'write') writeFileSync(page, text)
    else if (!existsSync(page) || readFileSync(page, 'utf8') !== text)
      problems.push('docs/mission.md is not what the tests say: run "npm run mission" and commit it.')
    if (problems.length === 0) return
    process.stderr.write(`\nMission\n${problems.map((problem) => `  ${problem}`).join('\n')}\n`)
    process.exitCode = 1
  }
}

const missionOf = (title: string): RegExpExecArray | null => /^(M(?:[1-9]|1[0-7])): (.+)$/s.exec(title)

function proofsOf(module: TestModule): readonly Proof[] {
  const file = module.relativeModuleId.replaceAll('\\', '/')
  return [...module.children.allTests()].flatMap((test) => {
    const { mission, claim } = claimOf(test)
    if (mission === undefined || claim === undefined) return []
    return [{ mission, claim, file, state: test.result().state, isModuleBroken: module.state() === 'failed' }]
  })
}

/** A test says its number itself, or a group of tests says it for all of its own. */
function claimOf(test: TestCase): { readonly mission?: string | undefined; readonly claim?: string | undefined } {
  const [, mission, claim] = missionOf(test.name) ?? []
  if (mission !== undefined) return { mission, claim }
  for (let group = test.parent; group.type === 'suite'; group = group.parent) {
    const [, ofGroup, title] = missionOf(group.name) ?? []
    if (ofGroup !== undefined) return { mission: ofGroup, claim: `${title}: ${test.name}` }
  }
  return {}
}

const missing = (proofs: readonly Proof[]): readonly string[] =>
  features
    .filter(([mission]) => !proofs.some((proof) => proof.mission === mission && proof.state === 'passed'))
    .map(([mission, feature]) => `${mission} (${feature}) has no passing test.`)

/** A test that the page names and that did not run proves nothing. */
const skipped = (proofs: readonly Proof[]): string[] =>
  proofs
    .filter((proof) => proof.state === 'skipped' && !proof.isModuleBroken)
    .map(({ mission, claim, file }) => `${mission}: "${claim}" in ${file} was skipped.`)

function pageOf(proofs: readonly Proof[]): string {
  return [
    '# The mission, feature by feature',
    '',
    'Generated from the end-to-end tests by `npm run mission`; `npm test` fails when a feature has no passing test or this',
    'page is out of date. Each line is a test that looks from outside: over HTTP, at command output, at files and paper.',
    ...features.flatMap(([mission, feature]) => ['', `## ${mission}: ${feature}`, '', ...linesOf(mission, proofs)]),
    '',
  ].join('\n')
}

function linesOf(mission: string, proofs: readonly Proof[]): readonly string[] {
  const own = Map.groupBy(
    proofs.filter((proof) => proof.mission === mission),
    (proof) => proof.file,
  )
  if (own.size === 0) return ['No test.']
  return [...own]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, list]) => [
      `\`${file}\``,
      '',
      ...list.map(({ claim }) => `- ${claim.replaceAll(/\s+/g, ' ')}`),
      '',
    ])
    .slice(0, -1)
}
