import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

/** Who may import whom, besides itself. Files that stand in src/ itself are the entry points and see everything. */
const mayImport: { readonly [folder: string]: readonly string[] } = {
  'src/model': [],
  'src/read': ['src/model'],
  'src/parse': ['src/model'],
  'src/lint': ['src/model'],
  'src/postgres': ['src/model'],
  'src/tap': ['src/model', 'src/postgres'],
  'src/rehearse': ['src/model', 'src/postgres', 'src/tap'],
  'src/staging': ['src/model', 'src/postgres', 'src/tap', 'src/rehearse'],
  'src/report': ['src/model'],
  'src/github': ['src/model'],
  'src/init': ['src/model'],
  'src/explain': ['src/model'],
  'src/custom-rules': ['src/model'],
  'rules/*': ['src/model'],
  rules: ['src/model', 'rules/*'],
}

/** Where something foreign stops. What is not here may be imported by any file of src/. */
const mayBeImportedBy: { readonly [dependency: string]: string } = {
  'libpg-query': 'src/parse/pg-query.ts',
  pg: 'src/postgres/',
  testcontainers: 'src/postgres/',
  '@lezer/python': 'src/read/alembic/',
  '@lezer/common': 'src/read/alembic/',
  '@actions/github': 'src/github/',
  commander: 'src/cli.ts',
}

const files = ['src', 'rules'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(root, file)),
)

test('there are files to look at', () => {
  expect(new Set(files.map(folderOf).filter((folder) => folder !== 'src'))).toEqual(new Set(Object.keys(mayImport)))
})

test('CONTRIBUTING.md shows the way to each of them', () => {
  const way = /^## The way through the house$([\s\S]*?)^## /m.exec(readFileSync('CONTRIBUTING.md', 'utf8'))?.[1]
  const shown = [...(way ?? '').matchAll(/^ {6}([a-z-]+)\/ /gm)].map(([, name]) => `src/${name}`)
  expect(shown.sort()).toEqual(
    Object.keys(mayImport)
      .filter((folder) => folder.startsWith('src/'))
      .sort(),
  )
})

describe.each(files)('%s', (file) => {
  const imports = importsOf(readFileSync(file, 'utf8'))

  test('imports only what its folder may', () => {
    const folder = folderOf(file)
    const wrong = imports
      .filter((name) => name.startsWith('.'))
      .map((name) => join(dirname(file), name))
      .filter((to) => folder !== 'src' && !isOwn(file, to) && !mayImport[folder]?.includes(folderOf(to)))
    expect(wrong).toEqual([])
  })

  test('keeps foreign things where they belong', () => {
    const packages = imports.filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
    const wrong = packages.filter((name) => {
      if (file.startsWith('rules/') || file.startsWith('src/model/')) return true
      const place = Object.entries(mayBeImportedBy).find(([dependency]) => isPart(name, dependency))?.[1]
      return place !== undefined && !file.startsWith(place)
    })
    expect(wrong).toEqual([])
  })
})

/** Static imports, re-exports, and import() of a constant. */
function importsOf(text: string): string[] {
  return ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName)
}

function isPart(name: string, dependency: string): boolean {
  return name === dependency || name.startsWith(`${dependency}/`)
}

function isOwn(file: string, to: string): boolean {
  return folderOf(file) === folderOf(to) && (!file.startsWith('rules/') || dirname(file) === dirname(to))
}

/** The room of a file: `src/parse`, `src` for what stands there itself, and one name for all rooms of rules. */
function folderOf(file: string): string {
  const [top = '', room = '', more] = file.split('/')
  if (top === 'rules') return more === undefined ? 'rules' : 'rules/*'
  return more === undefined ? top : `${top}/${room}`
}
