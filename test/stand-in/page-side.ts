/**
 * The script that runs in a page before its own: `electron` as a sandboxed preload sees it, then the preload. What the
 * page and the main process say to each other is JSON text through the binding `standIn` and `standInHears`.
 */
export const pageSide = (preload: string): string => `(() => {
  if (window.standInHears) return
  const listeners = new Map(), open = new Map()
  let calls = 0
  const strict = (name, target) => new Proxy(target, { get(object, key) {
    if (typeof key === 'string' && !(key in object)) throw new Error('The stand-in has no ' + name + '.' + key)
    return object[key]
  } })
  window.standInHears = (text) => {
    const message = JSON.parse(text)
    if (message.channel) return [...(listeners.get(message.channel) ?? [])].forEach((listener) => listener({}, ...message.args))
    const [resolve, reject] = open.get(message.reply)
    open.delete(message.reply)
    if (message.error !== undefined) reject(new Error(message.error))
    else resolve(message.value)
  }
  window.open = (url) => { standIn(JSON.stringify({ open: String(url) })); return null }
  const ipcRenderer = strict('ipcRenderer', {
    invoke: (channel, ...args) => new Promise((resolve, reject) => {
      const call = String(++calls)
      open.set(call, [resolve, reject])
      standIn(JSON.stringify({ call, channel, args }))
    }),
    on(channel, listener) { listeners.set(channel, new Set([...(listeners.get(channel) ?? []), listener])); return ipcRenderer },
    removeListener(channel, listener) { listeners.get(channel)?.delete(listener); return ipcRenderer },
  })
  const contextBridge = strict('contextBridge', {
    exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze({ ...api }), enumerable: true }),
  })
  const require = (name) => {
    if (name === 'electron') return strict('electron', { ipcRenderer, contextBridge })
    throw new Error('A sandboxed preload cannot require ' + name)
  }
  const module = { exports: {} };
  (function (require, module, exports) { ${preload}
  }).call({}, require, module, module.exports)
})()`
