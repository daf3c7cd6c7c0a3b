import type { PlantedBug } from './planted-bug';

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'the cap is not part of the condition that counts',
    file: 'functions/aws/run/admission.ts',
    find: "ConditionExpression: [tenantExists, planMayRun, belowCap, dayIsOpen].join(' AND '),",
    replace: "ConditionExpression: [tenantExists, planMayRun, dayIsOpen].join(' AND '),",
    breaks: ['counts'],
    needs: 'two',
  },
];
