import { expect, test } from 'vitest'
import type { Fault } from '../../../src/model/lineage.ts'
import { order } from '../../../src/read/alembic/graph.ts'
import { readFile } from './reading.ts'

function versions(...files: [file: string, revision: string, ...rest: string[]][]): ReturnType<typeof readFile>[] {
  return files.map(([file, revision, down = 'None', depends = 'None', labels = 'None']) =>
    readFile(
      `revision = '${revision}'\ndown_revision = ${down}\ndepends_on = ${depends}\nbranch_labels = ${labels}\ndef upgrade(): pass\n`,
      file,
    ),
  )
}

function told(history: ReturnType<typeof order>): unknown {
  return {
    order: history.migrations.map(({ version, parents }) => `${version.revision} after ${parents.join(', ')}`),
    faults: history.faults.map((fault) => `${fault.at.file}: ${words(fault)}`),
  }
}

function words(fault: Fault): string {
  switch (fault.kind) {
    case 'duplicate':
      return `the same as ${fault.other}`
    case 'missing-parent':
      return `${fault.link} ${fault.parent}`
    case 'cycle':
      return `a cycle of ${fault.files.join(', ')}`
  }
}

test('parents come first, ties are broken by path, several heads are fine', () => {
  const files = versions(
    ['d.py', 'd', "('b', 'c')"],
    ['b.py', 'b', "'a'"],
    ['z.py', 'a'],
    ['c.py', 'c', "'a'"],
    ['e.py', 'e', "'a'"],
  )
  const expected = { order: ['a after ', 'b after a', 'c after a', 'd after b, c', 'e after a'], faults: [] }
  expect(told(order(files))).toEqual(expected)
  expect(told(order([...files].reverse()))).toEqual(expected)
})

test('depends_on names a revision, the beginning of one, or a branch', () => {
  const files = versions(
    ['1.py', 'main1', 'None', "('other', 'abcd')"],
    ['2.py', 'other1', 'None', 'None', "('other',)"],
    ['3.py', 'abcdef'],
  )
  expect(told(order(files))).toEqual({
    order: ['other1 after ', 'abcdef after ', 'main1 after other1, abcdef'],
    faults: [],
  })
})

test('missing parents, revisions claimed twice, cycles', () => {
  const files = versions(
    ['a.py', 'a', "'gone'"],
    ['b.py', 'b', 'None', "'away'"],
    ['b2.py', 'b'],
    ['c.py', 'c', "'d'"],
    ['d.py', 'd', "'c'"],
    ['e.py', 'e', "'e'"],
  )
  expect(told(order(files))).toEqual({
    order: ['a after ', 'b after '],
    faults: [
      'b2.py: the same as b.py',
      'a.py: comes after gone',
      'b.py: depends on away',
      'c.py: a cycle of c.py, d.py, e.py',
      'd.py: a cycle of c.py, d.py, e.py',
      'e.py: a cycle of c.py, d.py, e.py',
    ],
  })
})
