import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { McpScope, Scope } from '../../../../../functions/domain/tenant/token';
import { useSession } from '../../../session/session';

const texts: Readonly<Record<Exclude<Scope, McpScope>, string>> = {
  'workflows:read': 'See workflows and runs, check recipes, make dry runs',
  'workflows:run': 'Start, cancel and re-run workflows',
  'workflows:write': 'Write recipes, activate and deactivate workflows',
  'webhooks:read': 'See webhook endpoints and deliveries',
  'webhooks:write': 'Manage webhook endpoints, redeliver deliveries',
};
const order = ['workflows:read', 'workflows:run', 'workflows:write', 'webhooks:read', 'webhooks:write'] as const;

export const usualScopes: readonly Scope[] = ['workflows:read', 'workflows:run'];

interface ScopesFieldProps {
  readonly scopes: readonly Scope[];
  readonly onChange: (scopes: readonly Scope[]) => void;
  readonly fault: string;
}

/** The scopes of a token for the REST API. */
export function ScopesField({ scopes, onChange, fault }: ScopesFieldProps) {
  const { mayAuthor } = useSession();
  return (
    <FormField label="Scopes" errorText={fault}>
      <SpaceBetween size="xs">
        {order.map((scope) => {
          const isLocked = scope === 'workflows:write' && !mayAuthor;
          return (
            <Checkbox
              key={scope}
              checked={scopes.includes(scope)}
              disabled={isLocked}
              description={isLocked ? 'This tenant does not write its own recipes.' : texts[scope]}
              onChange={({ detail }) =>
                onChange(order.filter((one) => (one === scope ? detail.checked : scopes.includes(one))))
              }
            >
              {scope}
            </Checkbox>
          );
        })}
      </SpaceBetween>
    </FormField>
  );
}
