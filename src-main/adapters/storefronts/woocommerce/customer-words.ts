import type { FulfilmentStatus } from '../../../domain/fulfilment.ts'
import type { Language } from './language.ts'

/** What a customer can be told, already without ids of ours. */
export interface ToldToCustomer {
  readonly kind: FulfilmentStatus
  /** Which of several packages it is about; absent when there is one, or when it is about the whole order. */
  readonly letter?: string | undefined
  readonly packages?: readonly ToldPackage[] | undefined
  readonly tracking?: { readonly carrier: string; readonly number: string } | undefined
  /** A code such as `nobody-home`; a person's own words are never passed on. */
  readonly reason?: string | undefined
}

export interface ToldPackage {
  readonly letter: string
  readonly contents: readonly { readonly name: string; readonly quantity: number }[]
}

interface Words {
  readonly whole: string
  readonly part: (letter: string) => string
  readonly parcels: (count: number) => string
  readonly says: Readonly<Record<Exclude<FulfilmentStatus, 'planned'>, (subject: string) => string>>
  readonly tracking: (carrier: string, number: string) => string
  readonly reasons: Readonly<Record<string, string>>
  readonly reference: (ref: string) => string
}

const wordsByLanguage: Readonly<Record<Language, Words>> = {
  en: {
    whole: 'Your order',
    part: (letter) => `Package ${letter} of your order`,
    parcels: (count) =>
      count === 1 ? 'Your order travels in one package:' : `Your order travels in ${count} packages:`,
    says: {
      received: (it) => `${it} has been received.`,
      'on-hold': (it) => `${it} is waiting; we are looking into it.`,
      picking: (it) => `${it} is being picked.`,
      packed: (it) => `${it} is packed.`,
      'handed-over': (it) => `${it} has been handed to the courier.`,
      'out-for-delivery': (it) => `${it} is on its way to you.`,
      delivered: (it) => `${it} has been delivered.`,
      failed: (it) => `${it} could not be delivered.`,
      returned: (it) => `${it} has come back to us.`,
      cancelled: (it) => `${it} will not be sent.`,
    },
    tracking: (carrier, number) => `Courier: ${carrier}. Tracking number: ${number}.`,
    reasons: {
      'nobody-home': 'Nobody was at home.',
      refused: 'It was not accepted.',
      'address-wrong': 'The address could not be found.',
      'no-access': 'There was no way to the door.',
      damaged: 'It was damaged.',
      lost: 'It was lost.',
      'out-of-time': 'There was not enough time left that day.',
      'not-delivered': 'It could not be delivered.',
      'partly-returned': 'A part of it has come back to us.',
      'not-handed-over': 'The courier left without it; it goes with the next collection.',
    },
    reference: (ref) => `Reference ${ref}`,
  },
  de: {
    whole: 'Ihre Bestellung',
    part: (letter) => `Paket ${letter} Ihrer Bestellung`,
    parcels: (count) =>
      count === 1 ? 'Ihre Bestellung reist in einem Paket:' : `Ihre Bestellung reist in ${count} Paketen:`,
    says: {
      received: (it) => `${it} ist bei uns eingegangen.`,
      'on-hold': (it) => `${it} wartet noch; wir kümmern uns darum.`,
      picking: (it) => `${it} wird zusammengestellt.`,
      packed: (it) => `${it} ist gepackt.`,
      'handed-over': (it) => `${it} ist dem Zusteller übergeben.`,
      'out-for-delivery': (it) => `${it} ist auf dem Weg zu Ihnen.`,
      delivered: (it) => `${it} ist zugestellt.`,
      failed: (it) => `${it} konnte nicht zugestellt werden.`,
      returned: (it) => `${it} ist zu uns zurückgekommen.`,
      cancelled: (it) => `${it} wird nicht versandt.`,
    },
    tracking: (carrier, number) => `Zusteller: ${carrier}. Sendungsnummer: ${number}.`,
    reasons: {
      'nobody-home': 'Es war niemand zu Hause.',
      refused: 'Die Annahme wurde verweigert.',
      'address-wrong': 'Die Adresse war nicht zu finden.',
      'no-access': 'Es gab keinen Weg zur Tür.',
      damaged: 'Es war beschädigt.',
      lost: 'Es ist verloren gegangen.',
      'out-of-time': 'An dem Tag reichte die Zeit nicht mehr.',
      'not-delivered': 'Die Zustellung war nicht möglich.',
      'partly-returned': 'Ein Teil davon ist zu uns zurückgekommen.',
      'not-handed-over': 'Der Zusteller fuhr ohne das Paket; es geht mit der nächsten Abholung.',
    },
    reference: (ref) => `Kennung ${ref}`,
  },
  ja: {
    whole: 'ご注文の商品',
    part: (letter) => `ご注文の荷物${letter}`,
    parcels: (count) => `ご注文は${count}個の荷物でお届けします。`,
    says: {
      received: (it) => `${it}を承りました。`,
      'on-hold': (it) => `${it}は確認中です。しばらくお待ちください。`,
      picking: (it) => `${it}を集めています。`,
      packed: (it) => `${it}の梱包が終わりました。`,
      'handed-over': (it) => `${it}を配送業者に引き渡しました。`,
      'out-for-delivery': (it) => `${it}の配達に向かっています。`,
      delivered: (it) => `${it}をお届けしました。`,
      failed: (it) => `${it}をお届けできませんでした。`,
      returned: (it) => `${it}が当店に戻りました。`,
      cancelled: (it) => `${it}は発送されません。`,
    },
    tracking: (carrier, number) => `配送業者：${carrier}、お問い合わせ番号:${number}`,
    reasons: {
      'nobody-home': 'ご不在でした。',
      refused: '受け取りを辞退されました。',
      'address-wrong': 'ご住所が見つかりませんでした。',
      'no-access': '玄関までたどり着けませんでした。',
      damaged: '破損していました。',
      lost: '紛失しました。',
      'out-of-time': '当日中に配達できませんでした。',
      'not-delivered': '配達できませんでした。',
      'partly-returned': '一部が当店に返品されました。',
      'not-handed-over': '積み残しのため、次の集荷でお送りします。',
    },
    reference: (ref) => `整理番号 ${ref}`,
  },
}

