import type { Finding } from '../model/finding.ts'
import type { RoundTrip } from '../model/round-trip.ts'
import type { Rule } from '../model/rule.ts'
import type { ParsedProject } from './history.ts'
import { lint, observe } from './lint.ts'
import { merge } from './merge.ts'
import { amongReceived, asReceived, type Received } from './received.ts'
import { witnessed } from './witness.ts'

/**
 * What was read, weighed against what the server did: confirmed, refuted, or as it was; with what the rules saw besides, and with what
 * they read in statements that only the server received. In order.
 */
export function weigh(
  read: readonly Finding[],
  project: ParsedProject,
  roundTrips: ReadonlyMap<string, RoundTrip>,
  rules: readonly Rule[],
  received: Received = new Map(),
): Finding[] {
  const { held } = heldAgainst(read, project, roundTrips, rules, received)
  return merge(held, observe(project, roundTrips, rules, received), project, rules)
}

/** Of what was read, that which the server was seen not to bear out: `weigh` leaves it out. */
export function refuted(
  read: readonly Finding[],
  project: ParsedProject,
  roundTrips: ReadonlyMap<string, RoundTrip>,
  rules: readonly Rule[],
  received: Received = new Map(),
): Finding[] {
  return heldAgainst(read, project, roundTrips, rules, received).refuted
}

function heldAgainst(
  read: readonly Finding[],
  project: ParsedProject,
  roundTrips: ReadonlyMap<string, RoundTrip>,
  rules: readonly Rule[],
  received: Received,
): ReturnType<typeof witnessed> {
  const late =
    received.size === 0 ? [] : amongReceived(lint(asReceived(project, roundTrips, received), rules), received)
  const anew = late.filter((each) => !read.some(({ rule, message }) => rule === each.rule && message === each.message))
  return witnessed([...read, ...anew], project.migrations, roundTrips, rules, received)
}
