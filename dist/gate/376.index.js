export const id = 376;
export const ids = [376];
export const modules = {

/***/ 376:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  action: () => (/* binding */ action)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 14 modules
var core = __webpack_require__(6421);
// EXTERNAL MODULE: ./node_modules/picocolors/picocolors.js
var picocolors = __webpack_require__(7336);
var picocolors_default = /*#__PURE__*/__webpack_require__.n(picocolors);
// EXTERNAL MODULE: ./package.json
var package_0 = __webpack_require__(8330);
// EXTERNAL MODULE: ./rules/index.ts + 102 modules
var rules_0 = __webpack_require__(4447);
// EXTERNAL MODULE: ./src/config.ts + 1 modules
var src_config = __webpack_require__(9054);
// EXTERNAL MODULE: ./src/dry-run.ts + 36 modules
var dry_run = __webpack_require__(9167);
// EXTERNAL MODULE: ./src/dry-run-limits.ts
var dry_run_limits = __webpack_require__(7351);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./src/github/step.ts



/**
 * Runs `work` while the runner takes nothing on stdout for a workflow command, so that text of a pull request cannot issue
 * any: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
 */
async function withoutCommands(work) {
    const token = (0,external_node_crypto_.randomUUID)();
    process.stdout.write(`::stop-commands::${token}\n`);
    try {
        return await work();
    }
    finally {
        process.stdout.write(`\n::${token}::\n`);
    }
}
/** Adds to the summary of the job. False: this runner has none. */
async function writeSummary(file, text) {
    if (!file)
        return false;
    await (0,promises_.appendFile)(file, text);
    return true;
}
/** Writes a file that is new: a link that a pull request has put in its place is removed, not followed. */
async function writeReport(path, text) {
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
    await (0,promises_.rm)(path, { force: true });
    await (0,promises_.writeFile)(path, text, { flag: 'wx' });
}

// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: ./src/report/dry-run-headline.ts
var dry_run_headline = __webpack_require__(8247);
// EXTERNAL MODULE: ./src/report/dry-run-json.ts
var dry_run_json = __webpack_require__(8982);
// EXTERNAL MODULE: ./src/report/dry-run-markdown.ts
var dry_run_markdown = __webpack_require__(1681);
// EXTERNAL MODULE: ./src/report/dry-run-terminal.ts
var dry_run_terminal = __webpack_require__(4556);
// EXTERNAL MODULE: ./src/report/inert.ts
var inert = __webpack_require__(1822);
// EXTERNAL MODULE: ./src/report/markdown.ts
var markdown = __webpack_require__(4285);
// EXTERNAL MODULE: ./src/report/redact.ts
var redact = __webpack_require__(649);
// EXTERNAL MODULE: ./src/rulebook.ts
var rulebook = __webpack_require__(7152);
;// CONCATENATED MODULE: ./src/dry-run-action.ts


















/** Holds staging's URL. Not an input: those are printed in the log where a workflow is debugged. */
const stagingVariable = 'MIGRATION_GATE_STAGING_URL';
/**
 * `command: dry-run` of the action: the job's summary, the report file and the outputs; no comment, because there is no pull request.
 * @throws UserError for what keeps it from beginning
 */
async function dryRunStep(options) {
    const { inputs, event, repository, secrets, signal } = options;
    const { dryRun: given, values } = inputs;
    const url = process.env[stagingVariable];
    // Nothing that is started from here on inherits it.
    delete process.env[stagingVariable];
    if (!event.mayRunMigrations)
        throw new errors/* UserError */.y(`A dry run is not done on ${event.name}, where the files may come from a fork. Use workflow_dispatch.`);
    if (!given || !url)
        throw new errors/* UserError */.y(`There is no URL of staging. Give it in the environment variable ${stagingVariable}, from a secret.`);
    const config = await (0,src_config/* loadConfig */.Z9)({
        repository,
        file: inputs.config,
        values: { tool: values.tool, directory: values.directory, 'fail-on': values['fail-on'] },
        databaseUrl: inputs.databaseUrl,
        origin: "the action's inputs",
    });
    const limits = (0,dry_run_limits/* limitsOf */.A)({
        lockTimeout: given.lockTimeout || dry_run_limits/* usualLimits */.t.lockTimeout,
        statementTimeout: given.statementTimeout || dry_run_limits/* usualLimits */.t.statementTimeout,
    });
    const rules = await (0,rulebook/* rulebook */.q)({ builtIn: rules_0/* rules */.a, config, repository });
    const log = (message) => void process.stdout.write(`${(0,inert/* block */.om)((0,redact/* redact */.E)(message, secrets))}\n`);
    const { mode, versionTable, to } = given;
    const run = await withoutCommands(async () => {
        const found = (0,redact/* redact */.E)(await (0,dry_run/* dryRun */.P)({ config, rules, repository, url, mode, limits, versionTable, to, signal, log }), secrets);
        process.stdout.write((0,dry_run_terminal/* dryRunTerminal */.b)(found, picocolors_default().createColors(true)));
        return found;
    });
    const about = { version: package_0/* version */.rE };
    if (!(await writeSummary(process.env.GITHUB_STEP_SUMMARY, (0,dry_run_markdown/* dryRunMarkdown */.w)(run, about, markdown.summaryBytes))))
        core/* info */.pq('This runner has no job summary.');
    const workspace = process.env.GITHUB_WORKSPACE ?? '.';
    const report = inputs.reportFile
        ? (0,external_node_path_.resolve)(workspace, inputs.reportFile)
        : (0,external_node_path_.join)(process.env.RUNNER_TEMP ?? workspace, 'migration-gate', 'dry-run.md');
    await writeReport(report, report.endsWith('.json') ? (0,dry_run_json/* dryRunJson */.X)(run) : (0,dry_run_markdown/* dryRunMarkdown */.w)(run, about));
    core/* setOutput */.uH('report-path', report);
    core/* setOutput */.uH('verdict', run.verdict);
    core/* setOutput */.uH('pending-count', run.server ? run.pending.length : '');
    core/* setOutput */.uH('blocking-count', run.findings.filter(({ severity }) => severity === 'error').length);
    core/* setOutput */.uH('warning-count', run.findings.filter(({ severity }) => severity === 'warning').length);
    const { title, consequence } = (0,dry_run_headline/* dryRunHeadline */.Hk)(run);
    const code = (0,dry_run/* dryRunExitCode */.Q)(run, config.failOn);
    if (code === 0)
        core/* info */.pq(`Dry run: ${title}.`);
    else
        core/* setFailed */.C1(`Dry run: ${title}. ${(0,inert/* line */.n8)(consequence)}`);
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./node_modules/@actions/github/lib/github.js + 22 modules
var github = __webpack_require__(2413);
;// CONCATENATED MODULE: ./src/github/api.ts



/**
 * GitHub's API, or that of the server in GITHUB_API_URL.
 * @throws UserError without a token
 */
function connect(token, url) {
    if (!token)
        throw new errors/* UserError */.y('The input github-token is empty. Leave it out to use the token of the workflow.');
    return (0,github/* getOctokit */.Q)(token, { baseUrl: url });
}
function isApiError(error) {
    return error instanceof Error && error.name === 'HttpError' && 'status' in error && typeof error.status === 'number';
}
/**
 * Tries again where GitHub is at fault or asks to wait (5xx, 429, a secondary rate limit), and nowhere else.
 * @param waits milliseconds before each further try
 */
async function retrying(waits, signal, work) {
    for (const pause of waits) {
        try {
            return await work();
        }
        catch (error) {
            if (!isApiError(error) || !isPassing(error))
                throw error;
            await (0,external_node_timers_promises_.setTimeout)(pause, undefined, { signal });
        }
    }
    return work();
}
function isPassing({ status, message, response }) {
    if (status >= 500 || status === 429)
        return true;
    return status === 403 && (response?.headers['retry-after'] !== undefined || /secondary rate limit/i.test(message));
}

// EXTERNAL MODULE: ./node_modules/simple-git/dist/index.mjs + 2 modules
var dist = __webpack_require__(4724);
;// CONCATENATED MODULE: ./src/github/changed-files.ts


/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
const listLimit = 3000;
/**
 * The files that the event changes: from the API for a pull request, from git where the event names the commit before.
 * Undefined where neither gives a list that is known to be whole: git then has to find the base branch itself.
 */
async function changedFiles(options) {
    const { event } = options;
    if (event.pullRequest)
        return ofPullRequest(options, event.pullRequest.number, event.pullRequest.changedFiles);
    return event.base === undefined ? undefined : since(options, event.base);
}
async function ofPullRequest({ api, event, waits, signal, log }, number, counted) {
    const pull = { owner: event.owner, repo: event.repository, pull_number: number, request: { signal } };
    try {
        const expected = counted ?? (await retrying(waits, signal, () => api.rest.pulls.get(pull))).data.changed_files;
        const files = await retrying(waits, signal, () => api.paginate(api.rest.pulls.listFiles, { ...pull, per_page: 100 }));
        if (files.length === expected && files.length < listLimit)
            return files.flatMap(changes);
        log(`GitHub lists ${files.length} of ${expected} changed files, so git is asked instead.`);
    }
    catch (error) {
        if (signal.aborted || !isApiError(error))
            throw error;
        log(`GitHub does not list the changed files (${error.status}: ${error.message}), so git is asked instead.`);
    }
    return undefined;
}
/** `patch`, `additions` and `changes` are not read: GitHub leaves them out of long lists without a sign. */
function changes({ filename: path, status, previous_filename: previous }) {
    switch (status) {
        case 'added':
        case 'copied':
            return [{ path, status: 'added' }];
        case 'removed':
            return [{ path, status: 'deleted' }];
        case 'renamed':
            return [
                ...(previous === undefined ? [] : [{ path: previous, status: 'deleted' }]),
                { path, status: 'added' },
            ];
        case 'unchanged':
            return [];
        default:
            return [{ path, status: 'modified' }];
    }
}
/** The commit may be missing from a shallow checkout; then it alone is fetched. */
async function since({ repository, log }, base) {
    const git = (0,dist/* simpleGit */.Lp)(repository);
    try {
        if (!(await isKnown(repository, base)))
            await git.raw(['fetch', '--no-tags', '--depth=1', 'origin', base]);
        const differing = await git.raw(['diff', '--name-status', '--no-renames', '-z', base, 'HEAD', '--']);
        const parts = differing.split('\0').filter((part) => part !== '');
        return parts.flatMap((path, index) => {
            if (index % 2 === 0)
                return [];
            const letter = parts[index - 1];
            return [{ path, status: letter === 'A' ? 'added' : letter === 'D' ? 'deleted' : 'modified' }];
        });
    }
    catch (error) {
        log(`git does not tell what changed since ${base} (${error instanceof Error ? error.message.trim() : String(error)}).`);
        return undefined;
    }
}
async function isKnown(repository, commit) {
    const found = await (0,dist/* simpleGit */.Lp)(repository)
        .raw(['rev-parse', '--verify', '--quiet', `${commit}^{commit}`])
        .catch(() => '');
    return found.trim() !== '';
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 9 modules
var schemas = __webpack_require__(7597);
;// CONCATENATED MODULE: ./src/github/event.ts



const sha = schemas/* string */.YjP().regex(/^[0-9a-f]{40,64}$/);
const payload = schemas/* object */.Ikc({
    pull_request: schemas/* object */.Ikc({
        number: schemas/* number */.aig().int(),
        changed_files: schemas/* number */.aig().int().optional(),
        head: schemas/* object */.Ikc({ sha, repo: schemas/* object */.Ikc({ id: schemas/* number */.aig() }).nullish() }),
        base: schemas/* object */.Ikc({ sha: sha.optional(), repo: schemas/* object */.Ikc({ id: schemas/* number */.aig() }).nullish() }),
    })
        .optional(),
    merge_group: schemas/* object */.Ikc({ base_sha: sha, head_sha: sha }).optional(),
    workflow_run: schemas/* object */.Ikc({
        id: schemas/* number */.aig().int(),
        run_attempt: schemas/* number */.aig().int().default(1),
        event: schemas/* string */.YjP(),
        head_branch: schemas/* string */.YjP().nullish(),
        head_repository: schemas/* object */.Ikc({ id: schemas/* number */.aig(), owner: schemas/* object */.Ikc({ login: schemas/* string */.YjP() }) }).nullish(),
        head_sha: sha,
        pull_requests: schemas/* array */.YOg(schemas/* object */.Ikc({ number: schemas/* number */.aig().int(), head: schemas/* object */.Ikc({ sha }) })).nullish(),
    })
        .optional(),
    before: schemas/* string */.YjP().optional(),
    sender: schemas/* object */.Ikc({ login: schemas/* string */.YjP() }).optional(),
});
/** @throws UserError where the environment or the event's file is not as GitHub makes it */
async function readEvent(environment) {
    const name = needed(environment, 'GITHUB_EVENT_NAME');
    const [owner, repository] = needed(environment, 'GITHUB_REPOSITORY').split('/');
    if (!owner || !repository)
        throw new errors/* UserError */.y('GITHUB_REPOSITORY is not "owner/name".');
    const event = await readPayload(needed(environment, 'GITHUB_EVENT_PATH'));
    const id = Number(environment.GITHUB_RUN_ID ?? 0);
    const server = environment.GITHUB_SERVER_URL ?? 'https://github.com';
    const url = (run) => `${server}/${owner}/${repository}/actions/runs/${run}`;
    return {
        name,
        owner,
        repository,
        sha: event.pull_request?.head.sha ??
            event.merge_group?.head_sha ??
            event.workflow_run?.head_sha ??
            environment.GITHUB_SHA ??
            '',
        pullRequest: pullRequest(event, environment, name),
        base: event.merge_group?.base_sha ?? (name === 'push' ? pushedOn(event.before) : undefined),
        trustedCommit: event.pull_request?.base.sha ?? event.merge_group?.base_sha,
        mayRunMigrations: name !== 'pull_request_target' && name !== 'workflow_run',
        run: {
            id,
            attempt: Number(environment.GITHUB_RUN_ATTEMPT ?? 1),
            url: url(id),
        },
        follows: event.workflow_run && followed(event.workflow_run, url),
    };
}
function followed(run, url) {
    const { id, run_attempt: attempt, event, head_sha: sha, head_branch: branch, head_repository: head } = run;
    return {
        id,
        attempt,
        url: url(id),
        event,
        sha,
        branch: branch ?? '',
        head: head ? { id: head.id, owner: head.owner.login } : undefined,
    };
}
function needed(environment, name) {
    const value = environment[name];
    if (!value)
        throw new errors/* UserError */.y(`${name} is not set: the action runs as a step of a GitHub workflow. Elsewhere, use the command.`);
    return value;
}
async function readPayload(path) {
    let text;
    try {
        text = await (0,promises_.readFile)(path, 'utf8');
    }
    catch (cause) {
        throw new errors/* UserError */.y('The file that GITHUB_EVENT_PATH names cannot be read.', { cause });
    }
    let data;
    try {
        data = JSON.parse(text);
    }
    catch (cause) {
        throw new errors/* UserError */.y('The file that GITHUB_EVENT_PATH names is not JSON.', { cause });
    }
    const parsed = payload.safeParse(data);
    if (parsed.success)
        return parsed.data;
    const [issue] = parsed.error.issues;
    throw new errors/* UserError */.y(`The event is not as GitHub sends it: ${issue?.path.join('.')}: ${issue?.message}`);
}
function pullRequest(event, { GITHUB_ACTOR: actor }, name) {
    if (event.pull_request) {
        const { number, changed_files: changedFiles, head, base } = event.pull_request;
        // A fork that was deleted since has no repository any more.
        const isFork = !head.repo || head.repo.id !== base.repo?.id;
        const isReadOnly = name === 'pull_request' && (isFork || actor === 'dependabot[bot]');
        return { number, changedFiles, isReadOnly };
    }
    // Empty for forks. Where there are several, the run was for one head commit only, and the event does not say whose.
    const [only, ...others] = event.workflow_run?.pull_requests ?? [];
    if (!only || others.length > 0 || only.head.sha !== event.workflow_run?.head_sha)
        return undefined;
    return { number: only.number, changedFiles: undefined, isReadOnly: false };
}
/** The first push of a branch has forty zeros there. */
function pushedOn(before) {
    return before && sha.safeParse(before).success && !/^0+$/.test(before) ? before : undefined;
}

// EXTERNAL MODULE: ./src/model/dry-run.ts
var model_dry_run = __webpack_require__(5536);
;// CONCATENATED MODULE: ./src/github/inputs.ts



/** @throws UserError for a value that an input does not take */
function readInputs() {
    return {
        values: {
            directory: (0,core/* getInput */.V4)('directory'),
            tool: (0,core/* getInput */.V4)('tool'),
            base: (0,core/* getInput */.V4)('base-ref'),
            database: (0,core/* getInput */.V4)('database'),
            'postgres-version': (0,core/* getInput */.V4)('postgres-version'),
            'round-trip': (0,core/* getInput */.V4)('round-trip'),
            timeout: (0,core/* getInput */.V4)('timeout'),
            'fail-on': (0,core/* getInput */.V4)('fail-on'),
        },
        config: (0,core/* getInput */.V4)('config') || undefined,
        databaseUrl: (0,core/* getInput */.V4)('database-url') || undefined,
        comment: oneOf('comment', ['on-findings', 'always', 'never']),
        commentKey: key(),
        commentFrom: (0,core/* getInput */.V4)('comment-from') || undefined,
        keepBaseline: oneOf('keep-baseline', ['false', 'true']) === 'true',
        dryRun: oneOf('command', ['check', 'dry-run']) === 'dry-run' ? dryRun() : undefined,
        annotations: oneOf('annotations', ['true', 'false']) === 'true',
        sarifFile: (0,core/* getInput */.V4)('sarif-file') || undefined,
        reportFile: reportFile(),
        workingDirectory: (0,core/* getInput */.V4)('working-directory') || '.',
        token: (0,core/* getInput */.V4)('github-token'),
    };
}
function dryRun() {
    return {
        mode: oneOf('mode', model_dry_run/* dryRunModes */.b$),
        lockTimeout: (0,core/* getInput */.V4)('lock-timeout'),
        statementTimeout: (0,core/* getInput */.V4)('statement-timeout'),
        versionTable: (0,core/* getInput */.V4)('version-table') || undefined,
        to: (0,core/* getInput */.V4)('to') || undefined,
    };
}
function oneOf(name, values) {
    const given = (0,core/* getInput */.V4)(name).toLowerCase();
    if (!given)
        return values[0];
    const value = values.find((one) => one === given);
    if (!value)
        throw new errors/* UserError */.y(`The input ${name} is "${given}". It can be ${values.join(', ')}.`);
    return value;
}
function key() {
    const given = (0,core/* getInput */.V4)('comment-key') || 'default';
    if (!/^[A-Za-z0-9._-]{1,64}$/.test(given))
        throw new errors/* UserError */.y(`The input comment-key is "${given}". It can have 1 to 64 letters, digits, ".", "_" and "-".`);
    return given;
}
function reportFile() {
    const given = (0,core/* getInput */.V4)('report-file');
    if (given && !/\.(md|html|json)$/.test(given))
        throw new errors/* UserError */.y(`The input report-file is "${given}". It must end in .md, .html or .json.`);
    return given || undefined;
}

// EXTERNAL MODULE: ./src/config-rehearsal.ts
var config_rehearsal = __webpack_require__(6475);
// EXTERNAL MODULE: ./src/parse-history.ts
var parse_history = __webpack_require__(1361);
// EXTERNAL MODULE: ./src/read/read.ts + 21 modules
var read = __webpack_require__(3803);
// EXTERNAL MODULE: ./src/run.ts + 5 modules
var run = __webpack_require__(9001);
;// CONCATENATED MODULE: ./src/keep-baselines.ts
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





/**
 * Builds the database that the next change begins with, of each history, so that it is in the cache. Judges nothing.
 * @returns why there is none, a sentence for each history
 * @throws UserError where no migrations are found, Cancelled when `signal` aborts
 */
async function keepBaselines(options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { config, repository, signal } = options;
        const { tool, directory } = config;
        const projects = await (0,read/* readProjects */.VH)({ repository, tool, directory, changed: [], commands: (0,config_rehearsal/* ownCommands */.hO)(config) });
        const starting = __addDisposableResource(env_1, (0,run/* startWhileReading */.Gc)(options), true);
        const server = await starting.server;
        if (!server || 'why' in server)
            return [server?.why ?? 'The round trip is turned off.'];
        const { prepare } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 374));
        const failed = [];
        for (const project of projects) {
            const migrations = await (0,parse_history/* parseHistory */.i)(project, config, repository);
            const prepared = await prepare({ ...(await (0,run/* rehearseOptions */.WT)(options, project, migrations)), server });
            if (signal.aborted)
                throw new errors/* Cancelled */.c('The run was ended.');
            if (prepared)
                failed.push(prepared);
        }
        return failed;
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}

// EXTERNAL MODULE: ./src/read/changed-files.ts
var changed_files = __webpack_require__(8630);
// EXTERNAL MODULE: ./src/report/headline.ts
var headline = __webpack_require__(4512);
;// CONCATENATED MODULE: ./src/report/annotations.ts


const levels = { error: 'error', warning: 'warning', info: 'notice' };
/**
 * @param limit how many of each level may be shown. GitHub takes 10 errors and 10 warnings from one step:
 * https://docs.github.com/en/rest/checks/runs
 */
function annotations(result, limit) {
    const all = [
        ...result.findings.map(annotation),
        ...result.notChecked.map(({ what, why, at }) => ({
            level: 'error',
            title: 'not checked',
            message: `${(0,inert/* line */.n8)(what)}: ${(0,inert/* line */.n8)(why)}`,
            at,
        })),
    ];
    const of = (level) => all.filter((one) => one.level === level);
    const over = (level) => Math.max(0, of(level).length - limit);
    return {
        shown: ['error', 'warning', 'notice'].flatMap((level) => of(level).slice(0, limit)),
        heldBack: { error: over('error'), warning: over('warning'), notice: over('notice') },
    };
}
function annotation(found) {
    return {
        level: levels[found.severity],
        title: found.rule,
        message: [(0,inert/* block */.om)(found.message), (0,inert/* block */.om)(found.help), ...found.evidence.map((seen) => `Seen: ${(0,inert/* line */.n8)(seen)}`)].join('\n'),
        at: found.at,
    };
}
/** Says that some are held back, in one sentence; '' where none are. */
function heldBackWords({ heldBack }) {
    const parts = ['error', 'warning', 'notice']
        .filter((level) => heldBack[level] > 0)
        .map((level) => (0,headline/* count */.U9)(heldBack[level], level));
    return parts.length
        ? `GitHub shows only so many annotations: ${parts.join(', ')} more are in this report and not beside the code.`
        : '';
}

// EXTERNAL MODULE: ./src/report/html.ts + 3 modules
var html = __webpack_require__(4991);
// EXTERNAL MODULE: ./src/report/json.ts
var json = __webpack_require__(2794);
// EXTERNAL MODULE: ./src/report/sarif.ts
var sarif = __webpack_require__(5881);
// EXTERNAL MODULE: ./src/report/terminal.ts
var terminal = __webpack_require__(7496);
;// CONCATENATED MODULE: ./src/report/undecided.ts
/** The result of a run that ended before it had one: every report can say so as it says everything else. */
function undecided(why) {
    return {
        verdict: 'error',
        tool: undefined,
        postgres: undefined,
        findings: [],
        migrations: [],
        coverage: { migrations: 0, statements: 0, unreadable: 0, ignored: 0, rehearsal: 'not-done' },
        notChecked: [{ what: 'This change', why }],
    };
}

;// CONCATENATED MODULE: ./src/github/comment.ts

function prefix(key) {
    return `<!-- migration-gate:report key=${key} v=1 `;
}
/** The first line of the comment, without its end. */
function marker({ key, sha, run, attempt }) {
    return `${prefix(key)}sha=${sha} run=${run}.${attempt} -->`;
}
/** Creates or updates the one comment of this key. Never throws for an answer of GitHub's. */
async function writeComment(options) {
    try {
        // The search is repeated with the writing: a request that failed at GitHub's end may have written the comment.
        return await retrying(options.waits, options.signal, () => findAndWrite(options));
    }
    catch (error) {
        if (options.signal.aborted || !isApiError(error))
            throw error;
        return { outcome: 'failed', why: explain(error.status, error.message, options) };
    }
}
async function findAndWrite(options) {
    const { api, event, number, key, bodies, create, signal } = options;
    const repository = { owner: event.owner, repo: event.repository, request: { signal } };
    const mark = { key, sha: event.sha, run: event.run.id, attempt: event.run.attempt };
    const own = await find(options);
    if (!own) {
        if (!create)
            return { outcome: 'none' };
        const created = await shorterEachTime(bodies, (body) => api.rest.issues.createComment({ ...repository, issue_number: number, body: `${marker(mark)}\n${body}` }));
        return { outcome: 'created', id: created.data.id };
    }
    if (isNewer(own.body ?? '', mark))
        return { outcome: 'newer', id: own.id };
    if (bodies.some((body) => sameReport(own.body ?? '', `${marker(mark)}\n${body}`)))
        return { outcome: 'unchanged', id: own.id };
    await shorterEachTime(bodies, (body) => api.rest.issues.updateComment({ ...repository, comment_id: own.id, body: `${marker(mark)}\n${body}` }));
    return { outcome: 'updated', id: own.id };
}
/** The newest comment that begins with our marker and that our own account wrote: anybody can paste a marker. */
async function find({ api, event, number, key, signal }) {
    const comments = await api.paginate(api.rest.issues.listComments, {
        owner: event.owner,
        repo: event.repository,
        issue_number: number,
        per_page: 100,
        request: { signal },
    });
    const marked = comments.filter((comment) => comment.body?.startsWith(prefix(key)));
    if (marked.length === 0)
        return undefined;
    const isOurs = await ourAccount(api, signal);
    return marked.findLast(isOurs);
}
/** REST does not tell an app's token who it is; GraphQL does, and calls the account with or without `[bot]`. */
async function ourAccount(api, signal) {
    const plain = (login) => login.replace(/\[bot\]$/, '');
    try {
        const { viewer } = await api.graphql('query { viewer { login } }', {
            request: { signal },
        });
        const isBot = viewer.login.endsWith('[bot]');
        return ({ user }) => user !== null && plain(user.login) === plain(viewer.login) && (!isBot || user.type === 'Bot');
    }
    catch (error) {
        if (signal.aborted || !(error instanceof Error))
            throw error;
        return ({ user }) => user?.type === 'Bot' && user.login === 'github-actions[bot]';
    }
}
function isNewer(body, { run, attempt }) {
    const [, otherRun = '0', otherAttempt = '0'] = /^[^\n]* run=(\d+)\.(\d+) -->/.exec(body) ?? [];
    return Number(otherRun) > run || (Number(otherRun) === run && Number(otherAttempt) > attempt);
}
/** The same but for the attempt. */
function sameReport(one, other) {
    const comparable = (body) => body
        .replaceAll('\r\n', '\n')
        .replace(/(run=\d+)\.\d+ -->/, '$1 -->')
        .trimEnd();
    return comparable(one) === comparable(other);
}
async function shorterEachTime(bodies, write) {
    const [body = '', ...shorter] = bodies;
    try {
        return await write(body);
    }
    catch (error) {
        if (!isApiError(error) || error.status !== 422 || shorter.length === 0)
            throw error;
        return shorterEachTime(shorter, write);
    }
}
const permissions = ['permissions:', '  contents: read', '  pull-requests: write'].join('\n');
function explain(status, message, { isReadOnly }) {
    const said = `The report could not be written as a comment (${status}: ${message}). The verdict does not depend on it, and the job summary holds the report.`;
    if (status !== 403 && status !== 404)
        return said;
    return isReadOnly
        ? `${said} GitHub gives workflows of forks and of Dependabot a token that can only read.`
        : `${said} The token may not write comments. Give the job this:\n${permissions}`;
}

;// CONCATENATED MODULE: ./src/github/followed-pull.ts

/**
 * The open pull request that a finished run was for. The event names none for a fork, and what the run itself says is not to be trusted:
 * GitHub is asked which ones have that branch of that repository at that commit. Undefined where there is none any more (it was closed, or
 * has a newer commit), and where there are several.
 */
async function followedPull(options) {
    const { api, event, follows, waits, signal } = options;
    const { head, branch, sha } = follows;
    if (!head || branch === '')
        return undefined;
    const pulls = await retrying(waits, signal, () => api.paginate(api.rest.pulls.list, {
        owner: event.owner,
        repo: event.repository,
        state: 'open',
        head: `${head.owner}:${branch}`,
        per_page: 100,
        request: { signal },
    }));
    const [only, ...others] = pulls.filter((pull) => pull.head.sha === sha && pull.head.repo?.id === head.id);
    return others.length > 0 ? undefined : only?.number;
}

// EXTERNAL MODULE: ./src/lint/lint.ts + 1 modules
var lint = __webpack_require__(9846);
// EXTERNAL MODULE: ./src/model/migration.ts
var migration = __webpack_require__(3861);
;// CONCATENATED MODULE: ./src/report/result-schema.ts


// The JSON result, `version: 1`. From here come schema/result.schema.json and the check of a report that another run has written.
const result_schema_location = schemas/* object */.Ikc({
    file: schemas/* string */.YjP().describe('Path from the root of the repository.'),
    line: schemas/* int */.Whr().min(1).describe('From 1.'),
    column: schemas/* int */.Whr().min(1).describe('From 1, in UTF-16 code units.'),
    endLine: schemas/* int */.Whr().min(1),
})
    .meta({ id: 'location', description: 'A place in a file of the repository.' });
const direction = schemas/* enum */.k5n(['up', 'down']).describe('The upgrade or the downgrade.');
const attempt = schemas/* literal */.euz([1, 2]);
const sqlstate = schemas/* string */.YjP().describe('https://www.postgresql.org/docs/current/errcodes-appendix.html');
const count = schemas/* int */.Whr().min(0);
const milliseconds = schemas/* number */.aig().min(0).describe('Milliseconds on the machine of the rehearsal; not a forecast.');
const statementText = schemas/* string */.YjP().describe('The SQL that the server received, its first 500 characters.');
const mode = schemas/* enum */.k5n([
    'ACCESS SHARE',
    'ROW SHARE',
    'ROW EXCLUSIVE',
    'SHARE UPDATE EXCLUSIVE',
    'SHARE',
    'SHARE ROW EXCLUSIVE',
    'EXCLUSIVE',
    'ACCESS EXCLUSIVE',
])
    .meta({ id: 'lockMode', description: 'https://www.postgresql.org/docs/current/explicit-locking.html' });
const attributes = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* json */.Pq9()).nullable();
const finding = schemas/* object */.Ikc({
    rule: schemas/* string */.YjP().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/),
    severity: schemas/* enum */.k5n(['error', 'warning', 'info']),
    direction,
    migration: schemas/* string */.YjP().describe('The id of a migration in `migrations`.'),
    location: result_schema_location,
    message: schemas/* string */.YjP().describe('What happens here. Plain text, as all of the following.'),
    help: schemas/* string */.YjP().describe('What to write instead.'),
    suggestion: schemas/* string */.YjP().optional().describe('SQL, or Python, that could stand there instead.'),
    seen: schemas/* enum */.k5n(['read', 'server']).describe('Read in the file, or seen on PostgreSQL.'),
    evidence: schemas/* array */.YOg(schemas/* string */.YjP()),
    url: schemas/* string */.YjP().describe('The page that explains the rule.'),
});
const step = schemas/* object */.Ikc({
    direction,
    attempt,
    outcome: schemas/* enum */.k5n(['ok', 'failed', 'skipped']),
    sqlstate: sqlstate.optional(),
    error: schemas/* string */.YjP().optional().describe("PostgreSQL's or the tool's words."),
    timedOut: schemas/* literal */.euz(true).optional(),
    statement: schemas/* string */.YjP().optional().describe('The one that failed.'),
    location: result_schema_location.optional(),
    ms: milliseconds,
});
const drift = schemas/* object */.Ikc({
    after: schemas/* enum */.k5n(['down', 'up-again']),
    kind: schemas/* string */.YjP(),
    object: schemas/* string */.YjP(),
    class: schemas/* enum */.k5n(['contract', 'order', 'physical', 'name-only'])
        .describe('How it matters: `contract`: programs can tell.'),
    change: schemas/* enum */.k5n(['left-behind', 'missing', 'changed']),
    expected: attributes.describe('null: there was no such object.'),
    found: attributes.describe('null: there is no such object.'),
});
const dataChange = schemas/* object */.Ikc({
    after: schemas/* enum */.k5n(['down', 'up-again']),
    table: schemas/* string */.YjP(),
    column: schemas/* string */.YjP().optional(),
    change: schemas/* enum */.k5n(['rows-lost', 'rows-left-behind', 'values-changed', 'values-lost']),
    rowsBefore: count,
    rowsAfter: count,
});
const sent = { direction, attempt, statement: statementText, location: result_schema_location.optional() };
const roundTrip = schemas/* object */.Ikc({
    steps: schemas/* array */.YOg(step),
    restored: schemas/* boolean */.zMY().nullable().describe('Whether the downgrade gave back schema and rows; null: not known.'),
    repeatable: schemas/* boolean */.zMY().nullable().describe('Whether the second upgrade built what the first did; null: not known.'),
    drift: schemas/* array */.YOg(drift),
    data: schemas/* array */.YOg(dataChange),
    withoutRows: schemas/* array */.YOg(schemas/* string */.YjP()).describe('Tables that it touches and that held no rows.'),
    refusedRows: schemas/* string */.YjP()
        .optional()
        .describe('Why the upgrade failed on made-up rows; everything here was then seen on a database without them.'),
    oldCode: schemas/* array */.YOg(schemas/* object */.Ikc({
        source: schemas/* union */.KCZ([schemas/* object */.Ikc({ kind: schemas/* literal */.euz('made') }), schemas/* object */.Ikc({ kind: schemas/* literal */.euz('file'), location: result_schema_location })]),
        verb: schemas/* string */.YjP(),
        object: schemas/* string */.YjP().optional(),
        role: schemas/* string */.YjP().optional(),
        sql: statementText,
        outcome: schemas/* enum */.k5n(['fails', 'changes']),
        sqlstate: sqlstate.optional(),
        message: schemas/* string */.YjP(),
        because: result_schema_location.optional(),
    }))
        .optional()
        .describe("The running release's statements that fare otherwise after the upgrade."),
    preconditions: schemas/* array */.YOg(schemas/* object */.Ikc({
        kind: schemas/* string */.YjP(),
        table: schemas/* string */.YjP(),
        columns: schemas/* array */.YOg(schemas/* string */.YjP()),
        outcome: schemas/* enum */.k5n(['fails', 'changes', 'untried']),
        sqlstate: sqlstate.optional(),
        needs: schemas/* string */.YjP(),
        count: schemas/* string */.YjP().optional().describe('A query that counts the rows in the way.'),
        location: result_schema_location.optional(),
    }))
        .optional()
        .describe('What the data must be for the upgrade to succeed.'),
    statements: schemas/* array */.YOg(schemas/* object */.Ikc({ ...sent, tag: schemas/* string */.YjP().optional(), rows: count.optional(), ms: milliseconds }))
        .optional()
        .describe('What the migration sent, in order, without BEGIN, COMMIT and what its tool sends on its own account.'),
    locks: schemas/* array */.YOg(schemas/* object */.Ikc({
        ...sent,
        relation: schemas/* string */.YjP(),
        kind: schemas/* string */.YjP(),
        table: schemas/* string */.YjP().optional(),
        mode,
        existedBefore: schemas/* boolean */.zMY(),
    }))
        .optional()
        .describe('Locks that nobody watched are left out: that is not the same as none.'),
    rewrites: schemas/* array */.YOg(schemas/* object */.Ikc({ ...sent, relation: schemas/* string */.YjP(), how: schemas/* enum */.k5n(['rewritten', 'truncated']) })).optional(),
    scans: schemas/* array */.YOg(schemas/* object */.Ikc({ ...sent, relation: schemas/* string */.YjP().optional(), constraint: schemas/* string */.YjP().optional() })).optional(),
    indexBuilds: schemas/* array */.YOg(schemas/* object */.Ikc({ ...sent, relation: schemas/* string */.YjP(), index: schemas/* string */.YjP() })).optional(),
    blocked: schemas/* array */.YOg(schemas/* object */.Ikc({
        ...sent,
        relation: schemas/* string */.YjP(),
        shutsOut: schemas/* enum */.k5n(['writes', 'reads and writes']),
        mode,
        first: schemas/* int */.Whr()
            .min(-1)
            .describe('Position in `statements`, from 0, of the first that ran meanwhile.')
            .optional(),
        during: count.describe('How many statements ran while the lock was held.'),
        ms: milliseconds,
    }))
        .optional()
        .describe('Tables of before that others could not read or write for a while.'),
    costs: schemas/* array */.YOg(schemas/* object */.Ikc({
        ...sent,
        class: schemas/* enum */.k5n(['catalog', 'rows', 'scan', 'index build', 'rewrite']),
        relation: schemas/* string */.YjP().optional(),
        mode: mode.optional(),
        estimate: schemas/* object */.Ikc({ lowMs: schemas/* number */.aig(), highMs: schemas/* number */.aig(), restsOn: schemas/* string */.YjP() })
            .optional()
            .describe('With the size of the table in production.'),
    }))
        .optional()
        .describe('How the work of each statement grows with its tables.'),
    laterRows: schemas/* object */.Ikc({
        tables: schemas/* array */.YOg(schemas/* string */.YjP()),
        outcome: schemas/* enum */.k5n(['ok', 'failed']),
        sqlstate: sqlstate.optional(),
        error: schemas/* string */.YjP().optional(),
        data: schemas/* array */.YOg(dataChange),
    })
        .optional()
        .describe('The downgrade once more, with rows that were written after the upgrade.'),
});
const resultSchema = schemas/* object */.Ikc({
    version: schemas/* literal */.euz(1).describe('Keys are added, never renamed or given another meaning, as long as it stays.'),
    verdict: schemas/* enum */.k5n(['pass', 'warn', 'block', 'error'])
        .describe('`error`: something was not checked, and nothing worse was found. Never to be taken for a pass.'),
    tool: schemas/* enum */.k5n(migration/* tools */.Y).nullable(),
    postgres: schemas/* object */.Ikc({ version: schemas/* string */.YjP(), source: schemas/* string */.YjP() })
        .nullable()
        .describe('The server of the rehearsal; null: none was started.'),
    summary: schemas/* object */.Ikc({ errors: count, warnings: count, infos: count }),
    findings: schemas/* array */.YOg(finding),
    migrations: schemas/* array */.YOg(schemas/* object */.Ikc({
        id: schemas/* string */.YjP(),
        name: schemas/* string */.YjP(),
        file: schemas/* string */.YjP(),
        isNew: schemas/* boolean */.zMY().describe('false: it is on the base branch already, and was edited.'),
        roundTrip: roundTrip.optional().describe('Left out: not rehearsed.'),
    })),
    coverage: schemas/* object */.Ikc({
        migrations: count,
        statements: count,
        unreadable: count,
        ignored: count.describe('Findings that a comment or the configuration asks to ignore.'),
        refuted: count
            .optional()
            .describe('Findings that were read, and that the server was seen not to bear out: left out.'),
        rehearsal: schemas/* enum */.k5n(['done', 'off', 'not-needed', 'not-done']),
    }),
    known: schemas/* object */.Ikc({
        file: schemas/* string */.YjP(),
        findings: count,
        stale: schemas/* array */.YOg(schemas/* object */.Ikc({
            file: schemas/* string */.YjP(),
            rule: schemas/* string */.YjP(),
            direction,
            statement: schemas/* string */.YjP(),
            fingerprint: schemas/* string */.YjP(),
        })),
    })
        .optional()
        .describe('What the file of known findings came to.'),
    notChecked: schemas/* array */.YOg(schemas/* object */.Ikc({ what: schemas/* string */.YjP(), why: schemas/* string */.YjP(), location: result_schema_location.optional() })),
});
/**
 * The JSON schema.
 * @param isClosed refuse other keys; a later version may write more of them
 */
