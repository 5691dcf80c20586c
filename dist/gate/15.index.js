export const id = 15;
export const ids = [15];
export const modules = {

/***/ 9080:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ ServerError)
/* harmony export */ });
/** A failed statement, as PostgreSQL told it. Holds no row data: DETAIL and CONTEXT are left out on purpose. */
class ServerError extends Error {
    name = 'ServerError';
    /** Five characters of https://www.postgresql.org/docs/current/errcodes-appendix.html; undefined: the connection itself failed. */
    sqlstate;
    /** Where in the statement, in characters (code points) from 1. */
    position;
    table;
    column;
    constraint;
    constructor(message, fields, cause) {
        super(message, { cause });
        this.sqlstate = fields.sqlstate;
        this.position = fields.position;
        this.table = fields.table;
        this.column = fields.column;
        this.constraint = fields.constraint;
    }
}


/***/ }),

/***/ 5015:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  alembicCommand: () => (/* binding */ alembicCommand),
  alembicRunner: () => (/* binding */ alembicRunner),
  noAlembic: () => (/* binding */ noAlembic)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./src/model/same-sql.ts
var same_sql = __webpack_require__(8682);
// EXTERNAL MODULE: ./src/rehearse/limit.ts
var limit = __webpack_require__(106);
// EXTERNAL MODULE: ./src/rehearse/own-lock.ts
var own_lock = __webpack_require__(3585);
;// CONCATENATED MODULE: ./src/rehearse/alembic-error.ts





/**
 * What a run of Alembic comes to: nothing wrong, or an error of the migration.
 * @throws UserError for a run that says nothing about the migration: it never reached the scratch database, or another kind of one
 */
