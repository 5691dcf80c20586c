// Steps as a team writes them: tables with comments, functions and triggers, views, data, constraints in two steps, rights.

const subjects = 'account order invoice payment product customer shipment ticket message report session device'.split(
  ' ',
)
const aspects = 'history item note setting event tag rate label plan quota audit link'.split(' ')
const fields = /** @type {const} */ ([
  ['title', "varchar(200) NOT NULL DEFAULT ''"],
  ['amount', 'numeric(12, 2) NOT NULL DEFAULT 0'],
  ['quantity', 'integer NOT NULL DEFAULT 1 CHECK (quantity > 0)'],
  ['state', "text NOT NULL DEFAULT 'open'"],
  ['email', 'citext_like'],
  ['details', "jsonb NOT NULL DEFAULT '{}'::jsonb"],
  ['valid_from', 'timestamptz NOT NULL DEFAULT now()'],
  ['valid_until', 'timestamptz'],
  ['is_active', 'boolean NOT NULL DEFAULT true'],
  ['reference', 'uuid NOT NULL DEFAULT gen_random_uuid()'],
  ['position', 'smallint'],
  ['tags', "text[] NOT NULL DEFAULT '{}'"],
])
const reasons = [
  'Support asked for this in March: until now the value was kept in a spreadsheet.',
  'The nightly job reads this; see the page about imports before changing it.',
  'Old releases do not know the column, so it must keep its default until the next one is out everywhere.',
  'Runs in batches on production, because one statement would hold its locks for too long.',
]

/** @typedef {{ name: string, columns: string[] }} Table */
/** @typedef {{ i: number, table: Table, tables: Table[], random: (below: number) => number }} Moment */

/**
 * Makes the steps one after the other; each works on the tables that the steps before it made.
 * @returns {(i: number) => [string, string]} up and down of step `i`, which counts from 1
 */
export function realistic() {
  const random = generator(20)
  /** @type {Table[]} */
  const tables = []
  return (i) => {
    const kind = tables.length < 3 ? createTable : (kinds[random(kinds.length)] ?? createTable)
    const table = tables[random(tables.length)] ?? { name: '', columns: [] }
    const [up, down] = kind({ i, table, tables, random })
    return [up.trimStart(), down.trimStart()]
  }
}