function jsonResultSchema(isClosed = false) {
    return z.toJSONSchema(resultSchema, { io: isClosed ? 'output' : 'input' });
}

;// CONCATENATED MODULE: ./src/report/read-json.ts


/**
 * The result that a report in JSON was made from, as far as a report for people shows it: of what the server was seen to do, who was shut
 * out. The text may come from anybody.
 * @param pages beginnings of the addresses that it may lead a reader to
 * @throws UserError where it is not such a report
 */
function readJson(text, pages) {
    const { findings, migrations, notChecked, tool, postgres, verdict, coverage, known } = checked(text);
    const { refuted, ...counts } = coverage;
    const strange = findings.find(({ url }) => !isPage(url, pages));
    if (strange)
        throw new errors/* UserError */.y('The report leads to a page that is not ours and not of this repository.');
    return {
        verdict,
        tool: tool ?? undefined,
        postgres: postgres ?? undefined,
        findings: findings.map(({ location, ...finding }) => ({ ...finding, at: location })),
        migrations: migrations.map(({ roundTrip: trip, ...migration }) => ({
            ...migration,
            roundTrip: trip && read_json_roundTrip(migration.id, trip),
        })),
        coverage: { ...counts, ...(refuted !== undefined && { refuted }) },
        known,
        notChecked: notChecked.map(({ location, ...rest }) => ({ ...rest, at: location })),
    };
}
function checked(text) {
    let data;
    try {
        data = JSON.parse(text);
    }
    catch (cause) {
        if (!(cause instanceof SyntaxError))
            throw cause;
        throw new errors/* UserError */.y('The report is not JSON.', { cause });
    }
    const parsed = resultSchema.safeParse(data);
    if (parsed.success)
        return parsed.data;
    const [issue] = parsed.error.issues;
    throw new errors/* UserError */.y(`The report is not the JSON of this version of migration-gate: ${issue?.path.map(String).join('.')}: ${issue?.message}`);
}
/** Reports put these addresses where Markdown expects one, as they are. */
function isPage(url, pages) {
    return pages.some((page) => url.startsWith(page)) && /^https:\/\/[\w.-]+(?::\d+)?(?:\/[\w.~%-]*)*$/.test(url);
}
function read_json_roundTrip(migration, trip) {
    return {
        migration,
        steps: trip.steps.map(({ direction, attempt, outcome, ms, ...told }) => ({
            direction,
            attempt,
            outcome,
            ms,
            error: told.error === undefined ? undefined : stepError({ ...told, error: told.error }),
        })),
        restored: trip.restored,
        repeatable: trip.repeatable,
        drift: trip.drift,
        data: trip.data.map(({ column, ...change }) => ({ ...change, column })),
        withoutRows: trip.withoutRows,
        refusedRows: trip.refusedRows === undefined ? undefined : stepError({ error: trip.refusedRows }),
        preconditions: trip.preconditions?.map(({ kind, sqlstate, count, location, ...rest }) => ({
            ...rest,
            // Nothing that people read depends on it.
            kind: kind,
            sqlstate,
            count,
            at: location,
        })),
        watched: watched(trip),
    };
}
function stepError({ error, sqlstate, statement, location, timedOut }) {
    const names = { table: undefined, column: undefined, constraint: undefined };
    return { message: error, sqlstate, statement, at: location, timedOut: timedOut ?? false, ...names };
}
function watched({ statements: told, blocked }) {
    if (!told || !blocked)
        return undefined;
    const statements = told.map(({ statement, location, tag, rows, ...rest }) => ({
        ...rest,
        sql: statement,
        at: location,
        tag,
        rows,
        transaction: 0,
    }));
    return {
        statements,
        blocked: blocked.flatMap(({ relation, shutsOut, mode, first = -1, during, ms }) => {
            const statement = statements[first];
            return statement
                ? [{ relation, shutsOut, mode, ms, statement, during: statements.slice(first, first + during) }]
                : [];
        }),
        locks: [],
        rewrites: [],
        scans: [],
        indexBuilds: [],
    };
}

