import Box from '@cloudscape-design/components/box';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useAddress } from '../parts/address';
import { useGo } from '../parts/go';
import { timeZoneName } from '../parts/time';
import './navigation.css';

const itemsOf = (hrefOf: (path: string) => string): readonly SideNavigationProps.Item[] => [
  { type: 'link', text: 'Overview', href: hrefOf('/overview') },
  { type: 'divider' },
  {
    type: 'section-group',
    title: 'AI Agents',
    items: [
      { type: 'link', text: 'Workflows', href: hrefOf('/workflows') },
      { type: 'link', text: 'Workflow Runs', href: hrefOf('/workflow-runs') },
      { type: 'link', text: 'Webhook Endpoints', href: hrefOf('/webhook-endpoints') },
      { type: 'link', text: 'Webhook Deliveries', href: hrefOf('/webhook-deliveries') },
    ],
  },
  { type: 'divider' },
  {
    type: 'section-group',
    title: 'Settings',
    items: [
      { type: 'link', text: 'Access tokens', href: hrefOf('/access-tokens') },
      { type: 'link', text: 'Usage', href: hrefOf('/usage') },
      { type: 'link', text: 'Activity', href: hrefOf('/activity') },
    ],
  },
  { type: 'divider' },
  { type: 'link', text: 'API reference', href: '/api/v1/reference', external: true },
];

/** The left menu. */
export function Navigation({ onFollow }: { onFollow: () => void }) {
  const { path } = useAddress();
  const { hrefOf, follow } = useGo();
  return (
    <>
      <SideNavigation
        items={itemsOf(hrefOf)}
        activeHref={hrefOf(`/${path.split('/')[1] ?? ''}`)}
        onFollow={(event) => {
          if (event.detail.external === true) return;
          follow(event);
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
