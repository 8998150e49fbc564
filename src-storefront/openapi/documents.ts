import type { Json } from '../../src-main/kernel/json.ts'
import { openStorefrontDocument } from '../../src-protocol/openapi/open-storefront.ts'
import { customerDocument } from './customer.ts'

/** The published descriptions, by file name; a test compares them with what lies in docs/protocol. */
export const documents: Readonly<Record<string, () => Json>> = {
  'open-storefront.openapi.json': openStorefrontDocument,
  'customer.openapi.json': customerDocument,
}

export const documentText = (document: Json): string => JSON.stringify(document, undefined, 2) + '\n'
