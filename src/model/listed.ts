/** The first of some names, and how many more there are: `a, b, c and 4 more`. */
export function listed(names: readonly string[], shown = 3): string {
  const rest = names.length - shown
  return rest > 0 ? `${names.slice(0, shown).join(', ')} and ${rest} more` : names.join(', ')
}
