import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Spinner from '@cloudscape-design/components/spinner';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { problemOf } from '../../api/api-error';
import type { Preview } from '../../api/routes';
import { seconds } from '../../parts/duration';
import { Go } from '../../parts/go';
import { number, plural } from '../../parts/plural';
import { Reasons } from '../../parts/refusal';
import { localAndUtc } from '../../parts/time';
import { RecipeWarnings } from '../../workflow/recipe-warnings';
import { typedInputsText } from './typed-inputs';
import type { ReadPreview } from './use-preview';

/** What a run of a workflow would do and cost, from a dry run. */
export function PreviewSummary({ data, error }: Pick<ReadPreview, 'data' | 'error'>) {
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
      <Facts stepsTotal={data.steps_total} delaySeconds={data.total_delay_seconds} usage={data.usage} />
      <RecipeWarnings warnings={data.warnings ?? []} />
      <WebhookEvents steps={data.webhook_steps} />
    </SpaceBetween>
  );
}

interface FactsProps {
  readonly stepsTotal: number;
  readonly delaySeconds: number;
  /** Undefined until it is known. */
  readonly usage: Usage | undefined;
}
type Usage = Pick<Preview['usage'], 'cap' | 'remaining' | 'resets_at'>;

export function Facts({ stepsTotal, delaySeconds, usage }: FactsProps) {
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: 'Steps', value: number(stepsTotal) },
        { label: 'Total wait', value: seconds(delaySeconds) },
        { label: 'Runs left today', value: usage === undefined ? '–' : <RunsLeft usage={usage} /> },
      ]}
    />
  );
}

function RunsLeft({ usage: { cap, remaining, resets_at: resetsAt } }: { readonly usage: Usage }) {
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

function WebhookEvents({ steps }: { steps: Preview['webhook_steps'] }) {
  if (steps.length === 0) return null;
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
      <UnheardEvents steps={steps} />
    </SpaceBetween>
  );
}

/** Says which events would reach nobody. */
export function UnheardEvents({ steps }: { steps: Preview['webhook_steps'] }) {
  const unmatched = steps.filter(({ matched_endpoints: matched }) => matched === 0);
  if (unmatched.length === 0) return null;
  return (
    <Alert type="warning" header="No endpoint is subscribed">
      No active endpoint subscribes to {unmatched.map(({ event }) => event).join(', ')}; the run would succeed with{' '}
      <Box variant="code">matched_endpoints: 0</Box>.{' '}
      <Go to={`/webhook-endpoints?register=${encodeURIComponent(unmatched[0]?.event ?? '')}`}>Register an endpoint</Go>
    </Alert>
  );
}

/** A recipe stored before a rule existed can be run, but the run fails. This says so before the run is started. */
export function PreviewProblem({ error }: { error: unknown }) {
  const problem = problemOf(error);
  const { code } = problem;
  const isRecipe = ['recipe_too_large', 'step_type_not_allowed', 'invalid_recipe'].includes(code);
  return (
    <Alert type="warning" header={isRecipe ? `This run would fail with ${code}` : 'The preview could not be loaded'}>
      <Reasons problem={problem} />
    </Alert>
  );
}
