import { isPostcodeOf, postcodeExample } from '../shop/postcodes.ts'
import type { Key, Words } from '../translations/words.ts'
import { emailAddress } from './email.ts'
import type { Form } from './http.ts'

/** A sentence beside a field; the field's name is its id on the page too. */
export interface FieldProblem {
  readonly field: string
  readonly text: string
}

/** What a page knows of a form that came back: what was typed, and what is wrong with it. */
export interface FormState {
  readonly values: Form
  readonly problems: readonly FieldProblem[]
}
export const freshForm: FormState = { values: {}, problems: [] }

/** Longest texts that the forms take; the JSON interface takes what its schemas say. */
export const mostCharacters: Readonly<Record<string, number>> = {
  recipient: 100,
  name: 100,
  company: 100,
  street: 100,
  street2: 100,
  postcode: 20,
  city: 100,
  region: 100,
  phone: 40,
  email: 254,
  instructions: 500,
  password: 200,
  newPassword: 200,
}
export const leastPassword = 8

export const labelOf = (field: string, words: Words): string => words.find('field', field) ?? field

/** Fields that must be filled in, and texts that are too long. */
export function plainProblems(form: Form, needed: readonly string[], words: Words): FieldProblem[] {
  const missing = needed
    .filter((field) => form[field] === undefined)
    .map((field) => ({ field, text: words.say('error.needed', { label: labelOf(field, words) }) }))
  const long = Object.entries(mostCharacters)
    .filter(([field, most]) => (form[field]?.length ?? 0) > most)
    .map(([field, most]) => ({ field, text: words.say('error.long', { label: labelOf(field, words), most }) }))
  return [...missing, ...long]
}

export function contactProblems(form: Form, words: Words): FieldProblem[] {
  const problem = (field: string, key: Key): FieldProblem => ({ field, text: words.say(key) })
  const phone = form['phone']?.normalize('NFKC')
  return [
    ...(form['email'] !== undefined && !emailAddress.safeParse(form['email'].normalize('NFKC')).success
      ? [problem('email', 'error.email')]
      : []),
    ...(phone !== undefined && (phone.match(/\d/g)?.length ?? 0) < 6 ? [problem('phone', 'error.phone')] : []),
  ]
}

/** An address as it is written there, in a country that the shop delivers to. */
export function addressProblems(
  form: Form,
  served: { readonly countries: readonly string[]; readonly words: Words },
): FieldProblem[] {
  const { words } = served
  const country = (form['country'] ?? '').toUpperCase()
  const example = postcodeExample(country)
  const needed = ['recipient', 'street', ...(example === undefined ? [] : ['postcode']), 'city', 'country']
  const problems = plainProblems(form, needed, words)
  if (country !== '' && !served.countries.includes(country)) {
    problems.push({ field: 'country', text: words.say('error.countryNotServed', { country: words.country(country) }) })
  }
  if (example !== undefined && !isPostcodeOf(country, form['postcode'])) {
    const text = words.say('error.postcode', { country: words.country(country), example })
    problems.push({ field: 'postcode', text })
  }
  return problems
}

export function newPasswordProblems(form: Form, field: 'password' | 'newPassword', words: Words): FieldProblem[] {
  const typed = form[field]
  if (typed === undefined || typed.length >= leastPassword) return []
  return [{ field, text: words.say('error.short', { label: labelOf(field, words), least: leastPassword }) }]
}

/** One sentence a field, the first. */
export const onePerField = (problems: readonly FieldProblem[]): FieldProblem[] =>
  problems.filter(({ field }, index) => problems.findIndex((other) => other.field === field) === index)
