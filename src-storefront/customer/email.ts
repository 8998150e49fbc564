import { domainToASCII } from 'node:url'
import { z } from 'zod'

/** A domain outside ASCII as the mail system knows it: one address is one customer, however it was typed. */
function withAsciiDomain(text: string): string {
  const at = text.lastIndexOf('@')
  const domain = text.slice(at + 1)
  if (at < 1 || !/[^\p{ASCII}]/u.test(domain)) return text
  return `${text.slice(0, at)}@${domainToASCII(domain)}`
}

export const emailAddress = z.string().overwrite(withAsciiDomain).check(z.email()).max(254)
