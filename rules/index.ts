import type { Rule } from '../src/model/rule.ts'
import ambiguousOverload from './ambiguous-overload/rule.ts'
import arbiterIndexLost from './arbiter-index-lost/rule.ts'
import blockingCheck from './blocking-check/rule.ts'
import blockingExclusion from './blocking-exclusion/rule.ts'
import blockingForeignKey from './blocking-foreign-key/rule.ts'
import blockingIndex from './blocking-index/rule.ts'
import blockingIndexDrop from './blocking-index-drop/rule.ts'
import blockingNotNull from './blocking-not-null/rule.ts'
import blockingPartitionAttach from './blocking-partition-attach/rule.ts'
import blockingPartitionDetach from './blocking-partition-detach/rule.ts'
import blockingPrimaryKey from './blocking-primary-key/rule.ts'
import blockingRefresh from './blocking-refresh/rule.ts'
import blockingReindex from './blocking-reindex/rule.ts'
import blockingTrigger from './blocking-trigger/rule.ts'
import blockingUnique from './blocking-unique/rule.ts'
import broadGrant from './broad-grant/rule.ts'
import brokenSql from './broken-sql/rule.ts'
import brokenTransaction from './broken-transaction/rule.ts'
import cachedPlanChange from './cached-plan-change/rule.ts'
import charType from './char-type/rule.ts'
import circularHistory from './circular-history/rule.ts'
import concurrentlyInTransaction from './concurrently-in-transaction/rule.ts'
import dataDependentUpgrade from './data-dependent-upgrade/rule.ts'
import dataLostOnDowngrade from './data-lost-on-downgrade/rule.ts'
import deletedMigration from './deleted-migration/rule.ts'
import disabledProtection from './disabled-protection/rule.ts'
import downgradeDropsWhatWasThere from './downgrade-drops-what-was-there/rule.ts'
import dropCascade from './drop-cascade/rule.ts'
import droppedColumn from './dropped-column/rule.ts'
import droppedNotNull from './dropped-not-null/rule.ts'
import droppedObject from './dropped-object/rule.ts'
import droppedTable from './dropped-table/rule.ts'
import duplicateRevision from './duplicate-revision/rule.ts'
import editedMigration from './edited-migration/rule.ts'
import emptyDowngrade from './empty-downgrade/rule.ts'
import enumValueUsedTooEarly from './enum-value-used-too-early/rule.ts'
import explicitLock from './explicit-lock/rule.ts'
import failingDowngrade from './failing-downgrade/rule.ts'
import failingUpgrade from './failing-upgrade/rule.ts'
import foreignKeyWithoutIndex from './foreign-key-without-index/rule.ts'
import hiddenSql from './hidden-sql/rule.ts'
import incompleteDowngrade from './incomplete-downgrade/rule.ts'
import indexOnUnboundedText from './index-on-unbounded-text/rule.ts'
import invalidIndexLeftBehind from './invalid-index-left-behind/rule.ts'
import irreversibleDrop from './irreversible-drop/rule.ts'
import jsonType from './json-type/rule.ts'
import longBlocking from './long-blocking/rule.ts'
import lostGrants from './lost-grants/rule.ts'
import manyTablesLocked from './many-tables-locked/rule.ts'
import missingDowngrade from './missing-downgrade/rule.ts'
import missingParent from './missing-parent/rule.ts'
import modelsOutOfStep from './models-out-of-step/rule.ts'
import moneyType from './money-type/rule.ts'
import narrowedType from './narrowed-type/rule.ts'
import noLockTimeout from './no-lock-timeout/rule.ts'
import notNullWithoutBackfill from './not-null-without-backfill/rule.ts'
import notValidCheckBlocksUpdates from './not-valid-check-blocks-updates/rule.ts'
import oldCodeBreaks from './old-code-breaks/rule.ts'
import outOfOrderMigration from './out-of-order-migration/rule.ts'
import parentTableLocked from './parent-table-locked/rule.ts'
import partitionedTableAdvice from './partitioned-table-advice/rule.ts'
import pseudoBatchedUpdate from './pseudo-batched-update/rule.ts'
import redundantIndex from './redundant-index/rule.ts'
import refusedDowngrade from './refused-downgrade/rule.ts'
import renamedColumn from './renamed-column/rule.ts'
import renamedEnumValue from './renamed-enum-value/rule.ts'
import renamedMigration from './renamed-migration/rule.ts'
import renamedObject from './renamed-object/rule.ts'
import renamedTable from './renamed-table/rule.ts'
import requiredColumnWithoutDefault from './required-column-without-default/rule.ts'
import rewritingDefault from './rewriting-default/rule.ts'
import rewritingDomainColumn from './rewriting-domain-column/rule.ts'
import rewritingGeneratedColumn from './rewriting-generated-column/rule.ts'
import rewritingStorageChange from './rewriting-storage-change/rule.ts'
import rewritingTypeChange from './rewriting-type-change/rule.ts'
import serverSideProgram from './server-side-program/rule.ts'
import sessionSettingLeak from './session-setting-leak/rule.ts'
import severalHeads from './several-heads/rule.ts'
import slowWorkUnderLock from './slow-work-under-lock/rule.ts'
import smallKey from './small-key/rule.ts'
import staleIndexFunction from './stale-index-function/rule.ts'
import tableWithoutPrimaryKey from './table-without-primary-key/rule.ts'
import timeoutKillsConcurrentBuild from './timeout-kills-concurrent-build/rule.ts'
import transactionAcrossRevisions from './transaction-across-revisions/rule.ts'
import truncatedIdentifier from './truncated-identifier/rule.ts'
import truncatedTable from './truncated-table/rule.ts'
import unbatchedDelete from './unbatched-delete/rule.ts'
import unbatchedUpdate from './unbatched-update/rule.ts'
import unfilteredUpdate from './unfiltered-update/rule.ts'
import unloggedTable from './unlogged-table/rule.ts'
import unrecordedVersion from './unrecorded-version/rule.ts'
import unsafeSecurityDefiner from './unsafe-security-definer/rule.ts'
import unsetSequence from './unset-sequence/rule.ts'
import unusedIgnore from './unused-ignore/rule.ts'
import upgradeNotRepeatable from './upgrade-not-repeatable/rule.ts'
import uselessLockTimeout from './useless-lock-timeout/rule.ts'
import vagueName from './vague-name/rule.ts'
import validatedInSameTransaction from './validated-in-same-transaction/rule.ts'
import zonelessTimestamp from './zoneless-timestamp/rule.ts'

