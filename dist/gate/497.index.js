export const id = 497;
export const ids = [497];
export const modules = {

/***/ 9167:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  P: () => (/* binding */ dryRun),
  Q: () => (/* binding */ dryRunExitCode)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/config-rehearsal.ts
var config_rehearsal = __webpack_require__(6475);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./src/postgres/drift/told-apart.ts
var told_apart = __webpack_require__(1625);
// EXTERNAL MODULE: ./src/postgres/server.ts
var server = __webpack_require__(9080);
// EXTERNAL MODULE: ./src/postgres/url.ts
var postgres_url = __webpack_require__(8638);
// EXTERNAL MODULE: ./src/rehearse/rehearse.ts + 41 modules
var rehearse = __webpack_require__(374);
// EXTERNAL MODULE: ./src/run.ts + 5 modules
var run = __webpack_require__(9001);
// EXTERNAL MODULE: ./src/postgres/drift/schemas.ts + 1 modules
var schemas = __webpack_require__(3885);
;// CONCATENATED MODULE: ./src/postgres/print/catalog.ts
function keyOf({ kind, identity }) {
    return `${kind} ${identity}`;
}
function catalogOf(schema) {
    const byKey = new Map(schema.map((object) => [keyOf(object), object]));
    const byKind = grouped(schema, ({ kind }) => [kind]);
    const byOwner = grouped(schema, ({ kind, belongsTo = [] }) => belongsTo.slice(0, 1).map((owner) => `${kind} of ${owner}`));
    const partsOf = (owner, kind) => byOwner.get(`${kind} of ${keyOf(owner)}`) ?? [];
    return {
        schema,
        of: (...kinds) => kinds.flatMap((kind) => byKind.get(kind) ?? []),
        find: (key) => byKey.get(key),
        partsOf,
        columnsOf(relation) {
            const order = partsOf(relation, 'column order')[0]?.attributes.columns;
            const names = Array.isArray(order) ? order : undefined;
            if (!names)
                return partsOf(relation, 'column');
            return names.flatMap((name) => byKey.get(`column ${relation.identity}.${name}`) ?? []);
        },
    };
}
function grouped(schema, keys) {
    const found = new Map();
    for (const object of schema)
        for (const key of keys(object)) {
            const group = found.get(key);
            if (group)
                group.push(object);
            else
                found.set(key, [object]);
        }
    return found;
}
/** The last part of a qualified name, quoted as it is there. */
function lastName({ identity }) {
    return /(?:"(?:[^"]|"")*"|[^."]+)$/.exec(identity)?.[0] ?? identity;
}
/** `public.users` of `public.users.email`. */
function ownerName(object) {
    return object.identity.slice(0, object.identity.length - lastName(object).length - 1);
}
/** An attribute as text; undefined where it is not there. */
function catalog_text(object, name) {
    const value = object.attributes[name];
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}
function list(value) {
    return Array.isArray(value) ? value.map(String) : [];
}
function literal(value) {
    return `'${value.replaceAll("'", "''")}'`;
}
/** ` WITH (fillfactor='70')` of `['fillfactor=70']`; empty for none. */
function withOptions(...groups) {
    const all = groups.flatMap(([prefix, options]) => options.map((option) => `${prefix}${assigned(option)}`));
    return all.length > 0 ? ` WITH (${all.join(', ')})` : '';
}
/** `fillfactor='70'` of `fillfactor=70`. */
function assigned(option) {
    const [name = '', ...value] = option.split('=');
    return `${name}=${literal(value.join('='))}`;
}

;// CONCATENATED MODULE: ./src/postgres/print/code.ts

function types(catalog) {
    return catalog.of('type', 'enum', 'domain', 'composite type', 'range').flatMap((type) => {
        const sql = createType(catalog, type);
        return sql ? [{ sql, of: type }] : [];
    });
}
function createType(catalog, type) {
    const { kind, identity, attributes } = type;
    switch (kind) {
        case 'enum':
            return `CREATE TYPE ${identity} AS ENUM (${list(attributes.labels).map(literal).join(', ')})`;
        case 'domain':
            return `CREATE DOMAIN ${identity} AS ${catalog_text(type, 'base')}${clause(type, 'collation', 'COLLATE')}${clause(type, 'default', 'DEFAULT')}${attributes.notNull === true && !hasNotNull(catalog, type) ? ' NOT NULL' : ''}`;
        case 'composite type':
            return `CREATE TYPE ${identity} AS (${catalog
                .columnsOf(type)
                .map((column) => `${lastName(column)} ${catalog_text(column, 'type')}${clause(column, 'collation', 'COLLATE')}`)
                .join(', ')})`;
        case 'range':
            return `CREATE TYPE ${identity} AS RANGE (${[
                `subtype = ${catalog_text(type, 'subtype')}`,
                ...options(type, { collation: 'collation', difference: 'subtype_diff', multirange: 'multirange_type_name' }),
            ].join(', ')})`;
        default:
            // Its functions stand in a library of the server.
            return attributes.defined === false ? `CREATE TYPE ${identity}` : undefined;
    }
}
/** From PostgreSQL 17 it is a constraint with a name. */
function hasNotNull(catalog, domain) {
    return catalog.partsOf(domain, 'constraint').some(({ attributes: { type } }) => type === 'not null');
}
function clause(object, name, words) {
    const value = catalog_text(object, name);
    return value === undefined ? '' : ` ${words} ${value}`;
}
function options(object, names) {
    return Object.entries(names).flatMap(([name, word]) => {
        const value = catalog_text(object, name);
        return value === undefined ? [] : [`${word} = ${value}`];
    });
}
function collations(catalog) {
    const providers = { c: 'libc', i: 'icu', b: 'builtin' };
    return catalog.of('collation').map((collation) => {
        const locale = catalog_text(collation, 'colllocale') ?? catalog_text(collation, 'colliculocale');
        const parts = [
            `provider = ${providers[catalog_text(collation, 'collprovider') ?? ''] ?? 'libc'}`,
            ...(locale === undefined ? [] : [`locale = ${literal(locale)}`]),
            ...(catalog_text(collation, 'collcollate') === undefined
                ? []
                : [`lc_collate = ${literal(catalog_text(collation, 'collcollate') ?? '')}`]),
            ...(catalog_text(collation, 'collctype') === undefined
                ? []
                : [`lc_ctype = ${literal(catalog_text(collation, 'collctype') ?? '')}`]),
            ...(collation.attributes.collisdeterministic === false ? ['deterministic = false'] : []),
        ];
        return { sql: `CREATE COLLATION ${collation.identity} (${parts.join(', ')})`, of: collation };
    });
}
function functions(catalog) {
    const plain = catalog.of('function', 'procedure').map((of) => ({ sql: catalog_text(of, 'definition') ?? '', of }));
    const aggregates = catalog
        .of('aggregate')
        .flatMap((of) => (catalog_text(of, 'kind') === 'n' ? [{ sql: aggregate(of), of }] : []));
    const casts = catalog.of('cast').map((of) => ({ sql: cast(of), of }));
    return [...plain, ...aggregates, ...casts];
}
function aggregate(of) {
    const initial = catalog_text(of, 'initial');
    const moving = catalog_text(of, 'movingInitial');
    const parallel = { s: 'SAFE', r: 'RESTRICTED' };
    const parts = [
        ...options(of, {
            transition: 'SFUNC',
            state: 'STYPE',
            final: 'FINALFUNC',
            combine: 'COMBINEFUNC',
            serial: 'SERIALFUNC',
            deserial: 'DESERIALFUNC',
        }),
        ...(initial === undefined ? [] : [`INITCOND = ${literal(initial)}`]),
        ...(catalog_text(of, 'movingTransition') && catalog_text(of, 'movingTransition') !== '-'
            ? [
                ...options(of, {
                    movingTransition: 'MSFUNC',
                    movingInverse: 'MINVFUNC',
                    state: 'MSTYPE',
                    movingFinal: 'MFINALFUNC',
                }),
                ...(moving === undefined ? [] : [`MINITCOND = ${literal(moving)}`]),
            ]
            : []),
        ...(parallel[catalog_text(of, 'parallel') ?? ''] ? [`PARALLEL = ${parallel[catalog_text(of, 'parallel') ?? '']}`] : []),
    ];
    return `CREATE AGGREGATE ${of.identity.replace(/\(\)$/, '(*)')} (${parts.join(', ')})`;
}
function cast(of) {
    const how = catalog_text(of, 'function')
        ? `WITH FUNCTION ${catalog_text(of, 'function')}`
        : catalog_text(of, 'method') === 'i'
            ? 'WITH INOUT'
            : 'WITHOUT FUNCTION';
    const context = { assignment: ' AS ASSIGNMENT', implicit: ' AS IMPLICIT' }[catalog_text(of, 'context') ?? ''] ?? '';
    return `CREATE CAST (${of.identity}) ${how}${context}`;
}
function views(catalog) {
    const plain = catalog.of('view').map((of) => ({
        sql: `CREATE VIEW ${of.identity}${withOptions(['', list(of.attributes.options)])} AS ${catalog_text(of, 'definition')}`,
        of,
    }));
    const materialized = catalog.of('materialized view').map((of) => {
        const method = catalog_text(of, 'accessMethod');
        const using = method && method !== 'heap' ? ` USING ${method}` : '';
        const select = (catalog_text(of, 'definition') ?? '').replace(/;\s*$/, '');
        const filled = of.attributes.populated === true ? '' : ' WITH NO DATA';
        return {
            sql: `CREATE MATERIALIZED VIEW ${of.identity}${using}${withOptions(['', list(of.attributes.options)])} AS ${select}${filled}`,
            of,
        };
    });
    return [...plain, ...materialized];
}
/** Triggers, rules, policies and extended statistics. */
function reactions(catalog) {
    const found = [];
    for (const of of catalog.of('trigger')) {
        // A partition has those of its table.
        if (of.belongsTo?.some((owner) => owner.startsWith('trigger ')))
            continue;
        found.push({ sql: catalog_text(of, 'definition') ?? '', of }, ...enabling(of, 'TRIGGER'));
    }
    for (const of of catalog.of('rule'))
        found.push({ sql: catalog_text(of, 'definition') ?? '', of }, ...enabling(of, 'RULE'));
    for (const of of catalog.of('policy'))
        found.push({ sql: policy(of), of });
    for (const of of catalog.of('statistics')) {
        found.push({ sql: catalog_text(of, 'definition') ?? '', of });
        if (catalog_text(of, 'target'))
            found.push({ sql: `ALTER STATISTICS ${of.identity} SET STATISTICS ${catalog_text(of, 'target')}`, of });
    }
    return found;
}
function enabling(of, word) {
    const how = { disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }[catalog_text(of, 'enabled') ?? ''];
    return how ? [{ sql: `ALTER TABLE ${ownerName(of)} ${how} ${word} ${lastName(of)}`, of }] : [];
}
function policy(of) {
    const [using, check] = [catalog_text(of, 'using'), catalog_text(of, 'check')];
    return [
        `CREATE POLICY ${lastName(of)} ON ${ownerName(of)}${of.attributes.permissive === false ? ' AS RESTRICTIVE' : ''}`,
        ` FOR ${catalog_text(of, 'command')?.toUpperCase()} TO ${list(of.attributes.roles).join(', ')}`,
        using === undefined ? '' : ` USING (${using})`,
        check === undefined ? '' : ` WITH CHECK (${check})`,
    ].join('');
}
/** They act on what is made after them, so they come last. */
function late(catalog) {
    const publications = catalog.of('publication').map((of) => ({ sql: publication(of), of }));
    const events = catalog.of('event trigger').flatMap((of) => {
        const tags = list(of.attributes.tags);
        const when = tags.length > 0 ? ` WHEN TAG IN (${tags.map(literal).join(', ')})` : '';
        const how = { disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }[catalog_text(of, 'enabled') ?? ''];
        return [
            {
                sql: `CREATE EVENT TRIGGER ${of.identity} ON ${catalog_text(of, 'event')}${when} EXECUTE FUNCTION ${catalog_text(of, 'function')}()`,
                of,
            },
            ...(how ? [{ sql: `ALTER EVENT TRIGGER ${of.identity} ${how}`, of }] : []),
        ];
    });
    return [...publications, ...events];
}
function publication(of) {
    const { attributes } = of;
    const published = ['insert', 'update', 'delete', 'truncate'].filter((what) => attributes[`pub${what}`] === true);
    const tables = list(attributes.tables);
    const scope = attributes.puballtables === true ? ' FOR ALL TABLES' : tables.length > 0 ? ` FOR TABLE ${tables.join(', ')}` : '';
    const root = attributes.pubviaroot === true ? ', publish_via_partition_root=true' : '';
    return `CREATE PUBLICATION ${of.identity}${scope} WITH (${assigned(`publish=${published.join(', ')}`)}${root})`;
}

;// CONCATENATED MODULE: ./src/postgres/print/facts.ts

/** The kinds by the words of ALTER, COMMENT and GRANT. */
const words = {
    schema: 'SCHEMA',
    extension: 'EXTENSION',
    table: 'TABLE',
    view: 'VIEW',
    'materialized view': 'MATERIALIZED VIEW',
    sequence: 'SEQUENCE',
    index: 'INDEX',
    column: 'COLUMN',
    enum: 'TYPE',
    domain: 'DOMAIN',
    'composite type': 'TYPE',
    range: 'TYPE',
    function: 'FUNCTION',
    procedure: 'PROCEDURE',
    aggregate: 'AGGREGATE',
    collation: 'COLLATION',
    statistics: 'STATISTICS',
    publication: 'PUBLICATION',
    'event trigger': 'EVENT TRIGGER',
};
/** What stands on a table and is named with it. */
const parts = {
    constraint: 'CONSTRAINT',
    trigger: 'TRIGGER',
    rule: 'RULE',
    policy: 'POLICY',
};
function facts_schemas(catalog) {
    const all = catalog.of('schema');
    const found = [];
    for (const of of all) {
        if (of.identity !== 'public')
            found.push({ sql: `CREATE SCHEMA ${of.identity}`, of });
        // A new database has granted it to everybody.
        else
            found.push({ sql: 'REVOKE ALL ON SCHEMA public FROM PUBLIC', of });
    }
    return found;
}
function extensions(catalog) {
    return catalog
        .of('extension')
        .filter(({ identity }) => identity !== 'plpgsql')
        .map((of) => {
        const sql = `CREATE EXTENSION IF NOT EXISTS ${of.identity} SCHEMA ${catalog_text(of, 'schema')}`;
        return { sql: `${sql} VERSION ${literal(catalog_text(of, 'version') ?? '')} CASCADE`, orElse: `${sql} CASCADE`, of };
    });
}
/** ALTER … OWNER TO. What belongs to a table, such as the sequence of a column, goes with it. */
function owners(catalog) {
    return catalog.schema.flatMap((of) => {
        const owner = catalog_text(of, 'owner');
        const word = words[of.kind];
        if (!owner || !word || (of.kind === 'sequence' && of.belongsTo !== undefined))
            return [];
        return [{ sql: `ALTER ${word} ${of.identity} OWNER TO ${owner}`, of }];
    });
}
function comments(catalog) {
    return catalog.of('comment').flatMap((of) => {
        const object = catalog.find(of.identity);
        const target = object && commented(catalog, object);
        return target ? [{ sql: `COMMENT ON ${target} IS ${literal(catalog_text(of, 'comment') ?? '')}`, of }] : [];
    });
}
function commented(catalog, object) {
    const word = words[object.kind];
    if (word)
        return `${word} ${object.identity}`;
    const part = parts[object.kind];
    if (!part)
        return undefined;
    const owner = ownerName(object);
    return `${part} ${lastName(object)} ON ${catalog.find(`domain ${owner}`) ? 'DOMAIN ' : ''}${owner}`;
}
function privileges(catalog) {
    return catalog.of('privileges').flatMap((of) => {
        const object = catalog.find(of.identity);
        const target = object && granted(object);
        if (!object || !target)
            return [];
        const columns = object.kind === 'column' ? ` (${lastName(object)})` : '';
        const owner = catalog_text(object, 'owner');
        const revoke = columns === '' ? [`REVOKE ALL ON ${target} FROM PUBLIC${owner ? `, ${owner}` : ''}`] : [];
        return [{ sql: [...revoke, ...grants(of, target, columns)].join('; '), of }];
    });
}
function granted(object) {
    const { kind, identity } = object;
    if (kind === 'column')
        return `TABLE ${ownerName(object)}`;
    if (kind === 'view' || kind === 'materialized view')
        return `TABLE ${identity}`;
    if (kind === 'aggregate')
        return `FUNCTION ${identity}`;
    const isGrantable = [
        'table',
        'sequence',
        'schema',
        'function',
        'procedure',
        'enum',
        'domain',
        'composite type',
        'range',
    ].includes(kind);
    return isGrantable ? `${kind === 'domain' ? 'TYPE' : words[kind]} ${identity}` : undefined;
}
function grants(of, target, columns) {
    return Object.entries(of.attributes).flatMap(([grantee, granted]) => list(granted).map((each) => {
        const [, privilege, option = ''] = /^(.*?)( WITH GRANT OPTION)?$/.exec(each) ?? [];
        return `GRANT ${privilege}${columns} ON ${target} TO ${grantee}${option}`;
    }));
}
/** What objects that are made from now on will be granted. Last of all: they would act on the copy itself. */
function defaultPrivileges(catalog) {
    return catalog.of('default privileges').flatMap((of) => {
        const [, role, schema, what] = /^("(?:[^"]|"")*"|\S+)(?: IN ("(?:[^"]|"")*"|\S+))? ON (TABLES|SEQUENCES|FUNCTIONS|TYPES|SCHEMAS)$/.exec(of.identity) ?? [];
        if (!role || !what)
            return [];
        const begin = `ALTER DEFAULT PRIVILEGES FOR ROLE ${role}${schema ? ` IN SCHEMA ${schema}` : ''}`;
        const revoke = schema ? [] : [`${begin} REVOKE ALL ON ${what} FROM PUBLIC, ${role}`];
        const all = grants(of, what, '').map((grant) => `${begin} ${grant}`);
        return [{ sql: [...revoke, ...all].join('; '), of }];
    });
}
/** Every role that the schema names, without quotes. */
function rolesIn(catalog) {
    const found = new Set();
    for (const of of catalog.schema) {
        const owner = catalog_text(of, 'owner');
        if (owner)
            found.add(owner);
        if (of.kind === 'policy')
            for (const role of list(of.attributes.roles))
                found.add(role);
        if (of.kind === 'privileges' || of.kind === 'default privileges')
            for (const role of Object.keys(of.attributes))
                found.add(role);
        if (of.kind === 'default privileges')
            found.add(/^("(?:[^"]|"")*"|\S+)/.exec(of.identity)?.[0] ?? '');
    }
    found.delete('PUBLIC');
    found.delete('');
    return [...found].map((name) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name)).sort();
}

;// CONCATENATED MODULE: ./src/postgres/print/tables.ts

/** CREATE TABLE with what can only stand there; partitions stand alone until they are attached, so that all names are kept. */
function tables(catalog) {
    return catalog.of('table').map((table) => ({ sql: createTable(catalog, table), of: table }));
}
function createTable(catalog, table) {
    const { attributes, identity } = table;
    const isPartition = catalog_text(table, 'partition') !== undefined;
    const parents = isPartition ? [] : list(attributes.inherits);
    const own = catalog.columnsOf(table).filter(({ attributes: { local } }) => isPartition || local !== false);
    const checks = catalog
        .partsOf(table, 'constraint')
        .filter((constraint) => isInline(constraint) && (isPartition || constraint.attributes.local !== false))
        .map((constraint) => `CONSTRAINT ${lastName(constraint)} ${catalog_text(constraint, 'definition')}`);
    const parts = [...own.map((each) => column(catalog, table, each)), ...checks];
    const method = catalog_text(table, 'accessMethod');
    return [
        `CREATE ${catalog_text(table, 'persistence') === 'unlogged' ? 'UNLOGGED ' : ''}TABLE ${identity} (${parts.join(', ')})`,
        parents.length > 0 ? ` INHERITS (${parents.join(', ')})` : '',
        catalog_text(table, 'partitionBy') ? ` PARTITION BY ${catalog_text(table, 'partitionBy')}` : '',
        method && method !== 'heap' ? ` USING ${method}` : '',
        withOptions(['', list(attributes.options)], ['toast.', list(attributes.toastOptions)]),
    ].join('');
}
/** A check that is not valid, or not enforced, cannot be so from the start. */
function isInline({ attributes: { type, validated, enforced } }) {
    return type === 'check' && validated !== false && enforced !== false;
}
function column(catalog, table, of) {
    const collation = catalog_text(of, 'collation');
    const generated = catalog_text(of, 'generated');
    const notNull = notNullOf(catalog, table, of);
    return [
        `${lastName(of)} ${catalog_text(of, 'type')}`,
        collation ? ` COLLATE ${collation}` : '',
        generated ? ` GENERATED ALWAYS AS (${catalog_text(of, 'default')}) ${generated.toUpperCase()}` : '',
        identity(catalog, of),
        notNull,
    ].join('');
}
/** The partitions of a table share its identity, and have no sequence of their own. */
function identity(catalog, of) {
    const kind = catalog_text(of, 'identity');
    const [sequence] = catalog.partsOf(of, 'sequence');
    if (!kind || !sequence)
        return '';
    return ` GENERATED ${kind.toUpperCase()} AS IDENTITY (SEQUENCE NAME ${sequence.identity} ${sequenceOptions(sequence)})`;
}
/** From PostgreSQL 18 it has a name. */
function notNullOf(catalog, table, of) {
    if (of.attributes.notNull !== true)
        return '';
    const known = catalog
        .partsOf(table, 'constraint')
        .find(({ attributes, belongsTo = [] }) => attributes.type === 'not null' && belongsTo.includes(keyOf(of)));
    if (!known)
        return ' NOT NULL';
    if (known.attributes.validated === false)
        return '';
    return ` CONSTRAINT ${lastName(known)} NOT NULL${/ NO INHERIT$/.test(catalog_text(known, 'definition') ?? '') ? ' NO INHERIT' : ''}`;
}
function sequenceOptions(sequence) {
    const option = (name) => catalog_text(sequence, name);
    return [
        `START WITH ${option('start')} INCREMENT BY ${option('increment')} MINVALUE ${option('min')} MAXVALUE ${option('max')}`,
        ` CACHE ${option('cache')}${sequence.attributes.cycle === true ? ' CYCLE' : ''}`,
    ].join('');
}
/** The sequences that no identity column brings with it. */
function sequences(catalog) {
    return catalog.of('sequence').flatMap((sequence) => {
        if (isIdentity(catalog, sequence))
            return [];
        const unlogged = catalog_text(sequence, 'persistence') === 'unlogged' ? 'UNLOGGED ' : '';
        const type = catalog_text(sequence, 'type');
        return {
            sql: `CREATE ${unlogged}SEQUENCE ${sequence.identity} AS ${type} ${sequenceOptions(sequence)}`,
            of: sequence,
        };
    });
}
function isIdentity(catalog, sequence) {
    const [owner] = sequence.belongsTo ?? [];
    return owner !== undefined && catalog.find(owner)?.attributes.identity !== undefined;
}
/** What a table gets once it is there: its place in a hierarchy, defaults, and how its columns are stored. */
function tableParts(catalog) {
    const found = [];
    for (const sequence of catalog.of('sequence')) {
        const owner = catalog_text(sequence, 'ownedBy');
        if (owner && !isIdentity(catalog, sequence))
            found.push({ sql: `ALTER SEQUENCE ${sequence.identity} OWNED BY ${owner}`, of: sequence });
    }
    for (const relation of catalog.of('table', 'view'))
        for (const each of catalog.columnsOf(relation))
            found.push(...columnParts(relation, each));
    for (const table of catalog.of('table'))
        found.push(...hierarchy(table));
    return found;
}
function columnParts(relation, of) {
    const found = [];
    const alter = (change) => found.push({ sql: `ALTER TABLE ONLY ${relation.identity} ALTER COLUMN ${lastName(of)} ${change}`, of });
    const [value, storage, compression] = [catalog_text(of, 'default'), catalog_text(of, 'storage'), catalog_text(of, 'compression')];
    const options = list(of.attributes.options);
    if (value !== undefined && !catalog_text(of, 'generated'))
        alter(`SET DEFAULT ${value}`);
    if (storage)
        alter(`SET STORAGE ${storage.toUpperCase()}`);
    if (compression)
        alter(`SET COMPRESSION ${{ p: 'pglz', l: 'lz4' }[compression] ?? compression}`);
    if (catalog_text(of, 'statistics'))
        alter(`SET STATISTICS ${catalog_text(of, 'statistics')}`);
    if (options.length > 0)
        alter(`SET (${options.map(assigned).join(', ')})`);
    return found;
}
function hierarchy(table) {
    const bound = catalog_text(table, 'partition');
    const [parent] = list(table.attributes.inherits);
    return bound && parent
        ? [{ sql: `ALTER TABLE ONLY ${parent} ATTACH PARTITION ${table.identity} ${bound}`, of: table }]
        : [];
}
/** Primary keys first: foreign keys need them. */
function constraints(catalog) {
    const rank = ({ attributes: { type } }) => ['primary key', 'unique', 'exclude', 'check', 'not null'].indexOf(String(type));
    const all = catalog.of('constraint').filter((constraint) => !isMadeWithOthers(catalog, constraint));
    return [...all]
        .sort((a, b) => ((rank(a) + 6) % 6) - ((rank(b) + 6) % 6))
        .map((constraint) => {
        const owner = ownerName(constraint);
        const isDomain = catalog.find(`domain ${owner}`) !== undefined;
        const table = catalog.find(`table ${owner}`);
        // PostgreSQL refuses ONLY for a foreign key of a partitioned table.
        const isWhole = constraint.attributes.type === 'foreign key' && table?.attributes.partitionBy !== undefined;
        const target = isDomain ? `DOMAIN ${owner}` : `TABLE ${isWhole ? '' : 'ONLY '}${owner}`;
        const sql = `ALTER ${target} ADD CONSTRAINT ${lastName(constraint)} ${catalog_text(constraint, 'definition')}`;
        return { sql, of: constraint };
    });
}
function isMadeWithOthers(catalog, constraint) {
    const { attributes, belongsTo = [] } = constraint;
    const isOfDomain = belongsTo[0]?.startsWith('domain ') ?? false;
    if (isOfDomain)
        return false;
    const isOfParent = belongsTo.some((owner) => owner.startsWith('constraint '));
    const isKey = ['primary key', 'unique', 'exclude'].includes(String(attributes.type));
    if (isOfParent || attributes.local === false)
        return !isKey;
    if (attributes.type === 'not null')
        return attributes.validated !== false;
    return isInline(constraint) && catalog.find(`table ${ownerName(constraint)}`) !== undefined;
}
function indexes(catalog) {
    const made = catalog
        .of('index')
        .filter(({ belongsTo = [] }) => !belongsTo.some((owner) => owner.startsWith('constraint ')))
        .map((index) => ({ sql: catalog_text(index, 'definition') ?? '', of: index }));
    const attached = catalog.of('index').flatMap((index) => {
        const whole = catalog_text(index, 'partOf');
        return whole ? [{ sql: `ALTER INDEX ${whole} ATTACH PARTITION ${index.identity}`, of: index }] : [];
    });
    return [...made, ...attached];
}
/** How a table is read and replicated, which needs its indexes. */
function tableSettings(catalog) {
    const found = [];
    for (const table of catalog.of('table')) {
        const alter = (change) => found.push({ sql: `ALTER TABLE ONLY ${table.identity} ${change}`, of: table });
        const security = catalog_text(table, 'rowSecurity');
        if (security === 'enabled' || security === 'forced')
            alter('ENABLE ROW LEVEL SECURITY');
        if (security === 'forced' || security === 'disabled, forced')
            alter('FORCE ROW LEVEL SECURITY');
        const replica = catalog_text(table, 'replicaIdentity');
        if (replica === 'full' || replica === 'nothing')
            alter(`REPLICA IDENTITY ${replica.toUpperCase()}`);
        for (const index of catalog.partsOf(table, 'index')) {
            if (index.attributes.replicaIdentity === true)
                alter(`REPLICA IDENTITY USING INDEX ${lastName(index)}`);
            if (index.attributes.clustered === true)
                alter(`CLUSTER ON ${lastName(index)}`);
        }
    }
    // What CREATE INDEX CONCURRENTLY left behind. There is no statement that makes an index invalid.
    for (const index of catalog.of('index'))
        if (index.attributes.valid === false && !/ ON ONLY /.test(catalog_text(index, 'definition') ?? ''))
            found.push({
                sql: `UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid = '${index.identity.replaceAll("'", "''")}'::pg_catalog.regclass`,
                of: index,
            });
    return found;
}

