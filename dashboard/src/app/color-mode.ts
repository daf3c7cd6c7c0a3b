import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useSyncExternalStore } from 'react';

export const colorModes = ['system', 'light', 'dark'] as const;
export type ColorMode = (typeof colorModes)[number];

const key = 'workflows.color-mode';
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

/** Applies the mode chosen earlier, or the system's, and follows when the system changes its mind. */
export function followColorMode(): void {
  apply();
  systemIsDark.addEventListener('change', apply);
}

export function chooseColorMode(mode: ColorMode): void {
  if (mode === 'system') localStorage.removeItem(key);
  else localStorage.setItem(key, mode);
  apply();
}

export function useColorMode(): { mode: ColorMode; isDark: boolean } {
  const mode = useSyncExternalStore(subscribe, chosen);
  const isDark = useSyncExternalStore(subscribe, showsDark);
  return { mode, isDark };
}

function chosen(): ColorMode {
  return colorModes.find((mode) => mode === localStorage.getItem(key)) ?? 'system';
}

function showsDark(): boolean {
  return chosen() === 'system' ? systemIsDark.matches : chosen() === 'dark';
}

function apply(): void {
  applyMode(showsDark() ? Mode.Dark : Mode.Light);
  document.documentElement.style.colorScheme = showsDark() ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