function explain(run) {
    const { command, events, ownLock, migrations, limits } = run;
    const of = (kind) => events.filter((each) => each.event === kind);
    const [refused] = of('refused');
    if (refused)
        throw new errors/* UserError */.y(`Alembic’s env.py connects to ${refused.dialect} through ${refused.driver}. The rehearsal lets it reach only PostgreSQL, through psycopg2, psycopg, asyncpg or pg8000: give it such an address, in a variable that is named under \`environment:\` in .migration-gate.yml or in alembic.ini. Any will do, since it is replaced.`);
    const connections = of('connected');
    if (connections.some(({ target }) => target > 0))
        throw new errors/* UserError */.y('Alembic’s env.py connects to more than one database. One history on one database can be rehearsed; nothing is known about this one.');
    const [elsewhere] = of('elsewhere');
    if (elsewhere) {
        const where = elsewhere.frames.at(-1);
        throw new errors/* UserError */.y(`A connection of its own through ${elsewhere.driver}${where ? ` (${where[0]}:${where[1]})` : ''} was refused: the rehearsal lets only its scratch database be reached, through SQLAlchemy’s engine. Use op.get_bind() there; nothing is known about this migration.`);
    }
    const place = (frames) => locate(frames, migrations);
    const none = {
        sqlstate: undefined,
        statement: undefined,
        at: undefined,
        table: undefined,
        column: undefined,
        constraint: undefined,
    };
    if (ownLock) {
        const { statement } = ownLock;
        const { frames } = of('error').at(-1) ?? { frames: [] };
        return {
            ...none,
            statement,
            message: (0,own_lock/* told */.E)(ownLock),
            at: sentFrom(statement, migrations) ?? place(frames),
            timedOut: false,
        };
    }
    if (command.timedOut)
        return {
            ...none,
            message: `did not finish within ${(0,limit/* seconds */.Y)(limits.timeoutMs)}`,
            at: migrations[0]?.up.at,
            timedOut: true,
        };
    const exception = of('exception').at(-1);
    if (connections.length === 0) {
        const said = exception ? pythonMessage(exception) : `${failure(command)}${lastWords(command)}`;
        const where = (exception ?? of('exited').at(-1))?.frames.at(-1);
        throw new errors/* UserError */.y(command.exitCode === 0
            ? 'Alembic ended without connecting to a database through SQLAlchemy, so nothing was rehearsed.'
            : `Alembic failed before it reached the database${where ? ` (${where[0]}:${where[1]})` : ''}: ${said.replace(/\.$/, '')}. ${advice(exception?.type)}`);
    }
    if (command.exitCode === 0)
        return undefined;
    const error = of('error').at(-1);
    if (error && (!exception || exception.database)) {
        const { sqlstate, message, statement, table, column, constraint } = error;
        return {
            sqlstate: sqlstate ?? undefined,
            message,
            statement: statement ?? undefined,
            table: table ?? undefined,
            column: column ?? undefined,
            constraint: constraint ?? undefined,
            at: sentFrom(statement, migrations) ?? place(error.frames),
            timedOut: false,
        };
    }
    if (exception)
        return { ...none, message: pythonMessage(exception), at: place(exception.frames), timedOut: false };
    return { ...none, message: failure(command), timedOut: false };
}
function advice(type) {
    if (type === 'ModuleNotFoundError' || type === 'ImportError')
        return 'Install the project’s Python dependencies before this step, where the alembic that is run finds them.';
    return 'If env.py needs environment variables, set them for this step and name them under `environment:` in .migration-gate.yml; whatever database they name is replaced.';
}
/** The place of the statement, where the files show it and only once. */
function sentFrom(sql, migrations) {
    if (!sql)
        return undefined;
    const statements = migrations.flatMap(({ up, down }) => [...up.statements, ...(down?.statements ?? [])]);
    const same = statements.filter((statement) => (0,same_sql/* isSameSql */.j)(statement.sql, sql));
    return same.length === 1 ? same[0]?.at : undefined;
}
/** The innermost place in a file of these migrations. */
function locate(frames, migrations) {
    const files = new Set(migrations.flatMap(({ up, down }) => [up.file, ...(down ? [down.file] : [])]));
    const found = frames.findLast(([file]) => files.has(file));
    return found && { file: found[0], line: found[1], column: 1, endLine: found[1] };
}
function pythonMessage({ type, message }) {
    return message ? `${type}: ${message}` : type;
}
/** Alembic tells what it refuses in a line that begins with FAILED, https://github.com/sqlalchemy/alembic util/messaging.py */
function failure({ output, exitCode }) {
    const lines = output.trim().split('\n');
    const failed = lines.findLast((line) => /^(ERROR \[.*\] |FAILED: )/.test(line.trim()));
    if (failed)
        return failed.trim().replace(/^(?:ERROR \[.*?\] |FAILED: )+/, '');
    return exitCode === null ? 'the process was ended by a signal' : `the process ended with exit code ${exitCode}`;
}
/** What the command wrote at its end, for one that gives no other reason. */
function lastWords({ output }) {
    const lines = printable(output).filter((line) => !/^(?:INFO|DEBUG)\b/.test(line));
    const text = lines.slice(-4).join(' ');
    return text === '' ? '' : `, after it wrote: ${text.length > 500 ? `${text.slice(0, 499)}…` : text}`;
}
/** The lines that hold something, without what would steer a terminal. */
function printable(text) {
    return text
        .split('\n')
        .map((line) => (0,external_node_util_.stripVTControlCharacters)(line)
        .replace(/\p{Cc}+/gu, ' ')
        .trim())
        .filter((line) => line !== '');
}

// EXTERNAL MODULE: ./src/rehearse/command.ts
var rehearse_command = __webpack_require__(8368);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 9 modules
var schemas = __webpack_require__(7597);
;// CONCATENATED MODULE: ./src/rehearse/redirect/events.ts

