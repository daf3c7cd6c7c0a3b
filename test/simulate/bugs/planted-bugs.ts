import { acceptanceBugs } from './acceptance';
import { admissionBugs } from './admission';
import { auditsBugs } from './audits';
import { deliveriesBugs } from './deliveries';
import { endpointsBugs } from './endpoints';
import { foundBugs } from './found';
import { handOversBugs } from './hand-overs';
import { keysBugs } from './keys';
import type { PlantedBug } from './planted-bug';
import { recoveryBugs } from './recovery';
import { runsBugs } from './runs';
import { tenantsBugs } from './tenants';

/** Every bug that the simulator must find. */
export const plantedBugs: readonly PlantedBug[] = [
  ...admissionBugs,
  ...acceptanceBugs,
  ...keysBugs,
  ...runsBugs,
  ...handOversBugs,
  ...recoveryBugs,
  ...deliveriesBugs,
  ...endpointsBugs,
  ...auditsBugs,
  ...tenantsBugs,
  ...foundBugs,
];
