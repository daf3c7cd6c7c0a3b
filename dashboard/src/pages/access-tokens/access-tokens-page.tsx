import Tabs from '@cloudscape-design/components/tabs';
import { Outlet, useLocation, useNavigate } from 'react-router';

const tabs = [
  { id: 'tokens', label: 'Access tokens', path: '/access-tokens' },
  { id: 'apps', label: 'Connected apps', path: '/access-tokens/connected-apps' },
];

/** What programs, agents and apps get in with: tokens that a member issued, and apps that a member approved. */
export function AccessTokensPage() {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const active = tabs.find(({ path }) => path === pathname.replace(/\/$/, '')) ?? tabs[0];
  return (
    <Tabs
      ariaLabel="Access tokens and connected apps"
      activeTabId={active?.id ?? ''}
      onChange={({ detail }) => {
        const chosen = tabs.find(({ id }) => id === detail.activeTabId);
        if (chosen !== undefined) void navigate(chosen.path);
      }}
      tabs={tabs.map(({ id, label }) => ({ id, label, content: <Outlet /> }))}
    />
  );
}
