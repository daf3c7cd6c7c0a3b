import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { DeliveryStatus } from '../../../functions/domain/delivery/delivery';
import type { RunStatus } from '../../../functions/domain/run-status';
import type { StepStatus } from '../../../functions/domain/run/run';

type Indicator = StatusIndicatorProps.Type;

const runIndicators: Readonly<Record<RunStatus, Indicator>> = {
  queued: 'pending',
  running: 'in-progress',
  succeeded: 'success',
  failed: 'error',
  cancelled: 'stopped',
};

export const stepIndicators: Readonly<Record<StepStatus, Indicator>> = {
  pending: 'pending',
  running: 'in-progress',
  succeeded: 'success',
  failed: 'error',
  skipped: 'stopped',
};

const deliveryIndicators: Readonly<Record<DeliveryStatus, Indicator>> = {
  pending: 'pending',
  delivered: 'success',
  failed: 'error',
  blocked: 'stopped',
};

export function RunStatusIndicator({ status }: { status: RunStatus }) {
  return <StatusIndicator type={runIndicators[status]}>{titled(status)}</StatusIndicator>;
}

export function DeliveryStatusIndicator({ status }: { status: string }) {
  const indicator = Object.entries(deliveryIndicators).find(([name]) => name === status)?.[1];
  return <StatusIndicator type={indicator ?? 'info'}>{titled(status)}</StatusIndicator>;
}

export function ActiveIndicator({ active }: { active: boolean }) {
  return <StatusIndicator type={active ? 'success' : 'stopped'}>{active ? 'Active' : 'Inactive'}</StatusIndicator>;
}

/** A word of the API as a label: `succeeded` becomes `Succeeded`. */
export function titled(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll('_', ' ');
}
