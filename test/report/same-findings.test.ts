import picocolors from 'picocolors'
import type { Log } from 'sarif'
import { describe, expect, test } from 'vitest'
import type { Result } from '../../src/model/result.ts'
import { annotations } from '../../src/report/annotations.ts'
import { gitlab } from '../../src/report/gitlab.ts'
import { html } from '../../src/report/html.ts'
import { json } from '../../src/report/json.ts'
import { junit } from '../../src/report/junit.ts'
import { commentBytes, markdown, summaryBytes } from '../../src/report/markdown.ts'
import { readJson } from '../../src/report/read-json.ts'
import { sarif } from '../../src/report/sarif.ts'
import { terminal } from '../../src/report/terminal.ts'
import { blocked, clean, large, noMigrations, notChecked, warned } from './results.ts'

const about = { version: '0.1.0' }

/** `rule file:line` of every finding that a report holds, found in its text and not in what it was made from. */
const readers: { readonly [format: string]: (result: Result) => string[] } = {
  markdown: (result) => inMarkdown(markdown(result, about)),
  comment: (result) => inMarkdown(markdown(result, about, commentBytes)),
  summary: (result) => inMarkdown(markdown(result, about, summaryBytes)),
  'the comment of another run': (result) =>
    inMarkdown(markdown(readJson(json(result), ['https://github.com/migration-gate/']), about, commentBytes)),
  html: (result) =>
    matches(
      html(result, about),
      /<h3><span class="badge \w+">(?:error|warning|note)<\/span> <a [^>]*>(?<rule>[^<]*)<\/a><\/h3>\n<p><code>(?<file>[^<]*):(?<line>\d+)<\/code>/g,
    ),
  terminal: (result) =>
    matches(
      terminal(result, picocolors.createColors(false)),
      /^(?<file>\S+):(?<line>\d+):\d+ {2}(?:error|warning|info) {2}(?<rule>\S+)/gm,
    ),
  // Warnings and errors are failures, notes are output.
  junit: (result) => [
    ...matches(junit(result), /<failure type="(?<rule>[^"]*)" message="[^"]*">(?<file>[^:\n]*):(?<line>\d+)\n/g),
    ...matches(junit(result), /info: (?<rule>[a-z-]+)\n(?<file>[^:\n]*):(?<line>\d+)\n/g),
  ],
  annotations: (result) =>
    annotations(result, Number.POSITIVE_INFINITY)
      .shown.filter(({ title }) => title !== 'not checked')
      .map(({ title, at }) => `${title} ${at?.file}:${at?.line}`),
  json: (result) =>
    (
      JSON.parse(json(result)) as { findings: { rule: string; location: { file: string; line: number } }[] }
    ).findings.map(({ rule, location }) => `${rule} ${location.file}:${location.line}`),
  sarif: (result) =>
    ((JSON.parse(sarif(result, [], about)) as Log).runs[0]?.results ?? []).map(({ ruleId, locations }) => {
      const place = locations?.[0]?.physicalLocation
      return `${ruleId} ${decodeURIComponent(place?.artifactLocation?.uri ?? '')}:${place?.region?.startLine}`
    }),
  gitlab: (result) =>
    (JSON.parse(gitlab(result)) as { check_name: string; location: { path: string; lines: { begin: number } } }[])
      .filter(({ check_name }) => check_name !== 'not-checked')
      .map(({ check_name, location }) => `${check_name} ${location.path}:${location.lines.begin}`),
}

function inMarkdown(text: string): string[] {
  return matches(text, /<summary>\S+ <b>(?<rule>[^<]*)<\/b> in <code>(?<file>[^<]*):(?<line>\d+)<\/code>/g)
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(({ groups }) => `${groups?.rule} ${groups?.file}:${groups?.line}`)
}

describe.each(Object.entries(readers))('%s', (_format, findingsOf) => {
  const results = { noMigrations, clean, warned, blocked, notChecked, many: large(15) }

  test.each(Object.entries(results))('%s: the findings of the result, each once', (_name, result) => {
    expect(findingsOf(result).sort()).toEqual(
      result.findings.map(({ rule, at }) => `${rule} ${at.file}:${at.line}`).sort(),
    )
  })
})
