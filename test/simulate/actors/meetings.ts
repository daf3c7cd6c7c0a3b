import { callersActs } from './callers';
import { machineryActs } from './machinery';
import { managersActs } from './managers';
import { operatorsActs } from './operators';
import type { Act } from './scene';

/** Acts that meet: each of the two is common, and both at one moment would be rare. */
export const meetings = {
  'trigger during a pass of recovery': together(callersActs.trigger, machineryActs['a pass of recovery']),
  'cancel during a pass of recovery': together(callersActs.cancel, machineryActs['a pass of recovery']),
  'trigger while the plan is taken away': together(callersActs.trigger, operatorsActs['put on starter']),
  /** If the first request dies, both others find its key left behind. */
  'use a key, and a minute later twice at once': async (scene, who) => {
    const use = () =>
      scene.system.request('rest-api', who, 'acme', 'POST', '/api/v1/workflows/1/runs', {
        ...scene.by('acme', 'pat'),
        headers: { 'idempotency-key': 'key-1' },
      });
    await use();
    await scene.system.world.sleep(61_000);
    await Promise.all([use(), use()]);
  },
  'two people send a delivery again': together(
    managersActs['send a delivery again'],
    managersActs['send a delivery again'],
  ),
  'trigger and cancel at once': async (scene, who) => {
    await callersActs.trigger(scene, who);
    await callersActs.cancel(scene, who);
  },
  'trigger, and lose the execution': async (scene, who) => {
    await callersActs.trigger(scene, who);
    await machineryActs['executions are lost'](scene);
  },
  'trigger, and lose the execution at the hand-over': async (scene, who) => {
    await callersActs.trigger(scene, who);
    await scene.system.world.sleep(180_000);
    await machineryActs['executions are lost'](scene);
  },
  'trigger, and have the execution go on twice': async (scene, who) => {
    await callersActs.trigger(scene, who);
    await scene.system.world.sleep(10_000);
    await machineryActs['executions go on twice'](scene);
  },
  'trigger, and cancel at the hand-over': async (scene, who) => {
    await callersActs.trigger(scene, who);
    await scene.system.world.sleep(180_000);
    await callersActs.cancel(scene, who);
  },
  'trigger, and manage the endpoint meanwhile': async (scene, who) => {
    await callersActs.trigger(scene, who);
    const changes = [managersActs['disable an endpoint'], managersActs['move an endpoint']] as const;
    await changes[scene.system.world.choices.among(changes.length)]?.(scene, who);
  },
} satisfies Readonly<Record<string, Act>>;

function together(...acts: readonly Act[]): Act {
  return (scene, who) => Promise.all(acts.map((act) => act(scene, who)));
}
