import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { idlePace } from '../../../api/pace';
import type { ConnectedApp } from '../../../api/routes';
import { ListTable } from '../../../parts/list/list-table';
import { usePreferences } from '../../../parts/list/preferences';
import { useListInPage } from '../../../parts/list/use-list-in-page';
import { useWholeList } from '../../../parts/list/use-whole-list';
import { useSession } from '../../../session/session';
import { McpSetupDialog } from '../mcp-setup';
import { appColumns } from './columns';
import { NoApps } from './no-apps';
import { RevokeDialog } from './revoke-dialog';

const hiddenByDefault = ['sent', 'id'];

/** The apps that act for the tenant over MCP because a member approved them. */
export function AppList() {
  const { mayManage } = useSession();
  const [isSettingUp, setIsSettingUp] = useState(false);
  const [revoked, setRevoked] = useState<ConnectedApp>();
  const columns = appColumns(mayManage ? setRevoked : undefined);
  const { items, loading, error, refresh } = useWholeList({
    route: 'GET connected-apps',
    load: (call, query) => call('GET connected-apps', { query }),
    poll: idlePace,
  });
  const { preferences, control } = usePreferences<ConnectedApp>('connected-apps', columns, hiddenByDefault);
  const { rows, ...list } = useListInPage({
    ...{ items, error, refresh, preferences },
    idOf: ({ id }) => id,
    noun: 'connected app',
    textOf: (app) => `${app.id} ${app.name} ${app.host ?? 'unproven'} ${app.approved_by} ${app.status}`,
    empty: <NoApps />,
  });
  return (
    <>
      <ListTable
        title="Connected apps"
        description="Claude, ChatGPT and other apps that a member has approved. They work over MCP until they expire or are revoked."
        nouns="connected apps"
        columns={columns}
        items={rows}
        idOf={({ id }) => id}
        loading={loading}
        refresh={refresh}
        preferences={preferences}
        preferencesControl={control}
        actions={<Button onClick={() => setIsSettingUp(true)}>MCP setup</Button>}
        {...list}
      />
      {revoked !== undefined && <RevokeDialog app={revoked} close={() => setRevoked(undefined)} />}
      {isSettingUp && <McpSetupDialog close={() => setIsSettingUp(false)} />}
    </>
  );
}
