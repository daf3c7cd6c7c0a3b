import { conflicts } from './daily/conflicts';
import { editing } from './daily/editing';
import { forms } from './daily/forms';
import { describeInTheDashboard } from './in-the-dashboard';

describeInTheDashboard('daily use', editing, conflicts, forms);
