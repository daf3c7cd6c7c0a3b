import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { idlePace } from '../../../api/pace';
import type { AccessToken, AccessTokenWithText } from '../../../api/routes';
import { ListTable } from '../../../parts/list/list-table';
import { usePreferences } from '../../../parts/list/preferences';
import { useListInPage } from '../../../parts/list/use-list-in-page';
import { useWholeList } from '../../../parts/list/use-whole-list';
import { NoRows } from '../../../parts/load-state';
import { useSession } from '../../../session/session';
import { McpSetupDialog } from '../mcp-setup';
import { NewTokenDialog } from './create-dialog';
import { RevokeDialog } from './revoke-dialog';
import { tokenColumns } from './columns';
import { TokenDialog } from './secret-dialog';

const hiddenByDefault = ['created', 'id'];

/** The tokens that members issued. */
export function TokenList() {
  const { mayManage } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const [isSettingUp, setIsSettingUp] = useState(false);
  const [created, setCreated] = useState<AccessTokenWithText>();
  const [revoked, setRevoked] = useState<AccessToken>();
  const create = mayManage ? <Button onClick={() => setIsOpen(true)}>Create token</Button> : undefined;
  const columns = tokenColumns(mayManage ? setRevoked : undefined);
  const { items, loading, error, refresh } = useWholeList({
    route: 'GET tokens',
    load: (call, query) => call('GET tokens', { query }),
    poll: idlePace,
  });
  const { preferences, control } = usePreferences<AccessToken>('access-tokens', columns, hiddenByDefault);
  const { rows, ...list } = useListInPage({
    ...{ items, error, refresh, preferences },
    idOf: ({ id }) => id,
    noun: 'token',
    textOf: ({ id, name, scopes, status }) => `${id} ${name} ${scopes.join(' ')} ${status}`,
    empty: (
      <NoRows error={null} retry={refresh} title="No access tokens">
        Programs need a token to call the REST API, and agents need one for the MCP server. {create}
      </NoRows>
    ),
  });
  return (
    <>
      <ListTable
        title="Access tokens"
        description="For programs and agents. A token is shown once, when it is created."
        nouns="tokens"
        columns={columns}
        items={rows}
        idOf={({ id }) => id}
        loading={loading}
        refresh={refresh}
        preferences={preferences}
        preferencesControl={control}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => setIsSettingUp(true)}>MCP setup</Button>
            {create}
          </SpaceBetween>
        }
        {...list}
      />
      {isOpen && <NewTokenDialog close={() => setIsOpen(false)} created={setCreated} />}
      {created !== undefined && <TokenDialog token={created} close={() => setCreated(undefined)} />}
      {revoked !== undefined && <RevokeDialog token={revoked} close={() => setRevoked(undefined)} />}
      {isSettingUp && <McpSetupDialog close={() => setIsSettingUp(false)} />}
    </>
  );
}
