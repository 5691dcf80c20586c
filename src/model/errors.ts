/** Something that the user can mend: what is wrong, where, and what to do. Shown without a stack; exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

/** The run was ended from outside: Ctrl-C, or the runner's cancel. Exit code 3. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}
