import type { Rule } from '../src/model/rule.ts'
import blockingIndex from './blocking-index/rule.ts'
import brokenSql from './broken-sql/rule.ts'
import dataLostOnDowngrade from './data-lost-on-downgrade/rule.ts'
import emptyDowngrade from './empty-downgrade/rule.ts'
import failingDowngrade from './failing-downgrade/rule.ts'
import failingUpgrade from './failing-upgrade/rule.ts'
import incompleteDowngrade from './incomplete-downgrade/rule.ts'
import missingDowngrade from './missing-downgrade/rule.ts'
import notNullWithoutBackfill from './not-null-without-backfill/rule.ts'
import requiredColumnWithoutDefault from './required-column-without-default/rule.ts'
import unbatchedUpdate from './unbatched-update/rule.ts'
import upgradeNotRepeatable from './upgrade-not-repeatable/rule.ts'

/** Every rule, by name. A folder that is missing here fails test/rules.test.ts. */
export const rules: readonly Rule[] = [
  blockingIndex,
  brokenSql,
  dataLostOnDowngrade,
  emptyDowngrade,
  failingDowngrade,
  failingUpgrade,
  incompleteDowngrade,
  missingDowngrade,
  notNullWithoutBackfill,
  requiredColumnWithoutDefault,
  unbatchedUpdate,
  upgradeNotRepeatable,
]
