import { describeInTheDashboard } from '../in-the-dashboard';
import { rerunning } from './rerunning';
import { runForm } from './form';

describeInTheDashboard('looking: Run now', runForm, rerunning);
