import type { FulfilmentStatus } from '../domain/fulfilment.ts'

/**
 * What may be wrong with an address or a key, one name each, from which a door makes a sentence.
 * Never renamed: guides and translations go by them.
 */
export const accessProblems = [
  'address-invalid',
  'address-has-credentials',
  'scheme-not-allowed',
  'host-unknown',
  'no-connection',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-self-signed',
  'certificate-other-name',
  'certificate-invalid',
  'no-https-there',
  'plain-http',
  'redirected',
  'web-page',
  'captcha',
  'firewall',
  'rest-off',
  'not-a-shop',
  'version-old',
  'too-slow',
  'too-many-requests',
  'unavailable',
  'answer-wrong',
  'key-form',
  'key-wrong',
  'key-read-only',
  'key-scope',
  'clock-off',
  'clock-theirs',
] as const
export type AccessProblem = (typeof accessProblems)[number]

export type StorefrontPlatform = 'open-protocol' | 'woocommerce'

/** Numbers and names for a sentence: `host`, `toHost`, `status`, `minutes`, `scope` ... Never a token, never a body. */
export type ProblemFacts = { readonly [name: string]: string | number }

/** What stands at an address, seen from outside and without a key. */
export interface Sighting {
  /** The base address as it should be kept: without what people paste behind it. */
  readonly url: string
  readonly platform?: StorefrontPlatform | undefined
  /** What the shop calls itself. */
  readonly name?: string | undefined
  /** The host's clock less ours, by its Date header, which counts whole seconds; absent where it says none. */
  readonly hostClockOffsetMs?: number | undefined
  readonly problem?: { readonly code: AccessProblem; readonly facts: ProblemFacts } | undefined
  /** An address that is likely to be the right one. */
  readonly suggestion?: string | undefined
}

/** Looks what speaks at an address before anything is kept and before a key is sent there. Never throws for what it finds. */
export interface StorefrontProbe {
  look(typed: string): Promise<Sighting>
}

/** What customers would read at a storefront whose words are ours, with made-up facts; none where the shop has its own. */
export interface PreviewedWords {
  readonly kind: FulfilmentStatus
  readonly words: string
  /** Told unless the shop chooses otherwise. */
  readonly isUsual: boolean
}
export type PreviewWords = (platform: StorefrontPlatform, language: 'en' | 'de' | 'ja') => readonly PreviewedWords[]
