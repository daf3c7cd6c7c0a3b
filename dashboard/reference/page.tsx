import { useEffect, useSyncExternalStore } from 'react';
import {
  ApiContentWrap,
  ApiInfo,
  BackgroundStub,
  ContentItems,
  OptionsProvider,
  RedocWrap,
  SearchBox,
  StickyResponsiveSidebar,
  StoreProvider,
  ThemeProvider,
  type AppStore,
} from 'redoc';
import { Menu } from './menu';
import { MenuButton } from './menu-button';
import { themes } from './themes';

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

/**
 * The parts of Redoc, put together as its own component `Redoc` does, but for its logo, which would be loaded from
 * another site.
 */
export function Page({ store }: { readonly store: AppStore }) {
  const isDark = useSyncExternalStore(subscribe, () => systemIsDark.matches);
  const { menu, options, search, marker, spec } = store;
  useEffect(() => store.onDidMount(), [store]);
  return (
    <ThemeProvider theme={isDark ? themes.dark : themes.light}>
      <StoreProvider value={store}>
        <OptionsProvider value={options}>
          <MenuButton menu={menu} />
          <RedocWrap className="redoc-wrap">
            <StickyResponsiveSidebar menu={menu} className="menu-content">
              {search !== undefined && (
                <SearchBox
                  search={search}
                  marker={marker}
                  getItemById={menu.getItemById}
                  onActivate={(item) => menu.activateAndScroll(item, true)}
                />
              )}
              <Menu menu={menu} />
            </StickyResponsiveSidebar>
            <ApiContentWrap className="api-content">
              <ApiInfo store={store} />
              <ContentItems items={spec.contentItems} />
            </ApiContentWrap>
            <BackgroundStub />
          </RedocWrap>
        </OptionsProvider>
      </StoreProvider>
    </ThemeProvider>
  );
}

function subscribe(listener: () => void): () => void {
  systemIsDark.addEventListener('change', listener);
  return () => systemIsDark.removeEventListener('change', listener);
}
