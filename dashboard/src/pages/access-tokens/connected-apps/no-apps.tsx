import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Copyable } from '../../../parts/copyable';
import { useSession } from '../../../session/session';

/** Says how the first app is connected. Names the tenant, because an app acts for one only. */
export function NoApps() {
  const { me } = useSession();
  return (
    <Box textAlign="center" color="inherit" padding="m">
      <SpaceBetween size="s">
        <Box variant="strong">No app acts for {me.tenant.name} yet</Box>
        <div>
          Give Claude, ChatGPT or another app this address as a connector or MCP server. It then sends you here to
          approve it.
        </div>
        <Copyable text={`${location.origin}/mcp`} name="server address" />
      </SpaceBetween>
    </Box>
  );
}
