import { acts } from './daily/acts';
import { bulkActs } from './daily/bulk-acts';
import { heldDialogs } from './daily/held-dialogs';
import { describeInTheDashboard } from './in-the-dashboard';

describeInTheDashboard('daily use', acts, bulkActs, heldDialogs);
