import type { DataFolder } from '../data-folder';
import { functionLogFile } from '../engine-addresses';
import { openFunctionLog } from '../function-log';
import { loadHere } from '../lambda/loadable';
import { dropOpenIndex } from '../table/rebuild-open-index';
import { startTableEngine } from '../table/start-table-engine';
import type { Undo } from '../undo';
import type { Parts } from './parts';

/** Starts the parts in the calling thread. */
export async function startHere(data: DataFolder, undo: Undo): Promise<Parts> {
  const table = await undo.own(
    startTableEngine(data.inside('table'), (files) => (data.endedCleanly ? undefined : dropOpenIndex(files))),
    async ({ stop }) => {
      await stop();
      data.markCleanEnd();
    },
  );
  const log = openFunctionLog(data.inside(...functionLogFile));
  return { tableEndpoint: table.endpoint, loaderFor: () => loadHere(log) };
}
