export const id = 125;
export const ids = [125];
export const modules = {

/***/ 1881:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  F: () => (/* binding */ dropStale),
  d: () => (/* binding */ serverAt)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./src/postgres/server.ts
var server = __webpack_require__(9080);
// EXTERNAL MODULE: ./src/postgres/session.ts + 1 modules
var postgres_session = __webpack_require__(2723);
;// CONCATENATED MODULE: ./src/postgres/administration.ts


/**
 * Opening a connection costs both sides more than most of what is asked. At most one is kept: a second one would keep the database that it is
 * connected to from being a template.
 * @param where asked anew for each connection
 */
function administration(where) {
    let kept;
    let isOver = false;
    const take = async () => {
        const session = kept;
        kept = undefined;
        if (!session)
            return await (0,postgres_session/* connect */.N)(where());
        try {
            // A server that was restarted, or that ends idle connections, has closed it.
            await session.query('SELECT');
            return session;
        }
        catch (error) {
            await session[Symbol.asyncDispose]();
            if (!(error instanceof server/* ServerError */.g))
                throw error;
            return await (0,postgres_session/* connect */.N)(where());
        }
    };
    return {
        async ask(work) {
            const session = await take();
            try {
                const answer = await work(session);
                if (kept || isOver)
                    await session[Symbol.asyncDispose]();
                else
                    kept = session;
                return answer;
            }
            catch (error) {
                await session[Symbol.asyncDispose]();
                throw error;
            }
        },
        async rest(forGood) {
            isOver ||= forGood !== undefined;
            const session = kept;
            kept = undefined;
            await session?.[Symbol.asyncDispose]();
        },
    };
}

;// CONCATENATED MODULE: ./src/postgres/scratch.ts
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





/** As long as CREATE and DROP DATABASE themselves wait for connections to end. */
const PATIENCE_MS = 5_000;
/**
 * A running server, seen from its maintenance database. Every kind of server ends here. Rejects with ServerError when the server
 * cannot be asked for its version.
 *
 * @param where asked anew for each database: a server that was stopped and started again is reached in another way
 */
async function serverAt(where, manner) {
    const { source, stop, storage, settings = {} } = manner;
    const administered = administration(where);
    const { version, number } = await administered.ask(async (session) => {
        const { rows } = await session.query(`SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`);
        return rows[0] ?? { version: 'unknown', number: 0 };
    });
    let stopping;
    return {
        // Distributions add their own words: `17.10 (Debian 17.10-1.pgdg120+1)`.
        version: version.split(' ', 1)[0] ?? version,
        major: Math.floor(number / 10_000),
        source,
        connect: () => (0,postgres_session/* connect */.N)(where()),
        async createDatabase(template) {
            const name = scratchName();
            const copy = template === undefined ? '' : ` TEMPLATE ${quoted(template.name)}`;
            await administered.ask((session) => session.query(`CREATE DATABASE ${quoted(name)}${copy}`));
            const database = scratchDatabase(where(), name, administered);
            if (Object.keys(settings).length === 0)
                return database;
            try {
                await setFor(name, settings, where());
                return database;
            }
            catch (error) {
                await database[Symbol.asyncDispose]();
                throw error;
            }
        },
        storage: storage && {
            async save(folder) {
                await administered.rest();
                await storage.save(folder);
            },
            async load(folder) {
                await administered.rest();
                await storage.load(folder);
            },
            open: (name) => scratchDatabase(where(), name, administered),
        },
        [Symbol.asyncDispose]() {
            stopping ??= administered.rest('forGood').finally(stop);
            return stopping;
        },
    };
}
/** In a session of its own, because it sets them there too. */
async function setFor(name, settings, connection) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const session = __addDisposableResource(env_1, await (0,postgres_session/* connect */.N)(connection), true);
        for (const [setting, value] of Object.entries(settings)) {
            // By way of the session: a list of values in one literal would be taken for one value.
            await session.query('SELECT set_config($1, $2, false)', [setting, value]);
            await session.query(`ALTER DATABASE ${quoted(name)} SET ${settingName(setting)} FROM CURRENT`);
        }
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
function scratchDatabase(connection, name, administered) {
    const terminateConnections = () => administered.ask(async (session) => {
        for (const end = Date.now() + PATIENCE_MS;; await (0,promises_.setTimeout)(20)) {
            const { rowCount } = await session.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()', [name]);
            if (rowCount === 0 || Date.now() > end)
                return;
        }
    });
    return {
        name,
        host: connection.host,
        port: connection.port,
        user: connection.user,
        password: connection.password,
        ssl: connection.ssl,
        options: connection.options,
        connect: () => (0,postgres_session/* connect */.N)({ ...connection, database: name }),
        terminateConnections,
        async [Symbol.asyncDispose]() {
            try {
                await terminateConnections();
                await administered.ask((session) => session.query(`DROP DATABASE IF EXISTS ${quoted(name)}`));
            }
            catch (error) {
                // A server that is gone takes its databases with it; one that is only out of reach is tidied by the next run.
                if (!(error instanceof server/* ServerError */.g) || !isGone(error))
                    throw error;
            }
        },
    };
}
/** Nobody answers, or only to say that the server is stopping or starting: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isGone({ sqlstate }) {
    return sqlstate === undefined || /^57P0[123]$/.test(sqlstate);
}
/** With the second in which it was made, so that a later run can tell what a killed one left behind. */
function scratchName() {
    return `migration_gate_${Math.floor(Date.now() / 1000)}_${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
}
/** Longer than any job of a CI runs. */
const staleAfterSeconds = 24 * 3600;
/**
 * Drops what runs that were killed have left on a server that outlives them: databases whose name says that they are ours and older
 * than a day, and that nobody is connected to. One that may not be dropped stays.
 * @returns how many were dropped
 */
async function dropStale(session) {
    const { rows } = await session.query(`SELECT datname FROM pg_database d
     WHERE datname ~ '^migration_gate_[0-9]{9,11}_[0-9a-f]{12}$'
       AND split_part(datname, '_', 3)::bigint < extract(epoch FROM now()) - ${staleAfterSeconds}
       AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)
       AND pg_has_role(datdba, 'MEMBER')`);
    let dropped = 0;
    for (const { datname } of rows) {
        try {
            await session.query(`DROP DATABASE IF EXISTS ${quoted(datname)}`);
            dropped++;
        }
        catch (error) {
            // 55006: somebody has connected since, so it is in use.
            if (!(error instanceof server/* ServerError */.g) || error.sqlstate !== '55006')
                throw error;
        }
    }
    return dropped;
}
/** `plpgsql.check_asserts` is two names. */
function settingName(setting) {
    return setting.split('.').map(quoted).join('.');
}
function quoted(identifier) {
    return `"${identifier.replaceAll('"', '""')}"`;
}


