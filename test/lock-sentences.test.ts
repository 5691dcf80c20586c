import { expect, test } from 'vitest'
import { lockClaims } from './lock-claims.ts'
import { lockSentences } from './lock-sentences.ts'

// What the claims say is looked at on servers by test/majors.test.ts.

test('every sentence that names a lock has its proof, and every proof its sentence', () => {
  const sentences = lockSentences()
  const proofs = sentences.map(({ page, text, modes }) => {
    const claims = lockClaims.filter(
      (claim) => (page === claim.page || page.startsWith(`rules/${claim.page}/`)) && text.includes(claim.says),
    )
    const proven = new Set(claims.flatMap(({ takes }) => Object.values(takes)))
    return { claims, text, modes, proven: [...proven].sort() }
  })
  expect(proofs.map(({ text, proven }) => ({ text, modes: proven }))).toEqual(
    sentences.map(({ text, modes }) => ({ text, modes })),
  )
  const used = new Set(proofs.flatMap(({ claims }) => claims))
  expect(lockClaims.filter((claim) => !used.has(claim))).toEqual([])
})
