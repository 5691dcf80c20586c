export const id = 991;
export const ids = [991];
export const modules = {

/***/ 1175:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ permalink)
/* harmony export */ });
/* harmony import */ var _inert_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1822);

/** Longer addresses are refused by some browsers and servers, and fill a comment that has no room for them. */
const linkLimit = 2000;
/** A link to the lines at the judged commit, or to the whole file. Undefined where there is none to give. */
function permalink(links, at) {
    if (!links)
        return undefined;
    const lines = at.line ? `#L${at.line}${at.endLine && at.endLine > at.line ? `-L${at.endLine}` : ''}` : '';
    const link = `${links.repository}/blob/${links.sha}/${(0,_inert_js__WEBPACK_IMPORTED_MODULE_0__/* .pathInUrl */ .oW)(at.file)}${lines}`;
    return link.length > linkLimit ? undefined : link;
}


/***/ }),

/***/ 4991:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  html: () => (/* binding */ html)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./src/report/about.ts
var about = __webpack_require__(1175);
// EXTERNAL MODULE: ./src/report/evidence.ts
var report_evidence = __webpack_require__(3877);
// EXTERNAL MODULE: ./src/report/headline.ts
var headline = __webpack_require__(4512);
// EXTERNAL MODULE: ./src/report/inert.ts
var inert = __webpack_require__(1822);
// EXTERNAL MODULE: ./src/report/round-trip.ts
var round_trip = __webpack_require__(8280);
;// CONCATENATED MODULE: ./src/report/html-differences.ts


/** What a round trip left different: the schema side by side, then the rows. */
function differencesOf({ drift, data }) {
    const told = drift.filter((one) => one.class !== 'physical');
    return [
        ...(told.length ? ['<h4>Schema</h4>', schemas(told)] : []),
        ...(data.length ? ['<h4>Rows</h4>', rows(data)] : []),
    ];
}
/** What only storage knows of, such as the place of a dropped column: nearly every way back leaves one. */
function storedOf({ drift }) {
    const stored = new Set(drift.filter((one) => one.class === 'physical').map(physical));
    return stored.size > 0 ? [`<p class="quiet">Different only in storage: ${[...stored].join('; ')}.</p>`] : [];
}
const steps = { down: 'after the downgrade', 'up-again': 'after the second upgrade' };
const classes = { contract: '', order: ', only the order', physical: '', 'name-only': ', only the name' };
function schemas(drift) {
    const lines = drift.map((one) => {
        const { expected, found } = one;
        const all = [...new Set([...Object.keys(expected ?? {}), ...Object.keys(found ?? {})])].sort();
        // Of an object that is on one side only, what it is not would fill the table.
        const names = all.filter((name) => expected && found ? (0,round_trip/* value */.Uq)(expected[name], asIs) !== (0,round_trip/* value */.Uq)(found[name], asIs) : tells((expected ?? found)?.[name]));
        const side = (attributes) => attributes === null
            ? '<i>not there</i>'
            : names.map((name) => `<code>${(0,inert/* html */.qy)(`${name}: ${(0,round_trip/* value */.Uq)(attributes[name], asIs)}`)}</code>`).join('');
        return row(`${(0,inert/* html */.qy)(one.kind)} ${(0,inert/* htmlCode */.h8)(one.object)} <span class="quiet">${round_trip/* changes */.Ao[one.change]}${classes[one.class]}, ${steps[one.after]}</span>`, ['Expected', side(expected)], ['Found', side(found)]);
    });
    return table(['Object', 'Expected', 'Found'], lines);
}
function asIs(text) {
    return text;
}
function tells(attribute) {
    return attribute !== undefined && attribute !== null && attribute !== false && attribute !== '';
}
function rows(data) {
    const lines = data.map(({ after, table, column, change, rowsBefore, rowsAfter }) => row(`${(0,inert/* htmlCode */.h8)(table)}${column === undefined ? '' : `, column ${(0,inert/* htmlCode */.h8)(column)}`} <span class="quiet">${round_trip/* dataChanges */.M8[change]}, ${steps[after]}</span>`, ['Rows before', `${rowsBefore}`], ['Rows after', `${rowsAfter}`]));
    return table(['Table', 'Rows before', 'Rows after'], lines);
}
function physical({ kind, object }) {
    return `${(0,inert/* html */.qy)(kind)} of ${(0,inert/* htmlCode */.h8)(object)}`;
}
function table(heads, lines) {
    return `<table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${lines.join('')}</tbody></table>`;
}
/** The label is shown in front of a cell where there is no room for columns. */
function row(head, ...cells) {
    return `<tr><th scope="row">${head}</th>${cells.map(([label, text]) => `<td data-label="${label}">${text}</td>`).join('')}</tr>`;
}

