import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

/** What CONTRIBUTING.md says of a new rule, done with the room that it shows, in a copy of the repository. */
test('a rule is one folder and two lines', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'migration-gate-test-'))
  try {
    for (const folder of ['rules', 'src', 'test']) await cp(folder, join(copy, folder), { recursive: true })
    await cp('package.json', join(copy, 'package.json'))
    await symlink(resolve('node_modules'), join(copy, 'node_modules'))
    await writeFile(join(copy, 'vitest.config.ts'), 'export default {}')

    // The room under another name, so that no two rules report the same.
    const room = join(copy, 'rules', 'my-hazard')
    await cp(join(copy, 'rules', 'explicit-lock'), room, { recursive: true })
    await rm(join(copy, 'rules', 'explicit-lock'), { recursive: true })
    for (const file of await readdir(room)) {
      const text = await readFile(join(room, file), 'utf8')
      await writeFile(join(room, file), text.replaceAll('explicit-lock', 'my-hazard'))
    }
    const index = join(copy, 'rules', 'index.ts')
    const lines = (await readFile(index, 'utf8')).split('\n').filter((line) => !/\bexplicitLock\b/.test(line))
    await writeFile(index, lines.join('\n'))
    const without = await testsOfRules(copy)
    expect(without).toEqual({ failed: ['rules/index.ts lists every folder of rules/, in order'], own: 0 })

    for (const line of ["import myHazard from './my-hazard/rule.ts'", '  myHazard,']) {
      const start = line.slice(0, line.indexOf('yHazard') - 1)
      lines.splice(
        lines.findIndex((each) => each.startsWith(start) && each > line),
        0,
        line,
      )
    }
    await writeFile(index, lines.join('\n'))
    const { failed, own } = await testsOfRules(copy)
    expect({ failed, own: own > 3 }).toEqual({ failed: [], own: true })
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
})

/** The tests that say no to the list of rules and to the new room, and how many look at the room. */
async function testsOfRules(copy: string): Promise<{ failed: string[]; own: number }> {
  const report = join(copy, 'report.json')
  const vitest = join(copy, 'node_modules', 'vitest', 'vitest.mjs')
  const names = 'rules/index.ts|two lines|my-hazard'
  const args = [vitest, 'run', 'test/rules.test.ts', '-t', names, '--reporter=json', `--outputFile=${report}`]
  // It ends with 1 where a test fails; the report says which.
  await run(process.execPath, args, { cwd: copy }).catch(() => undefined)
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as {
    testResults: { assertionResults: { status: string; title: string; fullName: string }[] }[]
  }
  const results = testResults.flatMap(({ assertionResults }) => assertionResults)
  const ran = results.filter(({ status }) => status === 'passed' || status === 'failed')
  return {
    failed: ran.flatMap(({ status, title }) => (status === 'failed' ? title : [])),
    own: ran.filter(({ fullName }) => fullName.includes('my-hazard')).length,
  }
}
