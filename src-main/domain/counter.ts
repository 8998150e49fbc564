/**
 * Where orders taken at the counter and on the phone come from: a storefront of our own that has no address and no
 * token. Nobody polls it and nothing is reported to it.
 */
export const counterConnectionId = 'counter'
export const counterPlatform = 'counter'

/** Where orders of files come from: a storefront that only hands over files. Nobody polls it either. */
export const filePlatform = 'file'

/** True for orders that come over the counter or in a file: there is nobody to ask or to tell. */
export const isTakenHere = ({ platform }: { readonly platform: string }): boolean =>
  platform === counterPlatform || platform === filePlatform
