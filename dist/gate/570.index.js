export const id = 570;
export const ids = [570];
export const modules = {

/***/ 5570:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cli: () => (/* binding */ cli)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(8179);
// EXTERNAL MODULE: ./node_modules/picocolors/picocolors.js
var picocolors = __webpack_require__(7336);
var picocolors_default = /*#__PURE__*/__webpack_require__.n(picocolors);
// EXTERNAL MODULE: ./package.json
var package_0 = __webpack_require__(8330);
// EXTERNAL MODULE: ./rules/index.ts + 102 modules
var rules = __webpack_require__(4447);
// EXTERNAL MODULE: ./src/config.ts + 1 modules
var src_config = __webpack_require__(9054);
// EXTERNAL MODULE: ./src/dry-run-limits.ts
var dry_run_limits = __webpack_require__(7351);
// EXTERNAL MODULE: ./src/known-findings.ts
var known_findings = __webpack_require__(6655);
// EXTERNAL MODULE: ./src/model/dry-run.ts
var dry_run = __webpack_require__(5536);
// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: ./src/model/migration.ts
var migration = __webpack_require__(3861);
// EXTERNAL MODULE: ./src/output-file.ts
var output_file = __webpack_require__(8861);
// EXTERNAL MODULE: ./src/read/changed-files.ts
var changed_files = __webpack_require__(8630);
// EXTERNAL MODULE: ./src/report/inert.ts
var inert = __webpack_require__(1822);
// EXTERNAL MODULE: ./src/report/redact.ts
var redact = __webpack_require__(649);
// EXTERNAL MODULE: ./src/report/terminal.ts
var terminal = __webpack_require__(7496);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./src/explain/list.ts
/** How a rule finds what it reports. */
function ways({ check, review, history, observe }) {
    return [...(check || review || history ? ['read in the file'] : []), ...(observe ? ['seen on the server'] : [])];
}
/** `off` also for a policy that nobody asked for. */
function state({ severity, isOff, isPolicy }) {
    return isOff || isPolicy ? 'off' : severity;
}
/** The rules as a table for people: name, severity as it is configured, summary. */
function listInTerminal(rules, colors) {
    const width = Math.max(...rules.map(({ name }) => name.length));
    const paint = {
        error: colors.red,
        warning: colors.yellow,
        info: colors.cyan,
    };
    const lines = rules.map((rule) => {
        const shown = state(rule);
        return `${colors.bold(rule.name.padEnd(width))}  ${(paint[shown] ?? colors.dim)(shown.padEnd(7))}  ${rule.summary}`;
    });
    const policies = rules.filter(({ isPolicy }) => isPolicy).length;
    return [
        ...lines,
        '',
        `${rules.length} rules. ${policies > 0 ? `${policies} are policies, off until the configuration names them. ` : ''}"migration-gate explain RULE" shows the page of one.`,
        '',
    ].join('\n');
}
/** The same as a table in Markdown. */
function listInMarkdown(rules) {
    const cell = (text) => text.replaceAll('|', '\\|');
    const rows = rules.map((rule) => `| ${rule.name} | ${cell(rule.summary)} | ${state(rule)} | ${ways(rule).join(', ')} |`);
    return ['| rule | what | severity | how |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}
/** The same as JSON, an array, with what the configuration can set of each. */
function listInJson(rules) {
    const entries = rules.map((rule) => ({
        name: rule.name,
        summary: rule.summary,
        severity: state(rule),
        isPolicy: rule.isPolicy ?? false,
        reads: Boolean(rule.check ?? rule.review),
        observes: Boolean(rule.observe),
        aliases: rule.aliases ?? [],
        options: Object.fromEntries(Object.entries(rule.options ?? {}).map(([name, option]) => [
            name,
            { ...option, value: rule.values?.[name] ?? option.default },
        ])),
    }));
    return `${JSON.stringify(entries, null, 2)}\n`;
}

// EXTERNAL MODULE: external "node:module"
var external_node_module_ = __webpack_require__(1376);
;// CONCATENATED MODULE: ./src/explain/page.ts



/**
 * The page of one of our rules, as Markdown. It is read from `rules/` beside `dist/`, as the package and the action have it.
 * @throws UserError where it is not there
 */
async function pageOf(rule) {
    try {
        // The same way from here and from dist/gate/. `resolve` finds a file; it does not load it.
        const file = (0,external_node_module_.createRequire)(import.meta.url).resolve(`../../rules/${rule}/README.md`);
        return await (0,promises_.readFile)(file, 'utf8');
    }
    catch (cause) {
        throw new errors/* UserError */.y(`The page of ${rule} is not part of this installation.`, { cause });
    }
}

;// CONCATENATED MODULE: ./src/explain/terminal.ts
/**
 * A rule's page, which is Markdown, as a person reads it in a terminal: paragraphs broken at `width`, SQL as it is with what is bad and good
 * told apart, links by number with their addresses at the end.
 */
function pageInTerminal(markdown, width, colors) {
    const links = [];
    const inline = (text) => text
        .replace(/!?\[([^\]]*)\]\(([^)\s]+)\)/g, (_, label, address) => {
        if (!links.includes(address))
            links.push(address);
        return `${label} [${links.indexOf(address) + 1}]`;
    })
        .replace(/\*\*([^*]+)\*\*/g, '$1')
        .replace(/(?<![\w`])_([^_`]+)_(?![\w`])/g, '$1');
    const parts = blocks(markdown).map((block) => {
        if (block.kind === 'heading')
            return colors.bold(inline(block.text).replaceAll('`', ''));
        if (block.kind === 'text')
            return styled(wrapped(inline(block.text), width), colors);
        if (block.kind === 'lines')
            return block.lines.map((line) => styled(inline(line), colors)).join('\n');
        const paint = block.label.startsWith('bad') ? colors.red : block.label === 'good' ? colors.green : colors.dim;
        return [
            ...(block.label ? [`  ${paint(`${block.label}:`)}`] : []),
            ...block.lines.map((line) => `    ${line}`),
        ].join('\n');
    });
    const addresses = links.map((address, index) => colors.dim(`[${index + 1}] ${address}`));
    return `${[...parts, ...(addresses.length > 0 ? [addresses.join('\n')] : [])].join('\n\n')}\n`;
}
function blocks(markdown) {
    const found = [];
    const lines = markdown.replaceAll('\r', '').split('\n');
    for (let index = 0; index < lines.length; index += 1) {
        const line = lines[index] ?? '';
        if (line.trim() === '')
            continue;
        const fence = /^```(.*)$/.exec(line);
        if (fence) {
            const end = lines.indexOf('```', index + 1);
            const inside = lines.slice(index + 1, end < 0 ? lines.length : end);
            found.push({ kind: 'code', label: fence[1]?.replace(/^\w+ ?/, '') ?? '', lines: inside });
            index += inside.length + 1;
        }
        else if (/^#+ /.test(line))
            found.push({ kind: 'heading', text: line.replace(/^#+ /, '') });
        else {
            const rest = lines.slice(index);
            const length = rest.findIndex((each) => each.trim() === '' || each.startsWith('```'));
            const together = length < 0 ? rest : rest.slice(0, length);
            const isPlain = /^\s*(?:[-*|]|\d+\.) ?/.test(line);
            found.push(isPlain ? { kind: 'lines', lines: together } : { kind: 'text', text: together.join(' ') });
            index += together.length - 1;
        }
    }
    return found;
}
function wrapped(text, width) {
    const lines = [];
    for (const word of text.split(/\s+/)) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + 1 + word.length <= width)
            lines[lines.length - 1] = `${last} ${word}`;
        else
            lines.push(word);
    }
    return lines.join('\n');
}
/** What stands in backticks is painted. A stretch that was broken at the end of a line is painted in both. */
function styled(text, { cyan }) {
    return text.replace(/`([^`]+)`/g, (_, code) => code.split('\n').map(cyan).join('\n'));
}

// EXTERNAL MODULE: ./src/lint/settings.ts
var settings = __webpack_require__(6576);
// EXTERNAL MODULE: ./src/rulebook.ts
var rulebook = __webpack_require__(7152);
;// CONCATENATED MODULE: ./src/rule-commands.ts












const listFormats = ['terminal', 'json', 'markdown'];
/** The rules as this repository has configured them, in the form that is asked for. */
async function listRules(builtIn, flags) {
    const known = await here(builtIn, flags);
    const rules = known.rules.map((rule) => ({ ...rule, summary: (0,inert/* line */.n8)(rule.summary) }));
    if (flags.format === 'json')
        return listInJson(rules);
    if (flags.format === 'markdown')
        return listInMarkdown(rules);
    return listInTerminal(rules, colors(flags.color));
}
/**
 * The pages of the rules that a name means.
 * @throws UserError where there is none
 */
async function explain(builtIn, name, flags) {
    const { rules, repository, config } = await here(builtIn, flags);
    const meant = (0,settings/* rulesNamed */.f$)(name, rules);
    if (meant.length === 0)
        throw new errors/* UserError */.y(`${(0,inert/* block */.om)(name)}: ${(0,settings/* unknownRule */.b6)(name, rules)}`);
    const width = Math.min(process.stdout.columns ?? 80, 100);
    const pages = await Promise.all(meant.map(async (rule) => {
        const isOurs = builtIn.some((each) => each.name === rule.name);
        const page = isOurs || !repository
            ? await pageOf(rule.name)
            : await (0,promises_.readFile)((0,external_node_path_.join)(repository, config?.customRules ?? '', rule.name, 'README.md'), 'utf8');
        return pageInTerminal((0,inert/* block */.om)(`${page.trimEnd()}\n\n${configurable(rule)}`), width, colors(flags.color));
    }));
    return pages.join('\n');
}
/** What the configuration can set, as a section of the page. */
function configurable({ severity, aliases = [], options = {}, isPolicy, isOff }) {
    const lines = [
        isPolicy
            ? `- a policy: off until the configuration names it, then ${severity}`
            : `- severity: ${isOff ? 'off' : severity}`,
        ...Object.entries(options).map(([name, { default: value, description }]) => `- ${name}: ${description} (default: ${JSON.stringify(value)})`),
        ...(aliases.length > 0 ? [`- elsewhere: ${aliases.join(', ')}`] : []),
    ];
    return `## Settings\n\n${lines.join('\n')}\n`;
}
/** Outside of a repository there is nothing that could be configured. */
async function here(builtIn, flags) {
    let repository;
    try {
        repository = await (0,changed_files/* repositoryRoot */.Hn)(flags.cwd);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.y) || flags.config !== undefined)
            throw error;
        return { rules: builtIn };
    }
    const config = await (0,src_config/* loadConfig */.Z9)({ repository, file: flags.config, values: {}, origin: 'the command line' });
    return { rules: await (0,rulebook/* rulebook */.q)({ builtIn, config, repository }), repository, config };
}
function colors(mayColor) {
    return picocolors_default().createColors(mayColor && (picocolors_default()).isColorSupported && Boolean(process.stdout.isTTY));
}

