import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { DeliveryStatus } from '../../../functions/domain/delivery/delivery';
import type { RunStatus } from '../../../functions/domain/run-status';
import type { StepStatus } from '../../../functions/domain/run/run';

type Look = StatusIndicatorProps.Type;

const runLooks: Readonly<Record<RunStatus, Look>> = {
  queued: 'pending',
  running: 'in-progress',
  succeeded: 'success',
  failed: 'error',
  cancelled: 'stopped',
};

export const stepLooks: Readonly<Record<StepStatus, Look>> = {
  pending: 'pending',
  running: 'in-progress',
  succeeded: 'success',
  failed: 'error',
  skipped: 'stopped',
};

const deliveryLooks: Readonly<Record<DeliveryStatus, Look>> = {
  pending: 'pending',
  delivered: 'success',
  failed: 'error',
  blocked: 'stopped',
};

export function RunStatusIndicator({ status }: { status: RunStatus }) {
  return <StatusIndicator type={runLooks[status]}>{titled(status)}</StatusIndicator>;
}

export function DeliveryStatusIndicator({ status }: { status: string }) {
  const look = Object.entries(deliveryLooks).find(([name]) => name === status)?.[1];
  return <StatusIndicator type={look ?? 'info'}>{titled(status)}</StatusIndicator>;
}

export function ActiveIndicator({ active }: { active: boolean }) {
  return <StatusIndicator type={active ? 'success' : 'stopped'}>{active ? 'Active' : 'Inactive'}</StatusIndicator>;
}

/** The product's word at the beginning of a line. */
export function titled(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).replaceAll('_', ' ');
}
