import { afterEach } from 'vitest'
import { openPages } from './open-pages.ts'

/** A test that failed at a screen says what was on it: a machine that nobody sits at has no other witness. */
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const page of openPages) {
    if (page.isClosed()) continue
    const seen = await Promise.race([
      page.evaluate(
        `({ address: location.hash, focus: document.activeElement?.outerHTML.slice(0, 200), text: (document.querySelector("main") ?? document.body).innerText.slice(0, 1500), end: document.body.innerText.slice(-300) })`,
      ),
      new Promise((resolve) => setTimeout(resolve, 3000, 'a page that answers no more')),
    ]).catch(String)
    console.error(`At the end of ‘${task.name}’ the page showed`, seen)
  }
})
