/** Put in by vite.courier.config.ts: the decoder's program, gzip in base64, and the worker that runs it, as script. */
declare const READER_WASM_GZIP: string
declare const READER_WORKER: string

export const workerScript = (): string => READER_WORKER

export async function readerWasm(): Promise<ArrayBuffer> {
  const packed = Uint8Array.from(atob(READER_WASM_GZIP), (sign) => sign.charCodeAt(0))
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Response(unpacked).arrayBuffer()
}
