export const id = 998;
export const ids = [998];
export const modules = {

/***/ 2998:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   junit: () => (/* binding */ junit)
/* harmony export */ });
/* harmony import */ var _evidence_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3877);
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4512);
/* harmony import */ var _inert_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1822);
/* harmony import */ var _round_trip_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8280);




/**
 * JUnit's XML, as Jenkins, GitLab, Azure and others read it: a test case for each migration. Errors and warnings are failures
 * (the format knows no weaker word), what was not checked is an error in a case of its own, and notes are output.
 */
function junit(result) {
    const cases = testCases(result);
    const number = (key) => cases.filter((one) => one[key].length > 0).length;
    const time = cases.reduce((sum, one) => sum + one.time, 0);
    const totals = `tests="${cases.length}" failures="${number('failures')}" errors="${number('errors')}" time="${time.toFixed(3)}"`;
    const suite = [
        `<testsuite name="migrations" ${totals} skipped="0">`,
        ...cases.map((one) => testCase(one, result)),
        '</testsuite>',
    ];
    const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="migration-gate" ${totals}>`, ...suite];
    return characters(`${lines.join('\n')}\n</testsuites>\n`);
}
function testCases(result) {
    const known = new Set(result.migrations.map(({ id }) => id));
    const others = new Set(result.findings.map(({ migration }) => migration).filter((id) => !known.has(id)));
    const cases = [
        ...result.migrations.map((migration) => ofMigration(migration, result)),
        ...[...others].map((id) => ({ ...empty(id), ...judged(id, result) })),
        ...result.notChecked.map((one) => ({ ...empty(one.what), file: one.at?.file, errors: [one] })),
    ];
    // Some readers take a report without a test for a broken one.
    return cases.length > 0 ? cases : [empty((0,_headline_js__WEBPACK_IMPORTED_MODULE_1__/* .headline */ .Pl)(result).title)];
}
function empty(name) {
    return { name, file: undefined, time: 0, failures: [], errors: [], output: [] };
}
function ofMigration({ id, name, file, roundTrip: trip }, result) {
    const { failures, output } = judged(id, result);
    const way = trip ? (0,_round_trip_js__WEBPACK_IMPORTED_MODULE_0__/* .steps */ .Ci)(trip).map((step) => `${step.name} ${step.outcome}`) : [];
    return {
        ...empty(name),
        file,
        time: (trip?.steps ?? []).reduce((sum, step) => sum + step.ms, 0) / 1000,
        failures,
        output: [
            trip ? `Round trip: ${way.join(', ')}: ${(0,_round_trip_js__WEBPACK_IMPORTED_MODULE_0__/* .outcome */ .bu)(trip)}` : 'Not rehearsed.',
            ...(trip ? (0,_round_trip_js__WEBPACK_IMPORTED_MODULE_0__/* .differences */ .tX)(trip, (text) => text) : []),
            ...output,
        ],
    };
}
function judged(id, { findings }) {
    const own = findings.filter(({ migration }) => migration === id);
    return {
        failures: own.filter(({ severity }) => severity !== 'info'),
        output: own.filter(({ severity }) => severity === 'info').flatMap((found) => [`info: ${found.rule}`, told(found)]),
    };
}
function testCase({ name, file, time, failures, errors, output }, { tool }) {
    const place = file === undefined ? '' : ` file="${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .htmlWhole */ .tL)(file)}"`;
    const inside = [
        ...failures.map((found) => failure(found)),
        ...errors.map((one) => error(one)),
        ...(output.length ? [`<system-out>${output.map(_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .htmlBlock */ .xs).join('\n')}</system-out>`] : []),
    ];
    const start = `<testcase classname="${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .html */ .qy)(tool ?? 'migration-gate')}" name="${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .html */ .qy)(name)}"${place} time="${time.toFixed(3)}"`;
    return inside.length ? [`${start}>`, ...inside, '</testcase>'].join('\n') : `${start}/>`;
}
function failure(found) {
    const { severity, rule, message } = found;
    return `<failure type="${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .html */ .qy)(rule)}" message="${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .html */ .qy)(`${severity}: ${message}`)}">${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .htmlBlock */ .xs)(told(found))}</failure>`;
}
function told(found) {
    return [
        `${found.at.file}:${found.at.line}`,
        found.message,
        `Instead: ${found.help}`,
        ...(found.suggestion === undefined ? [] : [found.suggestion]),
        ...(0,_evidence_js__WEBPACK_IMPORTED_MODULE_3__/* .unsaidEvidence */ .o)(found).map((seen) => `Seen: ${seen}`),
        found.url,
    ].join('\n');
}
function error({ what, why, at }) {
    const place = at ? `${at.file}:${at.line}\n` : '';
    return `<error type="not-checked" message="${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .html */ .qy)(`${what}: ${why}`)}">${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .htmlBlock */ .xs)(`${place}${what}: ${why}`)}</error>`;
}
/** XML 1.0 has no way of writing these two, not even as a reference: https://www.w3.org/TR/xml/#charsets */
function characters(text) {
    return text.replace(/[\ufffe\uffff]/g, '\ufffd');
}


/***/ })

};