// EXTERNAL MODULE: ./src/report/timeline.ts
var report_timeline = __webpack_require__(1935);
;// CONCATENATED MODULE: ./src/report/html-locks.ts



/** More lines tell nobody anything. */
const limit = 50;
/** The lock timeline of a migration: a bar for each table, and the statements that the columns stand for. */
function locksOf({ name, roundTrip }, about) {
    return (roundTrip ? (0,report_timeline/* timelines */.zM)(roundTrip) : []).map((timeline) => [
        `<article><h3>${(0,inert/* htmlCode */.h8)(name)} <span class="quiet">${timeline.direction === 'down' ? 'downgrade: ' : ''}${(0,report_timeline/* shutOut */.rt)([timeline])}</span></h3>`,
        drawn(timeline),
        `<ol>${statements(timeline, about)}</ol>`,
        '</article>',
    ].join('\n'));
}
/** SVG without a style of its own, which the page's policy would refuse. */
function drawn({ bars, statements }) {
    const width = statements.length;
    const rows = bars.slice(0, limit).map((bar) => {
        const { relation, shutsOut, from, to } = bar;
        const look = shutsOut === 'writes' ? 'writes' : 'all';
        return `<tr><th scope="row">${(0,inert/* htmlCode */.h8)(relation)} <span class="quiet">${(0,inert/* html */.qy)((0,report_timeline/* barWords */.r_)(bar))}</span></th><td><svg viewBox="0 0 ${width} 1" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="${width}" height="1"/><rect class="${look}" x="${from - 1}" width="${to - from + 1}" height="1"/></svg></td></tr>`;
    });
    const more = bars.length > limit ? `<p>And ${bars.length - limit} more.</p>` : '';
    return `<table class="locks"><thead><tr><th scope="col">Table</th><th scope="col">Statement 1 to ${width}</th></tr></thead><tbody>${rows.join('')}</tbody></table>${more}`;
}
function statements({ statements }, { links }) {
    const lines = statements.slice(0, limit).map(({ sql, at }) => {
        const link = at && (0,about/* permalink */.e)(links, at);
        const place = at ? (0,inert/* htmlCode */.h8)(`${at.file}:${at.line}`) : '';
        const where = link ? `<a href="${(0,inert/* htmlWhole */.tL)(link)}">${place}</a>` : place;
        return `<li>${(0,inert/* htmlCode */.h8)(sql.length > 200 ? `${sql.slice(0, 200)}…` : sql)}${where ? ` in ${where}` : ''}</li>`;
    });
    const more = statements.length - limit;
    return [...lines, ...(more > 0 ? [`<li>and ${more} more</li>`] : [])].join('');
}

;// CONCATENATED MODULE: ./src/report/html-style.ts
/** The page's one style sheet. Colours are told apart in brightness too, and every state is also a word. */
const style = `
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
`;

// EXTERNAL MODULE: ./src/report/known.ts
var known = __webpack_require__(7677);
;// CONCATENATED MODULE: ./src/report/html.ts










