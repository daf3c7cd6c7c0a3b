import type { DataFolder } from '../data-folder';
import { functionLogFile } from '../engine-addresses';
import { callersIn } from '../lambda/caller-of';
import { startFunctionThreads } from '../lambda/in-threads';
import { startTableInThread } from '../table/start-in-thread';
import { bundleThreads } from '../thread/bundle-threads';
import type { OnCrash } from '../thread/start-thread';
import type { Undo } from '../undo';
import type { Parts } from './parts';

/** Starts the parts in threads of their own, so that they use every core of a small machine. */
export async function startInThreads(
  projectFolder: string,
  data: DataFolder,
  onCrash: OnCrash,
  undo: Undo,
): Promise<Parts> {
  const fileOf = await bundleThreads(projectFolder);
  const functions = startFunctionThreads(fileOf('lambda'), data.inside(...functionLogFile), onCrash);
  undo.add(() => functions.stop());
  const table = await undo.own(
    startTableInThread(fileOf('table'), data.inside('table'), !data.endedCleanly, onCrash),
    async ({ stop }) => {
      await stop();
      data.markCleanEnd();
    },
  );
  await functions.wire(table.endpoint, table.openWire);
  return { tableEndpoint: table.endpoint, loaderFor: (stack) => functions.loadBy(callersIn(stack)) };
}
