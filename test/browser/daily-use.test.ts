import { heldDialogs } from './daily/held-dialogs';
import { describeInTheDashboard } from './in-the-dashboard';

describeInTheDashboard('daily use', heldDialogs);