;// CONCATENATED MODULE: ./src/report-comment.ts












/** Milliseconds before another try where GitHub's API fails. */
const waits = [1000, 4000];
/** Returns the comment's id, or ''. A comment that cannot be written is a warning and changes nothing else. */
async function comment(options) {
    const { result, about, inputs, event, number, isReadOnly, api, signal } = options;
    if (inputs.comment === 'never')
        return '';
    const written = await writeComment({
        api,
        event,
        number,
        key: inputs.commentKey,
        bodies: [(0,markdown.markdown)(result, about, markdown.commentBytes - 500), (0,markdown.markdown)(result, about, markdown.commentBytes / 4)],
        create: inputs.comment === 'always' || result.verdict !== 'pass',
        isReadOnly,
        waits,
        signal,
    });
    switch (written.outcome) {
        case 'none':
            return '';
        case 'failed':
            core/* warning */.$e((0,inert/* block */.om)(written.why));
            return '';
        case 'newer':
            core/* info */.pq('The comment is from a newer run and was left as it is.');
            return written.id;
        default:
            core/* info */.pq(`The comment was ${written.outcome === 'unchanged' ? 'left unchanged' : written.outcome}.`);
            return written.id;
    }
}
/** Of a report that comes from elsewhere. One with all the findings of a large history is below a tenth of it. */
const reportBytes = 10_000_000;
/**
 * The other half of a gate that reads on `pull_request`, where a fork's run may not comment: writes the comment for a run that is done.
 * The file was made where code of the pull request ran, so that it is data of anybody's: which pull request and which commit it is about
 * is GitHub's word, and all of its text goes through the same escaping as always.
 * @throws UserError for another event, and for a file that is not such a report
 */
