import { openShell } from './deployment/shell';
import { walkFailures } from './walks/failures';
import { walkStages } from './walks/stages';
import { onMinistack } from './on-ministack';

/**
 * `npm run judge:deployments` deploys on MiniStack whatever can be deployed, as docs/deploy.md says, and lets a first
 * deployment fail.
 */
onMinistack(async (account) => {
  // Nobody is there to confirm what a deployment may do.
  const shell = openShell(Object.assign(process.env, { CDK_REQUIRE_APPROVAL: 'never' }));
  await walkFailures(shell, account);
  await walkStages(shell, account);
  return 0;
}).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
