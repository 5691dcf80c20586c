import type { Location } from '../model/location.ts'
import { pathInUrl } from './inert.ts'

/** What a report says about itself. */
export interface About {
  /** The version of migration-gate. */
  readonly version: string
  /** Where the report can link to; undefined outside of GitHub. */
  readonly links?: Links | undefined
  /** The result is what another run has said, in which code of the pull request ran. */
  readonly isFromElsewhere?: true
}

export interface Links {
  /** `https://github.com/owner/name` */
  readonly repository: string
  /** The commit that was judged, all 40 digits: a link to a branch would soon show other lines. */
  readonly sha: string
  /** The page of the workflow run. */
  readonly run: string
}

/** Longer addresses are refused by some browsers and servers, and fill a comment that has no room for them. */
const linkLimit = 2000

/** A link to the lines at the judged commit, or to the whole file. Undefined where there is none to give. */
export function permalink(
  links: Links | undefined,
  at: { readonly file: string } & Partial<Location>,
): string | undefined {
  if (!links) return undefined
  const lines = at.line ? `#L${at.line}${at.endLine && at.endLine > at.line ? `-L${at.endLine}` : ''}` : ''
  const link = `${links.repository}/blob/${links.sha}/${pathInUrl(at.file)}${lines}`
  return link.length > linkLimit ? undefined : link
}
