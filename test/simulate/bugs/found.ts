import type { PlantedBug } from './planted-bug';

/** Bugs that the simulator found in the product, planted again: they must be found again. */
export const foundBugs: readonly PlantedBug[] = [
  {
    name: 'two rotations of a secret that begin in the same millisecond have the same time',
    file: 'functions/aws/endpoint/secrets.ts',
    find: 'afterAll(now, [row.rotated_at, row.updated_at]).toISOString()',
    replace: 'now.toISOString()',
    breaks: ['audits'],
    needs: 'two',
  },
  {
    name: 'two disablings of an endpoint that begin in the same millisecond have the same time',
    file: 'functions/domain/endpoint/change-endpoint.ts',
    find: 'afterAll(now, [endpoint.updated_at, endpoint.disabled_at]).toISOString()',
    replace: 'now.toISOString()',
    breaks: ['audits'],
    needs: 'two',
  },
];
