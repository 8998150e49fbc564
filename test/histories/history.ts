import { AsyncLocalStorage } from 'node:async_hooks'
import { seededRandom, type Random } from '../../src-main/kernel/random.ts'
import { AppError } from '../../src-main/kernel/errors.ts'
import type { Workshop } from '../../src-main/application/workshop.ts'
import type { Clock } from '../../src-main/kernel/time.ts'
import type { Store } from '../../src-main/ports/store/store.ts'
import type { Storefront } from '../../src-main/ports/storefront.ts'
import { Crash, faultyHost, life, mortal, type Life } from './faults.ts'
import { complaints, wrongProducts } from './oracle.ts'
import { openOurs, ourWorkshop, seededSystem, type Secrets } from './our-side.ts'
import { hostDeeds, ourDeeds, quiet, type DeedName } from './deeds.ts'
import type { World } from './world.ts'

/** One thing that happens. It decides everything by its own seed, so that a history stays the same when another step is left out. */
export interface Step {
  readonly deed: DeedName
  readonly seed: number
  /** Share of the host's answers that are spoilt meanwhile. */
  readonly faultShare: number
  /** Our program dies at this call into the store or the network. */
  readonly diesAt: number | undefined
}

export interface History {
  readonly seed: number
  readonly steps: readonly Step[]
}

export interface Platform {
  readonly makeWorld: (clock: Clock, seed: number) => World | Promise<World>
  readonly connector: (world: Pick<World, 'url' | 'token'>, clock: Clock) => Storefront
}

export interface Surroundings {
  readonly platform: Platform
  readonly secrets: Secrets
  readonly makeStore: () => Promise<Store>
}

const longest = 28
const morningDeeds: readonly DeedName[] = ['place', 'place', 'place', 'poll', 'plan', 'workThrough', 'pick']

/** Mostly customers and polls; staff in between; now and then trouble. */
export function historyOf(seed: number): History {
  const random = seededRandom(seed)
  const weighted = Object.entries({ ...hostDeeds, ...ourDeeds }).flatMap(([name, { weight }]) =>
    // The names of both tables together are the DeedNames.
    Array.from({ length: weight }, () => name as DeedName),
  )
  const isRough = random.unit() < 0.7
  // Half of them begin in the middle of a working day: much goes wrong only with orders that people work on.
  const morning = morningDeeds.slice(0, random.below(2) * (2 + random.below(morningDeeds.length - 1)))
  const steps = Array.from({ length: 6 + random.below(longest - 5) }, (_, index): Step => {
    const deed = morning[index] ?? weighted[random.below(weighted.length)] ?? 'place'
    const isOurs = deed in ourDeeds
    return {
      deed,
      seed: random.next(),
      faultShare: isRough && isOurs && random.unit() < 0.3 ? 0.35 : 0,
      diesAt: isRough && isOurs && random.unit() < 0.2 ? 1 + random.below(24) : undefined,
    }
  })
  return { seed, steps }
}

export interface Shop extends OurShop {
  readonly world: World
}

/** What our own deeds reach for. */
export interface OurShop {
  /** Orders that somebody decided to keep as they were, whatever the storefront says. */
  readonly kept?: Set<string> | undefined
  readonly clock: { now(): number; forward(ms: number): void }
  readonly store: Store
  readonly workshop: Workshop
  readonly random: Random
}

