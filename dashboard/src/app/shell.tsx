import AppLayout from '@cloudscape-design/components/app-layout-toolbar';
import Flashbar from '@cloudscape-design/components/flashbar';
import { useCallback, useState } from 'react';
import { Outlet } from 'react-router';
import { Crumbs } from './crumbs';
import { isNarrow } from '../parts/list/narrow';
import { InTenant } from './in-tenant';
import { Navigation } from './navigation';
import { useNotices } from '../parts/notices';
import { useSessionNotice } from './session-notice';
import { useShortcuts } from './shortcuts';
import { ShortcutsDialog } from './shortcuts-dialog';
import { MainContent, SkipLink } from './skip-link';
import { useStaleNotice } from './stale-notice';
import { useTenantNotice } from './tenant-notice';
import { TopBar } from './top-bar';
import './shell.css';

/** The frame around every page: top bar, menu, breadcrumbs and notices. */
export function Shell() {
  return (
    <InTenant>
      <Frame />
    </InTenant>
  );
}

function Frame() {
  const { items } = useNotices();
  const stale = useStaleNotice();
  const session = useSessionNotice();
  const tenant = useTenantNotice();
  const [isMenuOpen, setIsMenuOpen] = useState(!isNarrow());
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const showHelp = useCallback(() => setIsHelpOpen(true), []);
  useShortcuts(showHelp);
  return (
    <>
      <SkipLink />
      <div id="top-bar">
        <TopBar showShortcuts={showHelp} />
      </div>
      <AppLayout
        headerSelector="#top-bar"
        navigation={<Navigation onFollow={() => isNarrow() && setIsMenuOpen(false)} />}
        navigationOpen={isMenuOpen}
        onNavigationChange={({ detail }) => setIsMenuOpen(detail.open)}
        navigationWidth={220}
        toolsHide
        breadcrumbs={<Crumbs />}
        // Wherever the page is scrolled to, the person must learn that nothing is saved any more.
        stickyNotifications={session.length > 0}
        notifications={
          <Flashbar items={[...tenant, ...(session.length === 0 ? stale : session), ...items]} stackItems />
        }
        content={
          <MainContent>
            <Outlet />
          </MainContent>
        }
        ariaLabels={{
          navigation: 'Menu',
          navigationToggle: 'Open menu',
          navigationClose: 'Close menu',
          notifications: 'Notifications',
        }}
      />
      {isHelpOpen && <ShortcutsDialog close={() => setIsHelpOpen(false)} />}
    </>
  );
}
