import type { Outcome } from '../services/receiver';
import type { Act } from './scene';

/** What happens by itself: schedules come round, machines break, receivers answer as they like. */
export const machineryActs = {
  'a pass of recovery': ({ system }) => system.recover(),
  'two passes of recovery at once': ({ system }) => Promise.all([system.recover(), system.recover()]),
  'the nightly comparison': ({ system }) => system.reconcile(),
  'executions are lost': ({ system }) => {
    system.world.note('fault', 'Step Functions', 'loses every execution');
    return system.loseExecutions();
  },
  'executions go on twice': async ({ system }) => {
    system.world.note('fault', 'Step Functions', 'performs every Express execution twice');
    system.doubleExecutions();
  },
  'a receiver fails': answering(() => 500),
  'a receiver is gone': answering(() => 410),
  'a receiver asks to wait': answering(() => 429),
  'a receiver is silent': answering(() => 'is silent'),
  'a receiver hangs up': answering(() => 'hangs up'),
  'a receiver is back': answering(() => 200),
  'a receiver fails now and then': (scene, who) =>
    answering(() => (scene.system.world.choices.rarely(0.5, 1) === 0 ? 200 : 500))(scene, who),
} satisfies Readonly<Record<string, Act>>;

function answering(outcome: () => Outcome): Act {
  return async ({ system }) => {
    const path = ['/acme/hook', '/acme/watch', '/acme/moved'][system.world.choices.among(3)]!;
    system.answerWith(path, outcome);
    system.world.note('act', 'the receiver', `at ${path} answers from now on: ${outcome()}`);
  };
}
