import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useRef, useState } from 'react';
import { problemOf } from '../../../api/api-error';
import type { Call } from '../../../api/call';
import { useApi } from '../../../api/use-api';
import { useGo } from '../../go';

/** The page of a thing, and a call that fails if there is no such thing. */
export interface Target {
  readonly path: string;
  readonly find: (call: Call) => Promise<unknown>;
}

interface GoToProps {
  /** Such as `Go to run #`. */
  readonly label: string;
  /** What the text names; undefined if it can be no number or id. */
  readonly targetOf: (text: string) => Target | undefined;
  /** What to type instead of a text that can be no number or id. */
  readonly advice: string;
  readonly isNumber?: boolean;
}

/** A field that opens a thing by its number or id when Enter is pressed, and says at the field if there is none. */
export function GoTo({ label, targetOf, advice, isNumber = false }: GoToProps) {
  const call = useApi();
  const { go } = useGo();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const isAsking = useRef(false);
  const open = async () => {
    const named = text.trim().replace(/^#/, '');
    if (named === '' || isAsking.current) return;
    const target = targetOf(named);
    if (target === undefined) {
      setFault(advice);
      return;
    }
    isAsking.current = true;
    try {
      await target.find(call);
      go(target.path);
    } catch (error) {
      const { code, detail } = problemOf(error);
      setFault(code === 'not_found' ? `There is no ${isNumber ? `#${named}` : named} in this tenant.` : detail);
    } finally {
      isAsking.current = false;
    }
  };
  return (
    <FormField errorText={fault}>
      <Input
        type="search"
        inputMode={isNumber ? 'numeric' : 'text'}
        ariaLabel={label}
        placeholder={label}
        value={text}
        invalid={fault !== undefined}
        onChange={({ detail }) => {
          setText(detail.value);
          setFault(undefined);
        }}
        onKeyDown={({ detail }) => {
          if (detail.key === 'Enter') void open();
        }}
      />
    </FormField>
  );
}

/** A number as the API numbers runs and workflows. */
export function isNumberOfThing(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text);
}
