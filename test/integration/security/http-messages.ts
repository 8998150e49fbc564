/**
 * The HTTP messages in what one side of a connection sent: their bodies, with chunks put together, because a word that
 * stands across two of them is no less readable; their heads; and whatever follows that is no message.
 */
export function messagesIn(sent: Buffer): { readonly bodies: readonly Buffer[]; readonly heads: Buffer } {
  const bodies: Buffer[] = []
  const heads: Buffer[] = []
  let at = 0
  while (at < sent.length) {
    const end = sent.indexOf('\r\n\r\n', at)
    if (end < 0) break
    const head = sent.toString('latin1', at, end)
    heads.push(sent.subarray(at, end + 4))
    const body = sent.subarray(end + 4)
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
    if (/^transfer-encoding: *chunked/im.test(head)) {
      const { content, taken } = dechunked(body)
      bodies.push(content)
      at = end + 4 + taken
    } else {
      bodies.push(body.subarray(0, length))
      at = end + 4 + length
    }
  }
  return { bodies: bodies.filter((body) => body.length > 0), heads: Buffer.concat([...heads, sent.subarray(at)]) }
}

function dechunked(body: Buffer): { readonly content: Buffer; readonly taken: number } {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const end = body.indexOf('\r\n', at)
    const length = end < 0 ? Number.NaN : Number.parseInt(body.toString('latin1', at, end), 16)
    if (Number.isNaN(length)) return { content: Buffer.concat(chunks), taken: body.length }
    chunks.push(body.subarray(end + 2, end + 2 + length))
    at = end + 2 + length + 2
    if (length === 0) return { content: Buffer.concat(chunks), taken: at }
  }
}
