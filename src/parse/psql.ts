/** Meta-commands that do not change which SQL psql sends: https://www.postgresql.org/docs/current/app-psql.html */
export function isOutputOnly(line: string): boolean {
  return (
    /^\\(?:a|C|echo|encoding|f|H|pset|qecho|restrict|t|T|timing|unrestrict|warn|x)(?:\s|$)/.test(line) ||
    /^\\set\s+(?:AUTOCOMMIT\s+on|ECHO|ECHO_HIDDEN|HISTCONTROL|HISTSIZE|ON_ERROR_STOP|QUIET|SHOW_CONTEXT|VERBOSITY)(?:\s|$)/.test(
      line,
    )
  )
}
