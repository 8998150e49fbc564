import type { ManifestLine } from './manifest.ts'

/** What came of scanning one parcel while loading. */
export type Loaded =
  | { readonly outcome: 'taken' | 'again'; readonly loaded: readonly string[] }
  | { readonly outcome: 'not-here'; readonly loaded: readonly string[] }

/** One more parcel in the van; a number twice is no second parcel, and one that is not on the manifest stays out. */
export function load(loaded: readonly string[], pids: readonly string[], pid: string): Loaded {
  if (!pids.includes(pid)) return { outcome: 'not-here', loaded }
  if (loaded.includes(pid)) return { outcome: 'again', loaded }
  return { outcome: 'taken', loaded: [...loaded, pid] }
}

/** Parcels that nobody has scanned yet, in the order of the manifest. */
export const missing = <Line extends Pick<ManifestLine, 'pid'>>(
  lines: readonly Line[],
  loaded: readonly string[],
): readonly Line[] => lines.filter((line) => !loaded.includes(line.pid))
