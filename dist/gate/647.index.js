export const id = 647;
export const ids = [647];
export const modules = {

/***/ 3330:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dryRunCommand: () => (/* binding */ dryRunCommand)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var picocolors__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(7336);
/* harmony import */ var picocolors__WEBPACK_IMPORTED_MODULE_15___default = /*#__PURE__*/__webpack_require__.n(picocolors__WEBPACK_IMPORTED_MODULE_15__);
/* harmony import */ var _package_json__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8330);
/* harmony import */ var _config_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9054);
/* harmony import */ var _dry_run_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9167);
/* harmony import */ var _dry_run_limits_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7351);
/* harmony import */ var _model_dry_run_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(5536);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(7206);
/* harmony import */ var _output_file_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8861);
/* harmony import */ var _read_changed_files_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8630);
/* harmony import */ var _report_dry_run_json_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(8982);
/* harmony import */ var _report_dry_run_markdown_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1681);
/* harmony import */ var _report_dry_run_terminal_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4556);
/* harmony import */ var _report_inert_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(1822);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(649);
/* harmony import */ var _rulebook_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(7152);
















/** What `migration-gate dry-run` does. @returns the exit code */
async function dryRunCommand(builtIn, flags) {
    const outputs = flags.format ?? [{ format: 'terminal', file: undefined }];
    if (outputs.filter(({ file }) => !file).length > 1)
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_11__/* .UserError */ .y('Only one --format can go to standard output. Give the others a file: --format json=gate.json');
    const strange = outputs.find(({ format }) => !_model_dry_run_js__WEBPACK_IMPORTED_MODULE_12__/* .dryRunFormats */ .FA.some((each) => each === format));
    if (strange)
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_11__/* .UserError */ .y(`A dry run is told as ${_model_dry_run_js__WEBPACK_IMPORTED_MODULE_12__/* .dryRunFormats */ .FA.join(', ')}; not as ${strange.format}.`);
    const limits = (0,_dry_run_limits_js__WEBPACK_IMPORTED_MODULE_4__/* .limitsOf */ .A)(flags);
    const repository = await (0,_read_changed_files_js__WEBPACK_IMPORTED_MODULE_6__/* .repositoryRoot */ .Hn)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(flags.cwd));
    const config = await (0,_config_js__WEBPACK_IMPORTED_MODULE_2__/* .loadConfig */ .Z9)({
        repository,
        file: flags.config,
        origin: 'the command line',
        values: { tool: flags.tool, directory: flags.directory, 'fail-on': flags.failOn },
        databaseUrl: process.env.MIGRATION_GATE_DATABASE_URL,
    });
    const rules = await (0,_rulebook_js__WEBPACK_IMPORTED_MODULE_10__/* .rulebook */ .q)({ builtIn, config, repository });
    const cancel = new AbortController();
    const end = (signal) => cancel.abort(new _model_errors_js__WEBPACK_IMPORTED_MODULE_11__/* .Cancelled */ .c(`Ended by ${signal}. Nothing was decided.`));
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals)
        process.on(signal, end);
    try {
        const run = await (0,_dry_run_js__WEBPACK_IMPORTED_MODULE_3__/* .dryRun */ .P)({
            config,
            rules,
            repository,
            url: flags.databaseUrl,
            mode: flags.mode,
            limits,
            versionTable: flags.versionTable,
            to: flags.to,
            signal: cancel.signal,
            log: flags.quiet ? () => undefined : (message) => process.stderr.write(`${(0,_report_inert_js__WEBPACK_IMPORTED_MODULE_13__/* .withoutCommands */ .Df)((0,_report_inert_js__WEBPACK_IMPORTED_MODULE_13__/* .line */ .n8)(message))}\n`),
        });
        const shown = (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_9__/* .redact */ .E)(run, [...(0,_report_redact_js__WEBPACK_IMPORTED_MODULE_9__/* .secretsOf */ .F)(flags.databaseUrl), ...(0,_report_redact_js__WEBPACK_IMPORTED_MODULE_9__/* .secretsOf */ .F)(config.databaseUrl)]);
        for (const { format, file } of outputs) {
            const text = render(format, shown, flags.color && !file);
            if (file)
                await (0,_output_file_js__WEBPACK_IMPORTED_MODULE_5__/* .writeOutput */ .z)(flags.cwd, file, text);
            else
                process.stdout.write(text);
        }
        return (0,_dry_run_js__WEBPACK_IMPORTED_MODULE_3__/* .dryRunExitCode */ .Q)(run, config.failOn);
    }
    catch (error) {
        throw cancel.signal.aborted ? cancel.signal.reason : error;
    }
    finally {
        for (const signal of signals)
            process.off(signal, end);
    }
}
function render(format, run, mayColor) {
    if (format === 'json')
        return (0,_report_dry_run_json_js__WEBPACK_IMPORTED_MODULE_14__/* .dryRunJson */ .X)(run);
    if (format === 'markdown')
        return (0,_report_dry_run_markdown_js__WEBPACK_IMPORTED_MODULE_7__/* .dryRunMarkdown */ .w)(run, { version: _package_json__WEBPACK_IMPORTED_MODULE_1__/* .version */ .rE });
    return (0,_report_dry_run_terminal_js__WEBPACK_IMPORTED_MODULE_8__/* .dryRunTerminal */ .b)(run, picocolors__WEBPACK_IMPORTED_MODULE_15___default().createColors(mayColor && (picocolors__WEBPACK_IMPORTED_MODULE_15___default().isColorSupported) && Boolean(process.stdout.isTTY)));
}


/***/ }),

/***/ 984:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   qg: () => (/* binding */ parse)
/* harmony export */ });
/* unused harmony exports toClientConfig, parseIntoClientConfig */
/* harmony import */ var _index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6122);
// ESM wrapper for pg-connection-string


// Re-export the parse function
/* unused harmony default export */ var __WEBPACK_DEFAULT_EXPORT__ = (_index_js__WEBPACK_IMPORTED_MODULE_0__.parse);
const parse = _index_js__WEBPACK_IMPORTED_MODULE_0__.parse
const toClientConfig = _index_js__WEBPACK_IMPORTED_MODULE_0__.toClientConfig
const parseIntoClientConfig = _index_js__WEBPACK_IMPORTED_MODULE_0__.parseIntoClientConfig


/***/ })

};
