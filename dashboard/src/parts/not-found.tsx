import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { GoButton } from './go';

/**
 * With a noun, says that the tenant has no such item; an id of another tenant gets the same answer. Without a noun,
 * says that there is no page at the address.
 */
export function NotFound({ noun }: { noun?: string }) {
  return (
    <Container header={<Header variant="h1">Not found</Header>}>
      <SpaceBetween size="m">
        <Box>
          {noun === undefined
            ? 'There is no page at this address.'
            : `There is no such ${noun} in this tenant. Check the address, or find it in its list.`}
        </Box>
        <SpaceBetween direction="horizontal" size="xs">
          <GoButton to="/workflows">Workflows</GoButton>
          <GoButton to="/workflow-runs">Workflow Runs</GoButton>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}
