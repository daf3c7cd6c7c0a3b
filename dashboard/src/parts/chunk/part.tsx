import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Spinner from '@cloudscape-design/components/spinner';
import type { ComponentType } from 'react';
import { useChunk } from './use-chunk';

interface PartProps<Props> {
  /** A function of the module. */
  readonly load: () => Promise<ComponentType<Props>>;
  readonly props: Props;
  /** Names it at the beginning of a sentence: `The chart`. */
  readonly name: string;
}

/** A part of a page that is loaded when it is first shown. The rest of the page stays if it cannot be loaded. */
export function Part<Props extends object>({ load, props, name }: PartProps<Props>) {
  const chunk = useChunk(load);
  if (chunk.is === 'loading') return <Spinner />;
  if (chunk.is === 'loaded') return <chunk.part {...props} />;
  return (
    <Alert type="warning" action={<Button onClick={chunk.retry}>Try again</Button>}>
      {name} could not be loaded. If the dashboard was updated meanwhile, reload the page.
    </Alert>
  );
}
