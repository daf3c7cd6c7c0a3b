import { plantedBugs, scopes } from './models';
import type { Fault } from './search';

/** `npm run models` searches every state of the models, and then the models with planted bugs. */
function main(): void {
  console.log('| model | scope | states | transitions | depth | seconds | result |');
  console.log('| --- | --- | ---: | ---: | ---: | ---: | --- |');
  let hasFailed = false;
  for (const { model, name, run } of scopes) {
    const began = performance.now();
    const { states, transitions, depth, fault } = run();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const figures = [states, transitions, depth].map((figure) => figure.toLocaleString('en'));
    console.log(`| ${[model, name, ...figures, seconds, fault?.sentence ?? 'holds'].join(' | ')} |`);
    hasFailed ||= fault !== undefined;
    if (fault !== undefined) tell(fault);
  }
  console.log('\nPlanted bugs:');
  for (const { model, name, run, found } of plantedBugs) {
    const { fault } = run();
    const isFound = fault !== undefined && found.test(fault.sentence);
    hasFailed ||= !isFound;
    console.log(`\n${model}, ${name}: ${isFound ? fault.sentence : 'NOT FOUND'}`);
    if (fault !== undefined) tell(fault);
  }
  process.exitCode = hasFailed ? 1 : 0;
}

function tell({ story }: Fault): void {
  story.forEach((step, index) => {
    console.log(`  ${index + 1}. ${step}`);
  });
}

main();
