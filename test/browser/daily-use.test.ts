import { finding } from './daily/finding';
import { live } from './daily/live';
import { describeInTheDashboard } from './in-the-dashboard';

describeInTheDashboard('daily use', live, finding);
