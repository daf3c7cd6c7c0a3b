import Tabs from '@cloudscape-design/components/tabs';
import { Outlet } from 'react-router';
import { useAddress } from '../../parts/address';
import { useGo } from '../../parts/go';

const tabs = [
  { id: 'tokens', label: 'Access tokens', path: '/access-tokens' },
  { id: 'apps', label: 'Connected apps', path: '/access-tokens/connected-apps' },
];

/** What programs, agents and apps get in with: tokens that a member issued, and apps that a member approved. */
export function AccessTokensPage() {
  const address = useAddress();
  const { go, hrefOf } = useGo();
  const active = tabs.find(({ path }) => path === address.path.replace(/\/$/, '')) ?? tabs[0];
  return (
    <Tabs
      ariaLabel="Access tokens and connected apps"
      activeTabId={active?.id ?? ''}
      onChange={({ detail }) => {
        const chosen = tabs.find(({ id }) => id === detail.activeTabId);
        if (chosen !== undefined) go(chosen.path);
      }}
      tabs={tabs.map(({ id, label, path }) => ({ id, label, href: hrefOf(path), content: <Outlet /> }))}
    />
  );
}
