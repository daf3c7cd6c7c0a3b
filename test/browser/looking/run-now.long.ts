import { describeInTheDashboard } from '../in-the-dashboard';
import { rerunning } from './rerunning';
import { runForm } from './run-form';

describeInTheDashboard('looking: Run now', runForm, rerunning);
