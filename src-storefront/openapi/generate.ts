import { mkdirSync, writeFileSync } from 'node:fs'
import { documents, documentText } from './documents.ts'

// Writes the published descriptions: `npx -c 'node src-storefront/openapi/generate.ts'`.
const folder = new URL('../../docs/protocol/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [name, make] of Object.entries(documents)) writeFileSync(new URL(name, folder), documentText(make()))
