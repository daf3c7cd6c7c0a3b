import * as z from 'zod/mini';
import { newDelivery } from '../../functions/domain/delivery/delivery';
import { newEvent } from '../../functions/domain/delivery/event';
import { deliveryViewSchema, viewDelivery } from '../../functions/domain/delivery/view';
import { endpointViewSchema, viewEndpoint } from '../../functions/domain/endpoint/view';
import { pick } from '../../functions/domain/pick';
import { runViewSchema, viewRun } from '../../functions/domain/run/view';
import { viewWorkflow, workflowViewSchema } from '../../functions/domain/workflow/view';
import { anEndpoint, aRun, aWorkflow, noon } from '../support/builders';

const target = { endpoint_id: 'ep_1', url: 'https://hooks.example.com/in', body: 'envelope' } as const;
const occurrence = { id: 'evt_00000000000000000000000000', type: 'a.b', run: null, stepIndex: null, data: {} };
const delivery = newDelivery(newEvent(occurrence, [target], noon), target, 'event', noon);
/** Attributes of rows that appear in no view. */
const more = { secret: 'whsec_x', trail: [], input: '{}', key_hash: 'x', cursor_key: 'x' };

test.each([
  { what: 'a run', schema: runViewSchema, view: viewRun({ ...aRun(), ...more }) },
  { what: 'a workflow', schema: workflowViewSchema, view: viewWorkflow({ ...aWorkflow(), ...more }, null) },
  { what: 'an endpoint', schema: endpointViewSchema, view: viewEndpoint({ ...anEndpoint(), ...more }, noon, true) },
  { what: 'a delivery', schema: deliveryViewSchema, view: viewDelivery({ ...delivery, ...more }, true) },
])('the view of $what has all fields of its schema and no other attribute of the row', ({ schema, view }) => {
  expect(Object.keys(view).sort()).toEqual(Object.keys(schema.shape).sort());
  expect(schema.parse(view)).toEqual(view);
});

test('making a view does not change the row', () => {
  const row = { id: 1, secret: 'whsec_x' };

  expect(pick(z.object({ id: z.int() }), row)).toEqual({ id: 1 });
  expect(row).toEqual({ id: 1, secret: 'whsec_x' });
});

test('a field that has the name of a method of every object is shown like any other', () => {
  const row = { id: 1, constructor: 'x', toString: 'y' };

  expect(Object.keys(pick(z.object({ id: z.int() }), row))).toEqual(['id']);
});
