export const id = 285;
export const ids = [285];
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

/***/ 4285:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   commentBytes: () => (/* binding */ commentBytes),
/* harmony export */   markdown: () => (/* binding */ markdown),
/* harmony export */   summaryBytes: () => (/* binding */ summaryBytes)
/* harmony export */ });
/* harmony import */ var _about_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1175);
/* harmony import */ var _by_reason_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4438);
/* harmony import */ var _evidence_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3877);
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4512);
/* harmony import */ var _inert_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1822);
/* harmony import */ var _known_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7677);
/* harmony import */ var _round_trip_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8280);
/* harmony import */ var _timeline_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1935);








/**
 * GitHub refuses a comment of more than 65,536 characters, and does not say whether it counts UTF-16 units, code points or
 * bytes. 60,000 bytes are below all three.
 */
const commentBytes = 60_000;
/** A job summary may have 1 MiB: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
const summaryBytes = 1_000_000;
/** What is left out to make a report fit, one thing more at each level. */
const levels = [
    { leftOut: '', suggestions: true, evidence: true, details: true, findings: true, table: true },
    { leftOut: 'suggested SQL', suggestions: false, evidence: true, details: true, findings: true, table: true },
    {
        leftOut: 'suggested SQL and evidence',
        suggestions: false,
        evidence: false,
        details: false,
        findings: true,
        table: true,
    },
    { leftOut: 'the single findings', suggestions: false, evidence: false, details: false, findings: false, table: true },
    {
        leftOut: 'everything but the counts',
        suggestions: false,
        evidence: false,
        details: false,
        findings: false,
        table: false,
    },
];
/**
 * The report for people, in the Markdown that GitHub shows: comment, job summary and `--format markdown` alike.
 * @param bytes how long it may be in UTF-8; more and more is left out, and said to be, until it fits. Below 10,000 the last
 * level may be longer.
 */