/** The sheet and nothing else may be used: should a name ever get through as markup, it could still run and load nothing. */
const policy = `default-src 'none'; style-src 'sha256-${(0,external_node_crypto_.createHash)('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;
/** The report as one page that needs no other file, no network and no script; for a screen of any width, and for paper. */
function html(result, about) {
    const { title, consequence } = (0,headline/* headline */.Pl)(result);
    const look = { pass: 'good', warn: 'warn', block: 'bad', error: 'bad' }[result.verdict];
    const parts = [
        `<header class="${look}"><p><span class="badge ${look}">${verdicts[result.verdict]}</span></p><h1>${(0,inert/* html */.qy)(`Migration gate: ${title}`)}</h1><p>${(0,inert/* html */.qy)(consequence)}</p></header>`,
        ...section('Not checked', result.notChecked.map((one) => notChecked(one, about))),
        ...section('Migrations', result.migrations.map((migration) => migrationCard(migration, result, about))),
        ...section('Findings', result.findings.map((found) => finding(found, about))),
        ...section('Differences after the round trips', result.migrations.flatMap(differences)),
        ...section('Locks', result.migrations.flatMap((migration) => locksOf(migration, about))),
        ...section('What the data must be', result.migrations.flatMap(demands)),
        ...section('Known findings not found any more', (0,known/* staleKnown */.h)(result, inert/* html */.qy).map((one) => `<p>${one}</p>`)),
        ...section('Coverage', [coverage(result, about)]),
    ];
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${(0,inert/* html */.qy)(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${(0,inert/* html */.qy)(`Migration gate: ${title}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`;
}
/** In place of the icon: a page may be read where no font has it. */
const verdicts = { pass: 'passed', warn: 'warnings', block: 'blocked', error: 'not decided' };
function section(title, inside) {
    return inside.length ? [`<section><h2>${title}</h2>`, ...inside, '</section>'] : [];
}
function linked(text, address) {
    return address ? `<a href="${(0,inert/* htmlWhole */.tL)(address)}">${text}</a>` : text;
}
function place(at, { links }) {
    return linked((0,inert/* htmlCode */.h8)(`${at.file}:${at.line}`), (0,about/* permalink */.e)(links, at));
}
function notChecked({ what, why, at }, about) {
    const where = at ? `<p>${place(at, about)}</p>` : '';
    return `<article class="finding error"><h3><span class="badge bad">not checked</span> ${(0,inert/* html */.qy)(what)}</h3>${where}<p>${(0,inert/* html */.qy)(why)}</p></article>`;
}
function migrationCard(migration, result, { links }) {
    const { name, file, isNew, roundTrip: trip } = migration;
    return [
        `<article><h3>${linked((0,inert/* htmlCode */.h8)(name), (0,about/* permalink */.e)(links, { file }))}${isNew ? '' : '<span class="badge warn">edited</span>'} ${tally(migration, result)}</h3>`,
        ...(trip ? [html_drawn(trip), `<p>${sentence((0,round_trip/* outcome */.bu)(trip))}</p>`, ...stopped(trip), ...storedOf(trip)] : []),
        ...(trip?.withoutRows.length
            ? [`<p class="quiet">No rows to test with in ${trip.withoutRows.map(inert/* htmlCode */.h8).join(', ')}.</p>`]
            : []),
        '</article>',
    ].join('\n');
}
const severities = { error: 'bad', warning: 'warn', info: 'note' };
const nouns = { error: 'error', warning: 'warning', info: 'note' };
function tally({ id, roundTrip }, { findings }) {
    const own = findings.filter(({ migration }) => migration === id);
    const badges = ['error', 'warning', 'info'].flatMap((severity) => {
        const number = own.filter((found) => found.severity === severity).length;
        return number ? [`<span class="badge ${severities[severity]}">${(0,headline/* count */.U9)(number, nouns[severity])}</span>`] : [];
    });
    return [
        ...(badges.length ? badges : ['<span class="badge none">no findings</span>']),
        ...(roundTrip ? [] : ['<span class="badge none">not rehearsed</span>']),
    ].join(' ');
}
const looks = { ok: 'good', failed: 'bad', skipped: 'skipped' };
const signs = { ok: '✓ ran', failed: '✗ failed', skipped: '– not run' };
/** The round trip as three boxes in a row, or one below the other. */
function html_drawn(trip) {
    const known = [undefined, trip.restored, trip.repeatable];
    const boxes = (0,round_trip/* steps */.Ci)(trip).map(({ name, outcome }, position) => {
        const comparison = outcome === 'ok' ? compared(position, known[position]) : '';
        const look = known[position] === false ? 'bad' : looks[outcome];
        return `<li class="${look}"><b>${name}</b><span>${signs[outcome]}</span>${comparison && `<span>${comparison}</span>`}</li>`;
    });
    return `<ol class="trip" aria-label="Round trip">${boxes.join('')}</ol>`;
}
function compared(position, isSame) {
    if (isSame === undefined)
        return '';
    const before = position === 1 ? 'as before' : 'as the first time';
    if (isSame === null)
        return 'not compared';
    return isSame ? `= ${before}` : `≠ not ${before}`;
}
function sentence(text) {
    return (0,inert/* html */.qy)(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
}
function stopped(trip) {
    return trip.steps.flatMap(({ error }) => {
        if (!error)
            return [];
        const { message, sqlstate, at, statement } = error;
        const said = [
            at ? `Stopped at ${(0,inert/* htmlCode */.h8)(`${at.file}:${at.line}`)}:` : 'Stopped:',
            (0,inert/* htmlCode */.h8)(message),
            ...(sqlstate ? [`(SQLSTATE ${(0,inert/* htmlCode */.h8)(sqlstate)})`] : []),
        ];
        return [`<p>${said.join(' ')}</p>`, ...(statement === undefined ? [] : [`<pre>${(0,inert/* htmlBlock */.xs)(statement)}</pre>`])];
    });
}
function differences({ name, roundTrip }) {
    const parts = roundTrip ? differencesOf(roundTrip) : [];
    return parts.length ? [`<article><h3>${(0,inert/* htmlCode */.h8)(name)}</h3>`, ...parts, '</article>'] : [];
}
function demands({ name, roundTrip }) {
    const all = roundTrip?.preconditions ?? [];
    if (all.length === 0)
        return [];
    const parts = all.map((one) => {
        const counting = one.count === undefined
            ? ''
            : `<details><summary>Count such rows</summary><pre>${(0,inert/* htmlBlock */.xs)(one.count)}</pre></details>`;
        return `<p>${(0,inert/* html */.qy)((0,round_trip/* demand */.wo)(one))}</p>${counting}`;
    });
    return [`<article><h3>${(0,inert/* htmlCode */.h8)(name)}</h3>`, ...parts, '</article>'];
}
function finding(found, about) {
    const { rule, severity, at, direction, message, help, suggestion, seen, url } = found;
    const evidence = (0,report_evidence/* unsaidEvidence */.o)(found);
    return [
        `<article class="finding ${severity}"><h3><span class="badge ${severities[severity]}">${nouns[severity]}</span> ${linked((0,inert/* html */.qy)(rule), url)}</h3>`,
        `<p>${place(at, about)}${direction === 'down' ? ' in the downgrade' : ''}</p>`,
        `<p>${(0,inert/* html */.qy)(message)}</p>`,
        `<p><b>Instead:</b> ${(0,inert/* html */.qy)(help)}</p>`,
        ...(suggestion === undefined ? [] : [`<pre>${(0,inert/* htmlBlock */.xs)(suggestion)}</pre>`]),
        ...(evidence.length ? [`<p>Seen:</p><ul>${evidence.map((one) => `<li>${(0,inert/* htmlCode */.h8)(one)}</li>`).join('')}</ul>`] : []),
        `<p class="quiet">${seen === 'server' ? 'Seen on the server.' : 'Read in the file.'} Where it is acceptable, say why above the statement: ${(0,inert/* htmlCode */.h8)((0,report_evidence/* ignoreComment */.i)(found))}</p>`,
        '</article>',
    ].join('\n');
}
function coverage(result, { version, links }) {
    const { migrations, statements, unreadable, ignored, refuted, rehearsal } = result.coverage;
    const server = result.postgres && `PostgreSQL ${result.postgres.version} (${result.postgres.source})`;
    const rehearsed = {
        done: `on ${server ?? 'PostgreSQL'}`,
        off: 'turned off',
        'not-needed': 'nothing to rehearse',
        'not-done': `asked for, and not done to the end${server ? `, on ${server}` : ''}`,
    }[rehearsal];
    const rows = [
        ['Checked', `${(0,inert/* html */.qy)((0,headline/* count */.U9)(migrations, 'migration'))}, ${(0,inert/* html */.qy)((0,headline/* count */.U9)(statements, 'statement'))}`],
        ['Not readable', `${unreadable}`],
        ['Not checked', result.notChecked.length ? (0,headline/* count */.U9)(result.notChecked.length, 'thing') : 'nothing was left unchecked'],
        ['Ignored', (0,headline/* count */.U9)(ignored, 'finding')],
        ...(refuted ? [['Refuted by the server', (0,headline/* count */.U9)(refuted, 'finding')]] : []),
        ...(result.known
            ? [['Known before', `${(0,headline/* count */.U9)(result.known.findings, 'finding')}, in ${(0,inert/* htmlCode */.h8)(result.known.file)}`]]
            : []),
        ['Rehearsal', (0,inert/* html */.qy)(rehearsed)],
        ['Gate', (0,inert/* html */.qy)(`migration-gate ${version}`)],
        ...(links
            ? [
                ['Commit', linked((0,inert/* htmlCode */.h8)(links.sha.slice(0, 12)), `${links.repository}/commit/${links.sha}`)],
                ['Run', linked('the workflow run', links.run)],
            ]
            : []),
    ];
    return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>`;
}