async function commentFrom(file, inputs, event, api, signal) {
    const { follows } = event;
    if (!follows || event.name !== 'workflow_run')
        throw new errors/* UserError */.y('The input comment-from is for workflows on workflow_run, after the one that wrote the report.');
    if (follows.event !== 'pull_request')
        throw new errors/* UserError */.y(`The run that this one follows was started by ${follows.event}, not by pull_request.`);
    const server = process.env.GITHUB_SERVER_URL ?? 'https://github.com';
    const repository = `${server}/${event.owner}/${event.repository}`;
    const result = readJson(await readReport(file), [`${lint/* pages */.Bd}/`, `${repository}/`]);
    core/* setOutput */.uH('verdict', result.verdict);
    const number = await pullOf({ event, follows, api, signal, waits });
    if (number === undefined) {
        core/* notice */.lm('No open pull request has this commit as its head any more, so there is nothing to comment on.');
        core/* setOutput */.uH('comment-id', '');
        return;
    }
    const about = {
        version: package_0/* version */.rE,
        links: { repository, sha: follows.sha, run: follows.url },
        isFromElsewhere: true,
    };
    const mark = { ...event, sha: follows.sha, run: follows };
    const id = await comment({ result, about, inputs, event: mark, api, number, isReadOnly: false, signal });
    core/* setOutput */.uH('comment-id', id);
}
async function pullOf(options) {
    try {
        return await followedPull(options);
    }
    catch (cause) {
        if (!isApiError(cause))
            throw cause;
        throw new errors/* UserError */.y(`GitHub does not list the pull requests (${cause.status}: ${cause.message}). The job needs pull-requests: write.`, { cause });
    }
}
async function readReport(file) {
    const path = (0,external_node_path_.resolve)(process.env.GITHUB_WORKSPACE ?? '.', file);
    const found = await (0,promises_.lstat)(path).catch((error) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
            return undefined;
        throw error;
    });
    // A link in an artifact could lead to any file of the machine.
    if (!found?.isFile())
        throw new errors/* UserError */.y('The file that comment-from names is not there, or is not a plain file.');
    if (found.size > reportBytes)
        throw new errors/* UserError */.y(`The report is larger than ${reportBytes / 1_000_000} MB.`);
    return await (0,promises_.readFile)(path, 'utf8');
}

