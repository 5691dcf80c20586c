import { grants } from './base.ts'

const key = `o.kind || ' ' || o.identity`

/** Comments, security labels and privileges of every object that the other queries found, as objects of their own. */
const comments = `
  SELECT 'comment', ${key}, jsonb_build_object('comment', d.description), ARRAY[${key}]
  FROM objects o JOIN pg_description d ON d.classoid = o.classid AND d.objoid = o.objid AND d.objsubid = o.objsubid`

const labels = `
  SELECT 'security label', ${key} || ' FOR ' || l.provider, jsonb_build_object('label', l.label), ARRAY[${key}]
  FROM objects o JOIN pg_seclabel l ON l.classoid = o.classid AND l.objoid = o.objid AND l.objsubid = o.objsubid`

/** Only where they differ from those that a new object has: GRANT and REVOKE leave a list that says the same as none. */
const privileges = `
  SELECT 'privileges', ${key}, ${grants('o.acl')}, ARRAY[${key}]
  FROM objects o WHERE o.acl IS NOT NULL AND ${grants('o.acl')} <> ${grants('o.default_acl')}`

export const factQueries = [comments, labels, privileges]
