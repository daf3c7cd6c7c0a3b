import type { Choices } from '../schedule/choices';
import { callersActs } from './callers';
import { machineryActs } from './machinery';
import { managersActs } from './managers';
import { operatorsActs } from './operators';
import type { Act, Scene } from './scene';

const roles: readonly { readonly name: string; readonly acts: readonly Act[] }[] = [
  { name: 'caller', acts: Object.values(callersActs) },
  { name: 'manager', acts: Object.values(managersActs) },
  { name: 'operator', acts: Object.values(operatorsActs) },
  { name: 'machinery', acts: Object.values(machineryActs) },
];

const fewest = 3;
const most = 8;
/** How often there are more than the fewest, and how often one acts once more. */
const moreActors = 0.25;
const moreActs = 0.4;
const mostActs = 3;
/** Seconds before an act. Recovery finds what is overdue only after a minute or more. */
const pauses = [0, 1, 5, 25, 70, 130, 400] as const;

/** Half of the actors are callers; the others share the rest. */
const shares = [0, 0, 0, 0, 3, 3, 1, 1, 2] as const;

/** Sends out three to eight actors, each with a few acts. @returns a promise for each that resolves when it is done */
export function sendOut(scene: Scene, choices: Choices): Promise<void>[] {
  const count = fewest + choices.rarely(moreActors, most - fewest);
  return Array.from({ length: count }, (_, index) => {
    const role = roles[shares[choices.among(shares.length)]!]!;
    return act(scene, choices, role.acts, `${role.name} ${index + 1}`);
  });
}

async function act(scene: Scene, choices: Choices, acts: readonly Act[], who: string): Promise<void> {
  const { world } = scene.system;
  for (let acted = 0; acted < mostActs; acted += 1) {
    if (acted > 0 && choices.rarely(moreActs, 1) === 0) return;
    // Zero is to do nothing.
    const chosen = choices.among(acts.length + 1);
    await world.sleep(pauses[choices.among(pauses.length)]! * 1000);
    if (chosen > 0) await acts[chosen - 1]!(scene, who);
  }
}
