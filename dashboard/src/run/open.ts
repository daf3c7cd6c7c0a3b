import type { Run } from '../api/routes';

export function isOpen({ status }: Pick<Run, 'status'>): boolean {
  return status === 'queued' || status === 'running';
}
