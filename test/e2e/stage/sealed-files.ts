import { readFileSync } from 'node:fs'
import jose from 'node-jose'

/** Opens a JWE compact with the private keys of a file, by node-jose: none of our own code has part in it. */
export async function openJwe(
  compact: string,
  keyFile: string,
): Promise<{ readonly header: Readonly<Record<string, unknown>>; readonly text: string }> {
  return opened(compact, await jose.JWK.asKeyStore(readFileSync(keyFile, 'utf8')))
}

/** The same with one private key. */
export const openJweWith = async (compact: string, key: object) => opened(compact, await jose.JWK.asKey(key))

async function opened(compact: string, keys: jose.JWK.Key | jose.JWK.KeyStore) {
  const { header, payload } = await jose.JWE.createDecrypt(keys).decrypt(compact.trim())
  // The declaration has an empty object; RFC 7515 says what a header is.
  return { header: header as Readonly<Record<string, unknown>>, text: payload.toString('utf8') }
}

/** Verifies a JWS compact with one public key; throws when the signature is not its. */
export async function verifyJws(
  compact: string,
  key: object,
): Promise<{ readonly header: Readonly<Record<string, unknown>>; readonly text: string }> {
  const { header, payload } = await jose.JWS.createVerify(await jose.JWK.asKey(key)).verify(compact.trim())
  return { header: header as Readonly<Record<string, unknown>>, text: payload.toString('utf8') }
}

/** Header of a compact JWE or JWS, which is not secret. */
export function headerOf(compact: string): Readonly<Record<string, unknown>> {
  const json = Buffer.from(compact.split('.')[0] ?? '', 'base64url').toString('utf8')
  // A protected header is a JSON object, by RFC 7516.
  return JSON.parse(json) as Readonly<Record<string, unknown>>
}

export const isJwe = (text: string): boolean => /^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/.test(text)
