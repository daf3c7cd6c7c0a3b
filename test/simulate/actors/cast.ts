import type { Choices } from '../schedule/choices';
import type { Scene } from './scene';
import { acts, type Theme } from './themes';

const fewest = 3;
const most = 8;
const mostActs = 3;
/** How often there are more actors than the fewest, and how often one acts once more. */
const more = { actors: 0.3, acts: 0.4 } as const;

/** Sends out three to eight actors, each with a few acts. @returns a promise for each that resolves when it is done */
export function sendOut(scene: Scene, theme: Theme, choices: Choices): Promise<void>[] {
  const count = fewest + choices.rarely(more.actors, most - fewest);
  return Array.from({ length: count }, (_, index) => act(scene, theme, choices, `actor ${index + 1}`));
}

async function act(scene: Scene, theme: Theme, choices: Choices, who: string): Promise<void> {
  const { world } = scene.system;
  for (let acted = 0; acted < mostActs; acted += 1) {
    if (acted > 0 && choices.rarely(more.acts, 1) === 0) return;
    // Zero is to do nothing.
    const name = theme.acts[choices.among(theme.acts.length + 1) - 1];
    await world.sleep((theme.pauses[choices.among(theme.pauses.length)] ?? 0) * 1000);
    if (name !== undefined) await acts[name](scene, who);
  }
}