;// CONCATENATED MODULE: ./src/postgres/print/print.ts




/** The roles that a schema names and a server may lack, as PostgreSQL stores their names. */
function rolesOf(schema) {
    return rolesIn(catalogOf(schema)).filter((name) => !name.startsWith('pg_'));
}
/**
 * A snapshot as SQL. Foreign servers and tables, subscriptions, and what needs a library of its own (types in C, access methods, text search,
 * operators) are left out: whoever runs it compares a snapshot of what came of it. `test/postgres/copy-schema.test.ts`
 */
function print(schema) {
    const catalog = catalogOf(schema);
    const facts = [...owners(catalog), ...privileges(catalog), ...comments(catalog)];
    const isLate = ({ of }) => /^(?:comment )?(?:publication|event trigger) /.test(keyOf(of));
    return {
        statements: [
            ...facts_schemas(catalog),
            ...extensions(catalog),
            ...collations(catalog),
            ...types(catalog),
            ...sequences(catalog),
            ...tables(catalog),
            ...functions(catalog),
            ...tableParts(catalog),
            ...constraints(catalog),
            ...indexes(catalog),
            ...views(catalog),
            ...reactions(catalog),
            ...tableSettings(catalog),
            ...facts.filter((making) => !isLate(making)),
        ],
        last: [...late(catalog), ...facts.filter(isLate), ...defaultPrivileges(catalog)],
    };
}

// EXTERNAL MODULE: ./src/postgres/snapshot.ts + 8 modules
var snapshot = __webpack_require__(5927);
;// CONCATENATED MODULE: ./src/postgres/copy-schema.ts





/** Names are printed with their schemas; the body of a function may name what is not there yet. */
const prelude = `SET search_path = ''; SET check_function_bodies = off; SET client_min_messages = error`;
/**
 * Makes a schema anew in an empty database of one's own, and looks whether it is the same. The roles that it names must be there.
 *
 * An object may need one that is made after it, so that what fails is tried again as long as anything succeeds.
 * @param session of a superuser, for owners and privileges. Rejects with ServerError where the connection is lost
 */
async function copySchema(session, original) {
    const { statements, last } = print(original);
    const done = [];
    const refused = new Map();
    await session.query(prelude);
    if (!original.some(({ kind, identity }) => kind === 'schema' && identity === 'public')) {
        await session.query('DROP SCHEMA public');
        done.push('DROP SCHEMA public');
    }
    for (const all of [statements, last])
        for (const { making, why } of await runAll(session, all, done))
            refused.set(keyOf(making.of), why);
    await session.query('RESET ALL');
    const found = await (0,snapshot/* snapshot */.P)(session, { exclude: [] });
    return { sql: [prelude, ...done, 'RESET ALL'], differences: differences(original, found), refused };
}
async function runAll(session, all, done) {
    let left = all.map((making) => ({ making, why: '' }));
    for (let before = left.length + 1; left.length > 0 && left.length < before;) {
        before = left.length;
        const again = [];
        for (const { making } of left) {
            const made = await make(session, making);
            if (made.why === undefined)
                done.push(made.sql);
            else
                again.push({ making, why: made.why });
        }
        left = again;
    }
    return left;
}
async function make(session, { sql, orElse }) {
    const why = await refusalOf(session, sql);
    if (why === undefined || orElse === undefined)
        return { sql, why };
    return { sql: orElse, why: await refusalOf(session, orElse) };
}
async function refusalOf(session, sql) {
    try {
        await session.query(sql);
        return undefined;
    }
    catch (error) {
        if (!(error instanceof server/* ServerError */.g) || error.sqlstate === undefined)
            throw error;
        return `${error.message} (${error.sqlstate})`;
    }
}
/**
 * Left out: where files lie; the order of columns that a table has from others, which no statement can give back; and what PostgreSQL prints
 * otherwise once it has read what it printed itself, such as the cast of a list.
 */
function differences(original, found) {
    return (0,schemas/* compareSchemas */._)(original, found, 'down')
        .filter((each) => each.class === 'contract')
        .filter(({ change, expected, found: other }) => change !== 'changed' || !areOnly(immaterial, expected, other))
        .map(({ after: _, ...difference }) => difference);
}
const immaterial = new Set(['tablespace', 'definition', 'default', 'using', 'check', 'partition', 'partitionBy']);
function areOnly(names, ...sides) {
    return sides.every((side) => side !== null && Object.keys(side).every((key) => names.has(key)));
}

// EXTERNAL MODULE: ./src/rehearse/roles.ts
var rehearse_roles = __webpack_require__(1584);
;// CONCATENATED MODULE: ./src/staging/sequences.ts

async function sequenceValues(session) {
    const { rows } = await session.query(`SELECT pg_catalog.format('%I.%I', schemaname, sequencename) AS name, last_value::text AS value FROM pg_catalog.pg_sequences ORDER BY 1`);
    return new Map(rows.map(({ name, value }) => [name, value ?? undefined]));
}
function difference(before, after) {
    return [...before].flatMap(([sequence, value]) => after.has(sequence) && after.get(sequence) !== value
        ? [{ sequence, before: value, after: after.get(sequence) }]
        : []);
}
/**
 * Keeps sequences from moving in the transaction of `session`. ALTER SEQUENCE is taken back with its transaction: it gives the sequence a new
 * file, to which nextval and setval then write (since PostgreSQL 10, https://www.postgresql.org/docs/10/release-10.html;
 * `test/staging/escapes.test.ts`). Others that draw from it wait until the transaction ends, as they do for a table that is altered.
 *
 * @param names as SQL writes them, or all of the database
 * @param kept those that are kept already; grows
 * @returns why one that this role may draw from cannot be kept; undefined where all are
 */
async function keepStill(session, names, kept) {
    const wanted = names === 'all' ? null : names.filter((name) => !kept.has(name));
    if (wanted?.length === 0)
        return undefined;
    const { rows } = await session.query(drawn, [
        wanted,
    ]);
    for (const { name, increment, isOurs, isOpen } of rows) {
        if (kept.has(name) || !(isOurs || isOpen))
            continue;
        if (!isOurs)
            return `It may draw from ${name}, which no rollback takes back, and which only its owner can keep from moving.`;
        if (!(await altered(session, name, increment)))
            return `It may draw from ${name}, which no rollback takes back: somebody holds it in an open transaction, and did not let go within lock_timeout.`;
        kept.add(name);
    }
    return undefined;
}
/** False: a lock was not granted in time. */
async function altered(session, name, increment) {
    await session.query('SAVEPOINT migration_gate_sequence');
    try {
        await session.query(`ALTER SEQUENCE ${name} INCREMENT BY ${increment}`);
        await session.query('RELEASE SAVEPOINT migration_gate_sequence');
        return true;
    }
    catch (error) {
        if (!(error instanceof server/* ServerError */.g) || error.sqlstate !== '55P03')
            throw error;
        await session.query('ROLLBACK TO SAVEPOINT migration_gate_sequence');
        return false;
    }
}
const drawn = `
  SELECT f.name, s.seqincrement::text AS increment, pg_catalog.pg_has_role(c.relowner, 'USAGE') AS "isOurs",
    pg_catalog.has_sequence_privilege(c.oid, 'USAGE') OR pg_catalog.has_sequence_privilege(c.oid, 'UPDATE') AS "isOpen"
  FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
    LATERAL pg_catalog.format('%I.%I', n.nspname, c.relname) AS f (name)
  WHERE c.relpersistence <> 't' AND ($1::text[] IS NULL OR f.name = ANY ($1::text[])) ORDER BY 1`;

;// CONCATENATED MODULE: ./src/staging/copy.ts
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






/** Reads it, within the limits of `staging`. Rejects with ServerError. @param versionTable as PostgreSQL prints it */
async function readOriginal(staging, versionTable) {
    const schema = await staging.snapshot([]);
    const isThere = schema.some(({ kind, identity }) => kind === 'table' && identity === versionTable);
    const versions = versionTable !== undefined && isThere ? await staging.read((session) => rowsOf(session, versionTable)) : [];
    const sequences = [...(await staging.read(sequenceValues))].flatMap(([name, value]) => value === undefined ? [] : [`SELECT pg_catalog.setval(${literal(name)}, ${value})`]);
    return { schema, roles: rolesOf(schema), settings: settingsOf(schema), rows: [...versions, ...sequences] };
}
async function rowsOf(session, table) {
    const { rows } = await session.query(`SELECT pg_catalog.json_agg(pg_catalog.to_json(t))::text AS json FROM ${table} t`);
    const json = rows[0]?.json;
    if (!json)
        return [];
    return [
        `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM pg_catalog.json_populate_recordset(NULL::${table}, ${literal(json)})`,
    ];
}
function settingsOf(schema) {
    const own = schema.find(({ kind, identity }) => kind === 'settings' && identity === 'this database');
    const values = own?.attributes.values;
    return Object.fromEntries((Array.isArray(values) ? values.map(String) : []).map((setting) => {
        const [name = '', ...value] = setting.split('=');
        return [name, value.join('=')];
    }));
}
/** Makes the copy on a throwaway server, to see what becomes of it. Rejects with ServerError, and UserError where a role cannot be made. */
async function copyOf({ schema, roles, rows }, server) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const _roles = __addDisposableResource(env_1, await (0,rehearse_roles/* openRoles */.aj)(server, roles), true);
        const database = __addDisposableResource(env_1, await server.createDatabase(), true);
        const session = __addDisposableResource(env_1, await database.connect(), true);
        const { sql, differences, refused } = await copySchema(session, schema);
        const done = [];
        for (const row of rows) {
            await session.query(row);
            done.push(row);
        }
        const lacking = differences.filter(({ kind, object }) => !(kind === 'settings' && object === 'this database'));
        return {
            sql: [...sql, ...done].map((statement) => `${statement};\n`).join(''),
            notChecked: toldLacking(lacking, refused),
        };
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
const shown = 20;
function toldLacking(differences, refused) {
    const told = differences.slice(0, shown).map((each) => {
        const { kind, object } = each;
        return { what: `The ${kind} ${object} on the copy of staging`, why: whyLacking(each, refused) };
    });
    const more = differences.length - told.length;
    return more > 0
        ? [...told, { what: `${more} more objects on the copy of staging`, why: 'They could not be copied as they are.' }]
        : told;
}
const elsewhere = new Set(['foreign server', 'foreign table', 'foreign-data wrapper', 'user mapping', 'subscription']);
function whyLacking({ kind, object, change, expected, found }, refused) {
    if (elsewhere.has(kind))
        return 'It is not copied, so that the rehearsal reaches no other server.';
    const why = refused.get(`${kind} ${object}`);
    if (why)
        return `It could not be made there: ${why}.`;
    if (change === 'missing')
        return 'It is of a kind that is not copied.';
    const names = Object.keys({ ...expected, ...found }).join(', ');
    return `It is another one there: ${names}.`;
}
/** A schema as PostgreSQL prints it once a dump of it was restored. */
async function restored(schema, server) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const _roles = __addDisposableResource(env_2, await (0,rehearse_roles/* openRoles */.aj)(server, rolesOf(schema)), true);
        const database = __addDisposableResource(env_2, await server.createDatabase(), true);
        const session = __addDisposableResource(env_2, await database.connect(), true);
        await copySchema(session, schema);
        return await (0,snapshot/* snapshot */.P)(session, { exclude: [] });
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

;// CONCATENATED MODULE: ./src/staging/refusal.ts
/** The database cannot be asked: one sentence, without URL, host, user and password. Nothing was decided: exit code 3. */
class Unavailable extends Error {
    name = 'Unavailable';
}
/** What the SQLSTATEs of a refused connection mean to the one who gave the URL. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const sentences = {
    '28P01': 'The server refuses the user or the password.',
    '28000': 'The server does not let this user in from here: see its pg_hba.conf, whether the role may log in, and whether it wants TLS (sslmode=require in the URL).',
    '3D000': 'There is no database of that name on the server.',
    '42501': 'The user lacks a privilege: it needs CONNECT on the database, USAGE on the schemas and SELECT on the tables, and BYPASSRLS where policies hide rows from it.',
    '53300': 'The server, the database or the role has no connection left: try again later, or raise max_connections or the limit of the database or the role.',
    '57P01': 'An administrator ended the connection.',
    '57P02': 'The server went down.',
    '57P03': 'The server is starting or stopping, and takes no connections: try again later.',
    '57P04': 'The database was dropped.',
    '57P05': 'The server ended the connection, which was idle for longer than idle_session_timeout.',
    '25P03': 'The server ended the connection, which was idle for longer than idle_in_transaction_session_timeout.',
    '25P04': 'The server ended the connection, whose transaction took longer than transaction_timeout.',
    '25006': 'The server is read-only.',
    '57014': 'The time limit was reached before the server answered.',
    '55P03': 'A lock was not granted within lock_timeout.',
    '40001': 'The server is a replica, and what it replays came in the way of the question: try again, or ask the primary.',
};
/**
 * An error of the server or of the way to it, as a sentence for the one who gave the URL. Names neither host nor user.
 * @param what was asked: `The version table`
 */
function refusal(error, what) {
    return new Unavailable(what === undefined ? said(error) : `${what} could not be read. ${said(error)}`);
}
function said({ sqlstate, message }) {
    const pooler = poolerSaid(message);
    if (pooler)
        return pooler;
    const particular = byMessage.find(({ words }) => words.test(message))?.sentence;
    const known = sqlstate === undefined ? undefined : (particular ?? sentences[sqlstate]);
    if (known)
        return `${known} (${sqlstate})`;
    if (sqlstate !== undefined)
        return `The server refuses what was asked (${sqlstate}).`;
    return onTheWay.find(({ words }) => words.test(message))?.sentence ?? 'The connection failed.';
}
/** The same SQLSTATE for several things: told apart where the server speaks English. */
const byMessage = [
    {
        words: /pg_hba\.conf.*(?:no encryption|SSL off)/,
        sentence: 'The server lets nobody in from here without TLS, or not this user: try sslmode=require in the URL, and see its pg_hba.conf.',
    },
    { words: /is not permitted to log in/, sentence: 'The role may not log in: give it LOGIN.' },
    {
        words: /not currently accepting connections/,
        sentence: 'The database takes no connections (ALLOW_CONNECTIONS false).',
    },
];
/** By what the client and its system say. */
const onTheWay = [
    { words: /ECONNREFUSED/, sentence: 'No server listens at that host and port (ECONNREFUSED).' },
    { words: /ENOENT/, sentence: 'There is no socket of a server in that folder and for that port (ENOENT).' },
    { words: /ENOTFOUND|EAI_AGAIN/, sentence: 'The name of the host is not known (ENOTFOUND).' },
    {
        words: /timeout|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/,
        sentence: 'The server cannot be reached: nothing answers at that host and port. Is it inside a network that this machine is not in?',
    },
    {
        words: /does not support SSL/,
        sentence: 'The URL asks for TLS, and the server has none: with sslmode=disable in the URL it is asked without.',
    },
    {
        words: /CERT|SIGNATURE|self.signed/i,
        sentence: 'The certificate of the server cannot be verified: give the one that signed it with sslrootcert in the URL, and the host by the name in the certificate.',
    },
    {
        words: /EPROTO|ERR_SSL|establishing an SSL/,
        sentence: 'TLS with the server failed: is it PostgreSQL that listens there?',
    },
    {
        words: /password must be a (?:non-empty )?string|No password/i,
        sentence: 'The server asks for a password, and the URL has none.',
    },
    {
        words: /terminated|ECONNRESET|EPIPE/,
        sentence: 'The connection was closed from the other side: by the server, or by something on the way to it.',
    },
    {
        words: /received|unexpected|invalid|unknown.*(?:response|message)/i,
        sentence: 'What answers there does not speak as PostgreSQL does: are host and port right?',
    },
];
/** https://www.pgbouncer.org/config.html: what a pooler in front of the server says in its place. */
function poolerSaid(message) {
    const said = pooler.find(({ words }) => words.test(message))?.said;
    return said && `A pooler such as PgBouncer stands in between, ${said}`;
}
const pooler = [
    {
        words: /unsupported startup parameter/,
        said: 'and refuses settings at the start of a connection: give the URL of the server itself.',
    },
    {
        words: /transaction blocks not allowed/,
        said: 'in statement mode, which knows no transactions: give the URL of the server itself, or of a pool in session or transaction mode.',
    },
    { words: /^SASL authentication failed$/, said: 'and refuses the user or the password.' },
    {
        words: /no such (?:database|user)|server login has been failing|pgbouncer cannot connect to server/,
        said: 'and cannot connect to the server for this user and database: see its [databases] and auth_file.',
    },
    {
        words: /query_wait_timeout|no more connections allowed|too many clients/,
        said: 'and has no connection left, or none to the server: try again later, or give the URL of the server itself.',
    },
    {
        words: /server conn crashed|server closed the connection|client_idle_timeout|idle_transaction_timeout|pgbouncer/,
        said: 'and closed the connection.',
    },
];

;// CONCATENATED MODULE: ./src/staging/versions/reader.ts
/** The last row is the newest: for the tools that keep a row for each migration. */
function byRows(rows, drift = []) {
    const applied = rows.filter(({ isApplied = true }) => isApplied);
    return {
        applied: applied.map(({ version }) => version),
        current: applied.slice(-1).map(({ version }) => version),
        ids: new Set(applied.flatMap(({ id }) => id ?? [])),
        drift: [...applied.filter(({ id }) => id === undefined).map(({ version }) => unknown(version)), ...drift],
    };
}
function unknown(version) {
    return {
        kind: 'unknown',
        version,
        message: `${version} is applied on staging, and the repository has no such migration: another branch was deployed, or its file was removed or renamed.`,
    };
}
function edited(version) {
    return {
        kind: 'edited',
        version,
        message: `${version} was applied with another text than its file has now: staging is not what the repository would build.`,
    };
}
/** The migration whose id stands in `column` of a row. */
function named(row, column, { migrations }) {
    const version = row[column] ?? '';
    return { version, id: migrations.find(({ id }) => sameNumber(id, version))?.id };
}
/** The same number, however many zeros stand before it. */
function sameNumber(a, b) {
    return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && BigInt(a) === BigInt(b));
}
/** Whether a name begins with this date, and perhaps this time or counter: `2024-01-31`, `20240131-1`. */
function beginsWithDate(name, date) {
    return (/^\d{4}[-_.]?\d\d[-_.]?\d\d(?!\d)/.test(date) && name.startsWith(date) && /^[-_. T]/.test(name.slice(date.length)));
}

;// CONCATENATED MODULE: ./src/staging/versions/alembic.ts

/** https://alembic.sqlalchemy.org/en/latest/tutorial.html: only the heads are kept; what comes before them is applied too. */
const alembic = {
    tables: ['alembic_version'],
    columns: ['version_num'],
    order: ['version_num'],
    late: undefined,
    refuses: ['unknown'],
    read(rows, { migrations }) {
        const heads = rows.flatMap(({ version_num: revision }) => revision ?? []);
        const parents = new Map(migrations.map(({ id, parents }) => [id, parents]));
        const ids = new Set();
        const left = [...heads];
        for (let id = left.pop(); id !== undefined; id = left.pop()) {
            if (ids.has(id) || !parents.has(id))
                continue;
            ids.add(id);
            left.push(...(parents.get(id) ?? []));
        }
        return {
            applied: heads,
            current: heads,
            ids,
            drift: heads.filter((head) => !parents.has(head)).map(unknown),
        };
    },
};

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./src/staging/versions/drizzle.ts



/**
 * https://orm.drizzle.team/docs/migrations: each row has the time of its entry in the journal and the SHA-256 of its file. What runs is
 * what has a later time than the newest row. Version 1 has no journal: the time is in the name of the folder, to the second, and the
 * rows have that name. What runs is what has no row. It names the rows of a table of before when it first runs (its `up-migrations`).
 */
