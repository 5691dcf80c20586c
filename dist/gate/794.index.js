export const id = 794;
export const ids = [794];
export const modules = {

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
