import ColumnLayout from '@cloudscape-design/components/column-layout';
import type { AuthorizationRequest } from '../../api/routes';
import { Fact } from './fact';

/** What the app may do if it is approved, because the MCP server has these tools and no others. */
export function Abilities({ request: { scope } }: { request: AuthorizationRequest }) {
  return (
    <ColumnLayout columns={2}>
      <Fact label="It can">
        <ul>
          <li>see workflows and runs, with the inputs of the runs and the outputs of their steps</li>
          {scope === 'mcp' && (
            <li>start runs, which count against the daily run cap and call the tenant’s webhook endpoints</li>
          )}
        </ul>
      </Fact>
      <Fact label="It cannot">
        <ul>
          {scope === 'mcp:read' && <li>start runs or change anything</li>}
          <li>see or change webhook endpoints, signing secrets, access tokens or members</li>
          <li>change recipes</li>
        </ul>
      </Fact>
    </ColumnLayout>
  );
}