// EXTERNAL MODULE: ./src/run.ts + 5 modules
var run = __webpack_require__(9001);
// EXTERNAL MODULE: ./src/sizes.ts
var src_sizes = __webpack_require__(1337);
// EXTERNAL MODULE: ./src/verdict.ts
var verdict = __webpack_require__(3138);
;// CONCATENATED MODULE: ./src/cli.ts





















const formats = ['terminal', 'markdown', 'html', 'json', 'sarif', 'gitlab', 'junit'];
/**
 * The command. Sets `process.exitCode`: 0 nothing at or above --fail-on, 1 findings, 2 usage or configuration, 3 not decided.
 * @param argv as `process.argv`
 */
async function cli(argv) {
    const program = new esm/* Command */.uB('migration-gate')
        .description('Shows what a PostgreSQL migration does before it is merged: reads it, rehearses it, reports.')
        .version(package_0/* version */.rE)
        .exitOverride()
        .configureHelp({ showGlobalOptions: true })
        .addHelpText('after', examples);
    for (const { name, summary, isReading } of [
        {
            name: 'check',
            summary: 'read the changed migrations, rehearse them on a throwaway PostgreSQL, report',
            isReading: false,
        },
        {
            name: 'lint',
            summary: 'only read the changed migrations: no server, for editors and pre-commit',
            isReading: true,
        },
    ])
        withOptions(program.command(name).description(summary), isReading).action(async (flags) => {
            process.exitCode = await judge(isReading ? { ...flags, roundTrip: 'off' } : flags);
        });
    program
        .command('dry-run')
        .description('hold the pending migrations against staging, which is only read unless --mode says otherwise')
        .addOption(new esm/* Option */.c$('--database-url <url>', 'staging, with a role that may read')
        .env('MIGRATION_GATE_STAGING_URL')
        .makeOptionMandatory())
        .addOption(new esm/* Option */.c$('--mode <mode>', 'plan reads staging, rehearse runs on a copy, apply-and-rollback tries there')
        .choices(dry_run/* dryRunModes */.b$)
        .default('plan'))
        .option('--lock-timeout <time>', 'how long a statement of ours may wait for a lock', dry_run_limits/* usualLimits */.t.lockTimeout)
        .option('--statement-timeout <time>', 'how long one statement of ours may run', dry_run_limits/* usualLimits */.t.statementTimeout)
        .option('--to <migration>', 'the last one to include: a revision, version, number or file (default: all pending)')
        .option('--version-table <schema.table>', 'where the tool notes what it applied (default: the tool’s own)')
        .option('--config <file>', `configuration file (default: ${src_config/* configFile */.Ze}, if there is one)`)
        .addOption(new esm/* Option */.c$('--tool <tool>', 'the migrations’ tool').choices(migration/* tools */.Y))
        .option('--directory <folder>', 'where the migrations are, from the root of the repository')
        .addOption(new esm/* Option */.c$('--fail-on <severity>', 'what makes the exit code 1 (default: error)').choices([
        'error',
        'warning',
        'never',
    ]))
        .option('--format <format[=file]>', `${dry_run/* dryRunFormats */.FA.join(', ')}; repeatable with files (default: terminal)`, toOutput)
        .option('--quiet', 'no progress on standard error')
        .option('--no-color', 'plain text')
        .option('--cwd <folder>', 'run as if started there', '.')
        .allowExcessArguments(false)
        .action(async (flags) => {
        const { dryRunCommand } = await Promise.all(/* import() */[__webpack_require__.e(849), __webpack_require__.e(15), __webpack_require__.e(374), __webpack_require__.e(497), __webpack_require__.e(647)]).then(__webpack_require__.bind(__webpack_require__, 3330));
        process.exitCode = await dryRunCommand(rules/* rules */.a, flags);
    });
    program
        .command('stats')
        .description('write the sizes of the tables of a database, for the rules: a file to commit')
        .addOption(new esm/* Option */.c$('--database-url <url>', 'the database to ask; only its catalogs are read')
        .env('MIGRATION_GATE_DATABASE_URL')
        .makeOptionMandatory())
        .option('--output <file>', 'the file to write (default: standard output)')
        .option('--cwd <folder>', 'run as if started there', '.')
        .allowExcessArguments(false)
        .action(stats);
    program
        .command('init')
        .description('write the workflow and the configuration for this repository')
        .option('--public', 'forks may open pull requests: a second workflow writes the comment')
        .addOption(new esm/* Option */.c$('--private', 'all pull requests come from branches of this repository (default)').conflicts('public'))
        .option('--staging <environment>', 'a workflow, too, for dry runs against the database of this GitHub environment')
        .addOption(new esm/* Option */.c$('--tool <tool>', 'the migrations’ tool').choices(migration/* tools */.Y))
        .option('--directory <folder>', 'where the migrations are, from the root of the repository')
        .option('--force', 'replace files that are there')
        .option('--cwd <folder>', 'run as if started there', '.')
        .allowExcessArguments(false)
        .action(async (flags) => {
        const { initCommand } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(513)]).then(__webpack_require__.bind(__webpack_require__, 3513));
        await initCommand(flags);
    });
    program
        .command('rules')
        .description('list the rules, with the severities that this repository gives them')
        .addOption(new esm/* Option */.c$('--format <format>', 'how').choices(listFormats).default('terminal'))
        .option('--config <file>', `configuration file (default: ${src_config/* configFile */.Ze}, if there is one)`)
        .option('--no-color', 'plain text')
        .option('--cwd <folder>', 'run as if started there', '.')
        .allowExcessArguments(false)
        .action(async (flags) => {
        process.stdout.write(await listRules(rules/* rules */.a, flags));
    });
    program
        .command('explain')
        .description('show the page of a rule: what it finds, why, and what to write instead')
        .argument('<rule>', 'its name, or the name that squawk or eugene has for the hazard')
        .option('--config <file>', `configuration file (default: ${src_config/* configFile */.Ze}, if there is one)`)
        .option('--no-color', 'plain text')
        .option('--cwd <folder>', 'run as if started there', '.')
        .allowExcessArguments(false)
        .action(async (name, flags) => {
        process.stdout.write(await explain(rules/* rules */.a, name, flags));
    });
    program
        .command('cache')
        .description('what is kept between runs: servers that were downloaded, prepared data folders, baselines')
        .command('clear')
        .description('remove it; the next run makes it anew')
        .allowExcessArguments(false)
        .action(async () => {
        const { clearCache } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 6565));
        const { folder, removed } = await clearCache();
        process.stdout.write(`${folder}: ${removed.length > 0 ? `removed ${removed.join(', ')}` : 'nothing to remove'}.\n`);
    });
    try {
        await program.parseAsync(argv);
    }
    catch (error) {
        process.exitCode = failed(error);
    }
}
function withOptions(command, isReading) {
    command
        .option('--base <ref>', 'branch, tag or commit to compare with (default: the base branch of the pull request, or origin’s default branch)')
        .option('--all', 'take every migration of the history as changed')
        .option('--config <file>', `configuration file (default: ${src_config/* configFile */.Ze}, if there is one)`)
        .addOption(new esm/* Option */.c$('--tool <tool>', 'the migrations’ tool').choices(migration/* tools */.Y))
        .option('--directory <folder>', 'where the migrations are, from the root of the repository');
    if (!isReading)
        command
            .option('--database <where>', 'auto, embedded, local, docker, or the URL of a server on which a scratch database may be made and dropped')
            .option('--postgres-version <major>', 'major version to rehearse on, 12 to 18 (default: 17)')
            .addOption(new esm/* Option */.c$('--round-trip <when>', 'upgrade, downgrade, upgrade on a server').choices([
            'auto',
            'required',
            'off',
        ]))
            .option('--timeout <seconds>', 'time limit for one run of one migration (default: 60)');
    return command
        .addOption(new esm/* Option */.c$('--fail-on <severity>', 'findings that make the exit code 1 (default: error)').choices([
        'error',
        'warning',
        'never',
    ]))
        .option('--format <format[=file]>', `${formats.join(', ')}; repeatable with files (default: terminal)`, toOutput)
        .option('--write-known', 'with --all: write what is found to the file of known findings, which do not block')
        .option('--quiet', 'no progress on standard error')
        .option('--no-color', 'plain text')
        .option('--cwd <folder>', 'run as if started there', '.')
        .option('--print-config', 'show every setting and where it came from, and end')
        .allowExcessArguments(false);
}
/** Reads only the catalogs of the database. The URL goes into no message and no file. */
async function stats(flags) {
    const { askSizes } = await Promise.all(/* import() */[__webpack_require__.e(849), __webpack_require__.e(125)]).then(__webpack_require__.bind(__webpack_require__, 125));
    const { version, sizes } = await askSizes(flags.databaseUrl);
    const text = (0,src_sizes/* statsText */.z)(version, sizes, new Date());
    if (flags.output)
        await (0,output_file/* writeOutput */.z)(flags.cwd, flags.output, text);
    else
        process.stdout.write(text);
}
const examples = `
Examples:
  $ migration-gate check                          what this branch changes, against origin's default branch
  $ migration-gate check --base release --fail-on warning
  $ migration-gate check --format json=gate.json --format markdown=gate.md
  $ migration-gate lint --all                     the whole history, without a server
  $ migration-gate check --all --write-known      adopt the gate: what is there already does not block
  $ migration-gate explain blocking-index
  $ migration-gate stats --output tables.json     sizes of the tables, for stats in the configuration
  $ migration-gate init                           writes the workflow for GitHub and the configuration
  $ migration-gate init --staging staging         and the one for dry runs against staging

The URL of a server may also stand in MIGRATION_GATE_DATABASE_URL, where other users of the machine cannot see it.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage or configuration, 3 something could not be checked.`;
async function judge(flags) {
    const outputs = flags.format ?? [{ format: 'terminal', file: undefined }];
    const toStdout = outputs.filter((output) => !output.file);
    if (toStdout.length > 1)
        throw new errors/* UserError */.y('Only one --format can go to standard output. Give the others a file: --format json=gate.json');
    const repository = await (0,changed_files/* repositoryRoot */.Hn)((0,external_node_path_.resolve)(flags.cwd));
    const isUrl = /^postgres(?:ql)?:\/\//.test(flags.database ?? '');
    const config = await (0,src_config/* loadConfig */.Z9)({
        repository,
        file: flags.config,
        origin: 'the command line',
        values: {
            base: flags.base,
            tool: flags.tool,
            directory: flags.directory,
            database: isUrl ? 'url' : flags.database,
            'postgres-version': flags.postgresVersion,
            'round-trip': flags.roundTrip,
            timeout: flags.timeout,
            'fail-on': flags.failOn,
        },
        databaseUrl: isUrl ? flags.database : process.env.MIGRATION_GATE_DATABASE_URL,
    });
    if (flags.printConfig) {
        process.stdout.write(cli_settings(config));
        return 0;
    }
    if (flags.writeKnown && !flags.all)
        throw new errors/* UserError */.y('--write-known needs --all: the file of known findings holds those of the whole history.');
    const chosen = await (0,rulebook/* rulebook */.q)({ builtIn: rules/* rules */.a, config, repository });
    const cancel = new AbortController();
    const end = (signal) => {
        if (!cancel.signal.aborted)
            process.stderr.write(`\nEnding (${signal}): stopping what was started …\n`);
        cancel.abort(new errors/* Cancelled */.c(`Ended by ${signal}; nothing was left running. Nothing was decided.`));
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals)
        process.on(signal, end);
    try {
        const result = await (0,run/* run */.eF)({
            config,
            rules: chosen,
            repository,
            all: flags.all ?? false,
            recordKnown: flags.writeKnown ?? false,
            signal: cancel.signal,
            log: flags.quiet ? () => undefined : progress(flags.color),
        });
        if (result.known?.recorded) {
            const said = await (0,known_findings/* writeKnown */.r)(repository, config, result.known.recorded);
            if (!flags.quiet)
                process.stderr.write(`${(0,inert/* line */.n8)(said)}\n`);
        }
        const shown = (0,redact/* redact */.E)(result, (0,redact/* secretsOf */.F)(config.databaseUrl));
        for (const { format, file } of outputs) {
            const text = await render(format, shown, chosen, flags.color && !file);
            if (file)
                await (0,output_file/* writeOutput */.z)(flags.cwd, file, text);
            else
                process.stdout.write(text);
        }
        return (0,verdict/* exitCode */.I)(result, config.failOn);
    }
    catch (error) {
        throw cancel.signal.aborted ? cancel.signal.reason : error;
    }
    finally {
        for (const signal of signals)
            process.off(signal, end);
    }
}
/** Loads only the report that is asked for: a module costs as much as the reading of hundreds of files. */
async function render(format, result, rules, mayColor) {
    const about = { version: package_0/* version */.rE };
    switch (format) {
        case 'json':
            return (await __webpack_require__.e(/* import() */ 794).then(__webpack_require__.bind(__webpack_require__, 2794))).json(result);
        case 'sarif':
            return (await __webpack_require__.e(/* import() */ 643).then(__webpack_require__.bind(__webpack_require__, 5881))).sarif(result, rules, about);
        case 'markdown':
            return (await __webpack_require__.e(/* import() */ 285).then(__webpack_require__.bind(__webpack_require__, 4285))).markdown(result, about);
        case 'html':
            return (await __webpack_require__.e(/* import() */ 991).then(__webpack_require__.bind(__webpack_require__, 4991))).html(result, about);
        case 'gitlab':
            return (await __webpack_require__.e(/* import() */ 243).then(__webpack_require__.bind(__webpack_require__, 6243))).gitlab(result);
        case 'junit':
            return (await __webpack_require__.e(/* import() */ 998).then(__webpack_require__.bind(__webpack_require__, 2998))).junit(result);
        case 'terminal':
            return (0,terminal/* terminal */.F)(result, picocolors_default().createColors(mayColor && (picocolors_default()).isColorSupported && Boolean(process.stdout.isTTY)));
    }
}
function progress(mayColor) {
    const { dim } = picocolors_default().createColors(mayColor && Boolean(process.stderr.isTTY));
    return (message) => process.stderr.write(`${dim((0,inert/* withoutCommands */.Df)((0,inert/* line */.n8)(message)))}\n`);
}
function cli_settings(config) {
    const { sources, databaseUrl, ...values } = config;
    const lines = Object.entries(values).map(([key, value]) => {
        const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        return `${name}: ${value === undefined ? '' : JSON.stringify(value)}  # ${sources[name]}`;
    });
    return `${lines.join('\n')}\n# database URL: ${databaseUrl ? 'given (not shown)' : 'not given'}\n`;
}
function toOutput(value, previous = []) {
    const [name = '', ...rest] = value.split('=');
    const format = formats.find((known) => known === name);
    if (!format)
        throw new esm/* InvalidArgumentError */.Di(`There are ${formats.join(', ')}.`);
    return [...previous, { format, file: rest.length > 0 ? rest.join('=') : undefined }];
}
function failed(error) {
    if (error instanceof esm/* CommanderError */.b7)
        return error.exitCode === 0 ? 0 : 2;
    const say = (text) => process.stderr.write(`migration-gate: ${(0,inert/* withoutCommands */.Df)((0,inert/* block */.om)(text))}\n`);
    if (error instanceof errors/* UserError */.y) {
        say(error.message);
        return 2;
    }
    if (error instanceof errors/* Cancelled */.c) {
        say(error.message);
        return 3;
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say(`this is a defect of the gate itself, please report it with what follows.\n${stack}`);
    return 3;
}


/***/ })

};
