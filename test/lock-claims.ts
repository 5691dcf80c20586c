/** A sentence of our pages that names a lock, and the statement that shows it. */
export interface LockClaim {
  /** The rule whose page or text it is, or the path of another page. */
  readonly page: string
  /** Words of the sentence. */
  readonly says: string
  readonly sql: string
  /** The strongest lock that the statement holds on each relation. */
  readonly takes: { readonly [relation: string]: string }
}

/** The relations of the claims. */
export const lockedSchema = `
  CREATE TABLE p (id bigint PRIMARY KEY);
  CREATE TABLE t (id bigint PRIMARY KEY, a int DEFAULT 1, b text, p_id bigint CONSTRAINT t_p REFERENCES p);
  ALTER TABLE t ADD CONSTRAINT t_a CHECK (a > 0) NOT VALID;
  ALTER TABLE t ADD CONSTRAINT t_p2 FOREIGN KEY (p_id) REFERENCES p NOT VALID;
  CREATE INDEX t_b ON t (b);
  CREATE TABLE parts (id bigint NOT NULL) PARTITION BY RANGE (id);
  CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (9);
  CREATE TABLE parts_d PARTITION OF parts DEFAULT;
  CREATE TABLE parts_2 (id bigint NOT NULL);
  CREATE INDEX parts_id ON parts (id);
  CREATE MATERIALIZED VIEW m AS SELECT id FROM t;
  CREATE UNIQUE INDEX m_id ON m (id);
  CREATE DOMAIN positive AS int CHECK (VALUE > 0);
  CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();`

const all = 'ACCESS EXCLUSIVE'
const writes = 'SHARE ROW EXCLUSIVE'
const ddl = 'SHARE UPDATE EXCLUSIVE'
const detach = 'ALTER TABLE parts DETACH PARTITION parts_1'
const setNotNull = 'ALTER TABLE t ALTER COLUMN a SET NOT NULL'

