import Alert from '@cloudscape-design/components/alert';
import type { AuthorizationRequest } from '../../api/routes';

/** Longer names are cut, so that a name cannot push what is said about it out of sight. */
const maxNameLength = 80;

/** An app's own name for itself, in quotation marks if nothing proves it. Its direction of writing ends with it. */
export function AppName({ request: { name, host } }: { request: AuthorizationRequest }) {
  const shown = name.length > maxNameLength ? `${name.slice(0, maxNameLength)}…` : name;
  return <bdi>{host === null ? `“${shown}”` : shown}</bdi>;
}

/** Says what is known about the app that asks. */
export function WhoAsks({ request }: { request: AuthorizationRequest }) {
  const { host } = request;
  if (host === null) {
    return (
      <Alert type="warning" header="Nothing proves who asks">
        Anybody could have chosen the name <AppName request={request} />. The access goes to{' '}
        <strong>
          <Destination request={request} />
        </strong>
        . Continue only if you have just started this yourself, from that app.
      </Alert>
    );
  }
  return (
    <Alert
      type="info"
      header={
        <>
          Proven by <bdi>{host}</bdi>
        </>
      }
    >
      The app is described on that site, by whoever runs it. Continue only if you know the site and have just started
      this yourself.
    </Alert>
  );
}

/** Where the person, and with them the access, is sent. */
export function Destination({ request }: { request: AuthorizationRequest }) {
  const { redirects_to_this_machine: isHere, redirect_host: host } = request;
  return isHere ? 'a program on this computer' : <bdi>{host}</bdi>;
}
