import type { PlantedBug } from './planted-bug';

/** Bugs that mix up tenants. */
export const tenantsBugs: readonly PlantedBug[] = [
  {
    name: 'the cache of tokens takes one token for another',
    file: 'functions/edge/access/authenticate.ts',
    find: 'const token = await cached(text, () => findGood(text));',
    replace: 'const token = await cached(kind, () => findGood(text));',
    breaks: ['tenants'],
    needs: 'two',
  },
  {
    name: 'the cache of members takes one person for another',
    file: 'functions/edge/access/sign-in.ts',
    find: 'const key = JSON.stringify([account.iss, account.sub, email, tenantId]);',
    replace: 'const key = JSON.stringify([account.iss, tenantId]);',
    breaks: ['tenants'],
    needs: 'two',
  },
];
