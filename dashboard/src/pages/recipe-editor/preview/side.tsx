import { memo, useState } from 'react';
import { Part } from '../../../parts/chunk/part';
import type { Check } from '../check/use-check';
import type { PreviewProps } from './preview';

interface SideProps {
  readonly check: Check;
  /** Whether the text is no JSON. */
  readonly isNoJson: boolean;
}

/** The preview beside the recipe. As long as the recipe has faults it keeps what it showed last. */
export const Side = memo(function Side({ check: { isChecking, valid }, isNoJson }: SideProps) {
  const [last, setLast] = useState(valid);
  if (valid !== undefined && valid !== last) setLast(valid);
  const shown = valid ?? last;
  const is = isChecking ? 'updating' : valid === undefined || isNoJson ? 'outdated' : 'current';
  return <Part<PreviewProps> load={loadPreview} props={{ shown, is }} name="The preview" />;
});

async function loadPreview() {
  return (await import('./preview')).Preview;
}
