import { useI18n } from 'vue-i18n'
import { decimalsOf } from '../../../src-main/kernel/money.ts'
import { useSession } from '../../stores/session.ts'

/** Fields whose texts are numbers and a unit; the unit stays the file's, a gram more must be seen. */
const measured: ReadonlySet<string> = new Set(['size', 'volume', 'weight', 'maxLoad', 'dangerous', 'taxRate'])

/** What an import would change, as people read it; a text that is of no known kind stays as it came. */
export function useChangeWords(): (field: string, text: string) => string {
  const { t } = useI18n()
  const session = useSession()

  function price(text: string): string {
    const [, amount = '', currency = ''] = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(text) ?? []
    if (currency === '') return text
    return session.formats.money(Math.round(Number(amount) * 10 ** decimalsOf(currency)), currency)
  }

  return (field, text) => {
    if (field === 'price') return price(text)
    if (field === 'orientation' || field === 'temperature') return t(`catalogue.${field}s.${text}`)
    if (measured.has(field)) return text.replaceAll(/\d+(?:\.\d+)?/g, (number) => session.formats.count(Number(number)))
    if (text === 'yes' || text === 'no')
      return ['alone', 'ownBox', 'fragile', 'active'].includes(field) ? t(`common.${text}`) : text
    return text
  }
}