// biome-ignore format: a table
export const lockClaims: readonly LockClaim[] = [
  { page: 'blocking-check', says: '`ADD CHECK` holds', sql: 'ALTER TABLE t ADD CHECK (a > 0)', takes: { t: all } },
  { page: 'blocking-check', says: '`VALIDATE CONSTRAINT`', sql: 'ALTER TABLE t VALIDATE CONSTRAINT t_a', takes: { t: ddl } },
  { page: 'blocking-exclusion', says: 'is built under', sql: 'ALTER TABLE t ADD EXCLUDE USING btree (a WITH =)', takes: { t: all } },
  { page: 'blocking-foreign-key', says: '`ADD FOREIGN KEY` takes', sql: 'ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p', takes: { t: writes, p: writes } },
  { page: 'blocking-foreign-key', says: '`VALIDATE CONSTRAINT`', sql: 'ALTER TABLE t VALIDATE CONSTRAINT t_p2', takes: { t: ddl, p: 'ROW SHARE' } },
  { page: 'blocking-index-drop', says: 'on the table, not only on the index', sql: 'DROP INDEX t_b', takes: { t: all } },
  { page: 'blocking-index-drop', says: 'Dropping ${op.index} takes', sql: 'DROP INDEX t_b', takes: { t: all } },
  { page: 'blocking-index', says: 'A plain build', sql: 'CREATE INDEX ON t (a)', takes: { t: 'SHARE' } },
  { page: 'blocking-not-null', says: '`SET NOT NULL` holds', sql: setNotNull, takes: { t: all } },
  { page: 'blocking-not-null', says: '`VALIDATE CONSTRAINT` reads', sql: 'ALTER TABLE t VALIDATE CONSTRAINT t_a', takes: { t: ddl } },
  { page: 'blocking-partition-attach', says: '`ATTACH PARTITION` holds', sql: 'ALTER TABLE parts ATTACH PARTITION parts_2 FOR VALUES FROM (10) TO (20)', takes: { parts: ddl, parts_2: all, parts_d: all } },
  { page: 'blocking-partition-detach', says: 'Detaching is done at once', sql: detach, takes: { parts: all, parts_1: all } },
  { page: 'blocking-partition-detach', says: 'Detaching ${op.partition}', sql: detach, takes: { parts: all, parts_1: all } },
  { page: 'blocking-primary-key', says: 'builds the one', sql: 'ALTER TABLE parts_2 ADD PRIMARY KEY (id)', takes: { parts_2: all } },
  { page: 'blocking-refresh', says: 'The view is replaced', sql: 'REFRESH MATERIALIZED VIEW m', takes: { m: all } },
  { page: 'blocking-refresh', says: '`CONCURRENTLY` takes', sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY m', takes: { m: 'EXCLUSIVE' } },
  { page: 'blocking-reindex', says: '`REINDEX` holds', sql: 'REINDEX INDEX t_b', takes: { t: 'SHARE', t_b: all } },
  { page: 'blocking-reindex', says: 'REINDEX holds SHARE', sql: 'REINDEX TABLE t', takes: { t: 'SHARE', t_b: all } },
  { page: 'blocking-trigger', says: '`CREATE TRIGGER` and', sql: 'CREATE TRIGGER tr2 BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()', takes: { t: writes } },
  { page: 'blocking-trigger', says: '`CREATE TRIGGER` and', sql: 'ALTER TABLE t DISABLE TRIGGER tr', takes: { t: writes } },
  { page: 'blocking-trigger', says: '`DROP TRIGGER` takes', sql: 'DROP TRIGGER tr ON t', takes: { t: all } },
  { page: 'blocking-trigger', says: 'This takes ${done.mode}', sql: 'DROP TRIGGER tr ON t', takes: { t: all } },
  { page: 'blocking-unique', says: 'needs a unique index', sql: 'ALTER TABLE t ADD UNIQUE (a)', takes: { t: all } },
  { page: 'docs/staging.md', says: 'While a count runs', sql: 'SELECT count(*) FROM t', takes: { t: 'ACCESS SHARE' } },
  { page: 'dropped-column', says: '`DROP COLUMN` takes', sql: 'ALTER TABLE t DROP COLUMN b', takes: { t: all } },
  { page: 'dropped-table', says: '`DROP TABLE` takes', sql: 'DROP MATERIALIZED VIEW m; DROP TABLE t', takes: { t: all, p: all } },
  { page: 'explicit-lock', says: 'Without a mode', sql: 'LOCK TABLE t', takes: { t: all } },
  { page: 'explicit-lock', says: 'keep writers out', sql: 'LOCK TABLE t IN SHARE MODE', takes: { t: 'SHARE' } },
  { page: 'many-tables-locked', says: 'is held until the transaction ends', sql: `${setNotNull}; SELECT 1`, takes: { t: all } },
  { page: 'many-tables-locked', says: 'PostgreSQL held', sql: `${setNotNull}; ALTER TABLE p ADD COLUMN a int`, takes: { t: all, p: all } },
  { page: 'many-tables-locked', says: 'From here on', sql: `${setNotNull}; ALTER TABLE p ADD COLUMN a int`, takes: { t: all, p: all } },
  { page: 'parent-table-locked', says: 'To drop the key', sql: 'ALTER TABLE t DROP CONSTRAINT t_p', takes: { t: all, p: all } },
  { page: 'partitioned-table-advice', says: 'DROP INDEX without CONCURRENTLY', sql: 'DROP INDEX parts_id', takes: { parts: all, parts_1: all } },
  { page: 'renamed-column', says: 'The rename itself', sql: 'ALTER TABLE t RENAME COLUMN b TO c', takes: { t: all } },
  { page: 'renamed-table', says: 'The rename itself', sql: 'ALTER TABLE t RENAME TO u', takes: { t: all } },
  { page: 'rewriting-default', says: 'A volatile one', sql: 'ALTER TABLE t ADD COLUMN c float DEFAULT random()', takes: { t: all } },
  { page: 'rewriting-domain-column', says: 'a domain with a `CHECK`', sql: 'ALTER TABLE t ADD COLUMN c positive', takes: { t: all } },
  { page: 'rewriting-generated-column', says: 'Each row gets', sql: 'ALTER TABLE t ADD COLUMN c bigserial', takes: { t: all } },
  { page: 'rewriting-storage-change', says: '`SET LOGGED`', sql: 'ALTER TABLE t SET UNLOGGED', takes: { t: all } },
  { page: 'rewriting-storage-change', says: '`SET LOGGED`', sql: 'CLUSTER t USING t_pkey', takes: { t: all } },
  { page: 'rewriting-storage-change', says: 'copies ${', sql: 'ALTER TABLE t SET UNLOGGED', takes: { t: all } },
  { page: 'rewriting-type-change', says: '`ALTER COLUMN … TYPE`', sql: 'ALTER TABLE t ALTER COLUMN a TYPE bigint', takes: { t: all } },
  { page: 'slow-work-under-lock', says: 'Most forms of `ALTER TABLE`', sql: 'ALTER TABLE t ADD COLUMN c int', takes: { t: all } },
  { page: 'slow-work-under-lock', says: 'While this ${rows}', sql: "ALTER TABLE t ADD COLUMN c int; UPDATE t SET b = ''", takes: { t: all } },
  { page: 'truncated-table', says: 'It takes', sql: 'TRUNCATE t', takes: { t: all } },
  { page: 'validated-in-same-transaction', says: 'but its lock', sql: 'ALTER TABLE t ADD CHECK (a > 1) NOT VALID', takes: { t: all } },
  { page: 'validated-in-same-transaction', says: 'but its lock', sql: 'ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p NOT VALID', takes: { t: writes, p: writes } },
  { page: 'validated-in-same-transaction', says: 'it still holds the', sql: 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 1) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c', takes: { t: all } },
  { page: 'validated-in-same-transaction', says: 'it still holds the', sql: 'ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (p_id) REFERENCES p NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c', takes: { t: writes, p: writes } },
]