const drizzle = {
    tables: ['__drizzle_migrations'],
    schema: 'drizzle',
    columns: ['hash', 'created_at'],
    order: ['created_at', 'id'],
    late: 'runs',
    refuses: [],
    async read(rows, repository) {
        const journal = await repository.bytes(external_node_path_.posix.join(repository.directory, 'meta/_journal.json'));
        // A journal that cannot be read is told by the reader of the project.
        if (repository.migrations.length === 0 && journal)
            return { applied: [], current: [], ids: new Set(), drift: [] };
        const entries = await entriesOf(repository, journal);
        const applied = [];
        const ids = new Set();
        const drift = [];
        for (const row of rows) {
            const entry = journal ? entries.find(({ time }) => time === Number(row.created_at)) : entryOf(row, entries);
            const version = entry?.id ?? row.name ?? `the one of ${new Date(Number(row.created_at)).toISOString()}`;
            applied.push(version);
            if (!entry)
                drift.push(unknown(version));
            else {
                ids.add(entry.id);
                if (row.hash && entry.hash !== undefined && entry.hash !== row.hash)
                    drift.push(edited(version));
            }
        }
        const newest = Number(rows.at(-1)?.created_at ?? Number.NEGATIVE_INFINITY);
        const skipped = journal ? entries.filter(({ id, time }) => !ids.has(id) && time <= newest) : [];
        return { applied, current: applied.slice(-1), ids, drift, skipped: new Set(skipped.map(({ id }) => id)) };
    },
};
async function entriesOf({ migrations, bytes }, journal) {
    const listed = journal ? JSON.parse(journal.toString()).entries : [];
    const times = new Map(listed.map(({ tag, when }) => [tag, when]));
    const entries = [];
    for (const { id, file } of migrations) {
        const text = await bytes(file);
        const hash = text && (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
        entries.push({ id, time: times.get(id) ?? stamp(id), hash });
    }
    return entries;
}
/** As version 1 finds them. */
function entryOf({ name, created_at: at, hash }, entries) {
    if (name)
        return entries.find(({ id }) => id === name);
    const second = entries.filter(({ time }) => time === Math.floor(Number(at) / 1000) * 1000);
    if (second.length === 1)
        return second[0];
    return (second.length > 0 ? second : entries).find((entry) => entry.hash === hash);
}
/** `20240131120000_name` → milliseconds */
function stamp(name) {
    const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(name) ?? [];
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./src/staging/versions/flyway.ts



/**
 * https://documentation.red-gate.com/fd/flyway-schema-history-table-273973417.html: a row for each run; undone or deleted where a later one
 * of the same version says so; a baseline stands for every version up to its own.
 */
const flyway = {
    tables: ['flyway_schema_history'],
    columns: ['installed_rank', 'version', 'description', 'type', 'script', 'checksum', 'success'],
    order: ['installed_rank'],
    late: 'refuses',
    refuses: ['unknown', 'edited'],
    async read(rows, repository) {
        const standing = new Map();
        for (const row of rows) {
            if (row.type === 'SCHEMA')
                continue;
            const key = row.version === null ? `R__${row.description ?? ''}` : versionKey(row.version ?? '');
            standing.delete(key);
            if (row.type !== 'DELETE' && !row.type?.startsWith('UNDO'))
                standing.set(key, row);
        }
        const baseline = [...standing.values()].find(({ type }) => type?.includes('BASELINE'))?.version ?? undefined;
        const script = repository.migrations.find(({ file }) => external_node_path_.posix.basename(file).startsWith('B'));
        const ids = new Set();
        const drift = [];
        const applied = [];
        for (const [key, row] of standing) {
            const name = row.version ?? `R__${(row.description ?? '').replaceAll(' ', '_')}`;
            if (row.success !== 'true') {
                drift.push({
                    kind: 'failed',
                    version: name,
                    message: `${name} is marked as failed. Flyway refuses to run until staging is mended and the row is gone (flyway repair).`,
                });
                continue;
            }
            applied.push(name);
            if (row.type?.includes('BASELINE'))
                continue;
            // The repository's baseline script is not for this database, and hides what it stands for.
            if (script && row.version && compareVersions(row.version, script.id) <= 0) {
                ids.add(script.id);
                const file = external_node_path_.posix.join(repository.directory, row.script ?? '');
                if ((await repository.bytes(file)) === undefined)
                    drift.push(unknown(name));
                else if (!(await hasChecksum(repository, file, row.checksum)))
                    drift.push(edited(name));
                continue;
            }
            const migration = repository.migrations.find(({ id, isRepeatable }) => isRepeatable ? id.replaceAll('_', ' ') === key.replaceAll('_', ' ') : versionKey(id) === key);
            if (!migration) {
                drift.push(unknown(name));
                continue;
            }
            const isSame = await hasChecksum(repository, migration.file, row.checksum);
            // A repeatable one with another text is to run again, as it is meant to be.
            if (isSame || !migration.isRepeatable)
                ids.add(migration.id);
            if (!isSame && !migration.isRepeatable)
                drift.push(edited(name));
        }
        if (baseline !== undefined)
            for (const { id, isRepeatable } of repository.migrations)
                if (!isRepeatable && compareVersions(id, baseline) <= 0)
                    ids.add(id);
        const versions = applied.filter((name) => !name.startsWith('R__'));
        return { applied, current: versions.sort(compareVersions).slice(-1), ids, drift };
    },
};
/** `1.0` and `1` are one version. */
function versionKey(version) {
    return version
        .replaceAll('_', '.')
        .replace(/(^|\.)0+(?=\d)/g, '$1')
        .replace(/(?:\.0)+$/, '');
}
/** As Flyway orders versions: by their numbers, part by part. */
function compareVersions(a, b) {
    const [left, right] = [a, b].map((each) => versionKey(each).split('.').map(Number));
    for (let i = 0; i < Math.max(left.length, right.length); i++) {
        const order = (left[i] ?? 0) - (right[i] ?? 0);
        if (order !== 0)
            return order;
    }
    return 0;
}
async function hasChecksum({ bytes }, file, checksum) {
    const text = await bytes(file);
    if (text === undefined || checksum === null || checksum === undefined)
        return true;
    return String(checksumOf(text.toString())) === checksum;
}
/** Of the lines, without what ends them: so that a checkout with other line ends is the same file. A signed number of 32 bits. */
function checksumOf(text) {
    const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
    if (lines.at(-1) === '')
        lines.pop();
    return lines.reduce((sum, each) => (0,external_node_zlib_.crc32)(each, sum), 0) | 0;
}

;// CONCATENATED MODULE: ./src/staging/versions/graphile-migrate.ts


/**
 * https://github.com/graphile/migrate: each row has the hash that stands in the head of the file. What runs is what has a later name
 * than the newest row.
 */
const graphileMigrate = {
    tables: ['migrations'],
    schema: 'graphile_migrate',
    besides: ['current'],
    columns: ['filename', 'hash'],
    order: ['filename'],
    late: undefined,
    refuses: [],
    async read(rows, repository) {
        const found = rows.map((row) => ({ ...named(row, 'filename', repository), hash: row.hash }));
        const drift = [];
        for (const { id, version, hash } of found) {
            const file = repository.migrations.find((migration) => migration.id === id)?.file;
            const text = file === undefined ? undefined : await repository.bytes(file);
            if (text && hash && !hashesOf(text.toString()).every((each) => each === hash))
                drift.push(edited(version));
        }
        const last = rows.at(-1)?.filename ?? '';
        const skipped = repository.migrations.filter(({ id }) => id < last && !found.some((row) => row.id === id));
        return { ...byRows(found, drift), skipped: new Set(skipped.map(({ id }) => id)) };
    },
};
/** The one in the head, and that of the text where the head does not say that it is another one: `calculateHash` in its `hash.ts`. */
function hashesOf(file) {
    const lines = file.split(/\r?\n/);
    const end = lines.findIndex((line) => !/^--! [A-Z]\w*(?::.*)?$/.test(line));
    const head = new Map(lines.slice(0, end).map((line) => {
        const [, key = '', value = ''] = /^--! (\w+):?(.*)$/.exec(line) ?? [];
        return [key, value.trim()];
    }));
    const written = head.get('Hash') ?? '';
    if (head.has('AllowInvalidHash'))
        return [written];
    const previous = head.get('Previous') === '-' ? '' : (head.get('Previous') ?? '');
    const hashed = `${`${previous}\n${lines.slice(end).join('\n').trim()}`.trim()}\n`;
    return [written, `sha1:${(0,external_node_crypto_.createHash)('sha1').update(hashed).digest('hex')}`];
}

;// CONCATENATED MODULE: ./src/staging/versions/row-each.ts


/** A tool whose table holds an id for each migration, and nothing else to go by. */
function plain(options) {
    const { column, ...rest } = options;
    return {
        ...rest,
        columns: [column],
        read: (rows, repository) => byRows(rows.map((row) => named(row, column, repository))),
    };
}
/** https://github.com/amacneil/dbmate */
const dbmate = plain({
    tables: ['schema_migrations'],
    column: 'version',
    order: ['version'],
    late: 'runs',
    refuses: [],
});
/** https://diesel.rs/guides/getting-started */
const diesel = plain({
    tables: ['__diesel_schema_migrations'],
    column: 'version',
    order: ['run_on', 'version'],
    late: 'runs',
    refuses: [],
});
/** https://github.com/rubenv/sql-migrate */
const sqlMigrate = plain({
    tables: ['gorp_migrations'],
    column: 'id',
    order: ['applied_at', 'id'],
    late: 'runs',
    refuses: ['unknown'],
});
/** https://github.com/salsita/node-pg-migrate: it refuses where the order of the files is not that of the rows. */
const nodePgMigrate = plain({
    tables: ['pgmigrations'],
    column: 'name',
    order: ['run_on', 'id'],
    late: 'refuses',
    refuses: ['unknown'],
});
/** https://pressly.github.io/goose: older versions of it keep a row for each run, back and forth; the last one counts. */
const goose = {
    tables: ['goose_db_version'],
    columns: ['version_id', 'is_applied'],
    order: ['id'],
    late: 'refuses',
    refuses: [],
    read(rows, repository) {
        const last = new Map();
        for (const row of rows) {
            const version = row.version_id ?? '';
            if (version !== '0')
                last.set(version, row);
        }
        return byRows([...last.values()].map((row) => ({
            ...named(row, 'version_id', repository),
            isApplied: row.is_applied === 'true',
        })));
    },
};
/** https://docs.rs/sqlx: SHA-384 of the file; a row that is not a success is one that was begun and did not end. */
const sqlx = {
    tables: ['_sqlx_migrations'],
    columns: ['version', 'success', 'checksum'],
    order: ['version'],
    late: 'runs',
    refuses: ['unknown', 'edited'],
    async read(rows, repository) {
        const drift = [];
        for (const row of rows) {
            const { version, id } = named(row, 'version', repository);
            if (row.success !== 'true')
                drift.push({
                    kind: 'failed',
                    version,
                    message: `${version} was begun and did not end. sqlx refuses to run until its row is gone and staging is mended.`,
                });
            else if (await isEdited(repository, id, row.checksum, 'sha384'))
                drift.push(edited(version));
        }
        return byRows(rows.map((row) => ({ ...named(row, 'version', repository), isApplied: row.success === 'true' })), drift);
    },
};
/** https://www.prisma.io/docs/orm/prisma-migrate: SHA-256 of the file; begun, finished or taken back by hand. */
const prisma = {
    tables: ['_prisma_migrations'],
    columns: ['migration_name', 'checksum', 'finished_at', 'rolled_back_at'],
    order: ['started_at', 'migration_name'],
    late: 'runs',
    refuses: [],
    async read(rows, repository) {
        const drift = [];
        const standing = rows.filter(({ rolled_back_at: back }) => back === null);
        for (const row of standing) {
            const { version, id } = named(row, 'migration_name', repository);
            if (row.finished_at === null)
                drift.push({
                    kind: 'failed',
                    version,
                    message: `${version} was begun and did not end. prisma migrate deploy refuses to run until it is resolved (prisma migrate resolve).`,
                });
            else if (await isEdited(repository, id, row.checksum, 'sha256'))
                drift.push(edited(version));
        }
        return byRows(standing.map((row) => ({
            ...named(row, 'migration_name', repository),
            isApplied: row.finished_at !== null,
        })), drift);
    },
};
/** `checksum` in hexadecimal digits, as PostgreSQL prints bytea or as the tool writes it. */
async function isEdited({ migrations, bytes }, id, checksum, algorithm) {
    const file = migrations.find((migration) => migration.id === id)?.file;
    const text = file === undefined ? undefined : await bytes(file);
    if (!text || !checksum)
        return false;
    return (0,external_node_crypto_.createHash)(algorithm).update(text).digest('hex') !== checksum.replace(/^\\x/, '').toLowerCase();
}

;// CONCATENATED MODULE: ./src/staging/versions/schema-version.ts


/** Columns that hold the version, the likeliest first. */
const versionColumns = ['version', 'version_id', 'migration', 'name', 'filename'];
const timeColumns = ['applied_at', 'installed_on', 'executed_at', 'created_at', 'applied_on', 'timestamp'];
/**
 * A table of the team's own, to which each migration adds its row: `schema_version(version, applied_at, description)`, often with versions
 * such as 1.4.0. The newest by time is the current one. A row belongs to the migration that inserts its version, that says so in its head
 * (`-- Version: 1.4.0`), or that has this number or name.
 */
const schemaVersion = {
    tables: ['schema_version', 'schema_versions', 'schema_migrations', 'migrations', 'migration_history'],
    columns: [],
    order: timeColumns,
    late: 'runs',
    refuses: [],
    async read(rows, repository) {
        const column = versionColumns.find((name) => rows[0] && name in rows[0]);
        if (rows.length > 0 && column === undefined)
            return byRows([], [{ kind: 'unreadable', version: '', message: `It has none of the columns ${versionColumns.join(', ')}.` }]);
        const claims = await claimsOf(repository);
        const versions = rows.map((row) => row[column ?? ''] ?? '');
        const found = versions.map((version) => ({ version, id: ownerOf(version, repository.migrations, claims) }));
        return byRows(found, backwards(versions));
    },
};
/** The versions that each migration says it is, by its id. */
async function claimsOf({ migrations, bytes }) {
    const claims = new Map();
    for (const { id, file } of migrations) {
        const text = (await bytes(file))?.toString() ?? '';
        const inserted = [...text.matchAll(/\bINSERT\s+INTO\s+[\w."]*(?:version|migration)\w*"?\s[^;]*/gi)].flatMap(([sql]) => [...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value));
        const head = [...text.matchAll(/^\s*--\s*(?:version|schema version)\s*:\s*v?(\S+)/gim)].map(([, value = '']) => value);
        claims.set(id, [...inserted, ...head]);
    }
    return claims;
}
function ownerOf(version, migrations, claims) {
    const plain = version.replace(/^v(?=\d)/i, '');
    const isClaimed = ({ id }) => claims.get(id)?.some((claim) => claim.replace(/^v(?=\d)/i, '') === plain);
    const isNamed = ({ id, name, file }) => sameNumber(id, plain) || [name, file, external_node_path_.posix.basename(file)].includes(version);
    return (migrations.find(isClaimed) ?? migrations.find(isNamed) ?? onlyOneBegins(plain, migrations))?.id;
}
/** The one whose name begins with this date: `2024-01-31` for 2024-01-31_add_users. */
function onlyOneBegins(version, migrations) {
    const [found, ...others] = migrations.filter(({ name }) => beginsWithDate(name, version));
    return others.length === 0 ? found : undefined;
}
/** The newest row is not the highest version: whoever asks for the current one is told an older one. */
function backwards(versions) {
    const newest = versions.at(-1);
    const highest = [...versions]
        .filter((version) => semantic.test(version))
        .sort(bySemantics)
        .at(-1);
    if (newest === undefined || highest === undefined || !semantic.test(newest) || bySemantics(newest, highest) >= 0)
        return [];
    return [
        {
            kind: 'out-of-order',
            version: newest,
            message: `${newest} was applied after ${highest}: by time it is the current version, and it is the older one.`,
        },
    ];
}
const semantic = /^v?\d+\.\d+(?:\.\d+)?$/i;
function bySemantics(a, b) {
    const [left = [], right = []] = [a, b].map((each) => each.replace(/^v/i, '').split('.').map(Number));
    for (let i = 0; i < 3; i++) {
        const order = (left[i] ?? 0) - (right[i] ?? 0);
        if (order !== 0)
            return order;
    }
    return 0;
}

;// CONCATENATED MODULE: ./src/staging/versions/single-number.ts

/**
 * golang-migrate keeps one number, and whether it was left half done. The number of an upgrade is written before it begins, that of a way
 * back is the one that it leads to: `SetVersion` in https://github.com/golang-migrate/migrate/blob/v4.19.1/migrate.go
 */
const golangMigrate = {
    tables: ['schema_migrations'],
    columns: ['version', 'dirty'],
    order: ['version'],
    late: undefined,
    refuses: ['unknown'],
    read(rows, repository) {
        const [row] = rows;
        if (!row)
            return upTo(undefined, repository);
        const version = row.version ?? '';
        if (row.dirty !== 'true')
            return upTo(version, repository);
        // Which of the two it was is not to be seen: only what comes before is surely applied.
        const before = repository.migrations.findLast(({ id }) => /^\d+$/.test(id) && BigInt(id) < BigInt(version));
        const begun = version === '-1' ? 'the way back of the first one' : 'its upgrade, or the way back of the migration behind it,';
        const failed = {
            kind: 'failed',
            version,
            message: `${version} is marked as dirty: ${begun} was begun and did not end. golang-migrate refuses to run until somebody has mended staging and said so (migrate force).`,
        };
        return { ...upTo(before?.id, repository), drift: [failed] };
    },
};
/** tern keeps the number of the last one. https://github.com/jackc/tern */
const tern = {
    tables: ['schema_version'],
    columns: ['version'],
    order: ['version'],
    late: undefined,
    refuses: ['unknown'],
    read: (rows, repository) => upTo(rows[0]?.version === '0' ? undefined : (rows[0]?.version ?? undefined), repository),
};
/** All up to this number. */
function upTo(version, { migrations }) {
    if (version === undefined || !/^\d+$/.test(version))
        return { applied: [], current: [], ids: new Set(), drift: [] };
    const before = migrations.filter(({ id }) => /^\d+$/.test(id) && BigInt(id) <= BigInt(version));
    return {
        applied: [version],
        current: [version],
        ids: new Set(before.map(({ id }) => id)),
        drift: before.some(({ id }) => sameNumber(id, version)) ? [] : [unknown(version)],
    };
}

;// CONCATENATED MODULE: ./src/staging/versions/sqitch.ts



/**
 * https://sqitch.org/docs/manual/sqitchchanges/: one registry for the changes of several projects, each with the SHA-1 of its deploy
 * script. A change that was reworked has several rows of one name, in the order of the plan.
 */
const sqitch = {
    tables: ['changes'],
    schema: 'sqitch',
    besides: ['dependencies', 'events', 'projects', 'releases', 'tags'],
    columns: ['change', 'project'],
    order: ['committed_at'],
    late: 'refuses',
    refuses: ['unknown'],
    async read(rows, { migrations, directory, bytes }) {
        const plan = (await bytes(external_node_path_.posix.join(directory, 'sqitch.plan')))?.toString() ?? '';
        const [, project] = /^%project=(.*?)[ \t\r]*$/m.exec(plan) ?? [];
        const left = new Map();
        for (const { change } of rows) {
            const name = change ?? '';
            left.set(name, migrations.filter(({ id }) => id.replace(/@.*/, '') === name));
        }
        const drift = [];
        const found = [];
        for (const row of rows.filter((each) => project === undefined || each.project === project)) {
            const name = row.change ?? '';
            const [migration, ...others] = left.get(name) ?? [];
            left.set(name, others);
            found.push({ version: migration?.id ?? name, id: migration?.id });
            const text = migration && (await bytes(migration.file));
            if (text && row.script_hash && (0,external_node_crypto_.createHash)('sha1').update(text).digest('hex') !== row.script_hash)
                drift.push(edited(migration.id));
        }
        return byRows(found, drift);
    },
};

;// CONCATENATED MODULE: ./src/staging/versions/supabase.ts

/** https://supabase.com/docs/guides/deployment/database-migrations: each row has the statements that were run. */
const supabase = {
    tables: ['schema_migrations'],
    schema: 'supabase_migrations',
    columns: ['version'],
    order: ['version'],
    late: 'refuses',
    refuses: ['unknown'],
    async read(rows, repository) {
        const found = rows.map((row) => ({ ...named(row, 'version', repository), statements: row.statements }));
        const drift = [];
        for (const { id, version, statements } of found) {
            const file = repository.migrations.find((migration) => migration.id === id)?.file;
            const text = file === undefined ? undefined : await repository.bytes(file);
            // A row that was written by hand (supabase migration repair) may have none.
            if (text && statements && !isMadeOf(text.toString(), elementsOf(statements)))
                drift.push(edited(version));
        }
        return byRows(found, drift);
    },
};
/** Whether a file is these statements one after the other, with only white space and semicolons between them. */
function isMadeOf(file, statements) {
    const text = file.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
    let end = 0;
    for (const statement of statements.map((each) => each.replaceAll('\r\n', '\n').trim())) {
        const start = text.indexOf(statement, end);
        if (start < 0 || /[^\s;]/.test(text.slice(end, start)))
            return false;
        end = start + statement.length;
    }
    return !/[^\s;]/.test(text.slice(end));
}
/** https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO, of an array of texts without a NULL */
function elementsOf(array) {
    return [...array.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|[^",]+/gs)].map(([bare, quoted]) => quoted === undefined ? bare : quoted.replace(/\\(.)/gs, '$1'));
}

;// CONCATENATED MODULE: ./src/staging/versions/versions.ts









const readers = {
    alembic: alembic,
    command: schemaVersion,
    dbmate: dbmate,
    diesel: diesel,
    drizzle: drizzle,
    flyway: flyway,
    goose: goose,
    'golang-migrate': golangMigrate,
    'graphile-migrate': graphileMigrate,
    // Its server keeps the versions in a document of its own.
    hasura: undefined,
    'node-pg-migrate': nodePgMigrate,
    'numbered-sql': schemaVersion,
    prisma: prisma,
    sqitch: sqitch,
    'sql-migrate': sqlMigrate,
    sqlx: sqlx,
    supabase: supabase,
    tern: tern,
};
/** All that the tool keeps for itself where its version table is. @param table and the result as PostgreSQL prints names */
function tablesOfTool(tool, table) {
    const { tables: [name] = [], besides = [] } = readers[tool] ?? {};
    if (name === undefined || !table.endsWith(`.${name}`))
        return [table];
    return [table, ...besides.map((other) => `${table.slice(0, -name.length)}${other}`)];
}
/**
 * Compares the tool's version table with the repository. The session is one of `Staging.read`. Rejects with ServerError.
 * @param options.table the table, where it is not the one that the tool takes by itself: `app.versions`
 */
async function readVersions(session, options) {
    const { tool, repository, defaultSchema } = options;
    const reader = readers[tool];
    const all = repository.migrations.map(({ id }) => id);
    const nothing = { table: undefined, pending: new Set(all), drift: [] };
    if (!reader)
        return {
            ...nothing,
            notChecked: [
                {
                    what: 'The version table',
                    why: `How ${tool} notes what it applied is not read. Every migration is taken as pending.`,
                },
            ],
        };
    const candidates = await tablesLike(session, reader, options.table);
    const fits = candidates.filter(({ columns }) => reader.columns.every((column) => columns.includes(column)));
    const wanted = reader.schema ?? defaultSchema;
    const table = fits.find(({ schema }) => schema === wanted) ?? (fits.length === 1 ? fits[0] : undefined);
    if (!table)
        return { ...nothing, ...(await withoutTable(session, { tool, reader, options, candidates, fits })) };
    const rows = await versions_rowsOf(session, table, reader);
    const read = await reader.read(rows, repository);
    const late = lateOnes(reader, read, repository);
    return {
        table: { table: table.sql, exists: true, applied: read.applied, current: read.current },
        pending: new Set(all.filter((id) => !read.ids.has(id) && !read.skipped?.has(id))),
        drift: [...read.drift.map((each) => withConsequence(each, reader)), ...late],
        notChecked: [],
    };
}
const versions_refusal = 'The tool refuses to run before that is put in order.';
const consequences = { runs: 'It runs on a schema that already has what came after it.', refuses: versions_refusal };
function withConsequence(drift, { refuses }) {
    const isRefused = refuses.some((kind) => kind === drift.kind);
    return isRefused ? { ...drift, message: `${drift.message} ${versions_refusal}` } : drift;
}
async function tablesLike(session, reader, given) {
    const [schema, name] = given?.includes('.') ? given.split('.', 2) : [undefined, given];
    const { rows } = await session.query(`SELECT n.nspname AS schema, format('%I.%I', n.nspname, c.relname) AS sql,
       ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND c.relname::text = ANY ($1::text[]) AND ($2::text IS NULL OR n.nspname = $2)
       AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
     ORDER BY array_position($1::text[], c.relname::text), n.nspname`, [name === undefined ? reader.tables : [name], schema ?? null]);
    return rows;
}
async function versions_rowsOf(session, { sql, columns }, { order }) {
    const quoted = (name) => `"${name.replaceAll('"', '""')}"`;
    const list = columns.map((name) => `${quoted(name)}::text AS ${quoted(name)}`);
    const by = order.filter((name) => columns.includes(name)).map((name) => `v.${quoted(name)}`);
    const ordered = by.length === 0 ? '' : ` ORDER BY ${by.join(', ')}`;
    const { rows } = await session.query(`SELECT ${list.join(', ')} FROM ${sql} AS v${ordered}`, []);
    return rows;
}
async function withoutTable(session, found) {
    const { tool, reader, options, candidates, fits } = found;
    const name = options.table ?? `${reader.schema ?? options.defaultSchema}.${reader.tables[0]}`;
    const table = { table: name, exists: false, applied: [], current: [] };
    const advice = 'Every migration is taken as pending. Name the table with --version-table.';
    const unread = (why) => ({ table, notChecked: [{ what: 'The version table', why: `${why} ${advice}` }] });
    if (fits.length > 1)
        return unread(`There are several: ${fits.map(({ sql }) => sql).join(', ')}.`);
    if (candidates.length > 0)
        return unread(`${candidates.map(({ sql }) => sql).join(', ')} has not the columns that ${tool} gives it.`);
    const { rows } = await session.query(`SELECT count(*) AS tables FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`, []);
    if (Number(rows[0]?.tables ?? 0) === 0)
        return { table, notChecked: [] };
    return unread(`The database has tables, and ${name}, in which ${tool} notes what it applied, is not among them.`);
}
function lateOnes({ late }, { ids, skipped }, { migrations }) {
    const inOrder = migrations.filter(({ isRepeatable }) => !isRepeatable);
    const last = inOrder.findLastIndex(({ id }) => ids.has(id));
    return inOrder.flatMap(({ id, name }, i) => {
        const isSkipped = skipped?.has(id) ?? false;
        if (ids.has(id) || !(isSkipped || (late && i < last)))
            return [];
        const seen = `${name} is not applied on staging, and ${isSkipped ? 'what came later' : `${inOrder[last]?.name} behind it`} is.`;
        const consequence = isSkipped ? 'The tool passes over it, so that it never runs.' : late && consequences[late];
        return [{ kind: 'out-of-order', version: id, message: `${seen} ${consequence}` }];
    });
}

;// CONCATENATED MODULE: ./src/dry-run-rehearsal.ts
var dry_run_rehearsal_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var dry_run_rehearsal_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * What needs a throwaway server of staging's version: how staging differs from what the applied migrations build, and, in mode `rehearse`, the
 * gate itself on a copy of staging's schema. Of staging only the catalogs are read, and the rows of the version table.
 */
async function onThrowaway(options, of) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { staging, project, plan, sizes } = of;
        const migrations = inOrderOf(of.migrations, plan);
        const table = plan.versions?.exists ? plan.versions.table : undefined;
        const none = { schemaDrift: undefined, rehearsal: undefined, migrations };
        const failed = (what, why) => ({ ...none, notChecked: [{ what, why }] });
        const what = plan.mode === 'rehearse' ? 'The rehearsal on a copy of staging' : 'How staging differs from its migrations';
        // A URL that stands in the environment for another command is not meant.
        const databaseUrl = options.config.database === 'url' ? options.config.databaseUrl : undefined;
        if (databaseUrl !== undefined && isSameServer(databaseUrl, options.url))
            return failed(what, 'The server to rehearse on is the one of staging, where nothing is made. Give another one.');
        if (project.hasGaps)
            return failed(what, 'A migration of the history could not be read.');
        const original = await reading(readOriginal(staging, table));
        const config = {
            ...options.config,
            databaseUrl,
            roundTrip: 'required',
            postgresVersion: staging.major,
            settings: { ...original.settings, ...options.config.settings },
        };
        const starting = dry_run_rehearsal_addDisposableResource(env_1, (0,run/* startWhileReading */.Gc)({ ...options, config }), true);
        const server = await starting.server;
        if (!server || 'why' in server)
            return failed(what, server?.why ?? 'No server was started.');
        if (server.major !== staging.major)
            return failed(what, `It needs PostgreSQL ${staging.major}, as on staging, and there is ${server.source} PostgreSQL ${server.version}.`);
        const applied = migrations.filter(({ status }) => status === 'base');
        const drift = await driftFrom({ ...options, config }, { server, project, applied, original, staging, table });
        if (plan.mode !== 'rehearse' || plan.pending.length === 0)
            return { ...none, ...drift };
        const copied = await onCopy({ ...options, config }, { server, project, migrations, original, sizes });
        return { ...drift, ...copied, migrations, notChecked: [...drift.notChecked, ...copied.notChecked] };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = dry_run_rehearsal_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function isSameServer(one, other) {
    const [a, b] = [(0,postgres_url/* fromUrl */.u)(one), (0,postgres_url/* fromUrl */.u)(other)];
    return a.host === b.host && a.port === b.port;
}
function inOrderOf(migrations, { pending }) {
    const ids = new Set(pending.map(({ id }) => id));
    const is = (status) => migrations.filter(({ id }) => ids.has(id) === (status === 'new')).map((each) => ({ ...each, status }));
    return [...is('base'), ...is('new')];
}
async function reading(work) {
    try {
        return await work;
    }
    catch (error) {
        throw error instanceof server/* ServerError */.g ? refusal(error) : error;
    }
}
async function driftFrom(options, { server, project, applied, original, staging, table }) {
    options.log(`Building what ${applied.length === 1 ? 'the applied migration builds' : `the ${applied.length} applied migrations build`} …`);
    const expected = await (0,rehearse.built)({ ...(await (0,run/* rehearseOptions */.WT)(options, project, applied)), server });
    if ('why' in expected)
        return {
            schemaDrift: undefined,
            notChecked: [{ what: 'How staging differs from its migrations', why: expected.why, at: expected.at }],
        };
    const isTheirs = expected.some(({ kind, identity }) => kind === 'table' && identity === table);
    const found = table === undefined || isTheirs
        ? original.schema
        : await reading(staging.snapshot(tablesOfTool(project.tool, table)));
    const differences = (0,told_apart/* toldApart */.Y)({ expected, found });
    const isReprinted = differences.some(({ change }) => change === 'changed');
    return {
        schemaDrift: isReprinted ? (0,told_apart/* withoutReprinted */.A)(differences, await restored(expected, server)) : differences,
        notChecked: [],
    };
}
async function onCopy(options, of) {
    const { server, project, migrations, original, sizes } = of;
    const { repository, config, log } = options;
    log('Copying the schema of staging …');
    const copy = await copyOf(original, server);
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'migration-gate-staging-'));
    try {
        const dump = (0,external_node_path_.join)(folder, 'staging.sql');
        await (0,promises_.writeFile)(dump, copy.sql, { mode: 0o600 });
        // The tools that run by themselves find their own notes in the copy.
        const isOurs = project.tool !== 'alembic' && config.upgrade === undefined;
        const rehearsal = await (0,run/* rehearsed */.kr)({
            ...options,
            config: {
                ...config,
                roles: [...new Set([...config.roles, ...original.roles])],
                extensions: [],
                baseline: (0,external_node_path_.relative)(repository, dump),
                baselineIncludes: isOurs ? migrations.findLast(({ status }) => status === 'base')?.id : undefined,
            },
        }, project, migrations, Promise.resolve(server), sizes);
        return { rehearsal, notChecked: [...copy.notChecked, ...rehearsal.notChecked] };
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}

// EXTERNAL MODULE: ./src/lint/nearest.ts
var nearest = __webpack_require__(8839);
// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: ./src/report/inert.ts
var inert = __webpack_require__(1822);
;// CONCATENATED MODULE: ./src/dry-run-target.ts







/**
 * The migration at which a dry run stops, in the words of its tool: a revision or the beginning of one, a version, a number, a version that
 * numbered SQL notes in its table, or the name of a file. Undefined for the words by which Alembic and Flyway mean the end.
 * @throws UserError for a name that no migration has, with those that were perhaps meant, and for one that several have
 */
async function targetOf(to, project, bytes) {
    const { migrations, tool, directory, lineage } = project;
    const wanted = to.trim();
    if (tool === 'flyway' && wanted === 'latest')
        return undefined;
    if (tool === 'alembic' && /^heads?$/.test(wanted)) {
        const ids = new Set(lineage?.heads.map(({ migration }) => migration));
        const heads = migrations.filter(({ id }) => ids.has(id));
        if (heads.length > 1 && wanted === 'head')
            throw several(wanted, heads);
        return undefined;
    }
    const claims = tool === 'numbered-sql' || tool === 'command'
        ? await claimsOf({ migrations, directory, bytes })
        : new Map();
    const found = matching(wanted, project, claims);
    const [target, ...others] = found;
    if (!target)
        throw unknownTarget(wanted, project, claims);
    if (others.length > 0)
        throw several(wanted, found);
    return { id: target.id, name: target.name, included: dry_run_target_upTo(target, project) };
}
/** How far Alembic's `+2` goes from where the database is; undefined for any other word, and for other tools. */
function stepsAhead(to, { tool }) {
    const [, number] = (tool === 'alembic' && /^\+([1-9]\d{0,5})$/.exec(to.trim())) || [];
    return number === undefined ? undefined : Number(number);
}
/**
 * The migration so many steps ahead, each of which must be the only one that can be next, as with Alembic.
 * @param pending in order
 * @throws UserError where there is a fork on the way, or not so much is pending
 */
function targetAhead(steps, pending, { migrations }) {
    const left = [...pending];
    for (let step = 1;; step++) {
        const next = left.filter(({ parents }) => !left.some(({ id }) => parents.includes(id)));
        const [target] = next;
        if (!target)
            throw new errors/* UserError */.y(`to: +${steps} is more than what is pending on staging, which is ${pending.length}.`);
        if (next.length > 1)
            throw several(`+${steps}`, next);
        left.splice(left.indexOf(target), 1);
        if (step < steps)
            continue;
        const included = migrations.flatMap(({ id }) => (left.some((each) => each.id === id) ? [] : id));
        return { id: target.id, name: target.name, included: new Set(included) };
    }
}
/** The first way of naming a migration by which at least one fits. */
function matching(wanted, { migrations, tool }, claims) {
    const plain = wanted.replace(/^v(?=\d)/i, '');
    // There the id is all of the number; without that, the name begins with a date.
    const isNumbered = tool === 'numbered-sql';
    const ways = [
        ({ id, name }) => id === wanted || name === wanted,
        ({ file }) => [file, external_node_path_.posix.basename(file)].includes(wanted) || external_node_path_.posix.dirname(file) === wanted.replace(/\/$/, ''),
        ({ id }) => claims.get(id)?.some((claim) => claim.replace(/^v(?=\d)/i, '') === plain) ?? false,
        ({ id, name }) => sameNumber(id, plain) || (!isNumbered && sameNumber(/^\d+/.exec(name)?.[0] ?? '', plain)),
        ({ name }) => isNumbered && beginsWithDate(name, plain),
        ({ id, isRepeatable }) => tool === 'flyway' && !isRepeatable && isVersion(plain) && compareVersions(id, plain) === 0,
        ({ id }) => tool === 'alembic' && wanted !== '' && id.startsWith(wanted),
    ];
    for (const fits of ways) {
        const found = migrations.filter(fits);
        if (found.length > 0)
            return found;
    }
    return [];
}
function isVersion(text) {
    return /^\d+(?:[._]\d+)*$/.test(text);
}
/** The ids of what the tool would run to get there: with Alembic what the revision rests on, else what comes before it. */
function dry_run_target_upTo(target, { migrations, tool }) {
    if (tool === 'alembic') {
        const parents = new Map(migrations.map(({ id, parents }) => [id, parents]));
        const included = new Set();
        const left = [target.id];
        for (let id = left.pop(); id !== undefined; id = left.pop()) {
            if (included.has(id))
                continue;
            included.add(id);
            left.push(...(parents.get(id) ?? []));
        }
        return included;
    }
    const before = migrations.slice(0, migrations.findIndex(({ id }) => id === target.id) + 1);
    // Flyway has no version to compare a repeatable one with, and runs it whatever the target is.
    const always = migrations.filter(({ isRepeatable }) => isRepeatable);
    return new Set([...before, ...(target.isRepeatable ? [] : always)].map(({ id }) => id));
}
function several(wanted, found) {
    return new errors/* UserError */.y(`to: ${(0,inert/* line */.n8)(wanted)} is more than one migration. Name one of ${listed(found, new Map())}.`);
}
function unknownTarget(wanted, { migrations, tool, directory }, claims) {
    const near = nearOnes(wanted, migrations, claims);
    const candidates = near.length > 0
        ? `Near it are ${listed(near, claims)}.`
        : `The last ones are ${listed(migrations.slice(-3), claims)}.`;
    return new errors/* UserError */.y(`to: the ${tool} migrations in ${(0,inert/* line */.n8)(directory || 'the root')} have no ${(0,inert/* line */.n8)(wanted)}. ${migrations.length > 0 ? candidates : ''}`.trim());
}
/** At most three. */
function nearOnes(wanted, migrations, claims) {
    const words = (migration) => [
        migration.id,
        migration.name,
        external_node_path_.posix.basename(migration.file),
        ...(claims.get(migration.id) ?? []),
    ];
    const found = migrations.filter((each) => words(each).some((word) => wanted.length > 2 && word.toLowerCase().includes(wanted.toLowerCase())));
    for (let left = migrations.filter((each) => !found.includes(each)); left.length > 0 && found.length < 3;) {
        const word = (0,nearest/* nearest */.p)(wanted, left.flatMap(words));
        if (word === undefined)
            break;
        found.push(...left.filter((each) => words(each).includes(word)));
        left = left.filter((each) => !found.includes(each));
    }
    return found.slice(0, 3);
}
function listed(migrations, claims) {
    return migrations
        .map(({ id, name }) => {
        const [claim] = claims.get(id) ?? [];
        return (0,inert/* line */.n8)(claim === undefined ? (name === id ? id : `${id} (${name})`) : `${claim} (${name})`);
    })
        .join(', ');
}

// EXTERNAL MODULE: ./src/lint/history.ts + 27 modules
var lint_history = __webpack_require__(8649);
// EXTERNAL MODULE: ./src/lint/ignore.ts + 1 modules
var ignore = __webpack_require__(5859);
// EXTERNAL MODULE: ./src/lint/lint.ts + 1 modules
var lint = __webpack_require__(9846);
// EXTERNAL MODULE: ./src/lint/weigh.ts + 2 modules
var weigh = __webpack_require__(8921);
// EXTERNAL MODULE: ./src/model/dry-run.ts
var dry_run = __webpack_require__(5536);
// EXTERNAL MODULE: ./src/parse/parse.ts + 30 modules
var parse = __webpack_require__(9245);
// EXTERNAL MODULE: ./src/parse-history.ts
var parse_history = __webpack_require__(1361);
// EXTERNAL MODULE: ./src/read/read.ts + 21 modules
var read = __webpack_require__(3803);
// EXTERNAL MODULE: ./src/model/locks.ts
var model_locks = __webpack_require__(4445);
;// CONCATENATED MODULE: ./src/staging/executable.ts
/**
 * Why a statement is not run on staging, not even in a transaction that is rolled back; undefined: nothing speaks against it. What no rollback
 * takes back is looked for in the text as well, because code in strings is not read; also in the functions that it calls, and in the
 * triggers of its tables.
 */
function whyLeftOut({ operations }, { parts, opaque }, { power }) {
    for (const operation of operations) {
        const why = operation.inside === 'function' ? undefined : whyNot(operation);
        if (why)
            return why;
    }
    const isOnRows = operations.some(({ kind }) => onRows.has(kind));
    for (const part of parts) {
        if (part.isForeign && !isOnRows)
            continue;
        const why = whyOutside(part);
        if (why)
            return why;
    }
    if (opaque === undefined || power === undefined)
        return undefined;
    const what = opaque === 'the statement' ? 'It puts' : `It may call ${opaque}, which puts`;
    return `${what} SQL together while it runs, and ${power}: what that does outside of a transaction, no rollback takes back. Use the role of the migrations.`;
}
/** Statements that look at rows or change them, or may. */
const onRows = new Set([
    'insert',
    'update',
    'delete',
    'truncate',
    'copy',
    'query',
    'do-block',
    'create-table',
    'refresh-materialized-view',
    'other',
]);
/** Why what a statement sets going reaches beyond its transaction. Undefined: nothing says so. */
function whyOutside({ name, text, language, isTrusted, isForeign }) {
    const said = outside.find(({ words }) => words.test(text));
    const way = name === 'the statement' ? '' : ` (in ${name})`;
    if (said)
        return `${said.why}${way}, which no rollback takes back.`;
    if (isForeign)
        return `It may reach ${name}, whose rows are elsewhere, and what that moves there no rollback takes back.`;
    if (language !== undefined && (!isTrusted || language === 'c'))
        return `It may call ${name}, whose code in ${language} can do on the server whatever PostgreSQL’s own user can.`;
    return undefined;
}
/** The server’s word for what it refuses in a transaction, or in the part of one: CALL of a procedure that commits, CREATE DATABASE in code. */
function isRefusedInTransaction(sqlstate) {
    return sqlstate === '25001' || sqlstate === '2D000';
}
/** BEGIN or COMMIT of the script itself. */
function isWrapper({ operations }) {
    return operations.some((op) => op.kind === 'transaction-control' && (op.action === 'begin' || op.action === 'commit'));
}
function whyNot(op) {
    switch (op.kind) {
        case 'create-index':
        case 'drop-index':
        case 'detach-partition':
            return op.concurrently ? alone('CONCURRENTLY') : undefined;
        case 'reindex':
            return op.concurrently || ['schema', 'database', 'system'].includes(op.scope)
                ? alone(op.concurrently ? 'CONCURRENTLY' : `REINDEX ${op.scope.toUpperCase()}`)
                : undefined;
        case 'vacuum':
            return alone('VACUUM');
        case 'cluster':
            return op.table === undefined ? alone('CLUSTER of all tables') : undefined;
        case 'transaction-control':
            return ['savepoint', 'release', 'rollback-to'].includes(op.action)
                ? undefined
                : 'The script opens or ends a transaction, and there is one around all of it already.';
        case 'set-for-later':
            return op.on === 'system' ? alone('ALTER SYSTEM') : undefined;
        case 'set':
            return guarded.test(op.setting)
                ? `${op.setting} is set by the dry run, and a script may not loosen it.`
                : undefined;
        case 'copy':
            if (op.place === 'client')
                return 'Its rows come from the client that the tool brings.';
            return 'It reaches files or programs of the server.';
        case 'create-function':
        case 'do-block':
            return untrusted.test(op.language) && op.kind === 'do-block'
                ? `Code in ${op.language} can do on the server whatever PostgreSQL’s own user can.`
                : undefined;
        case 'other':
            return ofTheServer[op.statement];
        case 'unparsed':
            return 'It could not be read, so nobody knows what it would do.';
        case 'hidden-sql':
            return op.why === 'language' ? 'What its code does is not known.' : undefined;
        default:
            return undefined;
    }
}
function alone(what) {
    return `PostgreSQL refuses ${what} in a transaction.`;
}
/** What holds the dry run within its limits, and who it is. */
const guarded = /^(?:lock_timeout|statement_timeout|transaction_timeout|idle_in_transaction_session_timeout|transaction_read_only|default_transaction_read_only|role|session_authorization|session_replication_role|client_connection_check_interval|all|migration_gate\..*)$/i;
const ofTheServer = {
    CheckPointStmt: 'It acts on the server as a whole, which no rollback takes back.',
    LoadStmt: 'It loads code of the server into the session, which no rollback takes back.',
};
const untrusted = /^(?:c|internal|pl.*u|plpython[23]?)$/i;
/** https://www.postgresql.org/docs/current/functions-admin.html */
const outside = [
    {
        words: /\b(?:dblink\w*|postgres_fdw_disconnect\w*|http(?:_(?:get|post|put|patch|delete|head))?|(?:aws_s3|aws_lambda)\.\w+)\s*\(/i,
        why: 'It reaches other servers over a connection of its own',
    },
    {
        words: /\bpg_(?:create|drop|copy|replication)\w*(?:slot|origin)\w*\s*\(/i,
        why: 'It makes or drops a replication slot',
    },
    { words: /\blo_(?:import|export)\s*\(/i, why: 'It reaches files of the server' },
    {
        words: /\bCOPY\b[^;]*?\b(?:FROM|TO)\s+(?:PROGRAM\b|E?'|\$)/i,
        why: 'It reaches files or programs of the server',
    },
    { words: /\bpg_(?:terminate|cancel)_backend\s*\(/i, why: 'It ends the work of others' },
    {
        words: /\bpg_(?:reload_conf|rotate_logfile|switch_wal|create_restore_point|promote|backup_start|backup_stop|start_backup|stop_backup|wal_replay_\w+|stat_(?:\w+_)?reset\w*|file_\w+|read_(?:binary_)?file|logical_emit_message)\s*\(/i,
        why: 'It acts on the server as a whole',
    },
    { words: /\b(?:CREATE|ALTER|DROP)\s+SUBSCRIPTION\b/i, why: 'It reaches another server' },
    { words: /\b(?:CREATE|DROP|ALTER)\s+(?:DATABASE|TABLESPACE)\b/i, why: 'It acts on the server as a whole' },
    { words: /\b(?:COMMIT|ROLLBACK|PREPARE)\s+(?:PREPARED|TRANSACTION)\b/i, why: 'It ends a transaction' },
    {
        words: /\bDISCARD\b|\bSET\s+(?:SESSION\s+)?(?:ROLE|AUTHORIZATION)\b|\bRESET\s+(?:ROLE|SESSION\b|ALL\b)|\bSET\s+SESSION\s+CHARACTERISTICS\b/i,
        why: 'It makes another role or another session of this one',
    },
];

;// CONCATENATED MODULE: ./src/staging/reach.ts
/** Reads the catalogs. Views are printed, for which PostgreSQL locks their tables as a reader does. Rejects with ServerError. */
async function readCode(session) {
    const { rows } = await session.query(query);
    const code = {
        functions: new Map(),
        tables: new Map(),
        sequences: new Map(),
        always: [],
        power: await powerOf(session),
    };
    for (const { kind, word, name, language, ...rest } of rows) {
        const part = { ...rest, name: `${kind} ${name}`, language: language ?? undefined };
        if (kind === 'function')
            add(code.functions, word, part);
        else if (kind === 'table')
            add(code.tables, word, part);
        else if (kind === 'sequence')
            add(code.sequences, word, name);
        else
            code.always.push(part);
    }
    return code;
}
/** Notes what a statement that has run made: a later one may call it, or write to it. */
function learn(code, { sql, operations }) {
    for (const op of operations) {
        if (op.inside === 'function')
            continue;
        if (op.kind === 'create-function') {
            const isTrusted = trusted.has(op.language);
            const part = {
                name: `${op.object} ${op.function}`,
                text: sql,
                language: op.language,
                isTrusted,
                isForeign: false,
            };
            add(code.functions, lastOf(op.function), part);
            continue;
        }
        const part = { name: 'a statement before', text: sql, language: undefined, isTrusted: true, isForeign: false };
        if ('table' in op && typeof op.table === 'string' && !isOfRows.has(op.kind))
            add(code.tables, lastOf(op.table), part);
        if (op.kind === 'prepare')
            add(code.tables, op.name.toLowerCase(), part);
        if (op.kind === 'rename') {
            add(code.tables, op.to.toLowerCase(), part);
            add(code.functions, op.to.toLowerCase(), part);
            const renamed = code.sequences.get(lastOf(op.name));
            if (renamed)
                code.sequences.set(op.to.toLowerCase(), renamed);
        }
    }
}
const isOfRows = new Set(['insert', 'update', 'delete', 'query', 'copy', 'lock-table', 'truncate']);
const trusted = new Set(['sql', 'plpgsql']);
/** Follows a statement. One that only stores a function reaches nothing yet. */
function reached({ sql, operations }, code) {
    const isStored = operations.some(({ kind }) => kind === 'create-function');
    const parts = [...code.always];
    const own = operations.some((op) => op.kind === 'hidden-sql' && op.inside !== 'function')
        ? 'the statement'
        : undefined;
    if (!isStored)
        parts.push({ name: 'the statement', text: sql, language: undefined, isTrusted: true, isForeign: false });
    const seen = new Set(parts);
    const sequences = new Set();
    // Grows while it is walked.
    for (const { text } of parts) {
        for (const { word, isCalled } of wordsOf(text)) {
            for (const name of code.sequences.get(word) ?? [])
                sequences.add(name);
            for (const part of [...(code.tables.get(word) ?? []), ...((isCalled && code.functions.get(word)) || [])]) {
                if (!seen.has(part))
                    parts.push(part);
                seen.add(part);
            }
        }
    }
    const opaque = own ?? parts.find(isOpaque)?.name;
    const runs = parts.filter(({ name, language }) => language !== undefined || !name.startsWith('table '));
    const mayDraw = runs.some(({ text }) => draws.test(text)) || (!isStored && operations.some(isDrawing));
    // Constants that are put together are read, and their words stand nowhere.
    const isAny = opaque !== undefined || (mayDraw && operations.some(({ kind }) => kind === 'do-block') && assembles.test(sql));
    return { parts, sequences: [...sequences].sort(), draws: isAny ? 'any' : mayDraw ? 'named' : 'none', opaque };
}
/** What may move a sequence; with another name it may do so later. */
const draws = /\b(?:insert|merge|copy|nextval|setval|rename|set\s+schema)\b|\bupdate\b[\s\S]*\bdefault\b/i;
const drawing = new Set(['insert', 'copy', 'set-sequence']);
function isDrawing(op) {
    return drawing.has(op.kind) || (op.kind === 'query' && op.calls.length > 0);
}
const assembles = /\bEXECUTE\b(?!\s+(?:FUNCTION|PROCEDURE|ON)\b)/i;
/** `nextval('tick' || 'ets')`; not `nextval('tickets')`, nor `nextval('tickets'::regclass)`, nor with pg_get_serial_sequence. */
const computes = /\b(?:next|set)val\s*\(\s*(?!'[^']*'\s*(?:::|[,)])|(?:pg_catalog\.)?pg_get_serial_sequence\s*\()/i;
function isOpaque({ text, language }) {
    if (language !== undefined && !trusted.has(language))
        return true;
    return computes.test(text) || (language === 'plpgsql' && assembles.test(text));
}
function* wordsOf(text) {
    for (const [, word = '', call] of text.matchAll(/([\p{L}_][\p{L}\d_$]*)"?\s*(\()?/gu))
        yield { word: word.toLowerCase(), isCalled: call !== undefined };
    for (const [, name = '', call] of text.matchAll(/"((?:[^"]|"")+)"\s*(\()?/g))
        yield { word: name.replaceAll('""', '"').toLowerCase(), isCalled: call !== undefined };
}
function add(to, word, value) {
    const there = to.get(word);
    if (there)
        there.push(value);
    else
        to.set(word, [value]);
}
function lastOf(name) {
    return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
async function powerOf(session) {
    const { rows } = await session.query(powers);
    return rows[0]?.power ?? undefined;
}
/** https://www.postgresql.org/docs/current/predefined-roles.html */
const powers = `
  SELECT CASE
    WHEN r.rolsuper THEN 'this role is a superuser'
    WHEN pg_catalog.pg_has_role('pg_execute_server_program', 'USAGE') THEN 'this role may run programs on the server'
    WHEN pg_catalog.pg_has_role('pg_write_server_files', 'USAGE') THEN 'this role may write files of the server'
    WHEN r.rolreplication THEN 'this role may make replication slots'
    WHEN pg_catalog.pg_has_role('pg_signal_backend', 'USAGE') THEN 'this role may end the work of others'
    WHEN EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'dblink') THEN 'dblink is installed'
  END AS power
  FROM pg_catalog.pg_roles r WHERE r.rolname = current_user`;
const own = (schema) => `${schema} NOT IN ('pg_catalog', 'information_schema') AND ${schema} !~ '^pg_(toast|temp)'`;
/** Members of extensions are known by their names: see what is not run. */
const query = `
  SELECT 'function' AS kind, lower(p.proname) AS word, pg_catalog.format('%I.%I', n.nspname, p.proname) AS name,
    CASE WHEN p.prokind IN ('f', 'p') AND l.lanname NOT IN ('c', 'internal') THEN pg_catalog.pg_get_functiondef(p.oid) ELSE '' END AS text,
    CASE WHEN p.prokind IN ('f', 'p') THEN l.lanname END AS language, l.lanpltrusted OR l.lanname = 'sql' AS "isTrusted", false AS "isForeign"
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace JOIN pg_catalog.pg_language l ON l.oid = p.prolang
  WHERE ${own('n.nspname')} AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'e')
  UNION ALL
  SELECT 'table', lower(c.relname), pg_catalog.format('%I.%I', n.nspname, c.relname), pg_catalog.concat_ws(E'\\n',
    (SELECT pg_catalog.string_agg(pg_catalog.pg_get_triggerdef(t.oid), E'\\n') FROM pg_catalog.pg_trigger t
     WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D'),
    (SELECT pg_catalog.string_agg(pg_catalog.pg_get_expr(a.adbin, a.adrelid), E'\\n') FROM pg_catalog.pg_attrdef a WHERE a.adrelid = c.oid),
    (SELECT pg_catalog.string_agg(pg_catalog.pg_get_constraintdef(k.oid), E'\\n') FROM pg_catalog.pg_constraint k
     WHERE k.conrelid = c.oid AND k.contype = 'c'),
    below.names,
    (SELECT pg_catalog.string_agg(pg_catalog.pg_get_ruledef(r.oid), E'\\n') FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid),
    (SELECT pg_catalog.string_agg(pg_catalog.format('%I', f.relname), E'\\n') FROM pg_catalog.pg_inherits i
       JOIN pg_catalog.pg_class f ON f.oid = i.inhrelid WHERE i.inhparent = c.oid),
    (SELECT pg_catalog.string_agg(pg_catalog.format('%I', s.relname), E'\\n') FROM pg_catalog.pg_depend d
       JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
     WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
       AND d.refobjid = c.oid AND d.deptype IN ('a', 'i'))), NULL, true, c.relkind = 'f'
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    -- All at once: no index of the catalog finds the keys that point to a table.
    LEFT JOIN (SELECT k.confrelid, pg_catalog.string_agg(pg_catalog.format('%I', f.relname), E'\\n') AS names
      FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class f ON f.oid = k.conrelid
      WHERE k.contype = 'f' AND (k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd'))
      GROUP BY k.confrelid) below ON below.confrelid = c.oid
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${own('n.nspname')}
  UNION ALL
  SELECT 'sequence', lower(c.relname), pg_catalog.format('%I.%I', n.nspname, c.relname), '', NULL, true, false
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'S' AND c.relpersistence <> 't'
  UNION ALL
  SELECT 'always', '', pg_catalog.format('%I', e.evtname), pg_catalog.format('%I(', p.proname), NULL, true, false
  FROM pg_catalog.pg_event_trigger e JOIN pg_catalog.pg_proc p ON p.oid = e.evtfoid WHERE e.evtenabled <> 'D'`;

// EXTERNAL MODULE: ./src/postgres/session.ts + 1 modules
var postgres_session = __webpack_require__(2723);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./src/staging/give-way.ts


/** Somebody waited for a lock of ours, and a question was given up for it. */
class GaveWay extends Error {
    name = 'GaveWay';
}
/**
 * Runs `work`, one statement in the session of the process `pid`, and ends it when somebody waits for its locks for about half of `limitMs`: behind
 * an ALTER TABLE that waits for a reader stand all other readers and writers.
 *
 * @param watcher another session of the same role. Rejects with GaveWay, and as `work` does.
 */
async function givingWay({ watcher, pid, limitMs }, work) {
    const over = new AbortController();
    const watching = watch(watcher, pid, limitMs / 4, over.signal).catch((error) => {
        // Without a connection nobody watches, and statement_timeout alone is the limit.
        if (error instanceof server/* ServerError */.g)
            return false;
        throw error;
    });
    try {
        return await work();
    }
    catch (error) {
        over.abort();
        if (error instanceof server/* ServerError */.g && error.sqlstate === '57014' && (await watching))
            throw new GaveWay();
        throw error;
    }
    finally {
        over.abort();
        await watching;
    }
}
/** @returns whether it ended the statement */
async function watch(watcher, pid, everyMs, over) {
    let wasWaiting = false;
    for (;;) {
        // Rejects when it is over, and so does not keep the process.
        const isOver = await (0,external_node_timers_promises_.setTimeout)(everyMs, false, { signal: over, ref: false }).catch(() => true);
        if (isOver)
            return false;
        const { rows } = await watcher.query(waiting, [pid]);
        const isWaiting = rows[0]?.waits === true;
        if (isWaiting && wasWaiting && !over.aborted) {
            await watcher.query('SELECT pg_catalog.pg_cancel_backend($1)', [pid]);
            return true;
        }
        wasWaiting = isWaiting;
    }
}
const waiting = `
  SELECT EXISTS (SELECT FROM pg_catalog.pg_locks l
    WHERE NOT l.granted AND l.pid <> $1 AND $1 = ANY (pg_catalog.pg_blocking_pids(l.pid))) AS waits`;

;// CONCATENATED MODULE: ./src/staging/session.ts







const oldest = 12;
/** A client that is gone, however it went, keeps no transaction open for longer. */
const idleMs = 10_000;
const connectMs = 15_000;
/**
 * Opens a guarded connection. Of the URL only host, port, user, password, database and TLS are taken: `options`, `statement_timeout`,
 * `lock_timeout`, `application_name` and the like in it would win over ours. The limits are then set inside of each transaction (`SET LOCAL`
 * also holds where a pooler gives each transaction another connection), and read back there before anything else is asked.
 *
 * Rejects with Unavailable; no message holds the URL, the host, the user or the password.
 */
async function openStaging({ url, limits, }) {
    const session = await session_open(url);
    let watch = new Map();
    let isDirect = false;
    let second;
    const watching = () => {
        second ??= watcherAt(url, limits);
        return second;
    };
    const close = async () => {
        await session[Symbol.asyncDispose]();
        await (await second)?.[Symbol.asyncDispose]();
    };
    const transaction = async (access, work, { searchPath = [], statementTimeoutMs = limits.statementTimeoutMs, givesWay = false } = {}) => {
        const wanted = new Map([...settings({ ...limits, statementTimeoutMs }, searchPath, access), ...watch]);
        await session.query(`BEGIN ISOLATION LEVEL READ COMMITTED ${access}`);
        try {
            await guard(session, wanted);
            const watcher = givesWay && isDirect ? await watching() : undefined;
            const { pid } = session;
            const result = watcher
                ? await givingWay({ watcher, pid, limitMs: limits.lockTimeoutMs }, () => work(session))
                : await work(session);
            if (access === 'READ WRITE')
                await stillOurs(session);
            return result;
        }
        finally {
            await session.query('ROLLBACK');
        }
    };
    const read = (work, options) => transaction('READ ONLY', work, options);
    try {
        // Before anything else, because an older server does not know all that is set and asked below.
        const { rows } = await session.query(`SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version, pg_is_in_recovery() AS replica,
         pg_backend_pid() AS pid`);
        const about = rows[0] ?? { number: 0, version: '', replica: false, pid: 0 };
        const major = Math.floor(about.number / 10_000);
        if (major < oldest)
            throw new Unavailable(`The database runs PostgreSQL ${about.version.split(' ')[0]}; the dry run needs ${oldest} or newer.`);
        watch = await watchOf(session);
        // A pooler makes up a number of its own.
        isDirect = about.pid === session.pid;
        // Sees that the limits hold.
        await read(async () => undefined);
        return {
            version: about.version.split(' ')[0] ?? '',
            major,
            isReplica: about.replica,
            limits,
            read,
            snapshot: (exclude) => (0,snapshot/* snapshot */.P)(session, { exclude, patience: limits }),
            tryOut: (work, options) => transaction('READ WRITE', work, options),
            [Symbol.asyncDispose]: close,
        };
    }
    catch (error) {
        await session[Symbol.asyncDispose]();
        throw error instanceof server/* ServerError */.g ? refusal(error) : error;
    }
}
/** Undefined where there is no connection left for it: then statement_timeout alone is the limit. */
async function watcherAt(url, { statementTimeoutMs }) {
    try {
        const session = await (0,postgres_session/* connect */.N)((0,postgres_url/* fromUrl */.u)(url), connectMs);
        await session.query(`SET default_transaction_read_only = on; SET statement_timeout = ${statementTimeoutMs}`);
        return session;
    }
    catch (error) {
        if (!(error instanceof server/* ServerError */.g))
            throw error;
        return undefined;
    }
}
async function session_open(url) {
    try {
        return await (0,postgres_session/* connect */.N)((0,postgres_url/* fromUrl */.u)(url), connectMs);
    }
    catch (error) {
        if (error instanceof server/* ServerError */.g)
            throw refusal(error);
        // Its message is a sentence of ours, without the URL.
        if (error instanceof errors/* UserError */.y)
            throw new Unavailable(error.message);
        throw error;
    }
}
function settings(limits, searchPath, access) {
    return new Map([
        ['lock_timeout', String(limits.lockTimeoutMs)],
        ['statement_timeout', String(limits.statementTimeoutMs)],
        ['idle_in_transaction_session_timeout', String(idleMs)],
        ['search_path', ['pg_catalog', ...searchPath].map((name) => `"${name.replaceAll('"', '""')}"`).join(', ')],
        ['transaction_read_only', access === 'READ ONLY' ? 'on' : 'off'],
        // A policy that hides rows from this role makes a question fail. With fewer rows its answer would be wrong.
        ...(access === 'READ ONLY' ? [['row_security', 'off']] : []),
        [mark, 'open'],
    ]);
}
/** A setting of our own, which lives as long as the transaction. */
const mark = 'migration_gate.transaction';
/** Sets what is wanted for this transaction, and reads it back: a pooler or a proxy may have swallowed it. */
async function guard(session, wanted) {
    const asked = [...wanted].filter(([name]) => name !== 'transaction_read_only');
    const values = asked.flat();
    const calls = asked.map((_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, true)`);
    await session.query(`SELECT ${calls.join(', ')}`, values);
    const { rows } = await session.query(`SELECT name, CASE WHEN unit = 'ms' THEN setting ELSE current_setting(name) END AS value FROM pg_settings WHERE name = ANY ($1)
     UNION ALL SELECT $2, current_setting($2, true)`, [[...wanted.keys()], mark]);
    const found = new Map(rows.map(({ name, value }) => [name, value]));
    for (const [name, value] of wanted) {
        if (found.get(name) !== value)
            throw new Unavailable(`The limits of the dry run do not hold: ${name} was set to ${value} and the server says ${found.get(name) ?? 'nothing'}. A pooler or a proxy may stand in between; give the URL of the server itself.`);
    }
}
async function stillOurs(session) {
    const { rows } = await session.query(`SELECT current_setting($1, true) AS value`, [mark]);
    if (rows[0]?.value !== 'open')
        throw new Unavailable('The transaction that was to be rolled back was ended by a statement in it.');
}
/**
 * A query of ours that still runs when this process is killed ends within a second, where the server's system can see that; for one
 * transaction at a time, because a pooler hands the session on with what is set in it.
 */
async function watchOf(session) {
    await session.query('BEGIN READ ONLY');
    try {
        await session.query(`SET LOCAL client_connection_check_interval = '1s'`);
        return new Map([['client_connection_check_interval', '1000']]);
    }
    catch (error) {
        // Older than 14 (unknown), or a system that cannot: statement_timeout ends it there.
        if (!(error instanceof server/* ServerError */.g) || error.sqlstate === undefined)
            throw error;
        return new Map();
    }
    finally {
        await session.query('ROLLBACK');
    }
}

;// CONCATENATED MODULE: ./src/staging/apply.ts







/** Any number: all dry runs take the same. */
const advisoryLock = '7235419043710821163';
/**
 * Runs the pending upgrades on staging, in one transaction, and rolls it back; also when this process is killed, because a transaction ends
 * with its connection. Locks are held until then: writers of the tables wait meanwhile, as long as the limits allow.
 *
 * Only for what somebody asked for by name. What would outlive the transaction is left out and told; sequences are sheltered as far as the
 * role may. Dead rows, the transaction's number and the counters of pg_stat_user_tables are not taken back by any rollback.
 *
 * @throws Unavailable on a replica, without a version table, and where another dry run is under way
 */
async function applyAndRollBack(staging, options) {
    const { versions } = options;
    if (staging.isReplica)
        throw new Unavailable('The database is a replica: it can be read, and nothing can be tried on it. Give the URL of the primary.');
    if (!versions?.exists)
        throw new Unavailable(`The database has no ${versions?.table ?? 'version table that could be read'}, so nobody knows which migrations it has. Nothing was tried.`);
    const code = await staging.read(readCode);
    const before = await staging.read(sequenceValues);
    const tried = await staging.tryOut(async (session) => {
        await apply_alone(session);
        await session.query(`SELECT set_config('search_path', reset_val, true) FROM pg_settings WHERE name = 'search_path'`);
        return await apply_runAll(session, staging, { ...options, code });
    });
    return { ...tried, movedSequences: difference(before, await staging.read(sequenceValues)) };
}
/** Released with the transaction, so that it holds behind a pooler too. */
async function apply_alone(session) {
    const { rows } = await session.query(`SELECT pg_try_advisory_xact_lock(${advisoryLock}) AS mine`);
    if (rows[0]?.mine !== true)
        throw new Unavailable('Another dry run is trying migrations on this database at this moment.');
}
async function apply_runAll(session, { limits }, run) {
    const statements = [];
    const leftOut = [];
    const there = await relations(session);
    await session.query('SAVEPOINT migration_gate');
    let held = await locks(session, there);
    const kept = new Set();
    const tryOne = async (id, statement) => {
        const { sql, at } = statement;
        await limit(session, limits);
        const keptBefore = kept.size;
        const why = run.signal.aborted ? 'The run was ended.' : await whyNotRun(session, statement, run.code, kept);
        // Those are ours, not the statement's.
        if (kept.size > keptBefore)
            held = await locks(session, there);
        if (why !== undefined) {
            leftOut.push({ migration: id, sql, at, why, isWrapper: isWrapper(statement) });
            return undefined;
        }
        const started = performance.now();
        const { rows, error } = await send(session, statement);
        const ms = performance.now() - started;
        if (isRefusedInTransaction(error?.sqlstate)) {
            const refused = 'PostgreSQL refuses in a transaction what it does, such as to end one.';
            leftOut.push({ migration: id, sql, at, why: refused, isWrapper: false });
            return undefined;
        }
        const now = error ? held : await locks(session, there);
        statements.push({ migration: id, sql, at, ms, rows, locks: newIn(now, held) });
        held = now;
        learn(run.code, statement);
        // What was altered behind the savepoint is as before.
        if (setsBack(statement))
            kept.clear();
        return error;
    };
    const error = await firstError(run.migrations, tryOne, (last) => committed(session, last));
    // Only so that the transaction can be asked.
    if (error)
        await session.query('ROLLBACK TO SAVEPOINT migration_gate');
    // A pooler may give this session to others.
    await session.query('SELECT pg_catalog.pg_advisory_unlock_all(); DEALLOCATE ALL');
    return { outcome: error ? 'failed' : 'ok', error, statements, leftOut };
}
/** Runs them in order, up to the first that fails. */
async function firstError(migrations, tryOne, commit) {
    for (const { id, up } of migrations) {
        for (const statement of up.statements) {
            const error = await tryOne(id, statement);
            if (error)
                return error;
        }
        const last = up.statements.at(-1);
        const error = last && (await commit(last));
        if (error)
            return error;
    }
    return undefined;
}
/** What COMMIT would say: constraints that are deferred are looked at then. Taken back, so that they stay deferred. */
async function committed(session, last) {
    await session.query('SAVEPOINT migration_gate_commit');
    const { error } = await send(session, { ...last, sql: 'SET CONSTRAINTS ALL IMMEDIATE', operations: [] });
    await session.query('ROLLBACK TO SAVEPOINT migration_gate_commit; RELEASE migration_gate_commit');
    return error && { ...error, statement: 'COMMIT' };
}
/** A statement before may have changed them. */
async function limit(session, { lockTimeoutMs, statementTimeoutMs }) {
    await session.query(`SELECT pg_catalog.set_config('lock_timeout', $1, true), pg_catalog.set_config('statement_timeout', $2, true),
       pg_catalog.set_config('idle_in_transaction_session_timeout', $3, true)`, [String(lockTimeoutMs), String(statementTimeoutMs), String(idleMs)]);
}
async function whyNotRun(session, statement, code, kept) {
    const reach = reached(statement, code);
    const why = whyLeftOut(statement, reach, code);
    if (why !== undefined || reach.draws === 'none')
        return why;
    return await keepStill(session, reach.draws === 'any' ? 'all' : reach.sequences, kept);
}
function setsBack({ operations }) {
    return operations.some((op) => op.kind === 'transaction-control' && op.action === 'rollback-to');
}
/**
 * By the extended protocol: PostgreSQL refuses a second statement behind a semicolon that was taken for a part of the first. Within a
 * savepoint, so that the transaction goes on where the statement is one that no transaction takes; not around the script's own savepoints.
 */
async function send(session, { sql, at, operations }) {
    const isWithin = !operations.some(({ kind }) => kind === 'transaction-control');
    try {
        if (isWithin)
            await session.query('SAVEPOINT migration_gate_statement');
        const { rowCount } = await session.query(sql, []);
        if (isWithin)
            await session.query('RELEASE SAVEPOINT migration_gate_statement');
        return { rows: /^\s*(?:INSERT|UPDATE|DELETE|MERGE|WITH)\b/i.test(sql) ? rowCount : undefined, error: undefined };
    }
    catch (error) {
        // A connection that is gone says nothing about the migration.
        if (!(error instanceof server/* ServerError */.g) || error.sqlstate === undefined || /^57P0[1-5]$/.test(error.sqlstate))
            throw error;
        if (isWithin)
            await session.query('ROLLBACK TO SAVEPOINT migration_gate_statement; RELEASE migration_gate_statement');
        const { sqlstate, table, column, constraint } = error;
        return {
            rows: undefined,
            error: {
                sqlstate,
                message: withoutValues(error),
                table,
                column,
                constraint,
                statement: sql,
                at,
                timedOut: sqlstate === '57014',
            },
        };
    }
}
/** Class 22 quotes the value that does not fit, which is a part of a row of staging. */
function withoutValues({ sqlstate = '', message }) {
    return sqlstate.startsWith('22') ? message.replace(/(?<=: |value )"[\s\S]*"/, '"…"') : message;
}
/** All that there is before the first statement. */
async function relations(session) {
    const { rows } = await session.query(`SELECT coalesce(pg_catalog.array_agg(c.oid::int8::float8), '{}') AS "all" FROM pg_catalog.pg_class c WHERE c.oid >= 16384`);
    return new Set(rows[0]?.all ?? []);
}
/** The strongest of ours on each relation of the user's, by its name. */
async function locks(session, there) {
    const { rows } = await session.query(`SELECT l.relation AS oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, l.mode
     FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE l.locktype = 'relation' AND l.granted AND l.pid = pg_catalog.pg_backend_pid() AND n.nspname !~ '^pg_'
       AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
     ORDER BY 2`);
    const found = new Map();
    for (const { oid, name, mode } of rows) {
        if (!there.has(Number(oid)))
            continue;
        const told = modeName(mode);
        const known = found.get(name);
        if (!known || (0,model_locks/* lockStrength */.JP)(told) > (0,model_locks/* lockStrength */.JP)(known))
            found.set(name, told);
    }
    return found;
}
/** `AccessExclusiveLock` → `ACCESS EXCLUSIVE` */
function modeName(mode) {
    return mode
        .replace(/Lock$/, '')
        .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
        .toUpperCase();
}
function newIn(now, before) {
    return [...now].flatMap(([relation, mode]) => {
        const known = before.get(relation);
        return known && (0,model_locks/* lockStrength */.JP)(known) >= (0,model_locks/* lockStrength */.JP)(mode) ? [] : [{ relation, mode }];
    });
}

;// CONCATENATED MODULE: ./src/staging/blockers.ts
/** Transactions as old as this are told even where they hold no lock in the way: CREATE INDEX CONCURRENTLY waits for them. */
const longSeconds = 60;
/** https://www.postgresql.org/docs/current/explicit-locking.html#TABLE-LOCK-COMPATIBILITY; ACCESS EXCLUSIVE is in everybody's way. */
const conflicts = {
    'ACCESS SHARE': [],
    'ROW SHARE': ['EXCLUSIVE'],
    'ROW EXCLUSIVE': ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'],
    'SHARE UPDATE EXCLUSIVE': ['SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'],
    SHARE: ['ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'],
    'SHARE ROW EXCLUSIVE': ['ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'],
    EXCLUSIVE: ['ROW SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'],
    'ACCESS EXCLUSIVE': [
        'ACCESS SHARE',
        'ROW SHARE',
        'ROW EXCLUSIVE',
        'SHARE UPDATE EXCLUSIVE',
        'SHARE',
        'SHARE ROW EXCLUSIVE',
        'EXCLUSIVE',
    ],
};
/**
 * Who stands in the way at this moment: whoever holds a lock that conflicts with one that is wanted, and old transactions of this database.
 * @param wanted the locks of the pending migrations. Rejects with ServerError.
 */
async function blockersOf(staging, wanted) {
    const tables = [...new Set(wanted.map(({ table }) => table))];
    const { rows } = await staging.read((session) => session.query(blockers_query, [tables, longSeconds]));
    const blockers = rows.flatMap((row) => {
        const mode = row.mode === null ? undefined : spelled(row.mode);
        const isInTheWay = mode === undefined ||
            wanted.some(({ table, mode: own }) => table === row.table && (mode === 'ACCESS EXCLUSIVE' || conflicts[own].includes(mode)));
        if (!isInTheWay || (row.isHidden && mode === undefined))
            return [];
        return [
            {
                kind: row.kind,
                pid: row.pid ?? undefined,
                table: row.table ?? undefined,
                mode,
                application: row.application ?? '',
                state: row.state ?? '',
                seconds: Math.round(row.seconds ?? 0),
            },
        ];
    });
    const hidden = rows.some(({ isHidden }) => isHidden);
    return {
        blockers,
        notChecked: hidden
            ? [
                {
                    what: 'Transactions of other roles',
                    why: 'The role may not see how old they are. Grant it pg_read_all_stats (or pg_monitor).',
                },
            ]
            : [],
    };
}
/** `AccessExclusiveLock` → `ACCESS EXCLUSIVE` */
function spelled(mode) {
    return mode
        .replace(/Lock$/, '')
        .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
        .toUpperCase();
}
const blockers_query = `
  WITH others AS (
    SELECT a.pid, a.application_name, a.state, a.backend_type,
      extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS seconds,
      a.state IS NULL AND a.backend_type IS NOT DISTINCT FROM NULL AS hidden
    FROM pg_stat_activity a
    WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
  ), held AS (
    SELECT l.pid, l.mode, n.nspname || '.' || c.relname AS name, l.virtualtransaction
    FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE l.locktype = 'relation' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.pid IS DISTINCT FROM pg_backend_pid() AND n.nspname || '.' || c.relname = ANY ($1)
  )
  SELECT h.pid, h.name AS table, h.mode, o.application_name AS application, coalesce(o.state, o.backend_type) AS state, o.seconds,
    CASE WHEN h.pid IS NULL THEN 'prepared-transaction' WHEN o.backend_type = 'autovacuum worker' THEN 'autovacuum' ELSE 'lock' END AS kind,
    coalesce(o.hidden, false) AS "isHidden"
  FROM held h LEFT JOIN others o ON o.pid = h.pid
  UNION ALL
  SELECT pid, NULL, NULL, application_name, state, seconds, 'long-transaction', hidden FROM others
  WHERE (seconds >= $2 OR hidden) AND pid NOT IN (SELECT pid FROM held WHERE pid IS NOT NULL)
  UNION ALL
  SELECT NULL, NULL, NULL, p.gid, 'prepared', extract(epoch FROM clock_timestamp() - p.prepared)::float8, 'prepared-transaction', false
  FROM pg_prepared_xacts p WHERE p.database = current_database()
    AND extract(epoch FROM clock_timestamp() - p.prepared) >= $2
  ORDER BY seconds DESC NULLS LAST, pid, 2, 3`;

// EXTERNAL MODULE: ./src/model/figures.ts
var figures = __webpack_require__(976);
// EXTERNAL MODULE: ./src/rehearse/cost-estimate.ts
var cost_estimate = __webpack_require__(999);
;// CONCATENATED MODULE: ./src/staging/statements.ts


/**
 * The pending migrations, statement by statement: which locks each takes on tables that staging has, and what it costs there.
 * @param contexts of the pending migrations, in order
 * @param sizes of staging's tables
 */
function planned(contexts, sizes, read) {
    const numbers = new Map();
    const numberOf = (key) => {
        const known = numbers.get(key);
        if (known !== undefined)
            return known;
        numbers.set(key, numbers.size + 1);
        return numbers.size;
    };
    return contexts.map((context) => {
        const { id, name, file, up, down } = context.migration;
        const statements = new Map();
        for (const { op, statement, transaction } of context.placed(up)) {
            const isShared = up.transaction === 'run' && transaction.openedBy === 'tool';
            const own = statements.get(statement) ?? { ops: [], transaction: numberOf(isShared ? 'run' : transaction) };
            own.ops.push(op);
            statements.set(statement, own);
        }
        return {
            id,
            name,
            file,
            hasDowngrade: down !== undefined && !context.isEmpty(down) && context.refusal(down) === undefined,
            statements: [...statements].map(([{ sql, at }, { ops, transaction }]) => {
                const done = ops.filter(({ inside }) => inside !== 'function');
                const works = done.flatMap((op) => workOf(op, context, sizes, read));
                const known = works.filter((work) => work !== undefined);
                const isKnown = known.length === works.length && known.length > 0;
                return {
                    sql,
                    at,
                    class: isKnown ? heaviest(known) : undefined,
                    locks: strongest(done.flatMap((op) => context.locks(op)).filter(({ table }) => sizes.has(table))),
                    estimate: isKnown ? (0,cost_estimate/* sum */.cz)(known.map(({ estimate }) => estimate)) : undefined,
                    isOutsideTransaction: done.some(standsAlone),
                    transaction,
                };
            }),
        };
    });
}
const weight = ['catalog', 'rows', 'scan', 'index build', 'rewrite'];
function heaviest(works) {
    return weight[Math.max(0, ...works.map((work) => weight.indexOf(work.class)))] ?? 'catalog';
}
function strongest(locks) {
    const byTable = new Map();
    for (const lock of locks) {
        const known = byTable.get(lock.table);
        if (!known || (0,model_locks/* lockStrength */.JP)(lock.mode) > (0,model_locks/* lockStrength */.JP)(known.mode))
            byTable.set(lock.table, lock);
    }
    return [...byTable.values()];
}
/** https://www.postgresql.org/docs/current/sql-begin.html and the pages of the statements: refused in a transaction block (25001). */
function standsAlone(op) {
    switch (op.kind) {
        case 'create-index':
        case 'drop-index':
        case 'detach-partition':
            return op.concurrently;
        case 'reindex':
            return op.concurrently || op.scope === 'schema' || op.scope === 'database' || op.scope === 'system';
        case 'vacuum':
            return true;
        default:
            return false;
    }
}
const nothing = { class: 'catalog', estimate: cost_estimate/* catalogOnly */.q9 };
/** Undefined in the place of what the text does not tell. */
function workOf(op, context, sizes, read) {
    const size = 'table' in op && op.table ? sizes.get(op.table) : undefined;
    const table = 'table' in op ? op.table : undefined;
    // A table that staging does not have yet has no rows.
    if (table !== undefined && context.isNew(table))
        return [nothing];
    switch (op.kind) {
        case 'create-index':
            return [{ class: 'index build', estimate: (0,cost_estimate/* indexBuild */.LT)(size, op) }];
        case 'add-constraint': {
            if (op.with === 'column' || op.usingIndex !== undefined || op.notValid || !op.enforced)
                return [nothing];
            if (op.type === 'primary-key' || op.type === 'unique')
                return [{ class: 'index build', estimate: (0,cost_estimate/* indexBuild */.LT)(size, { method: 'btree', concurrently: false }) }];
            if (op.type === 'exclusion')
                return [{ class: 'index build', estimate: undefined }];
            if (op.type === 'foreign-key')
                return [{ class: 'scan', estimate: (0,cost_estimate/* foreignKey */.mt)(size, op.references && sizes.get(op.references)) }];
            return [{ class: 'scan', estimate: (0,cost_estimate/* scan */.SQ)(size) }];
        }
        case 'validate-constraint':
            return [{ class: 'scan', estimate: (0,cost_estimate/* scan */.SQ)(size) }];
        case 'set-not-null':
            return [context.isProven(op) ? nothing : { class: 'scan', estimate: (0,cost_estimate/* scan */.SQ)(size) }];
        case 'cluster':
        case 'set-logged':
        case 'set-access-method':
        case 'set-tablespace':
            return [rewritten(size)];
        case 'vacuum':
            return (op.tables ?? []).map((each) => op.full ? rewritten(sizes.get(each)) : { class: 'scan', estimate: (0,cost_estimate/* scan */.SQ)(sizes.get(each)) });
        case 'reindex':
            return [{ class: 'index build', estimate: undefined }];
        case 'refresh-materialized-view':
            return [op.withData ? { class: 'rewrite', estimate: undefined } : nothing];
        case 'insert': {
            // One in a loop of code may run any number of times.
            if (op.source !== 'query')
                return [op.repeated ? undefined : rows(0, 1000)];
            const sources = op.reads.map((each) => sizes.get(each)?.rows);
            const most = sources.reduce((a, b) => (a === undefined || b === undefined ? undefined : a + b), 0);
            return [most === undefined ? undefined : rows(0, Math.max(1, most))];
        }
        case 'update':
        case 'delete': {
            if (!size)
                return [undefined];
            if (op.where === undefined)
                return [rows(size.rows, size.rows)];
            if (op.pinned.length > 0)
                return [rows(0, 1)];
            return [rows(0, op.bounded ? Math.min(batch, size.rows) : size.rows)];
        }
        case 'query':
        case 'hidden-sql':
        case 'other':
        case 'unparsed':
            return [undefined];
        case 'add-column':
        case 'alter-column-type':
        case 'alter-column':
        case 'alter-domain':
            return [told(op, read, size)];
        default:
            return [nothing];
    }
}
/** What is taken for the size of a batch: which one the statement asks for is not read. */
const batch = 10_000;
function rows(fewest, most) {
    return { class: 'rows', estimate: (0,cost_estimate/* rowWork */.OV)(fewest, most) };
}
function rewritten(size) {
    return { class: 'rewrite', estimate: (0,cost_estimate/* rewrite */.v8)(size) };
}
/** Whether it rewrites is for the rules to say, which compare the types. */
function told(op, { findings, rules }, size) {
    const here = findings.filter(({ at }) => at.file === op.at.file && at.line === op.at.line && at.column === op.at.column);
    const works = here.flatMap(({ rule }) => rules.find(({ name }) => name === rule)?.work ?? []);
    if (works.includes('rewrite'))
        return rewritten(size);
    return works.includes('scan') ? { class: 'scan', estimate: (0,cost_estimate/* scan */.SQ)(size) } : nothing;
}
/** How long each table is shut, in the order in which the locks are taken. */
function lockWindows(pending) {
    const all = pending.flatMap(({ statements }) => statements);
    const windows = [];
    for (const [index, { locks, at, transaction }] of all.entries()) {
        for (const { table, mode } of locks) {
            const shutsOut = (0,model_locks/* shutOutBy */.QH)(mode);
            const held = windows.find((each) => each.table === table && transactionOf(all, each) === transaction);
            if (!shutsOut || (held && (0,model_locks/* lockStrength */.JP)(held.mode) >= (0,model_locks/* lockStrength */.JP)(mode)))
                continue;
            const inside = all.slice(index).filter((each) => each.transaction === transaction);
            windows.push({
                table,
                mode,
                shutsOut,
                at,
                statements: inside.length,
                estimate: total(inside.map(({ estimate }) => estimate)),
            });
        }
    }
    return windows;
}
function transactionOf(all, { at }) {
    return all.find((each) => each.at === at)?.transaction;
}
/** Undefined where one is not known. */
function total(ranges) {
    return ranges.reduce((a, b) => a && b && { lowMs: a.lowMs + b.lowMs, highMs: a.highMs + b.highMs }, { lowMs: 0, highMs: 0 });
}

;// CONCATENATED MODULE: ./src/staging/checklist.ts


/** The list that a team goes through before a deployment, with what is known of each point. */
function checklistOf(facts, pending) {
    if (pending.length === 0)
        return [];
    return [
        preconditions(facts),
        backup(facts, pending),
        duration(facts),
        lockWindow(facts),
        blockers(facts),
        checklist_settings(facts),
        rollback(facts, pending),
        review(facts),
        {
            what: 'notify',
            state: 'ask',
            text: 'Say when it runs, and to whom it matters: only the team knows.',
            details: facts.lockWindows.map(({ table, shutsOut }) => `${table}: ${shutsOut} wait`).filter(isFirst),
        },
    ];
}
function isFirst(value, index, all) {
    return all.indexOf(value) === index;
}
/** Whether the rows that were counted make the upgrade fail. */
function isBroken({ counted, outcome, changedBefore }) {
    return outcome === 'fails' && changedBefore === undefined && counted.how !== 'not-counted' && counted.found > 0;
}
function preconditions({ preconditions: all }) {
    const broken = all.filter(isBroken);
    const changed = all.filter(({ outcome, counted }) => outcome === 'changes' && counted.how !== 'not-counted' && counted.found > 0);
    const open = all.filter((each) => !isBroken(each) && !changed.includes(each) && (each.counted.how !== 'exact' || each.counted.found > 0));
    if (all.length === 0)
        return {
            what: 'preconditions',
            state: 'ok',
            text: 'Nothing in it depends on the rows that are there, as far as its text tells.',
            details: [],
        };
    if (broken.length > 0) {
        const [first] = broken;
        return {
            what: 'preconditions',
            state: 'stop',
            text: `It fails on the data of staging: it needs that ${first?.needs}, but it has ${first && (0,figures/* countedWords */.gS)(first.counted)}${broken.length > 1 ? ` (and ${broken.length - 1} more)` : ''}.`,
            details: broken.map(({ needs, counted }) => `${needs}: ${(0,figures/* countedWords */.gS)(counted)}`),
        };
    }
    const details = [...changed, ...open].map(({ needs, counted, changedBefore }) => `${needs}: ${(0,figures/* countedWords */.gS)(counted)}${changedBefore ? `; ${changedBefore.file}:${changedBefore.line} changes rows of the table before, which may put it right` : ''}`);
    return details.length === 0
        ? {
            what: 'preconditions',
            state: 'ok',
            text: `The data of staging fits: ${all.map(({ needs }) => needs).join('; ')}.`,
            details: [],
        }
        : {
            what: 'preconditions',
            state: 'do',
            text: 'Look at the data before: see below what was found, sampled or not counted.',
            details,
        };
}
/** What an upgrade destroys, which no downgrade brings back. */
function losses(pending, { tables, preconditions: asked }) {
    const added = new Set();
    const told = pending.flatMap(({ name, up }) => up.statements.flatMap(({ operations }) => operations.flatMap((op) => {
        if (op.inside === 'function' || !('table' in op))
            return [];
        if (op.kind === 'add-column')
            added.add(`${op.table}.${op.column.name}`);
        const table = tables.find((each) => each.name === op.table && each.why === 'touched');
        if (!table)
            return [];
        const rows = `${(0,figures/* number */.ai)(table.rows)} rows`;
        const isOld = (column) => !added.has(`${op.table}.${column}`);
        switch (op.kind) {
            case 'drop-table':
                return [`${name} drops ${op.table} with about ${rows} (${(0,figures/* bytes */.ee)(table.heapBytes + table.toastBytes)})`];
            case 'drop-column':
                return isOld(op.column) ? [`${name} drops ${op.table}.${op.column} in about ${rows}`] : [];
            case 'truncate':
                return [`${name} empties ${op.table} of about ${rows}`];
            case 'delete':
                return [`${name} deletes rows of ${op.table} (about ${rows} in all)`];
            case 'update': {
                const columns = op.columns.filter(isOld).join(', ');
                return columns === '' ? [] : [`${name} overwrites ${columns} in ${op.table} (about ${rows} in all)`];
            }
            default:
                return [];
        }
    })));
    const lossy = asked.filter(({ outcome, counted }) => outcome === 'changes' && (counted.how !== 'exact' || counted.found > 0));
    return [...told, ...lossy.map(({ needs, counted }) => `${needs}: ${(0,figures/* countedWords */.gS)(counted)}`)];
}
function backup(facts, pending) {
    const lost = losses(pending, facts);
    if (lost.length > 0)
        return {
            what: 'backup',
            state: 'do',
            text: 'A backup is needed, because the upgrade destroys or overwrites values that no downgrade brings back.',
            details: lost,
        };
    const oneWay = facts.pending.filter(({ hasDowngrade }) => !hasDowngrade);
    if (oneWay.length > 0)
        return {
            what: 'backup',
            state: 'do',
            text: 'A backup is needed, because a migration has no way back of its own.',
            details: oneWay.map(({ name }) => name),
        };
    return {
        what: 'backup',
        state: 'ok',
        text: 'The upgrade itself destroys nothing. The usual backup is enough; see that one is there.',
        details: [],
    };
}
function duration({ pending }) {
    const statements = pending.flatMap((migration) => migration.statements);
    const unknown = statements.filter(({ estimate }) => !estimate);
    const known = total(statements.flatMap(({ estimate }) => estimate ?? []));
    const heavy = statements
        .filter(({ estimate }) => (estimate?.highMs ?? 0) > 1000)
        .map(({ at, class: kind, estimate }) => `${at.file}:${at.line}: ${kind}, ${(0,figures/* range */.y1)(estimate)} (${estimate?.restsOn})`);
    const rest = unknown.map(({ at }) => `${at.file}:${at.line}: cannot be told from its text`);
    return {
        what: 'duration',
        state: unknown.length > 0 || (known?.highMs ?? 0) > 60_000 ? 'do' : 'ok',
        text: `It takes ${(0,figures/* range */.y1)(known)} on data of this size, besides waiting for locks${unknown.length > 0 ? `; ${unknown.length} ${unknown.length === 1 ? 'statement is' : 'statements are'} not in that` : ''}.`,
        details: [...heavy, ...rest],
    };
}
function lockWindow({ lockWindows: windows }) {
    if (windows.length === 0)
        return { what: 'lock-window', state: 'ok', text: 'No table of staging is shut for reads or writes.', details: [] };
    const long = windows.some(({ estimate }) => estimate?.highMs === undefined || (estimate?.highMs ?? 0) > 2000);
    return {
        what: 'lock-window',
        state: long ? 'do' : 'ok',
        text: long
            ? 'Tables are shut for longer than users wait: choose a quiet time, or take the phases below.'
            : 'Tables are shut for moments only.',
        details: windows.map(({ table, mode, shutsOut, at, statements, estimate }) => `${table}: ${shutsOut} wait (${mode}) from ${at.file}:${at.line}, for ${statements === 1 ? 'that statement' : `${statements} statements`} to the end of its transaction: ${(0,figures/* range */.y1)(estimate)}`),
    };
}
function blockers({ blockers: all, tables, lockTimeoutMs }) {
    const invalid = tables.flatMap(({ name, indexes }) => indexes
        .filter(({ isValid }) => !isValid)
        .map((index) => `${index.name} on ${name} is invalid: drop it, or see what is building it`));
    const lines = all.map(({ kind, pid, table, mode, application, state, seconds }) => {
        const who = pid === undefined ? 'A prepared transaction' : `Process ${pid}${application ? ` (${application})` : ''}`;
        const what = table ? `holds ${mode} on ${table}` : `has a transaction open`;
        return `${who} ${what} for ${seconds} s${state ? `, ${state}` : ''}${kind === 'autovacuum' ? '; it gives way unless it prevents wraparound' : ''}`;
    });
    const long = all.filter(({ seconds }) => seconds * 1000 >= lockTimeoutMs);
    const details = [...lines, ...invalid];
    if (long.length > 0 || invalid.length > 0)
        return { what: 'blockers', state: 'do', text: 'At this moment something stands in the way.', details };
    return { what: 'blockers', state: 'ok', text: 'At this moment nobody stands in the way for long.', details };
}
function checklist_settings({ server, pending }) {
    const value = (name) => server?.settings.find((each) => each.name === name)?.value;
    const details = [];
    const setsOwn = pending.some(({ statements }) => statements.some(({ sql }) => /\block_timeout\b/i.test(sql)));
    if (!setsOwn && /^0/.test(value('lock_timeout') ?? '0'))
        details.push('lock_timeout is 0 for this role, and the migrations set none: a lock that is not granted makes everybody behind it wait. Set it, such as 2s.');
    const slots = server?.replication.slots.filter(({ isActive }) => !isActive) ?? [];
    for (const { name, keptBytes } of slots)
        details.push(`Replication slot ${name} is not in use, and the server keeps ${keptBytes === undefined ? 'its log' : `${(0,figures/* bytes */.ee)(keptBytes)} of log`} for it: a rewrite adds to that.`);
    for (const { name, lagBytes } of server?.replication.standbys ?? [])
        if ((lagBytes ?? 0) > 100_000_000)
            details.push(`Standby ${name} is ${(0,figures/* bytes */.ee)(lagBytes ?? 0)} behind.`);
    if ((server?.behind?.bytes ?? 0) > 100_000_000 || (server?.behind?.seconds ?? 0) > 60)
        details.push(`This is ${server && (0,figures/* replicaWords */.cz)(server)}: what is counted here was so then. Ask the primary.`);
    return details.length > 0
        ? { what: 'settings', state: 'do', text: 'Something in the settings or the replication wants a look.', details }
        : { what: 'settings', state: 'ok', text: 'Settings and replication have nothing against it.', details };
}
function rollback(facts, pending) {
    const oneWay = facts.pending.filter(({ hasDowngrade }) => !hasDowngrade);
    const lost = pending.flatMap(({ name, up }) => up.statements.flatMap(({ operations }) => operations.flatMap((op) => op.kind === 'add-column'
        ? [`${name}: what was written to ${op.table}.${op.column.name} since`]
        : op.kind === 'create-table'
            ? [`${name}: the rows of ${op.table}`]
            : [])));
    if (oneWay.length > 0)
        return {
            what: 'rollback',
            state: 'do',
            text: 'The way back is a restore from the backup, or a new migration forward.',
            details: oneWay.map(({ name }) => `${name} has no downgrade`),
        };
    return {
        what: 'rollback',
        state: losses(pending, facts).length > 0 ? 'do' : 'ok',
        text: losses(pending, facts).length > 0
            ? 'The downgrade gives the schema back, not the values that the upgrade destroys: for those, restore the backup.'
            : lost.length > 0
                ? 'The way back is the downgrade. It would lose what is written in between.'
                : 'The way back is the downgrade. It loses nothing that the text of the migrations tells of.',
        details: lost,
    };
}
function review({ findings }) {
    const number = (wanted) => findings.filter(({ severity }) => severity === wanted).length;
    const errors = number('error');
    const warnings = number('warning');
    const many = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;
    if (errors > 0)
        return {
            what: 'review',
            state: 'stop',
            text: `The rules have ${many(errors, 'blocking finding')} and ${many(warnings, 'warning')}.`,
            details: [],
        };
    if (warnings > 0)
        return { what: 'review', state: 'do', text: `The rules have ${many(warnings, 'warning')}.`, details: [] };
    return {
        what: 'review',
        state: 'ok',
        text: 'The rules have nothing against it. A person has still to read it.',
        details: [],
    };
}

// EXTERNAL MODULE: ./src/rehearse/preconditions/possible.ts + 6 modules
var preconditions_possible = __webpack_require__(3066);
;// CONCATENATED MODULE: ./src/staging/counts.ts






/** A table of more than this is sampled at once: reading all of it would push what others use out of the server's memory. */
const largeBytes = 8_000_000_000;
/** What a sample reads of it, about. */
const sampleBytes = 200_000_000;
/**
 * What the pending migrations ask of the data, counted on staging: every row, or a sample of a large table, or, where neither can be done
 * by reading alone, why not. Each query runs in a transaction of its own that cannot write, within the limits.
 *
 * @param options.callsOf the functions that a query calls, as it writes them; one that may do more than read is not run
 */
async function countedPreconditions(staging, options) {
    const { pending, schema, sizes, defaultSchema, callsOf } = options;
    const possible = (0,preconditions_possible/* possiblePreconditions */.Z)(pending, schema, staging);
    const found = [];
    for (const each of possible) {
        const { sqlstates, constraint: _, rows: __, make: ___, ...precondition } = each;
        found.push({
            ...precondition,
            sqlstate: each.outcome === 'fails' ? sqlstates[0] : undefined,
            migration: pending.find(({ up }) => up.file === each.at?.file)?.id ?? '',
            changedBefore: changedBefore(pending, each),
            counted: await counted(staging, each, { sizes, defaultSchema, callsOf }),
        });
    }
    return found;
}
async function counted(staging, possible, { sizes, defaultSchema, callsOf, }) {
    const { count, rows, table } = possible;
    if (count === undefined || !rows)
        return notCounted('no query on the schema of today can tell');
    const unsafe = await writers(staging, count, await callsOf(count), defaultSchema);
    if (unsafe !== undefined)
        return notCounted(unsafe);
    const size = sizes.get((0,model_locks/* plainName */.MH)(table));
    const isLarge = (size?.heapBytes ?? 0) > largeBytes;
    const whole = isLarge ? undefined : await asked(staging, count, defaultSchema);
    if (whole?.gaveWay)
        return notCounted('somebody waited for the table, and the count gave way');
    if (whole?.count !== undefined)
        return { how: 'exact', found: whole.count };
    if (whole && whole.sqlstate !== '57014')
        return notCounted(reason(whole.sqlstate));
    if ('keys' in rows)
        return notCounted(`${isLarge ? 'the table is large' : 'it took longer than statement_timeout'}, and no sample can tell whether rows are the same`);
    const percent = Math.min(100, Math.max(0.01, (100 * sampleBytes) / Math.max(1, size?.heapBytes ?? sampleBytes * 100)));
    const part = percent.toFixed(4);
    // The same rows each time, so that two runs say the same.
    const from = `${rows.from} TABLESAMPLE SYSTEM (${part}) REPEATABLE (1)`;
    const sample = await asked(staging, `SELECT count(*) FILTER (WHERE ${rows.where}) AS count, count(*) AS looked FROM ${from}`, defaultSchema);
    if (sample.gaveWay)
        return notCounted('somebody waited for the table, and the sample gave way');
    if (sample.count === undefined)
        return notCounted(reason(sample.sqlstate));
    return { how: 'sampled', found: sample.count, looked: sample.looked ?? 0, ofAbout: size?.rows ?? 0 };
}
function notCounted(why) {
    return { how: 'not-counted', why };
}
async function asked(staging, sql, defaultSchema) {
    try {
        // With parameters, though there are none: the server then takes one statement and no more.
        const { rows } = await staging.read((session) => session.query(sql, []), {
            searchPath: [defaultSchema],
            givesWay: true,
        });
        const [row] = rows;
        return { count: Number(row?.count ?? 0), ...(row?.looked !== undefined && { looked: Number(row.looked) }) };
    }
    catch (error) {
        if (error instanceof GaveWay)
            return { gaveWay: true };
        if (error instanceof server/* ServerError */.g && error.sqlstate !== undefined)
            return { sqlstate: error.sqlstate };
        throw error;
    }
}
function reason(sqlstate) {
    switch (sqlstate) {
        case '42501':
            return 'the role may not read the table (GRANT SELECT), or a policy hides rows from it (BYPASSRLS)';
        case '55P03':
            return 'somebody holds a lock that shuts out even readers (lock_timeout)';
        case '57014':
            return 'it took longer than statement_timeout';
        default:
            return `the query does not run on the schema of today (${sqlstate})`;
    }
}
/** Why a query is not run: it calls something that may do more than read. Operators and casts are taken for what they seem. */
async function writers(staging, count, calls, defaultSchema) {
    if (calls === undefined)
        return 'the query could not be read';
    if (calls.length === 0)
        return undefined;
    const names = calls.map((call) => call.split('.').at(-1) ?? call);
    const { rows } = await staging.read((session) => session.query(`SELECT DISTINCT proname AS name FROM pg_proc WHERE proname = ANY ($1) AND provolatile = 'v' ORDER BY 1`, [names]), { searchPath: [defaultSchema] });
    if (rows[0])
        return `it calls ${rows[0].name}, which may do more than read`;
    // A function may say less of itself than it does, or call one that does more.
    const { parts } = reached({ sql: count, operations: [] }, await staging.read(readCode));
    const beyond = parts.find((part) => whyOutside(part) !== undefined);
    return beyond && `it calls code that may do more than read (${beyond.name})`;
}
/** A statement before it, in any of the pending migrations, that changes rows of its table. */
function changedBefore(pending, { table, at }) {
    const name = (0,model_locks/* plainName */.MH)(table);
    for (const op of pending.flatMap(({ up }) => up.statements.flatMap(({ operations }) => operations))) {
        if (op.at === at)
            return undefined;
        const isChange = op.kind === 'update' || op.kind === 'delete' || op.kind === 'truncate';
        if (isChange && op.table === name)
            return op.at;
        // Code may do anything to it.
        if (op.kind === 'query' && op.calls.length > 0 && op.reads.includes(name))
            return op.at;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./src/staging/facts.ts
/** What decides how a migration waits, how long it works and who follows. */
const facts_settings = [
    'lock_timeout',
    'statement_timeout',
    'transaction_timeout',
    'idle_in_transaction_session_timeout',
    'default_transaction_read_only',
    'maintenance_work_mem',
    'max_parallel_maintenance_workers',
    'max_locks_per_transaction',
    'max_wal_size',
    'wal_level',
    'synchronous_standby_names',
];
/** Asks the server about itself. Rejects with ServerError. */
async function serverFacts(staging) {
    const { rows } = await staging.read((session) => session.query(facts_query, [facts_settings]));
    const [row] = rows;
    return {
        version: staging.version,
        major: staging.major,
        isReplica: staging.isReplica,
        ...(row?.behind && { behind: { bytes: row.behind.bytes ?? undefined, seconds: row.behind.seconds ?? undefined } }),
        settings: row?.settings ?? [],
        replication: {
            slots: (row?.slots ?? []).map((slot) => ({ ...slot, keptBytes: slot.keptBytes ?? undefined })),
            standbys: (row?.standbys ?? []).map(({ name, state, lagBytes }) => ({
                name,
                state: state ?? '',
                lagBytes: lagBytes ?? undefined,
            })),
        },
    };
}
/**
 * A replica that has replayed all that it was sent is up to date, however long ago the last change was; what it was not sent yet, it cannot know
 * (https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-RECOVERY-CONTROL). `reset_val` is what the role gets at the start of a session, whatever we set since. */
const facts_query = `
  WITH here AS (
    SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS lsn
  )
  SELECT
    (SELECT coalesce(json_agg(json_build_object('name', s.name, 'value', concat(s.reset_val, CASE WHEN s.reset_val ~ '^-?[0-9]+$' THEN s.unit END))
       ORDER BY array_position($1, s.name)), '[]') FROM pg_settings s WHERE s.name = ANY ($1)) AS settings,
    (SELECT coalesce(json_agg(json_build_object('name', r.slot_name, 'type', r.slot_type, 'isActive', r.active,
       'keptBytes', pg_wal_lsn_diff(here.lsn, r.restart_lsn)) ORDER BY r.slot_name), '[]') FROM pg_replication_slots r, here) AS slots,
    (SELECT coalesce(json_agg(json_build_object('name', r.application_name, 'state', r.state,
       'lagBytes', pg_wal_lsn_diff(here.lsn, r.replay_lsn)) ORDER BY r.application_name), '[]') FROM pg_stat_replication r, here) AS standbys,
    (SELECT json_build_object('bytes', pg_wal_lsn_diff(coalesce(pg_last_wal_receive_lsn(), here.lsn), here.lsn),
       'seconds', CASE WHEN pg_last_wal_receive_lsn() <= here.lsn THEN 0
         ELSE round(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())) END)
     FROM here WHERE pg_is_in_recovery()) AS behind`;

;// CONCATENATED MODULE: ./src/staging/phases.ts
const texts = {
    expand: 'Expand: add what is new, so that the running release goes on as before. One migration, quick, with lock_timeout.',
    deploy: 'Deploy the release that writes both, the old and the new, and reads the new where it is there.',
    backfill: 'Backfill the rows that are there, in batches of their own transactions, at a quiet time.',
    contract: 'Contract: when no release needs the old any more, make the new binding and take the old away. Another migration.',
};
/**
 * The change as expand, deploy, backfill and contract, with SQL for each, where one migration would do what belongs into several: a column
 * that is filled and made NOT NULL, or something that the running release still uses and that goes or gets another name or type.
 * Empty where the change is one step.
 */
function phasesOf(pending, sizes) {
    const operations = pending
        .flatMap(({ up }) => up.statements.flatMap(({ operations }) => operations))
        .filter(({ inside }) => inside !== 'function');
    const added = new Set(operations.flatMap((op) => (op.kind === 'add-column' ? key(op.table, op.column.name) : [])));
    const isOld = (table) => sizes.has(table);
    const steps = operations.flatMap((op) => stepsOf(op, added, isOld));
    // What only adds, or only checks, is one step: the findings say how to do it gently.
    if (!steps.some(([phase]) => phase === 'backfill' || phase === 'contract'))
        return [];
    const names = ['expand', 'deploy', 'backfill', 'contract'];
    return names.flatMap((name) => {
        const sql = [...new Set(steps.flatMap(([phase, text]) => (phase === name ? text : [])))];
        return sql.length === 0 && name !== 'deploy' ? [] : [{ name, text: texts[name], sql }];
    });
}
function stepsOf(op, added, isOld) {
    switch (op.kind) {
        case 'add-column': {
            if (!isOld(op.table))
                return [];
            const { name, type, notNull, default: value } = op.column;
            const column = `ALTER TABLE ${quoted(op.table)} ADD COLUMN ${quote(name)} ${type}`;
            if (!notNull || value !== undefined)
                return [['expand', `${column};`]];
            return [['expand', `${column};`], ...filled(op.table, name), ...required(op.table, name)];
        }
        case 'update': {
            const columns = op.columns.filter((column) => added.has(key(op.table, column)));
            return isOld(op.table) ? columns.flatMap((column) => filled(op.table, column)) : [];
        }
        case 'set-not-null':
            if (!isOld(op.table))
                return [];
            return [
                ...(added.has(key(op.table, op.column)) ? [] : filled(op.table, op.column)),
                ...required(op.table, op.column),
            ];
        case 'drop-column':
            return isOld(op.table) && !added.has(key(op.table, op.column))
                ? [['contract', `ALTER TABLE ${quoted(op.table)} DROP COLUMN ${quote(op.column)};`]]
                : [];
        case 'drop-table':
            return isOld(op.table) ? [['contract', `DROP TABLE ${quoted(op.table)};`]] : [];
        case 'rename':
            return renamed(op, isOld);
        case 'alter-column-type':
            return isOld(op.table) ? retyped(op.table, op.column, op.type) : [];
        default:
            return [];
    }
}
function renamed(op, isOld) {
    const to = quote(op.to);
    if (op.object === 'table' && isOld(op.name)) {
        const table = quoted(op.name);
        const schema = quote(op.name.split('.')[0] ?? '');
        return [
            ['expand', `CREATE VIEW ${schema}.${to} AS SELECT * FROM ${table};`],
            ['contract', `BEGIN; DROP VIEW ${schema}.${to}; ALTER TABLE ${table} RENAME TO ${to}; COMMIT;`],
        ];
    }
    if (op.object !== 'column' || !op.table || !isOld(op.table))
        return [];
    const from = quote(op.name);
    return [
        ['expand', `ALTER TABLE ${quoted(op.table)} ADD COLUMN ${to} …; -- with the type of ${from}`],
        ['backfill', batches(op.table, `${to} = ${from}`, `${to} IS DISTINCT FROM ${from}`)],
        ['contract', `ALTER TABLE ${quoted(op.table)} DROP COLUMN ${from};`],
    ];
}
function retyped(table, column, type) {
    const fresh = quote(`${column}_new`);
    return [
        ['expand', `ALTER TABLE ${quoted(table)} ADD COLUMN ${fresh} ${type};`],
        [
            'backfill',
            batches(table, `${fresh} = ${quote(column)}::${type}`, `${fresh} IS NULL AND ${quote(column)} IS NOT NULL`),
        ],
        [
            'contract',
            `BEGIN; ALTER TABLE ${quoted(table)} DROP COLUMN ${quote(column)}; ALTER TABLE ${quoted(table)} RENAME COLUMN ${fresh} TO ${quote(column)}; COMMIT;`,
        ],
    ];
}
function filled(table, column) {
    return [['backfill', batches(table, `${quote(column)} = …`, `${quote(column)} IS NULL`)]];
}
/** Until it changes no row any more; PostgreSQL has no UPDATE … LIMIT. */
function batches(table, set, where) {
    return `UPDATE ${quoted(table)} SET ${set} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${quoted(table)} WHERE ${where} LIMIT 5000 FOR UPDATE SKIP LOCKED)); -- again until it changes no row`;
}
/** A proven CHECK saves SET NOT NULL the look at every row: https://www.postgresql.org/docs/current/sql-altertable.html */
function required(table, column) {
    const check = quote(`${column}_not_null`);
    const alter = `ALTER TABLE ${quoted(table)}`;
    return [
        ['contract', `${alter} ADD CONSTRAINT ${check} CHECK (${quote(column)} IS NOT NULL) NOT VALID;`],
        ['contract', `${alter} VALIDATE CONSTRAINT ${check}; -- in a transaction of its own`],
        ['contract', `${alter} ALTER COLUMN ${quote(column)} SET NOT NULL;`],
        ['contract', `${alter} DROP CONSTRAINT ${check};`],
    ];
}
function key(table, column) {
    return `${table} ${column}`;
}
function quoted(name) {
    const [schema = '', ...rest] = name.split('.');
    return `${quote(schema)}.${quote(rest.join('.'))}`;
}
/** Quoted unless every reader writes it without quotes. */
function quote(name) {
    return /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
/** Those that turn up as names of tables and columns. https://www.postgresql.org/docs/current/sql-keywords-appendix.html */
const reserved = new Set([
    'all',
    'and',
    'array',
    'as',
    'asc',
    'both',
    'case',
    'cast',
    'check',
    'column',
    'default',
    'desc',
    'do',
    'else',
    'end',
    'for',
    'foreign',
    'from',
    'grant',
    'group',
    'having',
    'in',
    'limit',
    'not',
    'null',
    'offset',
    'on',
    'only',
    'or',
    'order',
    'primary',
    'references',
    'select',
    'table',
    'then',
    'to',
    'true',
    'false',
    'union',
    'unique',
    'user',
    'using',
    'when',
    'where',
    'window',
    'with',
]);

;// CONCATENATED MODULE: ./src/staging/tables.ts

/**
 * The tables of staging that are named here, or whose index or view is, and those that a foreign key ties to one of them; names that
 * staging does not have are left out. Only catalogs and statistics are read. A table whose size cannot be asked, because somebody holds
 * ACCESS EXCLUSIVE on it, is told in `notChecked`. Rejects with ServerError.
 */
async function touchedTables(staging, names) {
    const { rows } = await staging.read((session) => session.query(known, [names]));
    const tables = [];
    const notChecked = [];
    for (const { oid, name, why, foreignKeys } of rows) {
        try {
            const measured = await staging.read((session) => session.query(measure, [oid]));
            const [found] = measured.rows;
            if (found)
                tables.push({ name, why, foreignKeys, ...found });
        }
        catch (error) {
            const why = error instanceof server/* ServerError */.g ? reasons[error.sqlstate ?? ''] : undefined;
            if (why === undefined)
                throw error;
            notChecked.push({ what: `The size of ${name}`, why });
        }
    }
    return { tables, notChecked };
}
const reasons = {
    '55P03': 'Somebody holds a lock on it that shuts out even readers, and did not let go within lock_timeout.',
    '57014': 'The server did not answer within statement_timeout.',
};
/** The sizes of tables by name, as the estimates and the rules take them. */
function sizesOf(tables) {
    return new Map(tables.map(({ name, rows, heapBytes, toastBytes, indexBytes, writesPerSecond }) => [
        name,
        { rows, heapBytes, toastBytes, indexBytes, writesPerSecond },
    ]));
}
/** Names without quotes, as operations have them. An index stands for its table; a view for what it reads is not followed. */
const known = `
  WITH named AS (
    SELECT coalesce(i.indrelid, c.oid) AS oid
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
    WHERE n.nspname || '.' || c.relname = ANY ($1) AND c.relkind IN ('r', 'p', 'm', 'i', 'I')
  ), keys AS (
    SELECT k.* FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0
      AND (k.conrelid IN (SELECT oid FROM named) OR k.confrelid IN (SELECT oid FROM named))
  ), every AS (
    SELECT oid, 'touched' AS why FROM named
    UNION SELECT each, 'neighbour' FROM keys, unnest(ARRAY[conrelid, confrelid]) AS each WHERE each NOT IN (SELECT oid FROM named)
  ), names AS (
    SELECT c.oid, n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  )
  SELECT e.oid::int8::text AS oid, o.name, e.why,
    (SELECT coalesce(json_agg(json_build_object('name', k.conname, 'from', f.name, 'to', t.name, 'isValidated', k.convalidated)
       ORDER BY f.name COLLATE "C", k.conname COLLATE "C"), '[]')
     FROM keys k JOIN names f ON f.oid = k.conrelid JOIN names t ON t.oid = k.confrelid
     WHERE e.oid IN (k.conrelid, k.confrelid)) AS "foreignKeys"
  FROM every e JOIN names o ON o.oid = e.oid ORDER BY o.name COLLATE "C"`;
/** A partitioned table is the sum of its partitions. A table that was never analyzed counts as one row for every 200 bytes. */
const measure = `
  WITH parts AS (
    SELECT c.*, pg_relation_size(c.oid) AS heap FROM pg_class c JOIN pg_class root ON root.oid = $1
    WHERE CASE root.relkind WHEN 'p' THEN c.relkind <> 'p' AND c.oid IN (SELECT relid FROM pg_partition_tree(root.oid))
      ELSE c.oid = root.oid END
  )
  SELECT coalesce(sum(CASE WHEN c.reltuples >= 0 AND c.relpages > 0 THEN c.reltuples::int8 ELSE c.heap / 200 END), 0)::float8 AS rows,
    coalesce(sum(c.heap), 0)::float8 AS "heapBytes",
    coalesce(sum(CASE WHEN c.reltoastrelid = 0 THEN 0 ELSE pg_total_relation_size(c.reltoastrelid) END), 0)::float8 AS "toastBytes",
    coalesce(sum(pg_indexes_size(c.oid)), 0)::float8 AS "indexBytes",
    round(coalesce(sum((s.n_tup_ins + s.n_tup_upd + s.n_tup_del) /
      greatest(1, extract(epoch FROM now() - coalesce(d.stats_reset, pg_postmaster_start_time())))), 0)::numeric, 3)::float8 AS "writesPerSecond",
    coalesce(bool_or(c.heap > 0 AND (c.reltuples < 0 OR c.relpages = 0)), false) AS "isGuess",
    (SELECT coalesce(json_agg(json_build_object('name', x.relname, 'definition', pg_get_indexdef(x.oid), 'bytes', pg_relation_size(x.oid),
       'isValid', i.indisvalid) ORDER BY x.relname COLLATE "C"), '[]')
     FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = $1) AS indexes
  FROM parts c LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid LEFT JOIN pg_stat_database d ON d.datname = current_database()`;

// EXTERNAL MODULE: ./src/model/named.ts
var model_named = __webpack_require__(5964);
;// CONCATENATED MODULE: ./src/staging/touched.ts

/** Every relation that these upgrades name, whether it is there or not: tables, views, indexes, sequences. */
function namesIn(migrations) {
    const operations = migrations.flatMap(({ up }) => up.statements.flatMap(({ operations }) => operations));
    const all = operations.map(model_named/* named */.K).flatMap(({ relations, reads }) => [...relations, ...reads]);
    return [...new Set(all)].sort();
}

;// CONCATENATED MODULE: ./src/staging/plan.ts












/**
 * What the pending migrations would meet on staging, by reading alone: see `Staging.read`. Rejects with Unavailable where staging does not
 * answer what nothing can be said without.
 */
async function plan(options) {
    const { staging, mode, project, migrations, defaultSchema, bytes, log } = options;
    const notChecked = [...project.notChecked];
    log('Reading the version table …');
    const versions = await must('The version table', staging.read((session) => readVersions(session, {
        tool: project.tool,
        table: options.versionTable,
        repository: { migrations: project.migrations, directory: project.directory, bytes },
        defaultSchema,
    })));
    const server = await must('The server', serverFacts(staging));
    const waiting = migrations.filter(({ id }) => versions.pending.has(id));
    const target = typeof options.target === 'function' ? options.target(waiting) : options.target;
    const isLeftOut = (id) => target !== undefined && !target.included.has(id);
    const pending = waiting.filter(({ id }) => !isLeftOut(id));
    const leftOut = waiting.filter(({ id }) => isLeftOut(id));
    // The tool writes it with each migration: nothing to tell.
    const own = versions.table && (0,model_locks/* plainName */.MH)(versions.table.table);
    log(`${pending.length} pending. Looking at the tables that they touch …`);
    const touched = await must('The sizes of the tables', touchedTables(staging, namesIn(pending).filter((name) => name !== own)));
    const sizes = sizesOf(touched.tables);
    const judgement = await options.judge(idsOf(pending), { major: staging.major, sizes, leftOut: idsOf(leftOut) });
    const statements = planned(judgement.contexts, sizes, judgement);
    const inTheWay = await must('Who holds locks', blockersOf(staging, statements.flatMap((each) => each.statements.flatMap(({ locks }) => locks))));
    log('Counting what the migrations ask of the data …');
    const counted = await counts(options, pending, sizes, versions.table?.table);
    notChecked.push(...versions.notChecked, ...touched.notChecked, ...judgement.notChecked, ...inTheWay.notChecked, ...counted.notChecked);
    const facts = {
        mode,
        tool: project.tool,
        directory: project.directory,
        server,
        versions: versions.table,
        pending: statements,
        target: target && targetReached(target, leftOut),
        versionDrift: versions.drift,
        tables: touched.tables,
        blockers: inTheWay.blockers,
        lockWindows: lockWindows(statements),
        preconditions: counted.preconditions,
        findings: judgement.reported,
        notChecked,
    };
    const { lockTimeoutMs } = staging.limits;
    const checklist = checklistOf({ ...facts, lockTimeoutMs }, pending);
    const whole = { ...facts, checklist, phases: phasesOf(pending, sizes) };
    return { ...whole, verdict: verdictOf(whole) };
}
function idsOf(migrations) {
    return new Set(migrations.map(({ id }) => id));
}
function targetReached({ id, name }, leftOut) {
    return { id, name, leftOut: leftOut.map((each) => ({ id: each.id, name: each.name, file: each.file })) };
}
/** `unknown`, `edited`, `failed`: staging is not where the repository thinks. */
function verdictOf(run) {
    const { findings, preconditions, versionDrift, checklist, notChecked, schemaDrift = [] } = run;
    const isOff = versionDrift.some(({ kind }) => kind === 'unknown' || kind === 'edited' || kind === 'failed');
    if (isOff || preconditions.some(isBroken) || findings.some(({ severity }) => severity === 'error'))
        return 'block';
    if (notChecked.length > 0)
        return 'error';
    return versionDrift.length > 0 || schemaDrift.length > 0 || checklist.some(({ state }) => state === 'do')
        ? 'warn'
        : 'pass';
}
async function counts({ staging, defaultSchema, callsOf }, pending, sizes, versionTable) {
    if (pending.length === 0)
        return { preconditions: [], notChecked: [] };
    try {
        const schema = await staging.snapshot(versionTable === undefined ? [] : [versionTable]);
        const preconditions = await countedPreconditions(staging, { pending, schema, sizes, defaultSchema, callsOf });
        // Where a statement before changes such rows, no count would tell either: the checklist has it, and the other modes try it.
        const open = preconditions.filter(({ counted, outcome, changedBefore }) => counted.how === 'not-counted' && outcome === 'fails' && changedBefore === undefined);
        return {
            preconditions,
            notChecked: open.map(({ needs, counted }) => ({
                what: `Whether ${needs}`,
                why: counted.how === 'not-counted' ? `It was not counted: ${counted.why}.` : '',
            })),
        };
    }
    catch (error) {
        if (!(error instanceof server/* ServerError */.g) || error.sqlstate === undefined)
            throw error;
        return { preconditions: [], notChecked: [{ what: 'The preconditions', why: refusal(error).message }] };
    }
}
async function must(what, work) {
    try {
        return await work;
    }
    catch (error) {
        throw error instanceof server/* ServerError */.g ? refusal(error, what) : error;
    }
}

// EXTERNAL MODULE: ./src/texts.ts
var src_texts = __webpack_require__(6279);
;// CONCATENATED MODULE: ./src/dry-run.ts
var dry_run_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var dry_run_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Holds the migrations of the work tree against staging.
 * @throws UserError for what keeps it from beginning (no migrations found, several histories), Cancelled when `signal` aborts
 */
async function dryRun(options) {
    const { config, repository, url, mode, limits, signal, log } = options;
    const project = await onlyProject(repository, config);
    const migrations = await (0,parse_history/* parseHistory */.i)(project, config, repository);
    const bytes = (file) => bytesOf(repository, file);
    const target = await wanted(options.to, project, bytes);
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            log('Connecting to staging …');
            const staging = dry_run_addDisposableResource(env_1, await openStaging({ url, limits }), true);
            const end = () => void staging[Symbol.asyncDispose]();
            signal.addEventListener('abort', end, { once: true });
            const planned = await plan({
                staging,
                mode,
                project,
                migrations,
                target,
                versionTable: options.versionTable,
                defaultSchema: config.defaultSchema,
                bytes,
                callsOf: (sql) => callsOf(sql, config.defaultSchema),
                judge: (pending, about) => judged(options, project, without(migrations, about.leftOut), pending, about),
                log,
            });
            const leftOut = new Set(planned.target?.leftOut.map(({ id }) => id));
            return await beyondThePlan(options, { staging, project, migrations: without(migrations, leftOut), plan: planned });
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = dry_run_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (error) {
        if (signal.aborted)
            throw new errors/* Cancelled */.c('The run was ended.');
        if (error instanceof server/* ServerError */.g)
            return notAsked(options, project, refusal(error));
        if (!(error instanceof Unavailable))
            throw error;
        return notAsked(options, project, error);
    }
}
/** Where to stop, as far as it can be told before staging is asked what is pending there. */
async function wanted(to, project, bytes) {
    if (to === undefined)
        return undefined;
    const steps = stepsAhead(to, project);
    if (steps === undefined)
        return await targetOf(to, project, bytes);
    return (pending) => targetAhead(steps, pending, project);
}
function without(migrations, ids) {
    return ids.size === 0 ? migrations : migrations.filter(({ id }) => !ids.has(id));
}
/** What the mode asks for besides, and how staging differs from what its migrations build. */
async function beyondThePlan(options, of) {
    const { staging, project, plan: planned } = of;
    const pending = new Set(planned.pending.map(({ id }) => id));
    if (options.mode === 'apply-and-rollback') {
        if (pending.size === 0)
            return planned;
        options.log('Trying the pending migrations on staging, to be rolled back …');
        const migrations = of.migrations.filter(({ id }) => pending.has(id));
        const { versions } = planned;
        const tried = await triedOn(staging, { migrations, versions, signal: options.signal });
        // What was read stands, whatever became of the try.
        if (tried instanceof Unavailable) {
            const why = { what: 'How the pending migrations do on staging', why: tried.message };
            const whole = { ...planned, notChecked: [...planned.notChecked, why] };
            return { ...whole, verdict: verdictOf(whole) };
        }
        const notChecked = [...planned.notChecked, ...untried(tried)];
        const whole = { ...planned, tried, notChecked };
        return { ...whole, verdict: tried.outcome === 'failed' ? 'block' : verdictOf(whole) };
    }
    if (options.config.roundTrip === 'off' && options.mode === 'plan')
        return planned;
    const sizes = sizesOf(planned.tables);
    const thrown = await onThrowaway(options, { ...of, sizes });
    const { schemaDrift, rehearsal, notChecked } = thrown;
    const facts = { ...planned, schemaDrift, notChecked: [...planned.notChecked, ...notChecked] };
    if (!rehearsal)
        return { ...facts, verdict: verdictOf(facts) };
    const about = { major: staging.major, sizes };
    const { reported } = await judged(options, project, thrown.migrations, pending, about, rehearsal);
    const migrations = thrown.migrations
        .filter(({ id }) => pending.has(id))
        .map(({ id, name, file }) => ({ id, name, file, isNew: true, roundTrip: rehearsal.roundTrips.get(id) }));
    const whole = { ...facts, findings: reported, rehearsal: { postgres: rehearsal.postgres, migrations } };
    return { ...whole, verdict: verdictOf(whole) };
}
async function triedOn(staging, options) {
    try {
        return await applyAndRollBack(staging, options);
    }
    catch (error) {
        if (options.signal.aborted)
            throw error;
        if (error instanceof server/* ServerError */.g)
            return refusal(error);
        if (error instanceof Unavailable)
            return error;
        throw error;
    }
}
/** The script's own BEGIN and COMMIT lack nobody anything. */
function untried({ leftOut }) {
    return leftOut
        .filter(({ isWrapper }) => !isWrapper)
        .map(({ migration, at, why }) => ({
        what: `A statement of ${migration} on staging`,
        why: `It was not run: ${why}`,
        at,
    }));
}
/**
 * 3: what the mode asks for could not be done, whatever else was found; or something was not checked, and nothing else decides. 1: it would
 * not go as it should.
 */
function dryRunExitCode(run, failOn) {
    if (!run.server || (0,dry_run/* isUndone */.Y_)(run))
        return 3;
    const counts = failOn === 'warning' ? ['error', 'warning'] : failOn === 'error' ? ['error'] : [];
    const isFound = run.findings.some(({ severity }) => counts.includes(severity));
    const isBlocked = failOn !== 'never' && run.verdict === 'block';
    if (isFound || isBlocked || (failOn === 'warning' && run.verdict === 'warn'))
        return 1;
    return run.notChecked.length > 0 ? 3 : 0;
}
async function onlyProject(repository, config) {
    const { tool, directory } = config;
    const projects = await (0,read/* readProjects */.VH)({ repository, tool, directory, changed: [], commands: (0,config_rehearsal/* ownCommands */.hO)(config) });
    const [project, ...others] = projects;
    if (!project)
        throw new errors/* UserError */.y('No migrations were found. Name their folder with --directory.');
    if (others.length > 0)
        throw new errors/* UserError */.y(`There are several histories of migrations: ${projects.map((each) => each.directory || '.').join(', ')}. Name the one of this database with --directory.`);
    return project;
}
async function judged({ rules, repository, config }, project, all, pending, { major, sizes }, rehearsal) {
    const migrations = all.map((migration) => ({
        ...migration,
        status: pending.has(migration.id) ? 'new' : 'base',
    }));
    const history = {
        tool: project.tool,
        hasDowngrades: project.hasDowngrades,
        major,
        lineage: project.lineage,
        migrations,
        sizes,
    };
    const read = (0,lint/* lint */.u8)(history, rules);
    const findings = rehearsal ? (0,weigh/* weigh */.v)(read, history, rehearsal.roundTrips, rules) : read;
    const fresh = migrations.filter(({ status }) => status === 'new');
    const accepted = (0,ignore/* withoutIgnored */.f)(findings, {
        migrations: fresh,
        rules,
        wasRun: (id) => rehearsal?.roundTrips.has(id) ?? false,
        texts: (0,src_texts/* textsOf */.C)(repository, fresh, findings),
        settings: config.ignore,
    });
    return {
        findings,
        rules,
        reported: accepted.findings,
        contexts: (0,lint_history/* contexts */.J)(history),
        notChecked: fresh.flatMap(({ name, up }) => [
            ...up.unreadable.map(({ reason, at }) => ({ what: `A part of ${name} (up)`, why: `${reason}.`, at })),
            ...up.statements
                .filter(({ operations }) => operations.some(({ kind }) => kind === 'unparsed'))
                .map(({ at }) => ({ what: `A statement of ${name} (up)`, why: 'PostgreSQL’s grammar refuses it.', at })),
        ]),
    };
}
/** The functions that a query of ours calls: it holds expressions of the migrations. Undefined: it could not be read. */
async function callsOf(sql, defaultSchema) {
    const at = { file: 'count.sql', line: 1, column: 1, endLine: 1 };
    const anchors = [{ offset: 0, line: 1, column: 1, verbatim: true }];
    const up = {
        direction: 'up',
        file: at.file,
        at,
        fragments: [{ kind: 'sql', sql, file: at.file, anchors }],
        transaction: 'none',
    };
    const migration = { id: '', name: '', file: at.file, parents: [], up, down: undefined, status: 'new' };
    const { up: parsed } = await (0,parse/* parseMigration */.m)(migration, { defaultSchema });
    const operations = parsed.statements.flatMap((statement) => statement.operations);
    const [only] = operations;
    if (parsed.unreadable.length > 0 || operations.length !== 1 || only?.kind !== 'query')
        return undefined;
    return only.calls;
}
async function bytesOf(repository, file) {
    try {
        return await (0,promises_.readFile)((0,external_node_path_.join)(repository, file));
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return undefined;
        throw error;
    }
}
function notAsked({ mode }, project, error) {
    return {
        mode,
        verdict: 'error',
        tool: project.tool,
        directory: project.directory,
        server: undefined,
        versions: undefined,
        pending: [],
        versionDrift: [],
        tables: [],
        blockers: [],
        lockWindows: [],
        preconditions: [],
        findings: [],
        checklist: [],
        phases: [],
        notChecked: [{ what: 'Staging', why: error.message }],
    };
}


/***/ }),

/***/ 976:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ai: () => (/* binding */ number),
/* harmony export */   cz: () => (/* binding */ replicaWords),
/* harmony export */   ee: () => (/* binding */ bytes),
/* harmony export */   gS: () => (/* binding */ countedWords),
/* harmony export */   y1: () => (/* binding */ range)
/* harmony export */ });
/** `1,234,567` */
function number(count) {
    return Math.round(count).toLocaleString('en-US');
}
/** `4.1 GB` */
function bytes(size) {
    const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
    const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, size)) / 3)));
    return `${Math.round((size / 1000 ** step) * 10) / 10} ${units[step]}`;
}
/** `2 to 40 s` */
function range(span) {
    if (!span)
        return 'a time that cannot be told';
    if (span.highMs < 1000)
        return 'less than a second';
    return `${time(span.lowMs)} to ${time(span.highMs)}`;
}
function time(ms) {
    if (ms < 1000)
        return `${Math.round(ms)} ms`;
    if (ms < 120_000)
        return `${Math.round(ms / 100) / 10} s`;
    if (ms < 7_200_000)
        return `${Math.round(ms / 60_000)} min`;
    return `${Math.round(ms / 360_000) / 10} h`;
}
/** `a replica, 1.2 MB and 40 s behind`; undefined for a server that is none. */
function replicaWords({ isReplica, behind }) {
    if (!isReplica)
        return undefined;
    const { bytes: missing = 0, seconds = 0 } = behind ?? {};
    const parts = [...(missing > 0 ? [bytes(missing)] : []), ...(seconds > 0 ? [`${number(seconds)} s`] : [])];
    return parts.length > 0 ? `a replica, ${parts.join(' and ')} behind` : 'a replica that has replayed what it was sent';
}
/** `3 rows in the way`, with how it was counted. */
function countedWords(counted) {
    switch (counted.how) {
        case 'exact':
            return counted.found === 0
                ? 'no row in the way'
                : `${number(counted.found)} ${counted.found === 1 ? 'row' : 'rows'} in the way`;
        case 'sampled':
            return `${number(counted.found)} in the way among ${number(counted.looked)} sampled of about ${number(counted.ofAbout)} rows${counted.found === 0 ? ', which proves nothing about the others' : ''}`;
        case 'not-counted':
            return `not counted: ${counted.why}`;
    }
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


/***/ }),

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

/***/ 8247:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Hk: () => (/* binding */ dryRunHeadline),
/* harmony export */   KE: () => (/* binding */ listed),
/* harmony export */   LT: () => (/* binding */ targetWords),
/* harmony export */   WR: () => (/* binding */ points)
/* harmony export */ });
/* harmony import */ var _model_dry_run_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5536);
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4512);


/** The verdict of a dry run in words. Plain text, to be escaped where names stand in it. */
function dryRunHeadline(run) {
    const { verdict, pending, checklist, notChecked, versionDrift, schemaDrift = [] } = run;
    const waiting = pending.length === 0 ? 'nothing is pending' : `${(0,_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(pending.length, 'migration')} pending`;
    const open = checklist.filter(({ state }) => state === 'do').length;
    if (!run.server)
        return { icon: '⛔', title: 'staging was not asked', consequence: notChecked.map(({ why }) => why).join(' ') };
    switch (verdict) {
        case 'block':
            return {
                icon: '❌',
                title: `${waiting}, not to be applied as it is${(0,_model_dry_run_js__WEBPACK_IMPORTED_MODULE_1__/* .isUndone */ .Y_)(run) ? `; ${run.mode} was not done` : ''}`,
                consequence: reason(run),
            };
        case 'error':
            return {
                icon: '⛔',
                title: `${waiting}, could not decide (${(0,_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(notChecked.length, 'thing')} not checked)`,
                consequence: 'This is not a pass: what was not checked may fail.',
            };
        case 'warn':
            return {
                icon: '⚠️',
                title: `${waiting}, ${open > 0 ? `${(0,_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(open, 'thing')} to do before` : 'something to know before'}`,
                consequence: versionDrift[0]?.message ??
                    (schemaDrift.length > 0
                        ? `Staging is not what its migrations build: ${(0,_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(schemaDrift.length, 'difference')}.`
                        : (checklist.find(({ state }) => state === 'do')?.text ?? '')),
            };
        case 'pass':
            return {
                icon: '✅',
                title: waiting,
                consequence: pending.length > 0
                    ? 'Nothing on staging stands in its way.'
                    : run.target
                        ? `Staging has ${run.target.name} already.`
                        : 'Staging is where the repository is.',
            };
    }
}
/** Where it stops, and what that leaves out. Plain text; undefined: it goes to the end. */
function targetWords({ target }) {
    if (!target)
        return undefined;
    const { name, leftOut } = target;
    if (leftOut.length === 0)
        return `Up to ${name}. Nothing more is pending behind it.`;
    const names = leftOut.slice(0, 5).map((each) => each.name);
    const more = leftOut.length > names.length ? `, and ${leftOut.length - names.length} more` : '';
    return `Up to ${name}. Not looked at: ${names.join(', ')}${more}.`;
}
function reason({ versionDrift, checklist, findings, tried }) {
    if (tried?.error)
        return `Tried on staging, it fails: ${tried.error.message}.`;
    const off = versionDrift.find(({ kind }) => kind !== 'out-of-order');
    const stop = checklist.find(({ state }) => state === 'stop');
    return off?.message ?? stop?.text ?? findings.find(({ severity }) => severity === 'error')?.message ?? '';
}
const listed = { ok: '✅', do: '⚠️', stop: '❌', ask: '❔' };
const points = {
    backup: 'Backup',
    duration: 'Duration',
    'lock-window': 'Locks',
    rollback: 'Way back',
    preconditions: 'Data',
    blockers: 'Blockers',
    settings: 'Settings',
    review: 'Review',
    notify: 'Notice',
};


/***/ }),

/***/ 8982:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ dryRunJson)
/* harmony export */ });
/** `version` grows when a field changes its meaning or goes. What is not known is null. */
function dryRunJson(run) {
    const unknown = (_, value) => (value === undefined ? null : value);
    return `${JSON.stringify({ version: 1, kind: 'dry-run', ...run }, unknown, 2)}\n`;
}


/***/ }),

/***/ 1681:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ dryRunMarkdown)
/* harmony export */ });
/* harmony import */ var _model_figures_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(976);
/* harmony import */ var _dry_run_headline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8247);
/* harmony import */ var _dry_run_modes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1966);
/* harmony import */ var _inert_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1822);




/**
 * A dry run in the Markdown that GitHub shows, for the summary of a job: the verdict first.
 * @param bytes how long it may be in UTF-8; the lists of statements, tables and findings are left out where it would be longer
 */
function dryRunMarkdown(run, { version }, bytes = Number.POSITIVE_INFINITY) {
    const whole = render(run, version);
    if (Buffer.byteLength(whole) <= bytes)
        return whole;
    const pending = run.pending.map((each) => ({ ...each, statements: [] }));
    return render({ ...run, pending, tables: [], findings: [] }, version);
}
function render(run, version) {
    const { icon, title, consequence } = (0,_dry_run_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .dryRunHeadline */ .Hk)(run);
    return `${[
        `## ${icon} Dry run: ${title}`,
        (0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(consequence, 500)),
        ...target(run),
        ...unchecked(run),
        ...drift(run),
        ...schemaDrift(run),
        ...tried(run),
        ...rehearsal(run),
        ...checklist(run),
        ...preconditions(run),
        ...run.pending.filter((each) => each.statements.length > 0).map(statements),
        ...tables(run),
        ...findings(run),
        ...phases(run),
        footer(run, version),
    ].join('\n\n')}\n`;
}
function target(run) {
    const words = (0,_dry_run_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .targetWords */ .LT)(run);
    return words === undefined ? [] : [(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(words, 1000))];
}
function unchecked({ notChecked, server }) {
    if (notChecked.length === 0 || !server)
        return [];
    return [
        '### Not checked',
        notChecked.map(({ what, why }) => `- ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(what, 500))}: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(why, 1000))}`).join('\n'),
    ];
}
function drift({ versionDrift }) {
    if (versionDrift.length === 0)
        return [];
    return [
        '### Staging and the repository differ',
        versionDrift.map(({ kind, message }) => `- **${kind}**: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(message)}`).join('\n'),
    ];
}
function schemaDrift(run) {
    const lines = (0,_dry_run_modes_js__WEBPACK_IMPORTED_MODULE_2__/* .schemaDriftLines */ .Ow)(run);
    if (lines.length === 0)
        return [];
    return ['### Staging is not what its migrations build', bullets(lines)];
}
function rehearsal(run) {
    const lines = (0,_dry_run_modes_js__WEBPACK_IMPORTED_MODULE_2__/* .rehearsalLines */ .zA)(run);
    return lines.length > 0 ? ['### On a copy of staging’s schema', bullets(lines)] : [];
}
function tried(run) {
    const told = (0,_dry_run_modes_js__WEBPACK_IMPORTED_MODULE_2__/* .triedLines */ .ep)(run);
    if (!told)
        return [];
    const statements = told.statements.map(({ statement: { sql, at }, facts }) => `| ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(`${at.file}:${at.line}`)} | ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(sql, 120))} | ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(facts)} |`);
    const leftOut = told.leftOut.map(({ sql, at, why }) => `- ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(`${at.file}:${at.line}`)} ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(sql, 120))}: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(why)}`);
    return [
        '### Tried on staging',
        (0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(told.outcome, 1000)),
        ...(told.sequences.length > 0 ? [bullets(told.sequences)] : []),
        ...(leftOut.length > 0 ? [`Not run:\n\n${leftOut.join('\n')}`] : []),
        fold('What ran', [['| Place | Statement | |', '| --- | --- | --- |', ...statements].join('\n')]),
    ];
}
function bullets(lines) {
    const shown = lines.slice(0, 50).map((each) => `- ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(each, 500))}`);
    return [...shown, ...(lines.length > 50 ? [`- and ${lines.length - 50} more`] : [])].join('\n');
}
function checklist({ checklist: all }) {
    if (all.length === 0)
        return [];
    const lines = all.flatMap(({ what, state, text, details }) => [
        `- ${_dry_run_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .listed */ .KE[state]} **${_dry_run_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .points */ .WR[what]}**: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(text)}`,
        ...details.slice(0, 20).map((each) => `  - ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(each, 500))}`),
        ...(details.length > 20 ? [`  - and ${details.length - 20} more`] : []),
    ]);
    return ['### Before it is applied', lines.join('\n')];
}
function preconditions({ preconditions: all }) {
    if (all.length === 0)
        return [];
    const lines = all.map((each) => `| ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(each.needs, 300))} | ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_model_figures_js__WEBPACK_IMPORTED_MODULE_3__/* .countedWords */ .gS)(each.counted))} | ${each.count === undefined ? '' : (0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(each.count, 500))} |`);
    return [
        '### What the data must be',
        ['| It needs that | On staging | Query |', '| --- | --- | --- |', ...lines].join('\n'),
    ];
}
function statements({ name, statements: all }) {
    const lines = all.map(({ sql, at, class: kind, locks, estimate, isOutsideTransaction }) => {
        const held = locks.map(({ table, mode }) => `${mode} on ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(table)}`).join(', ') || 'none that shuts anybody out';
        const alone = isOutsideTransaction ? ', outside of a transaction' : '';
        return `| ${at.line} | ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(sql, 120))} | ${kind ?? 'unknown'}${alone} | ${(0,_model_figures_js__WEBPACK_IMPORTED_MODULE_3__/* .range */ .y1)(estimate)} | ${held} |`;
    });
    return fold(`Statements of <code>${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .html */ .qy)(name)}</code>`, [
        ['| Line | Statement | Work | Time | Locks |', '| --- | --- | --- | --- | --- |', ...lines].join('\n'),
    ]);
}
function tables({ tables: all }) {
    if (all.length === 0)
        return [];
    const lines = all.map(({ name, why, rows, isGuess, heapBytes, toastBytes, indexBytes, indexes, foreignKeys }) => {
        const ill = indexes.filter(({ isValid }) => !isValid).map((index) => `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(index.name)} is invalid`);
        const keys = foreignKeys.map(({ name: key, from, to }) => `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(key)} (${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(from)} → ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(to)})`);
        const own = why === 'neighbour' ? ' (tied by a foreign key)' : '';
        return `| ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(name)}${own} | ${(0,_model_figures_js__WEBPACK_IMPORTED_MODULE_3__/* .number */ .ai)(rows)}${isGuess ? ' (a guess)' : ''} | ${(0,_model_figures_js__WEBPACK_IMPORTED_MODULE_3__/* .bytes */ .ee)(heapBytes + toastBytes)} | ${(0,_model_figures_js__WEBPACK_IMPORTED_MODULE_3__/* .bytes */ .ee)(indexBytes)} in ${indexes.length} | ${[...ill, ...keys].join(', ')} |`;
    });
    return [
        fold('Tables that are touched', [
            ['| Table | Rows, about | Size | Indexes | |', '| --- | --- | --- | --- | --- |', ...lines].join('\n'),
        ]),
    ];
}
function findings({ findings: all }) {
    if (all.length === 0)
        return [];
    const lines = all.map(({ at, severity, rule, message, help, url }) => `- **${severity}** [${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(rule)}](${url}) in ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(`${at.file}:${at.line}`)}: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(message, 1000))} ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(help, 1000))}`);
    return [fold(`What the rules say (${all.length})`, [lines.join('\n')])];
}
function phases({ phases: all }) {
    if (all.length === 0)
        return [];
    return [
        '### Without downtime',
        ...all.flatMap(({ text, sql }, index) => [
            `${index + 1}. ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(text)}`,
            ...(sql.length > 0 ? [(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .fenced */ .OF)(sql.join('\n'), 'sql')] : []),
        ]),
    ];
}
function fold(summary, paragraphs) {
    return [`<details><summary>${summary}</summary>`, ...paragraphs, '</details>'].join('\n\n');
}
function footer({ mode, server, versions, tool }, version) {
    const at = versions?.exists
        ? `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(versions.table)}: ${versions.current.map(_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY).join(', ') || 'empty'}`
        : undefined;
    const replica = server && (0,_model_figures_js__WEBPACK_IMPORTED_MODULE_3__/* .replicaWords */ .cz)(server);
    return `<sub>${[
        `Mode ${mode}`,
        ...(server ? [`PostgreSQL ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(server.version)}${replica ? ` (${replica})` : ''}`] : []),
        ...(tool ? [tool] : []),
        ...(at ? [at] : []),
        ...(server && mode === 'plan' ? ['staging was only read'] : []),
        `migration-gate ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(version)}`,
    ].join(' · ')}</sub>`;
}


/***/ }),

/***/ 1966:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ow: () => (/* binding */ schemaDriftLines),
/* harmony export */   ep: () => (/* binding */ triedLines),
/* harmony export */   zA: () => (/* binding */ rehearsalLines)
/* harmony export */ });
// What a dry run did besides reading, in lines of plain text: to be escaped by whoever shows them.
/** How staging differs from what its migrations build. */
function schemaDriftLines({ schemaDrift = [] }) {
    return schemaDrift.map(differenceLine);
}
function differenceLine({ kind, object, change, expected, found }) {
    const what = `${kind} ${object}`;
    if (change === 'missing')
        return `${what}: the migrations build it, and staging does not have it`;
    if (change === 'left-behind')
        return `${what}: staging has it, and no migration builds it`;
    const names = Object.keys({ ...expected, ...found });
    const parts = names.map((name) => `${name} ${value(expected?.[name])} by the migrations, ${value(found?.[name])} on staging`);
    return `${what}: ${parts.join('; ')}`;
}
function value(of) {
    return of === undefined || of === null ? 'none' : typeof of === 'string' ? of : JSON.stringify(of);
}
/** The round trips on the copy of staging. */
function rehearsalLines({ rehearsal }) {
    return (rehearsal?.migrations ?? []).map(({ name, roundTrip }) => {
        if (!roundTrip)
            return `${name}: not run`;
        const steps = roundTrip.steps.map(({ direction, attempt, outcome }) => {
            const step = direction === 'down' ? 'down' : attempt === 1 ? 'up' : 'up again';
            return `${step} ${outcome}`;
        });
        const way = roundTrip.restored === false ? ', the downgrade does not give back what was there' : '';
        return `${name}: ${steps.join(', ')}${way}`;
    });
}
/** What was run on staging and rolled back. */
function triedLines({ tried }) {
    if (!tried)
        return undefined;
    const { statements, leftOut, movedSequences } = tried;
    return {
        outcome: outcome(tried),
        statements: statements.map((statement) => ({ statement, facts: facts(statement) })),
        leftOut,
        sequences: movedSequences.map(({ sequence, before, after }) => `${sequence} went from ${before ?? 'its start'} to ${after ?? 'its start'}, which no rollback takes back`),
    };
}
function outcome({ error, statements }) {
    const run = `${statements.length} ${statements.length === 1 ? 'statement' : 'statements'} run on staging and rolled back`;
    if (!error)
        return `${run}: nothing failed.`;
    const where = error.at ? ` at ${error.at.file}:${error.at.line}` : '';
    return `${run}; it fails${where}: ${error.message}${error.sqlstate ? ` (${error.sqlstate})` : ''}.`;
}
function facts({ ms, rows, locks }) {
    return [
        `${Math.round(ms)} ms`,
        ...(rows === undefined ? [] : [`${rows} ${rows === 1 ? 'row' : 'rows'}`]),
        ...locks.map(({ relation, mode }) => `${mode} on ${relation}`),
    ].join('; ');
}


/***/ }),

/***/ 4556:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ dryRunTerminal)
/* harmony export */ });
/* harmony import */ var _model_figures_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(976);
/* harmony import */ var _dry_run_headline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8247);
/* harmony import */ var _dry_run_modes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1966);
/* harmony import */ var _inert_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1822);




/** A dry run for a person at a terminal, or in the log of a job: the verdict first. */
function dryRunTerminal(run, colors) {
    const { bold } = colors;
    const section = (title, lines) => lines.length > 0 ? [[bold(title), ...lines.map((each) => `  ${each}`)].join('\n')] : [];
    const parts = [
        headline(run, colors),
        ...section('Staging', staging(run)),
        ...section('Version drift', run.versionDrift.map(({ kind, message }) => `${kind}: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(message)}`)),
        ...section('Staging is not what its migrations build', (0,_dry_run_modes_js__WEBPACK_IMPORTED_MODULE_2__/* .schemaDriftLines */ .Ow)(run).map(_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)),
        ...section('Tried on staging', tried(run, colors)),
        ...section('On a copy of staging’s schema', (0,_dry_run_modes_js__WEBPACK_IMPORTED_MODULE_2__/* .rehearsalLines */ .zA)(run).map(_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)),
        ...section('Pending', pending(run, colors)),
        ...section('Before it is applied', checklist(run, colors)),
        ...section('What the data must be', run.preconditions.flatMap((each) => [
            `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(each.needs)}: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)((0,_model_figures_js__WEBPACK_IMPORTED_MODULE_3__/* .countedWords */ .gS)(each.counted))}`,
            ...(each.count === undefined ? [] : [colors.dim(`  count: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(each.count)}`)]),
        ])),
        ...section('Tables', run.tables.map(table)),
        ...section('Findings', run.findings.map(({ at, severity, rule, message, help }) => `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(at.file)}:${at.line} ${severity} ${rule}: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(message)} ${colors.dim((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(help))}`)),
        ...section('Without downtime', run.phases.flatMap(({ text, sql }, index) => [
            `${index + 1}. ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(text)}`,
            ...sql.flatMap((each) => (0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .block */ .om)(each)
                .split('\n')
                .map((one) => `     ${one}`)),
        ])),
        ...section('Not checked', run.notChecked.map(({ what, why }) => `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(what)}: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(why)}`)),
    ];
    return (0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutCommands */ .Df)(`${parts.join('\n\n')}\n`);
}
function headline(run, colors) {
    const { icon, title, consequence } = (0,_dry_run_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .dryRunHeadline */ .Hk)(run);
    const paint = { pass: colors.green, warn: colors.yellow, block: colors.red, error: colors.red }[run.verdict];
    return `${icon} ${paint(colors.bold(title))}\n  ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(consequence)}`;
}
function staging(run) {
    const { server, versions, mode } = run;
    if (!server)
        return [];
    const where = versions?.exists
        ? `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(versions.table)} says ${versions.current.map(_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8).join(', ') || 'nothing'}`
        : 'no version table';
    const replica = (0,_model_figures_js__WEBPACK_IMPORTED_MODULE_3__/* .replicaWords */ .cz)(server);
    const until = (0,_dry_run_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .targetWords */ .LT)(run);
    return [
        `PostgreSQL ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(server.version)}${replica ? `, ${replica}` : ''}; ${where}; mode ${mode}`,
        ...(until === undefined ? [] : [(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(until)]),
    ];
}
function pending({ pending: all }, colors) {
    return all.flatMap(({ name, statements }) => [
        (0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(name),
        ...statements.map(({ sql, at, class: kind, locks, estimate, isOutsideTransaction }) => {
            const held = locks.map(({ table: name, mode }) => `${mode} on ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(name)}`).join(', ');
            const facts = [
                kind ?? 'unknown work',
                (0,_model_figures_js__WEBPACK_IMPORTED_MODULE_3__/* .range */ .y1)(estimate),
                ...(held ? [held] : []),
                ...(isOutsideTransaction ? ['outside of a transaction'] : []),
            ];
            return `  ${at.line}: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(sql, 80))}  ${colors.dim(facts.join('; '))}`;
        }),
    ]);
}
function tried(run, { dim }) {
    const told = (0,_dry_run_modes_js__WEBPACK_IMPORTED_MODULE_2__/* .triedLines */ .ep)(run);
    if (!told)
        return [];
    return [
        (0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(told.outcome),
        ...told.sequences.map(_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8),
        ...told.statements.map(({ statement: { sql, at }, facts }) => `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(at.file)}:${at.line}: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(sql, 80))}  ${dim((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(facts))}`),
        ...told.leftOut.map(({ sql, at, why }) => `not run: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(at.file)}:${at.line}: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .shorten */ .ml)(sql, 80))}  ${dim((0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(why))}`),
    ];
}
function checklist({ checklist: all }, colors) {
    return all.flatMap(({ what, state, text, details }) => [
        `${_dry_run_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .listed */ .KE[state]} ${colors.bold(_dry_run_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .points */ .WR[what])}: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(text)}`,
        ...details.map((each) => `     ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(each)}`),
    ]);
}
function table({ name, why, rows, isGuess, heapBytes, toastBytes, indexBytes, indexes, foreignKeys, }) {
    const invalid = indexes.filter(({ isValid }) => !isValid).map((each) => `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(each.name)} is invalid`);
    const facts = [
        `about ${(0,_model_figures_js__WEBPACK_IMPORTED_MODULE_3__/* .number */ .ai)(rows)} rows${isGuess ? ' (never analyzed)' : ''}`,
        `${(0,_model_figures_js__WEBPACK_IMPORTED_MODULE_3__/* .bytes */ .ee)(heapBytes + toastBytes)} and ${(0,_model_figures_js__WEBPACK_IMPORTED_MODULE_3__/* .bytes */ .ee)(indexBytes)} in ${indexes.length} indexes`,
        ...(foreignKeys.length > 0 ? [`foreign keys: ${foreignKeys.map((key) => (0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(key.name)).join(', ')}`] : []),
        ...invalid,
        ...(why === 'neighbour' ? ['only tied to one by a foreign key'] : []),
    ];
    return `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(name)}: ${facts.join('; ')}`;
}


/***/ })

};
