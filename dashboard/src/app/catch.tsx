import { Component, type ReactNode } from 'react';

interface CatchProps {
  readonly show: (error: unknown) => ReactNode;
  readonly children: ReactNode;
}

interface Caught {
  readonly errors: readonly unknown[];
}

/** An error boundary. It is a class because React offers none as a function. */
export class Catch extends Component<CatchProps, Caught> {
  override state: Caught = { errors: [] };

  static getDerivedStateFromError(error: unknown): Caught {
    return { errors: [error] };
  }

  override render(): ReactNode {
    const { errors } = this.state;
    return errors.length === 0 ? this.props.children : this.props.show(errors[0]);
  }
}