/** Every rule, by name. A folder that is missing here fails test/rules.test.ts. */
export const rules: readonly Rule[] = [
  ambiguousOverload,
  arbiterIndexLost,
  blockingCheck,
  blockingExclusion,
  blockingForeignKey,
  blockingIndex,
  blockingIndexDrop,
  blockingNotNull,
  blockingPartitionAttach,
  blockingPartitionDetach,
  blockingPrimaryKey,
  blockingRefresh,
  blockingReindex,
  blockingTrigger,
  blockingUnique,
  broadGrant,
  brokenSql,
  brokenTransaction,
  cachedPlanChange,
  charType,
  circularHistory,
  concurrentlyInTransaction,
  dataDependentUpgrade,
  dataLostOnDowngrade,
  deletedMigration,
  disabledProtection,
  downgradeDropsWhatWasThere,
  dropCascade,
  droppedColumn,
  droppedNotNull,
  droppedObject,
  droppedTable,
  duplicateRevision,
  editedMigration,
  emptyDowngrade,
  enumValueUsedTooEarly,
  explicitLock,
  failingDowngrade,
  failingUpgrade,
  foreignKeyWithoutIndex,
  hiddenSql,
  incompleteDowngrade,
  indexOnUnboundedText,
  invalidIndexLeftBehind,
  irreversibleDrop,
  jsonType,
  longBlocking,
  lostGrants,
  manyTablesLocked,
  missingDowngrade,
  missingParent,
  modelsOutOfStep,
  moneyType,
  narrowedType,
  noLockTimeout,
  notNullWithoutBackfill,
  notValidCheckBlocksUpdates,
  oldCodeBreaks,
  outOfOrderMigration,
  parentTableLocked,
  partitionedTableAdvice,
  pseudoBatchedUpdate,
  redundantIndex,
  refusedDowngrade,
  renamedColumn,
  renamedEnumValue,
  renamedMigration,
  renamedObject,
  renamedTable,
  requiredColumnWithoutDefault,
  rewritingDefault,
  rewritingDomainColumn,
  rewritingGeneratedColumn,
  rewritingStorageChange,
  rewritingTypeChange,
  serverSideProgram,
  sessionSettingLeak,
  severalHeads,
  slowWorkUnderLock,
  smallKey,
  staleIndexFunction,
  tableWithoutPrimaryKey,
  timeoutKillsConcurrentBuild,
  transactionAcrossRevisions,
  truncatedIdentifier,
  truncatedTable,
  unbatchedDelete,
  unbatchedUpdate,
  unfilteredUpdate,
  unloggedTable,
  unrecordedVersion,
  unsafeSecurityDefiner,
  unsetSequence,
  unusedIgnore,
  upgradeNotRepeatable,
  uselessLockTimeout,
  vagueName,
  validatedInSameTransaction,
  zonelessTimestamp,
]
