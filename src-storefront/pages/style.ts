/** The one style sheet: small enough to travel with the first page, made for a thumb first, light and dark. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #535c66; --paper: #fff; --tint: #f5f7f6; --line: #848d97;
  --edge: #dbe1e0; --accent: #0b5c3b; --on-accent: #fff; --warn: #9a3412; --good: #0b5c3b; --radius: .6rem; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9edf1; --soft: #aeb8c2; --paper: #14181d; --tint: #1c2228;
  --line: #7b8896; --edge: #343c45; --accent: #62d49d; --on-accent: #08150e; --warn: #ffb086; --good: #62d49d; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; overflow-y: scroll; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; font: 1.0625rem/1.55 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); overflow-wrap: break-word; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .2rem; }
main:focus { outline: 0; }
.skip { position: absolute; left: .5rem; top: -6rem; background: var(--paper); padding: .75rem 1rem; z-index: 1; }
.skip:focus { top: .5rem; }
.away { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.bar, main { width: 100%; max-width: 68rem; margin: 0 auto; padding: .75rem 1rem; }
main { flex: 1; padding-bottom: 3rem; }
header { border-bottom: 1px solid var(--edge); background: var(--tint); }
header .bar { display: flex; flex-wrap: wrap; gap: .1rem 1rem; align-items: center; justify-content: space-between; }
header .name { font-weight: 750; font-size: 1.2rem; text-decoration: none; color: var(--ink); padding: .5rem 0; }
header form { order: 1; flex: 1 1 100%; display: flex; gap: .5rem; margin-top: .25rem; }
header input { flex: 1; min-width: 0; }
header nav { display: flex; gap: .15rem; margin-inline: -.5rem; }
header nav a { display: inline-flex; align-items: center; gap: .3rem; min-height: 2.75rem; padding: .25rem .45rem; color: var(--ink);
  text-decoration: none; border-radius: var(--radius); font-size: .95rem; }
header nav a:hover { text-decoration: underline; }
header nav a[aria-current] { box-shadow: inset 0 -3px var(--accent); border-radius: 0; }
.badge { background: var(--accent); color: var(--on-accent); border-radius: 1rem; padding: 0 .5rem; font-size: .8rem; font-weight: 700; }
footer { border-top: 1px solid var(--edge); color: var(--soft); font-size: .9rem; background: var(--tint); }
footer .links, .languages { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; margin: .5rem 0; align-items: center; }
footer .links a { display: inline-block; padding: .6rem 0; color: inherit; }
h1 { font-size: clamp(1.5rem, 1.2rem + 1.4vw, 2rem); line-height: 1.2; margin: .75rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2rem 0 .75rem; } h3 { font-size: 1.02rem; margin: 0; } h4 { font-size: .95rem; margin: .75rem 0 .25rem; }
small { font-size: .85em; font-weight: 400; } .lead { font-size: 1.1rem; color: var(--soft); margin-top: 0; }
.soft { color: var(--soft); } .big { font-size: 1.25rem; }
input, select, textarea, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line);
  border-radius: var(--radius); padding: .5rem .75rem; min-height: 2.9rem; max-width: 100%; }
input[type=radio], input[type=checkbox] { min-height: 0; width: 1.3rem; height: 1.3rem; margin: 0; flex: none; accent-color: var(--accent); }
button, .action { background: var(--accent); color: var(--on-accent); border: 1px solid var(--accent); font-weight: 650; cursor: pointer; }
.action { display: inline-flex; align-items: center; justify-content: center; min-height: 2.9rem; border-radius: var(--radius);
  padding: .5rem 1.1rem; text-decoration: none; }
.action.small { min-height: 2.4rem; padding: .25rem .8rem; } .wide { width: 100%; }
button.quiet { background: transparent; color: var(--ink); border-color: var(--line); font-weight: 500; }
button.danger { border-color: var(--warn); } button.quiet.danger { color: var(--warn); }
button:not(.quiet):not(.link).danger { background: var(--warn); color: var(--paper); }
button.link { background: none; border: 0; color: var(--accent); text-decoration: underline; font-weight: 500; padding: .5rem .25rem; min-width: 2.75rem; }
.languages strong { padding: .5rem .25rem; color: var(--ink); }
.crumbs ol { display: flex; flex-wrap: wrap; list-style: none; padding: 0; margin: 0; font-size: .9rem; }
.crumbs li + li::before { content: '/'; padding: 0 .5rem; color: var(--soft); } .crumbs a { display: inline-block; padding: .4rem 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: .75rem; padding: 0; margin: 0; list-style: none; }
.card { position: relative; border: 1px solid var(--edge); border-radius: var(--radius); padding: .8rem; background: var(--tint);
  display: grid; grid-template-rows: auto 1fr auto auto; gap: .35rem; align-content: start; }
.card h3 { font-weight: 600; } .card h3 a { color: inherit; text-decoration: none; } .card h3 a::after { content: ''; position: absolute; inset: 0; border-radius: var(--radius); }
.card:hover { border-color: var(--accent); } .card:hover h3 a { text-decoration: underline; }
.tile { display: grid; place-items: center; width: 100%; aspect-ratio: 5 / 3; border-radius: .4rem; font-size: 2rem; font-weight: 700;
  background: var(--tile); color: var(--tile-ink); }
.t0 { --tile: #dcefe5; --tile-ink: #0b5c3b; } .t1 { --tile: #e4e9fb; --tile-ink: #2c3f8f; } .t2 { --tile: #fbe9dc; --tile-ink: #84390c; }
.t3 { --tile: #f7e3ee; --tile-ink: #842457; } .t4 { --tile: #e0f0f5; --tile-ink: #11556b; } .t5 { --tile: #f3efd6; --tile-ink: #62530b; }
@media (prefers-color-scheme: dark) { .tile { filter: invert(.88) hue-rotate(180deg); } }
.price { font-weight: 700; } .stock { color: var(--good); font-size: .9rem; font-weight: 600; } .stock.few, .stock.out { color: var(--warn); }
.chips { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; margin: 0 0 1rem; list-style: none; }
.chips a, .pager a, .guess { display: inline-flex; align-items: center; gap: .4rem; min-height: 2.75rem; border: 1px solid var(--line); border-radius: 2rem;
  padding: .25rem .95rem; text-decoration: none; color: var(--ink); }
.chips a:hover { border-color: var(--accent); } .chips a[aria-current] { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
.chips a[aria-current] .count { color: inherit; } .count { color: var(--soft); font-size: .85rem; }
.sorting { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: center; margin-bottom: 1rem; }
.check { display: inline-flex; gap: .5rem; align-items: center; min-height: 2.75rem; }
.pager { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; justify-content: center; margin: 1.5rem 0; }
.product { display: grid; gap: 1.25rem; } .product .tile { font-size: 3.5rem; aspect-ratio: 3 / 1; }
.add { display: flex; gap: .5rem; margin: 1rem 0; } .add input { width: 5.5rem; } .add button { flex: 1; max-width: 20rem; }
.facts { margin: 0; border-top: 1px solid var(--edge); } .facts div { display: flex; gap: 1rem; border-bottom: 1px solid var(--edge); padding: .5rem 0; }
.facts dt { width: 10rem; flex: none; color: var(--soft); } .facts dd { margin: 0; }
.box { border: 1px solid var(--edge); border-radius: var(--radius); padding: .9rem 1.1rem; margin: 1rem 0; background: var(--tint); }
.box > :first-child { margin-top: 0; } .box > :last-child { margin-bottom: 0; } .box ul { margin: .4rem 0; padding-inline-start: 1.2rem; }
.box.problem { border: 2px solid var(--warn); } .box.good, .box.status { border-inline-start: .35rem solid var(--good); }
.box.status.failed, .box.status.on-hold, .box.status.returned, .box.status.cancelled { border-inline-start-color: var(--warn); }
.parcels { display: grid; gap: .75rem; } .parcels .box { margin: 0; }
.lines { list-style: none; padding: 0; margin: 0; } .lines li { display: grid; grid-template-columns: 1fr auto; gap: .5rem .75rem; align-items: center;
  padding: .9rem 0; border-bottom: 1px solid var(--edge); }
.lines .what { grid-column: 1 / -1; display: grid; } .lines .what a { font-weight: 600; } .lines .price { grid-column: 1 / -1; text-align: end; }
.inline { display: inline-flex; gap: .4rem; align-items: center; } .inline input { width: 5rem; }
.summary { align-self: start; } .sums { margin: 0; } .sums div { display: flex; justify-content: space-between; gap: 1rem; padding: .35rem 0; }
.sums dd { margin: 0; text-align: end; } .sums dd small { display: block; } .sums .total { border-top: 1px solid var(--edge); font-weight: 650; }
.sum { display: flex; justify-content: space-between; gap: 1rem; font-size: .95rem; padding: .2rem 0; }
.columns, .halves { display: grid; gap: 0 2.5rem; }
fieldset { border: 1px solid var(--edge); border-radius: var(--radius); margin: 0 0 1.25rem; padding: .5rem 1.1rem 1.1rem; min-width: 0; } legend { font-weight: 700; padding: 0 .4rem; font-size: 1.1rem; }
.field { margin: .8rem 0; } .field label { display: block; font-weight: 600; margin-bottom: .25rem; } .field input, .field textarea, .field select { width: 100%; display: block; }
.field small.soft { display: block; margin-top: .25rem; }
.pair { display: grid; grid-template-columns: minmax(8.5rem, 1fr) 2fr; gap: 0 .75rem; } .pair:has(.mistake) { grid-template-columns: 1fr; }
.mistake { display: block; color: var(--warn); font-weight: 600; margin-bottom: .25rem; } [aria-invalid] { border: 2px solid var(--warn); }
.choice { display: flex; gap: .7rem; align-items: center; min-height: 2.9rem; padding: .25rem .2rem; cursor: pointer; } .choice .amount { margin-inline-start: auto; font-weight: 650; text-align: end; }
.narrow { max-width: 30rem; } .actions { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: start; margin: 1.5rem 0; } .actions form { display: grid; gap: .25rem; } .actions p { margin: .6rem 0; }
details { border: 1px solid var(--edge); border-radius: var(--radius); margin: .6rem 0; padding: 0 1rem; } details[open] { padding-bottom: .75rem; }
summary { cursor: pointer; padding: .75rem 0; font-weight: 600; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: start; padding: .5rem .4rem; border-bottom: 1px solid var(--edge); vertical-align: top; font-weight: 400; }
th { font-weight: 650; } .number { text-align: end; white-space: nowrap; } .number.words { white-space: normal; } .scroll { overflow-x: auto; }
.plain { list-style: none; padding: 0; margin: 0; } .order { display: grid; gap: .2rem; } .order a { font-weight: 650; padding: .3rem 0; }
.timeline { list-style: none; margin: 0; padding: 0 0 0 .9rem; border-inline-start: 2px solid var(--edge); } .timeline li { padding: .3rem 0; }
.timeline time { display: block; color: var(--soft); font-size: .85rem; } .stage { color: var(--good); } .stage.failed, .stage.returned, .stage.cancelled, .stage.on-hold { color: var(--warn); }
address { font-style: normal; } .long { word-break: break-all; font-size: .9rem; }
@media (min-width: 48rem) {
  header form { order: 0; flex: 1 1 10rem; margin: 0; }
  .columns { grid-template-columns: minmax(0, 1.7fr) minmax(17rem, 1fr); } .columns .summary { position: sticky; top: 1rem; margin-top: 0; }
  .halves { grid-template-columns: 1fr 1fr; } .halves h2 { margin-top: .8rem; } .product { grid-template-columns: minmax(14rem, 1fr) 2fr; } .product .tile { aspect-ratio: 1; }
  .lines li { grid-template-columns: 1fr auto auto 6rem; } .lines .what, .lines .price { grid-column: auto; } .parcels { grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); }
}
@media (prefers-reduced-motion: no-preference) { a, button, .card { transition: border-color .12s; } }
@media print { header, footer, .actions, .skip { display: none; } }
`
