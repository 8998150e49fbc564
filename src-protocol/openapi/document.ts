import { z } from 'zod'
import type { Json } from '../../src-main/kernel/json.ts'

/** One path and method of an interface, from which its page of the OpenAPI file is made. */
export interface Operation {
  readonly method: 'get' | 'put' | 'post'
  readonly path: string
  readonly id: string
  readonly summary: string
  readonly description?: string
  /** Undefined: open to everyone. */
  readonly security?: readonly string[]
  /** What the token must be made for. */
  readonly scopes?: readonly string[]
  readonly query?: Readonly<Record<string, { readonly schema: z.ZodType; readonly description: string }>>
  readonly headers?: Readonly<Record<string, { readonly schema: z.ZodType; readonly description: string }>>
  /** Name of a schema. */
  readonly body?: string
  readonly answers: readonly { readonly status: number; readonly description: string; readonly schema?: string }[]
}

export interface InterfaceDescription {
  readonly title: string
  readonly version: string
  readonly description: string
  readonly schemas: Readonly<Record<string, z.ZodType>>
  readonly securitySchemes: Json
  /** Media type of answers whose schema is named Problem; `application/json` unless told. */
  readonly problemType?: string
  readonly operations: readonly Operation[]
}

const inComponents = (name: string): string => `#/components/schemas/${name}`

/** An OpenAPI 3.1 document. Schemas come from zod and nowhere else, so that words and checks cannot differ. */
export function openApiDocument(described: InterfaceDescription): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: described.title,
      version: described.version,
      description: described.description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths: pathsOf(described),
    components: { schemas: componentsOf(described.schemas), securitySchemes: described.securitySchemes },
  }
}

function componentsOf(schemas: InterfaceDescription['schemas']): Json {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id })
  const made = z.toJSONSchema(registry, { uri: inComponents, io: 'input' })
  return Object.fromEntries(Object.entries(made.schemas).map(([id, schema]) => [id, plain(schema)]))
}

/** JSON Schema without the keys that belong to a document of its own. */
function plain(schema: object): Json {
  const { $schema: _schema, $id: _id, ...rest } = schema as { [key: string]: Json } // toJSONSchema gives plain JSON
  return rest
}

const inline = (schema: z.ZodType): Json => plain(z.toJSONSchema(schema, { io: 'input' }))

function pathsOf({ operations, problemType = 'application/json' }: InterfaceDescription): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationOf(operation, problemType) }
  }
  return paths
}

function operationOf(operation: Operation, problemType: string): Json {
  const { scopes = [] } = operation
  const content = (name: string): Json => ({
    [name === 'Problem' ? problemType : 'application/json']: { schema: { $ref: inComponents(name) } },
  })
  const parameters = parametersOf(operation)
  return {
    operationId: operation.id,
    summary: operation.summary,
    ...(operation.description !== undefined && { description: operation.description }),
    ...(operation.security !== undefined && { security: operation.security.map((name) => ({ [name]: [...scopes] })) }),
    ...(parameters.length > 0 && { parameters }),
    ...(operation.body !== undefined && { requestBody: { required: true, content: content(operation.body) } }),
    responses: Object.fromEntries(
      operation.answers.map(({ status, description, schema }) => [
        String(status),
        { description, ...(schema !== undefined && { content: content(schema) }) },
      ]),
    ),
  }
}

function parametersOf(operation: Operation): Json[] {
  const named = (where: 'query' | 'header', list: Operation['query'] = {}): Json[] =>
    Object.entries(list).map(([name, { schema, description }]) => ({
      name,
      in: where,
      required: where === 'header',
      description,
      schema: inline(schema),
    }))
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']): Json => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return [...inPath, ...named('query', operation.query), ...named('header', operation.headers)]
}
