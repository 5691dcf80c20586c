export const id = 643;
export const ids = [643,794];
export const modules = {

/***/ 1938:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ fingerprints),
/* harmony export */   b: () => (/* binding */ digest)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);

/**
 * What another system knows a finding by, 32 hexadecimal digits. A finding keeps it when lines move; a second one that is the
 * same in all but its line gets another.
 */
function fingerprints(findings) {
    const seen = new Map();
    return new Map(findings.map((found) => {
        const same = JSON.stringify([found.rule, found.at.file, found.direction, found.message]);
        const nth = (seen.get(same) ?? 0) + 1;
        seen.set(same, nth);
        return [found, digest(`${same}${nth}`)];
    }));
}
/** The 32 digits of any text. */
function digest(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex').slice(0, 32);
}


/***/ }),

/***/ 2794:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   json: () => (/* binding */ json),
/* harmony export */   serialize: () => (/* binding */ serialize)
/* harmony export */ });
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4512);
/* harmony import */ var _timeline_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1935);


/**
 * The result as JSON, `version: 1`: keys are added, never renamed or given another meaning, as long as that number stays.
 * Strings are whole and unescaped data; only what a terminal would act on is written as `\u…`.
 */
function json(result) {
    return serialize({
        version: 1,
        verdict: result.verdict,
        tool: result.tool ?? null,
        postgres: result.postgres ?? null,
        summary: {
            errors: (0,_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .ofSeverity */ .Z3)(result, 'error').length,
            warnings: (0,_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .ofSeverity */ .Z3)(result, 'warning').length,
            infos: (0,_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .ofSeverity */ .Z3)(result, 'info').length,
        },
        findings: result.findings.map(finding),
        migrations: result.migrations.map(({ id, name, file, isNew, roundTrip: trip }) => ({
            id,
            name,
            file,
            isNew,
            ...(trip && { roundTrip: roundTrip(trip) }),
        })),
        coverage: result.coverage,
        ...(result.known && {
            known: { file: result.known.file, findings: result.known.findings, stale: result.known.stale },
        }),
        notChecked: result.notChecked.map(({ what, why, at }) => ({ what, why, ...(at && { location: location(at) }) })),
    });
}
/** JSON whose text holds no character that a terminal or an editor acts on: the same values, more of them escaped. */
function serialize(value) {
    const text = JSON.stringify(value, null, 2);
    return `${text.replace(/[\p{Cf}\p{Zl}\p{Zp}\x7f-\x9f]/gu, (character) => [...Array(character.length).keys()]
        .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
        .join(''))}\n`;
}
function finding(found) {
    return {
        rule: found.rule,
        severity: found.severity,
        direction: found.direction,
        migration: found.migration,
        location: location(found.at),
        message: found.message,
        help: found.help,
        ...(found.suggestion !== undefined && { suggestion: found.suggestion }),
        seen: found.seen,
        evidence: found.evidence,
        url: found.url,
    };
}
function location({ file, line, column, endLine }) {
    return { file, line, column, endLine };
}
function roundTrip(trip) {
    return {
        steps: trip.steps.map(step),
        restored: trip.restored,
        repeatable: trip.repeatable,
        drift: trip.drift.map(({ after, kind, object, class: how, change, expected, found }) => ({
            after,
            kind,
            object,
            class: how,
            change,
            expected,
            found,
        })),
        data: trip.data.map(dataChange),
        withoutRows: trip.withoutRows,
        ...(trip.refusedRows && { refusedRows: trip.refusedRows.message }),
        ...(trip.oldCode && { oldCode: trip.oldCode.map(oldStatement) }),
        ...(trip.preconditions && { preconditions: trip.preconditions.map(precondition) }),
        // Left out where nobody watched: an empty list would say that there was nothing.
        ...(trip.watched && watched(trip.watched, (0,_timeline_js__WEBPACK_IMPORTED_MODULE_1__/* .sentBy */ .ml)(trip))),
        ...(trip.costs && { costs: trip.costs.map(cost) }),
        ...(trip.laterRows && { laterRows: laterRows(trip.laterRows) }),
    };
}
function dataChange({ after, table, column, change, rowsBefore, rowsAfter }) {
    return { after, table, ...(column !== undefined && { column }), change, rowsBefore, rowsAfter };
}
function cost({ statement, class: work, relation, mode, estimate }) {
    return { ...sent(statement), class: work, relation, mode, ...(estimate && { estimate }) };
}
function laterRows({ tables, error, data }) {
    return {
        tables,
        outcome: error ? 'failed' : 'ok',
        ...(error && { ...(error.sqlstate && { sqlstate: error.sqlstate }), error: error.message }),
        data: data.map(dataChange),
    };
}
function oldStatement({ source, verb, object, role, sql, outcome, sqlstate, message, because }) {
    return {
        source: source.kind === 'file' ? { kind: source.kind, location: location(source.at) } : source,
        verb,
        ...(object !== undefined && { object }),
        ...(role !== undefined && { role }),
        sql: sql.slice(0, 500),
        outcome,
        ...(sqlstate !== undefined && { sqlstate }),
        message,
        ...(because && { because: location(because) }),
    };
}
function watched({ locks, rewrites, scans, indexBuilds, blocked }, statements) {
    return {
        statements: statements.map((statement) => ({
            ...sent(statement),
            ...(statement.tag !== undefined && { tag: statement.tag }),
            ...(statement.rows !== undefined && { rows: statement.rows }),
            ms: statement.ms,
        })),
        locks: locks.map(({ statement, relation, kind, table, mode, existedBefore }) => ({
            ...sent(statement),
            relation,
            kind,
            ...(table !== undefined && { table }),
            mode,
            existedBefore,
        })),
        rewrites: rewrites.map(({ statement, relation, how }) => ({ ...sent(statement), relation, how })),
        scans: scans.map(({ statement, relation, constraint }) => ({ ...sent(statement), relation, constraint })),
        indexBuilds: indexBuilds.map(({ statement, relation, index }) => ({ ...sent(statement), relation, index })),
        blocked: blocked.map(({ statement, relation, shutsOut, mode, during, ms }) => ({
            ...sent(statement),
            relation,
            shutsOut,
            mode,
            first: during[0] ? statements.indexOf(during[0]) : -1,
            during: during.length,
            ms,
        })),
    };
}
/** Which statement it was. Of the text, the beginning: a statement may be megabytes long. */
function sent({ sql, at, direction, attempt }) {
    return { direction, attempt, statement: sql.slice(0, 500), ...(at && { location: location(at) }) };
}
function precondition({ kind, table, columns, outcome, sqlstate, needs, count, at }) {
    return {
        kind,
        table,
        columns,
        outcome,
        ...(sqlstate !== undefined && { sqlstate }),
        needs,
        ...(count !== undefined && { count }),
        ...(at && { location: location(at) }),
    };
}
function step({ direction, attempt, outcome, error, ms }) {
    return {
        direction,
        attempt,
        outcome,
        ...(error && {
            ...(error.sqlstate && { sqlstate: error.sqlstate }),
            error: error.message,
            ...(error.timedOut && { timedOut: true }),
            ...(error.statement !== undefined && { statement: error.statement }),
            ...(error.at && { location: location(error.at) }),
        }),
        ms,
    };
}


