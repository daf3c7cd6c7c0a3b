import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useSession } from '../../session/session';

/** Shown to a member who opens the editor's address and may not write recipes. */
export function NoAuthoring() {
  const { mayManage, supportEmail } = useSession();
  return (
    <Container header={<Header variant="h1">Recipes cannot be edited here</Header>}>
      {mayManage
        ? `This tenant does not write its own recipes. Ask ${supportEmail ?? 'your account manager'} for a new recipe or a change.`
        : 'Writing recipes needs the Manage agents permission.'}
    </Container>
  );
}