// EXTERNAL MODULE: ./src/verdict.ts
var verdict = __webpack_require__(3138);
;// CONCATENATED MODULE: ./src/action.ts





























/** Ten of each level are shown for a step; the last is kept for what the step says about itself. */
const annotationLimit = 9;
/** The action, as `action.yml` starts it. Never rejects: a failure becomes an error of the step and its exit code. */
async function action() {
    const secrets = hideSecrets();
    const stop = new AbortController();
    const cancel = () => stop.abort();
    process.once('SIGINT', cancel);
    process.once('SIGTERM', cancel);
    try {
        await gate(secrets, stop.signal);
    }
    catch (error) {
        const isCancelled = error instanceof errors/* Cancelled */.c || stop.signal.aborted;
        core/* setFailed */.C1(isCancelled ? 'Migration gate was cancelled before it could decide.' : failure(error, secrets));
    }
    finally {
        process.off('SIGINT', cancel);
        process.off('SIGTERM', cancel);
    }
}
/** Comes before anything that can fail and quote a secret. */
function hideSecrets() {
    const token = core/* getInput */.V4('github-token');
    const urls = [core/* getInput */.V4('database-url'), process.env[stagingVariable]];
    const secrets = [...urls.flatMap(redact/* secretsOf */.F), ...(token ? [token] : [])];
    for (const secret of secrets)
        core/* setSecret */.Pq(secret);
    return secrets;
}
async function gate(secrets, signal) {
    const inputs = readInputs();
    // What is started from here on inherits this environment.
    for (const name of Object.keys(process.env))
        if (/^INPUT_|^ACTIONS_.*TOKEN$/.test(name))
            delete process.env[name];
    const event = await readEvent(process.env);
    const api = connect(inputs.token, process.env.GITHUB_API_URL ?? 'https://api.github.com');
    if (inputs.commentFrom)
        return await commentFrom(inputs.commentFrom, inputs, event, api, signal);
    if (inputs.keepBaseline)
        return await withoutCommands(() => keepBaseline(inputs, event, secrets, signal));
    if (inputs.dryRun) {
        const repository = await checkout(inputs.workingDirectory);
        return await dryRunStep({ inputs, event, repository, secrets, signal });
    }
    const judged = await withoutCommands(async () => {
        const judged = await judge(inputs, event, api, secrets, signal);
        const result = (0,redact/* redact */.E)(judged.result, secrets);
        print((0,terminal/* terminal */.F)(result, picocolors_default().createColors(true)));
        return { ...judged, result };
    });
    await deliver(judged.result, judged.rules, inputs, event, api, signal);
    fail(judged.result, judged.failOn);
}
/** A run that fails still has a result: that it could not decide. Only a cancelled one has none. */
async function judge(inputs, event, api, secrets, signal) {
    const log = (message) => print((0,inert/* block */.om)((0,redact/* redact */.E)(message, secrets)));
    try {
        const repository = await checkout(inputs.workingDirectory);
        const config = await configure(inputs, event, repository, log);
        // A base that somebody has named is what they want to compare with, whatever the event says.
        const changed = config.base ? undefined : await changedFiles({ api, event, repository, waits: waits, signal, log });
        const based = { ...config, base: config.base ?? event.base };
        const { rules, withheld } = await chosenRules(config, event, repository);
        const result = await (0,run/* run */.eF)({ config: based, rules, repository, changed, signal, log });
        return { result: { ...result, ...withheld(result) }, failOn: config.failOn, rules };
    }
    catch (error) {
        if (error instanceof errors/* Cancelled */.c || signal.aborted)
            throw error;
        if (!(error instanceof errors/* UserError */.y))
            log(error instanceof Error ? (error.stack ?? error.message) : String(error));
        return { result: undecided(failure(error, secrets)), failOn: 'error', rules: rules_0/* rules */.a };
    }
}
/**
 * Rules of the repository's own are code that runs beside the token of this job. They are read from the commit that a change is proposed
 * for; where that code may not run either, that they did not judge is something that was not checked.
 */
