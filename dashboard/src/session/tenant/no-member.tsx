import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Me } from '../../api/routes';
import '../centered.css';
import { addressIn } from './address';

interface NoMemberProps {
  readonly tenants: Me['tenants'];
  readonly email: string;
  readonly changeAccount: () => void;
}

/** Shown for an address of a tenant that is none of the person's. It does not tell whether there is such a tenant. */
export function NoMember({ tenants, email, changeAccount }: NoMemberProps) {
  return (
    <main className="centered">
      <title>Not your tenant · Coffield Workflows</title>
      <Container header={<Header variant="h1">This link belongs to a tenant you are not a member of</Header>}>
        <SpaceBetween size="m">
          <Box>
            You are signed in as {email}. Ask an administrator of the tenant to add you, or sign in as someone who is a
            member. If you typed the address, check it.
          </Box>
          <Button onClick={changeAccount}>Sign in as someone else</Button>
          <SpaceBetween size="xxs">
            <Box variant="awsui-key-label">{tenants.length === 1 ? 'Your tenant' : 'Your tenants'}</Box>
            {tenants.map(({ id, name }) => (
              <Link key={id} href={addressIn(id, '/overview')}>
                {name}
              </Link>
            ))}
          </SpaceBetween>
        </SpaceBetween>
      </Container>
    </main>
  );
}
