/** A file that differs between the base branch and the work tree. A rename is a deletion and an addition. */
export interface ChangedFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string
  readonly status: 'added' | 'modified' | 'deleted'
}
