export const id = 125;
export const ids = [125];
export const modules = {

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


/***/ })

};
