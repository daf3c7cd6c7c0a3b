import type { Story } from '../command/messages';
import { seededRandom } from '../random';
import { runSchedule } from '../run-schedule';
import { randomChoices, replayedChoices } from '../schedule/choices';
import type { Told } from '../schedule/told';
import { shrink } from './shrink';

/** Plays the schedule of a seed again, shrinks it if it breaks a promise and that is asked for, and tells what happens in it. */
export async function tellStory(seed: number, mayShrink: boolean): Promise<Story> {
  const first = await runSchedule(randomChoices(seededRandom(seed)));
  const [failure] = first.broken;
  let [decisions, tried] = [first.choices, 0];
  if (mayShrink && failure !== undefined) {
    const stillBreaks = async (candidate: readonly number[]) => {
      const { broken, choices } = await runSchedule(replayedChoices(candidate));
      return broken.some(({ promise }) => promise === failure.promise) ? choices : undefined;
    };
    ({ decisions, tried } = await shrink(decisions, stillBreaks));
  }
  const events: Told[] = [];
  const { broken } = await runSchedule(replayedChoices(decisions), { tell: (told) => void events.push(told) });
  return { broken, events, tried };
}
