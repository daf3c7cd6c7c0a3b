import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useGo } from '../parts/go';
import { useSession, type Session } from '../session/session';
import { chooseColorMode, colorModes, useColorMode, type ColorMode } from './color-mode';

const modeLabels: Readonly<Record<ColorMode, string>> = { system: 'Same as the system', light: 'Light', dark: 'Dark' };

/** The bar with the product's name, the tenant, the appearance and the signed-in user. */
export function TopBar({ showShortcuts }: { showShortcuts: () => void }) {
  const session = useSession();
  const { hrefOf, go } = useGo();
  return (
    <TopNavigation
      identity={{
        href: hrefOf('/overview'),
        title: 'Coffield Workflows',
        onFollow: (event) => {
          event.preventDefault();
          go('/overview');
        },
      }}
      utilities={[tenantMenu(session), useAppearanceMenu(), userMenu(session, showShortcuts)]}
    />
  );
}

function tenantMenu({ me, chooseTenant }: Session): TopNavigationProps.Utility {
  const { tenant, tenants } = me;
  return {
    type: 'menu-dropdown',
    text: tenant.name,
    title: `${tenant.name}, ${tenant.plan} plan`,
    ariaLabel: `Tenant ${tenant.name}`,
    iconName: 'multiscreen',
    items: tenants.map(({ id, name }) => ({
      id,
      text: name,
      itemType: 'checkbox',
      checked: id === tenant.id,
      ...(id === tenant.id && { secondaryText: `${tenant.plan} plan` }),
    })),
    onItemClick: ({ detail }) => {
      if (detail.id !== tenant.id) chooseTenant(detail.id);
    },
  };
}

function useAppearanceMenu(): TopNavigationProps.Utility {
  const { mode } = useColorMode();
  return {
    type: 'menu-dropdown',
    iconName: 'settings',
    ariaLabel: 'Appearance',
    title: 'Appearance',
    items: colorModes.map((id) => ({ id, text: modeLabels[id], itemType: 'checkbox', checked: id === mode })),
    onItemClick: ({ detail }) => chooseColorMode(colorModes.find((id) => id === detail.id) ?? 'system'),
  };
}

function userMenu({ email, me, mayManage, signOut }: Session, showShortcuts: () => void): TopNavigationProps.Utility {
  return {
    type: 'menu-dropdown',
    iconName: 'user-profile',
    text: email,
    description: mayManage ? 'Manage agents' : 'Viewer',
    title: me.principal.name,
    ariaLabel: `Signed in as ${email}`,
    items: [
      { id: 'shortcuts', text: 'Keyboard shortcuts' },
      { id: 'sign-out', text: 'Sign out' },
    ],
    onItemClick: ({ detail }) => (detail.id === 'sign-out' ? signOut() : showShortcuts()),
  };
}
