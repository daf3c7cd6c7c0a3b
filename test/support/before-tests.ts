import beginBuild from '../browser/begin-build';
import { offerSharedRun } from '../e2e/shared-run';
import { installMinistack } from '../judges/stack/ministack/install';

/** Jest's global setup. MiniStack is installed here if tests want it, because each worker would do it at the same time. */
export default async function beforeTests(): Promise<void> {
  if (process.env['DYNAMODB_ENGINE'] === 'ministack') installMinistack();
  beginBuild();
  await offerSharedRun();
}
