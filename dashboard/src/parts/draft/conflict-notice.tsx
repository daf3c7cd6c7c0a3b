import Alert, { type AlertProps } from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { focusFirstField } from '../form/focus-first-field';

interface ConflictNoticeProps {
  readonly noun: string;
  /** True once saving was refused for it. */
  readonly isRefused: boolean;
  /** Who changed it and when, and what happens to the other version. */
  readonly children: ReactNode;
  /** Is drawn once the person asks for it. */
  readonly comparison: () => ReactNode;
  /** Names what others saved: `version 4`. */
  readonly theirs: string;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
}

/** Says that others changed what is being edited, and asks what to do with the two. */
export function ConflictNotice(props: ConflictNoticeProps) {
  const { noun, isRefused, children, comparison, theirs, keepMine, takeTheirs } = props;
  const [isCompared, setIsCompared] = useState(false);
  const alert = useRef<AlertProps.Ref>(null);
  useEffect(() => {
    if (isRefused) alert.current?.focus();
  }, [isRefused, theirs]);
  return (
    <div role="alert">
      <Alert
        ref={alert}
        type="warning"
        header={
          isRefused
            ? `Not saved: somebody else changed this ${noun} meanwhile`
            : `Somebody else changed this ${noun} while you were editing`
        }
      >
        <SpaceBetween size="s">
          <div>{children}</div>
          <ExpandableSection
            headerText={`Compare ${theirs} with yours`}
            expanded={isCompared}
            onChange={({ detail }) => setIsCompared(detail.expanded)}
          >
            {isCompared && comparison()}
          </ExpandableSection>
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              onClick={() => {
                keepMine();
                focusFirstField();
              }}
            >
              Keep editing mine
            </Button>
            <Button
              onClick={() => {
                takeTheirs();
                focusFirstField();
              }}
            >
              Drop my changes and take {theirs}
            </Button>
          </SpaceBetween>
        </SpaceBetween>
      </Alert>
    </div>
  );
}
