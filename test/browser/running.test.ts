import { describeInTheDashboard } from './in-the-dashboard';
import { running } from './running';

describeInTheDashboard('runs', running);