/***/ }),

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

/***/ 2723:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  N: () => (/* binding */ connect)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./node_modules/pg/esm/index.mjs
var esm = __webpack_require__(3849);
;// CONCATENATED MODULE: ./src/postgres/describe.ts
/**
 * The columns that a statement gives, or the error with which PostgreSQL's analysis refuses it; nothing is run. Parameters (`$1`) need no
 * values. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 */
async function describe(client, sql) {
    return await new Promise((resolve, reject) => {
        let columns = [];
        let failed = false;
        const query = {
            submit(connection) {
                const wire = connection;
                wire.parse({ name: '', text: sql, types: [] }, true);
                wire.describe({ type: 'S', name: '' }, true);
                wire.sync();
            },
            handleRowDescription({ fields }) {
                columns = fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
                    name,
                    type: dataTypeID,
                    modifier: dataTypeModifier,
                }));
            },
            handleError(error) {
                failed = true;
                reject(error);
            },
            handleReadyForQuery() {
                if (!failed)
                    resolve(columns);
            },
        };
        client.query(query);
    });
}

// EXTERNAL MODULE: ./src/postgres/server.ts
var server = __webpack_require__(9080);
;// CONCATENATED MODULE: ./src/postgres/session.ts




/**
 * Opens a connection. Rejects with ServerError; its message names neither host nor password.
 *
 * `limit`: milliseconds until a server that does not answer is given up.
 */
