import { parseArgs } from 'node:util';
import { writeParts } from '../generated';
import { attacks } from './attacks/attacks';
import { legalUsdADay } from './cost/bounds';
import { unitCosts, type UnitCosts } from './cost/unit-costs';
import { playAttack } from './play-attack';
import { openQuietTenant } from './quiet-tenant';
import { abuseParts } from './report/abuse-parts';
import { figuresOf, type Figures } from './report/figures';
import { judgeCost, judgeTime } from './report/verdict';
import { startStack } from './stack/start-stack';

/**
 * `npm run abuse [-- --json | --write | --only <name>,<name>]` plays attacks against the local run beside a quiet tenant, and
 * exits with 1 if a target is missed without a reason that docs/proof.md states.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, write: { type: 'boolean' }, only: { type: 'string' } },
  });
  const names = values.only?.split(',');
  const chosen = attacks.filter(({ name }) => names?.includes(name) ?? true);
  if (chosen.length === 0) throw new Error(`The attacks are ${attacks.map(({ name }) => name).join(', ')}.`);
  const usd = await unitCosts();
  const all = await playAll(chosen, usd);
  const parts = abuseParts(all, usd, new Date());
  if (values.write) writeParts(parts);
  console.log(values.json ? JSON.stringify(asJson(all, usd), null, 2) : parts.map(({ text }) => text).join('\n\n'));
  const legal = legalUsdADay(usd);
  if (all.some((figures) => judgeTime(figures) === 'NO' || judgeCost(figures, legal) === 'NO')) process.exitCode = 1;
}

async function playAll(chosen: typeof attacks, usd: UnitCosts): Promise<Figures[]> {
  const stack = await startStack();
  try {
    const quiet = await openQuietTenant(stack);
    const all: Figures[] = [];
    for (const attack of chosen) {
      const figures = figuresOf(attack, await playAttack(stack, quiet, attack), usd);
      all.push(figures);
      const { median, p99, bareP99, machine, busy, quietFailed } = figures;
      const measured = [median, p99, bareP99, machine, busy].map((value) => value.toFixed(1)).join(' · ');
      process.stderr.write(`${attack.name}: ${measured} ${JSON.stringify(quietFailed)}\n`);
    }
    return all;
  } finally {
    await stack.stop();
  }
}

function asJson(all: readonly Figures[], usd: UnitCosts): object {
  const legal = legalUsdADay(usd);
  return {
    usd_per_million: Object.fromEntries(Object.entries(usd).map(([name, one]) => [name, one * 1e6])),
    legal_usd_a_day: legal,
    attacks: all.map(({ attack, ...figures }) => ({
      name: attack.name,
      what: attack.what,
      ...figures,
      time_holds: judgeTime(figures),
      cost_holds: judgeCost({ attack, ...figures }, legal),
    })),
  };
}

void main();