/** Places in files of the repository, outermost first: path from its root, line from 1. */
const events_frames = schemas/* array */.YOg(schemas/* tuple */.PVZ([schemas/* string */.YjP(), schemas/* number */.aig()]));
const events_name = schemas/* string */.YjP().nullable();
const events_event = schemas/* discriminatedUnion */.gMt('event', [
    /** Python has started with the hook in it. `packages`: name and version of what is installed. */
    schemas/* object */.Ikc({ event: schemas/* literal */.euz('ready'), python: schemas/* string */.YjP(), packages: schemas/* array */.YOg(schemas/* string */.YjP()) }),
    /** Python has ended; the files of the repository that it had read. */
    schemas/* object */.Ikc({ event: schemas/* literal */.euz('loaded'), files: schemas/* array */.YOg(schemas/* string */.YjP()) }),
    /** A connection was sent to the scratch database; `target` numbers the databases that the project meant, from 0. */
    schemas/* object */.Ikc({ event: schemas/* literal */.euz('connected'), driver: schemas/* string */.YjP(), target: schemas/* number */.aig() }),
    schemas/* object */.Ikc({ event: schemas/* literal */.euz('refused'), dialect: schemas/* string */.YjP(), driver: schemas/* string */.YjP() }),
    /** The project's own code asked a driver for another place. */
    schemas/* object */.Ikc({ event: schemas/* literal */.euz('elsewhere'), driver: schemas/* string */.YjP(), frames: events_frames }),
    schemas/* object */.Ikc({ event: schemas/* literal */.euz('version-table'), table: schemas/* string */.YjP(), schema: events_name }),
    /** A statement failed; the migration may have caught the error. */
    schemas/* object */.Ikc({
        event: schemas/* literal */.euz('error'),
        sqlstate: events_name,
        message: schemas/* string */.YjP(),
        statement: events_name,
        table: events_name,
        column: events_name,
        constraint: events_name,
        frames: events_frames,
    }),
    /** Python ended with an exception. `database`: it is the error of a statement. */
    schemas/* object */.Ikc({ event: schemas/* literal */.euz('exception'), type: schemas/* string */.YjP(), message: schemas/* string */.YjP(), database: schemas/* boolean */.zMY(), frames: events_frames }),
    /** Somebody called `sys.exit` with something else than success. */
    schemas/* object */.Ikc({ event: schemas/* literal */.euz('exited'), frames: events_frames }),
]);
/** @param text what the hook has written. A line that is no event is an error of ours, or somebody else writes there: it throws. */
function parseEvents(text) {
    return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => events_event.parse(JSON.parse(line)));
}

;// CONCATENATED MODULE: ./src/rehearse/alembic.ts
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
 * How to run the project's own Alembic: the configured command; else `alembic` of the active virtual environment, of `.venv` or
 * `venv` in the project's folder or the root, or on the PATH. Undefined: none of them is there.
 */
async function alembicCommand(options) {
    const { repository, directory, command, environment } = options;
    if (command)
        return command;
    const roots = [...new Set([(0,external_node_path_.join)(repository, directory), repository])];
    const folders = [
        ...(environment.VIRTUAL_ENV ? [(0,external_node_path_.join)(environment.VIRTUAL_ENV, 'bin')] : []),
        ...roots.flatMap((root) => ['.venv', 'venv'].map((name) => (0,external_node_path_.join)(root, name, 'bin'))),
        ...(environment.PATH ?? '').split(external_node_path_.delimiter).filter((folder) => folder !== ''),
    ];
    for (const folder of folders) {
        const program = (0,external_node_path_.join)(folder, 'alembic');
        if (await isExecutable(program))
            return [program];
    }
    return undefined;
}
/** What to tell where `alembicCommand` finds nothing. */
const noAlembic = 'No alembic was found: not in the active virtual environment, not in .venv or venv of the project or the repository, not on the PATH. Install the project’s Python dependencies before this step, or set `alembic: command:` in .migration-gate.yml, for example [uv, run, alembic].';
async function isExecutable(path) {
    try {
        await (0,promises_.access)(path, external_node_fs_.constants.X_OK);
        return true;
    }
    catch (error) {
        if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes(error.code ?? ''))
            return false;
        throw error;
    }
}
/**
 * Runs the project's own Alembic, one revision at a time, its connections sent to the scratch database by `sitecustomize.py`. Before
 * the first migration the command is run with `--help`, which connects nowhere, to see that this hook is loaded.
 *
 * @throws UserError where the command cannot be run, or runs without the hook; Cancelled when the run is ended
 */
