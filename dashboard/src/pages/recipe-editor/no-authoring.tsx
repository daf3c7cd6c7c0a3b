import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useSession } from '../../session/session';

/** For members who reach the editor's address without being let to author. */
export function NoAuthoring() {
  const { mayManage, supportEmail } = useSession();
  return (
    <Container header={<Header variant="h1">Recipes are not written here</Header>}>
      {mayManage
        ? `This tenant's recipes are written for it. Ask ${supportEmail ?? 'your account manager'} for a new one or a change.`
        : 'Writing recipes needs the Manage agents permission.'}
    </Container>
  );
}
