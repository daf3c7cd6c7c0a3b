import { session } from './daily/session';
import { describeInTheDashboard } from './in-the-dashboard';

describeInTheDashboard('daily use', session);
