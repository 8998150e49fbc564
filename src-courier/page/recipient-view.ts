import type { LabelRecipient } from '../core/label.ts'
import { element } from './elements.ts'
import { t } from './texts/texts.ts'

/** `dir=auto`: names and streets are written in the direction of their own script. */
export function recipientView(recipient: LabelRecipient, at?: readonly [lat: number, lon: number]): HTMLElement {
  const { name, company, lines, postcode, city, region, country, phone, instructions } = recipient
  const place = [`${postcode} ${city}`, region, country].filter((part) => part !== undefined && part !== '').join(', ')
  const line = (text: string): HTMLElement => element('div', { dir: 'auto' }, [text])
  const dialled = phone?.replace(/[^\d+]/g, '') ?? ''
  return element('div', {}, [
    element('address', {}, [
      element('strong', { dir: 'auto' }, [name]),
      ...[company, ...lines, place].flatMap((text) => (text === undefined || text === '' ? [] : [line(text)])),
    ]),
    instructions !== undefined && element('p', { className: 'instructions', dir: 'auto' }, [instructions]),
    element('div', { className: 'row ways' }, [
      dialled !== '' &&
        element('a', { className: 'button', href: `tel:${dialled}` }, [`${t('stop.call')} ${phone ?? ''}`]),
      element('a', { className: 'button', href: mapLink(recipient, at) }, [t('stop.navigate')]),
    ]),
  ])
}

/** RFC 5870; without a place the address is the question. Opened by the telephone's own map, and only on a tap. */
function mapLink({ lines, postcode, city, country }: LabelRecipient, at?: readonly [number, number]): string {
  const question = encodeURIComponent([...lines, `${postcode} ${city}`, country].join(', '))
  return at ? `geo:${at[0]},${at[1]}?q=${at[0]},${at[1]}` : `geo:0,0?q=${question}`
}
