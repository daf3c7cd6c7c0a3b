import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type { McpScope, Scope } from '../../../../../functions/domain/tenant/token';
import { faultOfField } from '../../../api/field-faults';
import type { AccessTokenWithText, TokenWrite } from '../../../api/routes';
import { useAct } from '../../../api/use-api';
import { useIdempotencyKeys } from '../../../api/use-idempotency-keys';
import { Dialog } from '../../../parts/dialog';
import { FormFaults } from '../../../parts/form/form-faults';
import { titled } from '../../../parts/statuses';
import { smallestPlanWith } from '../../../session/plans';
import { useSession } from '../../../session/session';
import { McpScopeField } from './mcp-scope-field';
import { ScopesField, usualScopes } from './scopes-field';

interface NewTokenDialogProps {
  readonly close: () => void;
  readonly created: (token: AccessTokenWithText) => void;
}

const expiries = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '365 days' },
  { value: 'never', label: 'Never' },
];

/** Creates a token for the REST API or for the MCP server. */
export function NewTokenDialog({ close, created }: NewTokenDialogProps) {
  const { me, planIncludes } = useSession();
  const hasRest = planIncludes('rest_api');
  const [name, setName] = useState('');
  const [kind, setKind] = useState<'pat' | 'mcp'>(hasRest ? 'pat' : 'mcp');
  const [scopes, setScopes] = useState<readonly Scope[]>(usualScopes);
  const [mcpScope, setMcpScope] = useState<McpScope>('mcp');
  const [expiry, setExpiry] = useState('90');
  const keyOf = useIdempotencyKeys();
  const create = useAct(
    (call, body: TokenWrite) => call('POST tokens', { body, idempotencyKey: keyOf(body) }),
    ['tokens'],
  );

  const send = () => {
    if (create.isPending) return;
    const body: TokenWrite = {
      name: name.trim(),
      scopes: kind === 'mcp' ? [mcpScope] : scopes,
      expires_in_days: expiry === 'never' ? null : Number(expiry),
    };
    create.mutate(body, {
      onSuccess: (token) => {
        close();
        created(token);
      },
    });
  };
  return (
    <Dialog
      header="Create an access token"
      close={close}
      cancelText="Cancel"
      confirmText="Create token"
      confirm={send}
      isAtWork={create.isPending}
    >
      <FormFaults error={create.error} fields={['name', 'scopes', 'expires_in_days']}>
        <FormField
          label="Name"
          description="The program or agent that will use it."
          errorText={faultOfField(create.error, 'name')}
        >
          <Input value={name} placeholder="Campaign tool" onChange={({ detail }) => setName(detail.value)} />
        </FormField>
        <FormField label="Can be used for">
          <RadioGroup
            value={kind}
            onChange={({ detail }) => setKind(detail.value === 'mcp' ? 'mcp' : 'pat')}
            items={[
              { value: 'pat', label: 'REST API', description: 'For programs.' },
              {
                value: 'mcp',
                label: 'MCP server',
                description: 'For agents and automation tools.',
              },
            ]}
          />
        </FormField>
        {kind === 'pat' && !hasRest && (
          <Alert type="warning">
            The REST API needs the {titled(smallestPlanWith(me, 'rest_api'))} plan or above; until then this token is
            refused.
          </Alert>
        )}
        {kind === 'pat' && (
          <ScopesField scopes={scopes} onChange={setScopes} fault={faultOfField(create.error, 'scopes', 'scope')} />
        )}
        {kind === 'mcp' && <McpScopeField scope={mcpScope} onChange={setMcpScope} />}
        <FormField label="Expires after" errorText={faultOfField(create.error, 'expires_in_days')}>
          <Select
            selectedOption={expiries.find(({ value }) => value === expiry) ?? null}
            options={expiries}
            onChange={({ detail }) => setExpiry(detail.selectedOption.value ?? expiry)}
          />
        </FormField>
      </FormFaults>
    </Dialog>
  );
}