async function alembicRunner(options, limits) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'migration-gate-alembic-'));
    try {
        await (0,promises_.copyFile)(new URL(/* asset import */ __webpack_require__(5168), __webpack_require__.b), (0,external_node_path_.join)(folder, 'sitecustomize.py'));
        const alembic = new Alembic(options, folder);
        await alembic.probe(limits);
        return alembic;
    }
    catch (error) {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
        throw error;
    }
}
class Alembic {
    #options;
    #folder;
    #bookkeeping = 'public.alembic_version';
    #python;
    #reads;
    /** The rows of the version table before the last upgrade of each revision. */
    #before = new Map();
    constructor(options, folder) {
        this.#options = options;
        this.#folder = folder;
    }
    get bookkeeping() {
        return [this.#bookkeeping];
    }
    remember([bookkeeping]) {
        this.#bookkeeping = bookkeeping ?? this.#bookkeeping;
    }
    get origin() {
        const { command, environment } = this.#options;
        return { command, environment, python: this.#python };
    }
    get reads() {
        return this.#reads;
    }
    async probe(limits) {
        const { command, events } = await this.#run(['--help'], undefined, limits);
        const called = this.#options.command.join(' ');
        if (command.timedOut)
            throw new errors/* UserError */.y(`\`${called} --help\` did not end in time.`);
        if (command.exitCode !== 0)
            throw new errors/* UserError */.y(`\`${called} --help\` failed (${lastLine(command.output)}). Install the project’s Python dependencies before this step, or set \`alembic: command:\` in .migration-gate.yml.`);
        const ready = events.find((each) => each.event === 'ready');
        if (ready)
            this.#python = [ready.python, ready.packages];
        else
            throw new errors/* UserError */.y(`\`${called}\` does not load migration-gate’s hook (Python is started with -I, -E or -S, or on another machine), so nothing would keep it from another database. It was not run. Set \`alembic: command:\` in .migration-gate.yml to a command that starts Alembic here, for example [.venv/bin/alembic].`);
    }
    async upAll(database, migrations, limits) {
        const parents = new Set(migrations.flatMap((migration) => migration.parents));
        const heads = migrations.filter(({ id }) => !parents.has(id));
        const roomy = { ...limits, timeoutMs: limits.timeoutMs * migrations.length };
        let ms = 0;
        const reads = new Set();
        this.#reads = undefined;
        for (const head of heads) {
            const result = await this.#step(['upgrade', revision(head.id)], database, migrations, roomy);
            ms += result.ms;
            for (const file of result.reads)
                reads.add(file);
            if (result.error) {
                const { at } = result.error;
                return { error: result.error, ms, migration: migrations.find(({ file }) => file === at?.file) };
            }
            await this.#expect(database, head);
        }
        // Without a word at its end nothing is known. Python itself reads env.py, so that there is at least that.
        if (reads.size > 0)
            this.#reads = [...reads].sort();
        return { error: undefined, ms, migration: undefined };
    }
    async up(database, migration, limits, way = database) {
        this.#before.set(migration.id, await this.#versions(database));
        const result = await this.#step(['upgrade', revision(migration.id)], database, [migration], limits, way);
        if (!result.error)
            await this.#expect(database, migration);
        return result;
    }
    /**
     * `<revision>@-1` takes back exactly one revision, also where another branch or another base is applied; of a merge it is refused
     * as ambiguous, and going to one parent leaves both. What is then missing of the versions of before is run again.
     */
    async down(database, migration, limits, way = database) {
        const before = this.#before.get(migration.id);
        if (!before)
            throw new Error(`${migration.name} was not upgraded here.`);
        const applied = await this.#versions(database);
        let result = { error: undefined, ms: 0 };
        for (const target of [`${revision(migration.id)}@-1`, revision(migration.parents[0] ?? 'base')]) {
            result = await this.#step(['downgrade', target], database, [migration], limits, way);
            const refused = result.error?.message.startsWith('Ambiguous walk') && same(await this.#versions(database), applied);
            if (!refused)
                break;
        }
        if (result.error)
            return result;
        for (const id of before) {
            if ((await this.#versions(database)).includes(id))
                continue;
            const again = await this.#step(['upgrade', revision(id)], database, [migration], limits, way);
            if (again.error)
                return { error: again.error, ms: result.ms + again.ms };
        }
        const now = await this.#versions(database);
        if (!same(now, before))
            throw new errors/* UserError */.y(`Alembic does not find the way back from ${migration.id}: before it ${told(before)}, after its downgrade ${told(now)}.`);
        return result;
    }
    async #step(parameters, database, migrations, limits, way = database) {
        const { command, events, ownLock } = await this.#run(parameters, database, limits, way);
        for (const event of events)
            if (event.event === 'version-table')
                await this.#locate(database, event);
        const reads = events.flatMap((event) => (event.event === 'loaded' ? event.files : []));
        return { error: explain({ command, events, ownLock, migrations, limits }), ms: command.ms, reads };
    }
    async #run(parameters, database, limits, way = database) {
        const { repository, directory, command, environment, log } = this.#options;
        const eventsFile = (0,external_node_path_.join)(this.#folder, 'events');
        await (0,promises_.rm)(eventsFile, { force: true });
        const plain = { ...(0,rehearse_command/* plainEnvironment */.U)(), ...environment };
        // Nothing listens on port 1: without a database there is nothing to reach.
        const { host, port, user, password, name } = way ?? {
            host: '127.0.0.1',
            port: 1,
            user: '',
            password: '',
            name: '',
        };
        let endedWell = false;
        try {
            const start = () => (0,rehearse_command/* runCommand */.d)([...command, ...parameters], {
                ...limits,
                directory: (0,external_node_path_.join)(repository, directory),
                environment: {
                    ...plain,
                    PGHOST: host,
                    PGPORT: String(port),
                    PGUSER: user,
                    PGPASSWORD: password,
                    PGDATABASE: name,
                    PYTHONPATH: [this.#folder, plain.PYTHONPATH].filter(Boolean).join(external_node_path_.delimiter),
                    PYTHONDONTWRITEBYTECODE: '1',
                    PYTHONUNBUFFERED: '1',
                    MIGRATION_GATE_EVENTS: eventsFile,
                    MIGRATION_GATE_ROOT: repository,
                },
                line(text) {
                    const [running] = /Running (?:upgrade|downgrade) .*/.exec(text) ?? [];
                    if (running)
                        log(`alembic: ${alembic_printable(running)}`);
                },
            });
            const { result, ownLock } = database
                ? await (0,own_lock/* watchingOwnLocks */.K)(database, start)
                : { result: await start(), ownLock: undefined };
            endedWell = result.exitCode === 0;
            return { command: result, events: parseEvents(await readIfThere(eventsFile)), ownLock };
        }
        catch (error) {
            if (error.code === 'ENOENT')
                throw new errors/* UserError */.y(noAlembicAt(command), { cause: error });
            if (error.code === 'EACCES')
                throw new errors/* UserError */.y(`\`${command.join(' ')}\` may not be executed.`, { cause: error });
            throw error;
        }
        finally {
            // PostgreSQL goes on with a statement whose client was ended.
            if (!endedWell)
                await database?.terminateConnections();
        }
    }
    /** Finds the version table that Alembic's context named. Without a schema, the project's search path decides where it is. */
    async #locate(database, { schema, table }) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const session = __addDisposableResource(env_1, await database.connect(), true);
            const { rows } = await session.query(`SELECT ${qualified} AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND c.relname = $1 AND n.nspname = COALESCE($2, n.nspname) AND n.nspname !~ '^pg_'
       ORDER BY n.nspname <> 'public', n.nspname`, [table, schema]);
            this.#bookkeeping = rows[0]?.name ?? this.#bookkeeping;
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
    async #versions(database) {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const session = __addDisposableResource(env_2, await database.connect(), true);
            const { rows: found } = await session.query(`SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${qualified} = $1`, [this.#bookkeeping]);
            if (found.length === 0)
                return [];
            const { rows } = await session.query(`SELECT version_num FROM ${this.#bookkeeping} ORDER BY version_num`);
            return rows.map((row) => row.version_num);
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            const result_2 = __disposeResources(env_2);
            if (result_2)
                await result_2;
        }
    }
    /** That Alembic ended well says nothing about the scratch database: the version table in it does. */
    async #expect(database, migration) {
        const versions = await this.#versions(database);
        if (!versions.includes(migration.id))
            throw new errors/* UserError */.y(`Alembic ended without an error, and the scratch database does not hold revision ${migration.id} in ${this.#bookkeeping}: ${told(versions)}.`);
    }
    async [Symbol.asyncDispose]() {
        await (0,promises_.rm)(this.#folder, { recursive: true, force: true });
    }
}
const qualified = `quote_ident(n.nspname) || '.' || quote_ident(c.relname)`;
/** A revision is an argument of a command line. */
function revision(id) {
    if (id.startsWith('-'))
        throw new errors/* UserError */.y(`The revision ${id} begins with a hyphen, which Alembic takes for an option.`);
    return id;
}
function noAlembicAt(command) {
    return `\`${command[0]}\` was not found. Install the project’s Python dependencies before this step, or set \`alembic: command:\` in .migration-gate.yml.`;
}
function lastLine(text) {
    return alembic_printable(text.trim().split('\n').at(-1) ?? '').slice(0, 300) || 'it wrote no message';
}
function alembic_printable(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a program of the project writes is kept from steering a terminal
    return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}
function told(versions) {
    return versions.length > 0 ? `the version table holds ${versions.join(', ')}` : 'the version table is empty';
}
function same(a, b) {
    return a.length === b.length && a.every((each) => b.includes(each));
}
async function readIfThere(path) {
    try {
        return await (0,promises_.readFile)(path, 'utf8');
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return '';
        throw error;
    }
}


/***/ }),

/***/ 8368:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ plainEnvironment),
/* harmony export */   d: () => (/* binding */ runCommand)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(481);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_readline__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7206);



const kept = 64 * 1024;
/** Between asking a group of processes to end and ending it. */
const graceMs = 2_000;
/**
 * Runs a program without a shell, in a process group of its own. The group is ended when the time is up, when the run is ended,
 * and when the program itself has ended, so that nothing that it started outlives it.
 *
 * @param options.environment all that the program sees
 * @param options.line called for each line that the program writes
 * @throws Cancelled when `signal` aborts; an error with `code` (`ENOENT`, `EACCES`) where the program cannot be started
 */
async function runCommand(command, options) {
    const { signal, timeoutMs, directory, environment, line } = options;
    const [program, ...parameters] = command;
    if (program === undefined)
        throw new Error('A command names at least a program.');
    if (signal.aborted)
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .Cancelled */ .c('The run was ended.');
    const started = performance.now();
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(program, parameters, {
        cwd: directory,
        env: environment,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text) => {
            output = (output + text).slice(-kept);
        });
        (0,node_readline__WEBPACK_IMPORTED_MODULE_1__.createInterface)({ input: stream }).on('line', line);
    }
    let timedOut = false;
    let killing;
    let leaving;
    const end = () => {
        signalGroup(child.pid, 'SIGTERM');
        killing ??= setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceMs);
    };
    const timer = setTimeout(() => {
        timedOut = true;
        end();
    }, timeoutMs);
    signal.addEventListener('abort', end);
    try {
        const exitCode = await new Promise((resolve, reject) => {
            child.on('error', reject);
            child.on('close', resolve);
            // `close` comes when the pipes are closed, and a process that was left behind holds them open. One that made a group of its
            // own is out of reach: it is not waited for.
            child.on('exit', () => {
                signalGroup(child.pid, 'SIGKILL');
                leaving = setTimeout(() => {
                    child.stdout.destroy();
                    child.stderr.destroy();
                }, graceMs);
            });
        });
        if (signal.aborted)
            throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .Cancelled */ .c('The run was ended.');
        return { exitCode, timedOut, output, ms: performance.now() - started };
    }
    finally {
        clearTimeout(timer);
        clearTimeout(killing);
        clearTimeout(leaving);
        signal.removeEventListener('abort', end);
    }
}
/** Signals a group of processes, if any of it is left. */
function signalGroup(pid, name) {
    if (pid === undefined)
        return;
    try {
        process.kill(-pid, name);
    }
    catch (error) {
        if (error.code !== 'ESRCH')
            throw error;
    }
}
/** Variables that tell a program where things are, and hold no secrets. */
const passed = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TERM|VIRTUAL_ENV|CONDA_PREFIX|PYENV_\w+|pythonLocation|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|PYTHONPATH|XDG_CACHE_HOME|SSL_CERT_FILE|SSL_CERT_DIR)$/;
/** What every command of the project may see of our own environment. */
function plainEnvironment() {
    return Object.fromEntries(Object.entries(process.env).filter((entry) => passed.test(entry[0]) && entry[1] !== undefined));
}