function markdown(result, about, bytes = Number.POSITIVE_INFINITY) {
    let text = '';
    for (const level of levels) {
        text = render(result, about, level);
        if (Buffer.byteLength(text) <= bytes)
            break;
    }
    return text;
}
function render(result, about, level) {
    const { icon, title, consequence } = (0,_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .headline */ .Pl)(result);
    return `${[
        `## ${icon} Migration gate: ${title}`,
        (0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)(consequence, 500)),
        ...shortened(about, level),
        ...(level.table && result.migrations.length ? [table(result, about)] : []),
        ...unchecked(result.notChecked, about, level),
        ...(level.findings ? findings(result, about, level) : []),
        ...(level.details ? rehearsals(result, about) : []),
        ...(level.details ? gone(result) : []),
        footer(result, about),
    ].join('\n\n')}\n`;
}
function shortened({ links }, { leftOut }) {
    if (!leftOut)
        return [];
    return [
        `> This report is too long to be shown whole: ${leftOut} left out.${links ? ` [The run](${links.run}) has all of it.` : ''}`,
    ];
}
const icons = { error: '❌', warning: '⚠️', info: 'ℹ️' };
const outcomes = { ok: '✅', failed: '❌', skipped: '–' };
function table(result, about) {
    return [
        '| Migration | Findings | Upgrade → downgrade → upgrade |',
        '| --- | --- | --- |',
        ...result.migrations.map((migration) => `| ${name(migration, about)} | ${tally(result, migration)} | ${trip(migration)} |`),
    ].join('\n');
}
function name({ name, file }, { links }) {
    return linked((0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(name), (0,_about_js__WEBPACK_IMPORTED_MODULE_3__/* .permalink */ .e)(links, { file }));
}
function tally(result, { id }) {
    const own = result.findings.filter((finding) => finding.migration === id);
    const counts = ['error', 'warning', 'info'].map((severity) => ({
        icon: icons[severity],
        number: own.filter((finding) => finding.severity === severity).length,
    }));
    return (counts
        .filter(({ number }) => number > 0)
        .map(({ icon, number }) => `${icon} ${number}`)
        .join(' · ') || 'none');
}
function trip({ roundTrip }) {
    if (!roundTrip)
        return '⏭️ not rehearsed';
    return `${(0,_round_trip_js__WEBPACK_IMPORTED_MODULE_0__/* .steps */ .Ci)(roundTrip)
        .map((step) => outcomes[step.outcome])
        .join(' → ')} ${(0,_round_trip_js__WEBPACK_IMPORTED_MODULE_0__/* .outcome */ .bu)(roundTrip)}`;
}
/** Never folded, and the last to be shortened: a report that hides what was not checked would look clean. */
function unchecked(notChecked, about, level) {
    if (notChecked.length === 0)
        return [];
    const shown = level.table ? notChecked : notChecked.slice(0, 10);
    const limit = level.findings ? 2000 : 300;
    const lines = (0,_by_reason_js__WEBPACK_IMPORTED_MODULE_4__/* .byReason */ .U)(shown).flatMap(([why, things]) => {
        const named = things.map(({ what, at }) => {
            const place = at ? ` (${placeInMarkdown(at, about)})` : '';
            return `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)((0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)(what, limit))}${place}`;
        });
        const reason = (0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)(why, limit));
        return things.length > 1 ? [`- ${reason}`, ...named.map((each) => `  - ${each}`)] : [`- ${named.join()}: ${reason}`];
    });
    const more = notChecked.length - shown.length;
    return ['### Not checked', [...lines, ...(more ? [`- and ${more} more`] : [])].join('\n')];
}
function placeInMarkdown(at, { links }) {
    return linked((0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(`${at.file}:${at.line}`), (0,_about_js__WEBPACK_IMPORTED_MODULE_3__/* .permalink */ .e)(links, at));
}
function linked(text, link) {
    return link ? `[${text}](${link})` : text;
}
/** So many blocking findings stand open that a comment takes about a screen: fewer, where it has many lines that are folded. */
function openLimit({ findings, migrations }) {
    return Math.min(3, Math.max(1, 4 - Math.floor((findings.length + migrations.length) / 4)));
}
function findings(result, about, level) {
    const limit = openLimit(result);
    const blocking = (0,_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .ofSeverity */ .Z3)(result, 'error').map((finding, index) => details(finding, about, level, index < limit));
    const others = [...(0,_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .ofSeverity */ .Z3)(result, 'warning'), ...(0,_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .ofSeverity */ .Z3)(result, 'info')];
    return [...blocking, ...others.map((finding) => details(finding, about, level, false))];
}
function details(finding, about, level, open) {
    const { rule, severity, at, direction, message, help, suggestion, seen, url } = finding;
    const evidence = (0,_evidence_js__WEBPACK_IMPORTED_MODULE_5__/* .unsaidEvidence */ .o)(finding);
    const place = (0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .htmlCode */ .h8)(`${at.file}:${at.line}`);
    const link = (0,_about_js__WEBPACK_IMPORTED_MODULE_3__/* .permalink */ .e)(about.links, at);
    const language = at.file.endsWith('.py') ? 'python' : 'sql';
    return fold(`${icons[severity]} <b>${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .html */ .qy)(rule)}</b> in ${link ? `<a href="${link}">${place}</a>` : place}${direction === 'down' ? ' (downgrade)' : ''}`, open, [
        (0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)(message, 2000)),
        `**Instead:** ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)(help, 2000))}`,
        ...(suggestion !== undefined && level.suggestions ? [(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .fenced */ .OF)((0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)(suggestion, 5000), language)] : []),
        ...(evidence.length && level.evidence ? [evidenceList(evidence)] : []),
        `${seen === 'server' ? 'Seen on the server.' : 'Read in the file.'} [${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(rule)}](${url}) explains it. Where it is acceptable, say why above the statement: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)((0,_evidence_js__WEBPACK_IMPORTED_MODULE_5__/* .ignoreComment */ .i)(finding))}`,
    ]);
}
function evidenceList(evidence) {
    const lines = evidence.map((seen) => `- ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)((0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)(seen, 500))}`);
    return `Seen:\n\n${limited(lines, 20)}`;
}
/** `summary` is HTML and the rest Markdown: the empty lines tell GitHub where one ends and the other begins. */
function fold(summary, open, paragraphs) {
    return [`<details${open ? ' open' : ''}><summary>${summary}</summary>`, ...paragraphs, '</details>'].join('\n\n');
}
/** What the server showed, one fold for each migration of which there is more to tell than the table does. */
function rehearsals({ migrations }, about) {
    return migrations.flatMap(({ name, roundTrip }) => {
        const parts = roundTrip
            ? [...differing(roundTrip), ...locks(roundTrip, about), ...demands(roundTrip.preconditions ?? [])]
            : [];
        if (parts.length === 0)
            return [];
        const title = `Rehearsal of ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .htmlCode */ .h8)(name)}: ${parts.map((part) => part.title).join('; ')}`;
        return [
            fold(title, false, parts.flatMap(({ paragraphs }) => paragraphs)),
        ];
    });
}
function differing(trip) {
    const all = (0,_round_trip_js__WEBPACK_IMPORTED_MODULE_0__/* .differences */ .tX)(trip, _inert_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY).map((one) => `- ${one}`);
    return all.length > 0
        ? [{ title: (0,_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(all.length, 'difference'), paragraphs: ['**Round trip**', limited(all, 50)] }]
        : [];
}
/** The lock timelines: drawn, and in words. */
function locks(trip, about) {
    const all = (0,_timeline_js__WEBPACK_IMPORTED_MODULE_6__/* .timelines */ .zM)(trip);
    if (all.length === 0)
        return [];
    const drawn = all.flatMap((timeline) => [
        `**Locks of the ${timeline.direction === 'down' ? 'downgrade' : 'upgrade'}**, a column for each statement`,
        (0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .fenced */ .OF)((0,_timeline_js__WEBPACK_IMPORTED_MODULE_6__/* .chart */ .bW)(timeline), 'mermaid'),
        limited(timeline.bars.map((bar) => `- ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(bar.relation)}: ${(0,_timeline_js__WEBPACK_IMPORTED_MODULE_6__/* .barWords */ .r_)(bar)}`), 20),
        statements(timeline, about),
    ]);
    const why = 'How long a statement takes in production depends on the size of its tables.';
    return [{ title: (0,_timeline_js__WEBPACK_IMPORTED_MODULE_6__/* .shutOut */ .rt)(all), paragraphs: [...drawn, why] }];
}
function statements({ statements }, about) {
    const lines = statements.map(({ sql, at }, index) => {
        const place = at ? ` in ${placeInMarkdown(at, about)}` : '';
        return `${index + 1}. ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(sql.length > 100 ? `${sql.slice(0, 100)}…` : sql)}${place}`;
    });
    return limited(lines, 12);
}
function limited(lines, limit) {
    const more = lines.length - limit;
    return [...lines.slice(0, limit), ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}
function gone(result) {
    const lines = (0,_known_js__WEBPACK_IMPORTED_MODULE_7__/* .staleKnown */ .h)(result, _inert_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS);
    if (lines.length === 0)
        return [];
    const title = `${(0,_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(result.known?.stale.length ?? 0, 'known finding')} not found any more`;
    return [fold(title, false, [lines.map((one) => `- ${one}`).join('\n')])];
}
/** With the queries that count the rows in the way. */
function demands(all) {
    if (all.length === 0)
        return [];
    const shown = all.slice(0, 50).flatMap((one) => {
        const counting = one.count === undefined ? [] : [(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .fenced */ .OF)((0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)(one.count, 2000), 'sql')];
        return [(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .shorten */ .ml)((0,_round_trip_js__WEBPACK_IMPORTED_MODULE_0__/* .demand */ .wo)(one), 1000)), ...counting];
    });
    const more = all.length > 50 ? [`And ${all.length - 50} more.`] : [];
    const title = (0,_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(all.length, 'demand on the data', 'demands on the data');
    return [{ title, paragraphs: ['**What the data must be**', ...shown, ...more] }];
}
/** What stands in `sub` is Markdown, unlike what stands in `summary`: GitHub reads the tag as part of a paragraph. */
function footer(result, { version, links, isFromElsewhere }) {
    const { migrations, statements, unreadable, ignored, refuted, rehearsal } = result.coverage;
    const { known } = result;
    const rehearsed = {
        done: `rehearsed on PostgreSQL${result.postgres ? ` ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(result.postgres.version)} (${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(result.postgres.source)})` : ''}`,
        off: 'not rehearsed, because that is turned off',
        'not-needed': 'nothing to rehearse',
        'not-done': 'not rehearsed',
    }[rehearsal];
    const empty = [...new Set(result.migrations.flatMap((migration) => migration.roundTrip?.withoutRows ?? []))].sort();
    const tables = empty.slice(0, 10).map(_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY).join(', ');
    const more = empty.length > 10 ? ` and ${empty.length - 10} more` : '';
    return `<sub>${[
        `Checked ${(0,_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(migrations, 'migration')}, ${(0,_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(statements, 'statement')}, ${unreadable} not readable${ignored ? `, ${(0,_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(ignored, 'finding')} ignored` : ''}${refuted ? `, ${(0,_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(refuted, 'finding')} refuted by the server` : ''}`,
        ...(known?.findings ? [`${(0,_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(known.findings, 'finding')} known from ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(known.file)}`] : []),
        ...(migrations ? [rehearsed] : []),
        ...(empty.length ? [`no rows to test with in ${tables}${more}`] : []),
        ...(result.notChecked.length ? [] : ['nothing was left unchecked']),
        `migration-gate ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(version)}`,
        ...(links
            ? [`commit [${links.sha.slice(0, 7)}](${links.repository}/commit/${links.sha})`, `[run](${links.run})`]
            : []),
        ...(isFromElsewhere ? ['told by a run of the pull request: what counts is its check, not this comment'] : []),
    ].join(' · ')}</sub>`;
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
