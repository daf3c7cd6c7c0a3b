import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Spinner from '@cloudscape-design/components/spinner';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import type { RunPreview } from '../../../functions/domain/run/preview-run';
import { problemOf } from '../api/api-error';
import { useApi } from '../api/use-api';
import { seconds } from '../parts/duration';
import { Go } from '../parts/go';
import { number, plural } from '../parts/plural';
import { Reasons } from '../parts/refusal';
import { localAndUtc } from '../parts/time';
import { RecipeWarnings } from '../workflow/recipe-warnings';
import { typedInputsText } from './typed-inputs';

/** Shows what a run would do, from a dry run, and how many runs are left today. A dry run does not count. */
export function Preview({ workflowId }: { workflowId: number }) {
  const call = useApi();
  const { data, error } = useQuery({
    queryKey: ['preview', workflowId],
    queryFn: ({ signal }) => call('POST workflows/{id}/runs?dry_run=true', { id: workflowId, body: {}, signal }),
    // Never cached, because the number of runs left may have changed since.
    gcTime: 0,
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
  if (error !== null) return <PreviewProblem error={error} />;
  if (data === undefined) {
    return (
      <Box color="text-status-inactive">
        <Spinner /> Checking what this run would do
      </Box>
    );
  }
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Steps', value: number(data.steps_total) },
          { label: 'Total wait', value: seconds(data.total_delay_seconds) },
          { label: 'Runs left today', value: <RunsLeft usage={data.usage} /> },
        ]}
      />
      <RecipeWarnings warnings={data.warnings ?? []} />
      <WebhookEvents steps={data.webhook_steps} />
    </SpaceBetween>
  );
}

function RunsLeft({ usage: { cap, remaining, resets_at: resetsAt } }: Pick<RunPreview, 'usage'>) {
  if (cap === null || remaining === null) return 'Unlimited';
  if (remaining > 0) return `${number(remaining)} of ${number(cap)}`;
  return (
    <>
      <StatusIndicator type="warning">None of {number(cap)}</StatusIndicator>
      <Box variant="small" display="block">
        until {localAndUtc(resetsAt)}
      </Box>
    </>
  );
}

function WebhookEvents({ steps }: { steps: RunPreview['webhook_steps'] }) {
  if (steps.length === 0) return null;
  const unmatched = steps.filter(({ matched_endpoints: matched }) => matched === 0);
  return (
    <SpaceBetween size="s">
      <SpaceBetween size="xxs">
        <Box variant="awsui-key-label">Webhook events</Box>
        {steps.map(({ index, event, matched_endpoints: matched, typed_inputs: typed }) => (
          <div key={index}>
            <StatusIndicator type={matched === 0 ? 'warning' : 'success'}>
              Step {index + 1}: {event} goes to {plural(matched, 'endpoint')}
            </StatusIndicator>
            {typed.length > 0 && (
              <Box variant="small" display="block">
                {typedInputsText(typed)}
              </Box>
            )}
          </div>
        ))}
      </SpaceBetween>
      {unmatched.length > 0 && (
        <Alert type="warning" header="No endpoint is subscribed">
          No active endpoint subscribes to {unmatched.map(({ event }) => event).join(', ')}; the run would succeed with{' '}
          <Box variant="code">matched_endpoints: 0</Box>.{' '}
          <Go to={`/webhook-endpoints?register=${encodeURIComponent(unmatched[0]?.event ?? '')}`}>
            Register an endpoint
          </Go>
        </Alert>
      )}
    </SpaceBetween>
  );
}

/** A recipe stored before a rule existed can be run, but the run fails. This says so before the run is started. */
function PreviewProblem({ error }: { error: unknown }) {
  const problem = problemOf(error);
  const { code } = problem;
  const isRecipe = ['recipe_too_large', 'step_type_not_allowed', 'invalid_recipe'].includes(code);
  return (
    <Alert type="warning" header={isRecipe ? `This run would fail with ${code}` : 'The preview could not be loaded'}>
      <Reasons problem={problem} />
    </Alert>
  );
}
