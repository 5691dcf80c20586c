export const id = 560;
export const ids = [560];
export const modules = {

/***/ 1179:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  compareModels: () => (/* binding */ compareModels),
  wanted: () => (/* binding */ wanted)
});

// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: ./src/postgres/server.ts
var server = __webpack_require__(9080);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/postgres/drift/told-apart.ts
var told_apart = __webpack_require__(1625);
// EXTERNAL MODULE: ./src/postgres/session.ts + 1 modules
var postgres_session = __webpack_require__(2723);
// EXTERNAL MODULE: ./src/postgres/snapshot.ts + 8 modules
var snapshot = __webpack_require__(5927);
// EXTERNAL MODULE: ./src/rehearse/command.ts
var command = __webpack_require__(8368);
// EXTERNAL MODULE: ./src/rehearse/dump.ts
var dump = __webpack_require__(8975);
// EXTERNAL MODULE: ./src/rehearse/limit.ts
var limit = __webpack_require__(106);
;// CONCATENATED MODULE: ./src/rehearse/expected.ts
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
 * The schema that the project says its migrations are to build: that of a file, or what a command makes of the models in an empty database.
 * Whatever SQLAlchemy connects to in the command is sent to that database, as with Alembic.
 * @throws UserError where it cannot be made, or holds no table
 */
