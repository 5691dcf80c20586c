export const id = 710;
export const ids = [710];
export const modules = {

/***/ 4000:
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
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./src/postgres/drift/told-apart.ts
var told_apart = __webpack_require__(1625);
// EXTERNAL MODULE: ./src/postgres/server.ts
var server = __webpack_require__(9080);
// EXTERNAL MODULE: ./src/rehearse/rehearse.ts + 39 modules
var rehearse = __webpack_require__(979);
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
;// CONCATENATED MODULE: ./src/staging/touched.ts
/** Every relation that these upgrades name, whether it is there or not: tables, views, indexes. Not the columns' types and functions. */
function namesIn(migrations) {
    const operations = migrations.flatMap(({ up }) => up.statements.flatMap(({ operations }) => operations));
    return [...new Set(operations.flatMap(relationsOf))].sort();
}
/** Those of one operation. */
function relationsOf(op) {
    const named = op;
    const own = ['table', 'references', 'partition', 'parent', 'view', 'name', 'index', 'tables', 'reads'].flatMap((field) => named[field]);
    return own.filter((value) => typeof value === 'string' && value.includes('.'));
}

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
 * Keeps the sequences of the tables that these upgrades name from moving. ALTER SEQUENCE is taken back with its transaction: it gives the
 * sequence a new file, to which nextval and setval then write (since PostgreSQL 10, https://www.postgresql.org/docs/10/release-10.html;
 * `test/staging/apply.test.ts`). Others that draw from it wait until the transaction ends, as they do for a table that is altered.
 * @returns whether all are kept: one that this role does not own stays as it is, and is told where it moves
 */
async function shelter(session, migrations) {
    let isWhole = true;
    for (const { name, increment } of await sequencesOf(session, migrations)) {
        await session.query('SAVEPOINT migration_gate_sequence');
        try {
            await session.query(`ALTER SEQUENCE ${name} INCREMENT BY ${increment}`);
        }
        catch (error) {
            // Not its owner.
            if (!(error instanceof server/* ServerError */.g) || error.sqlstate !== '42501')
                throw error;
            await session.query('ROLLBACK TO SAVEPOINT migration_gate_sequence');
            isWhole = false;
        }
        await session.query('RELEASE SAVEPOINT migration_gate_sequence');
    }
    return isWhole;
}
/**
 * Why a statement that sets a sequence is not run: of one that is not sheltered, the value would stay. Undefined for one that may run. What
 * `nextval` takes is only a gap, and is told.
 */
function whyItSets({ sql, operations }, isSheltered) {
    const sets = operations.filter((op) => op.kind === 'set-sequence' && op.inside !== 'function');
    const isKnown = sets.every((op) => op.kind === 'set-sequence' && (op.sequence !== undefined || op.of !== undefined));
    if (!/\bsetval\b/i.test(sql) || (isSheltered && isKnown && sets.length > 0))
        return undefined;
    return 'It sets a sequence, which no rollback takes back.';
}
/** Anything else makes to_regclass fail. */
const isName = /^(?:"[^"]+"|[\p{L}_][\p{L}\d_$]*)(?:\.(?:"[^"]+"|[\p{L}_][\p{L}\d_$]*))?$/u;
/** Those of the columns of every table that is named, those that a default or an expression names, and what stands there as a text. */
async function sequencesOf(session, migrations) {
    const texts = migrations.flatMap(({ up }) => up.statements.flatMap(({ sql }) => [...sql.matchAll(/'([^']+)'/g)].flatMap(([, text]) => text ?? [])));
    const { rows } = await session.query(`WITH named AS (
       SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname || '.' || c.relname = ANY ($1::text[])
       UNION SELECT pg_catalog.to_regclass(text)::oid FROM pg_catalog.unnest($2::text[]) text
     ), drawn AS (
       SELECT d.objid AS oid FROM pg_catalog.pg_depend d JOIN named ON named.oid = d.refobjid
       WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
       UNION SELECT d.refobjid FROM pg_catalog.pg_attrdef a JOIN named ON named.oid = a.adrelid
         JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = a.oid
       UNION SELECT oid FROM named
     )
     SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, s.seqincrement::text AS increment
     FROM drawn JOIN pg_catalog.pg_sequence s ON s.seqrelid = drawn.oid JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relpersistence <> 't' ORDER BY 1`, [namesIn(migrations), [...new Set(texts)].filter((text) => isName.test(text))]);
    return rows;
}

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
        const _roles = __addDisposableResource(env_1, await (0,rehearse_roles/* openRoles */.a)(server, roles), true);
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
        const _roles = __addDisposableResource(env_2, await (0,rehearse_roles/* openRoles */.a)(server, rolesOf(schema)), true);
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
    '28000': 'The server lets this user in from here under no circumstances: see its pg_hba.conf, and whether it wants TLS.',
    '3D000': 'There is no database of that name on the server.',
    '42501': 'The user lacks a privilege: it needs CONNECT on the database, USAGE on the schemas and SELECT on the tables.',
    '53300': 'The server has no connection left.',
    '57P01': 'An administrator ended the connection.',
    '57P03': 'The server is starting or stopping, and takes no connections.',
    '25006': 'The server is read-only.',
    '57014': 'The time limit was reached before the server answered.',
    '55P03': 'A lock was not granted within lock_timeout.',
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
    const known = sqlstate === undefined ? undefined : sentences[sqlstate];
    if (known)
        return `${known} (${sqlstate})`;
    if (sqlstate !== undefined)
        return `The server refuses the connection (${sqlstate}).`;
    if (/ECONNREFUSED/.test(message))
        return 'No server listens at that host and port (ECONNREFUSED).';
    if (/ENOTFOUND|EAI_AGAIN/.test(message))
        return 'The name of the host is not known (ENOTFOUND).';
    if (/timeout|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/.test(message))
        return 'The server cannot be reached: nothing answers at that host and port. Is it inside a network that this machine is not in?';
    if (/does not support SSL/.test(message))
        return 'The URL asks for TLS, and the server has none.';
    if (/certificate|self.signed/i.test(message))
        return 'The certificate of the server cannot be verified.';
    if (/password must be a (?:non-empty )?string/.test(message))
        return 'The server asks for a password, and the URL has none.';
    return 'The connection failed.';
}
/** https://www.pgbouncer.org/config.html: what a pooler in front of the server says in its place. */
function poolerSaid(message) {
    if (/unsupported startup parameter/.test(message))
        return 'A pooler such as PgBouncer stands in between and refuses settings at the start of a connection (unset PGOPTIONS), or give the URL of the server itself.';
    if (/no such (?:database|user)|server login has been failing|pgbouncer cannot connect to server/.test(message))
        return 'A pooler such as PgBouncer stands in between, and cannot connect to the server for this user and database.';
    if (/query_wait_timeout|no more connections allowed|too many clients/.test(message))
        return 'A pooler such as PgBouncer stands in between, and has no connection left.';
    return undefined;
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
        if (project.hasGaps)
            return failed(what, 'A migration of the history could not be read.');
        const original = await reading(readOriginal(staging, table));
        const config = {
            ...options.config,
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
    const found = table === undefined || isTheirs ? original.schema : await reading(staging.snapshot([table]));
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

// EXTERNAL MODULE: ./src/lint/history.ts + 27 modules
var lint_history = __webpack_require__(8649);
// EXTERNAL MODULE: ./src/lint/ignore.ts + 1 modules
var ignore = __webpack_require__(5859);
// EXTERNAL MODULE: ./src/lint/lint.ts + 1 modules
var lint = __webpack_require__(9846);
// EXTERNAL MODULE: ./src/lint/weigh.ts + 2 modules
var weigh = __webpack_require__(8921);
// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: ./src/parse/parse.ts + 29 modules
var parse = __webpack_require__(1757);
// EXTERNAL MODULE: ./src/read/files.ts
var read_files = __webpack_require__(1119);
// EXTERNAL MODULE: ./src/read/read.ts + 19 modules
var read = __webpack_require__(3156);
// EXTERNAL MODULE: ./src/model/locks.ts
var model_locks = __webpack_require__(4445);
;// CONCATENATED MODULE: ./src/staging/executable.ts
/**
 * Why a statement is not run on staging, not even in a transaction that is rolled back; undefined: nothing speaks against it. What no rollback
 * takes back is looked for in the text as well, because code in strings is not read.
 */
function whyLeftOut({ sql, operations }) {
    for (const operation of operations) {
        const why = operation.inside === 'function' ? undefined : whyNot(operation);
        if (why)
            return why;
    }
    const said = outside.find(({ words }) => words.test(sql));
    return said && `${said.why}, which no rollback takes back.`;
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
const untrusted = /^(?:c|internal|pl.*u|plpython[23]?)$/i;
/** https://www.postgresql.org/docs/current/functions-admin.html */
const outside = [
    {
        words: /\b(?:dblink|dblink_exec|dblink_send_query|dblink_connect)\w*\s*\(/i,
        why: 'It sends SQL over a connection of its own',
    },
    {
        words: /\bpg_(?:create|drop|copy|replication)\w*(?:slot|origin)\w*\s*\(/i,
        why: 'It makes or drops a replication slot',
    },
    { words: /\blo_(?:import|export)\s*\(/i, why: 'It reaches files of the server' },
    { words: /\bpg_(?:terminate|cancel)_backend\s*\(/i, why: 'It ends the work of others' },
    {
        words: /\bpg_(?:reload_conf|rotate_logfile|switch_wal|create_restore_point|promote|backup_start|backup_stop|start_backup|stop_backup|wal_replay_\w+|stat_reset\w*|file_\w+|read_file|logical_emit_message|notify)\s*\(/i,
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
    const { migrations, versions } = options;
    if (staging.isReplica)
        throw new Unavailable('The database is a replica: it can be read, and nothing can be tried on it. Give the URL of the primary.');
    if (!versions.exists)
        throw new Unavailable(`The database has no ${versions.table}, so nobody knows which migrations it has. Nothing was tried.`);
    const before = await staging.read(sequenceValues);
    const tried = await staging.tryOut(async (session) => {
        await apply_alone(session);
        await session.query(`SELECT set_config('search_path', reset_val, true) FROM pg_settings WHERE name = 'search_path'`);
        const isSheltered = await shelter(session, migrations);
        return await apply_runAll(session, staging, { ...options, isSheltered });
    });
    return { ...tried, movedSequences: difference(before, await staging.read(sequenceValues)) };
}
/** Released with the transaction, so that it holds behind a pooler too. */
async function apply_alone(session) {
    const { rows } = await session.query(`SELECT pg_try_advisory_xact_lock(${advisoryLock}) AS mine`);
    if (rows[0]?.mine !== true)
        throw new Unavailable('Another dry run is trying migrations on this database at this moment.');
}
async function apply_runAll(session, { limits }, { migrations, signal, isSheltered }) {
    const statements = [];
    const leftOut = [];
    const there = await relations(session);
    await session.query('SAVEPOINT migration_gate');
    let held = await locks(session, there);
    for (const { id, up } of migrations) {
        for (const statement of up.statements) {
            const { sql, at } = statement;
            const why = signal.aborted ? 'The run was ended.' : (whyLeftOut(statement) ?? whyItSets(statement, isSheltered));
            if (why) {
                leftOut.push({ migration: id, sql, at, why, isWrapper: isWrapper(statement) });
                continue;
            }
            // A statement before may have changed them.
            await session.query(`SELECT set_config('lock_timeout', $1, true), set_config('statement_timeout', $2, true)`, [
                String(limits.lockTimeoutMs),
                String(limits.statementTimeoutMs),
            ]);
            const started = performance.now();
            const { rows, error } = await send(session, statement);
            const ms = performance.now() - started;
            if (error) {
                statements.push({ migration: id, sql, at, ms, rows: undefined, locks: [] });
                // Only so that the transaction can be asked whether it is still ours.
                await session.query('ROLLBACK TO SAVEPOINT migration_gate');
                return { outcome: 'failed', error, statements, leftOut };
            }
            const now = await locks(session, there);
            statements.push({ migration: id, sql, at, ms, rows, locks: newIn(now, held) });
            held = now;
        }
    }
    return { outcome: 'ok', error: undefined, statements, leftOut };
}
/** By the extended protocol: PostgreSQL refuses a second statement behind a semicolon that was taken for a part of the first. */
async function send(session, { sql, at }) {
    try {
        const { rowCount } = await session.query(sql, []);
        return { rows: /^\s*(?:INSERT|UPDATE|DELETE|MERGE|WITH)\b/i.test(sql) ? rowCount : undefined, error: undefined };
    }
    catch (error) {
        // A connection that is gone says nothing about the migration.
        if (!(error instanceof server/* ServerError */.g) || error.sqlstate === undefined || /^57P0[1-3]$/.test(error.sqlstate))
            throw error;
        const { sqlstate, message, table, column, constraint } = error;
        return {
            rows: undefined,
            error: { sqlstate, message, table, column, constraint, statement: sql, at, timedOut: sqlstate === '57014' },
        };
    }
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
    const { rows } = await staging.read((session) => session.query(query, [tables, longSeconds]));
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
const query = `
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
        settings(facts),
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
function settings({ server, pending }) {
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

// EXTERNAL MODULE: ./src/rehearse/preconditions/possible.ts + 2 modules
var preconditions_possible = __webpack_require__(5730);
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
    const unsafe = await writers(staging, await callsOf(count), defaultSchema);
    if (unsafe !== undefined)
        return notCounted(unsafe);
    const size = sizes.get((0,model_locks/* plainName */.MH)(table));
    const isLarge = (size?.heapBytes ?? 0) > largeBytes;
    const whole = isLarge ? undefined : await asked(staging, count, defaultSchema);
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
        });
        const [row] = rows;
        return { count: Number(row?.count ?? 0), ...(row?.looked !== undefined && { looked: Number(row.looked) }) };
    }
    catch (error) {
        if (error instanceof server/* ServerError */.g && error.sqlstate !== undefined)
            return { sqlstate: error.sqlstate };
        throw error;
    }
}
function reason(sqlstate) {
    switch (sqlstate) {
        case '42501':
            return 'the role may not read the table (GRANT SELECT)';
        case '55P03':
            return 'somebody holds a lock that shuts out even readers (lock_timeout)';
        case '57014':
            return 'it took longer than statement_timeout';
        default:
            return `the query does not run on the schema of today (${sqlstate})`;
    }
}
/** Why a query is not run: it calls something that may do more than read. Operators and casts are taken for what they seem. */
async function writers(staging, calls, defaultSchema) {
    if (calls === undefined)
        return 'the query could not be read';
    if (calls.length === 0)
        return undefined;
    const names = calls.map((call) => call.split('.').at(-1) ?? call);
    const { rows } = await staging.read((session) => session.query(`SELECT DISTINCT proname AS name FROM pg_proc WHERE proname = ANY ($1) AND provolatile = 'v' ORDER BY 1`, [names]), { searchPath: [defaultSchema] });
    return rows[0] && `it calls ${rows[0].name}, which may do more than read`;
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
/** `reset_val` is what the role gets at the start of a session, whatever we set since. */
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
       'lagBytes', pg_wal_lsn_diff(here.lsn, r.replay_lsn)) ORDER BY r.application_name), '[]') FROM pg_stat_replication r, here) AS standbys`;

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
/** The same number, however many zeros stand before it. */
function sameNumber(a, b) {
    return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && BigInt(a) === BigInt(b));
}

;// CONCATENATED MODULE: ./src/staging/versions/alembic.ts

/** https://alembic.sqlalchemy.org/en/latest/tutorial.html: only the heads are kept; what comes before them is applied too. */
const alembic = {
    tables: ['alembic_version'],
    columns: ['version_num'],
    order: ['version_num'],
    late: undefined,
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
 * what has a later time than the newest row. In version 1 the time is in the name of the folder.
 */
const drizzle = {
    tables: ['__drizzle_migrations'],
    schema: 'drizzle',
    columns: ['hash', 'created_at'],
    order: ['created_at', 'id'],
    late: 'skips',
    async read(rows, repository) {
        const times = await timesOf(repository);
        const byTime = new Map([...times].map(([id, time]) => [time, id]));
        const applied = [];
        const drift = [];
        for (const { created_at: at, hash } of rows) {
            const id = byTime.get(Number(at));
            applied.push(id ?? `the one of ${new Date(Number(at)).toISOString()}`);
            if (id === undefined)
                drift.push(unknown(applied.at(-1) ?? ''));
            else if (await isOther(repository, id, hash))
                drift.push(edited(id));
        }
        return {
            applied,
            current: applied.slice(-1),
            ids: new Set(rows.flatMap(({ created_at: at }) => byTime.get(Number(at)) ?? [])),
            drift,
        };
    },
};
async function timesOf({ migrations, directory, bytes }) {
    const journal = await bytes(external_node_path_.posix.join(directory, 'meta/_journal.json'));
    const entries = journal
        ? JSON.parse(journal.toString()).entries
        : [];
    const written = new Map(entries.map(({ tag, when }) => [tag, when]));
    return new Map(migrations.flatMap(({ id }) => {
        const time = written.get(id) ?? stamp(id);
        return time === undefined ? [] : [[id, time]];
    }));
}
/** `20240131120000_name` → milliseconds */
function stamp(name) {
    const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)_/.exec(name) ?? [];
    return year === undefined ? undefined : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
async function isOther({ migrations, bytes }, id, hash) {
    const file = migrations.find((migration) => migration.id === id)?.file;
    const text = file === undefined ? undefined : await bytes(file);
    return text !== undefined && Boolean(hash) && (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex') !== hash;
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./src/staging/versions/flyway.ts


/**
 * https://documentation.red-gate.com/fd/flyway-schema-history-table-273973417.html: a row for each run; undone where a later one of the
 * same version says so; a baseline stands for every version up to its own.
 */
const flyway = {
    tables: ['flyway_schema_history'],
    columns: ['installed_rank', 'version', 'description', 'type', 'checksum', 'success'],
    order: ['installed_rank'],
    late: 'refuses',
    async read(rows, repository) {
        const standing = new Map();
        for (const row of rows) {
            if (row.type === 'SCHEMA' || row.type === 'DELETE')
                continue;
            const key = row.version === null ? `R__${row.description ?? ''}` : versionKey(row.version ?? '');
            standing.delete(key);
            if (!row.type?.startsWith('UNDO'))
                standing.set(key, row);
        }
        const baseline = [...standing.values()].find(({ type }) => type?.includes('BASELINE'))?.version ?? undefined;
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
                if (!isRepeatable && compare(id, baseline) <= 0)
                    ids.add(id);
        const versions = applied.filter((name) => !name.startsWith('R__'));
        return { applied, current: versions.sort(compare).slice(-1), ids, drift };
    },
};
/** `1.0` and `1` are one version. */
function versionKey(version) {
    return version
        .replaceAll('_', '.')
        .replace(/(^|\.)0+(?=\d)/g, '$1')
        .replace(/(?:\.0)+$/, '');
}
function compare(a, b) {
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

;// CONCATENATED MODULE: ./src/staging/versions/row-each.ts


/** The migration whose id stands in `column` of a row. */
function named(row, column, { migrations }) {
    const version = row[column] ?? '';
    return { version, id: migrations.find(({ id }) => sameNumber(id, version))?.id };
}
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
const dbmate = plain({ tables: ['schema_migrations'], column: 'version', order: ['version'], late: 'runs' });
/** https://diesel.rs/guides/getting-started */
const diesel = plain({
    tables: ['__diesel_schema_migrations'],
    column: 'version',
    order: ['run_on', 'version'],
    late: 'runs',
});
/** https://github.com/rubenv/sql-migrate */
const sqlMigrate = plain({
    tables: ['gorp_migrations'],
    column: 'id',
    order: ['applied_at', 'id'],
    late: 'runs',
});
/** https://supabase.com/docs/guides/deployment/database-migrations */
const supabase = plain({
    tables: ['schema_migrations'],
    schema: 'supabase_migrations',
    column: 'version',
    order: ['version'],
    late: 'refuses',
});
/** https://github.com/salsita/node-pg-migrate: it refuses where the order of the files is not that of the rows. */
const nodePgMigrate = plain({
    tables: ['pgmigrations'],
    column: 'name',
    order: ['run_on', 'id'],
    late: 'refuses',
});
/** https://github.com/graphile/migrate */
const graphileMigrate = plain({
    tables: ['migrations'],
    schema: 'graphile_migrate',
    column: 'filename',
    order: ['date', 'filename'],
    late: 'runs',
});
/** https://sqitch.org/docs/manual/sqitchregistry/ */
const sqitch = plain({
    tables: ['changes'],
    schema: 'sqitch',
    column: 'change',
    order: ['committed_at'],
    late: 'runs',
});
/** https://pressly.github.io/goose: older versions of it keep a row for each run, back and forth; the last one counts. */
const goose = {
    tables: ['goose_db_version'],
    columns: ['version_id', 'is_applied'],
    order: ['id'],
    late: 'refuses',
    read(rows, repository) {
        const last = new Map();
        for (const row of rows) {
            const version = row.version_id ?? '';
            last.delete(version);
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
    order: ['started_at'],
    late: 'runs',
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
    return (migrations.find(isClaimed) ?? migrations.find(isNamed))?.id;
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

/** golang-migrate keeps one number, and whether the migration with it was left half done. https://github.com/golang-migrate/migrate */
const golangMigrate = {
    tables: ['schema_migrations'],
    columns: ['version', 'dirty'],
    order: ['version'],
    late: undefined,
    read(rows, repository) {
        const [row] = rows;
        if (!row)
            return upTo(undefined, repository);
        const version = row.version ?? '';
        const found = upTo(version, repository);
        if (row.dirty !== 'true')
            return found;
        const failed = {
            kind: 'failed',
            version,
            message: `${version} is marked as dirty: it was begun and did not end. golang-migrate refuses to run until somebody has mended staging and said so (migrate force).`,
        };
        return { ...found, drift: [...found.drift, failed] };
    },
};
/** tern keeps the number of the last one. https://github.com/jackc/tern */
const tern = {
    tables: ['schema_version'],
    columns: ['version'],
    order: ['version'],
    late: undefined,
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

;// CONCATENATED MODULE: ./src/staging/versions/versions.ts






const readers = {
    alembic: alembic,
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
    const late = lateOnes(reader, read.ids, repository);
    const skipped = new Set(reader.late === 'skips' ? late.map(({ version }) => version) : []);
    return {
        table: { table: table.sql, exists: true, applied: read.applied, current: read.current },
        pending: new Set(all.filter((id) => !read.ids.has(id) && !skipped.has(id))),
        drift: [...read.drift, ...late],
        notChecked: [],
    };
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
function lateOnes({ late }, ids, { migrations }) {
    if (late === undefined)
        return [];
    const inOrder = migrations.filter(({ isRepeatable }) => !isRepeatable);
    const last = inOrder.findLastIndex(({ id }) => ids.has(id));
    const consequence = {
        runs: 'It runs on a schema that already has what came after it.',
        refuses: 'The tool refuses to run before that is put in order.',
        skips: 'The tool passes over it, so that it never runs.',
    }[late];
    return inOrder.slice(0, Math.max(0, last)).flatMap(({ id, name }) => ids.has(id)
        ? []
        : [
            {
                kind: 'out-of-order',
                version: id,
                message: `${name} is not applied on staging, and ${inOrder[last]?.name} behind it is. ${consequence}`,
            },
        ]);
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
    const pending = migrations.filter(({ id }) => versions.pending.has(id));
    // The tool writes it with each migration: nothing to tell.
    const own = versions.table && (0,model_locks/* plainName */.MH)(versions.table.table);
    log(`${pending.length} pending. Looking at the tables that they touch …`);
    const touched = await must('The sizes of the tables', touchedTables(staging, namesIn(pending).filter((name) => name !== own)));
    const sizes = sizesOf(touched.tables);
    const judgement = await options.judge(versions.pending, { major: staging.major, sizes });
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

// EXTERNAL MODULE: ./src/postgres/session.ts + 1 modules
var session = __webpack_require__(2723);
// EXTERNAL MODULE: ./src/postgres/url.ts
var postgres_url = __webpack_require__(8638);
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
    const transaction = async (access, work, { searchPath = [], statementTimeoutMs = limits.statementTimeoutMs } = {}) => {
        const wanted = session_settings({ ...limits, statementTimeoutMs }, searchPath, access);
        await session.query(`BEGIN ISOLATION LEVEL READ COMMITTED ${access}`);
        try {
            await guard(session, wanted);
            const result = await work(session);
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
        const { rows } = await session.query(`SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version, pg_is_in_recovery() AS replica`);
        const about = rows[0] ?? { number: 0, version: '', replica: false };
        const major = Math.floor(about.number / 10_000);
        if (major < oldest)
            throw new Unavailable(`The database runs PostgreSQL ${about.version.split(' ')[0]}; the dry run needs ${oldest} or newer.`);
        await endWithClient(session);
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
            [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
        };
    }
    catch (error) {
        await session[Symbol.asyncDispose]();
        throw error instanceof server/* ServerError */.g ? refusal(error) : error;
    }
}
async function session_open(url) {
    try {
        return await (0,session/* connect */.N)((0,postgres_url/* fromUrl */.u)(url), connectMs);
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
function session_settings(limits, searchPath, access) {
    return new Map([
        ['lock_timeout', String(limits.lockTimeoutMs)],
        ['statement_timeout', String(limits.statementTimeoutMs)],
        ['idle_in_transaction_session_timeout', String(idleMs)],
        ['search_path', ['pg_catalog', ...searchPath].map((name) => `"${name.replaceAll('"', '""')}"`).join(', ')],
        ['transaction_read_only', access === 'READ ONLY' ? 'on' : 'off'],
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
/** A query of ours that still runs when this process is killed ends within a second, where the server's system can see that. */
async function endWithClient(session) {
    try {
        await session.query(`SET client_connection_check_interval = '1s'`);
    }
    catch (error) {
        // Older than 14 (unknown), or a system that cannot: statement_timeout ends it there.
        if (!(error instanceof server/* ServerError */.g) || error.sqlstate === undefined)
            throw error;
    }
}

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
    const migrations = [];
    for (const migration of project.migrations)
        migrations.push(await (0,parse/* parseMigration */.m)(migration, { defaultSchema: config.defaultSchema }));
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
                versionTable: options.versionTable,
                defaultSchema: config.defaultSchema,
                bytes: (file) => bytesOf(repository, file),
                callsOf: (sql) => callsOf(sql, config.defaultSchema),
                judge: (pending, about) => judged(options, project, migrations, pending, about),
                log,
            });
            return await beyondThePlan(options, { staging, project, migrations, plan: planned });
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
        if (!(error instanceof Unavailable))
            throw error;
        return notAsked(options, project, error);
    }
}
/** What the mode asks for besides, and how staging differs from what its migrations build. */
async function beyondThePlan(options, of) {
    const { staging, project, plan: planned } = of;
    const pending = new Set(planned.pending.map(({ id }) => id));
    if (options.mode === 'apply-and-rollback') {
        if (!planned.versions || pending.size === 0)
            return planned;
        options.log('Trying the pending migrations on staging, to be rolled back …');
        const migrations = of.migrations.filter(({ id }) => pending.has(id));
        const { versions } = planned;
        const tried = await applyAndRollBack(staging, { migrations, versions, signal: options.signal });
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
/** 3: something was not checked, staging above all. 1: it would not go as it should. */
function dryRunExitCode(run, failOn) {
    if (!run.server)
        return 3;
    const counts = failOn === 'warning' ? ['error', 'warning'] : failOn === 'error' ? ['error'] : [];
    const isFound = run.findings.some(({ severity }) => counts.includes(severity));
    const isBlocked = failOn !== 'never' && run.verdict === 'block';
    if (isFound || isBlocked || (failOn === 'warning' && run.verdict === 'warn'))
        return 1;
    return run.notChecked.length > 0 ? 3 : 0;
}
async function onlyProject(repository, { tool, directory }) {
    const projects = await (0,read/* readProjects */.VH)({ repository, tool, directory, changed: [] });
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
    const textOf = (0,read_files/* readerOf */.TC)(repository);
    const files = new Set(fresh.flatMap(({ up, down }) => [up.file, ...(down ? [down.file] : [])]));
    const accepted = (0,ignore/* withoutIgnored */.f)(findings, {
        migrations: fresh,
        rules,
        wasRun: (id) => rehearsal?.roundTrips.has(id) ?? false,
        texts: new Map([...files].map((file) => [file, textOf(file)])),
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

/***/ 6189:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ dropStale),
/* harmony export */   d: () => (/* binding */ serverAt)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_1__);
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
    const { version, number } = await administer(where(), async (session) => {
        const { rows } = await session.query(`SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`);
        return rows[0] ?? { version: 'unknown', number: 0 };
    });
    let stopping;
    return {
        // Distributions add their own words: `17.10 (Debian 17.10-1.pgdg120+1)`.
        version: version.split(' ', 1)[0] ?? version,
        major: Math.floor(number / 10_000),
        source,
        async createDatabase(template) {
            const connection = where();
            const name = scratchName();
            const copy = template === undefined ? '' : ` TEMPLATE ${quoted(template.name)}`;
            await administer(connection, async (session) => {
                await session.query(`CREATE DATABASE ${quoted(name)}${copy}`);
                for (const [setting, value] of Object.entries(settings)) {
                    // By way of the session: a list of values in one literal would be taken for one value.
                    await session.query('SELECT set_config($1, $2, false)', [setting, value]);
                    await session.query(`ALTER DATABASE ${quoted(name)} SET ${settingName(setting)} FROM CURRENT`);
                }
            });
            return scratchDatabase(connection, name);
        },
        storage: storage && { ...storage, open: (name) => scratchDatabase(where(), name) },
        [Symbol.asyncDispose]() {
            stopping ??= stop?.() ?? Promise.resolve();
            return stopping;
        },
    };
}
function scratchDatabase(connection, name) {
    const terminateConnections = () => administer(connection, async (session) => {
        for (const end = Date.now() + PATIENCE_MS;; await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(20)) {
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
        connect: () => (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .connect */ .N)({ ...connection, database: name }),
        terminateConnections,
        async [Symbol.asyncDispose]() {
            try {
                await terminateConnections();
                await administer(connection, (session) => session.query(`DROP DATABASE IF EXISTS ${quoted(name)}`));
            }
            catch (error) {
                // A server that is gone takes its databases with it; one that is only out of reach is tidied by the next run.
                if (!(error instanceof _server_js__WEBPACK_IMPORTED_MODULE_2__/* .ServerError */ .g) || !isGone(error))
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
    return `migration_gate_${Math.floor(Date.now() / 1000)}_${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(6).toString('hex')}`;
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
            if (!(error instanceof _server_js__WEBPACK_IMPORTED_MODULE_2__/* .ServerError */ .g) || error.sqlstate !== '55006')
                throw error;
        }
    }
    return dropped;
}
async function administer(connection, work) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const session = __addDisposableResource(env_1, await (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .connect */ .N)(connection), true);
        return await work(session);
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
/* harmony import */ var _scratch_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6189);
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
    const connection = url === undefined ? fromEnvironment(process.env) : fromUrl(url);
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const session = __addDisposableResource(env_1, await (0,_session_js__WEBPACK_IMPORTED_MODULE_3__/* .connect */ .N)(connection), true);
            const { rows } = await session.query('SELECT rolcreatedb OR rolsuper AS may FROM pg_roles WHERE rolname = current_user');
            if (rows[0]?.may !== true) {
                throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .y('The user of the given PostgreSQL may not create databases. Give one that has CREATEDB.');
            }
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
/* harmony export */   WR: () => (/* binding */ points)
/* harmony export */ });
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
            return { icon: '❌', title: `${waiting}, not to be applied as it is`, consequence: reason(run) };
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
                consequence: pending.length === 0 ? 'Staging is where the repository is.' : 'Nothing on staging stands in its way.',
            };
    }
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
    return `<sub>${[
        `Mode ${mode}`,
        ...(server ? [`PostgreSQL ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(server.version)}${server.isReplica ? ' (a replica)' : ''}`] : []),
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
function staging({ server, versions, mode }) {
    if (!server)
        return [];
    const where = versions?.exists
        ? `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(versions.table)} says ${versions.current.map(_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8).join(', ') || 'nothing'}`
        : 'no version table';
    return [`PostgreSQL ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(server.version)}${server.isReplica ? ', a replica' : ''}; ${where}; mode ${mode}`];
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
