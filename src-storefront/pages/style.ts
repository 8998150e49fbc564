/** The one style sheet: small enough to travel with the first page, readable on a phone, light and dark. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #fff; --tint: #f4f6f8; --line: #8c959f;
  --edge: #d8dee4; --accent: #0b5c3b; --on-accent: #fff; --warn: #9a3412; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9edf1; --soft: #a9b4bf; --paper: #14181d; --tint: #1d232a;
  --line: #768390; --edge: #343c45; --accent: #5fd39b; --on-accent: #08150e; --warn: #ffb086; } }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: .5rem; top: .5rem; background: var(--paper); padding: .5rem; z-index: 1; }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: .75rem 1rem; }
header { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; border-bottom: 1px solid var(--edge); }
header .name { font-weight: 700; font-size: 1.2rem; text-decoration: none; color: var(--ink); }
header form { flex: 1 1 16rem; display: flex; gap: .5rem; }
header nav { display: flex; gap: 1rem; flex-wrap: wrap; }
footer { color: var(--soft); border-top: 1px solid var(--edge); margin-top: 2rem; font-size: .9rem; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0; }
input, select, textarea, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line);
  border-radius: .4rem; padding: .5rem .6rem; min-height: 2.75rem; max-width: 100%; }
input[type=radio] { min-height: 0; width: 1.2rem; height: 1.2rem; vertical-align: middle; }
input[type=search] { flex: 1; min-width: 8rem; }
button { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; cursor: pointer; }
a.action { display: inline-block; background: var(--accent); color: var(--on-accent); border-radius: .4rem; padding: .6rem 1rem;
  font-weight: 600; text-decoration: none; }
button.quiet { background: transparent; color: var(--ink); border-color: var(--line); font-weight: 400; }
label { display: block; margin: .6rem 0; } label > span { display: block; font-weight: 600; }
label input:not([type=radio]), label textarea, label select { width: 100%; max-width: 28rem; }
fieldset { border: 1px solid var(--edge); border-radius: .5rem; margin: 1rem 0; } legend { font-weight: 700; padding: 0 .4rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 1rem; padding: 0; list-style: none; }
.card { border: 1px solid var(--edge); border-radius: .6rem; padding: .8rem; background: var(--tint); display: flex;
  flex-direction: column; gap: .3rem; }
.price { font-weight: 700; } .soft { color: var(--soft); } .warn { color: var(--warn); font-weight: 600; }
.box { border: 1px solid var(--edge); border-left: .3rem solid var(--accent); border-radius: .5rem; padding: .7rem 1rem;
  margin: .8rem 0; background: var(--tint); }
.box.problem { border-left-color: var(--warn); }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .45rem .4rem; border-bottom: 1px solid var(--edge);
  vertical-align: top; } td.number, th.number { text-align: right; } .scroll { overflow-x: auto; }
.inline { display: inline-flex; gap: .4rem; align-items: center; } .inline input { width: 5rem; }
ul.plain { list-style: none; padding: 0; } .chips { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; list-style: none; }
.chips a { display: inline-block; border: 1px solid var(--line); border-radius: 2rem; padding: .35rem .8rem; text-decoration: none; }
`
