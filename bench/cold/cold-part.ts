import { ratioRow, type Row, type Target } from '../measure/row';
import { takeTurns } from '../measure/take-turns';
import { requireSameRequests } from '../world/require-same-requests';
import { startWorld } from '../world/start-world';
import { firstCalls } from './first-calls';
import { startCold, type ColdSample } from './start-cold';
import { functionNames, type FunctionName } from '../../functions/contract/functions';

/** The target of mcp-server is higher, because its baseline does not contain the MCP SDK, which is most of the rest. */
const targets: Partial<Record<FunctionName, Target>> = { 'rest-api': { atMost: 1.25 }, 'mcp-server': { atMost: 2 } };
const defaultTarget: Target = { atMost: 1.25 };

/** Measures import and first call of each function in a fresh process, against a bare handler with the same clients. */
export async function coldPart(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of functionNames) rows.push(...(await coldRows(name)));
  return rows;
}

async function coldRows(name: FunctionName): Promise<Row[]> {
  const world = await startWorld();
  try {
    const nextEvent = await firstCalls[name](world);
    const subjects = [world.product(name), world.baseline(name), world.baseline(name, 'as ours')];
    await requireSameRequests(world, name, subjects, nextEvent);
    const [ours = [], plain = [], alike = []] = await takeTurns(
      subjects.map((subject) => async () => startCold(subject, await nextEvent())),
    );
    const importOf = ({ importMs }: ColdSample) => importMs;
    const sumOf = ({ importMs, callMs }: ColdSample) => importMs + callMs;
    const target = targets[name] ?? defaultTarget;
    const row = (facts: { what: string; target?: Target }, baseline: string, from: ColdSample[], of = sumOf) =>
      ratioRow({ unit: 'ms', ...facts }, ours.map(of), { name: baseline, samples: from.map(of) });
    return [
      row({ what: `${name}: import` }, 'bare', plain, importOf),
      row({ what: `${name}: import and first call`, target }, 'bare', plain),
      row({ what: `${name}: import and first call` }, 'bare, bundled as ours', alike),
    ];
  } finally {
    await world.stop();
  }
}