/***/ }),

/***/ 106:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ limited),
/* harmony export */   Y: () => (/* binding */ seconds)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7206);


/** A backend that has been told to end and runs on is not waited for any longer than this. */
const patienceMs = 15_000;
/**
 * Runs work that waits for a database. When the time is up, or the run is ended, every connection to the database is terminated,
 * so that whatever the work waits for fails. The time limit of the session is not used: a migration can set it as it likes.
 *
 * @throws Cancelled when `signal` aborts, whatever the work threw; otherwise what the work throws
 */
async function limited(database, { timeoutMs, signal }, work) {
    if (signal.aborted)
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .Cancelled */ .c('The run was ended.');
    const limit = { timedOut: false };
    let ended = false;
    let abandon;
    const abandoned = new Promise((_, reject) => {
        abandon = reject;
    });
    const end = () => {
        if (ended)
            return;
        ended = true;
        void database
            .terminateConnections()
            .then(() => (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(patienceMs, undefined, { ref: false }))
            .then(() => abandon(new Error('PostgreSQL was told to end a connection, and did not.')), abandon);
    };
    const timer = setTimeout(() => {
        limit.timedOut = true;
        end();
    }, timeoutMs);
    signal.addEventListener('abort', end);
    const cancelled = (cause) => new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .Cancelled */ .c('The run was ended.', { cause });
    try {
        const value = await Promise.race([work(limit), abandoned]);
        // Work may take the end of its connection for an answer.
        if (signal.aborted)
            throw cancelled();
        return value;
    }
    catch (error) {
        throw signal.aborted && !(error instanceof _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .Cancelled */ .c) ? cancelled(error) : error;
    }
    finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
    }
}
/** How a time limit is told: `60 s`, `1.5 s`. */
function seconds(ms) {
    return `${Math.round(ms / 100) / 10} s`;
}


