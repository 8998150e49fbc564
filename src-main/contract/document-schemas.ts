import { z } from 'zod'
import { deliveryInformation, selectionInformation, userInformation } from './documents.ts'

const schemas: Readonly<Record<string, { readonly title: string; readonly schema: z.ZodType }>> = {
  'selection.schema.json': { title: 'Selection information (backroom-selection-1)', schema: selectionInformation },
  'delivery.schema.json': { title: 'Delivery information (backroom-delivery-1)', schema: deliveryInformation },
  'user-information.schema.json': { title: 'User information', schema: userInformation },
}

/** The published files of docs/protocol by name: JSON Schema 2020-12, indented, ending in a line end. */
export function documentSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(schemas).map(([name, { title, schema }]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12' })
      return [name, JSON.stringify({ $schema, $id: `backroom:${name}`, title, ...rest }, null, 2) + '\n']
    }),
  )
}
