/**
 * The X.509 package finds its parts through a container that asks `Reflect` for notes its classes took; standards never
 * got these functions. The part of them that it calls, in memory of this process alone.
 */
type Notes = Map<unknown, unknown>
interface Reflecting {
  getMetadata?: (key: unknown, target: object) => unknown
  getOwnMetadata?: (key: unknown, target: object) => unknown
  hasOwnMetadata?: (key: unknown, target: object) => boolean
  defineMetadata?: (key: unknown, value: unknown, target: object) => void
}

const notes = new WeakMap<object, Notes>()
// Somebody else may have brought them already; then theirs stay.
const reflecting = Reflect as Reflecting

reflecting.getOwnMetadata ??= (key, target) => notes.get(target)?.get(key)
reflecting.hasOwnMetadata ??= (key, target) => notes.get(target)?.has(key) ?? false
reflecting.getMetadata ??= (key, target) => {
  for (let one: object | null = target; one !== null; one = Reflect.getPrototypeOf(one)) {
    const known = notes.get(one)
    if (known?.has(key)) return known.get(key)
  }
  return undefined
}
reflecting.defineMetadata ??= (key, value, target) => {
  const known: Notes = notes.get(target) ?? new Map<unknown, unknown>()
  notes.set(target, known.set(key, value))
}
