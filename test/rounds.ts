/** Gives whole numbers from 0 up to, not including, `below`. */
export type Random = (below: number) => number

/** The same numbers for the same seed, in every run: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function generator(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/**
 * Runs a test with random data many times. What a round throws is told with the seed and the round. `SEED=7 npx vitest run …` takes
 * another seed than the one that is given, which is the same in every run.
 */
export async function rounds(
  options: { readonly seed: number; readonly count: number },
  run: (random: Random, round: number) => Promise<void>,
): Promise<void> {
  const seed = Number(process.env.SEED ?? options.seed)
  const random = generator(seed)
  for (let round = 0; round < options.count; round++) {
    try {
      await run(random, round)
    } catch (cause) {
      throw new Error(`In round ${round} with seed ${seed}: ${cause instanceof Error ? cause.message : cause}`, {
        cause,
      })
    }
  }
}

/**
 * The milliseconds of CPU time that something takes: other processes do not make it longer. Throws, with the data, from a second on.
 */
export async function withinASecond<T>(data: unknown, run: () => T | Promise<T>): Promise<T> {
  const before = process.cpuUsage()
  const result = await run()
  const { user, system } = process.cpuUsage(before)
  const ms = (user + system) / 1000
  if (ms > 1000) throw new Error(`${ms} ms of CPU time for ${JSON.stringify(data)}`)
  return result
}
