import DateRangePicker, { type DateRangePickerProps } from '@cloudscape-design/components/date-range-picker';
import { useState } from 'react';
import type { RunErrorCode } from '../../../functions/domain/run/run';
import type { RunFilters } from '../api/routes';
import { serverNow } from '../api/server-clock';
import { GoTo, isNumberOfThing, type Target } from '../parts/list/find/go-to';
import { FilterBar } from '../parts/list/filter-bar';
import { FilterSelect } from '../parts/list/filter-select';
import { oneOf, useFilters } from '../parts/list/use-filters';
import { titled } from '../parts/statuses';
import { channelNames } from '../session/plans';
import { useWorkflowChoice } from '../workflow/use-workflows';
import { filtersOf, pickedRange, timeOf } from './created-range';

const runStatuses = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
const errorCodes = [
  'recipe_too_large',
  'step_type_not_allowed',
  'invalid_recipe',
  'rendered_too_large',
  'run_timed_out',
  'run_interrupted',
] as const satisfies readonly RunErrorCode[];
const channels = ['dashboard', 'rest_api', 'mcp'] as const;
const names = [
  'workflow_id',
  'status',
  'error_code',
  'channel',
  'created_from',
  'created_after',
  'created_before',
] as const;

/** The filters of the list of runs, read from the page's URL. */
export function useRunFilters() {
  const { filters, change, clear } = useFilters(names);
  const wanted: RunFilters = {
    workflow_id: isNumberOfThing(filters.workflow_id ?? '') ? filters.workflow_id : undefined,
    status: oneOf(runStatuses, filters.status),
    error_code: oneOf(errorCodes, filters.error_code),
    channel: oneOf(channels, filters.channel),
    created_from: timeOf(filters.created_from),
    created_after: timeOf(filters.created_after),
    created_before: timeOf(filters.created_before),
  };
  return { wanted, change, clear, isFiltered: Object.values(wanted).some((value) => value !== undefined) };
}

type RunFiltersProps = Pick<ReturnType<typeof useRunFilters>, 'wanted' | 'change'>;

export function RunFilterBar({ wanted, change }: RunFiltersProps) {
  const [isOpened, setIsOpened] = useState(false);
  const workflows = useWorkflowChoice(isOpened || wanted.workflow_id !== undefined);
  return (
    <FilterBar>
      <FilterSelect
        label="Status"
        any="Any"
        options={runStatuses.map((value) => ({ value, label: titled(value) }))}
        value={wanted.status}
        onChange={(status) => change({ status })}
      />
      <FilterSelect
        label="Error"
        any="Any"
        options={errorCodes.map((value) => ({ value, label: value }))}
        value={wanted.error_code}
        onChange={(code) => change({ error_code: code })}
      />
      <FilterSelect
        label="Workflow"
        any="Any"
        options={workflows.items.map(({ id, name }) => ({ value: String(id), label: name, description: `#${id}` }))}
        value={wanted.workflow_id}
        onChange={(id) => change({ workflow_id: id })}
        loading={workflows.loading}
        onOpen={() => setIsOpened(true)}
        searchable
      />
      <FilterSelect
        label="Channel"
        any="Any"
        options={channels.map((value) => ({ value, label: channelNames[value] }))}
        value={wanted.channel}
        onChange={(channel) => change({ channel })}
      />
      <Created wanted={wanted} change={change} />
      <GoTo label="Go to run #" targetOf={runNumbered} advice="Type the number of a run, such as 12." isNumber />
    </FilterBar>
  );
}

function runNumbered(id: string): Target | undefined {
  if (!isNumberOfThing(id)) return undefined;
  return { path: `/workflow-runs/${id}`, find: (call) => call('GET workflow-runs/{id}', { id }) };
}

const day = 86_400_000;
const relativeOptions: DateRangePickerProps.RelativeOption[] = [
  { key: 'hour', type: 'relative', amount: 1, unit: 'hour' },
  { key: 'day', type: 'relative', amount: 1, unit: 'day' },
  { key: 'week', type: 'relative', amount: 7, unit: 'day' },
  { key: 'month', type: 'relative', amount: 30, unit: 'day' },
];

function Created({ wanted, change }: RunFiltersProps) {
  const range = pickedRange(wanted, new Date(serverNow()));
  return (
    <DateRangePicker
      value={range && { type: 'absolute', ...range }}
      onChange={({ detail: { value } }) => {
        if (value?.type === 'absolute') change(filtersOf(value));
        else
          change({
            created_from: value === null ? undefined : since(value),
            created_after: undefined,
            created_before: undefined,
          });
      }}
      relativeOptions={relativeOptions}
      isValidRange={(range) =>
        range?.type === 'absolute' && (range.startDate === '' || range.endDate === '')
          ? { valid: false, errorMessage: 'Choose a start date and an end date.' }
          : { valid: true }
      }
      placeholder="Created: any"
      ariaLabel="Created"
      hideTimeOffset
      expandToViewport
      locale="en"
    />
  );
}

const unitMs: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day,
  week: 7 * day,
  month: 30 * day,
};

/** The URL holds absolute times, so that it shows the same runs when it is opened later. */
function since({ amount, unit }: DateRangePickerProps.RelativeValue): string {
  return new Date(serverNow() - amount * (unitMs[unit] ?? day)).toISOString();
}
