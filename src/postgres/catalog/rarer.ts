import { grants, notMember } from './base.ts'

const none = 'NULL::aclitem[], NULL::aclitem[]'
const alone = `'{}'::text[]`

const schemas = `
  SELECT 'schema', quote_ident(n.nspname), jsonb_build_object('owner', n.nspowner::regrole::text), ${alone},
    'pg_namespace'::regclass::oid, n.oid, 0, n.nspacl, acldefault('n', n.nspowner)
  FROM schemas n`

const extensions = `
  SELECT 'extension', quote_ident(e.extname),
    jsonb_strip_nulls(jsonb_build_object('version', e.extversion, 'schema', e.extnamespace::regnamespace::text,
      'tables', (SELECT jsonb_agg(x::regclass::text ORDER BY x::regclass::text COLLATE "C") FROM unnest(e.extconfig) x))),
    ${alone}, 'pg_extension'::regclass::oid, e.oid, 0, ${none}
  FROM pg_extension e`

/** \`collversion\` is the library's, not the schema's. */
const collations = `
  SELECT 'collation', format('%I.%I', n.nspname, c.collname),
    jsonb_strip_nulls(to_jsonb(c) - ARRAY['oid', 'collname', 'collnamespace', 'collowner', 'collversion']
      || jsonb_build_object('owner', c.collowner::regrole::text)),
    ${alone}, 'pg_collation'::regclass::oid, c.oid, 0, ${none}
  FROM pg_collation c JOIN schemas n ON n.oid = c.collnamespace WHERE ${notMember('pg_collation', 'c.oid')}`

const conversions = `
  SELECT 'conversion', format('%I.%I', n.nspname, c.conname),
    jsonb_build_object('owner', c.conowner::regrole::text, 'function', c.conproc::text, 'from', pg_encoding_to_char(c.conforencoding),
      'to', pg_encoding_to_char(c.contoencoding), 'default', c.condefault),
    ${alone}, 'pg_conversion'::regclass::oid, c.oid, 0, ${none}
  FROM pg_conversion c JOIN schemas n ON n.oid = c.connamespace WHERE ${notMember('pg_conversion', 'c.oid')}`

const operators = `
  SELECT 'operator', o.oid::regoperator::text,
    jsonb_strip_nulls(jsonb_build_object('owner', o.oprowner::regrole::text, 'function', nullif(o.oprcode, 0)::regproc::text,
      'commutator', nullif(o.oprcom, 0)::regoperator::text, 'negator', nullif(o.oprnegate, 0)::regoperator::text,
      'restrict', nullif(o.oprrest, 0)::regproc::text, 'join', nullif(o.oprjoin, 0)::regproc::text, 'merges', o.oprcanmerge, 'hashes', o.oprcanhash)),
    ${alone}, 'pg_operator'::regclass::oid, o.oid, 0, ${none}
  FROM pg_operator o JOIN schemas n ON n.oid = o.oprnamespace WHERE ${notMember('pg_operator', 'o.oid')}`

const operatorFamilies = `
  SELECT 'operator family', format('%I.%I USING %I', n.nspname, f.opfname, a.amname),
    jsonb_strip_nulls(jsonb_build_object('owner', f.opfowner::regrole::text,
      'operators', (SELECT jsonb_agg(x.line ORDER BY x.line COLLATE "C") FROM (
        SELECT format('%s %s', o.amopstrategy, o.amopopr::regoperator) AS line FROM pg_amop o WHERE o.amopfamily = f.oid) x),
      'functions', (SELECT jsonb_agg(x.line ORDER BY x.line COLLATE "C") FROM (
        SELECT format('%s (%s, %s) %s', p.amprocnum, p.amproclefttype::regtype, p.amprocrighttype::regtype, p.amproc::regprocedure) AS line
        FROM pg_amproc p WHERE p.amprocfamily = f.oid) x))),
    ${alone}, 'pg_opfamily'::regclass::oid, f.oid, 0, ${none}
  FROM pg_opfamily f JOIN schemas n ON n.oid = f.opfnamespace JOIN pg_am a ON a.oid = f.opfmethod WHERE ${notMember('pg_opfamily', 'f.oid')}`

