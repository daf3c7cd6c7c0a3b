import { accessComponents } from './access';
import { deliveryComponents } from './delivery';
import { endpointComponents } from './endpoint';
import { problemComponents } from './problem';
import { runComponents } from './run';
import { webhookComponents } from './webhook';
import { workflowComponents } from './workflow';

/** Every schema with a name. */
export const components = [
  ...workflowComponents,
  ...runComponents,
  ...endpointComponents,
  ...deliveryComponents,
  ...accessComponents,
  ...webhookComponents,
  ...problemComponents,
];