async function connect(connection, limit = 15_000) {
    const client = new esm/* Client */.Kj({
        host: connection.host,
        port: connection.port,
        user: connection.user,
        password: connection.password,
        database: connection.database,
        ssl: connection.ssl ?? false,
        ...(connection.options !== undefined && { options: connection.options }),
        application_name: 'migration-gate',
        connectionTimeoutMillis: limit,
    });
    // PGOPTIONS: the client takes it from the environment, and a pooler refuses it.
    const { connectionParameters } = client;
    connectionParameters.options = connection.options;
    // A connection that the server ends between two queries is told as an event, which would end this process if nobody listened.
    let broken;
    client.on('error', (error) => {
        broken = error;
    });
    try {
        await client.connect();
    }
    catch (error) {
        // A failed attempt may leave its socket open. Not awaited: where there was none, its end is never told.
        client.end().catch(() => undefined);
        throw serverError(error);
    }
    const { processID } = client;
    return {
        pid: processID,
        async query(sql, values) {
            if (broken !== undefined)
                throw serverError(broken);
            try {
                const answer = values === undefined ? await client.query(sql) : await client.query(extended(sql, values));
                // Several statements in one simple query are answered by a list.
                const last = (Array.isArray(answer) ? answer.at(-1) : answer);
                return { rows: last.rows, rowCount: last.rowCount ?? 0 };
            }
            catch (error) {
                throw serverError(error);
            }
        },
        async describe(sql) {
            if (broken !== undefined)
                throw serverError(broken);
            try {
                return await describe(client, sql);
            }
            catch (error) {
                throw serverError(error);
            }
        },
        async copyIn(sql, rows) {
            if (broken !== undefined)
                throw serverError(broken);
            try {
                await new Promise((resolve, reject) => {
                    const copy = new CopyIn(sql, rows, (error) => (error ? reject(error) : resolve()));
                    client.query(copy);
                });
            }
            catch (error) {
                throw serverError(error);
            }
        },
        async [Symbol.asyncDispose]() {
            await Promise.race([client.end(), (0,promises_.setTimeout)(2_000, undefined, { ref: false })]);
        },
    };
}
/** `pg` sends a simple query where there are no values, unless it is told otherwise: https://node-postgres.com/apis/client */
function extended(text, values) {
    const config = { text, values: [...values], queryMode: 'extended' };
    return config;
}
class CopyIn {
    #sql;
    #rows;
    #done;
    constructor(sql, rows, done) {
        this.#sql = sql;
        this.#rows = rows;
        this.#done = done;
    }
    submit(wire) {
        wire.query(this.#sql);
    }
    handleCopyInResponse(wire) {
        wire.sendCopyFromChunk(Buffer.from(this.#rows));
        wire.endCopyFrom();
    }
    handleCommandComplete() { }
    handleError(error) {
        this.#done(error);
        this.#done = () => undefined;
    }
    handleReadyForQuery() {
        this.#done();
    }
}
/** What went wrong, without DETAIL and CONTEXT (rows) and without where the server is (a host, a URL). */
function serverError(error) {
    if (error instanceof server/* ServerError */.g)
        return error;
    if (error instanceof esm/* DatabaseError */.a$) {
        const { code, position, table, column, constraint } = error;
        return new server/* ServerError */.g(error.message, {
            ...(code !== undefined && { sqlstate: code }),
            ...(position !== undefined && { position: Number(position) }),
            ...(table !== undefined && { table }),
            ...(column !== undefined && { column }),
            ...(constraint !== undefined && { constraint }),
        });
    }
    return new server/* ServerError */.g(connectionTrouble(error), {});
}
function connectionTrouble(error) {
    // Node tries every address of a host; the reasons are then inside.
    const first = error instanceof AggregateError ? error.errors[0] : error;
    const code = first?.code;
    switch (code) {
        case 'ECONNREFUSED':
            return 'connection refused: no server listens there (ECONNREFUSED)';
        case 'ENOTFOUND':
        case 'EAI_AGAIN':
            return `the name of the host is not known (${code})`;
        case undefined:
            return first instanceof Error ? first.message : 'the connection failed';
        default:
            return `the connection failed (${code})`;
    }
}


/***/ }),

/***/ 125:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   askSizes: () => (/* binding */ askSizes)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7206);
/* harmony import */ var _server_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9080);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2723);
/* harmony import */ var _url_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8638);
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




