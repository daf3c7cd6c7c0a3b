import { foundBugs } from './found';
import type { PlantedBug } from './planted-bug';

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'the condition that counts a run asks for any cap instead of room below it',
    file: 'functions/aws/run/admission.ts',
    find: '#used < daily_cap OR (attribute_not_exists(#used) AND daily_cap > :zero)',
    replace: 'daily_cap > :zero',
    breaks: ['counts'],
    needs: 'two',
  },
  ...foundBugs,
];
