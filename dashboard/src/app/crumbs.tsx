import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import { useAddress } from '../parts/address';
import { useGo } from '../parts/go';
import { usePageNames } from '../parts/page-names';

const names: Readonly<Record<string, string>> = {
  overview: 'Overview',
  workflows: 'Workflows',
  'workflow-runs': 'Workflow Runs',
  'webhook-endpoints': 'Webhook Endpoints',
  'webhook-deliveries': 'Webhook Deliveries',
  'access-tokens': 'Access tokens',
  'connected-apps': 'Connected apps',
  usage: 'Usage',
  activity: 'Activity',
  new: 'New workflow',
  edit: 'Edit recipe',
};
const product = 'Coffield Workflows';
const settings = ['access-tokens', 'usage', 'activity'];

/** The breadcrumbs, made from the page's path. They are also the title of the window. */
export function Crumbs() {
  const { path } = useAddress();
  const { hrefOf, follow } = useGo();
  const known = usePageNames();
  const parts = path.split('/').filter((part) => part !== '');
  const [first = ''] = parts;
  const items = parts.map((part, index) => {
    const at = `/${parts.slice(0, index + 1).join('/')}`;
    return { text: names[part] ?? known[at] ?? nameOf(first, part), href: hrefOf(at) };
  });
  return (
    <>
      <title>{[...items.map(({ text }) => text).reverse(), product].join(' · ')}</title>
      <BreadcrumbGroup ariaLabel="Breadcrumbs" items={[...groupOf(first, hrefOf), ...items]} onFollow={follow} />
    </>
  );
}

/** The group of the menu that a page is in. The overview is above all groups. */
function groupOf(section: string, hrefOf: (path: string) => string) {
  if (section === 'overview') return [];
  return settings.includes(section)
    ? [{ text: 'Settings', href: hrefOf('/usage') }]
    : [{ text: 'AI Agents', href: hrefOf('/workflows') }];
}

/** The text until the name is loaded. The number of a workflow or run is written as in messages: `#3`. */
function nameOf(section: string, id: string): string {
  if (!(section in names)) return 'Not found';
  return ['workflows', 'workflow-runs'].includes(section) ? `#${id}` : id;
}