async function expectedSchema(options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { source, server } = options;
        const database = __addDisposableResource(env_1, await server.createDatabase(), true);
        if (typeof source === 'string')
            await fromFile(database, { ...options, source });
        else
            await fromCommand(database, { ...options, source });
        const session = __addDisposableResource(env_1, await database.connect(), true);
        const schema = await (0,snapshot/* snapshot */.P)(session, { exclude: [] });
        if (schema.some(({ kind }) => kind === 'table'))
            return schema;
        throw new errors/* UserError */.y(typeof source === 'string'
            ? `expected-schema: ${source} makes no table.`
            : `expected-schema: \`${source[0]}\` ended well and made no table in the scratch database. It must import every module with models, and connect to what DATABASE_URL or PGHOST say.`);
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
/**
 * What the migrations build otherwise than the models or the file have it.
 * @param built without the tables in which the tool notes what ran
 */
function outOfStep(expected, built, isFromModels) {
    const isNoted = built.some(({ kind, identity }) => kind === 'table' && identity === 'public.schema_version');
    const version = 'public.schema_version';
    const isVersion = ({ identity, belongsTo = [] }) => identity === version ||
        identity.startsWith(`${version}.`) ||
        belongsTo.some((owner) => owner.includes(` ${version}`));
    // A table that migrations keep for themselves is no model.
    const found = isFromModels && isNoted ? built.filter((object) => !isVersion(object)) : built;
    return (0,told_apart/* withoutReprinted */.A)((0,told_apart/* toldApart */.Y)({ expected, found, isFromModels }), expected);
}
async function fromFile(database, options) {
    const { source, repository } = options;
    let text;
    try {
        text = await (0,promises_.readFile)((0,external_node_path_.join)(repository, source), 'utf8');
    }
    catch (error) {
        const code = error.code ?? String(error);
        throw new errors/* UserError */.y(`expected-schema: ${source} cannot be read (${code}).`, { cause: error });
    }
    await (0,limit/* limited */.T)(database, options, async (limit) => {
        try {
            const env_2 = { stack: [], error: void 0, hasError: false };
            try {
                const session = __addDisposableResource(env_2, await (0,postgres_session/* connect */.N)({ ...database, database: database.name }), true);
                await (0,dump/* applyDump */.R)(session, source, text);
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
        catch (error) {
            if (limit.timedOut)
                throw tooLong(source, options, error);
            if (error instanceof errors/* UserError */.y)
                throw new errors/* UserError */.y(error.message.replace(/^baseline: /, 'expected-schema: '), { cause: error });
            if (!(error instanceof server/* ServerError */.g))
                throw error;
            throw new errors/* UserError */.y(`expected-schema: ${source}: ${error.message}.`, { cause: error });
        }
    });
}
async function fromCommand(database, options) {
    const { source, repository, environment } = options;
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'migration-gate-expected-'));
    try {
        await (0,promises_.copyFile)(__webpack_require__.ab + "sitecustomize.py", (0,external_node_path_.join)(folder, 'sitecustomize.py'));
        const plain = { ...(0,command/* plainEnvironment */.U)(), ...environment };
        const { host, port, user, password, name } = database;
        const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
        const result = await (0,command/* runCommand */.d)(source, {
            ...options,
            directory: repository,
            environment: {
                ...plain,
                // What npm has installed in the project is called by its name.
                PATH: [(0,external_node_path_.join)(repository, 'node_modules', '.bin'), plain.PATH].filter(Boolean).join(external_node_path_.delimiter),
                // SQLAlchemy does not know `postgres://`.
                DATABASE_URL: host.startsWith('/')
                    ? `postgresql://${login}@/${name}?host=${encodeURIComponent(host)}&port=${port}`
                    : `postgresql://${login}@${host}:${port}/${name}`,
                PGHOST: host,
                PGPORT: String(port),
                PGUSER: user,
                PGPASSWORD: password,
                PGDATABASE: name,
                PYTHONPATH: [folder, plain.PYTHONPATH].filter(Boolean).join(external_node_path_.delimiter),
                PYTHONDONTWRITEBYTECODE: '1',
                MIGRATION_GATE_EVENTS: (0,external_node_path_.join)(folder, 'events.jsonl'),
                MIGRATION_GATE_ROOT: repository,
            },
            line: () => undefined,
        });
        if (result.timedOut)
            throw tooLong(`\`${source[0]}\``, options);
        if (result.exitCode !== 0)
            throw new errors/* UserError */.y(`expected-schema: \`${source[0]}\` ${ending(result)}.`);
    }
    catch (error) {
        const { code } = error;
        if (code === 'ENOENT')
            throw new errors/* UserError */.y(`expected-schema: \`${source[0]}\` was not found.`, { cause: error });
        if (code === 'EACCES')
            throw new errors/* UserError */.y(`expected-schema: \`${source[0]}\` may not be executed.`, { cause: error });
        throw error;
    }
    finally {
        // PostgreSQL goes on with a statement whose client was ended.
        await database.terminateConnections();
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
function tooLong(what, { timeoutMs }, cause) {
    return new errors/* UserError */.y(`expected-schema: ${what} did not finish within ${(0,limit/* seconds */.Y)(timeoutMs)}.`, { cause });
}
function ending({ exitCode, output }) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a program of the project writes is kept from steering a terminal
    const plain = output.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]+/g, ' ');
    const last = plain.trim().split('\n').at(-1)?.trim().slice(0, 300);
    return `${exitCode === null ? 'was ended by a signal' : `ended with exit code ${exitCode}`}${last ? `: ${last}` : ''}`;
}

// EXTERNAL MODULE: ./src/rehearse/rehearse.ts + 41 modules
var rehearse = __webpack_require__(374);
// EXTERNAL MODULE: ./src/rehearse/roles.ts
var roles = __webpack_require__(1584);
;// CONCATENATED MODULE: ./src/models.ts
var models_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var models_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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





