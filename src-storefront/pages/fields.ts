import { html } from 'hono/html'
import { labelOf, mostCharacters, type FieldProblem, type FormState } from '../customer/form-fields.ts'
import type { Words } from '../translations/words.ts'
import { nothing, type Html } from './layout.ts'

/** Every mistake at the top of the page, each a link to its field. The focus begins here, also without scripts. */
export function errorSummary(words: Words, problems: readonly FieldProblem[]): Html {
  if (problems.length === 0) return nothing
  return html`<div class="box problem" role="alert" tabindex="-1" id="problems" autofocus>
    <h2>${words.count('error.summary', problems.length)}</h2>
    <ul>
      ${problems.map(({ field, text }) => html`<li><a href="#${field}">${text}</a></li>`)}
    </ul>
  </div>`
}

export interface FieldOptions {
  readonly type?: 'text' | 'email' | 'tel' | 'password'
  readonly value?: string | undefined
  readonly autocomplete?: string
  readonly inputmode?: string
  readonly required?: boolean
  /** Needed for some choices only: neither required by the browser nor called optional. */
  readonly isSometimesNeeded?: boolean
  readonly minlength?: number
  readonly hint?: string
  /** Where a page has the field twice: its id; the name stays. */
  readonly id?: string
}

/** Fields of one form: what was typed comes back, and a mistake stands beside its field. */
export interface Fields {
  input(name: string, options?: FieldOptions): Html
  select(name: string, options: SelectOptions): Html
  textarea(name: string, options: { readonly value?: string | undefined; readonly hint: string }): Html
  /** For groups of choices: the attributes that tie the mistake to the group, and the mistake. */
  problem(name: string): Html
  describedBy(name: string): Html | string
  value(name: string, otherwise?: string): string | undefined
}

export interface SelectOptions {
  readonly choices: readonly { readonly value: string; readonly text: string }[]
  readonly value?: string | undefined
  readonly autocomplete?: string
  readonly isOptional?: boolean
}

export function fieldsOf(words: Words, form: FormState, prefix = ''): Fields {
  const problemOf = (name: string): FieldProblem | undefined => form.problems.find(({ field }) => field === name)
  const idOf = (name: string): string => prefix + name
  const problem = (name: string): Html => {
    const found = problemOf(name)
    return found === undefined ? nothing : html`<span class="mistake" id="${idOf(name)}-problem">${found.text}</span>`
  }
  const describedBy = (name: string, hint?: string): Html | string => {
    const isWrong = problemOf(name) !== undefined
    const ids = [...(isWrong ? [`${idOf(name)}-problem`] : []), ...(hint === undefined ? [] : [`${idOf(name)}-hint`])]
    if (ids.length === 0) return ''
    return html`aria-describedby="${ids.join(' ')}"${isWrong ? html` aria-invalid="true"` : ''}`
  }
  // A field that came back empty was emptied: only a form that was never sent shows what is known.
  const isSent = Object.keys(form.values).length > 0
  const value = (name: string, otherwise?: string): string | undefined =>
    isSent ? form.values[name] : (form.values[name] ?? otherwise)
  const label = (name: string, isOptional: boolean): Html =>
    html`<label for="${idOf(name)}"
      >${labelOf(name, words)}${isOptional ? html` <small>(${words.say('field.optional')})</small>` : ''}</label
    >`
  const hintLine = (name: string, hint: string | undefined): Html =>
    hint === undefined ? nothing : html`<small class="soft" id="${idOf(name)}-hint">${hint}</small>`
  return {
    problem,
    describedBy,
    value,
    input(name, options = {}) {
      const { type = 'text', required = false, isSometimesNeeded = false, autocomplete = 'off', hint } = options
      const most = mostCharacters[name]
      return html`<div class="field">
        ${label(name, !required && !isSometimesNeeded)} ${problem(name)}
        <input
          id="${idOf(name)}"
          name="${name}"
          type="${type}"
          value="${type === 'password' ? '' : (value(name, options.value) ?? '')}"
          autocomplete="${autocomplete}"
          ${type === 'text' ? html`dir="auto"` : ''}
          ${required ? html`required` : ''}
          ${most === undefined ? '' : html`maxlength="${most}"`}
          ${options.minlength === undefined ? '' : html`minlength="${options.minlength}"`}
          ${options.inputmode === undefined ? '' : html`inputmode="${options.inputmode}"`}
          ${describedBy(name, hint)}
        />
        ${hintLine(name, hint)}
      </div>`
    },
    select(name, { choices, value: known, autocomplete = 'off', isOptional = false }) {
      const chosen = value(name, known) ?? ''
      return html`<div class="field">
        ${label(name, isOptional)} ${problem(name)}
        <select id="${idOf(name)}" name="${name}" autocomplete="${autocomplete}" ${describedBy(name)}>
          ${choices.map(
            (choice) =>
              html`<option value="${choice.value}" ${choice.value === chosen ? 'selected' : ''}>
                ${choice.text}
              </option>`,
          )}
        </select>
      </div>`
    },
    textarea(name, { value: known, hint }) {
      return html`<div class="field">
        ${label(name, true)} ${problem(name)}
        <textarea
          id="${idOf(name)}"
          name="${name}"
          rows="3"
          dir="auto"
          maxlength="${mostCharacters[name] ?? 1000}"
          ${describedBy(name, hint)}
        >
${value(name, known) ?? ''}</textarea>
        ${hintLine(name, hint)}
      </div>`
    },
  }
}
