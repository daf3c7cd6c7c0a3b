/** Fewer say nothing about a median on a machine that does other things too. */
const rounds = 15;

/**
 * Lets each of them take a sample in every round, every other round in the opposite order, so that whatever else the
 * machine does meets all alike. A round before the first is thrown away.
 *
 * @returns the samples of each, in its place
 */
export async function takeTurns<Sample>(samplers: readonly (() => Promise<Sample>)[]): Promise<Sample[][]> {
  const taken = samplers.map((sample): { sample: typeof sample; samples: Sample[] } => ({ sample, samples: [] }));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { sample, samples } of round % 2 === 0 ? taken : taken.toReversed()) {
      const value = await sample();
      if (round > 0) samples.push(value);
    }
  }
  return taken.map(({ samples }) => samples);
}