/** Longer than PostgreSQL needs to ask its own statistics; a table is never read. */
const patienceMs = 15_000;
/**
 * Asks a database, by its URL, for the sizes of its tables.
 * @throws UserError; no message holds the URL, the host or the password
 */
async function askSizes(url) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const session = __addDisposableResource(env_1, await (0,_session_js__WEBPACK_IMPORTED_MODULE_1__/* .connect */ .N)((0,_url_js__WEBPACK_IMPORTED_MODULE_2__/* .fromUrl */ .u)(url)), true);
            const { rows } = await session.query('SHOW server_version');
            return { version: rows[0]?.server_version.split(' ')[0] ?? '', sizes: await readSizes(session) };
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
        if (!(error instanceof _server_js__WEBPACK_IMPORTED_MODULE_0__/* .ServerError */ .g))
            throw error;
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y(`Cannot ask the database for the sizes of its tables: ${error.message}.`, { cause: error });
    }
}
/**
 * What PostgreSQL's statistics say of every table: an estimate of its rows as of the last VACUUM or ANALYZE, the sizes of its files, and
 * how often it is written. Reads the catalogs only, in a transaction that cannot write, waits for no lock longer than a second, and is
 * safe on production. A partitioned table is the sum of its partitions; a table that was never analyzed counts as one row for every
 * `200` bytes.
 *
 * Rejects with ServerError.
 */
async function readSizes(session) {
    await session.query(`BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; SET LOCAL statement_timeout = ${patienceMs}; SET LOCAL lock_timeout = 1000; SET LOCAL search_path = pg_catalog`);
    try {
        const { rows } = await session.query(query);
        const found = JSON.parse(rows[0]?.json ?? '[]');
        return new Map(found.map(({ name, ...size }) => [name, size]));
    }
    finally {
        await session.query('ROLLBACK');
    }
}
/** Names as PostgreSQL stores them, without quotes. https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-DBSIZE */
const query = `
  WITH own AS (
    SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind,
      CASE WHEN c.reltuples >= 0 AND c.relpages > 0 THEN c.reltuples::int8 ELSE pg_relation_size(c.oid) / 200 END AS rows,
      pg_relation_size(c.oid) AS heap,
      CASE WHEN c.reltoastrelid = 0 THEN 0 ELSE pg_total_relation_size(c.reltoastrelid) END AS toast,
      pg_indexes_size(c.oid) AS indexes,
      s.n_tup_ins + s.n_tup_upd + s.n_tup_del AS writes,
      greatest(1, extract(epoch FROM now() - d.stats_reset)) AS seconds
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
      LEFT JOIN pg_stat_database d ON d.datname = current_database()
    WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relpersistence <> 't'
  ), whole AS (
    SELECT root.name, part.*
    FROM own root CROSS JOIN LATERAL (
      SELECT sum(o.rows) AS rows, sum(o.heap) AS heap, sum(o.toast) AS toast, sum(o.indexes) AS indexes,
        sum(o.writes / o.seconds) AS writes
      FROM own o WHERE CASE root.relkind WHEN 'p' THEN o.relkind <> 'p' AND o.oid IN (SELECT relid FROM pg_partition_tree(root.oid))
        ELSE o.oid = root.oid END
    ) part
  )
  SELECT coalesce(json_agg(json_build_object('name', name, 'rows', coalesce(rows, 0), 'heapBytes', coalesce(heap, 0),
    'toastBytes', coalesce(toast, 0), 'indexBytes', coalesce(indexes, 0), 'writesPerSecond', round(coalesce(writes, 0)::numeric, 3))
    ORDER BY name COLLATE "C"), '[]')::text AS json FROM whole`;


