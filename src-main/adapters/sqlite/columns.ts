import { AppError } from '../../kernel/errors.ts'
import type { Size } from '../../kernel/units.ts'

/** A value as opaque JSON text. */
export const toJson = (value: object): string => JSON.stringify(value)

/** Reads what `toJson` wrote. The type is the one that was written: only this adapter writes these columns. */
export function fromJson<Shape>(text: string): Shape {
  try {
    return JSON.parse(text) as Shape // written by toJson from a value of this type
  } catch (cause) {
    throw new AppError('ERR_STORE_DAMAGED', { what: 'json-column' }, { cause })
  }
}

/** NULL stands for absence in SQL rows, undefined everywhere else. */
export const orUndefined = <Value>(value: Value | null): Value | undefined => value ?? undefined

export const sizeOrUndefined = (
  length: number | null,
  width: number | null,
  height: number | null,
): Size | undefined => (length === null || width === null || height === null ? undefined : [length, width, height])
