import { observe } from 'mobx';
import { useEffect, useRef } from 'react';
import { MenuItems, type MenuStore } from 'redoc';

/** The entries of the menu. It scrolls to the entry of what the reader has before them. */
export function Menu({ menu }: { readonly menu: MenuStore }) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const show = () =>
      // Only the next frame has the entry open and marked.
      requestAnimationFrame(() => nav.current?.querySelector('label.active')?.scrollIntoView({ block: 'nearest' }));
    show();
    return observe(menu, 'activeItemIdx', show);
  }, [menu]);
  return (
    <nav className="menu" aria-label="Operations" ref={nav}>
      <MenuItems items={menu.items} onActivate={(item) => menu.activateAndScroll(item, true)} root />
    </nav>
  );
}