/***/ }),

/***/ 8638:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ givenServer),
/* harmony export */   u: () => (/* binding */ fromUrl)
/* harmony export */ });
/* harmony import */ var pg_connection_string__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(984);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7206);
/* harmony import */ var _scratch_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1881);
/* harmony import */ var _server_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9080);
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2723);
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





const ADVICE = 'Give one as postgres://user:password@host:5432/database.';
/**
 * A server that somebody else runs, such as a service container. Only databases named `migration_gate_…` are created and dropped there.
 *
 * Throws UserError; no message holds the URL, the host or the password.
 */
async function givenServer({ url, settings, log, }) {
    const given = url === undefined ? fromEnvironment(process.env) : fromUrl(url);
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const session = __addDisposableResource(env_1, await (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .connect */ .N)(given), true);
            const { rows } = await session.query('SELECT rolcreatedb OR rolsuper AS may, rolsuper AS all FROM pg_roles WHERE rolname = current_user');
            const [rights] = rows;
            if (rights?.may !== true) {
                throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .y('The user of the given PostgreSQL may not create databases. Give one that has CREATEDB.');
            }
            // What PostgreSQL says is read here and there. Only a superuser may choose its language.
            const connection = rights.all ? { ...given, options: '-c lc_messages=C' } : given;
            const dropped = await (0,_scratch_js__WEBPACK_IMPORTED_MODULE_1__/* .dropStale */ .F)(session);
            if (dropped > 0)
                log(`Dropped ${dropped} scratch ${dropped === 1 ? 'database' : 'databases'} that killed runs had left behind.`);
            return await (0,_scratch_js__WEBPACK_IMPORTED_MODULE_1__/* .serverAt */ .d)(() => connection, { source: 'the given URL', settings });
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
        if (!(error instanceof _server_js__WEBPACK_IMPORTED_MODULE_2__/* .ServerError */ .g))
            throw error;
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .y(`Cannot use the given PostgreSQL: ${error.message}`, { cause: error });
    }
}
/**
 * Only where the server is, who we are, and TLS: settings such as `options` or `lock_timeout` would change what the rehearsal shows.
 * A driver in the scheme, as SQLAlchemy writes it (`postgresql+asyncpg://`), is left out.
 */
function fromUrl(url) {
    const [, rest] = /^postgres(?:ql)?(?:\+[a-z0-9]+)?:(\/\/.*)$/is.exec(url.trim()) ?? [];
    if (rest === undefined)
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .y(`The URL of the PostgreSQL to use cannot be read. ${ADVICE}`);
    let parsed;
    try {
        parsed = (0,pg_connection_string__WEBPACK_IMPORTED_MODULE_0__/* .parse */ .qg)(`postgresql:${rest}`, { useLibpqCompat: !/[?&]uselibpqcompat=/.test(rest) });
    }
    catch {
        // Not kept as the cause: its message may hold a part of the URL.
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .y(`The URL of the PostgreSQL to use cannot be read. ${ADVICE}`);
    }
    const mode = parsed.sslmode;
    // libpq tries `allow` and `prefer` without TLS too; this client knows only one way for a connection.
    const plain = mode === undefined ? parsed.ssl === undefined : ['disable', 'allow', 'prefer'].includes(mode);
    const user = parsed.user || 'postgres';
    return {
        host: parsed.host || 'localhost',
        port: Number(parsed.port || 5432),
        user,
        password: parsed.password ?? '',
        database: parsed.database || 'postgres',
        ssl: plain ? false : parsed.ssl,
    };
}
/** https://www.postgresql.org/docs/current/libpq-envars.html, the five that say where the server is. */
function fromEnvironment(environment) {
    const { PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE } = environment;
    if (!PGHOST)
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .y(`No URL of a PostgreSQL was given, and PGHOST is not set. ${ADVICE}`);
    return {
        host: PGHOST,
        port: Number(PGPORT || 5432),
        user: PGUSER || 'postgres',
        password: PGPASSWORD ?? '',
        database: PGDATABASE || 'postgres',
        ssl: false,
    };
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
