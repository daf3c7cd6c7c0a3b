/** The files that `npm test` runs with a sample of their cases. A test fails if one is missing here. */
export const sampledFiles = [
  'audit/rest.test',
  'aws/workflow/workflows.test',
  'deliver-webhook/pace.test',
  'edge/access/strangers.test',
  'fuzz/mcp.test',
  'fuzz/rest.test',
  'lib/concurrency.test',
  'properties/numbers.test',
  'properties/runs.test',
  'rest-api/read-units.test',
  'rest-api/tenant/request-rate.test',
  'simulate/bugs/planted-bugs.test',
  'simulate/schedules.test',
];
