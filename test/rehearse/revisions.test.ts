import { describe, expect, test } from 'vitest'
import type { RoundTrip } from '../../src/model/round-trip.ts'
import type { Revision } from './alembic-project.ts'
import { clean, rehearseAlembic, told } from './histories.ts'

describe('Alembic', () => {
  const base: Revision = {
    up: ["op.create_table('users', sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.String(50)))"],
    down: ["op.drop_table('users')"],
    status: 'base',
  }

  test('a clean revision on a base, and an enum type that drop_table leaves behind', async () => {
    const { roundTrips, notChecked } = await rehearseAlembic({
      a: base,
      b: {
        parents: ['a'],
        up: ["op.add_column('users', sa.Column('phone', sa.String(20)))"],
        down: ["op.drop_column('users', 'phone')"],
      },
      c: {
        parents: ['b'],
        up: [
          "op.create_table('t', sa.Column('id', sa.Integer, primary_key=True), sa.Column('s', sa.Enum('x', 'y', name='state')))",
        ],
        down: ["op.drop_table('t')"],
      },
    })
    const contract = (trip: RoundTrip | undefined) =>
      trip?.drift
        .filter((each) => each.class === 'contract')
        .map(({ kind, object, change }) => `${kind} ${object} ${change}`)
    expect([...roundTrips].map(([id, trip]) => ({ id, ...told(trip), drift: contract(trip) }))).toEqual([
      { id: 'b', ...clean, drift: [] },
      {
        id: 'c',
        steps: ['up ok', 'down ok', 'up failed 42710: type "state" already exists'],
        restored: false,
        repeatable: false,
        drift: ['enum public.state left-behind'],
        data: [],
      },
    ])
    expect(notChecked).toEqual([])
  })

  test('a merge revision and the branches under it', async () => {
    const { roundTrips, notChecked } = await rehearseAlembic({
      a: base,
      b1: {
        parents: ['a'],
        up: ["op.add_column('users', sa.Column('x', sa.Integer))"],
        down: ["op.drop_column('users', 'x')"],
      },
      b2: {
        parents: ['a'],
        up: ["op.add_column('users', sa.Column('y', sa.Integer))"],
        down: ["op.drop_column('users', 'y')"],
        status: 'base',
      },
      c: { parents: ['b1', 'b2'], up: [], down: [] },
    })
    expect([...roundTrips].map(([id, trip]) => [id, told(trip)?.steps, trip.restored, trip.repeatable])).toEqual([
      ['b1', ['up ok', 'down ok', 'up ok'], true, true],
      ['c', ['up ok', 'down ok', 'up ok'], true, true],
    ])
    expect(notChecked).toEqual([])
  })

  test('a downgrade that raises, and an upgrade that fails on some rows, which goes on without them', async () => {
    const { roundTrips, notChecked } = await rehearseAlembic({
      a: base,
      b: {
        parents: ['a'],
        up: ["op.add_column('users', sa.Column('phone', sa.String(20)))"],
        down: ["raise NotImplementedError('one way')"],
      },
      c: {
        parents: ['b'],
        up: ["op.alter_column('users', 'phone', nullable=False)"],
        down: ["op.alter_column('users', 'phone', nullable=True)"],
      },
      d: { parents: ['c'], up: [], down: [] },
    })
    expect([...roundTrips].map(([id, trip]) => [id, told(trip)?.steps])).toEqual([
      ['b', ['up ok', 'down failed undefined: NotImplementedError: one way', 'up skipped']],
      ['c', ['up ok', 'down ok', 'up ok']],
      ['d', ['up ok', 'down ok', 'up ok']],
    ])
    expect(roundTrips.get('c')?.preconditions?.map(({ kind, columns }) => [kind, columns])).toEqual([
      ['not-null', ['phone']],
    ])
    expect(notChecked).toEqual([])
  })

  test('a base that fails names its revision', async () => {
    const { notChecked } = await rehearseAlembic({
      a: base,
      b: { parents: ['a'], up: ["op.execute('SELECT 1/0')"], down: [], status: 'base' },
      c: { parents: ['b'], up: [], down: [] },
    })
    expect(notChecked).toEqual([
      {
        what: 'The rehearsal of c',
        why: 'b, which is on the base branch, fails on an empty database: division by zero (22012). Until the history can be applied from its beginning, nothing after it can be rehearsed: mend it, judge it as well with --all, or begin with a dump of the schema: `baseline:` in .migration-gate.yml.',
        at: { file: 'migrations/versions/b.py', line: 7, column: 1, endLine: 7 },
      },
    ])
  })

  test('no alembic', async () => {
    const { roundTrips, notChecked } = await rehearseAlembic(
      { a: base, b: { parents: ['a'], up: [], down: [] } },
      { alembic: undefined },
    )
    expect({ size: roundTrips.size, notChecked }).toEqual({
      size: 0,
      notChecked: [
        {
          what: 'The rehearsal of b',
          why: expect.stringMatching(/^No alembic was found: .*`alembic: command:`/),
          at: undefined,
        },
      ],
    })
  })
})