/***/ }),

/***/ 5881:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   sarif: () => (/* binding */ sarif)
/* harmony export */ });
/* harmony import */ var _fingerprint_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1938);
/* harmony import */ var _inert_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1822);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2794);



const levels = { error: 'error', warning: 'warning', info: 'note' };
/**
 * SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. What was not checked is a notification of
 * the tool, and the run then counts as not successful.
 * @param rules where the description of each rule is found
 */
function sarif(result, rules, about) {
    const used = [...new Map(result.findings.map((found) => [found.rule, found])).values()];
    const index = new Map(used.map((found, position) => [found.rule, position]));
    const prints = (0,_fingerprint_js__WEBPACK_IMPORTED_MODULE_0__/* .fingerprints */ .W)(result.findings);
    const log = {
        $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
        version: '2.1.0',
        runs: [
            {
                tool: {
                    driver: {
                        name: 'migration-gate',
                        semanticVersion: about.version,
                        rules: used.map((found) => descriptor(found, rules)),
                    },
                },
                columnKind: 'utf16CodeUnits',
                invocations: [
                    {
                        executionSuccessful: result.notChecked.length === 0,
                        toolExecutionNotifications: result.notChecked.map(notification),
                    },
                ],
                ...(about.links && {
                    versionControlProvenance: [{ repositoryUri: about.links.repository, revisionId: about.links.sha }],
                }),
                results: result.findings.map((found) => sarifResult(found, index.get(found.rule) ?? -1, prints)),
            },
        ],
    };
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__.serialize)(log);
}
function descriptor(found, rules) {
    const summary = rules.find((rule) => rule.name === found.rule)?.summary ?? found.rule;
    return {
        id: found.rule,
        shortDescription: { text: message(summary) },
        fullDescription: { text: message(summary) },
        help: { text: message(`${summary}. See ${found.url}`) },
        helpUri: found.url,
        defaultConfiguration: { level: levels[found.severity] },
    };
}
function sarifResult(found, ruleIndex, prints) {
    return {
        ruleId: found.rule,
        ruleIndex,
        level: levels[found.severity],
        message: { text: message([found.message, found.help, ...found.evidence.map((one) => `Seen: ${one}`)].join('\n')) },
        locations: [location(found.at)],
        partialFingerprints: { 'migrationGateFinding/v1': prints.get(found) ?? '' },
        properties: { migration: found.migration, direction: found.direction, seen: found.seen },
    };
}
function notification({ what, why, at }) {
    return {
        level: 'error',
        message: { text: message(`${what}: ${why}`) },
        ...(at && { locations: [location(at)] }),
    };
}
function location(at) {
    return {
        physicalLocation: {
            artifactLocation: { uri: (0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .pathInUrl */ .oW)(at.file), uriBaseId: '%SRCROOT%' },
            region: { startLine: at.line, startColumn: at.column, endLine: at.endLine },
        },
    };
}
/** Text without links (§3.11.6) and placeholders (§3.11.5): brackets are escaped, braces doubled. */
function message(text) {
    return (0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .block */ .om)(text)
        .replace(/[[\]\\]/g, (character) => `\\${character}`)
        .replace(/[{}]/g, (character) => character + character);
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