/** Plays a history and answers what is wrong afterwards; empty = nothing lost, doubled or stale. */
export async function play(history: History, around: Surroundings): Promise<readonly string[]> {
  let now = 1_795_338_000_000
  const clock = { now: () => now, forward: (ms: number) => void (now += ms) }
  const world = await around.platform.makeWorld(clock, history.seed)
  const made = await around.makeStore()
  const everListed = new Set<string>()
  const store: Store = {
    ...made,
    async saveProductPage(page) {
      for (const { sku } of page.listed) everListed.add(sku)
      return made.saveProductPage(page)
    },
  }
  const system = seededSystem(clock, history.seed)
  const realFetch = globalThis.fetch
  /** Whose call it is: what a dead program had begun side by side must not go on in the name of the next one. */
  const lives = new AsyncLocalStorage<Life>()
  let host = (request: Request): Promise<Response> => world.answer(request)
  let current: Life = life(undefined, true)
  globalThis.fetch = async (input, init) =>
    (await (lives.getStore() ?? current).call(() => host(new Request(input, init)))) as Response // what host() answers
  const found: string[] = []
  /** A new start of our program: what it knew by heart is gone, what the store holds is there. */
  const born = (): Workshop => {
    const own = current
    return ourWorkshop({
      secrets: around.secrets,
      store: mortal(store, (work) => own.call(work)),
      system,
      storefrontFor: onceFor(() => around.platform.connector(world, clock)),
    })
  }
  const kept = new Set<string>()
  const shopWith = (workshop: Workshop, random: Random): Shop => ({ world, clock, store, workshop, random, kept })
  try {
    await openOurs(ourWorkshop({ secrets: around.secrets, store, system, storefrontFor: () => around.platform.connector(world, clock) }), around.secrets, { id: 'main', platform: world.platform, url: world.url, token: world.token, undoMs: 5_000 }) // prettier-ignore
    let workshop = born()
    for (const step of history.steps) {
      now += 1_000
      const random = seededRandom(step.seed)
      host = faultyHost((request) => world.answer(request), seededRandom(step.seed ^ 0x5bd1e995), step.faultShare)
      if (step.diesAt !== undefined || current.isOver()) {
        current = life(step.diesAt, random.unit() < 0.5)
        workshop = born()
      }
      const deed = { ...hostDeeds, ...ourDeeds }[step.deed]
      await lives
        .run(current, () => deed.run(shopWith(workshop, random)))
        .catch((error: unknown) => {
          if (error instanceof Crash || current.isOver() || error instanceof AppError) return
          found.push(`${step.deed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
        })
      if (current.isOver()) {
        current = life(undefined, true)
        workshop = born()
      }
    }
    host = (request) => world.answer(request)
    current = life(undefined, true)
    const shop = shopWith(born(), seededRandom(history.seed))
    await quiet(shop).catch((error: unknown) => {
      found.push(`quiet: ${error instanceof Error ? `${error.message} ${JSON.stringify('details' in error ? error.details : '')} ${error.stack ?? ''}` : String(error)}`) // prettier-ignore
    })
    const known = { world, store, vault: around.secrets.vault, everListed, kept }
    found.push(...(await complaints(known)))
    await quiet(shop)
    found.push(...(await wrongProducts(known)))
    return found
  } finally {
    globalThis.fetch = realFetch
    world.close()
    await store.close()
  }
}

/** A connector learns how its host wants to be talked to: one for as long as a life lasts. */
function onceFor(make: () => Storefront): () => Storefront {
  let made: Storefront | undefined
  return () => (made ??= make())
}

/** The shortest history, by leaving steps and troubles out one after the other, that still goes wrong. */
export async function shrink(history: History, around: Surroundings): Promise<History> {
  let shortest = history
  const stillFails = async (candidate: History): Promise<boolean> => (await play(candidate, around)).length > 0
  for (let isShrinking = true; isShrinking;) {
    isShrinking = false
    for (let index = shortest.steps.length - 1; index >= 0; index--) {
      const without = { ...shortest, steps: shortest.steps.toSpliced(index, 1) }
      if (await stillFails(without)) {
        shortest = without
        isShrinking = true
        continue
      }
      const step = shortest.steps[index]
      if (!step || (step.faultShare === 0 && step.diesAt === undefined)) continue
      const calm = { ...shortest, steps: shortest.steps.with(index, { ...step, faultShare: 0, diesAt: undefined }) }
      if (!(await stillFails(calm))) continue
      shortest = calm
      isShrinking = true
    }
  }
  return shortest
}
