import type { Operation } from '../model/operation.ts'
import { kindOf, namedObject } from './objects.ts'
import { option } from './options.ts'
import type { GrantStmt, Node, RoleSpec } from './pg-query.ts'
import type { Source } from './source.ts'
import { texts } from './types.ts'

/** A role by its name, or the word that stands for one: `PUBLIC`, `CURRENT_USER`. */
export function roleName(role: RoleSpec | undefined): string {
  return role?.rolename ?? (role?.roletype ?? '').replace(/^ROLESPEC_/, '')
}

function roleNames(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => ('RoleSpec' in node ? roleName(node.RoleSpec) : []))
}

/** Undefined for what is not about privileges or roles. */
export function privilegeOperations(node: Node, source: Source): Operation[] | undefined {
  const { at, names } = source
  if ('GrantStmt' in node) return [grant(node.GrantStmt, false, source)]
  if ('AlterDefaultPrivilegesStmt' in node) {
    const { action, options } = node.AlterDefaultPrivilegesStmt
    const schemas = option(options, 'schemas')?.arg
    const allInSchemas = schemas && 'List' in schemas ? texts(schemas.List.items) : []
    return [{ ...grant(action ?? {}, true, source), allInSchemas }]
  }
  if ('GrantRoleStmt' in node) {
    const { is_grant: isGrant, granted_roles: granted, grantee_roles: roles } = node.GrantRoleStmt
    return [
      {
        kind: isGrant ? 'grant-role' : 'revoke-role',
        at,
        granted: (granted ?? []).flatMap((each) => ('AccessPriv' in each ? (each.AccessPriv.priv_name ?? []) : [])),
        roles: roleNames(roles),
      },
    ]
  }
  if ('CreateRoleStmt' in node) return [{ kind: 'create-role', at, role: node.CreateRoleStmt.role ?? '' }]
  if ('AlterRoleStmt' in node) return [{ kind: 'alter-role', at, role: roleName(node.AlterRoleStmt.role) }]
  if ('DropRoleStmt' in node) return roleNames(node.DropRoleStmt.roles).map((role) => ({ kind: 'drop-role', at, role }))
  if ('CreatePolicyStmt' in node) {
    const { table, policy_name: policy = '' } = node.CreatePolicyStmt
    return [{ kind: 'create-policy', at, table: names.relation(table), policy }]
  }
  if ('AlterPolicyStmt' in node) {
    const { table, policy_name: policy = '' } = node.AlterPolicyStmt
    return [{ kind: 'alter-policy', at, table: names.relation(table), policy }]
  }
  return undefined
}

type Grant = Extract<Operation, { kind: 'grant' | 'revoke' }>

function grant(statement: GrantStmt, future: boolean, { at, names }: Source): Grant {
  const object = kindOf(statement.objtype)
  const isAll = statement.targtype === 'ACL_TARGET_ALL_IN_SCHEMA'
  return {
    kind: statement.is_grant ? 'grant' : 'revoke',
    at,
    privileges: (statement.privileges ?? []).flatMap((node) => {
      if (!('AccessPriv' in node)) return []
      const { priv_name: name = 'all', cols } = node.AccessPriv
      return cols ? `${name} (${texts(cols).join(', ')})` : name
    }),
    object,
    names: isAll ? [] : (statement.objects ?? []).map((node) => namedObject(node, object, names).name),
    allInSchemas: isAll ? texts(statement.objects) : [],
    roles: roleNames(statement.grantees),
    grantOption: statement.grant_option ?? false,
    future,
  }
}
