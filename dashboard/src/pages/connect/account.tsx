import Link from '@cloudscape-design/components/link';
import { useSession } from '../../session/session';

/** As whom the person decides. */
export function Account() {
  const { email, changeAccount } = useSession();
  return (
    <>
      <div>{email}</div>
      <Link
        variant="primary"
        onFollow={(event) => {
          event.preventDefault();
          changeAccount();
        }}
      >
        Use another account
      </Link>
    </>
  );
}