/** Compares what all migrations build with what the configuration says they are to build. */
async function compareModels(options) {
    const { migrations, roundTrips, log } = options;
    const newest = migrations.findLast(({ status }) => status !== 'base') ?? migrations.at(-1);
    const isBroken = [...roundTrips.values()].some(({ steps }) => steps[0]?.outcome !== 'ok');
    if (!newest)
        return { migrations, roundTrips, notChecked: [] };
    log('Comparing what the migrations build with what the models say.');
    const found = isBroken
        ? { why: 'An upgrade fails, so that nobody knows what all of them build.' }
        : await differences(options);
    if ('why' in found)
        return { migrations, roundTrips, notChecked: [{ what: wanted, ...found }] };
    if (found.length === 0)
        return { migrations, roundTrips, notChecked: [] };
    const trip = roundTrips.get(newest.id) ?? notRun(newest.id);
    return {
        migrations: migrations.map((each) => each === newest && each.status === 'base' ? { ...each, status: 'edited' } : each),
        roundTrips: new Map([...roundTrips, [newest.id, { ...trip, outOfStep: found }]]),
        notChecked: [],
    };
}
/** What is not checked where this is not possible. */
const wanted = 'Whether the migrations build what the models say';
async function differences(options) {
    try {
        const expected = await expectedWithRoles(options);
        const schema = await (0,rehearse.built)(options);
        return 'why' in schema ? schema : outOfStep(expected, schema, typeof options.source !== 'string');
    }
    catch (error) {
        if (error instanceof errors/* UserError */.y)
            return { why: error.message };
        if (error instanceof server/* ServerError */.g)
            return { why: `PostgreSQL: ${error.message}` };
        throw error;
    }
}
/** A file may grant to the roles that the migrations make, or the configuration names. */
async function expectedWithRoles(options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { server, beginning, migrations, log } = options;
        const _roles = models_addDisposableResource(env_1, await (0,roles/* openRoles */.aj)(server, [...(beginning?.roles ?? []), ...(0,roles/* rolesMadeBy */.yl)(migrations)], { log }), true);
        return await expectedSchema(options);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = models_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** A round trip of which nothing is known. */
function notRun(migration) {
    return { migration, steps: [], restored: null, repeatable: null, drift: [], data: [], withoutRows: [] };
}


/***/ }),

/***/ 1625:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ withoutReprinted),
/* harmony export */   Y: () => (/* binding */ toldApart)
/* harmony export */ });
/* harmony import */ var _schemas_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3885);

/**
 * Kinds that one side may leave to others: a schema that has none of a kind does not describe it. Models know no grants, and the migrations
 * of most projects no comments.
 */
const optional = new Set([
    'aggregate',
    'cast',
    'collation',
    'comment',
    'default privileges',
    'event trigger',
    'extension',
    'foreign server',
    'foreign table',
    'foreign-data wrapper',
    'privileges',
    'publication',
    'schema',
    'security label',
    'settings',
    'statistics',
    'subscription',
    'text search configuration',
    'text search dictionary',
    'user mapping',
]);
/** The kinds that nobody writes into models. */
const code = ['function', 'procedure', 'trigger', 'rule', 'policy', 'view', 'materialized view', 'sequence', 'domain'];
/** Who owns it, where it lies and which version of a library serves it differ from server to server. */
const ofTheServer = ['owner', 'tablespace', 'version', 'populated'];
/** How two databases differ in what programs can tell, on whatever servers they are. In the order of kind and object. */
function toldApart({ expected, found, isFromModels = false }) {
    // Every database has these two, with a comment and grants.
    const own = expected.filter(({ identity }) => !/(?:^| )(?:public|plpgsql)$/.test(identity));
    const kinds = new Set(own.map(({ kind }) => kind));
    const mayLack = new Set([...optional, ...(isFromModels ? code : [])]);
    const isTold = ({ kind }) => !mayLack.has(kind) || kinds.has(kind);
    return (0,_schemas_js__WEBPACK_IMPORTED_MODULE_0__/* .compareSchemas */ ._)(expected.filter(isTold).map(bare), found.filter(isTold).map(bare), 'down')
        .filter((each) => each.class === 'contract')
        .map(({ after: _, ...difference }) => difference);
}
function bare(object) {
    const attributes = Object.entries(object.attributes).filter(([name]) => !ofTheServer.includes(name));
    return { ...object, attributes: Object.fromEntries(attributes) };
}
/**
 * Without what PostgreSQL prints otherwise once a dump was restored.
 * @param restored the expected schema after it was printed and read again
 */
function withoutReprinted(differences, restored) {
    const again = new Map(restored.map((object) => [`${object.kind} ${object.identity}`, object.attributes]));
    return differences.filter(({ kind, object, change, found }) => {
        const attributes = again.get(`${kind} ${object}`);
        if (change !== 'changed' || !attributes || !found)
            return true;
        return Object.entries(found).some(([name, value]) => JSON.stringify(attributes[name]) !== JSON.stringify(value));
    });
}


/***/ })

};
