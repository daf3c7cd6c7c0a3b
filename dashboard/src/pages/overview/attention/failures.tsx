import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Overview } from '../../../../../functions/domain/run/overview/view';
import { Go } from '../../../parts/go';
import { plural } from '../../../parts/plural';
import { fixOf } from '../../../run/error-fix';
import { useSession } from '../../../session/session';
import { runsAddress } from '../addresses';
import type { AttentionLine } from './line';

type Failures = Overview['failures'][number];

/** The failed runs, by what failed. */
export function failureLines({ failures, window }: Pick<Overview, 'failures' | 'window'>): AttentionLine[] {
  return failures.map((of) => ({ id: of.code, content: <Failed of={of} window={window} /> }));
}

function Failed({ of: { code, count }, window }: { of: Failures; window: Overview['window'] }) {
  const { mayManage, mayAuthor } = useSession();
  return (
    <>
      <StatusIndicator type="error">
        <Go to={runsAddress(window, 'failed', code)}>{`${plural(count, 'run')} failed: ${code}`}</Go>
      </StatusIndicator>
      {mayManage && (
        <Box variant="small" display="block">
          {fixOf(code, mayAuthor)}
        </Box>
      )}
    </>
  );
}
