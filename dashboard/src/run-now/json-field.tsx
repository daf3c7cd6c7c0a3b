import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { emptyInput } from './input/read-text';

interface JsonFieldProps {
  readonly text: string;
  /** Undefined if nothing is wrong, or if it is not yet time to say so. */
  readonly fault: string | undefined;
  readonly onChange: (text: string) => void;
}

/** The input of a run as JSON. */
export function JsonField({ text, fault, onChange, placeholder }: JsonFieldProps & { readonly placeholder: string }) {
  return (
    <FormField
      label="JSON object"
      description="Leave empty for no input. The input is stored with the run, and everyone who can see the run can see it."
      errorText={fault}
      stretch
    >
      <Textarea
        value={text}
        onChange={({ detail }) => onChange(detail.value)}
        placeholder={placeholder}
        rows={Math.min(16, Math.max(5, text.split('\n').length))}
        spellcheck={false}
        autoComplete={false}
      />
    </FormField>
  );
}

/**
 * The input of a workflow that declares nothing: values for each `{{input.…}}` in the recipe's texts.
 *
 * @param paths what the recipe reads
 */
export function FreeInput({ paths, text, fault, onChange }: JsonFieldProps & { readonly paths: readonly string[] }) {
  const [isOpen, setIsOpen] = useState<boolean>();
  return (
    <ExpandableSection
      headerText="Input"
      headerDescription={describe(paths)}
      // A fault that nobody sees would leave the button without an effect.
      expanded={fault !== undefined || (isOpen ?? (paths.length > 0 || text !== ''))}
      onChange={({ detail }) => setIsOpen(detail.expanded)}
    >
      <JsonField text={text} fault={fault} onChange={onChange} placeholder={example(paths)} />
      {paths.length > 0 && (
        <Box variant="small" color="text-body-secondary">
          If a name is missing from the input, its placeholder stays in the text.{' '}
          {text === '' && (
            <Button variant="inline-link" onClick={() => onChange(example(paths))}>
              Fill in the names
            </Button>
          )}
        </Box>
      )}
    </ExpandableSection>
  );
}

function describe(paths: readonly string[]): string {
  if (paths.length === 0) return 'Optional: this recipe reads no input.';
  return `This recipe reads ${paths.map((path) => `input.${path}`).join(', ')}.`;
}

function example(paths: readonly string[]): string {
  return JSON.stringify(paths.length === 0 ? { campaign: '…' } : emptyInput(paths), null, 2);
}
