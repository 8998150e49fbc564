import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'
import { AppError } from '../../kernel/errors.ts'
import { documentHost, pageHost, scheme } from './window.ts'

export interface ServedDocument {
  readonly mediaType: string
  readonly fileName: string
  readonly bytes: Uint8Array
}

export interface SchemeOptions {
  readonly rendererFolder: string
  readonly readDocument: (documentId: string) => Promise<ServedDocument>
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

const contentSecurityPolicy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"

/** Must run before the app is ready: only then can a scheme be made a proper origin. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

export function serveScheme(options: SchemeOptions): void {
  protocol.handle(scheme, async (request) => {
    const { host, pathname } = new URL(request.url)
    if (host === documentHost) return documentResponse(options, decodeURIComponent(pathname.slice(1)))
    return host === pageHost ? fileResponse(options.rendererFolder, pathname) : notHere()
  })
}

const notHere = (): Response => new Response('Not here.', { status: 404 })

async function fileResponse(folder: string, pathname: string): Promise<Response> {
  const path = normalize(join(folder, decodeURIComponent(pathname)))
  if (!path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return notHere()
  try {
    return response(await readFile(path), mediaTypes[extname(path)] ?? 'application/octet-stream')
  } catch {
    // Any reason not to read one of our own files means for the page that it is not there.
    return notHere()
  }
}

async function documentResponse(options: SchemeOptions, documentId: string): Promise<Response> {
  try {
    const { bytes, mediaType, fileName } = await options.readDocument(documentId)
    return response(bytes, mediaType, { 'content-disposition': `inline; filename="${fileName}"` })
  } catch (error) {
    if (error instanceof AppError && error.code === 'ERR_DOCUMENT_NOT_FOUND') return notHere()
    throw error
  }
}

function response(bytes: Uint8Array, mediaType: string, more: Record<string, string> = {}): Response {
  const headers = {
    'content-type': mediaType,
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    ...more,
  }
  return new Response(new Uint8Array(bytes), { headers })
}
