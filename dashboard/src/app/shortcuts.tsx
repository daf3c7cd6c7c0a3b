import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';

/** The second key after `g`. */
export const places = [
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

/** Speech input types letters nobody meant as commands, so they can be switched off (WCAG 2.1.4). */
export function areShortcutsOn(): boolean {
  return localStorage.getItem(storageKey) !== 'off';
}

export function switchShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, 'off');
}

/** `g` and a letter goes to a page, `/` into its search, `?` tells of these keys. */
export function useShortcuts(showHelp: () => void): void {
  const navigate = useNavigate();
  const pressedGAt = useRef(-Infinity);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!areShortcutsOn() || isMeantForSomethingElse(event)) return;
      const place = places.find(({ key }) => key === event.key);
      const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
      if (event.timeStamp - pressedGAt.current < secondKeyMs && place !== undefined) void navigate(place.path);
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
  }, [navigate, showHelp]);
}

/** Typed into a field, with a modifier of the browser's, or while a dialog waits for an answer. */
function isMeantForSomethingElse({ target, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || defaultPrevented) return true;
  const fields =
    'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], [role="menu"], [role="listbox"]';
  return (
    (target instanceof Element && target.closest(fields) !== null) || document.querySelector('[role="dialog"]') !== null
  );
}
