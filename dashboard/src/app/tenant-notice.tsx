import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useState } from 'react';
import { useAddress } from '../parts/address';
import { useSession, type Session } from '../session/session';
import { addressIn, pathInTenant } from '../session/tenant/address';
import { newsOf, type ArrivalNews } from '../session/tenant/arrival';

/** Tells a member of several tenants which one a link has opened, as long as the page of the link is shown. */
export function useTenantNotice(): readonly FlashbarProps.MessageDefinition[] {
  const session = useSession();
  const { path } = useAddress();
  const [isDismissed, setIsDismissed] = useState(false);
  const news = newsOf(session.arrival, session.me);
  if (news === undefined || isDismissed || path !== pathOf(session.arrival.address)) return [];
  return [
    {
      ...messageOf(news, session),
      id: 'tenant',
      type: 'info',
      ariaRole: 'status',
      dismissible: true,
      dismissLabel: 'Dismiss',
      onDismiss: () => setIsDismissed(true),
    },
  ];
}

function messageOf(news: ArrivalNews, session: Session): FlashbarProps.MessageDefinition {
  const { arrival, me, chooseTenant } = session;
  if (news.is === 'changed')
    return {
      header: `You see ${me.tenant.name}`,
      content: `This link names it. Before, you were in ${news.before.name}.`,
      action: <Leave text={`Back to ${news.before.name}`} to={news.before.id} choose={chooseTenant} />,
    };
  const [other, ...more] = news.others;
  return {
    header: 'This link names no tenant',
    content: `You see ${me.tenant.name}. In another tenant the same link shows something else.`,
    action:
      other !== undefined && more.length === 0 ? (
        <Leave text={`Open it in ${other.name}`} to={other.id} address={arrival.address} choose={chooseTenant} />
      ) : (
        <ButtonDropdown
          items={news.others.map(({ id, name }) => ({ id, text: name, href: addressIn(id, arrival.address) }))}
          onItemFollow={(event) => {
            event.preventDefault();
            chooseTenant(event.detail.id, arrival.address);
          }}
        >
          Open it in
        </ButtonDropdown>
      ),
  };
}

interface LeaveProps {
  readonly text: string;
  readonly to: string;
  readonly address?: string;
  readonly choose: Session['chooseTenant'];
}

function Leave({ text, to, address = '/overview', choose }: LeaveProps) {
  return (
    <Button
      href={addressIn(to, address)}
      onFollow={(event) => {
        event.preventDefault();
        choose(to, address);
      }}
    >
      {text}
    </Button>
  );
}

function pathOf(address: string): string {
  return pathInTenant(address.replace(/[?#].*$/, ''));
}
