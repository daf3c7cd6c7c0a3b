import {
  colorBackgroundContainerContent,
  colorBorderDividerDefault,
  colorBorderItemFocused,
  colorTextBodyDefault,
  colorTextBodySecondary,
  colorTextStatusError,
  colorTextStatusInactive,
  colorTextStatusInfo,
  colorTextStatusSuccess,
} from '@cloudscape-design/design-tokens';
import type { CSSProperties } from 'react';
import type { Outcome } from './outcome';

declare module 'react' {
  // Custom properties are styles too.
  interface CSSProperties {
    readonly [name: `--${string}`]: string;
  }
}

/** Text colors, because they have the contrast of text in both modes. */
export const outcomeColors: Readonly<Record<Outcome, string>> = {
  waiting: colorTextStatusInactive,
  running: colorTextStatusInfo,
  succeeded: colorTextStatusSuccess,
  failed: colorTextStatusError,
  stopped: colorTextStatusInactive,
};

/** The colors that the style sheet names, which cannot know Cloudscape's tokens. */
export const pictureColors: CSSProperties = {
  '--picture-line': colorBorderDividerDefault,
  '--picture-text': colorTextBodyDefault,
  '--picture-quiet-text': colorTextBodySecondary,
  '--picture-ground': colorBackgroundContainerContent,
  '--picture-focus': colorBorderItemFocused,
  '--picture-now': colorTextStatusInfo,
};
