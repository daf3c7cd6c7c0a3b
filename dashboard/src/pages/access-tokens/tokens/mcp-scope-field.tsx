import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import type { McpScope } from '../../../../../functions/domain/tenant/token';

interface McpScopeFieldProps {
  readonly scope: McpScope;
  readonly onChange: (scope: McpScope) => void;
}

/** What a token for the MCP server may do. */
export function McpScopeField({ scope, onChange }: McpScopeFieldProps) {
  return (
    <FormField label="It can">
      <RadioGroup
        value={scope}
        onChange={({ detail }) => onChange(detail.value === 'mcp:read' ? 'mcp:read' : 'mcp')}
        items={[
          { value: 'mcp', label: 'Read and start runs', description: 'Runs count against the daily run cap.' },
          { value: 'mcp:read', label: 'Only read', description: 'See workflows and runs, with inputs and outputs.' },
        ]}
      />
    </FormField>
  );
}