/***/ }),

/***/ 3585:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ told),
/* harmony export */   K: () => (/* binding */ watchingOwnLocks)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _postgres_server_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9080);
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


/** Between one look and the next. */
const everyMs = 2_500;
/** Both have stood still for so long. */
const stillMs = 5_000;
/**
 * Runs a command, and looks meanwhile whether it waits for itself: one of its connections for a lock of another one, which is in a
 * transaction and sends nothing. PostgreSQL sees no deadlock in that, so it would last until the time is up, which for a long history are
 * hours. The connections are then ended, so that the command fails.
 */
async function watchingOwnLocks(database, work) {
    const over = new AbortController();
    const watched = lookUntil(database, over.signal);
    try {
        const result = await work();
        over.abort();
        return { result, ownLock: await watched };
    }
    finally {
        over.abort();
    }
}
async function lookUntil(database, over) {
    while (await isWaitedFor(over)) {
        const found = await look(database);
        if (!found || over.aborted)
            continue;
        await database.terminateConnections();
        return found;
    }
    return undefined;
}
/** @returns false: the command has ended meanwhile */
async function isWaitedFor(over) {
    try {
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(everyMs, undefined, { signal: over });
        return true;
    }
    catch (error) {
        if (over.aborted)
            return false;
        throw error;
    }
}
async function look(database) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const session = __addDisposableResource(env_1, await database.connect(), true);
            const { rows } = await session.query(`SELECT waiting.query AS statement, holding.query AS holder
       FROM pg_stat_activity waiting
         CROSS JOIN LATERAL unnest(pg_blocking_pids(waiting.pid)) AS blocking (pid)
         JOIN pg_stat_activity holding ON holding.pid = blocking.pid
       WHERE waiting.datname = current_database() AND holding.datname = current_database()
         AND waiting.wait_event_type = 'Lock' AND holding.state LIKE 'idle in transaction%'
         AND least(now() - waiting.query_start, now() - holding.state_change) > make_interval(secs => $1)
       ORDER BY waiting.query_start
       LIMIT 1`, [stillMs / 1000]);
            return rows[0];
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
    catch (error) {
        // The command may be at the end of its time, and all connections with it; the next look, or nobody, will see.
        if (error instanceof _postgres_server_js__WEBPACK_IMPORTED_MODULE_1__/* .ServerError */ .g)
            return undefined;
        throw error;
    }
}
/** @returns the message of the error that it comes to */
function told({ statement, holder }) {
    return `\`${short(statement)}\` waits for a lock that another connection of the migration holds, and would wait for ever: that one is still in its transaction, after \`${short(holder)}\``;
}
function short(sql) {
    const line = sql.replace(/\s+/g, ' ').trim();
    return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}


/***/ }),

/***/ 5168:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "5875e6024e3906417e1b.py";

/***/ })

};
