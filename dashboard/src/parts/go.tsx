import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Link, { type LinkProps } from '@cloudscape-design/components/link';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useSession } from '../session/session';
import { addressIn } from '../session/tenant/address';

interface GoProps {
  /** A path without tenant, such as `/workflow-runs/19`, with or without a query. */
  readonly to: string;
  readonly children: React.ReactNode;
}

/** A link to another page of the dashboard. */
export function Go({ to, children, ...rest }: GoProps & Pick<LinkProps, 'variant' | 'fontSize' | 'ariaLabel'>) {
  const { hrefOf, follow } = useGo();
  return (
    <Link {...rest} href={hrefOf(to)} onFollow={follow}>
      {children}
    </Link>
  );
}

/** The same link, drawn as a button. */
export function GoButton({
  to,
  children,
  ...rest
}: GoProps & Pick<ButtonProps, 'variant' | 'iconName' | 'ariaLabel' | 'formAction'>) {
  const { hrefOf, follow } = useGo();
  return (
    <Button {...rest} href={hrefOf(to)} onFollow={follow}>
      {children}
    </Button>
  );
}

interface Followed {
  readonly preventDefault: () => void;
  readonly detail: { readonly href?: string | undefined };
}

interface Going {
  /** The address to show and to copy. It names the tenant, because who receives it may be a member of several. */
  readonly hrefOf: (path: string) => string;
  /** Opens a page of this tenant. With `replace`, Back does not lead to the page that is left. */
  readonly go: (path: string, options?: { readonly replace?: boolean }) => void;
  /** For `onFollow` of links whose `href` is made by `hrefOf`: changes the page without loading the dashboard again. */
  readonly follow: (event: Followed) => void;
}

/** The only way to the pages of the dashboard. */
export function useGo(): Going {
  const navigate = useNavigate();
  const tenantId = useSession().me.tenant.id;
  return useMemo(
    () => ({
      hrefOf: (path) => addressIn(tenantId, path),
      go: (path, options) => void navigate(addressIn(tenantId, path), options),
      follow: (event) => {
        event.preventDefault();
        if (event.detail.href !== undefined) void navigate(event.detail.href);
      },
    }),
    [navigate, tenantId],
  );
}
