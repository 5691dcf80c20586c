import { enabled, keys, notMember, relationKey } from './base.ts'

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
    SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_type'::regclass AND d.deptype = 'i')`

const triggers = `
  SELECT 'trigger', r.identity || '.' || quote_ident(t.tgname),
    jsonb_build_object('definition', pg_get_triggerdef(t.oid), 'enabled', ${enabled('t.tgenabled')}),
    ${keys(
      `r.kind || ' ' || r.identity`,
      `(SELECT 'trigger ' || p.tgrelid::regclass::text || '.' || quote_ident(p.tgname) FROM pg_trigger p WHERE p.oid = (to_jsonb(t)->>'tgparentid')::oid)`,
    )},
    'pg_trigger'::regclass::oid, t.oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM pg_trigger t JOIN relations r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal`

const rules = `
  SELECT 'rule', r.identity || '.' || quote_ident(w.rulename),
    jsonb_build_object('definition', pg_get_ruledef(w.oid), 'enabled', ${enabled('w.ev_enabled')}),
    ${keys(`r.kind || ' ' || r.identity`)}, 'pg_rewrite'::regclass::oid, w.oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM pg_rewrite w JOIN relations r ON r.oid = w.ev_class WHERE w.rulename <> '_RETURN'`

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
  FROM pg_policy p JOIN relations r ON r.oid = p.polrelid`

const statistics = `
  SELECT 'statistics', format('%I.%I', n.nspname, s.stxname),
    jsonb_strip_nulls(jsonb_build_object('owner', s.stxowner::regrole::text, 'definition', pg_get_statisticsobjdef(s.oid),
      'target', nullif((to_jsonb(s)->>'stxstattarget')::int, -1))),
    ${keys(relationKey('s.stxrelid'))}, 'pg_statistic_ext'::regclass::oid, s.oid, 0, NULL::aclitem[], NULL::aclitem[]
  FROM pg_statistic_ext s JOIN schemas n ON n.oid = s.stxnamespace
  WHERE s.stxrelid IN (SELECT r.oid FROM relations r)`

export const functionQueries = [functions, triggers, rules, policies, statistics]
