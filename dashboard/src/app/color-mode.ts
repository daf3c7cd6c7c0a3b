import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useSyncExternalStore } from 'react';

export const colorModes = ['system', 'light', 'dark'] as const;
export type ColorMode = (typeof colorModes)[number];

const key = 'workflows.color-mode';
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

/** Applies the stored color mode, or else the system's, and follows later changes of the system's mode. */
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
  const mode = useSyncExternalStore(subscribe, storedMode);
  const isDark = useSyncExternalStore(subscribe, isDarkNow);
  return { mode, isDark };
}

function storedMode(): ColorMode {
  try {
    return colorModes.find((mode) => mode === localStorage.getItem(key)) ?? 'system';
  } catch {
    // The browser blocks storage. The page that says so has a color too.
    return 'system';
  }
}

function isDarkNow(): boolean {
  return storedMode() === 'system' ? systemIsDark.matches : storedMode() === 'dark';
}

function apply(): void {
  applyMode(isDarkNow() ? Mode.Dark : Mode.Light);
  document.documentElement.style.colorScheme = isDarkNow() ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
