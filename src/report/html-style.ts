/** The page's one style sheet. Colours are told apart in brightness too, and every state is also a word. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --card: #f6f8fa; --ink: #1f2328; --quiet: #57606a; --rule: #d0d7de; --link: #0550ae;
  --bad: #b42318; --bad-paper: #fff0ee; --warn: #7a5200; --warn-paper: #fff6dc; --good: #116329; --good-paper: #e6f6ea;
  --note: #0550ae; --note-paper: #e8f2ff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0d1117; --card: #161b22; --ink: #e6edf3; --quiet: #9da7b1; --rule: #30363d; --link: #79c0ff;
    --bad: #ff9a8f; --bad-paper: #321514; --warn: #f0c05a; --warn-paper: #2b2110; --good: #6fdd8b; --good-paper: #10261a;
    --note: #79c0ff; --note-paper: #10233d;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 1.5rem 1.25rem 3rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--rule); font-size: 1.2rem; }
h3 { margin: 0; font-size: 1rem; }
h4 { margin: 1rem 0 .4rem; font-size: .95rem; }
p { margin: .5rem 0; }
a { color: var(--link); text-underline-offset: .25em; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
pre { margin: .5rem 0; padding: .75rem; border: 1px solid var(--rule); border-radius: 6px; background: var(--paper); white-space: pre-wrap; }
ul, ol { margin: .5rem 0; padding-left: 1.25rem; }
header { padding: 1rem 1.25rem; border: solid; border-width: 1px 1px 1px 6px; border-radius: 6px; }
header p:last-child { margin-bottom: 0; }
article > .quiet:last-child { margin-top: .75rem; }
.quiet { color: var(--quiet); font-size: .875rem; }
.bad { border-color: var(--bad); background: var(--bad-paper); }
.warn { border-color: var(--warn); background: var(--warn-paper); }
.good { border-color: var(--good); background: var(--good-paper); }
.note { border-color: var(--note); background: var(--note-paper); }
article { margin: .75rem 0; padding: .9rem 1.1rem; border: 1px solid var(--rule); border-radius: 6px; background: var(--card); }
article > :last-child { margin-bottom: 0; }
article.finding { border-left-width: 6px; }
article.error { border-left-color: var(--bad); }
article.warning { border-left-color: var(--warn); }
article.info { border-left-color: var(--note); }
.badge { display: inline-block; padding: 0 .55em; border: 1px solid; border-radius: 1em; font-size: .8rem; font-weight: 600; white-space: nowrap; }
.badge.bad { color: var(--bad); } .badge.warn { color: var(--warn); } .badge.good { color: var(--good); } .badge.note { color: var(--note); }
.badge.none { border-color: var(--rule); color: var(--quiet); font-weight: 400; }
h3 { display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: center; }
.trip { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1.75rem; margin: .75rem 0 0; padding: 0; list-style: none; }
.trip li { position: relative; padding: .6rem .75rem; border-width: 1px; border-style: solid; border-radius: 6px; }
.trip li + li::before { content: "→"; position: absolute; left: -1.75rem; top: 50%; width: 1.7rem; margin-top: -.75em; text-align: center; color: var(--quiet); }
.trip li.skipped { border-style: dashed; border-color: var(--rule); color: var(--quiet); }
.trip b, .trip span { display: block; }
.trip span { font-size: .875rem; }
table { width: 100%; margin: .5rem 0; border-collapse: collapse; table-layout: fixed; font-size: .9rem; }
th, td { padding: .45rem .6rem; border: 1px solid var(--rule); text-align: left; vertical-align: top; }
thead th { background: var(--card); font-size: .85rem; }
article thead th { background: none; }
tbody th { font-weight: 400; }
td code, th span { display: block; }
td i { color: var(--quiet); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: .5rem 0; }
dt { color: var(--quiet); } dd { margin: 0; }
.locks svg { display: block; width: 100%; height: 1.4rem; }
.locks .track { fill: var(--rule); opacity: .35; }
.locks .writes { fill: var(--warn); }
.locks .all { fill: var(--bad); }
ol li { margin: .2rem 0; }
@media (max-width: 40rem) {
  body { padding: .75rem .75rem 2rem; }
  h1 { font-size: 1.25rem; }
  .trip { grid-template-columns: 1fr; gap: 1.5rem; }
  .trip li + li::before { content: "↓"; left: 0; top: -1.5rem; width: 100%; margin: 0; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, th, td { display: block; }
  tr { border: 1px solid var(--rule); border-radius: 6px; margin: .5rem 0; }
  th, td { border: 0; }
  td { border-top: 1px solid var(--rule); }
  td[data-label]::before { content: attr(data-label); display: block; color: var(--quiet); font-size: .8rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
}
@media print {
  :root {
    --paper: #fff; --card: #fff; --ink: #000; --quiet: #444; --rule: #999; --link: #000;
    --bad: #8c1007; --warn: #5c3d00; --good: #0b4a1e; --note: #03396c;
    --bad-paper: #fff; --warn-paper: #fff; --good-paper: #fff; --note-paper: #fff;
  }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2, h3, h4 { break-after: avoid; }
  header, article.finding, .trip, tr { break-inside: avoid; }
  .badge, .bad, .warn, .good, .note, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
