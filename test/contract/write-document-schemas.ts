import { writeFileSync } from 'node:fs'
import { documentSchemas } from '../../src-main/contract/document-schemas.ts'

// Writes the published schemas: `npx -c 'node test/contract/write-document-schemas.ts'`.
const folder = new URL('../../docs/protocol/', import.meta.url)
for (const [name, text] of documentSchemas()) writeFileSync(new URL(name, folder), text)
