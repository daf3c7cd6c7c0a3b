import type { RedocRawOptions } from 'redoc';

export const options: RedocRawOptions = {
  // The height of the bar at the top of the page.
  scrollYOffset: 'header',
  // Elements that imitate a scroll bar cannot be used by keyboard.
  nativeScrollbars: true,
  // `menu-button.tsx` has a button instead, because Redoc's own cannot be reached by keyboard.
  hideFab: true,
  // The bar links to openapi.json.
  hideDownloadButtons: true,
  jsonSamplesExpandLevel: 'all',
};
