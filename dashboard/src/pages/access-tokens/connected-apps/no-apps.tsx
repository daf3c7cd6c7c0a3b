import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Copyable } from '../../../parts/copyable';

/** Says how the first app is connected. */
export function NoApps() {
  return (
    <Box textAlign="center" color="inherit" padding="m">
      <SpaceBetween size="s">
        <Box variant="strong">No connected apps</Box>
        <div>
          Claude, ChatGPT and other apps take just this address as a connector or MCP server, and then send you here to
          approve them.
        </div>
        <Copyable text={`${location.origin}/mcp`} name="server address" />
      </SpaceBetween>
    </Box>
  );
}
