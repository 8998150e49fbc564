/**
 * Text of what crosses between page and main process. Electron clones more than JSON holds; the contract promises
 * JSON, so anything else is refused here. Undefined members are left out on both sides.
 */
export function toWire(value: unknown): string {
  return JSON.stringify(value ?? null, (key, part: unknown) => {
    const isPlain =
      typeof part !== 'object' ||
      part === null ||
      Array.isArray(part) ||
      Object.getPrototypeOf(part) === Object.prototype ||
      Object.getPrototypeOf(part) === null
    if (!isPlain || typeof part === 'function' || typeof part === 'symbol' || typeof part === 'bigint')
      throw new TypeError(`Not JSON: ${key || 'the value'}`)
    return part
  })
}