/***/ }),

/***/ 1935:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bW: () => (/* binding */ chart),
/* harmony export */   ml: () => (/* binding */ sentBy),
/* harmony export */   r_: () => (/* binding */ barWords),
/* harmony export */   rt: () => (/* binding */ shutOut),
/* harmony export */   zM: () => (/* binding */ timelines)
/* harmony export */ });
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4512);
/* harmony import */ var _inert_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1822);


/** What the migration itself sent, in order. */
function sentBy({ watched }) {
    return watched?.statements.filter(({ isOwn, attempt }) => !isOwn && attempt === 1) ?? [];
}
/** Of the first upgrade and of the downgrade, where anybody was shut out of a table of before. */
function timelines(trip) {
    return ['up', 'down'].flatMap((direction) => {
        const blocked = trip.watched?.blocked.filter(({ statement }) => statement.direction === direction) ?? [];
        const held = new Set(blocked.flatMap(({ during }) => during));
        // What stands in no file and holds nobody up is what a driver asks the server.
        const statements = sentBy(trip).filter((sent) => sent.direction === direction && (sent.at || held.has(sent)));
        const bars = blocked.map(({ relation, shutsOut, mode, during }) => {
            const at = during.map((statement) => statements.indexOf(statement) + 1).filter((position) => position > 0);
            return { relation, shutsOut, mode, from: Math.min(...at, statements.length), to: Math.max(...at, 1) };
        });
        return bars.length > 0 && statements.length > 0 ? [{ direction, statements, bars }] : [];
    });
}
/** `reads and writes of 2 tables shut out` */
function shutOut(all) {
    const bars = all.flatMap((timeline) => timeline.bars);
    const tables = new Set(bars.map(({ relation }) => relation)).size;
    const what = bars.some(({ shutsOut }) => shutsOut === 'reads and writes') ? 'reads and writes' : 'writes';
    return `${what} of ${(0,_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(tables, 'table')} shut out`;
}
/** `no writes, SHARE` */
function barred({ shutsOut, mode }) {
    return `no ${shutsOut === 'writes' ? 'writes' : 'reads or writes'}, ${mode}`;
}
/** `no writes, SHARE, during statements 2 to 5` */
function barWords(bar) {
    const { from, to } = bar;
    return `${barred(bar)}, ${from === to ? `during statement ${from}` : `during statements ${from} to ${to}`}`;
}
/** More bars would not fit a screen. */
const barLimit = 20;
/**
 * A chart in Mermaid's language, https://mermaid.js.org/syntax/gantt.html, without its fence. Time is told in seconds there, of which each
 * stands for one statement.
 */
