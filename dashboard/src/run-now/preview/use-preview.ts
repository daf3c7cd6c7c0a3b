import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { JsonObject } from '../../../../functions/domain/json';
import type { Preview } from '../../api/routes';
import { useApi } from '../../api/use-api';

/** A dry run for each key would be dozens for one text. */
const settledMs = 600;

/** What a run would do, from a dry run, which does not count. */
export interface ReadPreview {
  readonly data: Preview | undefined;
  readonly error: Error | null;
  /** True while what is shown is that of an earlier input. */
  readonly isBehind: boolean;
}

/** @param input of the run. Undefined if it cannot be sent yet: then the last preview stays */
export function usePreview(workflowId: number, input: JsonObject | undefined): ReadPreview {
  const call = useApi();
  const text = input && JSON.stringify(input);
  const settled = useSettledText(text);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['preview', workflowId, settled],
    queryFn: ({ signal }) =>
      call('POST workflows/{id}/runs?dry_run=true', { id: workflowId, body: bodyOf(input), signal }),
    enabled: settled !== undefined && settled === text,
    placeholderData: keepPreviousData,
    // Never cached, because the number of runs left may have changed since.
    gcTime: 0,
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
  return { data, error, isBehind: isPlaceholderData || settled !== text };
}

function bodyOf(input: JsonObject | undefined) {
  return input === undefined || Object.keys(input).length === 0 ? {} : { input };
}

/** A text once it was not changed for a moment. What it is at first counts at once. */
function useSettledText(text: string | undefined): string | undefined {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settledMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
