import type { Language } from '../translations/language.ts'
import type { Words } from '../translations/words.ts'

const english = {
  forgotten: 'Forgotten your password?',
  lead: 'Give the e-mail address of your account. You get a mail with a link that sets a new password.',
  send: 'Send the link',
  sentTitle: 'Look into your mail',
  sent: 'If there is an account with this address, a mail with a link is on its way. The link works once, for an hour.',
  sentNothing: 'No mail after some minutes? Look among the unwanted ones, or check the address and ask again.',
  off: 'This shop cannot send mails. Please ask the shop for help with your account.',
  title: 'Set a new password',
  setLead: 'Every device that is signed in is signed out, and you get a mail that says so.',
  set: 'Set the password',
  endedTitle: 'This link has ended',
  ended: 'It was used already, is older than an hour, or a newer one was sent.',
  again: 'Ask for a new link',
  doneTitle: 'Your password is set',
  done: 'You can sign in with it now.',
}
type Key = keyof typeof english

const texts: Readonly<Record<Language, Readonly<Record<Key, string>>>> = {
  en: english,
  de: {
    forgotten: 'Passwort vergessen?',
    lead: 'Nennen Sie die E-Mail-Adresse Ihres Kontos. Sie bekommen eine E-Mail mit einem Link, der ein neues Passwort setzt.',
    send: 'Link schicken',
    sentTitle: 'Sehen Sie in Ihre E-Mail',
    sent: 'Gibt es ein Konto mit dieser Adresse, ist eine E-Mail mit einem Link unterwegs. Er gilt einmal, eine Stunde lang.',
    sentNothing:
      'Nach einigen Minuten keine E-Mail? Sehen Sie bei den unerwünschten nach, oder prüfen Sie die Adresse und fragen Sie noch einmal.',
    off: 'Dieser Laden kann keine E-Mails schicken. Bitte lassen Sie sich vom Laden mit Ihrem Konto helfen.',
    title: 'Neues Passwort setzen',
    setLead: 'Jedes angemeldete Gerät wird abgemeldet, und eine E-Mail sagt Ihnen das.',
    set: 'Passwort setzen',
    endedTitle: 'Dieser Link gilt nicht mehr',
    ended: 'Er wurde schon benutzt, ist älter als eine Stunde, oder es gibt einen neueren.',
    again: 'Einen neuen Link anfordern',
    doneTitle: 'Ihr Passwort ist gesetzt',
    done: 'Sie können sich jetzt damit anmelden.',
  },
  ja: {
    forgotten: 'パスワードをお忘れですか。',
    lead: 'アカウントのメールアドレスを入力してください。新しいパスワードを設定するリンクをメールでお送りします。',
    send: 'リンクを送る',
    sentTitle: 'メールをご確認ください',
    sent: 'このアドレスのアカウントがあれば、リンクを記したメールをお送りします。リンクは1時間以内に一度だけ使えます。',
    sentNothing: '数分たっても届かない場合は、迷惑メールを確認するか、アドレスを確かめてもう一度お試しください。',
    off: 'このお店はメールを送れません。アカウントについてはお店にお問い合わせください。',
    title: '新しいパスワードの設定',
    setLead: 'ログイン中の端末はすべてログアウトされ、その旨をメールでお知らせします。',
    set: 'パスワードを設定する',
    endedTitle: 'このリンクは使えません',
    ended: 'すでに使われたか、1時間を過ぎたか、新しいリンクが送られています。',
    again: '新しいリンクを申し込む',
    doneTitle: 'パスワードを設定しました',
    done: '新しいパスワードでログインできます。',
  },
}

/** What only the pages about a forgotten password say. */
export const passwordWords =
  ({ language }: Words) =>
  (key: Key): string =>
    texts[language][key]
