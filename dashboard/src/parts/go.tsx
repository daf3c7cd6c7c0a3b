import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Link, { type LinkProps } from '@cloudscape-design/components/link';
import { useNavigate } from 'react-router';

interface GoProps {
  readonly to: string;
  readonly children: React.ReactNode;
}

/** A link to another page of the dashboard. */
export function Go({ to, children, ...rest }: GoProps & Pick<LinkProps, 'variant' | 'fontSize' | 'ariaLabel'>) {
  const navigate = useNavigate();
  return (
    <Link
      {...rest}
      href={to}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Link>
  );
}

/** The same as a button. */
export function GoButton({
  to,
  children,
  ...rest
}: GoProps & Pick<ButtonProps, 'variant' | 'iconName' | 'ariaLabel' | 'formAction'>) {
  const navigate = useNavigate();
  return (
    <Button
      {...rest}
      href={to}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Button>
  );
}