function chart({ bars, statements }) {
    const shown = bars.slice(0, barLimit);
    const columns = Math.max(...shown.map(({ to }) => to)) - Math.min(...shown.map(({ from }) => from)) + 1;
    const relations = [...new Set(shown.map(({ relation }) => relation))];
    const widest = Math.max('Statements'.length, ...relations.map((relation) => (0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .label */ .Pf)(relation).length));
    return [
        // Left to itself, Mermaid writes names of more than ten letters over the bars.
        `%%{init: {"gantt": {"leftPadding": ${widest * 7 + 20}}}}%%`,
        'gantt',
        '  dateFormat x',
        '  axisFormat %s',
        ...(columns <= 20 ? ['  tickInterval 1second'] : []),
        '  todayMarker off',
        '  section Statements',
        `  1 to ${statements.length} :done, 1000, ${(statements.length + 1) * 1000}`,
        ...relations.flatMap((relation) => [
            `  section ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .label */ .Pf)(relation)}`,
            ...shown
                .filter((bar) => bar.relation === relation)
                .map((bar) => `  ${barred(bar)} :${bar.shutsOut === 'writes' ? 'active' : 'crit'}, ${bar.from * 1000}, ${(bar.to + 1) * 1000}`),
        ]),
    ].join('\n');
}


/***/ })

};
