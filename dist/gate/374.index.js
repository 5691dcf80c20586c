export const id = 374;
export const ids = [374];
export const modules = {

/***/ 5964:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ named)
/* harmony export */ });
/** The compiler refuses a kind of operation that has no answer here. Of a PREPARE, what it prepares; of a CREATE FUNCTION, not its body. */
function named(op) {
    switch (op.kind) {
        case 'create-table': {
            const { table, partitionOf, inherits, like, ofType, query } = op;
            return names({
                relations: [table, partitionOf?.parent, ...inherits],
                reads: [...like.map((each) => each.table), ...(query?.reads ?? [])],
                others: [ofType],
            });
        }
        case 'add-column':
            return names({ relations: [op.table], parts: [op.column.name] });
        case 'drop-column':
        case 'set-not-null':
        case 'drop-not-null':
        case 'set-default':
        case 'alter-column-type':
        case 'alter-column':
            return names({ relations: [op.table], parts: [op.column] });
        case 'add-constraint':
            return names({ relations: [op.table, op.references], others: [op.usingIndex], parts: [op.constraint] });
        case 'drop-constraint':
        case 'validate-constraint':
        case 'alter-constraint':
            return names({ relations: [op.table], parts: [op.constraint] });
        case 'drop-table':
        case 'set-logged':
        case 'set-access-method':
        case 'set-tablespace':
        case 'set-options':
        case 'row-security':
        case 'truncate':
        case 'lock-table':
            return names({ relations: [op.table] });
        case 'replica-identity':
        case 'create-index':
        case 'cluster':
            return names({ relations: [op.table], others: [op.index] });
        case 'inherit':
            return names({ relations: [op.table, op.parent] });
        case 'attach-partition':
        case 'detach-partition':
            return names({ relations: [op.table, op.partition] });
        case 'create-trigger':
            return names({ relations: [op.table], others: [op.function], parts: [op.trigger] });
        case 'set-trigger':
            return names({ relations: [op.table], parts: [op.trigger] });
        case 'create-policy':
        case 'alter-policy':
            return names({ relations: [op.table], parts: [op.policy] });
        case 'drop-index':
            return names({ relations: [op.index] });
        case 'attach-index':
            return names({ relations: [op.index, op.partition] });
        case 'reindex':
            return object(op.scope, op.name);
        case 'vacuum':
        case 'analyze':
            return names({ relations: op.tables ?? [] });
        case 'refresh-materialized-view':
            return names({ relations: [op.view] });
        case 'create-view':
            return names({ relations: [op.view], reads: op.reads });
        case 'insert':
        case 'update':
        case 'delete':
        case 'copy':
            return names({ relations: [op.table], reads: op.reads });
        case 'query':
            return names({ reads: op.reads });
        case 'create-type':
        case 'drop-type':
            return names({ others: [op.type] });
        case 'add-enum-value':
            return names({ others: [op.type], parts: [op.value] });
        case 'alter-domain':
            return names({ others: [op.type], parts: [op.constraint] });
        case 'alter-composite-type':
            return names({ others: [op.type], parts: op.columns });
        case 'create-function':
        case 'alter-function':
            return names({ others: [op.function] });
        case 'set-schema': {
            const own = partOrObject(op);
            return { ...own, others: [...own.others, op.schema] };
        }
        case 'drop-object':
        case 'create-object':
        case 'rename':
        case 'change-owner':
        case 'comment':
            return partOrObject(op);
        case 'create-schema':
            return names({ others: [op.schema] });
        case 'create-extension':
            return names({ others: [op.extension, op.schema] });
        case 'create-sequence':
        case 'alter-sequence': {
            const { ownedBy } = op.changes;
            return names({ relations: [op.sequence, ownedBy === 'none' ? undefined : ownedBy?.table] });
        }
        case 'set-sequence':
            return names({ relations: [op.sequence, op.of?.table] });
        case 'grant':
        case 'revoke': {
            const all = op.names.map((name) => object(op.object, name));
            return names({
                relations: all.flatMap(({ relations }) => relations),
                others: [...all.flatMap(({ others }) => others), ...op.allInSchemas, ...op.roles],
            });
        }
        case 'grant-role':
        case 'revoke-role':
            return names({ others: [...op.granted, ...op.roles] });
        case 'create-role':
        case 'alter-role':
        case 'drop-role':
            return names({ others: [op.role] });
        case 'prepare': {
            const body = op.body.map(named);
            return {
                relations: body.flatMap(({ relations }) => relations),
                reads: body.flatMap(({ reads }) => reads),
                others: body.flatMap(({ others }) => others),
                parts: body.flatMap(({ parts }) => parts),
            };
        }
        case 'set-constraints':
            return names({ parts: op.constraints ?? [] });
        case 'execute':
        case 'set':
        case 'set-for-later':
        case 'transaction-control':
        case 'do-block':
        case 'hidden-sql':
        case 'truncated-identifier':
        case 'other':
        case 'unparsed':
            return names({});
    }
}
function names(given) {
    const { relations = [], reads = [], others = [], parts = [] } = given;
    return { relations: present(relations), reads, others: present(others), parts: present(parts) };
}
function present(values) {
    return values.filter((value) => value !== undefined);
}
const relationKinds = new Set([
    'table',
    'foreign table',
    'view',
    'materialized view',
    'sequence',
    'index',
]);
function object(kind, name) {
    const isRelation = name !== undefined && relationKinds.has(kind) && isQualified(name);
    return isRelation ? names({ relations: [name] }) : names({ others: [name] });
}
function isQualified(name) {
    return name.includes('.');
}
/** Their owner is a type, though it stands where others have their table. */
const ofTypes = new Set(['enum value', 'domain constraint']);
function partOrObject(op) {
    if (op.table === undefined)
        return object(op.object, op.name);
    const owner = ofTypes.has(op.object) ? { others: [op.table] } : { relations: [op.table] };
    return names({ ...owner, parts: [op.name] });
}


/***/ }),

/***/ 3885:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ compareSchemas)
});

;// CONCATENATED MODULE: ./src/postgres/drift/names.ts
const keyOf = ({ kind, identity }) => `${kind} ${identity}`;
/**
 * Finds the objects that are the same but for a name that PostgreSQL made up: `t_a_check1` for `t_a_check`, because the other name was
 * taken when it was made. How it makes names: https://www.postgresql.org/docs/current/sql-createtable.html (CONSTRAINT constraint_name).
 */
function alignNames(expected, found) {
    const before = new Set(expected.map(keyOf));
    const now = new Set(found.map(keyOf));
    const gone = expected.filter((object) => !now.has(keyOf(object)));
    const added = found.filter((object) => !before.has(keyOf(object)));
    const pairs = [];
    const free = new Set(gone);
    const pair = (object, matches) => {
        const match = [...free].find(matches);
        if (!match)
            return;
        free.delete(match);
        pairs.push({ expected: match, found: object });
    };
    for (const object of added)
        pair(object, (candidate) => isSameButForName(candidate, object));
    // The index of a constraint has the constraint's name.
    for (const constraint of pairs.filter((each) => each.found.kind === 'constraint')) {
        const index = added.find((object) => object.kind === 'index' && object.belongsTo?.includes(keyOf(constraint.found)));
        const belongs = (candidate) => candidate.kind === 'index' && candidate.belongsTo?.includes(keyOf(constraint.expected)) === true;
        if (index && !pairs.some((each) => each.found === index))
            pair(index, belongs);
    }
    if (pairs.length === 0)
        return { aligned: found, renamed: [] };
    return {
        aligned: rename(found, pairs),
        renamed: pairs
            .filter(({ found: { kind, belongsTo } }) => kind !== 'index' || !belongsTo?.some((owner) => owner.startsWith('constraint ')))
            .map((each) => ({
            kind: each.expected.kind,
            object: each.expected.identity,
            class: 'name-only',
            change: 'changed',
            expected: { name: lastName(each.expected) },
            found: { name: lastName(each.found) },
        })),
    };
}
function isSameButForName(a, b) {
    return a.kind === b.kind && isMadeUp(a, b) && signature(a) === signature(b);
}
function isMadeUp(a, b) {
    const [name, other] = [lastName(a), lastName(b)];
    switch (a.kind) {
        case 'constraint':
            // Nothing but ALTER TABLE … DROP CONSTRAINT refers to a NOT NULL by name; below version 18 it had none.
            return (a.attributes.type === 'not null' ||
                [name, other].every((each) => /_(pkey|key|check|fkey|excl)\d*"?$/.test(each)));
        case 'sequence':
            return [name, other].every((each) => /_seq\d*"?$/.test(each));
        case 'index':
            // People end the names of indexes in _idx too, so only the number may differ.
            return name.replace(/\d*"?$/, '') === other.replace(/\d*"?$/, '') && /_idx\d*"?$/.test(name);
        default:
            return false;
    }
}
function signature(object) {
    const { definition, ...rest } = object.attributes;
    const withoutName = object.kind === 'index' ? String(definition).replace(indexName(object), ' INDEX ON ') : definition;
    return JSON.stringify([object.belongsTo?.filter((owner) => !owner.startsWith('constraint ')), withoutName, rest]);
}
/** The last part of a qualified name, quoted as it is there. */
function lastName({ identity }) {
    return /(?:"(?:[^"]|"")*"|[^."]+)$/.exec(identity)?.[0] ?? identity;
}
function rename(schema, pairs) {
    const renames = new Map(pairs.map((each) => [keyOf(each.found), each]));
    const newKey = (key) => {
        const match = renames.get(key);
        return match ? keyOf(match.expected) : key;
    };
    return schema.map((object) => {
        const own = renames.get(keyOf(object));
        const belongsTo = object.belongsTo?.map(newKey);
        return {
            ...object,
            // Comments and privileges are identified by what they are on.
            identity: own?.expected.identity ?? newKey(object.identity),
            attributes: own ? renameDefinition(own) : renameSequences(object, pairs),
            ...(belongsTo && { belongsTo }),
        };
    });
}
/** What stands in an index's definition for its name. */
function indexName(index) {
    return ` INDEX ${lastName(index)} ON `;
}
function renameDefinition({ expected, found }) {
    if (found.kind !== 'index')
        return found.attributes;
    const definition = String(found.attributes.definition).replace(indexName(found), () => indexName(expected));
    return { ...found.attributes, definition };
}
/** `nextval('public.t_id_seq1'::regclass)` */
function renameSequences(object, pairs) {
    const value = object.attributes.default;
    if (object.kind !== 'column' || typeof value !== 'string')
        return object.attributes;
    const renamed = pairs
        .filter(({ found }) => found.kind === 'sequence')
        .reduce((text, { expected, found }) => text.replaceAll(`'${found.identity}'::regclass`, `'${expected.identity}'::regclass`), value);
    return { ...object.attributes, default: renamed };
}

;// CONCATENATED MODULE: ./src/postgres/drift/schemas.ts

/**
 * What tells two schemas apart, in the order of kind and object; empty when they are the same.
 *
 * What comes and goes with another object is told with that object alone: not each column of a table that was left behind. A name that
 * PostgreSQL made up does not make two objects of one (`name-only`).
 */
function compareSchemas(expected, found, after) {
    const { aligned, renamed } = alignNames(expected, found);
    const before = byKey(expected);
    const now = byKey(aligned);
    const missing = onlyIn(before, now).map((object) => ({
        ...about(object),
        class: 'contract',
        change: 'missing',
        expected: object.attributes,
        found: null,
    }));
    const leftBehind = onlyIn(now, before).map((object) => ({
        ...about(object),
        class: 'contract',
        change: 'left-behind',
        expected: null,
        found: object.attributes,
    }));
    const changed = changedObjects(before, now);
    const all = [...renamed, ...missing, ...withoutImplied(leftBehind, changed, now), ...changed];
    return withoutImplied(all, changed, before)
        .map((change) => ({ after, ...change }))
        .sort((a, b) => compareText(a.kind, b.kind) || compareText(a.object, b.object));
}
function about({ kind, identity }) {
    return { kind, object: identity };
}
function byKey(schema) {
    return new Map(schema.map((object) => [`${object.kind} ${object.identity}`, object]));
}
/** Objects of one side; without those whose owner is on that side only, too. */
function onlyIn(side, other) {
    const isOnly = (key) => side.has(key) && !other.has(key);
    return [...side]
        .filter(([key, { belongsTo = [] }]) => isOnly(key) && !belongsTo.some(isOnly))
        .map(([, object]) => object);
}
function changedObjects(before, now) {
    const changes = new Map();
    for (const [key, object] of before) {
        const other = now.get(key);
        const change = other && difference(object, other);
        if (change)
            changes.set(key, change);
    }
    // The partitions of a table change as it does, and an index with its constraint.
    const isFolded = (key, change) => before.get(key)?.belongsTo?.some((owner) => {
        const ownerChange = changes.get(owner);
        return (ownerChange &&
            (same(ownerChange.expected, change.expected)
                ? same(ownerChange.found, change.found)
                : owner.startsWith('constraint ')));
    });
    return [...changes].filter(([key, change]) => !isFolded(key, change)).map(([, change]) => change);
}
/** From PostgreSQL 18 a column that is NOT NULL has a constraint that says the same. */
function withoutImplied(changes, changed, side) {
    const columns = new Set(changed
        .filter(({ kind, expected }) => kind === 'column' && expected && 'notNull' in expected)
        .map(({ object }) => `column ${object}`));
    return changes.filter(({ kind, object }) => {
        const constraint = kind === 'constraint' ? side.get(`constraint ${object}`) : undefined;
        return !(constraint?.attributes.type === 'not null' && constraint.belongsTo?.some((owner) => columns.has(owner)));
    });
}
function difference(before, now) {
    if (before.kind === 'column order' && same(sharedOrder(before, now), sharedOrder(now, before)))
        return undefined;
    const names = [...new Set([...Object.keys(before.attributes), ...Object.keys(now.attributes)])].filter((name) => !same(before.attributes[name], now.attributes[name]));
    if (names.length === 0)
        return undefined;
    return {
        ...about(before),
        class: classOf(before, now, names),
        change: 'changed',
        expected: only(before.attributes, names),
        found: only(now.attributes, names),
    };
}
function classOf(before, now, names) {
    switch (before.kind) {
        case 'column order':
            return 'order';
        case 'dropped columns':
            return 'physical';
        case 'function':
        case 'procedure':
            return names.every((name) => name === 'definition') &&
                layoutless(before.attributes.definition) === layoutless(now.attributes.definition)
                ? 'name-only'
                : 'contract';
        default:
            return 'contract';
    }
}
/** A column that is on one side only is told as a column, not as an order. */
function sharedOrder(of, other) {
    const [columns, others] = [of, other].map(({ attributes }) => attributes.columns);
    return columns?.filter((column) => others?.includes(column)) ?? [];
}
/**
 * A function without its layout: indentation, spaces and blank lines. Strings keep theirs, and a line stays a line, because a comment
 * ends with it.
 */
function layoutless(definition) {
    return String(definition)
        .split(/('(?:[^']|'')*')/)
        .map((part, index) => (index % 2 === 1 ? part : part.replace(/[^\S\n]+/g, ' ').replace(/ ?\n[ \n]*/g, '\n')))
        .join('');
}
function only(attributes, names) {
    return Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)));
}
/** Attributes come from `jsonb`, whose keys have one order. */
function same(a, b) {
    return JSON.stringify(a) === JSON.stringify(b);
}
function compareText(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
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

/***/ 1482:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ readFixed)
/* harmony export */ });
/**
 * Values and expressions print the same whatever the server, the database or the role sets. `row_security = off` makes a query fail where
 * a policy would hide rows from it; a lock that a forgotten connection holds ends it after a minute instead of never.
 */
const fixed = `
  SET LOCAL search_path = '';
  SET LOCAL TimeZone = 'UTC';
  SET LOCAL DateStyle = 'ISO, YMD';
  SET LOCAL IntervalStyle = 'iso_8601';
  SET LOCAL extra_float_digits = 3;
  SET LOCAL bytea_output = 'hex';
  SET LOCAL xmlbinary = 'base64';
  SET LOCAL lc_monetary = 'C';
  SET LOCAL quote_all_identifiers = off;
  SET LOCAL row_security = off;
  SET LOCAL jit = off;`;
const ownServer = { statementTimeoutMs: 0, lockTimeoutMs: 60_000 };
/**
 * Runs `work` in a read-only transaction that sees one moment, with fixed settings; afterwards the session has its own settings again.
 * The session must not be in a transaction.
 */
async function readFixed(session, work, { statementTimeoutMs, lockTimeoutMs } = ownServer) {
    const limits = `SET LOCAL statement_timeout = ${statementTimeoutMs}; SET LOCAL lock_timeout = ${lockTimeoutMs};`;
    await session.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${fixed} ${limits}`);
    try {
        return await work();
    }
    finally {
        await session.query('ROLLBACK');
    }
}


/***/ }),

/***/ 5927:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  P: () => (/* binding */ snapshot)
});

;// CONCATENATED MODULE: ./src/postgres/catalog/base.ts
const kindOf = (relkind) => `
  CASE ${relkind}
    WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'composite type'
    WHEN 'S' THEN 'sequence' WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' ELSE 'table'
  END`;
/**
 * What the queries of this folder share. Each is a SELECT with the columns `kind, identity, attributes, belongs_to, classid, objid,
 * objsubid, acl, default_acl` over PostgreSQL 12 to 18; columns that not every version has are read by way of `to_jsonb(row)`.
 *
 * With an empty search_path, casts to `regclass`, `regtype`, `regprocedure` print names qualified and quoted.
 * https://www.postgresql.org/docs/current/catalogs.html
 *
 * `$1` (text[]): identities of relations that are left out, with all that belongs to them.
 */
const base = `
  members AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
  ),
  schemas AS (
    SELECT oid, nspname, nspowner, nspacl FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      AND oid NOT IN (SELECT objid FROM members WHERE classid = 'pg_namespace'::regclass)
  ),
  hidden AS (
    SELECT objid AS oid FROM members WHERE classid = 'pg_class'::regclass
    UNION ALL
    SELECT oid FROM pg_class WHERE oid::regclass::text = ANY ($1::text[])
  ),
  relations AS MATERIALIZED (
    SELECT
      c.*,
      c.oid::regclass::text AS identity,
      ${kindOf('c.relkind')} AS kind,
      d.refobjid AS owner_table,
      d.refobjsubid AS owner_column
    FROM pg_class c
    JOIN schemas n ON n.oid = c.relnamespace
    LEFT JOIN pg_index i ON i.indexrelid = c.oid
    LEFT JOIN pg_depend d ON c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid
      AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c', 'S', 'i', 'I')
      AND NOT EXISTS (SELECT FROM hidden h WHERE h.oid IN (c.oid, i.indrelid, d.refobjid))
  )`;
/**
 * The key of a relation for `belongs_to`; null for one that is not in the snapshot. By way of the catalog, which has an index: to search
 * `relations` for each of its own rows takes a minute where there are thousands of tables.
 */
const relationKey = (oid) => `
  CASE WHEN ${oid} IN (SELECT own.oid FROM relations own) THEN
    (SELECT ${kindOf('owner.relkind')} || ' ' || owner.oid::regclass::text FROM pg_class owner WHERE owner.oid = ${oid}) END`;
/** An array without its nulls, which stand for owners that an object does not have. */
const keys = (...each) => `array_remove(ARRAY[${each.join(', ')}]::text[], NULL)`;
/** A condition: the object is not part of an extension. */
const notMember = (catalog, oid) => `NOT EXISTS (SELECT FROM members m WHERE m.classid = '${catalog}'::regclass AND m.objid = ${oid})`;
/** A collation's qualified name, or null where it is the type's own. (`regcollation` came with PostgreSQL 13.) */
const collation = (oid, usual) => `
  (SELECT format('%I.%I', n.nspname, k.collname) FROM pg_collation k JOIN pg_namespace n ON n.oid = k.collnamespace
   WHERE k.oid = ${oid} AND ${oid} <> ${usual})`;
/** An access control list as `{"grantee": ["privilege", …]}`. Who granted is left out: it is the owner, nearly always. */
const grants = (acl) => `
  (SELECT coalesce(jsonb_object_agg(grantee, privileges), '{}') FROM (
     SELECT CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END AS grantee,
       jsonb_agg(DISTINCT x.privilege_type || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS privileges
     FROM aclexplode(${acl}) x GROUP BY 1
   ) granted)`;
/** When a trigger or rule fires: https://www.postgresql.org/docs/current/catalog-pg-trigger.html (tgenabled). */
const enabled = (column) => `CASE ${column} WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END`;

;// CONCATENATED MODULE: ./src/postgres/catalog/columns.ts

const withColumns = `r.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND a.attnum > 0`;
const columns = `
  SELECT 'column', r.identity || '.' || quote_ident(a.attname),
    jsonb_strip_nulls(jsonb_build_object(
      'type', format_type(a.atttypid, a.atttypmod),
      'notNull', a.attnotnull,
      'default', pg_get_expr(d.adbin, d.adrelid),
      'collation', ${collation('a.attcollation', 't.typcollation')},
      'identity', CASE to_jsonb(a)->>'attidentity' WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
      'generated', CASE to_jsonb(a)->>'attgenerated' WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END,
      'storage', CASE nullif(a.attstorage, t.typstorage) WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' WHEN 'x' THEN 'extended' END,
      'compression', nullif(to_jsonb(a)->>'attcompression', ''),
      -- "Not set" is -1 up to PostgreSQL 16, and null from 17.
      'statistics', nullif((to_jsonb(a)->>'attstattarget')::int, -1),
      'options', to_jsonb(a.attoptions),
      'serverOptions', to_jsonb(a.attfdwoptions),
      'local', CASE WHEN r.relispartition OR a.attinhcount > 0 THEN a.attislocal END,
      'inherited', nullif(a.attinhcount, 0)
    )),
    ARRAY[r.kind || ' ' || r.identity] || ARRAY(
      SELECT 'column ' || i.inhparent::regclass::text || '.' || quote_ident(a.attname)
      FROM pg_inherits i WHERE i.inhrelid = r.oid AND a.attinhcount > 0 ORDER BY i.inhseqno),
    'pg_class'::regclass::oid, r.oid, a.attnum::int, a.attacl, acldefault('c', r.relowner)
  FROM relations r
  JOIN pg_attribute a ON a.attrelid = r.oid
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE ${withColumns} AND NOT a.attisdropped`;
/** A fact of its own: it differs after DROP COLUMN and ADD COLUMN, and matters to INSERT without a column list and to COPY. */
const order = `
  SELECT 'column order', r.identity, jsonb_build_object('columns', jsonb_agg(quote_ident(a.attname) ORDER BY a.attnum)),
    ${keys(`r.kind || ' ' || r.identity`)}, 0::oid, 0::oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid
  WHERE ${withColumns} AND r.relkind NOT IN ('v', 'm') AND NOT a.attisdropped GROUP BY r.kind, r.identity`;
/** Dropped columns keep their place in the table: https://www.postgresql.org/docs/current/limits.html */
const dropped = `
  SELECT 'dropped columns', r.identity, jsonb_build_object('count', count(*) FILTER (WHERE a.attisdropped)),
    ${keys(`r.kind || ' ' || r.identity`)}, 0::oid, 0::oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM relations r LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0
  WHERE r.relkind IN ('r', 'p') GROUP BY r.kind, r.identity`;
const columnQueries = [columns, order, dropped];

;// CONCATENATED MODULE: ./src/postgres/catalog/constraints.ts

const identity = (row) => `
  CASE WHEN ${row}.conrelid <> 0 THEN ${row}.conrelid::regclass::text ELSE ${row}.contypid::regtype::text END || '.' || quote_ident(${row}.conname)`;
/** Of tables and domains. NOT NULL has rows of its own from PostgreSQL 18. Constraint triggers are triggers. */
const constraints = `
  SELECT 'constraint', ${identity('c')},
    jsonb_strip_nulls(jsonb_build_object(
      'type', CASE c.contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign key' WHEN 'n' THEN 'not null' WHEN 'p' THEN 'primary key'
        WHEN 'u' THEN 'unique' WHEN 'x' THEN 'exclude' END,
      'definition', pg_get_constraintdef(c.oid),
      'validated', c.convalidated,
      'enforced', to_jsonb(c)->'conenforced',
      'local', CASE WHEN c.coninhcount > 0 THEN c.conislocal END,
      'inherited', nullif(c.coninhcount, 0),
      -- ALTER TABLE … DISABLE TRIGGER ALL switches off foreign keys too.
      'triggers', (SELECT jsonb_agg(x.line ORDER BY x.line COLLATE "C") FROM (
        SELECT DISTINCT t.tgrelid::regclass::text || ' ' || ${enabled('t.tgenabled')} AS line FROM pg_trigger t
        WHERE t.tgconstraint = c.oid AND t.tgisinternal AND t.tgenabled <> 'O') x)
    )),
    ${keys(relationKey('c.conrelid'), `CASE WHEN c.contypid <> 0 THEN 'domain ' || c.contypid::regtype::text END`, `(SELECT 'constraint ' || ${identity('p')} FROM pg_constraint p WHERE p.oid = c.conparentid)`, `CASE WHEN c.contype = 'n' AND c.conrelid <> 0 THEN (SELECT 'column ' || c.conrelid::regclass::text || '.' || quote_ident(a.attname)
        FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = c.conkey[1]) END`)},
    'pg_constraint'::regclass::oid, c.oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM pg_constraint c
  JOIN schemas n ON n.oid = c.connamespace
  WHERE c.contype <> 't' AND ${notMember('pg_constraint', 'c.oid')} AND ${notMember('pg_type', 'c.contypid')}
    AND (c.conrelid = 0 OR c.conrelid IN (SELECT r.oid FROM relations r))`;
const constraintQueries = [constraints];

;// CONCATENATED MODULE: ./src/postgres/catalog/facts.ts

const key = `o.kind || ' ' || o.identity`;
/** Comments, security labels and privileges of every object that the other queries found, as objects of their own. */
const comments = `
  SELECT 'comment', ${key}, jsonb_build_object('comment', d.description), ARRAY[${key}]
  FROM objects o JOIN pg_description d ON d.classoid = o.classid AND d.objoid = o.objid AND d.objsubid = o.objsubid`;
const labels = `
  SELECT 'security label', ${key} || ' FOR ' || l.provider, jsonb_build_object('label', l.label), ARRAY[${key}]
  FROM objects o JOIN pg_seclabel l ON l.classoid = o.classid AND l.objoid = o.objid AND l.objsubid = o.objsubid`;
/** Only where they differ from those that a new object has: GRANT and REVOKE leave a list that says the same as none. */
const privileges = `
  SELECT 'privileges', ${key}, ${grants('o.acl')}, ARRAY[${key}]
  FROM objects o WHERE o.acl IS NOT NULL AND ${grants('o.acl')} <> ${grants('o.default_acl')}`;
const factQueries = [comments, labels, privileges];

;// CONCATENATED MODULE: ./src/postgres/catalog/functions.ts

/** The constructors that CREATE TYPE … AS RANGE makes are left out: they depend internally on their type. */
const functions = `
  SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END, p.oid::regprocedure::text,
    jsonb_strip_nulls(jsonb_build_object(
      'owner', p.proowner::regrole::text,
      'definition', CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END,
      'result', CASE WHEN p.prokind = 'a' THEN pg_get_function_result(p.oid) END
    ) || coalesce((
      SELECT jsonb_build_object(
        'transition', a.aggtransfn::text, 'state', format_type(a.aggtranstype, NULL), 'initial', a.agginitval,
        'final', nullif(a.aggfinalfn, 0)::regproc::text, 'combine', nullif(a.aggcombinefn, 0)::regproc::text,
        'serial', nullif(a.aggserialfn, 0)::regproc::text, 'deserial', nullif(a.aggdeserialfn, 0)::regproc::text,
        'movingTransition', nullif(a.aggmtransfn, 0)::regproc::text, 'movingInverse', nullif(a.aggminvtransfn, 0)::regproc::text,
        'movingFinal', nullif(a.aggmfinalfn, 0)::regproc::text, 'movingInitial', a.aggminitval,
        'kind', a.aggkind, 'sort', nullif(a.aggsortop, 0)::regoperator::text, 'finalModify', a.aggfinalmodify, 'parallel', p.proparallel)
      FROM pg_aggregate a WHERE a.aggfnoid = p.oid), '{}')),
    '{}'::text[], 'pg_proc'::regclass::oid, p.oid, 0, p.proacl, acldefault('f', p.proowner)
  FROM pg_proc p
  JOIN schemas n ON n.oid = p.pronamespace
  WHERE ${notMember('pg_proc', 'p.oid')} AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_type'::regclass AND d.deptype = 'i')`;
const triggers = `
  SELECT 'trigger', r.identity || '.' || quote_ident(t.tgname),
    jsonb_build_object('definition', pg_get_triggerdef(t.oid), 'enabled', ${enabled('t.tgenabled')}),
    ${keys(`r.kind || ' ' || r.identity`, `(SELECT 'trigger ' || p.tgrelid::regclass::text || '.' || quote_ident(p.tgname) FROM pg_trigger p WHERE p.oid = (to_jsonb(t)->>'tgparentid')::oid)`)},
    'pg_trigger'::regclass::oid, t.oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM pg_trigger t JOIN relations r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal`;
const rules = `
  SELECT 'rule', r.identity || '.' || quote_ident(w.rulename),
    jsonb_build_object('definition', pg_get_ruledef(w.oid), 'enabled', ${enabled('w.ev_enabled')}),
    ${keys(`r.kind || ' ' || r.identity`)}, 'pg_rewrite'::regclass::oid, w.oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM pg_rewrite w JOIN relations r ON r.oid = w.ev_class WHERE w.rulename <> '_RETURN'`;
const policies = `
  SELECT 'policy', r.identity || '.' || quote_ident(p.polname),
    jsonb_strip_nulls(jsonb_build_object(
      'command', CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END,
      'permissive', p.polpermissive,
      'roles', (SELECT jsonb_agg(x.name ORDER BY x.name COLLATE "C") FROM (
        SELECT CASE role WHEN 0 THEN 'PUBLIC' ELSE role::regrole::text END AS name FROM unnest(p.polroles) role) x),
      'using', pg_get_expr(p.polqual, p.polrelid),
      'check', pg_get_expr(p.polwithcheck, p.polrelid))),
    ${keys(`r.kind || ' ' || r.identity`)}, 'pg_policy'::regclass::oid, p.oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM pg_policy p JOIN relations r ON r.oid = p.polrelid`;
const statistics = `
  SELECT 'statistics', format('%I.%I', n.nspname, s.stxname),
    jsonb_strip_nulls(jsonb_build_object('owner', s.stxowner::regrole::text, 'definition', pg_get_statisticsobjdef(s.oid),
      'target', nullif((to_jsonb(s)->>'stxstattarget')::int, -1))),
    ${keys(relationKey('s.stxrelid'))}, 'pg_statistic_ext'::regclass::oid, s.oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM pg_statistic_ext s JOIN schemas n ON n.oid = s.stxnamespace
  WHERE s.stxrelid IN (SELECT r.oid FROM relations r)`;
const functionQueries = [functions, triggers, rules, policies, statistics];

;// CONCATENATED MODULE: ./src/postgres/catalog/rarer.ts

const none = 'NULL::aclitem[], NULL::aclitem[]';
const alone = `'{}'::text[]`;
const schemas = `
  SELECT 'schema', quote_ident(n.nspname), jsonb_build_object('owner', n.nspowner::regrole::text), ${alone},
    'pg_namespace'::regclass::oid, n.oid, 0, n.nspacl, acldefault('n', n.nspowner)
  FROM schemas n`;
const extensions = `
  SELECT 'extension', quote_ident(e.extname),
    jsonb_strip_nulls(jsonb_build_object('version', e.extversion, 'schema', e.extnamespace::regnamespace::text,
      'tables', (SELECT jsonb_agg(x::regclass::text ORDER BY x::regclass::text COLLATE "C") FROM unnest(e.extconfig) x))),
    ${alone}, 'pg_extension'::regclass::oid, e.oid, 0, ${none}
  FROM pg_extension e`;
/** \`collversion\` is the library's, not the schema's. */
const collations = `
  SELECT 'collation', format('%I.%I', n.nspname, c.collname),
    jsonb_strip_nulls(to_jsonb(c) - ARRAY['oid', 'collname', 'collnamespace', 'collowner', 'collversion']
      || jsonb_build_object('owner', c.collowner::regrole::text)),
    ${alone}, 'pg_collation'::regclass::oid, c.oid, 0, ${none}
  FROM pg_collation c JOIN schemas n ON n.oid = c.collnamespace WHERE ${notMember('pg_collation', 'c.oid')}`;
const conversions = `
  SELECT 'conversion', format('%I.%I', n.nspname, c.conname),
    jsonb_build_object('owner', c.conowner::regrole::text, 'function', c.conproc::text, 'from', pg_encoding_to_char(c.conforencoding),
      'to', pg_encoding_to_char(c.contoencoding), 'default', c.condefault),
    ${alone}, 'pg_conversion'::regclass::oid, c.oid, 0, ${none}
  FROM pg_conversion c JOIN schemas n ON n.oid = c.connamespace WHERE ${notMember('pg_conversion', 'c.oid')}`;
const operators = `
  SELECT 'operator', o.oid::regoperator::text,
    jsonb_strip_nulls(jsonb_build_object('owner', o.oprowner::regrole::text, 'function', nullif(o.oprcode, 0)::regproc::text,
      'commutator', nullif(o.oprcom, 0)::regoperator::text, 'negator', nullif(o.oprnegate, 0)::regoperator::text,
      'restrict', nullif(o.oprrest, 0)::regproc::text, 'join', nullif(o.oprjoin, 0)::regproc::text, 'merges', o.oprcanmerge, 'hashes', o.oprcanhash)),
    ${alone}, 'pg_operator'::regclass::oid, o.oid, 0, ${none}
  FROM pg_operator o JOIN schemas n ON n.oid = o.oprnamespace WHERE ${notMember('pg_operator', 'o.oid')}`;
const operatorFamilies = `
  SELECT 'operator family', format('%I.%I USING %I', n.nspname, f.opfname, a.amname),
    jsonb_strip_nulls(jsonb_build_object('owner', f.opfowner::regrole::text,
      'operators', (SELECT jsonb_agg(x.line ORDER BY x.line COLLATE "C") FROM (
        SELECT format('%s %s', o.amopstrategy, o.amopopr::regoperator) AS line FROM pg_amop o WHERE o.amopfamily = f.oid) x),
      'functions', (SELECT jsonb_agg(x.line ORDER BY x.line COLLATE "C") FROM (
        SELECT format('%s (%s, %s) %s', p.amprocnum, p.amproclefttype::regtype, p.amprocrighttype::regtype, p.amproc::regprocedure) AS line
        FROM pg_amproc p WHERE p.amprocfamily = f.oid) x))),
    ${alone}, 'pg_opfamily'::regclass::oid, f.oid, 0, ${none}
  FROM pg_opfamily f JOIN schemas n ON n.oid = f.opfnamespace JOIN pg_am a ON a.oid = f.opfmethod WHERE ${notMember('pg_opfamily', 'f.oid')}`;
const operatorClasses = `
  SELECT 'operator class', format('%I.%I USING %I', n.nspname, c.opcname, a.amname),
    jsonb_strip_nulls(jsonb_build_object('owner', c.opcowner::regrole::text, 'type', c.opcintype::regtype::text, 'default', c.opcdefault,
      'storage', nullif(c.opckeytype, 0)::regtype::text,
      'family', (SELECT format('%I.%I', m.nspname, f.opfname) FROM pg_opfamily f JOIN pg_namespace m ON m.oid = f.opfnamespace WHERE f.oid = c.opcfamily))),
    ${alone}, 'pg_opclass'::regclass::oid, c.oid, 0, ${none}
  FROM pg_opclass c JOIN schemas n ON n.oid = c.opcnamespace JOIN pg_am a ON a.oid = c.opcmethod WHERE ${notMember('pg_opclass', 'c.oid')}`;
/** Casts, languages, wrappers and access methods have no schema; those with an oid below 16384 came with PostgreSQL. A range type makes one cast itself. */
const casts = `
  SELECT 'cast', format('%s AS %s', c.castsource::regtype, c.casttarget::regtype),
    jsonb_strip_nulls(jsonb_build_object('function', nullif(c.castfunc, 0)::regprocedure::text,
      'context', CASE c.castcontext WHEN 'e' THEN 'explicit' WHEN 'a' THEN 'assignment' ELSE 'implicit' END, 'method', c.castmethod)),
    ${alone}, 'pg_cast'::regclass::oid, c.oid, 0, ${none}
  FROM pg_cast c WHERE c.oid >= 16384 AND ${notMember('pg_cast', 'c.oid')} AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_type'::regclass AND d.deptype = 'i')`;
const transforms = `
  SELECT 'transform', format('%s LANGUAGE %I', f.trftype::regtype, l.lanname),
    jsonb_strip_nulls(jsonb_build_object('from', nullif(f.trffromsql, 0)::regproc::text, 'to', nullif(f.trftosql, 0)::regproc::text)),
    ${alone}, 'pg_transform'::regclass::oid, f.oid, 0, ${none}
  FROM pg_transform f JOIN pg_language l ON l.oid = f.trflang WHERE f.oid >= 16384 AND ${notMember('pg_transform', 'f.oid')}`;
const languages = `
  SELECT 'language', quote_ident(l.lanname),
    jsonb_strip_nulls(jsonb_build_object('owner', l.lanowner::regrole::text, 'trusted', l.lanpltrusted,
      'handler', nullif(l.lanplcallfoid, 0)::regproc::text, 'inline', nullif(l.laninline, 0)::regproc::text,
      'validator', nullif(l.lanvalidator, 0)::regproc::text)),
    ${alone}, 'pg_language'::regclass::oid, l.oid, 0, l.lanacl, acldefault('l', l.lanowner)
  FROM pg_language l WHERE l.oid >= 16384 AND ${notMember('pg_language', 'l.oid')}`;
const accessMethods = `
  SELECT 'access method', quote_ident(a.amname), jsonb_build_object('handler', a.amhandler::text, 'type', a.amtype), ${alone},
    'pg_am'::regclass::oid, a.oid, 0, ${none}
  FROM pg_am a WHERE a.oid >= 16384 AND ${notMember('pg_am', 'a.oid')}`;
const textSearch = `
  SELECT 'text search configuration', format('%I.%I', n.nspname, c.cfgname),
    jsonb_strip_nulls(jsonb_build_object('owner', c.cfgowner::regrole::text, 'parser', (SELECT p.prsname FROM pg_ts_parser p WHERE p.oid = c.cfgparser),
      'mappings', (SELECT jsonb_agg(format('%s: %s', m.maptokentype, m.mapdict::regdictionary) ORDER BY m.maptokentype, m.mapseqno)
        FROM pg_ts_config_map m WHERE m.mapcfg = c.oid))),
    ${alone}, 'pg_ts_config'::regclass::oid, c.oid, 0, ${none}
  FROM pg_ts_config c JOIN schemas n ON n.oid = c.cfgnamespace WHERE ${notMember('pg_ts_config', 'c.oid')}
  UNION ALL
  SELECT 'text search dictionary', format('%I.%I', n.nspname, d.dictname),
    jsonb_strip_nulls(jsonb_build_object('owner', d.dictowner::regrole::text, 'options', d.dictinitoption,
      'template', (SELECT t.tmplname FROM pg_ts_template t WHERE t.oid = d.dicttemplate))),
    ${alone}, 'pg_ts_dict'::regclass::oid, d.oid, 0, ${none}
  FROM pg_ts_dict d JOIN schemas n ON n.oid = d.dictnamespace WHERE ${notMember('pg_ts_dict', 'd.oid')}
  UNION ALL
  SELECT 'text search parser', format('%I.%I', n.nspname, p.prsname),
    jsonb_build_object('start', p.prsstart::text, 'token', p.prstoken::text, 'end', p.prsend::text, 'types', p.prslextype::text),
    ${alone}, 'pg_ts_parser'::regclass::oid, p.oid, 0, ${none}
  FROM pg_ts_parser p JOIN schemas n ON n.oid = p.prsnamespace WHERE ${notMember('pg_ts_parser', 'p.oid')}
  UNION ALL
  SELECT 'text search template', format('%I.%I', n.nspname, t.tmplname),
    jsonb_build_object('init', t.tmplinit::text, 'lexize', t.tmpllexize::text),
    ${alone}, 'pg_ts_template'::regclass::oid, t.oid, 0, ${none}
  FROM pg_ts_template t JOIN schemas n ON n.oid = t.tmplnamespace WHERE ${notMember('pg_ts_template', 't.oid')}`;
/** The options of a user mapping hold a password: only a hash of them is kept. */
const foreign = `
  SELECT 'foreign-data wrapper', quote_ident(w.fdwname),
    jsonb_strip_nulls(jsonb_build_object('owner', w.fdwowner::regrole::text, 'handler', nullif(w.fdwhandler, 0)::regproc::text,
      'validator', nullif(w.fdwvalidator, 0)::regproc::text, 'options', to_jsonb(w.fdwoptions))),
    ${alone}, 'pg_foreign_data_wrapper'::regclass::oid, w.oid, 0, w.fdwacl, acldefault('F', w.fdwowner)
  FROM pg_foreign_data_wrapper w WHERE ${notMember('pg_foreign_data_wrapper', 'w.oid')}
  UNION ALL
  SELECT 'foreign server', quote_ident(s.srvname),
    jsonb_strip_nulls(jsonb_build_object('owner', s.srvowner::regrole::text, 'type', s.srvtype, 'version', s.srvversion, 'options', to_jsonb(s.srvoptions),
      'wrapper', (SELECT w.fdwname FROM pg_foreign_data_wrapper w WHERE w.oid = s.srvfdw))),
    ${alone}, 'pg_foreign_server'::regclass::oid, s.oid, 0, s.srvacl, acldefault('S', s.srvowner)
  FROM pg_foreign_server s WHERE ${notMember('pg_foreign_server', 's.oid')}
  UNION ALL
  SELECT 'user mapping', format('%I SERVER %I', u.usename, u.srvname), jsonb_strip_nulls(jsonb_build_object('options', md5(u.umoptions::text))),
    ARRAY['foreign server ' || quote_ident(u.srvname)], 0::oid, 0::oid, 0, ${none}
  FROM pg_user_mappings u`;
/**
 * Which schemas are published is read from the dependencies: its catalog came with PostgreSQL 15. Comments on subscriptions are left out: up
 * to PostgreSQL 13 only superusers may see the oid of one.
 */
const replication = `
  SELECT 'publication', quote_ident(p.pubname),
    jsonb_strip_nulls(to_jsonb(p) - ARRAY['oid', 'pubname', 'pubowner'] || jsonb_build_object('owner', p.pubowner::regrole::text,
      'tables', (SELECT jsonb_agg(x.line ORDER BY x.line COLLATE "C") FROM (
        SELECT t.prrelid::regclass::text || coalesce(' columns ' || (to_jsonb(t)->>'prattrs'), '')
          || coalesce(' where ' || pg_get_expr((to_jsonb(t)->>'prqual')::pg_node_tree, t.prrelid), '') AS line
        FROM pg_publication_rel t WHERE t.prpubid = p.oid AND t.prrelid IN (SELECT r.oid FROM relations r)) x),
      'schemas', (SELECT jsonb_agg(s.refobjid::regnamespace::text ORDER BY s.refobjid::regnamespace::text COLLATE "C")
        FROM pg_depend d JOIN pg_depend s ON s.classid = d.classid AND s.objid = d.objid AND s.refclassid = 'pg_namespace'::regclass
        WHERE d.refclassid = 'pg_publication'::regclass AND d.refobjid = p.oid AND d.classid = to_regclass('pg_catalog.pg_publication_namespace')))),
    ${alone}, 'pg_publication'::regclass::oid, p.oid, 0, ${none}
  FROM pg_publication p WHERE ${notMember('pg_publication', 'p.oid')}
  UNION ALL
  SELECT 'subscription', quote_ident(s.subname),
    jsonb_build_object('owner', s.subowner::regrole::text, 'enabled', s.subenabled, 'publications', to_jsonb(s.subpublications)),
    ${alone}, 0::oid, 0::oid, 0, ${none}
  FROM pg_subscription s WHERE s.subdbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())`;
const eventTriggers = `
  SELECT 'event trigger', quote_ident(e.evtname),
    jsonb_strip_nulls(jsonb_build_object('owner', e.evtowner::regrole::text, 'event', e.evtevent, 'function', e.evtfoid::regproc::text,
      'enabled', e.evtenabled, 'tags', to_jsonb(e.evttags))),
    ${alone}, 'pg_event_trigger'::regclass::oid, e.oid, 0, ${none}
  FROM pg_event_trigger e WHERE ${notMember('pg_event_trigger', 'e.oid')}`;
const defaultPrivileges = `
  SELECT 'default privileges',
    concat_ws(' ', d.defaclrole::regrole::text, 'IN ' || nullif(d.defaclnamespace, 0)::regnamespace::text, 'ON',
      CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES'
        WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END),
    ${grants('d.defaclacl')}, ${alone}, 0::oid, 0::oid, 0, ${none}
  FROM pg_default_acl d`;
/** ALTER DATABASE … SET, and ALTER ROLE … IN DATABASE … SET. */
const settings = `
  SELECT 'settings', CASE s.setrole WHEN 0 THEN 'this database' ELSE s.setrole::regrole::text END,
    jsonb_build_object('values', to_jsonb(s.setconfig)), ${alone}, 0::oid, 0::oid, 0, ${none}
  FROM pg_db_role_setting s WHERE s.setdatabase = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())`;
const rarerQueries = [
    schemas,
    extensions,
    collations,
    conversions,
    operators,
    operatorFamilies,
    operatorClasses,
    casts,
    transforms,
    languages,
    accessMethods,
    textSearch,
    foreign,
    replication,
    eventTriggers,
    defaultPrivileges,
    settings,
];

;// CONCATENATED MODULE: ./src/postgres/catalog/relations.ts

/** Tables, views, materialized views, foreign tables, composite types. */
const relations = `
  SELECT r.kind, r.identity,
    jsonb_strip_nulls(jsonb_build_object(
      'owner', r.relowner::regrole::text,
      'persistence', CASE r.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' ELSE 'permanent' END,
      'rowSecurity', CASE WHEN r.relforcerowsecurity AND r.relrowsecurity THEN 'forced' WHEN r.relforcerowsecurity THEN 'disabled, forced'
        WHEN r.relrowsecurity THEN 'enabled' END,
      'replicaIdentity', CASE r.relreplident WHEN 'f' THEN 'full' WHEN 'i' THEN 'index' WHEN 'n' THEN
        CASE WHEN r.relkind IN ('r', 'p', 'm') THEN 'nothing' END END,
      'options', to_jsonb(r.reloptions),
      'toastOptions', (SELECT to_jsonb(t.reloptions) FROM pg_class t WHERE t.oid = r.reltoastrelid),
      'tablespace', (SELECT t.spcname FROM pg_tablespace t WHERE t.oid = r.reltablespace),
      'accessMethod', (SELECT a.amname FROM pg_am a WHERE a.oid = r.relam AND r.relkind IN ('r', 'm', 'p')),
      'ofType', nullif(r.reloftype, 0)::regtype::text,
      'partitionBy', CASE WHEN r.relkind = 'p' THEN pg_get_partkeydef(r.oid) END,
      'partition', pg_get_expr(r.relpartbound, r.oid),
      'inherits', (SELECT jsonb_agg(i.inhparent::regclass::text || CASE WHEN to_jsonb(i)->>'inhdetachpending' = 'true' THEN ' (detach pending)' ELSE '' END
        ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = r.oid),
      'definition', CASE WHEN r.relkind IN ('v', 'm') THEN pg_get_viewdef(r.oid) END,
      'populated', CASE WHEN r.relkind = 'm' THEN r.relispopulated END,
      'server', (SELECT s.srvname FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = r.oid),
      'serverOptions', (SELECT to_jsonb(f.ftoptions) FROM pg_foreign_table f WHERE f.ftrelid = r.oid)
    )),
    ${keys(`(SELECT ${relationKey('i.inhparent')} FROM pg_inherits i WHERE i.inhrelid = r.oid AND r.relispartition)`)},
    'pg_class'::regclass::oid, r.oid, 0,
    CASE WHEN r.relkind = 'c' THEN (SELECT t.typacl FROM pg_type t WHERE t.oid = r.reltype) ELSE r.relacl END,
    acldefault(CASE WHEN r.relkind = 'c' THEN 'T' ELSE 'r' END::"char", r.relowner)
  FROM relations r WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')`;
const sequences = `
  SELECT r.kind, r.identity,
    jsonb_strip_nulls(jsonb_build_object(
      'owner', r.relowner::regrole::text,
      'persistence', CASE r.relpersistence WHEN 'u' THEN 'unlogged' ELSE 'permanent' END,
      'type', s.seqtypid::regtype::text,
      -- As text: JavaScript's numbers end at 2^53.
      'start', s.seqstart::text, 'increment', s.seqincrement::text, 'min', s.seqmin::text, 'max', s.seqmax::text, 'cache', s.seqcache::text,
      'cycle', s.seqcycle,
      'ownedBy', a.attrelid::regclass::text || '.' || quote_ident(a.attname)
    )),
    ${keys(`'column ' || a.attrelid::regclass::text || '.' || quote_ident(a.attname)`, relationKey('r.owner_table'))},
    'pg_class'::regclass::oid, r.oid, 0, r.relacl, acldefault('s', r.relowner)
  FROM relations r
  JOIN pg_sequence s ON s.seqrelid = r.oid
  LEFT JOIN pg_attribute a ON a.attrelid = r.owner_table AND a.attnum = r.owner_column`;
const indexes = `
  SELECT r.kind, r.identity,
    jsonb_strip_nulls(jsonb_build_object(
      'definition', pg_get_indexdef(r.oid),
      'valid', i.indisvalid, 'ready', i.indisready, 'clustered', i.indisclustered, 'replicaIdentity', i.indisreplident,
      'immediate', i.indimmediate,
      'tablespace', (SELECT t.spcname FROM pg_tablespace t WHERE t.oid = r.reltablespace),
      'partOf', p.inhparent::regclass::text,
      'statistics', (SELECT jsonb_object_agg(a.attnum, to_jsonb(a)->'attstattarget') FROM pg_attribute a
        WHERE a.attrelid = r.oid AND coalesce((to_jsonb(a)->>'attstattarget')::int, -1) <> -1)
    )),
    ${keys(relationKey('i.indrelid'), relationKey('p.inhparent'), `'constraint ' || k.conrelid::regclass::text || '.' || quote_ident(k.conname)`)},
    'pg_class'::regclass::oid, r.oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM relations r
  JOIN pg_index i ON i.indexrelid = r.oid
  LEFT JOIN pg_inherits p ON p.inhrelid = r.oid
  LEFT JOIN pg_constraint k ON k.conindid = r.oid AND k.contype IN ('p', 'u', 'x')`;
const relationQueries = [relations, sequences, indexes];

;// CONCATENATED MODULE: ./src/postgres/catalog/types.ts

/** Composite types are relations; the types of rows, arrays and multiranges come with what they are made from. */
const types = `
  SELECT CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' ELSE 'type' END, t.oid::regtype::text,
    jsonb_strip_nulls(jsonb_build_object(
      'owner', t.typowner::regrole::text,
      'labels', CASE WHEN t.typtype = 'e' THEN
        (SELECT coalesce(jsonb_agg(e.enumlabel ORDER BY e.enumsortorder), '[]') FROM pg_enum e WHERE e.enumtypid = t.oid) END,
      'base', CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
      'notNull', CASE WHEN t.typtype = 'd' THEN t.typnotnull END,
      'default', t.typdefault,
      'collation', (SELECT ${collation('t.typcollation', 'b.typcollation')} FROM pg_type b WHERE b.oid = t.typbasetype),
      'input', CASE WHEN t.typtype = 'b' THEN t.typinput::regproc::text END,
      'output', CASE WHEN t.typtype = 'b' THEN t.typoutput::regproc::text END,
      'length', CASE WHEN t.typtype = 'b' THEN t.typlen END,
      'defined', CASE WHEN t.typtype = 'p' THEN t.typisdefined END
    ) || coalesce((
      SELECT jsonb_build_object(
        'subtype', r.rngsubtype::regtype::text,
        'collation', ${collation('r.rngcollation', 's.typcollation')},
        'canonical', nullif(r.rngcanonical, 0)::regproc::text,
        'difference', nullif(r.rngsubdiff, 0)::regproc::text,
        'multirange', nullif((to_jsonb(r)->>'rngmultitypid')::oid, 0)::regtype::text)
      FROM pg_range r JOIN pg_type s ON s.oid = r.rngsubtype WHERE r.rngtypid = t.oid), '{}')),
    '{}'::text[], 'pg_type'::regclass::oid, t.oid, 0, t.typacl, acldefault('T', t.typowner)
  FROM pg_type t
  JOIN schemas n ON n.oid = t.typnamespace
  WHERE t.typtype IN ('e', 'd', 'r', 'b', 'p') AND ${notMember('pg_type', 't.oid')}
    AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)`;
const typeQueries = [types];

// EXTERNAL MODULE: ./src/postgres/settings.ts
var postgres_settings = __webpack_require__(1482);
;// CONCATENATED MODULE: ./src/postgres/snapshot.ts









const objects = [
    ...relationQueries,
    ...columnQueries,
    ...constraintQueries,
    ...typeQueries,
    ...functionQueries,
    ...rarerQueries,
].join('\nUNION ALL\n');
const query = `
WITH ${base},
  objects (kind, identity, attributes, belongs_to, classid, objid, objsubid, acl, default_acl) AS MATERIALIZED (${objects}),
  everything (kind, identity, attributes, belongs_to) AS (
    SELECT kind, identity, attributes, belongs_to FROM objects
    UNION ALL ${factQueries.join('\nUNION ALL\n')})
SELECT kind, identity, attributes, belongs_to AS "belongsTo" FROM everything
ORDER BY kind COLLATE "C", identity COLLATE "C"`;
/**
 * Everything that the session's database holds except rows: the same schema gives the same value, in any database of a server of the same
 * major version. System schemas and the members of extensions are left out; so are roles and tablespaces, which all databases share.
 *
 * `exclude`: identities of tables or sequences (`public.alembic_version`) to leave out with all that belongs to them.
 *
 * `patience`: on a server that others use. The session must not be in a transaction. Rejects with ServerError.
 */
async function snapshot(session, options) {
    const { rows } = await (0,postgres_settings/* readFixed */.d)(session, () => session.query(query, [options.exclude]), options.patience);
    return rows.map(({ kind, identity, attributes, belongsTo }) => belongsTo.length === 0 ? { kind, identity, attributes } : { kind, identity, attributes, belongsTo });
}


/***/ }),

/***/ 999:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LT: () => (/* binding */ indexBuild),
/* harmony export */   OV: () => (/* binding */ rowWork),
/* harmony export */   SQ: () => (/* binding */ scan),
/* harmony export */   cz: () => (/* binding */ sum),
/* harmony export */   mt: () => (/* binding */ foreignKey),
/* harmony export */   q9: () => (/* binding */ catalogOnly),
/* harmony export */   v8: () => (/* binding */ rewrite)
/* harmony export */ });
const million = 1_000_000;
const sequential = { low: 200 * million, high: 2_000 * million };
/** Reading, writing and the write-ahead log together. */
const rewriting = { low: 50 * million, high: 300 * million };
/** Milliseconds a row. */
const predicate = { low: 0.00005, high: 0.0003 };
const entry = { low: 0.0005, high: 0.005 };
const lookup = { low: 0.0002, high: 0.002 };
const change = { low: 0.01, high: 0.05 };
/** Bytes of a row, where only the number of rows is given. */
const width = { low: 50, high: 400 };
/** Nothing grows with the table. */
const catalogOnly = { lowMs: 0, highMs: 20, restsOn: 'catalog only' };
/** Reads the table once. Undefined for a table whose size nobody gave, here and below. */
function scan(size) {
    if (!size)
        return undefined;
    const heap = bytes(size.heapBytes, size.rows);
    return {
        lowMs: (heap.low / sequential.high) * 1000 + size.rows * predicate.low,
        highMs: (heap.high / sequential.low) * 1000 + size.rows * predicate.high,
        restsOn: `${told(size)} read at 0.2 to 2 GB/s`,
    };
}
/** Reads the table and writes it anew, without its indexes. */
function rewrite(size) {
    if (!size)
        return undefined;
    const heap = bytes(size.heapBytes, size.rows);
    const toast = size.toastBytes ?? 0;
    return {
        lowMs: ((3 * (heap.low + toast)) / rewriting.high) * 1000,
        highMs: ((3 * (heap.high + toast)) / rewriting.low) * 1000,
        restsOn: `${told(size)} read, written and logged at 50 to 300 MB/s`,
    };
}
/** Undefined also for GIN, GiST and the like: how long those take depends on what is in them. */
function indexBuild(size, { method, concurrently }) {
    const read = scan(size);
    if (!size || !read || !['btree', 'hash', 'brin'].includes(method))
        return undefined;
    const deep = Math.max(1, Math.log2(size.rows + 1) / 20);
    // CONCURRENTLY reads the table twice, and waits for old transactions, which nobody can foretell.
    const [least, most] = concurrently ? [2, 3] : [1, 1];
    return {
        lowMs: least * (read.lowMs + size.rows * entry.low * deep),
        highMs: most * (read.highMs + size.rows * entry.high * deep),
        restsOn: `${told(size)} sorted at 0.5 to 5 µs a row`,
    };
}
/** Looks up each row of the child in the parent, whose size may be unknown where it is small beside the child. */
function foreignKey(child, parent) {
    const read = scan(child);
    if (!child || !read)
        return undefined;
    const other = scan(parent);
    return {
        lowMs: read.lowMs + (other?.lowMs ?? 0) + child.rows * lookup.low,
        highMs: read.highMs + (other?.highMs ?? 0) + child.rows * lookup.high,
        restsOn: `${told(child)} looked up at 0.2 to 2 µs a row`,
    };
}
/** INSERT, UPDATE and DELETE, between so many rows and so many. */
function rowWork(fewest, most) {
    const rows = fewest === most ? number(most) : `up to ${number(most)}`;
    return { lowMs: fewest * change.low, highMs: most * change.high, restsOn: `${rows} rows changed at 10 to 50 µs each` };
}
/** All of them together; undefined where one is not known. */
function sum(estimates) {
    const known = estimates.filter((each) => each !== undefined);
    if (known.length < estimates.length || known.length === 0)
        return undefined;
    const grown = known.filter((each) => each !== catalogOnly);
    return {
        lowMs: Math.round(known.reduce((total, { lowMs }) => total + lowMs, 0)),
        highMs: Math.round(known.reduce((total, { highMs }) => total + highMs, 0)),
        restsOn: [...new Set((grown.length > 0 ? grown : known).map(({ restsOn }) => restsOn))].join('; '),
    };
}
function bytes(given, rows) {
    return given === undefined ? { low: rows * width.low, high: rows * width.high } : { low: given, high: given };
}
function told({ rows, heapBytes }) {
    return heapBytes === undefined
        ? `${number(rows)} rows of 50 to 400 bytes`
        : `${number(rows)} rows in ${volume(heapBytes)}`;
}
function number(count) {
    return Math.round(count).toLocaleString('en-US');
}
function volume(size) {
    const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
    const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, size)) / 3)));
    return `${Math.round((size / 1000 ** step) * 10) / 10} ${units[step]}`;
}


/***/ }),

/***/ 8975:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ applyDump)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7206);
/* harmony import */ var _postgres_server_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9080);
/* harmony import */ var _tap_split_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3349);



const copying = /^COPY .+ FROM stdin(?: WITH .+)?;$/i;
/**
 * Runs a dump in plain text, as pg_dump writes it, without psql.
 * @param name of the file, for messages
 * @throws UserError for a dump of another kind, and for one that does not fit the database
 */
async function applyDump(session, name, text) {
    for (const { sql, line, rows } of partsOf(name, text)) {
        try {
            if (rows === undefined)
                await session.query(sql);
            else
                await session.copyIn(sql, rows);
        }
        catch (error) {
            if (!(error instanceof _postgres_server_js__WEBPACK_IMPORTED_MODULE_0__/* .ServerError */ .g) || isHarmless(sql, error)) {
                if (error instanceof _postgres_server_js__WEBPACK_IMPORTED_MODULE_0__/* .ServerError */ .g)
                    continue;
                throw error;
            }
            throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`baseline: ${name}:${line}: ${error.message}${error.sqlstate ? ` (${error.sqlstate})` : ''}.${advice(error)}`, {
                cause: error,
            });
        }
    }
}
/** A newer pg_dump sets what an older server does not know, and dumps of one schema make it, though it is there. psql goes on. */
function isHarmless(sql, { sqlstate }) {
    return (/^SET\b/i.test(sql) && sqlstate === '42704') || (/^CREATE SCHEMA public$/i.test(sql) && sqlstate === '42P06');
}
function advice({ sqlstate, message }) {
    if (sqlstate === '42704' && message.startsWith('role '))
        return ' Name the role under `roles:`, or make the dump with --no-owner --no-privileges.';
    if (sqlstate === '42P07' || sqlstate === '42710')
        return ' The dump is applied to an empty database, before all else.';
    return '';
}
function partsOf(name, text) {
    if (text.startsWith('PGDMP'))
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`baseline: ${name} is a dump in pg_dump’s own format. Make it with --format=plain.`);
    const parts = [];
    const lines = text.replace(/^\uFEFF/, '').split('\n');
    let open = [];
    let from = 1;
    const close = () => {
        const sql = open.join('\n');
        const pieces = (0,_tap_split_js__WEBPACK_IMPORTED_MODULE_1__/* .split */ .lD)(sql, { backslashes: false });
        if (!pieces)
            return false;
        for (const piece of pieces)
            parts.push({ sql: piece.sql, line: from + (sql.slice(0, piece.offset).match(/\n/g)?.length ?? 0) });
        open = [];
        return true;
    };
    for (let i = 0; i < lines.length; i++) {
        const line = (lines[i] ?? '').replace(/\r$/, '');
        const isSpecial = copying.test(line) || line.startsWith('\\');
        // Inside of a string or the body of a function it is text like any other.
        if (!isSpecial || !close()) {
            if (open.length === 0)
                from = i + 1;
            open.push(line);
            continue;
        }
        if (line.startsWith('\\')) {
            // Written around the dump since 2025, for psql: https://www.postgresql.org/docs/current/app-pgdump.html
            if (/^\\(un)?restrict /.test(line))
                continue;
            throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`baseline: ${name}:${i + 1}: ${line.split(' ')[0]} is a command of psql. Make the dump with pg_dump, without --create.`);
        }
        let end = i + 1;
        while (end < lines.length && !/^\\\.\r?$/.test(lines[end] ?? ''))
            end++;
        if (end === lines.length)
            throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`baseline: ${name}:${i + 1}: the rows of this COPY do not end.`);
        parts.push({
            sql: line.slice(0, -1),
            line: i + 1,
            rows: lines
                .slice(i + 1, end)
                .map((row) => `${row}\n`)
                .join(''),
        });
        i = end;
    }
    if (!close())
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`baseline: ${name}:${from}: a statement does not end.`);
    return parts;
}


/***/ }),

/***/ 3310:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   hU: () => (/* binding */ checkedIn),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   v8: () => (/* binding */ beforeOf),
/* harmony export */   wX: () => (/* binding */ namesIn)
/* harmony export */ });
/** Reads a snapshot of the catalog. Views and foreign tables are no tables here: their rows are elsewhere. A materialized view has rows. */
function beforeOf(schema) {
    const of = (kind) => new Map(schema.filter((each) => each.kind === kind).map((each) => [each.identity, each]));
    const constraints = schema.filter(({ kind }) => kind === 'constraint');
    const columns = new Map();
    for (const each of schema.filter(({ kind }) => kind === 'column'))
        columns.set(parentOf(each), [...(columns.get(parentOf(each)) ?? []), each]);
    const keys = new Map(constraints
        .filter(({ attributes }) => attributes.type === 'primary key')
        .map((each) => [parentOf(each), text(each.attributes.definition)]));
    const domains = of('domain');
    const byDomain = new Map([...domains.values()].map((each) => [plain(each.identity), domainOf(each, constraints)]));
    const enums = of('enum');
    const tables = new Map();
    const populated = [...of('materialized view')].filter(([, { attributes }]) => attributes.populated !== false);
    for (const [identity, { attributes }] of [...of('table'), ...populated]) {
        const own = (columns.get(`table ${identity}`) ?? []).map((column) => columnOf(column, identity, domains));
        tables.set(plain(identity), {
            name: identity,
            from: attributes.partitionBy === undefined ? `ONLY ${identity}` : identity,
            columns: own,
            partitionBy: typeof attributes.partitionBy === 'string' ? attributes.partitionBy : undefined,
            primaryKey: columnsIn(keys.get(`table ${identity}`), own),
        });
    }
    const byName = new Map(constraints.map((each) => [plain(each.identity), each.attributes]));
    return {
        table: (name) => tables.get(name),
        tables: () => [...tables.values()],
        constraint(table, name) {
            const found = byName.get(`${plain(table.name)}.${name}`);
            if (!found)
                return undefined;
            return {
                type: text(found.type),
                definition: text(found.definition),
                isValidated: found.validated !== false,
            };
        },
        domain: (name) => byDomain.get(name),
        partitions: () => schema.flatMap(linkOf),
        labels: (type) => enums.get(type)?.attributes.labels,
    };
}
function domainOf({ identity, attributes }, constraints) {
    const own = constraints.filter((each) => parentOf(each) === `domain ${identity}`);
    return {
        name: plain(identity),
        base: text(attributes.base),
        beneath: plain(text(attributes.base)),
        notNull: attributes.notNull === true,
        checks: own.flatMap((each) => {
            const expression = checkedIn(text(each.attributes.definition));
            const name = plain(each.identity.slice(identity.length + 1));
            return expression === undefined ? [] : [{ name, expression, isValidated: each.attributes.validated !== false }];
        }),
    };
}
/** The expression of a CHECK as PostgreSQL prints it. */
function checkedIn(definition) {
    return /^CHECK \((.*)\)(?: NO INHERIT)?(?: NOT VALID)?$/s.exec(definition)?.[1];
}
/** None of one that is being detached. */
function linkOf({ kind, identity, attributes: { partition, inherits } }) {
    const [parent] = Array.isArray(inherits) ? inherits : [];
    if (!/table$/.test(kind) || typeof partition !== 'string' || typeof parent !== 'string')
        return [];
    return parent.endsWith(' (detach pending)')
        ? []
        : [{ table: plain(identity), parent: plain(parent), bound: partition }];
}
function columnOf({ identity, attributes }, table, domains) {
    const sql = identity.slice(table.length + 1);
    const type = text(attributes.type);
    return {
        name: plain(sql),
        sql,
        type,
        notNull: attributes.notNull === true || domains.get(type)?.attributes.notNull === true,
        isGenerated: attributes.generated !== undefined,
    };
}
function parentOf({ belongsTo }) {
    return belongsTo?.[0] ?? '';
}
/** `PRIMARY KEY (id, "At")` → id, At */
function columnsIn(definition, columns) {
    const inner = /^PRIMARY KEY \((.*?)\)(?: INCLUDE|$)/.exec(definition ?? '')?.[1];
    return inner === undefined ? [] : namesIn(inner, columns);
}
/** The columns of a list as PostgreSQL prints it, in its order. */
function namesIn(list, columns) {
    const parts = list.match(/"(?:[^"]|"")*"|[^,\s]+/g) ?? [];
    return parts.flatMap((part) => columns.find(({ sql }) => sql === part)?.name ?? []);
}
/** `public."Closed"` as operations name it: `public.Closed`. */
function plain(quoted) {
    return quoted.replace(/"((?:[^"]|"")*)"/g, (_, inner) => inner.replaceAll('""', '"'));
}
function text(attribute) {
    return typeof attribute === 'string' ? attribute : '';
}


/***/ }),

/***/ 2:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eg: () => (/* binding */ findSql),
/* harmony export */   eA: () => (/* binding */ countSql),
/* harmony export */   id: () => (/* binding */ operand)
/* harmony export */ });
/** Reads only; gives one row with one bigint, `count`. */
function countSql(rows) {
    if (!('keys' in rows))
        return `SELECT count(*) AS count FROM ${rows.from}${whereSql(rows.where)}`;
    const groups = `SELECT count(*) AS rows FROM ${rows.from}${whereSql(rows.where)} GROUP BY ${rows.keys.join(', ')} HAVING count(*) > 1`;
    return `SELECT coalesce(sum(rows - 1), 0)::bigint AS count FROM (${groups}) AS same`;
}
/** The rows themselves: `relation`, `place` (ctid), `hash` of all that the row holds, and `same`, one text for rows with the same key. */
function findSql(rows) {
    const row = `tableoid::int8::text AS relation, ctid::text AS place, hashtextextended(${aliasOf(rows.from)}::text, 0)::text AS hash`;
    if (!('keys' in rows))
        return `SELECT ${row}, NULL AS same FROM ${rows.from}${whereSql(rows.where)}`;
    const partition = `PARTITION BY ${rows.keys.join(', ')}`;
    return `
    SELECT relation, place, hash, same::text FROM (
      SELECT ${row}, count(*) OVER (${partition}) AS rows, dense_rank() OVER (ORDER BY ${rows.keys.join(', ')}) AS same
      FROM ${rows.from}${whereSql(rows.where)}) AS found
    WHERE rows > 1 ORDER BY same, relation, place`;
}
/** How the row as a whole is named in a query over `from`: its alias, or the last part of its name. */
function aliasOf(from) {
    return /(?:"(?:[^"]|"")*"|[^\s".]+)$/.exec(from)?.[0] ?? from;
}
function whereSql(where) {
    return where === undefined ? '' : ` WHERE ${where}`;
}
/** An expression of the user's as an operand. A comment at its end must not take what follows. */
function operand(expression) {
    return /--|\n/.test(expression) ? `(\n${expression}\n)` : `(${expression})`;
}


/***/ }),

/***/ 3066:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ possiblePreconditions)
});

// EXTERNAL MODULE: ./src/rehearse/tables.ts
var tables = __webpack_require__(5980);
// EXTERNAL MODULE: ./src/rehearse/preconditions/in-the-way.ts
var in_the_way = __webpack_require__(2);
;// CONCATENATED MODULE: ./src/rehearse/preconditions/asked.ts

function stamped(at, table, found) {
    return {
        outcome: 'fails',
        constraint: undefined,
        ...found,
        table: table.name,
        at,
        count: found.rows && (0,in_the_way/* countSql */.eA)(found.rows),
    };
}
function notNull(table, { name, sql }) {
    return {
        kind: 'not-null',
        columns: [name],
        needs: `no row of ${table.name} has NULL in ${sql}`,
        sqlstates: ['23502'],
        rows: { from: everywhere(table), where: `${sql} IS NULL` },
        make: { how: 'values', each: [new Map([[name, null]])] },
    };
}
function noRows(table, because) {
    return {
        kind: 'no-rows',
        columns: [],
        needs: `${table.name} holds no rows, because ${because}`,
        sqlstates: ['23502'],
        rows: { from: everywhere(table), where: 'true' },
        make: { how: 'none' },
    };
}
/** Also the rows of tables that inherit from it: what is asked of a column is asked of theirs. */
function everywhere(table) {
    return table.name;
}
function check(table, columns, expression, from = everywhere(table)) {
    return {
        kind: 'check',
        columns: columns.map(({ name }) => name),
        needs: `every row of ${table.name} fulfils ${oneLine(expression)}`,
        sqlstates: ['23514'],
        rows: { from, where: `NOT ${(0,in_the_way/* operand */.id)(expression)}` },
        make: { how: 'search', columns: columns.map(({ name }) => name), expression },
    };
}
function oneLine(sql) {
    return sql.replace(/\s+/g, ' ').trim();
}

// EXTERNAL MODULE: ./src/rehearse/preconditions/before.ts
var preconditions_before = __webpack_require__(3310);
;// CONCATENATED MODULE: ./src/rehearse/preconditions/domains.ts



/** Undefined for a type that is no domain. @param name without quotes */
function askedBy(name, names) {
    const domain = names.domain(name);
    if (!domain)
        return undefined;
    const below = askedBy(domain.beneath, names);
    return {
        base: below?.base ?? domain.base,
        beneath: below?.beneath ?? domain.beneath,
        notNull: domain.notNull || (below?.notNull ?? false),
        checks: [...(below?.checks ?? []), ...domain.checks],
    };
}
/** True where `value` is one that the CHECK of a domain refuses. VALUE is no reserved word: outside of a domain it is the name of a column. */
function refused(expression, value) {
    return `(SELECT NOT ${(0,in_the_way/* operand */.id)(expression)} FROM (SELECT ${value} AS value) AS checked)`;
}
/**
 * What a domain asks is asked of each column that has it, also as another domain made from it. PostgreSQL looks at the rows of each table and
 * each partition by itself: https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/commands/typecmds.c (get_rels_with_domain).
 */
function alteredDomain(op, { before, names }) {
    const added = expressionOf(op, names);
    const isNotNull = op.change === 'set-not-null' || (op.change === 'add-constraint' && op.expression === undefined);
    if (added === undefined && !isNotNull)
        return [];
    const tables = before.tables().filter(({ from, name }) => from !== name);
    return tables.flatMap((table) => table.columns
        .filter(({ type, notNull: isRequired }) => isMadeFrom((0,preconditions_before/* plain */.pj)(type), op.type, names) && (!isNotNull || !isRequired))
        .map((column) => stamped(op.at, table, added === undefined ? nulls(table, column) : fulfils(table, column, added))));
}
function expressionOf(op, names) {
    if (op.change === 'add-constraint')
        return op.notValid ? undefined : op.expression?.sql;
    if (op.change !== 'validate-constraint')
        return undefined;
    return names.domain(op.type)?.checks.find(({ name, isValidated }) => name === op.constraint && !isValidated)
        ?.expression;
}
function isMadeFrom(name, domain, names) {
    const found = names.domain(name);
    return found !== undefined && (name === domain || isMadeFrom(found.beneath, domain, names));
}
function nulls(table, column) {
    return { ...notNull(table, column), rows: { from: table.from, where: `${column.sql} IS NULL` } };
}
function fulfils(table, column, expression) {
    return {
        ...check(table, [column], expression),
        needs: `every ${column.sql} of ${table.name} fulfils ${oneLine(expression)}`,
        rows: { from: table.from, where: refused(expression, column.sql) },
    };
}
/**
 * A column becomes a domain: its values must fulfil what that asks.
 * @param value what is stored, of the type beneath the domain
 * @param misfits conditions for rows whose value does not even fit into that type: they are told by themselves, and not looked at here
 */
function becomesDomain(type, asked, of) {
    const { table, column, value, misfits } = of;
    const from = everywhere(table);
    const fitting = (where) => misfits.length === 0
        ? where
        : `CASE WHEN ${misfits.map((each) => `(${each})`).join(' OR ')} THEN false ELSE ${where} END`;
    const checks = asked.checks.map(({ name, expression }) => ({
        ...check(table, [column], expression),
        constraint: name,
        needs: `every ${column.sql} of ${table.name} fulfils ${oneLine(expression)}, as ${type} asks`,
        rows: { from, where: fitting(refused(expression, value)) },
    }));
    if (!asked.notNull || column.notNull)
        return checks;
    return [{ ...notNull(table, column), rows: { from, where: fitting(`${value} IS NULL`) } }, ...checks];
}
function isArray(type) {
    return type.endsWith(']');
}
/** A column is added as a domain: each row that is there gets the same value, which the domain takes or does not. */
function addedAsDomain(op, table, names) {
    const { name, type, userType, default: given, filledBy } = op.column;
    // What an array may hold is asked of its elements, and NULL and a DEFAULT seldom have some.
    const asked = userType && !isArray(type) ? askedBy(userType, names) : undefined;
    if (!asked || filledBy !== undefined)
        return [];
    const value = `CAST(${given === undefined ? 'NULL' : (0,in_the_way/* operand */.id)(given.sql)} AS ${asked.base})`;
    const isNull = asked.notNull && given === undefined;
    const where = isNull ? 'true' : asked.checks.map(({ expression }) => refused(expression, value)).join(' OR ');
    if (where === '')
        return [];
    const [only, ...others] = asked.checks;
    return [
        stamped(op.at, table, {
            kind: 'no-rows',
            columns: [],
            needs: `${table.name} holds no rows, or ${type} takes ${given === undefined ? 'NULL' : oneLine(given.sql)}, which ${name} gets in each`,
            sqlstates: [isNull ? '23502' : '23514'],
            constraint: isNull || others.length > 0 ? undefined : only?.name,
            rows: { from: everywhere(table), where },
            make: { how: 'none' },
        }),
    ];
}

;// CONCATENATED MODULE: ./src/rehearse/preconditions/narrowing.ts


/** What a change of type asks of the values. Empty for one that loses nothing, and for one that is not known here. */
function narrowings(change) {
    const from = typeOf(change.from);
    const to = typeOf(change.to);
    const value = change.using === undefined ? change.column : (0,in_the_way/* operand */.id)(change.using);
    const isPlain = change.using === undefined || isCastOf(change.using, change.column);
    if (change.labels)
        return isPlain ? labelsOf(change, change.labels) : [];
    if (!from || !to)
        return isPlain ? casts(change, from, to) : [];
    if (isText(from) && isText(to))
        return lengths(change, value, from, to);
    if (isNumber(from) && isNumber(to))
        return isPlain || /\b(round|trunc|floor|ceil)\s*\(/i.test(value) ? numbers(change, value, from, to) : [];
    if (isTime(from) && isTime(to))
        return isPlain ? times(change, from, to) : [];
    return isPlain ? casts(change, from, to) : [];
}
/** `numeric(10,2)`; undefined for what has another form: an array, a type of the user's own. */
function typeOf(printed) {
    const [, head = '', inner, tail = ''] = /^([a-z ]+?)(?:\(([-\d,]+)\))?( with(?:out)? time zone)?$/.exec(printed) ?? [];
    return head === '' ? undefined : { name: head + tail, arguments: inner?.split(',').map(Number) ?? [] };
}
/** https://www.postgresql.org/docs/current/datatype-character.html: `character` alone has one. */
function lengthOf({ name, arguments: [length] }) {
    return length ?? (name === 'character' ? 1 : Number.POSITIVE_INFINITY);
}
const isText = ({ name }) => ['text', 'character varying', 'character'].includes(name);
const isTime = ({ name }) => /^(date$|time|interval)/.test(name);
const isFloat = ({ name }) => name === 'real' || name === 'double precision';
const isNumber = (type) => type.name in whole || type.name === 'numeric' || isFloat(type);
/** The largest value; the smallest is one further from zero. */
const whole = {
    smallint: '32767',
    integer: '2147483647',
    bigint: '9223372036854775807',
};
/** `phone::varchar(20)`, `CAST(phone AS text)::mood`: nothing is done but to cast the column. */
function isCastOf(using, column) {
    const bare = using
        .replace(/\bcast\s*\((.*)\s+as\s+[^()]*(?:\([\d,\s]*\))?\)/i, '$1')
        .replace(/::\s*("[^"]*"|[\w. ]+)(\.("[^"]*"|\w+))?(\([\d,\s]*\))?(\[\])?/g, '');
    const name = bare
        .replace(/[()\s]/g, '')
        .split('.')
        .at(-1) ?? '';
    return name.toLowerCase() === column.toLowerCase() || name === column.replaceAll('"', '');
}
/** `phone::code`, `CAST(phone AS code)`: one cast, to the new type itself. */
function isOneCast(using, column) {
    return isCastOf(using, column) && (using.match(/::|\bcast\s*\(/gi)?.length ?? 0) === 1;
}
/**
 * An assignment refuses text that is too long unless only spaces stand beyond the limit; an explicit cast, like `left`, cuts it off
 * (https://www.postgresql.org/docs/current/datatype-character.html).
 */
function lengths({ column, name, using }, value, from, to) {
    const none = (which) => `no value of ${name} ${which}`;
    const limit = lengthOf(to);
    const cuts = using !== undefined && /\b(left|right|substr|substring|overlay)\s*\(|::|\bcast\s*\(/i.test(using);
    const tooLong = 'x'.repeat(Math.min(lengthOf(from), limit === Number.POSITIVE_INFINITY ? 2000 : limit + 1));
    const found = [];
    if (lengthOf(from) > limit || using !== undefined) {
        if (limit < Number.POSITIVE_INFINITY)
            found.push({
                kind: 'length',
                outcome: 'fails',
                needs: none(`is longer than ${limit} ${limit === 1 ? 'character' : 'characters'}`),
                where: `char_length(rtrim(${value}::text, ' ')) > ${limit}`,
                sqlstates: ['22001'],
                values: [tooLong],
            });
        if (cuts)
            found.push({
                kind: 'length',
                outcome: 'changes',
                needs: none(limit < Number.POSITIVE_INFINITY
                    ? `is longer than ${limit} ${limit === 1 ? 'character' : 'characters'}`
                    : 'is cut off'),
                where: `rtrim(${value}::text, ' ') <> rtrim(${column}::text, ' ')`,
                sqlstates: [],
                values: [tooLong],
            });
    }
    return found;
}
function numbers(change, value, from, to) {
    const none = (which) => `no value of ${change.name} ${which}`;
    const exact = isFloat(from) ? `${value}::numeric` : value;
    const range = { kind: 'range', outcome: 'fails', sqlstates: ['22003'] };
    const scale = { kind: 'scale', outcome: 'changes', sqlstates: [] };
    const found = [];
    const largest = whole[to.name];
    const isWhole = from.name in whole;
    if (largest !== undefined) {
        const rounded = isWhole ? value : `round(${exact})`;
        const smallest = `-${largest.slice(0, -1)}8`;
        if (!isWhole || (whole[from.name]?.length ?? 0) > largest.length)
            found.push({
                ...range,
                needs: none(`is outside of ${change.to} (${smallest} to ${largest})`),
                where: `${rounded} NOT BETWEEN ${smallest} AND ${largest}`,
                values: [
                    `${largest.slice(0, -1)}8`,
                    '9'.repeat(Math.max(1, (from.arguments[0] ?? 19) - (from.arguments[1] ?? 0))),
                ],
            });
        if (!isWhole && (from.arguments.length === 0 || (from.arguments[1] ?? 0) > 0))
            found.push({ ...scale, needs: none('has a fraction'), where: `${exact} <> round(${exact})`, values: ['1.5'] });
    }
    else if (to.name === 'numeric' && to.arguments.length > 0) {
        const [precision = 0, digits = 0] = to.arguments;
        const [oldPrecision, oldDigits = 0] = from.name === 'numeric' ? from.arguments : [];
        const room = precision - digits;
        const oldRoom = isWhole
            ? (whole[from.name]?.length ?? 0)
            : oldPrecision === undefined
                ? 1_000
                : oldPrecision - oldDigits;
        const rounded = isWhole ? value : `round(${exact}, ${digits})`;
        if (oldRoom > room || (oldRoom === room && oldDigits > digits))
            found.push({
                ...range,
                needs: none(`has more than ${room} ${room === 1 ? 'digit' : 'digits'} before the point`),
                where: `abs(${rounded}) >= 1${'0'.repeat(Math.max(0, room))}${room < 0 ? '::numeric' : ''}`,
                values: oldRoom > room ? [`1${'0'.repeat(Math.max(0, room))}`] : [`${'9'.repeat(room)}.${'9'.repeat(oldDigits)}`],
            });
        if (!isWhole && (oldPrecision === undefined || oldDigits > digits))
            found.push({
                ...scale,
                needs: none(`has more than ${digits} ${digits === 1 ? 'digit' : 'digits'} after the point`),
                where: `${exact} <> round(${exact}, ${digits})`,
                values: [`0.${'1'.repeat(digits + 1)}`],
            });
    }
    else if (isFloat(to) && (to.name === 'real' || !isFloat(from)) && from.name !== to.name) {
        if (to.name === 'real' && !isWhole)
            found.push({
                ...range,
                needs: none('is outside of real (about ±3.4e38)'),
                where: `abs(${value}) > 3.4028235e38`,
                values: ['1e39'],
            });
        found.push({
            ...scale,
            needs: none(`has more digits than ${change.to} can hold`),
            where: `CASE WHEN abs(${value}) <= 3.4028235e38 THEN ${value}::${change.to}::${change.from} <> ${value} ELSE false END`,
            values: isWhole ? ['2147483647', '9007199254740993'] : ['3.141592653589793', '12345678901234567890.123456789'],
        });
    }
    return found;
}
/** Parts of a time that the new type has no room for are rounded or cut off without a word. */
function times(change, from, to) {
    const precision = (type) => (type.name === 'date' ? -1 : (type.arguments[0] ?? 6));
    const isStamp = (type) => type.name.startsWith('timestamp') || type.name === 'date';
    if (precision(to) >= precision(from))
        return [];
    if (from.name !== to.name && !(isStamp(from) && isStamp(to)))
        return [];
    return [
        {
            kind: 'scale',
            outcome: 'changes',
            needs: `no value of ${change.name} ${to.name === 'date' ? 'has a time of day' : `has more than ${precision(to)} digits of a second`}`,
            where: `${change.column}::${change.to}::${change.from} <> ${change.column}`,
            sqlstates: [],
            values: ['2024-03-10 02:30:00.123456', '02:30:00.123456'],
        },
    ];
}
function labelsOf({ column, name, oldLabels, to }, labels) {
    if (oldLabels?.every((label) => labels.includes(label)))
        return [];
    return [
        {
            kind: 'enum',
            outcome: 'fails',
            needs: `every value of ${name} is a label of ${to}`,
            where: `${column}::text <> ALL (ARRAY[${labels.map(tables/* literal */.eu).join(', ')}]::text[])`,
            sqlstates: ['22P02'],
            values: oldLabels ? oldLabels.filter((label) => !labels.includes(label)) : ['no such label'],
        },
    ];
}
/** What text must look like to be read as another type, on servers before 16; none where no pattern says it all. */
const narrowing_forms = {
    smallint: String.raw `^\s*[-+]?\d+\s*$`,
    integer: String.raw `^\s*[-+]?\d+\s*$`,
    bigint: String.raw `^\s*[-+]?\d+\s*$`,
    numeric: String.raw `^\s*([-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?|[nN][aA][nN])\s*$`,
    uuid: String.raw `^(\{([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}\}|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4})$`,
    boolean: String.raw `^\s*([tT]|[tT][rR]|[tT][rR][uU]|[tT][rR][uU][eE]|[fF]|[fF][aA]|[fF][aA][lL]|[fF][aA][lL][sS]|[fF][aA][lL][sS][eE]|[yY]|[yY][eE]|[yY][eE][sS]|[nN]|[nN][oO]|[oO][nN]|[oO][fF]|[oO][fF][fF]|1|0)\s*$`,
};
/** Text that is read as another type. `pg_input_is_valid` asks the type itself, from PostgreSQL 16 on. */
function casts({ column, name, from, to, major }, source, target) {
    if (!source || !isText(source) || (target && isText(target)))
        return [];
    const form = narrowing_forms[target?.name ?? ''];
    return [
        {
            kind: 'cast',
            outcome: 'fails',
            needs: `every value of ${name} can be read as ${to}`,
            where: major >= 16
                ? `NOT pg_input_is_valid(${column}::text, ${(0,tables/* literal */.eu)(to)})`
                : form === undefined
                    ? undefined
                    : narrowing_refused(column, form, target?.name ?? ''),
            // The likeliest first.
            sqlstates: [
                ...(target && isTime(target) ? ['22007', '22008', '22P02'] : ['22P02', '22007', '22008']),
                '22003',
                '22023',
                '22001',
            ],
            values: from === 'character(1)' ? ['x'] : ['no value of this type', 'x'],
        },
    ];
}
function narrowing_refused(column, form, target) {
    const isOther = `${column}::text !~ ${(0,tables/* literal */.eu)(form)}`;
    const largest = whole[target];
    if (largest === undefined)
        return isOther;
    const outside = `${column}::text::numeric NOT BETWEEN -${largest.slice(0, -1)}8 AND ${largest}`;
    return `CASE WHEN ${isOther} THEN true ELSE ${outside} END`;
}

;// CONCATENATED MODULE: ./src/rehearse/preconditions/old-names.ts
/** Follows the names from the schema of before. */
function followed(before) {
    /** By the name of now; null for what is new. */
    const tables = new Map();
    const columns = new Map();
    const filled = new Set();
    const labels = new Map();
    const unvalidated = new Map();
    const domains = new Map();
    const partitioned = new Map();
    let links = before.partitions();
    const oldTable = (name) => {
        const old = tables.get(name);
        return old === null ? undefined : before.table(old ?? name);
    };
    const key = (table, column) => `${table}.${column}`;
    return {
        table: oldTable,
        column(name, column) {
            const table = oldTable(name);
            const old = columns.get(key(name, column));
            if (!table || old === null)
                return undefined;
            const found = table.columns.find((each) => each.name === (old ?? column));
            return found && { table, column: found };
        },
        isAdded: (table, column) => columns.get(key(table, column)) === null,
        isFilled: (table, column) => filled.has(key(table, column)),
        labels: (type) => labels.get(type),
        unvalidated: (table, constraint) => unvalidated.get(key(table, constraint)),
        domain,
        partitionedBy(table) {
            const old = oldTable(table);
            const by = partitioned.get(table) ?? old?.partitionBy;
            return by === undefined ? undefined : { by, table: old?.name };
        },
        partitions: (parent) => links.filter((each) => each.parent === parent),
        linkOf: (table) => links.find((each) => each.table === table),
        after(op) {
            switch (op.kind) {
                case 'create-table':
                    if (op.partitionBy && !oldTable(op.table))
                        partitioned.set(op.table, `${op.partitionBy.strategy} (${op.partitionBy.keys})`);
                    if (op.partitionOf && !oldTable(op.table))
                        links = [...links, { table: op.table, ...op.partitionOf }];
                    if (!(op.ifNotExists && oldTable(op.table)))
                        tables.set(op.table, null);
                    break;
                case 'add-column': {
                    const isThere = op.ifNotExists && oldTable(op.table)?.columns.some(({ name }) => name === op.column.name);
                    if (isThere)
                        break;
                    columns.set(key(op.table, op.column.name), null);
                    if (op.column.default !== undefined || op.column.filledBy !== undefined)
                        filled.add(key(op.table, op.column.name));
                    break;
                }
                case 'update':
                    for (const column of op.columns)
                        filled.add(key(op.table, column));
                    break;
                case 'drop-column':
                    columns.set(key(op.table, op.column), null);
                    break;
                case 'add-constraint':
                    if (op.notValid && op.constraint !== undefined)
                        unvalidated.set(key(op.table, op.constraint), op);
                    break;
                case 'attach-partition':
                    links = [...links, { table: op.partition, parent: op.table, bound: op.bound }];
                    break;
                case 'detach-partition':
                    links = links.filter(({ table }) => table !== op.partition);
                    break;
                case 'drop-table':
                    links = links.filter(({ table }) => table !== op.table);
                    break;
                case 'alter-domain':
                    alterDomain(op);
                    break;
                case 'create-type':
                    if (op.form === 'domain' && op.base !== undefined)
                        domains.set(op.type, {
                            name: op.type,
                            base: op.base,
                            beneath: op.baseType ?? op.base,
                            notNull: op.notNull,
                            checks: op.checks.map(({ constraint, expression }) => ({
                                name: constraint,
                                expression: expression.sql,
                                isValidated: true,
                            })),
                        });
                    if (op.form === 'enum')
                        labels.set(op.type, op.labels);
                    break;
                case 'add-enum-value':
                    labels.set(op.type, [...(labels.get(op.type) ?? before.labels(op.type) ?? []), op.value]);
                    break;
                case 'rename':
                    rename(op);
                    break;
                default:
            }
        },
    };
    function domain(name) {
        return domains.get(name) ?? before.domain(name);
    }
    function alterDomain(op) {
        const now = domain(op.type);
        if (!now)
            return;
        const { checks } = now;
        const { constraint: name, expression } = op;
        switch (op.change) {
            case 'add-constraint': {
                const added = expression && { name, expression: expression.sql, isValidated: !op.notValid };
                domains.set(op.type, { ...now, notNull: now.notNull || !added, checks: added ? [...checks, added] : checks });
                break;
            }
            case 'drop-constraint':
                domains.set(op.type, { ...now, checks: checks.filter((each) => each.name !== name) });
                break;
            case 'set-not-null':
            case 'drop-not-null':
                domains.set(op.type, { ...now, notNull: op.change === 'set-not-null' });
                break;
            default:
        }
    }
    function rename(op) {
        if (op.object === 'column' && op.table !== undefined) {
            const old = columns.get(key(op.table, op.name));
            columns.set(key(op.table, op.to), old === undefined ? op.name : old);
            columns.set(key(op.table, op.name), null);
        }
        if (op.object === 'table') {
            const from = op.name;
            const to = `${from.slice(0, from.indexOf('.'))}.${op.to}`;
            tables.set(to, tables.get(from) === undefined ? from : (tables.get(from) ?? null));
            tables.set(from, null);
            const now = (table) => (table === from ? to : table);
            links = links.map((link) => ({ ...link, table: now(link.table), parent: now(link.parent) }));
            const by = partitioned.get(from);
            if (by !== undefined)
                partitioned.set(to, by);
            for (const [column, old] of [...columns])
                if (column.startsWith(`${from}.`))
                    columns.set(key(to, column.slice(from.length + 1)), old);
        }
    }
}

;// CONCATENATED MODULE: ./src/rehearse/preconditions/bounds.ts


/**
 * A condition that is true for the rows that belong into a partition, and false, never NULL, for all others; undefined: it cannot be said in SQL.
 * PostgreSQL judges: values are cast to the type of the column and compared there.
 *
 * @param bound as PostgreSQL prints it or as it is written: `FOR VALUES IN (1, 2)`, not DEFAULT
 * @param columnOf the column of a name as SQL writes it
 */
function belongs({ by, table }, bound, columnOf) {
    const [, strategy = '', list = ''] = /^(RANGE|LIST|HASH)\s*\(([\s\S]*)\)$/i.exec(by.trim()) ?? [];
    const written = split(list);
    const [first, second] = groups(bound).map(split);
    if (!first)
        return undefined;
    if (strategy.toUpperCase() === 'HASH') {
        // What an operator class has to say, that function knows.
        const hashed = written.map((each) => (isExpression(each) ? each : columnOf(each.replace(/\s[\s\S]*$/, ''))?.sql));
        const known = hashed.filter((sql) => sql !== undefined);
        return table === undefined || known.length < hashed.length ? undefined : ofHash(table, first, known);
    }
    const keys = written.map((each) => keyOf(each, columnOf));
    const known = keys.filter((key) => key !== undefined);
    if (known.length < keys.length)
        return undefined;
    return strategy.toUpperCase() === 'LIST' ? ofList(known, first) : second && ofRange(known, first, second);
}
/** `at`, `lower(name) COLLATE "C"`; undefined where an operator class decides what is equal or less. */
function keyOf(written, columnOf) {
    const [, key = '', collation = ''] = /^([\s\S]*?)(\s+COLLATE\s+(?:"(?:[^"]|"")*"|[\w$.])+)?$/i.exec(written) ?? [];
    const column = columnOf(key);
    if (column)
        return { sql: `${column.sql}${collation}`, type: column.type };
    return isExpression(key) ? { sql: `${key}${collation}`, type: undefined } : undefined;
}
/** `lower(name)`, `(a + b)`: with nothing behind it. */
function isExpression(key) {
    return /^[\w$."]*\([\s\S]*\)$/.test(key) && groups(key).length === 1;
}
function ofList(keys, values) {
    const [key, ...others] = keys;
    if (!key || others.length > 0)
        return undefined;
    const isNull = (value) => /^NULL\b/i.test(value);
    const given = values.filter((value) => !isNull(value)).map((value) => constant(value, key));
    if (given.includes(undefined))
        return undefined;
    const among = given.length === 0 ? 'false' : `${key.sql} IN (${given.join(', ')})`;
    return values.some(isNull) ? `(${key.sql} IS NULL OR ${among})` : `(${key.sql} IS NOT NULL AND ${among})`;
}
/** https://www.postgresql.org/docs/current/sql-createtable.html: the lower bound is inside, the upper is not; rows compare from the left. */
function ofRange(keys, lower, upper) {
    if (lower.length !== keys.length || upper.length !== keys.length)
        return undefined;
    const from = compared(keys, lower, { least: '>=', most: '>', other: '>=', nothing: 'MINVALUE' });
    const to = compared(keys, upper, { least: '<', most: '<=', other: '<', nothing: 'MAXVALUE' });
    if (from === undefined || to === undefined)
        return undefined;
    return `(${[...keys.map(({ sql }) => `${sql} IS NOT NULL`), from, to].join(' AND ')})`;
}
/** What stands behind the first MINVALUE or MAXVALUE does not matter. */
function compared(keys, values, how) {
    const end = values.findIndex((value) => /^(?:MIN|MAX)VALUE$/i.test(value));
    const last = end === -1 ? undefined : values[end]?.toUpperCase();
    if (end === 0)
        return last === how.nothing ? 'true' : 'false';
    const number = end === -1 ? values.length : end;
    const given = values.slice(0, number).map((value, index) => constant(value, keys[index]));
    if (given.includes(undefined))
        return undefined;
    const operator = last === 'MINVALUE' ? how.least : last === 'MAXVALUE' ? how.most : how.other;
    const left = keys.slice(0, number).map(({ sql }) => sql);
    return `ROW(${left.join(', ')}) ${operator} ROW(${given.join(', ')})`;
}
/** With the type of its column; beside an expression only a constant that takes its type from there. */
function constant(value, key) {
    if (key?.type !== undefined)
        return `CAST(${(0,in_the_way/* operand */.id)(value)} AS ${key.type})`;
    return /^(?:'(?:[^'\\]|'')*'|-?\d+|true|false)$/i.test(value) ? value : undefined;
}
function ofHash(table, parts, keys) {
    const number = (name) => parts.flatMap((part) => new RegExp(`^${name}\\s+(\\d+)$`, 'i').exec(part)?.[1] ?? [])[0];
    const modulus = number('modulus');
    const remainder = number('remainder');
    if (modulus === undefined || remainder === undefined)
        return undefined;
    return `pg_catalog.satisfies_hash_partition(${(0,tables/* literal */.eu)(table)}::pg_catalog.regclass, ${modulus}, ${remainder}, ${keys.join(', ')})`;
}
const token = /(?<![\w$])E'(?:[^'\\]|''|\\[\s\S])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?\1|--[^\n]*|\/\*[\s\S]*?\*\/|[\s\S]/gi;
/** The parts of a list between its commas, trimmed; none of an empty one. */
function split(list) {
    const parts = [''];
    let depth = 0;
    for (const [text] of list.matchAll(token)) {
        if (text === '(' || text === '[')
            depth++;
        if (text === ')' || text === ']')
            depth--;
        if (text === ',' && depth === 0)
            parts.push('');
        else
            parts.push(`${parts.pop()}${text}`);
    }
    return list.trim() === '' ? [] : parts.map((part) => part.trim());
}
/** What stands in the outermost parentheses, one after the other. */
function groups(text) {
    const found = [];
    let depth = 0;
    for (const [each] of text.matchAll(token)) {
        if (each === ')')
            depth--;
        if (depth > 0)
            found.push(`${found.pop()}${each}`);
        if (each === '(' && depth++ === 0)
            found.push('');
    }
    return found;
}

;// CONCATENATED MODULE: ./src/rehearse/preconditions/partitions.ts



/**
 * A table becomes a partition: its rows must belong there. Where the parent has a DEFAULT partition, none of the rows in that may belong to
 * the new one. PostgreSQL looks for both: https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ATTACH-PARTITION
 *
 * @param partition one that is attached, with rows, or one that is made, without
 */
function becomesPartition(at, partition, names) {
    const own = names.table(partition.table);
    return [
        ...(own ? fits(own, partition, names).map((each) => stamped(at, own, each)) : []),
        ...names
            .partitions(partition.parent)
            .filter((each) => isDefault(each.bound) && !isDefault(partition.bound))
            .flatMap((rest) => {
            const table = names.table(rest.table);
            return table ? [stamped(at, table, movesNone(table, rest.table, partition, names))] : [];
        }),
    ];
}
/** Of a DEFAULT partition alone: it takes all. */
const nothing = 'true';
function isDefault(bound) {
    return /^DEFAULT$/i.test(bound.trim());
}
function fits(table, partition, names) {
    const condition = partitions_whole(partition, partition.table, names);
    if (condition === nothing)
        return [];
    const there = isDefault(partition.bound)
        ? `belongs to none of the other partitions of ${partition.parent}`
        : `belongs to ${partition.parent} ${oneLine(partition.bound)}`;
    const needs = `every row of ${table.name} ${there}`;
    const where = condition === undefined ? undefined : `NOT (${condition})`;
    return [found(table, partition, names, { needs, where })];
}
function movesNone(table, name, partition, names) {
    const where = ofBound(partition, name, names);
    const needs = `no row of ${table.name} belongs to the new partition ${partition.table} ${oneLine(partition.bound)}`;
    return found(table, partition, names, { needs, where });
}
function found(table, { parent, bound }, names, { needs, where }) {
    const words = new Set(names.partitionedBy(parent)?.by.match(/"(?:[^"]|"")*"|[\w$]+/g));
    const columns = table.columns.filter(({ sql }) => words.has(sql)).map(({ name }) => name);
    const into = isPartition(table, names) ? names.table(rootOf(parent, names))?.name : undefined;
    return {
        kind: 'check',
        columns,
        needs,
        sqlstates: ['23514'],
        rows: where === undefined ? undefined : { from: table.from, where },
        make: { how: 'search', columns, expression: bound, into },
    };
}
function isPartition(table, names) {
    return names.linkOf((0,preconditions_before/* plain */.pj)(table.name)) !== undefined;
}
function rootOf(table, names) {
    const above = names.linkOf(table);
    return above ? rootOf(above.parent, names) : table;
}
/** What is true for the rows that may be in a partition: its own bound, and those of the partitions above it. */
function partitions_whole(partition, rowsOf, names) {
    const own = ofBound(partition, rowsOf, names);
    const above = names.linkOf(partition.parent);
    const all = [own, ...(above ? [partitions_whole(above, rowsOf, names)] : [])];
    return all.includes(undefined) ? undefined : all.join(' AND ');
}
function ofBound({ table, parent, bound }, rowsOf, names) {
    const partitioning = names.partitionedBy(parent);
    if (!partitioning)
        return undefined;
    const columnOf = (written) => {
        const name = /^[a-z_][\w$]*$/i.test(written) ? written.toLowerCase() : (0,preconditions_before/* plain */.pj)(written);
        return names.column(rowsOf, name)?.column;
    };
    if (!isDefault(bound))
        return belongs(partitioning, bound, columnOf);
    const others = names.partitions(parent).filter((each) => each.table !== table);
    const taken = others.map((each) => belongs(partitioning, each.bound, columnOf));
    if (taken.includes(undefined))
        return undefined;
    return taken.length === 0 ? nothing : `NOT (${taken.join(' OR ')})`;
}

;// CONCATENATED MODULE: ./src/rehearse/preconditions/possible.ts








/**
 * What the data must be for the upgrades of these migrations to succeed and to keep every value, read in their statements: the columns, in
 * words, and a query that counts the rows in the way. Rows that cannot be there yet, in tables and columns that the migrations
 * themselves add, are left out; whether a statement before mends the rows is not looked at.
 *
 * @param migrations in order, all of them not yet applied to the database of `schema`
 * @param schema of before
 * @param major the version of PostgreSQL on which the queries are to run
 */
function possiblePreconditions(migrations, schema, { major }) {
    const before = (0,preconditions_before/* beforeOf */.v8)(schema);
    const names = followed(before);
    const found = [];
    for (const { up } of migrations) {
        for (const op of up.statements.flatMap(({ operations }) => operations)) {
            if (op.inside === 'function')
                continue;
            found.push(...possibleIn(op, { before, names, major }));
            names.after(op);
        }
    }
    return found;
}
function possibleIn(op, known) {
    switch (op.kind) {
        case 'set-not-null': {
            const { table, column } = known.names.column(op.table, op.column) ?? {};
            if (table && column)
                return column.notNull ? [] : [stamped(op.at, table, notNull(table, column))];
            const whole = known.names.table(op.table);
            if (!whole || !known.names.isAdded(op.table, op.column))
                return [];
            return known.names.isFilled(op.table, op.column)
                ? [stamped(op.at, whole, everyRowFilled(whole, op.column))]
                : [stamped(op.at, whole, noRows(whole, `${op.column} gets no value`))];
        }
        case 'add-column': {
            const table = known.names.table(op.table);
            const { name, notNull: isRequired, default: value, filledBy } = op.column;
            const isThere = op.ifNotExists && known.names.column(op.table, name) !== undefined;
            if (!table || isThere)
                return [];
            if (!isRequired || value !== undefined || filledBy !== undefined)
                return addedAsDomain(op, table, known.names);
            return [stamped(op.at, table, noRows(table, `${name} gets no value`))];
        }
        case 'add-constraint':
            return constraint(op, op.at, known);
        case 'create-index':
            return uniqueIndex(op, known);
        case 'validate-constraint':
            return validated(op, known);
        case 'alter-column-type':
            return retyped(op, known);
        case 'alter-domain':
            return alteredDomain(op, known);
        case 'attach-partition':
            return becomesPartition(op.at, { table: op.partition, parent: op.table, bound: op.bound }, known.names);
        case 'create-table':
            return op.partitionOf && !known.names.table(op.table)
                ? becomesPartition(op.at, { table: op.table, ...op.partitionOf }, known.names)
                : [];
        default:
            return [];
    }
}
/** The column is new; what fills it does so from other columns, and no query of before can tell. */
function everyRowFilled(table, column) {
    return {
        kind: 'not-null',
        columns: [column],
        needs: `every row of ${table.name} is given a value for ${column} by this migration`,
        sqlstates: ['23502'],
        rows: undefined,
        make: { how: 'none' },
    };
}
function constraint(op, at, { names }) {
    const table = names.table(op.table);
    if (!table || op.notValid || !op.enforced || op.with === 'table')
        return [];
    const columns = op.columns.map((name) => names.column(op.table, name)?.column);
    const areOld = columns.every((column) => column !== undefined);
    const named = { constraint: op.constraint };
    switch (op.type) {
        case 'unique':
        case 'primary-key': {
            if (op.usingIndex !== undefined || columns.length === 0 || !areOld)
                return [];
            const isKey = op.type === 'primary-key';
            const nullable = columns.filter(({ notNull: isRequired }) => isKey && !isRequired);
            const distinct = isKey || op.nullsNotDistinct;
            return [
                ...nullable.map((column) => stamped(at, table, notNull(table, column))),
                stamped(at, table, { ...unique(table, columns, distinct), ...named }),
            ];
        }
        case 'not-null':
            return columns.flatMap((column) => column && !column.notNull ? [stamped(at, table, notNull(table, column))] : []);
        case 'check': {
            const used = op.expression?.columns ?? [];
            const own = used.flatMap((name) => names.column(op.table, name)?.column ?? []);
            // The expression is read on the schema of before, so it must say the names of before.
            if (!op.expression || used.some((name, index) => own[index]?.name !== name))
                return [];
            return [stamped(at, table, { ...check(table, own, op.expression.sql), ...named })];
        }
        case 'foreign-key': {
            const parent = op.references && names.table(op.references);
            if (!parent || !areOld)
                return [];
            const target = op.referencedColumns.length > 0 ? op.referencedColumns : parent.primaryKey;
            return [stamped(at, table, { ...foreignKey(table, columns, parent, target, op.match === 'full'), ...named })];
        }
        case 'exclusion':
            return op.excludes
                ? excluded(op, op.excludes, table, names).map((each) => stamped(at, table, { ...each, ...named }))
                : [];
    }
}
function unique(table, columns, nullsCount) {
    const keys = columns.map(({ sql }) => sql);
    return {
        kind: 'unique',
        columns: columns.map(({ name }) => name),
        needs: `no two rows of ${table.name} have the same ${keys.join(' and ')}`,
        sqlstates: ['23505'],
        rows: { from: table.from, keys, where: nullsCount ? undefined : present(keys) },
        make: { how: 'copy', columns: columns.map(({ name }) => name) },
    };
}
function present(expressions) {
    return expressions.map((sql) => `${sql} IS NOT NULL`).join(' AND ') || undefined;
}
function uniqueIndex(op, { names }) {
    const table = names.table(op.table);
    if (!op.unique || op.only || !table)
        return [];
    const used = new Set([
        ...op.keys.flatMap(({ column, expression }) => (column === undefined ? (expression?.columns ?? []) : [column])),
        ...(op.where?.columns ?? []),
    ]);
    const columns = [...used].map((name) => names.column(op.table, name)?.column);
    if (columns.some((column) => column === undefined))
        return [];
    const keys = op.keys.map(({ column, expression, collation }) => {
        const sql = column === undefined ? (0,in_the_way/* operand */.id)(expression?.sql ?? '') : (names.column(op.table, column)?.column.sql ?? '');
        return collation === undefined ? sql : `${sql} COLLATE ${collation}`;
    });
    const where = [op.nullsNotDistinct ? undefined : present(keys), op.where && (0,in_the_way/* operand */.id)(op.where.sql)].filter((part) => part !== undefined);
    const among = op.where ? ` among those where ${oneLine(op.where.sql)}` : '';
    return [
        stamped(op.at, table, {
            kind: 'unique',
            columns: [...used],
            needs: `no two rows of ${table.name} have the same ${keys.map(oneLine).join(' and ')}${among}`,
            sqlstates: ['23505'],
            constraint: op.index,
            rows: { from: table.from, keys, where: where.join(' AND ') || undefined },
            make: { how: 'copy', columns: [...used] },
        }),
    ];
}
function foreignKey(table, columns, parent, target, isFull) {
    const pairs = columns.map(({ sql }, index) => [
        `t.${sql}`,
        `p.${parent.columns.find(({ name }) => name === target[index])?.sql ?? sql}`,
    ]);
    const own = pairs.map(([mine]) => mine ?? '');
    const orphan = `${present(own)} AND NOT EXISTS (SELECT FROM ${parent.name} AS p WHERE ${pairs.map(([mine, theirs]) => `${theirs} = ${mine}`).join(' AND ')})`;
    const half = isFull && own.length > 1 ? ` OR num_nulls(${own.join(', ')}) NOT IN (0, ${own.length})` : '';
    const isKnown = target.length === columns.length;
    return {
        kind: 'foreign-key',
        columns: columns.map(({ name }) => name),
        needs: `every ${columns.map(({ sql }) => sql).join(' and ')} of ${table.name} has its row in ${parent.name}`,
        sqlstates: ['23503'],
        rows: isKnown ? { from: `${table.from} AS t`, where: `${orphan}${half}` } : undefined,
        make: { how: 'values', each: orphans.map((value) => new Map(columns.map(({ name }) => [name, value]))) },
    };
}
/** Values that no synthetic row has, one for each type that keys have. */
const orphans = ['2000000011', '30011', 'no such row', '00000000-dead-4bad-8bad-000000000000', '1901-01-01'];
function excluded(op, { elements, partial }, table, names) {
    const columns = elements.map(({ column }) => column === undefined ? undefined : names.column(op.table, column)?.column);
    if (elements.some(({ column }) => column !== undefined) && columns.every((column) => column === undefined))
        return [];
    const isWhole = !partial && columns.every((column) => column !== undefined);
    const known = columns.filter((column) => column !== undefined);
    const pairs = elements.map(({ operator }, index) => `o.${columns[index]?.sql} ${operator} t.${columns[index]?.sql}`);
    return [
        {
            kind: 'exclusion',
            columns: known.map(({ name }) => name),
            needs: `no two rows of ${table.name} are in each other’s way in ${known.map(({ sql }) => sql).join(' and ') || 'the constraint’s expressions'}`,
            sqlstates: ['23P01'],
            rows: isWhole
                ? {
                    from: `${table.from} AS t`,
                    where: `EXISTS (SELECT FROM ${table.from} AS o WHERE ${pairs.join(' AND ')} AND (o.tableoid, o.ctid) < (t.tableoid, t.ctid))`,
                }
                : undefined,
            make: { how: 'copy', columns: known.map(({ name }) => name) },
        },
    ];
}
/** The constraint was added NOT VALID: by these migrations, or before them. */
function validated(op, known) {
    const { before, names } = known;
    const added = names.unvalidated(op.table, op.constraint);
    if (added)
        return constraint({ ...added, notValid: false, enforced: true }, op.at, known);
    const table = names.table(op.table);
    const there = table && before.constraint(table, op.constraint);
    if (!table || !there || there.isValidated)
        return [];
    const named = { constraint: op.constraint };
    if (there.type === 'check') {
        const expression = (0,preconditions_before/* checkedIn */.hU)(there.definition);
        if (expression === undefined)
            return [];
        const words = new Set(expression.match(/"(?:[^"]|"")*"|[\w$]+/g));
        const used = table.columns.filter(({ sql }) => words.has(sql));
        return [stamped(op.at, table, { ...check(table, used, expression), ...named })];
    }
    const [, own, other, theirs] = /^FOREIGN KEY \((.*?)\) REFERENCES (.*?)\((.*?)\)/.exec(there.definition) ?? [];
    const parent = other === undefined ? undefined : before.table((0,preconditions_before/* plain */.pj)(other));
    if (own === undefined || !parent || theirs === undefined)
        return [];
    const columns = (0,preconditions_before/* namesIn */.wX)(own, table.columns).flatMap((name) => table.columns.find((each) => each.name === name) ?? []);
    const isFull = there.definition.includes(' MATCH FULL');
    return [
        stamped(op.at, table, { ...foreignKey(table, columns, parent, (0,preconditions_before/* namesIn */.wX)(theirs, parent.columns), isFull), ...named }),
    ];
}
function retyped(op, { before, names, major }) {
    const { table, column } = names.column(op.table, op.column) ?? {};
    if (!table || !column || column.isGenerated)
        return [];
    const from = askedBy((0,preconditions_before/* plain */.pj)(column.type), names)?.base ?? column.type;
    const userType = op.userType && !isArray(op.type) ? op.userType : undefined;
    const domain = userType && askedBy(userType, names);
    const to = domain?.base ?? op.type;
    const oldLabels = before.labels(from);
    const labels = domain
        ? (before.labels(domain.base) ?? before.labels(domain.beneath))
        : userType && (names.labels(userType) ?? before.labels(op.type) ?? before.labels(userType));
    const name = `${table.name}.${column.sql}`;
    const narrowed = narrowings({ column: column.sql, name, from, to, using: op.using, oldLabels, labels, major });
    const found = narrowed.map(({ where, values, ...found }) => ({
        ...found,
        columns: [column.name],
        rows: where === undefined ? undefined : { from: everywhere(table), where },
        make: { how: 'values', each: values.map((value) => new Map([[column.name, value]])) },
    }));
    if (domain) {
        // The cast to the domain would fail in place of being counted.
        const given = op.using !== undefined && isOneCast(op.using, column.sql) ? undefined : op.using;
        const value = from === to && given === undefined ? column.sql : `CAST(${(0,in_the_way/* operand */.id)(given ?? column.sql)} AS ${to})`;
        const misfits = narrowed.flatMap(({ outcome, where }) => (outcome === 'fails' && where !== undefined ? where : []));
        found.push(...becomesDomain(op.type, domain, { table, column, value, misfits }));
    }
    if (isArray(op.type) && op.userType && op.type !== column.type)
        found.push(...possible_elements(op, op.userType, { table, column, before, names, major }));
    return found.map((each) => stamped(op.at, table, each));
}
/** A column becomes an array of enums or domains: `pg_input_is_valid` asks the type itself, from PostgreSQL 16 on. */
function possible_elements({ type, using }, element, { table, column, before, names, major }) {
    const labels = names.labels(element) ?? before.labels(type.replace(/\[\]$/, '')) ?? before.labels(element);
    const domain = names.domain(element);
    if (!labels && !domain)
        return [];
    const isAsBefore = !names.labels(element) && domain === before.domain(element);
    const isPlain = using === undefined || isOneCast(using, column.sql);
    const where = `NOT pg_input_is_valid(${column.sql}::text, ${(0,tables/* literal */.eu)(type)})`;
    return [
        {
            kind: domain ? 'check' : 'enum',
            columns: [column.name],
            needs: `every value of ${table.name}.${column.sql} can be read as ${type}`,
            sqlstates: domain ? ['23514', '23502', '22P02'] : ['22P02'],
            rows: isAsBefore && isPlain && major >= 16 ? { from: everywhere(table), where } : undefined,
            make: { how: 'none' },
        },
    ];
}


/***/ }),

/***/ 374:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  built: () => (/* binding */ built),
  prepare: () => (/* binding */ prepare),
  rehearse: () => (/* binding */ rehearse)
});

// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: ./src/postgres/server.ts
var postgres_server = __webpack_require__(9080);
// EXTERNAL MODULE: ./src/postgres/snapshot.ts + 8 modules
var snapshot = __webpack_require__(5927);
// EXTERNAL MODULE: ./src/rehearse/alembic.ts + 2 modules
var rehearse_alembic = __webpack_require__(5015);
// EXTERNAL MODULE: ./src/rehearse/limit.ts
var rehearse_limit = __webpack_require__(106);
;// CONCATENATED MODULE: ./src/rehearse/apply.ts
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


/** Runs projects that are SQL files. */
function sqlRunner() {
    return {
        bookkeeping: [],
        remember: () => undefined,
        origin: 'psql',
        reads: [],
        async upAll(database, migrations, limits) {
            let ms = 0;
            for (const migration of migrations) {
                const result = await applyScript(database, migration.up, limits);
                ms += result.ms;
                if (result.error)
                    return { error: result.error, ms, migration };
            }
            return { error: undefined, ms, migration: undefined };
        },
        up: (database, migration, limits, way) => applyScript(database, migration.up, limits, way),
        down(database, migration, limits, way) {
            if (!migration.down)
                throw new Error(`${migration.name} has no downgrade.`);
            return applyScript(database, migration.down, limits, way);
        },
        async [Symbol.asyncDispose]() { },
    };
}
/**
 * Runs a SQL script over a connection of its own, as its tool would: each statement as one simple query; all of them in a
 * transaction where the tool begins one (statements marked `autocommit` stand outside of it); stopping at the first error.
 *
 * Without a transaction of the tool's, the script's own BEGIN and COMMIT count. One that it leaves open is an error: the tool's
 * client rolls it back when it disconnects.
 *
 * @param way to the database: a tap in front of it, where one watches
 * @throws Cancelled when the run is ended
 */
async function applyScript(database, script, limits, way = database) {
    const started = performance.now();
    let current;
    const error = await (0,rehearse_limit/* limited */.T)(database, limits, async (limit) => {
        try {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const session = __addDisposableResource(env_1, await way.connect(), true);
                return await runAll(session, script, (statement) => {
                    current = statement;
                });
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
            if (!(error instanceof postgres_server/* ServerError */.g))
                throw error;
            if (limit.timedOut)
                return timedOut(limits, current);
            // A connection that is gone says nothing about the migration: the server, or whoever runs it, ended it.
            if (isLost(error))
                throw error;
            return failed(error, current);
        }
    });
    return { error, ms: performance.now() - started };
}
async function runAll(session, script, at) {
    if (script.transaction === 'query')
        return await runAsQuery(session, script, at);
    const wraps = script.transaction !== 'none';
    let open = false;
    for (const statement of script.statements) {
        if (wraps && open === statement.autocommit) {
            at(undefined);
            await session.query(open ? 'COMMIT' : 'BEGIN');
            open = !open;
        }
        at(statement);
        await session.query(statement.sql);
    }
    at(undefined);
    if (open)
        await session.query('COMMIT');
    if (!wraps && (await isInTransaction(session)))
        return leftOpen(script);
    return undefined;
}
/**
 * What one simple query of these statements does, sent one by one so that it is known which one fails: a single statement runs
 * outside of a transaction block; several run in an implicit transaction, which the script's own COMMIT ends, and which its own
 * BEGIN makes an open one (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT).
 */
async function runAsQuery(session, script, at) {
    const isSingle = script.statements.length === 1;
    let block = 'none';
    for (const statement of script.statements) {
        const control = statement.operations.find((operation) => operation.kind === 'transaction-control');
        if (block === 'none' && control?.action !== 'begin' && !isSingle) {
            at(undefined);
            await session.query('BEGIN');
            block = 'implicit';
        }
        at(statement);
        if (control?.action !== 'begin' || block === 'none')
            await session.query(statement.sql);
        if (control?.action === 'begin')
            block = 'own';
        if (control?.action === 'commit' || control?.action === 'rollback')
            block = 'none';
    }
    at(undefined);
    if (block === 'implicit')
        await session.query('COMMIT');
    return (await isInTransaction(session)) ? leftOpen(script) : undefined;
}
/** Class 57 without query_canceled: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isLost({ sqlstate }) {
    return sqlstate === undefined || /^57P0[1-3]$/.test(sqlstate);
}
/** A statement that no migration sends. */
const ourProbe = 'SAVEPOINT migration_gate';
/** SAVEPOINT is refused outside of a transaction block, https://www.postgresql.org/docs/current/sql-savepoint.html */
async function isInTransaction(session) {
    try {
        await session.query(ourProbe);
        return true;
    }
    catch (error) {
        if (error instanceof postgres_server/* ServerError */.g && error.sqlstate === '25P01')
            return false;
        throw error;
    }
}
function leftOpen(script) {
    const began = script.statements.findLast(({ operations }) => operations.some((operation) => operation.kind === 'transaction-control' && operation.action === 'begin'));
    return {
        ...nothingNamed,
        message: 'the script ends inside a transaction that it began and did not commit: everything since BEGIN is rolled back',
        statement: began?.sql,
        at: began?.at ?? script.at,
    };
}
/** Nothing that PostgreSQL named. */
const nothingNamed = {
    sqlstate: undefined,
    table: undefined,
    column: undefined,
    constraint: undefined,
    timedOut: false,
};
/** @param current undefined where the tool's own BEGIN or COMMIT failed, as with a constraint that waits for the end */
function failed(error, current) {
    const { sqlstate, message, table, column, constraint } = error;
    return { sqlstate, message, table, column, constraint, timedOut: false, ...place(current) };
}
function timedOut({ timeoutMs }, current) {
    return { ...nothingNamed, message: `did not finish within ${(0,rehearse_limit/* seconds */.Y)(timeoutMs)}`, timedOut: true, ...place(current) };
}
function place(current) {
    return { statement: current?.sql, at: current?.at };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 9 modules
var schemas = __webpack_require__(7597);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/errors.js
var classic_errors = __webpack_require__(3342);
// EXTERNAL MODULE: ./src/postgres/cache.ts
var cache = __webpack_require__(6565);
;// CONCATENATED MODULE: ./src/postgres/baselines.ts





/** At most so many are kept, and of so many bytes together; the ones that were used last. */
const most = { entries: 8, bytes: 1 << 30 };
/** A folder that was left half written. */
const abandonedMs = 3_600_000;
const manifest = schemas/* object */.Ikc({
    /** The database that holds the baseline, among those of the data folder. */
    database: schemas/* string */.YjP(),
    /** What the runner's `bookkeeping` was. */
    bookkeeping: schemas/* array */.YOg(schemas/* string */.YjP()),
    /** Files of the repository that decided what it is, by path from the root: SHA-256 of their text. */
    reads: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP()),
    bytes: schemas/* number */.aig(),
    /** Of the data folder, from `digest`. */
    digest: schemas/* string */.YjP(),
});
/** Where baselines are kept, each in a folder that its key names. A CI that keeps this folder between runs keeps them. */
function baselinesFolder() {
    return (0,external_node_path_.join)((0,cache/* cacheFolder */.nF)(), 'baselines');
}
/**
 * Looks for the baseline that was kept under this key. One that is damaged is removed. Throws UserError for one that another user could
 * have put there.
 * @returns the data folder, for `Storage.load`, and what was told about it
 */
async function findBaseline(key) {
    const entry = (0,external_node_path_.join)(baselinesFolder(), key);
    if (!(await (0,cache/* isCached */.bm)(entry)))
        return undefined;
    const data = (0,external_node_path_.join)(entry, 'data');
    try {
        const told = manifest.parse(JSON.parse(await (0,promises_.readFile)((0,external_node_path_.join)(entry, 'baseline.json'), 'utf8')));
        const found = await digest(data);
        if (found.digest !== told.digest)
            throw new SyntaxError('The files are not those that were kept.');
        const now = new Date();
        await (0,promises_.utimes)(entry, now, now).catch(ignoreUnwritable);
        const { database, bookkeeping, reads } = told;
        return { database, bookkeeping, reads, data };
    }
    catch (error) {
        // Files that are gone, text that is no JSON, JSON of another form, other bytes: whatever it is, it is not what was kept.
        const isDamaged = error instanceof SyntaxError || error instanceof classic_errors/* ZodError */.G || error.code !== undefined;
        if (!isDamaged)
            throw error;
        await (0,promises_.rm)(entry, { recursive: true, force: true }).catch(ignoreUnwritable);
        return undefined;
    }
}
/**
 * Keeps a baseline under its key, for this user only, whole or not at all; the ones that were not used for longest make room.
 * @param save writes the data folder
 * @returns false where the cache cannot be written
 */
async function keepBaseline(key, baseline, save) {
    const folder = baselinesFolder();
    const temporary = (0,external_node_path_.join)(folder, `.${(0,external_node_crypto_.randomBytes)(9).toString('hex')}`);
    try {
        await (0,promises_.mkdir)(temporary, { recursive: true, mode: 0o700 });
        const data = (0,external_node_path_.join)(temporary, 'data');
        await save(data);
        await (0,promises_.chmod)(data, 0o700);
        await (0,promises_.writeFile)((0,external_node_path_.join)(temporary, 'baseline.json'), JSON.stringify({ ...baseline, ...(await digest(data)) }));
        await (0,promises_.rm)((0,external_node_path_.join)(folder, key), { recursive: true, force: true });
        await (0,promises_.rename)(temporary, (0,external_node_path_.join)(folder, key));
        await prune(folder);
        return true;
    }
    catch (error) {
        if ((0,cache/* wasFaster */.f8)(error))
            return true;
        if (!(0,cache/* cannotWrite */.zz)(error))
            throw error;
        return false;
    }
    finally {
        await (0,promises_.rm)(temporary, { recursive: true, force: true }).catch(ignoreUnwritable);
    }
}
async function prune(folder) {
    const entries = await Promise.all((await (0,promises_.readdir)(folder)).map(async (name) => ({
        name,
        path: (0,external_node_path_.join)(folder, name),
        ...(await about((0,external_node_path_.join)(folder, name))),
    })));
    entries.sort((a, b) => b.used - a.used);
    let count = 0;
    let bytes = 0;
    for (const { name, path, used, size } of entries) {
        if (name.startsWith('.')) {
            if (used < Date.now() - abandonedMs)
                await (0,promises_.rm)(path, { recursive: true, force: true });
            continue;
        }
        count++;
        bytes += size;
        if (count > 1 && (count > most.entries || bytes > most.bytes))
            await (0,promises_.rm)(path, { recursive: true, force: true });
    }
}
async function about(entry) {
    try {
        const { mtimeMs } = await (0,promises_.stat)(entry);
        const { bytes } = JSON.parse(await (0,promises_.readFile)((0,external_node_path_.join)(entry, 'baseline.json'), 'utf8'));
        return { used: mtimeMs, size: Number(bytes) };
    }
    catch (error) {
        if (!(error instanceof SyntaxError) && error.code !== 'ENOENT')
            throw error;
        return { used: 0, size: 0 };
    }
}
/** Over the names and bytes of all files of a folder. It tells damage, not malice: nobody else may write there. */
async function digest(folder) {
    let bytes = 0;
    const lines = await Promise.all((await (0,promises_.readdir)(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(async (entry) => {
        const path = (0,external_node_path_.join)(entry.parentPath, entry.name);
        const content = await (0,promises_.readFile)(path);
        bytes += content.length;
        return `${path.slice(folder.length)} ${(0,external_node_crypto_.createHash)('sha256').update(content).digest('hex')}`;
    }));
    return { digest: (0,external_node_crypto_.createHash)('sha256').update(lines.sort().join('\n')).digest('hex'), bytes };
}
function ignoreUnwritable(error) {
    if (!(0,cache/* cannotWrite */.zz)(error))
        throw error;
}

// EXTERNAL MODULE: ./src/postgres/session.ts + 1 modules
var postgres_session = __webpack_require__(2723);
// EXTERNAL MODULE: ./src/rehearse/dump.ts
var rehearse_dump = __webpack_require__(8975);
;// CONCATENATED MODULE: ./src/rehearse/baseline.ts
var baseline_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var baseline_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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









/** Increased when a baseline is built in another way than before. */
const format = 1;
/**
 * A database as it is on the base branch: made anew, or taken from the cache where everything that decides what is in it is the same.
 * @throws UserError where the beginning cannot be made
 */
async function openBaseline(options) {
    const { server, runner, keeping, beginning, repository, log } = options;
    const dump = beginning.dump === undefined ? undefined : await readDump(repository, beginning.dump);
    const migrations = afterDump(options);
    const { storage } = server;
    const isWorth = storage && keeping && (migrations.length > 0 || dump !== undefined);
    if (!isWorth)
        return await build(options, migrations, dump);
    const key = baselineKey({ ...options, migrations, keeping, dump });
    const found = await findBaseline(key);
    if (found && (await isSame(repository, found.reads))) {
        log(`Taking up the baseline from the cache: ${count(migrations)}.`);
        await storage.load(found.data);
        runner.remember(found.bookkeeping);
        return storage.open(found.database);
    }
    const started = performance.now();
    const database = await build(options, migrations, dump);
    const took = performance.now() - started;
    const reads = runner.reads?.filter((file) => !filesOf(options.history).has(file));
    if ('error' in database || took < keeping.afterMs || !reads)
        return database;
    const { name } = database;
    const baseline = { database: name, bookkeeping: [...runner.bookkeeping], reads: await digests(repository, reads) };
    const isKept = await keepBaseline(key, baseline, (folder) => storage.save(folder));
    log(isKept ? 'Kept the baseline in the cache.' : 'The cache cannot be written; the next run builds the baseline again.');
    return storage.open(name);
}
/**
 * The key of a baseline: the hash of all that decides what it holds and is known before it is built. It names the folder in
 * `baselinesFolder()`.
 */
function baselineKey(of) {
    const { server, runner, project, beginning, migrations, keeping, dump } = of;
    const { platform, arch } = process;
    const what = {
        format,
        gate: keeping.version,
        postgres: [server.source, server.version, of.settings, platform, arch],
        beginning: [beginning.extensions, beginning.roles, dump],
        tool: project.tool,
        directory: project.directory,
        runner: runner.origin,
        migrations: migrations.map(({ id, up: { file, transaction, statements, unreadable } }) => [
            id,
            file,
            transaction,
            statements.map(({ sql, autocommit }) => [sql, autocommit]),
            unreadable.length,
        ]),
    };
    return (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 40);
}
async function build({ server, runner, beginning, log, timeoutMs, signal }, migrations, dump) {
    const database = await server.createDatabase();
    try {
        if (beginning.dump)
            log(`Applying ${beginning.dump}.`);
        const roomy = Math.max(timeoutMs, 10 * 60_000);
        await (0,rehearse_limit/* limited */.T)(database, { timeoutMs: roomy, signal }, async (limit) => {
            try {
                await begin(database, beginning, dump);
            }
            catch (error) {
                if (limit.timedOut)
                    throw new errors/* UserError */.y(`baseline: it was not applied within ${(0,rehearse_limit/* seconds */.Y)(roomy)}.`, { cause: error });
                throw error;
            }
        });
        if (migrations.length === 0)
            return database;
        log(`Applying ${count(migrations)} of the base branch.`);
        const { error, migration } = await runner.upAll(database, migrations, { timeoutMs, signal });
        if (!error)
            return database;
        await database[Symbol.asyncDispose]();
        return { error, migration };
    }
    catch (error) {
        await database[Symbol.asyncDispose]();
        throw error;
    }
}
async function begin(database, { extensions, dump: name }, dump) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (extensions.length === 0 && dump === undefined)
            return;
        const session = baseline_addDisposableResource(env_1, await (0,postgres_session/* connect */.N)({ ...database, database: database.name }), true);
        for (const extension of extensions)
            await session
                .query(`CREATE EXTENSION IF NOT EXISTS ${quoted(extension)} CASCADE`)
                .catch(explained(`extensions: ${extension}`));
        if (name !== undefined && dump !== undefined)
            await (0,rehearse_dump/* applyDump */.R)(session, name, dump);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = baseline_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function explained(what) {
    return (error) => {
        if (!(error instanceof postgres_server/* ServerError */.g))
            throw error;
        throw new errors/* UserError */.y(`${what}: ${error.message}${error.sqlstate ? ` (${error.sqlstate})` : ''}.`, { cause: error });
    };
}
/** What the dump does not hold already. */
function afterDump({ migrations, beginning: { dumpIncludes } }) {
    if (dumpIncludes === undefined)
        return migrations;
    const at = migrations.findIndex(({ id }) => id === dumpIncludes);
    if (at >= 0)
        return migrations.slice(at + 1);
    throw new errors/* UserError */.y(`baseline-includes: ${dumpIncludes} is not the id of a migration that is on the base branch, in front of all changed ones.`);
}
async function readDump(repository, file) {
    try {
        return await (0,promises_.readFile)((0,external_node_path_.join)(repository, file), 'utf8');
    }
    catch (error) {
        throw new errors/* UserError */.y(`baseline: ${file} cannot be read (${error.code ?? String(error)}).`, {
            cause: error,
        });
    }
}
async function isSame(repository, reads) {
    const now = await digests(repository, Object.keys(reads));
    return Object.entries(reads).every(([file, digest]) => now[file] === digest);
}
/** SHA-256 of files, by path; '' for one that is not there. */
async function digests(repository, files) {
    const all = files.map(async (file) => [file, await baseline_digest((0,external_node_path_.join)(repository, file))]);
    return Object.fromEntries(await Promise.all(all));
}
async function baseline_digest(path) {
    try {
        return (0,external_node_crypto_.createHash)('sha256')
            .update(await (0,promises_.readFile)(path))
            .digest('hex');
    }
    catch (error) {
        if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES'].includes(error.code ?? ''))
            return '';
        throw error;
    }
}
/** Alembic reads all version files, also those that it does not run. */
function filesOf(migrations) {
    return new Set(migrations.flatMap(({ file, up, down }) => [file, up.file, ...(down ? [down.file] : [])]));
}
function count({ length }) {
    return `${length} ${length === 1 ? 'migration' : 'migrations'}`;
}
function quoted(identifier) {
    return `"${identifier.replaceAll('"', '""')}"`;
}

// EXTERNAL MODULE: ./src/model/same-sql.ts
var same_sql = __webpack_require__(8682);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(1692);
;// CONCATENATED MODULE: ./src/tap/answers.ts
/** What the server answers, on its way to the client. Types are those of messages, a letter each. */
class Answers {
    /** Answers of these types are to what the tap itself asked. */
    hidden = '';
    /** Answers of these types reach the client with ReadyForQuery, where PostgreSQL would send them. */
    late = '';
    #kept = [];
    /** @param shown what the client is to see of it @returns what is sent to the client now */
    pass(heard, shown) {
        if (shown && this.late.includes(heard.type)) {
            this.#kept.push(heard);
            return undefined;
        }
        return shown && heard.type === 'Z' ? Buffer.concat([...this.released(), shown]) : shown;
    }
    /** What was kept for the end, in PostgreSQL's order: what a statement did, then the settings that it changed. */
    released() {
        const kept = this.#kept;
        this.#kept = [];
        return ['C', 'A', 'S'].flatMap((type) => kept.flatMap((each) => (each.type === type ? [each.bytes] : [])));
    }
    /** A transaction that fails at its end has done nothing. */
    failed() {
        this.#kept = this.#kept.filter((each) => each.type !== 'C');
    }
}

;// CONCATENATED MODULE: ./src/tap/protocol.ts
// The frames of https://www.postgresql.org/docs/current/protocol-message-formats.html, as far as a listener between client and server
// needs them.
/** Bytes that are no message of the protocol. */
class ProtocolError extends Error {
    name = 'ProtocolError';
}
/** PostgreSQL itself refuses longer ones, PQ_LARGE_MESSAGE_LIMIT in https://github.com/postgres/postgres libpq/libpq.h */
const longest = 0x3fffffff;
/** Cuts a stream of bytes into messages, wherever the network cut it. */
class Frames {
    #chunks = [];
    #size = 0;
    /** Whether messages begin with their type: always, but for a client's first ones. */
    typed;
    constructor(options) {
        this.typed = options.typed;
    }
    push(chunk) {
        this.#chunks.push(chunk);
        this.#size += chunk.length;
    }
    /** The next message that is there as a whole. @throws ProtocolError */
    next() {
        const start = this.typed ? 1 : 0;
        if (this.#size < start + 4)
            return undefined;
        if ((this.#chunks[0]?.length ?? 0) < start + 4)
            this.#join();
        const head = this.#chunks[0] ?? Buffer.alloc(0);
        const length = head.readInt32BE(start);
        if (length < 4 || length > longest)
            throw new ProtocolError(`a message of ${length} bytes`);
        const size = start + length;
        if (this.#size < size)
            return undefined;
        if (head.length < size)
            this.#join();
        const whole = this.#chunks[0] ?? head;
        const bytes = whole.subarray(0, size);
        this.#chunks[0] = whole.subarray(size);
        this.#size -= size;
        return { type: this.typed ? String.fromCharCode(bytes[0] ?? 0) : '', body: bytes.subarray(start + 4), bytes };
    }
    /** Whatever has come and is no whole message, taken out. */
    rest() {
        const rest = Buffer.concat(this.#chunks);
        this.#chunks = [];
        this.#size = 0;
        return rest;
    }
    #join() {
        this.#chunks = [Buffer.concat(this.#chunks)];
    }
}
/** A message of this type; '' for one without. */
function message(type, ...parts) {
    const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)));
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type, 'latin1'), length, body]);
}
/** The first words of a client, by their code. */
const code = { cancel: 80877102, ssl: 80877103, gss: 80877104 };
/** The strings of a body that is nothing but strings, from an offset: those that end with a zero byte. */
function strings(body, offset = 0) {
    const text = body.subarray(offset).toString('utf8').split('\0');
    text.pop();
    return text;
}
/** The first string of a body, and the offset behind it. */
function firstString(body, offset = 0) {
    const end = body.indexOf(0, offset);
    const stop = end < 0 ? body.length : end;
    return [body.toString('utf8', offset, stop), stop + 1];
}
/** The fields of an ErrorResponse or a NoticeResponse, https://www.postgresql.org/docs/current/protocol-error-fields.html */
function fields(body) {
    return new Map(strings(body).flatMap((each) => (each === '' ? [] : [[each.slice(0, 1), each.slice(1)]])));
}
/** The body of a StartupMessage with settings added to its `options`, which the server reads like its own command line. */
function withOptions(body, settings) {
    const words = strings(body, 4);
    // The list ends with an empty name.
    words.pop();
    const given = new Map();
    for (let i = 0; i + 1 < words.length; i += 2)
        given.set(words[i] ?? '', words[i + 1] ?? '');
    given.set('options', [given.get('options'), settings].filter(Boolean).join(' '));
    return message('', body.subarray(0, 4), ...[...given].flat(), Buffer.alloc(1));
}
/**
 * A list of SASL mechanisms without those that bind the channel: client and server speak over two connections here, and libpq refuses
 * such an offer over a connection without TLS.
 */
function withoutChannelBinding(body) {
    const mechanisms = strings(body, 4).filter((name) => name !== '' && !name.endsWith('-PLUS'));
    return message('R', body.subarray(0, 4), ...mechanisms, Buffer.alloc(1));
}
/** An error with its position so many characters further on. */
function moved(body, characters) {
    const position = (field) => (field.startsWith('P') ? `P${Number(field.slice(1)) + characters}` : field);
    return message('E', ...strings(body).map(position));
}
/** One statement without parameters in the extended protocol, up to the end of its work and not of its transaction. */
function extended(sql) {
    const none = Buffer.alloc(2);
    return Buffer.concat([
        message('P', '', sql, none),
        message('B', '', '', none, none, none),
        message('D', Buffer.from('P'), ''),
        message('E', '', Buffer.alloc(4)),
        message('H'),
    ]);
}

// EXTERNAL MODULE: ./src/tap/split.ts
var split = __webpack_require__(3349);
;// CONCATENATED MODULE: ./src/tap/link.ts





/** Between two looks at a statement whose locks are gone when it is done. */
const sampleMs = 3;
/** What a statement is answered with at its end. `G` is not: the server waits for the client's rows. */
const ends = 'CIsE';
/**
 * One client's connection, from its startup on. Passes all messages on, in their order, and holds the client's next one back while the
 * tap asks what the last one locked. Three things are changed on the way, so that there is a moment between a statement and the end of
 * its transaction in which to ask:
 * - an `Execute` is followed by a `Flush`;
 * - a statement outside of a transaction, sent as a simple query, is sent as Parse, Bind, Execute, and its Sync later;
 * - several statements in one simple query are sent one by one, where that is the same.
 * PostgreSQL's DEBUG lines end here. Bytes that are no messages are passed on as they are, and reported.
 */
class Link {
    #client;
    #server;
    #books;
    #trouble;
    #fromClient = new Frames({ typed: true });
    #fromServer = new Frames({ typed: true });
    #prepared = new Map();
    #portals = new Map();
    #status = '';
    #backslashes = false;
    #answers = new Answers();
    #waiting;
    /** After an error the server skips everything until Sync. */
    #isSkipping = false;
    /** The client sends rows; whatever it sends is not looked at until the server is ready again. */
    #isCopying = false;
    #settled = Promise.resolve();
    /** An error to keep from the client: the statement is going to be sent in another way. */
    #isTrying = false;
    #isRefused = false;
    /** Where in the client's text the statement begins, in characters: errors name a position. */
    #shift = 0;
    #lastParsed;
    #isDeaf = false;
    /** The bytes are no messages: passed on unseen. */
    #isRaw = false;
    #isOver = false;
    constructor(client, server, books, trouble) {
        this.#client = client;
        this.#server = server;
        this.#books = books;
        this.#trouble = trouble;
    }
    /** Runs until both sides are closed. Does not reject. @param early what the client sent behind its startup message */
    async run(early) {
        await Promise.all([
            this.#until(this.#client, this.#server, () => this.#listenToClient(early)),
            this.#until(this.#server, this.#client, () => this.#listenToServer()),
        ]);
    }
    async #until(from, to, listen) {
        try {
            await listen();
            to.end();
        }
        catch (error) {
            // One side is gone without a goodbye, which the other one has to learn. Anything else is an error of the tap's own.
            if (error.code === undefined)
                this.#trouble(`The tap failed: ${String(error)}.`);
            from.destroy();
            to.destroy();
        }
        finally {
            if (from === this.#server) {
                this.#isOver = true;
                this.#answer(undefined);
            }
        }
    }
    // From the server
    async #listenToServer() {
        for await (const chunk of this.#server) {
            const out = this.#isRaw ? [chunk] : this.#heard(chunk);
            if (out.length > 0 && !this.#client.write(Buffer.concat(out)))
                await drained(this.#client);
        }
    }
    /** What of it goes on to the client. */
    #heard(chunk) {
        const out = [];
        try {
            this.#fromServer.push(chunk);
            for (let each = this.#fromServer.next(); each; each = this.#fromServer.next()) {
                const shown = this.#hear(each);
                if (shown)
                    out.push(shown);
            }
        }
        catch (error) {
            this.#giveUp(error);
            out.push(this.#fromServer.rest());
        }
        return out;
    }
    #hear(heard) {
        const { type, body } = heard;
        let shown = this.#answers.hidden.includes(type) ? undefined : heard.bytes;
        switch (type) {
            case 'R':
                if (body.readInt32BE(0) === 10)
                    shown = withoutChannelBinding(body);
                break;
            case 'K':
                this.#books.pid = body.readInt32BE(0);
                break;
            case 'S': {
                const [name, value] = strings(body);
                if (name === 'standard_conforming_strings')
                    this.#backslashes = value === 'off';
                break;
            }
            case 'N': {
                const said = fields(body);
                if (!said.get('V')?.startsWith('DEBUG'))
                    break;
                // Not what a function of the migration says in the same words.
                if (said.get('R') !== 'exec_stmt_raise')
                    this.#books.debug(said.get('M') ?? '');
                shown = undefined;
                break;
            }
            case 'G':
            case 'W':
                this.#isCopying = true;
                break;
            case 'C':
                if (!this.#answers.hidden.includes('C'))
                    this.#books.complete(strings(body)[0]);
                break;
            case 'I':
                this.#books.complete(undefined);
                break;
            case 'E':
                shown = this.#hearError(heard, shown);
                break;
            case 'Z':
                this.#hearReady(body);
                break;
        }
        if (this.#waiting?.types.includes(type))
            this.#answer(heard);
        return this.#answers.pass(heard, shown);
    }
    #hearError({ body }, shown) {
        const said = fields(body);
        this.#isSkipping = true;
        // Where the server sees several statements and we saw one, nothing has run yet.
        if (this.#isTrying && said.get('C') === '42601' && said.get('R') === 'exec_parse_message') {
            this.#isRefused = true;
            return undefined;
        }
        this.#answers.failed();
        if (this.#status !== '')
            this.#books.fail(said, this.#lastParsed);
        if (this.#shift === 0 || !shown)
            return shown;
        return moved(body, this.#shift);
    }
    #hearReady(body) {
        this.#status = body.toString('latin1');
        this.#isSkipping = false;
        this.#lastParsed = undefined;
        if (!this.#isCopying)
            return;
        this.#isCopying = false;
        this.#settled = this.#finished();
    }
    #answer(answer) {
        const waiting = this.#waiting;
        this.#waiting = undefined;
        waiting?.resolve(answer);
    }
    // From the client
    async #listenToClient(early) {
        await this.#said(early);
        for await (const chunk of this.#client)
            await this.#said(chunk);
    }
    async #said(chunk) {
        if (this.#isRaw)
            return await this.#send(chunk);
        try {
            this.#fromClient.push(chunk);
            for (let each = this.#fromClient.next(); each; each = this.#fromClient.next()) {
                await this.#settled;
                await this.#take(each);
            }
        }
        catch (error) {
            if (!(error instanceof ProtocolError))
                throw error;
            this.#giveUp(error);
        }
        if (this.#isRaw)
            await this.#send(this.#fromClient.rest());
    }
    #giveUp(error) {
        if (!(error instanceof ProtocolError))
            throw error;
        this.#isRaw = true;
        this.#trouble(`A connection does not speak PostgreSQL’s protocol as it is known here (${error.message}).`);
        this.#answer(undefined);
    }
    async #send(bytes) {
        if (!this.#server.write(bytes))
            await drained(this.#server);
    }
    /** Sends, and waits for the first answer of these types; undefined: the connection is over. */
    async #ask(bytes, types) {
        if (this.#isOver || this.#isRaw)
            return undefined;
        const answer = new Promise((resolve) => {
            this.#waiting = { types, resolve };
        });
        this.#server.write(bytes);
        return await answer;
    }
    async #take(taken) {
        const { type, body, bytes } = taken;
        if (this.#isCopying || this.#status === '')
            return await this.#send(bytes);
        switch (type) {
            case 'Q':
                return await this.#simple(firstString(body)[0], bytes);
            case 'P': {
                const [name, next] = firstString(body);
                const [sql] = firstString(body, next);
                this.#prepared.set(name, sql);
                this.#lastParsed = sql;
                return await this.#send(bytes);
            }
            case 'B': {
                const [portal, next] = firstString(body);
                this.#portals.set(portal, this.#prepared.get(firstString(body, next)[0]) ?? '');
                return await this.#send(bytes);
            }
            case 'E':
                return this.#isSkipping ? await this.#send(bytes) : await this.#execute(firstString(body)[0], bytes);
            case 'S':
                if (await this.#ask(bytes, 'ZG'))
                    await this.#finished();
                return;
            default:
                return await this.#send(bytes);
        }
    }
    async #execute(portal, bytes) {
        const sql = this.#portals.get(portal) ?? '';
        this.#begin(sql);
        const samples = this.#status === 'I' && (0,split/* isOwn */.NP)((0,split/* split */.lD)(sql, { backslashes: this.#backslashes }));
        const answer = await this.#sampling(samples, this.#ask(Buffer.concat([bytes, message('H')]), `${ends}G`));
        if (!answer || this.#isCopying)
            return;
        if (answer.type === 's')
            this.#books.complete('SELECT');
        if (answer.type !== 'E')
            await this.#look();
    }
    async #simple(sql, bytes) {
        const pieces = (0,split/* split */.lD)(sql, { backslashes: this.#backslashes });
        const [only] = pieces ?? [];
        if (pieces && pieces.length > 1 && this.#status !== 'E' && !this.#backslashes) {
            const shaped = this.#status === 'T' ? !(0,split/* isOwn */.NP)(pieces) && 'inside' : (0,split/* shape */.cW)(pieces);
            // PostgreSQL reads the whole text before it runs the first word of it.
            if (shaped && (await this.#books.readsAsSeveral(sql)))
                return await this.#apart(pieces, shaped);
        }
        // Where it cannot be told here, PostgreSQL can.
        const isOne = pieces ? pieces.length <= 1 : !(await this.#books.readsAsSeveral(sql));
        const isPlain = pieces ? only && (0,split/* manner */.Az)(only) === 'plain' : isOne;
        if (isOne && isPlain && this.#status === 'I')
            return await this.#asPipeline(sql, bytes, only?.words[0] === 'CALL' || only?.words[0] === 'DO');
        const samples = this.#status === 'I' && (!isOne || (pieces !== undefined && (0,split/* isOwn */.NP)(pieces)));
        if (samples && !isOne)
            this.#trouble('Several statements came in one message that cannot be taken apart, so what each of them locked was seen only in passing.');
        await this.#whole(sql, bytes, samples);
    }
    /** The client's own message, as it came. */
    async #whole(sql, bytes, samples) {
        this.#begin(sql);
        const answer = await this.#sampling(samples, this.#ask(bytes, 'ZG'));
        if (answer && !this.#isCopying)
            await this.#finished();
    }
    /**
     * One statement outside of a transaction. Its own transaction ends with Sync, after the look; as a simple query it would end before
     * the answer. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
     */
    async #asPipeline(sql, bytes, samples) {
        this.#begin(sql);
        this.#answers.hidden = '12n';
        this.#answers.late = 'CA';
        this.#isTrying = true;
        this.#isRefused = false;
        const answer = await this.#sampling(samples, this.#ask(extended(sql), ends));
        this.#isTrying = false;
        this.#answers.late = '';
        const again = this.#isRefused;
        if (again) {
            this.#books.forget();
            this.#answers.hidden += 'Z';
        }
        else if (answer && answer.type !== 'E')
            await this.#look();
        const ready = await this.#ask(message('S'), 'Z');
        this.#answers.hidden = '';
        if (!ready)
            return;
        if (again)
            return await this.#whole(sql, bytes, true);
        await this.#finished();
    }
    /** Several statements of one simple query, each as one of its own. The client gets their answers, and one ReadyForQuery at the end. */
    async #apart(pieces, how) {
        if (how === 'implicit')
            await this.#own('BEGIN');
        this.#answers.hidden = 'Z';
        for (const piece of pieces) {
            this.#begin(piece.sql);
            this.#shift = piece.characters;
            this.#answers.late = how === 'implicit' && piece === pieces.at(-1) ? 'CAS' : 'AS';
            if (!(await this.#ask(message('Q', piece.sql), 'Z')))
                return;
            if (this.#status === 'E')
                break;
            await this.#finished();
        }
        if (how === 'implicit')
            await this.#own(this.#status === 'E' ? 'ROLLBACK' : 'COMMIT');
        this.#shift = 0;
        this.#answers.hidden = '';
        this.#answers.late = '';
        this.#books.end();
        if (this.#status === 'I')
            await this.#books.endTransaction();
        this.#client.write(Buffer.concat([...this.#answers.released(), message('Z', Buffer.from(this.#status, 'latin1'))]));
    }
    /** A statement of the tap's own; its errors are the client's. */
    async #own(sql) {
        this.#answers.hidden = 'CZ';
        await this.#ask(message('Q', sql), 'Z');
        this.#answers.hidden = 'Z';
    }
    #begin(sql) {
        this.#isDeaf ||= /client_min_messages/i.test(sql);
        this.#books.begin(sql);
    }
    /** The server is ready for the next message. */
    async #finished() {
        // Extended queries were looked at when they were done.
        if (this.#status === 'T')
            await this.#look();
        if (this.#status !== 'T')
            this.#books.end();
        if (this.#status === 'I')
            await this.#books.endTransaction();
        if (!this.#isDeaf || this.#status === 'E')
            return;
        // Without the lines of DEBUG1 neither scans nor rewrites are seen. The client gets more lines than it asked for, of its own level.
        this.#isDeaf = false;
        const hidden = this.#answers.hidden;
        await this.#own('SET client_min_messages = debug1');
        this.#answers.hidden = hidden;
    }
    async #look() {
        if (!this.#books.isRunning)
            return;
        await this.#books.look();
        this.#books.end();
    }
    /** Waits for an answer; looks meanwhile, if asked to. */
    async #sampling(samples, answer) {
        if (!samples)
            return await answer;
        let isDone = false;
        const done = answer.finally(() => {
            isDone = true;
        });
        while (!isDone) {
            await this.#books.sample();
            if (!isDone)
                await (0,external_node_timers_promises_.setTimeout)(sampleMs);
        }
        return await done;
    }
}
async function drained(stream) {
    if (stream.destroyed)
        return;
    await Promise.race([(0,external_node_events_.once)(stream, 'drain'), (0,external_node_events_.once)(stream, 'close')]);
}

;// CONCATENATED MODULE: ./src/tap/monitor.ts

/** Longer than any of the questions takes. Who locks the catalogs themselves, with VACUUM FULL pg_class, is not waited for. */
const patienceMs = 5_000;
/** Rejects with ServerError, as its methods do. */
async function openMonitor(database) {
    let session = await monitor_open(database);
    /** Whoever ends all connections to the database, as after a command that failed, ends this one too: it comes again, once a question. */
    const ask = async (question) => {
        try {
            return await question(session);
        }
        catch (error) {
            if (!(error instanceof postgres_server/* ServerError */.g) || !monitor_isLost(error))
                throw error;
            await session[Symbol.asyncDispose]();
            session = await monitor_open(database);
            return await question(session);
        }
    };
    return {
        relations: () => ask(relations),
        locks: (pid) => ask(async (session) => {
            // 16384: the first oid that PostgreSQL does not keep for itself, FirstNormalObjectId in access/transam.h
            const { rows } = await session.query(`SELECT relation, mode FROM pg_locks WHERE pid = ${pid} AND locktype = 'relation' AND granted AND relation >= 16384`);
            return rows;
        }),
        readsAsSeveral: (sql) => ask((session) => readsAsSeveral(session, sql)),
        [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
    };
}
/**
 * A prepared statement holds one command. Of several PostgreSQL says so, once it has read them all (exec_parse_message in
 * https://github.com/postgres/postgres tcop/postgres.c); one would fail for want of so many parameters.
 */
async function readsAsSeveral(session, sql) {
    try {
        await session.query(sql, new Array(97).fill(null));
        return false;
    }
    catch (error) {
        if (!(error instanceof postgres_server/* ServerError */.g) || monitor_isLost(error))
            throw error;
        return error.sqlstate === '42601' && !/ at or near | at end of input/.test(error.message);
    }
}
async function monitor_open(database) {
    const session = await database.connect();
    await session.query(`SET statement_timeout = ${patienceMs}; SET search_path = pg_catalog; SET jit = off`);
    return session;
}
/** 57P01: terminated by an administrator, https://www.postgresql.org/docs/current/errcodes-appendix.html */
function monitor_isLost({ sqlstate }) {
    return sqlstate === undefined || sqlstate === '57P01';
}
async function relations(session) {
    const { rows } = await session.query(`SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name, c.relname AS bare, c.relkind::text AS kind,
            c.relfilenode AS file, (quote_ident(tn.nspname) || '.' || quote_ident(t.relname)) AS table
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_index i ON i.indexrelid = c.oid
       LEFT JOIN pg_class t ON t.oid = i.indrelid LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
     WHERE c.oid >= 16384 AND c.relkind <> 't' AND n.nspname !~ '^pg_toast'`);
    return new Map(rows.map((row) => [row.oid, { ...row, table: row.table ?? undefined }]));
}

;// CONCATENATED MODULE: ./src/tap/work.ts
/**
 * Reads one line; undefined for any other. They are told by `errmsg_internal`, so they are the same in every language: `tablecmds.c`
 * (ATRewriteTable, validateForeignKeyConstraint, NotNullImpliedByRelConstraints), `partbounds.c` and `index.c` of
 * https://github.com/postgres/postgres.
 */
function workIn(line) {
    const found = /^(rewriting|verifying) table "(.*)"$/s.exec(line);
    if (found)
        return isToast(found[2])
            ? undefined
            : { kind: found[1] === 'rewriting' ? 'rewrite' : 'scan', table: found[2] ?? '' };
    const foreignKey = /^validating foreign key constraint "(.*)"$/s.exec(line);
    if (foreignKey)
        return { kind: 'foreign-key-scan', constraint: foreignKey[1] ?? '' };
    const build = /^building index "(.*)" on table "(.*)" (?:serially|with request for \d+ parallel workers?)$/s.exec(line);
    if (build)
        return isToast(build[2]) ? undefined : { kind: 'index-build', index: build[1] ?? '', table: build[2] ?? '' };
    if (/^existing constraints on column ".*" are sufficient to prove/s.test(line))
        return { kind: 'spared-scan' };
    if (/partition constraint for .* is implied by existing constraints$/s.test(line))
        return { kind: 'spared-scan' };
    return undefined;
}
/** Where PostgreSQL keeps long values, https://www.postgresql.org/docs/current/storage-toast.html: goes with its table. */
function isToast(table) {
    return table?.startsWith('pg_toast') ?? false;
}

;// CONCATENATED MODULE: ./src/tap/record.ts

/** `AccessExclusiveLock` as the manual writes it, https://www.postgresql.org/docs/current/explicit-locking.html */
function spelled(mode) {
    return mode
        .replace(/Lock$/, '')
        .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
        .toUpperCase();
}
/** Rows changed again and again by the same text take the same locks. */
const repeats = /^(?:INSERT|UPDATE|DELETE|SELECT)\b/;
/** Keeps the books of one connection: which statement runs, in which transaction, and what it holds. */
class Books {
    #record;
    #monitor;
    /** The files of all relations that were there before the migration; brought up to date at the end of each transaction. */
    #files;
    #current;
    #transaction;
    #inTransaction = [];
    #held = new Map();
    /** A lock was taken on a relation of before without which it cannot get another file: SHARE ROW EXCLUSIVE for a sequence. */
    #isStrong = false;
    #quiet = new Map();
    #paused = 0;
    /** The server's process for this connection. */
    pid = 0;
    constructor(record, monitor, files) {
        this.#record = record;
        this.#monitor = monitor;
        this.#files = files;
    }
    get isRunning() {
        return this.#current !== undefined;
    }
    #now() {
        return performance.now() - this.#paused;
    }
    begin(sql) {
        if (this.#transaction === undefined)
            this.#transaction = ++this.#record.transactions;
        this.#current = {
            sql,
            transaction: this.#transaction,
            start: this.#now(),
            ms: 0,
            tag: undefined,
            sqlstate: undefined,
            failure: undefined,
            work: [],
            newFiles: [],
            looked: 'not',
        };
        this.#record.statements.push(this.#current);
        this.#inTransaction.push(this.#current);
    }
    debug(line) {
        const work = workIn(line);
        if (work)
            this.#current?.work.push(work);
    }
    complete(tag) {
        if (!this.#current)
            return;
        this.#current.ms = this.#now() - this.#current.start;
        this.#current.tag = tag;
    }
    /** @param said the fields of the error @param sql what the client sent last, where it failed before it was begun */
    fail(said, sql) {
        if (!this.#current && sql !== undefined)
            this.begin(sql);
        if (!this.#current)
            return;
        this.#current.ms = this.#now() - this.#current.start;
        this.#current.sqlstate = said.get('C') ?? 'XX000';
        this.#current.failure = {
            message: said.get('M') ?? '',
            table: said.get('t'),
            column: said.get('c'),
            constraint: said.get('n'),
        };
    }
    /** The text turned out not to have run. */
    forget() {
        for (const list of [this.#record.statements, this.#inTransaction])
            if (list.at(-1) === this.#current)
                list.pop();
        this.#current = undefined;
    }
    /** Whether PostgreSQL can read a text, and finds several statements in it. */
    async readsAsSeveral(sql) {
        return (await this.#wait(() => this.#monitor.readsAsSeveral(sql))) ?? false;
    }
    /** Asks what is held now that the statement is done, its transaction still open. */
    async look() {
        const statement = this.#current;
        if (!statement)
            return;
        const quiet = this.#quiet.get(statement.sql) ?? 0;
        if (quiet < 2 || !repeats.test(statement.tag ?? '')) {
            const news = await this.#ask((held) => this.#take(held, statement));
            if (news === undefined)
                return;
            this.#quiet.set(statement.sql, news > 0 ? 0 : quiet + 1);
        }
        statement.looked = 'end';
    }
    /** Asks while the statement runs, because its locks will be gone when it is done. Only adds. */
    async sample() {
        const statement = this.#current;
        if (!statement)
            return;
        await this.#ask((held) => {
            statement.looked = 'during';
            return this.#add(held, statement);
        });
    }
    /** The statement is over, and so is what was asked about it. */
    end() {
        if (this.#current?.looked === 'during')
            this.#release([]);
        this.#current = undefined;
    }
    /** The transaction is over; its statements may have left new files. */
    async endTransaction() {
        this.#release([]);
        this.#quiet.clear();
        const statements = this.#inTransaction;
        this.#current = undefined;
        this.#inTransaction = [];
        this.#transaction = undefined;
        const mayHaveFiles = this.#isStrong || statements.some(({ looked }) => looked === 'during');
        this.#isStrong = false;
        if (!mayHaveFiles)
            return;
        const now = await this.#wait(() => this.#monitor.relations());
        for (const relation of now?.values() ?? []) {
            const before = this.#files.get(relation.oid);
            if (!before || before.file === relation.file)
                continue;
            this.#files.set(relation.oid, { ...before, file: relation.file });
            if (!relation.table)
                responsible(statements, before)?.newFiles.push(before);
        }
    }
    /** @returns how many locks are new; undefined: nothing could be asked */
    async #ask(use) {
        const held = await this.#wait(() => this.#monitor.locks(this.pid));
        return held && use(held);
    }
    async #wait(question) {
        if (this.#record.isBlind)
            return undefined;
        const started = performance.now();
        try {
            return await question();
        }
        catch (error) {
            // Whatever it is, the migration goes on as if nobody looked.
            const why = error instanceof Error ? error.message : String(error);
            this.#record.isBlind = true;
            this.#record.trouble.add(`The connection that asks for locks failed: ${why}.`);
            return undefined;
        }
        finally {
            this.#paused += performance.now() - started;
        }
    }
    #take(held, statement) {
        this.#release(held);
        return this.#add(held, statement);
    }
    #add(held, statement) {
        let added = 0;
        for (const { relation, mode } of held) {
            const key = `${relation} ${mode}`;
            if (this.#held.has(key))
                continue;
            const lock = { relation, mode: spelled(mode), statement, until: Number.POSITIVE_INFINITY };
            this.#held.set(key, lock);
            this.#record.locks.push(lock);
            this.#isStrong ||= /^(?:ACCESS|SHARE ROW) EXCLUSIVE$/.test(lock.mode) && this.#files.has(relation);
            added++;
        }
        return added;
    }
    /** ROLLBACK TO lets go of what was taken since the savepoint, COMMIT of everything. */
    #release(held) {
        const still = new Set(held.map(({ relation, mode }) => `${relation} ${mode}`));
        for (const [key, lock] of this.#held) {
            if (still.has(key))
                continue;
            lock.until = this.#now();
            this.#held.delete(key);
        }
    }
}
const makesFiles = /^(?:TRUNCATE|CLUSTER|VACUUM|REFRESH|ALTER (?:TABLE|SEQUENCE|MATERIALIZED)|REINDEX|DO|CALL)/;
/** The statement of a transaction that gave a relation its new file; undefined where PostgreSQL has told of it. */
function responsible(statements, { bare }) {
    const done = statements.filter(({ sqlstate }) => sqlstate === undefined);
    if (done.some(({ work }) => work.some((each) => each.kind === 'rewrite' && each.table === bare)))
        return undefined;
    const likely = done.filter(({ tag }) => makesFiles.test(tag ?? ''));
    const name = bare.toLowerCase();
    return (likely.findLast(({ sql }) => sql.toLowerCase().includes(name)) ??
        likely.at(-1) ??
        done.findLast(({ tag }) => tag !== 'COMMIT'));
}

;// CONCATENATED MODULE: ./src/tap/tap.ts









/** For the last connections to be closed, after the program that opened them. */
const tap_patienceMs = 2_000;
/**
 * Listens on a loopback port for connections to a scratch database, with the server's own passwords, and a second connection of its own
 * beside them. Rejects with ServerError where that cannot be opened.
 */
async function openTap(database) {
    const monitor = await openMonitor(database);
    try {
        const before = await monitor.relations();
        const record = { statements: [], locks: [], trouble: new Set(), isBlind: false, transactions: 0 };
        const files = new Map(before);
        const links = new Set();
        const sockets = new Set();
        const listener = (0,external_node_net_.createServer)({ noDelay: true }, (client) => {
            sockets.add(client);
            const link = serve(client, database, (server) => {
                sockets.add(server);
                return new Books(record, monitor, files);
            }, record);
            links.add(link);
            void link.finally(() => {
                links.delete(link);
                sockets.delete(client);
            });
        });
        const { user, password, name } = database;
        const port = await listen(listener);
        const address = { host: '127.0.0.1', port, user, password, name };
        const close = async () => {
            listener.close();
            await Promise.race([Promise.all(links), (0,external_node_timers_promises_.setTimeout)(tap_patienceMs, undefined, { ref: false })]);
            for (const socket of sockets)
                socket.destroy();
            await Promise.all(links);
        };
        return {
            ...address,
            heard: () => record.statements,
            connect: () => (0,postgres_session/* connect */.N)({ ...address, database: name, ssl: false }),
            async finish() {
                await close();
                const after = await named(record, before, monitor);
                return {
                    statements: record.statements,
                    locks: after,
                    before: [...before.values()],
                    trouble: [...record.trouble],
                };
            },
            async [Symbol.asyncDispose]() {
                await close();
                await monitor[Symbol.asyncDispose]();
            },
        };
    }
    catch (error) {
        await monitor[Symbol.asyncDispose]();
        throw error;
    }
}
async function listen(listener) {
    listener.listen(0, '127.0.0.1');
    await (0,external_node_events_.once)(listener, 'listening');
    const address = listener.address();
    if (address === null || typeof address === 'string')
        throw new Error('The system gave no port.');
    return address.port;
}
/** Relations that the migration made have a name only when they are committed. Those that came and went are nobody's. */
async function named({ locks, isBlind, trouble }, before, monitor) {
    const isKnown = locks.every(({ relation }) => before.has(relation));
    let after = before;
    try {
        if (!isKnown && !isBlind)
            after = await monitor.relations();
    }
    catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        trouble.add(`The names of new relations could not be asked for: ${why}.`);
    }
    return locks.flatMap((lock) => {
        const relation = before.get(lock.relation) ?? after.get(lock.relation);
        return relation ? [{ ...lock, relation, existedBefore: before.has(lock.relation) }] : [];
    });
}
/** From a client's first word to its last. Does not reject. */
async function serve(client, database, opened, { trouble }) {
    client.on('error', () => client.destroy());
    try {
        const frames = new Frames({ typed: false });
        for (;;) {
            const [first, rest] = await greeting(client, frames);
            if (!first)
                return;
            const word = first.body.length >= 4 ? first.body.readInt32BE(0) : 0;
            if (word === code.ssl || word === code.gss) {
                client.write('N');
                frames.push(rest);
                continue;
            }
            const server = await reach(database);
            try {
                if (word === code.cancel) {
                    server.end(first.bytes);
                    server.resume();
                    await (0,external_node_events_.once)(server, 'close');
                    client.end();
                    return;
                }
                const settings = ['-c client_min_messages=debug1', database.options].filter(Boolean).join(' ');
                server.write(withOptions(first.body, settings));
                await new Link(client, server, opened(server), (why) => trouble.add(why)).run(rest);
                return;
            }
            finally {
                server.destroy();
            }
        }
    }
    catch (error) {
        trouble.add(`A connection could not be watched: ${error instanceof Error ? error.message : String(error)}.`);
    }
    finally {
        client.destroySoon();
    }
}
/** The client's next message before it is let in, and what came behind it. None: it went away. */
async function greeting(client, frames) {
    for (;;) {
        const first = frames.next();
        if (first)
            return [first, frames.rest()];
        const chunk = await nextChunk(client);
        if (!chunk)
            return [undefined, Buffer.alloc(0)];
        frames.push(chunk);
    }
}
/** Reads without taking the stream for itself: the link reads on. */
async function nextChunk(client) {
    for (;;) {
        const chunk = client.read();
        if (chunk)
            return chunk;
        if (client.readableEnded || client.destroyed)
            return undefined;
        const events = new AbortController();
        try {
            await Promise.race(['readable', 'end', 'close'].map((name) => (0,external_node_events_.once)(client, name, { signal: events.signal })));
        }
        finally {
            events.abort();
        }
    }
}
/** A connection to the server as `connect` would open it, TLS included. */
async function reach({ host, port, ssl }) {
    const plain = host.startsWith('/') ? (0,external_node_net_.connect)(`${host}/.s.PGSQL.${port}`) : (0,external_node_net_.connect)({ host, port, noDelay: true });
    plain.on('error', () => plain.destroy());
    await (0,external_node_events_.once)(plain, 'connect');
    if (!ssl)
        return plain;
    const request = Buffer.alloc(4);
    request.writeInt32BE(code.ssl);
    plain.write(message('', request));
    const answer = await Promise.race([(0,external_node_events_.once)(plain, 'data'), (0,external_node_events_.once)(plain, 'close').then(() => [])]);
    if (String(answer[0] ?? '') !== 'S') {
        plain.destroy();
        throw new Error('the server does not offer TLS');
    }
    const secure = (0,external_node_tls_.connect)({
        ...(ssl === true ? {} : ssl),
        socket: plain,
        ...((0,external_node_net_.isIP)(host) === 0 && { servername: host }),
    });
    await (0,external_node_events_.once)(secure, 'secureConnect');
    secure.on('error', () => secure.destroy());
    return secure;
}

// EXTERNAL MODULE: ./src/rehearse/command.ts
var rehearse_command = __webpack_require__(8368);
// EXTERNAL MODULE: ./src/rehearse/own-lock.ts
var own_lock = __webpack_require__(3585);
// EXTERNAL MODULE: ./src/rehearse/presets.ts
var presets = __webpack_require__(2933);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./src/rehearse/staged-folder.ts



/**
 * A copy of a folder of migrations that ends with one of them, so that a tool that applies whatever is pending applies just that one.
 * All other files of the folder are in it too. Removed when it is disposed.
 *
 * @param folder absolute path of the original
 * @param later the migrations that must not be there yet; paths of their files are from `repository`
 */
async function stagedFolder(repository, folder, later) {
    const left = new Set(later.flatMap((migration) => staged_folder_filesOf(migration).map((file) => (0,external_node_path_.resolve)(repository, file))));
    // A folder for each migration is left out as a whole.
    for (const file of [...left])
        if ((0,external_node_path_.dirname)(file) !== folder && /^(up|down|migration)\.sql$/.test((0,external_node_path_.basename)(file)))
            left.add((0,external_node_path_.dirname)(file));
    const temporary = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'migration-gate-staged-'));
    const path = (0,external_node_path_.join)(temporary, (0,external_node_path_.basename)(folder));
    try {
        await copy(folder, path, left);
    }
    catch (error) {
        await (0,promises_.rm)(temporary, { recursive: true, force: true });
        throw error;
    }
    return { path, [Symbol.asyncDispose]: () => (0,promises_.rm)(temporary, { recursive: true, force: true }) };
}
const elsewhere = new Set(['.git', 'node_modules']);
async function copy(from, to, left) {
    await (0,promises_.mkdir)(to);
    for (const entry of await (0,promises_.readdir)(from, { withFileTypes: true })) {
        const source = (0,external_node_path_.join)(from, entry.name);
        if (left.has(source) || elsewhere.has(entry.name))
            continue;
        if (entry.isDirectory())
            await copy(source, (0,external_node_path_.join)(to, entry.name), left);
        // A link may point out of the repository: a copy of what is not in it helps nobody.
        else if (entry.isFile())
            await (0,promises_.copyFile)(source, (0,external_node_path_.join)(to, entry.name));
    }
}
/** With Flyway's settings for a script, which stand beside it. */
function staged_folder_filesOf({ file, up, down }) {
    return [file, up.file, ...(down ? [down.file] : [])].flatMap((each) => [each, `${each}.conf`]);
}

;// CONCATENATED MODULE: ./src/rehearse/commands.ts
var commands_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var commands_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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









/** What stands in braces in a command. */
const placeholders = [
    'url',
    'jdbc-url',
    'host',
    'port',
    'database',
    'user',
    'password',
    'version',
    'previous',
    'directory',
    'file',
];
/**
 * Runs migrations by commands of the configuration, through a tap, which knows whether they reached the database and what failed there.
 * @throws UserError for a command that names an unknown placeholder, or that could not help applying all migrations at once
 */
function commandRunner(options) {
    const { commands } = options;
    for (const [key, command] of Object.entries(commands))
        check(key, command ?? []);
    const names = (command) => command.some((part) => /\{(version|directory|file)\}/.test(part));
    if (!names(commands.upgrade))
        throw new errors/* UserError */.y('upgrade: the command names none of {version}, {directory} and {file}, so nothing tells it to apply one migration and not all that are pending. Give it {version}, the migration to stop at, {directory}, a copy of the folder that ends with it, or {file}, where it runs a single file.');
    const oneByOne = async (database, migrations, limits) => {
        let ms = 0;
        for (const migration of migrations) {
            const result = await runStep(options, { direction: 'up', database, migration, limits });
            ms += result.ms;
            if (result.error)
                return { error: result.error, ms, migration };
        }
        return { error: undefined, ms, migration: undefined };
    };
    const step = (direction, database, migration, limits, way) => runStep(options, { direction, database, migration, limits, way });
    return {
        bookkeeping: [...(0,presets/* noteTablesOf */.z)(options.project.tool), ...options.bookkeeping],
        sendsFiles: true,
        remember: () => undefined,
        noDowngrade: commands.downgrade ? undefined : 'no `downgrade:` command is configured for it',
        origin: { commands, environment: options.environment },
        // Whoever wrote it knows what it reads besides.
        reads: options.project.tool === 'command' ? undefined : [],
        async upAll(database, migrations, limits) {
            if (!commands.upgrade.some((part) => /\{(version|directory)\}/.test(part)))
                return await oneByOne(database, migrations, limits);
            const last = migrations.at(-1);
            if (!last)
                return { error: undefined, ms: 0, migration: undefined };
            const roomy = { ...limits, timeoutMs: limits.timeoutMs * migrations.length };
            const { error, ms } = await runStep(options, {
                direction: 'up',
                database,
                migration: last,
                limits: roomy,
                among: migrations,
            });
            return { error, ms, migration: migrations.find(({ up }) => up.file === error?.at?.file) };
        },
        up: (...call) => step('up', ...call),
        down: (...call) => step('down', ...call),
        async [Symbol.asyncDispose]() { },
    };
}
async function runStep(options, step) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { database, direction, migration, way, limits } = step;
        const command = options.commands[direction === 'up' ? 'upgrade' : 'downgrade'];
        if (!command)
            throw new Error(`There is no ${direction} command.`);
        if (way && 'heard' in way)
            return await throughTap(way);
        const tap = commands_addDisposableResource(env_1, await openTap(database), true);
        return await throughTap(tap);
        async function throughTap(tap) {
            const { result, ownLock } = await (0,own_lock/* watchingOwnLocks */.K)(database, () => runFor(options, command ?? [], step, tap));
            if (ownLock) {
                const at = migration[direction]?.at;
                return { error: { ...nothing, statement: ownLock.statement, message: (0,own_lock/* told */.E)(ownLock), at }, ms: result.ms };
            }
            if (result.timedOut)
                return { error: outOfTime(limits, migration[direction]), ms: result.ms };
            if (result.exitCode === null)
                throw new errors/* UserError */.y(`\`${command?.[0]}\` was ended by a signal while it ran ${migration.name}, so nothing is known about it.`);
            const heard = tap.heard();
            if (heard.length === 0)
                throw new errors/* UserError */.y(`\`${command?.[0]}\` never spoke to the scratch database${result.exitCode === 0 ? ', so nothing was rehearsed' : ` (${lastLine(result.output)})`}. Its ${direction === 'up' ? '`upgrade:`' : '`downgrade:`'} command must connect to {url}, or to what DATABASE_URL and PGHOST say, and to nothing else.`);
            const scripts = (step.among ?? [migration]).flatMap((each) => each[direction] ?? []);
            if (result.exitCode !== 0)
                return { error: failure(result, tap, scripts), ms: result.ms };
            // Those of the base branch may be there already: a copy of staging's schema has them, and the tool's notes say so.
            const notes = [...(0,presets/* noteTablesOf */.z)(options.project.tool), ...options.bookkeeping];
            if (migration.status !== 'base' && !isRun(heard, scripts, notes))
                throw new errors/* UserError */.y(`\`${command?.[0]}\` ended well, and sent nothing of ${migration.name} to the scratch database. Its ${direction === 'up' ? '`upgrade:`' : '`downgrade:`'} command must run the migration that {version} or {directory} names.`);
            // What a migration in Python does about an error is its own affair.
            const passedOver = options.project.tool === 'alembic' ? undefined : passedOverIn(heard, scripts);
            if (!passedOver)
                return { error: undefined, ms: result.ms };
            const { message, ...error } = errorOf(passedOver, scripts);
            return { error: { ...error, message: `${message}, and \`${command?.[0]}\` passed over it` }, ms: result.ms };
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = commands_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function runFor({ repository, project, migrations, environment }, command, { direction, migration, database, limits }, tap) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const at = migrations.findIndex(({ id }) => id === migration.id);
        // Not all of the project need be in the history: a dry run may stop before.
        const there = new Set(migrations.slice(0, at + 1).map(({ id }) => id));
        const staged = commands_addDisposableResource(env_2, command.some((part) => part.includes('{directory}'))
            ? await stagedFolder(repository, (0,external_node_path_.join)(repository, project.folders[0] ?? ''), project.migrations.filter(({ id }) => !there.has(id)))
            : undefined, true);
        const login = `${encodeURIComponent(tap.user)}:${encodeURIComponent(tap.password)}`;
        const address = `${tap.host}:${tap.port}/${encodeURIComponent(tap.name)}`;
        const url = `postgres://${login}@${address}?sslmode=disable`;
        const values = {
            url,
            'jdbc-url': `jdbc:postgresql://${address}?sslmode=disable`,
            host: tap.host,
            port: String(tap.port),
            database: tap.name,
            user: tap.user,
            password: tap.password,
            version: migration.id,
            previous: migrations[at - 1]?.id ?? '',
            directory: staged?.path ?? '',
            file: (0,external_node_path_.join)(repository, migration[direction]?.file ?? migration.file),
        };
        const plain = (0,rehearse_command/* plainEnvironment */.U)();
        let endedWell = false;
        try {
            const result = await (0,rehearse_command/* runCommand */.d)(command.map((part) => part.replace(/\{([a-z-]+)\}/g, (whole, name) => values[name] ?? whole)), {
                ...limits,
                directory: repository,
                environment: {
                    ...plain,
                    ...environment,
                    // What npm has installed in the project is called by its name.
                    PATH: [(0,external_node_path_.join)(repository, 'node_modules', '.bin'), environment.PATH ?? plain.PATH]
                        .filter(Boolean)
                        .join(external_node_path_.delimiter),
                    DATABASE_URL: url,
                    PGHOST: tap.host,
                    PGPORT: String(tap.port),
                    PGUSER: tap.user,
                    PGPASSWORD: tap.password,
                    PGDATABASE: tap.name,
                    PGSSLMODE: 'disable',
                },
                line: () => undefined,
            });
            endedWell = result.exitCode === 0;
            return result;
        }
        catch (error) {
            const { code } = error;
            if (code === 'ENOENT')
                throw new errors/* UserError */.y(`\`${command[0]}\` was not found. Install it before this step, or give its path in the configuration.`, {
                    cause: error,
                });
            if (code === 'EACCES')
                throw new errors/* UserError */.y(`\`${command[0]}\` may not be executed.`, { cause: error });
            throw error;
        }
        finally {
            // PostgreSQL goes on with a statement whose client was ended.
            if (!endedWell)
                await database.terminateConnections();
        }
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = commands_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
/** The statement that PostgreSQL refused last; where it refused none, what the command itself says. */
function failure({ output, exitCode }, tap, scripts) {
    const failed = tap.heard().findLast(({ sqlstate }) => sqlstate !== undefined);
    if (failed)
        return errorOf(failed, scripts);
    return { ...nothing, message: `${lastLine(output)} (exit code ${exitCode})`, at: scripts[0]?.at };
}
const changing = /\b(?:ALTER|CALL|CLUSTER|COMMENT|COPY|CREATE|DELETE|DO|DROP|GRANT|INSERT|MERGE|REFRESH|REINDEX|REVOKE|TRUNCATE|UPDATE|VACUUM)\b/i;
/** False where the scripts change something, and no statement came that does, but for the tool's own notes. Tools may put other words in. */
function isRun(heard, scripts, bookkeeping) {
    const own = scripts.flatMap(({ statements }) => statements.map(({ sql }) => sql)).filter((sql) => changing.test(sql));
    if (own.length === 0)
        return true;
    const notes = bookkeeping.map((name) => name.slice(name.indexOf('.') + 1));
    const written = new Set(own.map(same_sql/* comparable */.Z));
    return heard.some(({ sql }) => written.has((0,same_sql/* comparable */.Z)(sql)) || (changing.test(sql) && !notes.some((name) => sql.includes(name))));
}
/** The first statement of the scripts that failed, and was not sent again with success: a client such as psql goes on and ends well. */
function passedOverIn(heard, scripts) {
    const own = new Set(scripts.flatMap(({ statements }) => statements.map(({ sql }) => (0,same_sql/* comparable */.Z)(sql))));
    const last = new Map(heard.map((each) => [(0,same_sql/* comparable */.Z)(each.sql), each]));
    return [...last].find(([sql, { sqlstate }]) => sqlstate !== undefined && sqlstate !== inFailed && own.has(sql))?.[1];
}
/** in_failed_sql_transaction: what follows from an error before. */
const inFailed = '25P02';
function errorOf(failed, scripts) {
    const same = scripts.flatMap(({ statements }) => statements.filter(({ sql }) => (0,same_sql/* isSameSql */.j)(sql, failed.sql)));
    const { message = '', table, column, constraint } = failed.failure ?? {};
    return {
        sqlstate: failed.sqlstate,
        message,
        table,
        column,
        constraint,
        statement: same[0]?.sql ?? failed.sql,
        at: same.length === 1 ? same[0]?.at : scripts.length === 1 ? scripts[0]?.at : undefined,
        timedOut: false,
    };
}
function outOfTime(limits, script) {
    return { ...nothing, message: `did not finish within ${(0,rehearse_limit/* seconds */.Y)(limits.timeoutMs)}`, at: script?.at, timedOut: true };
}
const nothing = {
    sqlstate: undefined,
    statement: undefined,
    table: undefined,
    column: undefined,
    constraint: undefined,
    timedOut: false,
};
function check(key, command) {
    for (const [whole, name] of command.join(' ').matchAll(/\{([a-z-]+)\}/g))
        if (name !== undefined && !placeholders.includes(name))
            throw new errors/* UserError */.y(`${key}: ${whole} is not known; there are ${placeholders.map((each) => `{${each}}`).join(', ')}.`);
}
function lastLine(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a program of the project writes is kept from steering a terminal
    const plain = text.replace(/\u001b\[[0-9;]*m/g, '').replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]+/g, ' ');
    return plain.trim().split('\n').at(-1)?.trim().slice(0, 300) || 'it wrote no message';
}

// EXTERNAL MODULE: ./src/model/named.ts
var model_named = __webpack_require__(5964);
// EXTERNAL MODULE: ./src/postgres/settings.ts
var settings = __webpack_require__(1482);
;// CONCATENATED MODULE: ./src/postgres/contents.ts

/**
 * One query a table, written by the server, which quotes the names. A partition's rows are counted with its parent's, those of an
 * inheriting table only with its own. Arrays, because a target list ends at 1664 entries and a table may have 1600 columns.
 *
 * The cast is compared byte by byte (COLLATE "C"): under a nondeterministic collation, equal strings may have different letters.
 */
const tables = `
  SELECT c.oid::regclass::text AS table,
    coalesce(array_agg(quote_ident(a.attname) ORDER BY a.attnum) FILTER (WHERE a.attnum IS NOT NULL), '{}') AS columns,
    format('SELECT count(*)::text AS rows, ARRAY[%s]::text[] AS "nonNull", ARRAY[%s]::text[] AS checksums FROM %s %I.%I',
      string_agg(format('count(%s)', quote_ident(a.attname)), ', ' ORDER BY a.attnum) FILTER (WHERE a.attnum IS NOT NULL),
      string_agg(format('coalesce(sum(hashtextextended(%s::text COLLATE "C", 0)::numeric), 0)', quote_ident(a.attname)), ', ' ORDER BY a.attnum) FILTER (WHERE a.attnum IS NOT NULL),
      CASE c.relkind WHEN 'p' THEN '' ELSE 'ONLY' END, n.nspname, c.relname) AS query
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    AND c.oid::regclass::text <> ALL ($1::text[])
  GROUP BY c.oid, c.relkind, n.nspname, c.relname
  ORDER BY c.oid::regclass::text COLLATE "C"`;
/**
 * The rows of every table, reduced to counts and checksums. Two tables with the same rows in another order give the same value, on any
 * major version. Foreign tables, materialized views and the tables of extensions are left out. Names are quoted as PostgreSQL prints them.
 *
 * `exclude`: identities of tables (`public.alembic_version`) to leave out.
 *
 * The session must not be in a transaction. Rejects with ServerError.
 */
async function contents(session, options) {
    return await (0,settings/* readFixed */.d)(session, async () => {
        const { rows } = await session.query(tables, [options.exclude]);
        const found = [];
        for (const { table, columns, query } of rows)
            found.push(await contentsOf(session, table, columns, query));
        return found;
    });
}
async function contentsOf(session, table, columns, query) {
    const { rows } = await session.query(query);
    const [answer = { rows: '0', nonNull: [], checksums: [] }] = rows;
    return {
        table,
        rows: Number(answer.rows),
        columns: columns.map((column, index) => ({
            column,
            nonNull: Number(answer.nonNull[index]),
            checksum: answer.checksums[index] ?? '0',
        })),
    };
}

// EXTERNAL MODULE: ./src/model/locks.ts
var model_locks = __webpack_require__(4445);
// EXTERNAL MODULE: ./src/rehearse/cost-estimate.ts
var cost_estimate = __webpack_require__(999);
;// CONCATENATED MODULE: ./src/rehearse/cost.ts


/**
 * What each statement of the first upgrade costs as the tables of before grow: by what PostgreSQL told of its work and by the files and
 * locks that it left, which says the same on ten rows as on ten million. Where `sizes` has the table, with a range of time.
 */
function costsOf(watched, script, sizes) {
    const operations = new Map(script.statements.map((each) => [each.at, each.operations]));
    return watched.statements.flatMap((statement) => {
        const { direction, attempt, isOwn, tag, at } = statement;
        if (direction !== 'up' || attempt !== 1 || isOwn || tag === undefined)
            return [];
        const parts = partsOf(watched, statement, (at && operations.get(at)) ?? [], sizes);
        const relations = [...new Set(parts.map(({ relation }) => relation))];
        return relations.map((relation) => {
            const own = parts.filter((part) => part.relation === relation);
            return {
                statement,
                class: heaviest(own.map((part) => part.class)),
                relation,
                mode: relation === undefined ? undefined : (0,model_locks/* heldOn */.Lq)(watched, statement, relation),
                estimate: (0,cost_estimate/* sum */.cz)(own.map(({ estimate }) => estimate)),
            };
        });
    });
}
const weight = ['catalog', 'rows', 'scan', 'index build', 'rewrite'];
function heaviest(classes) {
    return weight[Math.max(0, ...classes.map((each) => weight.indexOf(each)))] ?? 'catalog';
}
function partsOf(watched, statement, operations, sizes) {
    const isHere = (each) => each.statement === statement;
    const locks = watched.locks.filter((lock) => isHere(lock) && lock.existedBefore && holdsRows.has(lock.kind));
    const size = (relation) => (relation === undefined ? undefined : sizes.get((0,model_locks/* plainName */.MH)(relation)));
    const named = (table) => watched.locks.find(({ relation }) => (0,model_locks/* plainName */.MH)(relation) === table)?.relation;
    const parts = [];
    for (const { relation, how } of watched.rewrites.filter(isHere))
        parts.push(how === 'truncated'
            ? { relation, class: 'catalog', estimate: cost_estimate/* catalogOnly */.q9 }
            : { relation, class: 'rewrite', estimate: (0,cost_estimate/* rewrite */.v8)(size(relation)) });
    for (const { relation, constraint } of watched.scans.filter(isHere)) {
        if (relation !== undefined)
            parts.push({ relation, class: 'scan', estimate: (0,cost_estimate/* scan */.SQ)(size(relation)) });
        else {
            const [child, parent] = tablesOfKey(operations, constraint);
            parts.push({
                relation: named(child),
                class: 'scan',
                estimate: (0,cost_estimate/* foreignKey */.mt)(child && sizes.get(child), parent && sizes.get(parent)),
            });
        }
    }
    const emptied = watched.rewrites.filter((each) => isHere(each) && each.how === 'truncated');
    for (const { relation, index } of watched.indexBuilds.filter(isHere)) {
        // Of no rows.
        if (emptied.some((each) => each.relation === relation))
            continue;
        const made = operations.find((op) => op.kind === 'create-index' && (op.index ?? index) === index);
        const how = made?.kind === 'create-index' ? made : { method: 'btree', concurrently: isConcurrent(operations) };
        parts.push({ relation, class: 'index build', estimate: (0,cost_estimate/* indexBuild */.LT)(size(relation), how) });
    }
    for (const relation of silentScans(statement, operations, locks))
        parts.push({ relation, class: 'scan', estimate: (0,cost_estimate/* scan */.SQ)(size(relation)) });
    if (statement.rows !== undefined)
        parts.push(...rowParts(statement, operations, locks, sizes, named));
    const known = new Set(parts.map(({ relation }) => relation));
    for (const { relation, mode } of locks) {
        if (known.has(relation) || (0,model_locks/* lockStrength */.JP)(mode) < (0,model_locks/* lockStrength */.JP)('SHARE UPDATE EXCLUSIVE'))
            continue;
        parts.push({ relation, class: 'catalog', estimate: cost_estimate/* catalogOnly */.q9 });
    }
    return parts;
}
const holdsRows = new Set(['table', 'materialized view', 'view', 'foreign table']);
/** Scans of which PostgreSQL tells nothing: a domain's new constraint, and a DEFAULT partition whose rows might belong to a new one. */
function silentScans({ tag }, operations, locks) {
    if (tag === 'ALTER DOMAIN')
        return locks.flatMap(({ mode, relation }) => (mode === 'SHARE' ? relation : []));
    const [made] = operations.flatMap((op) => (op.kind === 'create-table' && op.partitionOf ? op.partitionOf : []));
    if (!made)
        return [];
    return locks.flatMap(({ mode, relation }) => mode === 'ACCESS EXCLUSIVE' && (0,model_locks/* plainName */.MH)(relation) !== made.parent ? relation : []);
}
function tablesOfKey(operations, constraint) {
    for (const op of operations) {
        if (op.kind === 'validate-constraint' && op.constraint === constraint)
            return [op.table, undefined];
        const isKey = op.kind === 'add-constraint' && op.type === 'foreign-key';
        if (isKey && (op.constraint === undefined || op.constraint === constraint))
            return [op.table, op.references];
    }
    return [undefined, undefined];
}
function isConcurrent(operations) {
    return operations.some((op) => op.kind === 'reindex' && op.concurrently);
}
function rowParts({ rows = 0 }, operations, locks, sizes, named) {
    const [op] = operations.filter(({ kind }) => kind === 'update' || kind === 'delete' || kind === 'insert');
    const work = (relation, low, high) => ({
        relation,
        class: 'rows',
        estimate: low === undefined || high === undefined ? undefined : (0,cost_estimate/* rowWork */.OV)(low, high),
    });
    if (op?.kind === 'insert') {
        const sources = op.source === 'query' ? op.reads.map((table) => sizes.get(table)?.rows) : [];
        const most = sources.reduce((a, b) => (a === undefined || b === undefined ? undefined : a + b), 0);
        return [
            op.source === 'query' && sources.length > 0 ? work(named(op.table), 0, most) : work(named(op.table), rows, rows),
        ];
    }
    if (op?.kind === 'update' || op?.kind === 'delete') {
        const all = sizes.get(op.table)?.rows;
        if (op.where === undefined)
            return [work(named(op.table), all, all)];
        // Among the rows of the rehearsal hardly any two share a key: one row or none is what WHERE id = 7 finds.
        if (op.pinned.length > 0 && rows <= 1)
            return [work(named(op.table), 0, 1)];
        return [work(named(op.table), 0, op.bounded ? Math.min(batch, all ?? batch) : all)];
    }
    return locks.flatMap(({ mode, relation }) => mode === 'ROW EXCLUSIVE' ? [work(relation, 0, sizes.get((0,model_locks/* plainName */.MH)(relation))?.rows)] : []);
}
/** What is taken for the size of a batch: which one the statement asks for is not read. */
const batch = 10_000;

;// CONCATENATED MODULE: ./src/postgres/drift/contents.ts
/**
 * What tells the rows of two moments apart, for the tables and columns that existed at the first.
 *
 * After `down` the values must be the same. After `up-again` only the number of rows and of values that are not null is compared: two
 * runs of one upgrade rightly differ in what it takes from the clock, from sequences and from `random()`.
 */
function compareContents(before, after_, after) {
    const now = new Map(after_.map((table) => [table.table, table]));
    return before.flatMap((table) => changesOf(table, now.get(table.table)).map((change) => ({ after, ...change })));
    function changesOf(table, found) {
        const about = { table: table.table, rowsBefore: table.rows, rowsAfter: found?.rows ?? 0 };
        const rows = rowChange(table.rows, found?.rows ?? 0);
        const whole = rows ? [{ ...about, column: undefined, change: rows }] : [];
        if (!found)
            return whole;
        const columns = table.columns.flatMap((column) => {
            const other = found.columns.find((candidate) => candidate.column === column.column);
            const change = columnChange(column, other, rows, after);
            return change ? [{ ...about, column: column.column, change }] : [];
        });
        return [...whole, ...columns];
    }
}
function rowChange(before, now) {
    return now < before ? 'rows-lost' : now > before ? 'rows-left-behind' : undefined;
}
function columnChange(before, now, rows, after) {
    const left = now?.nonNull ?? 0;
    if (rows === 'rows-lost') {
        // Fewer rows hold fewer values: only a column that lost all of them says something more.
        return before.nonNull > 0 && left === 0 ? 'values-lost' : undefined;
    }
    if (left < before.nonNull)
        return 'values-lost';
    // With more rows there are other values, and it is not known which.
    if (rows !== undefined || now === undefined)
        return undefined;
    const isSame = after === 'down' ? now.checksum === before.checksum && left === before.nonNull : left === before.nonNull;
    return isSame ? undefined : 'values-changed';
}

;// CONCATENATED MODULE: ./src/rehearse/pools.ts
/**
 * Values for a column, as PostgreSQL reads them: first an ordinary one, then the one that goes to the limit of its type, then
 * others that migrations trip over. They are not meant to be plausible; that they fit the type is all that is promised.
 *
 * Integers stop short of their type's end, but beyond the next smaller type: narrowing fails, arithmetic does not.
 */
function pool(type) {
    if (type.element)
        return arrays(type.element);
    if (type.kind === 'e')
        return type.labels;
    if (type.kind === 'c')
        return [`(${','.repeat(Math.max(0, type.fields - 1))})`];
    const make = pools.get(type.name);
    if (make)
        return make(type.modifier);
    if (type.kind === 'm')
        return ['{}'];
    if (type.kind === 'r')
        return ['empty', '(,)'];
    return unknown;
}
/** False for a type that this file does not know: its values are guesses, and PostgreSQL may refuse any of them. */
function isKnown(type) {
    return type.element ? isKnown(type.element) : type.kind === 'e' || type.kind === 'c' || pools.has(type.name);
}
/**
 * A value for a column whose values must differ from row to row, different for each `n` as far as the type has room.
 * @param n from 0; the same number gives the same value
 */
function distinct(type, n) {
    if (type.kind === 'e')
        return type.labels[n % type.labels.length];
    if (type.element) {
        const inner = distinct(type.element, n);
        return inner === undefined ? undefined : `{${inner}}`;
    }
    return series.get(type.name)?.(n, type.modifier);
}
/** Length 1 to 10,485,760 by the manual; long enough is long enough. */
const pools_longest = 2000;
const pools_length = (modifier, otherwise) => (modifier < 0 ? otherwise : Math.min(modifier - 4, pools_longest));
const cut = (text, characters) => [...text].slice(0, characters).join('');
const unique = (values) => [...new Set(values)];
const texts = ['Ada', '', 'ada', ' b c ', `it's "q"`, 'Ünïcødé ☃', '0', 'x@y.example', '2020-01-01', 'A-1', 'NULL'];
const pools_text = (modifier) => {
    const limit = pools_length(modifier, 300);
    const fitting = texts.filter((value) => [...value].length <= limit);
    const [first = cut('Ada', limit), ...others] = fitting;
    return unique([first, 'x'.repeat(limit), ...others]);
};
/** Bits 16 to 31 hold the precision, the lowest 11 the scale as a signed number, https://github.com/postgres/postgres numeric.c. */
const numeric = (modifier) => {
    if (modifier < 0)
        return ['7.125', '123456789012345678.123456789', '0', '-0.01', '1000'];
    const precision = ((modifier - 4) >> 16) & 0xffff;
    const scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
    if (scale < 0 || scale > precision)
        return ['0'];
    const whole = '9'.repeat(precision - scale) || '0';
    const fraction = scale > 0 ? `.${'9'.repeat(scale)}` : '';
    return unique([
        precision > scale ? '1' : '0',
        `${whole}${fraction}`,
        '0',
        `-${whole}`,
        scale > 0 ? `0.${'0'.repeat(scale - 1)}1` : '0',
    ]);
};
const same = (...values) => () => values;
/** pgvector: the modifier is the number of dimensions. */
const vector = (modifier) => {
    const size = modifier < 1 ? 3 : modifier;
    return ['1', '0', '-0.5'].map((value) => `[${Array(size).fill(value).join(',')}]`);
};
const pools = new Map([
    ['bool', same('true', 'false')],
    ['int2', same('1', '32000', '0', '-1', '7', '18', '42', '100')],
    ['int4', same('1', '1234567', '0', '-1', '7', '18', '42', '100', '40000')],
    ['int8', same('1', '5000000019', '0', '-1', '7', '18', '42', '100', '40000')],
    ['oid', same('1', '3000000000')],
    ['numeric', numeric],
    ['float4', same('1.5', '1e10', '0', '-1e-9')],
    ['float8', same('1.5', '3.141592653589793', '0', '-1e10', '1e-9')],
    ['money', same('1', '1234.56', '0')],
    ['text', pools_text],
    ['varchar', pools_text],
    ['citext', pools_text],
    ['bpchar', (modifier) => unique(pools_text(modifier).map((value) => value || 'a'))],
    ['char', same('a', 'z')],
    ['name', same('Ada', 'x'.repeat(63))],
    ['date', same('2024-02-29', '9999-12-31', '1970-01-01', '0001-01-01')],
    ['time', same('12:30:00', '23:59:59.999999', '00:00:00')],
    ['timetz', same('12:30:00+00', '23:59:59.999999-11', '00:00:00+13')],
    [
        'timestamp',
        same('2024-02-29 12:30:00', '2024-03-10 02:30:00.123456', '1970-01-01 00:00:00', '9999-12-31 23:59:59'),
    ],
    [
        'timestamptz',
        same('2024-02-29 12:30:00+00', '2024-11-03 01:30:00.123456-04', '1970-01-01 00:00:00+00', '9999-12-31 00:00:00+00'),
    ],
    ['interval', same('1 day', '-3 years 2 mons 4 days 05:06:07.891', '0', '36:00:00')],
    [
        'uuid',
        same('6f1ed002-ab5d-4a0b-8a5e-5d3c8f2a9b10', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '00000000-0000-0000-0000-000000000000'),
    ],
    ['json', same('{"a": 1}', '{"a": 1, "a": 2}', '{}', '[]', 'null', '"s"')],
    ['jsonb', same('{"a": 1}', '{"a": {"b": [1, 2, null]}}', '{}', '[]', 'null', '"s"')],
    ['bytea', same('\\xdeadbeef', `\\x${'00ff'.repeat(100)}`, '\\x')],
    ['inet', same('10.0.0.1', '2001:db8::1/64', '192.168.0.0/16')],
    ['cidr', same('10.0.0.0/8', '2001:db8::/32')],
    ['macaddr', same('08:00:2b:01:02:03')],
    ['macaddr8', same('08:00:2b:01:02:03:04:05')],
    ['bit', (modifier) => ['1', '0'].map((bit) => bit.repeat(Math.max(1, modifier)))],
    ['varbit', (modifier) => ['1', '1'.repeat(modifier < 0 ? 70 : modifier), '']],
    ['xml', same('<a/>', 'text')],
    ['tsvector', same("'ada':1 'x':2", '')],
    ['tsquery', same("'ada' & 'x'", '')],
    ['jsonpath', same('$.a')],
    ['pg_lsn', same('0/1', 'FFFFFFFF/FFFFFFFF')],
    ['point', same('(1,2)', '(-0.5,1e10)')],
    ['line', same('{1,2,3}')],
    ['lseg', same('[(0,0),(1,1)]')],
    ['box', same('(1,1),(0,0)')],
    ['path', same('[(0,0),(1,1)]', '((0,0),(1,1))')],
    ['polygon', same('((0,0),(1,1),(1,0))')],
    ['circle', same('<(0,0),1>')],
    ['int4range', same('[1,10)', '[1,)', 'empty', '(,)')],
    ['int8range', same('[1,10)', '[5000000019,)', 'empty', '(,)')],
    ['numrange', same('[1.5,2.5)', '[1,)', 'empty', '(,)')],
    ['daterange', same('[2024-01-01,2024-02-01)', '[2024-03-01,)', 'empty', '(,)')],
    ['tsrange', same('[2024-01-01,2024-02-01)', '[2024-03-01,)', 'empty', '(,)')],
    ['tstzrange', same('[2024-01-01,2024-02-01)', '[2024-03-01,)', 'empty', '(,)')],
    ['hstore', same('a=>1', 'a=>NULL, b=>"x y"', '')],
    ['ltree', same('a', 'a.b.c')],
    ['vector', vector],
    ['halfvec', vector],
    ['geometry', same('POINT(0 0)', 'SRID=4326;POINT(1 2)')],
    ['geography', same('POINT(0 0)', 'SRID=4326;POINT(1 2)')],
]);
const unknown = ['1', 'a', '', '{}', '(1,1)', '[1,2,3]', 'null'];
const day = (n) => new Date(Date.UTC(2001, 0, 1) + (n % 2_000_000) * 86_400_000).toISOString().slice(0, 10);
const hexadecimal = (n, digits) => n.toString(16).padStart(digits, '0');
/** Short names first, so that a column of a few characters still has different values; every third one fills its column. */
const numberedText = (n, modifier) => {
    const limit = pools_length(modifier, 60);
    const label = `${n % 2 === 0 ? 'k' : 'K'}${n}`;
    if (label.length > limit)
        return n.toString(36).slice(-limit);
    return n % 3 === 2 ? label.padEnd(limit, 'x') : label;
};
const series = new Map([
    ['bool', (n) => String(n % 2 === 0)],
    ['int2', (n) => String(1 + (n % 32_000))],
    ['int4', (n) => String(n % 3 === 2 ? 1_000_000 + n : 1 + n)],
    ['int8', (n) => String(n % 3 === 2 ? 5_000_000_000 + n : 1 + n)],
    ['oid', (n) => String(1 + n)],
    ['numeric', (n) => String(1 + n)],
    ['float4', (n) => String(n + 0.5)],
    ['float8', (n) => String(n + 0.5)],
    ['text', numberedText],
    ['varchar', numberedText],
    ['bpchar', numberedText],
    ['citext', numberedText],
    ['name', numberedText],
    ['date', (n) => day(n)],
    ['time', (n) => `${String(n % 24).padStart(2, '0')}:${String(Math.floor(n / 24) % 60).padStart(2, '0')}:00`],
    ['timestamp', (n) => `${day(n)} 12:30:00.123456`],
    ['timestamptz', (n) => `${day(n)} 12:30:00.123456+00`],
    ['uuid', (n) => `00000000-0000-4000-8000-${hexadecimal(n, 12)}`],
    ['bytea', (n) => `\\x${hexadecimal(n, 8)}`],
    ['inet', (n) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`],
    ['jsonb', (n) => `{"a": ${n}}`],
    ['ltree', (n) => `k${n}`],
    ['int4range', (n) => `[${2 * n},${2 * n + 1})`],
    ['int8range', (n) => `[${2 * n},${2 * n + 1})`],
    ['numrange', (n) => `[${2 * n},${2 * n + 1})`],
    ['daterange', (n) => `[${day(2 * n)},${day(2 * n + 1)})`],
    ['tsrange', (n) => `[${day(2 * n)},${day(2 * n + 1)})`],
    ['tstzrange', (n) => `[${day(2 * n)} 00:00+00,${day(2 * n + 1)} 00:00+00)`],
]);
function arrays(element) {
    const quoted = pool(element).map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
    const [first = 'NULL'] = quoted;
    return unique([`{${first}}`, `{${quoted.slice(0, 6).join(',')}}`, '{}', `{${first},${first},NULL}`]);
}

// EXTERNAL MODULE: ./src/rehearse/tables.ts
var rehearse_tables = __webpack_require__(5980);
;// CONCATENATED MODULE: ./src/rehearse/candidates.ts


/**
 * A row of a certain character, before PostgreSQL has said anything. 0: ordinary values; 1: NULL wherever it is allowed; 2: the
 * limits of each type; 3: defaults; 4: like 0, so that all that need not differ is there twice; from 5: mixtures.
 */
function compose(tried, shape, fixed = none) {
    const { table } = tried;
    tried.attempts++;
    const candidate = new Map();
    for (const [index, column] of table.columns.entries()) {
        if (!column.filled)
            candidate.set(column.name, firstCell(tried, column, shape, index));
    }
    for (const reference of [...table.references].reverse())
        point(candidate, table, reference, tried.attempts, shape === 1);
    for (const [column, value] of fixed)
        candidate.set(column, { fixed: value });
    return candidate;
}
const none = new Map();
function firstCell(tried, column, shape, index) {
    if (shape === 1 && column.nullable)
        return 'null';
    if (shape === 3 && column.hasDefault)
        return 'default';
    const keys = tried.table.constraints.filter(({ kind, columns }) => kind === 'u' && columns.includes(column.name));
    const alone = keys.some(({ columns }) => columns.length === 1);
    if (alone || (keys.length > 0 && shape % 2 === 1)) {
        const value = distinct(column.type, tried.attempts);
        if (value !== undefined)
            return { value };
    }
    const values = choices(column);
    const place = shape === 2 ? 1 : shape < 5 ? 0 : shape - 3 + index;
    const value = values[place % values.length];
    return value === undefined ? 'null' : { value };
}
/** The pool of the type, with what the column's own constraints name: the ordinary and the extreme value stay in front. */
function choices(column) {
    const [first, second, ...others] = pool(column.type).filter((value) => !column.isStamped || !isFuture(value));
    const [hint, ...hints] = column.hints.filter((text) => fits(text, column.type.name));
    return [hint ?? first, second, ...hints, hint === undefined ? undefined : first, ...others].filter((value) => value !== undefined);
}
/** Ages that are computed from a column of the present are never negative; no check says so. */
function isFuture(value) {
    return value.startsWith('9999-');
}
function fits(hint, type) {
    if (/^(int[248]|numeric|float[48]|money)$/.test(type))
        return /^-?\d+(\.\d+)?$/.test(hint);
    if (/^(text|varchar|bpchar|citext|name|char)$/.test(type))
        return true;
    return /^(date|timestamp|timestamptz)$/.test(type) && /^\d{4}-\d\d/.test(hint);
}
/** Lets the columns of a foreign key point to one row of the parent, or to none. Two keys with the same parent step at their own pace. */
function point(candidate, table, reference, nth, toNone) {
    const nullable = table.columns
        .filter(({ name, nullable }) => nullable && reference.columns.includes(name))
        .map(({ name }) => name);
    for (const [index, name] of reference.columns.entries()) {
        const parentColumn = reference.parentColumns[index];
        if (!candidate.has(name) || isFixed(candidate.get(name)) || parentColumn === undefined)
            continue;
        if (toNone && nullable.length > 0) {
            if (nullable.includes(name))
                candidate.set(name, 'null');
        }
        else
            candidate.set(name, { reference, parentColumn, nth: nth * (1 + table.references.indexOf(reference)) });
    }
}
/**
 * The row again, with other values where the refusal points: in the columns of the constraint, or everywhere.
 * @returns undefined where no value is left to try
 */
function revise(tried, candidate, refusal) {
    const { table } = tried;
    tried.attempts++;
    const named = blame(table, refusal).filter((name) => candidate.has(name));
    const blamed = named.filter((name) => !isFixed(candidate.get(name)));
    if (named.length > 0 && blamed.length === 0)
        return undefined;
    const [only] = blamed;
    if (blamed.length === 1 && only !== undefined && /^(22|23502|23514)/.test(refusal.sqlstate))
        strike(tried, only, candidate.get(only));
    const revised = new Map(candidate);
    const moved = new Set();
    for (const [index, name] of (blamed.length > 0 ? blamed : [...candidate.keys()]).entries()) {
        const cell = candidate.get(name);
        const column = table.columns.find((each) => each.name === name);
        if (!column || cell === undefined || isFixed(cell))
            continue;
        // NULL where a value is required: the parent had no rows, and may have some the next time.
        if (typeof cell === 'object' && 'reference' in cell)
            moved.add(cell.reference);
        else {
            const next = nextCell(tried, column, index);
            if (!next)
                return undefined;
            revised.set(name, next);
        }
    }
    for (const reference of moved)
        point(revised, table, reference, tried.attempts, false);
    return revised;
}
function isFixed(cell) {
    return typeof cell === 'object' && 'fixed' in cell;
}
/** The columns that a refusal speaks of; none where it does not say. */
function blame(table, refusal) {
    const elsewhere = refusal.table !== '' && !table.partitioned && refusal.table !== table.relation;
    if (elsewhere)
        return [];
    if (refusal.column !== '')
        return [refusal.column];
    const named = [...table.constraints, ...table.references].find(({ name }) => name === refusal.constraint);
    if (named)
        return named.columns;
    if (refusal.type !== '')
        return table.columns.filter(({ type }) => type.domains.includes(refusal.type)).map(({ name }) => name);
    if (refusal.sqlstate === '23514')
        return table.partitionKeys.get(refusal.table) ?? [];
    if (refusal.sqlstate.startsWith('22'))
        return table.columns.filter(({ type }) => !isKnown(type)).map(({ name }) => name);
    return [];
}
function strike(tried, name, cell) {
    const value = cell === 'null' ? null : typeof cell === 'object' && 'value' in cell ? cell.value : undefined;
    if (value === undefined)
        return;
    const struck = tried.struck.get(name) ?? new Set();
    tried.struck.set(name, struck.add(value));
}
function nextCell(tried, column, index) {
    const struck = tried.struck.get(column.name);
    const isKey = tried.table.constraints.some(({ kind, columns }) => kind === 'u' && columns.includes(column.name));
    const fresh = isKey ? distinct(column.type, tried.attempts) : undefined;
    const cells = [...choices(column), fresh]
        .filter((value) => value !== undefined)
        .filter((value) => !struck?.has(value))
        .map((value) => ({ value }));
    // Checks over several columns often ask for NULL in one of them.
    if (column.nullable && !struck?.has(null))
        cells.push(...Array(Math.ceil(cells.length / 2)).fill('null'));
    if (column.hasDefault)
        cells.push('default');
    if (fresh !== undefined && !struck?.has(fresh) && tried.attempts % 2 === 0)
        return { value: fresh };
    return cells[scatter(tried.attempts, index) % Math.max(1, cells.length)];
}
/** Numbers without a pattern that two columns could share, the same in every run: the finalizer of MurmurHash3 (public domain). */
function scatter(attempt, index) {
    let hash = attempt * 1_009 + index + 1;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
}
function candidateSql(table, candidate) {
    if (candidate.size === 0)
        return `INSERT INTO ${table.name} DEFAULT VALUES`;
    const columns = [...candidate.keys()].map(rehearse_tables/* identifier */.Cv);
    const values = [...candidate.values()].map(cellSql);
    return `INSERT INTO ${table.name} (${columns.join(', ')}) VALUES (${values.join(', ')})`;
}
function cellSql(cell) {
    if (cell === 'null')
        return 'NULL';
    if (cell === 'default')
        return 'DEFAULT';
    if ('value' in cell)
        return (0,rehearse_tables/* literal */.eu)(cell.value);
    if ('fixed' in cell)
        return cell.fixed === null ? 'NULL' : (0,rehearse_tables/* literal */.eu)(cell.fixed);
    const { reference, parentColumn, nth } = cell;
    const complete = reference.parentColumns.map((name) => `p.${(0,rehearse_tables/* identifier */.Cv)(name)} IS NOT NULL`).join(' AND ');
    const from = `FROM ${reference.parent} AS p WHERE ${complete}`;
    // NULL where the parent has no rows; the same row for each column of the key.
    const place = `(SELECT ${nth} % GREATEST(pg_catalog.count(*), 1) ${from})`;
    return `(SELECT p.${(0,rehearse_tables/* identifier */.Cv)(parentColumn)} ${from} ORDER BY p.tableoid, p.ctid LIMIT 1 OFFSET ${place})`;
}

;// CONCATENATED MODULE: ./src/rehearse/rows.ts



/** A table with so many rows, and a value in every column, is left as it is. */
const few = 3;
const wanted = 10;
/** However often a table is looked at, no rows are added beyond these. */
const rows_most = 20;
/** Refused rows are changed where the refusal points and offered again, so often. */
const rounds = 12;
/** Where tools note which migrations ran. Rows of ours would be taken for migrations. */
const bookkeeping = /^(schema_versions?|schema_migrations|alembic_version|flyway_schema_history|goose_db_version|_sqlx_migrations|__diesel_schema_migrations|django_migrations|knex_migrations|pgmigrations|databasechangelog)$/;
/**
 * Puts synthetic rows into the tables that hold few or none. PostgreSQL is the judge: rows are offered one by one, those that it
 * refuses are changed where its error points, and what its constraints and triggers allow stays. The same schema gets the same
 * values, as far as its own defaults and triggers are deterministic. Nothing else is left behind, except that sequences move.
 *
 * @param options.exclude tables by name, quoted as PostgreSQL prints it: `public.alembic_version`
 * @param options.timeoutMs ends a round that takes longer (a trigger that waits); the tables are then tried one at a time
 * @returns the rows that each table now holds, by name; 0 where PostgreSQL refused all that was offered
 */
async function putRows(session, options) {
    const tables = (await (0,rehearse_tables/* readTables */.gb)(session)).filter((table) => !options.exclude.includes(table.name));
    await session.query(`SET standard_conforming_strings = on; SET statement_timeout = ${Math.ceil(options.timeoutMs)}; SELECT pg_catalog.setseed(0.42)`);
    const before = await countRows(session, tables);
    const open = tables.map((table) => start(table, before.get(table.name))).filter(({ waiting }) => waiting.length > 0);
    for (let round = 0; round < rounds && open.some(({ waiting }) => waiting.length > 0); round++) {
        try {
            await offer(session, open);
        }
        catch (error) {
            if (!isTimeout(error))
                throw error;
            for (const tried of open)
                await offerAlone(session, tried);
        }
    }
    const after = await countRows(session, tables);
    return new Map(tables.map(({ name }) => [name, after.get(name)?.rows ?? 0]));
}
/**
 * Offers rows that hold certain values, in tables that may already hold rows. The other columns are filled as `putRows` does, and changed
 * where PostgreSQL refuses the row; the given values stay.
 *
 * @param wishes for each row its table's name, as PostgreSQL prints it, and what it must hold, NULL as null. Others are passed over.
 * @param options.timeoutMs ends a round that takes longer; what is left is then given up
 */
async function putRowsWith(session, wishes, options) {
    const tables = (await (0,rehearse_tables/* readTables */.gb)(session)).filter(({ name }) => wishes.some(({ table }) => table === name));
    await session.query(`SET standard_conforming_strings = on; SET statement_timeout = ${Math.ceil(options.timeoutMs)}; SELECT pg_catalog.setseed(0.43)`);
    const before = await countRows(session, tables);
    const open = tables.map((table) => {
        // Far from the numbers that other rows were made with, so that keys differ.
        const tried = {
            table,
            attempts: 1_000 + (before.get(table.name)?.rows ?? 0),
            struck: new Map(),
            waiting: [],
        };
        const own = wishes.filter((wish) => wish.table === table.name);
        tried.waiting = own.map(({ fixed }, index) => compose(tried, index % wanted, fixed));
        return tried;
    });
    for (let round = 0; round < rounds && open.some(({ waiting }) => waiting.length > 0); round++) {
        try {
            await offer(session, open);
        }
        catch (error) {
            if (!isTimeout(error))
                throw error;
            return;
        }
    }
}
/**
 * Rows as users write them once an upgrade is there, over those that a table has: its new columns used and left NULL, every label, the
 * longest texts, the same values again where no key forbids it.
 *
 * @param names the tables, as PostgreSQL prints them; others get none
 * @returns the tables that took rows
 */
async function putLaterRows(session, names, options) {
    const tables = (await (0,rehearse_tables/* readTables */.gb)(session)).filter(({ name, relation }) => names.has(name) && !bookkeeping.test(relation));
    await session.query(`SET standard_conforming_strings = on; SET statement_timeout = ${Math.ceil(options.timeoutMs)}; SELECT pg_catalog.setseed(0.44)`);
    const before = await countRows(session, tables);
    const open = tables.map((table) => {
        // Far from the numbers that the rows of before were made with, so that keys differ.
        const tried = { table, attempts: 2_000, struck: new Map(), waiting: [] };
        tried.waiting = laterShapes(table).map((shape) => compose(tried, shape));
        return tried;
    });
    for (let round = 0; round < rounds && open.some(({ waiting }) => waiting.length > 0); round++)
        await offer(session, open);
    const after = await countRows(session, tables);
    return tables.flatMap(({ name }) => ((after.get(name)?.rows ?? 0) > (before.get(name)?.rows ?? 0) ? name : []));
}
/** Mixtures go through the values of a column one after the other: enough of them for each label of an enum. */
function laterShapes({ columns }) {
    const labels = Math.max(0, ...columns.map(({ type }) => type.labels.length));
    return [0, 1, 2, 3, 4, ...Array.from({ length: Math.min(12, Math.max(3, labels)) }, (_, index) => 5 + index)];
}
function start(table, found) {
    const tried = { table, attempts: found?.rows ?? 0, struck: new Map(), waiting: [] };
    const shapes = Array.from({ length: wanted }, (_, shape) => shape);
    tried.waiting = shapesFor(table, found, shapes).map((shape) => compose(tried, shape));
    return tried;
}
function shapesFor(table, found, all) {
    const { rows, empty } = found ?? { rows: 0, empty: [] };
    if (rows > 0 && bookkeeping.test(table.relation))
        return [];
    if (rows < few)
        return all.slice(0, wanted - rows);
    // A column that an earlier migration added is NULL in the rows that were there: what happens to its values would not be seen.
    const unused = table.columns.some(({ name, filled }) => !filled && empty.includes(name));
    return unused && rows < rows_most ? [0, 2, 5, 6] : [];
}
/** Offers every waiting row once, in one statement; keeps those that were refused, revised, for the next time. */
async function offer(session, open) {
    const offered = open.flatMap((tried) => tried.waiting.map((candidate) => ({ tried, candidate })));
    if (offered.length === 0)
        return;
    const refusals = await insert(session, offered.map(({ tried, candidate }) => candidateSql(tried.table, candidate)));
    for (const tried of open)
        tried.waiting = [];
    for (const [place, refusal] of refusals) {
        const { tried, candidate } = offered[place] ?? {};
        const revised = tried && candidate && revise(tried, candidate, refusal);
        if (tried && revised)
            tried.waiting.push(revised);
    }
}
async function offerAlone(session, tried) {
    try {
        await offer(session, [tried]);
    }
    catch (error) {
        if (!isTimeout(error))
            throw error;
        tried.waiting = [];
    }
}
/** @returns what PostgreSQL said about each row that it refused, by its place in `statements` */
async function insert(session, statements) {
    // Constraints that wait for the COMMIT would take all rows with them.
    const body = `
    DECLARE
      statement pg_catalog.text;
      place pg_catalog.int4 := 0;
      refused pg_catalog.jsonb := '[]';
      r_sqlstate pg_catalog.text; r_table pg_catalog.text; r_column pg_catalog.text; r_constraint pg_catalog.text; r_type pg_catalog.text;
    BEGIN
      SET CONSTRAINTS ALL IMMEDIATE;
      FOREACH statement IN ARRAY ARRAY[${statements.map(rehearse_tables/* literal */.eu).join(',\n')}]::pg_catalog.text[] LOOP
        BEGIN
          EXECUTE statement;
        EXCEPTION WHEN OTHERS OR ASSERT_FAILURE THEN
          GET STACKED DIAGNOSTICS r_sqlstate = RETURNED_SQLSTATE, r_table = TABLE_NAME, r_column = COLUMN_NAME,
            r_constraint = CONSTRAINT_NAME, r_type = PG_DATATYPE_NAME;
          refused := refused OPERATOR(pg_catalog.||) pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object(
            'place', place, 'sqlstate', r_sqlstate, 'table', r_table, 'column', r_column, 'constraint', r_constraint, 'type', r_type));
        END;
        place := place OPERATOR(pg_catalog.+) 1;
      END LOOP;
      PERFORM pg_catalog.set_config('migration_gate.refused', refused::pg_catalog.text, true);
    END`;
    const { rows } = await session.query(`DO ${(0,rehearse_tables/* literal */.eu)(body)}; SELECT pg_catalog.current_setting('migration_gate.refused') AS json`);
    const refused = JSON.parse(rows[0]?.json ?? '[]');
    return new Map(refused.map(({ place, ...refusal }) => [place, refusal]));
}
async function countRows(session, tables) {
    const counts = new Map();
    for (const table of tables) {
        const columns = table.columns.map(({ name }) => `pg_catalog.count(${(0,rehearse_tables/* identifier */.Cv)(name)})`);
        const from = `${table.partitioned ? '' : 'ONLY '}${table.name}`;
        const { rows } = await session.query(`SELECT pg_catalog.json_build_array(pg_catalog.count(*), ARRAY[${columns.join(', ')}]::pg_catalog.int8[])::pg_catalog.text AS json FROM ${from}`);
        const [total, filled] = JSON.parse(rows[0]?.json ?? '[0,[]]');
        counts.set(table.name, {
            rows: total,
            empty: table.columns.filter((_, index) => filled[index] === 0).map(({ name }) => name),
        });
    }
    return counts;
}
function isTimeout(error) {
    return error instanceof postgres_server/* ServerError */.g && error.sqlstate === '57014';
}

;// CONCATENATED MODULE: ./src/rehearse/later-rows.ts
var later_rows_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var later_rows_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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





/** A round of rows that takes longer, held up by a trigger, is given up. */
const rowsMs = 5_000;
/**
 * Writes rows into the tables that an upgrade changed, as its users would, and runs the downgrade with them. What it loses of columns that
 * only the upgrade brought is its purpose; what it loses of the others is told.
 *
 * @returns undefined where there was nothing to write, or PostgreSQL took no row
 */
async function tryLaterRows(options) {
    const { database, limits, touched, before, upgraded, known, contents, down } = options;
    const names = changedTables(before, upgraded, touched);
    if (names.size === 0)
        return undefined;
    const tables = await write(database, limits, names);
    if (tables.length === 0)
        return undefined;
    const written = await contents();
    const { error } = await down();
    if (error)
        return { tables, error, data: [] };
    const after = await contents();
    const compared = (isSame, how) => compareContents(inBoth(written, before, upgraded, isSame), after, how).map((change) => ({
        ...change,
        after: 'down',
    }));
    const isKnown = (change) => known.some(({ after, table, column }) => after === 'down' && table === change.table && column === change.column);
    // Of a column that has another type after the downgrade the values are written in another way: they are counted only.
    const counted = compared(false, 'up-again').filter(({ column }) => column !== undefined);
    const data = [...compared(true, 'down'), ...counted].filter((change) => !isKnown(change));
    return { tables, error: undefined, data };
}
/** A trigger that fails or waits keeps rows out; the trial is then about those that got in. */
async function write(database, limits, names) {
    return await (0,rehearse_limit/* limited */.T)(database, { ...limits, timeoutMs: 10 * rowsMs }, async () => {
        try {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const session = later_rows_addDisposableResource(env_1, await database.connect(), true);
                return await putLaterRows(session, names, { timeoutMs: rowsMs });
            }
            catch (e_1) {
                env_1.error = e_1;
                env_1.hasError = true;
            }
            finally {
                const result_1 = later_rows_disposeResources(env_1);
                if (result_1)
                    await result_1;
            }
        }
        catch (error) {
            if (error instanceof postgres_server/* ServerError */.g && error.sqlstate === '57014')
                return [];
            throw error;
        }
    });
}
/**
 * Tables and columns that there were before, with the type and the values of before or with others: what is new goes with the downgrade,
 * and should. So do the rows that the upgrade itself wrote: of such a table only the number of the others is told.
 */
function inBoth(written, before, upgraded, isSame) {
    const [old, now] = [typesIn(before.schema), typesIn(upgraded.schema)];
    return written.flatMap((table) => {
        const was = before.contents.find((each) => each.table === table.table);
        const then = upgraded.contents.find((each) => each.table === table.table);
        if (!was || !then)
            return [];
        const own = then.rows - was.rows;
        if (own > 0)
            return [{ ...table, rows: table.rows - own, columns: [] }];
        const columns = table.columns.filter(({ column }) => {
            const name = `${table.table}.${column}`;
            const [first, second] = [was, then].map(({ columns }) => columns.find((each) => each.column === column));
            if (!first || !second)
                return false;
            const isKept = isSameText(old.get(name), now.get(name)) && first.checksum === second.checksum;
            return isKept === isSame;
        });
        return [{ ...table, columns }];
    });
}
function typesIn(schema) {
    return new Map(schema.flatMap(({ kind, identity, attributes }) => (kind === 'column' ? [[identity, attributes.type]] : [])));
}
/** Equal values of both types are equal as text. */
function isSameText(a, b) {
    const isText = (type) => /^(?:text|character varying(?:\(\d+\))?)$/.test(String(type));
    return a === b || (isText(a) && isText(b));
}
/** Kinds of objects that a table uses without being theirs. */
const shared = new Set(['enum', 'domain', 'composite type', 'range', 'type']);
/** The tables of after the upgrade that it names, or that differ from what they were; all, where it changes a type. */
function changedTables(before, upgraded, touched) {
    const all = upgraded.contents.map(({ table }) => table);
    const old = new Map(before.schema.map((object) => [key(object), JSON.stringify(object.attributes)]));
    const now = new Map(upgraded.schema.map((object) => [key(object), JSON.stringify(object.attributes)]));
    const differs = (object) => old.get(key(object)) !== now.get(key(object));
    const changed = [...differing(before.schema, differs), ...differing(upgraded.schema, differs)];
    if (changed.some(({ kind }) => shared.has(kind)))
        return new Set(all);
    const own = new Set(changed.flatMap((object) => [key(object), ...(object.belongsTo ?? [])]));
    const names = new Set(touched);
    return new Set(all.filter((table) => own.has(`table ${table}`) || names.has((0,model_locks/* plainName */.MH)(table))));
}
function differing(schema, differs) {
    return schema.filter(differs);
}
function key({ kind, identity }) {
    return `${kind} ${identity}`;
}

;// CONCATENATED MODULE: ./src/rehearse/missing-extension.ts
/**
 * What a script asks for that this server does not have: that says nothing about the script. Undefined for any other error.
 * Before PostgreSQL 14 it is told with 58P01 and the name of a file.
 */
function missingExtension({ sqlstate, message }, { source, version }) {
    const told = {
        '0A000': /^extension "(.+)" is not available/s,
        '58P01': /extension control file ".*\/([^/]+)\.control"/s,
    };
    const name = sqlstate === '0A000' || sqlstate === '58P01' ? told[sqlstate].exec(message)?.[1] : undefined;
    return (name &&
        `needs the extension ${name}, which the PostgreSQL of this rehearsal (${version}, ${source}) does not have. Rehearse on one that has it: an image (\`database: docker\` and \`docker-image:\`), or the URL of such a server, as a service container is one`);
}

;// CONCATENATED MODULE: ./src/rehearse/old-code/affected.ts

const relationKinds = new Set(['table', 'view', 'materialized view', 'foreign table']);
const functionKinds = new Set(['function', 'procedure', 'aggregate']);
const typeKinds = new Set(['enum', 'domain', 'range', 'type', 'composite type']);
/** No statement fares otherwise for it. */
const ignored = new Set(['comment', 'security label', 'dropped columns', 'statistics']);
/** A new one makes nothing fail but rows that do not fit; those of a rehearsal are made up. */
const harmlessWhenNew = new Set(['index', 'constraint', 'sequence']);
/** The objects of before that are other ones after, or gone, or have other parts. */
function changedObjects(before, after) {
    const old = new Map(before.map((object) => [keyOf(object), object]));
    const now = new Map(after.map((object) => [keyOf(object), object]));
    const differing = [
        ...before.filter((object) => !affected_isSame(object, now.get(keyOf(object)))),
        ...after.filter((object) => !old.has(keyOf(object)) && !harmlessWhenNew.has(object.kind)),
    ].filter(({ kind }) => !ignored.has(kind));
    const found = { relations: new Set(), functions: new Set(), types: new Set() };
    for (const object of differing) {
        const owners = [keyOf(object), ...(object.belongsTo ?? [])].flatMap((key) => old.get(key) ?? now.get(key) ?? []);
        for (const { kind, identity, belongsTo = [] } of owners) {
            const all = [`${kind} ${identity}`, ...belongsTo].flatMap((key) => old.get(key) ?? now.get(key) ?? []);
            for (const owner of all) {
                if (relationKinds.has(owner.kind))
                    found.relations.add(owner.identity);
                if (functionKinds.has(owner.kind))
                    found.functions.add(owner.identity);
                if (typeKinds.has(owner.kind))
                    found.types.add(owner.identity);
            }
        }
    }
    return { relations: [...found.relations], functions: [...found.functions], types: [...found.types] };
}
function keyOf({ kind, identity }) {
    return `${kind} ${identity}`;
}
function affected_isSame(object, other) {
    return other !== undefined && JSON.stringify(object.attributes) === JSON.stringify(other.attributes);
}
/**
 * The tables, views and functions of before that the migration may affect: those that it changes, and those that rest on them, as far as
 * PostgreSQL notes it (views, triggers, policies, defaults), or the text of a function names them. What is changed itself stands first.
 *
 * @param session to the state of before the migration
 * @param exclude tables by name, as PostgreSQL prints it: those of the tool itself
 */
async function affected(session, changed, exclude) {
    const { relations, functions, types } = changed;
    const answer = await (0,settings/* readFixed */.d)(session, () => session.query(query, [relations, functions, types, exclude]));
    return JSON.parse(answer.rows[0]?.json ?? '{"relations":[],"functions":[]}');
}
const isUser = (schema) => `${schema} !~ '^pg_' AND ${schema} <> 'information_schema'`;
const notMember = (catalog, oid) => `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;
/** A role that is a superuser may do all, whatever is granted. */
const grants = (acl, owner) => `
  (SELECT coalesce(json_agg(json_build_object('role', g.role, 'privileges', g.privileges) ORDER BY g.role COLLATE "C"), '[]') FROM (
    SELECT quote_ident(u.rolname) AS role, json_agg(DISTINCT x.privilege_type) AS privileges
    FROM aclexplode(${acl}) x JOIN pg_roles u ON u.oid = x.grantee AND NOT u.rolsuper
    WHERE x.grantee <> ${owner} GROUP BY u.rolname) g)`;
/** A new function beside one of the same name takes calls from it. */
const path = (procedure) => `regexp_replace(${procedure}, '\\([^()]*\\)$', '')`;
const query = `
WITH RECURSIVE
  rels AS MATERIALIZED (
    SELECT c.oid, c.relname, c.relkind, c.relacl, c.relowner, c.oid::regclass::text AS name,
      c.oid::regclass::text = ANY ($1::text[]) OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.atttypid >= 16384 AND a.atttypid::regtype::text = ANY ($3::text[])) AS direct
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND c.relpersistence <> 't' AND ${isUser('n.nspname')}
      AND ${notMember('pg_class', 'c.oid')} AND c.oid::regclass::text <> ALL ($4::text[])),
  funcs AS MATERIALIZED (
    SELECT p.oid, p.proname, p.prosrc, p.oid::regprocedure::text AS name, ${path('p.oid::regprocedure::text')} IN (SELECT ${path('x')} FROM unnest($2::text[]) x) AS direct
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prokind IN ('f', 'p') AND ${isUser('n.nspname')} AND ${notMember('pg_proc', 'p.oid')}),
  depends AS MATERIALIZED (
    SELECT CASE d.refclassid WHEN 'pg_class'::regclass THEN 'r' WHEN 'pg_proc'::regclass THEN 'f' ELSE 't' END AS kind, d.refobjid AS oid,
      CASE d.classid WHEN 'pg_proc'::regclass THEN 'f' ELSE 'r' END AS to_kind,
      CASE d.classid
        WHEN 'pg_rewrite'::regclass THEN (SELECT w.ev_class FROM pg_rewrite w WHERE w.oid = d.objid)
        WHEN 'pg_policy'::regclass THEN (SELECT p.polrelid FROM pg_policy p WHERE p.oid = d.objid)
        WHEN 'pg_attrdef'::regclass THEN (SELECT a.adrelid FROM pg_attrdef a WHERE a.oid = d.objid)
        WHEN 'pg_constraint'::regclass THEN (SELECT k.conrelid FROM pg_constraint k WHERE k.oid = d.objid AND k.contype = 'c')
        ELSE d.objid END AS to_oid
    FROM pg_depend d
    WHERE d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass)
      AND (d.classid IN ('pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_proc'::regclass)
        OR d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_type'::regclass AND d.objsubid > 0)),
  edges AS MATERIALIZED (
    SELECT kind, oid, to_kind, to_oid FROM depends WHERE to_oid IS NOT NULL
    UNION SELECT 't', t.typelem, 't', t.oid FROM pg_type t WHERE t.typcategory = 'A' AND t.typelem >= 16384
    UNION SELECT 'f', t.tgfoid, 'r', t.tgrelid FROM pg_trigger t WHERE NOT t.tgisinternal
    -- A function whose text holds the name by chance is tried for nothing, and fares as before.
    UNION SELECT 'r', r.oid, 'f', f.oid FROM rels r JOIN funcs f ON strpos(lower(f.prosrc), lower(r.relname)) > 0
    UNION SELECT 'f', g.oid, 'f', f.oid FROM funcs g JOIN funcs f ON f.oid <> g.oid AND strpos(lower(f.prosrc), lower(g.proname)) > 0),
  reached (kind, oid) AS (
    SELECT 'r', r.oid FROM rels r WHERE r.direct
    UNION SELECT 'f', f.oid FROM funcs f WHERE f.direct
    UNION SELECT 't', t.oid FROM pg_type t WHERE t.oid >= 16384 AND t.oid::regtype::text = ANY ($3::text[])
    UNION SELECT e.to_kind, e.to_oid FROM reached x JOIN edges e ON e.kind = x.kind AND e.oid = x.oid),
  relations AS (
    SELECT json_build_object(
      'name', r.name,
      'kind', CASE r.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END,
      'isDirect', r.direct,
      'columns', (
        SELECT coalesce(json_agg(json_build_object('name', quote_ident(a.attname), 'bare', a.attname,
          'isGenerated', a.attgenerated <> '',
          'isIdentity', a.attidentity = 'a', 'hasDefault', a.atthasdef OR a.attidentity <> '') ORDER BY a.attnum), '[]')
        FROM pg_attribute a WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped),
      'keys', (
        SELECT coalesce(json_agg(k.columns ORDER BY k.place), '[]') FROM (
          SELECT json_agg(quote_ident(a.attname) ORDER BY key.place) AS columns, min(c.relname::text COLLATE "C") AS place
          FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
          CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS key(attnum, place)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.attnum
          WHERE i.indrelid = r.oid AND i.indisunique AND i.indimmediate AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
            AND key.place <= i.indnkeyatts
          GROUP BY i.indexrelid) k),
      'takes', json_build_object(
        'insert', pg_relation_is_updatable(r.oid, true) & 8 > 0, 'update', pg_relation_is_updatable(r.oid, true) & 4 > 0,
        'delete', pg_relation_is_updatable(r.oid, true) & 16 > 0),
      'grants', ${grants('r.relacl', 'r.relowner')}) AS json,
      ROW_NUMBER() OVER (ORDER BY r.direct DESC, r.name COLLATE "C") AS place
    FROM rels r WHERE ('r', r.oid) IN (SELECT x.kind, x.oid FROM reached x)),
  functions AS (
    SELECT json_build_object(
      'name', f.name,
      'path', format('%I.%I', n.nspname, p.proname),
      'kind', CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END,
      'isDirect', f.direct,
      'arguments', (SELECT coalesce(json_agg(format_type(t.oid, NULL) ORDER BY t.place), '[]')
        FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS t(oid, place)),
      'required', p.pronargs - p.pronargdefaults - CASE WHEN p.provariadic <> 0 THEN 1 ELSE 0 END,
      'isVariadic', p.provariadic <> 0,
      'givesRows', p.proretset OR p.prorettype = 'record'::regtype OR EXISTS (SELECT FROM pg_type y WHERE y.oid = p.prorettype AND y.typtype = 'c'),
      'definition', CASE WHEN l.lanname = 'sql' THEN pg_get_functiondef(p.oid) END,
      'grants', ${grants('p.proacl', 'p.proowner')}) AS json,
      ROW_NUMBER() OVER (ORDER BY f.direct DESC, f.name COLLATE "C") AS place
    FROM funcs f JOIN pg_proc p ON p.oid = f.oid JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE ('f', f.oid) IN (SELECT x.kind, x.oid FROM reached x)
      AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype))
SELECT json_build_object(
  'relations', (SELECT coalesce(json_agg(r.json ORDER BY r.place), '[]') FROM relations r),
  'functions', (SELECT coalesce(json_agg(f.json ORDER BY f.place), '[]') FROM functions f))::text AS json`;

;// CONCATENATED MODULE: ./src/rehearse/old-code/attempt.ts

/** Long enough for a statement on the few rows of a rehearsal. */
const limitMs = 2_000;
/** Tries each probe in a transaction of its own, which is rolled back. Rejects with ServerError where the connection is lost. */
async function attemptAll(session, probes) {
    const attempts = [];
    for (const probe of probes)
        attempts.push(await attempt(session, probe));
    return await inWords(session, attempts);
}
async function attempt(session, probe) {
    let columns = [];
    const role = probe.role === undefined ? '' : `SET LOCAL ROLE ${probe.role};`;
    const bare = (error) => ({
        columns: columns.map((column) => ({ ...column, words: '' })),
        error,
    });
    try {
        await session.query(`BEGIN; SET LOCAL statement_timeout = ${limitMs}; SET LOCAL lock_timeout = ${limitMs}; SET CONSTRAINTS ALL IMMEDIATE; ${role}`);
        if (probe.setup !== undefined)
            await tryFirst(session, probe.setup);
        columns = await session.describe(probe.sql);
        if (probe.run === 'execute')
            await session.query(probe.sql);
        if (probe.run === 'explain')
            await explain(session, probe.sql);
        return bare(undefined);
    }
    catch (error) {
        if (!(error instanceof postgres_server/* ServerError */.g) || error.sqlstate === undefined)
            throw error;
        return bare(error);
    }
    finally {
        await session.query('ROLLBACK');
    }
}
async function tryFirst(session, sql) {
    await session.query('SAVEPOINT migration_gate');
    try {
        await session.query(sql);
    }
    catch (error) {
        if (!(error instanceof postgres_server/* ServerError */.g) || error.sqlstate === undefined)
            throw error;
        await session.query('ROLLBACK TO SAVEPOINT migration_gate');
    }
}
/** Planning finds what analysis does not: the unique index of ON CONFLICT, privileges, the body of a function that is inlined. */
async function explain(session, sql) {
    if (!/\$\d/.test(sql)) {
        await session.query(`EXPLAIN ${sql}`);
        return;
    }
    await session.query('DEALLOCATE ALL');
    await session.query(`PREPARE migration_gate AS ${sql}`);
    const { rows } = await session.query(`SELECT pg_catalog.cardinality(parameter_types) AS count FROM pg_catalog.pg_prepared_statements WHERE name = 'migration_gate'`);
    const values = Array(rows[0]?.count ?? 0).fill('NULL');
    await session.query(`EXPLAIN EXECUTE migration_gate${values.length > 0 ? `(${values.join(', ')})` : ''}`);
}
/** The types of all columns as PostgreSQL prints them, asked for at once. */
async function inWords(session, attempts) {
    const all = attempts.flatMap(({ columns }) => columns);
    if (all.length === 0)
        return [...attempts];
    const { rows } = await session.query(`SELECT pg_catalog.format_type(t.oid, NULLIF(t.modifier, -1)) AS type
     FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.int4[])) WITH ORDINALITY AS t(oid, modifier, place)
     ORDER BY t.place`, [all.map(({ type }) => type), all.map(({ modifier }) => modifier)]);
    let next = 0;
    return attempts.map((each) => ({
        ...each,
        columns: each.columns.map((column) => ({ ...column, words: rows[next++]?.type ?? '' })),
    }));
}

;// CONCATENATED MODULE: ./src/rehearse/old-code/blame.ts

/** Operations after which statements that worked no longer do. */
const breaking = new Set([
    'drop-table',
    'drop-column',
    'drop-object',
    'drop-type',
    'drop-index',
    'drop-constraint',
    'rename',
    'set-schema',
    'revoke',
    'alter-column-type',
    'change-owner',
    'row-security',
]);
/**
 * The place in the upgrade that most likely made a statement fare otherwise: the operation that names what PostgreSQL's message names, or
 * what the statement is about, or what that rests on. Undefined where none does and several could.
 */
function blame_blame(script, { message, object, sqlstate, sql }, before) {
    const operations = script.statements
        .flatMap((statement) => statement.operations)
        .filter(({ kind }) => !silent.has(kind));
    const [only] = operations;
    if (operations.length === 1)
        return only?.at;
    const clues = {
        said: words(message),
        asked: words(object ?? ''),
        written: words(sql),
        rests: restsOn(object, before),
        sqlstate,
    };
    const scored = operations.map((op) => ({ op, score: score(op, clues) }));
    const best = scored.reduce((top, each) => (each.score > (top?.score ?? 0) ? each : top), undefined);
    return best?.op.at;
}
function blame_text({ attributes }) {
    return Object.values(attributes).map(String).join(' ');
}
/** The words in the definition of an object and of its parts, and of the functions that these name. */
function restsOn(identity, before) {
    const own = before.filter((each) => each.identity === identity || each.belongsTo?.some((owner) => owner.endsWith(` ${identity}`)));
    const first = words(own.map(blame_text).join(' '));
    const called = before.filter((each) => each.kind === 'function' && first.has(/([^.]*)\([^()]*\)$/.exec(each.identity)?.[1]?.toLowerCase() ?? ''));
    return new Set([...first, ...words(called.map(blame_text).join(' '))]);
}
const silent = new Set(['transaction-control', 'set', 'comment', 'truncated-identifier', 'analyze', 'query']);
function score(op, { said, asked, written, rests, sqlstate }) {
    const { object, part } = lastNamesOf(op);
    // All that a statement names is in its own words; what PostgreSQL complains of says more.
    const holds = (among, names) => names.some((name) => among.has(name));
    let points = 0;
    if (holds(said, part))
        points += 8;
    if (holds(said, object))
        points += 4;
    if (holds(asked, object))
        points += 4;
    if (points === 0 && holds(written, object))
        points += 1;
    if (points === 0 && (holds(rests, object) || holds(rests, part)))
        points += 1;
    // Nothing names what CASCADE takes.
    if (points <= 1 && 'cascade' in op && op.cascade)
        points += 3;
    if (points === 0)
        return 0;
    if (breaking.has(op.kind))
        points += 2;
    if (sqlstate === '42P10' && (op.kind === 'drop-index' || op.kind === 'drop-constraint'))
        points += 8;
    if (sqlstate === '42725' && op.kind === 'create-function')
        points += 8;
    if (sqlstate === '42501' && (op.kind === 'revoke' || op.kind === 'row-security' || op.kind.startsWith('create-')))
        points += 4;
    if (op.kind === 'create-index')
        points -= 3;
    return points;
}
/** The last parts of the names of the objects, and of parts of objects, that an operation is about. */
function lastNamesOf(op) {
    const { relations, reads, others, parts } = (0,model_named/* named */.K)(op);
    // What only reads a table changes nothing about it; a table that is made from another may have taken its place.
    const object = [...relations, ...others, ...(op.kind === 'create-table' ? reads : [])];
    const last = (name) => (name === '' ? [] : [name.slice(name.lastIndexOf('.') + 1).toLowerCase()]);
    return { object: object.flatMap(last), part: parts.flatMap(last) };
}
/** The words of a text, so that a name can be looked up among them: `public.fee(integer)` holds `public`, `fee` and `integer`. */
function words(sentence) {
    const quotedName = /"((?:[^"]|"")+)"/g;
    const quoted = [...sentence.matchAll(quotedName)].flatMap(([, inner = '']) => [
        inner.replaceAll('""', '"'),
        ...inner.split('.'),
    ]);
    const plain = sentence.replace(quotedName, ' ').match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [];
    return new Set([...quoted, ...plain].map((word) => word.toLowerCase()));
}

;// CONCATENATED MODULE: ./src/rehearse/old-code/judge.ts
/**
 * Whether an error says something about the rows or the moment rather than about the statement: the rows of a rehearsal are made up, so
 * that a new check which refuses them is no proof against the running release.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
function isAboutRows({ sqlstate = '', message, column }, probe) {
    // The label was one of the enum's.
    if (sqlstate === '22P02')
        return !message.startsWith('invalid input value for enum');
    if (sqlstate === '23502')
        return column !== undefined && probe.nulls.includes(column);
    return /^(?:21|22|23|40|44|53|57|P0)|^55P03$/.test(sqlstate);
}
/** What is different after the migration; undefined: nothing, or nothing that the rows of a rehearsal can show. */
function judge(probe, before, after) {
    const { source, verb, object, role, sql, isDirect } = probe;
    const about = { source, verb, object, role, sql, isDirect };
    if (before.error && !isAboutRows(before.error, probe))
        return undefined;
    const { error } = after;
    if (error) {
        if (isAboutRows(error, probe) || error.sqlstate === before.error?.sqlstate)
            return undefined;
        return { ...about, outcome: 'fails', sqlstate: error.sqlstate, message: error.message, changed: [] };
    }
    // The columns of a statement that failed are not known.
    if (before.error && before.columns.length === 0)
        return undefined;
    const changed = changes(before.columns, after.columns);
    if (changed.length === 0)
        return undefined;
    return { ...about, outcome: 'changes', sqlstate: '0A000', message: changed.map(judge_inWords).join('; '), changed };
}
/**
 * A prepared statement stays valid where the number, names, types and modifiers of its columns stay:
 * https://www.postgresql.org/docs/current/sql-prepare.html, and equalRowTypes in PostgreSQL's source.
 */
function changes(before, after) {
    const found = [];
    // Places count among the columns that are on both sides.
    const common = (side, other) => side.filter(({ name }) => other.some((each) => each.name === name));
    const [old, now] = [common(before, after), common(after, before)];
    for (const column of before) {
        const index = old.indexOf(column);
        const same = now[index]?.name === column.name ? index : now.findIndex(({ name }) => name === column.name);
        const other = now[same];
        const { name, words } = column;
        if (!other)
            found.push({ how: 'gone', column: name, from: words, to: '' });
        else if (other.type !== column.type || other.modifier !== column.modifier)
            found.push({ how: 'type', column: name, from: words, to: other.words });
        else if (same !== index)
            found.push({ how: 'moved', column: name, from: `${index + 1}`, to: `${same + 1}` });
    }
    const known = new Set(before.map(({ name }) => name));
    for (const { name, words } of after)
        if (!known.has(name))
            found.push({ how: 'added', column: name, from: '', to: words });
    return found;
}
function judge_inWords({ how, column, from, to }) {
    if (how === 'gone')
        return `no column ${column} any more`;
    if (how === 'added')
        return `a new column ${column} (${to})`;
    if (how === 'moved')
        return `column ${column} has place ${to} instead of ${from}`;
    return from === to
        ? `column ${column} has another type of the same name, ${to}`
        : `column ${column} is ${to} and was ${from}`;
}

;// CONCATENATED MODULE: ./src/rehearse/old-code/made.ts

/** The statements that a release written for the schema of before would send to what a migration affects. */
function madeProbes({ relations, functions }, about) {
    return [
        ...relations.flatMap((relation) => relationProbes(relation, about(relation.name))),
        ...functions.flatMap(functionProbes),
    ];
}
const privileges = {
    SELECT: 'SELECT',
    INSERT: 'INSERT',
    UPDATE: 'UPDATE',
    DELETE: 'DELETE',
};
function relationProbes(relation, about) {
    const { name, columns, isDirect, grants } = relation;
    const made = statements(relation, columns, about);
    const probes = made.map((each) => probe(each, name, isDirect));
    const remaining = columns.filter((column) => about.remaining.has(column.name));
    // The next release does not name a column that is gone. What breaks it all the same are triggers, policies and views.
    if (remaining.length < columns.length && remaining.length > 0) {
        const all = { ...relation, keys: relation.keys.filter((key) => key.every((each) => about.remaining.has(each))) };
        probes.push(...statements(all, remaining, about).map((each) => probe(each, name, false)));
    }
    for (const { role, privileges: granted } of grants.slice(0, mostRoles)) {
        const allowed = made.filter(({ verb }) => granted.includes(privileges[verb] ?? ''));
        probes.push(...allowed.map((each) => ({ ...probe(each, name, isDirect), role })));
    }
    return probes;
}
const mostRoles = 5;
function probe(made, object, isDirect) {
    return { source: { kind: 'made' }, object, role: undefined, isDirect, setup: undefined, nulls: [], ...made };
}
function statements(relation, columns, about) {
    const { name, takes, kind } = relation;
    const made = [];
    const names = columns.map((column) => column.name);
    if (names.length > 0)
        made.push({ verb: 'SELECT', sql: `SELECT ${names.join(', ')} FROM ${name} LIMIT 1`, run: 'execute' });
    // A table whose rows are elsewhere is not asked for them.
    if (kind === 'foreign table')
        return made.map((each) => ({ ...each, run: 'explain' }));
    if (columns.length === relation.columns.length)
        made.push({ verb: 'SELECT *', sql: `SELECT * FROM ${name} LIMIT 1`, run: 'describe' });
    if (kind === 'table')
        return [...made, ...made_changes(relation, columns, about)];
    const values = names.map(() => 'NULL').join(', ');
    if (takes.insert)
        made.push({ verb: 'INSERT', sql: `INSERT INTO ${name} (${names.join(', ')}) VALUES (${values})`, run: 'explain' });
    if (takes.update)
        made.push({ verb: 'UPDATE', sql: `UPDATE ${name} SET ${made_same(names)}`, run: 'explain' });
    if (takes.delete)
        made.push({ verb: 'DELETE', sql: `DELETE FROM ${name}`, run: 'explain' });
    return made;
}
function made_changes(relation, columns, { row, filled }) {
    const { name, keys } = relation;
    const own = columns.filter(({ bare, isGenerated, isIdentity }) => !isGenerated && !isIdentity && !filled.includes(bare));
    const isNull = ({ bare }) => row?.get(bare) == null;
    const insert = (given) => ({
        verb: 'INSERT',
        sql: `INSERT INTO ${name} ${tuple(given, row)}`,
        run: row ? 'execute' : 'explain',
        nulls: columns
            .filter((column) => (given.includes(column) ? isNull(column) : !column.hasDefault))
            .map(({ bare }) => bare),
    });
    const made = [insert(own)];
    const withoutDefaults = own.filter(({ hasDefault }) => !hasDefault);
    if (withoutDefaults.length < own.length)
        made.push(insert(withoutDefaults));
    const [settable] = own;
    for (const key of keys) {
        const given = columns
            .filter((column) => own.includes(column) || key.includes(column.name))
            .filter(({ isGenerated }) => !isGenerated);
        const target = own.find((column) => !key.includes(column.name)) ?? settable;
        if (!target)
            continue;
        made.push({
            verb: 'INSERT … ON CONFLICT',
            sql: `INSERT INTO ${name} (${given.map((column) => column.name).join(', ')}) OVERRIDING SYSTEM VALUE VALUES (${given.map(() => 'NULL').join(', ')}) ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${target.name} = EXCLUDED.${target.name}`,
            run: 'explain',
        });
    }
    const key = keys.find((each) => each.every((part) => columns.some((column) => column.name === part && !isNull(column))));
    const parts = key?.flatMap((part) => columns.filter((column) => column.name === part)) ?? [];
    const where = row && parts.length > 0
        ? parts.map((part) => `${part.name} = ${(0,rehearse_tables/* literal */.eu)(row.get(part.bare) ?? '')}`).join(' AND ')
        : 'false';
    const all = columns.filter(({ isGenerated }) => !isGenerated);
    const how = {
        run: row ? 'execute' : 'explain',
        nulls: columns.filter(isNull).map(({ bare }) => bare),
        ...(row && { setup: `INSERT INTO ${name} ${tuple(all, row, ' OVERRIDING SYSTEM VALUE')}` }),
    };
    if (own.length > 0)
        made.push({
            verb: 'UPDATE',
            sql: `UPDATE ${name} SET ${made_same(own.map((column) => column.name))} WHERE ${where}`,
            ...how,
        });
    made.push({ verb: 'DELETE', sql: `DELETE FROM ${name} WHERE ${where}`, ...how });
    return made;
}
function tuple(columns, row, overriding = '') {
    if (columns.length === 0)
        return 'DEFAULT VALUES';
    const values = columns.map(({ bare }) => {
        const value = row?.get(bare);
        return value == null ? 'NULL' : (0,rehearse_tables/* literal */.eu)(value);
    });
    return `(${columns.map(({ name }) => name).join(', ')})${overriding} VALUES (${values.join(', ')})`;
}
function made_same(names) {
    return names.map((name) => `${name} = ${name}`).join(', ');
}
function functionProbes(called) {
    const { name, path, kind, arguments: types, required, isVariadic, givesRows, isDirect, definition, grants } = called;
    const calls = [];
    for (const count of new Set([required, types.length])) {
        const given = types.slice(0, count);
        const typed = given.map((type, index) => `${isVariadic && index === types.length - 1 ? 'VARIADIC ' : ''}NULL::${type}`);
        const call = (values) => `${kind === 'procedure' ? 'CALL ' : givesRows ? 'SELECT * FROM ' : 'SELECT '}${path}(${values.join(', ')})`;
        calls.push({ verb: 'call', sql: call(typed), run: kind === 'procedure' ? 'describe' : 'explain' });
        // Drivers send values whose type PostgreSQL is to find out.
        if (count > 0 && !isVariadic)
            calls.push({ verb: 'call', sql: call(given.map((_, index) => `$${index + 1}`)), run: 'describe' });
    }
    const probes = calls.map((each) => probe(each, name, isDirect));
    for (const { role, privileges: granted } of grants.slice(0, mostRoles)) {
        const [first] = calls;
        if (first && granted.includes('EXECUTE'))
            probes.push({ ...probe(first, name, isDirect), role });
    }
    if (definition !== null && !isDirect)
        probes.push(probe({ verb: 'body', sql: definition, run: 'execute' }, name, false));
    return probes;
}

;// CONCATENATED MODULE: ./src/rehearse/old-code/remade.ts

async function readNumbers(session) {
    const { rows } = await (0,settings/* readFixed */.d)(session, () => session.query(remade_query));
    return JSON.parse(rows[0]?.json ?? '{"oids":{},"bodies":{},"stored":[]}');
}
const remade_query = `
WITH own AS (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
  dependents AS (
    SELECT p.oid::regprocedure::text AS function, p.oid AS number, d.classid, d.objid, d.objsubid
    FROM pg_depend d JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
    WHERE p.pronamespace IN (SELECT oid FROM own)),
  stored AS (
    SELECT function, number, 'index' AS kind, i.indexrelid::regclass::text AS object, c.relfilenode::text AS file
    FROM dependents d JOIN pg_index i ON d.classid = 'pg_class'::regclass AND i.indexrelid = d.objid JOIN pg_class c ON c.oid = i.indexrelid
    UNION
    SELECT function, number, 'generated column', t.oid::regclass::text || '.' || quote_ident(a.attname), t.relfilenode::text
    FROM dependents d JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
    JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum AND a.attgenerated = 's' JOIN pg_class t ON t.oid = a.attrelid
    UNION
    SELECT function, number, 'check', k.conrelid::regclass::text || '.' || quote_ident(k.conname), k.oid::text
    FROM dependents d JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid AND k.contype = 'c' AND k.convalidated
      AND k.conrelid <> 0
    UNION
    SELECT function, number, 'partition key', t.partrelid::regclass::text, ''
    FROM dependents d JOIN pg_partitioned_table t ON d.classid = 'pg_class'::regclass AND t.partrelid = d.objid)
SELECT json_build_object(
  'oids', (SELECT coalesce(json_object_agg(x.name, x.number), '{}') FROM (
    SELECT c.oid::regclass::text AS name, c.oid::text AS number FROM pg_class c WHERE c.relnamespace IN (SELECT oid FROM own) AND c.relkind NOT IN ('i', 'I', 't')
    UNION ALL SELECT p.oid::regprocedure::text, p.oid::text FROM pg_proc p WHERE p.pronamespace IN (SELECT oid FROM own)) x),
  'bodies', (SELECT coalesce(json_object_agg(p.oid::text, md5(p.prosrc || coalesce(to_jsonb(p)->>'prosqlbody', ''))), '{}')
    FROM pg_proc p WHERE p.pronamespace IN (SELECT oid FROM own)),
  'stored', (SELECT coalesce(json_agg(json_build_object('function', s.function, 'functionOid', s.number::text, 'kind', s.kind, 'object', s.object,
    'file', s.file) ORDER BY s.kind, s.object COLLATE "C", s.function COLLATE "C"), '[]') FROM stored s))::text AS json`;
/** What PostgreSQL stored by the old body of a function and still uses: nothing tells it that the body gives other values now. */
function staleObjects(before, after) {
    return after.stored
        .filter(({ functionOid, kind, object, file }) => {
        const old = before.bodies[functionOid];
        if (old === undefined || old === after.bodies[functionOid])
            return false;
        return before.stored.some((each) => each.kind === kind && each.object === object && each.functionOid === functionOid && each.file === file);
    })
        .map(({ function: called, kind, object }) => ({ function: called, kind, object }));
}
/** What belonged to an object that was dropped and made again under its name, and does not belong to the new one. */
function lostWith(before, after) {
    const live = new Set(Object.values(after.numbers.oids));
    const now = new Map(after.schema.map((object) => [object.identity, object]));
    const lost = [];
    for (const object of before.schema) {
        const oid = before.numbers.oids[object.identity];
        const other = now.get(object.identity);
        const newOid = after.numbers.oids[object.identity];
        if (!remakable.has(object.kind) || !other || !oid || !newOid || oid === newOid)
            continue;
        // Renamed, and something else has taken its name: what belonged to it is where it was, but for those who only know the name.
        const lives = live.has(oid);
        const what = [
            ...owner(object, now),
            ...missingPrivileges(object, before.schema, after.schema),
            ...(lives ? [] : missingParts(object, before.schema, after.schema)),
        ];
        if (what.length > 0)
            lost.push({ kind: object.kind, object: object.identity, what });
    }
    return lost;
}
const remakable = new Set(['table', 'view', 'materialized view', 'foreign table', 'sequence', 'function', 'procedure']);
function owner(object, now) {
    const [old, other] = [object.attributes.owner, now.get(object.identity)?.attributes.owner];
    return old === other || typeof old !== 'string' ? [] : [`its owner ${old}`];
}
/** Of the object itself, and of its columns. */
function missingPrivileges({ kind, identity }, before, after) {
    const granted = (schema) => {
        const found = new Set();
        for (const each of schema) {
            if (each.kind !== 'privileges')
                continue;
            const [, about = ''] = /^(?:table|view|materialized view|foreign table|sequence|function|procedure) (.*)$/.exec(each.identity) ?? [];
            const [, column] = each.identity.startsWith(`column ${identity}.`)
                ? [0, each.identity.slice(`column ${identity}.`.length)]
                : [];
            if (about !== identity && column === undefined)
                continue;
            for (const [grantee, privileges] of Object.entries(each.attributes))
                for (const privilege of list(privileges))
                    found.add(`${privilege}${column === undefined ? '' : ` (${column})`} for ${grantee}`);
        }
        return found;
    };
    const owners = new Set([before, after]
        .flatMap((schema) => schema.filter((each) => each.kind === kind && each.identity === identity))
        .map(({ attributes }) => String(attributes.owner)));
    const left = granted(after);
    return [...granted(before)].filter((each) => !left.has(each) && ![...owners].some((name) => each.endsWith(` for ${name}`)));
}
function list(value) {
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
function missingParts({ kind, identity, attributes }, before, after) {
    const now = new Set(after.map((object) => `${object.kind} ${object.identity}`));
    const other = after.find((object) => object.identity === identity && object.kind === kind);
    const parts = before
        .filter((each) => parted.has(each.kind) &&
        each.belongsTo?.includes(`${kind} ${identity}`) &&
        !now.has(`${each.kind} ${each.identity}`))
        .map((each) => `the ${each.kind} ${each.identity.slice(identity.length + 1)}`);
    const security = typeof attributes.rowSecurity === 'string' && other?.attributes.rowSecurity === undefined ? ['row security'] : [];
    return [...security, ...parts, ...missingPublications(identity, before, after)];
}
const parted = new Set(['policy', 'trigger', 'rule']);
function missingPublications(identity, before, after) {
    const publishing = (schema) => schema
        .filter((each) => each.kind === 'publication' &&
        list(each.attributes.tables).some((line) => line === identity || line.startsWith(`${identity} `)))
        .map((each) => each.identity);
    const left = new Set(publishing(after));
    return publishing(before)
        .filter((name) => !left.has(name))
        .map((name) => `its place in the publication ${name}`);
}

;// CONCATENATED MODULE: ./src/rehearse/old-code/row.ts



/** Refused rows are changed where the refusal points and offered again, so often. */
const row_rounds = 30;
/**
 * A row that the table takes, with all that PostgreSQL fills in. Nothing stays behind except that sequences move.
 * @returns undefined where PostgreSQL refused all that was offered
 */
async function acceptedRow(session, table) {
    const tried = { table, attempts: 100, struck: new Map(), waiting: [] };
    await session.query(`BEGIN; SET LOCAL statement_timeout = '2s'; SET CONSTRAINTS ALL IMMEDIATE`);
    try {
        let candidate = compose(tried, 0);
        for (let round = 0; candidate && round < row_rounds; round++) {
            await session.query('SAVEPOINT migration_gate');
            try {
                return await row_insert(session, table, candidate);
            }
            catch (error) {
                if (!(error instanceof postgres_server/* ServerError */.g) || error.sqlstate === undefined)
                    throw error;
                await session.query('ROLLBACK TO SAVEPOINT migration_gate');
                candidate = revise(tried, candidate, refusal(error));
            }
        }
        return undefined;
    }
    finally {
        await session.query('ROLLBACK');
    }
}
async function row_insert(session, table, candidate) {
    const names = table.columns.map(({ name }) => name);
    const values = names.map((name) => `${(0,rehearse_tables/* identifier */.Cv)(name)}::pg_catalog.text`).join(', ');
    const { rows } = await session.query(`${candidateSql(table, candidate)} RETURNING pg_catalog.to_json(ARRAY[${values}]::pg_catalog.text[])::pg_catalog.text AS json`);
    const [row] = rows;
    // A trigger that sends rows elsewhere leaves none to return.
    const found = row ? JSON.parse(row.json) : [];
    return new Map(names.map((name, index) => [name, found[index] ?? null]));
}
function refusal({ sqlstate = '', table = '', column = '', constraint = '' }) {
    return { sqlstate, table, column, constraint, type: '' };
}

;// CONCATENATED MODULE: ./src/rehearse/old-code/old-code.ts
var old_code_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var old_code_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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










/** What leaves every statement of before as it was. */
const harmless = new Set([
    'create-table',
    'create-index',
    'comment',
    'transaction-control',
    'truncated-identifier',
    'grant',
]);
/** False where no statement of the running release can fare otherwise after the upgrade, so that none need be tried. */
function mayAffectOldCode({ up }, queries) {
    if (queries.length > 0 || up.unreadable.length > 0)
        return true;
    const isHarmless = (op) => harmless.has(op.kind) || (op.kind === 'add-constraint' && op.with !== undefined);
    return up.statements.some(({ operations }) => operations.length === 0 || !operations.every(isHarmless));
}
/** More are not tried: a migration that changes so many has its answer in the first. */
const old_code_most = { relations: 150, functions: 150 };
/**
 * Tries the statements of the running release before the upgrade and after it: those that the schema of before suggests, and those of the
 * project's files of queries. Whatever is tried is rolled back, on copies, so that not even a sequence moves in the rehearsed database.
 *
 * @throws Cancelled when the run is ended. What could not be tried is in `notChecked`.
 */
async function tryOldCode(options) {
    const { server, migration, after, limits, notChecked } = options;
    const missed = (why, at) => notChecked.push({ what: `What old code does after ${migration.name}`, why, at: at ?? migration.up.at });
    if (!mayAffectOldCode(migration, options.queries))
        return { oldCode: [], lost: [], stale: [] };
    try {
        const then = await within(options.before, limits, (session) => before(session, options, missed));
        const now = await onCopy(server, after, limits, async (session) => ({
            attempts: await attemptAll(session, then.probes),
            numbers: await readNumbers(session),
        }));
        return told(options, then, now);
    }
    catch (error) {
        if (!(error instanceof postgres_server/* ServerError */.g))
            throw error;
        missed(`${error.message}.`);
        return {};
    }
}
async function before(session, { schemas, queries, settled, exclude, notChecked }, missed) {
    const all = await affected(session, changedObjects(schemas.before, schemas.after), exclude);
    const bounded = boundedTo(all, missed);
    const made = madeProbes(bounded, await facts(session, bounded, schemas.after));
    const left = queries.filter((query) => !settled.has(query));
    const probes = [...made, ...left.map(fromFile)];
    const attempts = await attemptAll(session, probes);
    const failing = left.flatMap((query, index) => {
        const [probe, { error } = {}] = [probes[made.length + index], attempts[made.length + index]];
        return probe && error && !isAboutRows(error, probe) ? [{ query, error }] : [];
    });
    for (const { query } of failing)
        settled.add(query);
    notChecked.push(...failedBefore(failing));
    return { probes, attempts, numbers: await readNumbers(session) };
}
function boundedTo({ relations, functions }, missed) {
    const left = relations.slice(old_code_most.relations).length + functions.slice(old_code_most.functions).length;
    if (left > 0)
        missed(`The migration affects so much that ${left} tables, views and functions were left out, those that only rest on what it changes first.`);
    return { relations: relations.slice(0, old_code_most.relations), functions: functions.slice(0, old_code_most.functions) };
}
async function facts(session, { relations }, after) {
    const tables = new Map((await (0,rehearse_tables/* readTables */.gb)(session)).map((table) => [table.name, table]));
    const rows = new Map();
    for (const { name } of relations) {
        const table = tables.get(name);
        if (table)
            rows.set(name, await acceptedRow(session, table));
    }
    const columns = new Set(after.flatMap(({ kind, identity }) => (kind === 'column' ? [identity] : [])));
    return (name) => ({
        row: rows.get(name),
        filled: filledIn(tables.get(name)),
        remaining: new Set(relations
            .find((each) => each.name === name)
            ?.columns.flatMap((column) => (columns.has(`${name}.${column.name}`) ? [column.name] : []))),
    });
}
function filledIn(table) {
    return table?.columns.filter(({ filled }) => filled).map(({ name }) => name) ?? [];
}
/** Only what reads is run; all else is planned. A parameter's value is not known, so neither is what it finds. */
function fromFile({ sql, at }) {
    const verb = /^[\s(]*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? '';
    const runs = (verb === 'SELECT' || verb === 'VALUES') && !/\$\d/.test(sql);
    return {
        source: { kind: 'file', at },
        verb,
        object: undefined,
        role: undefined,
        sql,
        run: runs ? 'execute' : verb === 'CALL' ? 'describe' : 'explain',
        setup: undefined,
        nulls: [],
        isDirect: false,
    };
}
function told({ migration, schemas, queries, settled }, old, now) {
    const place = (judged) => blame_blame(migration.up, judged, schemas.before);
    const made = (object) => place({ message: '', object, sqlstate: '42501', sql: '' });
    const lost = lostWith({ schema: schemas.before, numbers: old.numbers }, { schema: schemas.after, numbers: now.numbers }).map((each) => ({ ...each, because: made(each.object) }));
    const judged = old.probes.flatMap((probe, index) => {
        const [a, b] = [old.attempts[index], now.attempts[index]];
        return (a && b && judge(probe, a, b)) ?? [];
    });
    const broken = judged.flatMap(({ source, outcome }) => source.kind === 'file' && outcome === 'fails' ? [source.at] : []);
    for (const query of queries)
        if (broken.includes(query.at))
            settled.add(query);
    const oldCode = withoutRepeated(judged).map((each) => {
        const remade = each.sqlstate === '42501' ? lost.find(({ object }) => object === each.object) : undefined;
        return { ...each, because: remade ? remade.because : place(each) };
    });
    const stale = staleObjects(old.numbers, now.numbers).map((each) => ({ ...each, because: place({ message: '', object: each.function, sqlstate: '42725', sql: '' }) }));
    return { oldCode, lost, stale };
}
/** A role meets the error that everybody meets; and a statement that is one of two variants, the error of the other. */
function withoutRepeated(judged) {
    const seen = new Set();
    return judged.filter(({ source, verb, object, role, message, outcome }) => {
        if (source.kind === 'file')
            return true;
        const [everybody, own] = [undefined, role].map((who) => JSON.stringify([verb, object, outcome, message, who]));
        if (everybody === undefined || own === undefined || seen.has(everybody) || seen.has(own))
            return false;
        seen.add(own);
        return true;
    });
}
async function onCopy(server, of, limits, work) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        await of.terminateConnections();
        const copy = old_code_addDisposableResource(env_1, await server.createDatabase(of), true);
        return await within(copy, limits, work);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = old_code_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function within(database, limits, work) {
    return await (0,rehearse_limit/* limited */.T)(database, limits, async (limit) => {
        try {
            const env_2 = { stack: [], error: void 0, hasError: false };
            try {
                const session = old_code_addDisposableResource(env_2, await database.connect(), true);
                return await work(session);
            }
            catch (e_2) {
                env_2.error = e_2;
                env_2.hasError = true;
            }
            finally {
                const result_2 = old_code_disposeResources(env_2);
                if (result_2)
                    await result_2;
            }
        }
        catch (error) {
            if (error instanceof postgres_server/* ServerError */.g && limit.timedOut)
                throw new postgres_server/* ServerError */.g(`it did not finish within ${(0,rehearse_limit/* seconds */.Y)(limits.timeoutMs)}`, {}, error);
            throw error;
        }
    });
}
const fewQueries = 5;
/** An export may hold thousands that belong to another database: beyond a few, they are told by file. */
function failedBefore(failing) {
    const byFile = new Map();
    for (const each of failing)
        byFile.set(each.query.at.file, [...(byFile.get(each.query.at.file) ?? []), each]);
    return [...byFile].flatMap(([file, all]) => {
        const isMany = all.length > fewQueries;
        return (isMany ? all.slice(0, 1) : all).map(({ query: { sql, at }, error }) => ({
            what: isMany ? `${all.length} queries of ${file}` : `The query ${shortened(sql)}`,
            why: `${isMany ? 'They fail' : 'It fails'} already before the migration, so that nothing can be told of the time after: ${error.message} (${error.sqlstate}).`,
            at,
        }));
    });
}
function shortened(sql) {
    const line = sql.replace(/\s+/g, ' ').trim();
    return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

// EXTERNAL MODULE: ./src/rehearse/preconditions/before.ts
var preconditions_before = __webpack_require__(3310);
;// CONCATENATED MODULE: ./src/rehearse/preconditions/errors.ts

const kinds = {
    '23502': 'not-null',
    '23503': 'foreign-key',
    '23505': 'unique',
    '23514': 'check',
    '23P01': 'exclusion',
    '22001': 'length',
    '22003': 'range',
    '22P02': 'cast',
    '22007': 'cast',
    '22008': 'cast',
};
/** Classes 22 and 23 of https://www.postgresql.org/docs/current/errcodes-appendix.html: data exceptions, constraints that are violated. */
function isAboutData({ sqlstate, timedOut }) {
    return !timedOut && /^2[23]/.test(sqlstate ?? '');
}
/**
 * dependent_objects_still_exist, of which the message tells a role from other objects, or the statement where the server speaks another
 * language.
 */
function isRoleInUse({ sqlstate, message, at }, { statements }) {
    if (sqlstate !== '2BP01')
        return false;
    const failed = statements.find((each) => each.at.file === at?.file && each.at.line === at.line);
    return /^role "/.test(message) || (failed?.operations.some(({ kind }) => kind === 'drop-role') ?? false);
}
function isSameError(a, b) {
    return (a.sqlstate === b.sqlstate &&
        a.table === b.table &&
        a.column === b.column &&
        a.constraint === b.constraint &&
        a.at?.file === b.at?.file &&
        a.at?.line === b.at?.line &&
        a.at?.column === b.at?.column);
}
/** Which of these the error speaks of: nothing that it names may say otherwise, and the more it names the better. */
function blamed(possible, error) {
    const fitting = possible.flatMap((each) => {
        if (!each.sqlstates.includes(error.sqlstate ?? ''))
            return [];
        const said = [
            agree(error.table, lastPart(each.table)),
            each.columns.length === 0 || error.column === undefined ? 0 : each.columns.includes(error.column) ? 1 : undefined,
            agree(error.constraint, each.constraint),
            error.at && each.at
                ? error.at.file === each.at.file && error.at.line <= each.at.endLine && each.at.line <= error.at.endLine
                    ? 1
                    : undefined
                : 0,
        ];
        return said.includes(undefined) ? [] : [{ each, points: said.reduce((sum, one) => sum + (one ?? 0), 0) }];
    });
    return fitting.sort((a, b) => b.points - a.points)[0]?.each;
}
/** 0: one of them is not known; undefined: they differ. */
function agree(said, known) {
    if (said === undefined || known === undefined)
        return 0;
    return said === known ? 1 : undefined;
}
function lastPart(table) {
    return (0,preconditions_before/* plain */.pj)(table).slice((0,preconditions_before/* plain */.pj)(table).indexOf('.') + 1);
}
/** A precondition as far as the error alone tells it: the table, perhaps the column, no query. Undefined: it names no table of before. */
function toldByError(error, schema) {
    // The migration's own INSERT or UPDATE made the row: which rows of before it took the values from is not known, nor whether any would do.
    if (/^(null value in column|new row for relation|duplicate key value) /.test(error.message))
        return undefined;
    const kind = kinds[error.sqlstate ?? ''];
    const tables = (0,preconditions_before/* beforeOf */.v8)(schema)
        .tables()
        .filter(({ name }) => lastPart(name) === error.table);
    const [table] = tables;
    if (!kind || !table || tables.length > 1)
        return undefined;
    const column = table.columns.find(({ name }) => name === error.column);
    const about = column ? `${table.name}.${column.sql}` : table.name;
    return {
        kind,
        table: table.name,
        columns: column ? [column.name] : [],
        outcome: 'fails',
        at: error.at,
        needs: `the rows of ${about} are none of which PostgreSQL says: ${error.message}`,
        count: undefined,
        sqlstates: [error.sqlstate ?? ''],
        constraint: error.constraint,
        rows: undefined,
        make: { how: 'none' },
    };
}

// EXTERNAL MODULE: ./src/rehearse/roles.ts
var rehearse_roles = __webpack_require__(1584);
;// CONCATENATED MODULE: ./src/rehearse/preconditions/changed-values.ts


/** Tables are small here; one with more rows than this was filled by migrations, and is not compared. */
const changed_values_most = 10_000;
/** The values of the columns of which the new type may lose something. */
async function valuesOf(session, among) {
    const found = [];
    for (const possible of among) {
        const [column] = possible.columns;
        if (column === undefined)
            continue;
        const { rows } = await session.query(typeQuery, [possible.table, column]);
        const [row] = rows;
        if (!row)
            continue;
        const { type, key } = row;
        found.push({ possible, column, type, key, values: await read(session, possible.table, column, type, key) });
    }
    return found;
}
/** Those of which values are other ones now, looked at as the type of before. The others are also those that cannot be looked at so. */
async function changedValues(session, before) {
    const found = [];
    for (const { possible, column, type, key, values } of before) {
        try {
            const now = await read(session, possible.table, column, type, key);
            if ([...values].some(([row, value]) => now.has(row) && now.get(row) !== value))
                found.push(possible);
        }
        catch (error) {
            if (!(error instanceof postgres_server/* ServerError */.g) || error.sqlstate === undefined)
                throw error;
        }
    }
    return found;
}
async function read(session, table, column, type, key) {
    const cast = `${(0,rehearse_tables/* identifier */.Cv)(column)}::${type}`;
    const value = type === 'numeric' ? `trim_scale(${cast})::text` : `${cast}::text`;
    const keys = key.length > 0 ? key.map((name) => `${(0,rehearse_tables/* identifier */.Cv)(name)}::text`) : [`row_number() OVER (ORDER BY ctid)::text`];
    const { rows } = await session.query(`SELECT array_to_json(ARRAY[${keys.join(', ')}])::text AS key, ${value} AS value FROM ${table} LIMIT ${changed_values_most}`);
    return new Map(rows.map(({ key: row, value: text }) => [row, text]));
}
const typeQuery = `
  SELECT format_type(a.atttypid, -1) AS type, ARRAY(
    SELECT k.attname::text FROM pg_index i CROSS JOIN unnest(i.indkey) AS part (number)
    JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = part.number
    WHERE i.indrelid = a.attrelid AND i.indisprimary) AS key
  FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attname = $2 AND NOT a.attisdropped`;

// EXTERNAL MODULE: ./src/rehearse/preconditions/in-the-way.ts
var in_the_way = __webpack_require__(2);
;// CONCATENATED MODULE: ./src/rehearse/preconditions/offenders.ts





/** Rows that a CHECK may refuse are looked for among so many. */
const searched = 60;
/**
 * How many rows of this database are in the way; undefined: the query does not run on it, as where it calls a function that the
 * migration has yet to make.
 */
async function countOf(session, rows) {
    if (!rows)
        return undefined;
    try {
        const { rows: found } = await session.query((0,in_the_way/* countSql */.eA)(rows));
        return Number(found[0]?.count ?? 0);
    }
    catch (error) {
        if (error instanceof postgres_server/* ServerError */.g && error.sqlstate !== undefined)
            return undefined;
        throw error;
    }
}
/** Puts rows into the database that are in the way of what has none yet, as far as its constraints allow. */
async function putOffenders(session, among, options) {
    const tables = new Map((await (0,rehearse_tables/* readTables */.gb)(session)).map((table) => [table.name, table]));
    const wishes = [];
    for (const possible of among) {
        const table = tables.get(taker(possible));
        if (!table || (await countOf(session, possible.rows)) !== 0)
            continue;
        for (const fixed of await wishesFor(session, possible, table))
            wishes.push({ table: table.name, fixed });
    }
    if (wishes.length > 0)
        await putRowsWith(session, wishes, options);
}
/**
 * Changes rows that are there into rows in the way, each one of its own: what else is asked of it such a row meets.
 * @returns those of which there is a row now
 */
async function changeIntoOffenders(session, among, options) {
    const tables = new Map((await (0,rehearse_tables/* readTables */.gb)(session)).map((table) => [table.name, table]));
    await session.query(`SET statement_timeout = ${Math.ceil(options.timeoutMs)}`);
    const made = [];
    for (const [index, possible] of among.entries()) {
        const table = tables.get(taker(possible));
        if (!table || possible.make.how === 'copy')
            continue;
        for (const fixed of await wishesFor(session, possible, table)) {
            await changeOne(session, table, fixed, index);
            if (await countOf(session, possible.rows)) {
                made.push(possible);
                break;
            }
        }
    }
    return made;
}
/** A partition takes its rows from the table that is partitioned. */
function taker({ make, table }) {
    return (make.how === 'search' ? make.into : undefined) ?? table;
}
async function changeOne(session, { name }, fixed, place) {
    const values = [...fixed].map(([column, value]) => `${(0,rehearse_tables/* identifier */.Cv)(column)} = ${value === null ? 'NULL' : (0,rehearse_tables/* literal */.eu)(value)}`);
    if (values.length === 0)
        return;
    try {
        await session.query(`UPDATE ${name} SET ${values.join(', ')} WHERE (tableoid, ctid) =
       (SELECT tableoid, ctid FROM ${name} ORDER BY tableoid, ctid OFFSET ${place} % greatest((SELECT count(*) FROM ${name}), 1) LIMIT 1)`);
    }
    catch (error) {
        if (!(error instanceof postgres_server/* ServerError */.g) || error.sqlstate === undefined)
            throw error;
    }
}
async function wishesFor(session, { make, rows }, table) {
    switch (make.how) {
        case 'none':
            return [];
        case 'values':
            return make.each;
        case 'copy':
            return await copies(session, make.columns, rows, table);
        case 'search':
            return search(make.columns, make.expression, table);
    }
}
/** The values of some rows that are there; where there are none, two rows with the same value. */
async function copies(session, columns, rows, table) {
    if (columns.length === 0)
        return [];
    const list = columns.map((name) => `"${name.replaceAll('"', '""')}"::text`).join(', ');
    const where = rows && 'keys' in rows && rows.where !== undefined ? ` WHERE ${rows.where}` : '';
    const { rows: found } = await session.query(`SELECT ARRAY[${list}] AS values FROM ${table.name}${where} LIMIT 3`);
    const given = found.map(({ values }) => new Map(columns.map((name, index) => [name, values[index] ?? null])));
    if (given.length > 0)
        return given;
    const ordinary = new Map(table.columns.filter(({ name }) => columns.includes(name)).map(({ name, type }) => [name, pool(type)[0] ?? null]));
    return [ordinary, ordinary];
}
/** NULL, the values that the type is known to trip over, and those next to what the expression names, in one column after the other. */
function search(columns, expression, table) {
    const hints = (0,rehearse_tables/* literals */.v$)(expression);
    const lengths = hints.map(Number).filter((length) => length > 0 && length <= 2000);
    const found = [new Map(), new Map(), new Map(), new Map()];
    for (const column of table.columns.filter(({ name }) => columns.includes(name))) {
        const isText = /^(text|varchar|bpchar|citext)$/.test(column.type.name);
        const values = [
            ...pool(column.type),
            ...(isText ? ['no such value', ...lengths.map((length) => 'x'.repeat(length))] : hints),
        ];
        for (const value of [null, ...values])
            found.push(new Map([[column.name, value]]));
    }
    return found.slice(0, searched);
}

// EXTERNAL MODULE: ./src/rehearse/preconditions/possible.ts + 6 modules
var preconditions_possible = __webpack_require__(3066);
;// CONCATENATED MODULE: ./src/rehearse/preconditions/repair.ts


/**
 * Takes synthetic rows that are in the way out of the database, with the rows that point to them. Rows of the migrations' own stay, and
 * of several with the same key one.
 *
 * @param table as PostgreSQL prints it
 * @returns false where PostgreSQL refuses to delete them, or it is not known which are synthetic
 */
async function removeRows(session, table, inTheWay, own, limits) {
    const { rows } = await session.query((0,in_the_way/* findSql */.Eg)(inTheWay));
    if (rows.length === 0)
        return true;
    const kept = await own.among(table, [...new Set(rows.map(({ hash }) => hash))], limits);
    if (!kept)
        return false;
    const left = new Map(kept);
    const isOwn = new Set();
    for (const row of rows) {
        const number = left.get(row.hash) ?? 0;
        if (number > 0)
            isOwn.add(row);
        left.set(row.hash, number - 1);
    }
    const synthetic = rows.filter((row) => !isOwn.has(row));
    // The first of a group stays where none of the migrations' own does.
    const hasOne = new Set([...isOwn].flatMap(({ same }) => same ?? []));
    const doomed = synthetic.filter(({ same }) => {
        if (same === null || hasOne.has(same))
            return true;
        hasOne.add(same);
        return false;
    });
    return await removed(session, table, doomed);
}
async function removed(session, table, rows) {
    try {
        await withoutTriggers(session);
        await session.query('BEGIN');
        await remove(session, table, rows.map(({ relation, place }) => ({ relation, place })), 0);
        await session.query('COMMIT');
        return true;
    }
    catch (error) {
        if (!(error instanceof postgres_server/* ServerError */.g) || error.sqlstate === undefined)
            throw error;
        await session.query('ROLLBACK');
        return false;
    }
    finally {
        await session.query('RESET session_replication_role');
    }
}
/** Triggers may refuse the deletion of a row. Only a superuser can silence them; without, they are heard. */
async function withoutTriggers(session) {
    try {
        await session.query('SET session_replication_role = replica');
    }
    catch (error) {
        if (!(error instanceof postgres_server/* ServerError */.g && error.sqlstate === '42501'))
            throw error;
    }
}
/** Children first. */
async function remove(session, table, rows, depth) {
    if (rows.length === 0 || depth > 20)
        return;
    const relations = rows.map(({ relation }) => relation);
    const places = rows.map(({ place }) => place);
    const doomed = `SELECT relation::oid, place::tid FROM unnest($1::text[], $2::text[]) AS doomed (relation, place)`;
    const { rows: children } = await session.query(childrenQuery, [table]);
    for (const { child, pairs } of children) {
        const { rows: below } = await session.query(`SELECT c.tableoid::int8::text AS relation, c.ctid::text AS place FROM ${child} AS c JOIN ${table} AS p ON ${pairs}
       WHERE (p.tableoid, p.ctid) IN (${doomed}) ${child === table ? `AND (c.tableoid, c.ctid) NOT IN (${doomed})` : ''}`, [relations, places]);
        await remove(session, child, below, depth + 1);
    }
    await session.query(`DELETE FROM ${table} AS t WHERE (t.tableoid, t.ctid) IN (${doomed})`, [relations, places]);
}
/** The tables whose valid foreign keys point to this one, with the condition that joins them. */
const childrenQuery = `
  SELECT format('%I.%I', n.nspname, c.relname) AS child, (
    SELECT string_agg(format('c.%I = p.%I', a.attname, b.attname), ' AND ')
    FROM unnest(k.conkey, k.confkey) AS pair (mine, theirs)
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.mine
    JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = pair.theirs) AS pairs
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE k.contype = 'f' AND k.convalidated AND k.conparentid = 0 AND k.confrelid = $1::regclass
  ORDER BY child`;

;// CONCATENATED MODULE: ./src/rehearse/preconditions/trial-roles.ts

/** True where the upgrade takes a role away, or its name: all databases of a server share it, so that no copy can be tried first. */
function takesRole({ up }) {
    return up.statements.some(({ operations, sql }) => operations.some(({ kind }) => kind === 'drop-role') || /^ALTER\s+(?:ROLE|USER|GROUP)\s.*\sRENAME\s/is.test(sql));
}
/**
 * Drops the roles that a trial on a copy made, once the copy is gone: the upgrade itself would find them there. On a server that is not
 * ours alone only those that the upgrade names.
 */
async function dropTrialRoles(session, server, migration, before) {
    const named = new Set((0,rehearse_roles/* rolesMadeBy */.yl)([{ ...migration, down: undefined }]));
    const come = [...(await (0,rehearse_roles/* rolesIn */.t4)(session))].filter((name) => !before.has(name));
    await (0,rehearse_roles/* dropRoles */.VG)(session, server, server.storage ? come : come.filter((name) => named.has(name)));
}

;// CONCATENATED MODULE: ./src/rehearse/preconditions/preconditions.ts
var preconditions_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var preconditions_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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








/** No upgrade is run more often than this to find what it asks of the data. */
const preconditions_most = 20;
const preconditions_rowsMs = 5_000;
/**
 * Runs an upgrade on copies of the database that hold rows as bad as the schema allows, in the columns that it touches. Where it fails
 * on them, they are taken out and it is run again: what it failed on before and does not now is a precondition. Where it goes through,
 * values of before and after are compared.
 *
 * @throws Cancelled when the run is ended, UserError as the runner does
 */
async function preconditionsOf(options, migration) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { server, database, schema } = options;
        const asked = (0,preconditions_possible/* possiblePreconditions */.Z)([migration], schema, { major: server.major });
        if (asked.length === 0)
            return preconditions_nothing;
        if (takesRole(migration))
            return {
                ...preconditions_nothing,
                notChecked: [untried(migration, 'It takes a role away, which all databases of a server share.')],
            };
        await database.terminateConnections();
        const trial = preconditions_addDisposableResource(env_1, await server.createDatabase(database), true);
        const possible = await putBadRows(trial, options, asked);
        const experiment = { ...options, trial, migration, schema, possible, confirmed: [] };
        const result = possible.length === 0 ? preconditions_nothing : await preconditions_search(experiment);
        const open = asked.filter((each) => isHardToBreak(each) && !possible.some((other) => other.at === each.at && preconditions_isSame(other, each) && other.rows));
        const untold = open.filter(({ at }) => !result.found.some((other) => other.at === at));
        return { ...result, found: [...result.found, ...untold.map((each) => noted(each, 'untried', undefined))] };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = preconditions_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** What follows from an expression of the user's: of these, unlike the others, no row may be found that breaks it although there are some. */
function isHardToBreak({ kind }) {
    return kind === 'check' || kind === 'exclusion';
}
/** The same where the upgrade has failed already, in a way that its statements did not announce. `database` as it was before. */
async function preconditionsAfter(options, migration, error) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        if (!isAboutData(error) || takesRole(migration))
            return preconditions_nothing;
        const { server, database, schema } = options;
        await database.terminateConnections();
        const trial = preconditions_addDisposableResource(env_2, await server.createDatabase(database), true);
        return await preconditions_search({ ...options, trial, migration, schema, possible: [], confirmed: [] });
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = preconditions_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
const preconditions_nothing = { found: [], notChecked: [], mend: async () => undefined };
async function preconditions_within(database, { signal, timeoutMs }, work) {
    return await (0,rehearse_limit/* limited */.T)(database, { timeoutMs: Math.max(timeoutMs, 60_000), signal }, async () => {
        const env_3 = { stack: [], error: void 0, hasError: false };
        try {
            const session = preconditions_addDisposableResource(env_3, await database.connect(), true);
            return await work(session);
        }
        catch (e_3) {
            env_3.error = e_3;
            env_3.hasError = true;
        }
        finally {
            const result_3 = preconditions_disposeResources(env_3);
            if (result_3)
                await result_3;
        }
    });
}
/** @returns those of which rows are there now, with their queries where these run here */
async function putBadRows(trial, options, possible) {
    if (possible.length === 0)
        return [];
    return await preconditions_within(trial, options, async (session) => {
        await putOffenders(session, possible, { timeoutMs: preconditions_rowsMs });
        const there = [];
        for (const each of possible) {
            const count = await countOf(session, each.rows);
            if (count === undefined)
                there.push({ ...each, rows: undefined, count: undefined });
            else if (count > 0)
                there.push(each);
        }
        return there;
    });
}
async function preconditions_search(experiment) {
    const { migration, confirmed } = experiment;
    let last;
    for (let run = 0; run < preconditions_most; run++) {
        const { error, changed } = await tryUpgrade(experiment);
        if (!error) {
            confirmed.push(...changed.map((possible) => ({ possible, sqlstate: undefined })));
            // Rows in one's way went with those in another's.
            const gone = await preconditions_within(experiment.trial, experiment, (session) => vanished(session, experiment));
            if (gone.length === 0 || !(await renewed(experiment, gone))) {
                const { found, ...rest } = done(experiment, []);
                return { ...rest, found: [...found, ...gone.map((each) => noted(each, 'untried', undefined))] };
            }
            last = undefined;
            continue;
        }
        // The rows that were taken out were not what it fails on.
        if (last && isSameError(last, error))
            return done(experiment, [], confirmed.slice(0, -1));
        if (isRoleInUse(error, migration.up))
            return done(experiment, [
                untried(migration, 'It drops a role to which other copies of the database have grants.'),
            ]);
        const next = isAboutData(error) ? await preconditions_explain(experiment, error) : undefined;
        if (!next)
            return done(experiment, []);
        confirmed.push({ possible: next, sqlstate: error.sqlstate });
        if (!(await mended(experiment, next))) {
            const why = 'A row that it fails on could not be taken out: which ones are synthetic is not known any more.';
            return done(experiment, experiment.own.isLost ? [untried(migration, why)] : [], confirmed.slice(0, -1));
        }
        last = error;
    }
    const why = `The upgrade was run ${preconditions_most} times, each time on fewer of the rows that it fails on, and failed still.`;
    return done(experiment, [untried(migration, why)]);
}
function untried({ name, up }, why) {
    return { what: `All that ${name} asks of the data`, why, at: up.at };
}
/** Those that were not confirmed, and of which there is no row any more. */
async function vanished(session, { possible, confirmed }) {
    const gone = [];
    for (const each of confirmed.length === 0 ? [] : possible) {
        const isKnown = confirmed.some((known) => preconditions_isSame(known.possible, each));
        if (!isKnown && (await countOf(session, each.rows)) === 0)
            gone.push(each);
    }
    return gone;
}
/** @returns whether there are rows now for any of them */
async function renewed(experiment, gone) {
    const made = await preconditions_within(experiment.trial, experiment, (session) => changeIntoOffenders(session, gone, { timeoutMs: preconditions_rowsMs }));
    return made.length > 0;
}
/** One run on a copy of its own, so that what is committed before an error does not stay. */
async function tryUpgrade(experiment) {
    const env_4 = { stack: [], error: void 0, hasError: false };
    try {
        const { server, trial, runner, migration, possible, confirmed } = experiment;
        const roles = await preconditions_within(trial, experiment, rehearse_roles/* rolesIn */.t4);
        const _made = preconditions_addDisposableResource(env_4, {
            [Symbol.asyncDispose]: () => preconditions_within(trial, experiment, (session) => dropTrialRoles(session, server, migration, roles)),
        }, true);
        await trial.terminateConnections();
        const copy = preconditions_addDisposableResource(env_4, await server.createDatabase(trial), true);
        const { error } = await runner.up(copy, migration, experiment);
        const silent = possible.filter(({ outcome }) => outcome === 'changes');
        if (error || silent.length === 0)
            return { error, changed: [] };
        const before = await preconditions_within(trial, experiment, (session) => valuesOf(session, silent));
        const changed = await preconditions_within(copy, experiment, (session) => changedValues(session, before));
        return { error, changed: changed.filter((each) => !confirmed.some(({ possible: known }) => preconditions_isSame(known, each))) };
    }
    catch (e_4) {
        env_4.error = e_4;
        env_4.hasError = true;
    }
    finally {
        const result_4 = preconditions_disposeResources(env_4);
        if (result_4)
            await result_4;
    }
}
/** Of a value that is refused when it is assigned, it need not be said as well that it is cut off. */
function preconditions_isSame(a, b) {
    const isAlike = a.kind === b.kind && a.table === b.table && a.columns.join() === b.columns.join();
    // Several may be asked of the same columns.
    return isAlike && (a.kind !== 'check' || a.needs === b.needs);
}
/** What the server's error says of the data: one of those that the statements announce, or what the error itself names. */
async function preconditions_explain(experiment, error) {
    const { possible, confirmed, schema } = experiment;
    const open = possible.filter((each) => !confirmed.some((known) => known.possible === each));
    return blamed(open, error) ?? toldByError(error, schema);
}
async function mended(experiment, possible) {
    return await preconditions_within(experiment.trial, experiment, (session) => takeOut(session, possible, experiment));
}
function noted({ kind, table, columns, at, needs, count }, outcome, sqlstate) {
    return { kind, table, columns, outcome, sqlstate, at, needs, count };
}
/** Without a query for the rows in the way, all synthetic rows of the table go. */
async function takeOut(session, { table, rows }, { own, signal, timeoutMs }) {
    return await removeRows(session, table, rows ?? { from: table, where: 'true' }, own, { signal, timeoutMs });
}
function done(experiment, notChecked, confirmed = experiment.confirmed) {
    const failing = confirmed.filter(({ possible: { outcome, kind } }) => outcome === 'fails' && kind !== 'no-rows');
    return {
        found: confirmed.map(({ possible, sqlstate }) => noted(possible, possible.outcome, sqlstate)),
        notChecked,
        async mend(database) {
            if (failing.length === 0)
                return;
            await preconditions_within(database, experiment, async (session) => {
                for (const { possible } of failing)
                    await takeOut(session, possible, experiment);
            });
        },
    };
}

// EXTERNAL MODULE: ./src/postgres/drift/schemas.ts + 1 modules
var drift_schemas = __webpack_require__(3885);
;// CONCATENATED MODULE: ./src/rehearse/watched.ts



/** Tells what a tap saw in the words of the model: where each statement stands, and who was shut out meanwhile. */
function watched({ sight: whole, script, direction, attempt, bookkeeping, isWhole }) {
    const sight = { ...whole, statements: whole.statements.filter(({ sql }) => sql !== ourProbe) };
    const place = placesIn(script);
    const names = bookkeeping.map((name) => name.slice(name.indexOf('.') + 1));
    const isOwn = (sql, at) => /^\s*(?:BEGIN|COMMIT|ROLLBACK)\b/i.test(sql) || (!at && names.some((name) => watched_code(sql).includes(name)));
    const statements = new Map();
    for (const seen of sight.statements) {
        const { sql, ms, transaction } = seen;
        const [tag, rows] = answer(seen.tag);
        const at = place(sql);
        statements.set(seen, {
            ...{ sql, at, direction, attempt, ms, tag, rows, transaction },
            ...((isOwn(sql, at) || (isWhole && !at)) && { isOwn: true }),
            ...(seen.looked !== 'end' && { isSampled: true }),
        });
    }
    const told = (seen) => {
        const statement = statements.get(seen);
        if (!statement)
            throw new Error('A lock or a scan belongs to a statement that was seen.');
        return statement;
    };
    const locks = strongest(sight.locks.filter(({ relation }) => !bookkeeping.includes(relation.table ?? relation.name)));
    const works = sight.statements.flatMap((seen) => worksOf(seen, sight, told(seen)));
    const isTheirs = ({ relation }) => relation === undefined || !bookkeeping.includes(relation);
    return {
        statements: [...statements.values()],
        locks: locks.map(({ statement, relation, mode, existedBefore }) => {
            const { name, table } = relation;
            return {
                statement: told(statement),
                relation: name,
                kind: watched_kinds[relation.kind] ?? 'relation',
                table,
                mode,
                existedBefore,
            };
        }),
        rewrites: works.flatMap((each) => each.rewrites).filter(isTheirs),
        scans: works.flatMap((each) => each.scans).filter(isTheirs),
        indexBuilds: works.flatMap((each) => each.indexBuilds).filter(isTheirs),
        blocked: blocked(locks, sight.statements.filter((seen) => !told(seen).isOwn), told),
    };
}
/** Joins what was seen in one step and in the next. */
function joined(a, b) {
    if (!a || !b)
        return a ?? b;
    return {
        statements: [...a.statements, ...b.statements],
        locks: [...a.locks, ...b.locks],
        rewrites: [...a.rewrites, ...b.rewrites],
        scans: [...a.scans, ...b.scans],
        indexBuilds: [...a.indexBuilds, ...b.indexBuilds],
        blocked: [...a.blocked, ...b.blocked],
    };
}
/** `pg_class.relkind` in the words of the manual. */
const watched_kinds = {
    r: 'table',
    p: 'table',
    i: 'index',
    I: 'index',
    S: 'sequence',
    v: 'view',
    m: 'materialized view',
    f: 'foreign table',
    c: 'composite type',
};
/** The statements of a script are sent in its order, so that of several with the same text the next one is meant; of a loop, the same one. */
function placesIn({ statements }) {
    const bySql = new Map();
    for (const [i, { sql }] of statements.entries()) {
        const key = (0,same_sql/* comparable */.Z)(sql);
        const same = bySql.get(key);
        if (same)
            same.push(i);
        else
            bySql.set(key, [i]);
    }
    let next = 0;
    return (sql) => {
        const same = bySql.get((0,same_sql/* comparable */.Z)(sql)) ?? [];
        const ahead = same.find((i) => i >= next);
        if (ahead !== undefined)
            next = ahead + 1;
        return statements[ahead ?? same[0] ?? -1]?.at;
    };
}
/** Without comments and strings, in which anybody may name the tool's tables; but a query may ask the catalog for one. */
function watched_code(sql) {
    const isAsking = /^\s*SELECT\b[\s\S]*\bpg_catalog\b/i.test(sql);
    return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (text) => isAsking && text.startsWith("'") ? text : ' ');
}
/** `INSERT 0 5` → INSERT, 5 */
function answer(tag) {
    const [, verb, rows] = /^(INSERT|UPDATE|DELETE|MERGE|COPY)(?: \d+)? (\d+)$/.exec(tag ?? '') ?? [];
    return verb ? [verb, Number(rows)] : [tag?.replace(/ \d+$/, ''), undefined];
}
/**
 * DEBUG1 lines name a table without its schema: it is one of before with that name on which the statement's transaction holds a lock, and
 * none where it holds locks and no such one, because then the migration made the table.
 */
function worksOf(seen, { locks, before }, statement) {
    if (seen.work.length === 0 && seen.newFiles.length === 0)
        return { rewrites: [], scans: [], indexBuilds: [] };
    const held = locks.filter((lock) => lock.statement.transaction === seen.transaction && lock.statement.start <= seen.start && lock.until > seen.start);
    const among = seen.looked === 'end' ? held.filter(({ existedBefore }) => existedBefore).map(({ relation }) => relation) : before;
    const old = (bare) => {
        const known = among.find((relation) => relation.bare === bare);
        return known ? [known] : [];
    };
    const rewrites = [];
    const scans = [];
    const indexBuilds = [];
    for (const work of seen.work) {
        if (work.kind === 'rewrite')
            for (const { name } of old(work.table))
                rewrites.push({ statement, relation: name, how: 'rewritten' });
        if (work.kind === 'scan')
            for (const { name } of old(work.table))
                scans.push({ statement, relation: name, constraint: undefined });
        if (work.kind === 'foreign-key-scan')
            scans.push({ statement, relation: undefined, constraint: work.constraint });
        if (work.kind === 'index-build')
            for (const { name } of old(work.table))
                indexBuilds.push({ statement, relation: name, index: work.index });
    }
    for (const { name, kind } of seen.newFiles) {
        // A sequence has one row.
        if (kind === 'S')
            continue;
        rewrites.push({ statement, relation: name, how: seen.tag === 'TRUNCATE TABLE' ? 'truncated' : 'rewritten' });
    }
    return { rewrites, scans, indexBuilds };
}
/** Of several locks that one statement took on one relation, such as `ALTER TABLE … TYPE` for its parts, the strongest. */
function strongest(locks) {
    const found = new Map();
    for (const lock of locks) {
        const taken = found.get(lock.statement) ?? new Map();
        found.set(lock.statement, taken);
        const other = taken.get(lock.relation.oid);
        if (!other || (0,model_locks/* lockStrength */.JP)(other.mode) < (0,model_locks/* lockStrength */.JP)(lock.mode))
            taken.set(lock.relation.oid, lock);
    }
    // pg_locks has no order. Tables come before their indexes, what was there before what is new.
    const key = ({ relation: { table, name, oid } }) => [table === undefined ? 0 : 1, name, oid];
    return [...found.values()].flatMap((taken) => [...taken.values()].sort((a, b) => compare(key(a), key(b))));
}
function compare(a, b) {
    const at = a.findIndex((part, i) => part !== b[i]);
    return at < 0 ? 0 : (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
}
const watched_holdsRows = new Set(['r', 'p', 'm', 'v', 'f']);
/** For each relation the first lock that shuts out writes, and the first that shuts out reads too, unless it is the same. */
function blocked(locks, statements, told) {
    const found = [];
    const spans = new Map();
    for (const { relation, mode, statement, until, existedBefore } of locks) {
        const shutsOut = (0,model_locks/* shutOutBy */.QH)(mode);
        if (!shutsOut || !existedBefore || !watched_holdsRows.has(relation.kind))
            continue;
        const key = `${statement.transaction} ${relation.oid}`;
        const open = spans.get(key);
        if (open && open.until > statement.start && (open.shutsOut === shutsOut || shutsOut === 'writes'))
            continue;
        spans.set(key, { until, shutsOut });
        const during = statements.filter(({ transaction, start }) => transaction === statement.transaction && start >= statement.start && start < until);
        found.push({
            relation: relation.name,
            shutsOut,
            mode,
            statement: told(statement),
            during: during.map(told),
            ms: until - statement.start,
        });
    }
    return found;
}

;// CONCATENATED MODULE: ./src/rehearse/round-trip.ts




/**
 * Runs one migration up, down and up again, and compares what the database holds: after the downgrade with before the upgrade,
 * after the second upgrade with after the first. Stops at the first step that fails; the steps after it are `skipped`.
 */
async function roundTrip(options) {
    const { migration, touched, up, down, begin, look, tryOut, tryLater, keep } = options;
    const steps = [];
    const drift = [];
    const data = [];
    let watched;
    let tried = {};
    let laterRows;
    const before = await begin();
    const withoutRows = emptyAmong(touched, before.contents);
    const done = (restored, repeatable) => {
        const missing = order
            .slice(steps.length)
            .map(([direction, attempt]) => ({ direction, attempt, outcome: 'skipped', error: undefined, ms: 0 }));
        return {
            migration,
            steps: [...steps, ...missing],
            restored,
            repeatable,
            drift,
            data,
            withoutRows,
            watched,
            ...tried,
            ...(laterRows && { laterRows }),
        };
    };
    const run = async (script) => {
        const next = order[steps.length];
        if (!next)
            throw new Error('A round trip has three steps.');
        const { error, ms, watched: seen } = await script(next[1]);
        watched = joined(watched, seen);
        steps.push({ direction: next[0], attempt: next[1], outcome: error ? 'failed' : 'ok', error, ms });
        return error === undefined;
    };
    if (!(await run(up)))
        return done(null, null);
    if (!down && !tryOut)
        return done(null, null);
    const upgraded = await look();
    if (tryOut)
        tried = await tryOut(before, upgraded);
    if (!down)
        return done(null, null);
    await keep();
    if (!(await run(down)))
        return done(null, null);
    const downgraded = await look();
    drift.push(...(0,drift_schemas/* compareSchemas */._)(before.schema, downgraded.schema, 'down'));
    data.push(...compareContents(before.contents, downgraded.contents, 'down'));
    const restored = round_trip_isSame(drift, data);
    if (!(await run(up)))
        return done(restored, false);
    const again = await look();
    const driftAgain = (0,drift_schemas/* compareSchemas */._)(upgraded.schema, again.schema, 'up-again');
    const dataAgain = compareContents(upgraded.contents, again.contents, 'up-again');
    drift.push(...driftAgain);
    data.push(...dataAgain);
    laterRows = await tryLater?.(before, upgraded, data);
    return done(restored, round_trip_isSame(driftAgain, dataAgain));
}
const order = [
    ['up', 1],
    ['down', 1],
    ['up', 2],
];
function round_trip_isSame(drift, data) {
    return data.length === 0 && drift.every((difference) => difference.class !== 'contract');
}
/** Tables by the name that `contents` gives them, which is quoted where SQL needs it. */
function emptyAmong(touched, contents) {
    const names = new Set(touched);
    return contents.filter(({ table, rows }) => rows === 0 && names.has((0,model_locks/* plainName */.MH)(table))).map(({ table }) => table);
}

;// CONCATENATED MODULE: ./src/rehearse/watch.ts
var watch_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var watch_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Runs one script of a migration with a tap between the tool and the database. What the tap could not see is told in `notChecked`; the
 * script runs all the same.
 */
async function watch(work, step) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { runner, database, limits, notChecked } = work;
        const { migration, script } = step;
        const { direction } = script;
        const missed = (why) => notChecked.push({
            what: `What the ${direction === 'up' ? 'upgrade' : 'downgrade'} of ${migration.name} locks`,
            why,
            at: script.at,
        });
        const tap = watch_addDisposableResource(env_1, await watch_open(database, missed), true);
        const result = await runner[direction](database, migration, limits, tap);
        if (!tap)
            return { ...result, watched: undefined };
        const sight = await tap.finish();
        // The time limit ends all connections to the database, the one that asks for locks too.
        if (!result.error?.timedOut)
            for (const why of sight.trouble)
                missed(why);
        const { bookkeeping, sendsFiles = false } = runner;
        const isWhole = sendsFiles && script.unreadable.length === 0;
        return { ...result, watched: watched({ sight, script, direction, attempt: 1, bookkeeping, isWhole }) };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = watch_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function watch_open(database, missed) {
    try {
        return await openTap(database);
    }
    catch (error) {
        if (!(error instanceof postgres_server/* ServerError */.g))
            throw error;
        missed(`The connection that asks for locks was not opened: ${error.message}.`);
        return undefined;
    }
}

;// CONCATENATED MODULE: ./src/rehearse/migration.ts
var migration_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var migration_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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















/** Rows that a trigger or a slow constraint holds up are given up after so long. */
const migration_rowsMs = 5_000;
/**
 * Runs one changed migration up, down and up again on the database of the walk, with rows in its tables, and leaves there what the first
 * upgrade made.
 *
 * @param part `down`: the downgrade, where it can be run; `isLast`: nothing comes after it, so that the state need not be kept
 * @returns `isLost`: there is no database left to go on from
 */
async function rehearseMigration(walk, migration, part, notChecked) {
    const { runner, scratch, own } = walk;
    const { down, isLast } = part;
    const { name } = migration;
    const telling = (step) => withMeans(step, name, walk.server);
    const missed = (what, why) => notChecked.push({ what, why, at: migration.up.at });
    await own.begin(scratch.database);
    await fill(walk, migration, notChecked);
    const schema = await reading(walk, (session) => (0,snapshot/* snapshot */.P)(session, { exclude: runner.bookkeeping }));
    const read = await preconditionsOf({ ...walk, database: scratch.database, schema }, migration);
    await read.mend(scratch.database);
    let old = await scratch.copy();
    let kept;
    let isGivenUp = false;
    let isTriedLater = false;
    const watching = (script) => watch({ runner, database: scratch.database, limits: walk, notChecked }, { migration, script });
    // A role cannot go while it has a grant in any database, and the copies hold those of before: they go, and the script begins anew.
    const alone = async (script, before) => {
        const step = telling(await watching(script));
        const begin = before();
        if (!step.error || !isRoleInUse(step.error, script) || !begin)
            return step;
        await own.giveUp();
        await scratch.goOnAlone(begin);
        old = undefined;
        kept = undefined;
        isGivenUp = true;
        return telling(await watching(script));
    };
    const goThrough = async () => await roundTrip({
        migration: migration.id,
        touched: touched(migration),
        // The second upgrade locks what the first did.
        up: async (attempt) => attempt === 1
            ? await alone(migration.up, () => old)
            : { ...telling(await runner.up(scratch.database, migration, walk)), watched: undefined },
        down: down && (() => alone(down, () => kept)),
        begin: async () => ({ schema, contents: await migration_contentsOf(walk) }),
        look: async () => ({
            schema: await reading(walk, (session) => (0,snapshot/* snapshot */.P)(session, { exclude: runner.bookkeeping })),
            contents: await migration_contentsOf(walk),
        }),
        async tryOut(before, upgraded) {
            const { server, queries = [], settled } = walk;
            if (!old) {
                missed(`What old code does after ${name}`, droppedFor('The upgrade'));
                return {};
            }
            return await tryOldCode({
                ...{ server, migration, queries, settled, notChecked, limits: walk },
                ...{ before: old, after: scratch.database, exclude: runner.bookkeeping },
                schemas: { before: before.schema, after: upgraded.schema },
            });
        },
        async tryLater(before, upgraded, known) {
            const { database } = scratch;
            isTriedLater = true;
            return await tryLaterRows({
                ...{ database, limits: walk, touched: touched(migration), before, upgraded, known },
                contents: () => migration_contentsOf(walk),
                down: () => runner.down(database, migration, walk),
            });
        },
        async keep() {
            if (!isLast || (down && mayDropRole(down)))
                kept = await scratch.copy();
        },
    });
    // What stops at rows that were made up may go through on those of production: whatever else it does is seen without them.
    const withoutRows = async (stopped, found) => {
        const error = stopped.steps[0]?.error;
        if (!error || !old || walk.seeder.filled.size > 0 || found.some(({ kind }) => kind === 'no-rows'))
            return undefined;
        if (error.timedOut || error.sqlstate?.startsWith('42'))
            return undefined;
        const bare = await own.copy(walk);
        if (!bare)
            return undefined;
        await scratch.goOnWith(bare);
        await scratch.drop(old);
        old = await scratch.copy();
        const trip = await goThrough();
        return trip.steps[0]?.outcome === 'ok' ? { ...trip, refusedRows: error } : undefined;
    };
    const first = await goThrough();
    const refused = first.steps[0]?.error;
    const isKnown = read.found.some(({ kind }) => kind === 'no-rows');
    const told = refused && old && !isKnown
        ? await preconditionsAfter({ ...walk, database: old, schema }, migration, refused)
        : undefined;
    const isMended = told?.found.some(({ kind }) => kind !== 'no-rows') ?? false;
    if (told && old && isMended) {
        await told.mend(old);
        await scratch.goOnWith(await scratch.copy(old));
    }
    const mended = isMended ? await goThrough() : first;
    const trip = (await withoutRows(mended, [...read.found, ...(told?.found ?? [])])) ?? mended;
    notChecked.push(...read.notChecked, ...(told?.notChecked ?? []));
    const costs = trip.watched && costsOf(trip.watched, migration.up, walk.sizes ?? new Map());
    if (kept)
        await scratch.goOnWith(kept);
    if (old && !isLast)
        await scratch.drop(old);
    // After the second upgrade the database is what it was after the first, unless it was downgraded again.
    const isBehind = trip.steps[1]?.outcome !== 'skipped' && (trip.steps[2]?.outcome !== 'ok' || isTriedLater);
    const isLost = isGivenUp && !kept && isBehind;
    return { trip: { ...trip, costs, preconditions: [...read.found, ...(told?.found ?? [])] }, isLost };
}
/** disk_full, out_of_memory, too_many_connections and io_error say nothing about the migration, and what the server lacks does not either. */
function withMeans(step, name, server) {
    const lacking = step.error && missingExtension(step.error, server);
    if (lacking)
        throw new errors/* UserError */.y(`${name} ${lacking}.`);
    const { sqlstate, message } = step.error ?? {};
    if (sqlstate !== undefined && message !== undefined && /^(?:53[123]00|58030)$/.test(sqlstate))
        throw new postgres_server/* ServerError */.g(message, { sqlstate });
    return step;
}
function droppedFor(what) {
    return `${what} drops a role, which PostgreSQL refuses while another database has grants to it: the copies that are needed here were dropped.`;
}
const hiding = new Set(['drop-role', 'do-block', 'unparsed', 'other']);
function mayDropRole({ statements, unreadable }) {
    return (unreadable.length > 0 ||
        statements.some(({ operations }) => operations.length === 0 || operations.some(({ kind }) => hiding.has(kind))));
}
async function fill(walk, migration, notChecked) {
    const { runner, scratch, signal, seeder } = walk;
    const timeoutMs = 10 * migration_rowsMs;
    await (0,rehearse_limit/* limited */.T)(scratch.database, { timeoutMs, signal }, async (limit) => {
        try {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                await plant(scratch.database, seeder);
                const session = migration_addDisposableResource(env_1, await scratch.database.connect(), true);
                await putRows(session, { exclude: [...runner.bookkeeping, ...seeder.filled], timeoutMs: migration_rowsMs });
            }
            catch (e_1) {
                env_1.error = e_1;
                env_1.hasError = true;
            }
            finally {
                const result_1 = migration_disposeResources(env_1);
                if (result_1)
                    await result_1;
            }
        }
        catch (error) {
            if (!(error instanceof postgres_server/* ServerError */.g))
                throw error;
            const why = limit.timedOut ? `putting rows into them did not finish within ${(0,rehearse_limit/* seconds */.Y)(timeoutMs)}` : error.message;
            notChecked.push({ what: `Rows for ${migration.name}`, why: `Some tables got no rows to run it on: ${why}.` });
        }
    });
}
async function plant(database, seeder) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const session = migration_addDisposableResource(env_2, await database.connect(), true);
        await seeder.plant(session);
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = migration_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
async function migration_contentsOf(walk) {
    return await reading(walk, (session) => contents(session, { exclude: walk.runner.bookkeeping }));
}
/** Rows that triggers or locks hold up are waited for no longer than a script. */
async function reading({ scratch, signal, timeoutMs }, work) {
    return await (0,rehearse_limit/* limited */.T)(scratch.database, { timeoutMs: Math.max(timeoutMs, 60_000), signal }, async () => {
        const env_3 = { stack: [], error: void 0, hasError: false };
        try {
            const session = migration_addDisposableResource(env_3, await scratch.database.connect(), true);
            return await work(session);
        }
        catch (e_3) {
            env_3.error = e_3;
            env_3.hasError = true;
        }
        finally {
            const result_3 = migration_disposeResources(env_3);
            if (result_3)
                await result_3;
        }
    });
}
function touched({ up, down }) {
    const operations = [up, ...(down ? [down] : [])].flatMap((script) => script.statements.flatMap((statement) => statement.operations));
    return operations.flatMap((operation) => (0,model_named/* named */.K)(operation).relations);
}

;// CONCATENATED MODULE: ./src/rehearse/scratch.ts
/** Disposing drops them all, side by side. */
function openScratch(server, first) {
    let database = first;
    const open = new Set([database]);
    const drop = async (copy) => {
        open.delete(copy);
        await copy[Symbol.asyncDispose]();
    };
    return {
        get database() {
            return database;
        },
        async copy(of = database) {
            await of.terminateConnections();
            const copy = await server.createDatabase(of);
            open.add(copy);
            return copy;
        },
        drop,
        async goOnWith(copy) {
            const old = database;
            database = copy;
            open.add(copy);
            await drop(old);
        },
        async goOnAlone(copy) {
            database = copy;
            for (const each of [...open])
                if (each !== copy)
                    await drop(each);
        },
        async [Symbol.asyncDispose]() {
            await dropAll(open);
        },
    };
}
/** Waits for all: a role that has rights in one of them cannot be dropped before. */
async function dropAll(databases) {
    const dropped = await Promise.allSettled([...databases].map((database) => database[Symbol.asyncDispose]()));
    for (const outcome of dropped)
        if (outcome.status === 'rejected')
            throw outcome.reason;
}

;// CONCATENATED MODULE: ./src/rehearse/preconditions/own-rows.ts
var own_rows_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var own_rows_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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


/** Keeps a twin of the rehearsal's database that never gets synthetic rows, and brings it forward when somebody asks. */
function ownRows(server, runner) {
    let twin;
    let isLost = false;
    let behind = [];
    const broughtForward = async (limits) => {
        if (!twin || isLost)
            return undefined;
        if (behind.length > 0) {
            const { error } = await runner.upAll(twin, behind, limits);
            isLost = error !== undefined;
            behind = [];
        }
        return isLost ? undefined : twin;
    };
    return {
        get isLost() {
            return isLost;
        },
        async begin(database) {
            if (twin || isLost)
                return;
            behind = [];
            await database.terminateConnections();
            twin = await server.createDatabase(database);
        },
        async giveUp() {
            await twin?.[Symbol.asyncDispose]();
            twin = undefined;
            isLost = true;
        },
        applied: (migration) => void behind.push(migration),
        async among(table, hashes, limits) {
            const bare = await broughtForward(limits);
            return bare && (await hashesIn(bare, table, hashes));
        },
        async copy(limits) {
            const bare = await broughtForward(limits);
            await bare?.terminateConnections();
            return bare && (await server.createDatabase(bare));
        },
        async [Symbol.asyncDispose]() {
            if (twin)
                await dropAll([twin]);
        },
    };
}
async function hashesIn(database, table, hashes) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const session = own_rows_addDisposableResource(env_1, await database.connect(), true);
        try {
            const { rows } = await session.query(`SELECT hash::text AS hash, count(*)::int4 AS rows FROM (SELECT hashtextextended(t::text, 0) AS hash FROM ${table} AS t) AS all_rows
       WHERE hash = ANY ($1::int8[]) GROUP BY hash`, [hashes]);
            return new Map(rows.map(({ hash, rows: number }) => [hash, number]));
        }
        catch (error) {
            // 42P01: only the database with synthetic rows has this table.
            if (error instanceof postgres_server/* ServerError */.g && error.sqlstate === '42P01')
                return new Map();
            throw error;
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = own_rows_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}

;// CONCATENATED MODULE: ./src/rehearse/seeds.ts

/**
 * Seeds may speak of tables that only a later migration makes, so that a failure for want of an object (class 42) is not the end: they
 * are offered again before the next migration. Each time in a transaction, which leaves nothing behind where it fails.
 */
function seeder(seeds) {
    const filled = new Set();
    let waiting = seeds;
    let error;
    return {
        filled,
        async plant(session) {
            if (!waiting)
                return;
            const before = await counts(session);
            try {
                await session.query('BEGIN');
                await session.query(waiting.sql);
                await session.query('COMMIT');
            }
            catch (failure) {
                if (!(failure instanceof postgres_server/* ServerError */.g))
                    throw failure;
                error = failure;
                await session.query('ROLLBACK');
                if (!failure.sqlstate?.startsWith('42'))
                    waiting = undefined;
                return;
            }
            waiting = undefined;
            error = undefined;
            for (const [table, rows] of await counts(session))
                if (rows > (before.get(table) ?? 0))
                    filled.add(table);
        },
        trouble() {
            if (!error || !seeds)
                return [];
            const why = `They fail, so that the rehearsal went without them: ${error.message}${error.sqlstate ? ` (${error.sqlstate})` : ''}.`;
            return [{ what: `The seeds in ${seeds.file}`, why }];
        },
    };
}
async function counts(session) {
    const { rows: tables } = await session.query(`SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS name,
       pg_catalog.format('SELECT pg_catalog.count(*)::text AS rows FROM %I.%I', n.nspname, c.relname) AS query
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`);
    const found = new Map();
    for (const { name, query } of tables) {
        const { rows } = await session.query(query);
        found.set(name, Number(rows[0]?.rows ?? 0));
    }
    return found;
}

;// CONCATENATED MODULE: ./src/rehearse/rehearse.ts
var rehearse_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var rehearse_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Walks the history on one scratch database. Migrations of the base branch are applied; each changed one is run up, down and up
 * again, with rows in the tables. The next one starts from the state after the first upgrade, as a database in production would.
 * An upgrade that fails with rows in the tables, and not without, is gone on from without. One that fails on an empty database too ends the
 * walk: what comes after it would run on a state that never exists.
 *
 * @throws Cancelled when `signal` aborts. Whatever else keeps a migration from being rehearsed is in `notChecked`.
 */
async function rehearse(options) {
    const { migrations } = options;
    const roundTrips = new Map();
    const notChecked = [];
    const last = migrations.findLastIndex(({ status }) => status !== 'base');
    const history = migrations.slice(0, last + 1);
    if (history.length === 0)
        return { roundTrips, notChecked };
    const stop = (why, at) => {
        const left = history.filter(({ id, status }) => status !== 'base' && !roundTrips.has(id));
        if (left.length > 0)
            notChecked.push({ what: `The rehearsal of ${rehearse_list(left.map(({ name }) => name))}`, why, at });
    };
    let planted = seeder(options.seeds);
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const runner = rehearse_addDisposableResource(env_1, await openRunner(options), true);
            const settled = new Set();
            let ended = 'lost';
            while (ended === 'lost') {
                planted = seeder(options.seeds);
                ended = await walkOn({ ...options, runner, settled, seeder: planted }, history, roundTrips, notChecked);
            }
            if (ended)
                stop(ended.why, ended.at);
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = rehearse_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (error) {
        if (error instanceof errors/* UserError */.y)
            stop(error.message);
        else if (error instanceof postgres_server/* ServerError */.g)
            stop(`PostgreSQL: ${error.message}`);
        else
            throw error;
    }
    notChecked.push(...planted.trouble());
    return { roundTrips, notChecked };
}
/**
 * From the base branch, by way of what was rehearsed already, through the rest of the history.
 * @returns why it ends before; `lost`: one more is rehearsed, and left no database to go on from, so that one must be built anew
 */
async function walkOn(options, history, roundTrips, notChecked) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const { server, runner } = options;
        const _roles = rehearse_addDisposableResource(env_2, await (0,rehearse_roles/* openRoles */.aj)(server, options.beginning?.roles ?? [], options), true);
        const begun = history.findIndex(({ status }) => status !== 'base');
        const base = await openBase(options, history.slice(0, begun));
        if ('why' in base)
            return base;
        const scratch = rehearse_addDisposableResource(env_2, openScratch(server, base), true);
        const own = rehearse_addDisposableResource(env_2, ownRows(server, runner), true);
        const walk = { ...options, scratch, own };
        const done = history.findLastIndex(({ id }) => roundTrips.has(id)) + 1;
        const unbuilt = done > begun ? await applyAgain(walk, history.slice(begun, done), roundTrips) : undefined;
        if (unbuilt)
            return unbuilt;
        for (const stretch of stretches(history.slice(Math.max(begun, done)))) {
            const [first] = stretch;
            const ended = first?.status === 'base'
                ? await applyBase(walk, stretch)
                : first && (await rehearseOne(walk, first, roundTrips, notChecked));
            if (ended)
                return ended;
        }
        return undefined;
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = rehearse_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
/**
 * Builds the database that the next change begins with, for the cache; where it is there already, it is only taken up.
 * @returns why that cannot be done
 */
async function prepare(options) {
    try {
        const env_3 = { stack: [], error: void 0, hasError: false };
        try {
            const runner = rehearse_addDisposableResource(env_3, await openRunner(options), true);
            const _roles = rehearse_addDisposableResource(env_3, await (0,rehearse_roles/* openRoles */.aj)(options.server, options.beginning?.roles ?? [], options), true);
            const base = await openBase({ ...options, runner }, options.migrations);
            if ('why' in base)
                return base.why;
            await base[Symbol.asyncDispose]();
            return undefined;
        }
        catch (e_3) {
            env_3.error = e_3;
            env_3.hasError = true;
        }
        finally {
            const result_3 = rehearse_disposeResources(env_3);
            if (result_3)
                await result_3;
        }
    }
    catch (error) {
        if (error instanceof errors/* UserError */.y)
            return error.message;
        if (error instanceof postgres_server/* ServerError */.g)
            return `PostgreSQL: ${error.message}`;
        throw error;
    }
}
/**
 * What the migrations build in an empty database, without the tables in which their tool notes what ran.
 * @returns why it is not known, where they cannot all be applied
 */
async function built(options) {
    try {
        const env_4 = { stack: [], error: void 0, hasError: false };
        try {
            const runner = rehearse_addDisposableResource(env_4, await openRunner(options), true);
            const _roles = rehearse_addDisposableResource(env_4, await (0,rehearse_roles/* openRoles */.aj)(options.server, options.beginning?.roles ?? [], options), true);
            const base = await openBase({ ...options, runner }, options.migrations);
            if ('why' in base)
                return base;
            const database = rehearse_addDisposableResource(env_4, base, true);
            const session = rehearse_addDisposableResource(env_4, await database.connect(), true);
            return await (0,snapshot/* snapshot */.P)(session, { exclude: runner.bookkeeping });
        }
        catch (e_4) {
            env_4.error = e_4;
            env_4.hasError = true;
        }
        finally {
            const result_4 = rehearse_disposeResources(env_4);
            if (result_4)
                await result_4;
        }
    }
    catch (error) {
        if (error instanceof errors/* UserError */.y)
            return { why: error.message };
        if (error instanceof postgres_server/* ServerError */.g)
            return { why: `PostgreSQL: ${error.message}` };
        throw error;
    }
}
function openRunner(options) {
    const { project, repository, alembic, commands, environment, log, timeoutMs, signal } = options;
    if (commands)
        return commandRunner({ ...commands, repository, migrations: options.migrations, environment });
    if (project.tool !== 'alembic')
        return sqlRunner();
    if (!alembic)
        throw new errors/* UserError */.y(rehearse_alembic.noAlembic);
    const { command } = alembic;
    return (0,rehearse_alembic.alembicRunner)({ repository, directory: project.directory, command, environment, log }, { timeoutMs, signal });
}
/** The database as it is in front of the first changed migration. */
async function openBase(options, migrations) {
    const unreadable = firstObstacle(options, migrations);
    if (unreadable)
        return unreadable;
    const { beginning = { extensions: [], roles: [], dump: undefined, dumpIncludes: undefined }, settings = {} } = options;
    const history = options.migrations;
    const { keeping } = options;
    const base = await openBaseline({ ...options, beginning, keeping, settings, history, migrations });
    return 'error' in base ? baseFails(base, options) : base;
}
/** What was rehearsed already, on a database without rows: an upgrade that fails on some may go through without. */
async function applyAgain(walk, migrations, roundTrips) {
    const { runner, scratch, log } = walk;
    const last = migrations.at(-1);
    const hasFailed = ({ id }) => roundTrips.get(id)?.steps[0]?.outcome === 'failed';
    const isFailed = last !== undefined && hasFailed(last);
    const because = isFailed ? `the upgrade of ${last.name} failed with rows in the tables` : 'a downgrade drops a role';
    log(`Building the database again, because ${because}.`);
    const { error, migration } = await runner.upAll(scratch.database, migrations, walk);
    if (!error)
        return undefined;
    const failed = migration ? [migration].find(hasFailed) : migrations.findLast(hasFailed);
    if (failed)
        return { why: `Not rehearsed, because the upgrade of ${failed.name} failed, also on an empty database.` };
    const lost = isFailed ? `The upgrade of ${last.name} failed` : `The downgrade of ${last?.name} drops a role`;
    const which = migration ? `${migration.name} was applied` : 'they were applied';
    return {
        why: `${lost} and left no database to go on from, and one could not be built again: when ${which} to an empty one, ${error.message}.`,
        at: error.at ?? migration?.up.at,
    };
}
async function applyBase(walk, migrations) {
    const { runner, scratch, log } = walk;
    const unreadable = firstObstacle(walk, migrations);
    if (unreadable)
        return unreadable;
    log(`Applying ${migrations.length} ${migrations.length === 1 ? 'migration' : 'migrations'} of the base branch.`);
    const { error, migration } = await runner.upAll(scratch.database, migrations, walk);
    return error && baseFails({ error, migration }, walk);
}
function firstObstacle(options, migrations) {
    for (const { name, up } of migrations) {
        const unreadable = obstacle(options, up);
        if (unreadable)
            return { why: `${name}, which is on the base branch, cannot be applied: ${unreadable.why}`, at: unreadable.at };
    }
    return undefined;
}
function baseFails({ error, migration }, { server }) {
    const at = error.at ?? migration?.up.at;
    const lacking = missingExtension(error, server);
    const whose = migration ? `${migration.name}, which is on the base branch,` : 'The history of the base branch';
    if (lacking)
        return { why: `${whose} ${lacking}.`, at };
    const what = migration
        ? `${migration.name}, which is on the base branch, fails`
        : 'The migrations of the base branch fail';
    const code = error.sqlstate ? ` (${error.sqlstate})` : '';
    return {
        why: `${what} on an empty database: ${error.message}${code}. Until the history can be applied from its beginning, nothing after it can be rehearsed: mend it, judge it as well with --all, or begin with a dump of the schema: \`baseline:\` in .migration-gate.yml.`,
        at,
    };
}
async function rehearseOne(walk, migration, roundTrips, notChecked) {
    const { migrations, log } = walk;
    const up = obstacle(walk, migration.up);
    if (up)
        return { why: `${migration.name} cannot be run: ${up.why}`, at: up.at };
    const no = migration.down && (oneWay(walk, migration.down) ?? obstacle(walk, migration.down));
    if (no)
        notChecked.push({ what: `The downgrade of ${migration.name}`, why: `It cannot be run: ${no.why}`, at: no.at });
    log(`Rehearsing ${migration.name}.`);
    const down = no ? undefined : migration.down;
    const isLast = migration === migrations.findLast(({ status }) => status !== 'base');
    const { trip, isLost } = await rehearseMigration(walk, migration, { down, isLast }, notChecked);
    roundTrips.set(migration.id, trip);
    if ((isLost || trip.steps[0]?.outcome === 'failed') && !isLast)
        return 'lost';
    walk.own.applied(migration);
    return undefined;
}
function oneWay({ runner }, { at }) {
    return runner.noDowngrade ? { why: `${runner.noDowngrade}.`, at } : undefined;
}
/** A part of a SQL script that only its own client could run. Alembic and other commands run files themselves, whether they can be read or not. */
function obstacle({ project, commands }, script) {
    const [part] = project.tool === 'alembic' || commands ? [] : script.unreadable;
    return part && { why: `${part.reason}.`, at: part.at };
}
/** Migrations of the base branch that follow one another are applied together; each changed one stands alone. */
function stretches(history) {
    const found = [];
    for (const migration of history) {
        const open = found.at(-1);
        if (open && migration.status === 'base' && open[0]?.status === 'base')
            open.push(migration);
        else
            found.push([migration]);
    }
    return found;
}
function rehearse_list(names) {
    const shown = names.slice(0, 5);
    const more = names.length - shown.length;
    const [last = ''] = more > 0 ? [`${more} more`] : shown.splice(-1);
    return shown.length > 0 ? `${shown.join(', ')} and ${last}` : last;
}


/***/ }),

/***/ 1584:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VG: () => (/* binding */ dropRoles),
/* harmony export */   aj: () => (/* binding */ openRoles),
/* harmony export */   t4: () => (/* binding */ rolesIn),
/* harmony export */   yl: () => (/* binding */ rolesMadeBy)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7206);
/* harmony import */ var _postgres_server_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9080);
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
 * Makes the roles that the server has not, without a login. Disposing, once the databases are gone, drops these and the ones that the
 * migrations made, so that the next history, or the next run on the same server, finds the server as this one did.
 * @throws UserError where one cannot be made
 */
async function openRoles(server, names, { migrations = [], log } = {}) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const session = __addDisposableResource(env_1, await server.connect(), true);
        const before = await rolesIn(session);
        const made = names.filter((name) => !before.has(name));
        const theirs = new Set([...made, ...rolesMadeBy(migrations)]);
        const drop = async () => {
            try {
                const env_2 = { stack: [], error: void 0, hasError: false };
                try {
                    const later = __addDisposableResource(env_2, await server.connect(), true);
                    const come = [...(await rolesIn(later))].filter((name) => !before.has(name));
                    await dropRoles(later, server, server.storage ? come : come.filter((name) => theirs.has(name)));
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
                if (!(error instanceof _postgres_server_js__WEBPACK_IMPORTED_MODULE_0__/* .ServerError */ .g))
                    throw error;
                log?.(`The roles that the migrations made are still on the server: ${error.message}.`);
            }
        };
        try {
            for (const name of made)
                await session.query(`CREATE ROLE ${quoted(name)}`);
        }
        catch (error) {
            await drop();
            if (!(error instanceof _postgres_server_js__WEBPACK_IMPORTED_MODULE_0__/* .ServerError */ .g))
                throw error;
            throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`roles: ${error.message}${error.sqlstate ? ` (${error.sqlstate})` : ''}.`, { cause: error });
        }
        return { [Symbol.asyncDispose]: drop };
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
async function rolesIn(session) {
    const { rows } = await session.query('SELECT rolname::text AS name FROM pg_roles');
    return new Set(rows.map(({ name }) => name));
}
/** The roles that upgrades and downgrades of these create, by the names that they write. */
function rolesMadeBy(migrations) {
    const scripts = migrations.flatMap(({ up, down }) => (down ? [up, down] : [up]));
    const operations = scripts.flatMap(({ statements }) => statements.flatMap((statement) => statement.operations));
    return [
        ...new Set(operations.flatMap((op) => op.kind === 'create-role' ? op.role : op.kind === 'rename' && op.object === 'role' ? op.to : [])),
    ];
}
/** All in one statement: one may have granted another, which is refused while that is there. */
async function dropRoles(session, server, names) {
    if (names.length === 0)
        return;
    const list = names.map(quoted).join(', ');
    // What they were granted on the server as a whole, such as a parameter.
    if (server.storage)
        await session.query(`DROP OWNED BY ${list} CASCADE`);
    await session.query(`DROP ROLE IF EXISTS ${list}`);
}
function quoted(identifier) {
    return `"${identifier.replaceAll('"', '""')}"`;
}


/***/ }),

/***/ 5980:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cv: () => (/* binding */ identifier),
/* harmony export */   eu: () => (/* binding */ literal),
/* harmony export */   gb: () => (/* binding */ readTables),
/* harmony export */   v$: () => (/* binding */ literals)
/* harmony export */ });
/**
 * The tables that hold rows of their own, parents before children as far as foreign keys allow. Left out: system tables, those
 * of extensions, partitions (their root takes the rows) and foreign tables (their rows are in another database).
 */
async function readTables(session) {
    const types = new Map(Object.entries(await readJson(session, typesQuery)));
    const tables = await readJson(session, tablesQuery);
    return inOrder(tables.map((table) => complete(table, types)));
}
function complete(table, types) {
    const constraints = table.constraints ?? [];
    const partitionKeys = new Map(Object.entries(table.partitionKeys ?? {}).map(([name, columns]) => [name, columns ?? []]));
    const choosing = [...partitionKeys.values()].flat();
    const hints = (column, domains) => [
        ...constraints.filter(({ columns }) => columns.includes(column)).flatMap(({ definition }) => literals(definition)),
        ...domains.flatMap((name) => literals([...types.values()].find((type) => type.name === name)?.checks ?? null)),
        ...(choosing.includes(column) ? literals(table.bounds) : []),
    ];
    return {
        name: table.name,
        relation: table.relation,
        partitioned: table.partitioned,
        partitionKeys,
        columns: table.columns.map(({ type: oid, modifier, ...column }) => {
            const { type, required } = resolve(oid, modifier, types);
            return {
                ...column,
                type,
                nullable: column.nullable && !required,
                hints: [...new Set(hints(column.name, type.domains))],
            };
        }),
        constraints: constraints.map(({ name, columns, kind }) => ({ name, columns, kind })),
        references: table.references ?? [],
    };
}
function resolve(oid, modifier, types) {
    const raw = types.get(oid);
    if (!raw)
        throw new Error(`pg_type has no row ${oid}, which a column names.`);
    if (raw.kind === 'd') {
        const { type, required } = resolve(raw.base, modifier === -1 ? raw.modifier : modifier, types);
        return { type: { ...type, domains: [raw.name, ...type.domains] }, required: required || raw.required };
    }
    const isArray = raw.category === 'A' && raw.element !== '0';
    const type = {
        name: raw.name,
        kind: raw.kind,
        modifier,
        labels: raw.labels ?? [],
        element: isArray ? resolve(raw.element, modifier, types).type : undefined,
        fields: raw.fields ?? 0,
        domains: [],
    };
    return { type, required: false };
}
/** The constants in an expression as PostgreSQL prints it: quoted strings, and numbers with their neighbours. */
function literals(expression) {
    if (!expression)
        return [];
    const found = [];
    for (const [text, quoted] of expression.matchAll(/'((?:[^']|'')*)'|(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g)) {
        if (quoted !== undefined)
            found.push(quoted.replaceAll("''", "'"));
        else if (Number.isSafeInteger(Number(text)))
            found.push(text, String(Number(text) + 1), String(Number(text) - 1));
        else
            found.push(text);
    }
    return found;
}
/** Parents first. A circle of references is entered where the fewest parents are missing. */
function inOrder(tables) {
    const ordered = [];
    const waiting = new Map(tables.map((table) => [table.name, table]));
    const missing = (table) => new Set(table.references.filter(({ parent }) => parent !== table.name && waiting.has(parent)).map(({ parent }) => parent)).size;
    while (waiting.size > 0) {
        const ready = [...waiting.values()].filter((table) => missing(table) === 0);
        const next = ready.length > 0
            ? ready
            : [[...waiting.values()].reduce((best, table) => (missing(table) < missing(best) ? table : best))];
        for (const table of next.flat()) {
            ordered.push(table);
            waiting.delete(table.name);
        }
    }
    return ordered;
}
async function readJson(session, query) {
    const { rows } = await session.query(query);
    const [row] = rows;
    if (!row)
        throw new Error('A catalog query gave no row.');
    return JSON.parse(row.json);
}
/** Needs standard_conforming_strings, https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS */
function literal(text) {
    return `'${text.replaceAll("'", "''")}'`;
}
function identifier(name) {
    return `"${name.replaceAll('"', '""')}"`;
}
/** User tables; every name is qualified, so that the session's search_path does not matter. */
const userTables = `
  SELECT c.oid, c.relname, c.relkind, n.nspname
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
    AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend d
      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')`;
const typesQuery = `
  WITH RECURSIVE tables AS (${userTables}), used(oid) AS (
    SELECT a.atttypid FROM tables t JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION
    SELECT inner_oid FROM used JOIN pg_catalog.pg_type y ON y.oid = used.oid
      CROSS JOIN LATERAL (VALUES (y.typbasetype), (y.typelem)) AS v(inner_oid)
    WHERE inner_oid <> 0
  )
  SELECT found.types::text AS json FROM (
    SELECT COALESCE(pg_catalog.json_object_agg(y.oid::text, pg_catalog.json_build_object(
      'name', y.typname, 'kind', y.typtype, 'base', y.typbasetype::text, 'modifier', y.typtypmod, 'element', y.typelem::text,
      'category', y.typcategory, 'required', y.typnotnull,
      'labels', (SELECT pg_catalog.json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum e WHERE e.enumtypid = y.oid),
      'fields', (SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute a
                 WHERE y.typrelid <> 0 AND a.attrelid = y.typrelid AND a.attnum > 0 AND NOT a.attisdropped),
      'checks', (SELECT pg_catalog.string_agg(pg_catalog.pg_get_constraintdef(k.oid), ' ') FROM pg_catalog.pg_constraint k
                 WHERE k.contypid = y.oid AND k.contype = 'c')
    )), '{}') AS types FROM used JOIN pg_catalog.pg_type y ON y.oid = used.oid
  ) AS found`;
const columnNames = (relation, numbers) => `
  (SELECT pg_catalog.json_agg(each.attname ORDER BY key.place) FROM pg_catalog.unnest(${numbers}) WITH ORDINALITY AS key(attnum, place)
   JOIN pg_catalog.pg_attribute each ON each.attrelid = ${relation} AND each.attnum = key.attnum)`;
const qualified = (relation) => `
  (SELECT pg_catalog.quote_ident(home.nspname) || '.' || pg_catalog.quote_ident(relation.relname)
   FROM pg_catalog.pg_class relation JOIN pg_catalog.pg_namespace home ON home.oid = relation.relnamespace
   WHERE relation.oid = ${relation})`;
/** A default that asks the clock, perhaps for a zone or as another type, and does not count on from there. */
const clock = '^[^+-]*\\m(now|(clock|statement|transaction)_timestamp|timeofday|CURRENT_TIMESTAMP|CURRENT_DATE|LOCALTIMESTAMP)\\M[^+-]*$';
const tablesQuery = `
  WITH t AS (${userTables})
  SELECT COALESCE(pg_catalog.json_agg(pg_catalog.json_build_object(
    'name', ${qualified('t.oid')},
    'relation', t.relname,
    'partitioned', t.relkind = 'p',
    'partitionKeys', (
      SELECT pg_catalog.json_object_agg(c.relname, ${columnNames('p.partrelid', 'p.partattrs::pg_catalog.int2[]')})
      FROM pg_catalog.pg_partition_tree(t.oid) tree JOIN pg_catalog.pg_class c ON c.oid = tree.relid
      JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = tree.relid),
    'bounds', (
      SELECT pg_catalog.string_agg(pg_catalog.pg_get_expr(c.relpartbound, c.oid), ' ' ORDER BY c.relname COLLATE "C")
      FROM pg_catalog.pg_partition_tree(t.oid) tree JOIN pg_catalog.pg_class c ON c.oid = tree.relid WHERE c.relispartition),
    'columns', (
      SELECT COALESCE(pg_catalog.json_agg(pg_catalog.json_build_object(
        'name', a.attname, 'type', a.atttypid::text, 'modifier', a.atttypmod, 'nullable', NOT a.attnotnull,
        'hasDefault', a.atthasdef,
        'isStamped', COALESCE(pg_catalog.pg_get_expr(d.adbin, d.adrelid) ~ '${clock}', false),
        'filled', a.attidentity <> '' OR a.attgenerated <> ''
          OR COALESCE(pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', false)
      ) ORDER BY a.attnum), '[]')
      FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped),
    'constraints', (
      SELECT pg_catalog.json_agg(pg_catalog.json_build_object('name', name, 'columns', COALESCE(columns, '[]'), 'kind', kind,
        'definition', definition) ORDER BY name COLLATE "C") FROM (
        SELECT k.conname AS name, ${columnNames('k.conrelid', 'k.conkey')} AS columns, 'c' AS kind,
          pg_catalog.pg_get_constraintdef(k.oid) AS definition
        FROM pg_catalog.pg_constraint k WHERE k.conrelid = t.oid AND k.contype = 'c'
        UNION ALL
        SELECT c.relname, (
          SELECT pg_catalog.json_agg(a.attname ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = t.oid AND a.attnum > 0 AND (a.attnum = ANY (i.indkey) OR EXISTS (
            SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
              AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = t.oid AND d.refobjsubid = a.attnum))
        ), 'u', NULL
        FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = t.oid AND (i.indisunique OR i.indisexclusion)
      ) AS found),
    'references', (
      SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
        'name', k.conname, 'columns', ${columnNames('k.conrelid', 'k.conkey')},
        'parent', ${qualified('k.confrelid')}, 'parentColumns', ${columnNames('k.confrelid', 'k.confkey')}
      ) ORDER BY pg_catalog.cardinality(k.conkey) DESC, k.conname COLLATE "C")
      FROM pg_catalog.pg_constraint k WHERE k.conrelid = t.oid AND k.contype = 'f' AND k.conparentid = 0)
  ) ORDER BY t.nspname COLLATE "C", t.relname COLLATE "C"), '[]')::text AS json
  FROM t`;


/***/ }),

/***/ 3349:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Az: () => (/* binding */ manner),
/* harmony export */   NP: () => (/* binding */ isOwn),
/* harmony export */   cW: () => (/* binding */ shape),
/* harmony export */   lD: () => (/* binding */ split)
/* harmony export */ });
const token = /(?<blank>\s+|--[^\r\n]*)|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<dollar>\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)|(?<number>\d[\w.]*)/y;
/**
 * Cuts a simple query at its semicolons, as psql does. Undefined where it cannot be told for certain where a statement ends: bodies in
 * BEGIN ATOMIC, and text that ends inside of a string, a comment or parentheses.
 *
 * `backslashes`: they escape in plain strings too (`standard_conforming_strings` is off).
 */
function split(sql, { backslashes }) {
    const pieces = [];
    let start = -1;
    let [counted, characters] = [0, 0];
    let words = [];
    let depth = 0;
    const cut = (end) => {
        if (start >= 0) {
            characters += [...sql.slice(counted, start)].length;
            counted = start;
            pieces.push({ sql: sql.slice(start, end), offset: start, characters, words });
        }
        start = -1;
        words = [];
    };
    for (let at = 0; at < sql.length;) {
        const character = sql[at];
        token.lastIndex = at;
        const { blank, word, dollar, number } = token.exec(sql)?.groups ?? {};
        let end;
        if (blank !== undefined)
            end = at + blank.length;
        else if (sql.startsWith('/*', at))
            end = commentEnd(sql, at);
        else {
            if (character === ';' && depth === 0) {
                cut(at);
                at++;
                continue;
            }
            if (start < 0)
                start = at;
            if (word !== undefined) {
                if (/^e$/i.test(word) && sql[at + 1] === "'")
                    end = stringEnd(sql, at + 1, true);
                else {
                    end = at + word.length;
                    words.push(word.toUpperCase());
                    if (word.toUpperCase() === 'ATOMIC' && words.at(-2) === 'BEGIN')
                        return undefined;
                }
            }
            else if (dollar !== undefined)
                end = after(sql, dollar, at + dollar.length);
            else if (number !== undefined)
                end = at + number.length;
            else if (character === "'")
                end = stringEnd(sql, at, backslashes);
            else if (character === '"')
                end = after(sql, '"', at + 1);
            else {
                if (character === '(')
                    depth++;
                if (character === ')')
                    depth--;
                end = at + 1;
            }
        }
        if (end < 0 || depth < 0)
            return undefined;
        at = end;
    }
    if (depth !== 0)
        return undefined;
    cut(sql.length);
    return pieces;
}
function after(sql, what, from) {
    const found = sql.indexOf(what, from);
    return found < 0 ? -1 : found + what.length;
}
/** A doubled quote ends one string and begins the next, which comes to the same. */
function stringEnd(sql, from, backslashes) {
    for (let at = from + 1; at < sql.length; at++) {
        if (backslashes && sql[at] === '\\')
            at++;
        else if (sql[at] === "'") {
            if (sql[at + 1] !== "'")
                return at + 1;
            at++;
        }
    }
    return -1;
}
/** Comments nest. */
function commentEnd(sql, from) {
    const mark = /\/\*|\*\//g;
    mark.lastIndex = from;
    let depth = 0;
    for (let found = mark.exec(sql); found; found = mark.exec(sql)) {
        depth += found[0] === '/*' ? 1 : -1;
        if (depth === 0)
            return mark.lastIndex;
    }
    return -1;
}
const bounds = new Set(['BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT', 'SAVEPOINT', 'RELEASE']);
const settings = new Set(['SET', 'RESET', 'SHOW', 'DISCARD', 'LISTEN', 'UNLISTEN', 'NOTIFY', 'DEALLOCATE', 'CLOSE']);
const byThemselves = /^(?:(?:CREATE|DROP|ALTER) (?:DATABASE|TABLESPACE|SUBSCRIPTION|SYSTEM)|REINDEX (?:SCHEMA|DATABASE|SYSTEM))\b/;
/**
 * How a statement stands to transactions. `bound`: begins or ends one, or a part of one. `session`: only settings, no locks.
 * `own`: makes its own, or is a conversation (COPY), so it goes to the server exactly as it came. `plain`: runs in any.
 */
function manner({ words }) {
    const [first = ''] = words;
    if (bounds.has(first) || (first === 'PREPARE' && words[1] === 'TRANSACTION'))
        return 'bound';
    if (settings.has(first))
        return 'session';
    if (first === 'VACUUM' || first === 'COPY' || (first === 'CLUSTER' && words.length === 1))
        return 'own';
    if (words.includes('CONCURRENTLY') && first !== 'REFRESH')
        return 'own';
    return byThemselves.test(words.join(' ')) ? 'own' : 'plain';
}
/**
 * Whether several statements in one simple query can be sent one by one without a difference. `implicit`: nothing among them begins or
 * ends a transaction, so PostgreSQL runs them in one, which a BEGIN and a COMMIT around them do too
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT). `explicit`: BEGIN … COMMIT (or
 * ROLLBACK), and nothing outside. Undefined: no.
 */
function shape(pieces) {
    const manners = pieces.map(manner);
    if (manners.includes('own'))
        return undefined;
    if (!manners.includes('bound'))
        return 'implicit';
    const isParted = pieces.every((piece, i) => {
        const [first = '', ...more] = piece.words;
        if (i === 0)
            return first === 'BEGIN' || first === 'START';
        if (i === pieces.length - 1)
            return ['COMMIT', 'END', 'ROLLBACK', 'ABORT'].includes(first) && !more.includes('CHAIN') && !more.includes('TO');
        return (manners[i] !== 'bound' ||
            ['SAVEPOINT', 'RELEASE'].includes(first) ||
            (first === 'ROLLBACK' && more.includes('TO')));
    });
    return isParted ? 'explicit' : undefined;
}
/** Whether one of them makes its own transactions, or whether that cannot be told. */
function isOwn(pieces) {
    return !pieces || pieces.some((piece) => manner(piece) === 'own');
}


/***/ })

};
