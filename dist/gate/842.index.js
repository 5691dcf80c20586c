export const id = 842;
export const ids = [842];
export const modules = {

/***/ 4447:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  a: () => (/* binding */ rules)
});

;// CONCATENATED MODULE: ./src/model/rule.ts
/** Gives a rule file its types. Returns its argument. */
function defineRule(rule) {
    return rule;
}

;// CONCATENATED MODULE: ./rules/ambiguous-overload/rule.ts

/* harmony default export */ const rule = (defineRule({
    name: 'ambiguous-overload',
    summary: 'CREATE OR REPLACE FUNCTION with other arguments makes a second function and replaces none',
    severity: 'warning',
    *check({ migration, tablesBefore }) {
        const operations = migration.up.statements.flatMap((statement) => statement.operations);
        for (const op of operations) {
            if (op.kind !== 'create-function' || !op.replace)
                continue;
            const others = tablesBefore(op).functionsNamed(op.function);
            const own = inputs(op).map(({ type }) => type);
            if (others.length === 0 || others.some((each) => isSame(each, own)))
                continue;
            const left = others.filter((each) => !operations.some((drop) => isDropOf(drop, op.function, each)));
            const [other] = left;
            if (!other)
                continue;
            yield report(op, other);
        }
    },
    *observe({ migration, roundTrip }) {
        const operations = migration.up.statements.flatMap((statement) => statement.operations);
        for (const { because, object, sql, message, sqlstate, source } of roundTrip.oldCode ?? []) {
            if (sqlstate !== '42725' || source.kind === 'file')
                continue;
            const evidence = [`${sql}: ${message} (${sqlstate})`];
            const op = operations.find((each) => each.at === because);
            const old = /\((.*)\)$/.exec(object ?? '')?.[1];
            if (op?.kind === 'create-function')
                yield { ...report(op, old === undefined || old === '' ? [] : [old]), evidence, sqlstate };
            else
                yield {
                    ...(because && { at: because }),
                    direction: 'up',
                    message: `A call of ${object} that the running release may send fits two functions after ${migration.name}, and fails (42725).`,
                    help: 'Drop the old function in the same migration, or give the new one another name.',
                    evidence,
                    sqlstate,
                };
        }
    },
}));
function report(op, old) {
    const own = inputs(op);
    const required = own.filter(({ hasDefault }) => !hasDefault).length;
    const fits = own.length !== old.length && required <= old.length && old.length <= own.length;
    return {
        at: op.at,
        direction: 'up',
        message: fits
            ? `This replaces nothing: ${op.function}(${old.join(', ')}) stays beside it, and a call that fits both fails because it is not unique (42725).`
            : `This replaces nothing: ${op.function}(${old.join(', ')}) stays beside it, and calls go on to whichever their arguments fit.`,
        help: `DROP FUNCTION ${op.function}(${old.join(', ')}) first, in the same transaction, and grant again what was granted; or give the new function a name of its own.`,
    };
}
function inputs(op) {
    return op.arguments.filter(({ mode }) => mode === 'in' || mode === 'inout' || mode === 'variadic');
}
function isSame(a, b) {
    return a.length === b.length && a.every((type, index) => type === b[index]);
}
function isDropOf(op, name, types) {
    return op.kind === 'drop-object' && op.name === name && (op.arguments === undefined || isSame(op.arguments, types));
}

;// CONCATENATED MODULE: ./rules/arbiter-index-lost/rule.ts

/* harmony default export */ const arbiter_index_lost_rule = (defineRule({
    name: 'arbiter-index-lost',
    summary: 'ON CONFLICT names columns on which no unique index is left',
    severity: 'error',
    *check(context) {
        const { migration, isNew } = context;
        for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
            const index = dropped(op, context);
            if (!index || isNew(index.table) || !isArbiter(index))
                continue;
            const after = context.tablesAfter();
            if (!after.has(index.table))
                continue;
            const others = after.indexesOf(index.table);
            if (others.some((other) => isArbiter(other) && sameColumns(other, index)))
                continue;
            yield rule_report(op.at, index.table, index.columns);
        }
    },
    *observe({ migration, roundTrip }) {
        for (const { because, object, sql, sqlstate, source, message } of roundTrip.oldCode ?? []) {
            if (sqlstate !== '42P10' || source.kind === 'file')
                continue;
            const at = because ?? migration.up.at;
            const ops = migration.up.statements.flatMap(({ operations }) => operations);
            // What CASCADE takes is told where CASCADE stands.
            if (ops.some((op) => op.at === because && 'cascade' in op && op.cascade))
                continue;
            const columns = /ON CONFLICT \(([^)]*)\)/.exec(sql)?.[1] ?? '';
            yield {
                ...rule_report(at, object ?? 'the table', columns.split(', ')),
                evidence: [`INSERT INTO ${object} … ON CONFLICT (${columns}): ${message} (${sqlstate})`],
                sqlstate,
            };
        }
    },
}));
function rule_report(at, table, columns) {
    const list = columns.join(', ');
    return {
        at,
        direction: 'up',
        message: `After this no unique index on ${table} (${list}) is left, so that INSERT … ON CONFLICT (${list}) of the running release fails (42P10).`,
        help: `Build the new unique index first and keep the old one until no release that runs names (${list}) alone; an index with WHERE serves only an ON CONFLICT that repeats the WHERE.`,
    };
}
function dropped(op, { tablesBefore }) {
    if (op.kind === 'drop-index')
        return op.cascade ? undefined : tablesBefore(op).indexOf(op.index);
    if (op.kind !== 'drop-constraint' || op.cascade)
        return undefined;
    return tablesBefore(op)
        .indexesOf(op.table)
        .find(({ constraint }) => constraint === op.constraint);
}
/** https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT: whole rows, plain columns. */
function isArbiter({ unique, partial, valid, columns }) {
    return unique && !partial && valid && columns.length > 0;
}
function sameColumns(a, b) {
    return a.columns.length === b.columns.length && a.columns.every((column) => b.columns.includes(column));
}

;// CONCATENATED MODULE: ./src/model/suggestion.ts
/**
 * Statements as the user's files have them: SQL, or Python where the tool is Alembic. Undefined where they cannot be written plainly:
 * a comment would swallow what follows it, and `:name` in Alembic's text is a parameter.
 */
function suggested(tool, steps) {
    const known = steps.flatMap((step) => step ?? []);
    const isPlain = known.every(({ sql }) => !/--|\/\*/.test(sql) && (tool !== 'alembic' || !/(?<!:):(?=\w)/.test(sql)));
    if (known.length !== steps.length || !isPlain)
        return undefined;
    return tool === 'alembic' ? inPython(known) : known.map(inSql).join('\n');
}
function inSql({ sql, own }) {
    const says = own && !/\bCONCURRENTLY\b/i.test(sql) ? ' -- in a transaction of its own' : '';
    return `${sql};${says}`;
}
/** What autocommit_block() holds is committed at once, and so is what was done before it. */
function inPython(steps) {
    return steps
        .flatMap(({ sql, own }, index) => {
        const call = `op.execute(${JSON.stringify(sql)})`;
        if (!own)
            return call;
        return [...(steps[index - 1]?.own ? [] : ['with op.get_context().autocommit_block():']), `    ${call}`];
    })
        .join('\n');
}
/** Names as they stand in SQL without quotes; undefined where one of them needs some. `public.` is left out. */
function plain(...names) {
    const bare = names.map((name) => name.replace(/^public\./, ''));
    return bare.every((name) => /^[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?$/.test(name)) ? bare : undefined;
}

;// CONCATENATED MODULE: ./rules/blocking-check/rule.ts


/* harmony default export */ const blocking_check_rule = (defineRule({
    name: 'blocking-check',
    summary: 'A CHECK that is verified as it is added shuts out readers and writers until every row is read',
    severity: 'error',
    aliases: ['squawk:constraint-missing-not-valid', 'eugene:E1'],
    work: 'scan',
    *check({ tool, migration, placed, isNew }) {
        for (const { op, statement } of placed(migration.up)) {
            if (op.kind !== 'add-constraint' || op.type !== 'check' || op.notValid || !op.enforced || isNew(op.table))
                continue;
            const isAlone = op.with === undefined && statement.operations.length === 1;
            const validate = `VALIDATE CONSTRAINT ${op.constraint ?? 'its name'}`;
            yield {
                at: op.at,
                direction: 'up',
                message: `Adding ${op.constraint ?? 'this CHECK'} reads every row of ${op.table}, while nobody can read or write it.`,
                help: op.with === 'column'
                    ? `Add the column without it, then the CHECK as NOT VALID, and ${validate} in a transaction of its own.`
                    : `Add it NOT VALID, and ${validate} in a transaction of its own, which lets reads and writes go on.`,
                suggestion: isAlone
                    ? suggested(tool, [
                        { sql: `${statement.sql} NOT VALID` },
                        ...(op.constraint === undefined ? [] : [validation(op.table, op.constraint)]),
                    ])
                    : apart(tool, op, statement.operations),
            };
        }
    },
}));
function validation(table, constraint) {
    const names = plain(table, constraint);
    return names && { sql: `ALTER TABLE ${names[0]} VALIDATE CONSTRAINT ${names[1]}`, own: true };
}
/** The column first, its CHECK after it; undefined where the statement does more than that. */
function apart(tool, check, operations) {
    const [added] = operations;
    if (added?.kind !== 'add-column' || operations.length !== 2 || check.expression === undefined)
        return undefined;
    const { name, type, default: value, notNull, filledBy, collation } = added.column;
    const [table, column, constraint] = plain(added.table, name, check.constraint ?? `${bare(added.table)}_${name}_check`) ?? [];
    if (constraint === undefined || constraint.length > 63 || filledBy !== undefined || collation !== undefined)
        return undefined;
    const definition = `${type}${value === undefined ? '' : ` DEFAULT ${value.sql}`}${notNull ? ' NOT NULL' : ''}`;
    return suggested(tool, [
        { sql: `ALTER TABLE ${table} ADD COLUMN ${column} ${definition}` },
        { sql: `ALTER TABLE ${table} ADD CONSTRAINT ${constraint} CHECK (${check.expression.sql}) NOT VALID` },
        validation(added.table, constraint),
    ]);
}
function bare(table) {
    return table.slice(table.indexOf('.') + 1);
}

;// CONCATENATED MODULE: ./rules/blocking-exclusion/rule.ts

/* harmony default export */ const blocking_exclusion_rule = (defineRule({
    name: 'blocking-exclusion',
    summary: 'An EXCLUDE constraint on an existing table shuts out readers and writers until its index is built',
    severity: 'warning',
    aliases: ['eugene:E8'],
    work: 'index build',
    *check({ migration, placed, isNew }) {
        for (const { op } of placed(migration.up)) {
            if (op.kind !== 'add-constraint' || op.type !== 'exclusion' || isNew(op.table))
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `Adding ${op.constraint ?? 'this EXCLUDE constraint'} builds an index on ${op.table} and compares its rows, while nobody can read or write the table.`,
                help: 'PostgreSQL knows no NOT VALID and no USING INDEX for EXCLUDE: do it in a maintenance window, or create a new table with it and move the rows there.',
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/blocking-foreign-key/rule.ts


/* harmony default export */ const blocking_foreign_key_rule = (defineRule({
    name: 'blocking-foreign-key',
    summary: 'A foreign key that is checked as it is added blocks writes to both tables meanwhile',
    severity: 'error',
    aliases: ['squawk:adding-foreign-key-constraint', 'squawk:constraint-missing-not-valid', 'eugene:E1'],
    work: 'scan',
    *check({ tool, migration, placed, isNew, isPartitioned, tablesBefore }) {
        const operations = placed(migration.up);
        for (const { op, statement } of operations) {
            if (op.kind !== 'add-constraint' || op.type !== 'foreign-key' || op.notValid || !op.enforced)
                continue;
            if (isNew(op.table) || (op.with === 'column' && !hasDefault(statement.operations, op.columns)))
                continue;
            if (isTakenOver(op, tablesBefore(op)))
                continue;
            const name = op.constraint ?? `${op.table.split('.')[1]}_${op.columns.join('_')}_fkey`;
            yield {
                at: op.at,
                direction: 'up',
                message: `Adding ${name} looks up every row of ${op.table} in ${op.references ?? 'the other table'}, and neither can be written until it is done.`,
                help: isPartitioned(op.table)
                    ? 'Before PostgreSQL 18 a partitioned table takes no NOT VALID foreign key: add it NOT VALID to each partition, validate it there, and then add it to the whole.'
                    : tool === 'alembic'
                        ? `Pass postgresql_not_valid=True, and run ALTER TABLE … VALIDATE CONSTRAINT ${name} in a later revision that has a transaction of its own.`
                        : `Add it NOT VALID, and VALIDATE CONSTRAINT ${name} in a transaction of its own, which lets reads and writes go on.`,
                suggestion: isPartitioned(op.table) || op.with === 'column' || statement.operations.length > 1
                    ? undefined
                    : suggested(tool, [
                        { sql: `${statement.sql} NOT VALID` },
                        ...(op.constraint === undefined ? [] : [rule_validation(op.table, op.constraint)]),
                    ]),
            };
        }
    },
    *observe({ works }) {
        for (const { statement, table, object, isHidden, evidence } of works('scan')) {
            if (!isHidden || table !== undefined)
                continue;
            yield {
                at: statement.at,
                direction: 'up',
                message: `The code that this runs checks ${object} against every row, and neither of its tables can be written until it is done.`,
                help: `Add ${object} NOT VALID, and validate it in a transaction of its own.`,
                evidence,
            };
        }
    },
}));
function rule_validation(table, constraint) {
    const names = plain(table, constraint);
    return names && { sql: `ALTER TABLE ${names[0]} VALIDATE CONSTRAINT ${names[1]}`, own: true };
}
/** Partitions that have it already, valid, are not looked at again: cases.md has the proof. */
function isTakenOver({ table, columns, references }, tables) {
    const partitions = tables.isPartitioned(table) ? tables.childrenOf(table) : [];
    const isIt = ({ type, validated, ...key }) => type === 'foreign key' && validated && key.references?.table === references && `${key.columns}` === `${columns}`;
    return partitions.length > 0 && partitions.every((partition) => tables.constraintsOf(partition).some(isIt));
}
/** A column that is added without one is NULL in every row: there is nothing to look up. */
function hasDefault(operations, columns) {
    return operations.some((op) => op.kind === 'add-column' &&
        columns.includes(op.column.name) &&
        (op.column.default !== undefined || op.column.filledBy !== undefined));
}

;// CONCATENATED MODULE: ./rules/blocking-index/rule.ts


/* harmony default export */ const blocking_index_rule = (defineRule({
    name: 'blocking-index',
    summary: 'CREATE INDEX without CONCURRENTLY blocks writes to the table until the index is built',
    severity: 'error',
    aliases: ['squawk:require-concurrent-index-creation', 'eugene:E6'],
    lock: 'ShareLock',
    work: 'index build',
    *check({ tool, migration, isNew, isPartitioned }) {
        for (const statement of migration.up.statements) {
            for (const op of statement.operations) {
                if (op.kind !== 'create-index' || op.concurrently || isNew(op.table))
                    continue;
                // A partitioned table has no rows of its own.
                if (op.only && isPartitioned(op.table))
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `Building ${op.index ?? 'this index'} blocks every INSERT, UPDATE and DELETE on ${op.table} until it is done.`,
                    help: tool === 'alembic'
                        ? 'Pass postgresql_concurrently=True, inside op.get_context().autocommit_block().'
                        : 'Use CREATE INDEX CONCURRENTLY, in a migration that runs outside of a transaction.',
                    suggestion: (tool === 'alembic' ? rule_inPython(op) : undefined) ?? suggested(tool, [rule_inSql(statement.sql)]),
                };
            }
        }
    },
    *observe({ works, tool }) {
        for (const { statement, table, mode, object, isHidden, evidence } of works('index build')) {
            if (!isHidden || mode !== 'SHARE')
                continue;
            yield {
                at: statement.at,
                direction: 'up',
                message: `The code that this runs builds ${object} on ${table}, which blocks every INSERT, UPDATE and DELETE there until it is done.`,
                help: `Build the index with ${tool === 'alembic' ? 'postgresql_concurrently=True, in an autocommit_block()' : 'CREATE INDEX CONCURRENTLY'}: a statement of its own, which no function can send.`,
                evidence,
            };
        }
    },
}));
function rule_inSql(sql) {
    const create = /^CREATE\s+(?:UNIQUE\s+)?INDEX\b/i.exec(sql)?.[0];
    return create === undefined ? undefined : { sql: `${create} CONCURRENTLY${sql.slice(create.length)}`, own: true };
}
function rule_inPython({ index, table, columns, unique, partial }) {
    if (index === undefined || partial)
        return undefined;
    const [schema = '', name = ''] = table.split('.');
    const text = (value) => JSON.stringify(value);
    const options = [
        ...(unique ? ['unique=True'] : []),
        ...(schema === 'public' ? [] : [`schema=${text(schema)}`]),
        'postgresql_concurrently=True',
    ];
    return [
        'with op.get_context().autocommit_block():',
        `    op.create_index(${[text(index), text(name), `[${columns.map(text).join(', ')}]`, ...options].join(', ')})`,
    ].join('\n');
}

;// CONCATENATED MODULE: ./rules/blocking-index-drop/rule.ts


/* harmony default export */ const blocking_index_drop_rule = (defineRule({
    name: 'blocking-index-drop',
    summary: 'DROP INDEX without CONCURRENTLY waits for every reader and makes all others wait behind it',
    severity: 'warning',
    aliases: ['squawk:require-concurrent-index-deletion'],
    lock: 'AccessExclusiveLock',
    *check({ tool, migration, placed, isNew, isPartitioned, tableOf }) {
        const operations = placed(migration.up);
        for (const { op, transaction } of operations) {
            if (op.kind !== 'drop-index' || op.concurrently)
                continue;
            const table = tableOf(op.index);
            const made = operations.some((each) => each.op.kind === 'create-index' && `${each.op.table.split('.')[0]}.${each.op.index}` === op.index);
            if (made || (table !== undefined && (isNew(table) || isPartitioned(table))))
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `Dropping ${op.index} takes ACCESS EXCLUSIVE on ${table ?? 'its table'}: it waits for whatever reads there, and everybody else waits behind it${transaction.openedBy ? ', until the transaction ends' : ''}.`,
                help: tool === 'alembic'
                    ? 'Pass postgresql_concurrently=True, inside op.get_context().autocommit_block().'
                    : 'Use DROP INDEX CONCURRENTLY, one index in each statement, outside of a transaction.',
                suggestion: op.cascade ? undefined : suggested(tool, [{ sql: concurrently(op.index, op.ifExists), own: true }]),
            };
        }
    },
}));
/** CONCURRENTLY drops one index at a time: https://www.postgresql.org/docs/current/sql-dropindex.html */
function concurrently(index, ifExists) {
    const name = index
        .replace(/^public\./, '')
        .split('.')
        .map((part) => (/^[a-z_][a-z0-9_]*$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`))
        .join('.');
    return `DROP INDEX CONCURRENTLY ${ifExists ? 'IF EXISTS ' : ''}${name}`;
}

;// CONCATENATED MODULE: ./rules/blocking-not-null/rule.ts


/* harmony default export */ const blocking_not_null_rule = (defineRule({
    name: 'blocking-not-null',
    summary: 'SET NOT NULL without a validated CHECK shuts out readers and writers until every row is read',
    severity: 'error',
    aliases: ['squawk:adding-not-nullable-field', 'eugene:E2'],
    work: 'scan',
    *check({ tool, migration, placed, isNew, isProven }) {
        for (const { op } of placed(migration.up)) {
            if (op.kind !== 'set-not-null' || isNew(op.table) || isProven(op))
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `SET NOT NULL on ${op.table}.${op.column} reads every row, while nobody can read or write the table.`,
                help: 'Add a CHECK (… IS NOT NULL) NOT VALID and validate it in a transaction of its own. Then SET NOT NULL reads nothing, and the CHECK can go.',
                suggestion: fourSteps(tool, op),
            };
        }
    },
}));
function fourSteps(tool, op) {
    const [table, column] = plain(op.table, op.column) ?? [];
    if (table === undefined)
        return undefined;
    const name = `${table.split('.').at(-1)}_${column}_not_null`;
    if (name.length > 63)
        return undefined;
    return suggested(tool, [
        { sql: `ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${column} IS NOT NULL) NOT VALID` },
        { sql: `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}`, own: true },
        { sql: `ALTER TABLE ${table} ALTER COLUMN ${column} SET NOT NULL` },
        { sql: `ALTER TABLE ${table} DROP CONSTRAINT ${name}` },
    ]);
}

;// CONCATENATED MODULE: ./rules/blocking-partition-attach/rule.ts

/* harmony default export */ const blocking_partition_attach_rule = (defineRule({
    name: 'blocking-partition-attach',
    summary: 'A table that is attached without a matching CHECK is locked while all of its rows are read',
    severity: 'warning',
    work: 'scan',
    *check({ migration, placed, isNew, isChecked }) {
        for (const { op } of placed(migration.up)) {
            if (op.kind !== 'attach-partition' || isNew(op.partition) || isChecked(op))
                continue;
            // The bound of a DEFAULT partition is what the others leave, which no CHECK of a migration is likely to say.
            if (/^DEFAULT$/i.test(op.bound.trim()))
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `Attaching ${op.partition} reads every row of it to see that they fit, while nobody can read or write it.`,
                help: 'First add a CHECK that says what the bound says, and that the key is not null, to the partition: NOT VALID, and validated in a transaction of its own. Then nothing is read, and the CHECK can go.',
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/blocking-partition-detach/rule.ts


/* harmony default export */ const blocking_partition_detach_rule = (defineRule({
    name: 'blocking-partition-detach',
    summary: 'DETACH PARTITION without CONCURRENTLY shuts out readers and writers of the whole partitioned table',
    severity: 'warning',
    aliases: ['squawk:require-concurrent-partition-detach'],
    lock: 'AccessExclusiveLock',
    *check({ tool, migration, placed, isNew }) {
        for (const { op, statement } of placed(migration.up)) {
            if (op.kind !== 'detach-partition' || op.concurrently || op.finalize || isNew(op.table))
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `Detaching ${op.partition} takes ACCESS EXCLUSIVE on ${op.table}: it waits for every query on any partition, and all others wait behind it.`,
                help: 'Use DETACH PARTITION … CONCURRENTLY, outside of a transaction. It cannot be used where there is a DEFAULT partition.',
                suggestion: statement.operations.length === 1
                    ? suggested(tool, [{ sql: `${statement.sql} CONCURRENTLY`, own: true }])
                    : undefined,
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/blocking-primary-key/rule.ts


/* harmony default export */ const blocking_primary_key_rule = (defineRule({
    name: 'blocking-primary-key',
    summary: 'ADD PRIMARY KEY without USING INDEX shuts out readers and writers until the index is built',
    severity: 'error',
    aliases: ['squawk:adding-serial-primary-key-field', 'eugene:E7', 'eugene:W14'],
    work: 'index build',
    *check({ tool, migration, placed, isNew, isPartitioned }) {
        for (const { op } of placed(migration.up)) {
            if (op.kind !== 'add-constraint' || op.type !== 'primary-key')
                continue;
            if (op.usingIndex !== undefined || isNew(op.table))
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `This builds the primary key's index on ${op.table} (${op.columns.join(', ')}), and looks for NULLs where the columns may hold any, while nobody can read or write the table.`,
                help: isPartitioned(op.table)
                    ? 'A partitioned table takes no PRIMARY KEY USING INDEX; add it where its partitions are small, or to a new table.'
                    : 'Make the columns NOT NULL, CREATE UNIQUE INDEX CONCURRENTLY outside of a transaction, then ADD PRIMARY KEY USING INDEX, which is done at once.',
                suggestion: op.with === 'column' || isPartitioned(op.table) ? undefined : twoSteps(tool, op),
            };
        }
    },
}));
function twoSteps(tool, op) {
    const [table, name, ...columns] = plain(op.table, op.constraint ?? `${op.table.split('.')[1]}_pkey`, ...op.columns) ?? [];
    if (name === undefined || name.length > 63 || op.include.length > 0 || op.deferrable !== 'no')
        return undefined;
    return suggested(tool, [
        { sql: `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table} (${columns.join(', ')})`, own: true },
        { sql: `ALTER TABLE ${table} ADD CONSTRAINT ${name} PRIMARY KEY USING INDEX ${name}` },
    ]);
}

;// CONCATENATED MODULE: ./rules/blocking-refresh/rule.ts


/* harmony default export */ const blocking_refresh_rule = (defineRule({
    name: 'blocking-refresh',
    summary: 'REFRESH MATERIALIZED VIEW without CONCURRENTLY shuts out its readers until the query is done',
    severity: 'warning',
    lock: 'AccessExclusiveLock',
    *check({ tool, migration, placed, isNew }) {
        for (const { op, statement } of placed(migration.up)) {
            if (op.kind !== 'refresh-materialized-view' || op.concurrently || !op.withData || isNew(op.view))
                continue;
            const start = /^REFRESH\s+MATERIALIZED\s+VIEW\b/i.exec(statement.sql)?.[0];
            yield {
                at: op.at,
                direction: 'up',
                message: `Nobody can read ${op.view} while it is refreshed.`,
                help: 'Use REFRESH MATERIALIZED VIEW CONCURRENTLY. It needs a unique index over all rows of the view, and is allowed in a transaction.',
                suggestion: start && suggested(tool, [{ sql: `${start} CONCURRENTLY${statement.sql.slice(start.length)}` }]),
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/blocking-reindex/rule.ts


/* harmony default export */ const blocking_reindex_rule = (defineRule({
    name: 'blocking-reindex',
    summary: 'REINDEX without CONCURRENTLY blocks writes to the table, and reads that use the index, until it is built',
    severity: 'error',
    aliases: ['squawk:require-concurrent-reindex'],
    work: 'index build',
    *check({ tool, migration, placed, isNew, tableOf }) {
        for (const { op, statement } of placed(migration.up)) {
            if (op.kind !== 'reindex' || op.concurrently || op.scope === 'system')
                continue;
            const name = op.name;
            const table = op.scope === 'table' ? name : op.scope === 'index' && name ? tableOf(name) : undefined;
            if (table !== undefined && isNew(table))
                continue;
            const start = /^REINDEX\s+(?:INDEX|TABLE|SCHEMA|DATABASE)\b/i.exec(statement.sql)?.[0];
            yield {
                at: op.at,
                direction: 'up',
                message: `REINDEX holds SHARE on ${table ?? 'each table'} and ACCESS EXCLUSIVE on each index while it is built: writes wait, and so do queries that plan with the index.`,
                help: 'Use REINDEX … CONCURRENTLY, outside of a transaction.',
                suggestion: start && suggested(tool, [{ sql: `${start} CONCURRENTLY${statement.sql.slice(start.length)}`, own: true }]),
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/blocking-trigger/rule.ts

/* harmony default export */ const blocking_trigger_rule = (defineRule({
    name: 'blocking-trigger',
    summary: 'Changing the triggers of a table waits for its writers, and makes all others wait behind it',
    severity: 'info',
    lock: 'ShareRowExclusiveLock',
    *check({ migration, placed, isNew }) {
        for (const { op, transaction } of placed(migration.up)) {
            const done = changes(op);
            if (!done || isNew(done.table))
                continue;
            const shutOut = done.mode === 'ACCESS EXCLUSIVE' ? 'read or write' : 'write';
            yield {
                at: op.at,
                direction: 'up',
                message: `This takes ${done.mode} on ${done.table}: while it waits for those who ${done.mode === 'ACCESS EXCLUSIVE' ? 'use' : 'write'} the table${transaction.openedBy ? ', and until the transaction ends' : ''}, nobody else can ${shutOut} it.`,
                help: 'It is done at once when it gets the lock: set a lock_timeout, try again when it is over, and let nothing slow follow in the transaction.',
            };
        }
    },
}));
function changes(op) {
    if (op.kind === 'create-trigger' && op.timing !== 'instead of')
        return { table: op.table, mode: 'SHARE ROW EXCLUSIVE' };
    if (op.kind === 'set-trigger')
        return { table: op.table, mode: 'SHARE ROW EXCLUSIVE' };
    if (op.kind !== 'drop-object' || op.object !== 'trigger' || op.table === undefined)
        return undefined;
    return { table: op.table, mode: 'ACCESS EXCLUSIVE' };
}

;// CONCATENATED MODULE: ./rules/blocking-unique/rule.ts


/* harmony default export */ const blocking_unique_rule = (defineRule({
    name: 'blocking-unique',
    summary: 'ADD UNIQUE without USING INDEX shuts out readers and writers until the index is built',
    severity: 'error',
    aliases: ['squawk:disallowed-unique-constraint', 'eugene:E7'],
    work: 'index build',
    *check({ tool, migration, placed, isNew, isPartitioned }) {
        for (const { op } of placed(migration.up)) {
            if (op.kind !== 'add-constraint' || op.type !== 'unique')
                continue;
            if (op.usingIndex !== undefined || isNew(op.table))
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `This builds a unique index on ${op.table} (${op.columns.join(', ')}) while nobody can read or write the table.`,
                help: isPartitioned(op.table)
                    ? 'A partitioned table takes no UNIQUE USING INDEX: create a unique index ON ONLY it, build one CONCURRENTLY on each partition, and attach them.'
                    : 'CREATE UNIQUE INDEX CONCURRENTLY first, outside of a transaction; then ADD CONSTRAINT … UNIQUE USING INDEX, which is done at once.',
                suggestion: op.with === 'column' || isPartitioned(op.table) ? undefined : rule_twoSteps(tool, op),
            };
        }
    },
}));
function rule_twoSteps(tool, op) {
    const [table, name, ...columns] = plain(op.table, op.constraint ?? `${op.table.split('.')[1]}_${op.columns.join('_')}_key`, ...op.columns) ?? [];
    if (name === undefined || name.length > 63 || op.include.length > 0 || op.nullsNotDistinct || op.deferrable !== 'no')
        return undefined;
    return suggested(tool, [
        { sql: `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${table} (${columns.join(', ')})`, own: true },
        { sql: `ALTER TABLE ${table} ADD CONSTRAINT ${name} UNIQUE USING INDEX ${name}` },
    ]);
}

;// CONCATENATED MODULE: ./rules/broad-grant/rule.ts

/** What PostgreSQL grants to PUBLIC by itself: https://www.postgresql.org/docs/current/ddl-priv.html */
const publicByDefault = new Set(['function', 'procedure', 'routine', 'language', 'type', 'domain']);
/* harmony default export */ const broad_grant_rule = (defineRule({
    name: 'broad-grant',
    summary: 'A grant to PUBLIC or of ALL PRIVILEGES gives more than anybody asked for',
    severity: 'warning',
    *check({ migration }) {
        for (const { operations } of migration.up.statements) {
            for (const op of operations) {
                if (op.kind !== 'grant' || publicByDefault.has(op.object))
                    continue;
                const isPublic = op.roles.includes('PUBLIC');
                const isAll = op.privileges.length === 0;
                if (!isPublic && !(isAll && op.object === 'table'))
                    continue;
                const on = [...op.names, ...op.allInSchemas.map((schema) => `all in ${schema}`)].join(', ') || 'what will be created';
                yield {
                    at: op.at,
                    direction: 'up',
                    message: isPublic
                        ? `${isAll ? 'Everything' : op.privileges.join(', ')} on ${on} goes to PUBLIC: to every role there is, and every one to come.`
                        : `ALL PRIVILEGES on ${on} lets ${op.roles.join(', ')} empty it with TRUNCATE and add triggers to it, besides reading and writing.`,
                    help: 'Name the role that needs it, and the privileges that it needs: GRANT SELECT, INSERT, UPDATE, DELETE ON … TO … .',
                };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/broken-sql/rule.ts

/* harmony default export */ const broken_sql_rule = (defineRule({
    name: 'broken-sql',
    summary: 'PostgreSQL cannot parse the statement',
    severity: 'error',
    fails: '42601',
    *check({ scripts }) {
        for (const { direction, statements } of scripts) {
            for (const { sql, operations } of statements) {
                for (const op of operations) {
                    if (op.kind !== 'unparsed')
                        continue;
                    yield {
                        at: op.at,
                        direction,
                        message: `PostgreSQL refuses this statement: ${op.message}.`,
                        help: helpFor(sql, op.near),
                        sqlstate: '42601',
                    };
                }
            }
        }
    },
}));
/** Words of other databases that people bring along, and what PostgreSQL has in their place. */
function helpFor(sql, near) {
    const word = near?.toUpperCase();
    const verb = /\b(UPDATE|DELETE)\b/i.exec(sql)?.[1]?.toUpperCase();
    if (verb && (word === 'LIMIT' || word === 'ORDER')) {
        return (`PostgreSQL has no ${verb} … ${word === 'ORDER' ? 'ORDER BY … LIMIT' : 'LIMIT'}. Name the rows of a batch: ` +
            'WHERE id IN (SELECT id FROM … LIMIT n FOR UPDATE SKIP LOCKED), or go through the key in ranges: WHERE id >= a AND id < b.');
    }
    if (word === 'AUTO_INCREMENT' || word === 'AUTOINCREMENT')
        return 'Write GENERATED BY DEFAULT AS IDENTITY.';
    if (word?.startsWith('`'))
        return 'Names are quoted with double quotes in PostgreSQL.';
    return 'Correct the statement. The position is where the parser stopped; the mistake is there or just before.';
}

;// CONCATENATED MODULE: ./rules/broken-transaction/rule.ts

/* harmony default export */ const broken_transaction_rule = (defineRule({
    name: 'broken-transaction',
    summary: 'A transaction ends elsewhere than whoever began it expects',
    severity: 'error',
    aliases: ['squawk:transaction-nesting', 'squawk:ban-uncommitted-transaction'],
    fails: '2D000',
    *check({ scripts }) {
        for (const script of scripts) {
            const { direction } = script;
            for (const { op, message, help } of faults(script))
                yield { at: op.at, direction, message, help };
        }
    },
}));
function* faults({ statements, transaction }) {
    const wraps = transaction === 'script' || transaction === 'run';
    let own;
    for (const statement of statements) {
        const isInside = own !== undefined || (wraps && !statement.autocommit) || (transaction === 'query' && statements.length > 1);
        for (const op of controls(statement)) {
            if (op.inside === 'do-block') {
                if (isInside)
                    yield inBlock(op);
            }
            else if (op.inside === undefined && op.action === 'begin') {
                if (own)
                    yield nested(op);
                own ??= op;
            }
            else if (op.inside === undefined && (op.action === 'commit' || op.action === 'rollback')) {
                if (wraps && !statement.autocommit && !own)
                    yield theTools(op);
                own = undefined;
            }
        }
    }
    // The tool's own COMMIT ends what the file began.
    if (own && !wraps)
        yield leftOpen(own);
}
function controls({ operations }) {
    return operations.filter((op) => op.kind === 'transaction-control');
}
function inBlock(op) {
    return {
        op,
        message: `${op.action.toUpperCase()} in this block fails, because the block runs inside of a transaction.`,
        help: 'Run the block outside of a transaction, in a migration of its own, or take it out.',
    };
}
function nested(op) {
    return {
        op,
        message: 'This BEGIN stands inside of a transaction: PostgreSQL only warns, and the first COMMIT ends both.',
        help: 'Use SAVEPOINT for a transaction within a transaction, or leave this BEGIN and its COMMIT out.',
    };
}
function theTools(op) {
    return {
        op,
        message: `${op.action.toUpperCase()} here ends the transaction that the tool began: what follows is not undone when it fails, and may be recorded wrongly.`,
        help: 'Leave it out, or have the tool run this migration outside of a transaction.',
    };
}
function leftOpen(op) {
    return {
        op,
        message: 'The transaction that begins here is never committed: all of it is rolled back when the connection ends.',
        help: 'End it with COMMIT.',
    };
}

;// CONCATENATED MODULE: ./rules/cached-plan-change/rule.ts

/* harmony default export */ const cached_plan_change_rule = (defineRule({
    name: 'cached-plan-change',
    summary: 'Prepared statements whose result changes fail once in every open connection',
    severity: 'info',
    general: true,
    *observe({ roundTrip }) {
        const told = new Set();
        for (const each of roundTrip.oldCode ?? []) {
            if (each.outcome !== 'changes' || !matters(each))
                continue;
            const { source, because, object, message } = each;
            const isSent = source.kind === 'file';
            const what = isSent ? `the query at ${source.at.file}:${source.at.line}` : `SELECT on ${object}`;
            const key = JSON.stringify([because?.line, object, message]);
            if (told.has(key))
                continue;
            told.add(key);
            yield {
                ...(because && { at: because }),
                direction: 'up',
                message: `A connection that has prepared ${what} fails with "cached plan must not change result type" (0A000) the next time: ${message}.`,
                help: 'Let the connections of the running release be opened anew after the migration, or name the columns in the query and add others under new names.',
                evidence: [`${isSent ? each.sql.replace(/\s+/g, ' ').trim().slice(0, 100) : each.sql}: ${message}`],
                sqlstate: '0A000',
            };
        }
    },
}));
/**
 * Of what nobody is known to send, only what a change of type does to named columns. That `SELECT *` gives a new column is so with
 * every column that is added, and that a longer text fits is why it was made longer.
 */
function matters({ source, verb, changed }) {
    if (source.kind === 'file')
        return true;
    return verb === 'SELECT' && changed.some(({ how, from, to }) => how === 'type' && !isWider(from, to));
}
/** The same kind of value with another limit, or none. */
function isWider(from, to) {
    const bare = (type) => type.replace(/\([^)]*\)/, '').replace('character varying', 'text');
    return bare(from) === bare(to) || (from === 'cidr' && to === 'inet');
}

;// CONCATENATED MODULE: ./rules/char-type/rule.ts

/* harmony default export */ const char_type_rule = (defineRule({
    name: 'char-type',
    summary: 'char(n) is filled up with spaces that count in some places and not in others',
    severity: 'warning',
    aliases: ['squawk:ban-char-field'],
    isPolicy: true,
    *check({ migration, typedColumns }) {
        for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
            for (const { table, name, type } of typedColumns(op)) {
                if (!/^character\(\d+\)/.test(type))
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `${table}.${name} is ${type}: shorter values are stored with spaces at the end, which LIKE sees and = does not.`,
                    help: 'Use text or varchar(n), with a CHECK on the length where it is fixed.',
                };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/circular-history/rule.ts

/* harmony default export */ const circular_history_rule = (defineRule({
    name: 'circular-history',
    summary: 'Revisions that come after one another have no order, and no tool runs any of them',
    severity: 'error',
    *history({ faults }) {
        for (const fault of faults) {
            if (fault.kind !== 'cycle')
                continue;
            const others = fault.files.filter((file) => file !== fault.at.file);
            yield {
                at: fault.at,
                direction: 'up',
                migration: fault.migration,
                message: `${fault.name} comes after itself${others.length > 0 ? `, by way of ${shortened(others)}` : ''}: Alembic finds a cycle, and runs nothing.`,
                help: 'Name the revision that was the head before as down_revision of the first of them.',
            };
        }
    },
}));
function shortened(files) {
    return files.length > 5 ? `${files.slice(0, 5).join(', ')} and ${files.length - 5} more` : files.join(', ');
}

;// CONCATENATED MODULE: ./rules/concurrently-in-transaction/rule.ts


/* harmony default export */ const concurrently_in_transaction_rule = (defineRule({
    name: 'concurrently-in-transaction',
    summary: 'CONCURRENTLY fails inside of a transaction',
    severity: 'error',
    aliases: ['squawk:ban-concurrent-index-creation-in-transaction'],
    fails: '25001',
    *check({ tool, scripts, placed }) {
        for (const script of scripts) {
            for (const { op, statement, transaction } of placed(script)) {
                const what = concurrent(op);
                const openedBy = op.inside === 'do-block' || statement.operations[0]?.kind === 'do-block' ? 'block' : transaction.openedBy;
                if (!what || !openedBy)
                    continue;
                const suggestion = tool === 'alembic' && openedBy === 'tool' ? suggested(tool, [{ sql: statement.sql, own: true }]) : undefined;
                yield { ...concurrently_in_transaction_rule_report(op, what, openedBy, script.direction, tool), suggestion };
            }
        }
    },
    *observe({ tool, roundTrip, failed, said }) {
        for (const { direction, error } of roundTrip.steps) {
            if (error?.sqlstate !== '25001')
                continue;
            for (const op of failed(error)) {
                const what = concurrent(op);
                if (what)
                    yield { ...concurrently_in_transaction_rule_report(op, what, 'tool', direction, tool), evidence: [said(error)], sqlstate: error.sqlstate };
            }
        }
    },
}));
/** REFRESH MATERIALIZED VIEW CONCURRENTLY is not among them: it runs in a transaction. */
function concurrent(op) {
    switch (op.kind) {
        case 'create-index':
            return op.concurrently ? 'CREATE INDEX CONCURRENTLY' : undefined;
        case 'drop-index':
            return op.concurrently ? 'DROP INDEX CONCURRENTLY' : undefined;
        case 'reindex':
            return op.concurrently ? 'REINDEX CONCURRENTLY' : undefined;
        case 'detach-partition':
            return op.concurrently ? 'DETACH PARTITION CONCURRENTLY' : undefined;
        default:
            return undefined;
    }
}
function concurrently_in_transaction_rule_report({ at }, what, openedBy, direction, tool) {
    const where = { tool: 'in the transaction that the tool opens', file: 'after BEGIN', block: 'in a DO block' }[openedBy];
    return {
        at,
        direction,
        message: `${what} stands ${where}, and PostgreSQL refuses it in any transaction.`,
        help: tool === 'alembic'
            ? 'Put it inside of: with op.get_context().autocommit_block():'
            : openedBy === 'tool'
                ? 'Put it in a migration of its own that the tool runs without a transaction.'
                : 'Put it before BEGIN, after COMMIT, or in a file of its own.',
    };
}

;// CONCATENATED MODULE: ./rules/data-dependent-upgrade/rule.ts

/* harmony default export */ const data_dependent_upgrade_rule = (defineRule({
    name: 'data-dependent-upgrade',
    summary: 'The upgrade succeeds, or keeps every value, only on some data',
    severity: 'warning',
    general: true,
    *observe({ migration, roundTrip, said }) {
        const { refusedRows: own } = roundTrip;
        if (own && (own.sqlstate === undefined || own.sqlstate === 'P0001'))
            yield {
                at: own.at,
                direction: 'up',
                message: `The upgrade of ${migration.name} stops at rows that were made up for the rehearsal, and goes through without them: ${own.message.replace(/\.$/, '')}.`,
                help: 'Look for such rows in production before this is released. Where there can be none, forbid them with a constraint, or give the rehearsal rows like yours: seeds in .migration-gate.yml.',
                evidence: [said(own)],
                sqlstate: own.sqlstate,
            };
        const isTried = (at) => migration.up.statements.some(({ at: place, operations }) => place.line === at?.line &&
            operations.length > 0 &&
            operations.every((op) => op.kind === 'validate-constraint'));
        // VALIDATE CONSTRAINT is there to be tried: where it fails, nothing has changed and nobody has waited.
        const found = (roundTrip.preconditions ?? []).filter(({ kind, outcome, at }) => kind !== 'no-rows' && outcome !== 'untried' && !isTried(at));
        for (const together of byPlace(found)) {
            const [first] = together;
            if (!first)
                continue;
            const needs = together.map((each) => each.needs);
            yield {
                at: first.at,
                direction: 'up',
                message: first.outcome === 'fails'
                    ? `This fails unless ${needs.join(', and ')}.`
                    : `This changes values without a word unless ${needs.join(', and ')}.`,
                help: first.outcome === 'fails'
                    ? 'Count such rows in production with the query below, and correct them in a step before this one, or say in the statement what becomes of them.'
                    : 'Count such rows in production with the query below. Where they matter, keep the old values in a column of their own until nobody asks for them.',
                evidence: together.flatMap(evidence),
                sqlstate: first.sqlstate,
            };
        }
    },
}));
/** Those that one statement asks for, and that end alike. */
function byPlace(found) {
    const groups = new Map();
    for (const each of found) {
        const { at, outcome, sqlstate } = each;
        const key = JSON.stringify([at?.file, at?.line, at?.column, outcome, sqlstate]);
        groups.set(key, [...(groups.get(key) ?? []), each]);
    }
    return [...groups.values()];
}
function evidence({ outcome, sqlstate, needs, count }) {
    const seen = outcome === 'fails'
        ? `On rows of another kind the upgrade failed${sqlstate === undefined ? '' : ` (${sqlstate})`}, and without them it did not: ${needs}`
        : `On rows of another kind the upgrade went through and their values were other ones afterwards: ${needs}`;
    return count === undefined ? [seen] : [seen, count];
}

;// CONCATENATED MODULE: ./rules/data-lost-on-downgrade/rule.ts

/* harmony default export */ const data_lost_on_downgrade_rule = (defineRule({
    name: 'data-lost-on-downgrade',
    summary: 'Upgrade and downgrade together lose or change rows that were there before',
    severity: 'error',
    *observe({ migration, roundTrip, isEmpty }) {
        // Where nothing is undone, another rule says so in one sentence.
        if (!migration.down || isEmpty(migration.down))
            return;
        const losses = roundTrip.data.flatMap((change) => (change.after === 'down' ? (loss(change) ?? []) : []));
        const later = (roundTrip.laterRows?.data ?? []).flatMap((change) => loss(change) ?? []);
        if (later.length > 0)
            yield {
                direction: 'down',
                severity: later.some((each) => / rows$/.test(each)) ? 'warning' : 'info',
                message: `The downgrade of ${migration.name} gives up what was written since the upgrade: ${later.join('; ')}.`,
                help: 'Where that is not meant, keep such rows and values in a table or column of their own, which the downgrade leaves in place.',
                evidence: later,
            };
        if (losses.length === 0)
            return;
        yield {
            direction: 'down',
            message: `After the upgrade and the downgrade of ${migration.name}, ${losses.join('; ')}.`,
            help: 'Keep what the upgrade removes or shortens, in a column or table that the downgrade can restore it from; ' +
                'or remove it in a later release, when no way back is needed any more.',
            evidence: losses,
        };
    },
}));
function loss({ table, column, change, rowsBefore, rowsAfter }) {
    const where = column === undefined ? table : `${table}.${column}`;
    switch (change) {
        case 'rows-lost':
            return `${where} has ${rowsAfter} of ${rowsBefore} rows`;
        case 'values-lost':
            return `values of ${where} are gone`;
        case 'values-changed':
            return `values of ${where} are not what they were`;
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./rules/deleted-migration/rule.ts

/* harmony default export */ const deleted_migration_rule = (defineRule({
    name: 'deleted-migration',
    summary: 'Deleting a migration takes nothing back where it was applied',
    severity: 'error',
    *history({ tool, changes }) {
        for (const change of changes) {
            if (change.kind !== 'deleted')
                continue;
            const { migration, name, file } = change;
            yield {
                at: { file, line: 1, column: 1, endLine: 1 },
                direction: 'up',
                migration,
                message: tool === 'alembic'
                    ? `${name} is on the base branch and deleted here. A database that is at ${migration} cannot be upgraded or downgraded any more: Alembic does not find that revision.`
                    : `${name} is on the base branch and deleted here. A database that has applied it keeps what it did; a new one never gets it, and from here on they differ.`,
                help: 'Keep the file, and take back what it did in a new migration.',
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/disabled-protection/rule.ts

/* harmony default export */ const disabled_protection_rule = (defineRule({
    name: 'disabled-protection',
    summary: 'Triggers or row security are switched off and not on again',
    severity: 'warning',
    *check({ migration, isNew }) {
        const operations = migration.up.statements.flatMap((statement) => statement.operations);
        for (const [index, op] of operations.entries()) {
            const off = switchedOff(op);
            if (off === undefined || ('table' in op && op.table !== undefined && isNew(op.table)))
                continue;
            if (operations.slice(index + 1).some((each) => isUndone(op, each)))
                continue;
            yield { at: op.at, direction: 'up', ...off };
        }
    },
}));
function switchedOff(op) {
    if (op.kind === 'set-trigger' && op.state === 'disabled') {
        const which = op.trigger === 'ALL' ? 'every trigger' : op.trigger === 'USER' ? 'every trigger of your own' : op.trigger;
        const keys = op.trigger === 'ALL' ? ', foreign keys included' : '';
        return {
            message: `From here on ${which} on ${op.table} is switched off${keys}, for everybody, and this migration does not switch it on again.`,
            help: `Switch it on again where the work is done: ALTER TABLE … ENABLE TRIGGER ${op.trigger}. Or drop it, if it is not needed.`,
        };
    }
    if (op.kind === 'row-security' && (op.change === 'disable' || op.change === 'no-force')) {
        return {
            message: `From here on ${op.change === 'disable' ? 'whoever may read' : 'the owner of'} ${op.table} sees every row of it: its policies no longer count.`,
            help: 'Leave it on, and give the role that has to see everything BYPASSRLS, or a policy of its own.',
        };
    }
    return undefined;
}
function isUndone(op, later) {
    if (op.kind === 'set-trigger') {
        if (later.kind === 'drop-table')
            return later.table === op.table;
        if (later.kind === 'drop-object')
            return later.object === 'trigger' && later.table === op.table && later.name === op.trigger;
        return (later.kind === 'set-trigger' &&
            later.table === op.table &&
            later.state !== 'disabled' &&
            (later.trigger === op.trigger || later.trigger === 'ALL'));
    }
    if (op.kind !== 'row-security' || !('table' in later) || later.table !== op.table)
        return false;
    return later.kind === 'row-security' && later.change === (op.change === 'disable' ? 'enable' : 'force');
}

;// CONCATENATED MODULE: ./rules/downgrade-drops-what-was-there/rule.ts

/* harmony default export */ const downgrade_drops_what_was_there_rule = (defineRule({
    name: 'downgrade-drops-what-was-there',
    summary: 'What IF NOT EXISTS found there already, the downgrade drops',
    severity: 'error',
    *check({ migration: { up, down }, isNew, typeAt }) {
        const found = up.statements
            .flatMap(({ operations }) => operations)
            .flatMap((op) => {
            const isThere = op.kind === 'create-table'
                ? op.ifNotExists && op.columns.some(({ name }) => typeAt(op, op.table, name)) && !isNew(op.table)
                : op.kind === 'add-column' && op.ifNotExists && typeAt(op, op.table, op.column.name) !== undefined;
            return isThere ? op : [];
        });
        for (const op of (down?.statements ?? []).flatMap(({ operations }) => operations)) {
            const name = found.map((created) => droppedBy(op, created)).find((each) => each !== undefined);
            if (name === undefined)
                continue;
            yield {
                at: op.at,
                direction: 'down',
                message: `${name} was there before the upgrade, whose IF NOT EXISTS does nothing; this drops it, with what was in it.`,
                help: 'Create without IF NOT EXISTS, so that the upgrade fails where it is there already; or leave it alone in the downgrade.',
            };
        }
    },
}));
/** The name of what was created, if the operation drops it. */
function droppedBy(op, created) {
    if (created.kind === 'create-table') {
        return op.kind === 'drop-table' && op.table === created.table ? `The table ${op.table}` : undefined;
    }
    if (created.kind !== 'add-column' || op.kind !== 'drop-column')
        return undefined;
    const isSame = op.table === created.table && op.column === created.column.name;
    return isSame ? `The column ${op.table}.${op.column}` : undefined;
}

;// CONCATENATED MODULE: ./src/model/listed.ts
/** The first of some names, and how many more there are: `a, b, c and 4 more`. */
function listed(names, shown = 3) {
    const rest = names.length - shown;
    return rest > 0 ? `${names.slice(0, shown).join(', ')} and ${rest} more` : names.join(', ');
}

;// CONCATENATED MODULE: ./rules/drop-cascade/rule.ts


/* harmony default export */ const drop_cascade_rule = (defineRule({
    name: 'drop-cascade',
    summary: 'CASCADE drops objects that the statement does not name',
    severity: 'error',
    breaks: ['42P01', '42703', '42704', '42883', '42P10'],
    *check({ migration, earlier }) {
        const created = new Set();
        for (const { operations } of earlier)
            for (const op of operations)
                note(created, op);
        for (const { operations } of migration.up.statements) {
            const dropped = new Map();
            for (const op of operations) {
                note(created, op);
                const name = cascading(op);
                if (name === undefined || created.has(name))
                    continue;
                const place = `${op.at.line}:${op.at.column}`;
                const others = dropped.get(place);
                if (others)
                    others.names.push(name);
                else
                    dropped.set(place, { at: op.at, names: [name] });
            }
            for (const { at, names } of dropped.values())
                yield {
                    at,
                    direction: 'up',
                    message: `CASCADE drops with ${listed(names)} whatever depends on ${names.length > 1 ? 'them' : 'it'}: views, foreign keys, functions and columns that nobody named.`,
                    help: 'Leave CASCADE out. PostgreSQL then lists what depends on it (2BP01): drop each by its name, or change it first.',
                };
        }
    },
}));
/** What a DROP … CASCADE names. */
function cascading(op) {
    switch (op.kind) {
        case 'drop-table':
            return op.cascade ? op.table : undefined;
        case 'drop-column':
            return op.cascade ? `${op.table}.${op.column}` : undefined;
        case 'drop-constraint':
            return op.cascade ? op.constraint : undefined;
        case 'drop-index':
            return op.cascade ? op.index : undefined;
        case 'drop-type':
            return op.cascade ? op.type : undefined;
        case 'drop-object':
            return op.cascade ? op.name : undefined;
        default:
            return undefined;
    }
}
/** What this change made itself takes only what this change hung on it. */
function note(created, op) {
    if (op.kind === 'create-table' && !op.ifNotExists)
        created.add(op.table);
    if (op.kind === 'create-type')
        created.add(op.type);
    if (op.kind === 'create-view' && !op.replace)
        created.add(op.view);
    if (op.kind === 'create-schema' && !op.ifNotExists)
        created.add(op.schema);
}

;// CONCATENATED MODULE: ./rules/dropped-column/rule.ts

/* harmony default export */ const dropped_column_rule = (defineRule({
    name: 'dropped-column',
    summary: 'Code that still names a dropped column fails, and the values are gone',
    severity: 'warning',
    breaks: ['42703', '0A000'],
    aliases: ['squawk:ban-drop-column'],
    *check({ migration, before, isNew, isNewColumn }) {
        for (const { operations } of migration.up.statements) {
            for (const op of operations) {
                if (op.kind !== 'drop-column' || isNew(op.table) || isNewColumn(op.table, op.column))
                    continue;
                if (op.ifExists && isGone(op, [...before, migration]))
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `From here on every statement that names ${op.table}.${op.column} fails, in the release that still runs as well; its values are gone.`,
                    help: `Release code first that names ${op.column} no more, not even through the list of columns that an ORM keeps. Drop it in the release after.`,
                };
            }
        }
    },
}));
/** The last that was done with it before was to drop it: IF EXISTS then does nothing. */
function isGone(drop, migrations) {
    const all = migrations.flatMap(({ up }) => up.statements).flatMap(({ operations }) => operations);
    const last = all.slice(0, all.indexOf(drop)).findLast((op) => mayMake(op, drop) || rule_isSame(op, drop));
    return last !== undefined && rule_isSame(last, drop);
}
function rule_isSame(op, { table, column }) {
    return op.kind === 'drop-column' && op.table === table && op.column === column;
}
function mayMake(op, { table, column }) {
    if (op.kind === 'add-column')
        return op.table === table && op.column.name === column;
    return (op.kind === 'create-table' && op.table === table) || op.kind === 'rename' || op.kind === 'hidden-sql';
}

;// CONCATENATED MODULE: ./rules/dropped-not-null/rule.ts

/* harmony default export */ const dropped_not_null_rule = (defineRule({
    name: 'dropped-not-null',
    summary: 'Without NOT NULL, code that reads the column meets NULL for the first time',
    severity: 'info',
    aliases: ['squawk:ban-drop-not-null'],
    *check({ migration, isNew, isNewColumn }) {
        for (const { operations } of migration.up.statements) {
            for (const op of operations) {
                if (op.kind !== 'drop-not-null' || isNew(op.table) || isNewColumn(op.table, op.column))
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `From here on ${op.table}.${op.column} may be NULL, and the release that still runs reads it as if it never were.`,
                    help: `Release code first that can read NULL there. The downgrade has to fill ${op.column} before it forbids NULL again.`,
                };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/dropped-object/rule.ts


const calls = (it) => `calls ${it} (42883)`;
/** What becomes of code that names it. Tables and columns are other rules'. */
const uses = {
    view: (it) => `reads ${it} (42P01)`,
    'materialized view': (it) => `reads ${it} (42P01)`,
    function: calls,
    procedure: calls,
    routine: calls,
    aggregate: calls,
    sequence: (it) => `asks ${it} for a number (42P01)`,
    schema: (it) => `names ${it}, or has ${it} on its search_path (3F000, 42P01)`,
    extension: (it) => `uses functions, types or operators of ${it}`,
};
/* harmony default export */ const dropped_object_rule = (defineRule({
    name: 'dropped-object',
    summary: 'Code that still names a dropped view, function, type, sequence or schema fails',
    severity: 'warning',
    breaks: ['42P01', '42883', '42704', '3F000'],
    *check({ migration, before, earlier, placed }) {
        const made = new Set(earlier.flatMap(({ operations }) => operations).flatMap(created));
        const oldNames = new Map();
        const dropped = new Map();
        for (const { op, transaction } of placed(migration.up)) {
            if (op.kind === 'rename' && op.object === 'type')
                oldNames.set(`${schemaOf(op.name)}.${op.to}`, op.name);
            const after = transaction.operations.slice(transaction.operations.indexOf(op) + 1);
            const name = op.kind === 'drop-type' ? op.type : op.kind === 'drop-object' ? op.name : undefined;
            if (name === undefined || made.delete(name) || after.flatMap(given).includes(name)) {
                for (const each of created(op))
                    made.add(each);
                continue;
            }
            if (op.kind === 'drop-type') {
                const old = oldNames.get(name);
                const isSwapped = old !== undefined && !made.has(name);
                yield {
                    at: op.at,
                    direction: 'up',
                    message: isSwapped
                        ? `${name} is what ${old} was: open connections know the type by its number, and their prepared statements fail with “cache lookup failed for type” until they are made again.`
                        : `From here on every statement that names the type ${name} fails (42704), and so do prepared statements of open connections that use it.`,
                    help: isSwapped
                        ? `Add the new values to ${old} in place, and leave those that nobody uses. Where the type must be exchanged, let all connections be opened again after it, and drop the old one in a later release.`
                        : 'Release code first that names it no more, and drop it in the release after.',
                };
                continue;
            }
            if (op.kind !== 'drop-object')
                continue;
            const use = uses[op.object];
            if (use === undefined || (use === calls && isOfTriggers(name, before)))
                continue;
            const key = `${op.object} ${op.at.line}:${op.at.column}`;
            const others = dropped.get(key);
            if (others)
                others.names.push(name);
            else
                dropped.set(key, { at: op.at, use, object: op.object, names: [name] });
        }
        for (const { at, use, object, names } of dropped.values())
            yield {
                at,
                direction: 'up',
                message: `From here on every statement fails that ${use(names.length > 1 ? 'one of them' : 'it')}: the ${object}${names.length > 1 ? 's' : ''} ${listed(names)}; also those of the release that still runs.`,
                help: `Release code first that names ${names.length > 1 ? 'them' : 'it'} no more, and drop ${names.length > 1 ? 'them' : 'it'} in the release after.`,
            };
    },
}));
function schemaOf(name) {
    return name.slice(0, name.indexOf('.'));
}
/**
 * No statement can call the function of a trigger, and PostgreSQL keeps it as long as a trigger does
 * (https://www.postgresql.org/docs/current/plpgsql-trigger.html).
 */
function isOfTriggers(name, before) {
    const made = before
        .flatMap(({ up }) => up.statements)
        .flatMap(({ operations }) => operations)
        .filter((op) => op.kind === 'create-function' && op.function === name);
    return made.length > 0 && made.every((op) => 'returns' in op && /^(?:event_)?trigger$/.test(op.returns ?? ''));
}
/** The names that something has after an operation, new or replaced. */
function given(op) {
    if (op.kind === 'create-function')
        return [op.function];
    return op.kind === 'create-view' ? [op.view] : created(op);
}
/** The names that an operation gives to something new. */
function created(op) {
    switch (op.kind) {
        case 'create-function':
            return op.replace ? [] : [op.function];
        case 'create-view':
            return op.replace ? [] : [op.view];
        case 'create-table':
            return [op.table];
        case 'create-type':
            return [op.type];
        case 'create-sequence':
            return [op.sequence];
        case 'create-schema':
            return [op.schema];
        case 'create-extension':
            return [op.extension];
        case 'create-object':
            return [op.name];
        default:
            return [];
    }
}

;// CONCATENATED MODULE: ./rules/dropped-table/rule.ts

/* harmony default export */ const dropped_table_rule = (defineRule({
    name: 'dropped-table',
    summary: 'Code that still names a dropped table fails, and the rows are gone',
    severity: 'warning',
    breaks: ['42P01', '42703', '0A000'],
    aliases: ['squawk:ban-drop-table'],
    *check({ migration, earlier }) {
        const own = new Set(migration.up.statements.flatMap(({ operations }) => operations));
        const created = new Set();
        for (const op of [...earlier, ...migration.up.statements].flatMap(({ operations }) => operations)) {
            if (op.kind === 'create-table' && !op.ifNotExists)
                created.add(op.table);
            if (op.kind !== 'drop-table' || created.delete(op.table) || !own.has(op))
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `From here on every statement that names ${op.table} fails, in the release that still runs as well; its rows are gone.`,
                help: 'Release code first that names the table no more. Drop it in the release after, when a backup holds its rows.',
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/duplicate-revision/rule.ts

/* harmony default export */ const duplicate_revision_rule = (defineRule({
    name: 'duplicate-revision',
    summary: 'Of two migrations with one number or revision, a database gets one, or neither',
    severity: 'error',
    *history({ tool, faults }) {
        for (const fault of faults) {
            if (fault.kind !== 'duplicate')
                continue;
            yield {
                at: fault.at,
                direction: 'up',
                migration: fault.migration,
                ...told(tool, fault),
            };
        }
    },
}));
function told(tool, { migration, other, date }) {
    if (tool === 'alembic')
        return {
            message: `${other} has the revision ${migration} as well: Alembic keeps one of the two files and leaves the other out.`,
            help: 'Give this file a revision of its own, and let it come after the other: alembic revision makes a new one.',
        };
    if (date !== undefined)
        return {
            message: `${other} has the date ${date} as well: which of them runs first is not told by their names.`,
            help: `Put a counter behind the date, such as ${date}-2, or a time behind the date of both. The other is on the base branch already, or is merged first.`,
        };
    return {
        message: `${other} has the number ${migration} as well: which of them runs first, and whether both do, is not defined.`,
        help: 'Give this one the next free number. The other is on the base branch already, or is merged first.',
    };
}

;// CONCATENATED MODULE: ./rules/edited-migration/rule.ts

/* harmony default export */ const edited_migration_rule = (defineRule({
    name: 'edited-migration',
    summary: 'A migration that is on the base branch has been applied, and nobody applies it again',
    severity: 'error',
    *history({ tool, migrations, changes }) {
        for (const change of changes) {
            const migration = migrations.find(({ id }) => change.kind === 'edited' && id === change.migration);
            if (change.kind !== 'edited' || !migration)
                continue;
            const { up, id, name } = migration;
            const checks = checksums[tool];
            if (change.what === 'text' && !checks)
                continue;
            yield {
                at: up.at,
                direction: 'up',
                migration: id,
                message: change.what === 'text'
                    ? `${name} is on the base branch already, and ${checks}, also where only a comment has changed.`
                    : change.what === 'parents'
                        ? `${name} is on the base branch already, and is given another place in the order here: a database that is beyond it never runs what now comes before it.`
                        : `${name} is on the base branch already: a database that has applied it keeps the old form, a new one gets the new, and from here on they differ${checks ? `; and ${checks}` : ''}.`,
                help: 'Give the file its old text back, and write what is to change into a new migration.',
            };
        }
    },
}));
/** Tools that compare what they have applied with the file. */
const checksums = {
    flyway: 'Flyway compares its checksum and stops (validate)',
    sqlx: 'sqlx compares its checksum and stops',
    'graphile-migrate': 'graphile-migrate compares its hash and stops',
    prisma: 'prisma migrate dev wants to reset the database when its checksum differs',
};

;// CONCATENATED MODULE: ./rules/empty-downgrade/rule.ts

/* harmony default export */ const empty_downgrade_rule = (defineRule({
    name: 'empty-downgrade',
    summary: 'A downgrade that does nothing leaves everything that the upgrade did',
    severity: 'error',
    check: (context) => reports(context, []),
    observe({ roundTrip: { steps, drift, data }, said, ...context }) {
        const kept = [
            ...drift.flatMap((each) => each.after === 'down' && each.class === 'contract' ? `${each.kind} ${each.object}` : []),
            ...data.flatMap((each) => (each.after === 'down' ? `${each.table}${each.column ? `.${each.column}` : ''}` : [])),
        ].map((name) => `${name} is as the upgrade left it`);
        const again = steps.flatMap(({ attempt, error }) => attempt === 2 && error ? `The upgrade, run again: ${said(error)}` : []);
        return kept.length > 0 ? reports(context, [...kept, ...again]) : [];
    },
}));
function* reports({ tool, migration, isEmpty }, evidence) {
    if (!migration.down || !isEmpty(migration.down) || isEmpty(migration.up))
        return;
    yield {
        direction: 'down',
        message: `The downgrade of ${migration.name} does nothing, so whoever runs it believes that the upgrade is undone.`,
        help: tool === 'alembic'
            ? 'Undo in downgrade() what upgrade() does, in the opposite order.'
            : 'Undo here what the upgrade does, in the opposite order.',
        evidence,
    };
}

;// CONCATENATED MODULE: ./rules/enum-value-used-too-early/rule.ts

/* harmony default export */ const enum_value_used_too_early_rule = (defineRule({
    name: 'enum-value-used-too-early',
    summary: 'A new value of an enum cannot be used before the transaction that adds it is committed',
    severity: 'error',
    fails: '55P04',
    *check({ scripts, placed, typeAt }) {
        for (const script of scripts) {
            const reported = new Set();
            for (const { op, statement, transaction } of placed(script)) {
                if (transaction.openedBy === undefined || reported.has(statement))
                    continue;
                const before = transaction.operations.slice(0, transaction.operations.indexOf(op));
                const made = before.flatMap((each) => (each.kind === 'create-type' ? each.type : []));
                const added = before
                    .filter((each) => each.kind === 'add-enum-value')
                    .find(({ type, value }) => !made.includes(type) && rule_uses(op, statement.sql, type, value, typeAt));
                if (!added)
                    continue;
                reported.add(statement);
                yield enum_value_used_too_early_rule_report(op.at, script.direction, `'${added.value}' of ${added.type}`);
            }
        }
    },
    *observe({ roundTrip, said }) {
        for (const { direction, error } of roundTrip.steps) {
            if (error?.sqlstate !== '55P04' || !error.at)
                continue;
            yield {
                ...enum_value_used_too_early_rule_report(error.at, direction, 'The new value'),
                evidence: [said(error)],
                sqlstate: error.sqlstate,
            };
        }
    },
}));
/** Whether the value stands there as one of this type: cast to it, or written to a column of it. */
function rule_uses(op, sql, type, value, typeAt) {
    const literal = `'${value.replaceAll("'", "''")}'`;
    if (op.kind === 'add-enum-value' || !sql.includes(literal))
        return false;
    const bare = type.slice(type.indexOf('.') + 1);
    const cast = sql
        .split(literal)
        .slice(1)
        .some((rest) => new RegExp(`^\\s*::\\s*"?(?:\\w+"?\\."?)?${escaped(bare)}\\b`).test(rest));
    if (cast)
        return true;
    const isOfType = (table, column) => typeAt(op, table, column)?.userType === type;
    switch (op.kind) {
        case 'insert':
            return op.columns.some((column) => isOfType(op.table, column));
        case 'update':
            return [...op.columns, ...op.pinned].some((column) => isOfType(op.table, column));
        case 'delete':
            return op.pinned.some((column) => isOfType(op.table, column));
        case 'set-default':
            return op.default?.sql.includes(literal) === true && isOfType(op.table, op.column);
        case 'add-column':
            return op.column.userType === type && op.column.default?.sql.includes(literal) === true;
        default:
            return false;
    }
}
function escaped(text) {
    return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
function enum_value_used_too_early_rule_report(at, direction, value) {
    return {
        at,
        direction,
        message: `${value} is used here in the transaction that adds it, which PostgreSQL refuses.`,
        help: 'Add the value in a migration of its own, and use it in the next one, when the first is committed.',
    };
}

;// CONCATENATED MODULE: ./rules/explicit-lock/rule.ts

/* harmony default export */ const explicit_lock_rule = (defineRule({
    name: 'explicit-lock',
    summary: 'LOCK TABLE keeps others out until the transaction ends, whatever follows in it',
    severity: 'warning',
    *check({ migration, placed, isNew }) {
        for (const { op } of placed(migration.up)) {
            if (op.kind !== 'lock-table' || isNew(op.table))
                continue;
            const shutOut = shutsOut(op.mode);
            if (!shutOut)
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `${op.mode} on ${op.table}: nobody can ${shutOut} it until the transaction ends.`,
                help: 'Leave it to the statements to take the locks that they need, or set a lock_timeout and keep what follows short.',
            };
        }
    },
}));
/** https://www.postgresql.org/docs/current/explicit-locking.html#TABLE-LOCK-COMPATIBILITY */
function shutsOut(mode) {
    if (mode === 'ACCESS EXCLUSIVE')
        return 'read or write';
    return ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'].includes(mode) ? 'write' : undefined;
}

;// CONCATENATED MODULE: ./rules/failing-downgrade/rule.ts

/* harmony default export */ const failing_downgrade_rule = (defineRule({
    name: 'failing-downgrade',
    summary: 'The downgrade fails on a server',
    severity: 'error',
    general: true,
    *observe({ migration, roundTrip, said, refusal }) {
        // One that refuses to run does what it means to.
        if (migration.down && refusal(migration.down))
            return;
        const error = roundTrip.steps.find(({ direction }) => direction === 'down')?.error;
        if (!error) {
            const later = roundTrip.laterRows?.error;
            if (later)
                yield { ...onLaterRows(migration.name, later), evidence: [said(later)] };
            return;
        }
        const isAboutRows = /^2[23]/.test(error.sqlstate ?? '');
        yield {
            at: error.at,
            direction: 'down',
            message: error.timedOut
                ? `The downgrade of ${migration.name} was ended because its time was up.`
                : `The downgrade of ${migration.name} fails${isAboutRows ? ' on rows that the new schema allows' : ''}: ${error.message}.`,
            help: error.timedOut
                ? 'Look for a loop that never ends, or a lock that the downgrade itself holds on another connection; or allow it more time.'
                : isAboutRows
                    ? 'Say what becomes of rows that were written since the upgrade and that the old schema does not take.'
                    : 'Undo what the upgrade does, in the opposite order, and try it: upgrade, downgrade, upgrade.',
            evidence: [said(error)],
            sqlstate: error.sqlstate,
        };
    },
}));
/** At once it works, as a roll-back of a bad release would; a day later it may not. */
function onLaterRows(name, error) {
    return {
        at: error.at,
        direction: 'down',
        severity: 'warning',
        message: error.timedOut
            ? `The downgrade of ${name} works at once, and does not end once rows have been written that the new schema allows.`
            : `The downgrade of ${name} works at once, and fails once rows have been written that the new schema allows and the old one does not: ${error.message}.`,
        help: 'Say in the downgrade what becomes of such rows, before the statement that cannot take them; or say in the file why none can come.',
        sqlstate: error.sqlstate,
    };
}

;// CONCATENATED MODULE: ./rules/failing-upgrade/rule.ts

/* harmony default export */ const failing_upgrade_rule = (defineRule({
    name: 'failing-upgrade',
    summary: 'The upgrade fails on a server',
    severity: 'error',
    general: true,
    *observe({ migration, roundTrip, later, failed, said }) {
        const { refusedRows } = roundTrip;
        // What the migration's own code makes of rows that were made up is another matter: data-dependent-upgrade.
        const ofRows = refusedRows && isPostgres(refusedRows) ? refusedRows : undefined;
        const error = ofRows ?? roundTrip.steps.find(({ direction, attempt }) => direction === 'up' && attempt === 1)?.error;
        if (!error)
            return;
        const operations = failed(error);
        const what = subject(operations, error);
        const evidence = [said(error)];
        const report = { at: error.at, direction: 'up', evidence, sqlstate: error.sqlstate };
        if (error.timedOut) {
            yield {
                ...report,
                message: `The upgrade of ${migration.name} was ended because its time was up${error.at ? ' in this statement' : ''}.`,
                help: 'Look for a loop that never ends, or a lock that the migration itself holds on another connection; or allow it more time.',
            };
            return;
        }
        const missing = error.sqlstate === '42P01' ? /^relation "(.+)" does not exist$/.exec(error.message)?.[1] : undefined;
        if (missing !== undefined) {
            const creator = [...migration.up.statements, ...later].find((statement) => creates(statement, missing));
            yield {
                ...report,
                message: `The upgrade of ${migration.name} uses ${missing} before anything has created it.`,
                help: creator
                    ? `The order is wrong: ${missing} is created later, in ${creator.at.file} at line ${creator.at.line}. Create it first.`
                    : `Nothing in these migrations creates ${missing} before this statement. Create it first, so that an empty database can be built.`,
            };
            return;
        }
        const isAboutRows = /^2[23]/.test(error.sqlstate ?? '');
        const isOnAnyRow = roundTrip.preconditions?.some(({ kind }) => kind === 'no-rows') ?? false;
        yield isAboutRows
            ? {
                ...report,
                message: isOnAnyRow
                    ? `${what} fails as soon as a row is there: ${error.message}.`
                    : `${what} fails on rows that the schema allows today: ${error.message}.`,
                help: isOnAnyRow
                    ? 'Say what becomes of the rows that are there; an empty table has none, production has.'
                    : 'Find the rows that it cannot take and correct them in a step before it; an empty table has none, production may.',
            }
            : {
                ...report,
                message: `The upgrade of ${migration.name} fails: ${error.message.replace(/\.$/, '')}.`,
                help: 'Run the migrations in order on an empty database, and correct the statement.',
            };
    },
}));
/** P0001, raise_exception: a migration says so itself. */
function isPostgres({ sqlstate }) {
    return sqlstate !== undefined && sqlstate !== 'P0001';
}
/** PostgreSQL tells the name as the statement has it, with a schema or without. */
function creates({ operations }, name) {
    return operations.some((op) => op.kind === 'create-table' && (op.table === name || op.table.endsWith(`.${name}`)));
}
/** What was tried, by what the statement does and the names that PostgreSQL sent with its error. */
function subject(operations, { table, column }) {
    const op = operations.find((each) => column !== undefined && 'column' in each && each.column === column) ?? operations[0];
    switch (op?.kind) {
        case 'alter-column-type':
            return `Changing the type of ${op.table}.${op.column} to ${op.type}`;
        case 'set-not-null':
            return `Making ${op.table}.${op.column} NOT NULL`;
        case 'add-column':
            return `Adding ${op.table}.${op.column.name}`;
        case 'create-index':
            return `Building ${op.index ?? 'an index'} on ${op.table}`;
        case 'add-constraint':
            return `Adding ${op.constraint ?? `a constraint (${op.type})`} to ${op.table}`;
        case 'insert':
            return `Inserting into ${op.table}`;
        case 'update':
            return `Updating ${op.table}`;
        case 'delete':
            return `Deleting from ${op.table}`;
        default:
            return table === undefined ? 'The upgrade' : `The upgrade of ${table}${column === undefined ? '' : `.${column}`}`;
    }
}

;// CONCATENATED MODULE: ./rules/foreign-key-without-index/rule.ts

/* harmony default export */ const foreign_key_without_index_rule = (defineRule({
    name: 'foreign-key-without-index',
    summary: 'Without an index on the columns of a foreign key, a delete in the other table reads all of this one',
    severity: 'warning',
    aliases: ['eugene:E15'],
    *check({ tool, migration, later, isNew, isNewColumn, tablesBefore, tablesAfter }) {
        const after = tablesAfter();
        const added = migration.up.statements.flatMap(({ operations }) => operations);
        for (const op of added) {
            for (const { table, columns, references } of keysWithoutIndex(op)) {
                if (columns.length === 0 || !after.has(table))
                    continue;
                const isKnown = after.isComplete || isNew(table) || columns.some((column) => isNewColumn(table, column));
                if (!isKnown || after.indexesOf(table).some((index) => serves(index, columns)))
                    continue;
                const isComing = (each) => each.kind === 'create-index' && each.table === table && leads(each.columns, columns);
                if (later.some(({ operations }) => operations.some(isComing)))
                    continue;
                const list = columns.join(', ');
                yield {
                    at: op.at,
                    direction: 'up',
                    message: op.kind === 'drop-index'
                        ? `Without this index, a DELETE or a change of key in ${references} looks for rows of ${table} by reading all of it, for the foreign key on (${list}).`
                        : `No index begins with (${list}): each DELETE and each change of key in ${references} reads all of ${table} for this foreign key, and so does each join along it.`,
                    help: `Add an index on ${table} (${list})${isNew(table) ? '' : ', CONCURRENTLY, in a migration of its own that runs outside of a transaction'}.`,
                    suggestion: suggestion(table, columns, tool === 'alembic', isNew(table)),
                };
            }
        }
        /** The foreign keys that an operation leaves without an index. */
        function keysWithoutIndex(op) {
            if (op.kind === 'add-constraint' && op.type === 'foreign-key')
                return op.references ? [{ ...op, references: op.references }] : [];
            if (op.kind !== 'drop-index')
                return [];
            const before = tablesBefore(op);
            const index = before.indexOf(op.index);
            if (!index || isNew(index.table))
                return [];
            return after
                .constraintsOf(index.table)
                .flatMap(({ type, columns, references }) => type === 'foreign key' && references && serves(index, columns)
                ? [{ table: index.table, columns, references: references.table }]
                : []);
        }
    },
}));
/** Whether the lookup by these columns can use the index: they are its first ones, in any order, for every row that has them. */
function serves(index, columns) {
    const where = / WHERE (.*)$/.exec(index.definition)?.[1];
    const isWhole = where === undefined || columns.some((column) => where === `(${column} IS NOT NULL)`);
    return isWhole && leads(index.columns, columns);
}
function leads(keys, columns) {
    const first = keys.slice(0, columns.length);
    return first.length === columns.length && columns.every((column) => first.includes(column));
}
function suggestion(table, columns, isPython, isNew) {
    const bare = table.slice(table.indexOf('.') + 1);
    const names = [bare, ...columns];
    if (!table.startsWith('public.') || !names.every((name) => /^[a-z_][a-z0-9_]*$/.test(name)))
        return undefined;
    const index = `${bare}_${columns.join('_')}_idx`;
    if (Buffer.byteLength(index) > 63)
        return undefined;
    if (!isPython)
        return `CREATE INDEX ${isNew ? '' : 'CONCURRENTLY '}${index} ON ${bare} (${columns.join(', ')});`;
    const call = `op.create_index("${index}", "${bare}", [${columns.map((name) => `"${name}"`).join(', ')}]`;
    return isNew ? `${call})` : `with op.get_context().autocommit_block():\n    ${call}, postgresql_concurrently=True)`;
}

;// CONCATENATED MODULE: ./rules/hidden-sql/rule.ts

/* harmony default export */ const hidden_sql_rule = (defineRule({
    name: 'hidden-sql',
    summary: 'SQL that is put together when it runs is not judged by any rule',
    severity: 'info',
    *check({ scripts }) {
        for (const { direction, statements } of scripts) {
            for (const op of statements.flatMap(({ operations }) => operations)) {
                if (op.kind !== 'hidden-sql')
                    continue;
                yield {
                    at: op.at,
                    direction,
                    message: because[op.why],
                    help: 'Write out the statements, if they are known. Otherwise look at what the rehearsal saw, on a server that resembles production.',
                };
            }
        }
    },
}));
const because = {
    dynamic: 'What is run here is put together when it runs, so that no rule has looked at it.',
    language: 'This block is in a language that is not read here, so that no rule has looked at what it does.',
    unreadable: 'This code cannot be read here, so that no rule has looked at what it does.',
};

;// CONCATENATED MODULE: ./rules/incomplete-downgrade/rule.ts

/* harmony default export */ const incomplete_downgrade_rule = (defineRule({
    name: 'incomplete-downgrade',
    summary: 'The downgrade does not give back the schema and the rows of before',
    severity: 'error',
    *observe({ migration, roundTrip, isEmpty }) {
        // A downgrade that does nothing leaves everything: another rule says that in one sentence.
        if (!migration.down || isEmpty(migration.down))
            return;
        const drift = roundTrip.drift.filter((each) => each.after === 'down' && each.class === 'contract');
        const rows = roundTrip.data.filter((each) => each.after === 'down' && each.change === 'rows-left-behind');
        const differences = [...drift.map(difference), ...rows.map(leftBehind)];
        if (differences.length === 0)
            return;
        const shown = differences.slice(0, 3).join('; ');
        const more = differences.length > 3 ? `; and ${differences.length - 3} more` : '';
        yield {
            direction: 'down',
            message: `After the downgrade of ${migration.name} the database is not as before: ${shown}${more}.`,
            help: 'Undo in the downgrade all that the upgrade does, in the opposite order.',
            evidence: differences,
        };
    },
}));
function difference({ kind, object, change, expected, found }) {
    if (change === 'left-behind')
        return `${kind} ${object} is left behind`;
    if (change === 'missing')
        return `${kind} ${object} is missing`;
    const names = [...new Set([...Object.keys(expected ?? {}), ...Object.keys(found ?? {})])];
    const changed = names.map((name) => `${name} was ${print(expected?.[name])} and is ${print(found?.[name])}`);
    return `${kind} ${object} has changed (${changed.join(', ')})`;
}
function print(value) {
    return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
function leftBehind({ table, rowsBefore, rowsAfter }) {
    const rows = `${table} holds ${rowsAfter} ${rowsAfter === 1 ? 'row' : 'rows'} and held ${rowsBefore}`;
    return /version|migration/i.test(table)
        ? `${rows}: the downgrade leaves the migration recorded as applied`
        : `${rows}: rows that the upgrade wrote are left behind`;
}

;// CONCATENATED MODULE: ./rules/index-on-unbounded-text/rule.ts

/** Names that promise long values. A text column that is called otherwise is rarely longer than a line. */
const rule_long = /(?:^|_)(?:body|content|contents|text|fulltext|html|markdown|description|comment|comments|message|messages|note|notes|summary|abstract|biography|bio|transcript|payload|raw|blob|data|document|json|xml|response|request|stacktrace|log)$/i;
const unbounded = new Set(['text', 'character varying', 'bytea', 'xml']);
/* harmony default export */ const index_on_unbounded_text_rule = (defineRule({
    name: 'index-on-unbounded-text',
    summary: 'One value that is too long for the index makes the build fail, or later the INSERT',
    severity: 'info',
    *check({ migration, before, tablesBefore, tablesAfter }) {
        const after = tablesAfter();
        const isBounded = (table, column) => [...before, migration].some(({ up }) => up.statements.some(({ operations }) => operations.some((each) => bounds(each, table, column))));
        for (const { operations } of migration.up.statements) {
            for (const op of operations) {
                const indexed = keysOf(op);
                if (!indexed)
                    continue;
                const tables = after.has(indexed.table) ? after : tablesBefore(op);
                for (const name of indexed.columns) {
                    const type = tables.columnOf(indexed.table, name)?.type;
                    if (type === undefined || !unbounded.has(type) || (type !== 'bytea' && !rule_long.test(name)))
                        continue;
                    if (isBounded(indexed.table, name))
                        continue;
                    yield {
                        at: op.at,
                        direction: 'up',
                        message: `${name} has no bound, and a btree takes no key of more than about 2700 bytes: one longer value makes this fail, and from then on the INSERT of one (54000).`,
                        help: `Index what is looked for: md5(${name}) or left(${name}, 100) for equality, a GIN index for words or parts of words; or bound the column by a CHECK on its length.`,
                    };
                }
            }
        }
    },
}));
function keysOf(op) {
    if (op.kind === 'create-index')
        return op.method === 'btree' ? op : undefined;
    return op.kind === 'add-constraint' && (op.type === 'unique' || op.type === 'primary-key') ? op : undefined;
}
function bounds(op, table, column) {
    if (op.kind !== 'add-constraint' || op.type !== 'check' || op.table !== table)
        return false;
    const { columns = [], calls = [] } = op.expression ?? {};
    return columns.includes(column) && calls.some((name) => name.endsWith('length'));
}

;// CONCATENATED MODULE: ./rules/invalid-index-left-behind/rule.ts


/* harmony default export */ const invalid_index_left_behind_rule = (defineRule({
    name: 'invalid-index-left-behind',
    summary: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS takes the invalid index of a failed try for the index',
    severity: 'warning',
    *check({ tool, migration, isNew }) {
        const dropped = new Set();
        for (const { sql, operations } of migration.up.statements) {
            for (const op of operations) {
                if (op.kind === 'drop-index')
                    dropped.add(op.index);
                if (op.kind !== 'create-index' || !op.concurrently || !op.ifNotExists || isNew(op.table))
                    continue;
                const schema = op.table.slice(0, op.table.indexOf('.'));
                if (op.index === undefined || dropped.has(`${schema}.${op.index}`))
                    continue;
                const isPlain = /^[a-z_]\w*$/.test(op.index) && schema === 'public';
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `A build of ${op.index} that fails leaves an invalid index behind; the next try finds the name taken, does nothing, and reports success.`,
                    help: `Drop what a failed try has left, DROP INDEX CONCURRENTLY IF EXISTS, before it is built; then leave IF NOT EXISTS out.`,
                    suggestion: isPlain
                        ? suggested(tool, [
                            { sql: `DROP INDEX CONCURRENTLY IF EXISTS ${op.index}`, own: true },
                            { sql: sql.replace(/\bIF\s+NOT\s+EXISTS\s+/i, ''), own: true },
                        ])
                        : undefined,
                };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/irreversible-drop/rule.ts

/* harmony default export */ const irreversible_drop_rule = (defineRule({
    name: 'irreversible-drop',
    summary: 'The downgrade brings back a dropped table or column, but not what was in it',
    severity: 'warning',
    *check({ migration: { up, down }, earlier, isNewColumn }) {
        if (!down)
            return;
        const back = operationsOf(down);
        const before = earlier.flatMap(({ operations }) => operations);
        for (const op of operationsOf(up)) {
            const isOfThisChange = op.kind === 'drop-table' && before.some((each) => each.kind === 'create-table' && each.table === op.table);
            before.push(op);
            const what = op.kind === 'drop-table' && !isOfThisChange && isRecreated(op.table, back)
                ? { name: op.table, holds: 'rows' }
                : op.kind === 'drop-column' && !isNewColumn(op.table, op.column) && isAddedBack(op.table, op.column, back)
                    ? { name: `${op.table}.${op.column}`, holds: 'values' }
                    : undefined;
            if (!what)
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `The downgrade makes ${what.name} again, but the ${what.holds} that are dropped here do not come back.`,
                help: `Keep the ${what.holds} in a table of their own until no way back is needed, and let the downgrade restore them from it.`,
            };
        }
    },
}));
function operationsOf(script) {
    return script.statements.flatMap(({ operations }) => operations);
}
/** Made again, and nothing that could put rows into it. */
function isRecreated(table, back) {
    const isMade = back.some((op) => op.kind === 'create-table' && op.table === table && op.query === undefined);
    return (isMade && !back.some((op) => isUnknown(op) || ((op.kind === 'insert' || op.kind === 'copy') && op.table === table)));
}
/** Added again, not computed by PostgreSQL, and nothing that could fill it. */
function isAddedBack(table, column, back) {
    const isMade = back.some((op) => op.kind === 'add-column' &&
        op.table === table &&
        op.column.name === column &&
        op.column.filledBy !== 'expression');
    return (isMade &&
        !back.some((op) => isUnknown(op) || (op.kind === 'update' && op.table === table && op.columns.includes(column))));
}
function isUnknown(op) {
    return op.kind === 'hidden-sql' || op.kind === 'unparsed' || (op.kind === 'query' && op.calls.length > 0);
}

;// CONCATENATED MODULE: ./rules/json-type/rule.ts

/* harmony default export */ const json_type_rule = (defineRule({
    name: 'json-type',
    summary: 'json has no equality, so DISTINCT, GROUP BY and UNION fail on it',
    severity: 'warning',
    aliases: ['eugene:E3'],
    isPolicy: true,
    *check({ migration, typedColumns }) {
        for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
            for (const { table, name, type } of typedColumns(op)) {
                if (type.replace(/\[\]$/, '') !== 'json')
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `${table}.${name} is json: DISTINCT, GROUP BY and UNION over it fail (42883), no index finds what is in it, and each read parses the text again.`,
                    help: 'Use jsonb.',
                };
            }
        }
    },
}));

// EXTERNAL MODULE: ./src/model/locks.ts
var model_locks = __webpack_require__(4445);
;// CONCATENATED MODULE: ./rules/long-blocking/rule.ts


/* harmony default export */ const long_blocking_rule = (defineRule({
    name: 'long-blocking',
    summary: 'Readers or writers of a table are shut out for longer than the limit, by the size of the tables in production',
    severity: 'error',
    options: {
        seconds: {
            default: 1,
            description: 'The longest time, in seconds, that reads or writes of a table may be shut out',
        },
    },
    *observe({ tool, roundTrip, isNew }, { seconds }) {
        for (const span of roundTrip.watched?.blocked ?? []) {
            const { relation, shutsOut, mode, statement } = span;
            if (statement.direction !== 'up' || statement.attempt !== 1 || isNew((0,model_locks/* plainName */.MH)(relation)))
                continue;
            const costs = (roundTrip.costs ?? []).filter((cost) => span.during.includes(cost.statement));
            const known = costs.flatMap(({ estimate }) => estimate ?? []);
            const total = (end) => known.reduce((sum, estimate) => sum + estimate[end], 0);
            if (total('highMs') <= seconds * 1000)
                continue;
            yield {
                at: statement.at,
                direction: 'up',
                message: `At the size that the tables have in production, nobody can ${shutsOut === 'writes' ? 'write' : 'read or write'} ${relation} for ${span.during.length > 1 ? 'as long as this and what follows in its transaction take' : 'as long as this takes'}: an estimated ${between(total('lowMs'), total('highMs'))}.`,
                help: span.during.length > 1
                    ? `Let the slow statements run in transactions of their own, before or after this one${tool === 'alembic' ? ' (transaction_per_migration=True, autocommit_block())' : ''}, each in the form that takes no such lock.`
                    : 'Use the form of the statement that takes a weaker lock, or do the work in batches; each of the other findings here says how.',
                evidence: [`PostgreSQL took ${mode} on ${relation}.`, ...rule_evidence(span, costs)],
            };
        }
    },
}));
function rule_evidence({ during }, costs) {
    return costs.flatMap(({ statement, class: work, relation, estimate }) => {
        if (work === 'catalog')
            return [];
        const where = statement.at ? `line ${statement.at.line}` : `statement ${during.indexOf(statement) + 1}`;
        const what = `${where}: ${work === 'rows' ? 'change of rows' : work}${relation === undefined ? '' : ` of ${relation}`}`;
        return estimate
            ? `${what}, ${between(estimate.lowMs, estimate.highMs)} (${estimate.restsOn}).`
            : `${what}, whose time cannot be told.`;
    });
}
function between(low, high) {
    const [from, to] = [rule_told(low), rule_told(high)];
    return from === to ? from : `${from} to ${to}`;
}
/** Two digits: the rest would be made up. */
function rule_told(ms) {
    if (ms < 995)
        return `${Number(ms.toPrecision(2))} ms`;
    if (ms < 119_500)
        return `${Number((ms / 1000).toPrecision(2))} s`;
    if (ms < 7_170_000)
        return `${Math.round(ms / 60_000)} min`;
    return `${Number((ms / 3_600_000).toPrecision(2))} h`;
}

;// CONCATENATED MODULE: ./rules/lost-grants/rule.ts

/* harmony default export */ const lost_grants_rule = (defineRule({
    name: 'lost-grants',
    summary: 'What is dropped and made again comes back without its grants, owner, policies and triggers',
    severity: 'error',
    *observe({ roundTrip: { lost = [], oldCode = [] } }) {
        for (const { kind, object, what, because } of lost) {
            const shown = what.slice(0, 5).join(', ');
            const more = what.length > 5 ? ` and ${what.length - 5} more` : '';
            const failing = oldCode.filter((each) => each.sqlstate === '42501' && each.object === object);
            yield {
                ...(because && { at: because }),
                direction: 'up',
                message: `The ${kind} ${object} is made anew, and of the old one this did not come back: ${shown}${more}.`,
                help: `Change it in place (CREATE OR REPLACE, ALTER), or say again in the same migration what belonged to it.`,
                evidence: [
                    ...what.map((each) => `before and not after: ${each}`),
                    ...failing.map(({ verb, role, message, sqlstate }) => `${verb} ${object} as ${role ?? 'the migrating role'}: ${message} (${sqlstate})`),
                ],
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/many-tables-locked/rule.ts


/* harmony default export */ const many_tables_locked_rule = (defineRule({
    name: 'many-tables-locked',
    summary: 'One transaction shuts everybody out of several tables until its end',
    severity: 'warning',
    options: {
        // Two are common (a column and the key that points to it); with each more, a deadlock and a long wait are more likely.
        tables: { default: 3, description: 'How many tables one transaction must hold before the rule speaks' },
    },
    *check({ tool, migration, placed, isNew, locks }, { tables: limit }) {
        const held = new Map();
        for (const { op, transaction } of placed(migration.up)) {
            const tables = held.get(transaction) ?? new Set();
            held.set(transaction, tables);
            const before = tables.size;
            for (const { table, mode } of locks(op)) {
                if (mode === 'ACCESS EXCLUSIVE' && !isNew(table))
                    tables.add(table);
            }
            if (before >= limit || tables.size < limit)
                continue;
            yield many_tables_locked_rule_report(op.at, tool, tables);
        }
    },
    *observe({ tool, roundTrip, isNew, operationsOf, tablesBefore }, { tables: limit }) {
        // A partitioned table and its partitions are one.
        const whole = (table, op) => {
            const parent = op && tablesBefore(op).parentOf(table);
            return parent === undefined ? table : whole(parent, op);
        };
        const held = new Map();
        for (const { statement, relation, kind, mode, existedBefore } of roundTrip.watched?.locks ?? []) {
            if (statement.direction !== 'up' || statement.attempt !== 1 || mode !== 'ACCESS EXCLUSIVE')
                continue;
            const table = whole((0,model_locks/* plainName */.MH)(relation), operationsOf(statement)[0]);
            if (kind !== 'table' || !existedBefore || isNew(table))
                continue;
            const tables = held.get(statement.transaction) ?? new Map();
            held.set(statement.transaction, tables);
            const before = tables.size;
            tables.set(table, relation);
            if (before >= limit || tables.size < limit)
                continue;
            yield many_tables_locked_rule_report(statement.at, tool, tables.keys(), [
                `PostgreSQL held ACCESS EXCLUSIVE on ${[...tables.values()].join(', ')} in one transaction.`,
            ]);
        }
    },
}));
function many_tables_locked_rule_report(at, tool, tables, evidence = []) {
    return {
        at,
        direction: 'up',
        message: `From here on this transaction holds ACCESS EXCLUSIVE on ${[...tables].join(', ')} at once, each until the end: whoever uses two of them in another order can deadlock with it.`,
        help: tool === 'alembic'
            ? 'Change one table in each revision, with transaction_per_migration=True in env.py.'
            : 'Change each table in a transaction of its own.',
        evidence,
    };
}

;// CONCATENATED MODULE: ./rules/missing-downgrade/rule.ts

/* harmony default export */ const missing_downgrade_rule = (defineRule({
    name: 'missing-downgrade',
    summary: 'A migration without a downgrade has no way back',
    severity: 'error',
    *check({ tool, hasDowngrades, migration, isEmpty }) {
        const { up, down } = migration;
        if (down || isEmpty(up) || !hasDowngrades || migration.isRepeatable)
            return;
        yield {
            direction: 'down',
            message: `${migration.name} has no downgrade, so a release that needs it cannot be taken back.`,
            help: `Write ${place[tool] ?? 'its down script'}: undo what the upgrade does, in the opposite order.`,
        };
    },
}));
/** Where a tool looks for the way back. */
const place = {
    alembic: 'downgrade()',
    'numbered-sql': 'a file of the same name that ends in _rollback.sql',
    'golang-migrate': 'a file of the same name that ends in .down.sql',
    sqlx: 'a file of the same name that ends in .down.sql',
    'node-pg-migrate': 'a section after -- Down Migration',
    diesel: 'down.sql in its folder',
    hasura: 'down.sql in its folder',
    dbmate: 'a section after -- migrate:down',
    goose: 'a section after -- +goose Down',
    'sql-migrate': 'a section after -- +migrate Down',
    tern: 'a section below ---- create above / drop below ----',
    flyway: 'an undo script, U and the same version',
    sqitch: 'its script in revert/',
};

;// CONCATENATED MODULE: ./rules/missing-parent/rule.ts

/* harmony default export */ const missing_parent_rule = (defineRule({
    name: 'missing-parent',
    summary: 'A revision that comes after one which no file has stops every command of the tool',
    severity: 'error',
    *history({ faults }) {
        for (const fault of faults) {
            if (fault.kind !== 'missing-parent')
                continue;
            yield {
                at: fault.at,
                direction: 'up',
                migration: fault.migration,
                message: `${fault.name} ${fault.link} ${fault.parent}, which no file has: Alembic cannot build its map of revisions, and neither upgrades nor downgrades anything.`,
                help: `Add the file of ${fault.parent}, which may be on another branch of the code, or name a parent that is there.`,
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/models-out-of-step/rule.ts

const shown = 20;
/* harmony default export */ const models_out_of_step_rule = (defineRule({
    name: 'models-out-of-step',
    summary: 'The migrations build another schema than the models, or a schema file, say',
    severity: 'error',
    *observe({ tool, roundTrip: { outOfStep = [] } }) {
        const differences = [...outOfStep].sort((a, b) => rank(a) - rank(b));
        const [first] = differences;
        if (!first)
            return;
        const more = differences.length - 1;
        const mend = tool === 'alembic'
            ? 'Write the migration that is missing (alembic revision --autogenerate, then review it), or mend the models.'
            : 'Write the migration that is missing, or mend the models.';
        yield {
            direction: 'up',
            message: `${models_out_of_step_rule_told(first)}${more > 0 ? `; ${more} more ${more === 1 ? 'difference' : 'differences'}` : ''}.`,
            help: `${mend} A model that is not imported where the tables are made is missing there too.`,
            severity: severityOf(first),
            evidence: [
                ...differences.slice(0, shown).map(models_out_of_step_rule_told),
                ...(differences.length > shown ? [`and ${differences.length - shown} more`] : []),
            ],
        };
    },
}));
/** The gravest first. */
function rank(difference) {
    return severityOf(difference) === 'error' ? 0 : 1;
}
/** What the migrations build besides hurts the code only where it keeps it from writing. */
function severityOf({ change, kind, found, expected }) {
    if (change === 'left-behind')
        return kind === 'column' && found?.notNull === true && found.default === undefined && found.identity === undefined
            ? 'error'
            : 'warning';
    return kind === 'index' && expected?.definition !== undefined && !/^CREATE UNIQUE/.test(String(expected.definition))
        ? 'warning'
        : 'error';
}
function models_out_of_step_rule_told({ kind, object, change, expected, found }) {
    const what = `${kind} ${object}`;
    if (change === 'missing')
        return `The models have the ${what}, and no migration builds it`;
    if (change === 'left-behind')
        return `The migrations build the ${what}, and the models do not have it`;
    const names = Object.keys({ ...expected, ...found });
    const parts = names.map((name) => `${words[name] ?? name} ${value(expected?.[name])} in the models and ${value(found?.[name])} after the migrations`);
    return `The ${what} has ${parts.join(', ')}`;
}
const words = { notNull: 'NOT NULL', labels: 'the values' };
function value(of) {
    if (of === undefined || of === null)
        return 'none';
    if (typeof of === 'boolean')
        return of ? 'yes' : 'no';
    return Array.isArray(of) ? of.map(String).join(', ') : String(of);
}

;// CONCATENATED MODULE: ./rules/money-type/rule.ts

/* harmony default export */ const money_type_rule = (defineRule({
    name: 'money-type',
    summary: 'The value of money depends on a setting of whoever reads it',
    severity: 'warning',
    isPolicy: true,
    *check({ migration, typedColumns }) {
        for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
            for (const { table, name, type } of typedColumns(op)) {
                if (type.replace(/\[\]$/, '') !== 'money')
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `${table}.${name} is money, which has no currency: lc_monetary of the session says how many decimals it has and how it is read.`,
                    help: 'Use numeric(12, 2), or bigint for the smallest unit, with a column for the currency.',
                };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/narrowed-type/rule.ts

/* harmony default export */ const narrowed_type_rule = (defineRule({
    name: 'narrowed-type',
    summary: 'A narrower type refuses values that the running release writes, and old ones that do not fit',
    severity: 'warning',
    breaks: ['0A000'],
    aliases: ['squawk:changing-column-type'],
    *check({ migration, isNew, isNewColumn, typeAt }) {
        for (const { operations } of migration.up.statements) {
            for (const op of operations) {
                if (op.kind !== 'alter-column-type' || isNew(op.table) || isNewColumn(op.table, op.column))
                    continue;
                const old = typeAt(op, op.table, op.column);
                if (!old || !isNarrower(op.type, old))
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `${op.table}.${op.column} was ${old.type} and becomes ${op.type}: longer or larger values are refused from here on, those of the release that still runs as well.`,
                    help: 'Let the code write only what fits, first; then forbid the rest with a CHECK that is NOT VALID, look at what breaks it, and validate it. The type may stay.',
                };
            }
        }
    },
}));
const integers = ['smallint', 'integer', 'bigint', 'numeric'];
function isNarrower(type, { type: old }) {
    const from = parts(old);
    const to = parts(type);
    if (texts.has(from.name) && texts.has(to.name))
        return to.size < from.size;
    if (integers.includes(from.name) && integers.includes(to.name) && to.name !== from.name && from.name !== 'numeric') {
        return integers.indexOf(to.name) < integers.indexOf(from.name);
    }
    if (from.name === 'numeric' && to.name === 'numeric') {
        return to.size - to.scale < from.size - from.scale || to.scale < from.scale;
    }
    return from.name === 'double precision' && to.name === 'real';
}
const texts = new Set(['text', 'character varying', 'character']);
/** Without a length there is no end; `character` alone is one, https://www.postgresql.org/docs/current/datatype-character.html */
function parts(type) {
    const [, name = type, size, scale = '0'] = /^([a-z ]+?)(?:\((\d+)(?:,\s*(-?\d+))?\))?$/.exec(type) ?? [];
    if (size !== undefined)
        return { name, size: Number(size), scale: Number(scale) };
    const unbounded = name === 'character' ? 1 : Number.POSITIVE_INFINITY;
    return { name, size: unbounded, scale: unbounded };
}

;// CONCATENATED MODULE: ./rules/no-lock-timeout/rule.ts

const blocking = ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'];
const timeouts = ['lock_timeout', 'statement_timeout'];
/* harmony default export */ const no_lock_timeout_rule = (defineRule({
    name: 'no-lock-timeout',
    summary: 'A statement that waits for its lock without a limit makes everybody wait behind it',
    severity: 'warning',
    aliases: ['squawk:require-lock-timeout', 'squawk:require-timeout-settings', 'eugene:E9'],
    isPolicy: true,
    *check({ tool, settings, before, scripts, placed, isNew, locks }) {
        if (timeouts.some((name) => isLimit(settings[name])))
            return;
        // A role or a database that has a limit gives it to every session, also of another role than the one that migrates.
        if (before.some(({ up }) => up.statements.some(({ operations }) => operations.some(isForLater))))
            return;
        for (const script of scripts) {
            let isSession = false;
            const local = new Set();
            for (const { op, statement, transaction } of placed(script)) {
                if (op.kind === 'set' && !op.inside && (timeouts.includes(op.setting) || op.setting === 'all')) {
                    const isOn = isLimit(op.value);
                    if (op.scope === 'session')
                        isSession = isOn;
                    else if (isOn)
                        local.add(transaction);
                    else
                        local.delete(transaction);
                    continue;
                }
                const table = isSession || local.has(transaction) ? undefined : waitsFor(op, statement, locks, isNew);
                if (table === undefined)
                    continue;
                yield {
                    at: op.at,
                    direction: script.direction,
                    message: `This waits for ${table} as long as it takes, and everybody who comes after waits behind it, readers as well where the lock shuts them out.`,
                    help: `Set a limit before it and try again when it is over: SET lock_timeout = '2s'.`,
                    suggestion: tool === 'alembic' ? `op.execute("SET LOCAL lock_timeout = '2s'")` : "SET lock_timeout = '2s';",
                };
                break;
            }
        }
    },
}));
/** Zero switches a limit off. */
function isLimit(value) {
    return value !== undefined && !/^0+\s*[a-z]*$/i.test(value.trim());
}
function isForLater(op) {
    return op.kind === 'set-for-later' && timeouts.includes(op.setting);
}
function waitsFor(op, { operations }, locks, isNew) {
    const own = locks(op).find(({ table, mode }) => blocking.includes(mode) && !isNew(table))?.table;
    if (own || op.kind !== 'create-table')
        return own;
    // A new table with a foreign key locks the one that it points to.
    return operations
        .flatMap((each) => (each.kind === 'add-constraint' && each.references ? each.references : []))
        .find((table) => !isNew(table));
}

;// CONCATENATED MODULE: ./rules/not-null-without-backfill/rule.ts

/* harmony default export */ const not_null_without_backfill_rule = (defineRule({
    name: 'not-null-without-backfill',
    summary: 'SET NOT NULL on a column that nothing before it fills fails on the first NULL',
    severity: 'error',
    fails: '23502',
    *check({ scripts, earlier, isNew, isProven }) {
        for (const { direction, statements, unreadable } of scripts) {
            for (const [index, statement] of statements.entries()) {
                for (const op of statement.operations) {
                    if (op.kind !== 'set-not-null' || isNew(op.table) || isProven(op))
                        continue;
                    const before = [...(direction === 'up' ? earlier : []), ...statements.slice(0, index + 1)];
                    if (before.some((each) => mayFill(each, op)) || unreadable.some(({ at }) => at.line < op.at.line))
                        continue;
                    yield not_null_without_backfill_rule_report(op, direction, direction === 'up'
                        ? ', and nothing before it in this change fills the rows in which it is NULL.'
                        : ' again, and the downgrade does not fill the rows that were written without a value since the upgrade.');
                }
            }
        }
    },
    *observe({ migration, roundTrip, failed, said }) {
        for (const { direction, error } of roundTrip.steps) {
            if (error?.sqlstate !== '23502')
                continue;
            for (const op of failed(error)) {
                if (op.kind !== 'set-not-null' || (error.column !== undefined && error.column !== op.column))
                    continue;
                yield {
                    ...not_null_without_backfill_rule_report(op, direction, ' while rows are left in which it is NULL.'),
                    evidence: [said(error)],
                    sqlstate: error.sqlstate,
                };
            }
        }
        for (const { kind, columns, at, sqlstate, count } of roundTrip.preconditions ?? []) {
            const operations = migration.up.statements.flatMap((statement) => statement.operations);
            for (const op of kind === 'not-null' ? operations : []) {
                if (op.kind !== 'set-not-null' || op.at.line !== at?.line || !columns.includes(op.column))
                    continue;
                yield {
                    ...not_null_without_backfill_rule_report(op, 'up', ' while rows are left in which it is NULL.'),
                    evidence: count === undefined ? [] : [count],
                    sqlstate,
                };
            }
        }
    },
}));
/** Whether the statement may leave no NULL in the column. Code that cannot be looked into may, if it names the column. */
function mayFill({ sql, operations }, { table, column }) {
    return operations.some((op) => {
        switch (op.kind) {
            case 'update':
                return op.table === table && op.columns.includes(column);
            case 'delete':
                return op.table === table && (op.where === undefined || op.where.includes(column));
            case 'add-column':
                return (op.table === table &&
                    op.column.name === column &&
                    (op.column.default !== undefined || op.column.filledBy !== undefined));
            case 'alter-column-type':
                return op.table === table && op.column === column && op.using !== undefined;
            case 'query':
            case 'hidden-sql':
            case 'unparsed':
                return sql.includes(column);
            default:
                return false;
        }
    });
}
function not_null_without_backfill_rule_report({ at, table, column }, direction, because) {
    return {
        at,
        direction,
        message: `${table}.${column} becomes NOT NULL${because}`,
        help: `Fill it first, in batches: UPDATE … SET ${column} = … WHERE ${column} IS NULL AND … . Then SET NOT NULL.`,
    };
}

;// CONCATENATED MODULE: ./rules/not-valid-check-blocks-updates/rule.ts

/* harmony default export */ const not_valid_check_blocks_updates_rule = (defineRule({
    name: 'not-valid-check-blocks-updates',
    summary: 'A NOT VALID check that stands before its backfill refuses every update of an old row',
    severity: 'warning',
    *check({ migration, later, isNew, placed }) {
        const all = placed(migration.up);
        for (const [index, { op, transaction }] of all.entries()) {
            if (op.kind !== 'add-constraint' || !op.notValid || isNew(op.table))
                continue;
            const columns = op.type === 'check' ? (op.expression?.columns ?? []) : op.type === 'not-null' ? op.columns : [];
            // In one transaction nobody sees it, unless something in between is sent outside of it, and commits what came before.
            const isSent = transaction.openedBy === 'tool' && migration.up.transaction === 'run';
            const isFilled = (column) => {
                const fills = (each) => each.kind === 'update' && each.table === op.table && each.columns.includes(column);
                return (all.slice(index + 1).some((each) => each.transaction !== transaction && fills(each.op)) ||
                    later.some(({ operations, autocommit }) => (!isSent || autocommit) && operations.some(fills)));
            };
            const column = columns.find(isFilled);
            if (column === undefined)
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `From here until ${column} is filled, every UPDATE of an old row of ${op.table} fails (23514), whatever column it changes: NOT VALID spares old rows only as long as nobody writes them.`,
                help: `Let new rows come right first, by a default or by the code; then fill ${column} in batches; then add the constraint NOT VALID, and validate it.`,
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/old-code-breaks/rule.ts


/** Errors that rules of their own explain: a lost arbiter, and two functions for one call. */
const explained = new Set(['42P10', '42725']);
const rule_shown = 5;
/* harmony default export */ const old_code_breaks_rule = (defineRule({
    name: 'old-code-breaks',
    summary: 'A statement that the running release sends fails once the migration is done',
    severity: 'error',
    general: true,
    *observe({ migration, roundTrip: { oldCode = [], lost = [] } }) {
        const failing = oldCode.filter((each) => {
            if (each.outcome === 'changes')
                return isCall(each) && each.changed.some(({ how }) => how === 'gone');
            if (each.source.kind === 'file')
                return true;
            const isLost = each.sqlstate === '42501' && lost.some(({ object }) => object === each.object);
            return !isLost && !explained.has(each.sqlstate ?? '');
        });
        for (const group of grouped(failing)) {
            const [first] = group;
            if (!first)
                continue;
            const isSent = first.source.kind === 'file';
            const names = [...new Set(group.flatMap(({ object }) => object ?? []))];
            const about = names.length > 0 ? ` on ${listed(names)}` : '';
            const subject = isSent
                ? `${group.length === 1 ? 'A query' : `${group.length} queries`} of ${listed(files(group))}`
                : first.isDirect
                    ? `A statement${about} that the running release may send`
                    : `A statement${about}, which rests on this,`;
            yield {
                ...(first.because && { at: first.because }),
                direction: 'up',
                message: `${subject} ${isSent && group.length > 1 ? 'fail' : 'fails'} after ${migration.name}: ${first.message}.`,
                help: first.isDirect
                    ? 'Keep what it uses until no release that runs sends it any more, and take it away in a later migration.'
                    : 'Change it in the same migration, or keep what it uses until nothing needs it any more.',
                evidence: [
                    ...group.slice(0, rule_shown).map(old_code_breaks_rule_evidence),
                    ...(group.length > rule_shown ? [`and ${group.length - rule_shown} more`] : []),
                ],
                // Only what the migration itself changes is told by the rules that read it.
                ...(first.isDirect && !isSent && { sqlstate: first.sqlstate }),
            };
        }
    },
}));
function isCall({ verb }) {
    return verb === 'call';
}
/** By the place and the error; those of the project's own files, and what only rests on the place, apart from the others. */
function grouped(statements) {
    const groups = new Map();
    for (const each of statements) {
        const { source, because, sqlstate, isDirect } = each;
        const key = JSON.stringify([rule_place(because), source.kind === 'file' ? 'file' : isDirect ? sqlstate : 'rests']);
        const group = groups.get(key);
        if (group)
            group.push(each);
        else
            groups.set(key, [each]);
    }
    return [...groups.values()];
}
function rule_place(at) {
    return at && [at.file, at.line, at.column];
}
function files(statements) {
    return [...new Set(statements.flatMap(({ source }) => (source.kind === 'file' ? [source.at.file] : [])))];
}
function old_code_breaks_rule_evidence({ source, verb, object, role, sql, outcome, message, sqlstate }) {
    const where = source.kind === 'file' ? `${source.at.file}:${source.at.line}: ` : '';
    const what = source.kind === 'file' ? sql.replace(/\s+/g, ' ').trim().slice(0, 100) : `${verb}${object ? ` ${object}` : ''}`;
    const who = role === undefined ? '' : ` as ${role}`;
    return `${where}${what}${who}: ${outcome === 'fails' ? `${message} (${sqlstate})` : message}`;
}

;// CONCATENATED MODULE: ./rules/out-of-order-migration/rule.ts

/* harmony default export */ const out_of_order_migration_rule = (defineRule({
    name: 'out-of-order-migration',
    summary: 'A new migration that sorts before an old one runs late, or never',
    severity: 'warning',
    *history({ tool, migrations, faults }) {
        const isOnBase = (migration) => migration.status !== 'new' && !migration.isRepeatable;
        const duplicates = new Set(faults.flatMap((fault) => (fault.kind === 'duplicate' ? fault.at.file : [])));
        for (const [index, migration] of migrations.entries()) {
            if (migration.status !== 'new' || migration.isRepeatable || duplicates.has(migration.file))
                continue;
            const after = migrations.slice(index + 1).filter(isOnBase);
            const first = tool === 'alembic' ? descendant(migration.id, after) : after.at(-1);
            if (!first)
                continue;
            yield {
                at: migration.up.at,
                direction: 'up',
                migration: migration.id,
                message: `${migration.name} is new and comes before ${first.name}, which is on the base branch already and may be applied. ${late[tool] ?? 'Where it is, this one runs after it, in another order than on a new database.'}`,
                help: tool === 'alembic'
                    ? `Let it come after the head, and give ${first.name} its old down_revision back.`
                    : 'Give it a number or a time after the last one of the base branch.',
            };
        }
    },
}));
/** A revision that the new one was put below. What the order leaves open is not out of order. */
function descendant(id, after) {
    return after.find(({ parents }) => parents.includes(id));
}
/** What a tool does with it in a database that is beyond it. */
const late = {
    alembic: 'A database that is beyond it never runs it.',
    'golang-migrate': 'golang-migrate keeps the last number only: a database that is beyond it never runs it.',
    tern: 'tern keeps the last number only: a database that is beyond it never runs it.',
    drizzle: 'drizzle-kit keeps the time of the last one: a database that is beyond it never runs it.',
    flyway: 'Flyway refuses it on a database that is beyond it, unless outOfOrder is set.',
    goose: 'goose refuses it on a database that is beyond it, unless --allow-missing is given.',
    'node-pg-migrate': 'node-pg-migrate refuses it on a database that is beyond it, unless the order is not checked.',
    supabase: 'supabase db push refuses it on a database that is beyond it, unless --include-all is given.',
};

;// CONCATENATED MODULE: ./rules/parent-table-locked/rule.ts


/* harmony default export */ const parent_table_locked_rule = (defineRule({
    name: 'parent-table-locked',
    summary: 'A statement shuts others out of a table that it does not name',
    severity: 'warning',
    *check(context) {
        for (const { op, statement } of context.placed(context.migration.up)) {
            const tables = drawnIn(op, context).filter((table) => !context.isNew(table) && !names(statement.sql, table));
            if (tables.length > 0)
                yield parent_table_locked_rule_report(op.at, [...new Set(tables)]);
        }
    },
    *observe(context) {
        const { roundTrip, operationsOf, isNew, tablesBefore, tableOf, works } = context;
        // What hidden code does to every row under a lock is told by the rules about that work.
        const hidden = ['rewrite', 'scan', 'index build'].flatMap(works).filter(({ isHidden }) => isHidden);
        const { locks = [], statements = [] } = roundTrip.watched ?? {};
        for (const statement of statements) {
            if (statement.direction !== 'up' || statement.attempt !== 1 || statement.isOwn)
                continue;
            const operations = operationsOf(statement);
            const [first] = operations;
            const isPartOfNamed = (table) => {
                const parent = first && tablesBefore(first).parentOf(table);
                return parent !== undefined && names(statement.sql, parent) && !operations.some(aboutOnePartition);
            };
            // An index stands for its table: `blocking-index-drop` and `blocking-reindex` name that one.
            const meant = operations.flatMap((op) => {
                const index = op.kind === 'drop-index' ? op.index : op.kind === 'reindex' ? op.name : undefined;
                return (index !== undefined && tableOf(index)) || [];
            });
            const takesAlong = operations.some((op) => 'cascade' in op && op.cascade === true);
            const taken = locks.filter((lock) => {
                const table = (0,model_locks/* plainName */.MH)(lock.relation);
                return (lock.statement === statement &&
                    lock.existedBefore &&
                    holdsRows.has(lock.kind) &&
                    (0,model_locks/* shutOutBy */.QH)(lock.mode) !== undefined &&
                    !isNew(table) &&
                    !names(statement.sql, table) &&
                    !isPartOfNamed(table) &&
                    !meant.includes(table) &&
                    // A view has nothing that CASCADE could take off it: it goes itself, as `drop-cascade` says.
                    !(takesAlong && views.has(lock.kind)) &&
                    !hidden.some((work) => work.statement === statement && work.table === table));
            });
            if (taken.length === 0)
                continue;
            const seen = parent_table_locked_rule_report(operations[0]?.at ?? statement.at, taken.map(({ relation }) => (0,model_locks/* plainName */.MH)(relation)));
            yield { ...seen, evidence: taken.map(parent_table_locked_rule_told) };
        }
    },
}));
const views = new Set(['view', 'materialized view']);
const holdsRows = new Set(['table', 'view', 'materialized view', 'foreign table']);
function parent_table_locked_rule_report(at, tables) {
    const list = tables.join(', ');
    return {
        at,
        direction: 'up',
        message: `This also shuts others out of ${list}, which it does not name, until its transaction ends.`,
        help: `Give it a transaction of its own and a lock_timeout, and expect its wait, and everybody else’s behind it, on ${list} too.`,
    };
}
function parent_table_locked_rule_told({ relation, mode }) {
    return `PostgreSQL took ${mode} on ${relation}, which shuts out ${(0,model_locks/* shutOutBy */.QH)(mode)}.`;
}
/** The tables that an operation locks besides its own, as far as the migrations tell of foreign keys and partitions. */
function drawnIn(op, { tablesBefore }) {
    if (op.kind === 'drop-constraint') {
        const [key] = tablesBefore(op)
            .constraintsOf(op.table)
            .filter(({ name }) => name === op.constraint);
        return key?.references ? [key.references.table] : [];
    }
    if (op.kind === 'truncate')
        return op.cascade ? pointingTo(op.table, tablesBefore(op)) : [];
    if (op.kind !== 'drop-table')
        return [];
    const tables = tablesBefore(op);
    const parents = tables.constraintsOf(op.table).flatMap(({ references }) => references?.table ?? []);
    const children = op.cascade ? pointingTo(op.table, tables) : [];
    return [...parents, ...children, tables.parentOf(op.table) ?? []].flat().filter((table) => table !== op.table);
}
function pointingTo(table, tables) {
    return tables.foreignKeysTo(table).map((key) => key.table);
}
/** What it does to one partition concerns the others. */
function aboutOnePartition(op) {
    return (op.kind === 'attach-partition' ||
        op.kind === 'detach-partition' ||
        (op.kind === 'create-table' && op.partitionOf !== undefined));
}
/** A table counts as named where its name stands in the statement as a word of its own. */
function names(sql, table) {
    const name = table.slice(table.indexOf('.') + 1).toLowerCase();
    const text = sql.toLowerCase();
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
        const [before = ' ', after = ' '] = [text[at - 1], text[at + name.length]];
        if (!/[\p{L}\p{N}_$]/u.test(before) && !/[\p{L}\p{N}_$]/u.test(after))
            return true;
    }
    return false;
}

;// CONCATENATED MODULE: ./rules/partitioned-table-advice/rule.ts


/* harmony default export */ const partitioned_table_advice_rule = (defineRule({
    name: 'partitioned-table-advice',
    summary: 'What spares an ordinary table its long lock is an error on a partitioned one',
    severity: 'error',
    fails: ['0A000', '42809'],
    *check(context) {
        for (const { direction, statements } of context.scripts) {
            for (const { operations } of statements) {
                for (const op of operations) {
                    const found = refused(op, context);
                    if (found)
                        yield { at: op.at, direction, ...found };
                }
            }
        }
    },
    *observe({ roundTrip, failed, said, ...context }) {
        for (const { direction, error } of roundTrip.steps) {
            if (error?.sqlstate !== '0A000' && error?.sqlstate !== '42809')
                continue;
            for (const op of failed(error)) {
                const found = refused(op, { ...context, major: 0 }) ?? partitioned(op, error.message);
                if (found)
                    yield { at: op.at, direction, ...found, evidence: [said(error)], sqlstate: error.sqlstate };
            }
        }
    },
}));
function refused(op, { tool, major, tablesBefore }) {
    switch (op.kind) {
        case 'create-index':
            if (!op.concurrently || op.only || !tablesBefore(op).isPartitioned(op.table))
                return undefined;
            return {
                ...partitioned_table_advice_rule_told(`${op.table} is partitioned, and PostgreSQL builds no index on a partitioned table CONCURRENTLY`, 'CREATE INDEX … ON ONLY the partitioned table, which is done at once; then CREATE INDEX CONCURRENTLY on each partition, and ALTER INDEX … ATTACH PARTITION for each.'),
                suggestion: byPartition(tool, op, tablesBefore(op)),
            };
        case 'drop-index': {
            const index = op.concurrently ? tablesBefore(op).indexOf(op.index) : undefined;
            if (!index || !tablesBefore(op).isPartitioned(index.table))
                return undefined;
            return partitioned_table_advice_rule_told(`${op.index} belongs to the partitioned table ${index.table}, and PostgreSQL drops no such index CONCURRENTLY`, 'DROP INDEX without CONCURRENTLY, under a short lock_timeout: it takes ACCESS EXCLUSIVE on the table and on each partition, for a moment.');
        }
        case 'add-constraint': {
            const isPartitioned = tablesBefore(op).isPartitioned(op.table);
            if (!isPartitioned)
                return undefined;
            if (op.usingIndex !== undefined)
                return partitioned_table_advice_rule_told(`${op.table} is partitioned, and PostgreSQL makes no constraint of it USING an INDEX`, 'Build the unique index on each partition CONCURRENTLY; then ADD CONSTRAINT … UNIQUE or PRIMARY KEY (…) on the partitioned table, which takes them over.');
            if (op.type === 'foreign-key' && op.notValid && major < 18)
                return partitioned_table_advice_rule_told(`${op.table} is partitioned, and before PostgreSQL 18 it takes no NOT VALID foreign key`, 'Add it NOT VALID to each partition and validate it there; then add it to the partitioned table, which takes them over.');
            return undefined;
        }
        default:
            return undefined;
    }
}
/** Undefined where the index is more than a list of columns, or where the partitions are not all known to be plain tables. */
function byPartition(tool, op, tables) {
    const partitions = tables.childrenOf(op.table);
    const [table, index, ...rest] = plain(op.table, op.index ?? '', ...partitions, ...op.columns) ?? [];
    const isMore = op.partial || op.include.length > 0 || op.method !== 'btree' || op.options.length > 0 || op.nullsNotDistinct;
    const isPlain = op.keys.every(({ column, collation, operatorClass, descending, nulls }) => column !== undefined && !descending && (collation ?? operatorClass ?? nulls) === undefined);
    if (table === undefined || index === undefined || isMore || !isPlain || !tables.isComplete)
        return undefined;
    if (partitions.length === 0 || partitions.some((partition) => tables.isPartitioned(partition)))
        return undefined;
    const columns = rest.slice(partitions.length).join(', ');
    const create = op.unique ? 'CREATE UNIQUE INDEX' : 'CREATE INDEX';
    const parts = rest
        .slice(0, partitions.length)
        .map((partition) => ({ partition, own: `${partition}_${columns.replaceAll(', ', '_')}_idx` }));
    if (parts.some(({ own }) => own.length > 63 || own.includes('.')))
        return undefined;
    return suggested(tool, [
        { sql: `${create} ${index} ON ONLY ${table} (${columns})` },
        ...parts.map(({ partition, own }) => ({ sql: `${create} CONCURRENTLY ${own} ON ${partition} (${columns})`, own: true })),
        ...parts.map(({ own }) => ({ sql: `ALTER INDEX ${index} ATTACH PARTITION ${own}` })),
    ]);
}
/** Where the migrations do not tell that it is partitioned, and PostgreSQL says so. */
function partitioned(op, message) {
    const isOne = op.kind === 'create-index' || op.kind === 'drop-index' || op.kind === 'add-constraint';
    if (!isOne || !/\bpartitioned (?:table|index)\b/.test(message))
        return undefined;
    return partitioned_table_advice_rule_told('The table is partitioned, and PostgreSQL refuses this form there', 'Do it on each partition first, and on the partitioned table after that: it takes over what is there.');
}
function partitioned_table_advice_rule_told(what, help) {
    return { message: `${what}: the statement fails.`, help };
}

;// CONCATENATED MODULE: ./rules/pseudo-batched-update/rule.ts

/* harmony default export */ const pseudo_batched_update_rule = (defineRule({
    name: 'pseudo-batched-update',
    summary: 'Batches in one transaction lock as many rows as one statement would',
    severity: 'error',
    *check({ migration, isNew, placed }) {
        const all = placed(migration.up);
        const told = new Set();
        for (const { op, statement, transaction } of all) {
            if ((op.kind !== 'update' && op.kind !== 'delete') || !op.bounded || isNew(op.table))
                continue;
            const inBlock = op.repeated && op.inside === 'do-block';
            // A loop that was read turn by turn left several statements at one place.
            const place = `${op.at.file}:${op.at.line}:${op.at.column}`;
            const isUnrolled = () => all.some((each) => each.statement !== statement && each.transaction === transaction && isAt(each.op, op));
            const isLoop = inBlock
                ? !commits(statement.operations)
                : transaction.openedBy !== undefined && (statement.repeated || isUnrolled());
            if (!isLoop || told.has(place))
                continue;
            told.add(place);
            yield {
                at: op.at,
                direction: 'up',
                message: `This loop goes through ${op.table} in batches, all of them in one transaction: every row stays locked until the last batch is done.`,
                help: inBlock
                    ? 'COMMIT after each batch, in a block that runs outside of a transaction.'
                    : 'Run the loop outside of the transaction, so that each batch is committed at once: in Alembic, within op.get_context().autocommit_block().',
            };
        }
    },
}));
function commits(operations) {
    return operations.some((op) => op.kind === 'transaction-control' && op.action === 'commit');
}
function isAt(a, b) {
    return a.kind === b.kind && a.at.file === b.at.file && a.at.line === b.at.line && a.at.column === b.at.column;
}

;// CONCATENATED MODULE: ./rules/redundant-index/rule.ts

/* harmony default export */ const redundant_index_rule = (defineRule({
    name: 'redundant-index',
    summary: 'An index whose columns begin another one is written at every change and read by nobody',
    severity: 'warning',
    isPolicy: true,
    *check({ migration, tablesBefore, tablesAfter }) {
        const after = tablesAfter();
        for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
            if (op.kind !== 'create-index' || op.method !== 'btree' || op.partial || op.columns.length === 0)
                continue;
            const others = there(op.table, tablesBefore(op), after);
            const keys = [...op.columns, ...op.include];
            const larger = op.unique
                ? undefined
                : others.find((index) => begins(index.columns, op.columns) && op.include.length === 0);
            const smaller = others.find((index) => !index.unique && index.constraint === undefined && begins(op.columns, index.columns));
            if (!larger && !smaller)
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: larger
                    ? `${larger.name} begins with (${op.columns.join(', ')}) already, and serves whatever this index would.`
                    : `This index begins with all columns of ${smaller?.name}, which is needed no more.`,
                help: larger ? 'Leave it out.' : `Drop ${smaller?.name} once this one is there (${keys.join(', ')}).`,
            };
        }
    },
}));
/** The whole btrees that were there before and stay. */
function there(table, before, after) {
    const left = new Set(after.indexesOf(table).map(({ name }) => name));
    return before
        .indexesOf(table)
        .filter(({ name, method, partial, valid }) => left.has(name) && method === 'btree' && !partial && valid);
}
function begins(keys, first) {
    return first.length > 0 && first.every((column, index) => keys[index] === column);
}

;// CONCATENATED MODULE: ./rules/refused-downgrade/rule.ts

/* harmony default export */ const refused_downgrade_rule = (defineRule({
    name: 'refused-downgrade',
    summary: 'A downgrade that refuses to run leaves a backup as the only way back',
    severity: 'warning',
    *check({ migration, refusal }) {
        const refused = migration.down && refusal(migration.down);
        if (!refused)
            return;
        yield {
            at: refused.at,
            direction: 'down',
            message: `The downgrade of ${migration.name} refuses to run${refused.says === '' ? ', and does not say why' : `: “${refused.says}”`}. A release that needs it can be taken back only as far as its code.`,
            help: refused.says === ''
                ? 'Say in the exception why there is no way back, and what to do instead; or bring the old schema back without the data that is gone.'
                : 'Keep the upgrade in a release of its own, and take a backup before it. Where the schema can come back without its data, let the downgrade do that.',
        };
    },
}));

;// CONCATENATED MODULE: ./rules/renamed-column/rule.ts

/* harmony default export */ const renamed_column_rule = (defineRule({
    name: 'renamed-column',
    summary: 'Code that runs knows a column by its old name and fails once it is renamed',
    severity: 'error',
    breaks: ['42703', '0A000'],
    aliases: ['squawk:renaming-column'],
    *check({ migration, isNew, isNewColumn }) {
        for (const { operations } of migration.up.statements) {
            for (const op of operations) {
                if (op.kind !== 'rename' || op.object !== 'column' || op.table === undefined)
                    continue;
                if (isNew(op.table) || isNewColumn(op.table, op.name))
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `From here on ${op.table}.${op.name} is called ${op.to}: the release that still runs fails, or the new one does where it comes first.`,
                    help: `Add ${op.to} beside ${op.name} and write both, from the code or by a trigger. Fill ${op.to} in batches, ` +
                        `let the code read it, and drop ${op.name} in a later release.`,
                };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/renamed-enum-value/rule.ts

/* harmony default export */ const renamed_enum_value_rule = (defineRule({
    name: 'renamed-enum-value',
    summary: 'Code that runs writes a renamed value of an enum and fails, and reads one that it does not know',
    severity: 'error',
    breaks: ['22P02'],
    *check({ migration, earlier, tool }) {
        const types = new Set();
        const values = new Set();
        const own = new Set(migration.up.statements.flatMap(({ operations }) => operations));
        for (const op of [...earlier, ...migration.up.statements].flatMap(({ operations }) => operations)) {
            if (op.kind === 'create-type')
                types.add(op.type);
            if (op.kind === 'add-enum-value')
                values.add(`${op.type} ${op.value}`);
            if (op.kind !== 'rename' || op.object !== 'enum value' || op.table === undefined || !own.has(op))
                continue;
            if (types.has(op.table) || values.has(`${op.table} ${op.name}`))
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `'${op.name}' of ${op.table} becomes '${op.to}' in every row at once: the release that still runs fails where it writes or compares '${op.name}' (22P02), and reads '${op.to}', which it does not know.`,
                help: `Add '${op.to}' beside it${tool === 'alembic' ? ', in an autocommit_block()' : ''}; let the code read both and write the new one; change the rows in batches. The old value can stay.`,
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/renamed-migration/rule.ts

/* harmony default export */ const renamed_migration_rule = (defineRule({
    name: 'renamed-migration',
    summary: 'Under another name, a migration that was applied is a new one',
    severity: 'error',
    *history({ tool, migrations, changes }) {
        for (const change of changes) {
            const migration = migrations.find(({ id }) => change.kind === 'renamed' && id === change.migration);
            if (change.kind !== 'renamed' || !migration)
                continue;
            const { before } = change;
            const isSameId = before.id === migration.id;
            const why = isSameId ? byName[tool] : undefined;
            if (isSameId && why === undefined)
                continue;
            yield {
                at: migration.up.at,
                direction: 'up',
                migration: migration.id,
                message: isSameId
                    ? `${before.name} is on the base branch, and is called ${migration.name} here: ${why}.`
                    : tool === 'alembic'
                        ? `The revision ${before.id} is on the base branch, and is called ${migration.id} here: Alembic does not find the revision that the database is at, and stops.`
                        : `${before.name} is on the base branch, and is called ${migration.name} here: a database that has applied it under its old name is given it again.`,
                help: `Give it its old name back: ${before.file}${isSameId ? '' : `, with ${tool === 'alembic' ? 'revision' : 'number'} ${before.id}`}.`,
            };
        }
    },
}));
/** What becomes of another file name where the number is the same. Other tools look at the number alone. */
const byName = {
    'numbered-sql': 'whatever notes the applied files by their names applies it again',
    flyway: 'Flyway compares the description with the recorded one, and stops (validate)',
};

;// CONCATENATED MODULE: ./rules/renamed-object/rule.ts

/** What becomes of code that knows the old name. Tables and views, columns and values of enums are other rules'. */
const renamed_object_rule_uses = {
    function: 'calls it (42883)',
    procedure: 'calls it (42883)',
    routine: 'calls it (42883)',
    aggregate: 'calls it (42883)',
    type: 'names it, in a cast for instance (42704)',
    domain: 'names it, in a cast for instance (42704)',
    sequence: 'asks it for a number (42P01)',
    schema: 'names it, or has it on its search_path (3F000, 42P01)',
};
/* harmony default export */ const renamed_object_rule = (defineRule({
    name: 'renamed-object',
    summary: 'Code that runs knows a function, type, sequence or schema by its old name and fails once it is renamed',
    severity: 'error',
    breaks: ['42P01', '42883', '42704', '3F000'],
    *check({ migration, earlier, placed }) {
        const before = new Set(earlier.flatMap(({ operations }) => operations).flatMap(rule_created));
        for (const { op, transaction } of placed(migration.up)) {
            for (const name of rule_created(op))
                before.add(name);
            if (op.kind !== 'rename' && op.kind !== 'set-schema')
                continue;
            const use = renamed_object_rule_uses[op.object];
            if (use === undefined || before.has(op.name))
                continue;
            const after = transaction.operations.slice(transaction.operations.indexOf(op) + 1);
            if (after.flatMap(rule_created).includes(op.name))
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `From here on the ${op.object} ${op.name} is called ${newName(op)}: the release that still runs fails where it ${use}.`,
                help: help(op.object),
            };
        }
    },
}));
function newName(op) {
    const dot = op.name.indexOf('.');
    if (op.kind === 'set-schema')
        return `${op.schema}.${op.name.slice(dot + 1)}`;
    return dot < 0 ? op.to : `${op.name.slice(0, dot)}.${op.to}`;
}
function help(object) {
    if (/^(?:function|procedure|routine|aggregate)$/.test(object))
        return 'Create the new one beside the old one, let the old one call it, and drop that in a later release.';
    if (/^(?:type|domain)$/.test(object))
        return 'Leave its name; or make the new type beside it, and move the columns to it release by release.';
    if (object === 'sequence')
        return 'Leave its name; or give code the new name first in a default that it does not write itself.';
    return 'Leave its name; or make the new schema beside it, with a view for each table, and move what uses it release by release.';
}
/** The names that an operation gives to something new. */
function rule_created(op) {
    switch (op.kind) {
        case 'create-function':
            return [op.function];
        case 'create-type':
            return [op.type];
        case 'create-sequence':
            return [op.sequence];
        case 'create-schema':
            return [op.schema];
        case 'create-object':
            return [op.name];
        case 'rename':
            return [newName(op)];
        default:
            return [];
    }
}

;// CONCATENATED MODULE: ./rules/renamed-table/rule.ts

const relations = new Set(['table', 'foreign table', 'view', 'materialized view']);
/* harmony default export */ const renamed_table_rule = (defineRule({
    name: 'renamed-table',
    summary: 'Code that runs knows a table by its old name and fails once it is renamed',
    severity: 'error',
    breaks: ['42P01', '42703', '3F000', '0A000'],
    aliases: ['squawk:renaming-table'],
    *check({ tool, migration, isNew, placed }) {
        const all = placed(migration.up);
        for (const { op, transaction } of all) {
            if ((op.kind !== 'rename' && op.kind !== 'set-schema') || !relations.has(op.object))
                continue;
            const [schema = '', name = ''] = op.name.split('.');
            if (isNew(`${schema}.${name}`))
                continue;
            const after = transaction.operations.slice(transaction.operations.indexOf(op) + 1);
            if (after.some((each) => takes(op.name, each)))
                continue;
            const to = op.kind === 'rename' ? `${schema}.${op.to}` : `${op.schema}.${name}`;
            yield {
                at: op.at,
                direction: 'up',
                message: `From here on ${op.name} is called ${to}: the release that still runs fails where it names it.`,
                help: 'Leave a view with the old name behind, in the same transaction: a simple view can be written to. Drop it in a later release.',
                suggestion: op.kind === 'rename' && op.object === 'table' && !all.some((each) => takes(op.name, each.op))
                    ? withView(op.name, name, op.to, tool === 'alembic')
                    : undefined,
            };
        }
    },
}));
/** Whether the operation gives the name to something else. */
function takes(name, op) {
    if (op.kind === 'create-view')
        return op.view === name;
    if (op.kind === 'create-table')
        return op.table === name;
    return op.kind === 'rename' && `${op.name.split('.')[0]}.${op.to}` === name;
}
function withView(qualified, old, to, isPython) {
    if (!qualified.startsWith('public.') || !/^[a-z_]\w*$/.test(old) || !/^[a-z_]\w*$/.test(to))
        return undefined;
    const view = `CREATE VIEW ${old} AS SELECT * FROM ${to}`;
    return isPython
        ? `op.rename_table("${old}", "${to}")\nop.execute("${view}")`
        : `BEGIN;\nALTER TABLE ${old} RENAME TO ${to};\n${view};\nCOMMIT;`;
}

;// CONCATENATED MODULE: ./rules/required-column-without-default/rule.ts


/* harmony default export */ const required_column_without_default_rule = (defineRule({
    name: 'required-column-without-default',
    summary: 'ADD COLUMN NOT NULL without a default fails on a table that holds rows',
    severity: 'error',
    breaks: ['23502'],
    aliases: ['squawk:adding-required-field'],
    fails: '23502',
    *check({ tool, scripts, isNew }) {
        for (const { direction, statements } of scripts) {
            for (const { sql, operations } of statements) {
                for (const op of operations.filter(isRequired)) {
                    if (isNew(op.table))
                        continue;
                    yield { ...required_column_without_default_rule_report(op, direction, tool), suggestion: withoutNotNull(tool, sql) };
                }
            }
        }
    },
    *observe({ tool, roundTrip, failed, said }) {
        for (const { direction, error } of roundTrip.steps) {
            if (error?.sqlstate !== '23502')
                continue;
            for (const op of failed(error).filter(isRequired)) {
                if (error.column !== undefined && error.column !== op.column.name)
                    continue;
                yield { ...required_column_without_default_rule_report(op, direction, tool), evidence: [said(error)], sqlstate: error.sqlstate };
            }
        }
    },
}));
function isRequired(op) {
    return (op.kind === 'add-column' && op.column.notNull && op.column.default === undefined && op.column.filledBy === undefined);
}
function required_column_without_default_rule_report({ at, table, column }, direction, tool) {
    return {
        at,
        direction,
        message: `${table}.${column.name} must not be null and has no default, so adding it fails as soon as ${table} holds a row.`,
        help: tool === 'alembic'
            ? 'Give it a server_default (default= stays in Python), or add it nullable, fill it, and make it NOT NULL afterwards.'
            : 'Give it a DEFAULT, or add it nullable, fill it, and SET NOT NULL afterwards.',
    };
}
/** The first of the three steps; undefined where the words are not plainly this column's. */
function withoutNotNull(tool, sql) {
    const isOnlyOne = sql.match(/\bNOT\s+NULL\b/gi)?.length === 1 && !/['"$]|--|\/\*/.test(sql);
    return isOnlyOne ? suggested(tool, [{ sql: sql.replace(/\s+NOT\s+NULL\b/i, '') }]) : undefined;
}

;// CONCATENATED MODULE: ./rules/rewriting-default/rule.ts


/* harmony default export */ const rewriting_default_rule = (defineRule({
    name: 'rewriting-default',
    summary: 'ADD COLUMN with a default that differs from row to row writes every row anew',
    severity: 'error',
    aliases: ['squawk:adding-field-with-default', 'eugene:E10'],
    work: 'rewrite',
    *check({ tool, migration, placed, isNew }) {
        for (const { op, statement } of placed(migration.up)) {
            if (op.kind !== 'add-column' || op.column.default?.volatility !== 'volatile' || isNew(op.table))
                continue;
            if (op.column.filledBy !== undefined)
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `${op.column.default.sql} has to be computed for each row, so adding ${op.table}.${op.column.name} writes the whole table anew, while nobody can read or write it.`,
                help: 'Add the column without the default, then SET DEFAULT for new rows, and fill the old ones in batches.',
                suggestion: statement.operations.length === 1 ? rewriting_default_rule_twoSteps(tool, op) : undefined,
            };
        }
    },
}));
function rewriting_default_rule_twoSteps(tool, op) {
    const [table, column] = plain(op.table, op.column.name) ?? [];
    if (column === undefined || op.column.notNull)
        return undefined;
    return suggested(tool, [
        { sql: `ALTER TABLE ${table} ADD COLUMN ${column} ${op.column.type}` },
        { sql: `ALTER TABLE ${table} ALTER COLUMN ${column} SET DEFAULT ${op.column.default?.sql}` },
    ]);
}

;// CONCATENATED MODULE: ./rules/rewriting-domain-column/rule.ts

/* harmony default export */ const rewriting_domain_column_rule = (defineRule({
    name: 'rewriting-domain-column',
    summary: 'ADD COLUMN of a domain that refuses some values writes every row anew',
    severity: 'error',
    work: 'rewrite',
    *check({ migration, isNew, tablesBefore }) {
        for (const { operations } of migration.up.statements) {
            for (const op of operations) {
                if (op.kind !== 'add-column' || isNew(op.table))
                    continue;
                const { name, type, userType } = op.column;
                const domain = userType && !type.endsWith('[]') ? tablesBefore(op).typeOf(userType) : undefined;
                if (domain?.kind !== 'domain' || !domain.isConstrained)
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `${userType} is a domain that refuses some values: to add ${name}, PostgreSQL writes every row of ${op.table} anew, while nobody can read or write the table.`,
                    help: `Add ${name} as ${domain.base ?? 'the base type'}, and what the domain asks for as a CHECK that is NOT VALID; validate it in a transaction of its own.`,
                };
            }
        }
    },
    *observe({ works, isNew, operationsOf }) {
        for (const { statement, evidence } of works('rewrite')) {
            for (const op of operationsOf(statement)) {
                if (op.kind !== 'add-column' || op.column.userType === undefined || op.column.default || isNew(op.table))
                    continue;
                if (op.column.filledBy !== undefined)
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `Adding ${op.column.name} of type ${op.column.type} wrote every row of ${op.table} anew, while nobody could read or write the table.`,
                    help: `Add ${op.column.name} with the base type, and what the domain asks for as a CHECK that is NOT VALID; validate it in a transaction of its own.`,
                    evidence,
                };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/rewriting-generated-column/rule.ts


/* harmony default export */ const rewriting_generated_column_rule = (defineRule({
    name: 'rewriting-generated-column',
    summary: 'Adding a column that PostgreSQL fills itself (serial, IDENTITY, STORED) writes every row anew',
    severity: 'error',
    aliases: ['squawk:adding-field-with-default', 'squawk:adding-serial-primary-key-field', 'eugene:E10', 'eugene:E11'],
    work: 'rewrite',
    *check({ tool, migration, placed, isNew }) {
        for (const { op, statement } of placed(migration.up)) {
            if (op.kind !== 'add-column' || isNew(op.table))
                continue;
            const { name, filledBy, generated } = op.column;
            if (filledBy === undefined || generated?.kind === 'virtual')
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `PostgreSQL fills ${op.table}.${name} in every row as it is added, and writes the whole table anew, while nobody can read or write it.`,
                help: filledBy === 'expression'
                    ? 'Add a plain column, let a trigger fill new rows, and fill the old ones in batches. From PostgreSQL 18 on, a VIRTUAL column is added at once.'
                    : 'Add a plain column, SET DEFAULT nextval(…) of a new sequence for new rows, and fill the old ones in batches.',
                suggestion: statement.operations.length === 1 && filledBy !== 'expression' ? threeSteps(tool, op) : undefined,
            };
        }
    },
}));
/** `serial` is no type, and what it stands for is NOT NULL: that comes when the old rows are filled. */
function threeSteps(tool, op) {
    const [table, column] = plain(op.table, op.column.name) ?? [];
    if (table === undefined)
        return undefined;
    const sequence = `${table}_${column}_seq`;
    if (sequence.length > 63 || op.column.primaryKey)
        return undefined;
    return suggested(tool, [
        { sql: `ALTER TABLE ${table} ADD COLUMN ${column} ${op.column.type}` },
        { sql: `CREATE SEQUENCE ${sequence} OWNED BY ${table}.${column}` },
        { sql: `ALTER TABLE ${table} ALTER COLUMN ${column} SET DEFAULT nextval('${sequence}')` },
    ]);
}

;// CONCATENATED MODULE: ./rules/rewriting-storage-change/rule.ts

/* harmony default export */ const rewriting_storage_change_rule = (defineRule({
    name: 'rewriting-storage-change',
    summary: 'A table that changes its place or form is copied while everybody is shut out',
    severity: 'error',
    aliases: ['squawk:prefer-repack', 'eugene:E10'],
    lock: 'AccessExclusiveLock',
    *check({ migration, placed, isNew }) {
        for (const { op } of placed(migration.up)) {
            const done = copies(op);
            if (!done || (done.table !== undefined && isNew(done.table)))
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `${done.what} copies ${done.table ?? 'every table'} under ACCESS EXCLUSIVE: nobody can read or write there until it is done.`,
                help: 'Do it in a maintenance window, or online with pg_repack.',
            };
        }
    },
}));
function copies(op) {
    switch (op.kind) {
        case 'set-logged':
            return { what: op.logged ? 'SET LOGGED' : 'SET UNLOGGED', table: op.table };
        case 'set-access-method':
            return { what: 'SET ACCESS METHOD', table: op.table };
        case 'set-tablespace':
            return op.object === 'table' ? { what: 'SET TABLESPACE', table: op.table } : undefined;
        case 'cluster':
            return { what: 'CLUSTER', table: op.table };
        case 'vacuum':
            return op.full ? { what: 'VACUUM FULL', table: op.tables?.[0] } : undefined;
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./rules/rewriting-type-change/rule.ts

/* harmony default export */ const rewriting_type_change_rule = (defineRule({
    name: 'rewriting-type-change',
    summary: 'A change of type that writes every row anew shuts out readers and writers until it is done',
    severity: 'error',
    breaks: ['0A000'],
    aliases: ['squawk:changing-column-type', 'eugene:E5', 'eugene:E10'],
    work: 'rewrite',
    *check({ migration, placed, isNew, typeBefore }) {
        for (const { op } of placed(migration.up)) {
            if (op.kind !== 'alter-column-type' || isNew(op.table))
                continue;
            const before = typeBefore(op);
            if (!rewrites(op, before))
                continue;
            const from = before ? ` from ${before.type}` : '';
            yield {
                at: op.at,
                direction: 'up',
                message: `Changing ${op.table}.${op.column}${from} to ${op.type} writes every row and every index of ${op.table} anew, while nobody can read or write it.`,
                help: `Add a new column of type ${op.type}, let a trigger or the application write both, fill it in batches, and switch over in a later release.`,
            };
        }
    },
}));
/** https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES; the page's examples show each of these. */
function rewrites(op, before) {
    if (op.using !== undefined && !isPlainCast(op.using, op.column))
        return true;
    if (op.userType !== undefined || before?.userType !== undefined)
        return false;
    if (before === undefined)
        return alwaysConverted.test(op.type);
    const [from, to] = [rule_parts(before.type), rule_parts(op.type)];
    if (before.type === op.type)
        return false;
    if (from.isArray || to.isArray)
        return from.name !== to.name && !(isText(from.name) && isText(to.name));
    switch (to.name) {
        case 'text':
        case 'character varying':
            if (!isText(from.name))
                return true;
            return to.length !== undefined && (from.length === undefined || from.length > to.length);
        case 'numeric':
            if (from.name !== 'numeric')
                return true;
            if (to.length === undefined)
                return false;
            return from.length === undefined || from.length > to.length || from.scale !== to.scale;
        case 'bit varying':
            if (from.name !== 'bit varying')
                return true;
            return to.length !== undefined && (from.length === undefined || from.length > to.length);
        case 'inet':
            return from.name !== 'cidr';
        case 'timestamp without time zone':
        case 'timestamp with time zone':
            // Between the two it depends on the session's TimeZone, which cannot be read in the file.
            if (!from.name.startsWith('timestamp'))
                return true;
            return to.length !== undefined && (from.length ?? 6) > to.length;
        case 'time without time zone':
        case 'time with time zone':
        case 'interval':
            if (from.name !== to.name)
                return true;
            return to.length !== undefined && (from.length ?? 6) > to.length;
        default:
            return from.name !== to.name || to.name === 'character' || to.name === 'bit';
    }
}
// Types to which another is never converted without touching the rows, and of which few have domains.
const alwaysConverted = /^(?:smallint|integer|bigint|real|double precision|uuid|jsonb|boolean|date|bytea)$/;
/** `email::varchar(50)` says no more than the change of type itself. */
function isPlainCast(using, column) {
    const plain = using.replace(/[\s()"]/g, '').toLowerCase();
    const name = column.toLowerCase();
    return plain === name || (plain.startsWith(`${name}::`) && !plain.slice(name.length + 2).includes('::'));
}
function isText(name) {
    return name === 'text' || name === 'character varying';
}
function rule_parts(type) {
    const numbers = /\((\d+)(?:,(\d+))?\)/.exec(type);
    const name = type
        .replace(/\(.*?\)/, '')
        .replace(/\[\]/g, '')
        .replace(/\s+/g, ' ')
        .trim();
    const number = (text) => (text === undefined ? undefined : Number(text));
    return {
        name,
        isArray: type.endsWith('[]'),
        length: number(numbers?.[1]),
        scale: number(numbers?.[2]) ?? 0,
    };
}

;// CONCATENATED MODULE: ./rules/server-side-program/rule.ts

/** https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-GENFILE and lo-interfaces */
const fileFunctions = new Set([
    'pg_read_file',
    'pg_read_binary_file',
    'pg_ls_dir',
    'pg_stat_file',
    'lo_import',
    'lo_export',
]);
/* harmony default export */ const server_side_program_rule = (defineRule({
    name: 'server-side-program',
    summary: 'The statement reaches out of the database, to files or programs of the server',
    severity: 'error',
    *check({ scripts }) {
        for (const { direction, statements } of scripts) {
            for (const op of statements.flatMap(({ operations }) => operations)) {
                const what = reach(op);
                if (what === undefined)
                    continue;
                yield {
                    at: op.at,
                    direction,
                    message: `${what}: only a superuser may, or a role that may as well be one, and managed servers refuse it.`,
                    help: 'Send rows over the connection (COPY … FROM STDIN, \\copy), and write functions in SQL or PL/pgSQL. Nothing in a migration should need more.',
                };
            }
        }
    },
}));
function reach(op) {
    if (op.kind === 'copy' && op.place === 'program')
        return 'COPY runs a program on the server';
    if (op.kind === 'copy' && op.place === 'file')
        return `COPY ${op.direction === 'from' ? 'reads' : 'writes'} a file of the server`;
    if (op.kind === 'create-function' || op.kind === 'do-block') {
        return isUntrusted(op.language)
            ? `Code in ${op.language} can do on the server whatever PostgreSQL's own user can`
            : undefined;
    }
    if (!('calls' in op))
        return undefined;
    const called = op.calls.find((name) => fileFunctions.has(name.replace(/^pg_catalog\./, '')));
    return called && `${called} reaches files of the server`;
}
/** `u` at the end says so: https://www.postgresql.org/docs/current/sql-createlanguage.html */
function isUntrusted(language) {
    return language === 'c' || /^pl.*u$/.test(language) || /^plpython[23]?$/.test(language);
}

;// CONCATENATED MODULE: ./rules/session-setting-leak/rule.ts

/** Settings that change what the SQL after them means, or what it is allowed to do. */
const telling = new Set([
    'search_path',
    'session_replication_role',
    'role',
    'session_authorization',
    'row_security',
    'timezone',
]);
/* harmony default export */ const session_setting_leak_rule = (defineRule({
    name: 'session-setting-leak',
    summary: 'A setting of the session outlives the script and changes what the next one means',
    severity: 'warning',
    *check({ scripts }) {
        for (const { direction, statements } of scripts) {
            const operations = statements.flatMap((statement) => statement.operations);
            for (const [index, op] of operations.entries()) {
                if (op.kind !== 'set' || op.scope === 'local' || op.value === undefined)
                    continue;
                const setting = op.setting.toLowerCase();
                if (!telling.has(setting))
                    continue;
                const isLast = !operations
                    .slice(index + 1)
                    .some((each) => each.kind === 'set' && each.scope === 'session' && [setting, 'all'].includes(each.setting.toLowerCase()));
                if (!isLast)
                    continue;
                yield {
                    at: op.at,
                    direction,
                    message: `${setting} stays as it is set here after the script: the next migration on this connection, and the tool's own version table, meet it.`,
                    help: `Use SET LOCAL ${setting} in a transaction, or RESET ${setting} at the end; for names, write the schema before them.`,
                };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/several-heads/rule.ts

/* harmony default export */ const several_heads_rule = (defineRule({
    name: 'several-heads',
    summary: 'With two heads, alembic upgrade head runs nothing at all',
    severity: 'error',
    *history({ heads, headsBefore, faults }) {
        const unlabelled = heads.filter(({ isLabelled }) => !isLabelled);
        // A link that does not resolve makes heads that are none.
        if (faults.length > 0 || unlabelled.length < 2 || heads.length <= Math.max(1, headsBefore))
            return;
        const added = unlabelled.filter(({ isNew }) => isNew);
        for (const head of added.length > 0 ? added : unlabelled.slice(-1)) {
            const others = unlabelled.filter((each) => each !== head).map(({ migration }) => migration);
            yield {
                at: head.at,
                direction: 'up',
                migration: head.migration,
                message: `${head.migration} is a head beside ${others.join(', ')}: alembic upgrade head refuses to choose, and runs nothing.`,
                help: others.length === 1
                    ? `Set down_revision to ${others[0]}, so that this one comes after it; or join them: alembic merge heads.`
                    : 'Let each come after another by its down_revision; or join them: alembic merge heads.',
                suggestion: others.length === 1 ? `down_revision = "${others[0]}"` : undefined,
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/slow-work-under-lock/rule.ts

/* harmony default export */ const slow_work_under_lock_rule = (defineRule({
    name: 'slow-work-under-lock',
    summary: 'Rows are changed in bulk while the same transaction shuts everybody out of a table',
    severity: 'error',
    aliases: ['eugene:E4'],
    *check({ migration, placed, isNew, isKey, locks }) {
        for (const { op, transaction } of placed(migration.up)) {
            const rows = bulk(op, isNew, isKey);
            if (rows === undefined)
                continue;
            const before = transaction.operations.slice(0, transaction.operations.indexOf(op));
            const held = new Set(before.flatMap((each) => locks(each).flatMap(({ table, mode }) => (mode === 'ACCESS EXCLUSIVE' && !isNew(table) ? table : []))));
            if (held.size === 0)
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `While this ${rows}, the transaction holds ACCESS EXCLUSIVE on ${[...held].join(', ')}: nobody can read or write there until it is all done.`,
                help: 'Change the rows in a transaction of their own, in batches, and let the one that changes the table end first.',
            };
        }
    },
    *observe({ works }) {
        for (const kind of ['rewrite', 'scan', 'index build']) {
            for (const { statement, table, mode, isHidden, evidence } of works(kind)) {
                if (!isHidden || table === undefined || mode !== 'ACCESS EXCLUSIVE')
                    continue;
                // Writing every row anew includes all the rest.
                const isPart = kind !== 'rewrite' && works('rewrite').some((each) => each.statement === statement && each.table === table);
                if (isPart)
                    continue;
                yield {
                    at: statement.at,
                    direction: 'up',
                    message: `The code that this runs ${done[kind]} ${table}, while nobody can read or write there.`,
                    help: 'Write the statement itself into the migration: then it can be seen what it does, and what it should be instead.',
                    evidence,
                };
            }
        }
    },
}));
const done = {
    rewrite: 'writes every row anew of',
    scan: 'reads every row of',
    'index build': 'builds an index from every row of',
};
/** What the statement does to as many rows as the table holds. */
function bulk(op, isNew, isKey) {
    if (op.kind === 'update' || op.kind === 'delete') {
        if (op.bounded || isNew(op.table) || isKey(op.table, op.pinned))
            return undefined;
        return `${op.kind === 'update' ? 'changes' : 'deletes'} rows of ${op.table}`;
    }
    if (op.kind !== 'insert' || op.source !== 'query')
        return undefined;
    const sources = op.reads.filter((table) => !isNew(table) && !/^(?:pg_catalog|information_schema)\./.test(table));
    return sources.length === 0 ? undefined : `copies rows of ${sources.join(', ')}`;
}

;// CONCATENATED MODULE: ./rules/small-key/rule.ts

const largest = { smallint: '32,767', integer: '2,147,483,647' };
/* harmony default export */ const small_key_rule = (defineRule({
    name: 'small-key',
    summary: 'A key of four bytes is used up one day, and widening it rewrites the table',
    severity: 'warning',
    aliases: ['squawk:prefer-bigint-over-int', 'squawk:prefer-bigint-over-smallint'],
    isPolicy: true,
    *check({ migration, typedColumns }) {
        const operations = migration.up.statements.flatMap((statement) => statement.operations);
        for (const op of operations) {
            for (const { table, name, type, filledBy, primaryKey } of typedColumns(op)) {
                const limit = largest[type];
                const isCounted = filledBy === 'sequence' || filledBy === 'identity';
                if (limit === undefined || !(isCounted || isOnlyKey(operations, op, name, primaryKey ?? false)))
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `${table}.${name} is ${type}: after ${limit} numbers, rolled back inserts included, every INSERT fails (22003).`,
                    help: 'Use bigint, here and in the columns that point to it.',
                };
            }
        }
    },
}));
/** A key of several columns is rarely counted up. */
function isOnlyKey(operations, op, name, primaryKey) {
    if (op.kind !== 'create-table')
        return primaryKey;
    return (operations.some((each) => each.kind === 'add-constraint' &&
        each.type === 'primary-key' &&
        each.table === op.table &&
        each.columns.join() === name) ||
        (primaryKey && op.columns.filter((column) => column.primaryKey).length === 1));
}

;// CONCATENATED MODULE: ./rules/stale-index-function/rule.ts

const remedies = {
    index: 'REINDEX INDEX CONCURRENTLY it in a migration that follows; or make a function of another name, and a new index with it.',
    'generated column': 'Make a function of another name and a new column with it; the values that are stored are not computed again.',
    check: 'Drop the constraint, add it again NOT VALID, and validate it: old rows were checked by the old body.',
    'partition key': 'Rows lie in partitions that the old body chose: make a new table, with a function of another name, and move them.',
};
/* harmony default export */ const stale_index_function_rule = (defineRule({
    name: 'stale-index-function',
    summary: 'A function whose body is replaced gives other values than those that an index or a column has stored',
    severity: 'error',
    *observe({ roundTrip }) {
        for (const { function: called, kind, object, because } of roundTrip.stale ?? []) {
            yield {
                ...(because && { at: because }),
                direction: 'up',
                message: `The ${kind} ${object} was made with the old body of ${called} and is not made anew: queries find too little, and what must be unique is there twice.`,
                help: remedies[kind],
                evidence: [`${kind} ${object} depends on ${called}, and is the same file as before`],
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/table-without-primary-key/rule.ts

/* harmony default export */ const table_without_primary_key_rule = (defineRule({
    name: 'table-without-primary-key',
    summary: 'Rows of a table without a primary key cannot be told apart, or updated over logical replication',
    severity: 'warning',
    *check({ migration, later, isNew, tablesBefore, tablesAfter }) {
        const after = tablesAfter();
        const all = migration.up.statements.flatMap(({ operations }) => operations);
        for (const op of all) {
            const isDropped = op.kind === 'drop-constraint' &&
                !isNew(op.table) &&
                tablesBefore(op)
                    .constraintsOf(op.table)
                    .some(({ name, type }) => name === op.constraint && type === 'primary key');
            const isMade = op.kind === 'create-table' &&
                op.relation === 'table' &&
                op.persistence !== 'temporary' &&
                !op.partitionOf &&
                !op.query &&
                !op.like.some(({ table, including }) => including.includes('indexes') && hasKey(tablesBefore(op), table));
            if ((!isDropped && !isMade) || !('table' in op) || op.table === undefined || !after.has(op.table))
                continue;
            const { table } = op;
            if (hasKey(after, table))
                continue;
            const settles = (each) => 'table' in each &&
                each.table === table &&
                ((each.kind === 'add-constraint' && each.type === 'primary-key') ||
                    each.kind === 'drop-table' ||
                    (each.kind === 'replica-identity' && each.identity === 'index'));
            if (all.some(settles) || later.some(({ operations }) => operations.some(settles)))
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: isDropped
                    ? `${table} has no primary key from here on: its rows cannot be told apart, and where the table is published, UPDATE and DELETE fail.`
                    : `${table} has no primary key: two equal rows cannot be told apart, and where the table is published, UPDATE and DELETE fail.`,
                help: isDropped
                    ? 'Build the new key first (CREATE UNIQUE INDEX CONCURRENTLY), and change the two in one transaction: DROP CONSTRAINT, ADD PRIMARY KEY USING INDEX.'
                    : 'Give it one: the columns that identify a row, or id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY.',
            };
        }
    },
}));
function hasKey(tables, table) {
    return tables.constraintsOf(table).some(({ type }) => type === 'primary key');
}

;// CONCATENATED MODULE: ./rules/timeout-kills-concurrent-build/rule.ts


/* harmony default export */ const timeout_kills_concurrent_build_rule = (defineRule({
    name: 'timeout-kills-concurrent-build',
    summary: 'A short timeout ends a concurrent build, and an invalid index stays behind',
    severity: 'warning',
    options: {
        // A build waits for every transaction that is older than itself, and reads the table twice.
        minutes: { default: 10, description: 'A timeout below this many minutes is short' },
    },
    *check({ tool, migration, placed }, { minutes }) {
        const limits = new Map();
        for (const { op } of placed(migration.up)) {
            // SET LOCAL ends with its transaction, in which no concurrent build can stand.
            if (op.kind === 'set' && op.scope === 'session') {
                if (op.setting === 'all')
                    limits.clear();
                else if (op.value === undefined)
                    limits.delete(op.setting);
                else
                    limits.set(op.setting, op.value);
                continue;
            }
            if ((op.kind !== 'create-index' && op.kind !== 'reindex') || !op.concurrently)
                continue;
            for (const setting of ['lock_timeout', 'statement_timeout']) {
                const value = limits.get(setting);
                const ms = value === undefined ? 0 : milliseconds(value);
                if (ms === 0 || ms >= minutes * 60_000)
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `${setting} = ${value} holds here, too: a build that takes longer${setting === 'lock_timeout' ? ', or waits longer for one old transaction,' : ''} is ended, and leaves an index that is invalid and still costs every write.`,
                    help: `SET ${setting} = 0 before it. A build beside the writers keeps nobody waiting.`,
                    suggestion: suggested(tool, [{ sql: `SET ${setting} = 0` }]),
                };
            }
        }
    },
}));
/** https://www.postgresql.org/docs/current/config-setting.html: a number without a unit counts milliseconds. 0 for what is none. */
function milliseconds(value) {
    const [, number = '0', unit = 'ms'] = /^\s*(\d+(?:\.\d+)?)\s*(us|ms|s|min|h|d)?\s*$/.exec(value) ?? [];
    const factors = {
        us: 0.001,
        ms: 1,
        s: 1000,
        min: 60_000,
        h: 3_600_000,
        d: 86_400_000,
    };
    return Number(number) * (factors[unit] ?? 1);
}

;// CONCATENATED MODULE: ./rules/transaction-across-revisions/rule.ts

const strong = ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'];
/* harmony default export */ const transaction_across_revisions_rule = (defineRule({
    name: 'transaction-across-revisions',
    summary: 'In one transaction around several revisions, each holds the locks of all those before it',
    severity: 'warning',
    *check({ tool, migration, earlier, placed, isNew, locks }) {
        if (migration.up.transaction !== 'run')
            return;
        const own = new Set(migration.up.statements.flatMap(({ operations }) => operations));
        const before = new Set(earlier.flatMap(({ operations }) => operations));
        const lockedBy = (op) => locks(op).flatMap(({ table, mode }) => (strong.includes(mode) && !isNew(table) ? table : []));
        for (const { op, transaction } of placed(migration.up)) {
            const held = new Set(transaction.operations.filter((each) => before.has(each) && !own.has(each)).flatMap(lockedBy));
            if (held.size === 0)
                continue;
            const others = lockedBy(op).filter((table) => !held.has(table));
            const slow = isSlow(op);
            if (others.length === 0 && slow === undefined)
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `The revisions that are pending run in one transaction: ${slow === undefined
                    ? `this locks ${others.join(', ')} while an earlier one of this change still holds its lock on ${[...held].join(', ')}, and all are held to the end.`
                    : `while this ${slow}, an earlier one of this change still holds its lock on ${[...held].join(', ')}.`}`,
                help: tool === 'alembic'
                    ? 'Pass transaction_per_migration=True to context.configure() in env.py, so that each revision is committed by itself.'
                    : 'Let the tool commit each migration by itself.',
            };
            return;
        }
    },
}));
/** Work that reads the rows of a table or builds something from them. Rows that are changed in bulk are another rule's. */
function isSlow(op) {
    switch (op.kind) {
        case 'create-index':
            return 'builds an index';
        case 'validate-constraint':
            return `validates ${op.constraint}`;
        case 'refresh-materialized-view':
            return `refreshes ${op.view}`;
        case 'add-constraint':
            return op.with === undefined && !op.notValid && op.usingIndex === undefined
                ? 'checks or indexes every row'
                : undefined;
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./rules/truncated-identifier/rule.ts

/* harmony default export */ const truncated_identifier_rule = (defineRule({
    name: 'truncated-identifier',
    summary: 'PostgreSQL cuts names to 63 bytes, so that two long ones may become the same',
    severity: 'warning',
    aliases: ['squawk:identifier-too-long'],
    *check({ migration }) {
        for (const { operations } of migration.up.statements) {
            for (const op of operations) {
                if (op.kind !== 'truncated-identifier')
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `${op.written} has ${Buffer.byteLength(op.written)} bytes: PostgreSQL calls it ${op.stored}.`,
                    help: 'Choose a name of 63 bytes or less. A tool that compares names does not find the one that it wrote.',
                };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/truncated-table/rule.ts

/* harmony default export */ const truncated_table_rule = (defineRule({
    name: 'truncated-table',
    summary: 'TRUNCATE empties a table at once, and with CASCADE every table that points to it',
    severity: 'error',
    aliases: ['squawk:ban-truncate-cascade'],
    lock: 'AccessExclusiveLock',
    *check({ migration, isNew }) {
        for (const { operations } of migration.up.statements) {
            for (const op of operations) {
                if (op.kind !== 'truncate' || isNew(op.table))
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: op.cascade
                        ? `This empties ${op.table} and every table with a foreign key to it, named or not; no downgrade brings the rows back.`
                        : `This empties ${op.table}; no downgrade brings the rows back.`,
                    help: 'Delete the rows that are meant, in batches. Name each table that shall be empty, without CASCADE.',
                };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/unbatched-delete/rule.ts

/* harmony default export */ const unbatched_delete_rule = (defineRule({
    name: 'unbatched-delete',
    summary: 'A DELETE of many rows in one statement locks each of them until the transaction ends',
    severity: 'warning',
    options: {
        small: { default: 10_000, description: 'A table with so many rows or fewer in production is not reported' },
        large: { default: 1_000_000, description: 'From so many rows in production on it is an error' },
    },
    *check({ migration, isNew, isKey, rows }, { small, large }) {
        for (const { operations } of migration.up.statements) {
            for (const op of operations) {
                if (op.kind !== 'delete' || op.bounded || op.where === undefined)
                    continue;
                if (isNew(op.table) || isKey(op.table, op.pinned))
                    continue;
                const size = rows(op.table);
                if (size !== undefined && size <= small)
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    severity: size !== undefined && size >= large ? 'error' : undefined,
                    message: `This deletes every row of ${op.table} with ${op.where}${size === undefined ? '' : ` (the table has ${size.toLocaleString('en-US')})`} in one statement: each stays locked until the transaction ends, and so do the rows that their foreign keys reach.`,
                    help: "Outside of the migration's transaction, repeat a batch until it deletes nothing: " +
                        'DELETE … WHERE id IN (SELECT id FROM … WHERE … LIMIT 10000), with a COMMIT after each.',
                };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/unbatched-update/rule.ts

/* harmony default export */ const unbatched_update_rule = (defineRule({
    name: 'unbatched-update',
    summary: 'An UPDATE of a whole table in one statement locks every row that it changes until the transaction ends',
    severity: 'warning',
    options: {
        small: { default: 10_000, description: 'A table with so many rows or fewer in production is not reported' },
        large: { default: 1_000_000, description: 'From so many rows in production on it is an error' },
    },
    *check({ migration, isNew, isNewColumn, isKey, rows }, { small, large }) {
        for (const { operations } of migration.up.statements) {
            for (const op of operations) {
                if (op.kind !== 'update' || op.bounded || isNew(op.table) || isKey(op.table, op.pinned))
                    continue;
                // Without WHERE it overwrites: another rule says so. A column that is new here is filled.
                if (op.where === undefined && !op.columns.every((column) => isNewColumn(op.table, column)))
                    continue;
                const size = rows(op.table);
                if (size !== undefined && size <= small)
                    continue;
                const changed = op.where === undefined ? `every row of ${op.table}` : `every row of ${op.table} with ${op.where}`;
                yield {
                    at: op.at,
                    direction: 'up',
                    severity: size !== undefined && size >= large ? 'error' : undefined,
                    message: `This changes ${changed}${size === undefined ? '' : ` (the table has ${size.toLocaleString('en-US')})`} in one statement: each stays locked until the transaction ends, and the old versions stay in the table.`,
                    help: "Outside of the migration's transaction, repeat a batch until it changes nothing: " +
                        'UPDATE … WHERE id IN (SELECT id FROM … WHERE … LIMIT 10000), with a COMMIT after each.',
                };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/unfiltered-update/rule.ts

/* harmony default export */ const unfiltered_update_rule = (defineRule({
    name: 'unfiltered-update',
    summary: 'An UPDATE or DELETE without WHERE reaches every row, meant or not',
    severity: 'warning',
    *check({ migration, isNew, isNewColumn }) {
        for (const { operations } of migration.up.statements) {
            for (const op of operations) {
                if ((op.kind !== 'update' && op.kind !== 'delete') || op.where !== undefined || isNew(op.table))
                    continue;
                // Filling a column that is new here loses nothing: unbatched-update says what it costs.
                if (op.kind === 'update' && op.columns.every((column) => isNewColumn(op.table, column)))
                    continue;
                const { message, help } = op.kind === 'delete'
                    ? {
                        message: `This deletes every row of ${op.table}, and locks each until the transaction ends.`,
                        help: 'Say which rows, WHERE …, and delete many of them in batches.',
                    }
                    : {
                        message: `This overwrites ${op.columns.join(', ')} in every row of ${op.table}, also where a value is there that was meant to stay; and locks each until the transaction ends.`,
                        help: `Say which rows, WHERE ${op.columns[0] ?? '…'} IS NULL for instance, and change many of them in batches.`,
                    };
                yield { at: op.at, direction: 'up', message, help };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/unlogged-table/rule.ts

/* harmony default export */ const unlogged_table_rule = (defineRule({
    name: 'unlogged-table',
    summary: 'An unlogged table is empty after a crash, and on every replica',
    severity: 'warning',
    isPolicy: true,
    *check({ migration }) {
        for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
            const isMade = op.kind === 'create-table' && op.persistence === 'unlogged';
            const isChanged = op.kind === 'set-logged' && !op.logged;
            if (!isMade && !isChanged)
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `${op.table} is not written to the log: after a crash of the server all of its rows are gone, and no replica ever has them.`,
                help: 'Leave UNLOGGED out. For rows that belong to one session, use CREATE TEMPORARY TABLE.',
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/unrecorded-version/rule.ts

/* harmony default export */ const unrecorded_version_rule = (defineRule({
    name: 'unrecorded-version',
    summary: 'Where migrations record themselves in a table, one that does not is invisible there',
    severity: 'warning',
    *check({ migration, before, tablesBefore, isEmpty }) {
        const { up, down, name } = migration;
        const [first] = up.statements.flatMap(({ operations }) => operations);
        const table = recordIn(before);
        if (!first || table === undefined || isEmpty(up) || !tablesBefore(first).has(table))
            return;
        const written = up.statements.filter(({ operations }) => operations.some((op) => writes(op, table)));
        if (written.length === 0) {
            yield {
                direction: 'up',
                message: `The migrations before it record themselves in ${table}, and ${name} does not: whoever asks the database for its version is told an old one.`,
                help: `INSERT INTO ${table} the version of this migration, in the same transaction, and DELETE it in the downgrade.`,
            };
            return;
        }
        if (!down || isEmpty(down) || removes(down, table, written))
            return;
        const wrong = down.statements.find(({ operations }) => operations.some((op) => deletes(op, table)));
        yield {
            at: wrong?.at,
            direction: 'down',
            message: wrong
                ? `The downgrade of ${name} deletes another row of ${table} than the one that the upgrade writes.`
                : `The downgrade of ${name} leaves the row that the upgrade writes to ${table}: the database goes on saying that it is applied.`,
            help: `DELETE FROM ${table} the version that the upgrade inserts, in the same transaction.`,
        };
    },
}));
/** Of each script once: every migration asks it of all those before it. */
const made = new WeakMap();
function recordsMade(script) {
    const known = made.get(script);
    if (known)
        return known;
    const found = script.statements.flatMap(({ operations }) => operations.flatMap((op) => (op.kind === 'create-table' && named.test(op.table) ? op.table : [])));
    made.set(script, found);
    return found;
}
/** The table that most of the migrations before this one write a version to. */
function recordIn(before) {
    const created = before.flatMap(({ up }, index) => recordsMade(up).map((table) => ({ table, index })));
    for (const { table, index } of created) {
        const since = before.slice(index);
        const recorded = since.filter(({ up }) => up.statements.some(({ operations }) => operations.some((op) => writes(op, table))));
        if (recorded.length > 0 && recorded.length * 2 >= since.length)
            return table;
    }
    return undefined;
}
const named = /\.\w*(?:version|migration|changelog)\w*$/i;
function writes(op, table) {
    return (op.kind === 'insert' || op.kind === 'update') && op.table === table;
}
function deletes(op, table) {
    return op.kind === 'delete' && op.table === table;
}
/** Also by giving another version in its place, or by dropping the table. */
function removes(down, table, written) {
    const values = new Set(written.flatMap(literals));
    return down.statements.some((statement) => statement.operations.some((op) => {
        if ((op.kind === 'drop-table' || op.kind === 'truncate') && op.table === table)
            return true;
        if (op.kind === 'update' && op.table === table)
            return true;
        if (!deletes(op, table))
            return false;
        const named = literals(statement);
        return named.length === 0 || values.size === 0 || named.some((value) => values.has(value));
    }));
}
function literals({ sql }) {
    return [...sql.matchAll(/'((?:[^']|'')*)'/g)].map((match) => match[1] ?? '');
}

;// CONCATENATED MODULE: ./rules/unsafe-security-definer/rule.ts

/* harmony default export */ const unsafe_security_definer_rule = (defineRule({
    name: 'unsafe-security-definer',
    summary: 'A SECURITY DEFINER function without a search_path of its own runs what its caller puts in the way',
    severity: 'warning',
    *check({ migration }) {
        const operations = migration.up.statements.flatMap((statement) => statement.operations);
        for (const [index, op] of operations.entries()) {
            if (op.kind !== 'create-function' && op.kind !== 'alter-function')
                continue;
            if (!op.securityDefiner || op.settings.includes('search_path'))
                continue;
            const isFixed = operations
                .slice(index + 1)
                .some((each) => each.kind === 'alter-function' && each.function === op.function && each.settings.includes('search_path'));
            // ALTER says nothing of what CREATE has set.
            const isSet = operations
                .slice(0, index)
                .some((each) => each.kind === 'create-function' && each.function === op.function && each.settings.includes('search_path'));
            if (isFixed || (op.kind === 'alter-function' && isSet))
                continue;
            yield {
                at: op.at,
                direction: 'up',
                message: `${op.function} runs with the rights of its owner and finds names by the search_path of its caller, who can put a table or function of his own in the way.`,
                help: `Add SET search_path = pg_catalog, pg_temp (with the schemas that it needs between the two), or qualify every name and set it to ''.`,
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/unset-sequence/rule.ts


/* harmony default export */ const unset_sequence_rule = (defineRule({
    name: 'unset-sequence',
    summary: 'Rows with numbers of their own leave the sequence behind, which then gives the same numbers again',
    severity: 'warning',
    *check({ tool, migration, earlier }) {
        const numbered = new Map();
        const note = (table, name) => numbered.set(table, [...(numbered.get(table) ?? []), name]);
        const all = [...earlier, ...migration.up.statements].flatMap(({ operations }) => operations);
        const own = new Set(migration.up.statements.flatMap(({ operations }) => operations));
        const isSet = all.some((op) => op.kind === 'set-sequence' ||
            op.kind === 'alter-sequence' ||
            (op.kind === 'alter-column' && op.change === 'set-identity') ||
            op.kind === 'hidden-sql');
        const reported = new Set();
        for (const op of all) {
            if (op.kind === 'create-table') {
                for (const { name, filledBy } of op.columns) {
                    if (filledBy === 'sequence' || filledBy === 'identity')
                        note(op.table, name);
                }
            }
            if (op.kind !== 'insert' || !own.has(op) || isSet || reported.has(op.table))
                continue;
            const column = numbered.get(op.table)?.find((each) => op.columns.includes(each));
            if (column === undefined || (op.largest?.[column] ?? 1) < 1)
                continue;
            reported.add(op.table);
            yield {
                at: op.at,
                direction: 'up',
                message: `These rows bring their own ${column}, and the sequence of ${op.table}.${column} still begins where it began: the first row that leaves it to the sequence gets a number that is taken.`,
                help: `Leave ${column} out, or move the sequence afterwards.`,
                suggestion: move(tool, op.table, column),
            };
        }
    },
}));
function move(tool, from, name) {
    const [table, column] = plain(from, name) ?? [];
    const sequence = `pg_get_serial_sequence('${table}', '${column}')`;
    return table && suggested(tool, [{ sql: `SELECT setval(${sequence}, (SELECT max(${column}) FROM ${table}))` }]);
}

;// CONCATENATED MODULE: ./rules/unused-ignore/rule.ts

const rule_form = 'migration-gate: ignore blocking-index: twelve rows';
/* harmony default export */ const unused_ignore_rule = (defineRule({
    name: 'unused-ignore',
    summary: 'An ignore comment that ignores nothing is out of date, or mistaken',
    severity: 'warning',
    aliases: ['squawk:unused-ignore'],
    *review(comments) {
        for (const { at, direction, reason, rules } of comments) {
            if (rules.length === 0) {
                yield {
                    at,
                    direction,
                    message: 'This comment names no rule to ignore, and ignores nothing.',
                    help: `Name the rule and say why: ${rule_form}.`,
                };
                continue;
            }
            if (reason === undefined) {
                yield {
                    at,
                    direction,
                    message: 'This comment gives no reason, and ignores nothing.',
                    help: `Say why after a colon: ${rule_form}.`,
                };
                continue;
            }
            for (const { name, outcome, nearest } of rules) {
                if (outcome === 'unknown')
                    yield {
                        at,
                        direction,
                        message: `There is no rule ${name}, so this comment ignores nothing by that name.`,
                        help: nearest === undefined ? 'The command "migration-gate rules" lists them all.' : `Write ${nearest}.`,
                    };
                if (outcome === 'unused')
                    yield {
                        at,
                        direction,
                        message: `${name} finds nothing here: the comment ignores nothing, and would hide what is written here next.`,
                        help: `Remove ${rules.length > 1 ? 'the name' : 'the comment'}, or put it above the statement that it is meant for.`,
                    };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/upgrade-not-repeatable/rule.ts

/* harmony default export */ const upgrade_not_repeatable_rule = (defineRule({
    name: 'upgrade-not-repeatable',
    summary: 'After a downgrade the upgrade fails, or builds something else than the first time',
    severity: 'error',
    *observe({ migration, roundTrip, isEmpty, said }) {
        // Where nothing is undone, another rule says so in one sentence.
        if (migration.down && isEmpty(migration.down))
            return;
        const error = roundTrip.steps.find(({ direction, attempt }) => direction === 'up' && attempt === 2)?.error;
        if (error) {
            yield {
                at: error.at,
                direction: 'up',
                message: error.timedOut
                    ? `After its downgrade, the upgrade of ${migration.name} was ended because its time was up.`
                    : `After its downgrade, the upgrade of ${migration.name} fails: ${error.message}.`,
                help: 'Undo in the downgrade all that the upgrade does; what it leaves behind stands in the way of the next upgrade.',
                evidence: [said(error)],
                sqlstate: error.sqlstate,
            };
            return;
        }
        const differences = ownDifferences(roundTrip);
        if (differences.length === 0)
            return;
        yield {
            direction: 'up',
            message: `Run again after its downgrade, the upgrade of ${migration.name} gives something else: ${differences.join('; ')}.`,
            help: 'Let the upgrade depend on nothing that its downgrade does not restore.',
            evidence: differences,
        };
    },
}));
/**
 * What differs after the second upgrade and did not yet after the downgrade, of which other rules tell. Values may differ:
 * now(), gen_random_uuid() and sequences give others each time.
 */
function ownDifferences({ drift, data }) {
    const known = new Set([
        ...drift.flatMap(({ after, object }) => (after === 'down' ? object : [])),
        ...data.flatMap(({ after, table }) => (after === 'down' ? table : [])),
    ]);
    return [
        ...drift.flatMap(({ after, kind, object, class: how, change }) => after === 'up-again' && how === 'contract' && !known.has(object) ? `${kind} ${object} (${change})` : []),
        ...data.flatMap(({ after, table, change, rowsBefore, rowsAfter }) => after === 'up-again' && (change === 'rows-lost' || change === 'rows-left-behind') && !known.has(table)
            ? `${table} (${rowsAfter} rows, ${rowsBefore} the first time)`
            : []),
    ];
}

;// CONCATENATED MODULE: ./rules/useless-lock-timeout/rule.ts


/* harmony default export */ const useless_lock_timeout_rule = (defineRule({
    name: 'useless-lock-timeout',
    summary: 'A lock_timeout that is 0, or that is SET LOCAL outside of a transaction, bounds no wait',
    severity: 'warning',
    *check({ tool, migration, placed, locks }) {
        const operations = placed(migration.up);
        for (const [index, { op, transaction }] of operations.entries()) {
            if (op.kind !== 'set' || op.setting !== 'lock_timeout' || op.value === undefined || op.inside)
                continue;
            const isNone = /^0+\s*[a-z]*$/i.test(op.value.trim());
            if (op.scope === 'local' && transaction.openedBy === undefined) {
                yield {
                    at: op.at,
                    direction: 'up',
                    message: 'SET LOCAL outside of a transaction does nothing: PostgreSQL warns, and the statements that follow wait without a limit.',
                    help: 'Use SET lock_timeout, or put BEGIN before it.',
                    suggestion: isNone
                        ? undefined
                        : suggested(tool, [{ sql: `SET lock_timeout = '${op.value.replaceAll("'", "''")}'` }]),
                };
            }
            else if (isNone) {
                const after = operations.slice(index + 1).map((each) => each.op);
                const end = after.findIndex((each) => each.kind === 'set' && each.setting === 'lock_timeout');
                if (isForBuilds(after.slice(0, end === -1 ? after.length : end), locks))
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: 'A lock_timeout of 0 is none: the statements that follow wait without a limit.',
                    help: 'Set a limit, such as 2s. RESET lock_timeout gives back the one of role and configuration.',
                };
            }
        }
    },
}));
/** A build beside the writers may wait: whoever ends it gets an invalid index. */
function isForBuilds(operations, locks) {
    const builds = (op) => (op.kind === 'create-index' || op.kind === 'reindex') && op.concurrently;
    const isMild = (op) => locks(op).every(({ mode }) => mode === 'SHARE UPDATE EXCLUSIVE');
    return operations.some(builds) && operations.every(isMild);
}

;// CONCATENATED MODULE: ./rules/vague-name/rule.ts

/** Words that would fit any migration. */
const vague = new Set(`a add alter and another change changed changes cleanup correct db database ddl do edit final fix fixed fixes fixup hotfix it
  migration migrations minor misc modification modifications modify more new other patch refactor revision rework schema script
  small sql stuff table tables temp test the tmp todo update updated updates upgrade various wip work`.split(/\s+/));
/* harmony default export */ const vague_name_rule = (defineRule({
    name: 'vague-name',
    summary: 'A name that would fit any migration tells nobody what this one did',
    severity: 'warning',
    isPolicy: true,
    *check({ tool, migration }) {
        const { id, name } = migration;
        const words = name
            .replace(/^[VR](?=[\d_])/, '')
            .split(/[^\p{L}\p{N}]+/u)
            .flatMap((part) => part.split(/(?<=\p{Ll})(?=\p{Lu})/u))
            .map((word) => word.toLowerCase())
            .filter((word) => word !== '' && word !== id.toLowerCase() && !/^(?:\d+|[0-9a-f]{8,})$/.test(word));
        if (words.some((word) => !vague.has(word)))
            return;
        yield {
            direction: 'up',
            message: words.length === 0 ? `${name} has no name but its number.` : `${name} says nothing of what it does.`,
            help: `Name what it changes, and where: ${tool === 'alembic' ? 'alembic revision -m "add phone to users"' : 'add_phone_to_users'}.`,
        };
    },
}));

;// CONCATENATED MODULE: ./rules/validated-in-same-transaction/rule.ts


/* harmony default export */ const validated_in_same_transaction_rule = (defineRule({
    name: 'validated-in-same-transaction',
    summary: 'NOT VALID spares nothing where the same transaction validates the constraint',
    severity: 'error',
    work: 'scan',
    *check({ tool, migration, placed, isNew }) {
        for (const { op, statement, transaction } of placed(migration.up)) {
            if (op.kind !== 'validate-constraint' || isNew(op.table))
                continue;
            const before = transaction.operations.slice(0, transaction.operations.indexOf(op));
            const added = before.findLast((each) => each.kind === 'add-constraint' && each.table === op.table && each.constraint === op.constraint);
            if (added?.kind !== 'add-constraint' || !added.notValid)
                continue;
            const isForeignKey = added.type === 'foreign-key';
            yield {
                at: op.at,
                direction: 'up',
                message: `${op.constraint} is added and validated in one transaction: while every row of ${op.table} is read, it still holds the ${isForeignKey ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE'} lock of the first step, and ${isForeignKey ? `nobody can write ${op.table} and ${added.references}` : 'nobody can read or write the table'}.`,
                help: tool === 'alembic'
                    ? 'Validate it in a later revision, with transaction_per_migration=True in env.py, or inside op.get_context().autocommit_block().'
                    : 'Validate it in a transaction of its own: after a COMMIT, or in the next migration.',
                suggestion: tool === 'alembic' && statement.operations.length === 1
                    ? suggested(tool, [{ sql: statement.sql, own: true }])
                    : undefined,
            };
        }
    },
}));

;// CONCATENATED MODULE: ./rules/zoneless-timestamp/rule.ts

/* harmony default export */ const zoneless_timestamp_rule = (defineRule({
    name: 'zoneless-timestamp',
    summary: 'A timestamp without a time zone does not say which moment it means',
    severity: 'warning',
    aliases: ['squawk:prefer-timestamp-tz'],
    isPolicy: true,
    *check({ migration, typedColumns }) {
        for (const op of migration.up.statements.flatMap(({ operations }) => operations)) {
            for (const { table, name, type } of typedColumns(op)) {
                if (!/^timestamp(?:\(\d\))? without time zone/.test(type))
                    continue;
                yield {
                    at: op.at,
                    direction: 'up',
                    message: `${table}.${name} keeps what a clock showed, and not where: two writers in two time zones mean two moments by one value.`,
                    help: 'Use timestamptz (timestamp with time zone), which takes as many bytes and keeps the moment.',
                };
            }
        }
    },
}));

;// CONCATENATED MODULE: ./rules/index.ts



































































































/** Every rule, by name. A folder that is missing here fails test/rules.test.ts. */
const rules = [
    rule,
    arbiter_index_lost_rule,
    blocking_check_rule,
    blocking_exclusion_rule,
    blocking_foreign_key_rule,
    blocking_index_rule,
    blocking_index_drop_rule,
    blocking_not_null_rule,
    blocking_partition_attach_rule,
    blocking_partition_detach_rule,
    blocking_primary_key_rule,
    blocking_refresh_rule,
    blocking_reindex_rule,
    blocking_trigger_rule,
    blocking_unique_rule,
    broad_grant_rule,
    broken_sql_rule,
    broken_transaction_rule,
    cached_plan_change_rule,
    char_type_rule,
    circular_history_rule,
    concurrently_in_transaction_rule,
    data_dependent_upgrade_rule,
    data_lost_on_downgrade_rule,
    deleted_migration_rule,
    disabled_protection_rule,
    downgrade_drops_what_was_there_rule,
    drop_cascade_rule,
    dropped_column_rule,
    dropped_not_null_rule,
    dropped_object_rule,
    dropped_table_rule,
    duplicate_revision_rule,
    edited_migration_rule,
    empty_downgrade_rule,
    enum_value_used_too_early_rule,
    explicit_lock_rule,
    failing_downgrade_rule,
    failing_upgrade_rule,
    foreign_key_without_index_rule,
    hidden_sql_rule,
    incomplete_downgrade_rule,
    index_on_unbounded_text_rule,
    invalid_index_left_behind_rule,
    irreversible_drop_rule,
    json_type_rule,
    long_blocking_rule,
    lost_grants_rule,
    many_tables_locked_rule,
    missing_downgrade_rule,
    missing_parent_rule,
    models_out_of_step_rule,
    money_type_rule,
    narrowed_type_rule,
    no_lock_timeout_rule,
    not_null_without_backfill_rule,
    not_valid_check_blocks_updates_rule,
    old_code_breaks_rule,
    out_of_order_migration_rule,
    parent_table_locked_rule,
    partitioned_table_advice_rule,
    pseudo_batched_update_rule,
    redundant_index_rule,
    refused_downgrade_rule,
    renamed_column_rule,
    renamed_enum_value_rule,
    renamed_migration_rule,
    renamed_object_rule,
    renamed_table_rule,
    required_column_without_default_rule,
    rewriting_default_rule,
    rewriting_domain_column_rule,
    rewriting_generated_column_rule,
    rewriting_storage_change_rule,
    rewriting_type_change_rule,
    server_side_program_rule,
    session_setting_leak_rule,
    several_heads_rule,
    slow_work_under_lock_rule,
    small_key_rule,
    stale_index_function_rule,
    table_without_primary_key_rule,
    timeout_kills_concurrent_build_rule,
    transaction_across_revisions_rule,
    truncated_identifier_rule,
    truncated_table_rule,
    unbatched_delete_rule,
    unbatched_update_rule,
    unfiltered_update_rule,
    unlogged_table_rule,
    unrecorded_version_rule,
    unsafe_security_definer_rule,
    unset_sequence_rule,
    unused_ignore_rule,
    upgrade_not_repeatable_rule,
    useless_lock_timeout_rule,
    vague_name_rule,
    validated_in_same_transaction_rule,
    zoneless_timestamp_rule,
];


/***/ }),

/***/ 6475:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lf: () => (/* binding */ rehearsalSettings),
/* harmony export */   Wv: () => (/* binding */ rehearsalConfig),
/* harmony export */   hO: () => (/* binding */ ownCommands)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7597);

const name = zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().min(1);
const command = zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().min(1)).min(1);
/** Settings by which somebody could reach the server from outside, or it somebody else's files; those are ours. */
const ours = /^(listen_addresses|port|unix_socket_.*|data_directory|config_file|hba_file|ident_file|external_pid_file|ssl.*|krb_.*|log_destination|logging_collector|log_directory|log_filename|archive_.*|restore_command|primary_conninfo)$/i;
const setting = zod__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig(), zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY()]).transform((value) => {
    if (typeof value === 'boolean')
        return value ? 'on' : 'off';
    return String(value);
});
/** What the configuration says about the server, what it holds before the first migration, and the commands that run migrations. */
const rehearsalSettings = {
    'docker-image': name
        .regex(/^[\w][\w./:@-]*$/, 'is not the name of an image')
        .optional()
        .describe('The image of `database: docker`, such as `pgvector/pgvector:pg17`. Left out, it is `postgres:` and the major version.'),
    extensions: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(name)
        .optional()
        .describe('Extensions that are there before the first migration. A server that lacks one is not used; `auto` then takes the next.'),
    roles: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(name)
        .optional()
        .describe('Roles that migrations name. Those that the server lacks are made, without a login.'),
    settings: zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()
        .regex(/^[A-Za-z_][\w]*(\.[A-Za-z_]\w*)?$/, 'is not the name of a setting')
        .refine((key) => !ours.test(key), 'is set by the gate'), setting)
        .optional()
        .describe('Settings of the server, as in postgresql.conf. On a server given by URL they are set for each scratch database.'),
    baseline: name
        .optional()
        .describe('A dump in plain text, as pg_dump writes it, that is applied to the empty database before the history. No psql is needed.'),
    'baseline-includes': name
        .optional()
        .describe('The id of the last migration that `baseline` holds; the history goes on behind it. Not needed where the tool finds its own notes in the dump.'),
    'expected-schema': zod__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([
        name.regex(/\.sql$/i, 'is neither a file of SQL (its name ends in .sql) nor a list of a program and its arguments'),
        command,
    ], {
        error: 'is neither a file of SQL nor a list of a program and its arguments',
    })
        .optional()
        .describe('What the migrations together are to build: a file of SQL, or a command that makes it from the models in the empty database that DATABASE_URL and PGHOST name, such as SQLModel’s `create_all()`. It is compared on every change, because models may stand in any file.'),
    upgrade: zod__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('tool'), command], { error: 'is neither `tool` nor a list of a program and its arguments' })
        .optional()
        .describe("The command that runs an upgrade instead of the gate's own runner: `tool` for the usual command of a known tool, or a program and its arguments. See [running a tool](#running-a-tool)."),
    downgrade: command
        .optional()
        .describe('The command that takes the last migration back, for an `upgrade` that is a list.'),
    bookkeeping: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(name.regex(/^[^.]+\.[^.]+$/, 'is not a name with its schema, such as public.schema_migrations'))
        .optional()
        .describe('Tables in which the command notes what it ran, besides those of known tools. They are no part of the comparison.'),
};
/** What runs migrations of no known layout, for the reader of files; undefined: nothing does. */
function ownCommands({ upgrade, downgrade, }) {
    return upgrade === undefined || upgrade === 'tool' ? undefined : { hasDowngrade: downgrade !== undefined };
}
function rehearsalConfig(merged) {
    return {
        dockerImage: merged['docker-image'],
        extensions: merged.extensions ?? [],
        roles: merged.roles ?? [],
        settings: merged.settings ?? {},
        baseline: merged.baseline,
        baselineIncludes: merged['baseline-includes'],
        expectedSchema: merged['expected-schema'],
        upgrade: merged.upgrade,
        downgrade: merged.downgrade,
        bookkeeping: merged.bookkeeping ?? [],
    };
}


/***/ }),

/***/ 9054:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ze: () => (/* binding */ configFile),
  ex: () => (/* binding */ knownFile),
  Z9: () => (/* binding */ loadConfig),
  nI: () => (/* binding */ plainFolder)
});

// UNUSED EXPORTS: configurationSchema

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 9 modules
var schemas = __webpack_require__(7597);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/coerce.js
var coerce = __webpack_require__(9567);
// EXTERNAL MODULE: ./src/lint/nearest.ts
var nearest = __webpack_require__(8839);
;// CONCATENATED MODULE: ./src/config-problems.ts

/**
 * What is wrong with settings, and what they can be, each problem with its place in the file.
 * @param issues made with `reportInput`
 * @param known the names of the settings
 */
function problemsOf(issues, known) {
    return issues.flatMap((issue) => issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({
            path: [...issue.path, key],
            text: issue.path.length > 0 ? 'unknown setting' : unknownSetting(key, known),
        }))
        : [{ path: issue.path, text: inWords(issue) }]);
}
function unknownSetting(key, names) {
    const known = [...names].sort();
    const near = (0,nearest/* nearest */.p)(key, known);
    return `unknown setting; ${near ? `did you mean ${near}? There` : 'there'} are ${known.join(', ')}`;
}
function inWords(issue) {
    switch (issue.code) {
        case 'invalid_value': {
            const values = issue.values.map(String);
            const near = typeof issue.input === 'string' ? (0,nearest/* nearest */.p)(issue.input, values) : undefined;
            return `${JSON.stringify(issue.input)} is not known; ${near ? `did you mean ${near}? It` : 'it'} can be ${values.join(', ')}`;
        }
        case 'invalid_type':
            return `must be ${kinds[issue.expected] ?? issue.expected}, and is ${JSON.stringify(issue.input) ?? 'not given'}`;
        case 'too_small':
            return issue.origin === 'number' ? `must be at least ${issue.minimum}` : issue.message;
        case 'too_big':
            return issue.origin === 'number' ? `must be at most ${issue.maximum}` : issue.message;
        default:
            return issue.message;
    }
}
const settingsByName = 'settings by their names (name: value)';
const kinds = {
    array: 'a list, such as [one, two]',
    boolean: 'true or false',
    int: 'a whole number',
    number: 'a number',
    object: settingsByName,
    record: settingsByName,
    string: 'text',
};

// EXTERNAL MODULE: ./src/config-rehearsal.ts
var config_rehearsal = __webpack_require__(6475);
// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: ./src/model/migration.ts
var migration = __webpack_require__(3861);
;// CONCATENATED MODULE: ./src/config.ts







/** The file that is read from the root of the repository when no other is named. */
const configFile = '.migration-gate.yml';
/** The file of known findings that is read from there when the configuration names none. */
const knownFile = '.migration-gate-known.json';
const majors = ['12', '13', '14', '15', '16', '17', '18'];
const severity = schemas/* enum */.k5n(['error', 'warning', 'info', 'on', 'off']);
/** A name, or a list of names. */
const names = schemas/* union */.KCZ([schemas/* string */.YjP().min(1), schemas/* array */.YOg(schemas/* string */.YjP().min(1)).min(1)], {
    error: 'is neither a text nor a list of texts',
});
/** A number as people write a large one: 5000000 or 5_000_000. */
const size = schemas/* union */.KCZ([schemas/* number */.aig(), schemas/* string */.YjP().regex(/^\d[\d_]*$/, 'is not a number')])
    .transform((text) => Number(String(text).replaceAll('_', '')))
    .pipe(schemas/* number */.aig().min(0));
/**
 * One schema for the file, the flags and the action's inputs. Keys are the names that a user writes; their descriptions become the
 * reference in docs/configuration.md and the schema for editors.
 */
const settings = schemas/* strictObject */.rej({
    tool: schemas/* enum */.k5n(migration/* tools */.Y).optional().describe("The migrations' tool. Left out, it is detected."),
    directory: schemas/* string */.YjP()
        .optional()
        .describe('The folder of the migrations, from the root of the repository. Left out, it is found.'),
    base: schemas/* string */.YjP()
        .min(1)
        .optional()
        .describe('Branch, tag or commit to compare with. Left out, it is the base branch of the pull request, or the default branch of origin.'),
    database: schemas/* enum */.k5n(['auto', 'embedded', 'local', 'docker', 'url'])
        .optional()
        .describe('Where the PostgreSQL to rehearse on comes from. `auto` takes the first that works. The URL itself is never written here: it holds a password.'),
    'postgres-version': schemas/* union */.KCZ([schemas/* number */.aig(), schemas/* string */.YjP()])
        .transform(String)
        .pipe(schemas/* enum */.k5n(majors))
        .transform(Number)
        .optional()
        .describe('Major version of PostgreSQL to rehearse on, 12 to 18. A server given by URL has its own.'),
    'round-trip': schemas/* enum */.k5n(['auto', 'required', 'off'])
        .optional()
        .describe('Whether migrations are run: upgrade, downgrade, upgrade. `off` only reads them.'),
    'fail-on': schemas/* enum */.k5n(['error', 'warning', 'never'])
        .optional()
        .describe('The findings that fail the run. What could not be checked always fails it.'),
    timeout: coerce/* number */.ai()
        .int()
        .min(1)
        .max(21_600)
        .optional()
        .describe('Seconds that one run of one migration may take.'),
    'default-schema': schemas/* string */.YjP().min(1).optional().describe('The schema of names that a migration does not qualify.'),
    environment: schemas/* array */.YOg(schemas/* string */.YjP().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of an environment variable'))
        .optional()
        .describe("Names of environment variables that the project's own commands may see, besides PATH, HOME and the like."),
    alembic: schemas/* strictObject */.rej({
        command: schemas/* array */.YOg(schemas/* string */.YjP().min(1)).min(1).describe('The command that runs Alembic, and its first arguments.'),
    })
        .optional()
        .describe('How Alembic is run. Left out, it is found in the virtual environment of the project, or on the PATH.'),
    ...config_rehearsal/* rehearsalSettings */.Lf,
    rules: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* union */.KCZ([severity, schemas/* looseObject */._H3({ severity: severity.optional() })], {
        error: `is neither ${severity.options.join(', ')} nor a severity with options`,
    }))
        .optional()
        .describe('Severity and options of rules, by name; a name that squawk or eugene has for the hazard will do. `off` switches a rule off, `on` switches a policy on.'),
    ignore: schemas/* array */.YOg(schemas/* strictObject */.rej({
        rule: names.describe('The rule, or a list of rules.'),
        files: names.describe('A glob of paths from the root of the repository, or a list of globs.'),
        reason: schemas/* string */.YjP()
            .refine((text) => text.trim() !== '', 'a reason is needed')
            .describe('Why. Without a reason nothing is ignored.'),
    }))
        .optional()
        .describe('Findings to ignore by rule and path. What one statement needs is said better in a comment above it.'),
    'known-findings': schemas/* string */.YjP()
        .min(1)
        .optional()
        .describe('The file of findings that were there when the gate was adopted, which do not block. Written by `migration-gate check --all --write-known`.'),
    stats: schemas/* string */.YjP()
        .min(1)
        .optional()
        .describe('The file that `migration-gate stats` wrote: the sizes of the tables in production. From them come ranges of time, and severities by size.'),
    tables: schemas/* record */.g1P(schemas/* string */.YjP().min(1), schemas/* strictObject */.rej({
        rows: size.describe('Rows in production.'),
        bytes: size.optional().describe('Size of the table in production, without its indexes.'),
    }))
        .optional()
        .describe('Sizes of tables in production, by name. They win over those of `stats`.'),
    seeds: schemas/* string */.YjP()
        .min(1)
        .optional()
        .describe('A file of SQL that puts rows into tables before a rehearsal. A table that it fills gets no synthetic rows before the upgrade.'),
    queries: names
        .optional()
        .describe('Files of SQL that the running release sends, or globs of them; also exports of pg_stat_statements as CSV or JSON. Each query is tried before a migration and after it.'),
    'custom-rules': schemas/* string */.YjP()
        .min(1)
        .optional()
        .describe('A folder of rules of your own, one folder each. They are code that the gate runs: [custom-rules.md](custom-rules.md) says what that means on pull requests.'),
});
const defaults = {
    database: 'auto',
    'postgres-version': 17,
    'round-trip': 'auto',
    'fail-on': 'error',
    timeout: 60,
    'default-schema': 'public',
    environment: [],
};
/**
 * Puts the configuration together: defaults, then the file, then flags or inputs.
 * @param options.file the file to read; undefined: `.migration-gate.yml` in the repository, if there is one
 * @param options.values what flags or inputs gave, by the same names as in the file; undefined and '' count as not given
 * @param options.origin how to call these values in messages: `the command line`, `the action's inputs`
 * @throws UserError for a file that cannot be read, an unknown key, or a value that does not fit
 */
async function loadConfig(options) {
    const file = await fromFile(options.repository, options.file);
    const named = Object.entries(options.values).filter(([, value]) => value !== undefined && value !== '');
    const given = check(Object.fromEntries(named), options.origin, () => undefined);
    const merged = { ...defaults, ...defined(file.values), ...defined(given) };
    const sources = Object.fromEntries(Object.keys(settings.shape).map((key) => [
        key,
        key in given ? options.origin : key in file.values ? file.name : key in defaults ? 'default' : 'not set',
    ]));
    if (merged.database === 'url' && !options.databaseUrl)
        throw new errors/* UserError */.y('database: url needs a URL: give it as --database, as the input database-url, or in MIGRATION_GATE_DATABASE_URL.');
    return {
        tool: merged.tool,
        directory: merged.directory === undefined ? undefined : plainFolder(merged.directory),
        base: merged.base,
        database: merged.database,
        databaseUrl: options.databaseUrl || undefined,
        postgresVersion: merged['postgres-version'],
        roundTrip: merged['round-trip'],
        failOn: merged['fail-on'],
        timeout: merged.timeout,
        defaultSchema: merged['default-schema'],
        environment: merged.environment,
        alembic: merged.alembic,
        ...(0,config_rehearsal/* rehearsalConfig */.Wv)(merged),
        rules: ruleSettings(merged.rules, file.place),
        ignore: ignoreSettings(merged.ignore, file.place),
        knownFindings: merged['known-findings'],
        customRules: merged['custom-rules'] === undefined ? undefined : plainFolder(merged['custom-rules']),
        stats: merged.stats,
        tables: merged.tables ?? {},
        seeds: merged.seeds,
        queries: [merged.queries ?? []].flat(),
        sources,
    };
}
function ruleSettings(rules = {}, place) {
    return Object.fromEntries(Object.entries(rules).map(([name, setting]) => {
        if (typeof setting === 'string')
            return [name, { severity: setting, options: {}, place: place(['rules', name]) }];
        const { severity = 'on', ...options } = setting;
        return [name, { severity, options, place: place(['rules', name]) }];
    }));
}
function ignoreSettings(ignore = [], place) {
    return ignore.map(({ rule, files, reason }, index) => ({
        rules: [rule].flat(),
        files: [files].flat(),
        reason,
        place: place(['ignore', index]),
    }));
}
/** The JSON schema of the configuration file, with the defaults. The rules are not named in it. */
function configurationSchema() {
    const schema = z.toJSONSchema(settings, { io: 'input' });
    const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, property]) => [
        name,
        name in defaults && typeof property === 'object'
            ? { ...property, default: defaults[name] }
            : property,
    ]));
    return { ...schema, properties };
}
/** A folder as git names it: without `./` before it and `/` after it; '' for the root. */
function plainFolder(folder) {
    return external_node_path_.posix.normalize(folder).replace(/^\.?\/+|\/+$|^\.$/g, '');
}
/** The same, typed without the `undefined` that optional keys bring: zod leaves keys out that were not given. */
function defined(values) {
    return values;
}
async function fromFile(repository, file) {
    const name = file ?? configFile;
    let text;
    try {
        text = await (0,promises_.readFile)((0,external_node_path_.join)(repository, name), 'utf8');
    }
    catch (error) {
        if (!file && error.code === 'ENOENT')
            return { name, values: {}, place: () => name };
        throw new errors/* UserError */.y(`${name}: cannot be read (${error.code ?? String(error)}).`, {
            cause: error,
        });
    }
    const { LineCounter, parseDocument } = await __webpack_require__.e(/* import() */ 815).then(__webpack_require__.t.bind(__webpack_require__, 8815, 19));
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    const [problem] = document.errors;
    if (problem)
        throw new errors/* UserError */.y(`${name}:${lines.linePos(problem.pos[0]).line}: ${problem.message.split('\n')[0]}`, {
            cause: problem,
        });
    const place = (path) => {
        const node = document.getIn(path, true);
        return node?.range ? lines.linePos(node.range[0]).line : undefined;
    };
    const values = check(document.toJS() ?? {}, name, place);
    return {
        name,
        values,
        place: (path) => {
            const line = place(path);
            return line ? `${name}:${line}` : name;
        },
    };
}
function check(values, origin, place) {
    const parsed = settings.safeParse(values, { reportInput: true });
    if (parsed.success)
        return parsed.data;
    const problems = problemsOf(parsed.error.issues, Object.keys(settings.shape));
    const lines = problems.map(({ path, text }) => {
        const line = place(path);
        return `${origin}${line ? `:${line}` : ''}: ${path.map(String).join('.') || 'the whole'}: ${text}`;
    });
    throw new errors/* UserError */.y(lines.join('\n'));
}


/***/ }),

/***/ 7351:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ limitsOf),
/* harmony export */   t: () => (/* binding */ usualLimits)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7206);

/** What applies where nobody says otherwise. */
const usualLimits = { lockTimeout: '2s', statementTimeout: '30s' };
/**
 * The limits of a dry run as people write them: `2s`, `500ms`, `5min`, or a number of milliseconds; never 0, which would be no limit.
 * @throws UserError
 */
function limitsOf(given) {
    return {
        lockTimeoutMs: milliseconds('lock-timeout', given.lockTimeout),
        statementTimeoutMs: milliseconds('statement-timeout', given.statementTimeout),
    };
}
function milliseconds(name, text) {
    const [, digits, unit = 'ms'] = /^(\d+)\s*(ms|s|min)?$/.exec(text.trim()) ?? [];
    const value = Number(digits) * { ms: 1, s: 1000, min: 60_000 }[unit];
    if (digits === undefined || value < 1 || value > 3_600_000)
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y(`${name}: expected a time such as 2s or 500ms, from 1 ms to 60 min.`);
    return value;
}


/***/ }),

/***/ 6655:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ writeKnown),
/* harmony export */   s: () => (/* binding */ openKnown)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _config_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9054);
/* harmony import */ var _lint_known_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6186);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7206);
/* harmony import */ var _output_file_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8861);







/**
 * Undefined where there is none and none is named.
 * @throws UserError for a file that is named and is not there, or that cannot be read
 */
async function openKnown(repository, config) {
    const file = config.knownFindings ?? _config_js__WEBPACK_IMPORTED_MODULE_3__/* .knownFile */ .ex;
    let text;
    try {
        text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(repository, file), 'utf8');
    }
    catch (cause) {
        const code = cause.code;
        if (code === 'ENOENT' && config.knownFindings === undefined)
            return undefined;
        const help = code === 'ENOENT' ? ' Write it: migration-gate check --all --write-known' : '';
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .UserError */ .y(`${file}: cannot be read (${code ?? String(cause)}).${help}`, { cause });
    }
    const entries = (0,_lint_known_js__WEBPACK_IMPORTED_MODULE_4__/* .readKnown */ .Uj)(text, file);
    return { file, entries, gone: entries.filter((entry) => !(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(repository, entry.file))) };
}
/** Writes the file anew, and says so in a sentence. */
async function writeKnown(repository, config, findings) {
    const file = config.knownFindings ?? _config_js__WEBPACK_IMPORTED_MODULE_3__/* .knownFile */ .ex;
    await (0,_output_file_js__WEBPACK_IMPORTED_MODULE_5__/* .writeOutput */ .z)(repository, file, (0,_lint_known_js__WEBPACK_IMPORTED_MODULE_4__/* .writtenKnown */ .jk)(findings));
    return `Wrote ${findings.length} known ${findings.length === 1 ? 'finding' : 'findings'} to ${file}. Commit it: from now on only new ones block.`;
}


/***/ }),

/***/ 8649:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  J: () => (/* binding */ contexts)
});

;// CONCATENATED MODULE: ./src/lint/columns.ts
/**
 * The type that a column has when these operations are done, as far as they tell. SQL that cannot be read may have changed any of
 * them: what was known before it is known no longer.
 */
function typeAfter(operations, table, column) {
    const tables = new Map();
    for (const op of operations)
        follow(tables, op);
    return tables.get(table)?.get(column);
}
function follow(tables, op) {
    switch (op.kind) {
        case 'create-table': {
            if (op.ifNotExists && tables.has(op.table))
                return;
            const copied = [
                ...op.like.map((each) => each.table),
                ...op.inherits,
                ...(op.partitionOf ? [op.partitionOf.parent] : []),
            ];
            tables.set(op.table, new Map([
                ...copied.flatMap((table) => [...(tables.get(table) ?? [])]),
                ...op.columns.map(({ name, type, userType }) => [name, { type, userType }]),
            ]));
            return;
        }
        case 'drop-table':
            tables.delete(op.table);
            return;
        case 'add-column': {
            const { name, type, userType } = op.column;
            const columns = tables.get(op.table);
            if (columns && !(op.ifNotExists && columns.has(name)))
                columns.set(name, { type, userType });
            return;
        }
        case 'drop-column':
            tables.get(op.table)?.delete(op.column);
            return;
        case 'alter-column-type':
            if (op.conditional)
                tables.get(op.table)?.delete(op.column);
            else
                tables.get(op.table)?.set(op.column, { type: op.type, userType: op.userType });
            return;
        case 'rename':
            if (op.object === 'column' && op.table)
                move(tables.get(op.table) ?? new Map(), op.name, op.to);
            else if (op.object === 'table')
                move(tables, op.name, `${schemaOf(op.name)}.${op.to}`);
            return;
        case 'set-schema':
            if (op.object === 'table')
                move(tables, op.name, `${op.schema}.${op.name.slice(schemaOf(op.name).length + 1)}`);
            return;
        case 'hidden-sql':
            tables.clear();
            return;
        default:
    }
}
function schemaOf(name) {
    return name.slice(0, name.indexOf('.'));
}
function move(map, from, to) {
    const value = map.get(from);
    map.delete(from);
    if (value !== undefined)
        map.set(to, value);
}

// EXTERNAL MODULE: ./src/lint/locks.ts
var locks = __webpack_require__(4505);
;// CONCATENATED MODULE: ./src/lint/new-columns.ts
/** Which changed migration adds a column that was not there, by `table column`. IF NOT EXISTS proves nothing. */
function columnsAdded(migrations, ups) {
    const known = new Set();
    const added = new Map();
    for (const [index, operations] of ups.entries()) {
        for (const op of operations) {
            if (op.kind === 'create-table')
                for (const { name } of op.columns)
                    known.add(columnKey(op.table, name));
            if (!('column' in op) || op.column === undefined || !('table' in op))
                continue;
            const key = columnKey(op.table, typeof op.column === 'string' ? op.column : op.column.name);
            const isAdded = op.kind === 'add-column' && !op.ifNotExists && !op.conditional && !known.has(key);
            if (isAdded && migrations[index]?.status !== 'base')
                added.set(key, index);
            known.add(key);
        }
    }
    return added;
}
function columnKey(table, column) {
    return `${table} ${column}`;
}

;// CONCATENATED MODULE: ./src/lint/not-null.ts
/**
 * Whether a validated CHECK says of a column that it is not null after these operations: then SET NOT NULL reads no row.
 * https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL
 */
function isProvenNotNull(operations, { table, column }) {
    const proofs = new Map();
    for (const op of operations) {
        if (op.kind === 'drop-table' && op.table === table)
            proofs.clear();
        if (!('table' in op) || op.table !== table)
            continue;
        if (op.kind === 'add-constraint' &&
            (op.provesNotNull.includes(column) || isNotNull(op, column)) &&
            !op.conditional) {
            const name = op.constraint ?? `${table.slice(table.indexOf('.') + 1)}_${column}_check`;
            proofs.set(name, { valid: !op.notValid && op.enforced });
        }
        if (op.kind === 'validate-constraint' && proofs.has(op.constraint))
            proofs.set(op.constraint, { valid: true });
        if (op.kind === 'drop-constraint')
            proofs.delete(op.constraint);
    }
    return [...proofs.values()].some(({ valid }) => valid);
}
/** Whether the column is NOT NULL there already, so that there is nothing to do. */
function isNotNullIn(tables, { table, column }) {
    return tables.isComplete && tables.columnOf(table, column)?.notNull === true;
}
function isNotNull(op, column) {
    return op.type === 'not-null' && op.notValid && op.columns.includes(column);
}

;// CONCATENATED MODULE: ./src/lint/refusal.ts
/** The first thing of a block's code is an exception; without a level, RAISE is one. */
const raise = /^\s*(?:DECLARE\b[\s\S]*?)?BEGIN\s+RAISE\s+(?:EXCEPTION\s+)?(?:'((?:[^']|'')*)'|[A-Z_]\w*|USING\b|;)/i;
const otherLevel = /^\s*(?:DECLARE\b[\s\S]*?)?BEGIN\s+RAISE\s+(?:DEBUG|LOG|INFO|NOTICE|WARNING)\b/i;
/** Where a script refuses to run, on purpose and whatever the database holds: by `raise` in Python, by RAISE in a DO block. */
function refusalIn({ statements, unreadable }) {
    for (const { refusal, at } of unreadable)
        if (refusal !== undefined)
            return { at, says: refusal };
    for (const { operations } of statements) {
        for (const op of operations) {
            if (op.kind !== 'do-block' || otherLevel.test(op.text))
                continue;
            const match = raise.exec(withoutComments(op.text));
            if (match)
                return { at: op.at, says: (match[1] ?? '').replaceAll("''", "'") };
        }
    }
    return undefined;
}
function withoutComments(code) {
    return code.replace(/^\s*--.*$/gm, '');
}

;// CONCATENATED MODULE: ./src/model/schema.ts
/**
 * What reading cannot know. As a value it stands for any value, and for none. Inside of a text it stands for any text; inside of an
 * identity, for any number of objects with such identities. As the name of an attribute it says that there may be others.
 */
const unknownValue = 'unknown()';

;// CONCATENATED MODULE: ./src/lint/replay/catalog.ts
function keyOf({ kind, identity }) {
    return `${kind} ${identity}`;
}
/**
 * The objects of a database at each moment of a history. A moment is the number of statements before it; what is written counts from
 * the current moment on. A branch sees what its origin was at one moment, and keeps its own changes to itself.
 */
class Catalog {
    #origin;
    #versions = new Map();
    /** Whatever belongs to an object or once did. */
    #members = new Map();
    /** Whatever needs an object or once did. */
    #dependents = new Map();
    /** Constraints by the last part of their identity: names are looked for often. */
    #constraints = new Map();
    /** Functions, procedures and aggregates by their identity without the arguments. */
    #routines = new Map();
    #changed = [];
    moment;
    constructor(origin) {
        this.#origin = origin;
        this.moment = origin?.moment ?? 0;
    }
    get(key, moment = this.moment) {
        const version = this.#versions.get(key)?.findLast(({ from }) => from <= moment);
        if (version)
            return version.entry;
        return this.#origin?.catalog.get(key, Math.min(moment, this.#origin.moment));
    }
    has(kind, identity) {
        return this.get(`${kind} ${identity}`) !== undefined;
    }
    set(entry) {
        this.#write(keyOf(entry), entry);
        for (const owner of entry.belongsTo)
            addTo(this.#members, owner, keyOf(entry));
        for (const needed of entry.needs ?? [])
            addTo(this.#dependents, needed, keyOf(entry));
        if (entry.kind === 'constraint')
            addTo(this.#constraints, lastPart(entry.identity), keyOf(entry));
        if (isRoutine(entry))
            addTo(this.#routines, withoutArguments(entry.identity), keyOf(entry));
    }
    /** The functions, procedures and aggregates with this name, whatever their arguments. */
    routines(name) {
        return [...this.#routineKeys(name)].flatMap((key) => this.get(key) ?? []);
    }
    /** The constraints of any table with this name, which is quoted as in an identity. */
    constraints(name) {
        const own = [...(this.#constraints.get(name) ?? [])].flatMap((key) => this.get(key) ?? []);
        return this.#origin
            ? [...this.#origin.catalog.constraints(name).filter((each) => this.get(keyOf(each))), ...own]
            : own;
    }
    /** Changes some of an object's attributes; undefined takes one away. Does nothing where there is no such object. */
    change(key, attributes) {
        const entry = this.get(key);
        if (!entry)
            return;
        const all = Object.entries({ ...entry.attributes, ...attributes });
        const present = all.filter((each) => each[1] !== undefined);
        this.set({ ...entry, attributes: Object.fromEntries(present) });
    }
    delete(key) {
        if (this.get(key))
            this.#write(key, undefined);
    }
    /** What belongs to an object. */
    members(owner, moment = this.moment) {
        return [...this.#memberKeys(owner)].flatMap((key) => {
            const entry = this.get(key, moment);
            return entry?.belongsTo.includes(owner) ? [entry] : [];
        });
    }
    /** What falls with an object without belonging to it. */
    dependents(needed) {
        return [...this.#dependentKeys(needed)].flatMap((key) => {
            const entry = this.get(key);
            return entry?.needs?.includes(needed) ? [entry] : [];
        });
    }
    all(moment = this.moment) {
        return [...this.#keys()].flatMap((key) => this.get(key, moment) ?? []);
    }
    /** The same catalog as it was. */
    at(moment) {
        return new Catalog({ catalog: this, moment });
    }
    /** The number of changes so far, for `undo`. */
    get mark() {
        return this.#changed.length;
    }
    /** Takes back what was changed since the mark, as ROLLBACK does. */
    undo(mark) {
        for (const key of this.#changed.splice(mark).reverse())
            this.#versions.get(key)?.pop();
    }
    #write(key, entry) {
        const versions = this.#versions.get(key);
        if (versions)
            versions.push({ from: this.moment, entry });
        else
            this.#versions.set(key, [{ from: this.moment, entry }]);
        this.#changed.push(key);
    }
    #memberKeys(owner) {
        const origin = this.#origin;
        return joined(origin ? origin.catalog.#memberKeys(owner) : undefined, this.#members.get(owner));
    }
    #dependentKeys(needed) {
        const origin = this.#origin;
        return joined(origin ? origin.catalog.#dependentKeys(needed) : undefined, this.#dependents.get(needed));
    }
    #routineKeys(name) {
        const origin = this.#origin;
        return joined(origin ? origin.catalog.#routineKeys(name) : undefined, this.#routines.get(name));
    }
    #keys() {
        const origin = this.#origin;
        return origin ? new Set([...origin.catalog.#keys(), ...this.#versions.keys()]) : this.#versions.keys();
    }
}
function addTo(sets, name, key) {
    const set = sets.get(name);
    if (set)
        set.add(key);
    else
        sets.set(name, new Set([key]));
}
const nothing = new Set();
function joined(a, b) {
    return a && b && a.size > 0 ? new Set([...a, ...b]) : (b ?? a ?? nothing);
}
function isRoutine({ kind }) {
    return kind === 'function' || kind === 'procedure' || kind === 'aggregate';
}
function withoutArguments(identity) {
    return /^(?:"(?:[^"]|"")*"|[^"(])*/.exec(identity)?.[0] ?? identity;
}
function lastPart(identity) {
    return /(?:"(?:[^"]|"")*"|[^".]+)$/.exec(identity)?.[0] ?? identity;
}

// EXTERNAL MODULE: ./src/model/keywords.ts
var keywords = __webpack_require__(6993);
;// CONCATENATED MODULE: ./src/lint/replay/quoting.ts

/** A name as quote_ident prints it. */
function quoted(name) {
    return /^[a-z_][a-z0-9_]*$/.test(name) && !keywords/* keywords */.R.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
/** A string constant as PostgreSQL prints it; undefined for one that it would print with escapes. */
function literal(text) {
    return text.includes('\\') ? undefined : `'${text.replaceAll("'", "''")}'`;
}
/** Schema and name of a qualified name. Only the second may hold a dot. */
function partsOf(name) {
    const dot = name.indexOf('.');
    return [name.slice(0, dot), name.slice(dot + 1)];
}
/** `public.users` as the schema has it: `public."Users"`. */
function identityOf(name) {
    return partsOf(name).map(quoted).join('.');
}
/** The parts of a qualified identity, without their quotes. */
function unquoted(identity) {
    const parts = identity.match(/"(?:[^"]|"")*"|[^."]+/g) ?? [];
    return parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part));
}
/** The name that an identity stands for. */
function nameOf(identity) {
    const [schema = '', ...rest] = unquoted(identity);
    return `${schema}.${rest.join('.')}`;
}

;// CONCATENATED MODULE: ./src/lint/replay/names.ts

// Names that PostgreSQL makes up: ChooseRelationName, ChooseConstraintName and makeObjectName in src/backend/commands/indexcmds.c and
// src/backend/catalog/pg_constraint.c.
const maxBytes = 63;
/** Parts and a label, cut so that they fit: the longer part first. */
function objectName(first, second, label) {
    const overhead = (second === '' ? 0 : 1) + (label === '' ? 0 : 1) + Buffer.byteLength(label);
    let [a, b] = [Buffer.byteLength(first), Buffer.byteLength(second)];
    while (a + b > maxBytes - overhead) {
        if (a > b)
            a--;
        else
            b--;
    }
    return [cut(first, a), cut(second, b), label].filter((part) => part !== '').join('_');
}
/** For a table, an index or a sequence. `isConstraint`: constraints of the schema must not have the name either. */
function relationName(catalog, schema, parts, { isConstraint = false, taken = new Set() } = {}) {
    return free(parts, (name) => {
        if (taken.has(name) || isRelation(catalog, schema, name))
            return true;
        return isConstraint && isConstraintName(catalog, schema, name);
    });
}
/** For CHECK and FOREIGN KEY, also of a domain. */
function constraintName(catalog, schema, parts) {
    return free(parts, (name) => isConstraintName(catalog, schema, name));
}
/** The column names of a key, joined as far as a name has room. */
function columnsPart(columns) {
    let joined = '';
    for (const column of columns) {
        joined += joined === '' ? column : `_${column}`;
        if (Buffer.byteLength(joined) >= maxBytes)
            break;
    }
    return cut(joined, maxBytes);
}
function free({ first, second, label }, isTaken) {
    for (let pass = 0;; pass++) {
        const name = objectName(first, second, pass === 0 ? label : `${label}${pass}`);
        if (!isTaken(name))
            return name;
    }
}
const relationKinds = [
    'table',
    'view',
    'materialized view',
    'foreign table',
    'composite type',
    'sequence',
    'index',
];
function isRelation(catalog, schema, name) {
    const identity = identityOf(`${schema}.${name}`);
    return relationKinds.some((kind) => catalog.has(kind, identity));
}
function isConstraintName(catalog, schema, name) {
    return catalog.constraints(quoted(name)).some(({ identity }) => unquoted(identity)[0] === schema);
}
function cut(text, bytes) {
    if (Buffer.byteLength(text) <= bytes)
        return text;
    let result = '';
    let used = 0;
    for (const character of text) {
        used += Buffer.byteLength(character);
        if (used > bytes)
            break;
        result += character;
    }
    return result;
}

;// CONCATENATED MODULE: ./src/lint/replay/print.ts


// Expressions as pg_get_expr prints them, for the forms that migrations are full of. Every other form is unknown, never guessed;
// test/lint/replay.test.ts holds them against a server.
const integers = new Set(['smallint', 'integer', 'bigint']);
const numbers = /^(?:smallint|integer|bigint|real|double precision|numeric(?:\(.*\))?)$/;
const times = /^(?:date|time(?:stamp)?(?:\(\d\))? with(?:out)? time zone)$/;
/** A default, for a column of this type. */
function printedDefault(sql, type, { kindOf }) {
    const text = withoutParentheses(sql);
    const upper = text.toUpperCase();
    if (/^\d+$/.test(text))
        return numbers.test(type) && Number(text) < 2 ** 31 ? text : unknownValue;
    if (/^\d+\.\d+$/.test(text))
        return /^(?:numeric|real|double)/.test(type) ? text : unknownValue;
    if (upper === 'TRUE' || upper === 'FALSE')
        return type === 'boolean' ? text.toLowerCase() : unknownValue;
    if (times.test(type)) {
        if (/^NOW\s*\(\s*\)$/.test(upper))
            return 'now()';
        if (/^(?:CURRENT_TIMESTAMP|LOCALTIMESTAMP|CURRENT_DATE|CURRENT_TIME|LOCALTIME)$/.test(upper))
            return upper;
    }
    if (type === 'uuid' && /^GEN_RANDOM_UUID\s*\(\s*\)$/.test(upper))
        return 'gen_random_uuid()';
    const string = /^'((?:[^']|'')*)'(?:\s*::\s*([\w. ]+?(?:\s*\([\d, ]+\))?(?:\[\])?))?$/.exec(text);
    return string ? printedString((string[1] ?? '').replaceAll("''", "'"), string[2], type, kindOf) : unknownValue;
}
/** @param cast the type that the constant is cast to, as written */
function printedString(value, cast, type, kindOf) {
    const shown = literal(value);
    if (shown === undefined)
        return unknownValue;
    if (cast !== undefined && !isSameType(cast, type))
        return unknownValue;
    const bare = type.replace(/\(.*\)/, '');
    if (bare === 'text' || bare === 'character varying' || bare === 'json')
        return `${shown}::${bare}`;
    if (bare === 'character')
        return cast === undefined ? `${shown}::bpchar` : unknownValue;
    if (bare.endsWith('[]') && value === '{}')
        return `${shown}::${bare}`;
    if (bare === 'jsonb' && /^(?:\{\}|\[\])$/.test(value))
        return `${shown}::jsonb`;
    if (bare === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value))
        return `${shown}::date`;
    if (bare === 'boolean' && /^(?:true|false)$/.test(value))
        return value;
    return kindOf(bare) === 'enum' ? `${shown}::${bare}` : unknownValue;
}
/** Whether a cast as written is to the type, which is as PostgreSQL prints it. Unsure is no. */
function isSameType(cast, type) {
    const written = cast.toLowerCase().replace(/\s+/g, ' ').trim();
    const long = written.replace(/^varchar\b/, 'character varying');
    return long === type || (type.includes('.') && type.endsWith(`.${written}`));
}
/** A condition, as it stands behind WHERE or in CHECK, in the parentheses that PostgreSQL adds. */
function printedCondition(sql, scope) {
    const text = withoutParentheses(sql);
    const all = splitAtAnd(text);
    if (all === undefined)
        return unknownValue;
    const printed = all.map((each) => printedTest(withoutParentheses(each), scope));
    const [only] = printed;
    return printed.length === 1 ? (only ?? unknownValue) : `(${printed.join(' AND ')})`;
}
const print_name = '("(?:[^"]|"")+"|[A-Za-z_][A-Za-z0-9_]*)';
const nullTest = new RegExp(`^${print_name}\\s+IS\\s+(NOT\\s+)?NULL$`, 'i');
const comparison = new RegExp(`^${print_name}\\s*(<=|>=|<>|!=|=|<|>)\\s*(\\d+|'(?:[^']|'')*')$`);
const oneOf = new RegExp(`^${print_name}\\s+IN\\s*\\(\\s*((?:\\d+|'(?:[^']|'')*')(?:\\s*,\\s*(?:\\d+|'(?:[^']|'')*'))+)\\s*\\)$`, 'i');
function printedTest(text, scope) {
    const isNull = nullTest.exec(text);
    if (isNull) {
        const column = columnIn(isNull[1], scope);
        return column ? `(${column.shown} IS ${isNull[2] ? 'NOT ' : ''}NULL)` : unknownValue;
    }
    const compared = comparison.exec(text);
    if (compared) {
        const [, left, operator = '=', right = ''] = compared;
        const column = columnIn(left, scope);
        const shown = operator === '!=' ? '<>' : operator;
        if (!column)
            return unknownValue;
        if (integers.has(column.type) && /^\d+$/.test(right) && Number(right) < 2 ** 31)
            return `(${column.shown} ${shown} ${right})`;
        const text = right.startsWith("'") ? literal(right.slice(1, -1).replaceAll("''", "'")) : undefined;
        if (text === undefined)
            return unknownValue;
        if (column.type === 'text')
            return `(${column.shown} ${shown} ${text}::text)`;
        return isVarchar(column.type) ? `((${column.shown})::text ${shown} ${text}::text)` : unknownValue;
    }
    const listed = oneOf.exec(text);
    return listed ? printedList(listed[1], listed[2] ?? '', scope) : unknownValue;
}
function printedList(left, list, scope) {
    const column = columnIn(left, scope);
    const values = list.match(/\d+|'(?:[^']|'')*'/g) ?? [];
    if (!column)
        return unknownValue;
    if (integers.has(column.type) && values.every((value) => /^\d+$/.test(value) && Number(value) < 2 ** 31)) {
        return column.type === 'integer' ? `(${column.shown} = ANY (ARRAY[${values.join(', ')}]))` : unknownValue;
    }
    const texts = values.map((value) => literal(value.slice(1, -1).replaceAll("''", "'")));
    if (texts.includes(undefined) || values.some((value) => !value.startsWith("'")))
        return unknownValue;
    if (column.type === 'text')
        return `(${column.shown} = ANY (ARRAY[${texts.map((each) => `${each}::text`).join(', ')}]))`;
    if (!isVarchar(column.type))
        return unknownValue;
    const elements = texts.map((each) => `${each}::character varying`).join(', ');
    return `((${column.shown})::text = ANY ((ARRAY[${elements}])::text[]))`;
}
/** An expression of an index: `lower(email)`. */
function printedKey(sql, scope) {
    const call = new RegExp(`^(lower|upper)\\s*\\(\\s*${print_name}\\s*\\)$`, 'i').exec(sql.trim());
    const column = call && columnIn(call[2], scope);
    if (!column)
        return unknownValue;
    const argument = column.type === 'text' ? column.shown : isVarchar(column.type) ? `(${column.shown})::text` : undefined;
    return argument === undefined ? unknownValue : `${(call[1] ?? '').toLowerCase()}(${argument})`;
}
function isVarchar(type) {
    return /^character varying(?:\(\d+\))?$/.test(type);
}
function columnIn(written, { typeOf, shown }) {
    if (written === undefined)
        return undefined;
    const plain = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written.toLowerCase();
    const type = typeOf(plain);
    return type === undefined ? undefined : { shown: shown ?? quoted(plain), type };
}
/** The conditions that AND joins at the top; undefined where OR or a string makes it unsure. */
function splitAtAnd(text) {
    const parts = [];
    let depth = 0;
    let start = 0;
    for (const { 0: token, index } of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--|\/\*|\$|[()]|\b(?:AND|OR|BETWEEN|CASE)\b/gi)) {
        if (token === '(')
            depth++;
        else if (token === ')')
            depth--;
        else if (token === '--' || token === '/*' || token === '$')
            return undefined;
        else if (depth === 0 && /^(?:OR|BETWEEN|CASE)$/i.test(token))
            return undefined;
        else if (depth === 0 && /^AND$/i.test(token)) {
            parts.push(text.slice(start, index));
            start = index + token.length;
        }
    }
    return [...parts, text.slice(start)].map((part) => part.trim());
}
function withoutParentheses(sql) {
    let text = sql.trim();
    while (text.startsWith('(') && closes(text))
        text = text.slice(1, -1).trim();
    return text;
}
/** Whether the last character closes the first. */
function closes(text) {
    let depth = 0;
    for (const { 0: token, index } of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]/g)) {
        if (token === '(')
            depth++;
        if (token === ')' && --depth === 0)
            return index === text.length - 1;
    }
    return false;
}

;// CONCATENATED MODULE: ./src/lint/replay/state.ts


/** The table of this name, of whatever kind it is. */
function relationOf(catalog, name) {
    const identity = identityOf(name);
    for (const kind of ['table', 'foreign table', 'materialized view', 'view', 'composite type']) {
        const found = catalog.get(`${kind} ${identity}`);
        if (found)
            return found;
    }
    return undefined;
}
function state_columnKey(table, column) {
    return `column ${table.identity}.${quoted(column)}`;
}
/** The columns of a table in their order, without their quotes; undefined where they are not all known. */
function columnOrder(catalog, table) {
    const order = catalog.get(`column order ${table.identity}`)?.attributes.columns;
    return Array.isArray(order) ? order.map(plainName) : undefined;
}
/** Adds a column behind the others, where they are known. */
function appendColumn(catalog, table, column) {
    const order = columnOrder(catalog, table);
    catalog.change(`column order ${table.identity}`, { columns: order ? [...order, column].map(quoted) : unknownValue });
}
function plainName(shown) {
    return shown.startsWith('"') ? shown.slice(1, -1).replaceAll('""', '"') : shown;
}
/** The last part of an object's identity, without its quotes. */
function lastName({ identity }) {
    return plainName(/(?:"(?:[^"]|"")*"|[^".]+)$/.exec(identity)?.[0] ?? identity);
}
/** How expressions over the columns of this table are printed. */
function scopeOf(catalog, table) {
    return {
        typeOf: (column) => {
            const type = catalog.get(state_columnKey(table, column))?.attributes.type;
            return typeof type === 'string' ? type : undefined;
        },
        kindOf: kindOf(catalog),
    };
}
function kindOf(catalog) {
    return (type) => ['enum', 'domain'].find((kind) => catalog.has(kind, type));
}
/** The partitions and inheriting tables right below a table. */
function children(catalog, table) {
    const own = columnKeysOf(catalog, table);
    const tables = new Map();
    for (const column of own) {
        for (const member of catalog.members(column)) {
            if (member.kind !== 'column')
                continue;
            const child = ownerOf(catalog, member);
            if (child)
                tables.set(`${child.kind} ${child.identity}`, child);
        }
    }
    for (const member of catalog.members(`table ${table.identity}`)) {
        if (member.kind === 'table' || member.kind === 'foreign table')
            tables.set(`${member.kind} ${member.identity}`, member);
    }
    return [...tables.values()];
}
function columnKeysOf(catalog, table) {
    return catalog
        .members(`${table.kind} ${table.identity}`)
        .flatMap(({ kind, identity }) => (kind === 'column' ? `column ${identity}` : []));
}
/** The relation that an object belongs to. */
function ownerOf(catalog, { belongsTo }) {
    return belongsTo.map((key) => catalog.get(key)).find((entry) => entry !== undefined && relationLike.has(entry.kind));
}
const relationLike = new Set(['table', 'foreign table', 'view', 'materialized view', 'composite type']);

;// CONCATENATED MODULE: ./src/lint/replay/sequences.ts


const limits = {
    smallint: '32767',
    integer: '2147483647',
    bigint: '9223372036854775807',
};
/** @param owner the column with which it comes and goes */
function createSequence({ catalog, owner: role, major }, identity, changes, owner, temporary = false) {
    const { type = 'bigint', increment = '1', cache = '1', cycle = false } = changes;
    const isDown = increment.startsWith('-');
    const top = limits[type] ?? '9223372036854775807';
    const min = known(changes.min) ?? (isDown ? `-${BigInt(top) + 1n}` : '1');
    const max = known(changes.max) ?? (isDown ? '-1' : top);
    catalog.set({
        kind: 'sequence',
        identity,
        ...ownedBy(owner),
        attributes: {
            owner: role,
            // Sequences are unlogged with their tables from PostgreSQL 15 on.
            persistence: temporary
                ? 'temporary'
                : ((major < 15 ? undefined : owner?.table.attributes.persistence) ?? 'permanent'),
            type,
            start: changes.start ?? (isDown ? max : min),
            increment,
            min,
            max,
            cache,
            cycle,
            ...(owner ? { ownedBy: `${owner.table.identity}.${quoted(owner.column)}` } : {}),
        },
    });
}
function alterSequence({ catalog }, sequence, changes, owner) {
    const { type, start, increment, cache, cycle } = changes;
    const before = sequence.attributes;
    const newType = type ?? String(before.type);
    const top = limits[newType] ?? '9223372036854775807';
    const isDown = (increment ?? String(before.increment)).startsWith('-');
    // A limit that was the old type's becomes the new type's.
    const oldTop = limits[String(before.type)];
    const follows = type !== undefined && before.max === oldTop;
    const followsDown = type !== undefined && oldTop !== undefined && before.min === `-${BigInt(oldTop) + 1n}`;
    const attributes = {
        ...before,
        type: newType,
        start: start ?? before.start,
        increment: increment ?? before.increment,
        cache: cache ?? before.cache,
        cycle: cycle ?? before.cycle,
        max: changes.max === 'none' ? (isDown ? '-1' : top) : (changes.max ?? (follows ? top : before.max)),
        min: changes.min === 'none'
            ? isDown
                ? `-${BigInt(top) + 1n}`
                : '1'
            : (changes.min ?? (followsDown ? `-${BigInt(top) + 1n}` : before.min)),
    };
    if (owner === 'none')
        attributes.ownedBy = undefined;
    else if (owner)
        attributes.ownedBy = `${owner.table.identity}.${quoted(owner.column)}`;
    const present = Object.entries(attributes).filter((each) => each[1] !== undefined);
    const ownership = owner === undefined ? {} : ownedBy(owner === 'none' ? undefined : owner);
    catalog.set({ ...sequence, ...ownership, attributes: Object.fromEntries(present) });
}
function ownedBy(owner) {
    if (!owner)
        return { belongsTo: [] };
    return { belongsTo: [state_columnKey(owner.table, owner.column), `${owner.table.kind} ${owner.table.identity}`] };
}
function known(limit) {
    return limit === 'none' ? undefined : limit;
}

;// CONCATENATED MODULE: ./src/lint/replay/columns.ts






/** A type as format_type prints it where no schema is left out. */
function printedType(catalog, type, userType) {
    if (userType === undefined)
        return type;
    const rest = /(?:\([^()]*\))?(?:\[\])?$/.exec(type)?.[0] ?? '';
    const identity = identityOf(userType);
    const isKnown = ['enum', 'domain', 'composite type', 'range', 'type'].some((kind) => catalog.has(kind, identity));
    return isKnown || !hasExtensionElsewhere(catalog, identity) ? identity + rest : unknownValue;
}
/** An extension's types stand in its schema, which a name without one may mean by way of search_path. */
function hasExtensionElsewhere(catalog, identity) {
    return catalog.all().some(({ kind, attributes: { schema } }) => {
        return (kind === 'extension' &&
            typeof schema === 'string' &&
            schema !== unknownValue &&
            !identity.startsWith(`${schema}.`));
    });
}
/** Adds a column at the end. The sequence of a serial or identity column comes with it. */
function addColumn(state, table, definition) {
    const { catalog } = state;
    const type = printedType(catalog, definition.type, definition.userType);
    const key = state_columnKey(table, definition.name);
    const identity = key.slice('column '.length);
    const sequence = definition.filledBy === 'sequence' || definition.filledBy === 'identity';
    const sequenceIdentity = sequence ? sequenceFor(state, table, definition.name) : undefined;
    catalog.set({
        kind: 'column',
        identity,
        belongsTo: [`${table.kind} ${table.identity}`],
        attributes: withoutNothing({
            type,
            notNull: definition.notNull,
            default: defaultOf(),
            collation: definition.collation === undefined ? undefined : printedCollation(definition.collation),
            identity: definition.identity,
            generated: definition.generated?.kind,
            // Only partitions and inherited columns say whether they are also their own.
            local: table.attributes.partition === undefined ? undefined : true,
        }),
    });
    if (sequenceIdentity !== undefined) {
        createSequence(state, sequenceIdentity, { type: integerOf(type) }, { table, column: definition.name });
    }
    const order = columnOrder(catalog, table);
    catalog.change(`column order ${table.identity}`, {
        columns: order ? [...order, definition.name].map(quoted) : unknownValue,
    });
    function defaultOf() {
        if (definition.filledBy === 'sequence')
            return `nextval('${sequenceIdentity}'::regclass)`;
        if (definition.generated)
            return unknownValue;
        const written = definition.default;
        return written && defaultIn(state, written.sql, type);
    }
}
/** A default as it is stored for a column of this type. */
function defaultIn({ catalog }, sql, type) {
    const nextval = /^nextval\s*\(\s*'([^']+)'(?:\s*::\s*(?:text|regclass))?\s*\)$/i.exec(sql.trim());
    if (nextval) {
        const [first = '', second] = unquoted((nextval[1] ?? '').toLowerCase());
        const found = ['public', ...schemasOf()].map((schema) => second === undefined ? identityOf(`${schema}.${first}`) : identityOf(`${first}.${second}`));
        const [sequence, ...others] = new Set(found.filter((identity) => catalog.has('sequence', identity)));
        return sequence === undefined || others.length > 0 || nextval[0].includes('::text')
            ? unknownValue
            : `nextval('${sequence}'::regclass)`;
    }
    return printedDefault(sql, type, { kindOf: kindOf(catalog) });
    function schemasOf() {
        return catalog.all().flatMap(({ kind, identity }) => (kind === 'schema' ? unquoted(identity) : []));
    }
}
/** A collation that the type does not have of its own. Those of the system are told by their own schema. */
function printedCollation(name) {
    if (name === 'default')
        return undefined;
    if (name.includes('.'))
        return unknownValue;
    return name === 'C' || name === 'POSIX' ? `pg_catalog.${quoted(name)}` : unknownValue;
}
function withoutNothing(attributes) {
    const present = Object.entries(attributes).filter((each) => each[1] !== undefined);
    return Object.fromEntries(present);
}
function sequenceFor({ catalog }, table, column) {
    const [schema = '', name = ''] = unquoted(table.identity);
    return identityOf(`${schema}.${relationName(catalog, schema, { first: name, second: column, label: 'seq' })}`);
}
/** The type of a serial's sequence. */
function integerOf(type) {
    return type === 'smallint' || type === 'integer' ? type : 'bigint';
}

;// CONCATENATED MODULE: ./src/lint/replay/indexes.ts





function createIndex(state, table, op) {
    const schema = unquoted(table.identity)[0] ?? '';
    if (op.ifNotExists && op.index !== undefined && state.catalog.has('index', identityOf(`${schema}.${op.index}`)))
        return;
    addIndex(state, shapeOf(state, table, op), { table, name: op.index, label: 'idx', only: op.only });
}
/** Adds the index, and one on each partition below. Returns its identity. */
function addIndex(state, shape, place) {
    const { catalog } = state;
    const { table, label, constraint, parent, only = false } = place;
    const [schema = '', tableName = ''] = unquoted(table.identity);
    const name = place.name ?? freeName();
    const identity = identityOf(`${schema}.${name}`);
    const isPartitioned = table.attributes.partitionBy !== undefined;
    const partitions = isPartitioned ? children(catalog, table) : [];
    const on = `${isPartitioned ? 'ONLY ' : ''}${table.identity}`;
    catalog.set({
        kind: 'index',
        identity,
        belongsTo: [
            `${table.kind} ${table.identity}`,
            ...(parent ? [`index ${parent.identity}`] : []),
            ...(constraint === undefined ? [] : [constraint]),
        ],
        columns: shape.columns,
        attributes: {
            definition: `CREATE ${shape.unique ? 'UNIQUE ' : ''}INDEX ${quoted(name)} ON ${on} ${shape.definition}`,
            // It becomes valid when there is one on each partition.
            valid: !(only && partitions.length > 0),
            ready: true,
            clustered: false,
            replicaIdentity: false,
            immediate: shape.immediate,
            ...(parent ? { partOf: parent.identity } : {}),
        },
    });
    const own = catalog.get(`index ${identity}`);
    // Those of a constraint come with the constraints of the partitions.
    if (own && !only && constraint === undefined)
        for (const partition of partitions)
            attachOrAdd(state, shape, partition, own);
    return identity;
    function freeName() {
        const second = label === 'pkey' ? '' : columnsPart(shape.names);
        return relationName(catalog, schema, { first: tableName, second, label }, { isConstraint: label !== 'idx' });
    }
}
/** An index of the partition that is the same becomes part of the parent's; where there is none, one is made. */
function attachOrAdd(state, shape, partition, parent) {
    const { catalog } = state;
    const same = catalog
        .members(`${partition.kind} ${partition.identity}`)
        .find((entry) => entry.kind === 'index' && entry.attributes.partOf === undefined && isSameShape(entry, shape));
    if (same)
        attachIndex(state, same, parent);
    else
        addIndex(state, shape, { table: partition, name: undefined, label: 'idx', parent });
}
function attachIndex({ catalog }, index, parent) {
    const belongsTo = index.belongsTo.filter((key) => !key.startsWith('index '));
    const [table = '', ...rest] = belongsTo;
    catalog.set({
        ...index,
        belongsTo: [table, `index ${parent.identity}`, ...rest],
        attributes: { ...index.attributes, partOf: parent.identity },
    });
}
function isSameShape({ attributes }, shape) {
    const definition = String(attributes.definition);
    return (definition.endsWith(` ${shape.definition}`) &&
        definition.startsWith('CREATE UNIQUE ') === shape.unique &&
        !shape.definition.includes(unknownValue));
}
function shapeOf(state, table, op) {
    const scope = scopeOf(state.catalog, table);
    const keys = op.keys.map((key) => printed(key));
    const where = op.where && printedCondition(op.where.sql, scope);
    return {
        unique: op.unique,
        definition: printedShape({ ...op, keys, where: where && ` WHERE ${where}` }),
        columns: [
            ...op.keys.flatMap(({ column, expression }) => column ?? expression?.columns ?? []),
            ...op.include,
            ...(op.where?.columns ?? []),
        ],
        names: numbered([
            ...op.keys.map(({ column, expression }) => column ?? expressionName(expression?.sql ?? '')),
            ...op.include,
        ]),
        immediate: true,
    };
    function printed(key) {
        const { column, expression, collation, operatorClass, descending, nulls } = key;
        if (collation !== undefined || (operatorClass !== undefined && !plainClasses.has(operatorClass)))
            return unknownValue;
        const text = column === undefined ? printedKey(expression?.sql ?? '', scope) : quoted(column);
        const order = descending ? ' DESC' : '';
        const usual = descending ? 'first' : 'last';
        const nullsText = nulls === undefined || nulls === usual ? '' : ` NULLS ${nulls.toUpperCase()}`;
        return `${text}${operatorClass === undefined ? '' : ` ${operatorClass}`}${order}${nullsText}`;
    }
}
// Never a type's own, so always printed.
const plainClasses = new Set(['text_pattern_ops', 'varchar_pattern_ops', 'bpchar_pattern_ops', 'jsonb_path_ops']);
/** FigureIndexColname: a function's name for a call, `expr` for most else. */
function expressionName(sql) {
    const call = /^(\w+)\s*\(/.exec(sql)?.[1];
    return call !== undefined && !sql.startsWith('(') ? call.toLowerCase() : 'expr';
}
/** A name that is there already gets a number. */
function numbered(names) {
    const taken = new Set();
    return names.map((name) => {
        let free = name;
        for (let count = 1; taken.has(free); count++)
            free = `${name}${count}`;
        taken.add(free);
        return free;
    });
}
/** From USING on. `where`: with the word, or undefined. */
function printedShape(index) {
    const include = index.include.length > 0 ? ` INCLUDE (${index.include.map(quoted).join(', ')})` : '';
    const nulls = index.nullsNotDistinct ? ' NULLS NOT DISTINCT' : '';
    const options = index.options.length > 0 ? ` WITH (${index.options.map(printedOption).join(', ')})` : '';
    return `USING ${index.method} (${index.keys.join(', ')})${include}${nulls}${options}${index.where ?? ''}`;
}
function printedOption(option) {
    const [name = '', value = ''] = option.split('=');
    return `${quoted(name)}=${quoted(value) === value ? value : (literal(value) ?? unknownValue)}`;
}

;// CONCATENATED MODULE: ./src/lint/replay/constraints.ts







function addConstraint(state, table, op) {
    if (op.type === 'not-null') {
        addNotNull(state, table, op);
        return;
    }
    if (op.type === 'check') {
        addCheck(state, table, op);
        return;
    }
    if (op.type === 'foreign-key') {
        addForeignKey(state, table, op);
        return;
    }
    if (op.usingIndex !== undefined) {
        useIndex(state, table, op, op.usingIndex);
        return;
    }
    addKey(state, table, op);
}
/** PRIMARY KEY, UNIQUE and EXCLUDE: a constraint and its index, of the same name. */
function addKey(state, table, op, inherited) {
    const { catalog } = state;
    const shape = keyShape(op);
    const label = op.type === 'primary-key' ? 'pkey' : op.type === 'unique' ? 'key' : 'excl';
    if (op.type === 'primary-key')
        for (const column of op.columns)
            setNotNull(state, table, column);
    const index = addIndex(state, shape, {
        table,
        name: inherited ? undefined : op.constraint,
        label,
        parent: inherited?.index,
        // The constraint's own name is not known before the index has one.
        constraint: 'constraint ',
    });
    const name = lastName({ identity: index });
    const constraint = setConstraint(state, table, op, name, keyDefinition(op), shape.columns, inherited);
    const entry = catalog.get(`index ${index}`);
    if (entry)
        catalog.set({ ...entry, belongsTo: [...entry.belongsTo.filter((key) => key !== 'constraint '), constraint] });
    const own = catalog.get(`index ${index}`);
    if (table.attributes.partitionBy === undefined)
        return;
    for (const partition of children(catalog, table))
        addKey(state, partition, op, { parent: constraint, index: own });
}
function keyShape(op) {
    const columns = op.excludes ? op.excludes.elements.map(({ column }) => column) : op.columns;
    return {
        unique: op.type !== 'exclusion',
        definition: printedShape({
            method: op.excludes?.method ?? 'btree',
            keys: columns.map((column) => (column === undefined ? unknownValue : quoted(column))),
            include: op.include,
            nullsNotDistinct: op.nullsNotDistinct,
            options: [],
            where: op.excludes?.partial ? ` WHERE ${unknownValue}` : undefined,
        }),
        columns: [...columns.flatMap((column) => column ?? []), ...op.include],
        names: [...columns.map((column) => column ?? unknownValue), ...op.include],
        immediate: op.deferrable === 'no',
    };
}
function keyDefinition(op) {
    if (op.excludes) {
        const elements = op.excludes.elements.map(({ column, operator }) => `${column === undefined ? unknownValue : quoted(column)} WITH ${operator}`);
        const where = op.excludes.partial ? ` WHERE ${unknownValue}` : '';
        return `EXCLUDE USING ${op.excludes.method} (${elements.join(', ')})${where}`;
    }
    const word = op.type === 'primary-key' ? 'PRIMARY KEY' : `UNIQUE${op.nullsNotDistinct ? ' NULLS NOT DISTINCT' : ''}`;
    const include = op.include.length > 0 ? ` INCLUDE (${op.include.map(quoted).join(', ')})` : '';
    return `${word} (${op.columns.map(quoted).join(', ')})${include}`;
}
/** `ADD CONSTRAINT … USING INDEX`: the index gets the constraint's name. */
function useIndex(state, table, op, name) {
    const { catalog } = state;
    const schema = unquoted(table.identity)[0] ?? '';
    const index = catalog.get(`index ${identityOf(`${schema}.${name}`)}`);
    if (!index) {
        state.lost();
        return;
    }
    const constraint = op.constraint ?? name;
    const definition = String(index.attributes.definition);
    const shape = /USING btree \((.*?)\)(?: INCLUDE \((.*)\))?( NULLS NOT DISTINCT)?/.exec(definition);
    const columns = (shape?.[1] ?? '').split(', ').map((each) => (each.startsWith('"') ? each.slice(1, -1) : each));
    const word = op.type === 'primary-key' ? 'PRIMARY KEY' : `UNIQUE${shape?.[3] ?? ''}`;
    const include = shape?.[2] === undefined ? '' : ` INCLUDE (${shape[2]})`;
    if (op.type === 'primary-key')
        for (const column of columns)
            setNotNull(state, table, column);
    const key = setConstraint(state, table, op, constraint, `${word} (${shape?.[1] ?? unknownValue})${include}`, index.columns ?? []);
    catalog.delete(`index ${index.identity}`);
    catalog.set({
        ...index,
        identity: identityOf(`${schema}.${constraint}`),
        belongsTo: [`${table.kind} ${table.identity}`, key],
        attributes: {
            ...index.attributes,
            definition: definition.replace(/INDEX (?:"(?:[^"]|"")*"|\S+) ON/, () => `INDEX ${quoted(constraint)} ON`),
            immediate: op.deferrable === 'no',
        },
    });
}
function addCheck(state, table, op, inherited) {
    const { catalog } = state;
    const [schema = '', tableName = ''] = unquoted(table.identity);
    const columns = [...new Set(op.expression?.columns ?? [])];
    const second = columns.length === 1 ? (columns[0] ?? '') : '';
    const name = inherited?.name ?? op.constraint ?? constraintName(catalog, schema, { first: tableName, second, label: 'check' });
    const condition = printedCondition(op.expression?.sql ?? '', scopeOf(catalog, table));
    const definition = inherited?.definition ?? `CHECK (${condition})${op.noInherit ? ' NO INHERIT' : ''}`;
    if (inherited && catalog.has('constraint', `${table.identity}.${quoted(name)}`)) {
        merge();
        return;
    }
    setConstraint(state, table, op, name, definition, columns, inherited);
    if (op.noInherit)
        return;
    for (const child of children(catalog, table))
        addCheck(state, child, op, { parent: undefined, name, definition });
    /** A child that has the constraint already inherits it, too. */
    function merge() {
        const entry = catalog.get(`constraint ${table.identity}.${quoted(name)}`);
        const count = typeof entry?.attributes.inherited === 'number' ? entry.attributes.inherited : 0;
        const local = table.attributes.partition !== undefined ? false : (entry?.attributes.local ?? true);
        catalog.change(`constraint ${table.identity}.${quoted(name)}`, { inherited: count + 1, local });
    }
}
/** What a new child takes over from its parent's checks. */
function inheritCheck(state, table, parent) {
    const definition = String(parent.attributes.definition);
    if (/ NO INHERIT(?: NOT VALID)?$/.test(definition))
        return;
    const name = lastName(parent);
    const identity = `${table.identity}.${quoted(name)}`;
    const own = state.catalog.get(`constraint ${identity}`);
    if (own) {
        const count = typeof own.attributes.inherited === 'number' ? own.attributes.inherited : 0;
        const isPartition = table.attributes.partition !== undefined;
        const local = isPartition ? false : (own.attributes.local ?? true);
        state.catalog.change(`constraint ${identity}`, { inherited: count + 1, local });
        return;
    }
    state.catalog.set({
        ...parent,
        identity,
        belongsTo: [`${table.kind} ${table.identity}`],
        attributes: {
            ...parent.attributes,
            definition: definition.replace(/ NOT VALID$/, ''),
            validated: true,
            local: false,
            inherited: 1,
        },
    });
}
function addForeignKey(state, table, op, inherited) {
    const { catalog } = state;
    const [schema = '', tableName = ''] = unquoted(table.identity);
    const target = op.references && relationOf(catalog, op.references);
    const columns = target
        ? op.referencedColumns.length > 0
            ? op.referencedColumns
            : primaryKey(state, target)
        : undefined;
    const made = { first: tableName, second: columnsPart(op.columns), label: 'fkey' };
    const name = op.constraint ?? constraintName(catalog, schema, made);
    const references = `${op.references ? identityOf(op.references) : ''}(${columns?.map(quoted).join(', ') ?? unknownValue})`;
    const full = op.match === 'full' ? ' MATCH FULL' : '';
    const actions = [
        op.onUpdate === 'no action' ? '' : ` ON UPDATE ${op.onUpdate.toUpperCase()}`,
        op.onDelete === 'no action'
            ? ''
            : ` ON DELETE ${op.onDelete.toUpperCase()}${op.onDeleteColumns.length > 0 ? ` (${op.onDeleteColumns.map(quoted).join(', ')})` : ''}`,
    ].join('');
    const definition = `FOREIGN KEY (${op.columns.map(quoted).join(', ')}) REFERENCES ${references}${full}${actions}`;
    const key = setConstraint(state, table, op, name, definition, op.columns, inherited);
    const entry = catalog.get(key);
    if (entry && target)
        catalog.set({ ...entry, needs: needsOf(state, target, columns ?? []) });
    if (table.attributes.partitionBy === undefined)
        return;
    for (const partition of children(catalog, table)) {
        addForeignKey(state, partition, { ...op, constraint: name }, { parent: key });
    }
}
/** The key that a foreign key points to, so that it falls with it. */
function needsOf({ catalog }, target, columns) {
    const wanted = `(${columns.map(quoted).join(', ')})`;
    const keys = catalog
        .members(`${target.kind} ${target.identity}`)
        .filter(({ kind, attributes }) => kind === 'constraint' &&
        (attributes.type === 'primary key' || attributes.type === 'unique') &&
        String(attributes.definition).includes(wanted));
    return [`${target.kind} ${target.identity}`, ...keys.slice(0, 1).map(({ identity }) => `constraint ${identity}`)];
}
function primaryKey({ catalog }, table) {
    const key = catalog
        .members(`${table.kind} ${table.identity}`)
        .find(({ kind, attributes }) => kind === 'constraint' && attributes.type === 'primary key');
    const inside = /^PRIMARY KEY \((.*?)\)/.exec(String(key?.attributes.definition))?.[1];
    return inside?.split(', ').map((each) => (each.startsWith('"') ? each.slice(1, -1) : each));
}
const words = {
    'primary-key': 'primary key',
    unique: 'unique',
    'foreign-key': 'foreign key',
    check: 'check',
    exclusion: 'exclude',
    'not-null': 'not null',
};
function setConstraint({ catalog, major }, table, op, name, definition, columns, inherited) {
    const identity = `${table.identity}.${quoted(name)}`;
    const deferrable = op.deferrable === 'no' ? '' : ` DEFERRABLE${op.deferrable === 'deferred' ? ' INITIALLY DEFERRED' : ''}`;
    const notValid = op.notValid ? (op.enforced ? ' NOT VALID' : ' NOT ENFORCED') : '';
    catalog.set({
        kind: 'constraint',
        identity,
        belongsTo: [`${table.kind} ${table.identity}`, ...(inherited?.parent ? [inherited.parent] : [])],
        columns,
        attributes: withoutNothing({
            type: words[op.type],
            definition: `${definition}${deferrable}${notValid}`,
            validated: !op.notValid,
            enforced: major >= 18 ? op.enforced : undefined,
            local: inherited ? false : undefined,
            inherited: inherited ? 1 : undefined,
        }),
    });
    return `constraint ${identity}`;
}
/** Also on the tables below. */
function setNotNull(state, table, column) {
    const { catalog } = state;
    const key = state_columnKey(table, column);
    if (!catalog.get(key))
        return;
    catalog.change(key, { notNull: true });
    for (const child of children(catalog, table)) {
        if (catalog.get(state_columnKey(child, column))?.belongsTo.includes(key))
            setNotNull(state, child, column);
    }
}
function addNotNull(state, table, op) {
    for (const column of op.columns) {
        if (op.notValid)
            state.lost();
        else
            setNotNull(state, table, column);
    }
}

;// CONCATENATED MODULE: ./src/lint/replay/drop.ts




/** Drops an object with all that comes and goes with it; with CASCADE also what else depends on it. */
function drop(state, entry) {
    const { catalog } = state;
    const key = keyOf(entry);
    if (!catalog.get(key))
        return;
    catalog.delete(key);
    for (const member of catalog.members(key))
        if (!isOnlyPartlyFrom(member, key))
            drop(state, member);
    for (const kind of ['comment', 'privileges', 'security label'])
        catalog.delete(`${kind} ${key}`);
    // A constraint falls with its index, and the index with it.
    const constraint = entry.kind === 'index' ? entry.belongsTo.find((owner) => owner.startsWith('constraint ')) : undefined;
    const falls = constraint === undefined ? undefined : catalog.get(constraint);
    if (falls)
        drop(state, falls);
    for (const each of dependents(state, entry)) {
        const owner = each.kind === 'column' ? ownerOf(catalog, each) : undefined;
        if (owner)
            dropColumn(state, owner, lastName(each));
        else
            drop(state, each);
    }
    if (entry.kind === 'sequence')
        dropDefaults(state, entry);
}
/** A column of an inheriting table stays where it is its own, too. */
function isOnlyPartlyFrom({ kind, belongsTo, attributes }, key) {
    return kind === 'column' && belongsTo[0] !== key && attributes.local === true;
}
function dropDefaults({ catalog }, { identity }) {
    for (const each of catalog.all()) {
        if (each.kind === 'column' && each.attributes.default === `nextval('${identity}'::regclass)`) {
            catalog.change(keyOf(each), { default: undefined });
        }
    }
}
/** What names the object without belonging to it: views over a table, foreign keys to it, columns of a type, routines that take one. */
function dependents({ catalog }, { kind, identity }) {
    const needing = catalog.dependents(`${kind} ${identity}`);
    if (!types.has(kind))
        return needing;
    const isIt = (type) => type === identity || type === `${identity}[]`;
    const using = catalog.all().filter((entry) => {
        if (entry.kind === 'column')
            return isIt(entry.attributes.type);
        if (entry.kind !== 'function' && entry.kind !== 'procedure')
            return false;
        return (/\((.*)\)$/.exec(entry.identity)?.[1] ?? '').split(',').some(isIt);
    });
    return [...needing, ...using];
}
const types = new Set(['enum', 'domain', 'composite type', 'range', 'type']);
function dropColumn(state, table, column) {
    const { catalog } = state;
    const entry = catalog.get(state_columnKey(table, column));
    if (!entry)
        return;
    const below = children(catalog, table).filter((child) => {
        const own = catalog.get(state_columnKey(child, column));
        return own?.belongsTo.includes(keyOf(entry)) && own.attributes.local !== true;
    });
    for (const each of catalog.members(keyOf(table))) {
        const uses = each.kind === 'index' || each.kind === 'constraint' || each.kind === 'statistics';
        if (uses && usesColumn(each, column))
            drop(state, each);
    }
    for (const child of below)
        dropColumn(state, child, column);
    drop(state, entry);
    const order = columnOrder(catalog, table);
    catalog.change(`column order ${table.identity}`, {
        columns: order ? order.filter((name) => name !== column).map(quoted) : unknownValue,
    });
    const count = catalog.get(`dropped columns ${table.identity}`)?.attributes.count;
    if (typeof count === 'number')
        catalog.change(`dropped columns ${table.identity}`, { count: count + 1 });
}
/** By what the operation said, or by the names in its definition. */
function usesColumn({ columns, attributes }, column) {
    return columns
        ? columns.includes(column)
        : String(attributes.definition)
            .split(/[^\w"]+/)
            .includes(quoted(column));
}
function dropConstraint(state, table, name) {
    const { catalog } = state;
    const entry = catalog.get(`constraint ${table.identity}.${quoted(name)}`);
    if (!entry)
        return;
    for (const child of children(catalog, table)) {
        const key = `constraint ${child.identity}.${quoted(lastName(entry))}`;
        const own = catalog.get(key);
        const count = own?.attributes.inherited;
        if (own?.attributes.type !== 'check' || typeof count !== 'number')
            continue;
        if (own.attributes.local !== true && count === 1)
            dropConstraint(state, child, name);
        else if (count > 1)
            catalog.change(key, { inherited: count - 1 });
        else
            catalog.change(key, { inherited: undefined, local: undefined });
    }
    drop(state, entry);
}

;// CONCATENATED MODULE: ./src/lint/replay/partitions.ts





/** What a partition takes over from its parent, whether it is made as one or attached. */
function becomePartition(state, table, parent) {
    const { catalog } = state;
    for (const each of catalog.members(`${parent.kind} ${parent.identity}`)) {
        if (each.kind === 'constraint')
            inheritKey(state, table, each);
        if (each.kind === 'index' && !each.belongsTo.some((key) => key.startsWith('constraint '))) {
            const shape = shapeOfEntry(each);
            if (shape)
                attachOrAdd(state, shape, table, each);
            else
                state.lost();
        }
        if (each.kind === 'trigger' && state.major >= 15)
            inheritTrigger(state, table, each);
    }
}
function inheritKey(state, table, parent) {
    const { type } = parent.attributes;
    const definition = String(parent.attributes.definition);
    const inherited = { parent: `constraint ${parent.identity}` };
    if (type === 'foreign key') {
        const existing = state.catalog
            .members(`${table.kind} ${table.identity}`)
            .find((each) => each.kind === 'constraint' && each.attributes.definition === parent.attributes.definition);
        if (existing) {
            const belongsTo = [`${table.kind} ${table.identity}`, `constraint ${parent.identity}`];
            state.catalog.set({ ...existing, belongsTo });
            state.catalog.change(`constraint ${existing.identity}`, { local: false, inherited: 1 });
            return;
        }
        // The same definition, whose parts need not be known.
        state.catalog.set({
            ...parent,
            identity: `${table.identity}.${quoted(lastName(parent))}`,
            belongsTo: [`${table.kind} ${table.identity}`, `constraint ${parent.identity}`],
            attributes: { ...parent.attributes, local: false, inherited: 1 },
        });
        return;
    }
    if (type !== 'primary key' && type !== 'unique') {
        if (type === 'exclude')
            state.lost();
        return;
    }
    const index = state.catalog
        .all()
        .find((each) => each.kind === 'index' && each.belongsTo.includes(`constraint ${parent.identity}`));
    const keys = /^(?:PRIMARY KEY|UNIQUE(?: NULLS NOT DISTINCT)?) \((.*?)\)/.exec(definition)?.[1];
    if (keys === undefined || !index) {
        state.lost();
        return;
    }
    const columns = keys.split(', ').map(plainName);
    const own = state.catalog
        .members(`${table.kind} ${table.identity}`)
        .find((each) => each.kind === 'constraint' && each.attributes.definition === definition);
    if (own) {
        adopt(state, table, own, parent, index);
        return;
    }
    addKey(state, table, { ...emptyKey, type: type === 'unique' ? 'unique' : 'primary-key', table: 'public.x', columns }, { ...inherited, index });
}
/** A key that the table had before it was attached. */
function adopt({ catalog }, table, own, parent, parentIndex) {
    catalog.set({ ...own, belongsTo: [`${table.kind} ${table.identity}`, `constraint ${parent.identity}`] });
    catalog.change(`constraint ${own.identity}`, { local: false, inherited: 1 });
    const index = catalog
        .members(`${table.kind} ${table.identity}`)
        .find((each) => each.kind === 'index' && each.belongsTo.includes(`constraint ${own.identity}`));
    if (!index)
        return;
    catalog.set({
        ...index,
        belongsTo: [`${table.kind} ${table.identity}`, `index ${parentIndex.identity}`, `constraint ${own.identity}`],
        attributes: { ...index.attributes, partOf: parentIndex.identity },
    });
}
/** A key's constraint with nothing special about it. */
const emptyKey = {
    kind: 'add-constraint',
    at: { file: '', line: 1, column: 1, endLine: 1 },
    constraint: undefined,
    type: 'unique',
    with: undefined,
    columns: [],
    references: undefined,
    referencedColumns: [],
    onDelete: 'no action',
    onDeleteColumns: [],
    onUpdate: 'no action',
    match: 'simple',
    expression: undefined,
    excludes: undefined,
    provesNotNull: [],
    notValid: false,
    enforced: true,
    noInherit: false,
    deferrable: 'no',
    usingIndex: undefined,
    include: [],
    nullsNotDistinct: false,
};
function shapeOfEntry({ attributes, columns = [] }) {
    const definition = String(attributes.definition);
    const from = definition.indexOf(' USING ');
    if (from < 0)
        return undefined;
    const keys = /USING \w+ \((.*?)\)(?: |$)/.exec(definition)?.[1]?.split(', ') ?? [];
    const include = / INCLUDE \((.*?)\)/.exec(definition)?.[1]?.split(', ') ?? [];
    const names = [...keys.map((key) => (/[( ]/.test(key) ? keyName(key) : plainName(key))), ...include.map(plainName)];
    return {
        unique: definition.startsWith('CREATE UNIQUE '),
        definition: definition.slice(from + 1),
        columns,
        names,
        immediate: attributes.immediate === true,
    };
}
function keyName(key) {
    return /^(\w+)\(/.exec(key)?.[1] ?? /^("?)(\w+)\1(?: DESC| NULLS|$)/.exec(key)?.[2] ?? 'expr';
}
function inheritTrigger({ catalog }, table, parent) {
    const definition = String(parent.attributes.definition);
    if (!definition.includes('FOR EACH ROW') && definition !== unknownValue)
        return;
    const owner = ownerOf(catalog, parent);
    catalog.set({
        ...parent,
        identity: `${table.identity}.${quoted(lastName(parent))}`,
        belongsTo: [`${table.kind} ${table.identity}`, `trigger ${parent.identity}`],
        attributes: {
            ...parent.attributes,
            definition: definition.replace(` ON ${owner?.identity} `, ` ON ${table.identity} `),
        },
    });
}
/** `RANGE (at)` */
function printedPartitionKey({ strategy, keys }) {
    const names = keys.split(',').map((key) => key.trim());
    const isPlain = names.every((key) => /^(?:"(?:[^"]|"")+"|[A-Za-z_]\w*)$/.test(key));
    const shown = names.map((key) => quoted(key.startsWith('"') ? plainName(key) : key.toLowerCase()));
    return `${strategy.toUpperCase()} (${isPlain ? shown.join(', ') : unknownValue})`;
}
/** A partition's bound as pg_get_expr prints it: numbers, and strings of types that are printed as they are written. */
function printedBound({ catalog }, parent, bound) {
    if (bound === 'DEFAULT')
        return bound;
    const hash = /^FOR VALUES WITH \(\s*modulus\s+(\d+)\s*,\s*remainder\s+(\d+)\s*\)$/i.exec(bound);
    if (hash)
        return `FOR VALUES WITH (modulus ${hash[1]}, remainder ${hash[2]})`;
    const keys = /\((.*)\)$/.exec(String(parent.attributes.partitionBy))?.[1]?.split(', ') ?? [];
    const types = keys.map((key) => catalog.get(`column ${parent.identity}.${key}`)?.attributes.type);
    const isList = bound.startsWith('FOR VALUES IN');
    let isKnown = true;
    const values = (text) => text.split(',').map((each, index) => {
        const value = each.trim();
        const type = types[isList ? 0 : index];
        if (/^(?:minvalue|maxvalue|null)$/i.test(value))
            return value.toUpperCase();
        const isNumber = /^-?\d+$/.test(value) && /^(?:smallint|integer|bigint)$/.test(String(type));
        // Only what fits the grammar's own number is printed without quotes: get_const_expr in ruleutils.c.
        if (isNumber)
            return value.startsWith('-') || type !== 'integer' ? `'${value}'` : value;
        const isText = type === 'text' || String(type).startsWith('character varying');
        if (/^'[^'\\]*'$/.test(value) && (isText || (type === 'date' && /^'\d{4}-\d\d-\d\d'$/.test(value))))
            return value;
        isKnown = false;
        return '';
    });
    const list = /^FOR VALUES IN \((.*)\)$/.exec(bound);
    const range = /^FOR VALUES FROM \((.*)\) TO \((.*)\)$/.exec(bound);
    const shown = list
        ? `FOR VALUES IN (${values(list[1] ?? '').join(', ')})`
        : `FOR VALUES FROM (${values(range?.[1] ?? '').join(', ')}) TO (${values(range?.[2] ?? '').join(', ')})`;
    return isKnown ? shown : unknownValue;
}

;// CONCATENATED MODULE: ./src/lint/replay/alter.ts










/** One change of a table that is there. Returns false for an operation that is none. */
function alterTable(state, table, op) {
    const { catalog } = state;
    const key = keyOf(table);
    switch (op.kind) {
        case 'add-column':
            if (!catalog.get(state_columnKey(table, op.column.name))) {
                addColumn(state, table, op.column);
                for (const child of children(catalog, table))
                    inheritAdded(state, child, table, op.column.name);
            }
            return true;
        case 'drop-column':
            dropColumn(state, table, op.column);
            return true;
        case 'set-not-null':
            setNotNull(state, table, op.column);
            return true;
        case 'drop-not-null':
            withChildren(state, table, op.column, (column) => ({ ...column, notNull: false }));
            return true;
        case 'set-default':
            withChildren(state, table, op.column, (column) => {
                const value = op.default && defaultIn(state, op.default.sql, String(column.type));
                return { ...column, default: value };
            });
            return true;
        case 'alter-column-type':
            changeType(state, table, op);
            return true;
        case 'alter-column':
            alterColumn(state, table, op);
            return true;
        case 'drop-constraint':
            dropConstraint(state, table, op.constraint);
            return true;
        case 'validate-constraint':
            validate(state, table, op.constraint);
            return true;
        case 'alter-constraint':
            changeConstraint(state, table, op);
            return true;
        case 'set-logged': {
            const persistence = op.logged ? 'permanent' : 'unlogged';
            catalog.change(key, { persistence });
            for (const each of catalog.members(key))
                if (each.kind === 'sequence' && state.major >= 15)
                    catalog.change(keyOf(each), { persistence });
            return true;
        }
        case 'set-access-method':
            catalog.change(key, { accessMethod: op.method === 'default' ? unknownValue : op.method });
            return true;
        case 'set-tablespace':
            catalog.change(key, { tablespace: op.tablespace === 'pg_default' ? undefined : op.tablespace });
            return true;
        case 'set-options':
            setOptions(state, table, op);
            return true;
        case 'replica-identity':
            replicaIdentity(state, table, op);
            return true;
        case 'row-security': {
            const before = String(table.attributes.rowSecurity ?? '');
            const isOn = op.change === 'enable' || (op.change !== 'disable' && /^(?:enabled|forced)$/.test(before));
            const isForced = op.change === 'force' || (op.change !== 'no-force' && before.includes('forced'));
            const both = isOn ? 'forced' : 'disabled, forced';
            catalog.change(key, { rowSecurity: isForced ? both : isOn ? 'enabled' : undefined });
            return true;
        }
        case 'attach-partition': {
            const partition = relationOf(catalog, op.partition);
            if (partition)
                attach(state, table, partition, op.bound);
            else
                state.lost();
            return true;
        }
        case 'detach-partition': {
            const partition = relationOf(catalog, op.partition);
            if (partition)
                detach(state, table, partition);
            return true;
        }
        case 'set-trigger':
            setTriggers(state, table, op);
            return true;
        case 'inherit':
            state.lost();
            return true;
        default:
            return false;
    }
}
/** Changes a column, and with it the same column of the tables below. */
function withChildren(state, table, column, change) {
    const { catalog } = state;
    const key = state_columnKey(table, column);
    const entry = catalog.get(key);
    if (!entry)
        return;
    catalog.change(key, change(entry.attributes));
    for (const child of children(catalog, table)) {
        if (catalog.get(state_columnKey(child, column))?.belongsTo.includes(key))
            withChildren(state, child, column, change);
    }
}
function inheritAdded(state, child, parent, column) {
    const { catalog } = state;
    const of = catalog.get(state_columnKey(parent, column));
    if (!of)
        return;
    const key = state_columnKey(child, column);
    const own = catalog.get(key);
    if (own) {
        const count = typeof own.attributes.inherited === 'number' ? own.attributes.inherited : 0;
        catalog.set({ ...own, belongsTo: [...own.belongsTo, keyOf(of)] });
        catalog.change(key, { inherited: count + 1, local: true });
    }
    else {
        const { local: _, identity: __, ...attributes } = of.attributes;
        catalog.set({
            kind: 'column',
            identity: key.slice('column '.length),
            belongsTo: [keyOf(child), keyOf(of)],
            attributes: { ...attributes, local: false, inherited: 1 },
        });
        const order = columnOrder(catalog, child);
        catalog.change(`column order ${child.identity}`, {
            columns: order ? [...order, column].map(quoted) : unknownValue,
        });
    }
    for (const grandchild of children(catalog, child))
        inheritAdded(state, grandchild, child, column);
}
function changeType(state, table, op) {
    const { catalog } = state;
    const type = printedType(catalog, op.type, op.userType);
    withChildren(state, table, op.column, (before) => ({
        ...before,
        type,
        default: before.default === undefined ? undefined : convertedDefault(String(before.default), String(before.type), type),
        collation: op.collation === undefined ? undefined : printedCollation(op.collation),
        storage: undefined,
        compression: before.compression === undefined ? undefined : unknownValue,
    }));
    const below = [table, ...descendants(state, table)];
    for (const each of below.flatMap((of) => catalog.members(keyOf(of)))) {
        if (!usesColumn(each, op.column))
            continue;
        const definition = String(each.attributes.definition);
        if (each.kind === 'constraint' && each.attributes.type === 'check') {
            catalog.change(keyOf(each), { definition: definition.replace(/^CHECK \(.*\)/, `CHECK (${unknownValue})`) });
        }
        // Plain keys are printed as before; whether an expression or a condition is, depends on its parts.
        if (each.kind === 'index')
            catalog.change(keyOf(each), { definition: withoutExpressions(definition) });
    }
    for (const each of catalog.members(state_columnKey(table, op.column))) {
        // The sequence of a serial column keeps its type.
        if (each.kind === 'sequence' && catalog.get(state_columnKey(table, op.column))?.attributes.identity !== undefined) {
            catalog.change(keyOf(each), { type: unknownValue, max: unknownValue, min: unknownValue });
        }
    }
}
/** The stored expression is wrapped in a cast that is not printed, where one is needed at all. */
function convertedDefault(value, from, to) {
    const number = /^(?:smallint|integer|bigint|numeric(?:\(.*\))?)$/;
    if (/^\d+$/.test(value) && number.test(from) && number.test(to))
        return value;
    const text = /^(?:text|character varying(?:\(\d+\))?)$/;
    if (text.test(from) && text.test(to) && value !== unknownValue)
        return value;
    return from === to || value.startsWith('nextval(') ? value : unknownValue;
}
function withoutExpressions(definition) {
    const shown = definition.replace(/ WHERE .*$/, ` WHERE ${unknownValue}`);
    return shown.replace(/USING (\w+) \((.*?)\)(?= INCLUDE| NULLS NOT| WITH| WHERE|$)/, (all, method, keys) => (keys.includes('(') ? `USING ${method} (${unknownValue})` : all));
}
function descendants(state, table) {
    return children(state.catalog, table).flatMap((child) => [child, ...descendants(state, child)]);
}
const storages = {
    plain: 'plain',
    external: 'external',
    main: 'main',
    extended: 'extended',
};
function alterColumn(state, table, op) {
    const { catalog } = state;
    const key = state_columnKey(table, op.column);
    const entry = catalog.get(key);
    if (!entry)
        return;
    switch (op.change) {
        case 'add-identity': {
            const [schema = '', name = ''] = unquoted(table.identity);
            const sequence = relationName(catalog, schema, { first: name, second: op.column, label: 'seq' });
            withChildren(state, table, op.column, (before) => ({ ...before, identity: op.value }));
            createSequence(state, identityOf(`${schema}.${sequence}`), 
            // The options of its sequence are not told.
            { type: String(entry.attributes.type) }, { table, column: op.column });
            return;
        }
        case 'set-identity':
            if (op.value !== undefined)
                catalog.change(key, { identity: op.value });
            else
                state.lost();
            return;
        case 'drop-identity':
            withChildren(state, table, op.column, (before) => ({ ...before, identity: undefined }));
            for (const each of catalog.members(key))
                if (each.kind === 'sequence')
                    catalog.delete(keyOf(each));
            return;
        case 'set-expression':
            withChildren(state, table, op.column, (before) => ({ ...before, default: unknownValue }));
            return;
        case 'drop-expression':
            withChildren(state, table, op.column, (before) => ({ ...before, generated: undefined, default: undefined }));
            return;
        case 'statistics':
            catalog.change(key, { statistics: op.value === '-1' || op.value === undefined ? undefined : Number(op.value) });
            return;
        case 'storage':
            // Told only where it is not the type's own, which is not known here.
            catalog.change(key, { storage: storages[op.value ?? ''] ? unknownValue : undefined });
            return;
        case 'compression':
            catalog.change(key, { compression: op.value === 'default' ? undefined : unknownValue });
            return;
        case 'options':
            catalog.change(key, { options: unknownValue });
    }
}
function validate(state, table, name) {
    const { catalog } = state;
    const key = `constraint ${table.identity}.${quoted(name)}`;
    const entry = catalog.get(key);
    if (!entry)
        return;
    catalog.change(key, { validated: true, definition: String(entry.attributes.definition).replace(/ NOT VALID$/, '') });
    for (const child of children(catalog, table))
        validate(state, child, name);
}
function changeConstraint(state, table, op) {
    const key = `constraint ${table.identity}.${quoted(op.constraint)}`;
    const entry = state.catalog.get(key);
    if (!entry)
        return;
    if (op.enforced !== undefined)
        state.catalog.change(key, { definition: unknownValue, enforced: unknownValue, validated: unknownValue });
    if (op.deferrable === undefined)
        return;
    const words = { no: '', immediate: ' DEFERRABLE', deferred: ' DEFERRABLE INITIALLY DEFERRED' };
    const definition = String(entry.attributes.definition);
    const bare = definition.replace(/(?: DEFERRABLE(?: INITIALLY DEFERRED)?)?( NOT VALID)?$/, `${words[op.deferrable]}$1`);
    state.catalog.change(key, { definition: bare });
}
function setOptions({ catalog }, table, op) {
    for (const [attribute, isToast] of [
        ['options', false],
        ['toastOptions', true],
    ]) {
        const changes = op.options.filter((option) => option.startsWith('toast.') === isToast);
        if (changes.length === 0)
            continue;
        const names = changes.map((option) => option.replace(/^toast\./, '').split('=')[0]);
        const before = table.attributes[attribute];
        const kept = Array.isArray(before) ? before.filter((each) => !names.includes(String(each).split('=')[0])) : [];
        const all = op.reset ? kept : [...kept, ...changes.map((option) => option.replace(/^toast\./, ''))];
        catalog.change(keyOf(table), { [attribute]: all.length > 0 ? all : undefined });
    }
}
function replicaIdentity({ catalog }, table, op) {
    catalog.change(keyOf(table), { replicaIdentity: op.identity === 'default' ? undefined : op.identity });
    const schema = unquoted(table.identity)[0] ?? '';
    const chosen = op.index === undefined ? undefined : identityOf(`${schema}.${op.index}`);
    for (const each of catalog.members(keyOf(table))) {
        if (each.kind === 'index')
            catalog.change(keyOf(each), { replicaIdentity: each.identity === chosen });
    }
}
function attach(state, parent, partition, bound) {
    const { catalog } = state;
    const table = {
        ...partition,
        belongsTo: [keyOf(parent)],
        attributes: {
            ...partition.attributes,
            partition: printedBound(state, parent, bound),
            inherits: [parent.identity],
        },
    };
    catalog.set(table);
    for (const column of columnOrder(catalog, parent) ?? []) {
        const own = catalog.get(state_columnKey(table, column));
        if (!own)
            continue;
        catalog.set({ ...own, belongsTo: [keyOf(table), state_columnKey(parent, column)] });
        // A partition's column is not local any more from PostgreSQL 10 on: MergeAttributesIntoExisting.
        catalog.change(keyOf(own), {
            local: false,
            inherited: 1,
            identity: own.attributes.identity === undefined ? undefined : unknownValue,
        });
    }
    for (const each of catalog.members(keyOf(parent))) {
        if (each.kind === 'constraint' && each.attributes.type === 'check')
            inheritCheck(state, table, each);
    }
    becomePartition(state, table, parent);
}
function detach({ catalog, lost }, parent, partition) {
    const { partition: _, inherits: __, ...attributes } = partition.attributes;
    catalog.set({ ...partition, belongsTo: [], attributes });
    for (const each of catalog.members(keyOf(partition))) {
        const belongsTo = each.belongsTo.filter((key) => key === keyOf(partition) || ownOf(key));
        const { inherited: ___, local: ____, partOf: _____, ...rest } = each.attributes;
        // The trigger that came from the parent goes with it.
        if (each.kind === 'trigger' && each.belongsTo.some((key) => key.startsWith('trigger ')))
            catalog.delete(keyOf(each));
        else
            catalog.set({ ...each, belongsTo, attributes: rest });
    }
    // Columns that the parent has too are kept, but whether each counts as local is the server's affair.
    if (catalog
        .members(keyOf(parent))
        .some(({ kind, attributes: { type } }) => kind === 'constraint' && type === 'foreign key'))
        lost();
    function ownOf(key) {
        return catalog.members(keyOf(partition)).some((each) => keyOf(each) === key);
    }
}
function setTriggers({ catalog }, table, op) {
    const isMany = op.trigger === 'ALL' || op.trigger === 'USER';
    for (const each of catalog.members(keyOf(table))) {
        const isMeant = isMany || each.identity === `${table.identity}.${quoted(op.trigger)}`;
        if (each.kind === 'trigger' && isMeant)
            catalog.change(keyOf(each), { enabled: op.state });
        // The triggers of foreign keys are switched off with all others.
        if (each.kind === 'constraint' && each.attributes.type === 'foreign key' && op.trigger === 'ALL') {
            catalog.change(keyOf(each), { triggers: unknownValue });
        }
    }
}

;// CONCATENATED MODULE: ./src/lint/replay/copied-columns.ts




/** LIKE in a table's definition. */
function likeTable(state, table, { table: name, including }) {
    const { catalog } = state;
    const source = relationOf(catalog, name);
    const order = source && columnOrder(catalog, source);
    if (!source || !order) {
        state.lost();
        return;
    }
    for (const column of order) {
        const of = catalog.get(state_columnKey(source, column));
        if (!of)
            continue;
        const { type, notNull, collation, generated } = of.attributes;
        const isCopied = generated === undefined ? including.includes('defaults') : including.includes('generated');
        const hasOption = including.some((each) => each === 'identity' || each === 'storage' || each === 'compression');
        catalog.set({
            kind: 'column',
            identity: state_columnKey(table, column).slice('column '.length),
            belongsTo: [`${table.kind} ${table.identity}`],
            attributes: withoutNothing({
                type,
                notNull,
                collation,
                default: isCopied ? of.attributes.default : undefined,
                generated: isCopied ? generated : undefined,
                ...(hasOption ? { [unknownValue]: unknownValue } : {}),
            }),
        });
        appendColumn(catalog, table, column);
    }
    // Their names are made up anew; which there are is not followed.
    const some = (kind) => ({
        kind,
        identity: kind === 'constraint'
            ? `${table.identity}.${unknownValue}`
            : identityOf(`${unquoted(table.identity)[0]}.x`).replace(/x$/, unknownValue),
        belongsTo: [`${table.kind} ${table.identity}`],
        attributes: { [unknownValue]: unknownValue },
    });
    const wants = including.filter((each) => ['constraints', 'indexes', 'statistics', 'comments', 'identity'].includes(each));
    const has = catalog
        .members(`${source.kind} ${source.identity}`)
        .filter(({ kind }) => !['column', 'column order', 'dropped columns'].includes(kind));
    if (wants.length === 0 || has.length === 0)
        return;
    for (const kind of ['constraint', 'index', 'sequence', 'statistics', 'comment'])
        catalog.set(some(kind));
}
/** The columns of a query: their names where the text tells them, their types where they are handed on unchanged. */
function queryColumns({ catalog }, table, outputs) {
    const columns = outputs && expanded(catalog, outputs);
    for (const column of columns ?? [{ name: unknownValue, source: undefined }]) {
        const from = column.source && relationOf(catalog, column.source.table);
        const of = from && column.source && catalog.get(state_columnKey(from, column.source.column))?.attributes;
        catalog.set({
            kind: 'column',
            identity: `${table.identity}.${column.name === unknownValue ? unknownValue : quoted(column.name)}`,
            belongsTo: [`${table.kind} ${table.identity}`],
            attributes: withoutNothing({
                type: of?.type ?? unknownValue,
                notNull: table.attributes.ofType === undefined ? false : unknownValue,
                collation: of ? of.collation : unknownValue,
            }),
        });
    }
    if (!catalog.has('column order', table.identity))
        return;
    catalog.change(`column order ${table.identity}`, {
        columns: columns ? columns.map(({ name }) => quoted(name)) : unknownValue,
    });
}
/** With the columns of the table in place of `*`. */
function expanded(catalog, outputs) {
    const all = [];
    for (const output of outputs) {
        const { source } = output;
        if (output.name !== '*' || !source) {
            all.push(output);
            continue;
        }
        const from = relationOf(catalog, source.table);
        const order = from && columnOrder(catalog, from);
        if (!order)
            return undefined;
        all.push(...order.map((name) => ({ name, source: { table: source.table, column: name } })));
    }
    return all;
}

;// CONCATENATED MODULE: ./src/lint/replay/definitions.ts








function createView(state, op) {
    const { catalog } = state;
    const identity = identityOf(op.view);
    const before = catalog.get(`view ${identity}`);
    if (!before && relationOf(catalog, op.view))
        return;
    if (before && !op.replace)
        return;
    const view = {
        kind: 'view',
        identity,
        belongsTo: [],
        needs: op.reads.flatMap((name) => {
            const found = relationOf(catalog, name);
            return found ? keyOf(found) : [];
        }),
        attributes: withoutNothing({
            owner: before?.attributes.owner ?? state.owner,
            persistence: op.temporary ? 'temporary' : 'permanent',
            definition: unknownValue,
            options: op.options.length > 0 ? op.options : undefined,
        }),
    };
    for (const column of catalog.members(keyOf(view)))
        if (column.kind === 'column')
            catalog.delete(keyOf(column));
    catalog.set(view);
    queryColumns(state, view, op.outputs);
}
function createType(state, op) {
    const { catalog, owner } = state;
    const identity = identityOf(op.type);
    if (['enum', 'domain', 'range', 'composite type'].some((kind) => catalog.has(kind, identity)))
        return;
    switch (op.form) {
        case 'enum':
            catalog.set({ kind: 'enum', identity, belongsTo: [], attributes: { owner, labels: op.labels } });
            return;
        case 'domain':
            createDomain(state, identity, op);
            return;
        case 'composite type': {
            const type = { kind: op.form, identity, belongsTo: [], attributes: { owner, persistence: 'permanent' } };
            catalog.set(type);
            catalog.set({ kind: 'column order', identity, belongsTo: [keyOf(type)], attributes: { columns: [] } });
            for (const column of op.columns)
                addColumn(state, type, column);
            return;
        }
        default:
            catalog.set({ kind: op.form, identity, belongsTo: [], attributes: { owner, [unknownValue]: unknownValue } });
            // A range type comes with functions and a cast of its own, which count as its parts.
            if (op.form === 'range' || op.form === 'type')
                return;
    }
}
function createDomain(state, identity, op) {
    const { catalog } = state;
    const base = printedType(catalog, op.base ?? '', op.baseType);
    catalog.set({
        kind: 'domain',
        identity,
        belongsTo: [],
        attributes: withoutNothing({
            owner: state.owner,
            base,
            notNull: op.notNull,
            default: op.default && defaultIn(state, op.default.sql, base),
            collation: op.collation === undefined ? undefined : printedCollation(op.collation),
        }),
    });
    for (const { constraint, expression } of op.checks)
        addDomainCheck(state, identity, constraint, expression.sql, false);
    if (op.notNull)
        setDomainNotNull(state, identity, true);
}
/** From PostgreSQL 17 on it is a constraint with a name as well. */
function setDomainNotNull({ catalog, major }, domain, notNull) {
    const key = `domain ${domain}`;
    catalog.change(key, { notNull });
    if (major < 17)
        return;
    const own = catalog.members(key).find(({ attributes: { type } }) => type === 'not null');
    if (own && !notNull)
        catalog.delete(keyOf(own));
    if (own || !notNull)
        return;
    const [schema = '', name = ''] = unquoted(domain);
    const constraint = constraintName(catalog, schema, { first: name, second: '', label: 'not_null' });
    catalog.set({
        kind: 'constraint',
        identity: `${domain}.${quoted(constraint)}`,
        belongsTo: [key],
        attributes: withoutNothing({
            type: 'not null',
            definition: 'NOT NULL',
            validated: true,
            enforced: major >= 18 ? true : undefined,
        }),
    });
}
function addDomainCheck(state, domain, given, sql, notValid) {
    const { catalog, major } = state;
    const [schema = '', name = ''] = unquoted(domain);
    const made = constraintName(catalog, schema, { first: name, second: '', label: 'check' });
    const base = String(catalog.get(`domain ${domain}`)?.attributes.base);
    const scope = {
        typeOf: (column) => (column === 'value' ? base : undefined),
        shown: 'VALUE',
        kindOf: kindOf(catalog),
    };
    catalog.set({
        kind: 'constraint',
        identity: `${domain}.${quoted(given ?? made)}`,
        belongsTo: [`domain ${domain}`],
        attributes: withoutNothing({
            type: 'check',
            definition: `CHECK (${printedCondition(sql, scope)})${notValid ? ' NOT VALID' : ''}`,
            validated: !notValid,
            enforced: major >= 18 ? true : undefined,
        }),
    });
}
function alterDomain(state, op) {
    const { catalog } = state;
    const identity = identityOf(op.type);
    const entry = catalog.get(`domain ${identity}`);
    if (!entry)
        return;
    const constraint = `constraint ${identity}.${quoted(op.constraint ?? '')}`;
    switch (op.change) {
        case 'add-constraint':
            if (op.expression)
                addDomainCheck(state, identity, op.constraint, op.expression.sql, op.notValid);
            else
                setDomainNotNull(state, identity, true);
            return;
        case 'drop-constraint':
            catalog.delete(constraint);
            return;
        case 'validate-constraint': {
            const definition = String(catalog.get(constraint)?.attributes.definition);
            catalog.change(constraint, { validated: true, definition: definition.replace(/ NOT VALID$/, '') });
            return;
        }
        case 'set-not-null':
        case 'drop-not-null':
            setDomainNotNull(state, identity, op.change === 'set-not-null');
            return;
        case 'set-default':
        case 'drop-default':
            catalog.change(keyOf(entry), {
                default: op.expression && defaultIn(state, op.expression.sql, String(entry.attributes.base)),
            });
    }
}
function addEnumValue({ catalog }, op) {
    const key = `enum ${identityOf(op.type)}`;
    const labels = catalog.get(key)?.attributes.labels;
    if (!Array.isArray(labels) || labels.includes(op.value))
        return;
    const at = op.before !== undefined
        ? labels.indexOf(op.before)
        : op.after !== undefined
            ? labels.indexOf(op.after) + 1
            : labels.length;
    catalog.change(key, { labels: labels.toSpliced(at, 0, op.value) });
}
function createFunction(state, op) {
    const { catalog, owner } = state;
    const inputs = op.arguments.filter(({ mode }) => mode !== 'out' && mode !== 'table');
    // A procedure's OUT arguments are part of its signature.
    const signature = op.object === 'procedure' ? op.arguments : inputs;
    const types = signature.map(({ type, userType }) => printedType(catalog, type, userType).replace(/\((?:\d+,?)+\)/, ''));
    const identity = `${identityOf(op.function)}(${types.join(',')})`;
    const before = catalog.get(`${op.object} ${identity}`);
    if (before && !op.replace)
        return;
    catalog.set({
        kind: op.object,
        identity,
        belongsTo: [],
        attributes: { owner: before?.attributes.owner ?? owner, definition: unknownValue },
    });
}
function createTrigger(state, table, op, parent) {
    const { catalog } = state;
    const identity = `${table.identity}.${quoted(op.trigger)}`;
    catalog.set({
        kind: 'trigger',
        identity,
        belongsTo: [keyOf(table), ...(parent === undefined ? [] : [parent])],
        attributes: { definition: definition(), enabled: 'origin' },
    });
    // Before PostgreSQL 15 the partitions' triggers count as internal.
    if (op.forEach !== 'row' || table.attributes.partitionBy === undefined || state.major < 15)
        return;
    for (const partition of children(catalog, table))
        createTrigger(state, partition, op, `trigger ${identity}`);
    function definition() {
        if (op.special || op.constraint)
            return unknownValue;
        // In the order of pg_get_triggerdef.
        const events = op.events.map((event) => event.toUpperCase().replace(/^(UPDATE) OF .*$/, () => event.replace(/^update of /, 'UPDATE OF ')));
        const names = op.arguments.map((argument) => literal(argument) ?? unknownValue);
        return [
            `CREATE TRIGGER ${quoted(op.trigger)} ${op.timing.toUpperCase()} ${events.join(' OR ')} ON ${table.identity}`,
            `FOR EACH ${op.forEach.toUpperCase()}`,
            ...(op.when ? [`WHEN (${unknownValue})`] : []),
            `EXECUTE FUNCTION ${identityOf(op.function)}(${names.join(', ')})`,
        ].join(' ');
    }
}

;// CONCATENATED MODULE: ./src/lint/replay/rename.ts





function rename(state, op) {
    const { catalog } = state;
    const table = op.table && relationOf(catalog, op.table);
    switch (op.object) {
        case 'column':
            if (table)
                renameColumn(state, table, op.name, op.to);
            return;
        case 'constraint': {
            const entry = table && catalog.get(`constraint ${table.identity}.${quoted(op.name)}`);
            if (table && entry)
                renameConstraint(state, table, entry, op.to);
            return;
        }
        case 'trigger':
        case 'policy':
        case 'rule': {
            const from = table && `${table.identity}.${quoted(op.name)}`;
            if (from === undefined)
                return;
            rekey(state, new Map([[`${op.object} ${from}`, `${op.object} ${table?.identity}.${quoted(op.to)}`]]));
            const entry = catalog.get(`${op.object} ${table?.identity}.${quoted(op.to)}`);
            const definition = entry?.attributes.definition;
            if (entry && typeof definition === 'string') {
                catalog.change(keyOf(entry), {
                    definition: definition.replace(` ${quoted(op.name)} `, () => ` ${quoted(op.to)} `),
                });
            }
            return;
        }
        case 'domain constraint': {
            const domain = op.table && identityOf(op.table);
            rekey(state, new Map([[`constraint ${domain}.${quoted(op.name)}`, `constraint ${domain}.${quoted(op.to)}`]]));
            return;
        }
        case 'enum value':
            if (op.table)
                renameLabel(state, identityOf(op.table), op.name, op.to);
            return;
        case 'schema':
            rewrite(state, new RegExp(`${before}${escaped(quoted(op.name))}(?=\\.)`, 'g'), quoted(op.to));
            rekey(state, new Map([[`schema ${quoted(op.name)}`, `schema ${quoted(op.to)}`]]));
            return;
        case 'role':
            state.lost();
            return;
        default:
            if (op.name.includes('.'))
                rename_move(state, op, partsOf(op.name)[0], op.to);
    }
}
/** ALTER … SET SCHEMA. */
function setSchema(state, op) {
    if (op.object === 'extension' || !op.name.includes('.')) {
        state.lost();
        return;
    }
    const name = partsOf(op.name)[1];
    const entry = found(state, op);
    rename_move(state, op, op.schema, name);
    if (!entry)
        return;
    // The indexes and the sequences of a table go along.
    const moved = state.catalog.get(`${entry.kind} ${identityOf(`${op.schema}.${name}`)}`);
    for (const each of moved ? state.catalog.members(keyOf(moved)) : []) {
        if (each.kind !== 'index' && each.kind !== 'sequence')
            continue;
        renameTo(state, each.kind, each.identity, identityOf(`${op.schema}.${unquoted(each.identity)[1]}`));
    }
}
function rename_move(state, op, schema, to) {
    const entry = found(state, op);
    if (!entry)
        return;
    const isRoutine = routines.has(entry.kind);
    const list = isRoutine ? entry.identity.slice(entry.identity.indexOf('(')) : '';
    const target = identityOf(`${schema}.${to}`);
    if (isRoutine) {
        rekey(state, new Map([[keyOf(entry), `${entry.kind} ${target}${list}`]]));
        state.catalog.change(`${entry.kind} ${target}${list}`, { definition: unknownValue });
        return;
    }
    const constraint = entry.kind === 'index' ? entry.belongsTo.find((key) => key.startsWith('constraint ')) : undefined;
    renameTo(state, entry.kind, entry.identity, target);
    if (constraint !== undefined) {
        const [first = '', second = ''] = unquoted(constraint.slice('constraint '.length));
        rekey(state, new Map([[constraint, `constraint ${identityOf(`${first}.${second}`)}.${quoted(to)}`]]));
    }
}
const routines = new Set(['function', 'procedure', 'aggregate']);
/** The object that a statement names, of one of the kinds that its word may mean. */
function found({ catalog }, op) {
    if (routines.has(op.object) || op.object === 'routine')
        return routineOf(catalog, op);
    const identity = identityOf(op.name);
    // ALTER TABLE may name a view, an index or a sequence as well.
    const kinds = op.object === 'type' ? ['enum', 'composite type', 'range', 'type', 'domain'] : [op.object, ...relationKinds];
    return kinds.map((kind) => catalog.get(`${kind} ${identity}`)).find((entry) => entry !== undefined);
}
/** A function by its name, and by its arguments where they are written. */
function routineOf(catalog, { name, arguments: types }) {
    const identity = identityOf(name);
    const same = catalog.routines(identity);
    const listed = types?.map((type) => type.replace(/\(.*\)/, ''));
    const exact = same.filter((entry) => {
        const list = entry.identity.slice(identity.length + 1, -1);
        const own = list === '' ? [] : list.split(',');
        return (listed === undefined || (own.length === listed.length && own.every((type, index) => isType(type, listed[index]))));
    });
    return exact.length === 1 ? exact[0] : undefined;
}
function isType(own, written) {
    return written !== undefined && (own === written || own.endsWith(`.${written}`));
}
/** Gives an object of a schema another identity, wherever it is named. */
function renameTo(state, kind, from, to) {
    if (from === to)
        return;
    const quotedFrom = quoted(unquoted(from)[1] ?? '');
    const quotedTo = quoted(unquoted(to)[1] ?? '');
    rewrite(state, new RegExp(`${before}(?<!FUNCTION )${escaped(from)}${after}`, 'g'), to);
    if (kind !== 'index')
        return;
    const entry = state.catalog.get(`index ${to}`);
    const definition = String(entry?.attributes.definition);
    state.catalog.change(`index ${to}`, {
        definition: definition.replace(` INDEX ${quotedFrom} ON `, () => ` INDEX ${quotedTo} ON `),
    });
}
const before = '(?<![\\w."$])';
const after = '(?![\\w"$])';
function escaped(text) {
    return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
/** Replaces a name in every identity, owner and attribute. Routines and what belongs to them have names of their own. */
function rewrite({ catalog }, pattern, to) {
    const text = (value) => (routines.has(value.split(' ')[0] ?? '') ? value : value.replace(pattern, () => to));
    for (const entry of catalog.all()) {
        const identity = routines.has(entry.kind)
            ? inArguments(entry.identity, (list) => list.replace(pattern, () => to))
            : text(entry.identity);
        const changed = {
            ...entry,
            identity,
            belongsTo: entry.belongsTo.map(text),
            attributes: deep(entry.attributes, (value) => value.replace(pattern, () => to)),
            ...(entry.needs ? { needs: entry.needs.map(text) } : {}),
        };
        if (JSON.stringify(changed) === JSON.stringify(entry))
            continue;
        if (identity !== entry.identity)
            catalog.delete(keyOf(entry));
        catalog.set(changed);
    }
}
function inArguments(identity, change) {
    const open = identity.indexOf('(');
    return identity.slice(0, open) + change(identity.slice(open));
}
function deep(value, change) {
    if (typeof value === 'string')
        return change(value);
    if (Array.isArray(value))
        return value.map((each) => deep(each, change));
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, deep(each, change)]));
}
/** Gives objects other keys, wherever something belongs to them. */
function rekey({ catalog }, keys) {
    const text = (value) => keys.get(value) ?? value;
    for (const entry of catalog.all()) {
        const key = text(keyOf(entry));
        // Comments and privileges are identified by what they are on.
        const identity = key === keyOf(entry) ? text(entry.identity) : key.slice(entry.kind.length + 1);
        const belongsTo = entry.belongsTo.map(text);
        const needs = entry.needs?.map(text);
        const isSame = identity === entry.identity &&
            String(belongsTo) === String(entry.belongsTo) &&
            String(needs) === String(entry.needs);
        if (isSame)
            continue;
        if (identity !== entry.identity)
            catalog.delete(keyOf(entry));
        catalog.set({ ...entry, identity, belongsTo, ...(needs ? { needs } : {}) });
    }
}
function renameConstraint(state, table, entry, to) {
    const index = state.catalog
        .members(keyOf(table))
        .find((each) => each.kind === 'index' && each.belongsTo.includes(keyOf(entry)));
    if (index) {
        const schema = unquoted(index.identity)[0];
        renameTo(state, 'index', index.identity, identityOf(`${schema}.${to}`));
    }
    rekey(state, new Map([[keyOf(entry), `constraint ${table.identity}.${quoted(to)}`]]));
    if (entry.attributes.type !== 'check')
        return;
    const name = entry.identity.slice(table.identity.length + 1);
    for (const child of children(state.catalog, table)) {
        const own = state.catalog.get(`constraint ${child.identity}.${name}`);
        if (own)
            renameConstraint(state, child, own, to);
    }
}
function renameColumn(state, table, from, to) {
    const { catalog } = state;
    const entry = catalog.get(state_columnKey(table, from));
    if (!entry)
        return;
    const below = children(catalog, table).filter((child) => catalog.get(state_columnKey(child, from))?.belongsTo.includes(keyOf(entry)));
    const order = catalog.get(`column order ${table.identity}`)?.attributes.columns;
    if (Array.isArray(order)) {
        const columns = order.map((column) => (column === quoted(from) ? quoted(to) : column));
        catalog.change(`column order ${table.identity}`, { columns });
    }
    const own = word(quoted(from));
    for (const each of catalog.members(keyOf(table))) {
        const { definition } = each.attributes;
        const columns = each.columns?.map((column) => (column === from ? to : column));
        const named = each.kind === 'constraint' || each.kind === 'index';
        const inside = each.kind === 'index' ? / USING .*$/s : /\(.*$/s;
        const shown = typeof definition === 'string' && named
            ? definition.replace(inside, (part) => ownPart(part, (text) => text.replace(own, () => quoted(to))))
            : definition;
        if (named)
            catalog.set({
                ...each,
                ...(columns ? { columns } : {}),
                attributes: { ...each.attributes, ...(shown === undefined ? {} : { definition: shown }) },
            });
        // What else names the column is not taken apart.
        else if (typeof definition === 'string' && own.test(definition))
            catalog.change(keyOf(each), { definition: unknownValue });
        if (each.kind === 'column' && each.attributes.generated !== undefined)
            catalog.change(keyOf(each), { default: unknownValue });
    }
    const partitionBy = table.attributes.partitionBy;
    if (typeof partitionBy === 'string')
        catalog.change(keyOf(table), { partitionBy: partitionBy.replace(own, () => quoted(to)) });
    for (const each of catalog.all()) {
        const { definition } = each.attributes;
        if (each.kind !== 'constraint' || typeof definition !== 'string')
            continue;
        const target = `REFERENCES ${table.identity}(`;
        const start = definition.indexOf(target);
        if (start < 0)
            continue;
        const open = start + target.length;
        const close = definition.indexOf(')', open);
        const list = definition.slice(open, close).replace(own, () => quoted(to));
        catalog.change(keyOf(each), { definition: definition.slice(0, open) + list + definition.slice(close) });
    }
    rekey(state, new Map([[keyOf(entry), state_columnKey(table, to)]]));
    for (const each of catalog.members(state_columnKey(table, to))) {
        if (each.kind === 'sequence')
            catalog.change(keyOf(each), { ownedBy: `${table.identity}.${quoted(to)}` });
    }
    for (const child of below)
        renameColumn(state, child, from, to);
}
/** A name as a word of its own, which no parenthesis makes a function. */
function word(name) {
    return new RegExp(`(?<![\\w."$'])${escaped(name)}(?![\\w"$'(.])`, 'g');
}
/** Leaves strings and what a foreign key points to as they are. */
function ownPart(definition, change) {
    const [own = '', ...rest] = definition.split(/( REFERENCES )/);
    const changed = own
        .split(/('(?:[^']|'')*')/)
        .map((part, index) => (index % 2 === 1 ? part : change(part)))
        .join('');
    return changed + rest.join('');
}
function renameLabel(state, identity, from, to) {
    const entry = state.catalog.get(`enum ${identity}`);
    const labels = entry?.attributes.labels;
    if (!Array.isArray(labels))
        return;
    state.catalog.change(`enum ${identity}`, { labels: labels.map((label) => (label === from ? to : label)) });
    // Defaults are stored as the value, and printed with its name.
    const [old, now] = [from, to].map(literal);
    for (const each of state.catalog.all()) {
        const value = each.attributes.default;
        if (each.kind === 'column' && value === `${old}::${identity}`) {
            state.catalog.change(keyOf(each), { default: now === undefined ? unknownValue : `${now}::${identity}` });
        }
        else if (typeof value === 'string' && value.includes(`::${identity}`) && value.includes(String(old))) {
            state.catalog.change(keyOf(each), { default: unknownValue });
        }
    }
}

;// CONCATENATED MODULE: ./src/lint/replay/tables.ts







/** The table with its columns and constraints, as one statement makes them. */
function createTable(state, op, constraints) {
    const { catalog } = state;
    if (relationOf(catalog, op.table))
        return;
    const identity = identityOf(op.table);
    const parents = [...(op.partitionOf ? [op.partitionOf.parent] : []), ...op.inherits];
    const found = parents.flatMap((parent) => relationOf(catalog, parent) ?? []);
    if (found.length < parents.length)
        state.lost();
    const [parent] = found;
    const isPartition = op.partitionOf !== undefined;
    const table = {
        kind: op.relation,
        identity,
        belongsTo: isPartition && parent ? [`${parent.kind} ${parent.identity}`] : [],
        attributes: withoutNothing({
            owner: state.owner,
            persistence: op.persistence,
            options: op.options.length > 0 ? plainOptions(op.options, false) : undefined,
            toastOptions: op.options.length > 0 ? plainOptions(op.options, true) : undefined,
            tablespace: op.tablespace,
            accessMethod: accessMethod(op),
            ofType: op.ofType && identityOf(op.ofType),
            partitionBy: op.partitionBy && printedPartitionKey(op.partitionBy),
            partition: op.partitionOf && (isPartition && parent ? printedBound(state, parent, op.partitionOf.bound) : unknownValue),
            inherits: found.length > 0 ? found.map((each) => each.identity) : undefined,
            definition: op.relation === 'materialized view' ? unknownValue : undefined,
            populated: op.relation === 'materialized view' ? (op.query?.withData ?? true) : undefined,
            server: op.relation === 'foreign table' ? unknownValue : undefined,
            serverOptions: op.relation === 'foreign table' ? unknownValue : undefined,
        }),
        ...(op.query && op.relation === 'materialized view'
            ? { needs: op.query.reads.flatMap((name) => keyOfRelation(state, name)) }
            : {}),
    };
    catalog.set(table);
    const isView = op.relation === 'materialized view';
    if (!isView)
        catalog.set(part('column order', { columns: [] }));
    if (op.relation === 'table')
        catalog.set(part('dropped columns', { count: 0 }));
    if (state.major >= 18 && !isView) {
        // NOT NULL is a constraint with a name from there on; which one is not followed.
        catalog.set({
            ...part('constraint', { type: 'not null', [unknownValue]: unknownValue }),
            identity: `${identity}.${unknownValue}`,
        });
    }
    for (const each of found)
        inheritColumns(state, table, each);
    for (const each of op.like)
        likeTable(state, table, each);
    for (const column of op.columns)
        addOrMerge(column.name, () => addColumn(state, table, column));
    if (op.query)
        queryColumns(state, table, op.query.outputs);
    if (op.ofType)
        queryColumns(state, table, undefined);
    // Names are made up in this order: DefineRelation and transformCreateStmt.
    for (const each of constraints.filter(({ type }) => type === 'check' || type === 'not-null'))
        addConstraint(state, table, each);
    for (const each of found)
        inheritChecks(state, table, each);
    for (const each of keysInOrder(constraints))
        addConstraint(state, table, each);
    for (const each of constraints.filter(({ type }) => type === 'foreign-key'))
        addConstraint(state, table, each);
    if (isPartition && parent)
        becomePartition(state, table, parent);
    function part(kind, attributes) {
        return { kind, identity, belongsTo: [`${table.kind} ${identity}`], attributes };
    }
    /** A column that a parent has too is both inherited and its own. */
    function addOrMerge(column, add) {
        const inherited = catalog.get(state_columnKey(table, column));
        if (!inherited)
            add();
        else
            catalog.change(state_columnKey(table, column), { local: true, default: unknownValue, notNull: unknownValue });
    }
}
function keyOfRelation({ catalog }, name) {
    const found = relationOf(catalog, name);
    return found ? [`${found.kind} ${found.identity}`] : [];
}
function accessMethod(op) {
    if (op.relation === 'foreign table')
        return undefined;
    return op.accessMethod ?? (op.partitionBy ? undefined : 'heap');
}
function plainOptions(options, isToast) {
    const own = options.filter((option) => option.startsWith('toast.') === isToast);
    return own.length > 0 ? own.map((option) => option.replace(/^toast\./, '')) : undefined;
}
/** A primary key first; of two keys over the same columns only one is made. */
function keysInOrder(constraints) {
    const keys = constraints.filter(({ type }) => type === 'primary-key' || type === 'unique' || type === 'exclusion');
    const sorted = [
        ...keys.filter(({ type }) => type === 'primary-key'),
        ...keys.filter(({ type }) => type !== 'primary-key'),
    ];
    const kept = [];
    for (const key of sorted) {
        const same = kept.findIndex((each) => isSameKey(each, key));
        const prior = kept[same];
        if (prior)
            kept[same] = { ...prior, constraint: prior.constraint ?? key.constraint };
        else
            kept.push(key);
    }
    return kept;
}
function isSameKey(a, b) {
    const shape = ({ columns, include, nullsNotDistinct, deferrable, type }) => JSON.stringify([columns, include, nullsNotDistinct, deferrable, type === 'exclusion']);
    return a.type !== 'exclusion' && shape(a) === shape(b);
}
function inheritColumns({ catalog }, table, parent) {
    const order = columnOrder(catalog, parent);
    for (const name of order ?? []) {
        const column = catalog.get(state_columnKey(parent, name));
        if (!column)
            continue;
        const key = state_columnKey(table, name);
        const before = catalog.get(key);
        if (before) {
            const count = typeof before.attributes.inherited === 'number' ? before.attributes.inherited : 0;
            catalog.set({ ...before, belongsTo: [...before.belongsTo, `column ${column.identity}`] });
            catalog.change(key, {
                inherited: count + 1,
                notNull: before.attributes.notNull === true || (column.attributes.notNull ?? false),
            });
            continue;
        }
        const { identity: _, local: __, ...attributes } = column.attributes;
        catalog.set({
            kind: 'column',
            identity: key.slice('column '.length),
            belongsTo: [`${table.kind} ${table.identity}`, `column ${column.identity}`],
            attributes: { ...attributes, ...identityAttribute(column, table), local: false, inherited: 1 },
        });
        appendColumn(catalog, table, name);
    }
    if (!order)
        catalog.change(`column order ${table.identity}`, { columns: unknownValue });
}
/** Partitions share their parent's identity from PostgreSQL 17 on; inheriting tables never do. */
function identityAttribute({ attributes }, table) {
    const isPartition = table.attributes.partition !== undefined;
    return attributes.identity === undefined || !isPartition ? {} : { identity: unknownValue };
}
function inheritChecks(state, table, parent) {
    for (const each of state.catalog.members(`${parent.kind} ${parent.identity}`)) {
        if (each.kind === 'constraint' && each.attributes.type === 'check')
            inheritCheck(state, table, each);
    }
}

;// CONCATENATED MODULE: ./src/lint/replay/apply.ts












/** What a statement does to the catalog. */
function applyStatement(state, operations) {
    for (let index = 0; index < operations.length; index++) {
        const op = operations[index];
        // What may be done or not leaves a state that is not known.
        if (op.conditional || op.repeated)
            lose(state, op);
        if (op.kind === 'create-table') {
            const constraints = constraintsBehind(operations, index);
            createTable(state, op, constraints);
            index += constraints.length;
        }
        else
            applyOperation(state, op);
    }
}
/** A condition makes the outcome unsure only where the operation changes the schema. */
function lose(state, op) {
    const isHarmless = ['insert', 'update', 'delete', 'query', 'copy', 'set', 'transaction-control'].includes(op.kind);
    if (!isHarmless)
        state.lost();
}
function constraintsBehind(operations, index) {
    const found = [];
    for (const op of operations.slice(index + 1)) {
        if (op.kind !== 'add-constraint' || op.with === undefined)
            break;
        found.push(op);
    }
    return found;
}
function applyOperation(state, op) {
    const { catalog } = state;
    switch (op.kind) {
        case 'add-constraint': {
            const table = relationOf(catalog, op.table);
            if (table)
                addConstraint(state, table, op);
            return;
        }
        case 'drop-table':
            dropAll(state, relationOf(catalog, op.table));
            return;
        case 'create-index': {
            const table = relationOf(catalog, op.table);
            if (table)
                createIndex(state, table, op);
            return;
        }
        case 'drop-index':
            dropAll(state, catalog.get(`index ${identityOf(op.index)}`));
            return;
        case 'attach-index': {
            const [parent, index] = [op.index, op.partition].map((name) => catalog.get(`index ${identityOf(name)}`));
            if (parent && index)
                attachIndex(state, index, parent);
            // The parent's becomes valid with the last one.
            if (parent)
                catalog.change(keyOf(parent), { valid: unknownValue });
            return;
        }
        case 'cluster': {
            const table = op.table && relationOf(catalog, op.table);
            if (!table || op.index === undefined)
                return;
            const chosen = identityOf(`${partsOf(op.table ?? 'public.')[0]}.${op.index}`);
            for (const each of catalog.members(keyOf(table))) {
                if (each.kind === 'index')
                    catalog.change(keyOf(each), { clustered: each.identity === chosen });
            }
            return;
        }
        case 'refresh-materialized-view': {
            const view = relationOf(catalog, op.view);
            if (view)
                catalog.change(keyOf(view), { populated: op.withData });
            return;
        }
        case 'create-type':
            createType(state, op);
            return;
        case 'drop-type':
            dropAll(state, typeOf(state, identityOf(op.type)));
            return;
        case 'add-enum-value':
            addEnumValue(state, op);
            return;
        case 'alter-domain':
            alterDomain(state, op);
            return;
        case 'create-function':
            createFunction(state, op);
            return;
        case 'alter-function': {
            const entry = routineOf(catalog, { name: op.function, arguments: op.arguments });
            if (entry)
                catalog.change(keyOf(entry), { definition: unknownValue });
            return;
        }
        case 'create-view':
            createView(state, op);
            return;
        case 'create-trigger': {
            const table = relationOf(catalog, op.table);
            if (table)
                createTrigger(state, table, op);
            return;
        }
        case 'create-policy':
        case 'alter-policy': {
            const table = relationOf(catalog, op.table);
            if (table)
                catalog.set(apply_open('policy', `${table.identity}.${quoted(op.policy)}`, table));
            return;
        }
        case 'create-schema':
            if (catalog.has('schema', quoted(op.schema)))
                return;
            catalog.set({ kind: 'schema', identity: quoted(op.schema), belongsTo: [], attributes: { owner: unknownValue } });
            return;
        case 'create-extension':
            createExtension(state, op);
            return;
        case 'create-sequence': {
            const identity = identityOf(op.sequence);
            if (!catalog.has('sequence', identity))
                createSequence(state, identity, op.changes, apply_ownerOf(state, op), op.temporary);
            return;
        }
        case 'alter-sequence': {
            const sequence = catalog.get(`sequence ${identityOf(op.sequence)}`);
            const owner = op.changes.ownedBy === 'none' ? 'none' : apply_ownerOf(state, op);
            if (sequence)
                alterSequence(state, sequence, op.changes, owner);
            return;
        }
        case 'grant':
        case 'revoke':
            // Which privileges an object has in the end depends on who grants; nothing here asks.
            catalog.set(apply_open(op.future ? 'default privileges' : 'privileges', unknownValue));
            return;
        case 'create-object':
            createObject(state, op);
            return;
        case 'drop-object':
            dropObject(state, op);
            return;
        case 'rename':
            rename(state, op);
            return;
        case 'set-schema':
            setSchema(state, op);
            return;
        case 'change-owner':
            changeOwner(state, op);
            return;
        case 'comment':
            comment(state, op);
            return;
        case 'set':
            if (op.setting === 'role' || op.setting === 'session_authorization')
                state.owner = unknownValue;
            return;
        case 'set-for-later':
            if (op.on !== 'system')
                catalog.set(apply_open('settings', unknownValue));
            return;
        case 'alter-composite-type':
        case 'hidden-sql':
        case 'execute':
            state.lost();
            return;
        case 'query':
            if (op.calls.some((call) => !harmless.has(call)))
                state.lost();
            return;
        case 'other':
            if (!harmlessStatements.has(op.statement))
                state.lost();
            return;
        default: {
            const table = 'table' in op && op.table !== undefined ? relationOf(catalog, op.table) : undefined;
            if (table && 'table' in op && op.table !== undefined)
                alterTable(state, table, { ...op, table: op.table });
        }
    }
}
/** Functions of PostgreSQL that change no schema. One of the user's own may. */
const harmless = new Set(`set_config setval nextval currval now count max min sum avg coalesce random generate_series pg_sleep current_setting pg_notify
  pg_get_serial_sequence lower upper length pg_advisory_lock pg_advisory_xact_lock pg_advisory_unlock`.split(/\s+/));
const harmlessStatements = new Set([
    'CheckPointStmt',
    'DeallocateStmt',
    'DiscardStmt',
    'ExplainStmt',
    'ListenStmt',
    'LoadStmt',
    'NotifyStmt',
    'TransactionStmt',
    'UnlistenStmt',
    'VariableSetStmt',
    'VariableShowStmt',
]);
function createExtension({ catalog }, op) {
    const identity = quoted(op.extension);
    if (catalog.has('extension', identity))
        return;
    const entry = apply_open('extension', identity);
    const schema = op.schema === undefined ? unknownValue : quoted(op.schema);
    catalog.set({ ...entry, attributes: { schema, ...entry.attributes } });
    // Most bring a comment of their own.
    catalog.set({ ...apply_open('comment', `${keyOf(entry)}${unknownValue}`), belongsTo: [keyOf(entry)] });
}
/** An object of which only the identity is known. */
function apply_open(kind, identity, table) {
    return { kind, identity, belongsTo: table ? [keyOf(table)] : [], attributes: { [unknownValue]: unknownValue } };
}
function dropAll(state, entry) {
    if (entry)
        drop(state, entry);
}
function typeOf({ catalog }, identity) {
    return ['enum', 'domain', 'composite type', 'range', 'type']
        .map((kind) => catalog.get(`${kind} ${identity}`))
        .find((entry) => entry !== undefined);
}
function apply_ownerOf({ catalog }, { changes: { ownedBy } }) {
    if (ownedBy === undefined || ownedBy === 'none')
        return undefined;
    const table = relationOf(catalog, ownedBy.table);
    return table && { table, column: ownedBy.column };
}
function createObject(state, op) {
    const table = op.table && relationOf(state.catalog, op.table);
    if (op.object === 'database' || op.object === 'tablespace')
        return;
    // Objects that come with others, or whose names are made of types, are not told one by one.
    const isPlain = table ?? ['publication', 'event trigger', 'access method', 'language'].includes(op.object);
    if (!isPlain) {
        state.catalog.set(apply_open(op.object, unknownValue));
        // A class without a family makes one.
        if (op.object === 'operator class')
            state.catalog.set(apply_open('operator family', unknownValue));
        return;
    }
    const isOnTable = op.object === 'rule';
    const named = op.name.includes('.') ? identityOf(op.name) : quoted(op.name);
    state.catalog.set(apply_open(op.object, isOnTable ? `${table?.identity}.${named}` : named, table));
}
function dropObject(state, op) {
    const { catalog } = state;
    const qualified = op.name.includes('.') ? identityOf(op.name) : quoted(op.name);
    if (['function', 'procedure', 'aggregate', 'routine'].includes(op.object)) {
        dropAll(state, routineOf(catalog, op));
        return;
    }
    if (op.object === 'schema') {
        dropSchema(state, quoted(op.name));
        return;
    }
    if (op.object === 'extension') {
        // What is in it is not known, so neither is what falls with it.
        if (op.cascade)
            state.lost();
        catalog.delete(`extension ${qualified}`);
        return;
    }
    const table = op.table && relationOf(catalog, op.table);
    dropAll(state, catalog.get(`${op.object} ${table ? `${table.identity}.${quoted(op.name)}` : qualified}`));
}
function dropSchema(state, schema) {
    for (const entry of state.catalog.all())
        if (entry.identity.startsWith(`${schema}.`))
            drop(state, entry);
    dropAll(state, state.catalog.get(`schema ${schema}`));
}
function changeOwner(state, op) {
    const { catalog } = state;
    const owner = /^(?:CURRENT_USER|CURRENT_ROLE|SESSION_USER)$/.test(op.owner) ? unknownValue : quoted(op.owner);
    const qualified = op.name.includes('.') ? identityOf(op.name) : quoted(op.name);
    const entry = (op.arguments || op.object === 'function' ? routineOf(catalog, op) : undefined) ??
        catalog.get(`${op.object} ${qualified}`) ??
        (op.object === 'type' ? typeOf(state, qualified) : undefined) ??
        (op.name.includes('.') ? relationOf(catalog, op.name) : undefined);
    if (!entry)
        return;
    catalog.change(keyOf(entry), { owner });
    // Its indexes and sequences go along.
    for (const each of catalog.members(keyOf(entry)))
        if (each.kind === 'sequence')
            catalog.change(keyOf(each), { owner });
}
function comment(state, op) {
    const { catalog } = state;
    const key = commented(state, op);
    if (key === undefined) {
        state.lost();
        return;
    }
    if (op.comment === undefined || op.comment === '')
        catalog.delete(`comment ${key}`);
    else
        catalog.set({ kind: 'comment', identity: key, belongsTo: [key], attributes: { comment: op.comment } });
}
function commented(state, op) {
    const { catalog } = state;
    const table = op.table && relationOf(catalog, op.table);
    if (op.object === 'column')
        return table && state_columnKey(table, op.name);
    if (op.object === 'domain constraint')
        return `constraint ${op.table && identityOf(op.table)}.${quoted(op.name)}`;
    if (table)
        return `${op.object} ${table.identity}.${quoted(op.name)}`;
    if (['function', 'procedure', 'aggregate', 'routine'].includes(op.object)) {
        const routine = routineOf(catalog, op);
        return routine && keyOf(routine);
    }
    const qualified = op.name.includes('.') ? identityOf(op.name) : quoted(op.name);
    const entry = catalog.get(`${op.object} ${qualified}`) ?? (op.object === 'type' ? typeOf(state, qualified) : undefined);
    return entry && keyOf(entry);
}

;// CONCATENATED MODULE: ./src/lint/replay/replay.ts



/** What every database begins with. */
const empty = [{ kind: 'schema', identity: 'public', attributes: { owner: unknownValue } }];
/** Follows statements through a schema without a server, keeping what it was before each of them. */
class Replay {
    catalog;
    #state;
    #isComplete = true;
    /** Where the catalog stood at BEGIN and at each SAVEPOINT since. */
    #begun = [];
    constructor(start = empty, { owner = unknownValue, major = 17 } = {}) {
        const isBranch = 'replay' in start;
        this.catalog = isBranch ? start.replay.catalog.at(start.moment) : new Catalog();
        if (isBranch)
            this.#isComplete = start.isComplete;
        else
            for (const object of start)
                this.catalog.set({ belongsTo: [], ...object, ...replay_needsOf(object) });
        this.#state = { catalog: this.catalog, owner, major, lost: () => this.lose() };
    }
    get isComplete() {
        return this.#isComplete;
    }
    /** Runs one statement. The moment after it is one later than the moment before. */
    run({ operations }) {
        this.catalog.moment++;
        for (const op of operations)
            if (op.kind === 'transaction-control' && !op.inside)
                this.#transaction(op);
        applyStatement(this.#state, operations);
    }
    /** What a snapshot of a server would hold, as far as it is known. Temporary objects belong to a session, not to the database. */
    schema(moment = this.catalog.moment) {
        const objects = this.catalog
            .all(moment)
            .filter(({ identity, belongsTo }) => !isTemporary(identity) && !belongsTo.some(isTemporary));
        return objects
            .map(({ kind, identity, attributes, belongsTo }) => belongsTo.length === 0 ? { kind, identity, attributes } : { kind, identity, attributes, belongsTo })
            .sort((a, b) => compare(a.kind, b.kind) || compare(a.identity, b.identity));
    }
    #transaction({ action, savepoint }) {
        const at = this.#begun.findLastIndex(({ name }) => name === savepoint);
        switch (action) {
            case 'begin':
                if (this.#begun.length === 0)
                    this.#begun.push({ name: undefined, mark: this.catalog.mark });
                return;
            case 'savepoint':
                this.#begun.push({ name: savepoint, mark: this.catalog.mark });
                return;
            case 'release':
                if (at >= 0)
                    this.#begun.splice(at);
                return;
            case 'rollback-to':
                this.catalog.undo(this.#begun[at]?.mark ?? this.catalog.mark);
                if (at >= 0)
                    this.#begun.splice(at + 1);
                return;
            case 'rollback':
                this.catalog.undo(this.#begun[0]?.mark ?? this.catalog.mark);
                this.#begun = [];
                return;
            default:
                this.#begun = [];
        }
    }
    /** Says that something was done that cannot be followed. */
    lose() {
        this.#isComplete = false;
    }
}
/** A foreign key falls with the table that it points to. */
function replay_needsOf({ kind, attributes: { definition } }) {
    const target = kind === 'constraint' ? / REFERENCES ((?:"(?:[^"]|"")*"|[^\s"(])+)\(/.exec(String(definition))?.[1] : undefined;
    return target === undefined ? {} : { needs: [`table ${target}`] };
}
function isTemporary(key) {
    return /(?:^| )pg_temp\./.test(key);
}
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./src/lint/replay/tables-at.ts




/** Answers from a catalog as it was at one moment. */
function tablesAt(history, moment, isComplete) {
    const catalog = history.at(moment);
    const relation = (table) => relationOf(catalog, table);
    const members = (table, kind) => {
        const entry = relation(table);
        return entry ? catalog.members(keyOf(entry)).filter((each) => each.kind === kind) : [];
    };
    const tables = {
        isComplete,
        has: (table) => relation(table) !== undefined,
        columnsOf(table) {
            const entry = relation(table);
            const order = entry && columnOrder(catalog, entry);
            const columns = order
                ? order.flatMap((name) => catalog.get(state_columnKey(entry, name)) ?? [])
                : members(table, 'column').filter(({ identity }) => !identity.endsWith(unknownValue));
            return columns.map(columnOf);
        },
        columnOf(table, column) {
            const entry = relation(table);
            const found = entry && catalog.get(state_columnKey(entry, column));
            return found && columnOf(found);
        },
        constraintsOf: (table) => members(table, 'constraint').flatMap((entry) => constraintOf(table, entry)),
        indexesOf: (table) => members(table, 'index').map((entry) => indexOf(table, entry)),
        indexOf(name) {
            const entry = catalog.get(`index ${identityOf(name)}`);
            const owner = entry && ownerOf(catalog, entry);
            return owner && indexOf(nameOf(owner.identity), entry);
        },
        foreignKeysTo(table) {
            const entry = relation(table);
            return (entry ? catalog.dependents(keyOf(entry)) : []).flatMap((each) => {
                const owner = each.kind === 'constraint' ? ownerOf(catalog, each) : undefined;
                return owner ? constraintOf(nameOf(owner.identity), each) : [];
            });
        },
        isPartitioned: (table) => relation(table)?.attributes.partitionBy !== undefined,
        parentOf(table) {
            const entry = relation(table);
            const parent = entry?.attributes.partition === undefined ? undefined : ownerOf(catalog, entry);
            return parent && nameOf(parent.identity);
        },
        childrenOf(table) {
            const entry = relation(table);
            return entry ? children(catalog, entry).map(({ identity }) => nameOf(identity)) : [];
        },
        viewsOn(table) {
            const entry = relation(table);
            const needing = entry ? catalog.dependents(keyOf(entry)) : [];
            return needing.filter(({ kind }) => kind.endsWith('view')).map(({ identity }) => nameOf(identity));
        },
        triggersOf: (table) => members(table, 'trigger').map(lastName),
        typeOf: (type) => tables_at_typeOf(catalog, identityOf(type)),
        functionsNamed(name) {
            const own = identityOf(name);
            return catalog.routines(own).map(({ identity }) => {
                const list = identity.slice(own.length + 1, -1);
                return list === '' ? [] : list.split(',');
            });
        },
        isProvenNotNull: (table, column) => tables
            .constraintsOf(table)
            .some(({ type, validated, definition }) => type === 'check' && validated && proves(definition, column)),
    };
    return tables;
}
function columnOf(entry) {
    const { type, notNull, default: value, identity, generated, collation } = entry.attributes;
    return {
        name: lastName(entry),
        type: String(type),
        notNull: notNull === true,
        default: value === undefined ? undefined : String(value),
        identity: identity,
        generated: generated,
        collation: collation === undefined ? undefined : String(collation),
    };
}
function constraintOf(table, entry) {
    const { type, validated } = entry.attributes;
    if (entry.identity.endsWith(unknownValue))
        return [];
    const definition = String(entry.attributes.definition);
    const target = /REFERENCES ((?:"(?:[^"]|"")*"|[^\s"(])+)\((unknown\(\)|.*?)\)/.exec(definition);
    const keys = /^(?:PRIMARY KEY|UNIQUE(?: NULLS NOT DISTINCT)?|FOREIGN KEY) \((.*?)\)/.exec(definition)?.[1];
    return {
        name: lastName(entry),
        table,
        type: type,
        definition,
        columns: keys === undefined ? (entry.columns ?? []) : names(keys),
        references: target?.[1] === undefined ? undefined : { table: nameOf(target[1]), columns: names(target[2] ?? '') },
        validated: validated === true,
    };
}
function indexOf(table, entry) {
    const definition = String(entry.attributes.definition);
    const shape = / USING (\w+) \((.*?)\)(?= INCLUDE | NULLS NOT | WITH \(| WHERE |$)/.exec(definition);
    const keys = (shape?.[2] ?? unknownValue).split(', ').map((key) => /^("(?:[^"]|"")+"|\w+)(?: |$)/.exec(key)?.[1]);
    const expression = keys.indexOf(undefined);
    const constraint = entry.belongsTo.find((key) => key.startsWith('constraint '));
    return {
        name: nameOf(entry.identity),
        table,
        definition,
        method: shape?.[1] ?? unknownValue,
        unique: definition.startsWith('CREATE UNIQUE '),
        columns: keys.slice(0, expression < 0 ? keys.length : expression).map((key) => plainName(key ?? '')),
        partial: expression >= 0 || definition.includes(' WHERE '),
        valid: entry.attributes.valid === true,
        constraint: constraint === undefined ? undefined : lastName({ identity: constraint }),
    };
}
function tables_at_typeOf(catalog, identity) {
    const kinds = ['enum', 'domain', 'composite type', 'range', 'type'];
    const kind = kinds.find((each) => catalog.has(each, identity));
    const entry = kind && catalog.get(`${kind} ${identity}`);
    if (!kind || !entry)
        return undefined;
    const { labels, base, notNull } = entry.attributes;
    return {
        kind,
        labels: Array.isArray(labels) ? labels.map(String) : [],
        base: base === undefined ? undefined : String(base),
        isConstrained: notNull === true || catalog.members(keyOf(entry)).some((each) => each.kind === 'constraint'),
    };
}
function names(list) {
    return list === '' || list.includes(unknownValue) ? [] : list.split(', ').map(plainName);
}
/** One of the conditions that AND joins is that the column is not null. */
function proves(definition, column) {
    const inside = /^CHECK \((.*)\)(?: NO INHERIT)?$/.exec(definition)?.[1] ?? '';
    const test = `(${quoted(column)} IS NOT NULL)`;
    return (inside === test ||
        (!/ OR |CASE/.test(inside) &&
            inside.startsWith('(') &&
            inside.split(' AND ').some((part) => part === test || part === `(${test}` || part === `${test})`)));
}

;// CONCATENATED MODULE: ./src/lint/timeline.ts


/** Nothing is replayed before somebody asks. */
function timeline(migrations) {
    let made;
    const get = () => {
        made ??= replayed(migrations);
        return made;
    };
    return {
        before: (op) => get().before(op),
        after: (index) => get().after(index),
    };
}
function replayed(migrations) {
    const ups = new Replay();
    const places = new Map();
    const ends = [];
    const known = [true];
    const note = (replay, { operations }) => {
        const moment = replay.catalog.moment;
        const { isComplete } = replay;
        for (const op of operations)
            places.set(op, () => tablesAt(replay.catalog, moment, isComplete));
    };
    for (const { up } of migrations) {
        for (const statement of up.statements) {
            note(ups, statement);
            ups.run(statement);
        }
        if (up.unreadable.length > 0)
            ups.lose();
        ends.push(ups.catalog.moment);
        known.push(ups.isComplete);
    }
    for (const [index, { down }] of migrations.entries()) {
        if (!down)
            continue;
        const statements = down.statements;
        let branch;
        const run = () => {
            branch = new Replay({ replay: ups, moment: ends[index] ?? 0, isComplete: known[index + 1] ?? false });
            for (const statement of statements) {
                note(branch, statement);
                branch.run(statement);
            }
        };
        for (const { operations } of statements) {
            for (const op of operations) {
                places.set(op, () => {
                    if (!branch)
                        run();
                    return places.get(op)?.() ?? tablesAt(ups.catalog, 0, false);
                });
            }
        }
    }
    return {
        before: (op) => places.get(op)?.() ?? tablesAt(ups.catalog, 0, false),
        after: (index) => tablesAt(ups.catalog, ends[index] ?? 0, known[index + 1] ?? false),
    };
}

;// CONCATENATED MODULE: ./src/lint/transactions.ts
/**
 * What the last of these scripts does, each operation with the transaction that it runs in. Constraints that come with CREATE TABLE
 * are left out.
 *
 * @param scripts run one after the other; where the tool runs several in one transaction, it goes on from one to the next
 */
function placed(scripts) {
    const last = scripts.at(-1);
    const found = [];
    let open;
    for (const script of scripts) {
        const { statements, transaction } = script;
        const wraps = transaction === 'query' ? statements.length > 1 : transaction !== 'none';
        if (transaction !== 'run')
            open = undefined;
        // After the file's own COMMIT the tool does not begin again: what follows runs statement by statement.
        let hasEnded = false;
        for (const statement of statements) {
            if (wraps && statement.autocommit)
                open = undefined;
            if (wraps && !statement.autocommit && !hasEnded)
                open ??= begun('tool');
            let alone = begun(undefined);
            const created = statement.operations.flatMap((op) => (op.kind === 'create-table' ? op.table : []));
            for (const op of statement.operations) {
                if (op.kind === 'transaction-control') {
                    const ends = op.action === 'commit' || op.action === 'rollback';
                    if (op.inside)
                        alone = ends ? begun(undefined) : alone;
                    else if (op.action === 'begin')
                        open ??= begun('file');
                    else if (ends) {
                        open = undefined;
                        hasEnded = transaction !== 'query';
                    }
                    continue;
                }
                if (op.kind === 'add-constraint' && created.includes(op.table))
                    continue;
                const within = open ?? alone;
                within.operations.push(op);
                if (script === last)
                    found.push({ op, statement, transaction: within });
            }
        }
    }
    return found;
}
function begun(openedBy) {
    return { openedBy, operations: [] };
}

;// CONCATENATED MODULE: ./src/lint/typed-columns.ts
/** The columns that an operation gives a type, with that type. A cast column of `CREATE TABLE … AS` is not told. */
function typedColumns(op) {
    switch (op.kind) {
        case 'create-table':
            return op.columns.map((column) => ({ table: op.table, ...column }));
        case 'add-column':
            return [{ table: op.table, ...op.column }];
        case 'alter-column-type':
            return [{ table: op.table, name: op.column, type: op.type, userType: op.userType, filledBy: undefined }];
        default:
            return [];
    }
}

;// CONCATENATED MODULE: ./src/lint/history.ts








function operationsOf(script) {
    return (script?.statements ?? []).flatMap((statement) => statement.operations);
}
/** The migrations that this change brings or edits, in order, each with what rules may ask about it. */
function contexts({ tool, migrations, hasDowngrades = true, major = 17, settings = {}, isOneByOne = false, sizes, }) {
    const ups = migrations.map((migration) => operationsOf(migration.up));
    const all = ups.flat();
    // Where each migration begins among all operations and all statements: slices of those are asked for once a migration, or more often.
    const firstOperations = starts(ups);
    const statements = migrations.flatMap(({ up }) => up.statements);
    const firstStatements = starts(migrations.map(({ up }) => up.statements));
    const createdBy = tablesCreated(migrations, ups);
    const addedBy = columnsAdded(migrations, ups);
    const keys = keysOf(all);
    const tables = timeline(migrations);
    const indexes = indexesOf(all);
    const partitioned = new Set(all.flatMap((op) => (op.kind === 'create-table' && op.partitionBy ? op.table : [])));
    return migrations.flatMap((migration, index) => {
        if (migration.status === 'base')
            return [];
        const recreated = new Set(operationsOf(migration.down).flatMap((op) => (op.kind === 'create-table' ? op.table : [])));
        // Many rules ask the same.
        const transactions = new Map();
        const before = (op) => {
            const known = [...all.slice(0, firstOperations[index + 1]), ...operationsOf(migration.down)];
            return known.slice(0, known.indexOf(op));
        };
        return {
            tool,
            hasDowngrades,
            major,
            settings,
            migration,
            scripts: migration.down ? [migration.up, migration.down] : [migration.up],
            get before() {
                return migrations.slice(0, index);
            },
            get earlier() {
                if (isOneByOne)
                    return [];
                return migrations.slice(0, index).flatMap(({ status, up }) => (status === 'base' ? [] : up.statements));
            },
            get later() {
                return statements.slice(firstStatements[index + 1]);
            },
            isEmpty,
            refusal: refusalIn,
            isNew: (table) => {
                const creator = createdBy.get(table) ?? Number.POSITIVE_INFINITY;
                return (isOneByOne ? creator === index : creator <= index) || recreated.has(table);
            },
            isNewColumn: (table, column) => {
                const creator = addedBy.get(columnKey(table, column)) ?? Number.POSITIVE_INFINITY;
                return isOneByOne ? creator === index : creator <= index;
            },
            isKey: (table, columns) => (keys.get(table) ?? []).some((key) => key.every((column) => columns.includes(column))),
            placed: (script) => {
                const known = transactions.get(script);
                if (known)
                    return known;
                const others = isOneByOne ? [] : migrations.slice(0, index).filter(({ status }) => status !== 'base');
                const found = placed(script.direction === 'up' ? [...others.map(({ up }) => up), script] : [script]);
                transactions.set(script, found);
                return found;
            },
            locks: locks/* locksOf */.a,
            typedColumns: typedColumns,
            typeBefore: (op) => typeAfter(before(op), op.table, op.column),
            isChecked: (op) => before(op).some((each) => (each.kind === 'validate-constraint' ||
                (each.kind === 'add-constraint' && each.type === 'check' && !each.notValid)) &&
                each.table === op.partition),
            isProven: (op) => isProvenNotNull(before(op), op) || isNotNullIn(tables.before(op), op),
            typeAt: (op, table, column) => typeAfter(before(op), table, column),
            tableOf: (name) => indexes.get(name),
            isPartitioned: (table) => partitioned.has(table),
            tablesBefore: (op) => tables.before(op),
            tablesAfter: () => tables.after(index),
            rows: (table) => sizes?.get(table)?.rows,
        };
    });
}
/** For each list, how many elements stand in those before it; and at the end, in all. */
function starts(lists) {
    const found = [0];
    for (const list of lists)
        found.push((found.at(-1) ?? 0) + list.length);
    return found;
}
function isEmpty(script) {
    return script.unreadable.length === 0 && operationsOf(script).every((op) => op.kind === 'transaction-control');
}
/** Which changed migration first creates a table. IF NOT EXISTS creates nothing where an earlier migration has made the table. */
function tablesCreated(migrations, ups) {
    const exists = new Set();
    const created = new Map();
    for (const [index, operations] of ups.entries()) {
        for (const op of operations) {
            if (op.kind === 'drop-table')
                exists.delete(op.table);
            if (op.kind !== 'create-table')
                continue;
            const isThere = op.ifNotExists && exists.has(op.table);
            if (migrations[index]?.status !== 'base' && !isThere && !created.has(op.table))
                created.set(op.table, index);
            exists.add(op.table);
        }
    }
    return created;
}
/** Also those of constraints with a name of their own. */
function indexesOf(operations) {
    const indexes = new Map();
    for (const op of operations) {
        const name = op.kind === 'create-index' ? op.index : op.kind === 'add-constraint' ? op.constraint : undefined;
        if (name === undefined || !('table' in op) || op.table === undefined)
            continue;
        indexes.set(`${op.table.slice(0, op.table.indexOf('.'))}.${name}`, op.table);
    }
    return indexes;
}
function keysOf(operations) {
    const keys = new Map();
    for (const op of operations) {
        const isConstraint = op.kind === 'add-constraint' && (op.type === 'primary-key' || op.type === 'unique');
        const isIndex = op.kind === 'create-index' && op.unique && !op.partial;
        if ((!isConstraint && !isIndex) || op.columns.length === 0)
            continue;
        keys.set(op.table, [...(keys.get(op.table) ?? []), op.columns]);
    }
    return keys;
}


/***/ }),

/***/ 5859:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  P: () => (/* binding */ checkIgnored),
  f: () => (/* binding */ withoutIgnored)
});

// EXTERNAL MODULE: ./node_modules/picomatch/index.js
var picomatch = __webpack_require__(4006);
var picomatch_default = /*#__PURE__*/__webpack_require__.n(picomatch);
// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: ./src/lint/settings.ts
var lint_settings = __webpack_require__(6576);
;// CONCATENATED MODULE: ./src/lint/comments.ts

const opening = String.raw `(?:--|#|/\*)\s*`;
/** `-- migration-gate: ignore blocking-index, other: twelve rows`; `ignore-file` for the file as a whole. */
const ours = new RegExp(`${opening}migration-gate:\\s*(?<verb>[\\w-]*)(?<rest>.*)`);
/** https://squawkhq.com/docs/cli: what follows a name after `--` is a reason. */
const squawk = new RegExp(`${opening}squawk-(?<verb>ignore|ignore-file)(?=\\s|\\*/|$)(?<rest>.*)`);
/** https://kaveland.no/eugene/: in this form and in no other; test/lint/ignore.test.ts has what eugene itself makes of others. */
const eugene = /-- eugene: (?<verb>ignore)(?=\s|$)(?<rest>.*)/;
/**
 * The ignore comments of a file: ours, squawk's and eugene's. At the end of a line a comment covers that line; on a line of its own it
 * covers what follows, down to the next line of code; above all code the beginning of the file, too, where findings about the file as a
 * whole stand. `ignore-file` covers the whole file.
 */
function ignoresIn(text, rules) {
    const lines = text.split('\n');
    const code = codeLines(text);
    return lines.flatMap((line, index) => {
        const read = reading(line, rules);
        return read ? { ...read, ...covered(index, code, read.isFile), line: index + 1 } : [];
    });
}
function reading(line, rules) {
    const own = ours.exec(line);
    if (own) {
        const { verb = '', rest = '' } = own.groups ?? {};
        const isIgnore = verb === 'ignore' || verb === 'ignore-file';
        const [names = '', ...reason] = withoutEnd(rest).split(':');
        return {
            column: own.index + 1,
            isFile: verb === 'ignore-file',
            isOurs: true,
            names: isIgnore ? list(names).map((name) => ({ name, rules: (0,lint_settings/* rulesNamed */.f$)(name, rules) })) : [],
            reason: reason.join(':').trim() || undefined,
        };
    }
    for (const [linter, pattern] of [['squawk', squawk], ['eugene', eugene]]) {
        const found = pattern.exec(line);
        if (!found)
            continue;
        const { verb = '', rest = '' } = found.groups ?? {};
        const named = list(withoutEnd(rest)).map((name) => ({ name, rules: (0,lint_settings/* rulesNamed */.f$)(`${linter}:${name}`, rules) }));
        const isAll = named.length === 0 && (linter === 'eugene' || verb === 'ignore-file');
        const all = {
            name: linter,
            rules: rules.filter(({ aliases = [] }) => aliases.some((each) => each.startsWith(linter))),
        };
        return {
            column: found.index + 1,
            isFile: verb === 'ignore-file',
            isOurs: false,
            names: isAll ? [all] : named,
            reason: linter,
        };
    }
    return undefined;
}
/** Without a comment behind the comment, and without the end of a comment in asterisks. */
function withoutEnd(text) {
    return text.replace(/\*\/.*$/, '').replace(/(?:^|\s)--(?:\s.*)?$/, '');
}
function list(text) {
    return text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
}
function covered(index, code, isFile) {
    if (isFile)
        return { from: 1, to: code.length };
    if (code[index])
        return { from: index + 1, to: index + 1 };
    const next = code.findIndex((isCode, at) => at > index && isCode);
    return { from: code.indexOf(true) === next ? 1 : index + 1, to: next < 0 ? code.length : next + 1 };
}
/** Which lines hold more than comments. A comment in asterisks and a docstring at the top of a Python file are none. */
function codeLines(text) {
    const blank = (part) => part.replace(/[^\n]/g, ' ');
    return text
        .replace(/^\s*(?:#.*\n\s*)*("""|''')[\s\S]*?\1/, blank)
        .replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, blank)
        .split('\n')
        .map((line) => !/^\s*(?:(?:--|#).*)?$/.test(line));
}

// EXTERNAL MODULE: ./src/lint/lint.ts + 1 modules
var lint = __webpack_require__(9846);
// EXTERNAL MODULE: ./src/lint/order.ts
var order = __webpack_require__(7117);
;// CONCATENATED MODULE: ./src/lint/ignore.ts






/**
 * The findings without those that a comment in their file or the configuration asks to ignore, and with what the rules say of the comments.
 * A comment of ours needs a reason: without one it ignores nothing.
 */
function withoutIgnored(findings, { migrations, texts, rules, wasRun, settings = [], refuted = [] }) {
    const comments = new Map([...texts].map(([file, text]) => [file, ignoresIn(text, rules)]));
    const bySettings = matcher(settings, rules);
    const isIgnored = (finding) => (comments.get(finding.at.file) ?? []).some((comment) => ignores(comment, finding)) || bySettings(finding);
    const reviewers = (0,lint_settings/* active */.vu)(rules).filter(({ review }) => review);
    const judge = reviewers.length > 0 ? judgement([...findings, ...refuted], rules, wasRun) : undefined;
    const said = !judge
        ? []
        : migrations.flatMap((migration) => {
            const written = filesOf(migration).flatMap((file) => comments.get(file)?.map((comment) => judge(comment, file, migration)) ?? []);
            const own = written.filter((comment) => comment !== undefined);
            return reviewers.flatMap((rule) => [...(rule.review?.(own) ?? [])].map((report) => (0,lint/* stamp */.iE)(report, rule, migration, 'read')));
        });
    const all = [...findings, ...said];
    const left = all.filter((finding) => !isIgnored(finding));
    return { findings: said.length > 0 ? (0,order/* inOrder */.a)(left, migrations) : left, ignored: all.length - left.length };
}
function ignores(comment, finding) {
    return (comment.reason !== undefined &&
        covers(comment, finding) &&
        comment.names.some(({ rules }) => rules.some(({ name }) => name === finding.rule)));
}
function covers({ from, to }, { at }) {
    return from <= at.endLine && at.line <= to;
}
function filesOf({ up, down }) {
    return [...new Set([up.file, ...(down ? [down.file] : [])])];
}
/** What came of a comment; undefined for one that is another linter's to judge. */
function judgement(findings, rules, wasRun) {
    const looking = new Set((0,lint_settings/* active */.vu)(rules).map(({ name }) => name));
    return (comment, file, { id, up, down }) => {
        if (!comment.isOurs)
            return undefined;
        const { line, column, reason, names } = comment;
        const here = new Set(findings.flatMap((each) => (each.at.file === file && covers(comment, each) ? each.rule : [])));
        const couldSpeak = (rule) => looking.has(rule.name) && !rule.review && (!rule.observe || wasRun(id));
        const outcome = (meant) => {
            if (meant.length === 0)
                return 'unknown';
            if (meant.some(({ name }) => here.has(name)))
                return 'used';
            return meant.every(couldSpeak) ? 'unused' : 'open';
        };
        const isDown = down?.file === file && (up.file !== file || line >= down.at.line);
        return {
            at: { file, line, column, endLine: line },
            direction: isDown ? 'down' : 'up',
            reason,
            rules: names.map(({ name, rules: meant }) => ({
                name,
                outcome: outcome(meant),
                nearest: meant.length === 0 ? (0,lint_settings/* nearestRule */.V1)(name, rules) : undefined,
            })),
        };
    };
}
/** @throws UserError where the configuration names a rule that does not exist */
function checkIgnored(settings, rules) {
    const problems = settings.flatMap(({ rules: names, place }) => names.flatMap((name) => (0,lint_settings/* rulesNamed */.f$)(name, rules).length === 0 ? `${place}: ignore: ${name}: ${(0,lint_settings/* unknownRule */.b6)(name, rules)}` : []));
    if (problems.length > 0)
        throw new errors/* UserError */.y(problems.join('\n'));
}
function matcher(settings, rules) {
    const entries = settings.map(({ rules: names, files }) => ({
        rules: new Set(names.flatMap((name) => (0,lint_settings/* rulesNamed */.f$)(name, rules).map((rule) => rule.name))),
        isMatch: picomatch_default()([...files], { dot: true }),
    }));
    return ({ rule, at }) => entries.some((entry) => entry.rules.has(rule) && entry.isMatch(at.file));
}


/***/ }),

/***/ 6186:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O5: () => (/* binding */ withoutKnown),
/* harmony export */   Uj: () => (/* binding */ readKnown),
/* harmony export */   g0: () => (/* binding */ fingerprinted),
/* harmony export */   jk: () => (/* binding */ writtenKnown)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7597);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7206);
/* harmony import */ var _settings_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6576);




/** What the file of known findings says at its beginning, and how it is laid out. */
const layout = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    version: zod__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz(1),
    about: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().optional(),
    findings: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
        file: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
        rule: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
        direction: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['up', 'down']),
        statement: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
        fingerprint: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    })),
});
const about = 'Findings that were there when the gate was adopted, written by "migration-gate check --all --write-known". They do not block.';
/** What is shown of a statement, in characters. */
const shown = 100;
/**
 * What a finding is known by later: its rule, file, direction and statement, and the how manieth such one it is. Lines may move and
 * messages may be worded anew.
 */
function fingerprinted(findings, migrations) {
    const counts = new Map();
    return new Map(findings.map((finding) => {
        const { rule, direction, at } = finding;
        const statement = statementAt(finding, migrations);
        const same = JSON.stringify([rule, at.file, direction, statement]);
        const nth = (counts.get(same) ?? 0) + 1;
        counts.set(same, nth);
        const fingerprint = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(`${same}${nth}`).digest('hex').slice(0, 32);
        const excerpt = statement.length > shown ? `${statement.slice(0, shown - 1)}…` : statement;
        return [finding, { file: at.file, rule, direction, statement: excerpt, fingerprint }];
    }));
}
/** The text of the statement with single spaces; empty for a finding about the migration as a whole. */
function statementAt({ at, migration: id }, migrations) {
    const migration = migrations.find((each) => each.id === id);
    const statements = [...(migration?.up.statements ?? []), ...(migration?.down?.statements ?? [])].filter((each) => each.at.file === at.file && each.at.line <= at.line && at.line <= each.at.endLine);
    const before = (each) => each.at.line < at.line || each.at.column <= at.column;
    return (statements.filter(before).at(-1) ?? statements[0])?.sql.replace(/\s+/g, ' ').trim() ?? '';
}
/**
 * Parts the findings that are known from those that are new.
 * @param wasRun whether a migration, by its id, was run: what only a run shows is not missed where there was none
 * @returns also the known ones of these files that were not found again
 */
function withoutKnown(findings, known, { migrations, history, rules, wasRun, }) {
    const prints = fingerprinted(findings, history);
    const expected = new Set(known.map(({ fingerprint }) => fingerprint));
    const left = findings.filter((finding) => !expected.has(prints.get(finding)?.fingerprint ?? ''));
    const found = new Set([...prints.values()].map(({ fingerprint }) => fingerprint));
    const looking = new Map((0,_settings_js__WEBPACK_IMPORTED_MODULE_2__/* .active */ .vu)(rules).map((rule) => [rule.name, rule]));
    const isMissed = ({ file, rule: name, fingerprint }) => {
        const migration = migrations.find(({ up, down }) => up.file === file || down?.file === file);
        const rule = looking.get(name);
        const isKnownRule = rules.some((each) => each.name === name);
        if (!migration || found.has(fingerprint))
            return false;
        return !isKnownRule || (rule !== undefined && (!rule.observe || wasRun(migration.id)));
    };
    return { findings: left, known: findings.length - left.length, stale: known.filter(isMissed) };
}
/** @throws UserError for what is not such a file */
function readKnown(text, name) {
    const anew = 'Write it anew: migration-gate check --all --write-known';
    let data;
    try {
        data = JSON.parse(text);
    }
    catch (cause) {
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y(`${name} is not JSON. ${anew}`, { cause });
    }
    const parsed = layout.safeParse(data);
    if (parsed.success)
        return parsed.data.findings;
    const [issue] = parsed.error.issues;
    throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y(`${name}: ${issue?.path.map(String).join('.') || 'the whole'}: ${issue?.message}. ${anew}`);
}
/** The same text for the same findings, in whatever order they come: one finding a line, so that a review shows each. */
function writtenKnown(findings) {
    const key = ({ file, rule, direction, fingerprint }) => [file, rule, direction, fingerprint].join('\0');
    const sorted = [...findings].sort((a, b) => (key(a) < key(b) ? -1 : 1));
    const lines = sorted.map(({ file, rule, direction, statement, fingerprint }) => JSON.stringify({ file, rule, direction, statement, fingerprint }));
    const list = lines.length > 0 ? `[\n    ${lines.join(',\n    ')}\n  ]` : '[]';
    return `{\n  "version": 1,\n  "about": ${JSON.stringify(about)},\n  "findings": ${list}\n}\n`;
}


/***/ }),

/***/ 9846:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  u8: () => (/* binding */ lint),
  lB: () => (/* binding */ observe),
  Bd: () => (/* binding */ pages),
  iE: () => (/* binding */ stamp)
});

// EXTERNAL MODULE: ./src/model/same-sql.ts
var same_sql = __webpack_require__(8682);
;// CONCATENATED MODULE: ./src/lint/failed.ts

/** The operations of the statement that failed: the one at the error's place, else the only one with its text. */
function failedOperations(scripts, { at, statement }) {
    const statements = scripts.flatMap((script) => script.statements);
    const isFailed = ({ sql }) => statement !== undefined && (0,same_sql/* isSameSql */.j)(sql, statement);
    const there = statements.filter((each) => at && each.at.file === at.file && each.at.line <= at.line && at.line <= each.at.endLine);
    const found = there.find((each) => each.at.line === at?.line && each.at.column === at.column) ??
        there.find(isFailed) ??
        (there.length === 1 ? there[0] : undefined);
    if (found)
        return found.operations;
    const named = statements.filter(isFailed);
    return named.length === 1 ? (named[0]?.operations ?? []) : [];
}
/** The error in a line of evidence. Only PostgreSQL's own errors have a SQLSTATE. */
function said({ sqlstate, message }) {
    return sqlstate === undefined ? message : `PostgreSQL: ${message} (${sqlstate})`;
}

// EXTERNAL MODULE: ./src/lint/history.ts + 27 modules
var lint_history = __webpack_require__(8649);
// EXTERNAL MODULE: ./src/lint/order.ts
var order = __webpack_require__(7117);
// EXTERNAL MODULE: ./src/lint/received.ts
var lint_received = __webpack_require__(526);
// EXTERNAL MODULE: ./src/lint/seen.ts
var seen = __webpack_require__(8394);
// EXTERNAL MODULE: ./src/lint/settings.ts
var settings = __webpack_require__(6576);
;// CONCATENATED MODULE: ./src/lint/lint.ts






const pages = 'https://github.com/migration-gate/migration-gate/blob/main/rules';
/** What the rules read in the migrations that differ from the base, in order. */
function lint(project, rules) {
    const readers = (0,settings/* active */.vu)(rules).flatMap((rule) => {
        const values = (0,settings/* valuesOf */.sm)(rule);
        return rule.check ? { rule, check: (context) => rule.check?.(context, values) ?? [] } : [];
    });
    const findings = [];
    for (const context of (0,lint_history/* contexts */.J)(project)) {
        for (const { rule, check } of readers)
            for (const report of check(context))
                findings.push(stamp(report, rule, context.migration, 'read'));
    }
    return (0,order/* inOrder */.a)([...findings, ...ofHistory(project, rules)], project.migrations);
}
/** What the rules say of the history as a whole. */
function ofHistory(project, rules) {
    const { tool, migrations, lineage } = project;
    if (!lineage)
        return [];
    return (0,settings/* active */.vu)(rules).flatMap((rule) => [...(rule.history?.({ ...lineage, tool, migrations }) ?? [])].map((report) => ({
        ...report,
        rule: rule.name,
        severity: severityOf(report, rule),
        seen: 'read',
        evidence: report.evidence ?? [],
        url: pageOf(rule),
    })));
}
/** What the rules see in the round trips, by the migration's id; a migration without one gives nothing. In order. */
function observe(project, roundTrips, rules, received = new Map()) {
    if (roundTrips.size === 0)
        return [];
    const findings = (0,lint_history/* contexts */.J)(project).flatMap((context) => {
        const roundTrip = roundTrips.get(context.migration.id);
        if (!roundTrip)
            return [];
        const operationsOf = (0,lint_received/* operationsIn */.E1)(context.migration.up, received);
        const observed = {
            ...context,
            roundTrip,
            operationsOf,
            works: (kind) => (0,seen/* worksIn */.y)(roundTrip.watched, kind, operationsOf).filter(({ table }) => !table || !context.isNew(table)),
            failed: (error) => failedOperations(context.scripts, error),
            said: said,
        };
        return (0,settings/* active */.vu)(rules).flatMap((rule) => [...(rule.observe?.(observed, (0,settings/* valuesOf */.sm)(rule)) ?? [])].map((report) => stamp(report, rule, context.migration, 'server')));
    });
    return (0,order/* inOrder */.a)(findings, project.migrations);
}
/** What a rule reports, as a finding: with its name, its severity and its page. */
function stamp(report, rule, migration, seen) {
    const script = (report.direction === 'down' ? migration.down : undefined) ?? migration.up;
    return {
        ...report,
        ...(report.suggestion !== undefined && { suggestion: placed(report.suggestion, script, report.at) }),
        at: report.at ?? script.at,
        rule: rule.name,
        severity: severityOf(report, rule),
        migration: migration.id,
        seen,
        evidence: report.evidence ?? [],
        url: pageOf(rule),
    };
}
/** What a block of Alembic holds back is sent at its end: what stands in its place inside would run before all the rest of it. */
function placed(suggestion, { statements }, at) {
    const isHeld = statements.some((statement) => statement.inBatch && statement.at.line === at?.line && statement.at.column === at.column);
    return isHeld ? `# after the block of batch_alter_table, and not in it:\n${suggestion}` : suggestion;
}
function severityOf(report, rule) {
    return rule.isSeveritySet ? rule.severity : (report.severity ?? rule.severity);
}
function pageOf(rule) {
    return rule.page ?? `${pages}/${rule.name}/README.md`;
}


/***/ }),

/***/ 4505:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ locksOf)
/* harmony export */ });
/**
 * The locks stronger than ROW EXCLUSIVE that an operation takes on the tables it names; test/lint/locks.test.ts compares them with a
 * server's. An operation that comes with another of its statement has that one's lock.
 */
function locksOf(op) {
    switch (op.kind) {
        case 'add-column':
        case 'drop-column':
        case 'drop-table':
        case 'set-not-null':
        case 'drop-not-null':
        case 'set-default':
        case 'alter-column-type':
        case 'drop-constraint':
        case 'alter-constraint':
        case 'set-logged':
        case 'set-access-method':
        case 'replica-identity':
        case 'row-security':
        case 'inherit':
        case 'truncate':
        case 'create-policy':
        case 'alter-policy':
            return exclusive(op.table);
        case 'alter-column':
            return op.change === 'statistics' || op.change === 'options'
                ? [{ table: op.table, mode: 'SHARE UPDATE EXCLUSIVE' }]
                : exclusive(op.table);
        case 'set-tablespace':
            return op.object === 'table' ? exclusive(op.table) : [];
        case 'add-constraint':
            if (op.with === 'column')
                return [];
            if (op.type !== 'foreign-key')
                return exclusive(op.table);
            return [op.table, ...(op.references ? [op.references] : [])].map((table) => ({
                table,
                mode: 'SHARE ROW EXCLUSIVE',
            }));
        case 'validate-constraint':
            return [{ table: op.table, mode: 'SHARE UPDATE EXCLUSIVE' }];
        case 'create-index':
            return [{ table: op.table, mode: op.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE' }];
        case 'create-trigger':
        case 'set-trigger':
            return [{ table: op.table, mode: 'SHARE ROW EXCLUSIVE' }];
        case 'attach-partition':
            return [{ table: op.table, mode: 'SHARE UPDATE EXCLUSIVE' }, ...exclusive(op.partition)];
        case 'detach-partition':
            return op.concurrently || op.finalize ? [] : exclusive(op.table, op.partition);
        case 'lock-table':
            return [{ table: op.table, mode: op.mode }];
        case 'cluster':
            return op.table ? exclusive(op.table) : [];
        case 'vacuum':
            return op.full ? exclusive(...(op.tables ?? [])) : [];
        case 'rename':
            if (op.object === 'table')
                return exclusive(op.name);
            return op.object === 'column' && op.table ? exclusive(op.table) : [];
        case 'set-schema':
        case 'change-owner':
            return op.object === 'table' ? exclusive(op.name) : [];
        default:
            return [];
    }
}
function exclusive(...tables) {
    return tables.map((table) => ({ table, mode: 'ACCESS EXCLUSIVE' }));
}


/***/ }),

/***/ 8839:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/** The name that was probably meant; undefined where none is near: more than a third of its letters would have to change. */
function nearest(written, names) {
    let best;
    let least = Number.POSITIVE_INFINITY;
    for (const name of names) {
        const edits = distance(written.toLowerCase(), name.toLowerCase());
        if (edits >= least)
            continue;
        least = edits;
        best = name;
    }
    return best !== undefined && least <= Math.max(1, Math.floor(best.length / 3)) ? best : undefined;
}
/** How many letters have to be added, removed or replaced to make one word of the other. */
function distance(from, to) {
    let row = [...Array(to.length + 1).keys()];
    for (const [index, letter] of [...from].entries()) {
        const next = [index + 1];
        for (const [at, other] of [...to].entries()) {
            const replaced = (row[at] ?? 0) + (letter === other ? 0 : 1);
            next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
        }
        row = next;
    }
    return row.at(-1) ?? 0;
}


/***/ }),

/***/ 7117:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ inOrder)
/* harmony export */ });
/** Sorts findings as the migrations run, upgrades before downgrades in files of their own, then by place and rule. */
function inOrder(findings, migrations) {
    const positions = new Map(migrations.map(({ id, file }, index) => [id, { index, file }]));
    const order = (a, b) => {
        const [left, right] = [positions.get(a.migration), positions.get(b.migration)];
        return ((left?.index ?? migrations.length) - (right?.index ?? migrations.length) ||
            compare(a.at.file !== left?.file, b.at.file !== right?.file) ||
            compare(a.at.file, b.at.file) ||
            a.at.line - b.at.line ||
            a.at.column - b.at.column ||
            compare(a.rule, b.rule) ||
            compare(a.direction !== 'up', b.direction !== 'up') ||
            compare(a.message, b.message));
    };
    return [...findings].sort(order);
}
/** By code units, so that the order is the same on every machine. */
function compare(a, b) {
    return a === b ? 0 : a < b ? -1 : 1;
}


/***/ }),

/***/ 526:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E1: () => (/* binding */ operationsIn),
/* harmony export */   iz: () => (/* binding */ asReceived),
/* harmony export */   yo: () => (/* binding */ amongReceived)
/* harmony export */ });
/** What a statement of the upgrade does: the one at its place in the file, or as it was received. */
function operationsIn({ statements }, received) {
    const byPlace = new Map(statements.map((each) => [each.at, each.operations]));
    return (statement) => received.get(statement)?.operations ?? (statement.at && byPlace.get(statement.at)) ?? [];
}
/**
 * The project with its upgrades as the server received them, for those in which something was received that no file shows. A loop's
 * statement stands in it once.
 */
function asReceived(project, roundTrips, received) {
    const migrations = project.migrations.map((migration) => {
        const sent = roundTrips.get(migration.id)?.watched?.statements ?? [];
        if (!sent.some((statement) => received.has(statement)))
            return migration;
        const byPlace = new Map(migration.up.statements.map((each) => [each.at, each]));
        const statements = sent
            .filter(({ direction, attempt }) => direction === 'up' && attempt === 1)
            .flatMap((statement) => received.get(statement) ?? (statement.at && byPlace.get(statement.at)) ?? []);
        const once = new Map(statements.map((each) => [`${each.at.line} ${each.at.column} ${each.sql}`, each]));
        return { ...migration, up: { ...migration.up, statements: [...once.values()] } };
    });
    return { ...project, migrations };
}
/** Those that stand in what was received, with the statement as proof: nobody could read it in the file. */
function amongReceived(findings, received) {
    // Several may stand at one place of the file, which only the object tells apart.
    const places = new Map();
    for (const { sql, operations } of received.values())
        for (const { at } of operations)
            places.set(at, sql);
    return findings.flatMap((finding) => {
        const sql = places.get(finding.at);
        if (sql === undefined || finding.direction !== 'up')
            return [];
        return {
            ...finding,
            seen: 'server',
            evidence: [`The server received: ${shown(sql)}`, ...finding.evidence],
        };
    });
}
function shown(sql) {
    const text = sql.trim().replace(/\s+/g, ' ');
    return text.length > 200 ? `${text.slice(0, 200)} …` : text;
}


/***/ }),

/***/ 8394:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ worksIn)
/* harmony export */ });
/* harmony import */ var _model_locks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4445);
/* harmony import */ var _locks_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4505);


/** Work of one kind that the first upgrade was seen to do on tables of before. */
function worksIn(watched, kind, operationsOf) {
    if (!watched)
        return [];
    const found = {
        rewrite: () => watched.rewrites.flatMap((each) => (each.how === 'rewritten' ? [{ ...each, object: undefined }] : [])),
        scan: () => watched.scans.map((each) => ({ ...each, object: each.constraint })),
        'index build': () => watched.indexBuilds.map((each) => ({ ...each, object: each.index })),
    }[kind]();
    return found.flatMap(({ statement, relation, object }) => {
        if (statement.direction !== 'up' || statement.attempt !== 1)
            return [];
        const mode = relation === undefined ? undefined : (0,_model_locks_js__WEBPACK_IMPORTED_MODULE_0__/* .heldOn */ .Lq)(watched, statement, relation);
        const isHidden = operationsOf(statement).every((op) => (0,_locks_js__WEBPACK_IMPORTED_MODULE_1__/* .locksOf */ .a)(op).length === 0 && !tellsWork.has(op.kind));
        const evidence = [did(kind, relation, object, mode), ...until(watched, statement, relation, mode)];
        return [
            { statement, table: relation === undefined ? undefined : (0,_model_locks_js__WEBPACK_IMPORTED_MODULE_0__/* .plainName */ .MH)(relation), mode, object, isHidden, evidence },
        ];
    });
}
/** Their locks are not told by name, and they are not code that runs other statements. */
const tellsWork = new Set([
    'reindex',
    'drop-index',
    'vacuum',
    'cluster',
    'refresh-materialized-view',
    'create-table',
]);
function did(kind, relation, object, mode) {
    const under = mode ? ` under ${mode}` : '';
    if (kind === 'rewrite')
        return `PostgreSQL wrote every row of ${relation} anew${under}.`;
    if (kind === 'index build')
        return `PostgreSQL built ${object} from the rows of ${relation}${under}.`;
    return relation === undefined
        ? `PostgreSQL looked up every row for the foreign key ${object}.`
        : `PostgreSQL read every row of ${relation}${under}.`;
}
/** What else ran until the lock went. */
function until(watched, statement, relation, mode) {
    const span = watched.blocked.find((each) => each.relation === relation && (0,_model_locks_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameTransaction */ .fd)(each.statement, statement) && each.during.includes(statement));
    const after = span ? span.during.length - span.during.indexOf(statement) - 1 : 0;
    if (after === 0)
        return [];
    return [
        `${mode} on ${relation} was held until the end of the transaction, through ${after} more ${after === 1 ? 'statement' : 'statements'}.`,
    ];
}


/***/ }),

/***/ 6576:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V1: () => (/* binding */ nearestRule),
/* harmony export */   b6: () => (/* binding */ unknownRule),
/* harmony export */   f$: () => (/* binding */ rulesNamed),
/* harmony export */   sm: () => (/* binding */ valuesOf),
/* harmony export */   tw: () => (/* binding */ configured),
/* harmony export */   vu: () => (/* binding */ active)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7206);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8839);


/**
 * The rules with the severities and options of the configuration. A policy that is named is switched on. A rule's own name wins over
 * the name that another linter has for it.
 * @throws UserError for names and options that do not exist, and for values of another type than the option's default
 */
function configured(rules, settings) {
    const own = new Set(rules.map(({ name }) => name));
    const entries = Object.entries(settings).sort(([a], [b]) => Number(own.has(a)) - Number(own.has(b)));
    const problems = [];
    let result = [...rules];
    for (const [name, setting] of entries) {
        const meant = rulesNamed(name, rules);
        if (meant.length === 0)
            problems.push(`${setting.place}: rules.${name}: ${unknownRule(name, rules)}`);
        for (const problem of new Set(meant.flatMap((rule) => wrongOptions(rule, setting.options))))
            problems.push(`${setting.place}: rules.${name}.${problem}`);
        result = result.map((rule) => (meant.some((each) => each.name === rule.name) ? set(rule, setting) : rule));
    }
    if (problems.length > 0)
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y(problems.join('\n'));
    return result;
}
function set(rule, { severity, options }) {
    return {
        ...rule,
        severity: severity === 'on' || severity === 'off' ? rule.severity : severity,
        isSeveritySet: severity !== 'on' && severity !== 'off',
        isOff: severity === 'off',
        isPolicy: false,
        values: { ...rule.values, ...options },
    };
}
function wrongOptions({ name, options = {} }, given) {
    return Object.entries(given).flatMap(([key, value]) => {
        const option = options[key];
        if (!option) {
            const known = Object.keys(options).sort();
            const near = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(key, known);
            return `${key}: ${name} has no such option${near ? `; did you mean ${near}?` : known.length ? `; it has ${known.join(', ')}` : ', and none at all'}`;
        }
        return fits(option, value) ? [] : `${key}: ${typeOf(option.default)} is needed, not ${JSON.stringify(value)}`;
    });
}
function fits(option, value) {
    if (Array.isArray(option.default))
        return Array.isArray(value) && value.every((each) => typeof each === 'string');
    return typeof value === typeof option.default && (typeof value !== 'number' || value >= 0);
}
function typeOf(value) {
    if (typeof value === 'number')
        return 'a number that is 0 or more';
    if (typeof value === 'boolean')
        return 'true or false';
    return typeof value === 'string' ? 'a text' : 'a list of texts';
}
/** Those that look: neither switched off, nor a policy that nobody asked for. */
function active(rules) {
    return rules.filter(({ isOff, isPolicy }) => !isOff && !isPolicy);
}
/** What a rule is given as its options. */
function valuesOf({ options = {}, values }) {
    return { ...Object.fromEntries(Object.entries(options).map(([key, option]) => [key, option.default])), ...values };
}
/** The rules that a name means: our own name, or what another linter calls the hazard, with or without that linter's name. */
function rulesNamed(name, rules) {
    const own = rules.filter((rule) => rule.name === name);
    return own.length > 0 ? own : rules.filter((rule) => rule.aliases?.some((each) => isAlias(name, each)));
}
function isAlias(name, alias) {
    return alias === name || alias.slice(alias.indexOf(':') + 1) === name;
}
/** What to say of a name that means no rule. */
function unknownRule(name, rules) {
    const near = nearestRule(name, rules);
    return near === undefined
        ? 'there is no such rule; "migration-gate rules" lists them'
        : `there is no such rule; did you mean ${near}?`;
}
/** Also among the names of other linters. */
function nearestRule(name, rules) {
    const names = rules.map((rule) => rule.name);
    const others = rules.flatMap(({ aliases = [] }) => aliases.map((alias) => alias.slice(alias.indexOf(':') + 1)));
    return (0,_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(name, names) ?? (0,_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(name, others);
}


/***/ }),

/***/ 8921:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  i: () => (/* binding */ refuted),
  v: () => (/* binding */ weigh)
});

// EXTERNAL MODULE: ./src/lint/lint.ts + 1 modules
var lint = __webpack_require__(9846);
// EXTERNAL MODULE: ./src/lint/order.ts
var order = __webpack_require__(7117);
;// CONCATENATED MODULE: ./src/lint/merge.ts

/**
 * Joins what was read and what was seen. One rule at one place is one finding, `seen` on the server, with all evidence.
 * A finding of a `general` rule is dropped where an error of a rule that `fails` with its SQLSTATE stands at the same
 * place, or a finding of a rule that `breaks` old code with it; that one was then seen too. An error without a SQLSTATE may be
 * explained by any rule that says how it fails.
 */
function merge(read, seen, project, rules) {
    const byName = new Map(rules.map((rule) => [rule.name, rule]));
    const isGeneral = (finding) => byName.get(finding.rule)?.general ?? false;
    const explains = (finding, failure) => {
        const { fails, breaks } = byName.get(finding.rule) ?? {};
        if (failure.sqlstate !== undefined && breaks?.includes(failure.sqlstate))
            return standsWith(finding, failure);
        return (finding.severity === 'error' &&
            fails !== undefined &&
            (failure.sqlstate === undefined || [fails].flat().includes(failure.sqlstate)) &&
            standsWith(finding, failure));
    };
    const merged = [...read];
    const add = (finding, matches) => {
        const there = merged.filter(matches);
        const other = there.find((each) => each.message === finding.message) ?? there.find(startsWith(finding)) ?? there[0];
        if (other)
            merged[merged.indexOf(other)] = witnessed(other, finding);
        else
            merged.push(finding);
    };
    for (const finding of seen.filter((each) => !isGeneral(each))) {
        add(finding, (other) => other.rule === finding.rule && standsWith(other, finding));
    }
    for (const finding of seen.filter(isGeneral))
        add(finding, (other) => explains(other, finding));
    return (0,order/* inOrder */.a)(merged, project.migrations);
}
function standsWith(a, b) {
    return (a.migration === b.migration &&
        a.direction === b.direction &&
        a.at.file === b.at.file &&
        a.at.line <= b.at.endLine &&
        b.at.line <= a.at.endLine);
}
function startsWith({ at }) {
    return (other) => other.at.line === at.line && other.at.column === at.column;
}
/** The finding that was read, with the proof of the one that was seen. */
function witnessed(read, seen) {
    return { ...read, seen: 'server', evidence: [...new Set([...read.evidence, ...seen.evidence])] };
}

// EXTERNAL MODULE: ./src/lint/received.ts
var lint_received = __webpack_require__(526);
// EXTERNAL MODULE: ./src/model/locks.ts
var locks = __webpack_require__(4445);
// EXTERNAL MODULE: ./src/lint/seen.ts
var seen = __webpack_require__(8394);
;// CONCATENATED MODULE: ./src/lint/witness.ts



/**
 * Holds what was read against what the server did. A rule says which lock or which work PostgreSQL shows in every bad example: where that
 * was seen at the place of a finding, the finding is `seen` on the server; where the statement was run and watched to its end and it did
 * not happen, the finding is dropped. Whatever was not run, may take another way in production, or could not be watched in full stays as
 * it was read.
 *
 * @returns `refuted`: those that were dropped
 */
function witness_witnessed(findings, migrations, roundTrips, rules, received) {
    const refuted = [];
    const byName = new Map(rules.map((rule) => [rule.name, rule]));
    const partitioned = new Set(migrations.flatMap(({ up }) => partitionedIn(up)));
    const byId = new Map(migrations.map((migration) => [migration.id, migration]));
    const held = findings.flatMap((finding) => {
        const rule = byName.get(finding.rule);
        const watched = roundTrips.get(finding.migration)?.watched;
        const migration = byId.get(finding.migration);
        if (!rule || !watched || !migration || finding.direction !== 'up')
            return [finding];
        const verdict = testimony(finding, rule, watched, migration, received, partitioned);
        if (verdict === 'nothing known')
            return [finding];
        if (verdict !== 'refuted')
            return [{ ...finding, seen: 'server', evidence: [...new Set([...finding.evidence, ...verdict])] }];
        refuted.push(finding);
        return [];
    });
    return { held, refuted };
}
function partitionedIn({ statements }) {
    return statements.flatMap(({ operations }) => operations.flatMap((op) => (op.kind === 'create-table' && op.partitionBy ? op.table : [])));
}
/** Evidence, a line each, or why there is none. */
function testimony(finding, rule, watched, migration, received, partitioned) {
    const [read, operations] = placeOf(finding, [...migration.up.statements, ...received.values()]);
    if (!read)
        return 'nothing known';
    const runs = watched.statements.filter((each) => each.direction === 'up' &&
        each.attempt === 1 &&
        (each.at === read.at || received.get(each)?.at === read.at) &&
        each.tag);
    if (runs.length === 0)
        return 'nothing known';
    const evidence = rule.work
        ? workOf(rule.work, runs, operations, watched, (0,lint_received/* operationsIn */.E1)(migration.up, received))
        : rule.lock
            ? locksOf(spelled(rule.lock), runs, operations, watched)
            : 'nothing known';
    if (evidence === 'nothing known' || evidence.length > 0)
        return evidence;
    // Somebody else may make partitions in production.
    const mayDiffer = operations.some((op) => op.conditional || op.inside || ('table' in op && op.table !== undefined && partitioned.has(op.table)));
    const isPartly = rule.lock !== undefined && runs.some(({ isSampled }) => isSampled);
    return mayDiffer || isPartly ? 'nothing known' : 'refuted';
}
/** The statement that a finding stands in, and of its operations those that it is about. */
function placeOf({ at }, statements) {
    const isSame = (op) => op.at === at;
    const isEqual = (op) => op.at.file === at.file && op.at.line === at.line && op.at.column === at.column && op.at.endLine === at.endLine;
    // Of what only the server received, several statements may stand at one place of the file.
    const isHere = statements.some(({ operations }) => operations.some(isSame)) ? isSame : isEqual;
    const found = statements.filter(({ operations }) => operations.some(isHere));
    const [only] = found;
    return found.length === 1 && only ? [only, only.operations.filter(isHere)] : [undefined, []];
}
function workOf(kind, runs, operations, watched, operationsOf) {
    // What writes every row anew has read them all, and tells only the one.
    const kinds = kind === 'scan' ? ['scan', 'rewrite'] : [kind];
    const tables = tablesOf(operations.filter(({ inside }) => inside));
    return kinds
        .flatMap((each) => (0,seen/* worksIn */.y)(watched, each, operationsOf))
        .filter(({ statement, table, mode }) => runs.includes(statement) &&
        (tables.length === 0 || table === undefined || tables.includes(table)) &&
        (mode === undefined || (0,locks/* lockStrength */.JP)(mode) >= (0,locks/* lockStrength */.JP)('SHARE')))
        .flatMap(({ evidence }) => evidence);
}
function locksOf(mode, runs, operations, watched) {
    const tables = tablesOf(operations);
    const relations = new Map(watched.locks.flatMap(({ existedBefore, relation, table }) => {
        const name = (0,locks/* plainName */.MH)(table ?? relation);
        return existedBefore && (tables.length === 0 || tables.includes(name)) ? [[relation, name]] : [];
    }));
    return runs.flatMap((statement) => [...relations.keys()].flatMap((relation) => {
        const held = (0,locks/* heldOn */.Lq)(watched, statement, relation);
        if (!held || (0,locks/* lockStrength */.JP)(held) < (0,locks/* lockStrength */.JP)(mode))
            return [];
        const isNew = watched.locks.some((lock) => lock.statement === statement && lock.relation === relation);
        if (tables.length === 0 && !isNew)
            return [];
        return `PostgreSQL ${isNew ? 'took' : 'held'} ${held} on ${relation}.`;
    }));
}
function tablesOf(operations) {
    return operations.flatMap((op) => ('table' in op && op.table !== undefined ? op.table : []));
}
/** `AccessExclusiveLock` as the manual writes it. */
function spelled(mode) {
    return mode
        .replace(/Lock$/, '')
        .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
        .toUpperCase();
}

;// CONCATENATED MODULE: ./src/lint/weigh.ts




/**
 * What was read, weighed against what the server did: confirmed, refuted, or as it was; with what the rules saw besides, and with what
 * they read in statements that only the server received. In order.
 */
function weigh(read, project, roundTrips, rules, received = new Map()) {
    const { held } = heldAgainst(read, project, roundTrips, rules, received);
    return merge(held, (0,lint/* observe */.lB)(project, roundTrips, rules, received), project, rules);
}
/** Of what was read, that which the server was seen not to bear out: `weigh` leaves it out. */
function refuted(read, project, roundTrips, rules, received = new Map()) {
    return heldAgainst(read, project, roundTrips, rules, received).refuted;
}
function heldAgainst(read, project, roundTrips, rules, received) {
    const late = received.size === 0 ? [] : (0,lint_received/* amongReceived */.yo)((0,lint/* lint */.u8)((0,lint_received/* asReceived */.iz)(project, roundTrips, received), rules), received);
    const anew = late.filter((each) => !read.some(({ rule, message }) => rule === each.rule && message === each.message));
    return witness_witnessed([...read, ...anew], project.migrations, roundTrips, rules, received);
}


/***/ }),

/***/ 5536:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FA: () => (/* binding */ dryRunFormats),
/* harmony export */   Y_: () => (/* binding */ isUndone),
/* harmony export */   b$: () => (/* binding */ dryRunModes)
/* harmony export */ });
const dryRunModes = ['plan', 'rehearse', 'apply-and-rollback'];
/** How a dry run can be told. */
const dryRunFormats = ['terminal', 'markdown', 'json'];
/** Whether what the mode asks for besides a plan was not done at all. Then `notChecked` says why. */
function isUndone({ mode, pending, tried, rehearsal }) {
    if (pending.length === 0)
        return false;
    if (mode === 'apply-and-rollback')
        return !tried;
    return mode === 'rehearse' && !rehearsal?.migrations.some(({ roundTrip }) => roundTrip);
}


/***/ }),

/***/ 7206:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ Cancelled),
/* harmony export */   y: () => (/* binding */ UserError)
/* harmony export */ });
/** Something that the user can mend: what is wrong, where, and what to do. Shown without a stack; exit code 2. */
class UserError extends Error {
    name = 'UserError';
}
/** The run was ended from outside: Ctrl-C, or the runner's cancel. Exit code 3. */
class Cancelled extends Error {
    name = 'Cancelled';
}


/***/ }),

/***/ 6993:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ keywords)
/* harmony export */ });
/**
 * Words that are quoted as names, because they may mean something else: all but the unreserved of PostgreSQL 17,
 * https://www.postgresql.org/docs/17/sql-keywords-appendix.html; test/lint/replay-tables.test.ts compares them with a server.
 */
const keywords = new Set(`all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char
  character check coalesce collate collation column concurrently constraint create cross current_catalog current_date
  current_role current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do else
  end except exists extract false fetch float for foreign freeze from full grant greatest group grouping having ilike in
  initially inner inout int integer intersect interval into is isnull join json json_array json_arrayagg json_exists
  json_object json_objectagg json_query json_scalar json_serialize json_table json_value lateral leading least left like limit
  localtime localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset on only
  or order out outer overlaps overlay placing position precision primary real references returning right row select
  session_user setof similar smallint some substring symmetric system_user table tablesample then time timestamp to trailing
  treat trim true union unique user using values varchar variadic verbose when where window with xmlattributes xmlconcat
  xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/));


/***/ }),

/***/ 4445:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JP: () => (/* binding */ lockStrength),
/* harmony export */   Lq: () => (/* binding */ heldOn),
/* harmony export */   MH: () => (/* binding */ plainName),
/* harmony export */   QH: () => (/* binding */ shutOutBy),
/* harmony export */   fd: () => (/* binding */ isSameTransaction)
/* harmony export */ });
const modes = [
    'ACCESS SHARE',
    'ROW SHARE',
    'ROW EXCLUSIVE',
    'SHARE UPDATE EXCLUSIVE',
    'SHARE',
    'SHARE ROW EXCLUSIVE',
    'EXCLUSIVE',
    'ACCESS EXCLUSIVE',
];
/** Orders the modes, weakest first: from 0. */
function lockStrength(mode) {
    return modes.indexOf(mode);
}
/**
 * Who waits for it: INSERT, UPDATE and DELETE take ROW EXCLUSIVE, SELECT takes ACCESS SHARE.
 * https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
 */
function shutOutBy(mode) {
    if (mode === 'ACCESS EXCLUSIVE')
        return 'reads and writes';
    return ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE'].includes(mode) ? 'writes' : undefined;
}
/** The strongest lock that a statement's transaction held on a relation when the statement was done. */
function heldOn(watched, statement, relation) {
    const order = new Map(watched.statements.map((each, index) => [each, index]));
    const until = order.get(statement) ?? -1;
    return watched.locks
        .filter((lock) => lock.relation === relation &&
        isSameTransaction(lock.statement, statement) &&
        (order.get(lock.statement) ?? until) <= until)
        .map(({ mode }) => mode)
        .sort((a, b) => lockStrength(b) - lockStrength(a))[0];
}
function isSameTransaction(a, b) {
    return a.direction === b.direction && a.attempt === b.attempt && a.transaction === b.transaction;
}
/** A relation as PostgreSQL prints it, `public."Closed"`, in the form that operations have: `public.Closed`. */
function plainName(relation) {
    return relation.replace(/"((?:[^"]|"")*)"/g, (_, inner) => inner.replaceAll('""', '"'));
}


/***/ }),

/***/ 3861:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ tools)
/* harmony export */ });
/** The tools whose migrations are read, by the names that the configuration and `--tool` use. */
const tools = [
    'alembic',
    'numbered-sql',
    'golang-migrate',
    'sqlx',
    'node-pg-migrate',
    'diesel',
    'hasura',
    'dbmate',
    'goose',
    'sql-migrate',
    'tern',
    'flyway',
    'sqitch',
    'prisma',
    'drizzle',
    'supabase',
    'graphile-migrate',
    'command',
];


/***/ }),

/***/ 8682:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ comparable),
/* harmony export */   j: () => (/* binding */ isSameSql)
/* harmony export */ });
/** Whether two texts are the same statement but for white space, comments before it and semicolons at the end. */
function isSameSql(a, b) {
    return comparable(a) === comparable(b);
}
/** Comments that nest are left as they are. */
const before = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*(?:[^*/]|\*(?!\/)|\/(?!\*))*\*\/)+/;
/** The text by which `isSameSql` compares. */
function comparable(sql) {
    return sql
        .replace(before, '')
        .replace(/[;\s]+$/, '')
        .replace(/\s+/g, ' ')
        .trim();
}


/***/ }),

/***/ 8861:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ toldWhereNot),
/* harmony export */   z: () => (/* binding */ writeOutput)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7206);



/**
 * Writes a file that the user named, and the folders that it is in.
 * @param file from `cwd`
 * @throws UserError where it cannot be written
 */
async function writeOutput(cwd, file, text) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, file);
    await toldWhereNot(file, async () => {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path), { recursive: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, text);
    });
}
/** Runs what writes `file`. @throws UserError for what the file system says to it */
async function toldWhereNot(file, write) {
    try {
        return await write();
    }
    catch (cause) {
        const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
        if (code === undefined)
            throw cause;
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`${file}: cannot be written (${reasons[code] ?? code}).`, { cause });
    }
}
const reasons = {
    EACCES: 'this user may not',
    EPERM: 'this user may not',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is a file',
    EEXIST: 'a part of its path is a file',
};


/***/ }),

/***/ 1361:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ parseHistory)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3136);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_url__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7206);
/* harmony import */ var _parse_parse_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9245);
/* harmony import */ var _postgres_cache_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6565);







/** A shorter history is parsed in less time than a file is worth. */
const worthKeeping = 100;
/** At most so many histories are kept: those that were used last. */
const mostKept = 16;
/**
 * Parses the migrations of a history, in their order. A merged migration does not change, so a long history is parsed once: what came
 * of it is kept in the cache, each migration by the hash of its text, for the build of the gate that has parsed it. What is not on the
 * base branch is kept only where nothing is (`--all`).
 *
 * @param repository absolute path of the root
 */
async function parseHistory(project, { defaultSchema }, repository) {
    const { migrations, directory } = project;
    const build = migrations.length < worthKeeping ? undefined : await buildOfThis();
    const file = build && (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,_postgres_cache_js__WEBPACK_IMPORTED_MODULE_5__/* .cacheFolder */ .nF)(), 'parsed', hash([repository, directory, defaultSchema, build]));
    const kept = file ? await readKept(file) : new Map();
    const keep = new Map();
    const isOnBase = migrations.some(({ status }) => status === 'base');
    const parsed = [];
    for (const migration of migrations) {
        const key = file ? hash([migration.up, migration.down]) : '';
        const whole = { ...migration, ...(kept.get(key) ?? (await (0,_parse_parse_js__WEBPACK_IMPORTED_MODULE_4__/* .parseMigration */ .m)(migration, { defaultSchema }))) };
        parsed.push(whole);
        if (!isOnBase || migration.status === 'base')
            keep.set(key, { up: whole.up, down: whole.down });
    }
    if (file && [...keep.keys()].some((key) => !kept.has(key)))
        await writeKept(file, keep);
    return parsed;
}
/** Names the code that parses, so that another never takes its results; undefined where it runs from its source, which may change. */
async function buildOfThis() {
    const beside = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)((0,node_url__WEBPACK_IMPORTED_MODULE_3__.fileURLToPath)(import.meta.url)), 'build.json');
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(beside, 'utf8').catch((error) => {
        if (error.code === 'ENOENT')
            return undefined;
        throw error;
    });
}
/** A file that cannot be used is none: whatever it held is parsed again. */
async function readKept(file) {
    try {
        if (!(await (0,_postgres_cache_js__WEBPACK_IMPORTED_MODULE_5__/* .isCached */ .bm)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file))))
            return new Map();
        const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file, 'utf8');
        const end = text.indexOf('\n');
        const content = text.slice(end + 1);
        if (text.slice(0, end) !== hash(content))
            return new Map();
        const now = new Date();
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.utimes)(file, now, now);
        return new Map(JSON.parse(content));
    }
    catch (error) {
        // Somebody else's folder, a file that is not there or may not be touched.
        if (error instanceof _model_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .UserError */ .y || error.code !== undefined)
            return new Map();
        throw error;
    }
}
/** Whole or not at all, and for this user alone. A cache that cannot be written is done without. */
async function writeKept(file, scripts) {
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file);
    const content = JSON.stringify([...scripts]);
    const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, `.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(9).toString('hex')}`);
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(folder, { recursive: true, mode: 0o700 });
        if (!(await (0,_postgres_cache_js__WEBPACK_IMPORTED_MODULE_5__/* .isCached */ .bm)(folder)))
            return;
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(temporary, `${hash(content)}\n${content}`, { mode: 0o600 });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, file);
        await prune(folder);
    }
    catch (error) {
        if (!(error instanceof _model_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .UserError */ .y) && !(0,_postgres_cache_js__WEBPACK_IMPORTED_MODULE_5__/* .cannotWrite */ .zz)(error))
            throw error;
    }
}
/** Also takes away what a run that was ended has left half written, in time. */
async function prune(folder) {
    const used = await Promise.all((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder)).map(async (name) => ({ path: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name), at: await lastUse((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name)) })));
    for (const { path } of used.sort((a, b) => b.at - a.at).slice(mostKept))
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(path, { force: true });
}
async function lastUse(path) {
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(path)).mtimeMs;
    }
    catch (error) {
        // A parallel run has removed it.
        if (error.code === 'ENOENT')
            return 0;
        throw error;
    }
}
/** Of a text, or of anything's JSON. */
function hash(value) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256')
        .update(typeof value === 'string' ? value : JSON.stringify(value))
        .digest('hex');
}


/***/ }),

/***/ 9245:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ parseMigration),
  t: () => (/* binding */ parseScript)
});

;// CONCATENATED MODULE: ./src/parse/lexer.ts
const space = /(?:[ \t\n\r\f\v\uFEFF]+|--[^\n\r]*)+/y;
const word = /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*/y;
const escapedString = /[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*'?/y;
const plainString = /[^']*(?:''[^']*)*'?/y;
const quotedName = /[^"]*(?:""[^"]*)*"?/y;
const dollarQuote = /\$(?:[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$/y;
const number = /\$?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/**
 * The tokens from `from` on, by the lexical rules of PostgreSQL with standard_conforming_strings on
 * (https://www.postgresql.org/docs/current/sql-syntax-lexical.html). Never fails: a string, quoted name or comment
 * without an end goes to the end of the text. libpg-query's own scanner gives nothing for a whole file with one such
 * fault; test/parse/split.test.ts holds this one against the parser.
 */
function* tokens(sql, from = 0) {
    for (let at = skipSpace(sql, from); at < sql.length;) {
        const token = tokenAt(sql, at);
        yield token;
        at = skipSpace(sql, token.end);
    }
}
/** Where the next token begins: behind white space, line comments, and block comments, which nest. */
function skipSpace(sql, from) {
    for (let at = from;; at = commentEnd(sql, at) ?? sql.length) {
        at = match(space, sql, at) ?? at;
        if (!sql.startsWith('/*', at))
            return at;
    }
}
/** Where a comment begins that has no end, with nothing but space, comments and semicolons before it. */
function openComment(sql, from) {
    for (let at = from; at < sql.length;) {
        at = match(space, sql, at) ?? at;
        if (sql.startsWith('/*', at)) {
            const end = commentEnd(sql, at);
            if (end === undefined)
                return at;
            at = end;
        }
        else if (sql[at] === ';')
            at++;
        else
            return undefined;
    }
    return undefined;
}
/** The token that begins at `at`, where no space or comment begins. */
function tokenAt(sql, at) {
    const name = match(word, sql, at);
    const quote = name ?? at;
    const prefix = sql.slice(at, quote);
    if (sql[quote] === "'" && /^[ebxn]?$/i.test(prefix)) {
        return {
            kind: 'literal',
            start: at,
            end: match(/^e$/i.test(prefix) ? escapedString : plainString, sql, quote + 1) ?? quote,
        };
    }
    if (/^u$/i.test(prefix) && /^&['"]$/.test(sql.slice(quote, quote + 2))) {
        const isName = sql[quote + 1] === '"';
        const end = match(isName ? quotedName : plainString, sql, quote + 2) ?? quote;
        return { kind: isName ? 'quoted' : 'literal', start: at, end };
    }
    if (name !== undefined)
        return { kind: 'word', start: at, end: name };
    if (sql[at] === '"')
        return { kind: 'quoted', start: at, end: match(quotedName, sql, at + 1) ?? at };
    const dollar = match(dollarQuote, sql, at);
    if (dollar !== undefined) {
        const close = sql.indexOf(sql.slice(at, dollar), dollar);
        return { kind: 'literal', start: at, end: close < 0 ? sql.length : close + dollar - at };
    }
    const end = match(number, sql, at);
    return end === undefined ? { kind: 'symbol', start: at, end: at + 1 } : { kind: 'literal', start: at, end };
}
function match(pattern, sql, at) {
    pattern.lastIndex = at;
    return pattern.test(sql) ? pattern.lastIndex : undefined;
}
/** Undefined: it has no end. */
function commentEnd(sql, start) {
    const mark = /\/\*|\*\//g;
    mark.lastIndex = start;
    let depth = 0;
    for (let found = mark.exec(sql); found; found = mark.exec(sql)) {
        depth += found[0] === '/*' ? 1 : -1;
        if (depth === 0)
            return mark.lastIndex;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./src/parse/place.ts
/** Prepares the answers for one fragment. `end` is exclusive; a generated stretch stands at the one place of its code. */
function placesIn({ sql, file, anchors }) {
    const newlines = [];
    for (let at = sql.indexOf('\n'); at >= 0; at = sql.indexOf('\n', at + 1))
        newlines.push(at);
    const point = (offset) => {
        const anchor = anchors[Math.max(0, countUpTo(anchors, offset, (each) => each.offset) - 1)];
        if (!anchor)
            return { line: 1, column: 1 };
        if (!anchor.verbatim)
            return { line: anchor.line, column: anchor.column };
        const before = countUpTo(newlines, offset - 1, (each) => each);
        const lines = before - countUpTo(newlines, anchor.offset - 1, (each) => each);
        if (lines === 0)
            return { line: anchor.line, column: anchor.column + offset - anchor.offset };
        return { line: anchor.line + lines, column: offset - (newlines[before - 1] ?? 0) };
    };
    return (start, end) => {
        const { line, column } = point(start);
        return { file, line, column, endLine: Math.max(line, point(Math.max(start, end - 1)).line) };
    };
}
/** How many of the ordered values are at most `limit`. */
function countUpTo(ordered, limit, value) {
    let low = 0;
    let high = ordered.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (value(ordered[middle]) <= limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

;// CONCATENATED MODULE: ./src/parse/psql.ts
/** Meta-commands that do not change which SQL psql sends: https://www.postgresql.org/docs/current/app-psql.html */
function isOutputOnly(line) {
    return (/^\\(?:a|C|echo|encoding|f|H|pset|qecho|restrict|t|T|timing|unrestrict|warn|x)(?:\s|$)/.test(line) ||
        /^\\set\s+(?:AUTOCOMMIT\s+on|ECHO|ECHO_HIDDEN|HISTCONTROL|HISTSIZE|ON_ERROR_STOP|QUIET|SHOW_CONTEXT|VERBOSITY)(?:\s|$)/.test(line));
}

;// CONCATENATED MODULE: ./src/parse/identifiers.ts

/** NAMEDATALEN - 1: https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS */
const maxBytes = 63;
const isAscii = /^[\0-\x7F]*$/;
/** What no name without quotes holds, and a name with quotes seldom. */
const delimiters = new Set(' \t\n\r\f\v"\'.,;:()[]+*/<>=|&%-');
const quotedRun = /"[^"]{64}/;
/** The same where a character may take three bytes. */
const quotedRunBeyondAscii = /"[^"]{22}/;
/** Nearly no text holds such a name; looking at each token of all of them would cost as much as the parser does. */
function mayHoldLongNames(sql) {
    const plain = isAscii.test(sql);
    if (hasRun(sql, plain ? maxBytes + 1 : 22))
        return true;
    return sql.includes('"') && (plain ? quotedRun : quotedRunBeyondAscii).test(sql);
}
/** Whether so many characters stand together without a delimiter: then one of every `length` characters is among them. */
function hasRun(sql, length) {
    for (let at = length - 1; at < sql.length; at += length) {
        let start = at;
        while (start > at - length && !delimiters.has(sql[start] ?? ''))
            start--;
        let end = at;
        while (end - start <= length && end < sql.length && !delimiters.has(sql[end] ?? ''))
            end++;
        if (end - start > length)
            return true;
    }
    return false;
}
/** The names in a statement that PostgreSQL cuts, each once. */
function truncatedIdentifiers({ sql, span, place }) {
    const found = new Map();
    for (const token of tokens(sql, span.start)) {
        if (token.start >= span.end)
            break;
        if (token.kind !== 'word' && token.kind !== 'quoted')
            continue;
        const text = sql.slice(token.start, token.end);
        const written = token.kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : folded(text);
        if (Buffer.byteLength(written) <= maxBytes || found.has(written))
            continue;
        const at = place(token.start, token.end);
        found.set(written, { kind: 'truncated-identifier', at, written, stored: cut(written) });
    }
    return [...found.values()];
}
function folded(word) {
    return word.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
/** No character is cut through. */
function cut(name) {
    let bytes = 0;
    let stored = '';
    for (const character of name) {
        bytes += Buffer.byteLength(character);
        if (bytes > maxBytes)
            break;
        stored += character;
    }
    return stored;
}

;// CONCATENATED MODULE: ./src/parse/types.ts
/** The text of a String node. */
function types_text(node) {
    return node && 'String' in node ? (node.String.sval ?? '') : '';
}
function texts(nodes) {
    return (nodes ?? []).map(types_text);
}
/** How names without a schema are qualified at one place of a script. */
class Names {
    #schema;
    #configured;
    #temporary = new Set();
    constructor(defaultSchema) {
        this.#schema = defaultSchema;
        this.#configured = defaultSchema;
    }
    /** The parts of a name as written: `[name]`, `[schema, name]` or `[database, schema, name]`. */
    qualify(parts) {
        const name = parts.at(-1) ?? '';
        return `${parts.at(-2) ?? (this.#temporary.has(name) ? 'pg_temp' : this.#schema)}.${name}`;
    }
    relation(relation) {
        return this.qualify([relation?.schemaname, relation?.relname].filter((part) => part !== undefined));
    }
    /** The relation that a statement creates; a temporary one is found first from now on. */
    created(relation) {
        if (relation?.relpersistence === 't' && relation.relname)
            this.#temporary.add(relation.relname);
        return this.relation(relation);
    }
    /** `SET search_path`: its first schema takes the new objects. Undefined: back to the default. */
    searchPath(schema) {
        this.#schema = schema ?? this.#configured;
    }
    /** The same script, inside CREATE SCHEMA. */
    within(schema) {
        return new Names(schema);
    }
    /** The same place, for code that may set a search_path of its own. */
    copy() {
        const copy = new Names(this.#configured);
        copy.#schema = this.#schema;
        for (const name of this.#temporary)
            copy.#temporary.add(name);
        return copy;
    }
    /** The type's own name, where it is not one of PostgreSQL's. */
    userType(type) {
        const parts = texts(type?.names);
        const name = parts.at(-1) ?? '';
        const schema = parts.at(-2);
        if (schema === 'pg_catalog' || (schema === undefined && (builtInTypes.has(name) || plainTypes.has(name))))
            return undefined;
        return this.qualify(parts);
    }
    /** A type as format_type prints it, without the schema where new objects go: https://www.postgresql.org/docs/current/functions-info.html */
    type(type) {
        const parts = texts(type?.names);
        const name = parts.at(-1) ?? '';
        const schema = parts.at(-2);
        const array = type?.arrayBounds?.length ? '[]' : '';
        const modifiers = (type?.typmods ?? []).map(modifier);
        if (schema === undefined || schema === 'pg_catalog') {
            if (name === 'char' && schema === undefined)
                return `"char"${array}`;
            const builtIn = builtInTypes.get(name);
            if (builtIn)
                return builtIn(modifiers) + array;
        }
        const shown = schema === undefined || schema === 'pg_catalog' || schema === this.#schema ? [name] : [schema, name];
        return shown.map(quoted).join('.') + (modifiers.length > 0 ? `(${modifiers.join(',')})` : '') + array;
    }
}
/** A name as SQL has it, in double quotes where it needs them; a few words of the language get none that would. */
function quoted(name) {
    return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
function modifier(node) {
    if ('A_Const' in node)
        return String(node.A_Const.ival ? (node.A_Const.ival.ival ?? 0) : (node.A_Const.sval?.sval ?? ''));
    return 'ColumnRef' in node ? texts(node.ColumnRef.fields).join('.') : '';
}
const plain = (name) => (modifiers) => modifiers.length > 0 ? `${name}(${modifiers.join(',')})` : name;
const zoned = (name, zone) => (modifiers) => `${plain(name)(modifiers)} ${zone}`;
/** The types of pg_catalog that are printed as they are written. */
const plainTypes = new Set(`aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray anycompatiblerange anyelement
  anyenum anymultirange anynonarray anyrange box bytea char cid cidr circle cstring date datemultirange daterange event_trigger
  fdw_handler gtsvector index_am_handler inet int2vector int4multirange int4range int8multirange int8range internal json jsonb
  jsonpath language_handler line lseg macaddr macaddr8 money name nummultirange numrange oid oidvector path pg_ddl_command
  pg_dependencies pg_lsn pg_mcv_list pg_ndistinct pg_node_tree pg_snapshot point polygon record refcursor regclass regcollation
  regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype table_am_handler text tid trigger
  tsm_handler tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot unknown uuid void xid xid8 xml`.split(/\s+/));
// The names that the grammar makes of the words of the standard, and PostgreSQL's own short names: src/backend/parser/gram.y
const builtInTypes = new Map(Object.entries({
    bit: plain('bit'),
    bool: plain('boolean'),
    bpchar: (modifiers) => (modifiers.length > 0 ? plain('character')(modifiers) : 'bpchar'),
    decimal: numeric,
    float4: plain('real'),
    float8: plain('double precision'),
    int2: plain('smallint'),
    int4: plain('integer'),
    int8: plain('bigint'),
    interval,
    numeric,
    bigserial: plain('bigint'),
    serial: plain('integer'),
    serial2: plain('smallint'),
    serial4: plain('integer'),
    serial8: plain('bigint'),
    smallserial: plain('smallint'),
    time: zoned('time', 'without time zone'),
    timestamp: zoned('timestamp', 'without time zone'),
    timestamptz: zoned('timestamp', 'with time zone'),
    timetz: zoned('time', 'with time zone'),
    varbit: plain('bit varying'),
    varchar: plain('character varying'),
}));
function numeric(modifiers) {
    return plain('numeric')(modifiers.length === 1 ? [modifiers[0] ?? '', '0'] : modifiers);
}
// INTERVAL_MASK: src/include/utils/datetime.h gives each field its bit.
const intervalFields = {
    '4': ' year',
    '2': ' month',
    '6': ' year to month',
    '8': ' day',
    '1024': ' hour',
    '1032': ' day to hour',
    '2048': ' minute',
    '3072': ' hour to minute',
    '3080': ' day to minute',
    '4096': ' second',
    '6144': ' minute to second',
    '7168': ' hour to second',
    '7176': ' day to second',
};
function interval([fields, precision]) {
    return `interval${fields === undefined ? '' : (intervalFields[fields] ?? '')}${precision === undefined ? '' : `(${precision})`}`;
}
/** `serial` and its kin: types that are a sequence. */
function isSerial(type) {
    const parts = texts(type?.names);
    return parts.length === 1 && /^(?:big|small)?serial$|^serial[248]$/.test(parts[0] ?? '');
}

;// CONCATENATED MODULE: ./src/parse/constraints.ts


const types = new Map([
    ['CONSTR_PRIMARY', 'primary-key'],
    ['CONSTR_UNIQUE', 'unique'],
    ['CONSTR_FOREIGN', 'foreign-key'],
    ['CONSTR_CHECK', 'check'],
    ['CONSTR_EXCLUSION', 'exclusion'],
    ['CONSTR_NOTNULL', 'not-null'],
]);
// FKCONSTR_ACTION_*: src/include/nodes/parsenodes.h
const actions = {
    a: 'no action',
    r: 'restrict',
    c: 'cascade',
    n: 'set null',
    d: 'set default',
};
/**
 * Undefined for what the grammar keeps as a constraint and nobody else does: DEFAULT, GENERATED, DEFERRABLE.
 *
 * @param column the column in whose definition it stands
 */
function addConstraint(table, constraint, source, column) {
    const type = types.get(constraint.contype);
    if (!type)
        return undefined;
    const named = texts(type === 'foreign-key' ? constraint.fk_attrs : constraint.keys);
    const isKey = type !== 'check' && type !== 'exclusion';
    return {
        kind: 'add-constraint',
        at: source.at,
        table,
        constraint: constraint.conname,
        type,
        with: column === undefined ? undefined : 'column',
        columns: named.length === 0 && isKey && column !== undefined ? [column] : named,
        references: constraint.pktable && source.names.relation(constraint.pktable),
        referencedColumns: texts(constraint.pk_attrs),
        onDelete: actions[constraint.fk_del_action ?? 'a'] ?? 'no action',
        onDeleteColumns: texts(constraint.fk_del_set_cols),
        onUpdate: actions[constraint.fk_upd_action ?? 'a'] ?? 'no action',
        match: constraint.fk_matchtype === 'f' ? 'full' : 'simple',
        expression: type === 'check' ? inParentheses(constraint, source) : undefined,
        excludes: type === 'exclusion' ? excluded(constraint) : undefined,
        provesNotNull: type === 'check' ? provenNotNull(constraint.raw_expr) : [],
        notValid: constraint.skip_validation ?? false,
        // Only a CHECK and a foreign key can be without enforcement; the parser leaves the field out for the others.
        enforced: (type !== 'check' && type !== 'foreign-key') || (constraint.is_enforced ?? false),
        noInherit: constraint.is_no_inherit ?? false,
        deferrable: constraint.initdeferred ? 'deferred' : constraint.deferrable ? 'immediate' : 'no',
        usingIndex: constraint.indexname,
        include: texts(constraint.including),
        nullsNotDistinct: constraint.nulls_not_distinct ?? false,
    };
}
function excluded({ access_method: method, exclusions, where_clause: where }) {
    const elements = (exclusions ?? []).flatMap((node) => {
        const [element, operator] = 'List' in node ? (node.List.items ?? []) : [];
        if (!element || !('IndexElem' in element))
            return [];
        const { name: column, collation, opclass } = element.IndexElem;
        const isPlain = collation === undefined && opclass === undefined;
        const names = operator && 'List' in operator ? texts(operator.List.items) : [];
        return { column: isPlain ? column : undefined, operator: names.join('.') };
    });
    return { method: method ?? 'gist', elements, partial: where !== undefined };
}
/** The columns that are not null wherever the condition is true. */
function provenNotNull(condition) {
    if (!condition)
        return [];
    if ('BoolExpr' in condition && condition.BoolExpr.boolop === 'AND_EXPR') {
        return (condition.BoolExpr.args ?? []).flatMap(provenNotNull);
    }
    if (!('NullTest' in condition) || condition.NullTest.nulltesttype !== 'IS_NOT_NULL')
        return [];
    const { arg } = condition.NullTest;
    return arg && 'ColumnRef' in arg ? texts(arg.ColumnRef.fields).slice(-1) : [];
}

;// CONCATENATED MODULE: ./src/parse/volatility.ts
// What pg_proc says of PostgreSQL's own functions; test/parse/volatility.test.ts compares each name with a server. Where the variants of
// a name differ, the least harmless one counts. Functions that are not here are unknown.
const volatility_volatile = `array_sample array_shuffle clock_timestamp currval gen_random_uuid lastval lo_creat lo_create lo_export
  lo_from_bytea lo_import lo_put lo_unlink nextval pg_advisory_lock pg_advisory_unlock pg_advisory_xact_lock pg_cancel_backend
  pg_database_size pg_logical_emit_message pg_ls_dir pg_notify pg_read_binary_file pg_read_file pg_relation_size pg_reload_conf
  pg_sleep pg_sleep_for pg_stat_file pg_table_size pg_terminate_backend pg_total_relation_size pg_try_advisory_lock
  pg_try_advisory_xact_lock query_to_xml random random_normal set_config setseed setval timeofday`;
const stable = `age array_to_json array_to_string concat concat_ws convert convert_from convert_to current_database current_schema
  current_catalog current_date current_role current_schemas current_setting current_time current_timestamp current_user date date_part date_trunc enum_first enum_last enum_range extract format
  format_type generate_series inet_client_addr inet_client_port inet_server_addr json_agg json_build_array json_build_object
  json_object_agg jsonb_agg jsonb_build_array jsonb_build_object jsonb_path_query_tz localtime localtimestamp make_timestamptz now
  obj_description overlaps pg_backend_pid pg_client_encoding pg_column_size pg_current_snapshot pg_current_xact_id
  pg_get_constraintdef pg_get_expr pg_get_indexdef pg_get_serial_sequence pg_get_viewdef pg_my_temp_schema pg_postmaster_start_time
  pg_typeof phraseto_tsquery plainto_tsquery quote_literal quote_nullable row_security_active row_to_json session_user
  statement_timestamp time timestamp timestamptz timetz timezone to_char to_date to_json to_jsonb to_number to_regclass to_regtype
  to_timestamp to_tsquery to_tsvector transaction_timestamp txid_current user version websearch_to_tsquery`;
const immutable = `abs array_append array_cat array_length array_position array_prepend array_remove array_replace ascii
  bit_count bit_length bool btrim cardinality ceil ceiling char_length character_length chr cos date_bin decode div encode exp
  factorial float4 float8 floor gcd hashtext host initcap int2 int4 int8 int4range int8range isempty isfinite json_array_length
  json_extract_path json_extract_path_text json_typeof jsonb_array_length jsonb_extract_path jsonb_extract_path_text jsonb_set
  jsonb_strip_nulls jsonb_typeof justify_days justify_hours justify_interval lcm left ln log log10 lower lpad ltrim
  make_date make_interval make_time make_timestamp md5 mod multirange netmask normalize numnode numrange octet_length overlay pi
  position power quote_ident radians regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table repeat
  replace reverse right round rpad rtrim scale setweight sha224 sha256 sha384 sha512 sign similar_to_escape sin split_part sqrt
  starts_with string_to_array strip strpos substr substring tan text to_ascii to_hex translate trim_array trim_scale trunc
  ts_rank unnest upper varchar width_bucket`;
const known = new Map([
    ...words(immutable).map((name) => [name, 'immutable']),
    ...words(stable).map((name) => [name, 'stable']),
    ...words(volatility_volatile).map((name) => [name, 'volatile']),
]);
/** @param name without `pg_catalog.`; with any other schema it is not PostgreSQL's own */
function volatilityOf(name) {
    return known.get(name) ?? 'unknown';
}
/** Every name with what it is said to be, for the comparison with a server. */
function knownFunctions() {
    return known;
}
function words(text) {
    return text.split(/\s+/);
}

;// CONCATENATED MODULE: ./src/parse/expressions.ts


const ownOperators = new Set('+ - * / % ^ |/ ||/ @ & | # ~ << >> = <> != < > <= >= || ~~ !~~ ~~* !~~* ~* !~ !~* -> ->> #> #>> @> <@ ? ?| ?& && @@ @? -|- &< &> ^@'.split(' '));
/** @param sql the expression as it is written */
function expression(node, sql) {
    // Most defaults are constants.
    if (node && 'A_Const' in node)
        return { sql, calls: [], columns: [], volatility: 'immutable' };
    const { calls, columns, hasUnknownOperator } = namesIn(node);
    const each = calls.map(volatilityOf);
    const volatility = each.includes('volatile')
        ? 'volatile'
        : each.includes('unknown') || hasUnknownOperator
            ? 'unknown'
            : each.includes('stable')
                ? 'stable'
                : 'immutable';
    return { sql, calls: [...new Set(calls)], columns: [...new Set(columns)], volatility };
}
/** The tables and functions of a query, or of several parts of one. */
function readsAndCalls(nodes, { names, withQueries = [] }) {
    const found = empty();
    for (const name of withQueries)
        found.local.add(name);
    for (const node of nodes)
        collect(node, found);
    const reads = found.relations.flatMap((relation) => relation.schemaname === undefined && found.local.has(relation.relname ?? '') ? [] : names.relation(relation));
    return { reads: [...new Set(reads)], calls: [...new Set(found.calls)] };
}
/** The function's name, with its schema where that is written and is not PostgreSQL's own. */
function functionName(call) {
    const parts = texts(call.funcname);
    return (parts[0] === 'pg_catalog' ? parts.slice(1) : parts).join('.');
}
/** The text of a constant string, also with a cast. */
function stringOf(node) {
    if (!node)
        return undefined;
    if ('TypeCast' in node)
        return stringOf(node.TypeCast.arg);
    return 'A_Const' in node ? node.A_Const.sval?.sval : undefined;
}
function namesIn(node) {
    const found = empty();
    collect(node, found);
    return found;
}
function empty() {
    return { calls: [], columns: [], relations: [], local: new Set(), hasUnknownOperator: false };
}
function collect(value, found) {
    if (typeof value !== 'object' || value === null)
        return;
    if (Array.isArray(value)) {
        for (const each of value)
            collect(each, found);
        return;
    }
    // Trees are plain objects that JSON.parse made: there is nothing inherited.
    for (const key in value) {
        const child = value[key];
        if (typeof child !== 'object')
            continue;
        switch (key) {
            case 'FuncCall':
                found.calls.push(functionName(child));
                break;
            case 'SQLValueFunction':
                found.calls.push(String(child.op)
                    .replace(/^SVFOP_|_N$/g, '')
                    .toLowerCase());
                break;
            case 'ColumnRef': {
                const column = texts(child.fields).at(-1);
                if (column)
                    found.columns.push(column);
                break;
            }
            case 'RangeVar':
                found.relations.push(child);
                break;
            case 'CommonTableExpr':
                found.local.add(child.ctename ?? '');
                break;
            case 'A_Expr': {
                const { kind, name } = child;
                const operator = texts(name).at(-1) ?? '';
                if ((kind === 'AEXPR_OP' || kind?.startsWith('AEXPR_OP_')) && !ownOperators.has(operator)) {
                    found.hasUnknownOperator = true;
                }
                break;
            }
        }
        collect(child, found);
    }
}

;// CONCATENATED MODULE: ./src/parse/source.ts

/** From bytes of UTF-8, in which the parser counts, to UTF-16 code units, of a text that begins at `start` of a longer one. */
function offsetsIn(text, start) {
    let table;
    const isPlain = /^[\0-\x7F]*$/.test(text);
    return (byte = 0) => {
        // -1 is the parser's "not known".
        if (byte < 0)
            return start;
        if (isPlain)
            return start + byte;
        table ??= unitsByByte(text);
        return start + (table[Math.min(byte, table.length - 1)] ?? 0);
    };
}
function unitsByByte(text) {
    const table = new Uint32Array(Buffer.byteLength(text) + 1);
    let byte = 0;
    for (let unit = 0; unit < text.length;) {
        const point = text.codePointAt(unit) ?? 0;
        const bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        table.fill(unit, byte, byte + bytes);
        byte += bytes;
        unit += point > 0xffff ? 2 : 1;
    }
    table[byte] = text.length;
    return table;
}
/**
 * The text that follows the first of the `after` words outside of parentheses, up to one of the `until` words or
 * symbols there, or the parenthesis that closes around it, or the end of the span. Undefined where there is no such word.
 */
function clause(sql, span, after, until) {
    const found = clauseSpan(sql, span, after, until);
    return found && sql.slice(found.start, found.end).trim();
}
/** The stretch of `clause`. */
function clauseSpan(sql, span, after, until) {
    let depth = 0;
    let start;
    let end;
    for (const token of tokens(sql, span.start)) {
        if (token.start >= span.end)
            break;
        const text = token.kind === 'word' ? sql.slice(token.start, token.end).toUpperCase() : sql[token.start];
        if ((text === ')' || text === ']') && --depth < 0)
            break;
        if (depth === 0 && text !== undefined && token.kind !== 'quoted') {
            if (start !== undefined && until.includes(text))
                break;
            if (start === undefined && text === after) {
                start = token.end;
                continue;
            }
        }
        if (text === '(' || text === '[')
            depth++;
        end = token.end;
    }
    return start === undefined || end === undefined || end < start ? undefined : { start, end };
}
/** What stands between the first parenthesis from `from` on and the one that closes it. */
function parenthesized(sql, from) {
    let depth = 0;
    let start;
    for (const token of tokens(sql, from)) {
        const symbol = token.kind === 'symbol' ? sql[token.start] : undefined;
        if (symbol === '(' && depth++ === 0)
            start = token.end;
        if (symbol === ')' && --depth === 0 && start !== undefined)
            return { start, end: token.start };
        if (depth < 0)
            return undefined;
    }
    return undefined;
}
/** Cuts a span at the commas that stand outside of parentheses. */
function parts(sql, span) {
    const found = [];
    let depth = 0;
    let current;
    for (const token of tokens(sql, span.start)) {
        if (token.start >= span.end)
            break;
        const symbol = token.kind === 'symbol' ? sql[token.start] : undefined;
        if (symbol === '(' || symbol === '[')
            depth++;
        if (symbol === ')' || symbol === ']')
            depth--;
        if (symbol === ',' && depth === 0) {
            current = undefined;
            continue;
        }
        if (current)
            current.end = token.end;
        else {
            current = { start: token.start, end: token.end };
            found.push(current);
        }
    }
    return found;
}
/** The text of a span, without the white space around it. */
function textOf(sql, { start, end }) {
    return sql.slice(start, end).trim();
}

;// CONCATENATED MODULE: ./src/parse/columns.ts




function columnDefinition(definition, source) {
    const constraints = constraintsOf(definition);
    if (constraints.length === 0)
        return plainColumn(definition, source);
    const find = (type) => constraints.find((constraint) => constraint.contype === type);
    const primaryKey = find('CONSTR_PRIMARY') !== undefined;
    const identity = find('CONSTR_IDENTITY');
    const generated = find('CONSTR_GENERATED');
    const filledBy = isSerial(definition.typeName)
        ? 'sequence'
        : identity
            ? 'identity'
            : generated
                ? 'expression'
                : undefined;
    return {
        name: definition.colname ?? '',
        type: source.names.type(definition.typeName),
        userType: source.names.userType(definition.typeName),
        notNull: primaryKey || find('CONSTR_NOTNULL') !== undefined || filledBy === 'sequence' || filledBy === 'identity',
        default: defaultOf(definition, constraints, source),
        filledBy,
        identity: identity && identityKind(identity),
        generated: generated && {
            kind: generated.generated_kind === 'v' ? 'virtual' : 'stored',
            expression: inParentheses(generated, source),
        },
        collation: collationOf(definition),
        primaryKey,
    };
}
function plainColumn(definition, { names }) {
    const filledBy = isSerial(definition.typeName) ? 'sequence' : undefined;
    return {
        name: definition.colname ?? '',
        type: names.type(definition.typeName),
        userType: names.userType(definition.typeName),
        notNull: filledBy !== undefined,
        default: undefined,
        filledBy,
        identity: undefined,
        generated: undefined,
        collation: collationOf(definition),
        primaryKey: false,
    };
}
/** Those that stand in the column's definition, but for NOT NULL, which is a property of the column. */
function inlineConstraints(table, definition, source) {
    const found = [];
    for (const constraint of constraintsOf(definition)) {
        const last = found.at(-1);
        // DEFERRABLE and INITIALLY DEFERRED are nodes of their own, behind the constraint that they are about.
        if (constraint.contype?.startsWith('CONSTR_ATTR_') && last) {
            found[found.length - 1] = { ...last, ...attribute(constraint.contype) };
        }
        else if (constraint.contype !== 'CONSTR_NOTNULL') {
            const added = addConstraint(table, constraint, source, definition.colname);
            if (added)
                found.push(added);
        }
    }
    return found;
}
function attribute(type) {
    if (type === 'CONSTR_ATTR_DEFERRABLE')
        return { deferrable: 'immediate' };
    if (type === 'CONSTR_ATTR_DEFERRED')
        return { deferrable: 'deferred' };
    return type === 'CONSTR_ATTR_NOT_ENFORCED' ? { enforced: false } : {};
}
/** PostgreSQL takes DEFAULT NULL for no default: AddRelationNewConstraints in src/backend/catalog/heap.c. */
function isNull(node) {
    if (node && 'TypeCast' in node)
        return isNull(node.TypeCast.arg);
    return node !== undefined && 'A_Const' in node && node.A_Const.isnull === true;
}
function identityKind({ generated_when: when }) {
    return when === 'a' ? 'always' : 'by default';
}
/** Its qualified name, or the name alone. */
function collationOf({ collClause }) {
    return collClause && texts(collClause.collname).join('.');
}
/** The expression of a CHECK or a generated column. */
function inParentheses({ location, raw_expr: node }, { sql, offset }) {
    const span = parenthesized(sql, offset(location));
    return expression(node, span ? textOf(sql, span) : '');
}
function constraintsOf({ constraints }) {
    return constraints ? constraints.flatMap((node) => ('Constraint' in node ? node.Constraint : [])) : [];
}
function defaultOf({ collClause }, constraints, { sql, span, offset }) {
    const found = constraints.find((constraint) => constraint.contype === 'CONSTR_DEFAULT');
    if (!found || isNull(found.raw_expr))
        return undefined;
    const from = found.location ?? 0;
    const next = [...constraints, ...(collClause ? [collClause] : [])].flatMap(({ location }) => location !== undefined && location > from ? location : []);
    const end = next.length > 0 ? offset(Math.min(...next)) : span.end;
    return expression(found.raw_expr, clause(sql, { start: offset(from), end }, 'DEFAULT', [',']) ?? '');
}

;// CONCATENATED MODULE: ./src/parse/objects.ts

/** The grammar's word for a kind of object, in the words of the model. */
function kindOf(objectType) {
    const word = (objectType ?? '').replace(/^OBJECT_/, '');
    return special.get(word) ?? word.toLowerCase().replaceAll('_', ' ');
}
const special = new Map([
    ['ATTRIBUTE', 'column'],
    ['DOMCONSTRAINT', 'domain constraint'],
    ['FDW', 'foreign-data wrapper'],
    ['FOREIGN_SERVER', 'foreign server'],
    ['LARGEOBJECT', 'large object'],
    ['MATVIEW', 'materialized view'],
    ['OPCLASS', 'operator class'],
    ['OPFAMILY', 'operator family'],
    ['STATISTIC_EXT', 'statistics'],
    ['TABCONSTRAINT', 'constraint'],
    ['TSCONFIGURATION', 'text search configuration'],
    ['TSDICTIONARY', 'text search dictionary'],
    ['TSPARSER', 'text search parser'],
    ['TSTEMPLATE', 'text search template'],
]);
/** Kinds whose name stands in no schema. */
const unqualified = new Set([
    'access method',
    'database',
    'event trigger',
    'extension',
    'foreign server',
    'foreign-data wrapper',
    'language',
    'publication',
    'role',
    'schema',
    'subscription',
    'tablespace',
]);
/** Kinds that are found by their table (a domain's constraints by the domain), whose name comes first. */
const ofTable = new Set(['column', 'constraint', 'domain constraint', 'policy', 'rule', 'trigger']);
/** An object of a list such as DROP's, by the name that is written. */
function namedObject(node, kind, names) {
    if (node && 'ObjectWithArgs' in node)
        return routine(node.ObjectWithArgs, names);
    if (node && 'RangeVar' in node)
        return relation(node.RangeVar, names);
    const parts = partsOf(node, names);
    if (ofTable.has(kind)) {
        return { name: parts.at(-1) ?? '', table: names.qualify(parts.slice(0, -1)), arguments: undefined };
    }
    return {
        name: unqualified.has(kind) ? (parts.at(-1) ?? '') : names.qualify(parts),
        table: undefined,
        arguments: undefined,
    };
}
/** The parts of a name as written. */
function partsOf(node, names) {
    if (node && 'TypeName' in node)
        return texts(node.TypeName.names);
    if (!node || !('List' in node))
        return [types_text(node)];
    const { items = [] } = node.List;
    return items.some((item) => 'TypeName' in item) ? typedName(items, names) : texts(items);
}
/** `COMMENT ON CONSTRAINT c ON DOMAIN d`: a type, then the name. */
function typedName(items, names) {
    return items.flatMap((item) => 'TypeName' in item ? names.qualify(texts(item.TypeName.names)).split('.') : types_text(item));
}
function relation(range, names) {
    return { name: names.relation(range), table: undefined, arguments: undefined };
}
function routine({ objname, objargs, args_unspecified: isOpen }, names) {
    return {
        name: names.qualify(texts(objname)),
        table: undefined,
        arguments: isOpen
            ? undefined
            : (objargs ?? []).map((each) => ('TypeName' in each ? names.type(each.TypeName) : '')),
    };
}

;// CONCATENATED MODULE: ./src/parse/options.ts

/** Options of a statement, by name, such as `WITH (fillfactor = 70)`. */
function definitions(nodes) {
    return (nodes ?? []).flatMap((node) => ('DefElem' in node ? node.DefElem : []));
}
/** The option of this name. Without a value it is switched on. */
function options_option(nodes, name) {
    return definitions(nodes).findLast((each) => each.defname === name);
}
function isOn(found) {
    const value = constantOf(found?.arg);
    return found !== undefined && !['false', 'off', '0'].includes((value ?? 'true').toLowerCase());
}
/** `fillfactor=70`, `toast.autovacuum_enabled=false`. */
function storageOptions(nodes) {
    return definitions(nodes).map((each) => `${optionName(each)}=${constantOf(each.arg) ?? 'true'}`);
}
/** `fillfactor`, `toast.autovacuum_enabled`. */
function optionName({ defnamespace, defname = '' }) {
    return defnamespace === undefined ? defname : `${defnamespace}.${defname}`;
}
/** A constant as text; undefined for what is none. */
function constantOf(node) {
    if (!node)
        return undefined;
    if ('Integer' in node)
        return String(node.Integer.ival ?? 0);
    if ('Float' in node)
        return node.Float.fval;
    if ('Boolean' in node)
        return String(node.Boolean.boolval ?? false);
    if ('String' in node)
        return node.String.sval ?? '';
    if ('TypeName' in node)
        return texts(node.TypeName.names).join('.');
    if ('List' in node)
        return texts(node.List.items).join('.');
    if ('TypeCast' in node)
        return constantOf(node.TypeCast.arg);
    if (!('A_Const' in node))
        return undefined;
    const { ival, fval, boolval, sval } = node.A_Const;
    if (ival)
        return String(ival.ival ?? 0);
    if (fval)
        return fval.fval;
    if (boolval)
        return String(boolval.boolval ?? false);
    return sval && (sval.sval ?? '');
}

;// CONCATENATED MODULE: ./src/parse/privileges.ts



/** A role by its name, or the word that stands for one: `PUBLIC`, `CURRENT_USER`. */
function roleName(role) {
    return role?.rolename ?? (role?.roletype ?? '').replace(/^ROLESPEC_/, '');
}
function roleNames(nodes) {
    return (nodes ?? []).flatMap((node) => ('RoleSpec' in node ? roleName(node.RoleSpec) : []));
}
/** Undefined for what is not about privileges or roles. */
function privilegeOperations(node, source) {
    const { at, names } = source;
    if ('GrantStmt' in node)
        return [grant(node.GrantStmt, false, source)];
    if ('AlterDefaultPrivilegesStmt' in node) {
        const { action, options } = node.AlterDefaultPrivilegesStmt;
        const schemas = options_option(options, 'schemas')?.arg;
        const allInSchemas = schemas && 'List' in schemas ? texts(schemas.List.items) : [];
        return [{ ...grant(action ?? {}, true, source), allInSchemas }];
    }
    if ('GrantRoleStmt' in node) {
        const { is_grant: isGrant, granted_roles: granted, grantee_roles: roles } = node.GrantRoleStmt;
        return [
            {
                kind: isGrant ? 'grant-role' : 'revoke-role',
                at,
                granted: (granted ?? []).flatMap((each) => ('AccessPriv' in each ? (each.AccessPriv.priv_name ?? []) : [])),
                roles: roleNames(roles),
            },
        ];
    }
    if ('CreateRoleStmt' in node)
        return [{ kind: 'create-role', at, role: node.CreateRoleStmt.role ?? '' }];
    if ('AlterRoleStmt' in node)
        return [{ kind: 'alter-role', at, role: roleName(node.AlterRoleStmt.role) }];
    if ('DropRoleStmt' in node)
        return roleNames(node.DropRoleStmt.roles).map((role) => ({ kind: 'drop-role', at, role }));
    if ('CreatePolicyStmt' in node) {
        const { table, policy_name: policy = '' } = node.CreatePolicyStmt;
        return [{ kind: 'create-policy', at, table: names.relation(table), policy }];
    }
    if ('AlterPolicyStmt' in node) {
        const { table, policy_name: policy = '' } = node.AlterPolicyStmt;
        return [{ kind: 'alter-policy', at, table: names.relation(table), policy }];
    }
    return undefined;
}
function grant(statement, future, { at, names }) {
    const object = kindOf(statement.objtype);
    const isAll = statement.targtype === 'ACL_TARGET_ALL_IN_SCHEMA';
    return {
        kind: statement.is_grant ? 'grant' : 'revoke',
        at,
        privileges: (statement.privileges ?? []).flatMap((node) => {
            if (!('AccessPriv' in node))
                return [];
            const { priv_name: name = 'all', cols } = node.AccessPriv;
            return cols ? `${name} (${texts(cols).join(', ')})` : name;
        }),
        object,
        names: isAll ? [] : (statement.objects ?? []).map((node) => namedObject(node, object, names).name),
        allInSchemas: isAll ? texts(statement.objects) : [],
        roles: roleNames(statement.grantees),
        grantOption: statement.grant_option ?? false,
        future,
    };
}

;// CONCATENATED MODULE: ./src/parse/views.ts



function createView(statement, source) {
    const { view, aliases, query, replace = false, options } = statement;
    const reading = readsAndCalls([query], source);
    return {
        kind: 'create-view',
        at: source.at,
        view: source.names.created(view),
        replace,
        temporary: view?.relpersistence === 't',
        options: storageOptions(options),
        outputs: outputsOf(query, texts(aliases), source),
        ...reading,
    };
}
/** @param given the names that the statement gives to the first columns */
function outputsOf(query, given, source) {
    const found = query && 'SelectStmt' in query ? columnsOf(query.SelectStmt, source) : undefined;
    if (given.length === 0)
        return found;
    const isOpen = found?.some(({ name }) => name === '*') ?? true;
    // Fewer names than columns may be given; the rest keep the query's.
    if (isOpen)
        return given.map((name) => ({ name, source: undefined }));
    return found?.map((column, index) => ({ ...column, name: given[index] ?? column.name }));
}
/** By the rules of FigureColname in src/backend/parser/parse_target.c, as far as they need no catalog. */
function columnsOf(select, source) {
    if (select.op !== 'SETOP_NONE' && select.larg) {
        // What the other side adds may change the types.
        return columnsOf(select.larg, source)?.map(({ name }) => ({ name, source: undefined }));
    }
    if (!select.targetList)
        return undefined;
    const only = onlyTable(select, source);
    const columns = [];
    for (const target of select.targetList) {
        if (!('ResTarget' in target))
            return undefined;
        const { name, val } = target.ResTarget;
        const shown = name ?? nameOf(val);
        if (shown === undefined || (shown === '*' && !only))
            return undefined;
        const column = val && 'ColumnRef' in val ? nameOf(val) : undefined;
        columns.push({ name: shown, source: only && column !== undefined ? { table: only, column } : undefined });
    }
    return columns.some(({ name, source }) => name === '*' && !source) ? undefined : columns;
}
/** The table of a query that has one. */
function onlyTable({ fromClause = [], withClause }, { names }) {
    const [first] = fromClause;
    const range = first && 'RangeVar' in first && fromClause.length === 1 ? first.RangeVar : undefined;
    return range && !withClause && !range.alias?.colnames ? names.relation(range) : undefined;
}
function nameOf(node) {
    if (!node)
        return undefined;
    if ('ColumnRef' in node) {
        const last = node.ColumnRef.fields?.at(-1);
        return last && 'A_Star' in last ? '*' : last && 'String' in last ? last.String.sval : undefined;
    }
    if ('FuncCall' in node)
        return texts(node.FuncCall.funcname).at(-1);
    if ('TypeCast' in node) {
        const inner = nameOf(node.TypeCast.arg);
        return inner === undefined || inner === '?column?' ? texts(node.TypeCast.typeName?.names).at(-1) : inner;
    }
    if ('CoalesceExpr' in node)
        return 'coalesce';
    return 'A_Const' in node || 'A_Expr' in node || 'BoolExpr' in node ? '?column?' : undefined;
}

;// CONCATENATED MODULE: ./src/parse/tables.ts







/** The table, followed by the constraints that come with it. */
function createTable(statement, source, relation = 'table') {
    const { names } = source;
    const table = names.created(statement.relation);
    const columns = [];
    const constraints = [];
    const like = [];
    const primaryKey = new Set();
    const notNull = new Set();
    for (const element of statement.tableElts ?? []) {
        if ('ColumnDef' in element) {
            // A column of CREATE TABLE … OF or PARTITION OF only adds to a definition that stands elsewhere.
            if (element.ColumnDef.typeName)
                columns.push(columnDefinition(element.ColumnDef, source));
            constraints.push(...inlineConstraints(table, element.ColumnDef, source));
        }
        else if ('Constraint' in element) {
            const constraint = addConstraint(table, element.Constraint, source);
            if (constraint)
                constraints.push({ ...constraint, with: 'table' });
            const keys = texts(element.Constraint.keys);
            if (element.Constraint.contype === 'CONSTR_PRIMARY')
                for (const key of keys)
                    primaryKey.add(key);
            if (element.Constraint.contype === 'CONSTR_NOTNULL')
                for (const key of keys)
                    notNull.add(key);
        }
        else if ('TableLikeClause' in element) {
            const { relation: of, options = 0 } = element.TableLikeClause;
            like.push({ table: names.relation(of), including: likeOptions.filter((_, bit) => (options & (1 << bit)) !== 0) });
        }
    }
    const parents = (statement.inhRelations ?? []).flatMap((node) => 'RangeVar' in node ? names.relation(node.RangeVar) : []);
    return [
        {
            ...tables_empty(table, statement.relation, source),
            relation,
            columns: columns.map((column) => ({
                ...column,
                primaryKey: column.primaryKey || primaryKey.has(column.name),
                notNull: column.notNull || primaryKey.has(column.name) || notNull.has(column.name),
            })),
            ifNotExists: statement.if_not_exists ?? false,
            partitionBy: partitionBy(statement, source),
            partitionOf: statement.partbound && {
                parent: parents[0] ?? table,
                bound: boundOf(statement.partbound, source),
            },
            inherits: statement.partbound ? [] : parents,
            like,
            ofType: statement.ofTypename && names.qualify(texts(statement.ofTypename.names)),
            options: storageOptions(statement.options),
            tablespace: statement.tablespacename,
            accessMethod: statement.accessMethod,
        },
        ...constraints,
    ];
}
function createTableAs({ query, into, objtype, if_not_exists: ifNotExists = false }, source) {
    const table = source.names.created(into?.rel);
    return {
        ...tables_empty(table, into?.rel, source),
        relation: objtype === 'OBJECT_MATVIEW' ? 'materialized view' : 'table',
        ifNotExists,
        query: {
            ...readsAndCalls([query], source),
            withData: !into?.skipData,
            outputs: outputsOf(query, texts(into?.colNames), source),
        },
        options: storageOptions(into?.options),
        tablespace: into?.tableSpaceName,
        accessMethod: into?.accessMethod,
    };
}
/** SELECT … INTO. */
function selectInto(into, query, source) {
    const table = source.names.created(into);
    return {
        ...tables_empty(table, into, source),
        query: { ...readsAndCalls([query], source), withData: true, outputs: outputsOf(query, [], source) },
    };
}
function tables_empty(table, relation, { at }) {
    const persistence = { u: 'unlogged', t: 'temporary' };
    return {
        kind: 'create-table',
        at,
        table,
        relation: 'table',
        persistence: persistence[relation?.relpersistence] ?? 'permanent',
        columns: [],
        ifNotExists: false,
        partitionBy: undefined,
        partitionOf: undefined,
        inherits: [],
        like: [],
        ofType: undefined,
        query: undefined,
        options: [],
        tablespace: undefined,
        accessMethod: undefined,
    };
}
// TableLikeOption, one bit each: src/include/nodes/parsenodes.h
const likeOptions = [
    'comments',
    'compression',
    'constraints',
    'defaults',
    'generated',
    'identity',
    'indexes',
    'statistics',
    'storage',
];
const strategies = {
    PARTITION_STRATEGY_RANGE: 'range',
    PARTITION_STRATEGY_LIST: 'list',
    PARTITION_STRATEGY_HASH: 'hash',
};
function partitionBy({ partspec }, { sql, offset }) {
    if (!partspec)
        return undefined;
    const keys = parenthesized(sql, offset(partspec.location));
    return { strategy: strategies[partspec.strategy ?? 'PARTITION_STRATEGY_RANGE'], keys: keys ? textOf(sql, keys) : '' };
}
/** As it is written, but for spaces: `FOR VALUES FROM (1) TO (9)`, `DEFAULT`. */
function boundOf(bound, { sql, offset }) {
    if (bound.is_default)
        return 'DEFAULT';
    const first = parenthesized(sql, offset(bound.location));
    const lower = first ? textOf(sql, first) : '';
    if (bound.strategy === 'l')
        return `FOR VALUES IN (${lower})`;
    if (bound.strategy === 'h')
        return `FOR VALUES WITH (${lower})`;
    const second = first && parenthesized(sql, first.end + 1);
    return `FOR VALUES FROM (${lower}) TO (${second ? textOf(sql, second) : ''})`;
}
/** The name of a relation below a node, if it is one. */
function rangeOf(node) {
    return node && 'RangeVar' in node ? node.RangeVar : undefined;
}

;// CONCATENATED MODULE: ./src/parse/alter-table.ts










/** One operation or more for each command. With several commands, each stands at its own place. */
function alterTable(statement, source) {
    const commands = (statement.cmds ?? []).flatMap((node) => ('AlterTableCmd' in node ? node.AlterTableCmd : []));
    if (commands.length === 0)
        return [{ kind: 'other', at: source.at, statement: 'AlterTableStmt' }];
    const object = kindOf(statement.objtype);
    const table = source.names.relation(statement.relation);
    if (object === 'type')
        return [compositeType(table, commands, source)];
    const whole = { start: afterName(source, statement.relation?.location), end: source.span.end };
    const spans = commands.length > 1 ? parts(source.sql, whole) : [];
    return commands.flatMap((command, index) => {
        const span = (spans.length === commands.length ? spans[index] : undefined) ?? whole;
        const at = span === whole ? source.at : source.place(span.start, span.end);
        return alter(table, object, command, span, { ...source, at });
    });
}
function alter(table, object, command, span, source) {
    const { at, names } = source;
    const named = { name: table, table: undefined, arguments: undefined };
    const drop = { ifExists: command.missing_ok ?? false, cascade: command.behavior === 'DROP_CASCADE' };
    const list = command.def && 'List' in command.def ? command.def.List.items : undefined;
    switch (command.subtype) {
        case 'AT_ChangeOwner':
            return [{ kind: 'change-owner', at, object, ...named, owner: roleName(command.newowner) }];
        case 'AT_SetTableSpace':
            return [{ kind: 'set-tablespace', at, table, object, tablespace: command.name ?? '' }];
        case 'AT_SetRelOptions':
        case 'AT_ReplaceRelOptions':
            return [{ kind: 'set-options', at, table, object, options: storageOptions(list), reset: false }];
        case 'AT_ResetRelOptions':
            return [{ kind: 'set-options', at, table, object, options: definitions(list).map(optionName), reset: true }];
        case 'AT_AttachPartition':
        case 'AT_DetachPartition':
        case 'AT_DetachPartitionFinalize':
            return [partition(table, object, command, source)];
    }
    if (object !== 'table' && object !== 'foreign table')
        return [other(command, source)];
    switch (command.subtype) {
        case 'AT_AddConstraint': {
            const constraint = command.def && 'Constraint' in command.def ? command.def.Constraint : undefined;
            const added = constraint && addConstraint(table, constraint, source);
            if (!added)
                break;
            const scans = added.type === 'not-null' && !added.notValid;
            return [
                added,
                ...(scans ? texts(constraint.keys) : []).map((key) => ({ kind: 'set-not-null', at, table, column: key })),
            ];
        }
        case 'AT_DropConstraint':
            return [{ kind: 'drop-constraint', at, table, constraint: command.name ?? '', ...drop }];
        case 'AT_ValidateConstraint':
            return [{ kind: 'validate-constraint', at, table, constraint: command.name ?? '' }];
        case 'AT_AlterConstraint': {
            const change = command.def && 'ATAlterConstraint' in command.def ? command.def.ATAlterConstraint : {};
            const deferrable = change.initdeferred ? 'deferred' : change.deferrable ? 'immediate' : 'no';
            return [
                {
                    kind: 'alter-constraint',
                    at,
                    table,
                    constraint: change.conname ?? '',
                    deferrable: change.alterDeferrability ? deferrable : undefined,
                    enforced: change.alterEnforceability ? (change.is_enforced ?? false) : undefined,
                },
            ];
        }
        case 'AT_SetLogged':
        case 'AT_SetUnLogged':
            return [{ kind: 'set-logged', at, table, logged: command.subtype === 'AT_SetLogged' }];
        case 'AT_SetAccessMethod':
            return [{ kind: 'set-access-method', at, table, method: command.name ?? 'default' }];
        case 'AT_ReplicaIdentity': {
            const letter = command.def && 'ReplicaIdentityStmt' in command.def ? command.def.ReplicaIdentityStmt : undefined;
            const identity = { f: 'full', n: 'nothing', i: 'index' }[letter?.identity_type];
            return [{ kind: 'replica-identity', at, table, identity: identity ?? 'default', index: letter?.name }];
        }
        case 'AT_AddInherit':
        case 'AT_DropInherit': {
            const parent = names.relation(rangeOf(command.def));
            return [{ kind: 'inherit', at, table, parent, inherit: command.subtype === 'AT_AddInherit' }];
        }
        case 'AT_EnableRowSecurity':
            return [{ kind: 'row-security', at, table, change: 'enable' }];
        case 'AT_DisableRowSecurity':
            return [{ kind: 'row-security', at, table, change: 'disable' }];
        case 'AT_ForceRowSecurity':
            return [{ kind: 'row-security', at, table, change: 'force' }];
        case 'AT_NoForceRowSecurity':
            return [{ kind: 'row-security', at, table, change: 'no-force' }];
    }
    const trigger = triggerStates[command.subtype ?? ''];
    if (trigger) {
        return [{ kind: 'set-trigger', at, table, trigger: trigger.many ?? command.name ?? '', state: trigger.state }];
    }
    return alterColumn(table, command, span, source, drop) ?? [other(command, source)];
}
function alterColumn(table, command, span, source, drop) {
    const { at, sql, names } = source;
    const column = command.name ?? '';
    const definition = command.def && 'ColumnDef' in command.def ? command.def.ColumnDef : undefined;
    const change = (what, value) => [
        { kind: 'alter-column', at, table, column, change: what, value },
    ];
    switch (command.subtype) {
        case 'AT_AddColumn': {
            if (!definition)
                return undefined;
            const ifNotExists = command.missing_ok ?? false;
            return [
                { kind: 'add-column', at, table, column: columnDefinition(definition, source), ifNotExists },
                ...inlineConstraints(table, definition, source),
            ];
        }
        case 'AT_DropColumn':
            return [{ kind: 'drop-column', at, table, column, ...drop }];
        case 'AT_SetNotNull':
            return [{ kind: 'set-not-null', at, table, column }];
        case 'AT_DropNotNull':
            return [{ kind: 'drop-not-null', at, table, column }];
        case 'AT_ColumnDefault': {
            const value = command.def && !isNull(command.def)
                ? expression(command.def, clause(sql, span, 'DEFAULT', [',']) ?? '')
                : undefined;
            return [{ kind: 'set-default', at, table, column, default: value }];
        }
        case 'AT_AlterColumnType': {
            const type = definition?.typeName;
            const using = definition?.raw_default && clause(sql, span, 'USING', [',']);
            const collation = definition && collationOf(definition);
            return [
                {
                    kind: 'alter-column-type',
                    at,
                    table,
                    column,
                    type: names.type(type),
                    userType: names.userType(type),
                    collation,
                    using,
                },
            ];
        }
        case 'AT_AddIdentity': {
            const constraint = command.def && 'Constraint' in command.def ? command.def.Constraint : undefined;
            return change('add-identity', constraint && identityKind(constraint));
        }
        case 'AT_SetIdentity': {
            const items = command.def && 'List' in command.def ? command.def.List.items : undefined;
            const generated = (items ?? []).find((item) => 'DefElem' in item && item.DefElem.defname === 'generated');
            const letter = generated && 'DefElem' in generated ? constantOf(generated.DefElem.arg) : undefined;
            // The grammar gives ATTRIBUTE_IDENTITY_ALWAYS and _BY_DEFAULT as their letters' codes: src/include/catalog/pg_attribute.h
            const kind = letter === String('a'.charCodeAt(0)) ? 'always' : 'by default';
            return change('set-identity', letter === undefined ? undefined : kind);
        }
        case 'AT_DropIdentity':
            return change('drop-identity');
        case 'AT_SetExpression': {
            const text = parenthesized(sql, span.start);
            return change('set-expression', text && textOf(sql, text));
        }
        case 'AT_DropExpression':
            return change('drop-expression');
        case 'AT_SetStatistics':
            return change('statistics', constantOf(command.def));
        case 'AT_SetStorage':
            return change('storage', constantOf(command.def)?.toLowerCase());
        case 'AT_SetCompression':
            return change('compression', constantOf(command.def)?.toLowerCase());
        case 'AT_SetOptions':
        case 'AT_ResetOptions': {
            const items = command.def && 'List' in command.def ? command.def.List.items : undefined;
            return change('options', command.subtype === 'AT_SetOptions' ? storageOptions(items).join(', ') : undefined);
        }
        default:
            return undefined;
    }
}
const triggerStates = {
    AT_EnableTrig: { state: 'origin' },
    AT_EnableTrigAll: { state: 'origin', many: 'ALL' },
    AT_EnableTrigUser: { state: 'origin', many: 'USER' },
    AT_EnableAlwaysTrig: { state: 'always' },
    AT_EnableReplicaTrig: { state: 'replica' },
    AT_DisableTrig: { state: 'disabled' },
    AT_DisableTrigAll: { state: 'disabled', many: 'ALL' },
    AT_DisableTrigUser: { state: 'disabled', many: 'USER' },
};
function partition(table, object, command, source) {
    const definition = command.def && 'PartitionCmd' in command.def ? command.def.PartitionCmd : {};
    const name = source.names.relation(definition.name);
    if (object === 'index')
        return { kind: 'attach-index', at: source.at, index: table, partition: name };
    if (command.subtype === 'AT_AttachPartition') {
        const bound = definition.bound ? boundOf(definition.bound, source) : 'DEFAULT';
        return { kind: 'attach-partition', at: source.at, table, partition: name, bound };
    }
    return {
        kind: 'detach-partition',
        at: source.at,
        table,
        partition: name,
        concurrently: definition.concurrent ?? false,
        finalize: command.subtype === 'AT_DetachPartitionFinalize',
    };
}
function compositeType(type, commands, { at }) {
    const columns = commands.flatMap((command) => command.def && 'ColumnDef' in command.def && command.def.ColumnDef.colname !== undefined
        ? command.def.ColumnDef.colname
        : (command.name ?? []));
    const cascade = commands.some(({ behavior }) => behavior === 'DROP_CASCADE');
    return { kind: 'alter-composite-type', at, type, columns, cascade };
}
function other(command, { at }) {
    return { kind: 'other', at, statement: command.subtype ?? 'AlterTableCmd' };
}
/** The offset behind the table's name, from the byte at which it begins. */
function afterName({ sql, offset }, byte) {
    let end = offset(byte);
    let wantsName = true;
    for (const token of tokens(sql, end)) {
        const isDot = sql[token.start] === '.';
        if (!wantsName && !isDot && sql[token.start] !== '*')
            break;
        wantsName = isDot;
        end = token.end;
    }
    return end;
}

;// CONCATENATED MODULE: ./src/parse/changes.ts







/** DROP, RENAME, SET SCHEMA, OWNER TO, COMMENT and ALTER of types, domains and functions. Undefined for every other statement. */
function changeOperations(node, source) {
    const { at, names } = source;
    if ('DropStmt' in node)
        return drop(node.DropStmt, source);
    if ('RenameStmt' in node)
        return [rename(node.RenameStmt, source)];
    if ('AlterObjectSchemaStmt' in node) {
        const { objectType, relation: range, object: named, newschema: schema = '' } = node.AlterObjectSchemaStmt;
        const object = kindOf(objectType);
        const which = range ? relation(range, names) : namedObject(named, object, names);
        return [{ kind: 'set-schema', at, object, ...which, schema }];
    }
    if ('AlterOwnerStmt' in node) {
        const { objectType, object: named, newowner } = node.AlterOwnerStmt;
        const object = kindOf(objectType);
        return [{ kind: 'change-owner', at, object, ...namedObject(named, object, names), owner: roleName(newowner) }];
    }
    if ('CommentStmt' in node) {
        const { objtype, object: named, comment } = node.CommentStmt;
        const object = kindOf(objtype);
        return [{ kind: 'comment', at, object, ...namedObject(named, object, names), comment }];
    }
    if ('AlterEnumStmt' in node) {
        const { typeName, oldVal, newVal = '', newValNeighbor: neighbor, newValIsAfter: isAfter } = node.AlterEnumStmt;
        const type = names.qualify(texts(typeName));
        if (oldVal !== undefined) {
            return [{ kind: 'rename', at, object: 'enum value', name: oldVal, table: type, arguments: undefined, to: newVal }];
        }
        return [
            {
                kind: 'add-enum-value',
                at,
                type,
                value: newVal,
                before: isAfter ? undefined : neighbor,
                after: isAfter ? neighbor : undefined,
                ifNotExists: node.AlterEnumStmt.skipIfNewValExists ?? false,
            },
        ];
    }
    if ('AlterDomainStmt' in node)
        return alterDomain(node, source);
    if ('AlterFunctionStmt' in node) {
        const { objtype, func, actions } = node.AlterFunctionStmt;
        const object = kindOf(objtype);
        const which = namedObject(func && { ObjectWithArgs: func }, object, names);
        return [
            {
                kind: 'alter-function',
                at,
                object,
                function: names.qualify(texts(func?.objname)),
                arguments: which.arguments,
                ...functionSettings(actions),
            },
        ];
    }
    return undefined;
}
/** What a function's options say about whose rights it has and which settings it runs with. */
function functionSettings(options) {
    const all = definitions(options);
    const security = all.find(({ defname }) => defname === 'security')?.arg;
    return {
        securityDefiner: security && 'Boolean' in security ? (security.Boolean.boolval ?? false) : undefined,
        settings: all.flatMap(({ defname, arg }) => defname === 'set' && arg && 'VariableSetStmt' in arg && arg.VariableSetStmt.kind === 'VAR_SET_VALUE'
            ? (arg.VariableSetStmt.name ?? [])
            : []),
    };
}
function drop(statement, { at, names }) {
    const object = kindOf(statement.removeType);
    const concurrently = statement.concurrent ?? false;
    const how = { ifExists: statement.missing_ok ?? false, cascade: statement.behavior === 'DROP_CASCADE' };
    return (statement.objects ?? []).map((node) => {
        const name = names.qualify(partsOf(node, names));
        switch (object) {
            case 'table':
            case 'foreign table':
                return { kind: 'drop-table', at, table: name, relation: object, ...how };
            case 'index':
                return { kind: 'drop-index', at, index: name, concurrently, ...how };
            case 'type':
            case 'domain':
                return { kind: 'drop-type', at, type: name, ...how };
            default:
                return { kind: 'drop-object', at, object, ...namedObject(node, object, names), ...how };
        }
    });
}
function rename(statement, { at, names }) {
    const { renameType, relation: range, object: node, subname, newname: to = '' } = statement;
    const object = kindOf(renameType);
    return { kind: 'rename', at, object, ...renamed(), to };
    function renamed() {
        if (subname === undefined)
            return range ? relation(range, names) : namedObject(node, object, names);
        const table = range ? names.relation(range) : node && names.qualify(partsOf(node, names));
        return { name: subname, table, arguments: undefined };
    }
}
// The letters of AlterDomainStmt: src/include/nodes/parsenodes.h
const domainChanges = {
    C: 'add-constraint',
    X: 'drop-constraint',
    V: 'validate-constraint',
    O: 'set-not-null',
    N: 'drop-not-null',
};
function alterDomain({ AlterDomainStmt: statement }, source) {
    const { subtype = '', typeName, def, name } = statement;
    const constraint = def && 'Constraint' in def ? def.Constraint : undefined;
    const isDefault = subtype === 'T' && def && !isNull(def);
    const change = domainChanges[subtype] ?? (isDefault ? 'set-default' : 'drop-default');
    return [
        {
            kind: 'alter-domain',
            at: source.at,
            type: source.names.qualify(texts(typeName)),
            change,
            constraint: constraint?.conname ?? name,
            expression: expressionOf(),
            notValid: constraint?.skip_validation ?? false,
            ifExists: statement.missing_ok ?? false,
        },
    ];
    function expressionOf() {
        if (constraint?.contype === 'CONSTR_CHECK')
            return inParentheses(constraint, source);
        return isDefault ? expression(def, clause(source.sql, source.span, 'DEFAULT', []) ?? '') : undefined;
    }
}

;// CONCATENATED MODULE: ./src/parse/definitions.ts




/** CREATE of types, sequences, schemas, extensions and of rarer kinds. Undefined for every other statement. */
function definitionOperations(node, source) {
    const { at, names } = source;
    const type = (name, rest) => [
        { ...anyType, kind: 'create-type', at, type: name, ...rest },
    ];
    if ('CreateEnumStmt' in node) {
        const { typeName, vals } = node.CreateEnumStmt;
        return type(names.qualify(texts(typeName)), { form: 'enum', labels: texts(vals) });
    }
    if ('CreateRangeStmt' in node)
        return type(names.qualify(texts(node.CreateRangeStmt.typeName)), { form: 'range' });
    if ('CreateDomainStmt' in node)
        return [domain(node.CreateDomainStmt, source)];
    if ('CompositeTypeStmt' in node) {
        const { typevar, coldeflist } = node.CompositeTypeStmt;
        const columns = columnsIn(coldeflist, source);
        return type(names.relation(typevar), { form: 'composite type', columns });
    }
    if ('DefineStmt' in node) {
        const { kind, defnames, args, if_not_exists: ifNotExists = false } = node.DefineStmt;
        const object = kindOf(kind);
        if (object === 'type')
            return type(names.qualify(texts(defnames)), { form: 'type' });
        const list = args?.find((arg) => 'List' in arg);
        const parameters = list && 'List' in list ? (list.List.items ?? []) : [];
        const types = parameters.flatMap((each) => 'FunctionParameter' in each ? names.type(each.FunctionParameter.argType) : []);
        const isAggregate = object === 'aggregate';
        const name = names.qualify(texts(defnames));
        return [created(object, name, source, { arguments: isAggregate ? types : undefined, ifNotExists })];
    }
    if ('CreateSeqStmt' in node) {
        const { sequence: range, options, if_not_exists: ifNotExists = false } = node.CreateSeqStmt;
        const sequence = names.created(range);
        const temporary = range?.relpersistence === 't';
        return [{ kind: 'create-sequence', at, sequence, ifNotExists, temporary, changes: sequenceChanges(options, names) }];
    }
    if ('AlterSeqStmt' in node) {
        const { sequence, options } = node.AlterSeqStmt;
        return [
            { kind: 'alter-sequence', at, sequence: names.relation(sequence), changes: sequenceChanges(options, names) },
        ];
    }
    if ('CreateExtensionStmt' in node) {
        const { extname: extension = '', if_not_exists: ifNotExists = false, options } = node.CreateExtensionStmt;
        return [
            { kind: 'create-extension', at, extension, schema: constantOf(options_option(options, 'schema')?.arg), ifNotExists },
        ];
    }
    return rarer(node, source);
}
const anyType = {
    form: 'type',
    labels: [],
    base: undefined,
    baseType: undefined,
    notNull: false,
    default: undefined,
    collation: undefined,
    checks: [],
    columns: [],
};
function domain(statement, source) {
    const { domainname, typeName } = statement;
    const constraints = constraintsOf(statement);
    return {
        ...anyType,
        kind: 'create-type',
        at: source.at,
        type: source.names.qualify(texts(domainname)),
        form: 'domain',
        base: source.names.type(typeName),
        baseType: source.names.userType(typeName),
        notNull: constraints.some(({ contype }) => contype === 'CONSTR_NOTNULL'),
        default: defaultOf(statement, constraints, source),
        collation: collationOf(statement),
        checks: constraints.flatMap((each) => each.contype === 'CONSTR_CHECK' ? { constraint: each.conname, expression: inParentheses(each, source) } : []),
    };
}
function columnsIn(nodes, source) {
    return (nodes ?? []).flatMap((node) => ('ColumnDef' in node ? columnDefinition(node.ColumnDef, source) : []));
}
function sequenceChanges(nodes, names) {
    const changes = {};
    for (const { defname, arg } of definitions(nodes)) {
        const value = constantOf(arg);
        switch (defname) {
            case 'as':
                if (arg && 'TypeName' in arg)
                    changes.type = names.type(arg.TypeName);
                break;
            case 'start':
            case 'increment':
            case 'cache':
                if (value !== undefined)
                    changes[defname] = value;
                break;
            case 'minvalue':
                changes.min = value ?? 'none';
                break;
            case 'maxvalue':
                changes.max = value ?? 'none';
                break;
            case 'cycle':
                changes.cycle = value !== 'false';
                break;
            case 'restart':
                changes.restart = true;
                break;
            case 'owned_by': {
                const parts = arg && 'List' in arg ? texts(arg.List.items) : [];
                const column = parts.at(-1) ?? '';
                changes.ownedBy = parts.length < 2 ? 'none' : { table: names.qualify(parts.slice(0, -1)), column };
                break;
            }
        }
    }
    return changes;
}
function created(object, name, { at }, rest = {}) {
    return {
        kind: 'create-object',
        at,
        object,
        name,
        table: undefined,
        arguments: undefined,
        ifNotExists: false,
        ...rest,
    };
}
/** Kinds of object of which no rule asks more than that they are made. */
function rarer(node, source) {
    const { names } = source;
    if ('RuleStmt' in node) {
        const { relation, rulename = '' } = node.RuleStmt;
        return [created('rule', rulename, source, { table: names.relation(relation) })];
    }
    if ('CreateStatsStmt' in node) {
        const { defnames, if_not_exists: ifNotExists = false, relations } = node.CreateStatsStmt;
        const of = relations?.[0];
        const table = of && 'RangeVar' in of ? { table: names.relation(of.RangeVar) } : {};
        return [created('statistics', names.qualify(texts(defnames)), source, { ifNotExists, ...table })];
    }
    if ('CreatePublicationStmt' in node)
        return [created('publication', node.CreatePublicationStmt.pubname ?? '', source)];
    if ('CreateSubscriptionStmt' in node) {
        return [created('subscription', node.CreateSubscriptionStmt.subname ?? '', source)];
    }
    if ('CreateEventTrigStmt' in node)
        return [created('event trigger', node.CreateEventTrigStmt.trigname ?? '', source)];
    if ('CreateFdwStmt' in node)
        return [created('foreign-data wrapper', node.CreateFdwStmt.fdwname ?? '', source)];
    if ('CreateForeignServerStmt' in node) {
        return [created('foreign server', node.CreateForeignServerStmt.servername ?? '', source)];
    }
    if ('CreateUserMappingStmt' in node) {
        return [created('user mapping', node.CreateUserMappingStmt.servername ?? '', source)];
    }
    if ('CreatePLangStmt' in node)
        return [created('language', node.CreatePLangStmt.plname ?? '', source)];
    if ('CreateAmStmt' in node)
        return [created('access method', node.CreateAmStmt.amname ?? '', source)];
    if ('CreateConversionStmt' in node) {
        return [created('conversion', names.qualify(texts(node.CreateConversionStmt.conversion_name)), source)];
    }
    if ('CreateOpClassStmt' in node) {
        return [created('operator class', names.qualify(texts(node.CreateOpClassStmt.opclassname)), source)];
    }
    if ('CreateOpFamilyStmt' in node) {
        return [created('operator family', names.qualify(texts(node.CreateOpFamilyStmt.opfamilyname)), source)];
    }
    if ('CreateCastStmt' in node) {
        const { sourcetype, targettype } = node.CreateCastStmt;
        return [created('cast', `${names.type(sourcetype)} AS ${names.type(targettype)}`, source)];
    }
    if ('CreateTransformStmt' in node) {
        const { type_name: type, lang = '' } = node.CreateTransformStmt;
        return [created('transform', `${names.type(type)} LANGUAGE ${lang}`, source)];
    }
    if ('CreatedbStmt' in node)
        return [created('database', node.CreatedbStmt.dbname ?? '', source)];
    if ('CreateTableSpaceStmt' in node) {
        return [created('tablespace', node.CreateTableSpaceStmt.tablespacename ?? '', source)];
    }
    return undefined;
}

;// CONCATENATED MODULE: ./src/parse/indexes.ts




function createIndex(statement, source) {
    const { at, names, sql, span, offset } = source;
    const elements = elementsOf(statement.indexParams);
    const list = parenthesized(sql, offset(statement.relation?.location));
    const spans = list && elements.some(({ expr }) => expr) ? parts(sql, list) : [];
    const keys = elements.map((element, index) => keyOf(element, spans[index], sql));
    // No parenthesis follows the keys but those of INCLUDE and WITH, so WHERE is found behind the list.
    const where = statement.whereClause && clauseSpan(sql, { start: (list?.end ?? span.start - 1) + 1, end: span.end }, 'WHERE', []);
    const hasExpression = elements.some(({ name }) => name === undefined);
    return {
        kind: 'create-index',
        at,
        table: names.relation(statement.relation),
        index: statement.idxname,
        keys,
        columns: elements.flatMap(({ name }) => name ?? []),
        include: elementsOf(statement.indexIncludingParams).flatMap(({ name }) => name ?? []),
        where: statement.whereClause && expression(statement.whereClause, where ? textOf(sql, where) : ''),
        partial: statement.whereClause !== undefined || hasExpression,
        method: statement.accessMethod ?? 'btree',
        concurrently: statement.concurrent ?? false,
        only: statement.relation?.inh !== true,
        unique: statement.unique ?? false,
        nullsNotDistinct: statement.nulls_not_distinct ?? false,
        ifNotExists: statement.if_not_exists ?? false,
        options: storageOptions(statement.options),
        tablespace: statement.tableSpace,
    };
}
function elementsOf(nodes) {
    return (nodes ?? []).flatMap((node) => ('IndexElem' in node ? node.IndexElem : []));
}
function keyOf(element, span, sql) {
    const { name, expr, collation, opclass, ordering, nulls_ordering: nulls } = element;
    return {
        column: name,
        expression: expr && expression(expr, span ? expressionText(sql, span) : ''),
        collation: collation && texts(collation).join('.'),
        operatorClass: opclass && texts(opclass).join('.'),
        descending: ordering === 'SORTBY_DESC',
        nulls: nulls === 'SORTBY_NULLS_FIRST' ? 'first' : nulls === 'SORTBY_NULLS_LAST' ? 'last' : undefined,
    };
}
/** Without the parentheses around it, and without what follows it: a function call, or anything in parentheses. */
function expressionText(sql, { start, end }) {
    const inner = parenthesized(sql, start);
    if (!inner || inner.end > end)
        return textOf(sql, { start, end });
    return sql[start] === '(' ? textOf(sql, inner) : sql.slice(start, inner.end + 1);
}

;// CONCATENATED MODULE: ./src/parse/maintenance.ts



/** Statements that work on tables as a whole. Undefined for every other. */
function maintenanceOperations(node, source) {
    const { at, names } = source;
    const tables = (nodes) => (nodes ?? []).map((each) => names.relation(rangeOf(each)));
    if ('TruncateStmt' in node) {
        const { relations, behavior, restart_seqs: restartIdentity = false } = node.TruncateStmt;
        const cascade = behavior === 'DROP_CASCADE';
        return tables(relations).map((table) => ({ kind: 'truncate', at, table, cascade, restartIdentity }));
    }
    if ('LockStmt' in node) {
        const { relations, mode, nowait = false } = node.LockStmt;
        const words = lockModes[mode ?? 0] ?? 'ACCESS EXCLUSIVE';
        return tables(relations).map((table) => ({ kind: 'lock-table', at, table, mode: words, nowait }));
    }
    if ('ReindexStmt' in node) {
        const { kind, relation, name, params } = node.ReindexStmt;
        const scope = reindexScopes[kind ?? ''] ?? 'table';
        return [
            {
                kind: 'reindex',
                at,
                scope,
                name: relation ? names.relation(relation) : name,
                concurrently: isOn(options_option(params, 'concurrently')),
            },
        ];
    }
    if ('ClusterStmt' in node) {
        const { relation, indexname: index } = node.ClusterStmt;
        return [{ kind: 'cluster', at, table: relation && names.relation(relation), index }];
    }
    if ('VacuumStmt' in node) {
        const { rels, is_vacuumcmd: isVacuum, options } = node.VacuumStmt;
        const named = rels?.map((each) => names.relation(vacuumed(each)));
        return [
            isVacuum
                ? { kind: 'vacuum', at, tables: named, full: isOn(options_option(options, 'full')) }
                : { kind: 'analyze', at, tables: named },
        ];
    }
    if ('RefreshMatViewStmt' in node) {
        const { relation, concurrent: concurrently = false, skipData } = node.RefreshMatViewStmt;
        const view = names.relation(relation);
        return [{ kind: 'refresh-materialized-view', at, view, concurrently, withData: !skipData }];
    }
    return 'CopyStmt' in node ? [copy(node.CopyStmt, source)] : undefined;
}
function copy(statement, source) {
    const { at, names } = source;
    const { relation, query, is_from: isFrom, is_program: isProgram, filename: target } = statement;
    return {
        kind: 'copy',
        at,
        table: relation && names.relation(relation),
        direction: isFrom ? 'from' : 'to',
        place: isProgram ? 'program' : target === undefined ? 'client' : 'file',
        target,
        ...readsAndCalls([query], source),
    };
}
function vacuumed(node) {
    return 'VacuumRelation' in node ? node.VacuumRelation.relation : undefined;
}
// LOCKMODE: src/include/storage/lockdefs.h
const lockModes = [
    '',
    'ACCESS SHARE',
    'ROW SHARE',
    'ROW EXCLUSIVE',
    'SHARE UPDATE EXCLUSIVE',
    'SHARE',
    'SHARE ROW EXCLUSIVE',
    'EXCLUSIVE',
    'ACCESS EXCLUSIVE',
];
const reindexScopes = {
    REINDEX_OBJECT_INDEX: 'index',
    REINDEX_OBJECT_TABLE: 'table',
    REINDEX_OBJECT_SCHEMA: 'schema',
    REINDEX_OBJECT_DATABASE: 'database',
    REINDEX_OBJECT_SYSTEM: 'system',
};

// EXTERNAL MODULE: ./src/model/keywords.ts
var keywords = __webpack_require__(6993);
;// CONCATENATED MODULE: ./src/parse/format.ts

/** A name as quote_ident gives it. */
function format_quotedName(name) {
    return /^[a-z_][a-z0-9_]*$/.test(name) && !keywords/* keywords */.R.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
/** A string as quote_literal gives it. */
function quotedText(text) {
    const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
    return text.includes('\\') ? `E${quoted}` : quoted;
}
const specifier = /%(?:%|(?:(\d+)\$)?(-*)(?:\*(?:(\d+)\$)?|(\d+))?([sIL])|)/g;
/** Nobody means a wider one; PostgreSQL would take it. */
const widest = 10_000;
/**
 * What PostgreSQL's format() gives: https://www.postgresql.org/docs/current/functions-string.html#FUNCTIONS-STRING-FORMAT, with positions and
 * widths. Undefined where it would refuse.
 *
 * @param values as their types print them; null for NULL
 */
function formatted(pattern, values) {
    let next = 0;
    let isRefused = false;
    const take = (position) => {
        const at = position === undefined ? next : Number(position) - 1;
        next = at + 1;
        const value = values[at];
        if (value === undefined)
            isRefused = true;
        return value ?? null;
    };
    const text = pattern.replace(specifier, (whole, position, minus = '', widthPosition, digits, kind) => {
        if (whole === '%%')
            return '%';
        if (kind === undefined)
            isRefused = true;
        const isIndirect = whole.includes('*');
        const given = isIndirect ? (take(widthPosition) ?? '0') : (digits ?? '0');
        const width = /^\s*[-+]?\d+\s*$/.test(given) ? Number(given) : Number.NaN;
        if (!(Math.abs(width) <= widest))
            isRefused = true;
        const value = take(position);
        if (value === null && kind === 'I')
            isRefused = true;
        return isRefused ? '' : padded(conversion(kind, value), width, minus !== '');
    });
    return isRefused ? undefined : text;
}
function conversion(kind, value) {
    if (kind === 'L')
        return value === null ? 'NULL' : quotedText(value);
    return kind === 'I' ? format_quotedName(value ?? '') : (value ?? '');
}
/** A negative width means the left side too. */
function padded(text, width, isLeft) {
    const blank = ' '.repeat(Math.max(0, Math.abs(width) - [...text].length));
    return isLeft || width < 0 ? text + blank : blank + text;
}

;// CONCATENATED MODULE: ./src/parse/literals.ts

/** The first string from `from` on, outside of comments. Undefined where there is none before `end`. */
function literalFrom(sql, from, end) {
    for (const token of tokens(sql, from)) {
        if (token.start >= end)
            return undefined;
        if (token.kind === 'literal')
            return literalAt(sql, token.start, token.end);
    }
    return undefined;
}
function literalAt(sql, start, end) {
    const dollar = /^\$[^$]*\$/.exec(sql.slice(start, end))?.[0];
    if (dollar !== undefined) {
        const first = start + dollar.length;
        return { text: sql.slice(first, end - dollar.length), offset: (inside) => first + inside };
    }
    if (sql[start] !== "'")
        return undefined;
    const first = start + 1;
    const inner = sql.slice(first, end - 1);
    if (!inner.includes("'"))
        return { text: inner, offset: (inside) => first + inside };
    return {
        text: inner.replaceAll("''", "'"),
        offset: (inside) => {
            let at = first;
            for (let count = 0; count < inside; count++)
                at += sql.startsWith("''", at) ? 2 : 1;
            return at;
        },
    };
}

;// CONCATENATED MODULE: ./src/parse/constants.ts




/**
 * The text that an expression always gives: a string, strings joined with `||`, `format` with constants. Undefined where it depends on
 * anything else, where it is NULL, and where PostgreSQL would refuse it. test/parse/constants.test.ts holds it against a server.
 *
 * @param sql the expression as it is written
 */
function constantText(node, sql) {
    const value = constant(node);
    if (value === undefined || value.text === null)
        return undefined;
    const { text } = value;
    const written = literalFrom(sql, 0, sql.length);
    return written?.text === text ? written : { text, offset: () => 0 };
}
const asText = (text) => ({ text, type: 'text' });
function constant(node) {
    if (!node)
        return undefined;
    if ('A_Const' in node) {
        const { isnull, ival, fval, boolval, sval } = node.A_Const;
        if (isnull)
            return asText(null);
        if (sval)
            return asText(sval.sval ?? '');
        if (boolval)
            return { text: boolval.boolval ? 't' : 'f', type: 'boolean' };
        if (ival)
            return { text: String(ival.ival ?? 0), type: 'number' };
        // Others, such as 1e3, are printed in another way than they are written.
        const number = fval?.fval;
        return number !== undefined && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(number)
            ? { text: number, type: 'number' }
            : undefined;
    }
    if ('TypeCast' in node)
        return cast(constant(node.TypeCast.arg), node.TypeCast.typeName);
    if ('A_Expr' in node) {
        const { kind, name, lexpr, rexpr } = node.A_Expr;
        return kind === 'AEXPR_OP' &&
            texts(name)
                .join('.')
                .replace(/^pg_catalog\./, '') === '||'
            ? joined(constant(lexpr), constant(rexpr))
            : undefined;
    }
    return 'FuncCall' in node ? called(node.FuncCall) : undefined;
}
/** Only to types that leave the text as it is. A name that is looked up is the same object, however it is printed. */
function cast(value, type) {
    if (!value || (type?.typmods ?? []).length > 0 || (type?.arrayBounds ?? []).length > 0)
        return undefined;
    const name = texts(type?.names)
        .join('.')
        .replace(/^pg_catalog\./, '');
    if (name === 'text' || name === 'varchar')
        return asText(written(value));
    if (value.text === null || value.type !== 'text')
        return undefined;
    if (name === 'name')
        return Buffer.byteLength(value.text) < 64 ? value : undefined;
    const isPlain = format_quotedName(value.text) === value.text;
    return /^reg(?:class|role|namespace)$/.test(name) && isPlain ? value : undefined;
}
/** As a cast to text gives it; a boolean is printed by a letter otherwise. */
function written({ text, type }) {
    if (type !== 'boolean')
        return text;
    return text === 't' ? 'true' : 'false';
}
function joined(left, right) {
    if (!left || !right || (left.type !== 'text' && right.type !== 'text'))
        return undefined;
    const [before, behind] = [written(left), written(right)];
    return asText(before === null || behind === null ? null : before + behind);
}
function called(call) {
    const { args = [], func_variadic, agg_order, agg_filter, agg_distinct, agg_within_group, over } = call;
    if (func_variadic || agg_order || agg_filter || agg_distinct || agg_within_group || over)
        return undefined;
    const values = args.flatMap((node) => constant(node) ?? []);
    const [first, ...rest] = values;
    if (!first || values.length < args.length)
        return undefined;
    const { text } = first;
    const isOne = rest.length === 0;
    switch (functionName(call)) {
        case 'format': {
            if (first.type !== 'text')
                return undefined;
            const result = text === null
                ? null
                : formatted(text, rest.map((each) => each.text));
            return result === undefined ? undefined : asText(result);
        }
        case 'quote_ident':
            return isOne && first.type === 'text' ? asText(text === null ? null : format_quotedName(text)) : undefined;
        case 'quote_literal':
            return isOne ? asText(text === null ? null : quotedText(written(first) ?? '')) : undefined;
        case 'quote_nullable':
            return isOne ? asText(text === null ? 'NULL' : quotedText(written(first) ?? '')) : undefined;
        case 'concat':
            return asText(values.map((each) => each.text ?? '').join(''));
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./src/parse/bodies.ts

/** What code does when it runs. Of code in a language that is not read, that it hides something. */
function codeOperations(language, code, inside, source) {
    const place = (start, end) => source.place(code.offset(start), code.offset(Math.max(start, end - 1)) + 1);
    const hidden = (why) => [
        { kind: 'hidden-sql', at: source.at, inside, text: code.text, why },
    ];
    if (language === 'sql')
        return source.read(code.text, place, source.names).map((op) => ({ ...op, inside }));
    if (language !== 'plpgsql')
        return hidden('language');
    const read = source.readCode(source.sql.slice(source.span.start, source.span.end));
    if ('tree' in read)
        return new Body(code.text, inside, place, source).operations(read.tree);
    const { message } = read;
    if (!message.startsWith('syntax error'))
        return hidden('unreadable');
    return [{ kind: 'unparsed', at: source.at, inside, message, near: /at or near "([\s\S]*)"$/.exec(message)?.[1] }];
}
const loops = new Set(['loop', 'while', 'fori', 'fors', 'forc', 'dynfors', 'foreach_a']);
class Body {
    #text;
    #inside;
    #place;
    #source;
    #lines = [0];
    #found = [];
    /** Statements come in the order in which they are written, so that a text that stands twice is found where it is meant. */
    #cursor = 0;
    constructor(text, inside, place, source) {
        this.#text = text;
        this.#inside = inside;
        this.#place = place;
        this.#source = source;
        for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
            this.#lines.push(at + 1);
    }
    operations(tree) {
        this.#visit(tree, {});
        return this.#found;
    }
    #visit(value, flow) {
        if (Array.isArray(value))
            for (const each of value)
                this.#visit(each, flow);
        else if (isNode(value)) {
            for (const [key, child] of Object.entries(value)) {
                if (key === 'datums' || !isNode(child)) {
                    if (Array.isArray(child) && key !== 'datums')
                        this.#visit(child, flow);
                }
                else if (key.startsWith('PLpgSQL_stmt_'))
                    this.#statement(key.slice('PLpgSQL_stmt_'.length), child, flow);
                else
                    this.#visit(child, flow);
            }
        }
    }
    #statement(kind, node, flow) {
        const line = typeof node.lineno === 'number' ? node.lineno : 1;
        const sql = (field) => this.#sql(queryOf(node[field]), line, flow);
        const dynamic = (field) => this.#dynamic(queryOf(node[field]), line, flow);
        switch (kind) {
            case 'execsql':
                sql('sqlstmt');
                return;
            case 'call':
                sql('expr');
                return;
            case 'perform': {
                // The parser writes SELECT for PERFORM.
                const query = queryOf(node.expr);
                this.#sql(query, line, flow, query?.replace(/^SELECT\s*/, ''));
                return;
            }
            case 'dynexecute':
                dynamic('query');
                return;
            case 'commit':
            case 'rollback':
                this.#add({ kind: 'transaction-control', at: this.#atWord(kind, line), action: kind }, flow);
                return;
            case 'return_query':
            case 'open':
                sql('query');
                dynamic('dynquery');
                return;
            case 'assign': {
                const expression = queryOf(node.expr)?.replace(/^[^=]*?:?=\s*/, '');
                if (expression?.includes('('))
                    this.#sql(`SELECT ${expression}`, line, flow, expression);
                return;
            }
            case 'block': {
                const guarded = node.exceptions ? { ...flow, conditional: true } : flow;
                this.#visit(node.body, guarded);
                this.#visit(node.exceptions, guarded);
                return;
            }
            case 'if':
            case 'case':
                this.#visit(node, { ...flow, conditional: true });
                return;
        }
        if (!loops.has(kind))
            return;
        if (kind === 'dynfors')
            dynamic('query');
        else
            sql('query');
        this.#visit(node.body, { ...flow, repeated: true });
    }
    /** @param written the part of it that stands in the code, where it is not all of it */
    #sql(query, line, flow, written) {
        if (query === undefined)
            return;
        const visible = written ?? query;
        const start = this.#find(visible, line);
        const shift = query.length - visible.length;
        const place = (from, to) => this.#place(start + Math.max(0, from - shift), start + Math.max(1, to - shift));
        for (const op of this.#source.read(query, place, this.#source.names))
            this.#add(op, flow);
    }
    #dynamic(query, line, flow) {
        if (query === undefined)
            return;
        const start = this.#find(query, line);
        const node = this.#source.readExpression(query);
        const constant = node && constantText(node, query);
        if (constant === undefined) {
            const at = this.#place(start, start + query.length);
            this.#add({ kind: 'hidden-sql', at, text: query, why: 'dynamic' }, flow);
            return;
        }
        const place = (from, to) => {
            const first = constant.offset(from);
            return this.#place(start + first, start + Math.max(first, constant.offset(Math.max(from, to - 1))) + 1);
        };
        for (const op of this.#source.read(constant.text, place, this.#source.names))
            this.#add(op, flow);
    }
    #add(op, flow) {
        this.#found.push({ ...op, ...flow, inside: this.#inside });
    }
    #atWord(word, line) {
        const from = Math.max(this.#cursor, this.#lineStart(line));
        const found = new RegExp(`\\b${word}\\b`, 'i').exec(this.#text.slice(from));
        const start = from + (found?.index ?? 0);
        this.#cursor = start + (found ? word.length : 0);
        return this.#place(start, start + word.length);
    }
    /** Where this text stands in the code, from its statement's line on; the start of the line where it is not found. */
    #find(text, line) {
        const lineStart = this.#lineStart(line);
        const from = Math.max(this.#cursor, lineStart);
        const exact = this.#text.indexOf(text, from);
        // The parser writes as many spaces as the INTO clause had characters.
        const start = exact >= 0 || text.length > 100_000 ? exact : this.#findAround(text, from);
        if (start < 0)
            return lineStart;
        this.#cursor = start + text.length;
        return start;
    }
    /** As where it is exact, but for long runs of spaces, which may stand for anything of the same length. */
    #findAround(text, from) {
        const fixed = [];
        let at = 0;
        for (const [index, part] of text.split(/( {6,})/).entries()) {
            if (index % 2 === 0 && part !== '')
                fixed.push({ part, at });
            at += part.length;
        }
        const [first, ...others] = fixed;
        if (!first)
            return -1;
        for (let found = this.#text.indexOf(first.part, from); found >= 0; found = this.#text.indexOf(first.part, found + 1)) {
            const start = found - first.at;
            const isHere = start >= from && start + text.length <= this.#text.length;
            if (isHere && others.every(({ part, at: offset }) => this.#text.startsWith(part, start + offset)))
                return start;
        }
        return -1;
    }
    #lineStart(line) {
        return this.#lines[Math.min(line, this.#lines.length) - 1] ?? 0;
    }
}
function isNode(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function queryOf(value) {
    const expression = isNode(value) ? value.PLpgSQL_expr : undefined;
    const query = isNode(expression) ? expression.query : undefined;
    return typeof query === 'string' ? query : undefined;
}

;// CONCATENATED MODULE: ./src/parse/routines.ts





const modes = {
    FUNC_PARAM_OUT: 'out',
    FUNC_PARAM_INOUT: 'inout',
    FUNC_PARAM_VARIADIC: 'variadic',
    FUNC_PARAM_TABLE: 'table',
};
function createFunction(statement, source) {
    const { at, names } = source;
    const { funcname, parameters, returnType, options, is_procedure: isProcedure, replace = false } = statement;
    const { securityDefiner = false, settings } = functionSettings(options);
    const volatility = constantOf(options_option(options, 'volatility')?.arg);
    const parts = options_option(options, 'as')?.arg;
    const [body] = parts && 'List' in parts ? texts(parts.List.items) : [];
    const language = constantOf(options_option(options, 'language')?.arg)?.toLowerCase() ?? 'sql';
    return {
        kind: 'create-function',
        at,
        function: names.qualify(texts(funcname)),
        object: isProcedure ? 'procedure' : 'function',
        arguments: (parameters ?? []).flatMap((node) => 'FunctionParameter' in node ? argument(node.FunctionParameter, source) : []),
        returns: returnType && `${returnType.setof ? 'SETOF ' : ''}${names.type(returnType)}`,
        language,
        replace,
        securityDefiner,
        volatility: volatility === 'immutable' || volatility === 'stable' ? volatility : 'volatile',
        settings,
        text: body,
        body: statement.sql_body
            ? atomicBody(statement.sql_body, source)
            : bodyOf(language, body, options_option(options, 'as')?.location, source),
    };
}
function argument({ name, mode, argType, defexpr }, { names }) {
    return {
        name,
        mode: modes[mode ?? ''] ?? 'in',
        type: names.type(argType),
        userType: names.userType(argType),
        hasDefault: defexpr !== undefined,
    };
}
/** `RETURN expression` or `BEGIN ATOMIC … END`. */
function atomicBody(body, source) {
    const within = { ...source, names: source.names.copy() };
    return nodesOf(body).flatMap((node) => source.operations(node, within).map((op) => ({ ...op, inside: 'function' })));
}
function nodesOf(body) {
    return 'List' in body ? (body.List.items ?? []).flatMap(nodesOf) : 'ReturnStmt' in body ? [] : [body];
}
function bodyOf(language, body, byte, source) {
    if (body === undefined || language === 'c' || language === 'internal')
        return [];
    const found = literalFrom(source.sql, source.offset(byte), source.span.end);
    // A string with backslashes is not followed character by character: all of it stands where the statement stands.
    const code = found?.text === body ? found : { text: body, offset: () => source.span.start };
    return codeOperations(language, code, 'function', { ...source, names: source.names.copy() });
}
/** The block, followed by what it does. */
function doBlock({ args }, source) {
    const all = definitions(args);
    const body = all.find(({ defname }) => defname === 'as');
    const language = constantOf(all.find(({ defname }) => defname === 'language')?.arg)?.toLowerCase() ?? 'plpgsql';
    const content = types_text(body?.arg);
    const found = literalFrom(source.sql, source.offset(body?.location), source.span.end);
    const code = found?.text === content ? found : { text: content, offset: () => source.span.start };
    return [
        { kind: 'do-block', at: source.at, language, text: content },
        ...codeOperations(language, code, 'do-block', source),
    ];
}
function createTrigger(statement, { at, names }) {
    const { trigname = '', relation, funcname, args, row, timing = 0, events = 0, columns, whenClause } = statement;
    const of = columns ? ` of ${texts(columns).join(', ')}` : '';
    return {
        kind: 'create-trigger',
        at,
        table: names.relation(relation),
        trigger: trigname,
        // TRIGGER_TYPE_*: src/include/catalog/pg_trigger.h
        timing: timing & 2 ? 'before' : timing & 64 ? 'instead of' : 'after',
        events: [
            ...(events & 4 ? ['insert'] : []),
            ...(events & 8 ? ['delete'] : []),
            ...(events & 16 ? [`update${of}`] : []),
            ...(events & 32 ? ['truncate'] : []),
        ],
        forEach: row ? 'row' : 'statement',
        function: names.qualify(texts(funcname)),
        arguments: texts(args),
        when: whenClause !== undefined,
        replace: statement.replace ?? false,
        constraint: statement.isconstraint ?? false,
        special: statement.transitionRels !== undefined ||
            statement.deferrable === true ||
            statement.initdeferred === true ||
            statement.constrrel !== undefined,
    };
}

;// CONCATENATED MODULE: ./src/parse/rows.ts



function insert(statement, source) {
    const { relation, cols, selectStmt, withClause, onConflictClause } = statement;
    const conflict = onConflictClause?.action;
    return [
        ...insideWith(withClause, source),
        {
            kind: 'insert',
            at: source.at,
            table: source.names.relation(relation),
            columns: assigned(cols),
            source: sourceOf(selectStmt),
            ...largestIn(assigned(cols), selectStmt),
            onConflict: conflict === 'ONCONFLICT_NOTHING' ? 'nothing' : conflict === 'ONCONFLICT_UPDATE' ? 'update' : undefined,
            ...readsAndCalls([withClause, selectStmt, onConflictClause], source),
        },
    ];
}
function sourceOf(select) {
    if (!select)
        return 'defaults';
    return 'SelectStmt' in select && select.SelectStmt.valuesLists ? 'values' : 'query';
}
/** Nothing where no column has such a number. */
function largestIn(columns, select) {
    const rows = select && 'SelectStmt' in select ? (select.SelectStmt.valuesLists ?? []) : [];
    if (rows.length === 0)
        return {};
    const found = columns.flatMap((column, index) => {
        const numbers = rows.map((row) => ('List' in row ? wholeNumber(row.List.items?.[index]) : undefined));
        const known = numbers.flatMap((number) => number ?? []);
        return known.length === rows.length ? [[column, known.reduce((a, b) => Math.max(a, b))]] : [];
    });
    return found.length > 0 ? { largest: Object.fromEntries(found) } : {};
}
/** `5` and `-5`; undefined for all else. */
function wholeNumber(node) {
    if (!node)
        return undefined;
    if ('A_Const' in node) {
        const { isnull, ival } = node.A_Const;
        return ival && !isnull ? (ival.ival ?? 0) : undefined;
    }
    if (!('A_Expr' in node) || node.A_Expr.lexpr || texts(node.A_Expr.name).join('.') !== '-')
        return undefined;
    const number = wholeNumber(node.A_Expr.rexpr);
    return number === undefined ? undefined : -number;
}
function update(statement, source) {
    const { relation, targetList, whereClause, fromClause = [], withClause } = statement;
    return [
        ...insideWith(withClause, source),
        {
            kind: 'update',
            at: source.at,
            table: source.names.relation(relation),
            columns: assigned(targetList),
            where: whereText(statement, source),
            pinned: pinned(whereClause),
            bounded: isBounded(whereClause, fromClause, withClause),
            ...readsAndCalls([withClause, targetList, fromClause, whereClause], source),
        },
    ];
}
function remove(statement, source) {
    const { relation, whereClause, usingClause = [], withClause } = statement;
    return [
        ...insideWith(withClause, source),
        {
            kind: 'delete',
            at: source.at,
            table: source.names.relation(relation),
            where: whereText(statement, source),
            pinned: pinned(whereClause),
            bounded: isBounded(whereClause, usingClause, withClause),
            ...readsAndCalls([withClause, usingClause, whereClause], source),
        },
    ];
}
/** Each action of a MERGE, with its ON condition as the rows that it may reach. */
function merge(statement, source) {
    const { at, sql, span } = source;
    const table = source.names.relation(statement.relation);
    const where = clause(sql, span, 'ON', ['WHEN']);
    const { withClause, sourceRelation, joinCondition, mergeWhenClauses } = statement;
    const query = readsAndCalls([withClause, sourceRelation, joinCondition, mergeWhenClauses], source);
    const actions = (mergeWhenClauses ?? []).flatMap((node) => {
        if (!('MergeWhenClause' in node))
            return [];
        const { commandType, targetList } = node.MergeWhenClause;
        if (commandType === 'CMD_INSERT') {
            const columns = assigned(targetList);
            return [{ kind: 'insert', at, table, columns, source: 'query', onConflict: undefined, ...query }];
        }
        const reach = { at, table, where, pinned: [], bounded: false, ...query };
        if (commandType === 'CMD_UPDATE')
            return [{ kind: 'update', ...reach, columns: assigned(targetList) }];
        return commandType === 'CMD_DELETE' ? [{ kind: 'delete', ...reach }] : [];
    });
    const all = [...insideWith(withClause, source), ...actions];
    return all.length > 0 ? all : [{ kind: 'other', at, statement: 'MergeStmt' }];
}
/** What the WITH queries of a statement change. */
function insideWith(clauseOfWith, source) {
    if (!clauseOfWith)
        return [];
    const own = (clauseOfWith.ctes ?? []).flatMap((node) => 'CommonTableExpr' in node ? (node.CommonTableExpr.ctename ?? []) : []);
    const within = { ...source, withQueries: [...(source.withQueries ?? []), ...own] };
    return queriesOf(clauseOfWith).flatMap((query) => {
        if ('InsertStmt' in query)
            return insert(query.InsertStmt, within);
        if ('UpdateStmt' in query)
            return update(query.UpdateStmt, within);
        if ('DeleteStmt' in query)
            return remove(query.DeleteStmt, within);
        if ('MergeStmt' in query)
            return merge(query.MergeStmt, within);
        return [];
    });
}
function queriesOf(clauseOfWith) {
    return (clauseOfWith?.ctes ?? []).flatMap((node) => 'CommonTableExpr' in node ? (node.CommonTableExpr.ctequery ?? []) : []);
}
function assigned(targets = []) {
    return targets.flatMap((node) => ('ResTarget' in node ? (node.ResTarget.name ?? []) : []));
}
function whereText({ relation, whereClause }, source) {
    if (!whereClause)
        return undefined;
    // From the table's name on: a WITH query before it may hold a WHERE of its own, and so may one around it after.
    const span = { start: source.offset(relation?.location), end: source.span.end };
    return clause(source.sql, span, 'WHERE', ['RETURNING']);
}
/** The conditions that all must hold. */
function conjuncts(condition) {
    if (!condition)
        return [];
    if ('BoolExpr' in condition && condition.BoolExpr.boolop === 'AND_EXPR') {
        return (condition.BoolExpr.args ?? []).flatMap(conjuncts);
    }
    return [condition];
}
function columnOf(node) {
    return node && 'ColumnRef' in node ? texts(node.ColumnRef.fields).at(-1) : undefined;
}
function isConstant(node) {
    if (!node)
        return false;
    if ('TypeCast' in node)
        return isConstant(node.TypeCast.arg);
    if ('List' in node)
        return (node.List.items ?? []).every(isConstant);
    if ('A_ArrayExpr' in node)
        return (node.A_ArrayExpr.elements ?? []).every(isConstant);
    return 'A_Const' in node || 'ParamRef' in node;
}
function pinned(where) {
    const columns = conjuncts(where).flatMap((condition) => {
        if (!('A_Expr' in condition))
            return [];
        const { kind, name, lexpr, rexpr } = condition.A_Expr;
        if (texts(name).at(-1) !== '=' || (kind !== 'AEXPR_OP' && kind !== 'AEXPR_IN' && kind !== 'AEXPR_OP_ANY'))
            return [];
        if (isConstant(rexpr))
            return columnOf(lexpr) ?? [];
        return kind === 'AEXPR_OP' && isConstant(lexpr) ? (columnOf(rexpr) ?? []) : [];
    });
    return [...new Set(columns)];
}
/** A number of rows (a query with LIMIT names them), or a range of one column closed on both sides, or one cursor's row. */
function isBounded(where, from, withClause) {
    const lower = new Set();
    const upper = new Set();
    for (const condition of conjuncts(where)) {
        if ('CurrentOfExpr' in condition)
            return true;
        if ('SubLink' in condition &&
            condition.SubLink.subLinkType === 'ANY_SUBLINK' &&
            isLimited(condition.SubLink.subselect)) {
            return true;
        }
        if (!('A_Expr' in condition))
            continue;
        const { kind, name, lexpr, rexpr } = condition.A_Expr;
        if (kind === 'AEXPR_BETWEEN')
            return true;
        if (kind === 'AEXPR_OP_ANY' && rexpr && 'SubLink' in rexpr && isLimited(rexpr.SubLink.subselect))
            return true;
        if (kind !== 'AEXPR_OP')
            continue;
        if (rexpr && 'SubLink' in rexpr && isLimited(rexpr.SubLink.subselect))
            return true;
        const operator = texts(name).at(-1);
        const left = columnOf(lexpr);
        const right = columnOf(rexpr);
        if (operator === '>' || operator === '>=') {
            if (left !== undefined)
                lower.add(left);
            if (right !== undefined)
                upper.add(right);
        }
        if (operator === '<' || operator === '<=') {
            if (left !== undefined)
                upper.add(left);
            if (right !== undefined)
                lower.add(right);
        }
    }
    if ([...lower].some((column) => upper.has(column)))
        return true;
    const joined = from.flatMap((node) => ('RangeSubselect' in node ? (node.RangeSubselect.subquery ?? []) : []));
    return [...joined, ...queriesOf(withClause)].some(isLimited);
}
function isLimited(query) {
    return query !== undefined && 'SelectStmt' in query && query.SelectStmt.limitCount !== undefined;
}

;// CONCATENATED MODULE: ./src/parse/session.ts




const session_actions = {
    TRANS_STMT_BEGIN: 'begin',
    TRANS_STMT_START: 'begin',
    TRANS_STMT_COMMIT: 'commit',
    TRANS_STMT_ROLLBACK: 'rollback',
    TRANS_STMT_SAVEPOINT: 'savepoint',
    TRANS_STMT_RELEASE: 'release',
    TRANS_STMT_ROLLBACK_TO: 'rollback-to',
    TRANS_STMT_PREPARE: 'prepare',
};
function transaction({ kind, savepoint_name: savepoint }, { at }) {
    const action = session_actions[kind ?? ''];
    if (!action)
        return { kind: 'other', at, statement: 'TransactionStmt' };
    return { kind: 'transaction-control', at, action, ...(savepoint === undefined ? {} : { savepoint }) };
}
function setVariable(statement, { at, names }) {
    const { name = '', kind, args = [], is_local: isLocal = false } = statement;
    // SET TRANSACTION and SET SESSION CHARACTERISTICS are no settings of one name.
    if (kind === 'VAR_SET_MULTI')
        return { kind: 'other', at, statement: 'VariableSetStmt' };
    if (name === 'search_path') {
        const schemas = args.map((node) => ('A_Const' in node ? node.A_Const.sval?.sval : undefined));
        const first = schemas.find((schema) => schema !== undefined && schema !== '' && schema !== '$user');
        names.searchPath(kind === 'VAR_SET_VALUE' ? first : undefined);
    }
    const values = args.flatMap((node) => constantOf(node) ?? []);
    return {
        kind: 'set',
        at,
        setting: kind === 'VAR_RESET_ALL' ? 'all' : name,
        value: kind === 'VAR_SET_VALUE' ? values.join(', ') : undefined,
        scope: isLocal ? 'local' : 'session',
    };
}
/** What is asked, with what asking it sets: `set_config` and `setval` with constants. */
function session_select(statement, source) {
    const { at } = source;
    const within = insideWith(statement.withClause, source);
    const query = readsAndCalls([statement], source);
    const into = statement.intoClause?.rel;
    if (into)
        return [...within, selectInto(into, { SelectStmt: statement }, source)];
    return [
        ...within,
        { kind: 'query', at, statement: 'select', ...query },
        ...(query.calls.some((call) => call === 'set_config' || call === 'setval') ? effects(statement, source) : []),
    ];
}
function call(funccall, source) {
    const { reads, calls } = readsAndCalls(funccall?.args ?? [], source);
    return {
        kind: 'query',
        at: source.at,
        statement: 'call',
        reads,
        calls: [...(funccall ? [functionName(funccall)] : []), ...calls],
    };
}
function effects(statement, { at, names }) {
    return (statement.targetList ?? []).flatMap((target) => {
        const value = 'ResTarget' in target ? target.ResTarget.val : undefined;
        if (!value || !('FuncCall' in value))
            return [];
        const [first, second, third] = value.FuncCall.args ?? [];
        switch (functionName(value.FuncCall)) {
            case 'set_config': {
                const setting = stringOf(first);
                if (setting === undefined)
                    return [];
                const text = stringOf(second);
                if (setting.toLowerCase() === 'search_path') {
                    names.searchPath(text
                        ?.split(',')
                        .map((schema) => schema.trim().replace(/^"(.*)"$/, '$1'))
                        .find((schema) => schema !== '' && schema !== '$user'));
                }
                const scope = third && constantOf(third) === 'true' ? 'local' : 'session';
                return [{ kind: 'set', at, setting: setting.toLowerCase(), value: text, scope }];
            }
            case 'setval': {
                const name = stringOf(first);
                const sequence = name === undefined ? undefined : names.qualify(name.split('.'));
                return [{ kind: 'set-sequence', at, sequence, of: serialColumn(first) }];
            }
            default:
                return [];
        }
    });
    /** The column of `pg_get_serial_sequence('users', 'id')`. */
    function serialColumn(node) {
        if (!node || !('FuncCall' in node) || functionName(node.FuncCall) !== 'pg_get_serial_sequence')
            return undefined;
        const [table, column] = (node.FuncCall.args ?? []).map(stringOf);
        if (table === undefined || column === undefined)
            return undefined;
        return { table: names.qualify(table.split('.')), column };
    }
}

;// CONCATENATED MODULE: ./src/parse/operations.ts











/** What a statement does, in the order in which it does it. At least one operation. */
function operations(node, source) {
    const { at } = source;
    // The frequent ones first.
    if ('AlterTableStmt' in node)
        return alterTable(node.AlterTableStmt, source);
    if ('CreateStmt' in node)
        return createTable(node.CreateStmt, source);
    if ('IndexStmt' in node)
        return [createIndex(node.IndexStmt, source)];
    if ('InsertStmt' in node)
        return insert(node.InsertStmt, source);
    if ('UpdateStmt' in node)
        return update(node.UpdateStmt, source);
    if ('DeleteStmt' in node)
        return remove(node.DeleteStmt, source);
    if ('SelectStmt' in node)
        return session_select(node.SelectStmt, source);
    if ('TransactionStmt' in node)
        return [transaction(node.TransactionStmt, source)];
    if ('VariableSetStmt' in node)
        return [setVariable(node.VariableSetStmt, source)];
    if ('DoStmt' in node)
        return doBlock(node.DoStmt, source);
    if ('CreateFunctionStmt' in node)
        return [createFunction(node.CreateFunctionStmt, source)];
    if ('CreateTrigStmt' in node)
        return [createTrigger(node.CreateTrigStmt, source)];
    if ('ViewStmt' in node)
        return [createView(node.ViewStmt, source)];
    if ('CreateTableAsStmt' in node)
        return [createTableAs(node.CreateTableAsStmt, source)];
    if ('CreateForeignTableStmt' in node) {
        return createTable(node.CreateForeignTableStmt.base ?? {}, source, 'foreign table');
    }
    if ('MergeStmt' in node)
        return merge(node.MergeStmt, source);
    if ('CallStmt' in node)
        return [call(node.CallStmt.funccall, source)];
    if ('CreateSchemaStmt' in node)
        return createSchema(node, source);
    return (changeOperations(node, source) ??
        definitionOperations(node, source) ??
        maintenanceOperations(node, source) ??
        privilegeOperations(node, source) ??
        settingOperations(node, source) ?? [{ kind: 'other', at, statement: Object.keys(node)[0] ?? 'nothing' }]);
}
function createSchema({ CreateSchemaStmt: statement }, source) {
    const { schemaname, schemaElts = [], if_not_exists: ifNotExists = false, authrole } = statement;
    // CREATE SCHEMA AUTHORIZATION bob makes the schema bob.
    const schema = schemaname ?? authrole?.rolename ?? '';
    const within = { ...source, names: source.names.within(schema) };
    const created = { kind: 'create-schema', at: source.at, schema, ifNotExists };
    return [created, ...schemaElts.flatMap((element) => operations(element, within))];
}
function settingOperations(node, source) {
    const { at } = source;
    if ('AlterSystemStmt' in node) {
        return [{ kind: 'set-for-later', at, on: 'system', setting: node.AlterSystemStmt.setstmt?.name ?? 'all' }];
    }
    if ('AlterDatabaseSetStmt' in node) {
        return [{ kind: 'set-for-later', at, on: 'database', setting: node.AlterDatabaseSetStmt.setstmt?.name ?? 'all' }];
    }
    if ('AlterRoleSetStmt' in node) {
        return [{ kind: 'set-for-later', at, on: 'role', setting: node.AlterRoleSetStmt.setstmt?.name ?? 'all' }];
    }
    if ('ConstraintsSetStmt' in node) {
        const { constraints, deferred = false } = node.ConstraintsSetStmt;
        const names = constraints?.map((each) => ('RangeVar' in each ? (each.RangeVar.relname ?? '') : ''));
        return [{ kind: 'set-constraints', at, constraints: names, deferred }];
    }
    if ('PrepareStmt' in node) {
        const { name = '', query } = node.PrepareStmt;
        return [{ kind: 'prepare', at, name, body: query ? operations(query, source) : [] }];
    }
    if ('ExecuteStmt' in node)
        return [{ kind: 'execute', at, name: node.ExecuteStmt.name ?? '' }];
    return undefined;
}

;// CONCATENATED MODULE: ./src/parse/split.ts

/**
 * Cuts a script into statements as PostgreSQL and psql do: at each semicolon that is not inside a string, a comment,
 * the body of `BEGIN ATOMIC … END` or the parentheses of CREATE RULE. A parenthesis that is not closed does not hide the
 * statements after it. psql's meta-commands (https://www.postgresql.org/docs/current/app-psql.html) and the rows after
 * `COPY … FROM stdin` are pieces of their own.
 */
function split(sql) {
    const pieces = [];
    let statement = new Draft();
    const end = () => {
        const piece = statement.piece();
        if (piece)
            pieces.push(piece);
        statement = new Draft();
        return piece;
    };
    let at = skipSpace(sql, 0);
    while (at < sql.length) {
        if (sql.startsWith('\\;', at)) {
            end();
            at = skipSpace(sql, at + 2);
            continue;
        }
        if (sql.startsWith('\\\\', at) && statement.isEmpty) {
            at = skipSpace(sql, at + 2);
            continue;
        }
        if (sql[at] === '\\' && (statement.isEmpty || sendsTheStatement.test(sql.slice(at, at + 20)))) {
            end();
            const commandEnd = endOfCommand(sql, at);
            if (commandEnd > at + 1)
                pieces.push({ kind: 'psql', start: at, end: commandEnd });
            // Two backslashes end the commands of a line, and SQL goes on behind them.
            at = skipSpace(sql, sql.startsWith('\\\\', commandEnd) ? commandEnd + 2 : commandEnd);
            continue;
        }
        const token = tokenAt(sql, at);
        at = token.end;
        if (sql[token.start] === ';' && statement.isComplete) {
            const piece = end();
            if (piece && isCopyFromStdin(sql.slice(piece.start, piece.end))) {
                at = endOfRows(sql, token.end);
                pieces[pieces.length - 1] = { kind: 'copy', start: piece.start, end: at };
            }
        }
        else {
            statement.add(token.kind === 'word' ? sql.slice(token.start, token.end).toUpperCase() : (sql[token.start] ?? ''), token);
        }
        at = skipSpace(sql, at);
    }
    // PostgreSQL refuses what a comment without an end is a part of.
    const open = openComment(sql, Math.max(statement.end, pieces.at(-1)?.end ?? 0));
    if (open !== undefined)
        statement.add('', { start: open, end: sql.length });
    end();
    return pieces;
}
/** Where the last token ends of a statement that begins at `start`, with nothing but space and comments behind it up to `limit`. */
function lastTokenEnd(sql, start, limit) {
    const statement = sql.slice(start, limit).trimEnd();
    const end = start + statement.length;
    const line = statement.slice(Math.max(0, statement.lastIndexOf('\n'), statement.lastIndexOf('\r')));
    // Only a comment on the same line, or one that ends here, is not a part of the statement.
    if (!line.includes('--') && !line.endsWith('*/'))
        return end;
    let last = start;
    for (const token of tokens(sql, start)) {
        if (token.start >= end)
            break;
        last = token.end;
    }
    return last;
}
/** psql's `\g`, `\gexec`, `\gset`, `\gx`, `\crosstabview` and `\watch` end a statement as a semicolon does. */
const sendsTheStatement = /^\\(?:g(?:desc|exec|set|x)?\b|crosstabview\b|watch\b)/;
/** A statement of which not all tokens are known yet. */
class Draft {
    #start = -1;
    #end = -1;
    #head = [];
    #parentheses = 0;
    #body = 0;
    #last = '';
    get isEmpty() {
        return this.#start < 0;
    }
    get end() {
        return this.#end;
    }
    /** Whether a semicolon here ends it. */
    get isComplete() {
        return this.#body === 0 && (this.#parentheses === 0 || !this.#head.includes('RULE'));
    }
    add(text, at) {
        if (this.#start < 0)
            this.#start = at.start;
        this.#end = at.end;
        // Enough for CREATE OR REPLACE RULE.
        if (this.#head.length < 4)
            this.#head.push(text);
        if (text === '(')
            this.#parentheses++;
        if (text === ')')
            this.#parentheses--;
        if (text === 'ATOMIC' && this.#last === 'BEGIN' && this.#head[0] === 'CREATE')
            this.#body = 1;
        else if (text === 'CASE' && this.#body > 0)
            this.#body++;
        else if (text === 'END' && this.#body > 0)
            this.#body--;
        this.#last = text;
    }
    piece() {
        return this.#start < 0 ? undefined : { kind: 'sql', start: this.#start, end: this.#end };
    }
}
function isCopyFromStdin(sql) {
    return /^COPY\b[\s\S]*\bFROM\s+STDIN\b/i.test(sql);
}
/** The end of the data that follow `COPY … FROM stdin;`: behind the line `\.`, or the end of the text. */
function endOfRows(sql, from) {
    const mark = /^\\\.[ \t\r]*$/gm;
    mark.lastIndex = endOfLine(sql, from);
    return mark.exec(sql) ? mark.lastIndex : sql.length;
}
const command = /\\[^\s\\]*(?:'(?:[^'\\\n]|\\.)*'?|"[^"\n]*"?|`[^`\n]*`?|[^\\'"`\n])*/y;
/** The end of a meta-command: of the line, or before the next command on it. Some take the whole line for themselves. */
function endOfCommand(sql, from) {
    if (/^\\(?:!|copy\b|help\b|h\b)/.test(sql.slice(from, from + 8)))
        return endOfLine(sql, from);
    command.lastIndex = from;
    return command.test(sql) ? command.lastIndex : endOfLine(sql, from);
}
function endOfLine(sql, from) {
    const found = sql.indexOf('\n', from);
    return found < 0 ? sql.length : found;
}

;// CONCATENATED MODULE: ./src/parse/reader.ts
var _a;





/** Rows may follow, which are no SQL. */
const mayBeCopy = /\bFROM\s+STDIN\b/i;
/** Code within code within code: deeper than this it is not looked into. */
const maxDepth = 5;
/** Turns SQL into operations, with the parser and the names as the script has set them so far. */
class Reader {
    #parser;
    #names;
    #depth = 0;
    constructor(parser, names) {
        this.#parser = parser;
        this.#names = names;
    }
    /**
     * The pieces of one text, and the answers for them: what a piece does, or why it cannot be read here though it may be right. Asked in
     * the order of the text, because names depend on what was before. Parses the whole text at once where PostgreSQL's grammar takes all
     * of it, which also tells where its statements are.
     */
    statements(sql, place) {
        const whole = this.#whole(sql);
        const pieces = whole?.pieces ?? split(sql);
        const text = { sql, place, hasLongNames: mayHoldLongNames(sql) };
        return {
            pieces,
            read: (index, at) => {
                const piece = pieces[index];
                if (!piece)
                    return [];
                const tree = whole?.trees[index];
                return this.#guarded(text, piece, at, () => tree ?? this.#alone(sql, piece));
            },
        };
    }
    #whole(sql) {
        if (sql.includes('\0') || mayBeCopy.test(sql))
            return undefined;
        // The parser takes a byte order mark for a name.
        const start = sql.startsWith('\uFEFF') ? 1 : 0;
        const text = sql.slice(start);
        // The parser refuses an empty text.
        const raw = text === '' ? [] : this.#parsed(text);
        if (!raw)
            return undefined;
        const offset = offsetsIn(text, start);
        const pieces = raw.map(({ stmt_location: from = 0, stmt_len: length }) => {
            const begin = skipSpace(sql, offset(from));
            return { kind: 'sql', start: begin, end: lastTokenEnd(sql, begin, length ? offset(from + length) : sql.length) };
        });
        return { pieces, trees: raw.map(({ stmt }) => ({ nodes: stmt ? [stmt] : [], offset })) };
    }
    #parsed(text) {
        try {
            return this.#parser.parseSync(text).stmts ?? [];
        }
        catch (error) {
            // The statement that is at fault is found when each is parsed alone.
            if (error instanceof RangeError || this.#parser.hasSqlDetails(error))
                return undefined;
            throw error;
        }
    }
    #alone(sql, { start, end }) {
        const text = sql.slice(start, end);
        const nodes = (this.#parser.parseSync(text).stmts ?? []).flatMap(({ stmt }) => stmt ?? []);
        return { nodes, offset: offsetsIn(text, start) };
    }
    #guarded({ sql, place, hasLongNames }, span, at, tree) {
        const refused = (message, offset) => [
            {
                kind: 'unparsed',
                at: place(span.start + offset, span.start + offset + 1),
                message,
                near: /^.* at or near "([\s\S]*)"$/.exec(message)?.[1],
            },
        ];
        const text = sql.slice(span.start, span.end);
        // The parser would take a NUL for the end of the text; PostgreSQL refuses it.
        const nul = text.indexOf('\0');
        if (nul >= 0)
            return refused('invalid byte sequence for encoding "UTF8": 0x00', nul);
        try {
            const { nodes, offset } = tree();
            const source = this.#source(sql, span, at, place, offset);
            const [only] = nodes;
            const found = nodes.length === 1 && only ? operations(only, source) : nodes.flatMap((node) => operations(node, source));
            return hasLongNames ? [...truncatedIdentifiers(source), ...found] : found;
        }
        catch (error) {
            if (error instanceof RangeError)
                return 'the statement nests too deeply to be read';
            if (!this.#parser.hasSqlDetails(error))
                throw error;
            const offset = offsetOfCharacter(text, error.sqlDetails?.cursorPosition ?? 0);
            const variable = /^:(?:[A-Za-z_]\w*|'[^']*'|"[^"]*"|\{\?\w+\})/.exec(text.slice(offset))?.[0];
            if (variable)
                return `${variable} stands for a value that is not known here`;
            return refused(error.message, offset);
        }
    }
    #source(sql, span, at, place, offset) {
        return {
            sql,
            span,
            at,
            place,
            offset,
            names: this.#names,
            operations: operations,
            read: (text, inner, names) => this.#inner(text, inner, names),
            readExpression: (text) => this.#expression(text),
            readCode: (text) => this.#code(text),
        };
    }
    /** The statements of code. What cannot be read there hides what it does. */
    #inner(sql, place, names) {
        const hidden = (at, text) => ({ kind: 'hidden-sql', at, text, why: 'unreadable' });
        if (this.#depth >= maxDepth)
            return [hidden(place(0, sql.length), sql)];
        const inside = new _a(this.#parser, names);
        inside.#depth = this.#depth + 1;
        const { pieces, read } = inside.statements(sql, place);
        return pieces.flatMap(({ kind, start, end }, index) => {
            const at = place(start, end);
            const found = kind === 'sql' ? read(index, at) : '';
            return typeof found === 'string' ? [hidden(at, sql.slice(start, end))] : found;
        });
    }
    #expression(text) {
        const [statement] = this.#parsed(`SELECT ${text}`) ?? [];
        const select = statement?.stmt;
        const target = select && 'SelectStmt' in select ? select.SelectStmt.targetList?.[0] : undefined;
        return target && 'ResTarget' in target ? target.ResTarget.val : undefined;
    }
    #code(statement) {
        try {
            return { tree: this.#parser.parsePlPgSQLSync(statement) };
        }
        catch (error) {
            // The library throws a plain Error with PostgreSQL's message.
            if (error instanceof Error)
                return { message: error.message };
            throw error;
        }
    }
}
_a = Reader;
/** The parser counts characters (code points) from 0; JavaScript counts UTF-16 code units. */
function offsetOfCharacter(sql, character) {
    let offset = 0;
    for (let count = 0; count < character && offset < sql.length; count++) {
        offset += (sql.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
    }
    return Math.min(offset, Math.max(0, sql.length - 1));
}

;// CONCATENATED MODULE: ./src/parse/parse.ts





/** Parses both scripts of a migration. Text that PostgreSQL's grammar refuses becomes an `unparsed` operation; nothing is thrown for it. */
async function parseMigration(migration, options) {
    const { up, down, ...rest } = migration;
    return {
        ...rest,
        up: await parseScript(up, options),
        down: down && (await parseScript(down, options)),
    };
}
/** Parses one script, statement by statement, so that a broken one does not hide the others. */
async function parseScript(script, options) {
    const reader = new Reader(await loadedParser(), new Names(options.defaultSchema));
    const { fragments, ...rest } = script;
    const statements = [];
    const unreadable = [];
    const strings = { areEscaped: false };
    for (const fragment of fragments) {
        if (fragment.kind === 'unreadable')
            unreadable.push(fragment);
        else
            readFragment(fragment, reader, strings, statements, unreadable);
    }
    return { ...rest, statements, unreadable };
}
let loading;
/** The parser's WebAssembly takes a while to load; a run without migrations does not need it. */
function loadedParser() {
    loading ??= load();
    return loading;
}
async function load() {
    const { hasSqlDetails, loadModule, parsePlPgSQLSync, parseSync } = await __webpack_require__.e(/* import() */ 691).then(__webpack_require__.bind(__webpack_require__, 9691));
    await loadModule();
    return { hasSqlDetails, parsePlPgSQLSync, parseSync };
}
function readFragment(fragment, reader, strings, statements, unreadable) {
    const { sql, autocommit = false, repeated = false, inBatch } = fragment;
    const place = placesIn(fragment);
    const { pieces, read } = reader.statements(sql, place);
    for (const [index, piece] of pieces.entries()) {
        const at = place(piece.start, piece.end);
        const text = sql.slice(piece.start, piece.end);
        const cannotRead = (reason) => unreadable.push({ kind: 'unreadable', reason, at });
        if (piece.kind !== 'sql')
            notSql(piece, text, cannotRead);
        else if (strings.areEscaped && hasBackslash(text)) {
            const reason = 'standard_conforming_strings is off, so where a string with a backslash ends is not read; nor is what follows';
            unreadable.push({ kind: 'unreadable', reason, at: place(piece.start, sql.length) });
            return;
        }
        else {
            const operations = read(index, at);
            if (typeof operations === 'string')
                cannotRead(operations);
            else {
                statements.push({ sql: text, at, operations, autocommit, repeated, ...(inBatch && { inBatch }) });
                for (const op of operations)
                    if (op.kind === 'set' && op.setting === 'standard_conforming_strings')
                        strings.areEscaped = /^(?:off|false|no|0|f|n)$/i.test(op.value ?? '');
            }
        }
    }
}
/** Whether a plain string holds one; those that begin with E are read the same way always. */
function hasBackslash(sql) {
    if (!sql.includes('\\'))
        return false;
    for (const { kind, start, end } of tokens(sql))
        if (kind === 'literal' && /^[nN]?'/.test(sql.slice(start, start + 2)) && sql.slice(start, end).includes('\\'))
            return true;
    return false;
}
/** A meta-command that only changes what psql prints is nothing to report. */
function notSql(piece, text, cannotRead) {
    if (piece.kind === 'copy')
        cannotRead('COPY … FROM stdin and its rows are not read; the rest of the file is');
    else if (!isOutputOnly(text)) {
        const command = /^\\[^\s]*/.exec(text)?.[0] ?? '\\';
        cannotRead(`${command} is a command of psql, which is not read; the rest of the file is`);
    }
}


/***/ }),

/***/ 6565:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bm: () => (/* binding */ isCached),
/* harmony export */   clearCache: () => (/* binding */ clearCache),
/* harmony export */   f8: () => (/* binding */ wasFaster),
/* harmony export */   listCache: () => (/* binding */ listCache),
/* harmony export */   nF: () => (/* binding */ cacheFolder),
/* harmony export */   zz: () => (/* binding */ cannotWrite)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7206);




/** Where downloaded servers and prepared data folders are kept between runs. */
function cacheFolder(environment = process.env) {
    const { MIGRATION_GATE_CACHE, XDG_CACHE_HOME } = environment;
    if (MIGRATION_GATE_CACHE)
        return MIGRATION_GATE_CACHE;
    // A relative XDG_CACHE_HOME is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
    const base = XDG_CACHE_HOME && (0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(XDG_CACHE_HOME) ? XDG_CACHE_HOME : (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)(), '.cache');
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(base, 'migration-gate');
}
/**
 * Whether the folder is in the cache. What lies in it is run, so a folder that another user could have put there is a UserError.
 * Folders get their final name only when they are complete.
 */
async function isCached(folder) {
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(folder).catch((error) => {
        if (isMissing(error))
            return undefined;
        throw error;
    });
    if (found === undefined)
        return false;
    const ours = process.getuid === undefined || found.uid === process.getuid() || found.uid === 0;
    if (ours && found.isDirectory() && (found.mode & 0o022) === 0)
        return true;
    throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y(`${folder} belongs to another user or can be written by others, so it is not used. ` +
        'Remove it, or name another cache folder in MIGRATION_GATE_CACHE.');
}
/** Also where the home is no folder, such as `/dev/null`. */
function isMissing({ code }) {
    return code === 'ENOENT' || code === 'ENOTDIR';
}
/** Renaming a complete folder into the cache failed because a parallel run was faster. */
function wasFaster(error) {
    const { code } = error;
    return code === 'ENOTEMPTY' || code === 'EEXIST';
}
/** The cache cannot be written: a read-only home, a full disk, somebody else's folder. */
function cannotWrite(error) {
    return ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EDQUOT'].includes(error.code ?? '');
}
/** The names of what is kept between runs: another list says that there is something new, or something gone. */
async function listCache() {
    const folder = cacheFolder();
    const names = await Promise.all(['', 'baselines'].map((within) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, within)).catch((error) => {
        if (isMissing(error))
            return [];
        throw error;
    })));
    return names.flat().sort();
}
/**
 * Removes what is kept between runs, and nothing else that lies in the folder.
 * @returns the folder, and the names of what was removed from it
 */
async function clearCache() {
    const folder = cacheFolder();
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder).catch((error) => {
        if (isMissing(error))
            return [];
        throw error;
    });
    const removed = names.filter((name) => /^(postgres-\d|data-\d|\.installing-|(?:baselines|parsed)$)/.test(name)).sort();
    for (const name of removed)
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name), { recursive: true, force: true });
    return { folder, removed };
}


/***/ }),

/***/ 8630:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ listFiles),
/* harmony export */   Hn: () => (/* binding */ repositoryRoot),
/* harmony export */   OR: () => (/* binding */ defaultBranch),
/* harmony export */   Y_: () => (/* binding */ changedFiles),
/* harmony export */   j1: () => (/* binding */ commonAncestor),
/* harmony export */   r7: () => (/* binding */ textIn)
/* harmony export */ });
/* harmony import */ var simple_git__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4724);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7206);


/**
 * The files that differ between the merge base with `base` and the work tree, untracked ones included.
 * @param repository absolute path of the work tree's root
 * @param base a branch, tag or commit; undefined: the first that exists of the pull request's base branch in
 *   GITHUB_BASE_REF, origin's default branch, main, master
 * @throws UserError where this is no git work tree, `base` does not exist here, or the history is too shallow for a merge base
 */
async function changedFiles(repository, base) {
    const git = (0,simple_git__WEBPACK_IMPORTED_MODULE_0__/* .simpleGit */ .Lp)(repository);
    const ancestor = await commonAncestor(repository, base);
    const [differing, untracked] = await Promise.all([
        git.raw(['diff', '--name-status', '--no-renames', '-z', ancestor, '--']),
        git.raw(['ls-files', '--others', '--exclude-standard', '--full-name', '-z', ':/']),
    ]);
    return [
        ...pairs(split(differing)).map(([status, path]) => ({ path, status: statuses[status] ?? 'modified' })),
        ...split(untracked).map((path) => ({ path, status: 'added' })),
    ].sort((a, b) => (a.path < b.path ? -1 : 1));
}
/**
 * The commit from which the work tree and `base` have gone apart: what is there is what the base branch has.
 * @throws UserError as `changedFiles` does
 */
async function commonAncestor(repository, base) {
    const git = (0,simple_git__WEBPACK_IMPORTED_MODULE_0__/* .simpleGit */ .Lp)(repository);
    const reference = base ?? (await defaultBase(repository));
    // `--end-of-options` keeps a name that begins with a dash from being read as one.
    const commit = await git
        .raw(['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`])
        .catch(() => '');
    if (!commit.trim())
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`The base "${reference}" is not known here. Fetch it (git fetch origin ${reference.replace(/^origin\//, '')}), or name another with --base.`);
    const ancestor = await git.raw(['merge-base', commit.trim(), 'HEAD']).catch(() => '');
    if (!ancestor.trim())
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`No common ancestor of "${reference}" and HEAD is known here, so it cannot be told what changed. ` +
            'In a shallow clone, fetch more history (actions/checkout: fetch-depth: 0).');
    return ancestor.trim();
}
/** The text that a file has in a commit, decoded as UTF-8. */
async function textIn(repository, commit, path) {
    return await (0,simple_git__WEBPACK_IMPORTED_MODULE_0__/* .simpleGit */ .Lp)(repository).raw(['cat-file', 'blob', `${commit}:${path}`]);
}
/**
 * Every file of the work tree that git tracks or would track, from the root of the repository.
 * @throws UserError where `repository` is not inside a git work tree
 */
async function listFiles(repository) {
    const listed = await (0,simple_git__WEBPACK_IMPORTED_MODULE_0__/* .simpleGit */ .Lp)(repository).raw([
        'ls-files',
        '--cached',
        '--others',
        '--exclude-standard',
        '--full-name',
        '-z',
        ':/',
    ]);
    return [...new Set(split(listed))].sort();
}
/**
 * The root of the git work tree that holds `folder`, as an absolute path.
 * @throws UserError where there is none
 */
async function repositoryRoot(folder) {
    try {
        return (await (0,simple_git__WEBPACK_IMPORTED_MODULE_0__/* .simpleGit */ .Lp)(folder).revparse(['--show-toplevel'])).trim();
    }
    catch (cause) {
        const said = cause instanceof Error ? cause.message.trim().split('\n')[0] : String(cause);
        if (/\bspawn git ENOENT$/.test(said ?? ''))
            throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y('git was not found. Install it, or put the folder that it is in on the PATH.', { cause });
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`${folder} is not in a git work tree that can be read (${said}). Run this in a checkout, or name one with --cwd.`, {
            cause,
        });
    }
}
const statuses = { A: 'added', D: 'deleted' };
async function defaultBase(repository) {
    const fromGitHub = process.env.GITHUB_BASE_REF
        ? [`origin/${process.env.GITHUB_BASE_REF}`, process.env.GITHUB_BASE_REF]
        : [];
    const candidates = [...fromGitHub, 'origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];
    for (const candidate of candidates) {
        const found = await (0,simple_git__WEBPACK_IMPORTED_MODULE_0__/* .simpleGit */ .Lp)(repository)
            .raw(['rev-parse', '--verify', '--quiet', '--end-of-options', `${candidate}^{commit}`])
            .catch(() => '');
        if (found.trim())
            return candidate;
    }
    throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`No base branch was found (looked for ${candidates.join(', ')}). Name it with --base (base-ref in the action). Without one, --all takes the whole history as changed.`);
}
/** The name of origin's default branch as git knows it here, or of the usual one that there is. */
async function defaultBranch(repository) {
    const names = ['refs/remotes/origin/HEAD', 'refs/remotes/origin', 'refs/heads/main', 'refs/heads/master'];
    const listed = await (0,simple_git__WEBPACK_IMPORTED_MODULE_0__/* .simpleGit */ .Lp)(repository).raw(['for-each-ref', '--format=%(refname) %(symref)', ...names]);
    const head = /^refs\/remotes\/origin\/HEAD refs\/remotes\/origin\/(.+)$/m.exec(listed)?.[1];
    return head ?? (/\/master $/m.test(listed) && !/\/main $/m.test(listed) ? 'master' : 'main');
}
function split(listed) {
    return listed.split('\0').filter((part) => part !== '');
}
function pairs(parts) {
    return parts.flatMap((part, i) => (i % 2 === 0 ? [[part, parts[i + 1] ?? '']] : []));
}


/***/ }),

/***/ 1119:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fl: () => (/* binding */ baseName),
/* harmony export */   R8: () => (/* binding */ filesOf),
/* harmony export */   TC: () => (/* binding */ readerOf),
/* harmony export */   Yw: () => (/* binding */ isBelow),
/* harmony export */   nx: () => (/* binding */ inside),
/* harmony export */   yS: () => (/* binding */ folderOf)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_buffer__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7206);




/**
 * @param repository absolute path of the root
 * @param paths its files
 * @param changed what differs from the base branch; undefined: everything counts as new
 */
function filesOf(repository, paths, changed) {
    const sorted = [...paths].sort();
    const folders = new Map();
    for (const path of sorted) {
        const folder = folders.get(folderOf(path));
        if (folder)
            folder.push(path);
        else
            folders.set(folderOf(path), [path]);
    }
    const known = new Set(sorted);
    const statuses = new Map(changed?.map((file) => [file.path, file.status]));
    const decode = decoderOf(repository);
    const decodeLater = async (path) => decode(path);
    const texts = new Map();
    const decoded = (path) => {
        const text = texts.get(path) ?? decodeLater(path);
        texts.set(path, text);
        return text;
    };
    return {
        paths: sorted,
        folders: [...folders.keys()].sort(),
        has: (path) => known.has(path),
        inFolder: (folder) => folders.get(folder) ?? [],
        readText: async (path) => (await decoded(path)).replace(mark, ''),
        hasByteOrderMark: (path) => decoded(path).then((text) => mark.test(text), () => false),
        statusOf(path) {
            if (!changed)
                return 'new';
            const found = statuses.get(path);
            return found === 'added' ? 'new' : found === undefined ? 'base' : 'edited';
        },
    };
}
/** `migrations` for `migrations/001_a.sql`; '' for a file in the root. */
function folderOf(path) {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
/** `001_a.sql` for `migrations/001_a.sql`. */
function baseName(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}
/** `folder/name`, or the name alone in the root. */
function inside(folder, name) {
    return folder === '' ? name : `${folder}/${name}`;
}
/** Whether a path is in the folder or below it. */
function isBelow(path, folder) {
    return folder === '' || path.startsWith(`${folder}/`);
}
const mark = /^\uFEFF/;
/**
 * Reads the files of a repository, each without its byte order mark: paths from its root, with forward slashes.
 * @throws UserError saying why: missing, no permission, a link that leaves the repository, not UTF-8
 */
function readerOf(repository) {
    const decode = decoderOf(repository);
    return (path) => decode(path).replace(mark, '');
}
/** The same, with the mark. */
function decoderOf(repository) {
    const read = rawReaderOf(repository);
    return (path) => {
        try {
            return read(path);
        }
        catch (error) {
            if (error instanceof _model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y)
                throw error;
            const code = error.code;
            const why = code === 'ENOENT' && path.includes('\uFFFD')
                ? 'its name is not UTF-8; give it one that is'
                : code === 'ENOENT'
                    ? 'it is not in the work tree (is the repository checked out?)'
                    : `it cannot be read (${code ?? error})`;
            throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y(why, { cause: error });
        }
    };
}
/**
 * Waits for the disk: a history is thousands of small files, and through Node's threads each takes several times the CPU time
 * (bench/lint.mjs).
 */
function rawReaderOf(repository) {
    const folders = new Map();
    const realFolder = (folder) => {
        const found = folders.get(folder) ?? (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(repository, folder));
        folders.set(folder, found);
        return found;
    };
    const isInside = (place) => `${place}${node_path__WEBPACK_IMPORTED_MODULE_2__.sep}`.startsWith(`${realFolder('')}${node_path__WEBPACK_IMPORTED_MODULE_2__.sep}`);
    return (path) => {
        const folder = realFolder(folderOf(path));
        if (isInside(folder)) {
            const text = unlessLink((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, baseName(path)));
            if (text !== undefined)
                return text;
        }
        const file = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(repository, path));
        if (!isInside((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file)))
            throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y('it is a link to a place outside of the repository');
        return textIn(file, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_RDONLY);
    };
}
/** What a file holds; undefined for a link, and where the system cannot open a file without following links. */
function unlessLink(file) {
    if (node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NOFOLLOW === undefined)
        return undefined;
    try {
        return textIn(file, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NOFOLLOW);
    }
    catch (error) {
        if (error.code === 'ELOOP')
            return undefined;
        throw error;
    }
}
/** Node decodes in one step what it reads, and puts U+FFFD where the bytes are no UTF-8; only then are they looked at. */
function textIn(file, flag) {
    // The types allow names of flags only, but a number is taken: https://nodejs.org/api/fs.html#file-system-flags
    const text = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(file, { encoding: 'utf8', flag });
    if (text.includes('\uFFFD') && !(0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(file, { flag })))
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y('it is not UTF-8 text');
    return text;
}


/***/ }),

/***/ 3803:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  VH: () => (/* binding */ readProjects),
  yI: () => (/* binding */ touches)
});

// UNUSED EXPORTS: readProject

// EXTERNAL MODULE: ./node_modules/simple-git/dist/index.mjs + 2 modules
var dist = __webpack_require__(4724);
// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: ./src/read/files.ts
var read_files = __webpack_require__(1119);
;// CONCATENATED MODULE: ./src/read/alembic.ts

const configuration = /^(?:alembic\.ini|pyproject\.toml)$/;
/** Alembic: an `alembic.ini`, and the Python files that it points to. */
const alembic = {
    tool: 'alembic',
    expected: 'an alembic.ini with a section [alembic]',
    async find(files) {
        if (!files.paths.some((path) => configuration.test((0,read_files/* baseName */.Fl)(path))))
            return [];
        const { findAlembic } = await reader();
        const found = await findAlembic(files.paths, files.readText);
        return found.map((directory) => ({ directory, folders: [], certainty: 'sure' }));
    },
    // Where the configuration cannot be read no folder is known, and each Python file may be a migration.
    owns: (path, directory, folders = []) => (folders.length === 0 && (0,read_files/* isBelow */.Yw)(path, directory) && configuration.test((0,read_files/* baseName */.Fl)(path))) ||
        (path.toLowerCase().endsWith('.py') && (folders.length === 0 || folders.includes((0,read_files/* folderOf */.yS)(path)))),
    nearly: (path) => (0,read_files/* baseName */.Fl)(path) === 'script.py.mako'
        ? `an alembic.ini with a section [alembic] and script_location = ${(0,read_files/* folderOf */.yS)(path) || '.'}`
        : undefined,
    async read(directory, files) {
        const { readAlembicProject } = await reader();
        return await readAlembicProject({
            directory,
            paths: files.paths,
            readText: files.readText,
            statusOf: files.statusOf,
        });
    },
};
/** Python's grammar is not loaded for a project without Python (bench/lint.mjs). */
async function reader() {
    return await Promise.all(/* import() */[__webpack_require__.e(206), __webpack_require__.e(467)]).then(__webpack_require__.bind(__webpack_require__, 3467));
}

// EXTERNAL MODULE: ./src/read/changed-files.ts
var changed_files = __webpack_require__(8630);
;// CONCATENATED MODULE: ./src/read/history.ts

/**
 * Reads the steps of a history, in the order in which they are given, and links each to the one before. A step that cannot be read
 * leaves a gap. Two with one number are a fault of it.
 */
async function history_history(options) {
    const { steps, files, tool, directory, folders, hasDowngrades } = options;
    const notChecked = [];
    const migrations = [];
    const holders = new Map();
    const faults = [];
    let hasGaps = options.hasGaps ?? false;
    for (const step of steps) {
        const number = step.number ?? step.id;
        const holder = holders.get(number);
        if (holder !== undefined) {
            // The later of two that are both new, or both old: so that the place is the same with `--all` and with a change.
            const isFirstAlone = statusOf(holder, files) === 'new' && statusOf(step, files) !== 'new';
            faults.push(isFirstAlone ? twice(holder, step) : twice(step, holder));
        }
        holders.set(number, holder ?? step);
        const scripts = await step.read();
        if (!('up' in scripts)) {
            notChecked.push(...scripts);
            hasGaps = true;
            continue;
        }
        const down = scripts.down && (await marked(scripts.down, tool, files));
        const previous = migrations.at(-1);
        migrations.push({
            id: step.id,
            name: step.name,
            file: step.file,
            parents: previous ? [previous.id] : [],
            up: await marked(scripts.up, tool, files),
            down,
            status: step.status ?? statusOf(step, files),
            ...(step.isRepeatable ? { isRepeatable: true } : {}),
        });
    }
    return {
        tool,
        directory,
        folders: [...new Set(folders)].sort(),
        migrations,
        notChecked: [...notChecked, ...options.notChecked],
        lineage: { faults, heads: [], headsBefore: 0, changes: [] },
        hasGaps,
        hasDowngrades,
    };
}
/** The text of a file, or why it is not to be had. */
async function textOf(files, path) {
    try {
        return await files.readText(path);
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.y))
            throw error;
        return { what: path, why: `Not read: ${error.message}.` };
    }
}
/** Reads the files of a migration whose upgrade and downgrade are files of their own. */
async function readPair(files, up, down, script) {
    const read = async (direction, path) => {
        const text = await textOf(files, path);
        return typeof text === 'string' ? script(direction, path, text) : text;
    };
    const upScript = await read('up', up);
    const downScript = down === undefined ? undefined : await read('down', down);
    const failed = [upScript, downScript].flatMap((read) => (read && 'why' in read ? [read] : []));
    if ('why' in upScript || (downScript && 'why' in downScript))
        return failed;
    return { up: upScript, down: downScript };
}
/** Tells the files that the tool does not run, because of their names or for want of a partner, as far as the change touches them. */
function passedOver(files, paths, expected) {
    return paths.filter((path) => files.statusOf(path) !== 'base').map((path) => ({ what: path, why: expected(path) }));
}
/** By the value of the digits, whatever their number: stamps are longer than a double holds. */
function byNumber(a, b) {
    const difference = BigInt(a) - BigInt(b);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
/** By code units, as Go, Rust and C compare. */
function byText(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
/** psql, Flyway and Supabase leave a byte order mark out. For PostgreSQL it is a part of the first word. */
const skipsMark = new Set(['numbered-sql', 'sqitch', 'flyway', 'supabase']);
async function marked(script, tool, files) {
    if (skipsMark.has(tool) || !(await files.hasByteOrderMark(script.file)))
        return script;
    const reason = `${tool} takes the byte order mark at the beginning of the file for a part of the SQL; save the file without it`;
    const at = { file: script.file, line: 1, column: 1, endLine: 1 };
    return { ...script, fragments: [{ kind: 'unreadable', reason, at }] };
}
function statusOf({ file, others = [] }, files) {
    const own = files.statusOf(file);
    if (own !== 'base')
        return own;
    return others.some((path) => files.statusOf(path) !== 'base') ? 'edited' : 'base';
}
function twice({ id, name, file, date }, { file: other }) {
    const at = { file, line: 1, column: 1, endLine: 1 };
    return { kind: 'duplicate', migration: id, name, at, other, ...(date === undefined ? {} : { date }) };
}

;// CONCATENATED MODULE: ./src/read/layout.ts


/** From the best to the poorest. */
const certainties = ['sure', 'named', 'likely', 'possible'];
/** Folder names that say by themselves that migrations are in them. */
const conventional = /^(?:.*[_-])?migrations?$/i;
/** The folders with a file for which `test` holds, a Fit for each. */
function foldersWith(files, test, certainty) {
    return files.folders.flatMap((directory) => {
        if (!files.inFolder(directory).some((path) => test((0,read_files/* baseName */.Fl)(path))))
            return [];
        const found = certainty(directory);
        return found ? [{ directory, folders: [directory], certainty: found }] : [];
    });
}
/** The files in which a program names its libraries. */
const manifests = ['Cargo.toml', 'go.mod', 'package.json'];
/**
 * Whether the program that these migrations belong to names the tool in its manifest: `Cargo.toml` with `sqlx` in it. Looked for
 * in the folder and above, as far as the first folder with a manifest of another language only; then in what is beside the folder.
 */
async function mentions(files, folder, name, pattern) {
    const says = async (path) => pattern.test(await textOrNothing(files, path));
    for (let at = folder;; at = (0,read_files/* folderOf */.yS)(at)) {
        if (files.has((0,read_files/* inside */.nx)(at, name))) {
            if (await says((0,read_files/* inside */.nx)(at, name)))
                return true;
        }
        else if (manifests.some((other) => files.has((0,read_files/* inside */.nx)(at, other))))
            return false;
        if (at === '')
            break;
    }
    for (const path of files.paths)
        if ((0,read_files/* baseName */.Fl)(path) === name && (0,read_files/* isBelow */.Yw)(path, (0,read_files/* folderOf */.yS)(folder)) && (await says(path)))
            return true;
    return false;
}
/** The text of a file that only helps to find the tool; '' where it cannot be read, as a migration that is told later. */
async function textOrNothing(files, path) {
    const text = await textOf(files, path);
    return typeof text === 'string' ? text : '';
}
/** Whether at least half of these files, and one at all, were written for the tool; the others are not read once that is known. */
async function mostly(files, paths, isMarked) {
    let marked = 0;
    let others = 0;
    for (const path of paths) {
        if (isMarked(await textOrNothing(files, path)))
            marked++;
        else if (++others * 2 > paths.length)
            return false;
    }
    return marked > 0;
}

;// CONCATENATED MODULE: ./src/read/numbered-name.ts

const wholeDate = /^(\d{4})(?:([-_.])(\d\d)\2(\d\d)|(\d\d)(\d\d))(?!\d)/;
const year = /^((?:19|20|21)\d\d)[-_.](\d+)(?=[-_.])/;
/** `31-01-2024`, `01-02-24`: the day or the month first, or a year of two digits. */
const openDate = /^(?:\d{1,2}([-_.])\d{1,2}\1(?:19|20|21)\d\d|\d\d([-_.])\d\d\2\d\d)(?=[-_.])/;
const version = /^v?(\d+(?:\.\d+)+|(?<=v)\d+)(?=[-_])/;
/** Also a number alone: `001.sql`, and `001.down.sql` for the way back. */
const number = /^(\d+)(?=[-_]|$|\.(?:rollback|down|undo|revert)$)/i;
/** `T09-00-00`, `_0900`, `-09:00`, `T0900Z`. */
const time = /^[-_. T](\d\d)([-_.:]?)(\d\d)(?:\2(\d\d))?(?:[.,]\d+)?Z?(?=[-_. ]|$)/i;
const counter = /^(?:[-_.](\d+)(?=[-_. ]|$)|([a-z])(?=[-_. ]))/i;
/** Reads what the name of a SQL file, without its extension, begins with. Undefined: no number and no date. */
function startOf(stem) {
    const dated = dateAt(stem);
    if (dated)
        return dated;
    const at = (kind, found, parts) => ({
        kind,
        written: found[0].replace(/^v/, ''),
        parts: parts.map(BigInt),
        within: 'nothing',
        rest: stem.slice(found[0].length),
    });
    const open = openDate.exec(stem);
    if (open)
        return at('open', open, []);
    const ofYear = year.exec(stem);
    if (ofYear)
        return at('year', ofYear, ofYear.slice(1));
    const versioned = version.exec(stem);
    if (versioned)
        return at('version', versioned, versioned[1]?.split('.') ?? []);
    const numbered = number.exec(stem);
    return numbered ? at('number', numbered, [numbered[0]]) : undefined;
}
/** Digits alone, `20240131` or `20240131120000`, stay a plain number. */
function dateAt(stem) {
    const date = wholeDate.exec(stem);
    const [, years, separator, month, day, compactMonth, compactDay] = date ?? [];
    const parsed = dayOf(years, month ?? compactMonth, day ?? compactDay);
    if (!date || parsed === undefined)
        return undefined;
    let rest = stem.slice(date[0].length);
    const parts = [parsed];
    const clock = time.exec(rest);
    const seconds = clock ? secondsOf(clock[1], clock[3], clock[4]) : undefined;
    if (clock && seconds !== undefined) {
        parts.push(seconds);
        rest = rest.slice(clock[0].length);
    }
    const [counted, digits, letter] = counter.exec(rest) ?? [];
    if (counted !== undefined) {
        parts.push(digits === undefined ? BigInt((letter ?? '').toLowerCase().charCodeAt(0) - 96) : BigInt(digits));
        rest = rest.slice(counted.length);
    }
    if (rest !== '' && !/^[-_. ]/.test(rest))
        return undefined;
    if (separator === undefined && parts.length === 1)
        return undefined;
    return {
        kind: 'date',
        written: stem.slice(0, stem.length - rest.length),
        parts,
        within: seconds !== undefined ? 'time' : counted !== undefined ? 'counter' : 'nothing',
        rest,
    };
}
/** `20240131`; undefined where it is no day of the calendar. */
function dayOf(years = '', month = '', day = '') {
    const date = new Date(`${years}-${month}-${day}T00:00:00Z`);
    const isDay = !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
    return isDay && /^(?:19|20|21)/.test(years) ? BigInt(years + month + day) : undefined;
}
function secondsOf(hours = '', minutes = '', seconds = '00') {
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59)
        return undefined;
    return BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds);
}
/**
 * Puts the files of a folder in the order that their names mean: numbers by value, versions part by part, dates by day, time and
 * counter. Numbers that were given before a project went over to dates come first. `open`: files whose place among the others is not
 * told by their names, with why.
 */
function inOrderOfNames(files) {
    const isDated = files.some(({ start }) => start.kind === 'date');
    const hasLateNumbers = files.some(({ start }) => start.kind === 'number' && !isEarly(start));
    const starts = files.map((file) => ({ file, start: amongOthers(file.start, isDated, hasLateNumbers) }));
    const hasYears = starts.some(({ start }) => start.kind === 'year');
    const why = ({ kind, written, ...start }) => {
        if (kind === 'open')
            return openReason(written);
        if (isDated && kind !== 'date' && !isEarly({ kind, written, ...start }))
            return mixedReason(written, 'dates');
        return hasYears && kind === 'version' ? mixedReason(written, 'years') : undefined;
    };
    const open = starts.flatMap(({ file, start }) => {
        const reason = why(start);
        return reason === undefined ? [] : [{ what: file.path, why: reason }];
    });
    const undecided = undecidedDays(starts.map(({ start }) => start));
    const ordered = starts
        .filter(({ start }) => why(start) === undefined)
        .sort((a, b) => byParts(a.start.parts, b.start.parts) || byText(a.file.path, b.file.path))
        .map(({ file, start }) => {
        const { kind, written, parts } = start;
        const isUndecided = kind === 'date' && undecided.has(parts[0]);
        const isName = kind === 'year' || file.start.kind === 'date';
        const date = isUndecided ? wholeDate.exec(written)?.[0] : written;
        return {
            file,
            number: isName ? undefined : written,
            key: (isUndecided ? parts.slice(0, 1) : kind === 'version' ? withoutZeros(parts) : parts).join('.'),
            date: isName ? date : undefined,
        };
    });
    return { ordered, open };
}
function amongOthers(start, isDated, hasLateNumbers) {
    if (start.kind === 'number' && isDated)
        return stampOf(start) ?? start;
    // A running number that has come so far, and a name that begins with digits.
    const isRunning = start.kind === 'year' && hasLateNumbers && !isDated;
    return isRunning
        ? { ...start, kind: 'number', written: start.written.slice(0, 4), parts: start.parts.slice(0, 1) }
        : start;
}
/** Days on which one file has a time and another has none: which of them is the earlier one is not told. */
function undecidedDays(starts) {
    const days = (isTimed) => starts.flatMap(({ kind, parts: [day], within }) => kind === 'date' && (within === 'time') === isTimed ? [day] : []);
    const timed = new Set(days(true));
    return new Set(days(false).filter((day) => timed.has(day)));
}
/** 1.2 is 1.2.0. */
function withoutZeros(parts) {
    return parts.slice(0, Math.max(1, parts.findLastIndex((part) => part !== 0n) + 1));
}
/** Below any year. */
function isEarly({ kind, parts: [first = 0n] }) {
    return kind === 'number' && first < 1900n;
}
/** The date that a plain number is: `20240131`, `202401311200`, `20240131120000`. */
function stampOf(start) {
    const [, years, month, day, hours, minutes, seconds] = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?$/.exec(start.written) ?? [];
    const date = dayOf(years, month, day);
    if (date === undefined)
        return undefined;
    const within = hours === undefined ? undefined : secondsOf(hours, minutes, seconds);
    if (within === undefined)
        return hours === undefined ? { ...start, kind: 'date', parts: [date] } : undefined;
    return { ...start, kind: 'date', parts: [date, within], within: 'time' };
}
function byParts(a, b) {
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
        const [left, right] = [a[i] ?? -1n, b[i] ?? -1n];
        if (left !== right)
            return left < right ? -1 : 1;
    }
    return 0;
}
function openReason(written) {
    return `Its place in the order is not known: ${written} may be a date with the day, the month or the year first, or a number of several parts. Begin the name with the whole date, year first, such as 2024-01-31-add_email.sql, or with a number, such as 003_add_email.sql.`;
}
function mixedReason(written, others) {
    return `Its place in the order is not known: its name begins with ${written}, and those of other files beside it with ${others}. Name it as they are, or let a command run them in its own order (tool: command, with upgrade: in the configuration).`;
}

// EXTERNAL MODULE: ./src/read/text.ts
var read_text = __webpack_require__(7689);
;// CONCATENATED MODULE: ./src/read/numbered.ts





const downSuffix = /[._-](?:rollback|down|undo|revert)$/i;
const downFolder = /^(?:rollbacks?|down|undo|revert)$/i;
/** `001_create_users.up.sql` belongs to tools that send a file in another way. */
const upSuffix = /[._-]up$/i;
/** Sections of one file that are not to be run together: read as plain SQL, the file would undo what it does. */
const sections = [
    { tool: 'goose', marker: /^--\s*\+goose\b/im },
    { tool: 'dbmate', marker: /^--\s*migrate:(?:up|down)\b/im },
    { tool: 'sql-migrate', marker: /^--\s*\+migrate\b/im },
    { tool: 'tern', marker: /^---- create above/im },
    { tool: 'node-pg-migrate', marker: /^--\s*(?:up|down) migration\b/im },
];
/**
 * Plain numbered SQL files, `001_name.sql` with `001_name_rollback.sql` (also `001_rollback.sql`, `_down`, `.rollback`, `.down`, or the
 * same name in a folder `rollback/` or `down/`); the name may be left out, `001.sql`. The number may be a version, `v1.2.3__name.sql`,
 * or a date, `2024-01-31_0900_name.sql`. They are run by psql in that order: no transaction but the one that a file opens itself.
 */
const numberedSql = {
    tool: 'numbered-sql',
    expected: 'files such as 001_create_users.sql with 001_create_users_rollback.sql',
    async find(files, isAsked) {
        const isUp = (name) => describe(name)?.direction === 'up';
        return foldersWith(files, isUp, (folder) => {
            if (downFolder.test((0,read_files/* baseName */.Fl)(folder)))
                return undefined;
            const names = files.inFolder(folder).map(read_files/* baseName */.Fl);
            // A number alone may be anything, such as a year.
            const tells = (name) => !/^\d+\.sql$/i.test(name) || name.startsWith('0');
            if (!isAsked && !conventional.test((0,read_files/* baseName */.Fl)(folder)) && !names.filter(isUp).some(tells))
                return undefined;
            const plain = names.filter(isUp).length;
            const paired = names.filter((name) => /^\d+_.*\.up\.sql$/s.test(name)).length;
            if (!isAsked && paired >= plain)
                return undefined;
            return conventional.test((0,read_files/* baseName */.Fl)(folder)) ? 'likely' : 'possible';
        });
    },
    owns: (path, directory) => /\.sql$/i.test(path) && ((0,read_files/* folderOf */.yS)(path) === directory || isDownFolder(directory, (0,read_files/* folderOf */.yS)(path))),
    nearly: (path) => /\.sql$/i.test(path) && conventional.test((0,read_files/* baseName */.Fl)((0,read_files/* folderOf */.yS)(path))) && !describe(path)
        ? 'a number and a name, such as 001_create_users.sql, with 001_create_users_rollback.sql for the way back'
        : undefined,
    async read(directory, files) {
        const folders = [directory, ...files.folders.filter((folder) => isDownFolder(directory, folder))];
        const inside = folders.flatMap((folder) => files.inFolder(folder));
        const known = inside.flatMap((path) => describe(path, (0,read_files/* folderOf */.yS)(path) !== directory) ?? []);
        const { ordered: ups, open } = inOrderOfNames(known.filter((file) => file.direction === 'up'));
        const downs = new Map();
        for (const file of known.filter(({ direction }) => direction === 'down'))
            downs.set(pairKey(file), [...(downs.get(pairKey(file)) ?? []), file]);
        const twins = [];
        const steps = ups.map(({ file, key, number, date }) => {
            const isAlone = ups.filter((other) => other.key === key).length === 1;
            const ways = [pairKey(file), ...(isAlone && file.name !== '' ? [pairKey({ ...file, name: '' })] : [])];
            const [down, ...others] = ways.flatMap((way) => downs.get(way) ?? []);
            for (const way of ways)
                downs.delete(way);
            twins.push(...others.map(({ path }) => path));
            const name = (0,read_files/* baseName */.Fl)(file.path).replace(/\.sql$/i, '');
            return {
                id: number ?? name,
                number: key,
                ...(date === undefined ? {} : { date }),
                name,
                file: file.path,
                others: down ? [down.path] : [],
                read: () => readPair(files, file.path, down?.path, script),
            };
        });
        const names = new Set(known.map(({ path }) => path));
        const strangers = inside.filter((path) => /\.sql$/i.test(path) && !names.has(path));
        return await history_history({
            tool: 'numbered-sql',
            directory,
            folders,
            hasDowngrades: true,
            steps,
            hasGaps: open.length > 0,
            notChecked: [
                ...open,
                ...passedOver(files, twins, () => 'It takes back a migration that another file takes back too. Expected one way back for each migration.'),
                ...passedOver(files, strangers, () => 'The name is not that of a numbered migration. Expected a number and a name, such as 003_add_email.sql, and 003_add_email_rollback.sql for the way back.'),
                ...[...downs.values()]
                    .flat()
                    .flatMap((down) => passedOver(files, [down.path], () => `It takes back a migration that is not there: expected ${down.start.written}_${down.name || 'name'}.sql beside it.`)),
            ],
            files,
        });
    },
};
function script(direction, file, text) {
    const foreign = sections.find(({ marker }) => marker.test(text));
    if (!foreign)
        return (0,read_text/* wholeFile */.AA)(direction, file, text, 'none');
    return {
        what: file,
        why: `It holds the sections of a ${foreign.tool} migration, and most files beside it do not. Run by psql it would undo what it does.`,
    };
}
/** What the two files of a migration have in common. */
function pairKey({ start, name }) {
    return `${start.parts.join('.')} ${name}`;
}
function describe(path, isInDownFolder = false) {
    const [, stem] = /^(.+)\.sql$/is.exec((0,read_files/* baseName */.Fl)(path)) ?? [];
    const start = stem === undefined ? undefined : startOf(stem);
    if (!start || upSuffix.test(start.rest) || (/^[-_]$/.test(start.rest) && start.kind !== 'date'))
        return undefined;
    const isDown = isInDownFolder || downSuffix.test(start.rest);
    const name = start.rest.replace(downSuffix, '').replace(/^[-_. ]+/, '');
    return { path, start, name, direction: isDown ? 'down' : 'up' };
}
function isDownFolder(directory, folder) {
    const prefix = directory === '' ? '' : `${directory}/`;
    return folder.startsWith(prefix) && downFolder.test(folder.slice(prefix.length));
}

;// CONCATENATED MODULE: ./src/read/command.ts





/** What stands in such a folder besides migrations. */
const besides = /^(?:\.|__)|\.(?:md|rst|txt|mako|pyc|bak|lock)$/i;
const sql = /\.sql$/i;
const command_upSuffix = /[._-]up$/i;
/** A program: `0001_initial.py`, `20240131_add_email.rb`, `V3_Users.java`, `Version20240131.php`. */
const program = /^[a-z]*_?\d[^/]*\.\w+$/i;
/** The way back in the same file: a line of its own, behind two dashes, perhaps with a marker of some tool. */
const downSection = /^[ \t]*--+[ \t]*[@+>=[]*[ \t]*(?:migrat\w*[ \t:]+)?(?:down|rollback|undo|revert)\b[^a-z\n]*$/im;
/**
 * A folder of migrations of any tool, home-made or not, that a command of the configuration runs: what is SQL is read, and the others are
 * programs, of which only a rehearsal shows what they send. In the natural order of the names, `2_b` before `10_a`.
 */
const command = {
    tool: 'command',
    expected: 'files of SQL, or programs with a number in their name, in the folder that `directory` names',
    async find(files, isAsked, directory) {
        if (!isAsked)
            return [];
        const folders = directory === undefined ? files.folders.filter(isUsual) : [directory];
        return folders
            .filter((folder) => files.inFolder(folder).some((path) => isMigration((0,read_files/* baseName */.Fl)(path))))
            .map((folder) => ({ directory: folder, folders: [folder], certainty: 'likely' }));
    },
    owns: (path, directory) => !besides.test((0,read_files/* baseName */.Fl)(path)) && ((0,read_files/* folderOf */.yS)(path) === directory || command_isDownFolder(directory, (0,read_files/* folderOf */.yS)(path))),
    async read(directory, files, commands) {
        const folders = [directory, ...files.folders.filter((folder) => command_isDownFolder(directory, folder))];
        const inside = folders.flatMap((folder) => files.inFolder(folder)).filter((path) => !besides.test((0,read_files/* baseName */.Fl)(path)));
        const known = inside.filter((path) => isMigration((0,read_files/* baseName */.Fl)(path)));
        const isDown = (path) => (0,read_files/* folderOf */.yS)(path) !== directory || downSuffix.test(stem(path));
        const downs = new Map(known.filter(isDown).map((path) => [partner(path), path]));
        const hasPairs = downs.size > 0;
        const hasDowngrades = hasPairs || (commands?.hasDowngrade ?? false);
        const steps = known
            .filter((path) => !isDown(path))
            .sort((a, b) => byNature(stem(a), stem(b)) || byText(a, b))
            .map((path) => {
            const down = downs.get(partner(path));
            downs.delete(partner(path));
            const isOwnWay = !down && commands?.hasDowngrade === true && !(hasPairs && sql.test(path));
            return {
                id: idOf(path),
                name: partner(path),
                file: path,
                others: down ? [down] : [],
                async read() {
                    const read = await readPair(files, path, down, (direction, file, text) => command_script(direction, file, text));
                    if (!('up' in read) || !isOwnWay)
                        return read;
                    return { ...read, down: await onlyRun('down', path, files, takenBack) };
                },
            };
        });
        const names = new Set(known);
        return await history_history({
            tool: 'command',
            directory,
            folders,
            hasDowngrades,
            steps,
            notChecked: [
                ...passedOver(files, inside.filter((path) => !names.has(path)), () => 'It is not taken for a migration, and what it is for is not known: expected SQL, or a program with a number in its name, such as 003_add_email.py.'),
                ...[...downs.values()].flatMap((down) => passedOver(files, [down], () => 'It takes back a migration that is not there: none beside it has its name.')),
            ],
            files,
        });
    },
};
function isUsual(folder) {
    return conventional.test((0,read_files/* baseName */.Fl)(folder)) || /^migrate$/i.test((0,read_files/* baseName */.Fl)(folder));
}
function isMigration(name) {
    return !besides.test(name) && (sql.test(name) || program.test(name));
}
function command_isDownFolder(directory, folder) {
    return folder !== directory && downFolder.test((0,read_files/* baseName */.Fl)(folder)) && (0,read_files/* folderOf */.yS)(folder) === directory;
}
/** Without its extension. */
function stem(path) {
    return (0,read_files/* baseName */.Fl)(path).replace(/\.\w+$/, '');
}
/** What the two files of a migration have in common. */
function partner(path) {
    return stem(path).replace(downSuffix, '').replace(command_upSuffix, '');
}
/** The number, where one stands before the name: `0001` of `0001_initial.py`; of a date with dashes it would be a year, and the name is taken. */
function idOf(path) {
    return /^(\d+)(?:[._-]\D|$)/.exec(partner(path))?.[1] ?? partner(path);
}
function byNature(a, b) {
    const parts = (text) => text.match(/\d+|\D+/g) ?? [];
    const [left, right] = [parts(a), parts(b)];
    for (const [i, part] of left.entries()) {
        const other = right[i];
        if (other === undefined)
            return 1;
        const isNumber = /^\d/.test(part) && /^\d/.test(other);
        const order = isNumber ? Number(BigInt(part) - BigInt(other)) : byText(part, other);
        if (order !== 0)
            return order;
    }
    return left.length - right.length;
}
const takenBack = 'what takes it back is known to the `downgrade:` command alone';
function command_script(direction, file, text) {
    if (!sql.test(file))
        return programOf(direction, file, text, 'it is not SQL, so what it sends is only known where it is run');
    if (direction === 'up' && holdsWayBack(text))
        return programOf(direction, file, text, 'it holds its way back too, and how the two are divided is not known');
    // How the command wraps it is not known: as psql, and what was really open is seen where it is run.
    return (0,read_text/* wholeFile */.AA)(direction, file, text, 'none');
}
/** Where it is all comment, it is a note to people. */
function holdsWayBack(text) {
    const found = downSection.exec(text);
    if (!found)
        return false;
    const behind = text.slice(found.index + found[0].length);
    return behind.split('\n').some((each) => each.trim() !== '' && !each.trimStart().startsWith('--'));
}
async function onlyRun(direction, path, files, reason) {
    const text = await textOf(files, path);
    return programOf(direction, path, typeof text === 'string' ? text : '', reason);
}
function programOf(direction, file, text, reason) {
    const at = (0,read_text/* placeOf */.$t)(file, text, 0);
    return { direction, file, at, fragments: [{ kind: 'unreadable', reason, at, code: text }], transaction: 'none' };
}

;// CONCATENATED MODULE: ./src/read/statements.ts

const token = /--[^\n\r]*|\/\*|[eE]'[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*('?)|'[^']*(?:''[^']*)*('?)|"[^"]*(?:""[^"]*)*("?)|\$([A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$|[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*|[();]/g;
/**
 * Cuts SQL at its semicolons, by the lexical rules of PostgreSQL (https://www.postgresql.org/docs/current/sql-syntax-lexical.html).
 * Good enough to say which statement a place belongs to, where a tool has to fill something in before PostgreSQL sees it.
 */
function statements(sql, from = 0, to = sql.length) {
    const text = sql.slice(0, to);
    const found = [];
    let start = from;
    let parentheses = 0;
    let body = 0;
    let isOpen = false;
    let previous = '';
    token.lastIndex = from;
    for (let match = token.exec(text); match && !isOpen; match = token.exec(text)) {
        const [lexeme, escaped, plain, quoted] = match;
        const word = lexeme.toUpperCase();
        if (lexeme === '/*')
            isOpen = !skipComment(text, match.index);
        else if (lexeme.startsWith('$') && lexeme.endsWith('$'))
            isOpen = !skipTo(text, lexeme);
        else if (escaped === '' || plain === '' || quoted === '')
            isOpen = true;
        else if (lexeme === '(')
            parentheses++;
        else if (lexeme === ')')
            parentheses = Math.max(0, parentheses - 1);
        else if (word === 'ATOMIC' && previous === 'BEGIN')
            body = 1;
        else if (word === 'CASE' && body > 0)
            body++;
        else if (word === 'END' && body > 0)
            body--;
        else if (lexeme === ';' && parentheses === 0 && body === 0) {
            found.push({ start, end: token.lastIndex, isOpen: false });
            start = token.lastIndex;
        }
        if (!lexeme.startsWith('--'))
            previous = word;
    }
    if (start < to)
        found.push({ start, end: to, isOpen: isOpen || parentheses > 0 || body > 0 });
    return found;
}
/**
 * A stretch of a file in which some statements cannot be read, because the tool fills something in: those become `unreadable`, and
 * the SQL between them fragments.
 * @param hole for one statement: where in the file's text the first such place is, and why it cannot be read
 */
function withHoles(file, text, start, end, hole) {
    const parts = [];
    let from = start;
    for (const statement of statements(text, start, end)) {
        const found = hole(statement.start, statement.end);
        if (!found)
            continue;
        if (from < statement.start)
            parts.push((0,read_text/* fragment */.Jo)(file, text, from, statement.start));
        parts.push((0,read_text/* unreadable */.O$)(file, text, found.at, found.reason));
        from = statement.end;
    }
    if (from < end || parts.length === 0)
        parts.push((0,read_text/* fragment */.Jo)(file, text, from, end));
    return parts;
}
/** Where the first word is, behind space and comments; the end of the text where there is none. */
function firstWord(sql, from) {
    return from + (/^(?:\s+|--[^\n\r]*|\/\*[\s\S]*?\*\/)*/.exec(sql.slice(from))?.[0].length ?? 0);
}
/** Whether nothing but space and comments is there. */
function isBlank(sql) {
    return firstWord(sql, 0) === sql.length;
}
/** Moves behind a comment, which may hold others. False where it has no end. */
function skipComment(text, start) {
    const mark = /\/\*|\*\//g;
    mark.lastIndex = start;
    let depth = 0;
    for (let match = mark.exec(text); match; match = mark.exec(text)) {
        depth += match[0] === '/*' ? 1 : -1;
        if (depth > 0)
            continue;
        token.lastIndex = mark.lastIndex;
        return true;
    }
    return false;
}
function skipTo(text, quote) {
    const close = text.indexOf(quote, token.lastIndex);
    if (close < 0)
        return false;
    token.lastIndex = close + quote.length;
    return true;
}

;// CONCATENATED MODULE: ./src/read/sections.ts





/** Divides a text at its marker lines. What stands before the first ends at `head`. */
function sections_sections(text, directionOf) {
    const markers = [...(0,read_text/* lines */.Mn)(text)].flatMap((marker) => {
        const direction = directionOf(marker.text);
        return direction ? [{ direction, marker }] : [];
    });
    return {
        head: markers[0]?.marker.start ?? text.length,
        sections: markers.map(({ direction, marker }, i) => ({
            direction,
            marker,
            start: marker.next,
            end: markers[i + 1]?.marker.start ?? text.length,
        })),
    };
}
/** A file that the tool would refuse. */
function refused(file, text, offset, why) {
    return { what: file, why, at: (0,read_text/* placeOf */.$t)(file, text, offset) };
}
/**
 * goose and sql-migrate cut a section into statements at each line that ends with a semicolon, wherever that stands, unless a block
 * of StatementBegin and StatementEnd holds it. The first statement that this leaves without its end.
 * @param blockOf whether a line begins or ends such a block
 */
function unfinished(text, section, blockOf) {
    let begun;
    let isBlock = false;
    for (const line of (0,read_text/* lines */.Mn)(text, section.start, section.end)) {
        const block = blockOf(line.text);
        if (block === 'begin')
            isBlock = true;
        if (block === 'end') {
            isBlock = false;
            begun = undefined;
        }
        if (block)
            continue;
        if (begun === undefined && /^\s*(?:--.*)?$/.test(line.text))
            continue;
        begun ??= line.start;
        if (isBlock || !/;\s*(?:\s--.*)?$/.test(line.text))
            continue;
        if (statements(text, begun, line.next).at(-1)?.isOpen)
            return {
                at: begun,
                why: 'it ends a statement at each line that ends with a semicolon, so this one is cut in the middle; put “StatementBegin” and “StatementEnd” around it',
            };
        begun = undefined;
    }
    if (isBlock)
        return { at: begun ?? section.start, why: '“StatementBegin” has no “StatementEnd”' };
    if (begun !== undefined && /\S/.test(text.slice(begun, section.end)))
        return { at: begun, why: 'this statement has no semicolon at the end of its last line' };
    return undefined;
}
/** The layout of a tool that keeps both directions in one file. */
function sectioned(dialect) {
    const { tool, name, program, marker } = dialect;
    const isMigration = (path) => name.test((0,read_files/* baseName */.Fl)(path)) || (program?.name.test((0,read_files/* baseName */.Fl)(path)) ?? false);
    return {
        tool,
        expected: dialect.expected,
        async find(files, isAsked) {
            const fits = [];
            for (const directory of files.folders) {
                const inFolder = files.inFolder(directory);
                if (!inFolder.some(isMigration))
                    continue;
                const fit = { directory, folders: [directory], certainty: 'sure' };
                const migrations = inFolder.filter((path) => name.test((0,read_files/* baseName */.Fl)(path)));
                const isMarked = isAsked || (await mostly(files, migrations, (text) => marker.test(text)));
                if (isMarked || (await dialect.isNamed?.(files, directory)))
                    fits.push(fit);
            }
            return fits;
        },
        owns: (path, directory) => (0,read_files/* folderOf */.yS)(path) === directory && (/\.sql$/i.test(path) || isMigration(path)),
        nearly: async (path, files) => /\.sql$/i.test(path) && !isMigration(path) && marker.test(await textOrNothing(files, path))
            ? dialect.nameExpected
            : undefined,
        async read(directory, files) {
            const inFolder = files.inFolder(directory);
            const steps = inFolder
                .filter(isMigration)
                .sort((a, b) => dialect.order((0,read_files/* baseName */.Fl)(a), (0,read_files/* baseName */.Fl)(b)))
                .map((path) => step(dialect, files, path));
            const others = inFolder.filter((path) => /\.sql$/i.test(path) && !isMigration(path));
            const gaps = dialect.gaps?.(steps.map(({ file }) => /^\d+/.exec((0,read_files/* baseName */.Fl)(file))?.[0] ?? ''), directory) ?? [];
            const notChecked = [
                ...gaps,
                ...passedOver(files, others, () => `${tool} does not run it, because of its name: expected ${dialect.nameExpected}.`),
            ];
            return await history_history({
                tool,
                directory,
                folders: [directory],
                hasDowngrades: true,
                hasGaps: gaps.length > 0,
                steps,
                notChecked,
                files,
            });
        },
    };
}
function step(dialect, files, path) {
    const file = (0,read_files/* baseName */.Fl)(path);
    const number = dialect.name.exec(file)?.[1] ?? /^\d+/.exec(file)?.[0] ?? '';
    const id = dialect.id(file, number);
    return {
        id,
        name: file.replace(/\.[^.]+$/, ''),
        file: path,
        async read() {
            if (dialect.program?.name.test(file))
                return [{ what: path, why: dialect.program.why }];
            const text = await textOf(files, path);
            if (typeof text !== 'string')
                return [text];
            const scripts = dialect.read(path, text);
            return 'up' in scripts ? scripts : [scripts];
        },
    };
}

;// CONCATENATED MODULE: ./src/read/dbmate.ts



const marker = /^--[ \t]*migrate:(up|down)(?:[ \t\r]|$)/;
/** dbmate, https://github.com/amacneil/dbmate: what it refuses was tried, test/read/tools.test.ts. */
const dialect = {
    tool: 'dbmate',
    expected: 'files such as 20240131120000_create_users.sql with the lines “-- migrate:up” and “-- migrate:down”',
    name: /^(\d+).*\.sql$/s,
    nameExpected: 'a number at the beginning, such as 20240131120000_add_email.sql',
    marker: /(?:^|\n)--[ \t]*migrate:(?:up|down)\b/,
    id: (_, number) => number,
    order: byText,
    read(file, text) {
        const { head, sections: found } = sections_sections(text, (line) => {
            const direction = marker.exec(line)?.[1];
            return direction === 'up' || direction === 'down' ? direction : undefined;
        });
        const [up, down, extra] = found;
        if ([...(0,read_text/* lines */.Mn)(text, 0, head)].some((line) => /\S/.test(line.text) && !/^\s*--/.test(line.text)))
            return refused(file, text, 0, up
                ? 'dbmate refuses it: only comments may stand before the line “-- migrate:up”.'
                : 'dbmate refuses it: expected the line “-- migrate:up” before the upgrade, and “-- migrate:down” before the downgrade.');
        if (up?.direction !== 'up')
            return refused(file, text, up?.marker.start ?? 0, 'dbmate refuses it: expected the line “-- migrate:up” first.');
        if (down?.direction !== 'down')
            return refused(file, text, down?.marker.start ?? up.marker.start, 'dbmate refuses it: expected the line “-- migrate:down” behind the upgrade, even where nothing follows it.');
        if (extra)
            return refused(file, text, extra.marker.start, 'dbmate runs each pair of sections as a migration with the same version, which its table cannot hold twice. Expected one “-- migrate:up” and one “-- migrate:down”.');
        const script = (section) => ({
            direction: section.direction,
            file,
            at: (0,read_text/* placeOf */.$t)(file, text, section.marker.start),
            fragments: [(0,read_text/* fragment */.Jo)(file, text, section.start, section.end)],
            // Without a transaction of its own the section is still one query.
            transaction: section.marker.text.trim().split(/\s+/).includes('transaction:false') ? 'query' : 'script',
        });
        return { up: script(up), down: script(down) };
    },
};
const dbmate = sectioned(dialect);

;// CONCATENATED MODULE: ./src/read/drizzle.ts



const journalFile = 'meta/_journal.json';
const breakpoint = '--> statement-breakpoint';
/**
 * Drizzle, https://orm.drizzle.team/docs/migrations: what is pending runs in one transaction, in the order of `meta/_journal.json`;
 * in version 1, a folder for each migration, in the order of their names. It never goes back.
 */
const drizzle = {
    tool: 'drizzle',
    expected: 'files such as 0000_create_users.sql, listed in meta/_journal.json',
    async find(files, isAsked) {
        const fits = [];
        for (const path of files.paths) {
            if (!path.endsWith(`/${journalFile}`) && path !== journalFile)
                continue;
            const directory = (0,read_files/* folderOf */.yS)((0,read_files/* folderOf */.yS)(path));
            const journal = await readJournal(files, path);
            if (isAsked || 'why' in journal || /^(?:pg|postgresql)$/.test(journal.dialect ?? 'pg'))
                fits.push({ directory, folders: [directory], certainty: 'sure' });
        }
        for (const directory of new Set(snapshots(files).map((folder) => (0,read_files/* folderOf */.yS)(folder))))
            fits.push({ directory, folders: [directory], certainty: 'sure' });
        return fits;
    },
    owns: (path, directory) => ((0,read_files/* folderOf */.yS)(path) === directory && /\.sql$/i.test(path)) ||
        path === (0,read_files/* inside */.nx)(directory, journalFile) ||
        ((0,read_files/* isBelow */.Yw)(path, directory) && (0,read_files/* folderOf */.yS)((0,read_files/* folderOf */.yS)(path)) === directory && (0,read_files/* baseName */.Fl)(path) === 'migration.sql'),
    nearly: (path) => (/(?:^|\/)meta\/\d+_snapshot\.json$/.test(path) ? '_journal.json beside it' : undefined),
    async read(directory, files) {
        const path = (0,read_files/* inside */.nx)(directory, journalFile);
        const journal = files.has(path) ? await readJournal(files, path) : undefined;
        const isBroken = journal !== undefined && 'why' in journal;
        const entries = isBroken
            ? []
            : (journal?.entries.map(({ tag }) => [tag, `${tag}.sql`]) ?? foldersIn(directory, files));
        const steps = entries.map(([id, name]) => drizzle_step(files, id, (0,read_files/* inside */.nx)(directory, name)));
        const listed = new Set(steps.map(({ file }) => file));
        const strangers = files.inFolder(directory).filter((file) => /\.sql$/i.test(file) && !listed.has(file));
        return await history_history({
            tool: 'drizzle',
            directory,
            folders: [directory, ...steps.map(({ file }) => (0,read_files/* folderOf */.yS)(file))],
            hasDowngrades: false,
            hasGaps: isBroken,
            steps,
            notChecked: [
                ...(isBroken ? [journal] : []),
                ...(journal && !isBroken ? outOfTime(directory, journal, files) : []),
                ...passedOver(files, strangers, () => `Drizzle does not run it: expected an entry for it in ${journalFile}.`),
            ],
            files,
        });
    },
};
function drizzle_step(files, id, file) {
    return {
        id,
        name: id,
        file,
        read: async () => files.has(file)
            ? await readPair(files, file, undefined, drizzle_script)
            : [{ what: file, why: `It is in ${journalFile}, and the file is not there.` }],
    };
}
function drizzle_script(direction, file, text) {
    const starts = [0];
    for (let at = text.indexOf(breakpoint); at >= 0; at = text.indexOf(breakpoint, at + 1))
        starts.push(at + breakpoint.length);
    const ends = [...starts.slice(1).map((start) => start - breakpoint.length), text.length];
    const fragments = starts.map((start, i) => (0,read_text/* fragment */.Jo)(file, text, start, ends[i]));
    return { direction, file, at: (0,read_text/* placeOf */.$t)(file, text, 0), fragments, transaction: 'run' };
}
async function readJournal(files, path) {
    const text = await textOf(files, path);
    if (typeof text !== 'string')
        return text;
    // Loaded where there is a journal: it comes with a library that takes longer than most histories.
    const { journalIn } = await __webpack_require__.e(/* import() */ 952).then(__webpack_require__.bind(__webpack_require__, 4952));
    return (journalIn(text) ?? {
        what: path,
        why: 'Drizzle’s journal cannot be read. Expected JSON with entries that have a tag and a time.',
    });
}
/** Drizzle runs the entries whose time is after that of the last one that the database has. */
function outOfTime(directory, { entries }, files) {
    return entries.flatMap(({ tag, when }, i) => {
        const file = (0,read_files/* inside */.nx)(directory, `${tag}.sql`);
        const later = entries.slice(0, i).find((entry) => entry.when >= when);
        if (!later || files.statusOf(file) === 'base')
            return [];
        const why = `Its time in ${journalFile} is not after that of ${later.tag}, so Drizzle passes over it on a database that has that one. Give it a later time: generate it again.`;
        return [{ what: file, why }];
    });
}
/** The folders that have a snapshot beside their migration, as version 1 writes them. */
function snapshots(files) {
    return files.paths
        .filter((path) => (0,read_files/* baseName */.Fl)(path) === 'snapshot.json' && files.has((0,read_files/* inside */.nx)((0,read_files/* folderOf */.yS)(path), 'migration.sql')))
        .map(read_files/* folderOf */.yS)
        .filter((folder) => folder !== '');
}
/** Version 1 takes every folder with a migration in it, with a snapshot or without. */
function foldersIn(directory, files) {
    return files.folders
        .filter((folder) => folder !== '' && (0,read_files/* folderOf */.yS)(folder) === directory && files.has((0,read_files/* inside */.nx)(folder, 'migration.sql')))
        .map(read_files/* baseName */.Fl)
        .sort((a, b) => a.localeCompare(b, 'en'))
        .map((name) => [name, `${name}/migration.sql`]);
}

;// CONCATENATED MODULE: ./src/read/flyway.ts





const named = /^(?:([VUB])(\d+(?:[._]\d+)*)|(R))__(.*)\.sql$/s;
const flyway_program = /^(?:V(\d+(?:[._]\d+)*)|R)__.*\.(?:java|kt|groovy|scala)$/s;
const callback = /^(?:before|after)[A-Z]\w*\.sql$/;
/** Folders that hold the same migrations for another database. */
const foreign = /^(?:db2|derby|firebird|h2|hsqldb|informix|mariadb|mssql|mysql|oracle|redshift|snowflake|sqlite|sqlserver)$/i;
function flyway_describe(path) {
    const [, kind, version, repeatable, description] = named.exec((0,read_files/* baseName */.Fl)(path)) ?? [];
    if (description === undefined || path.split('/').some((part) => foreign.test(part)))
        return undefined;
    if (repeatable)
        return { path, kind: 'R', text: '', version: [], description };
    const text = (version ?? '').replaceAll('_', '.');
    return {
        path,
        kind: kind === 'U' || kind === 'B' ? kind : 'V',
        text,
        version: text.split('.').map(BigInt),
        description,
    };
}
/**
 * Flyway, https://documentation.red-gate.com/flyway: versions in order, then the repeatable ones by their description. On an empty
 * database the newest baseline stands for every version up to its own. What it does was tried, test/read/tools.test.ts.
 */
const flyway = {
    tool: 'flyway',
    expected: 'files such as V1__create_users.sql, with U1__create_users.sql for the way back',
    async find(files) {
        const versioned = files.paths
            .flatMap((path) => flyway_describe(path) ?? [])
            .filter(({ kind }) => kind === 'V' || kind === 'B');
        const places = new Map();
        for (const file of versioned) {
            const root = rootOf((0,read_files/* folderOf */.yS)(file.path));
            places.set(root, [...(places.get(root) ?? []), file]);
        }
        return [...places].flatMap(([root, inRoot]) => {
            const folders = [...new Set(inRoot.map(({ path }) => (0,read_files/* folderOf */.yS)(path)))];
            const versions = new Set(inRoot.map((file) => `${file.kind} ${key(file)}`));
            // The same versions twice: several histories side by side.
            if (versions.size < inRoot.length && folders.length > 1 && !folders.includes(root))
                return folders.map((folder) => ({ directory: folder, folders: [folder], certainty: 'sure' }));
            return [{ directory: root, folders: [root, ...folders], certainty: 'sure' }];
        });
    },
    owns: (path, directory) => (0,read_files/* isBelow */.Yw)(path, directory) &&
        (/^[VURB][^/]*\.sql(?:\.conf)?$/i.test((0,read_files/* baseName */.Fl)(path)) || callback.test((0,read_files/* baseName */.Fl)(path))),
    nearly,
    async read(directory, files) {
        const below = files.paths.filter((path) => (0,read_files/* isBelow */.Yw)(path, directory));
        const known = below.flatMap((path) => flyway_describe(path) ?? []);
        const undo = new Map(known.filter(({ kind }) => kind === 'U').map((file) => [key(file), file]));
        const hasDowngrades = undo.size > 0;
        const baseline = known
            .filter(({ kind }) => kind === 'B')
            .sort(byVersion)
            .at(-1);
        const isReplaced = (file) => baseline !== undefined && file.kind === 'V' && byVersion(file, baseline) <= 0;
        const versioned = known.filter((file) => file === baseline || (file.kind === 'V' && !isReplaced(file)));
        const repeatable = known.filter(({ kind }) => kind === 'R').sort((a, b) => byText(a.description, b.description));
        const programs = programSteps(directory, files);
        const steps = [
            ...[...versioned.map((file) => ({ file, step: sqlStep(file, undo, files) })), ...programs]
                .sort((a, b) => byVersion(a.file, b.file) || byText(a.file.path, b.file.path))
                .map(({ step }) => step),
            ...repeatable.map((file) => sqlStep(file, undo, files)),
        ];
        for (const file of known.filter(isReplaced))
            undo.delete(key(file));
        const strangers = below.filter((path) => nearly(path) !== undefined);
        return await history_history({
            tool: 'flyway',
            directory,
            folders: [directory, ...known.map(({ path }) => (0,read_files/* folderOf */.yS)(path))],
            hasDowngrades,
            steps,
            notChecked: [
                ...passedOver(files, strangers, (path) => `Flyway does not run it, because of its name: expected ${nearly(path)}.`),
                ...passedOver(files, below.filter((path) => callback.test((0,read_files/* baseName */.Fl)(path))), () => 'Flyway runs it around the migrations, as a callback, which is not read.'),
                ...passedOver(files, known.filter(isReplaced).map(({ path }) => path), () => `The baseline ${(0,read_files/* baseName */.Fl)(baseline?.path ?? '')} stands for it on a new database, so it is not run here.`),
                ...passedOver(files, [...undo.values()].map(({ path }) => path), (path) => `It takes back a migration that is not there: expected ${(0,read_files/* baseName */.Fl)(path).replace(/^U/, 'V')} beside it.`),
            ],
            files,
        });
    },
};
/** A prefix in small letters, or one underscore where Flyway wants two. */
function nearly(path) {
    const name = (0,read_files/* baseName */.Fl)(path);
    if (named.test(name) || !/^[VURB]_?\d*[\d._]*_?[^/]*\.sql$/i.test(name))
        return undefined;
    const [, prefix = 'V', version = '', rest = ''] = /^([VUB])_?(\d+(?:[._]\d+)*)[_-]*(.*)\.sql$/i.exec(name) ?? [];
    if (version !== '')
        return `${prefix.toUpperCase()}${version}__${rest || 'add_email'}.sql, with a capital letter and two underscores`;
    const repeatable = /^R_+([^_].*)\.sql$/i.exec(name)?.[1];
    return repeatable === undefined ? undefined : `R__${repeatable}.sql, with a capital letter and two underscores`;
}
/** `db/migration` for the folders below it; another folder for itself. */
function rootOf(folder) {
    const parts = folder.split('/');
    const index = parts.findIndex((part) => conventional.test(part));
    return index < 0 ? folder : parts.slice(0, index + 1).join('/');
}
function key({ version }) {
    const last = version.findLastIndex((part) => part !== 0n);
    return version.slice(0, last + 1).join('.');
}
function byVersion(a, b) {
    for (let i = 0; i < Math.max(a.version.length, b.version.length); i++) {
        const [left, right] = [a.version[i] ?? 0n, b.version[i] ?? 0n];
        if (left !== right)
            return left < right ? -1 : 1;
    }
    return 0;
}
function sqlStep(file, undo, files) {
    const { path, kind, text, description } = file;
    const down = kind === 'V' ? undo.get(key(file)) : undefined;
    if (down)
        undo.delete(key(file));
    const others = [`${path}.conf`, ...(down ? [down.path, `${down.path}.conf`] : [])].filter((other) => files.has(other));
    return {
        id: kind === 'R' ? `R__${description}` : text,
        ...(kind === 'R' ? { isRepeatable: true } : { number: key(file) }),
        name: (0,read_files/* baseName */.Fl)(path).replace(/\.sql$/, ''),
        file: path,
        others,
        async read() {
            const settings = new Map();
            for (const each of [path, ...(down ? [down.path] : [])])
                settings.set(each, files.has(`${each}.conf`) ? await textOrNothing(files, `${each}.conf`) : '');
            return await readPair(files, path, down?.path, (direction, script, text) => scriptOf(direction, script, text, settings.get(script) ?? ''));
        },
    };
}
/** Migrations in Java are beside the program, in a package of the same name as the folder. */
function programSteps(directory, files) {
    const tail = directory.split('/').slice(-2).join('/');
    const module = /^(.*?)src\//.exec(directory)?.[1] ?? '';
    return files.paths.flatMap((path) => {
        const match = flyway_program.exec((0,read_files/* baseName */.Fl)(path));
        const isOurs = (0,read_files/* isBelow */.Yw)(path, directory) || (tail !== '' && path.startsWith(module) && (0,read_files/* folderOf */.yS)(path).endsWith(tail));
        if (!match || !isOurs)
            return [];
        const text = match[1]?.replaceAll('_', '.') ?? '';
        const version = text === '' ? [] : text.split('.').map(BigInt);
        const name = (0,read_files/* baseName */.Fl)(path).replace(/\.[^.]+$/, '');
        const why = 'It is a migration written in a programming language, which is not read. Only the SQL migrations of Flyway are.';
        const step = { id: text || name, name, file: path, read: async () => [{ what: path, why }] };
        return [{ file: { path, kind: 'V', text, version, description: name }, step }];
    });
}
/** Statements that PostgreSQL refuses inside of a transaction, as far as Flyway knows them. */
const standsAlone = /^(?:(?:CREATE|DROP)\s+(?:DATABASE|TABLESPACE|SUBSCRIPTION)|ALTER\s+SYSTEM|(?:CREATE(?:\s+UNIQUE)?|DROP)\s+INDEX\s+CONCURRENTLY|REINDEX(?:\s+VERBOSE)?\s+(?:SCHEMA|DATABASE|SYSTEM)|VACUUM|DISCARD\s+ALL)\b/i;
function scriptOf(direction, file, text, settings) {
    const at = (0,read_text/* placeOf */.$t)(file, text, 0);
    const setting = (name) => new RegExp(`^[ \\t]*${name}[ \\t]*=[ \\t]*(true|false)\\b`, 'm').exec(settings)?.[1];
    const written = statements(text)
        .map(({ start, end }) => ({ start: firstWord(text, start), end }))
        .filter(({ start, end }) => /[^;]/.test(text.slice(start, end)));
    const alone = written.filter(({ start, end }) => standsAlone.test(text.slice(start, end)));
    const asked = setting('executeInTransaction');
    const isWrapped = asked === undefined ? alone.length === 0 : asked === 'true';
    if (asked === undefined && alone[0] && alone.length < written.length) {
        const reason = 'Flyway refuses a script in which some statements can run in a transaction and others, such as this one, cannot; put them into migrations of their own';
        return { direction, file, at, fragments: [(0,read_text/* unreadable */.O$)(file, text, alone[0].start, reason)], transaction: 'none' };
    }
    const fragments = setting('placeholderReplacement') === 'false' ? [(0,read_text/* fragment */.Jo)(file, text)] : filled(file, text);
    return { direction, file, at, fragments, transaction: isWrapped ? 'script' : 'none' };
}
function filled(file, text) {
    const placeholder = /\$\{[^}\n]*\}/;
    if (!placeholder.test(text))
        return [(0,read_text/* fragment */.Jo)(file, text)];
    return withHoles(file, text, 0, text.length, (from, to) => {
        const found = placeholder.exec(text.slice(from, to));
        return found
            ? { at: from + found.index, reason: `Flyway fills in ${found[0]} here, from settings that are not read` }
            : undefined;
    });
}

;// CONCATENATED MODULE: ./src/read/folders.ts




/** Tools that give each migration a folder of its own. */
function foldered(options) {
    const { tool, expected, up, name, nameExpected, hasDowngrades, certainty, id, order, settings } = options;
    const scripts = [up, 'down.sql', ...(settings ? [settings] : [])];
    return {
        tool,
        expected,
        async find(files, isAsked) {
            const fits = [];
            const found = files.folders.filter((folder) => folder !== '' && files.has((0,read_files/* inside */.nx)(folder, up)));
            for (const directory of new Set(found.map(read_files/* folderOf */.yS))) {
                const folders = found.filter((folder) => (0,read_files/* folderOf */.yS)(folder) === directory && name.test((0,read_files/* baseName */.Fl)(folder)));
                if (folders.length === 0)
                    continue;
                const sure = isAsked ? 'sure' : await certainty(files, directory, folders.map(read_files/* baseName */.Fl));
                if (sure)
                    fits.push({ directory, folders: [directory, ...folders], certainty: sure });
            }
            return fits;
        },
        owns: (path, directory) => (0,read_files/* isBelow */.Yw)(path, directory) && (0,read_files/* folderOf */.yS)((0,read_files/* folderOf */.yS)(path)) === directory && scripts.includes((0,read_files/* baseName */.Fl)(path)),
        nearly(path, files) {
            if ((0,read_files/* baseName */.Fl)(path) !== up)
                return undefined;
            if (!name.test((0,read_files/* baseName */.Fl)((0,read_files/* folderOf */.yS)(path))))
                return `for its folder ${nameExpected}`;
            // A lock that is there names another database.
            return files.has((0,read_files/* inside */.nx)((0,read_files/* folderOf */.yS)((0,read_files/* folderOf */.yS)(path)), 'migration_lock.toml')) ? undefined : expected;
        },
        async read(directory, files) {
            const below = files.folders.filter((folder) => folder !== '' && (0,read_files/* folderOf */.yS)(folder) === directory);
            const folders = below.filter((folder) => files.has((0,read_files/* inside */.nx)(folder, up)));
            const taken = folders.filter((folder) => name.test((0,read_files/* baseName */.Fl)(folder)));
            const steps = taken
                .sort((a, b) => order((0,read_files/* baseName */.Fl)(a), (0,read_files/* baseName */.Fl)(b)))
                .map((folder) => {
                const [downFile, settingsFile] = ['down.sql', settings].map((file) => file && files.has((0,read_files/* inside */.nx)(folder, file)) ? (0,read_files/* inside */.nx)(folder, file) : undefined);
                return {
                    id: id((0,read_files/* baseName */.Fl)(folder)),
                    name: (0,read_files/* baseName */.Fl)(folder),
                    file: (0,read_files/* inside */.nx)(folder, up),
                    others: [downFile, settingsFile].flatMap((path) => path ?? []),
                    async read() {
                        const said = settingsFile ? await textOrNothing(files, settingsFile) : '';
                        const transaction = options.transactionOf(said);
                        return await readPair(files, (0,read_files/* inside */.nx)(folder, up), downFile, (direction, path, text) => (0,read_text/* wholeFile */.AA)(direction, path, text, transaction));
                    },
                };
            });
            const misnamed = folders.filter((folder) => !taken.includes(folder)).map((folder) => (0,read_files/* inside */.nx)(folder, up));
            const others = options.refusesOtherFolders ? below.filter((folder) => !folders.includes(folder)) : [];
            const alone = (options.refusesOtherFolders ? [] : below)
                .map((folder) => (0,read_files/* inside */.nx)(folder, 'down.sql'))
                .filter((path) => files.has(path) && !files.has((0,read_files/* inside */.nx)((0,read_files/* folderOf */.yS)(path), up)));
            return await history_history({
                tool,
                directory,
                folders: [directory, ...taken],
                hasDowngrades,
                steps,
                notChecked: [
                    ...others.map((what) => ({ what, why: `${tool} refuses to run: there is no ${up} in this folder.` })),
                    ...passedOver(files, misnamed, () => `${tool} expects another name for the folder: ${nameExpected}.`),
                    ...passedOver(files, alone, () => `It takes back a migration that is not there: expected ${up} beside it.`),
                ],
                files,
            });
        },
    };
}
/** The digits before the first underscore. */
function stamp(name) {
    return (name.split('_')[0] ?? '').replaceAll('-', '');
}
/** diesel, https://diesel.rs/guides/getting-started and `diesel_migrations`: a script is one query, in a transaction or not. */
const diesel = foldered({
    tool: 'diesel',
    expected: 'folders such as 2024-01-31-120000_create_users/ with up.sql and down.sql',
    up: 'up.sql',
    name: /^\d[\d-]*_./,
    nameExpected: 'a time and a name, such as 2024-01-31-120000_add_email',
    hasDowngrades: true,
    async certainty(files, directory, names) {
        if (names.some((name) => name === '00000000000000_diesel_initial_setup'))
            return 'sure';
        const isNamed = (await mentions(files, directory, 'Cargo.toml', /^\s*(?:diesel\b.*=|\[.*dependencies\.diesel\])/m)) ||
            files.paths.some((path) => (0,read_files/* baseName */.Fl)(path) === 'diesel.toml' && (0,read_files/* isBelow */.Yw)(directory, (0,read_files/* folderOf */.yS)(path)));
        if (isNamed)
            return 'sure';
        return names.every((name) => stamp(name).length === 13) ? undefined : 'likely';
    },
    id: stamp,
    order: (a, b) => byText(stamp(a), stamp(b)),
    settings: 'metadata.toml',
    transactionOf: (settings) => (/^[ \t]*run_in_transaction[ \t]*=[ \t]*false\b/m.test(settings) ? 'query' : 'script'),
});
/** Hasura, https://hasura.io/docs/2.0/migrations-metadata-seeds/manage-migrations/: stamps are milliseconds. */
const hasura = foldered({
    tool: 'hasura',
    expected: 'folders such as 1706700000000_create_users/ with up.sql and down.sql',
    up: 'up.sql',
    name: /^\d+_./,
    nameExpected: 'a time in milliseconds and a name, such as 1706700000000_add_email',
    hasDowngrades: true,
    async certainty(files, directory, names) {
        const above = files.paths.filter((path) => (0,read_files/* baseName */.Fl)(path) === 'config.yaml' && (0,read_files/* isBelow */.Yw)(directory, (0,read_files/* folderOf */.yS)(path)));
        for (const path of above)
            if (/^(?:metadata_directory|endpoint|migrations_directory):/m.test(await textOrNothing(files, path)))
                return 'sure';
        return names.every((name) => stamp(name).length === 13) ? 'likely' : undefined;
    },
    id: (name) => String(BigInt(stamp(name))),
    order: (a, b) => byNumber(stamp(a), stamp(b)),
    transactionOf: () => 'script',
});
/**
 * Prisma, https://www.prisma.io/docs/orm/prisma-migrate: a file is one query. It never goes back; a down.sql that somebody wrote
 * beside it, as the manual describes, counts.
 */
const prisma = foldered({
    tool: 'prisma',
    expected: 'folders such as 20240131120000_create_users/ with migration.sql, beside migration_lock.toml',
    up: 'migration.sql',
    name: /./,
    nameExpected: 'a time and a name, such as 20240131120000_add_email',
    hasDowngrades: false,
    async certainty(files, directory, names) {
        const lock = (0,read_files/* inside */.nx)(directory, 'migration_lock.toml');
        if (!files.has(lock))
            return names.every((name) => /^\d{4}/.test(name) && !files.has((0,read_files/* inside */.nx)((0,read_files/* inside */.nx)(directory, name), 'snapshot.json')))
                ? 'likely'
                : undefined;
        const provider = /^[ \t]*provider[ \t]*=[ \t]*"([^"]*)"/m.exec(await textOrNothing(files, lock))?.[1];
        return provider === undefined || /^(?:postgres(?:ql)?|cockroachdb)$/.test(provider) ? 'sure' : undefined;
    },
    id: (name) => name,
    order: (a, b) => a.localeCompare(b, 'en'),
    transactionOf: () => 'query',
    refusesOtherFolders: true,
});

;// CONCATENATED MODULE: ./src/read/goose.ts




const page = 'https://pressly.github.io/goose/documentation/annotations/';
/** What an annotation line says, in capitals; undefined for any other line. */
function annotation(line) {
    return /^\s*--/.test(line) && line.includes('+goose')
        ? line.replaceAll('--', '').replace('+goose', '').trim().toUpperCase()
        : undefined;
}
const known = ['UP', 'DOWN', 'STATEMENTBEGIN', 'STATEMENTEND', 'NO TRANSACTION', 'ENVSUB ON', 'ENVSUB OFF'];
function directionOf(line) {
    const found = annotation(line);
    return found === 'UP' ? 'up' : found === 'DOWN' ? 'down' : undefined;
}
/** goose, https://github.com/pressly/goose: what it refuses was tried, test/read/tools.test.ts. */
const goose_dialect = {
    tool: 'goose',
    expected: 'files such as 00001_create_users.sql with the lines “-- +goose Up” and “-- +goose Down”',
    name: /^(\d+)_.*\.sql$/s,
    nameExpected: 'a number and an underscore, such as 00003_add_email.sql',
    // What is before it is looked at where the word was found: that takes a tenth of the time.
    marker: /\+goose(?<=(?:^|\n)[ \t]*--.*)/i,
    program: {
        name: /^\d+_.*(?<!_test)\.go$/s,
        why: 'It is a migration written in Go, which is not read. Only the SQL migrations of goose are.',
    },
    id: (_, number) => String(BigInt(number)),
    order: (a, b) => byNumber(/^\d+/.exec(a)?.[0] ?? '0', /^\d+/.exec(b)?.[0] ?? '0'),
    read(file, text) {
        const { head, sections: found } = sections_sections(text, directionOf);
        const strange = [...(0,read_text/* lines */.Mn)(text)].find((line) => {
            const said = annotation(line.text);
            return said !== undefined && (/^\s/.test(line.text) || !known.includes(said));
        });
        if (strange)
            return refused(file, text, strange.start, `goose refuses this annotation. Expected, at the very beginning of a line, “-- +goose” and one of Up, Down, StatementBegin, StatementEnd, NO TRANSACTION, ENVSUB ON, ENVSUB OFF (${page}).`);
        const [up, down, ...rest] = found;
        if (up?.direction !== 'up')
            return refused(file, text, head === text.length ? 0 : head, 'goose refuses it: expected the line “-- +goose Up” before everything else.');
        const extra = [...(down && down.direction !== 'down' ? [down] : []), ...rest][0];
        if (extra)
            return refused(file, text, extra.marker.start, 'goose refuses it: expected one “-- +goose Up” and, behind it, at most one “-- +goose Down”.');
        if ([...(0,read_text/* lines */.Mn)(text, 0, head)].some((line) => /\S/.test(line.text) && !/^\s*--/.test(line.text)))
            return refused(file, text, 0, 'goose refuses it: only comments may stand before the line “-- +goose Up”.');
        const isBare = [...(0,read_text/* lines */.Mn)(text)].some((line) => annotation(line.text) === 'NO TRANSACTION');
        const script = (section) => ({
            direction: section.direction,
            file,
            at: (0,read_text/* placeOf */.$t)(file, text, section.marker.start),
            fragments: fragments(file, text, section),
            transaction: isBare ? 'none' : 'script',
        });
        return { up: script(up), down: down && script(down) };
    },
};
function fragments(file, text, section) {
    const broken = unfinished(text, section, (line) => {
        const said = annotation(line);
        return said === 'STATEMENTBEGIN' ? 'begin' : said === 'STATEMENTEND' ? 'end' : undefined;
    });
    if (broken)
        return [(0,read_text/* unreadable */.O$)(file, text, broken.at, `goose refuses it: ${broken.why}`)];
    const isOn = new Map();
    let on = false;
    for (const line of (0,read_text/* lines */.Mn)(text)) {
        const said = annotation(line.text);
        if (said === 'ENVSUB ON' || said === 'ENVSUB OFF')
            on = said === 'ENVSUB ON';
        isOn.set(line.start, on);
    }
    if (![...isOn.values()].some(Boolean))
        return [(0,read_text/* fragment */.Jo)(file, text, section.start, section.end)];
    return withHoles(file, text, section.start, section.end, (from, to) => {
        for (const line of (0,read_text/* lines */.Mn)(text, from, to)) {
            const dollar = line.text.indexOf('$');
            const begin = text.lastIndexOf('\n', line.start - 1) + 1;
            if (dollar >= 0 && isOn.get(begin))
                return { at: line.start + dollar, reason: 'goose puts environment variables in here (ENVSUB ON)' };
        }
        return undefined;
    });
}
const goose = sectioned(goose_dialect);

;// CONCATENATED MODULE: ./src/read/graphile-migrate.ts





const graphile_migrate_name = /^(\d+)(?:-[\w-]*)?\.sql$/;
const header = /^--! (?:Previous|Hash):/m;
/** graphile-migrate, https://github.com/graphile/migrate: `committed/`, each file in a transaction, never back; `current.sql` is a draft. */
const graphileMigrate = {
    tool: 'graphile-migrate',
    expected: 'files such as migrations/committed/000001-create-users.sql, and migrations/current.sql',
    async find(files, isAsked) {
        const fits = [];
        for (const folder of files.folders.filter((path) => (0,read_files/* baseName */.Fl)(path) === 'committed')) {
            const taken = files.inFolder(folder).filter((path) => graphile_migrate_name.test((0,read_files/* baseName */.Fl)(path)));
            const first = taken[0];
            if (first === undefined)
                continue;
            if (isAsked || header.test(await textOrNothing(files, first)))
                fits.push({
                    directory: (0,read_files/* folderOf */.yS)(folder),
                    folders: [folder, (0,read_files/* inside */.nx)((0,read_files/* folderOf */.yS)(folder), 'current')],
                    certainty: 'sure',
                });
        }
        return fits;
    },
    owns: (path, directory) => path === (0,read_files/* inside */.nx)(directory, 'current.sql') ||
        ((0,read_files/* isBelow */.Yw)(path, directory) &&
            (0,read_files/* folderOf */.yS)((0,read_files/* folderOf */.yS)(path)) === directory &&
            /\/(?:committed|current)\/[^/]*\.sql$/.test(path)),
    nearly: (path) => /(?:^|\/)committed\/[^/]+\.sql$/i.test(path)
        ? 'a number, such as 000003-add-email.sql, and the headers that committing writes'
        : undefined,
    async read(directory, files) {
        const folder = (0,read_files/* inside */.nx)(directory, 'committed');
        const inFolder = files.inFolder(folder).filter((path) => /\.sql$/i.test(path));
        const taken = inFolder.filter((path) => graphile_migrate_name.test((0,read_files/* baseName */.Fl)(path)));
        const numberOf = (path) => graphile_migrate_name.exec((0,read_files/* baseName */.Fl)(path))?.[1] ?? '';
        return await history_history({
            tool: 'graphile-migrate',
            directory,
            folders: [directory, folder],
            hasDowngrades: false,
            steps: taken
                .sort((a, b) => byText(numberOf(a), numberOf(b)))
                .map((file) => ({
                id: `${numberOf(file)}.sql`,
                name: (0,read_files/* baseName */.Fl)(file).replace(/\.sql$/, ''),
                file,
                read: () => readPair(files, file, undefined, graphile_migrate_script),
            })),
            notChecked: [
                ...passedOver(files, inFolder.filter((path) => !taken.includes(path)), () => 'graphile-migrate does not run it, because of its name: expected a number, such as 000003-add-email.sql.'),
                ...(await drafts(directory, files)),
            ],
            files,
        });
    },
};
function graphile_migrate_script(direction, file, text) {
    let body = 0;
    for (const line of (0,read_text/* lines */.Mn)(text)) {
        if (!/^--! [A-Z]\w*(?::.*)?$/.test(line.text))
            break;
        body = line.next;
    }
    if (!header.test(text.slice(0, body)))
        return {
            what: file,
            why: 'graphile-migrate refuses it: expected the headers “--! Previous:” and “--! Hash:” that committing writes.',
        };
    const first = text.slice(body).trimStart().split('\n')[0] ?? '';
    return {
        direction,
        file,
        at: (0,read_text/* placeOf */.$t)(file, text, 0),
        fragments: [(0,read_text/* fragment */.Jo)(file, text, body)],
        transaction: /^--!\s*no-transaction\b/.test(first) ? 'query' : 'script',
    };
}
/** The current migration is run again at each change of it, in development only. */
async function drafts(directory, files) {
    const changed = [(0,read_files/* inside */.nx)(directory, 'current.sql'), ...files.inFolder((0,read_files/* inside */.nx)(directory, 'current'))].filter((path) => files.has(path) && /\.sql$/i.test(path) && files.statusOf(path) !== 'base');
    const told = [];
    for (const path of changed) {
        const text = await textOf(files, path);
        if (typeof text !== 'string')
            told.push(text);
        else if (!isBlank(text))
            told.push({
                what: path,
                why: 'It is graphile-migrate’s current migration, which is not a part of the history yet. It is checked when it is committed (graphile-migrate commit).',
            });
    }
    return told;
}

;// CONCATENATED MODULE: ./src/read/node-pg-migrate.ts





const node_pg_migrate_sql = /^\d+.*\.sql$/s;
const node_pg_migrate_program = /^\d+.*(?<!\.d)\.[cm]?[jt]s$/s;
const manifest = /"node-pg-migrate"\s*:/;
const up = /^[^\S\n]*--[\s-]*up\s+migration/im;
const down = /^[^\S\n]*--[\s-]*down\s+migration/im;
const words = /(?:up|down)\s+migration/i;
/** The words are looked for first: a pattern that begins with any line takes far longer. */
function isMarked(text) {
    return words.test(text) && (up.test(text) || down.test(text));
}
/** node-pg-migrate, https://github.com/salsita/node-pg-migrate: what it does was tried, test/read/tools.test.ts. */
const nodePgMigrate = {
    tool: 'node-pg-migrate',
    expected: 'files such as 1706700000000_create-users.sql with the lines “-- Up Migration” and “-- Down Migration”',
    async find(files, isAsked) {
        const fits = [];
        for (const directory of files.folders) {
            const inFolder = files.inFolder(directory).filter((path) => node_pg_migrate_isMigration(path));
            const written = inFolder.filter((path) => node_pg_migrate_sql.test((0,read_files/* baseName */.Fl)(path)));
            if (inFolder.length === 0)
                continue;
            if (isAsked || (await mostly(files, written, isMarked)))
                fits.push({ directory, folders: [directory], certainty: 'sure' });
            else if (/migrations?$/i.test(directory) && (await mentions(files, directory, 'package.json', manifest)))
                fits.push({ directory, folders: [directory], certainty: 'named' });
        }
        return fits;
    },
    owns: (path, directory) => (0,read_files/* folderOf */.yS)(path) === directory && (node_pg_migrate_isMigration(path) || /\.sql$/i.test(path)),
    nearly: async (path, files) => {
        if (!/\.sql$/i.test(path) || node_pg_migrate_isMigration(path))
            return undefined;
        return isMarked(await textOrNothing(files, path))
            ? 'a number and a name, such as 1706700000000_add-email.sql'
            : undefined;
    },
    async read(directory, files) {
        const inFolder = files.inFolder(directory);
        const downs = new Set(inFolder.filter((path) => path.endsWith('.down.sql') && node_pg_migrate_sql.test((0,read_files/* baseName */.Fl)(path))));
        const steps = inFolder
            .filter((path) => node_pg_migrate_isMigration(path) && !downs.has(path))
            .sort((a, b) => inOrder((0,read_files/* baseName */.Fl)(a), (0,read_files/* baseName */.Fl)(b)))
            .map((path) => {
            const pair = path.replace(/\.up\.sql$/, '.down.sql');
            const partner = pair !== path && downs.delete(pair) ? pair : undefined;
            const name = (0,read_files/* baseName */.Fl)(path).replace(/(?:\.up)?\.[^.]+$/, '');
            return {
                id: name,
                name,
                file: path,
                others: partner === undefined ? [] : [partner],
                async read() {
                    if (node_pg_migrate_program.test((0,read_files/* baseName */.Fl)(path)))
                        return [
                            {
                                what: path,
                                why: 'It is a migration written in JavaScript or TypeScript, which is not read. Only the SQL migrations of node-pg-migrate are.',
                            },
                        ];
                    if (pair !== path)
                        return await readPair(files, path, partner, (direction, file, text) => (0,read_text/* wholeFile */.AA)(direction, file, text, 'run'));
                    const text = await textOf(files, path);
                    if (typeof text !== 'string')
                        return [text];
                    const scripts = divide(path, text);
                    return 'up' in scripts ? scripts : [scripts];
                },
            };
        });
        const strangers = inFolder.filter((path) => /\.sql$/i.test(path) && !node_pg_migrate_isMigration(path));
        return await history_history({
            tool: 'node-pg-migrate',
            directory,
            folders: [directory],
            hasDowngrades: true,
            steps,
            notChecked: [
                ...passedOver(files, strangers, () => 'node-pg-migrate expects a number at the beginning of the name, such as 1706700000000_add-email.sql.'),
                ...passedOver(files, [...downs], (path) => `It takes back a migration that is not there: expected ${(0,read_files/* baseName */.Fl)(path).replace(/down\.sql$/, 'up.sql')} beside it.`),
            ],
            files,
        });
    },
};
function node_pg_migrate_isMigration(path) {
    return node_pg_migrate_sql.test((0,read_files/* baseName */.Fl)(path)) || node_pg_migrate_program.test((0,read_files/* baseName */.Fl)(path));
}
/** The sections may stand in either order; all pending migrations are one transaction unless the tool is told otherwise. */
function divide(file, text) {
    const upAt = text.search(up);
    const downAt = text.search(down);
    if (upAt < 0 && downAt >= 0)
        return refused(file, text, downAt, 'node-pg-migrate runs the whole file as the upgrade, its downgrade too. Expected the line “-- Up Migration” before the upgrade.');
    const script = (direction, start, end) => ({
        direction,
        file,
        at: (0,read_text/* placeOf */.$t)(file, text, start),
        fragments: [(0,read_text/* fragment */.Jo)(file, text, start, end)],
        transaction: 'run',
    });
    return {
        up: script('up', Math.max(0, upAt), downAt > upAt ? downAt : text.length),
        down: downAt < 0 ? undefined : script('down', downAt, upAt > downAt ? upAt : text.length),
    };
}
/** By the number, in which 17 digits are a date and time, then by the names as a person would sort them. */
function inOrder(a, b) {
    const collator = { numeric: true, sensitivity: 'variant', ignorePunctuation: true };
    return timeOf(a) - timeOf(b) || a.localeCompare(b, undefined, collator) || byText(a, b);
}
function timeOf(name) {
    const digits = /^\d+/.exec(name)?.[0] ?? '';
    const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(digits);
    if (!parts)
        return Number(digits);
    const [, year, month, day, hour, minute, second, millisecond] = parts;
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`);
}

;// CONCATENATED MODULE: ./src/read/paired.ts




/** `1_create_users.up.sql`, and what sqlx calls simple: `1_create_users.sql`. */
const paired_named = /^(\d+)_(.*?)(?:\.(up|down))?\.sql$/s;
function paired_describe(path) {
    const [, number, , direction] = paired_named.exec((0,read_files/* baseName */.Fl)(path)) ?? [];
    if (number === undefined)
        return undefined;
    return {
        path,
        number: number.replace(/^0+(?=\d)/, ''),
        direction: direction === 'down' ? 'down' : 'up',
        isPaired: direction !== undefined,
    };
}
/** Tools that pair files by number. */
function paired(options) {
    const { tool, expected, nearly, takes, certainty, transactionOf } = options;
    const known = (paths) => paths.flatMap((path) => {
        const file = paired_describe(path);
        return file ? [file] : [];
    });
    return {
        tool,
        expected,
        async find(files, isAsked) {
            const fits = [];
            for (const directory of files.folders) {
                const found = known(files.inFolder(directory));
                if (!found.some((file) => file.direction === 'up' && takes(file)))
                    continue;
                const sure = isAsked ? 'sure' : await certainty(files, directory, found);
                if (sure)
                    fits.push({ directory, folders: [directory], certainty: sure });
            }
            return fits;
        },
        owns: (path, directory) => (0,read_files/* folderOf */.yS)(path) === directory && /\.sql$/i.test(path),
        ...(nearly ? { nearly } : {}),
        async read(directory, files) {
            const inFolder = files.inFolder(directory);
            const taken = known(inFolder).filter(takes);
            const ups = taken.filter((file) => file.direction === 'up');
            ups.sort((a, b) => byNumber(a.number, b.number) || byText(a.path, b.path));
            const downs = new Map();
            const twins = [];
            for (const file of taken.filter((each) => each.direction === 'down')) {
                if (downs.has(file.number))
                    twins.push(file);
                else
                    downs.set(file.number, file);
            }
            const hasDowngrades = tool === 'golang-migrate' || downs.size > 0;
            const steps = ups.map((file) => {
                const down = downs.get(file.number);
                downs.delete(file.number);
                return {
                    id: file.number,
                    name: (0,read_files/* baseName */.Fl)(file.path).replace(/(?:\.up)?\.sql$/, ''),
                    file: file.path,
                    others: down ? [down.path] : [],
                    read: () => readPair(files, file.path, down?.path, (direction, path, text) => (0,read_text/* wholeFile */.AA)(direction, path, text, transactionOf(text))),
                };
            });
            const strangers = inFolder.filter((path) => /\.sql$/i.test(path) && !taken.some((file) => file.path === path));
            return await history_history({
                tool,
                directory,
                folders: [directory],
                hasDowngrades,
                steps,
                notChecked: [
                    ...passedOver(files, strangers, (path) => `${tool} does not run it, because of its name: expected ${better(path)}.`),
                    ...passedOver(files, [...downs.values()].map(({ path }) => path), (path) => `It takes back a migration that is not there: expected ${(0,read_files/* baseName */.Fl)(path).replace(/down\.sql$/, 'up.sql')} beside it.`),
                    ...passedOver(files, twins.map(({ path }) => path), () => 'It takes back a migration that another file takes back too. Expected one .down.sql for each number.'),
                ],
                files,
            });
        },
    };
}
/** What a file should have been called. */
function better(path) {
    const name = (0,read_files/* baseName */.Fl)(path).replace(/[._-]?(?:up|down)?\.sql$/i, '');
    const [, number = '003', rest = ''] = /^[vV]?(\d+)[._-]*(.*)$/.exec(name) ?? ['', undefined, name];
    const base = `${number}_${rest || 'add_email'}`;
    return `${base}.up.sql, and ${base}.down.sql for the way back`;
}
/**
 * golang-migrate, https://github.com/golang-migrate/migrate: each file is one query (`x-multi-statement` is not known here). What it
 * does was tried, test/read/tools.test.ts.
 */
const golangMigrate = paired({
    tool: 'golang-migrate',
    expected: 'files such as 1_create_users.up.sql with 1_create_users.down.sql',
    nearly: (path) => /\.(?:up|down)\.sql$/i.test(path) && paired_describe(path)?.direction !== 'up' ? better(path) : undefined,
    takes: (file) => file.isPaired,
    certainty: async (files, folder, known) => {
        const ups = known.filter((file) => file.direction === 'up');
        // In a folder of plain files, one that ends with .up.sql is the stranger.
        if (ups.filter((file) => file.isPaired).length * 2 < ups.length)
            return undefined;
        const isNamed = await mentions(files, folder, 'go.mod', /\bgolang-migrate\/migrate\b/);
        return isNamed ? 'named' : 'likely';
    },
    transactionOf: () => 'query',
});
/** sqlx, https://docs.rs/sqlx/latest/sqlx/migrate/trait.MigrationSource.html: a file is one query, in a transaction or not. */
const sqlx = paired({
    tool: 'sqlx',
    expected: 'files such as 20240131120000_create_users.up.sql with 20240131120000_create_users.down.sql, or 20240131120000_create_users.sql alone',
    takes: () => true,
    certainty: async (files, folder) => {
        const isConventional = conventional.test((0,read_files/* baseName */.Fl)(folder));
        return isConventional &&
            (await mentions(files, folder, 'Cargo.toml', /^\s*(?:sqlx\b.*=|\[.*dependencies\.sqlx\])/m))
            ? 'named'
            : undefined;
    },
    transactionOf: (text) => (text.startsWith('-- no-transaction') ? 'query' : 'script'),
});

;// CONCATENATED MODULE: ./src/read/past.ts


/**
 * The files as they are in a commit, where the work tree differs from it by `changed` and nothing else.
 * @param repository absolute path of the root
 */
function filesIn(commit, repository, changed, files, now) {
    const added = new Set(changed.flatMap(({ path, status }) => (status === 'added' ? path : [])));
    const others = new Set(changed.flatMap(({ path, status }) => (status === 'added' ? [] : path)));
    const before = files([...new Set([...now.paths.filter((path) => !added.has(path)), ...others])]);
    const text = (path) => (0,changed_files/* textIn */.r7)(repository, commit, path);
    return {
        ...before,
        readText: async (path) => (others.has(path) ? (await text(path)).replace(mark, '') : await now.readText(path)),
        hasByteOrderMark: async (path) => others.has(path) ? mark.test(await text(path)) : await now.hasByteOrderMark(path),
        statusOf: () => 'base',
    };
}
const mark = /^\uFEFF/;
/** What became of the migrations of the base branch. Those that the tool runs again when they change may change. */
function pastChanges(before, now) {
    const left = new Map(now.migrations.map((migration) => [migration.id, migration]));
    const fresh = now.migrations.filter(({ id }) => !before.migrations.some((each) => each.id === id));
    return before.migrations.flatMap((old) => {
        if (old.isRepeatable)
            return [];
        const same = left.get(old.id);
        if (same)
            return changesTo(old, same, now.tool);
        const other = fresh.find((each) => sqlOf(each.up) === sqlOf(old.up) && sqlOf(old.up) !== '');
        const { id, name, file } = old;
        if (other)
            return [{ kind: 'renamed', migration: other.id, before: { id, name, file } }];
        return [{ kind: 'deleted', migration: id, name, file }];
    });
}
function changesTo(old, now, tool) {
    const { id, name, file } = old;
    const found = [];
    if (now.name !== name)
        found.push({ kind: 'renamed', migration: id, before: { id, name, file } });
    if (sqlOf(now.up) !== sqlOf(old.up))
        found.push({ kind: 'edited', migration: id, what: 'sql' });
    // Elsewhere the parent of a migration is the one before it, whatever that is.
    else if (tool === 'alembic' && now.parents.join() !== old.parents.join())
        found.push({ kind: 'edited', migration: id, what: 'parents' });
    else if (past_textOf(now.up) !== past_textOf(old.up))
        found.push({ kind: 'edited', migration: id, what: 'text' });
    return found;
}
/** What a script sends, without comments and white space between the words. */
function sqlOf({ fragments, transaction }) {
    const parts = fragments.map((part) => part.kind === 'sql'
        ? [plain(part.sql), part.autocommit ?? false, part.repeated ?? false]
        : (part.code ?? part.reason));
    // Alembic's own is said elsewhere, for all revisions at once.
    return fragments.length === 0 ? '' : JSON.stringify([transaction === 'run' ? '' : transaction, parts]);
}
function past_textOf({ fragments }) {
    return JSON.stringify(fragments.map((part) => (part.kind === 'sql' ? part.sql : (part.code ?? part.reason))));
}
function plain(sql) {
    return statements(sql)
        .map(({ start, end }) => past_words(sql.slice(start, end)))
        .filter((text) => text !== '' && text !== ';')
        .join('\n');
}
const word = /((?:--[^\n\r]*|\/\*[\s\S]*?\*\/|\s)+)|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\2\$|[^\s'"$/-]+|[\s\S]/g;
/** Comments are white space, and white space is one space; what stands in quotes stays as it is. */
function past_words(sql) {
    return sql.replace(word, (found, space) => (space === undefined ? found : ' ')).trim();
}

;// CONCATENATED MODULE: ./src/read/sqitch.ts




/**
 * sqitch, https://sqitch.org/docs/manual/sqitchchanges/: the plan says the order. A change that stands in it twice was reworked: the
 * scripts of the earlier instance are called after one of the tags in between. Scripts are run by psql, with their own BEGIN and COMMIT.
 */
const sqitch = {
    tool: 'sqitch',
    expected: 'a sqitch.plan with scripts in deploy/ and revert/',
    async find(files, isAsked) {
        const fits = [];
        for (const path of files.paths.filter((each) => (0,read_files/* baseName */.Fl)(each) === 'sqitch.plan')) {
            const directory = (0,read_files/* folderOf */.yS)(path);
            const engine = await engineOf(directory, files);
            if (isAsked || engine === undefined || /^(?:pg|cockroach|yugabyte)$/.test(engine))
                fits.push({
                    directory,
                    folders: ['deploy', 'revert', 'verify'].map((folder) => (0,read_files/* inside */.nx)(directory, folder)),
                    certainty: 'sure',
                });
        }
        return fits;
    },
    owns: (path, directory) => path === (0,read_files/* inside */.nx)(directory, 'sqitch.plan') ||
        ['deploy', 'revert'].some((folder) => (0,read_files/* isBelow */.Yw)(path, (0,read_files/* inside */.nx)(directory, folder)) && path.endsWith('.sql')),
    nearly: (path) => /(?:^|\/)(?:deploy|revert)\/[^/]+\.sql$/.test(path) ? 'a sqitch.plan beside its folder, which names it' : undefined,
    async read(directory, files) {
        const plan = (0,read_files/* inside */.nx)(directory, 'sqitch.plan');
        const text = await textOf(files, plan);
        const read = typeof text === 'string' ? readPlan(plan, text) : { changes: [], notChecked: [text] };
        const steps = read.changes.map((change) => sqitch_step(change, directory, files));
        const listed = new Set(steps.flatMap(({ file, others = [] }) => [file, ...others]));
        const scripts = files.paths.filter((path) => path.endsWith('.sql') && ['deploy', 'revert'].some((folder) => (0,read_files/* isBelow */.Yw)(path, (0,read_files/* inside */.nx)(directory, folder))));
        return await history_history({
            tool: 'sqitch',
            directory,
            folders: [directory, ...[...listed].map(read_files/* folderOf */.yS)],
            hasDowngrades: true,
            hasGaps: read.notChecked.length > 0,
            steps,
            notChecked: [
                ...read.notChecked,
                ...passedOver(files, scripts.filter((path) => !listed.has(path)), () => 'sqitch does not run it: expected a change of this name in sqitch.plan.'),
            ],
            files,
        });
    },
};
/** The engine in the nearest sqitch.conf, in the folder or above. */
async function engineOf(directory, files) {
    for (let at = directory;; at = (0,read_files/* folderOf */.yS)(at)) {
        const path = (0,read_files/* inside */.nx)(at, 'sqitch.conf');
        if (files.has(path)) {
            const core = /^\s*\[core\]([^[]*)/m.exec(await textOrNothing(files, path))?.[1] ?? '';
            return /^[ \t]*engine[ \t]*=[ \t]*(\S+)/m.exec(core)?.[1];
        }
        if (at === '')
            return undefined;
    }
}
function sqitch_step({ name, isRework, reworkedAfter }, directory, files) {
    const script = (folder, instance) => (0,read_files/* inside */.nx)(directory, `${folder}/${instance}.sql`);
    const tag = reworkedAfter?.find((each) => files.has(script('deploy', `${name}${each}`))) ?? reworkedAfter?.[0];
    const instance = `${name}${tag ?? ''}`;
    const file = script('deploy', instance);
    // Reworking copies the scripts that were there to the names with the tag, and leaves the old names to the new ones.
    const isNewRework = (isRework || tag !== undefined) &&
        files.statusOf(script('deploy', name)) === 'edited' &&
        files.paths.some((path) => path.startsWith(script('deploy', `${name}@`).slice(0, -4)) && files.statusOf(path) === 'new');
    const revert = script('revert', instance);
    const down = files.has(revert) ? revert : undefined;
    return {
        id: instance,
        name: instance,
        file,
        others: down ? [down] : [],
        ...(isNewRework ? { status: tag === undefined ? 'new' : 'base' } : {}),
        read: async () => files.has(file)
            ? await readPair(files, file, down, (direction, path, text) => (0,read_text/* wholeFile */.AA)(direction, path, text, 'none'))
            : [{ what: file, why: `It is in sqitch.plan, and the file is not there.` }],
    };
}
/** https://sqitch.org/docs/manual/sqitchchanges/ and `App::Sqitch::Plan`: pragmas, changes and tags, a line each. */
function readPlan(file, text) {
    const found = [];
    const notChecked = [];
    for (const line of (0,read_text/* lines */.Mn)(text)) {
        const content = line.text.replace(/#.*$/, '').trim();
        if (content === '' || content.startsWith('%'))
            continue;
        const [, sign, name] = /^([-+@]?)\s*([^\s[\]]+)/.exec(content) ?? [];
        if (name === undefined || sign === '-')
            notChecked.push({
                what: file,
                why: 'This line of the plan cannot be read. Expected a change or a tag.',
                at: (0,read_text/* placeOf */.$t)(file, text, line.start),
            });
        else if (sign === '@')
            for (const change of found)
                change.tags.push(`@${name}`);
        else
            found.push({ name, tags: [] });
    }
    const changes = found.map(({ name, tags }, i) => {
        const next = found.slice(i + 1).find((change) => change.name === name);
        const isRework = found.slice(0, i).some((change) => change.name === name);
        return { name, isRework, reworkedAfter: next && tags.slice(0, tags.length - next.tags.length) };
    });
    return { changes, notChecked };
}

;// CONCATENATED MODULE: ./src/read/sql-migrate.ts




/** The words behind `-- +migrate`; undefined for any other line. */
function sql_migrate_command(line) {
    return /^-- \+migrate(?: |$)/.test(line) ? line.slice('-- +migrate'.length).trim().split(/\s+/) : undefined;
}
const directions = { Up: 'up', Down: 'down' };
/** sql-migrate, https://github.com/rubenv/sql-migrate */
const sql_migrate_dialect = {
    tool: 'sql-migrate',
    expected: 'files such as 20240131120000-create_users.sql with the lines “-- +migrate Up” and “-- +migrate Down”',
    name: /^(\d*).*\.sql$/s,
    nameExpected: 'the ending .sql',
    marker: /(?:^|\n)-- \+migrate\b/,
    id: (name) => name,
    order(a, b) {
        const [first, second] = [/^\d+/.exec(a)?.[0], /^\d+/.exec(b)?.[0]];
        if (first !== undefined && second !== undefined)
            return byNumber(first, second) || byText(a, b);
        return first !== undefined ? -1 : second !== undefined ? 1 : byText(a, b);
    },
    read(file, text) {
        const { head, sections: found } = sections_sections(text, (line) => directions[sql_migrate_command(line)?.[0] ?? '']);
        if (found.length === 0)
            return refused(file, text, 0, 'sql-migrate refuses it: expected the line “-- +migrate Up” before the upgrade, and “-- +migrate Down” before the downgrade.');
        const script = (direction) => {
            const own = found.filter((section) => section.direction === direction);
            const [first] = own;
            if (!first)
                return undefined;
            const isBare = own.some((section) => sql_migrate_command(section.marker.text)?.includes('notransaction'));
            return {
                direction,
                file,
                at: (0,read_text/* placeOf */.$t)(file, text, first.marker.start),
                fragments: own.map((section) => part(file, text, section)),
                transaction: isBare ? 'none' : 'script',
            };
        };
        const up = script('up') ?? {
            direction: 'up',
            file,
            at: (0,read_text/* placeOf */.$t)(file, text, 0),
            fragments: [],
            transaction: 'script',
        };
        const dropped = text.slice(0, head);
        if (isBlank(dropped))
            return { up, down: script('down') };
        const reason = 'sql-migrate does not run what stands before the line “-- +migrate Up”';
        return { up: { ...up, fragments: [(0,read_text/* unreadable */.O$)(file, text, 0, reason), ...up.fragments] }, down: script('down') };
    },
};
function part(file, text, section) {
    const broken = unfinished(text, section, (line) => {
        const said = sql_migrate_command(line)?.[0];
        return said === 'StatementBegin' ? 'begin' : said === 'StatementEnd' ? 'end' : undefined;
    });
    return broken
        ? (0,read_text/* unreadable */.O$)(file, text, broken.at, `sql-migrate refuses it: ${broken.why}`)
        : (0,read_text/* fragment */.Jo)(file, text, section.start, section.end);
}
const sqlMigrate = sectioned(sql_migrate_dialect);

;// CONCATENATED MODULE: ./src/read/supabase.ts




const supabase_name = /^(\d+)_.*\.sql$/s;
/** Supabase, https://supabase.com/docs/guides/deployment/database-migrations: each file in a transaction, never back. */
const supabase = {
    tool: 'supabase',
    expected: 'files such as supabase/migrations/20240131120000_create_users.sql',
    find: async (files, isAsked) => foldersWith(files, (file) => supabase_name.test(file), (folder) => (isAsked || /(?:^|\/)supabase\/migrations$/.test(folder) ? 'sure' : undefined)),
    owns: (path, directory) => (0,read_files/* folderOf */.yS)(path) === directory && /\.sql$/i.test(path),
    nearly: (path) => /(?:^|\/)supabase\/migrations\/[^/]+\.sql$/i.test(path)
        ? 'a time and a name, such as 20240131120000_add_email.sql'
        : undefined,
    async read(directory, files) {
        const inFolder = files.inFolder(directory).filter((path) => /\.sql$/i.test(path));
        const taken = inFolder.filter((path) => supabase_name.test((0,read_files/* baseName */.Fl)(path)));
        return await history_history({
            tool: 'supabase',
            directory,
            folders: [directory],
            hasDowngrades: false,
            steps: taken
                .sort((a, b) => byText((0,read_files/* baseName */.Fl)(a), (0,read_files/* baseName */.Fl)(b)))
                .map((file) => ({
                id: supabase_name.exec((0,read_files/* baseName */.Fl)(file))?.[1] ?? '',
                name: (0,read_files/* baseName */.Fl)(file).replace(/\.sql$/, ''),
                file,
                read: () => readPair(files, file, undefined, (direction, path, text) => (0,read_text/* wholeFile */.AA)(direction, path, text, 'script')),
            })),
            notChecked: passedOver(files, inFolder.filter((path) => !taken.includes(path)), () => 'Supabase does not run it, because of its name: expected a time and a name, such as 20240131120000_add_email.sql.'),
            files,
        });
    },
};

;// CONCATENATED MODULE: ./src/read/tern.ts





const separator = '---- create above / drop below ----';
/** tern, https://github.com/jackc/tern */
const tern_dialect = {
    tool: 'tern',
    expected: `files such as 001_create_users.sql with the line “${separator}”`,
    name: /^(\d+)_.+\.sql$/s,
    nameExpected: 'a number and an underscore, such as 003_add_email.sql',
    marker: /---- create above \/ drop below ----/,
    id: (_, number) => String(BigInt(number)),
    order: (a, b) => byNumber(/^\d+/.exec(a)?.[0] ?? '0', /^\d+/.exec(b)?.[0] ?? '0'),
    isNamed: async (files, folder) => files.has((0,read_files/* inside */.nx)(folder, 'tern.conf')),
    gaps(numbers, directory) {
        const missing = numbers.findIndex((number, i) => BigInt(number) > BigInt(i + 1));
        if (missing < 0 || new Set(numbers.map(BigInt)).size < numbers.length)
            return [];
        const why = `tern refuses the folder: migration ${missing + 1} is missing. Expected the numbers from 1 on, without a gap.`;
        return [{ what: directory || 'The root of the repository', why }];
    },
    read(file, text) {
        const found = text.indexOf(separator);
        const upEnd = found < 0 ? text.length : found;
        if (isBlank(text.slice(0, upEnd)))
            return refused(file, text, 0, `tern refuses it: expected the SQL of the upgrade above the line “${separator}”.`);
        const below = found + separator.length;
        // An empty downgrade makes the migration irreversible, as a missing one does.
        const hasDown = found >= 0 && text.slice(below).trim() !== '';
        return {
            up: tern_script('up', file, text, 0, upEnd),
            down: hasDown ? tern_script('down', file, text, below, text.length) : undefined,
        };
    },
};
function tern_script(direction, file, text, start, end) {
    const isBare = /(?:^|\n)---- tern: disable-tx ----(?:\n|$)/.test(text.slice(start, end).trim());
    return {
        direction,
        file,
        at: (0,read_text/* placeOf */.$t)(file, text, direction === 'up' ? start : start - separator.length),
        fragments: tern_fragments(file, text, start, end),
        transaction: isBare ? 'none' : 'script',
    };
}
/** tern takes each file for a template of Go before it runs it. */
function tern_fragments(file, text, start, end) {
    if (!text.slice(start, end).includes('{{'))
        return [(0,read_text/* fragment */.Jo)(file, text, start, end)];
    return withHoles(file, text, start, end, (from, to) => {
        const brace = text.slice(from, to).indexOf('{{');
        return brace < 0 ? undefined : { at: from + brace, reason: 'tern fills in a template here' };
    });
}
const tern = sectioned(tern_dialect);

;// CONCATENATED MODULE: ./src/read/read.ts





















const layouts = [
    alembic,
    golangMigrate,
    sqlx,
    nodePgMigrate,
    diesel,
    hasura,
    dbmate,
    goose,
    sqlMigrate,
    tern,
    flyway,
    sqitch,
    prisma,
    drizzle,
    supabase,
    graphileMigrate,
    numberedSql,
    command,
];
/**
 * Finds the history of migrations in a repository and reads it.
 * @throws UserError where no history is found, or more than one: the message says how to choose
 */
async function readProject(options) {
    const files = (0,read_files/* filesOf */.R8)(options.repository, await (0,changed_files/* listFiles */.CS)(options.repository), options.changed);
    const places = await findOrRun(files, options);
    const exact = places.filter(({ fit }) => fit.directory === options.directory);
    const [only, ...others] = exact.length > 0 ? exact : places;
    if (!only)
        throw await nothing(files, options);
    if (others.length > 0)
        throw several([only, ...others], options.directory);
    return await readPlace(only, files, options);
}
/**
 * Finds every history of migrations in a repository that the change touches, and reads it: a monorepo has several. Where a tool or a
 * directory is named, or where there is one only, this is `readProject`, and the change may leave it alone.
 * @throws UserError where no history is found, or where two tools could have made one
 */
async function readProjects(options) {
    const { repository, tool, directory, changed } = options;
    if (tool !== undefined || directory !== undefined)
        return [await readProject(options)];
    const files = (0,read_files/* filesOf */.R8)(repository, await (0,changed_files/* listFiles */.CS)(repository), changed);
    const there = await findOrRun(files, options);
    const places = [...there, ...(await findDeleted(there, options))];
    if (places.length === 0)
        throw await nothing(files, options);
    const touched = places.filter(({ layout, fit }) => places.length === 1 || !changed || changed.some(({ path }) => layout.owns(path, fit.directory)));
    const ambiguous = touched.filter(({ fit }) => touched.some((other) => other.fit !== fit && other.fit.directory === fit.directory));
    if (ambiguous.length > 0)
        throw several(ambiguous, undefined);
    const projects = [];
    for (const place of touched)
        projects.push(await readPlace(place, files, options));
    return projects.filter((project) => projects.length === 1 || !changed || touches(project, changed));
}
/** Whether a change touches the history: a file of it, or one that was of it and is deleted. */
function touches(project, changed) {
    return changed.some(({ path }) => isPart(project, path));
}
/** Every place that fits some layout. A guess gives way to what is sure, and a poor guess to any other. */
async function find(files, { tool, directory }, among) {
    const found = [];
    for (const layout of among.filter((each) => tool === undefined || each.tool === tool))
        for (const fit of await layout.find(files, tool !== undefined, directory))
            if (!directory || fit.directory === directory || (0,read_files/* isBelow */.Yw)(fit.directory, directory))
                found.push({ layout, fit });
    const rank = ({ fit }) => certainties.indexOf(fit.certainty);
    const free = found.filter((each) => !found.some((other) => rank(other) < rank(each) &&
        other.fit.folders.some((folder) => folder === '' ? each.fit.directory === '' : (0,read_files/* isBelow */.Yw)(`${each.fit.directory}/`, folder))));
    const better = free.filter(({ fit }) => fit.certainty !== 'possible');
    return better.length > 0 ? better : free;
}
/** The same; where there is none, what a command of the configuration runs. */
async function findOrRun(files, options) {
    const found = await find(files, options, layouts);
    if (found.length > 0 || !options.commands || options.tool !== undefined)
        return found;
    return await find(files, { ...options, tool: 'command' }, [command]);
}
/** The places of which the change leaves nothing, told by the names of the files alone. */
async function findDeleted(there, { repository, changed }) {
    const paths = (changed ?? []).filter(({ status }) => status === 'deleted').map(({ path }) => path);
    const places = await find((0,read_files/* filesOf */.R8)(repository, paths, changed), { tool: undefined, directory: undefined }, layouts.filter((layout) => layout !== alembic));
    return places.filter(({ fit }) => fit.certainty !== 'possible' &&
        !there.some(({ fit: { directory } }) => fit.directory === directory || (0,read_files/* isBelow */.Yw)(fit.directory, directory)));
}
async function readPlace({ layout, fit }, files, options) {
    const { changed = [], commands } = options;
    const project = await layout.read(fit.directory, files, commands);
    const touched = changed.filter(({ path, status }) => status !== 'added' && isPart(project, path));
    const gone = changed.filter((file) => !files.has(file.path) && isPart(project, file.path));
    const before = touched.length > 0 ? await readBefore(layout, fit, files, options) : undefined;
    const told = new Set(before?.migrations.flatMap(({ up, down }) => [up.file, ...(down ? [down.file] : [])]));
    const untold = gone.filter(({ path, status }) => status !== 'deleted' || !told.has(path));
    const { lineage = { faults: [], heads: [], headsBefore: 0, changes: [] } } = project;
    return {
        ...project,
        migrations: project.migrations.map((migration) => lostDowngrade(migration, before) ? edited(migration) : migration),
        lineage: { ...lineage, changes: before ? pastChanges(before, project) : [] },
        notChecked: [
            ...project.notChecked,
            ...untold.map((file) => ({ what: file.path, why: whyGone(file) })),
            ...(before ? [] : project.migrations.filter(isEdited(touched)).map(notCompared)),
        ],
        hasGaps: project.hasGaps || gone.some((file) => file.status !== 'deleted'),
    };
}
/** The history as it is on the base branch. Undefined where git does not have that. */
async function readBefore(layout, fit, now, { repository, changed = [], base, commands }) {
    try {
        const commit = await (0,changed_files/* commonAncestor */.j1)(repository, base);
        const files = filesIn(commit, repository, changed, (paths) => (0,read_files/* filesOf */.R8)(repository, paths, []), now);
        return await layout.read(fit.directory, files, commands);
    }
    catch (error) {
        if (error instanceof errors/* UserError */.y || error instanceof dist/* GitError */.XS)
            return undefined;
        throw error;
    }
}
/** Its downgrade is a file of its own, which the change deletes. */
function lostDowngrade({ id, down, status }, before) {
    return status === 'base' && !down && (before?.migrations.some((each) => each.id === id && each.down) ?? false);
}
function isEdited(touched) {
    return ({ up }) => touched.some(({ path, status }) => status === 'modified' && path === up.file);
}
function notCompared({ file }) {
    return {
        what: file,
        why: 'The base branch has it in another form, which git does not know here, so what was edited in it was not checked. Fetch the history of the base branch (actions/checkout: fetch-depth: 0).',
    };
}
function edited(migration) {
    return { ...migration, status: 'edited' };
}
function whyGone({ status }) {
    return status === 'deleted'
        ? 'It is on the base branch and deleted here. A database that has applied it keeps what it did, so what this change means there was not checked. Keep the file, and take back what it did in a new migration.'
        : 'The pull request changes it, and it is not in the work tree: another commit is checked out than the pull request’s.';
}
function isPart(project, path) {
    const layout = layouts.find(({ tool }) => tool === project.tool);
    return layout?.owns(path, project.directory, project.folders) ?? false;
}
function where(directory) {
    return directory ? `in ${directory}/` : 'in this repository';
}
async function nothing(files, { tool, directory }) {
    const layout = layouts.find((each) => each.tool === tool);
    if (layout)
        return new errors/* UserError */.y(`No ${layout.tool} migrations were found ${where(directory)}: expected ${layout.expected}.`);
    const inside = files.paths.filter((path) => (0,read_files/* isBelow */.Yw)(path, directory ?? ''));
    const nearly = [];
    for (const { tool: name, nearly: better } of layouts) {
        for (const path of better ? inside : []) {
            const expected = await better?.(path, files);
            if (expected === undefined)
                continue;
            nearly.push(`\n${path} is nearly a migration of ${name}: expected ${expected}.`);
            break;
        }
    }
    return new errors/* UserError */.y(`No migrations were found ${where(directory)}. Expected an alembic.ini with a section [alembic], or a folder of numbered SQL files such as migrations/001_create_users.sql with migrations/001_create_users_rollback.sql, or the files of one of ${layouts
        .map((each) => each.tool)
        .filter((name) => name !== 'alembic' && name !== 'numbered-sql' && name !== 'command')
        .join(', ')}. Name the place with --directory. For any other tool, say with upgrade: in the configuration what runs its migrations; migration-gate lint --tool command --directory FOLDER reads any folder of SQL without it.${nearly.slice(0, 3).join('')}`);
}
function several(places, directory) {
    const list = places.map(({ layout, fit }) => `  --tool ${layout.tool} --directory ${fit.directory || '.'}`);
    const folders = new Set(places.map(({ fit }) => fit.directory));
    const what = folders.size === 1 && places.length > 1
        ? `More than one tool could have made the migrations in ${[...folders][0] || 'the root of the repository'}`
        : `More than one history of migrations was found ${where(directory)}`;
    return new errors/* UserError */.y(`${what}. Choose one:\n${list.join('\n')}`);
}


/***/ }),

/***/ 7689:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   AA: () => (/* binding */ wholeFile),
/* harmony export */   Jo: () => (/* binding */ fragment),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   O$: () => (/* binding */ unreadable)
/* harmony export */ });
/** The lines from `start` to `end`, divided at line feeds, as git, GitHub and the tools written in Go divide them. */
function* lines(text, start = 0, end = text.length) {
    for (let at = start; at < end;) {
        const feed = text.indexOf('\n', at);
        const next = feed < 0 || feed >= end ? end : feed + 1;
        yield { text: text.slice(at, next).replace(/\r?\n$/, ''), start: at, next };
        at = next;
    }
}
/** Where an offset of a file's text stands. */
function placeOf(file, text, offset) {
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    return { file, line, column: offset - before.lastIndexOf('\n'), endLine: line };
}
/** A stretch of a file, as it is. */
function fragment(file, text, start = 0, end = text.length) {
    const { line, column } = placeOf(file, text, start);
    return { kind: 'sql', sql: text.slice(start, end), file, anchors: [{ offset: 0, line, column, verbatim: true }] };
}
/** @param reason one sentence without a full stop */
function unreadable(file, text, offset, reason) {
    return { kind: 'unreadable', reason, at: placeOf(file, text, offset) };
}
/** A script that is the whole file. */
function wholeFile(direction, file, text, transaction) {
    return { direction, file, at: placeOf(file, text, 0), fragments: [fragment(file, text)], transaction };
}


/***/ }),

/***/ 2933:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ presets),
/* harmony export */   z: () => (/* binding */ noteTablesOf)
/* harmony export */ });
/** What `upgrade: tool` stands for. Each is run in test/rehearse/tools-as-commands.test.ts. */
const presets = {
    dbmate: {
        upgrade: ['dbmate', '--url', '{url}', '--migrations-dir', '{directory}', '--no-dump-schema', 'migrate'],
        downgrade: ['dbmate', '--url', '{url}', '--migrations-dir', '{directory}', '--no-dump-schema', 'rollback'],
    },
    flyway: {
        upgrade: [
            'flyway',
            '-url={jdbc-url}',
            '-user={user}',
            '-password={password}',
            '-locations=filesystem:{directory}',
            'migrate',
        ],
        downgrade: undefined,
    },
    'golang-migrate': {
        upgrade: ['migrate', '-path', '{directory}', '-database', '{url}', 'up'],
        downgrade: ['migrate', '-path', '{directory}', '-database', '{url}', 'down', '1'],
    },
    goose: {
        upgrade: ['goose', '-dir', '{directory}', 'postgres', '{url}', 'up'],
        downgrade: ['goose', '-dir', '{directory}', 'postgres', '{url}', 'down'],
    },
    'node-pg-migrate': {
        upgrade: ['node-pg-migrate', 'up', '--migrations-dir', '{directory}'],
        downgrade: ['node-pg-migrate', 'down', '--migrations-dir', '{directory}'],
    },
    tern: {
        upgrade: ['tern', 'migrate', '--migrations', '{directory}', '--conn-string', '{url}'],
        downgrade: ['tern', 'migrate', '--migrations', '{directory}', '--conn-string', '{url}', '--destination', '-1'],
    },
};
/** Where tools note what ran, as PostgreSQL prints the names. Alembic is asked for its own. */
const noteTables = {
    dbmate: ['public.schema_migrations'],
    diesel: ['public.__diesel_schema_migrations'],
    drizzle: ['drizzle.__drizzle_migrations'],
    flyway: ['public.flyway_schema_history'],
    'golang-migrate': ['public.schema_migrations'],
    goose: ['public.goose_db_version'],
    'graphile-migrate': ['graphile_migrate.migrations', 'graphile_migrate.current'],
    'node-pg-migrate': ['public.pgmigrations'],
    prisma: ['public._prisma_migrations'],
    sqitch: ['changes', 'dependencies', 'events', 'projects', 'releases', 'tags'].map((name) => `sqitch.${name}`),
    'sql-migrate': ['public.gorp_migrations'],
    sqlx: ['public._sqlx_migrations'],
    supabase: ['supabase_migrations.schema_migrations'],
    tern: ['public.schema_version'],
};
/** The tables in which this tool notes what ran, where nothing else is configured for it. */
function noteTablesOf(tool) {
    return noteTables[tool] ?? [];
}


/***/ }),

/***/ 4438:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ byReason)
/* harmony export */ });
/** What was not checked for the same reason, together: a report says the reason once. In the order of the first of each. */
function byReason(all) {
    const reasons = new Map();
    for (const one of all) {
        const others = reasons.get(one.why);
        if (others)
            others.push(one);
        else
            reasons.set(one.why, [one]);
    }
    return [...reasons];
}


/***/ }),

/***/ 3877:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ ignoreComment),
/* harmony export */   o: () => (/* binding */ unsaidEvidence)
/* harmony export */ });
/** The lines of evidence that the message does not already hold. */
function unsaidEvidence({ evidence, message }) {
    return evidence.filter((line) => !message.includes(line));
}
/** The comment that makes the gate ignore a finding; the reason is left to be written. */
function ignoreComment({ rule, at }) {
    return `${at.file.endsWith('.py') ? '#' : '--'} migration-gate: ignore ${rule}: <reason>`;
}


/***/ }),

/***/ 4512:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L5: () => (/* binding */ roundTripState),
/* harmony export */   Pl: () => (/* binding */ headline),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   Z3: () => (/* binding */ ofSeverity)
/* harmony export */ });
/** `1 finding`, `2 findings`. */
function count(number, singular, plural = `${singular}s`) {
    return `${number} ${number === 1 ? singular : plural}`;
}
/** The findings of one severity, in the order of the result. */
function ofSeverity(result, severity) {
    return result.findings.filter((finding) => finding.severity === severity);
}
/** Says the verdict. */
function headline(result) {
    const errors = ofSeverity(result, 'error');
    const warnings = ofSeverity(result, 'warning');
    const unchecked = result.notChecked.length;
    const also = [
        ...(warnings.length ? [count(warnings.length, 'warning')] : []),
        ...(unchecked ? [`${count(unchecked, 'thing')} not checked`] : []),
    ];
    switch (result.verdict) {
        case 'block':
            return {
                icon: '❌',
                title: [`${count(errors.length, 'blocking finding')} in ${share(result, errors)}`, ...also].join(', '),
                consequence: first(errors),
            };
        case 'error':
            return {
                icon: '⛔',
                title: ['could not decide', ...also].join(', '),
                consequence: 'This is not a pass: what was not checked may fail or lose data in production.',
            };
        case 'warn':
            return {
                icon: '⚠️',
                title: `${count(warnings.length, 'warning')} in ${share(result, warnings)}`,
                consequence: first(warnings),
            };
        case 'pass':
            return passed(result);
    }
}
function passed(result) {
    if (result.migrations.length === 0)
        return {
            icon: '✅',
            title: 'no migrations changed',
            consequence: 'No migration differs from the base, so there was nothing to check.',
        };
    const notes = ofSeverity(result, 'info').length;
    const [they, came] = result.migrations.length === 1 ? ['It was', 'It'] : ['They were', 'Each'];
    const roundTrips = result.migrations.map((migration) => migration.roundTrip);
    const all = roundTrips.every((trip) => trip?.restored === true && trip.repeatable === true);
    return {
        icon: '✅',
        title: `${count(result.migrations.length, 'migration')} checked, ${notes ? count(notes, 'note') : 'nothing found'}`,
        consequence: all
            ? `${came} went up, down and up again on PostgreSQL${result.postgres ? ` ${result.postgres.version}` : ''}, and came back as before.`
            : roundTrips.some((trip) => trip)
                ? `${they} read and rehearsed; the round trips show how far.`
                : `${they} read, not rehearsed${result.coverage.rehearsal === 'off' ? ': the round trip is turned off' : ''}.`,
    };
}
function share(result, findings) {
    const concerned = new Set(findings.map((finding) => finding.migration)).size;
    const total = Math.max(result.migrations.length, concerned);
    return total === 1 ? 'one migration' : `${concerned} of ${total} migrations`;
}
function first(findings) {
    return findings[0]?.message ?? '';
}
/**
 * How the rehearsal went, in one word: `passed`, `failed` (a step failed, or what came back differs), `incomplete` (neither
 * is known for each migration), `off`, or `none` (nothing to rehearse).
 */
function roundTripState({ migrations, coverage }) {
    if (coverage.rehearsal === 'off')
        return 'off';
    if (coverage.rehearsal === 'not-needed')
        return 'none';
    const trips = migrations.map((migration) => migration.roundTrip);
    const isBad = trips.some((trip) => trip && (trip.restored === false || trip.repeatable === false || trip.steps.some(failed)));
    if (isBad)
        return 'failed';
    const isGood = trips.every((trip) => trip?.restored === true && trip.repeatable === true);
    return isGood && coverage.rehearsal === 'done' ? 'passed' : 'incomplete';
}
function failed({ outcome }) {
    return outcome === 'failed';
}


/***/ }),

/***/ 1822:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   Df: () => (/* binding */ withoutCommands),
/* harmony export */   OF: () => (/* binding */ fenced),
/* harmony export */   Pf: () => (/* binding */ label),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   h8: () => (/* binding */ htmlCode),
/* harmony export */   ml: () => (/* binding */ shorten),
/* harmony export */   n8: () => (/* binding */ line),
/* harmony export */   oW: () => (/* binding */ pathInUrl),
/* harmony export */   om: () => (/* binding */ block),
/* harmony export */   qy: () => (/* binding */ html),
/* harmony export */   tL: () => (/* binding */ htmlWhole),
/* harmony export */   xs: () => (/* binding */ htmlBlock)
/* harmony export */ });
/* unused harmony export visible */
/**
 * Text from a pull request (names, paths, SQL, messages that quote them) made inert for where it is shown: it can be read,
 * and it formats, links, mentions and commands nothing. Whatever cannot be seen is written out.
 */
/** Longer than any identifier that PostgreSQL keeps (63 bytes) and than most paths. */
const wordLimit = 160;
/** Controls, formats (bidirectional overrides, zero-width characters), line separators and lone surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** Each character that cannot be seen, by its picture (`␛`) or its number (`⟨U+202E⟩`). */
function visible(text) {
    return text.replace(unseen, (character) => {
        const point = character.codePointAt(0) ?? 0;
        if (point < 0x20)
            return String.fromCodePoint(0x2400 + point);
        if (point === 0x7f)
            return '␡';
        return `⟨U+${point.toString(16).toUpperCase().padStart(4, '0')}⟩`;
    });
}
/** One line: a line break or a tab becomes a space, everything unseen is written out, and overlong words are shortened. */
function line(text) {
    return words(visible(text.trim().replace(/[\r\n\t ]+/g, ' ')));
}
/** Several lines, as in a listing of SQL: line breaks stay, tabs become spaces. */
function block(text) {
    const lines = text.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').split('\n');
    return lines.map((one) => words(visible(one)).trimEnd()).join('\n');
}
/**
 * The log of a GitHub job: a runner takes a line that begins with `::`, or holds `##[`, for a command, wherever it comes from.
 * A backslash is put into either.
 */
function withoutCommands(text) {
    return text.replace(/^(\s*)(?=::)/gm, '$1\\').replaceAll('##[', '##\\[');
}
/** At most `limit` characters, with the number of those left out. */
function shorten(text, limit) {
    const characters = [...text];
    if (characters.length <= limit)
        return text;
    const head = Math.ceil((limit * 3) / 4);
    const tail = limit - head;
    const left = characters.length - limit;
    return `${characters.slice(0, head).join('')}…(${left} more characters)…${characters.slice(-tail).join('')}`;
}
function words(text) {
    return text.replace(/\S+/gu, (word) => (word.length > wordLimit ? shorten(word, wordLimit) : word));
}
const zeroWidthSpace = '&#8203;';
/**
 * Prose in Markdown. Characters that Markdown, HTML or GitHub's formulas would take for markup become character references.
 * Mentions, issue numbers, links and emoji codes are found by GitHub *after* those are resolved, so a zero-width space
 * stands in the middle of them.
 */
function prose(text) {
    return unmarked(line(text));
}
function unmarked(text) {
    return text
        .replace(/[&<>"'`*[\]\\|~!$^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, reference)
        .replace(/^(#+|[-+=]+|\d+[.)])(?=\s|$)/, (start) => [...start].map(reference).join(''))
        .replace(/@/g, `@${zeroWidthSpace}`)
        .replace(/(?<!&)#(?=\w)/g, `#${zeroWidthSpace}`)
        .replace(/\b(GH-)(?=\d)/gi, `$1${zeroWidthSpace}`)
        .replace(/:(?=\/\/|[a-z0-9_+-]+:)/gi, `:${zeroWidthSpace}`)
        .replace(/\b(www)\.(?=\S)/gi, `$1${zeroWidthSpace}.`);
}
/** Text between HTML tags, or in a double-quoted attribute. */
function html(text) {
    return escaped(line(text));
}
/** The same for several lines. */
function htmlBlock(text) {
    return escaped(block(text));
}
/** The same for what must stay whole to be of use, such as a path or an address. */
function htmlWhole(text) {
    return escaped(visible(text));
}
/** Also inert where the page itself is printed to the log of a job: see `withoutCommands`. */
function escaped(text) {
    return text.replace(/[&<>"']|(?<=^\s*):(?=:)|#(?=#\[)/gm, reference);
}
/** A name in HTML, where Markdown's backticks have no meaning, such as in a `summary`. Nothing is linked inside of `code`. */
function htmlCode(text) {
    return `<code>${html(text)}</code>`;
}
/** A name in Markdown, also in a cell of a table: there a `|` ends the cell even between backticks. */
function code(text) {
    const inside = line(text);
    if (inside.includes('|') || inside === '')
        return `<code>${unmarked(inside)}</code>`;
    const fence = '`'.repeat(longestRun(inside) + 1);
    const pad = inside.startsWith('`') || inside.endsWith('`') ? ' ' : '';
    return `${fence}${pad}${inside}${pad}${fence}`;
}
/** A listing in Markdown. Its fence is longer than any run of backticks in it. */
function fenced(text, language) {
    const inside = block(text);
    const fence = '`'.repeat(Math.max(3, longestRun(inside) + 1));
    return `${fence}${language}\n${inside}\n${fence}`;
}
/** A name in a chart of Mermaid's, whose language has no quotes: what could mean something there is a dot. */
function label(text) {
    const plain = visible(text).replace(/[^\p{L}\p{N}_.$ -]/gu, '·');
    return plain.length > 40 ? `${plain.slice(0, 39)}…` : plain || '·';
}
/** A link target in Markdown or HTML: each segment of a path encoded. */
function pathInUrl(path) {
    const encode = (segment) => encodeURIComponent(segment.toWellFormed()).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
    return path.split('/').map(encode).join('/');
}
function longestRun(text) {
    return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
function reference(character) {
    return `&#${character.codePointAt(0)};`;
}


/***/ }),

/***/ 7677:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ staleKnown)
/* harmony export */ });
/** More are only counted. */
const limit = 20;
/**
 * A line for each entry of the file of known findings that was not found again, and what to do about them; empty where there is none.
 * @param inert makes text of the repository harmless for where it is shown
 */
function staleKnown({ known }, inert) {
    const { file = '', stale = [] } = known ?? {};
    if (stale.length === 0)
        return [];
    const entries = stale.slice(0, limit).map(({ file: at, rule, statement }) => {
        return `${inert(at)}: ${rule === '' ? '' : inert(rule)}${statement === '' ? '' : `: ${inert(statement)}`}`;
    });
    const more = stale.length > limit ? [`and ${stale.length - limit} more`] : [];
    return [
        ...entries,
        ...more,
        `Take them out of ${inert(file)}, or write it anew: migration-gate check --all --write-known`,
    ];
}


/***/ }),

/***/ 649:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ redact),
/* harmony export */   F: () => (/* binding */ secretsOf)
/* harmony export */ });
/* harmony import */ var _model_migration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3861);

/** Shorter secrets, and these words, stand in ordinary text: hiding each of them would make it unreadable. */
const shortest = 5;
const ordinary = new Set(['postgres', 'postgresql', 'password', 'localhost', 'public']);
/**
 * What must not be published of a database URL: the whole, its user and password together, and the password raw, decoded
 * and encoded. Never throws, whatever the text is: an error about a malformed URL would quote it.
 */
function secretsOf(url) {
    if (!url?.trim())
        return [];
    const whole = url.trim();
    const credentials = [...whole.matchAll(/\/\/([^/?#\s]*)@/g)].flatMap(([, user]) => (user ? [user] : []));
    const named = [...whole.matchAll(/(?:[?&\s]|^)(?:password|sslpassword)=('[^']*'|[^&\s]*)/gi)];
    const passwords = [
        ...credentials.flatMap((user) => (user.includes(':') ? [user.slice(user.indexOf(':') + 1)] : [])),
        ...named.flatMap(([, value]) => (value ? [value.replace(/^'|'$/g, '')] : [])),
    ];
    const spellings = passwords.flatMap((password) => [
        password,
        decoded(password),
        encodeURIComponent(decoded(password).toWellFormed()),
    ]);
    const worthHiding = spellings.filter((word) => word.length >= shortest && !ordinary.has(word.toLowerCase()));
    const pairs = credentials.filter((user) => user.includes(':'));
    return [...new Set([whole, ...pairs, ...worthHiding])].sort((a, b) => b.length - a.length);
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch (error) {
        if (error instanceof URIError)
            return text;
        throw error;
    }
}
/**
 * Words that decide what a result says. A password that is one of them, or a part of one, is told by none of them, and without them a
 * blocking finding would be none.
 */
const deciding = new Set([
    ..._model_migration_js__WEBPACK_IMPORTED_MODULE_0__/* .tools */ .Y,
    ...[
        'pass',
        'warn',
        'block',
        'error',
        'warning',
        'info',
        'ok',
        'failed',
        'skipped',
        'done',
        'off',
        'not-needed',
        'not-done',
    ],
    ...['up', 'down', 'up-again', 'read', 'server', 'fails', 'changes', 'untried', 'missing', 'changed', 'left-behind'],
    ...['contract', 'order', 'physical', 'name-only', 'rows-lost', 'rows-left-behind', 'values-changed', 'values-lost'],
    ...['catalog', 'scan', 'index build', 'rewrite', 'rows', 'writes', 'reads and writes', 'rewritten', 'truncated'],
    ...['ACCESS SHARE', 'ROW SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE'],
    ...['EXCLUSIVE', 'ACCESS EXCLUSIVE', 'plan', 'rehearse', 'apply-and-rollback'],
]);
/** The name of a property, of this program or of a catalog. */
const property = /^[a-z]+(?:[A-Z][a-z]*)*$/;
/** The same data with every secret in its strings replaced by `***`. Goes before escaping, which may alter a secret's spelling. */
function redact(value, secrets) {
    return secrets.length === 0 ? value : replaced(value, secrets);
}
function replaced(value, secrets) {
    if (typeof value === 'string' && deciding.has(value))
        return value;
    if (typeof value === 'string')
        return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), value);
    if (Array.isArray(value))
        return value.map((item) => replaced(item, secrets));
    if (value === null || typeof value !== 'object')
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [
        property.test(key) ? key : replaced(key, secrets),
        replaced(item, secrets),
    ]));
}


/***/ }),

/***/ 8280:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ao: () => (/* binding */ changes),
/* harmony export */   Ci: () => (/* binding */ steps),
/* harmony export */   M8: () => (/* binding */ dataChanges),
/* harmony export */   Uq: () => (/* binding */ value),
/* harmony export */   bu: () => (/* binding */ outcome),
/* harmony export */   tX: () => (/* binding */ differences),
/* harmony export */   wo: () => (/* binding */ demand)
/* harmony export */ });
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4512);

/** The three runs of a round trip in their order. What is missing from it was not run. */
function steps(trip) {
    const planned = [
        { name: 'upgrade', direction: 'up', attempt: 1 },
        { name: 'downgrade', direction: 'down', attempt: 1 },
        { name: 'upgrade again', direction: 'up', attempt: 2 },
    ];
    return planned.map(({ name, direction, attempt }) => ({
        name,
        outcome: trip.steps.find((step) => step.direction === direction && step.attempt === attempt)?.outcome ?? 'skipped',
    }));
}
/** What came of the round trip. */
function outcome(trip) {
    const failed = trip.steps.find((step) => step.outcome === 'failed');
    if (failed)
        return `the ${stepName(failed)} ${failed.error?.timedOut ? 'ran out of time' : 'failed'}`;
    if (trip.restored === false)
        return 'the downgrade does not give back what was there';
    if (trip.repeatable === false)
        return 'the second upgrade builds something else';
    if (trip.restored && trip.repeatable)
        return `restored, and repeatable${trip.refusedRows ? ', without rows: it failed on made-up ones' : ''}`;
    // After an upgrade that went well, the downgrade is left out only where there is none.
    const [upgrade, downgrade] = steps(trip);
    return upgrade?.outcome === 'ok' && downgrade?.outcome === 'skipped'
        ? 'there is no downgrade to run'
        : 'not run to the end';
}
function stepName({ direction, attempt }) {
    return direction === 'down' ? 'downgrade' : attempt === 1 ? 'upgrade' : 'second upgrade';
}
/**
 * What the round trip showed, a line each: errors, differences of the schema, differences of the rows. Without those that are
 * only storage: nearly every way back leaves one, such as the place of a dropped column.
 */
function differences(trip, show) {
    return [
        ...trip.steps.flatMap((step) => (step.error ? [`${stepName(step)}: ${failure(step.error, show)}`] : [])),
        ...trip.drift.filter((one) => one.class !== 'physical').map((one) => drift(one, show)),
        ...trip.data.map((one) => dataChange(one, show)),
    ];
}
function failure({ message, sqlstate, at, timedOut }, show) {
    const place = at ? ` at ${show(`${at.file}:${at.line}`)}` : '';
    return `${timedOut ? 'out of time' : 'failed'}${place}: ${show(message)}${sqlstate ? `, SQLSTATE ${show(sqlstate)}` : ''}`;
}
/** What the data must be, a sentence for each precondition. */
function demand({ outcome, needs }) {
    const what = {
        fails: 'The upgrade fails unless',
        changes: 'The upgrade changes values unless',
        untried: 'Not tried, because no row of another kind could be made: the upgrade asks that',
    }[outcome];
    return `${what} ${needs}.`;
}
const changes = { 'left-behind': 'left behind', missing: 'missing', changed: 'changed' };
function drift({ after, change, kind, object, class: how, expected, found }, show) {
    const cosmetic = {
        contract: '',
        order: ', only the order',
        physical: ', only storage',
        'name-only': ', only the name',
    }[how];
    const attributes = change === 'changed' ? differing(expected ?? {}, found ?? {}, show) : [];
    const detail = attributes.length ? `: ${attributes.join('; ')}` : '';
    return `after the ${after === 'down' ? 'downgrade' : 'second upgrade'}, ${changes[change]}${cosmetic}: ${kind} ${show(object)}${detail}`;
}
function differing(expected, found, show) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
    return names
        .filter((name) => JSON.stringify(expected[name]) !== JSON.stringify(found[name]))
        .map((name) => `${name} was ${value(expected[name], show)}, is ${value(found[name], show)}`);
}
/** An attribute of the catalog as text. */
function value(attribute, show) {
    if (attribute === undefined || attribute === null || attribute === '')
        return 'none';
    return show(typeof attribute === 'string' ? attribute : JSON.stringify(attribute));
}
const dataChanges = {
    'rows-lost': 'rows lost',
    'rows-left-behind': 'rows left behind',
    'values-changed': 'values changed',
    'values-lost': 'values lost',
};
function dataChange({ after, change, table, column, rowsBefore, rowsAfter }, show) {
    const where = column === undefined ? show(table) : `${show(table)}, column ${show(column)}`;
    const rows = `${(0,_headline_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(rowsBefore, 'row')} before, ${rowsAfter} after`;
    return `after the ${after === 'down' ? 'downgrade' : 'second upgrade'}, ${dataChanges[change]}: ${where} (${rows})`;
}


/***/ }),

/***/ 7496:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ terminal)
/* harmony export */ });
/* harmony import */ var _by_reason_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4438);
/* harmony import */ var _evidence_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3877);
/* harmony import */ var _headline_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4512);
/* harmony import */ var _inert_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1822);
/* harmony import */ var _known_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7677);
/* harmony import */ var _round_trip_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8280);






/** For a person at a terminal, or in the log of a job. `colors` decides whether there are any. */
function terminal(result, colors) {
    const parts = [
        ...result.findings.map((found) => finding(found, colors)),
        ...section('Round trips', roundTrips(result, colors), colors),
        ...section('Not checked', notChecked(result.notChecked), colors),
        ...section('Known findings that are gone', (0,_known_js__WEBPACK_IMPORTED_MODULE_1__/* .staleKnown */ .h)(result, _inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8), colors),
        verdict(result, colors),
    ];
    return (0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutCommands */ .Df)(`${parts.join('\n\n')}\n`);
}
function section(title, lines, { bold }) {
    return lines.length ? [[bold(title), ...lines.map((one) => `  ${one}`)].join('\n')] : [];
}
function finding(found, colors) {
    const paint = { error: colors.red, warning: colors.yellow, info: colors.blue }[found.severity];
    const place = `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(found.at.file)}:${found.at.line}:${found.at.column}`;
    const seen = found.seen === 'server' ? colors.dim(' seen on the server') : '';
    const way = found.direction === 'down' ? colors.dim(' in the downgrade') : '';
    return [
        `${place}  ${paint(found.severity)}  ${colors.bold(found.rule)}${way}${seen}`,
        `  ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(found.message)}`,
        `  ${colors.green('help:')} ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(found.help)}`,
        ...(found.suggestion === undefined
            ? []
            : (0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .block */ .om)(found.suggestion)
                .split('\n')
                .map((one) => `    | ${one}`)),
        ...limited((0,_evidence_js__WEBPACK_IMPORTED_MODULE_3__/* .unsaidEvidence */ .o)(found)).map((seen) => `  ${colors.dim('seen:')} ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(seen)}`),
        `  ${colors.dim((0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(found.url))}`,
    ].join('\n');
}
function roundTrips(result, colors) {
    const paint = { ok: colors.green, failed: colors.red, skipped: colors.dim };
    return result.migrations.flatMap(({ name, roundTrip: trip }) => {
        if (!trip)
            return [`${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(name)}  ${colors.dim('not rehearsed')}`];
        return [
            `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(name)}  ${(0,_round_trip_js__WEBPACK_IMPORTED_MODULE_0__/* .steps */ .Ci)(trip)
                .map((step) => `${step.name} ${paint[step.outcome](step.outcome)}`)
                .join(', ')}: ${(0,_round_trip_js__WEBPACK_IMPORTED_MODULE_0__/* .outcome */ .bu)(trip)}`,
            ...limited((0,_round_trip_js__WEBPACK_IMPORTED_MODULE_0__/* .differences */ .tX)(trip, _inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)).map((one) => `  ${one}`),
            ...(trip.preconditions ?? []).flatMap((one) => [
                `  ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)((0,_round_trip_js__WEBPACK_IMPORTED_MODULE_0__/* .demand */ .wo)(one))}`,
                ...(one.count === undefined ? [] : [`    ${colors.dim('count:')} ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(one.count)}`]),
            ]),
            ...(trip.withoutRows.length ? [`  ${colors.dim(`no rows in: ${trip.withoutRows.map(_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8).join(', ')}`)}`] : []),
        ];
    });
}
/** As much of a list as somebody reads at a terminal. */
function limited(lines) {
    const rest = lines.length - 12;
    return rest > 1 ? [...lines.slice(0, 12), `and ${rest} more, which --format json has`] : lines;
}
function notChecked(all) {
    return (0,_by_reason_js__WEBPACK_IMPORTED_MODULE_4__/* .byReason */ .U)(all).flatMap(([why, things]) => {
        const named = things.map(({ what, at }) => `${at ? `${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(at.file)}:${at.line}: ` : ''}${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(what)}`);
        return things.length > 1
            ? [(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(why), ...named.map((each) => `  ${each}`)]
            : named.map((each) => `${each}: ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(why)}`);
    });
}
function verdict(result, colors) {
    const { icon, title, consequence } = (0,_headline_js__WEBPACK_IMPORTED_MODULE_5__/* .headline */ .Pl)(result);
    const paint = { pass: colors.green, warn: colors.yellow, block: colors.red, error: colors.red }[result.verdict];
    return `${icon} ${paint(colors.bold(title))}\n  ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(consequence)}\n  ${colors.dim(coverage(result))}`;
}
function coverage(result) {
    const { coverage, known, postgres } = result;
    const { migrations, statements, unreadable, ignored, refuted, rehearsal } = coverage;
    const rehearsed = {
        done: `rehearsed on PostgreSQL${postgres ? ` ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(postgres.version)} (${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(postgres.source)})` : ''}`,
        off: 'rehearsal turned off',
        'not-needed': 'nothing to rehearse',
        'not-done': 'not rehearsed to the end',
    }[rehearsal];
    return [
        (0,_headline_js__WEBPACK_IMPORTED_MODULE_5__/* .count */ .U9)(migrations, 'migration'),
        (0,_headline_js__WEBPACK_IMPORTED_MODULE_5__/* .count */ .U9)(statements, 'statement'),
        `${unreadable} not readable`,
        ...(ignored ? [`${(0,_headline_js__WEBPACK_IMPORTED_MODULE_5__/* .count */ .U9)(ignored, 'finding')} ignored`] : []),
        ...(refuted ? [`${(0,_headline_js__WEBPACK_IMPORTED_MODULE_5__/* .count */ .U9)(refuted, 'finding')} refuted by the server`] : []),
        ...(known?.findings ? [`${(0,_headline_js__WEBPACK_IMPORTED_MODULE_5__/* .count */ .U9)(known.findings, 'finding')} known from ${(0,_inert_js__WEBPACK_IMPORTED_MODULE_2__/* .line */ .n8)(known.file)}`] : []),
        rehearsed,
    ].join(', ');
}


/***/ }),

/***/ 7152:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ rulebook)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _lint_ignore_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5859);
/* harmony import */ var _lint_settings_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6576);
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
 * All rules, ours and the user's, as the configuration wants them; those that are off are marked.
 * @throws UserError for names and options that do not exist, and for custom rules that cannot be loaded
 */
async function rulebook({ builtIn, config, repository, commit, pages = '' }) {
    const taken = new Set(builtIn.map(({ name }) => name));
    const custom = config.customRules === undefined ? [] : await customRules(repository, config.customRules, { commit, pages, taken });
    const rules = (0,_lint_settings_js__WEBPACK_IMPORTED_MODULE_2__/* .configured */ .tw)([...builtIn, ...custom], config.rules);
    (0,_lint_ignore_js__WEBPACK_IMPORTED_MODULE_1__/* .checkIgnored */ .P)(config.ignore, rules);
    return rules;
}
async function customRules(repository, folder, { commit, ...options }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { loadCustomRules } = await __webpack_require__.e(/* import() */ 289).then(__webpack_require__.bind(__webpack_require__, 2289));
        if (commit === undefined)
            return await loadCustomRules({ files: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(repository, folder), folder, ...options });
        const { folderAt } = await __webpack_require__.e(/* import() */ 536).then(__webpack_require__.bind(__webpack_require__, 2536));
        const copy = __addDisposableResource(env_1, await folderAt(repository, commit, folder), true);
        return await loadCustomRules({ files: copy.path, folder, ...options });
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


/***/ }),

/***/ 9001:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  WT: () => (/* binding */ rehearseOptions),
  kr: () => (/* binding */ rehearsed),
  eF: () => (/* binding */ run),
  Gc: () => (/* binding */ startWhileReading)
});

// EXTERNAL MODULE: ./src/config.ts + 1 modules
var src_config = __webpack_require__(9054);
// EXTERNAL MODULE: ./src/config-rehearsal.ts
var config_rehearsal = __webpack_require__(6475);
// EXTERNAL MODULE: ./src/known-findings.ts
var known_findings = __webpack_require__(6655);
// EXTERNAL MODULE: ./src/lint/ignore.ts + 1 modules
var ignore = __webpack_require__(5859);
// EXTERNAL MODULE: ./src/lint/known.ts
var lint_known = __webpack_require__(6186);
// EXTERNAL MODULE: ./src/lint/lint.ts + 1 modules
var lint = __webpack_require__(9846);
// EXTERNAL MODULE: ./src/lint/weigh.ts + 2 modules
var weigh = __webpack_require__(8921);
// EXTERNAL MODULE: ./src/model/errors.ts
var errors = __webpack_require__(7206);
// EXTERNAL MODULE: ./src/parse-history.ts
var parse_history = __webpack_require__(1361);
// EXTERNAL MODULE: ./src/parse/parse.ts + 30 modules
var parse = __webpack_require__(9245);
// EXTERNAL MODULE: ./node_modules/picomatch/index.js
var picomatch = __webpack_require__(4006);
var picomatch_default = /*#__PURE__*/__webpack_require__.n(picomatch);
// EXTERNAL MODULE: ./src/read/changed-files.ts
var changed_files = __webpack_require__(8630);
// EXTERNAL MODULE: ./src/read/files.ts
var read_files = __webpack_require__(1119);
// EXTERNAL MODULE: ./src/read/text.ts
var read_text = __webpack_require__(7689);
;// CONCATENATED MODULE: ./src/read/queries.ts





/**
 * The files that `queries:` names, by path or glob.
 * @throws UserError for a path that no file has, and for a glob that fits none
 */
async function readQueryFiles(repository, patterns) {
    const paths = await (0,changed_files/* listFiles */.CS)(repository);
    const chosen = new Set();
    for (const pattern of patterns) {
        const isMatch = picomatch_default()(pattern.replace(/^\.\//, ''), { dot: true });
        const found = paths.filter((path) => isMatch(path));
        if (found.length === 0)
            throw new errors/* UserError */.y(`queries: no file of the repository is ${pattern}.`);
        for (const path of found)
            chosen.add(path);
    }
    const read = (0,read_files/* readerOf */.TC)(repository);
    const files = [];
    const notChecked = [];
    for (const path of chosen) {
        try {
            files.push(queryFile(path, read(path)));
        }
        catch (error) {
            if (!(error instanceof errors/* UserError */.y))
                throw error;
            const at = { file: path, line: 1, column: 1, endLine: 1 };
            notChecked.push({ what: `The queries of ${path}`, why: `${error.message}.`, at });
        }
    }
    return { files, notChecked };
}
function queryFile(path, text) {
    const records = path.endsWith('.csv') ? fromCsv(text) : path.endsWith('.json') ? fromJson(text) : undefined;
    const fragments = records ? records.map((record) => generated(path, text, record)) : [(0,read_text/* fragment */.Jo)(path, text)];
    const at = (0,read_text/* placeOf */.$t)(path, text, 0);
    return {
        isExport: records !== undefined,
        script: { direction: 'up', file: path, at, fragments, transaction: 'none' },
    };
}
function generated(file, text, { sql, offset }) {
    const { line, column } = (0,read_text/* placeOf */.$t)(file, text, offset);
    return { kind: 'sql', sql, file, anchors: [{ offset: 0, line, column, verbatim: false }] };
}
function fromJson(text) {
    let records;
    try {
        records = JSON.parse(text);
    }
    catch (cause) {
        throw new errors/* UserError */.y('it is not JSON', { cause });
    }
    if (!Array.isArray(records))
        throw new errors/* UserError */.y('it is not a list of records with a `query` each');
    let from = 0;
    return records.flatMap((record) => {
        const sql = typeof record === 'object' && record !== null && 'query' in record ? record.query : undefined;
        if (typeof sql !== 'string')
            throw new errors/* UserError */.y('it is not a list of records with a `query` each');
        // The text as it is written, where the writer escapes as JSON.stringify does.
        const offset = text.indexOf(JSON.stringify(sql), from);
        if (offset >= 0)
            from = offset + sql.length;
        return { sql, offset: Math.max(offset, 0) };
    });
}
/** https://www.rfc-editor.org/rfc/rfc4180, also with semicolons or tabs between the fields, as spreadsheets and psql write them. */
function fromCsv(text) {
    const [header, ...rows] = csvRows(text);
    const place = header?.fields.findIndex((name) => name.trim().toLowerCase() === 'query') ?? -1;
    if (place < 0)
        throw new errors/* UserError */.y('its first line names no column `query`');
    return rows.flatMap(({ fields, offset }) => {
        const sql = fields[place];
        return sql === undefined ? [] : { sql, offset };
    });
}
function csvRows(text) {
    const first = text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'));
    const separator = [',', ';', '\t'].find((each) => first.includes(each)) ?? ',';
    const field = new RegExp(`(?:"((?:[^"]|"")*)"|((?!")[^${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'y');
    const rows = [];
    let fields = [];
    let offset = 0;
    while (field.lastIndex < text.length) {
        const match = field.exec(text);
        if (!match)
            throw new errors/* UserError */.y('it is not CSV: a quote is not closed');
        const [, quoted, plain = '', end] = match;
        fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
        if (end === separator && field.lastIndex < text.length)
            continue;
        if (fields.length > 1 || fields[0] !== '')
            rows.push({ fields, offset });
        fields = [];
        offset = field.lastIndex;
    }
    return rows;
}

;// CONCATENATED MODULE: ./src/queries.ts


/** What PostgreSQL plans. */
const tried = /^[\s(]*(?:SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|VALUES|TABLE|CALL)\b/i;
/** They name nothing of a schema. */
const silent = /^\s*(?:BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|SET|RESET|SHOW|DISCARD|PREPARE|DEALLOCATE|LISTEN|UNLISTEN|NOTIFY|CLOSE|FETCH|MOVE)\b/i;
/**
 * The statements of the files that `queries:` names.
 * @throws UserError for a file that is not there
 */
async function queriesOf(repository, patterns, options) {
    if (patterns.length === 0)
        return { queries: [], notChecked: [] };
    const { files, notChecked: unread } = await readQueryFiles(repository, patterns);
    const queries = [];
    const notChecked = [...unread];
    for (const { isExport, script } of files) {
        const { statements, unreadable } = await (0,parse/* parseScript */.t)(script, options);
        for (const { reason, at } of unreadable)
            notChecked.push({
                what: `A query of ${script.file}`,
                why: `${reason}.${reason.startsWith(':') ? ` ${advice}` : ''}`,
                at,
            });
        for (const statement of statements) {
            const { sql, at } = statement;
            const why = obstacle(statement);
            if (why)
                notChecked.push({ what: `A query of ${script.file}`, why, at });
            else if (tried.test(withoutComments(sql)))
                queries.push({ sql, at });
            // Exports hold whatever was ever sent, migrations too.
            else if (!isExport && !silent.test(withoutComments(sql)))
                notChecked.push({
                    what: `A query of ${script.file}`,
                    why: 'Only what PostgreSQL plans is tried: SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES and CALL.',
                    at,
                });
        }
    }
    return { queries, notChecked };
}
/** Drivers have placeholders of their own, which the server never sees. */
function obstacle({ sql, operations }) {
    const unparsed = operations.find((op) => op.kind === 'unparsed');
    if (!unparsed)
        return undefined;
    const placeholder = /%s|%\(\w+\)s|\?/.exec(sql)?.[0];
    return placeholder === undefined
        ? `PostgreSQL cannot parse it: ${unparsed.message}.`
        : `PostgreSQL cannot parse it: ${unparsed.message}. ${placeholder} looks like a placeholder. ${advice}`;
}
const advice = 'Write $1, $2, … for what a driver fills in, as PostgreSQL does.';
function withoutComments(sql) {
    return sql.replace(/^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/, '');
}

// EXTERNAL MODULE: ./src/read/read.ts + 21 modules
var read = __webpack_require__(3803);
;// CONCATENATED MODULE: ./src/received.ts

/**
 * Reads what the server received from the first upgrade of each migration and no file shows: what a loop, a helper or a query put
 * together. Each statement stands at the first unreadable part behind the one before it, or at the beginning of the script.
 */
async function receivedIn(migrations, roundTrips, options) {
    const found = new Map();
    for (const { id, up } of migrations) {
        let line = 0;
        const sent = (roundTrips.get(id)?.watched?.statements ?? []).filter(({ direction, attempt, isOwn }) => direction === 'up' && attempt === 1 && !isOwn);
        for (const statement of sent) {
            if (statement.at) {
                line = statement.at.line;
                continue;
            }
            const at = up.unreadable.find((part) => part.at.line >= line)?.at ?? up.unreadable[0]?.at ?? up.at;
            const parsed = await received_read(statement.sql, at, options);
            const isRepeated = sent.some((other) => other !== statement && other.sql === statement.sql);
            if (parsed)
                found.set(statement, { ...parsed, repeated: isRepeated });
        }
    }
    return found;
}
/** What of a migration nobody has read: not in its files, and not on the way to the server. */
function unreadableParts(migration, trip, received) {
    const scripts = migration.down ? [migration.up, migration.down] : [migration.up];
    return scripts.flatMap((script) => 
    // That a downgrade refuses to run is a finding: nothing of it is left to check.
    script.unreadable
        .filter(({ refusal }) => refusal === undefined || script.direction === 'up')
        .filter(({ code }) => code === undefined || !isSeenToRun(script.direction, trip, received))
        .map((part) => ({
        what: `A part of ${migration.name} (${script.direction})`,
        why: `${part.reason}.`,
        at: part.at,
    })));
}
/** The statements of a migration that were read: those of its files, and of a program those that it was seen to send. */
function statementsIn({ up, down }, trip, received) {
    const isProgram = up.unreadable.some(({ code }) => code !== undefined);
    const sent = isProgram ? (trip?.watched?.statements ?? []).flatMap((statement) => received.get(statement) ?? []) : [];
    return [...up.statements, ...sent, ...(down?.statements ?? [])];
}
/** Migrations that somebody's own command runs, wrapped in transactions as it was seen to wrap them. */
function wrappedAsSeen(migrations, roundTrips) {
    return migrations.map((migration) => {
        const seen = roundTrips.get(migration.id)?.watched?.statements ?? [];
        const as = (script) => ({ ...script, transaction: wrapping(script, seen) });
        return { ...migration, up: as(migration.up), down: migration.down && as(migration.down) };
    });
}
function wrapping({ direction, transaction }, seen) {
    const all = seen.filter((each) => each.direction === direction && each.attempt === 1);
    const own = all.filter(({ isOwn }) => !isOwn);
    const [first] = own;
    if (!first)
        return transaction;
    const isBegun = all.some((each) => each.transaction === first.transaction && !each.at && /^\s*(?:BEGIN|START)\b/i.test(each.sql));
    if (isBegun)
        return 'script';
    // Several of one transaction that nobody began came in one query.
    const isOne = own.length > 1 && own.every((each) => each.transaction === first.transaction);
    return isOne && !own.some(({ sql }) => /^\s*(?:BEGIN|START)\b/i.test(sql)) ? 'query' : transaction;
}
/**
 * Whether a program did all that it does, and all that it sent was read. Of a way back it is the outcome that counts.
 * @param trip undefined: it was not run
 */
function isSeenToRun(direction, trip, received) {
    const step = trip?.steps.find((each) => each.direction === direction);
    if (step?.outcome !== 'ok' || !trip?.watched)
        return false;
    const unplaced = trip.watched.statements.filter((each) => each.direction === 'up' && each.attempt === 1 && !each.isOwn && each.at === undefined);
    return direction === 'down' || unplaced.every((statement) => received.has(statement));
}
/** @returns undefined for what holds no statement, or several */
async function received_read(sql, at, options) {
    const { statements } = await (0,parse/* parseScript */.t)({
        direction: 'up',
        file: at.file,
        at,
        fragments: [
            {
                kind: 'sql',
                sql,
                file: at.file,
                anchors: [{ offset: 0, line: at.line, column: at.column, verbatim: false }],
            },
        ],
        transaction: 'none',
    }, options);
    return statements.length === 1 ? statements[0] : undefined;
}

// EXTERNAL MODULE: ./package.json
var package_0 = __webpack_require__(8330);
// EXTERNAL MODULE: ./src/rehearse/presets.ts
var presets = __webpack_require__(2933);
;// CONCATENATED MODULE: ./src/rehearsal-options.ts



/** Less is built again in the time that taking it up from the cache takes. */
const keepAfterMs = 1_500;
/**
 * What the configuration says about how migrations are run and on what.
 * @throws UserError for `upgrade: tool` where the tool's command is not known
 */
function rehearsalOptions(config, project) {
    const { extensions, roles, settings, baseline, baselineIncludes, bookkeeping } = config;
    const commands = commandsOf(config, project);
    return {
        commands: commands && { project, commands, bookkeeping },
        beginning: { extensions, roles, dump: baseline, dumpIncludes: baselineIncludes },
        keeping: { version: package_0/* version */.rE, afterMs: keepAfterMs },
        settings,
    };
}
function commandsOf({ upgrade, downgrade }, { tool }) {
    if (upgrade === undefined) {
        if (tool === 'command')
            throw new errors/* UserError */.y("tool: command: give `upgrade:`, the program that runs its migrations, and its arguments; for plain SQL [psql, -v, ON_ERROR_STOP=1, -Xqf, '{file}'].");
        if (downgrade)
            throw new errors/* UserError */.y('downgrade: it needs an `upgrade:` of the same tool beside it.');
        return undefined;
    }
    if (tool === 'alembic')
        throw new errors/* UserError */.y('upgrade: Alembic is always run by its own command; `alembic: command:` says which.');
    if (upgrade !== 'tool')
        return { upgrade, downgrade };
    const preset = presets/* presets */.v[tool];
    if (!preset)
        throw new errors/* UserError */.y(`upgrade: there is no usual command for ${tool}; there are some for ${Object.keys(presets/* presets */.v).sort().join(', ')}. Give a program and its arguments.`);
    return { upgrade: preset.upgrade, downgrade: downgrade ?? preset.downgrade };
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./src/seeds.ts



/** The SQL of the file that `seeds:` names. @throws UserError for a file that cannot be read */
async function seedsOf(repository, file) {
    if (file === undefined)
        return undefined;
    try {
        return { file, sql: await (0,promises_.readFile)((0,external_node_path_.resolve)(repository, file), 'utf8') };
    }
    catch (error) {
        throw new errors/* UserError */.y(`seeds: ${file} cannot be read (${error.code ?? String(error)}).`, {
            cause: error,
        });
    }
}

// EXTERNAL MODULE: ./src/sizes.ts
var src_sizes = __webpack_require__(1337);
// EXTERNAL MODULE: ./src/texts.ts
var texts = __webpack_require__(6279);
// EXTERNAL MODULE: ./src/verdict.ts
var verdict = __webpack_require__(3138);
;// CONCATENATED MODULE: ./src/run.ts
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
 * The order of the whole: read, parse, lint, rehearse, judge; for each history of migrations that the change touches.
 * @throws UserError for what keeps the run from beginning (no migrations found, no base), Cancelled when `signal` aborts
 */
async function run(options) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { config, repository, signal, log } = options;
        const changed = options.all ? undefined : (options.changed ?? (await (0,changed_files/* changedFiles */.Y_)(repository, config.base)));
        const { tool, directory, base } = config;
        const found = await (0,read/* readProjects */.VH)({ repository, tool, directory, changed, base, commands: (0,config_rehearsal/* ownCommands */.hO)(config) });
        // Models may stand in any file.
        const isCompared = config.expectedSchema !== undefined && config.roundTrip !== 'off';
        const projects = found.filter((project) => !changed || isCompared || (0,read/* touches */.yI)(project, changed));
        if (projects.length === 0)
            return nothingChanged(found);
        const known = options.recordKnown ? undefined : await (0,known_findings/* openKnown */.s)(repository, config);
        const starting = __addDisposableResource(env_1, startWhileReading(options), true);
        const results = [];
        for (const project of projects) {
            const result = await judge(options, project, starting.server, known);
            results.push(projects.length > 1 ? inFolder(result, project.directory) : result);
        }
        if (signal.aborted)
            throw new errors/* Cancelled */.c('The run was ended.');
        log('Done.');
        const result = together(results);
        return result.known && known?.gone.length
            ? { ...result, known: { ...result.known, stale: [...known.gone, ...result.known.stale] } }
            : result;
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
async function judge(options, project, server, known) {
    const { config, rules, repository } = options;
    const parsed = await (0,parse_history/* parseHistory */.i)(project, config, repository);
    const { tool, hasDowngrades, lineage } = project;
    const sizes = await (0,src_sizes/* sizesOf */.g)({
        repository,
        file: config.stats,
        tables: config.tables,
        defaultSchema: config.defaultSchema,
    });
    const rehearsal = await rehearsed(options, project, parsed, server, sizes);
    const migrations = tool === 'command' ? wrappedAsSeen(parsed, rehearsal.roundTrips) : parsed;
    const history = {
        tool,
        hasDowngrades,
        major: config.postgresVersion,
        settings: config.settings,
        lineage,
        migrations,
        isOneByOne: options.all ?? false,
        sizes,
    };
    const read = (0,lint/* lint */.u8)(history, rules);
    const received = await receivedIn(migrations, rehearsal.roundTrips, { defaultSchema: config.defaultSchema });
    const models = await comparedWithModels(options, project, migrations, server, rehearsal.roundTrips);
    const judged = migrations.filter((migration) => migration.status !== 'base');
    const all = (0,weigh/* weigh */.v)(read, { ...history, migrations: models.migrations }, models.roundTrips, rules, received);
    const dropped = (0,weigh/* refuted */.i)(read, history, rehearsal.roundTrips, rules, received);
    const wasRun = (id) => rehearsal.roundTrips.get(id)?.steps.every(({ outcome }) => outcome !== 'skipped') ?? false;
    const asked = { migrations: judged, rules, wasRun };
    const accepted = (0,ignore/* withoutIgnored */.f)(all, {
        ...asked,
        texts: (0,texts/* textsOf */.C)(repository, judged, all),
        settings: config.ignore,
        refuted: dropped,
    });
    const recorded = options.recordKnown ? [...(0,lint_known/* fingerprinted */.g0)(accepted.findings, migrations).values()] : undefined;
    const parted = (0,lint_known/* withoutKnown */.O5)(accepted.findings, recorded ?? known?.entries ?? [], { ...asked, history: migrations });
    const { findings } = parted;
    const unreadable = judged.flatMap((migration) => unreadableParts(migration, rehearsal.roundTrips.get(migration.id), received));
    const notChecked = [...project.notChecked, ...unreadable, ...rehearsal.notChecked, ...models.notChecked];
    const statements = judged.flatMap((each) => statementsIn(each, rehearsal.roundTrips.get(each.id), received));
    return {
        verdict: (0,verdict/* verdict */.W)(findings, notChecked),
        tool: project.tool,
        postgres: rehearsal.postgres,
        findings,
        migrations: judged.map(({ id, name, file, status }) => ({
            id,
            name,
            file,
            isNew: status === 'new',
            roundTrip: rehearsal.roundTrips.get(id),
        })),
        coverage: {
            migrations: judged.length,
            statements: statements.length,
            unreadable: unreadable.length +
                statements.filter(({ operations }) => operations.some(({ kind }) => kind === 'unparsed')).length,
            ignored: accepted.ignored,
            refuted: dropped.length || undefined,
            rehearsal: rehearsal.state,
        },
        known: known || recorded
            ? {
                file: known?.file ?? config.knownFindings ?? src_config/* knownFile */.ex,
                findings: parted.known,
                stale: parted.stale,
                recorded,
            }
            : undefined,
        notChecked,
    };
}
/** The result of one history among several: its migrations are told apart by its folder, because two histories may both have a 001. */
function inFolder(result, folder) {
    const within = (id) => `${folder || '.'}/${id}`;
    return {
        ...result,
        findings: result.findings.map((finding) => ({ ...finding, migration: within(finding.migration) })),
        migrations: result.migrations.map((migration) => ({
            ...migration,
            id: within(migration.id),
            name: within(migration.name),
        })),
    };
}
/** What the results of several histories come to. */
function together(results) {
    const [first, ...others] = results;
    if (!first || others.length === 0)
        return first ?? nothingChanged([]);
    const findings = results.flatMap((result) => result.findings);
    const notChecked = results.flatMap((result) => result.notChecked);
    const sum = (count) => results.reduce((total, { coverage }) => total + count(coverage), 0);
    const states = results.map(({ coverage }) => coverage.rehearsal);
    return {
        verdict: (0,verdict/* verdict */.W)(findings, notChecked),
        tool: others.every(({ tool }) => tool === first.tool) ? first.tool : undefined,
        postgres: results.find(({ postgres }) => postgres)?.postgres,
        findings,
        migrations: results.flatMap((result) => result.migrations),
        coverage: {
            migrations: sum(({ migrations }) => migrations),
            statements: sum(({ statements }) => statements),
            unreadable: sum(({ unreadable }) => unreadable),
            ignored: sum(({ ignored }) => ignored),
            refuted: sum(({ refuted: dropped = 0 }) => dropped) || undefined,
            rehearsal: ['not-done', 'off', 'done'].find((state) => states.includes(state)) ?? 'not-needed',
        },
        known: first.known && {
            file: first.known.file,
            findings: results.reduce((total, { known }) => total + (known?.findings ?? 0), 0),
            stale: results.flatMap(({ known }) => known?.stale ?? []),
            recorded: first.known.recorded && results.flatMap(({ known }) => known?.recorded ?? []),
        },
        notChecked,
    };
}
/** Runs what is not on the base branch, on a server that is given. */
async function rehearsed(options, project, migrations, starting, sizes) {
    const { config, repository } = options;
    const none = { roundTrips: new Map(), postgres: undefined };
    const notDone = (why) => ({
        ...none,
        notChecked: [{ what: 'The rehearsal', why }],
        state: 'not-done',
    });
    if (!starting)
        return { ...none, notChecked: [], state: 'off' };
    if (migrations.every((migration) => migration.status === 'base'))
        return { ...none, notChecked: [], state: 'not-needed' };
    if (project.hasGaps)
        return notDone('A migration of the history could not be read, and running the others without it would build another schema.');
    const { rehearse } = await loadRehearsal();
    const how = await rehearseOptions(options, project, migrations);
    const server = await starting;
    if ('why' in server)
        return { ...none, notChecked: [server], state: 'not-done' };
    const { queries, notChecked: unasked } = await queriesOf(repository, config.queries, config);
    const { roundTrips, notChecked } = await rehearse({
        ...how,
        server,
        sizes,
        queries,
        seeds: await seedsOf(repository, config.seeds),
    });
    const postgres = { version: server.version, source: server.source };
    const left = [...notChecked, ...unasked];
    return { roundTrips, notChecked: left, postgres, state: left.length > 0 ? 'not-done' : 'done' };
}
/** Where the configuration says what the migrations are to build. */
async function comparedWithModels(options, project, migrations, starting, roundTrips) {
    const none = { migrations, roundTrips, notChecked: [] };
    const { expectedSchema: source } = options.config;
    if (source === undefined || !starting)
        return none;
    const { compareModels, wanted } = await Promise.all(/* import() */[__webpack_require__.e(849), __webpack_require__.e(15), __webpack_require__.e(374), __webpack_require__.e(560)]).then(__webpack_require__.bind(__webpack_require__, 1179));
    const server = await starting;
    if ('why' in server)
        return { ...none, notChecked: [{ what: wanted, why: server.why }] };
    if (project.hasGaps)
        return { ...none, notChecked: [{ what: wanted, why: 'A migration of the history could not be read.' }] };
    const how = await rehearseOptions(options, project, migrations);
    return await compareModels({ ...how, server, source, roundTrips });
}
/** How the migrations of a history are run. */
async function rehearseOptions({ config, repository, signal, log }, project, migrations) {
    const { alembicCommand } = await loadRehearsal();
    const { tool, directory } = project;
    const given = { repository, directory, command: config.alembic?.command, environment: process.env };
    const command = tool === 'alembic' ? await alembicCommand(given) : undefined;
    return {
        repository,
        project,
        migrations,
        alembic: command ? { command } : undefined,
        ...rehearsalOptions(config, project),
        timeoutMs: config.timeout * 1000,
        environment: passedOn(config.environment),
        signal,
        log,
    };
}
/** Starts the server beside the reading, which takes as long. It is stopped when this is disposed, however the run ends. */
function startWhileReading({ config, signal, log, }) {
    if (config.roundTrip === 'off')
        return { server: undefined, [Symbol.asyncDispose]: async () => undefined };
    const server = serverOf({
        kind: config.database,
        url: config.databaseUrl,
        major: config.postgresVersion,
        image: config.dockerImage,
        extensions: config.extensions,
        settings: config.settings,
        signal,
        log,
    }).catch((error) => ({ what: 'The rehearsal', why: `No PostgreSQL was started: ${said(error)}` }));
    return {
        server,
        async [Symbol.asyncDispose]() {
            const started = await server;
            if (!('why' in started))
                await started[Symbol.asyncDispose]();
        },
    };
}
/** Reading alone does without what the rehearsal needs, so that is loaded when it is wanted. */
async function loadRehearsal() {
    const [{ alembicCommand }, { rehearse }] = await Promise.all([
        __webpack_require__.e(/* import() */ 15).then(__webpack_require__.bind(__webpack_require__, 5015)),
        Promise.all(/* import() */[__webpack_require__.e(849), __webpack_require__.e(15), __webpack_require__.e(374)]).then(__webpack_require__.bind(__webpack_require__, 374)),
    ]);
    return { alembicCommand, rehearse };
}
async function serverOf(options) {
    const { startServer } = await Promise.all(/* import() */[__webpack_require__.e(849), __webpack_require__.e(724)]).then(__webpack_require__.bind(__webpack_require__, 724));
    return await startServer(options);
}
function nothingChanged(projects) {
    return {
        verdict: 'pass',
        tool: projects.length === 1 ? projects[0]?.tool : undefined,
        postgres: undefined,
        findings: [],
        migrations: [],
        coverage: { migrations: 0, statements: 0, unreadable: 0, ignored: 0, rehearsal: 'not-needed' },
        notChecked: [],
    };
}
function passedOn(names) {
    return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}
function said(error) {
    return error instanceof Error ? error.message : String(error);
}


/***/ }),

/***/ 1337:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ sizesOf),
/* harmony export */   z: () => (/* binding */ statsText)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7597);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7206);




const count = zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0);
/** What `migration-gate stats` writes. Sizes in bytes, by the table's name without quotes: `public.users`. */
const statsFile = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    version: zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz(1),
    /** When it was measured, ISO 8601. */
    at: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    /** The server's version: `17.5`. */
    postgres: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    tables: zod__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
        rows: count,
        heapBytes: count.optional(),
        toastBytes: count.optional(),
        indexBytes: count.optional(),
        writesPerSecond: count.optional(),
    })),
});
/**
 * The sizes of the tables in production: from the file that `stats:` names, and over it what stands in `tables:` of the configuration.
 * @param options.file from the root of the repository
 * @throws UserError for a file that cannot be read, or is none of ours
 */
async function sizesOf(options) {
    const { repository, file, tables, defaultSchema } = options;
    const sizes = new Map(file === undefined ? [] : await fromFile(repository, file));
    for (const [name, { rows, bytes }] of Object.entries(tables)) {
        const key = (name.includes('.') ? name : `${defaultSchema}.${name}`);
        sizes.set(key, { rows, heapBytes: bytes, toastBytes: undefined, indexBytes: undefined });
    }
    return sizes;
}
async function fromFile(repository, file) {
    let text;
    try {
        text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(repository, file), 'utf8');
    }
    catch (error) {
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y(`stats: ${file} cannot be read (${error.code ?? String(error)}).`, {
            cause: error,
        });
    }
    const parsed = statsFile.safeParse(asJson(text, file));
    if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y(`stats: ${file} is not what migration-gate stats writes: ${issue?.path.map(String).join('.')}: ${issue?.message}.`);
    }
    return Object.entries(parsed.data.tables).map(([name, { rows, heapBytes, toastBytes, indexBytes, writesPerSecond }]) => [
        name,
        { rows, heapBytes, toastBytes, indexBytes, writesPerSecond },
    ]);
}
function asJson(text, file) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y(`stats: ${file} is not JSON.`, { cause: error });
    }
}
/** What `stats:` reads, as text. */
function statsText(version, sizes, at) {
    return `${JSON.stringify({ version: 1, at: at.toISOString(), postgres: version, tables: Object.fromEntries(sizes) }, null, 2)}\n`;
}


/***/ }),

/***/ 6279:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ textsOf)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7206);
/* harmony import */ var _read_files_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1119);


/**
 * The texts in which a comment can ignore one of these findings, by path: those of the migrations, and of every other file in which a finding
 * stands, such as an old revision whose parent is missing. What was accepted there once is accepted with every later change.
 */
function textsOf(repository, migrations, findings) {
    const own = new Set(migrations.flatMap(({ up, down }) => [up.file, ...(down ? [down.file] : [])]));
    const others = new Set(findings.flatMap(({ at: { file } }) => (own.has(file) ? [] : file)));
    const read = (0,_read_files_js__WEBPACK_IMPORTED_MODULE_0__/* .readerOf */ .TC)(repository);
    const found = new Map([...own].map((file) => [file, read(file)]));
    for (const file of others) {
        try {
            found.set(file, read(file));
        }
        catch (error) {
            // Deleted by the change, or not text: there is no comment in it.
            if (!(error instanceof _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y))
                throw error;
        }
    }
    return found;
}


/***/ }),

/***/ 3138:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ exitCode),
/* harmony export */   W: () => (/* binding */ verdict)
/* harmony export */ });
/** Findings decide first; without a blocking one, whatever was not checked keeps the verdict from being green. */
function verdict(findings, notChecked) {
    if (findings.some((finding) => finding.severity === 'error'))
        return 'block';
    if (notChecked.length > 0)
        return 'error';
    return findings.some((finding) => finding.severity === 'warning') ? 'warn' : 'pass';
}
/**
 * 0: checked, and nothing at or above `failOn`. 1: findings at or above it. 3: something was not checked, and no finding
 * decides. `failOn: never` makes findings advice; it does not make what was not checked green.
 */
function exitCode(result, failOn) {
    const counts = failOn === 'warning' ? ['error', 'warning'] : failOn === 'error' ? ['error'] : [];
    if (result.findings.some((finding) => counts.includes(finding.severity)))
        return 1;
    return result.notChecked.length > 0 ? 3 : 0;
}


/***/ }),

/***/ 8330:
/***/ ((module) => {

module.exports = {"rE":"0.1.0"};

/***/ })

};
