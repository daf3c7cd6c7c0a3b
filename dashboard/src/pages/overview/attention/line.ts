import type { ReactNode } from 'react';

/** One thing that needs a person. */
export interface AttentionLine {
  readonly id: string;
  readonly content: ReactNode;
}