/** Numbers below `limit` that look random and are the same in every run: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function generator(/** @type {number} */ seed) {
  let state = seed
  return (/** @type {number} */ limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

/** @param {Moment} moment @returns {[string, string]} */
function createTable({ i, tables, random }) {
  const name = `${subjects[random(subjects.length)]}_${aspects[random(aspects.length)]}_${i}`
  const parent = tables[random(tables.length)]
  const chosen = fields.filter(() => random(3) > 0)
  const width = Math.max(...chosen.map(([field]) => field.length), 12) + 2
  const line = (/** @type {string} */ field, /** @type {string} */ type) => `    ${field.padEnd(width)}${type}`
  const lines = [
    line('id', 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY'),
    ...(parent ? [line('parent_id', `bigint NOT NULL REFERENCES ${parent.name} (id) ON DELETE CASCADE`)] : []),
    ...chosen.map(([field, type]) => line(field, type.replace('citext_like', `text CHECK (email LIKE '%_@_%')`))),
    line('created_at', 'timestamptz NOT NULL DEFAULT now()'),
    line('updated_at', 'timestamptz'),
    `    CONSTRAINT ${name}_times CHECK (updated_at IS NULL OR updated_at >= created_at)`,
  ]
  tables.push({ name, columns: ['id', 'created_at', 'updated_at', ...chosen.map(([field]) => field)] })
  const comments = chosen.map(
    ([field]) =>
      `COMMENT ON COLUMN ${name}.${field} IS 'The ${field.replace('_', ' ')}, as the customer''s file has it.';`,
  )
  return [
    `
-- ${i}: ${name.replaceAll('_', ' ')}
--
-- ${reasons[random(reasons.length)]}
-- Reviewed by the database group; the application begins to write to it in the release after this one.

BEGIN;

CREATE TABLE ${name} (
${lines.join(',\n')}
);

${parent ? `CREATE INDEX ${name}_parent_idx ON ${name} (parent_id);\n` : ''}CREATE INDEX ${name}_recent_idx ON ${name} (created_at DESC) WHERE updated_at IS NULL;

COMMENT ON TABLE ${name} IS '${reasons[random(reasons.length)]}';
${comments.join('\n')}

GRANT SELECT, INSERT, UPDATE ON ${name} TO PUBLIC;

COMMIT;
`,
    `BEGIN;\nDROP TABLE ${name};\nCOMMIT;\n`,
  ]
}

/** @param {Moment} moment @returns {[string, string]} */
function triggerFunction({ i, table: { name }, random }) {
  return [
    `
-- Keeps updated_at of ${name} and tells those who listen.
-- ${reasons[random(reasons.length)]}
CREATE OR REPLACE FUNCTION ${name}_touched_${i}() RETURNS trigger
LANGUAGE plpgsql AS $function$
DECLARE
    changed integer := 0;
    threshold constant numeric := ${random(1000)}.5;
BEGIN
    -- An update that changes nothing is none.
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NULL;
    END IF;

    NEW.updated_at := clock_timestamp();

    SELECT count(*) INTO changed
      FROM ${name} AS other
     WHERE other.created_at > now() - interval '1 day'
       AND other.id <> NEW.id;

    IF changed > threshold THEN
        RAISE WARNING 'more than % rows of % in a day', threshold, TG_TABLE_NAME;
        PERFORM pg_notify('${name}', json_build_object('operation', TG_OP, 'id', NEW.id, 'changed', changed)::text);
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM pg_notify('${name}', NEW.id::text);
    END IF;

    RETURN NEW;
END;
$function$;

COMMENT ON FUNCTION ${name}_touched_${i}() IS 'Called by the trigger of the same name; not meant for anybody else.';

CREATE TRIGGER ${name}_touched_${i}
    BEFORE INSERT OR UPDATE ON ${name}
    FOR EACH ROW EXECUTE FUNCTION ${name}_touched_${i}();
`,
    `DROP TRIGGER ${name}_touched_${i} ON ${name};\nDROP FUNCTION ${name}_touched_${i}();\n`,
  ]
}

/** @param {Moment} moment @returns {[string, string]} */
function addColumns({ i, table: { name }, random }) {
  const added = ['score', 'source', 'archived_at', 'external_id'].slice(0, 1 + random(4)).map((each) => `${each}_${i}`)
  const types = ['integer DEFAULT 0', "text NOT NULL DEFAULT 'import'", 'timestamptz', 'bigint']
  return [
    `
-- ${reasons[random(reasons.length)]}
BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE ${name}
${added.map((column, n) => `    ADD COLUMN ${column} ${types[n]}`).join(',\n')};

${added.map((column) => `COMMENT ON COLUMN ${name}.${column} IS 'Filled from the import of the night before.';`).join('\n')}

COMMIT;
`,
    `ALTER TABLE ${name}\n${added.map((column) => `    DROP COLUMN ${column}`).join(',\n')};\n`,
  ]
}

/** @param {Moment} moment @returns {[string, string]} */
function data({ i, table: { name }, random }) {
  const rows = Array.from({ length: 5 + random(30) }, (_, n) => {
    const words = [subjects[random(subjects.length)], aspects[random(aspects.length)], i].join('.')
    return `    (${n + 1}, '${words}.${n}', 'The ${words.replaceAll('.', ' ')}, as it''s shown to customers', ${random(2) === 0})`
  })
  return [
    `
-- The permissions of this release. ${reasons[random(reasons.length)]}
CREATE TABLE permission_${i} (id integer PRIMARY KEY, code text UNIQUE NOT NULL, label text NOT NULL, is_default boolean NOT NULL);

INSERT INTO permission_${i} (id, code, label, is_default) VALUES
${rows.join(',\n')};

UPDATE ${name}
   SET updated_at = now()
 WHERE updated_at IS NULL
   AND created_at < '2024-01-01'::timestamptz
   AND EXISTS (SELECT 1 FROM permission_${i} AS p WHERE p.id = ${name}.id AND p.is_default);
`,
    `DROP TABLE permission_${i};\n`,
  ]
}

/** @param {Moment} moment @returns {[string, string]} */
function batches({ table: { name }, random }) {
  return [
    `
-- ${reasons[random(reasons.length)]}
DO $$
DECLARE
    lowest bigint := 0;
    highest bigint;
BEGIN
    SELECT coalesce(max(id), 0) INTO highest FROM ${name};
    WHILE lowest <= highest LOOP
        UPDATE ${name}
           SET updated_at = created_at
         WHERE id > lowest
           AND id <= lowest + ${1000 * (1 + random(10))}
           AND updated_at IS NULL;
        lowest := lowest + ${1000 * (1 + random(10))};
        RAISE NOTICE 'done up to %', lowest;
    END LOOP;
END
$$;
`,
    '-- Nothing to take back: the rows are as the application would have written them.\nSELECT 1;\n',
  ]
}

/** @param {Moment} moment @returns {[string, string]} */
function view({ i, table: { name, columns }, random }) {
  return [
    `
CREATE VIEW ${name}_report_${i} AS
WITH recent AS (
    SELECT ${columns.join(', ')},
           row_number() OVER (PARTITION BY date_trunc('month', created_at) ORDER BY id DESC) AS place
      FROM ${name}
     WHERE created_at > now() - interval '${1 + random(24)} months'
), totals AS (
    SELECT date_trunc('month', created_at) AS month,
           count(*) AS rows_made,
           count(*) FILTER (WHERE updated_at IS NOT NULL) AS rows_changed
      FROM ${name}
     GROUP BY 1
)
SELECT recent.id,
       recent.place,
       totals.month,
       totals.rows_made,
       CASE WHEN totals.rows_made = 0 THEN NULL
            ELSE round(100.0 * totals.rows_changed / totals.rows_made, 1)
       END AS percent_changed
  FROM recent
  LEFT JOIN totals ON totals.month = date_trunc('month', recent.created_at)
 WHERE recent.place <= ${10 + random(90)};

COMMENT ON VIEW ${name}_report_${i} IS 'Read by the monthly report. ${reasons[random(reasons.length)]}';
GRANT SELECT ON ${name}_report_${i} TO PUBLIC;
`,
    `DROP VIEW ${name}_report_${i};\n`,
  ]
}

/** @param {Moment} moment @returns {[string, string]} */
function index({ i, table: { name }, random }) {
  return [
    `-- ${reasons[random(reasons.length)]}\nCREATE INDEX CONCURRENTLY IF NOT EXISTS ${name}_${i}_idx ON ${name} (updated_at, created_at);\n`,
    `DROP INDEX CONCURRENTLY IF EXISTS ${name}_${i}_idx;\n`,
  ]
}

/** @param {Moment} moment @returns {[string, string]} */
function constraint({ i, table: { name }, random }) {
  return [
    `
BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE ${name} ADD CONSTRAINT ${name}_${i}_check CHECK (created_at > '20${10 + random(10)}-01-01' AND id < ${1 + random(9)}000000000) NOT VALID;
COMMIT;

ALTER TABLE ${name} VALIDATE CONSTRAINT ${name}_${i}_check;
`,
    `ALTER TABLE ${name} DROP CONSTRAINT ${name}_${i}_check;\n`,
  ]
}

/** @param {Moment} moment @returns {[string, string]} */
function rights({ i, table: { name } }) {
  return [
    `
CREATE TYPE level_${i} AS ENUM ('none', 'reader', 'writer', 'owner');

ALTER TABLE ${name} ADD COLUMN level_${i} level_${i} NOT NULL DEFAULT 'none';
ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;

CREATE POLICY readers_${i} ON ${name} FOR SELECT
    USING (level_${i} >= 'reader' OR current_setting('app.account', true) = id::text);
CREATE POLICY writers_${i} ON ${name} FOR UPDATE
    USING (level_${i} >= 'writer') WITH CHECK (level_${i} >= 'writer' AND id > 0);
`,
    `
DROP POLICY writers_${i} ON ${name};
DROP POLICY readers_${i} ON ${name};
ALTER TABLE ${name} DROP COLUMN level_${i};
DROP TYPE level_${i};
`,
  ]
}

/** A kind that stands here twice is twice as frequent. */
const kinds = [
  ...[createTable, createTable, createTable, createTable, createTable],
  ...[data, data, data, triggerFunction, triggerFunction, addColumns, addColumns, addColumns],
  ...[view, view, batches, index, index, constraint, rights],
]
