/** What runtimes and debuggers look at on any object, without meaning anything by it. */
const looks: ReadonlySet<string> = new Set(['then', 'toJSON', 'constructor', 'prototype', 'default', 'inspect'])

/** The object with a guard: reading what it does not have throws, so that a test tells what the stand-in lacks. */
export function strict<Target extends object>(name: string, target: Target): Target {
  return new Proxy(target, {
    get(object, key) {
      if (typeof key === 'string' && !(key in object) && !looks.has(key))
        throw new Error(`The stand-in has no ${name}.${key}; add it, or do without it`)
      const value: unknown = Reflect.get(object, key)
      // Methods run on the object itself: its private members are not the guard's.
      return typeof value === 'function' ? value.bind(object) : value
    },
  })
}
