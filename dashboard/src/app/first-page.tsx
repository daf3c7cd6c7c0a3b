import { useEffect } from 'react';
import { useGo } from '../parts/go';

/** Leads from the address of the dashboard itself to its first page. */
export function FirstPage() {
  const { go } = useGo();
  useEffect(() => go('/overview', { replace: true }), [go]);
  return null;
}
