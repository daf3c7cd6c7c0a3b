import { useEffect, useRef } from 'react';
import { useGo } from '../parts/go';

/** The pages that `g` and a second key lead to. */
export const destinations = [
  { key: 'o', path: '/overview', name: 'Overview' },
  { key: 'w', path: '/workflows', name: 'Workflows' },
  { key: 'r', path: '/workflow-runs', name: 'Workflow Runs' },
  { key: 'e', path: '/webhook-endpoints', name: 'Webhook Endpoints' },
  { key: 'd', path: '/webhook-deliveries', name: 'Webhook Deliveries' },
  { key: 't', path: '/access-tokens', name: 'Access tokens' },
  { key: 'u', path: '/usage', name: 'Usage' },
  { key: 'a', path: '/activity', name: 'Activity' },
] as const;

const secondKeyMs = 1_500;
const storageKey = 'workflows.shortcuts';

/** Speech input may type letters that are not meant as commands, so shortcuts can be switched off (WCAG 2.1.4). */
export function areShortcutsEnabled(): boolean {
  return localStorage.getItem(storageKey) !== 'off';
}

export function enableShortcuts(isEnabled: boolean): void {
  if (isEnabled) localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, 'off');
}

/** `g` and a letter open a page, `/` moves the focus to its search, and `?` shows the shortcuts. */
export function useShortcuts(showHelp: () => void): void {
  const { go } = useGo();
  const pressedGAt = useRef(-Infinity);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!areShortcutsEnabled() || isForSomethingElse(event)) return;
      const destination = destinations.find(({ key }) => key === event.key);
      const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
      if (event.timeStamp - pressedGAt.current < secondKeyMs && destination !== undefined) go(destination.path);
      else if (event.key === '?') showHelp();
      else if (event.key === '/' && search !== null) search.focus();
      else {
        pressedGAt.current = event.key === 'g' ? event.timeStamp : -Infinity;
        return;
      }
      pressedGAt.current = -Infinity;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [go, showHelp]);
}

/** True if the key is typed into a field, is pressed with a modifier key, or while a dialog is open. */
function isForSomethingElse({ target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return true;
  const fields =
    'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], [role="menu"], [role="listbox"]';
  return (
    (target instanceof Element && target.closest(fields) !== null) || document.querySelector('[role="dialog"]') !== null
  );
}
