import { RedocNormalizedOptions, type RedocRawOptions, type ResolvedThemeInterface } from 'redoc';

type Theme = NonNullable<RedocRawOptions['theme']>;

const fonts = {
  text: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  code: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
};

const typography = {
  fontSize: '15px',
  fontFamily: fonts.text,
  headings: { fontFamily: fonts.text, fontWeight: '600' },
  code: { fontFamily: fonts.code, wrap: true },
} satisfies Theme['typography'];

const spacing = { sectionVertical: 24 } satisfies Theme['spacing'];

/** The colors of the dashboard. Those that are not named here are Redoc's, or follow from these. */
const light: Theme = {
  spacing,
  typography: { ...typography, code: { ...typography.code, color: '#a3282a' } },
  colors: { primary: { main: '#0659a8' }, text: { primary: '#16191f', secondary: '#545b64' } },
  sidebar: { backgroundColor: '#f4f6f8', textColor: '#16191f', activeTextColor: '#0659a8' },
  rightPanel: { backgroundColor: '#1b2733' },
};

const dark: Theme = {
  spacing,
  typography: {
    ...typography,
    code: { ...typography.code, color: '#ff9e9e', backgroundColor: '#1d2b3b' },
  },
  colors: {
    primary: { main: '#72b5f2', light: '#9ccbf5' },
    success: { main: '#6ad17a' },
    warning: { main: '#ffc04d', dark: '#ffc04d' },
    error: { main: '#ff8a80' },
    gray: { 50: '#192534', 100: '#192534' },
    border: { dark: '#414d5c', light: '#414d5c' },
    text: { primary: '#e9ebed', secondary: '#b6bec9' },
    responses: { info: { color: '#7cc7e8' } },
  },
  schema: { nestedBackground: '#16232f', linesColor: '#5f7288' },
  sidebar: { backgroundColor: '#0b1420', textColor: '#e9ebed', activeTextColor: '#72b5f2' },
  rightPanel: { backgroundColor: '#0b1420' },
};

export const themes = { light: resolved(light), dark: resolved(dark) };

function resolved(theme: Theme): ResolvedThemeInterface {
  return new RedocNormalizedOptions({ theme }).theme;
}