const operatorClasses = `
  SELECT 'operator class', format('%I.%I USING %I', n.nspname, c.opcname, a.amname),
    jsonb_strip_nulls(jsonb_build_object('owner', c.opcowner::regrole::text, 'type', c.opcintype::regtype::text, 'default', c.opcdefault,
      'storage', nullif(c.opckeytype, 0)::regtype::text,
      'family', (SELECT format('%I.%I', m.nspname, f.opfname) FROM pg_opfamily f JOIN pg_namespace m ON m.oid = f.opfnamespace WHERE f.oid = c.opcfamily))),
    ${alone}, 'pg_opclass'::regclass::oid, c.oid, 0, ${none}
  FROM pg_opclass c JOIN schemas n ON n.oid = c.opcnamespace JOIN pg_am a ON a.oid = c.opcmethod WHERE ${notMember('pg_opclass', 'c.oid')}`

/** Casts, languages, wrappers and access methods have no schema; those with an oid below 16384 came with PostgreSQL. A range type makes one cast itself. */
const casts = `
  SELECT 'cast', format('%s AS %s', c.castsource::regtype, c.casttarget::regtype),
    jsonb_strip_nulls(jsonb_build_object('function', nullif(c.castfunc, 0)::regprocedure::text,
      'context', CASE c.castcontext WHEN 'e' THEN 'explicit' WHEN 'a' THEN 'assignment' ELSE 'implicit' END, 'method', c.castmethod)),
    ${alone}, 'pg_cast'::regclass::oid, c.oid, 0, ${none}
  FROM pg_cast c WHERE c.oid >= 16384 AND ${notMember('pg_cast', 'c.oid')} AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_type'::regclass AND d.deptype = 'i')`

const transforms = `
  SELECT 'transform', format('%s LANGUAGE %I', f.trftype::regtype, l.lanname),
    jsonb_strip_nulls(jsonb_build_object('from', nullif(f.trffromsql, 0)::regproc::text, 'to', nullif(f.trftosql, 0)::regproc::text)),
    ${alone}, 'pg_transform'::regclass::oid, f.oid, 0, ${none}
  FROM pg_transform f JOIN pg_language l ON l.oid = f.trflang WHERE f.oid >= 16384 AND ${notMember('pg_transform', 'f.oid')}`

const languages = `
  SELECT 'language', quote_ident(l.lanname),
    jsonb_strip_nulls(jsonb_build_object('owner', l.lanowner::regrole::text, 'trusted', l.lanpltrusted,
      'handler', nullif(l.lanplcallfoid, 0)::regproc::text, 'inline', nullif(l.laninline, 0)::regproc::text,
      'validator', nullif(l.lanvalidator, 0)::regproc::text)),
    ${alone}, 'pg_language'::regclass::oid, l.oid, 0, l.lanacl, acldefault('l', l.lanowner)
  FROM pg_language l WHERE l.oid >= 16384 AND ${notMember('pg_language', 'l.oid')}`

const accessMethods = `
  SELECT 'access method', quote_ident(a.amname), jsonb_build_object('handler', a.amhandler::text, 'type', a.amtype), ${alone},
    'pg_am'::regclass::oid, a.oid, 0, ${none}
  FROM pg_am a WHERE a.oid >= 16384 AND ${notMember('pg_am', 'a.oid')}`

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
  FROM pg_ts_template t JOIN schemas n ON n.oid = t.tmplnamespace WHERE ${notMember('pg_ts_template', 't.oid')}`

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
  FROM pg_user_mappings u`

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
  FROM pg_subscription s WHERE s.subdbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())`

const eventTriggers = `
  SELECT 'event trigger', quote_ident(e.evtname),
    jsonb_strip_nulls(jsonb_build_object('owner', e.evtowner::regrole::text, 'event', e.evtevent, 'function', e.evtfoid::regproc::text,
      'enabled', e.evtenabled, 'tags', to_jsonb(e.evttags))),
    ${alone}, 'pg_event_trigger'::regclass::oid, e.oid, 0, ${none}
  FROM pg_event_trigger e WHERE ${notMember('pg_event_trigger', 'e.oid')}`

const defaultPrivileges = `
  SELECT 'default privileges',
    concat_ws(' ', d.defaclrole::regrole::text, 'IN ' || nullif(d.defaclnamespace, 0)::regnamespace::text, 'ON',
      CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES'
        WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END),
    ${grants('d.defaclacl')}, ${alone}, 0::oid, 0::oid, 0, ${none}
  FROM pg_default_acl d`

/** ALTER DATABASE … SET, and ALTER ROLE … IN DATABASE … SET. */
const settings = `
  SELECT 'settings', CASE s.setrole WHEN 0 THEN 'this database' ELSE s.setrole::regrole::text END,
    jsonb_build_object('values', to_jsonb(s.setconfig)), ${alone}, 0::oid, 0::oid, 0, ${none}
  FROM pg_db_role_setting s WHERE s.setdatabase = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())`

export const rarerQueries = [
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
]
