import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { GoButton } from './go';

/** Also for another tenant's ids: they do not exist here. Without a thing, for an address that leads nowhere. */
export function NotFound({ thing }: { thing?: string }) {
  return (
    <Container header={<Header variant="h1">Not found</Header>}>
      <SpaceBetween size="m">
        <Box>
          {thing === undefined
            ? 'There is no page at this address.'
            : `There is no such ${thing} in this tenant. Check the address, or look for it in its list.`}
        </Box>
        <SpaceBetween direction="horizontal" size="xs">
          <GoButton to="/workflows">Workflows</GoButton>
          <GoButton to="/workflow-runs">Workflow Runs</GoButton>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}
