/** With fewer rounds the median is not reliable on a machine that also does other work. */
const rounds = 15;

/**
 * Takes one sample of each sampler in every round, and reverses the order in every other round, so that other work of
 * the machine affects all of them alike. A warm-up round before the first is discarded.
 *
 * @returns the samples of each sampler, in the order of the samplers
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
