import { editing } from './daily/editing';
import { describeInTheDashboard } from './in-the-dashboard';

describeInTheDashboard('daily use', editing);
