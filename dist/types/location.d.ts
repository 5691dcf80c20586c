/** A place in a file of the user's repository. Lines and columns start at 1, as editors and GitHub count them. */
export interface Location {
    /** Path from the root of the repository, with forward slashes. */
    readonly file: string;
    readonly line: number;
    /** In UTF-16 code units, as JavaScript and the language server protocol count. */
    readonly column: number;
    readonly endLine: number;
}
