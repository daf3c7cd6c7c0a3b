import { describeInTheDashboard } from '../in-the-dashboard';
import { acts } from './acts';
import { bulkActs } from './bulk-acts';
import { editing } from './editing';
import { heldDialogs } from './held-dialogs';

describeInTheDashboard('daily use: acting', acts, bulkActs, heldDialogs, editing);
