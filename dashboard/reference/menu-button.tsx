import { observe } from 'mobx';
import { useCallback, useSyncExternalStore } from 'react';
import type { MenuStore } from 'redoc';

/** Shows and hides the menu on narrow screens, where it covers the page. */
export function MenuButton({ menu }: { readonly menu: MenuStore }) {
  const subscribe = useCallback((listener: () => void) => observe(menu, 'sideBarOpened', listener), [menu]);
  const isOpen = useSyncExternalStore(subscribe, () => menu.sideBarOpened);
  return (
    <button type="button" className="menu-button" aria-expanded={isOpen} onClick={() => menu.toggleSidebar()}>
      Menu
    </button>
  );
}
