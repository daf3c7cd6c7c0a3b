import type { PlantedBug } from './planted-bug';

/** Bugs in the record of changes, and between tenants. */
export const auditsBugs: readonly PlantedBug[] = [
  {
    name: 'an audit row that is written again replaces the first one',
    file: 'functions/aws/tenant/audit.ts',
    find: "Item, ConditionExpression: 'attribute_not_exists(pk)' }",
    replace: 'Item }',
    breaks: ['audits'],
    needs: 'one',
  },
  {
    name: 'each sender that finds a disabled endpoint audits its disabling',
    file: 'functions/deliver-webhook/follow-health.ts',
    find: 'const id = auditIds.endpointDisabled(endpoint.id, at);',
    replace: 'const id = deps.newUlid();',
    breaks: ['audits'],
    needs: 'two',
  },
  {
    name: 'two people delete one endpoint',
    file: 'functions/aws/endpoint/delete-endpoint.ts',
    find: "expression: 'attribute_exists(pk) AND attribute_not_exists(#void)'",
    replace: "expression: 'attribute_exists(pk) AND (attribute_not_exists(#void) OR attribute_exists(pk))'",
    breaks: ['audits'],
    needs: 'two',
  },
  {
    name: 'a token is revoked without an audit row',
    file: 'functions/rest-api/tenant/revoke-token.ts',
    find: '(since) => (since === revokedAt ? row : undefined)',
    replace: '(since) => (since === undefined ? row : undefined)',
    breaks: ['audits'],
    needs: 'one',
  },
];
