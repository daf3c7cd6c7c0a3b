import AppLayout from '@cloudscape-design/components/app-layout';
import Flashbar from '@cloudscape-design/components/flashbar';
import { useState } from 'react';
import { Outlet } from 'react-router';
import { Crumbs } from './crumbs';
import { Navigation } from './navigation';
import { useNotices } from './notices';
import { TopBar } from './top-bar';

/** Below this width the menu covers the page, as Cloudscape's own breakpoint has it. */
const narrow = matchMedia('(max-width: 688px)');

/** What surrounds every page. */
export function Shell() {
  const { items } = useNotices();
  const [menuIsOpen, setMenuIsOpen] = useState(!narrow.matches);
  return (
    <>
      <div id="top-bar">
        <TopBar />
      </div>
      <AppLayout
        headerSelector="#top-bar"
        navigation={<Navigation onFollow={() => narrow.matches && setMenuIsOpen(false)} />}
        navigationOpen={menuIsOpen}
        onNavigationChange={({ detail }) => setMenuIsOpen(detail.open)}
        navigationWidth={240}
        toolsHide
        breadcrumbs={<Crumbs />}
        notifications={<Flashbar items={items} stackItems />}
        content={<Outlet />}
        ariaLabels={{
          navigation: 'Menu',
          navigationToggle: 'Open menu',
          navigationClose: 'Close menu',
          notifications: 'Messages',
        }}
      />
    </>
  );
}
