const mebibyte = 1024 * 1024

/** What every server takes at least; larger bodies are answered 413. */
export const limits = {
  /** Reports, stock. */
  bodyBytes: 4 * mebibyte,
  /** Rules carry the measures of every product: about 200 bytes each. */
  rulesBytes: 64 * mebibyte,
  reportsPerBatch: 100,
  levelsPerUpdate: 5000,
  /** The page size that every server can give, and the largest that may be asked for. */
  pageSize: { default: 100, max: 500 },
  longPollSeconds: 30,
  /** A request that has not arrived whole by then is answered 408, or its connection is closed. */
  requestSeconds: 60,
  /** Days for which a key gets the same answer. */
  answerDays: 30,
} as const

/** Names the protocol's version: asked for by a client, told by every server. */
export const versionHeader = 'Storefront-Protocol'
