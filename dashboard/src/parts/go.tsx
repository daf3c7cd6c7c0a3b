import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Link, { type LinkProps } from '@cloudscape-design/components/link';
import { useNavigate } from 'react-router';

interface GoProps {
  readonly to: string;
  readonly children: React.ReactNode;
}

/** A link to another page of the dashboard. */
export function Go({ to, children, ...rest }: GoProps & Pick<LinkProps, 'variant' | 'fontSize' | 'ariaLabel'>) {
  return (
    <Link {...rest} {...useLinkTo(to)}>
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
  return (
    <Button {...rest} {...useLinkTo(to)}>
      {children}
    </Button>
  );
}

/** Changes the page through the router, without loading the dashboard again. */
function useLinkTo(path: string) {
  const navigate = useNavigate();
  return {
    href: path,
    onFollow: (event: { preventDefault: () => void }) => {
      event.preventDefault();
      void navigate(path);
    },
  };
}
