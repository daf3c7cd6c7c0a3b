import { describeInTheDashboard } from '../in-the-dashboard';
import { acts } from './acting/acts';
import { bulkActs } from './acting/bulk-acts';
import { conflicts } from './acting/conflicts';
import { editing } from './acting/editing';
import { forms } from './acting/forms';
import { heldDialogs } from './acting/held-dialogs';

describeInTheDashboard('daily use: acting', acts, bulkActs, heldDialogs, editing, conflicts, forms);
