import { html } from 'hono/html'
import type { z } from 'zod'
import type { FormState } from '../customer/form-fields.ts'
import type { ordersAnswer } from '../customer/schemas.ts'
import { errorSummary, fieldsOf } from './fields.ts'
import { hidden, page, type Frame, type Html } from './layout.ts'

export function ordersPage(frame: Frame, { orders }: z.infer<typeof ordersAnswer>): Html {
  const { words } = frame
  return page(frame, {
    title: words.say('orders.title'),
    body: html`
      ${
        orders.length === 0
          ? html`<p>${words.say('orders.empty')}</p>`
          : html`<ul class="plain">
              ${orders.map(
                (order) =>
                  html`<li class="box order">
                    <a href="${order.href}">${words.say('order.title', { number: order.number })}</a>
                    <strong class="stage ${order.status}">${order.statusText}</strong>
                    <span class="soft"
                      >${words.say('orders.entry', { date: words.day(order.placedAt), total: words.money(order.total) })}</span
                    >
                  </li>`,
              )}
            </ul>`
      }
      <p>${words.say('orders.find')} <a href="/orders/find">${words.say('page.findOrder')}</a></p>
    `,
  })
}

export function findOrderPage(frame: Frame, form: FormState): Html {
  const { words } = frame
  const fields = fieldsOf(words, form)
  return page(frame, {
    title: words.say('find.title'),
    isWrong: form.problems.length > 0,
    body: html`
      ${errorSummary(words, form.problems)}
      <p class="lead">${words.say('find.lead')}</p>
      <form action="/orders/find" method="post" class="narrow" novalidate>
        ${hidden(frame)} ${fields.input('number', { inputmode: 'numeric', required: true })}
        ${fields.input('email', { type: 'email', autocomplete: 'email', required: true })}
        <button>${words.say('find.button')}</button>
      </form>
    `,
  })
}