/** Statuses a customer is told unless the shop chose otherwise: what can be seen to happen, without `packed`. */
export const usuallyTold: readonly FulfilmentStatus[] = [
  'planned',
  'picking',
  'handed-over',
  'out-for-delivery',
  'delivered',
  'failed',
  'returned',
  'cancelled',
]

/** The message for one status: short plain sentences, one thing a line, and at its end the reference it is known by. */
export function customerWords(language: Language, told: ToldToCustomer, ref: string): string {
  const words = wordsByLanguage[language]
  const subject = told.letter === undefined ? words.whole : words.part(told.letter)
  const lines = told.kind === 'planned' ? packageLines(words, told.packages ?? []) : [words.says[told.kind](subject)]
  const reason = told.reason === undefined ? undefined : words.reasons[told.reason]
  if (reason !== undefined) lines.push(reason)
  if (told.tracking) lines.push(words.tracking(told.tracking.carrier, told.tracking.number))
  return [...lines, words.reference(ref)].join('\n')
}

function packageLines(words: Words, packages: readonly ToldPackage[]): string[] {
  const contents = ({ contents: items }: ToldPackage): string =>
    items.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')
  const rows = packages.map((one) => (packages.length > 1 ? `${one.letter}: ${contents(one)}` : contents(one)))
  return [words.parcels(packages.length), ...rows]
}

/** The same words with made-up facts, for a person who chooses what customers are told. */
export function previewWords(language: Language, kind: FulfilmentStatus): string {
  const name = { en: 'Assam tea', de: 'Assam-Tee', ja: 'アッサムティー' }[language]
  return customerWords(
    language,
    {
      kind,
      ...(kind === 'planned'
        ? {
            packages: [
              { letter: 'A', contents: [{ name, quantity: 2 }] },
              { letter: 'B', contents: [{ name, quantity: 1 }] },
            ],
          }
        : { letter: 'A' }),
      ...(kind === 'handed-over' && { tracking: { carrier: 'Courier', number: '0012345678' } }),
      ...(kind === 'failed' && { reason: 'nobody-home' }),
    },
    '1a2b3c4d5e6f',
  )
}