async function chosenRules(config, event, repository) {
    const { customRules: folder } = config;
    const pages = `${process.env.GITHUB_SERVER_URL ?? 'https://github.com'}/${event.owner}/${event.repository}/blob/HEAD/`;
    if (folder === undefined || event.mayRunMigrations) {
        const rules = await (0,rulebook/* rulebook */.q)({ builtIn: rules_0/* rules */.a, config, repository, commit: event.trustedCommit, pages });
        return { rules, withheld: () => ({}) };
    }
    const rules = await (0,rulebook/* rulebook */.q)({ builtIn: rules_0/* rules */.a, config: { ...config, customRules: undefined }, repository });
    const why = `They are code, which is not run on ${event.name}: the workflow may hold secrets, and the files may come from a fork. Use pull_request.`;
    return {
        rules,
        withheld: ({ findings, notChecked: others }) => {
            const notChecked = [{ what: `The rules in ${folder}`, why }, ...others];
            return { notChecked, verdict: (0,verdict/* verdict */.W)(findings, notChecked) };
        },
    };
}
/** Only makes later runs faster: where it cannot be done, they say why, and this one does not fail. */
async function keepBaseline(inputs, event, secrets, signal) {
    const log = (message) => print((0,inert/* block */.om)((0,redact/* redact */.E)(message, secrets)));
    const repository = await checkout(inputs.workingDirectory);
    const config = await configure(inputs, event, repository, log);
    const { listCache } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 6565));
    const before = await listCache();
    const failed = await keepBaselines({ config, repository, signal, log });
    for (const why of failed)
        log(`No baseline is kept: ${why}`);
    core/* setOutput */.uH('cache-changed', `${before}` !== `${await listCache()}`);
}
async function checkout(workingDirectory) {
    try {
        return await (0,changed_files/* repositoryRoot */.Hn)((0,external_node_path_.resolve)(process.env.GITHUB_WORKSPACE ?? '.', workingDirectory));
    }
    catch (cause) {
        if (!(cause instanceof errors/* UserError */.y))
            throw cause;
        throw new errors/* UserError */.y(`${cause.message} Is there a step with actions/checkout before this one?`, { cause });
    }
}
async function configure(inputs, event, repository, log) {
    const { config: file, values, databaseUrl } = inputs;
    const config = await (0,src_config/* loadConfig */.Z9)({ repository, file, values, databaseUrl, origin: "the action's inputs" });
    if (event.mayRunMigrations)
        return config;
    const because = `Migrations are not run on ${event.name}, where the workflow may hold secrets and the files may come from a fork`;
    if (config.roundTrip === 'required')
        throw new errors/* UserError */.y(`${because}, but round-trip is "required". Use pull_request, or set round-trip to auto.`);
    log(`${because}: they are read only.`);
    return { ...config, roundTrip: 'off' };
}
async function deliver(result, rules, inputs, event, api, signal) {
    const server = process.env.GITHUB_SERVER_URL ?? 'https://github.com';
    const links = { repository: `${server}/${event.owner}/${event.repository}`, sha: event.sha, run: event.run.url };
    const about = { version: package_0/* version */.rE, links };
    const marks = annotations(result, annotationLimit);
    await summarize(result, about, inputs.annotations ? heldBackWords(marks) : '');
    await writeFiles(result, rules, about, inputs);
    core/* setOutput */.uH('verdict', result.verdict);
    core/* setOutput */.uH('blocking-count', (0,headline/* ofSeverity */.Z3)(result, 'error').length);
    core/* setOutput */.uH('warning-count', (0,headline/* ofSeverity */.Z3)(result, 'warning').length);
    core/* setOutput */.uH('round-trip', (0,headline/* roundTripState */.L5)(result));
    core/* setOutput */.uH('migrations', result.migrations.map(({ id, name, file, isNew }) => ({ id, name, file, isNew })));
    const { pullRequest } = event;
    core/* setOutput */.uH('comment-id', pullRequest ? await comment({ result, about, inputs, event, api, ...pullRequest, signal }) : '');
    if (inputs.annotations)
        annotate(marks);
}
async function summarize(result, about, addition) {
    const text = `${(0,markdown.markdown)(result, about, markdown.summaryBytes)}${addition ? `\n${addition}\n` : ''}`;
    const isWritten = await writeSummary(process.env.GITHUB_STEP_SUMMARY, text);
    if (!isWritten)
        core/* info */.pq('This runner has no job summary.');
}
async function writeFiles(result, rules, about, { reportFile, sarifFile, commentKey }) {
    const workspace = process.env.GITHUB_WORKSPACE ?? '.';
    const report = reportFile
        ? (0,external_node_path_.resolve)(workspace, reportFile)
        : (0,external_node_path_.join)(process.env.RUNNER_TEMP ?? workspace, 'migration-gate', `${commentKey}.md`);
    await writeReport(report, inFormatOf(report, result, about));
    core/* setOutput */.uH('report-path', report);
    if (!sarifFile)
        return;
    const path = (0,external_node_path_.resolve)(workspace, sarifFile);
    await writeReport(path, (0,sarif.sarif)(result, rules, about));
    core/* setOutput */.uH('sarif-path', path);
}
function inFormatOf(file, result, about) {
    if (file.endsWith('.json'))
        return (0,json.json)(result);
    if (file.endsWith('.html'))
        return (0,html.html)(result, about);
    return (0,markdown.markdown)(result, about, markdown.summaryBytes);
}
function annotate({ shown }) {
    const issue = { error: core/* error */.z3, warning: core/* warning */.$e, notice: core/* notice */.lm };
    for (const { level, title, message, at } of shown)
        issue[level](message, { title, ...(at && { file: at.file, startLine: at.line, endLine: at.endLine }) });
}
/** Findings and what was not checked fail the step in different words: one is answered in the migration, the other is not. */
function fail(result, failOn) {
    const { title, consequence } = (0,headline/* headline */.Pl)(result);
    switch ((0,verdict/* exitCode */.I)(result, failOn)) {
        case 1:
            core/* setFailed */.C1(`Migration gate: ${title}. ${(0,inert/* line */.n8)(consequence)}`);
            break;
        case 3: {
            const [first, ...others] = result.notChecked;
            const what = first
                ? ` ${(0,inert/* line */.n8)(first.what)}: ${(0,inert/* line */.n8)(first.why)}${others.length ? ` And ${others.length} more.` : ''}`
                : '';
            core/* setFailed */.C1(`Migration gate could not check everything, and so cannot say that this is safe.${what}`);
            break;
        }
        case 0:
            core/* info */.pq(`Migration gate: ${title}.`);
    }
}
function failure(error, secrets) {
    const message = (0,redact/* redact */.E)(error instanceof Error ? error.message : String(error), secrets);
    if (error instanceof errors/* UserError */.y)
        return (0,inert/* block */.om)(message);
    return `migration-gate itself failed: ${(0,inert/* line */.n8)(message)}. This is a fault of ours; the log of the job holds what a report of it needs.`;
}
function print(text) {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}


/***/ }),

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


/***/ })

};
