import Box from '@cloudscape-design/components/box';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useLocation, useNavigate } from 'react-router';
import { timeZoneName } from '../parts/time';
import './navigation.css';

const items: readonly SideNavigationProps.Item[] = [
  {
    type: 'section-group',
    title: 'AI Agents',
    items: [
      { type: 'link', text: 'Workflows', href: '/workflows' },
      { type: 'link', text: 'Workflow Runs', href: '/workflow-runs' },
      { type: 'link', text: 'Webhook Endpoints', href: '/webhook-endpoints' },
      { type: 'link', text: 'Webhook Deliveries', href: '/webhook-deliveries' },
    ],
  },
  { type: 'divider' },
  {
    type: 'section-group',
    title: 'Settings',
    items: [
      { type: 'link', text: 'Access tokens', href: '/access-tokens' },
      { type: 'link', text: 'Usage', href: '/usage' },
      { type: 'link', text: 'Activity', href: '/activity' },
    ],
  },
  { type: 'divider' },
  { type: 'link', text: 'API reference', href: '/api/v1/reference', external: true },
];

/** The left menu. */
export function Navigation({ onFollow }: { onFollow: () => void }) {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return (
    <>
      <SideNavigation
        items={items}
        activeHref={`/${pathname.split('/')[1] ?? ''}`}
        onFollow={(event) => {
          if (event.detail.external === true) return;
          event.preventDefault();
          void navigate(event.detail.href);
          onFollow();
        }}
      />
      <div className="times">
        <Box variant="small" color="text-body-secondary">
          Times are in {timeZoneName()}.
        </Box>
      </div>
    </>
  );
}
