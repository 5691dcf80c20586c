import type { Base, Operation } from './operation.ts';
/** Operations on the session that runs the script, on its transaction and its settings. */
export type SessionOperation = Base & 
/** SET, RESET and `set_config` with constants. `value`: undefined for RESET and SET TO DEFAULT. `setting`: `all` for RESET ALL. */
({
    readonly kind: 'set';
    readonly setting: string;
    readonly value: string | undefined;
    readonly scope: 'session' | 'local';
}
/** For every session to come: ALTER SYSTEM, ALTER DATABASE … SET, ALTER ROLE … SET. */
 | {
    readonly kind: 'set-for-later';
    readonly on: 'system' | 'database' | 'role';
    readonly setting: string;
}
/** Undefined constraints: ALL. */
 | {
    readonly kind: 'set-constraints';
    readonly constraints: readonly string[] | undefined;
    readonly deferred: boolean;
} | {
    readonly kind: 'prepare';
    readonly name: string;
    readonly body: readonly Operation[];
} | {
    readonly kind: 'execute';
    readonly name: string;
}
/** BEGIN, COMMIT, ROLLBACK in the script itself, or COMMIT and ROLLBACK in code. `begin` also for START TRANSACTION. */
 | {
    readonly kind: 'transaction-control';
    readonly action: 'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'rollback-to' | 'prepare';
    readonly savepoint?: string | undefined;
});
