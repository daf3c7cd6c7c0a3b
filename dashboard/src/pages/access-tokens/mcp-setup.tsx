import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Copyable } from '../../parts/copyable';
import { Dialog } from '../../parts/dialog';
import { CodeBlock, JsonView } from '../../parts/json-view';

/** The address and the header that an MCP client with a token needs, in the forms that clients ask for. */
export function McpSetup({ token }: { token: string }) {
  const url = `${location.origin}/mcp`;
  const header = `Bearer ${token}`;
  return (
    <SpaceBetween size="m">
      <div>
        <Box variant="awsui-key-label">Server address</Box>
        <Copyable text={url} name="server address" />
      </div>
      <div>
        <Box variant="awsui-key-label">Clients that take a configuration file</Box>
        <JsonView
          name="MCP configuration"
          value={{ mcpServers: { 'coffield-workflows': { type: 'http', url, headers: { Authorization: header } } } }}
        />
      </div>
      <div>
        <Box variant="awsui-key-label">Claude Code</Box>
        <CodeBlock
          text={`claude mcp add --transport http coffield-workflows ${url} --header "Authorization: ${header}"`}
          name="command"
          language="sh"
        />
      </div>
      <Box color="text-body-secondary">
        n8n, Zapier and Make ask for the address and the header. Choose Streamable HTTP and bearer authentication. The
        tools of the server are list_workflows, trigger_workflow, list_workflow_runs and get_workflow_run.
      </Box>
    </SpaceBetween>
  );
}

export function McpSetupDialog({ close }: { close: () => void }) {
  return (
    <Dialog header="Connect an MCP client" size="large" close={close} confirmText="Close" confirm={close}>
      <SpaceBetween size="l">
        <SpaceBetween size="xs">
          <Box variant="h3" tagOverride="h2">
            With your approval
          </Box>
          <Box>
            Claude, ChatGPT and others take just this address, and then send you here to approve them. No token is
            needed.
          </Box>
          <Copyable text={`${location.origin}/mcp`} name="server address" />
        </SpaceBetween>
        <SpaceBetween size="xs">
          <Box variant="h3" tagOverride="h2">
            With a token
          </Box>
          <Box>
            For clients that cannot open a browser, such as a program on a server. Create a token for the MCP server,
            then paste it in place of YOUR_TOKEN.
          </Box>
          <McpSetup token="YOUR_TOKEN" />
        </SpaceBetween>
      </SpaceBetween>
    </Dialog>
  );
}
