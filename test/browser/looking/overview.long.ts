import { describeInTheDashboard } from '../in-the-dashboard';
import { overview } from './overview';

describeInTheDashboard('looking: the overview', overview);
