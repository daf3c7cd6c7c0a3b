import type { Choices } from '../schedule/choices';
import type { Scene } from './scene';
import { acts, type Theme } from './themes';

const fewest = 3;
const most = 8;
const mostActs = 3;
/**
 * How often there are more actors than the fewest, and how often one acts once more. Most schedules are short, because
 * what breaks a promise is mostly few acts that meet, and in the time of a long schedule two short ones are played.
 */
const more = { short: { actors: 0.05, acts: 0.05 }, long: { actors: 0.3, acts: 0.4 } } as const;
const longShare = 0.1;

/** Sends out three to eight actors, each with a few acts. @returns a promise for each that resolves when it is done */
export function sendOut(scene: Scene, theme: Theme, choices: Choices): Promise<void>[] {
  const { actors, acts: again } = choices.rarely(longShare, 1) === 0 ? more.short : more.long;
  const count = fewest + choices.rarely(actors, most - fewest);
  return Array.from({ length: count }, (_, index) => act(scene, theme, again, `actor ${index + 1}`));
}

async function act(scene: Scene, theme: Theme, again: number, who: string): Promise<void> {
  const { world } = scene.system;
  const { choices } = world;
  for (let acted = 0; acted < mostActs; acted += 1) {
    if (acted > 0 && choices.rarely(again, 1) === 0) return;
    // Zero is to do nothing.
    const name = theme.acts[choices.among(theme.acts.length + 1) - 1];
    await world.sleep((theme.pauses[choices.among(theme.pauses.length)] ?? 0) * 1000);
    if (name !== undefined) await acts[name](scene, who);
  }
}
